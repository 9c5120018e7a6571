"""A decision as a document: the answer first, then why, what is open, what happens next, what is assumed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from zhunsheng.ask.report import Answer, Decision, Difference, DutyAnswer, Status
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Special
from zhunsheng.narrate import nouns, paths, values
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provision, provisions
from zhunsheng.narrate.rules import bare, ended
from zhunsheng.show import words
from zhunsheng.show.open_points import OpenPoints
from zhunsheng.show.outcomes import Outcomes, spoken_days_in
from zhunsheng.show.reasons import Reasons


def decision_document(pack: Pack, decision: Decision, lang: str) -> Document:
    """The whole decision, for `terminal` or any other renderer."""
    return _Writer(pack, decision, lang).document()


@dataclass(frozen=True)
class _Writer:
    pack: Pack
    decision: Decision
    lang: str
    outcomes: Outcomes = field(init=False)
    reasons: Reasons = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "outcomes", Outcomes(self.pack, self.lang))
        elsewhere = frozenset(answer.definition for answer in self.decision.answers)
        object.__setattr__(self, "reasons", Reasons(self.pack, self.lang, elsewhere))

    def document(self) -> Document:
        title = self.decision.case.title[self.lang] or words.UNTITLED[self.lang]
        sections = (
            self._conclusion(), self._reasons(), self._open(), self._readings(), self._next(), self._assumes(),
            self._cautions(),
        )  # fmt: skip
        return Document(title, self.lang, self._opening(), tuple(filter(None, sections)), self._closing())

    # -- the ends

    def _opening(self) -> tuple[str, ...]:
        lines = [fill(words.BASED_ON, self.lang, title=self.pack.title[self.lang])]
        today = self.decision.case.facts.get(self.pack.as_of)
        if isinstance(today, date):
            lines.append(fill(words.ASKED_DAY, self.lang, day=values.spoken_day(today, self.lang)))
        return tuple(lines)

    def _closing(self) -> tuple[str, ...]:
        parts = [fill(words.VERSION, self.lang, version=self.pack.version, digest=self.decision.pack_digest[:16])]
        if self.decision.case.digest:
            parts.append(fill(words.CASE_DIGEST, self.lang, digest=self.decision.case.digest[:16]))
        return (words.SEMICOLON[self.lang].join(parts),)

    # -- the answer

    def _conclusion(self) -> Section:
        items = []
        for answers in grouped(self.decision.answers, lambda answer: answer.definition):
            if len(answers) == 1:
                items.append(Item(self._headline(answers[0]), self._name(answers[0])))
            else:
                title = nouns.definition(self.pack, answers[0].definition, self.lang)
                items.append(
                    Item("", title, tuple(Item(self._headline(one), self._about(one, title)) for one in answers))
                )
        return Section(words.CONCLUSION[self.lang], (), tuple(items))

    def _headline(self, answer: Answer) -> str:
        return ended_as_is(self.outcomes.headline(answer), self.lang)

    def _name(self, answer: Answer) -> str:
        return paths.answer_name(self.pack, answer.name, answer.definition, self.lang)

    def _about(self, answer: Answer, title: str) -> str:
        """What tells an answer from the others of its definition: the element, or the value asked about."""
        name = self._name(answer).removeprefix(title).strip()
        return name[1:-1] if name[:1] in ("（", "(") else name

    # -- why

    def _reasons(self) -> Section:
        items = []
        settled = [answer for answer in self.decision.answers if answer.because and not answer.depends_on.facts]
        for answers in grouped(settled, _same_reasons):
            name = ("、" if self.lang == "zh" else ", ").join(self._name(answer) for answer in answers)
            first = answers[0]
            if first.status is Status.OPEN:
                outcome = self.outcomes.outcome(first.type, first.outcomes[0].outcome)
                name = fill(words.EXAMPLE, self.lang, name=name, outcome=outcome)
            items.append(Item("", name, self.reasons.of(first, name)))
        return Section(words.REASONS[self.lang], (), tuple(items))

    # -- what is open

    def _open(self) -> Section:
        undecided = [answer for answer in self.decision.answers if answer.status is Status.OPEN]
        points = OpenPoints(self.pack, self.lang, self.outcomes)
        items = []
        for answers in grouped(undecided, lambda answer: repr(answer.depends_on)):
            names = tuple(self._name(answer) for answer in answers)
            items.append(Item("", ("、" if self.lang == "zh" else ", ").join(names), points.of(answers, names)))
        return Section(words.DEPENDS[self.lang], (), tuple(items))

    # -- other readings

    def _readings(self) -> Section:
        changes: dict[tuple[tuple[str, str], ...], list[Item]] = {}
        for answer in self.decision.answers:
            for difference in answer.differs_under:
                key = tuple(difference.readings.items())
                changes.setdefault(key, []).append(Item(self._difference(answer, difference), self._name(answer)))
        items = tuple(Item("", self._read(key), tuple(found)) for key, found in changes.items())
        return Section(words.READINGS[self.lang], self._firm(bool(items)), items)

    def _firm(self, some: bool) -> tuple[str, ...]:
        if not some:
            consulted = any(answer.assumed for answer in self.decision.answers)
            return (words.ALL_FIRM[self.lang],) if consulted else ()
        single = [self._name(answer) for answer in self.decision.answers if answer.firm == "single"]
        if not single:
            return ()
        return (
            ended(
                fill(words.FIRM_SINGLE, self.lang, names=("、" if self.lang == "zh" else ", ").join(single)), self.lang
            ),
        )

    def _read(self, readings: Iterable[tuple[str, str]]) -> str:
        said = []
        for name, option in readings:
            spec = self.pack.readings[name]
            says = bare(spec.option(option).says[self.lang])
            said.append(fill(words.IF_READ, self.lang, question=spec.question[self.lang], option=says))
        return ("，且" if self.lang == "zh" else ", and ").join(said)

    def _difference(self, answer: Answer, difference: Difference) -> str:
        said = self.outcomes.listed(answer.type, difference.outcomes)
        several = difference.status is Status.OPEN
        return fill(words.MAY_BE, self.lang, outcomes=said) if several else said

    # -- what happens next

    def _next(self) -> Section:
        if not self.decision.duties:
            return Section(words.NEXT[self.lang])
        items = [self._duty(duty) for duty in self.decision.duties if _owed(duty) is not False]
        paragraphs = () if items else (words.NO_DUTIES[self.lang],)
        return Section(words.NEXT[self.lang], paragraphs, tuple(items))

    def _duty(self, duty: DutyAnswer) -> Item:
        spec = self.pack.duties[duty.name]
        parts = [nouns.inside(bare(spec.what[self.lang]), self.lang)]
        if day := self._day(duty):
            parts.append(day)
        if _owed(duty) is not True:
            parts.append(
                words.PERHAPS[self.lang] if duty.owed.status is Status.OPEN else self.outcomes.headline(duty.owed)
            )
        said = words.SEMICOLON[self.lang].join(parts)
        where = provision(spec.provision, self.lang)
        cited = f"{said}（{where}）。" if self.lang == "zh" else f"{said} ({where})."
        return Item(cited, nouns.actor(self.pack, spec.who, self.lang))

    def _day(self, duty: DutyAnswer) -> str:
        spec = self.pack.duties[duty.name]
        if duty.by is None:
            return bare(spec.no_deadline[self.lang]) if spec.no_deadline is not None else ""
        by = duty.by
        if by.status is not Status.DETERMINED:
            return self.outcomes.headline(by)
        outcome = by.outcomes[0].outcome
        if isinstance(outcome, Special):
            return words.NO_DAY[self.lang] if outcome.name == "none" else self.outcomes.outcome(by.type, outcome)
        return fill(words.OWED_BY, self.lang, day=self.outcomes.outcome(by.type, outcome))

    # -- assumptions and cautions

    def _assumes(self) -> Section:
        answers = [*self.decision.answers, *(duty.owed for duty in self.decision.duties)]
        answers += [duty.by for duty in self.decision.duties if duty.by is not None]
        taken = {name: option for answer in answers for name, option in answer.assumed.items()}
        said = [self._assumed(name, taken[name]) for name in self.pack.readings if name in taken]
        provided = dict.fromkeys(text[self.lang] for answer in answers for text in answer.provided)
        said += [
            ended(fill(words.PROVIDED, self.lang, what=spoken_days_in(text, self.lang)), self.lang) for text in provided
        ]
        said.append(words.SOURCES[self.lang])
        return Section(words.ASSUMES[self.lang], (), tuple(Item(text) for text in said))

    def _assumed(self, name: str, option: str) -> str:
        spec = self.pack.readings[name]
        says, refs = bare(spec.option(option).says[self.lang]), provisions(spec.provisions, self.lang)
        said = fill(words.ASSUMED, self.lang, question=spec.question[self.lang], option=says, provision=refs)
        return ended_as_is(said, self.lang)

    def _cautions(self) -> Section:
        texts = [*self.decision.warnings, *self.pack.cautions]
        return Section(words.CAUTIONS[self.lang], (), tuple(Item(text[self.lang]) for text in texts))


def grouped(answers: Iterable[Answer], key: Callable[[Answer], str]) -> list[list[Answer]]:
    """Answers with one key together, in the order of their first."""
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(key(answer), []).append(answer)
    return list(groups.values())


def ended_as_is(sentence: str, lang: str) -> str:
    """A full stop at the end, and nothing else changed."""
    return sentence if sentence.endswith(("。", ".", "？", "?")) else sentence + words.STOP[lang]


def _same_reasons(answer: Answer) -> str:
    """Answers of one definition that the same rules bring to the same outcome are explained once."""
    fired = [(step.definition, step.rule, step.outcome, step.depth) for step in answer.because]
    return repr((answer.definition, [one.outcome for one in answer.outcomes], fired))


def _owed(duty: DutyAnswer) -> bool | None:
    """Whether a duty is owed; None where that is not settled."""
    if duty.owed.status is not Status.DETERMINED:
        return None
    return bool(duty.owed.outcomes[0].outcome)
