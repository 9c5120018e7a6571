"""What `whatif` comes back with, as documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.warned import warnings
from zhunsheng.ask.deciding.worlds import UNLAWFUL
from zhunsheng.ask.explaining.hindrance import Hindrance
from zhunsheng.ask.report import Answer, Because, Decision
from zhunsheng.ask.settling.spans import Outcomes as Set
from zhunsheng.ask.settling.spans import Range, in_order
from zhunsheng.ask.supposing.varying import Trial, Variation, Varied
from zhunsheng.ask.supposing.whatif import Changed, SideBySide
from zhunsheng.errors import InputError
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.spots import spot, type_at, value_at
from zhunsheng.lang.types import YES_NO, Type, Value
from zhunsheng.narrate import paths, values
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.prose import Prose
from zhunsheng.narrate.provisions import provisions
from zhunsheng.narrate.rules import bare, ended
from zhunsheng.read.questions import parse_expression
from zhunsheng.show import words
from zhunsheng.show.deciding.decision import decision_document, ended_as_is
from zhunsheng.show.deciding.outcomes import Outcomes
from zhunsheng.show.deciding.reasons import Reasons
from zhunsheng.show.deciding.warned import warned
from zhunsheng.show.mistakes import reason
from zhunsheng.show.supposing import words as w

DUTY = "duties["


def side_by_side_document(pack: Pack, report: SideBySide, lang: str) -> Document:
    """What changes, why, what stays; then what the changed answers depend on and assume."""
    return _SideBySide(pack, lang).document(report)


def variation_document(pack: Pack, report: Variation, lang: str) -> Document:
    """For each answer that depends on the fact, its ranges; then the answers that do not."""
    return _Variation(pack, lang).document(report)


@dataclass(frozen=True)
class Teller:
    """What the documents of `whatif` share."""

    pack: Pack
    lang: str
    outcomes: Outcomes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "outcomes", Outcomes(self.pack, self.lang))

    @property
    def comma(self) -> str:
        return "、" if self.lang == "zh" else ", "

    def title(self, case: Case) -> str:
        return fill(w.TITLE, self.lang, title=case.title[self.lang] or words.UNTITLED[self.lang])

    def meaning(self, condition: str) -> tuple[str, ...]:
        """A condition, which people write in the language of the rules, in their own."""
        try:
            expr = parse_expression(condition, self.pack, YES_NO)
        except InputError:
            return ()
        return (fill(w.MEANING, self.lang, clause=Prose(self.pack, self.lang).condition(expr)),)

    def answer_name(self, key: str, definition: str) -> str:
        return paths.answer_name(self.pack, key, definition, self.lang)

    def outcome(self, type_: Type, outcome: Any) -> str:
        return w.UNLAWFUL[self.lang] if outcome is UNLAWFUL else self.outcomes.outcome(type_, outcome)

    def set_of(self, type_: Type, found: Set) -> str:
        said = [self.outcome(type_, one) for one in in_order(found)]
        return said[0] if len(said) == 1 else fill(w.EITHER, self.lang, outcomes=values.either(said, self.lang))

    def rules(self, steps: Iterable[Because]) -> list[str]:
        """Each rule with what it came to; those that tell nothing to a reader left out, as in a decision."""
        reasons = Reasons(self.pack, self.lang)
        return list(dict.fromkeys(reasons.step(step) for step in reasons.tell(steps)))

    def readings(self, taken: Mapping[str, str]) -> list[str]:
        said = []
        for name in self.pack.readings:
            if name in taken:
                spec = self.pack.readings[name]
                option, refs = bare(spec.option(taken[name]).says[self.lang]), provisions(spec.provisions, self.lang)
                line = fill(words.ASSUMED, self.lang, question=spec.question[self.lang], option=option, provision=refs)
                said.append(ended_as_is(line, self.lang))
        return said

    def hindrance(self, title: str, found: Hindrance | None) -> Section:
        """Facts that keep something from holding."""
        if found is None:
            return Section(title)
        items = [Item(paths.fact_says(self.pack, path, value, self.lang)) for path, value in found.facts]
        items += [Item(text) for text in self.readings(found.readings)]
        if found.provisions:
            items.append(Item(provisions(found.provisions, self.lang), w.HINDERING_RULES[self.lang]))
        said = w.HINDERED_LEAST if found.smallest else w.HINDERED
        return Section(title, (said[self.lang] + words.COLON[self.lang].rstrip(),), tuple(items))

    def premises(self, assumed: dict[str, str], until: date | None = None) -> Section:
        """The readings taken, and from which day on what is told holds only if nothing further happens."""
        said = self.readings(assumed)
        paragraphs = [w.READINGS[self.lang]] * bool(said)
        if until is not None:
            paragraphs.append(fill(w.PROVIDED, self.lang, day=values.spoken_day(until, self.lang)))
        return Section(words.ASSUMES[self.lang], tuple(paragraphs), tuple(Item(text) for text in said))

    def cautions(self) -> Section:
        return Section(words.CAUTIONS[self.lang], (), tuple(Item(text[self.lang]) for text in self.pack.cautions))

    def closing(self, case: Case) -> tuple[str, ...]:
        version = fill(words.VERSION, self.lang, version=self.pack.version, digest=self.pack.digest[:16])
        parts = [version, fill(words.CASE_DIGEST, self.lang, digest=case.digest[:16])]
        return (words.SEMICOLON[self.lang].join(parts),)

    def opening(self, *cases: Case) -> tuple[str, ...]:
        """What stands under the title of what is told of these cases."""
        based = fill(words.BASED_ON, self.lang, title=self.pack.title[self.lang])
        return (based, *warned(warnings(self.pack, *cases), self.lang))

    def stated(self, case: Case, path: str) -> str:
        """What a case says at a path, in words."""
        here = spot(self.pack, case.facts, path)
        if here is None:
            return "没有" if self.lang == "zh" else "none"
        value, type_ = value_at(case.facts, here), type_at(self.pack, here)
        if value is UNKNOWN:
            return "未知" if self.lang == "zh" else "unknown"
        if isinstance(value, Listing):
            number = len(value.elements)
            return f"{number}项" if self.lang == "zh" else f"{number} listed"
        if isinstance(value, Mapping):
            return "有" if self.lang == "zh" else "stated"
        return values.spoken(self.pack, value, type_ or Type("text"), self.lang)


@dataclass(frozen=True)
class _SideBySide(Teller):
    def document(self, report: SideBySide) -> Document:
        answers = [one for one in report.changed if not one.name.startswith(DUTY)]
        duties = [one for one in report.changed if one.name.startswith(DUTY)]
        nothing = w.NONE_SEEN if report.not_shown else w.NOTHING
        sections = [
            self._assignments(report),
            Section(
                w.DIFFERENT[self.lang],
                () if report.changed or report.appeared or report.vanished else (nothing[self.lang],),
                tuple(self._changed(one) for one in answers),
            ),
            Section(w.DUTIES[self.lang], (), tuple(self._duty(one) for one in duties)),
            self._apart(w.APPEARED[self.lang], report.appeared),
            self._apart(w.VANISHED[self.lang], report.vanished),
            self._unchanged(w.SAME[self.lang], report.unchanged),
            self._unchanged(w.NOT_SEEN[self.lang], report.not_shown),
            *self._of_decision(report),
            self.cautions(),
        ]
        title, closing = self.title(report.before), self.closing(report.before)
        return Document(title, self.lang, self.opening(report.before, report.after), tuple(filter(None, sections)), closing)

    def _assignments(self, report: SideBySide) -> Section:
        items = []
        for path, text in report.assignments:
            kind, _, name = path.partition(".")
            if kind == "readings" and name in self.pack.readings:
                spec = self.pack.readings[name]
                items.append(Item(spec.option(text).says[self.lang], spec.question[self.lang]))
            elif kind == "discretion" and name in self.pack.discretions:
                made = report.after.choices[name].value
                said = values.spoken(self.pack, made, self.pack.discretions[name].type, self.lang)
                items.append(Item(said, self.pack.discretions[name].title[self.lang]))
            else:
                ends = {"before": self.stated(report.before, path), "after": self.stated(report.after, path)}
                items.append(Item(fill(w.MOVED, self.lang, **ends), paths.fact_name(self.pack, path, self.lang)))
        return Section(w.CHANGES[self.lang], (), tuple(items))

    def _changed(self, one: Changed) -> Item:
        name = self.answer_name(one.name, one.after.definition)
        sides = (
            self._side(w.BEFORE[self.lang], one.before, one.only_before),
            self._side(w.AFTER[self.lang], one.after, one.only_after),
        )
        return Item("", name, sides)

    def _side(self, label: str, answer: Answer, steps: tuple[Because, ...]) -> Item:
        return Item(self.outcomes.headline(answer), label, tuple(Item(text) for text in self.rules(steps)))

    def _duty(self, one: Changed) -> Item:
        what = paths.answer_name(self.pack, one.name, one.after.definition, self.lang)
        if one.name.endswith(".by"):
            ends = {"before": self.outcomes.headline(one.before), "after": self.outcomes.headline(one.after)}
            return Item(f"{w.DEADLINE[self.lang]}{words.COLON[self.lang]}{fill(w.MOVED, self.lang, **ends)}", what)
        after = {possible.outcome for possible in one.after.outcomes}
        if after <= {True} or after <= {False}:
            return Item((w.NOW_OWED if after == {True} else w.NO_LONGER)[self.lang], what)
        return Item(f"{w.OWED_OTHERWISE[self.lang]}{words.COLON[self.lang]}{self.outcomes.headline(one.after)}", what)

    def _apart(self, title: str, answers: tuple[Answer, ...]) -> Section:
        items = [Item(self.outcomes.headline(one), self.answer_name(one.name, one.definition)) for one in answers]
        return Section(title, (), tuple(items))

    def _unchanged(self, title: str, asked: tuple[Asked, ...]) -> Section:
        said = [self.answer_name(one.key, one.definition) for one in asked if not one.key.startswith(DUTY)]
        return Section(title, (ended(self.comma.join(said), self.lang),) if said else ())

    def _of_decision(self, report: SideBySide) -> list[Section]:
        """What the answers after the change depend on, under which readings they differ, and what they assume."""
        answers = tuple(one.after for one in report.changed if not one.name.startswith(DUTY))
        decision = Decision(report.after, self.pack.name, self.pack.digest, answers, ())
        wanted = [text[self.lang] for text in (words.DEPENDS, words.READINGS, words.ASSUMES)]
        return [one for one in decision_document(self.pack, decision, self.lang).sections if one.title in wanted]


@dataclass(frozen=True)
class _Variation(Teller):
    def document(self, report: Variation) -> Document:
        moving = [one for one in report.answers if not one.constant]
        still = [self.answer_name(one.asked.key, one.asked.definition) for one in report.answers if one.constant]
        what = paths.fact_name(self.pack, report.path, self.lang)
        sections = [
            Section(
                w.DEPENDS[self.lang], (w.EXACT[self.lang],) if any(one.ranges for one in moving) else (),
                tuple(self._varied(report, one) for one in moving),
            ),
            Section(w.CONSTANT[self.lang], (ended(self.comma.join(still), self.lang),) if still else ()),
            self._assumes(report),
            self.cautions(),
        ]  # fmt: skip
        opening = (*self.opening(report.case), ended(fill(w.VARIED, self.lang, what=what), self.lang))
        if not moving:
            opening = (*opening, w.ALL_CONSTANT[self.lang])
        return Document(self.title(report.case), self.lang, opening, tuple(filter(None, sections)), self.closing(report.case))

    def _varied(self, report: Variation, one: Varied) -> Item:
        name = self.answer_name(one.asked.key, one.asked.definition)
        if one.not_shown:
            return Item(fill(w.NOT_SHOWN, self.lang, why=reason(one.not_shown, self.lang)), name)
        if one.trials:
            return Item("", name, tuple(self._trial(one, trial) for trial in one.trials))
        return Item("", name, tuple(self._range(report.type, one, part) for part in one.ranges))

    def _range(self, type_: Type | None, one: Varied, part: Range) -> Item:
        said = w.CANNOT[self.lang] if part.impossible else self.set_of(one.type, part.outcomes[0])
        return Item(said, self.between(type_, part.least, part.greatest))

    def between(self, type_: Type | None, least: Value, greatest: Value) -> str:
        ends = [values.spoken(self.pack, end, type_ or Type("text"), self.lang) for end in (least, greatest)]
        if least == greatest:
            return ends[0]
        first, last = self.pack.horizon
        phrase = w.UNTIL if least == first else w.SINCE if greatest == last else w.FROM_TO
        return fill(w.ANY if (least, greatest) == (first, last) else phrase, self.lang, least=ends[0], greatest=ends[1])

    def _trial(self, one: Varied, trial: Trial) -> Item:
        said = w.CANNOT[self.lang] if trial.impossible else self.set_of(one.type, trial.outcomes[0])
        if trial is one.trials[0]:
            return Item(said, w.STATED[self.lang])
        if trial.path in self.pack.collections:
            return Item(said, w.WITHOUT_ANY[self.lang])
        what = paths.fact_name(self.pack, trial.path, self.lang)
        return Item(said, fill(w.WITH if trial.with_it else w.WITHOUT, self.lang, what=what))

    def _assumes(self, report: Variation) -> Section:
        taken: dict[str, str] = {}
        for one in report.answers:
            if not one.constant:
                taken |= one.assumed or {}
        until = next((one.provided_until for one in report.answers if one.provided_until and not one.constant), None)
        return self.premises(taken, until)


__all__ = ["Teller", "side_by_side_document", "variation_document"]
