"""A decision as a document: the answer first, then why, what is open, what happens next, what is assumed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from zhunsheng.ask.deciding.under import FACTS_FIRST
from zhunsheng.ask.report import Answer, Decision, Difference, Status
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate import nouns, paths, values
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provisions
from zhunsheng.narrate.rules import bare, ended
from zhunsheng.show import words
from zhunsheng.show.deciding.duties import Duties
from zhunsheng.show.deciding.open_points import MOST_SYMBOLS, OpenPoints, open_symbols
from zhunsheng.show.deciding.outcomes import Outcomes, spoken_days_in
from zhunsheng.show.deciding.reasons import Reasons
from zhunsheng.show.deciding.warned import warned


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

    @property
    def comma(self) -> str:
        return "、" if self.lang == "zh" else ", "

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
        return (*lines, *warned(self.decision.warnings, self.lang))

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
                label = paths.answer_name(self.pack, answers[0].name, answers[0].definition, self.lang, whole=True)
                items.append(Item(self._headline(answers[0]), label))
            else:
                title = nouns.definition(self.pack, answers[0].definition, self.lang)
                items.append(Item("", title, tuple(Item(self._headline(one), self._about(one, title)) for one in answers)))
        return Section(words.CONCLUSION[self.lang], (), tuple(items))

    def _headline(self, answer: Answer) -> str:
        return ended_as_is(self.outcomes.headline(answer), self.lang)

    def _name(self, answer: Answer) -> str:
        """The answer's name without what its title remarks in brackets: the conclusion gives the title whole."""
        return paths.answer_name(self.pack, answer.name, answer.definition, self.lang)

    def _about(self, answer: Answer, title: str) -> str:
        """What tells an answer from the others of its definition: the element, or the value asked about."""
        whole = paths.answer_name(self.pack, answer.name, answer.definition, self.lang, whole=True)
        name = whole.removeprefix(title).strip()
        return name[1:-1] if name[:1] in ("（", "(") else name

    # -- why

    def _reasons(self) -> Section:
        items = []
        explained = [answer for answer in self.decision.answers if answer.because and _settled(answer)]
        for answers in grouped(explained, _same_reasons):
            name = self.comma.join(self._name(answer) for answer in answers)
            first = answers[0]
            if first.status is Status.OPEN:
                outcome = self.outcomes.outcome(first.type, first.outcomes[0].outcome)
                items.append(Item("", fill(words.EXAMPLE, self.lang, name=name, outcome=outcome), self.reasons.of(first)))
            else:
                items.append(Item("", name, self.reasons.of(first)))
        return Section(words.REASONS[self.lang], (), tuple(items))

    # -- what is open

    def _open(self) -> Section:
        undecided = [answer for answer in self.decision.answers if answer.status is Status.OPEN]
        points = OpenPoints(self.pack, self.lang, self.outcomes)
        items = []
        for answers in grouped(undecided, lambda answer: repr((answer.depends_on, answer.depends_at_least))):
            names = tuple(self._name(answer) for answer in answers)
            items.append(Item("", self.comma.join(names), points.of(answers, names)))
        left_out = any(len(open_symbols(answer)) > MOST_SYMBOLS for answer in undecided)
        return Section(words.DEPENDS[self.lang], (words.LEFT_OUT[self.lang],) if left_out else (), tuple(items))

    # -- other readings

    def _readings(self) -> Section:
        """Which readings would change an answer, and to what; of answers that facts leave open, only that they would."""
        changes: dict[tuple[tuple[str, str], ...], list[Item]] = {}
        for answer in filter(_settled, self.decision.answers):
            for difference in answer.differs_under:
                key = tuple(difference.readings.items())
                changes.setdefault(key, []).append(Item(self._difference(answer, difference), self._name(answer)))
        items = tuple(Item("", self._read(key), tuple(found)) for key, found in changes.items())
        open_too = [answer for answer in self.decision.answers if answer.depends_on.facts and answer.differs_under]
        said = self._firm(bool(items or open_too)) + self._named(words.OPEN_TOO, open_too)
        return Section(words.READINGS[self.lang], said, items)

    def _named(self, phrase: Text, answers: list[Answer]) -> tuple[str, ...]:
        """A sentence about these answers; none where there are none."""
        names = self.comma.join(self._name(answer) for answer in answers)
        return (ended(fill(phrase, self.lang, names=names), self.lang),) if answers else ()

    def _firm(self, some: bool) -> tuple[str, ...]:
        """How firm the answers are that no change listed below touches."""
        same = all(one.firm == "every" and not one.depends_on.readings for one in self.decision.answers)
        if self.pack.readings and same and not some:
            return (words.ALL_FIRM[self.lang],)
        single = [answer for answer in self.decision.answers if answer.firm == "single"]
        unknown = [answer for answer in self.decision.answers if answer.firm == "not_shown"]
        later = [answer for answer in unknown if FACTS_FIRST in answer.why_not_shown]
        ended_early = [answer for answer in unknown if answer not in later]
        said = self._named(words.FIRM_SINGLE, single) + self._named(words.FIRM_FACTS_FIRST, later)
        return said + self._named(words.FIRM_NOT_SHOWN, ended_early)

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
        return Duties(self.pack, self.lang, self.outcomes).section(self.decision.duties, self.decision.case)

    # -- assumptions and cautions

    def _assumes(self) -> Section:
        answers = [*self.decision.answers, *(duty.owed for duty in self.decision.duties)]
        answers += [duty.by for duty in self.decision.duties if duty.by is not None]
        taken = {name: option for answer in answers for name, option in answer.assumed.items()}
        said = [self._assumed(name, taken[name]) for name in self.pack.readings if name in taken]
        provided = dict.fromkeys(text[self.lang] for answer in answers for text in answer.provided)
        said += [ended(fill(words.PROVIDED, self.lang, what=spoken_days_in(text, self.lang)), self.lang) for text in provided]
        said.append(words.SOURCES[self.lang])
        return Section(words.ASSUMES[self.lang], (), tuple(Item(text) for text in said))

    def _assumed(self, name: str, option: str) -> str:
        spec = self.pack.readings[name]
        says, refs = bare(spec.option(option).says[self.lang]), provisions(spec.provisions, self.lang)
        said = fill(words.ASSUMED, self.lang, question=spec.question[self.lang], option=says, provision=refs)
        return ended_as_is(said, self.lang)

    def _cautions(self) -> Section:
        return Section(words.CAUTIONS[self.lang], (), tuple(Item(text[self.lang]) for text in self.pack.cautions))


def grouped(answers: Iterable[Answer], key: Callable[[Answer], str]) -> list[list[Answer]]:
    """Answers with one key together, in the order of their first."""
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(key(answer), []).append(answer)
    return list(groups.values())


def ended_as_is(sentence: str, lang: str) -> str:
    """A full stop at the end, and nothing else changed."""
    return sentence if sentence.endswith(("。", ".", "？", "?")) else sentence + words.STOP[lang]


def _settled(answer: Answer) -> bool:
    """Whether the facts settle an answer: nothing is left but readings and choices."""
    facts = answer.depends_on.facts or answer.depends_at_least.facts
    return answer.status not in (Status.NOT_SHOWN, Status.UNLAWFUL_CHOICE) and not facts


def _same_reasons(answer: Answer) -> str:
    """Answers of one definition that the same rules bring to the same outcome are explained once."""
    fired = [(step.definition, step.rule, step.outcome, step.depth) for step in answer.because]
    return repr((answer.definition, [one.outcome for one in answer.outcomes], fired))
