"""How one answer stands, in one sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import partial

from zhunsheng.ask.report import Answer, Between, Possible, Status
from zhunsheng.lang.outcome import Failure, FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import NONE, Special, Type, Value
from zhunsheng.narrate import nouns, paths, phrases, rules, values
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provision
from zhunsheng.show import words
from zhunsheng.show.mistakes.telling import reason

Outcome = Value | FailureKind | Between
AGGREGATES = frozenset(("min", "max", "latest", "earliest"))


@dataclass(frozen=True)
class Outcomes:
    """Says outcomes of one pack's answers in one language."""

    pack: Pack
    lang: str

    def headline(self, answer: Answer) -> str:
        """How the answer stands, without its name and without a full stop."""
        match answer.status:
            case Status.OPEN:
                return self._open(answer)
            case Status.UNLAWFUL_CHOICE:
                lawful = self.listed(answer.type, answer.lawful) or words.NO_LAWFUL[self.lang]
                return fill(words.UNLAWFUL, self.lang, lawful=lawful)
            case Status.NOT_SHOWN:
                return self._not_shown(answer)
            case Status.DETERMINED | Status.GAP | Status.CONFLICT | Status.NO_DATA:
                said = [self.possible(answer, one) for one in answer.outcomes]
                return words.SEMICOLON[self.lang].join(said) or values.status(answer.status.value, self.lang)

    def possible(self, answer: Answer, possible: Possible) -> str:
        """One outcome, with what fails if it is a failure."""
        said = self._of(answer, possible.outcome)
        details = [self.failure(failure) for failure in possible.failures]
        if not details:
            return said
        joined = words.SEMICOLON[self.lang].join(dict.fromkeys(details))
        return f"{said}（{joined}）" if self.lang == "zh" else f"{said} ({joined})"

    def _of(self, answer: Answer, outcome: Outcome) -> str:
        """An outcome of this answer: of a duty, in the words for duties."""
        return outcome_of_duty(answer.definition, outcome, self.lang) or self.outcome(answer.type, outcome)

    def outcome(self, type_: Type, outcome: Outcome) -> str:
        """A value, a failure or a span, by itself."""
        match outcome:
            case FailureKind():
                return values.failure(outcome, self.lang)
            case Between(least=least, greatest=greatest):
                ends = {"least": self.value(type_, least), "greatest": self.value(type_, greatest)}
                return fill(words.BETWEEN, self.lang, **ends)
            case _:
                return self.value(type_, outcome)

    def value(self, type_: Type, value: Value) -> str:
        return values.spoken(self.pack, value, type_, self.lang)

    def listed(self, type_: Type, outcomes: tuple[Outcome, ...]) -> str:
        """Several outcomes, side by side, in the order of `place`."""
        return self._joined([self.outcome(type_, outcome) for outcome in sorted(outcomes, key=partial(self.place, type_))])

    def _joined(self, said: list[str]) -> str:
        comma = "、" if self.lang == "zh" else ", "
        return (words.SEMICOLON[self.lang] if any(comma in one for one in said) else comma).join(said)

    def in_order(self, answer: Answer) -> list[Possible]:
        """The outcomes of an answer, in the order of `place`."""
        return sorted(answer.outcomes, key=lambda one: self.place(answer.type, one.outcome))

    def place(self, type_: Type, outcome: Outcome) -> tuple[int, int]:
        """Where an outcome stands among others: values first, in the order of the pack, of days or of numbers, yes before no;
        then what is no value of that kind (`none`); failures last."""
        match outcome:
            case FailureKind():
                return 2, outcome.value
            case Special():
                return 1, 0
            case bool():
                return 0, int(not outcome)
            case Between(least=least):
                return self.place(type_, least)
            case date():
                return 0, outcome.toordinal()
            case int():
                return 0, outcome
            case str() if type_.base in self.pack.enumerations:
                return 0, self.pack.enumerations[type_.base].names.index(outcome)
            case _:
                return 0, 0

    def failure(self, failure: Failure) -> str:
        """What fails, and under which provisions."""
        if failure.name in AGGREGATES:
            phrase = words.CONFLICT_TIE if failure.kind is FailureKind.CONFLICT else words.GAP_NOTHING
            return fill(phrase, self.lang, what=nouns.definition(self.pack, failure.detail, self.lang))
        match failure.kind:
            case FailureKind.NO_DATA if failure.name in self.pack.calendars:
                table = nouns.calendar(self.pack, failure.name, self.lang)
                return fill(words.NO_TABLE, self.lang, table=table, year=failure.detail)
            case FailureKind.NO_DATA:
                return words.OUT_OF_REACH[self.lang]
            case FailureKind.GAP:
                return fill(words.GAP_IN, self.lang, what=self._failing(failure.name))
            case FailureKind.CONFLICT:
                what, clash = self._failing(failure.name), self._clash(failure)
                return fill(words.CONFLICT_IN, self.lang, what=what, rules=clash)

    def who(self, discretion: tuple[str, ...]) -> str:
        """Who decides these choices."""
        actors = [nouns.actor(self.pack, self.pack.discretions[name].who, self.lang) for name in discretion]
        return values.both(list(dict.fromkeys(actors)), self.lang)

    def _open(self, answer: Answer) -> str:
        on = answer.depends_on
        parts = {"outcomes": self._joined([self._of(answer, one.outcome) for one in self.in_order(answer)])}
        kinds = [kind for kind, names in (("facts", on.facts), ("readings", on.readings), ("discretion", on.discretion)) if names]
        match kinds:
            case ["discretion"]:
                said = fill(words.OPEN_DISCRETION, self.lang, who=self.who(on.discretion), **parts)
            case ["facts"]:
                said = fill(words.OPEN_FACTS, self.lang, **parts)
            case ["readings"]:
                said = fill(words.OPEN_READINGS, self.lang, **parts)
            case []:
                said = fill(words.OPEN_PLAIN, self.lang, **parts)
            case _:
                causes = phrases.AND[self.lang].join(words.CAUSES[kind][self.lang] for kind in kinds)
                said = fill(words.OPEN_MIXED, self.lang, causes=causes, **parts)
        return said if answer.complete else said + words.INCOMPLETE[self.lang]

    def _not_shown(self, answer: Answer) -> str:
        said = words.NOT_SHOWN[self.lang]
        if answer.why_not_shown:
            said = fill(words.NOT_SHOWN_WHY, self.lang, said=said, why=reason(answer.why_not_shown, self.lang))
        if not answer.outcomes:
            return said
        found = self.listed(answer.type, tuple(one.outcome for one in answer.outcomes))
        return words.SEMICOLON[self.lang].join((said, fill(words.NOT_SHOWN_FOUND, self.lang, outcomes=found)))

    def _failing(self, name: str) -> str:
        if name in self.pack.discretions:
            return self.pack.discretions[name].title[self.lang]
        title = nouns.definition(self.pack, name, self.lang)
        where = self.pack.definitions[name].provision if name in self.pack.definitions else ""
        return title if not where else fill(paths.CALLED, self.lang, title=title, of=provision(where, self.lang))

    def _clash(self, failure: Failure) -> str:
        definition = self.pack.definitions.get(failure.name)
        if definition is None:
            return failure.detail
        said = []
        for name in failure.detail.split(" | "):
            rule = next((rule for rule in definition.rules if rule.name == name), None)
            if rule is not None:
                sentence = rules.rule_sentence(self.pack, definition, rule, self.lang)
                said.append(rules.bare(rules.cited(sentence, rule.provision, self.lang)))
        return words.SEMICOLON[self.lang].join(said)


def of_duty(definition: str, written: str, lang: str) -> str | None:
    """How a duty stands, given its written outcome: a duty without a deadline would seem to be none if only “none” were said.
    None where it is no duty's, or a day."""
    if nouns.DUTY_DEFINITION.fullmatch(definition) is None:
        return None
    if definition.endswith(" owed"):
        return words.IS_OWED[written][lang] if written in words.IS_OWED else None
    return words.NO_DEADLINE[lang] if written == "none" else None


def outcome_of_duty(definition: str, outcome: Outcome, lang: str) -> str | None:
    """The same of an outcome that is not written."""
    written = str(outcome).lower() if isinstance(outcome, bool) else "none" if outcome == NONE else ""
    return of_duty(definition, written, lang)


def spoken_days_in(text: str, lang: str) -> str:
    """A sentence, its days in ISO form said as people say them."""

    def said(match: re.Match[str]) -> str:
        try:
            return values.spoken_day(date.fromisoformat(match[0]), lang)
        except ValueError:
            return match[0]

    return re.sub(r"\d{4}-\d{2}-\d{2}", said, text)
