"""Whether a condition surely holds in variants of one case of which something is not known.

A complete case in which it fails is enough to say no; one found for a variant mostly serves for the others too, as it stands or
with the days that nobody stated moved along. So the solver is asked only where none of those known serves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from zhunsheng.ask.answers import Asked
from zhunsheng.ask.assumed import assumed
from zhunsheng.ask.decide import Deciding
from zhunsheng.ask.hindrance import Judge, Way
from zhunsheng.ask.possibilities import Possibilities
from zhunsheng.ask.report import Status
from zhunsheng.ask.spans import Looker
from zhunsheng.errors import Incomplete, NotShown
from zhunsheng.evaluate import Run
from zhunsheng.lang import expr as e
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.outcome import strongest
from zhunsheng.lang.spots import Spot, path_as_kernel, with_value
from zhunsheng.lang.types import YES_NO, Value

MOST_STRETCHES = 12
"""Stretches of days gone through for all variants of a case; beyond, too much is not known of it for plans to be judged."""


@dataclass(frozen=True)
class Against:
    """A complete case in which something failed, on the day of its question; `stated`: how many elements of each list were."""

    case: Case
    today: date | None
    stated: Mapping[str, int]


@dataclass
class Surely:
    looker: Looker
    _against: list[Against] = field(default_factory=list)
    _spent: int = 0
    _passed: dict[object, dict[date, date]] = field(default_factory=dict)

    @cached_property
    def possibilities(self) -> Possibilities:
        return Possibilities(self.looker.pack, self.looker.shared.cones)

    def against(self, facts: Mapping[str, Any], asked: Asked) -> Case | None:
        """A complete case with these facts in which the answer is not yes; None where there is none. Raises `NotShown`."""
        if self._spent > MOST_STRETCHES:
            raise NotShown("too much is not known of the case")
        found = self._known(facts, asked)
        return found if found is not None else self._new(facts, asked)

    def first(
        self, facts: Mapping[str, Any], moved: Sequence[Spot], asked: Asked, condition: Expr, start: date, varied: Sequence[Spot]
    ) -> date | None:
        """The first day from `start` on, to the end of what the rules cover, on which the answer is surely yes with the days at
        `moved` set to it. Days on which it fails whatever the facts at `varied` are, are gone through once for all variants."""
        end = self.looker.pack.horizon[1]
        passed = self._passed.setdefault((asked, tuple(moved), tuple(varied)), {})
        day, most = start, end - start
        while day <= end:
            if day in passed:
                day = passed[day] + timedelta(days=1)
                continue
            found = self.against(_moved(facts, moved, day), asked)
            if found is None:
                return day
            self._spend()
            last = self._while_failing(found, moved, condition, (day, min(end, day + most)), varied)
            if last is not None:
                passed[day] = last
            else:
                last = self._while_failing(found, moved, condition, (day, min(end, day + most)), ()) or day
            day, most = last + timedelta(days=1), 2 * (last - day) + timedelta(days=1)
        return None

    def _spend(self) -> None:
        self._spent += 1
        if self._spent > MOST_STRETCHES:
            raise NotShown("too much is not known of the case")

    # -- a case that is known

    def _known(self, facts: Mapping[str, Any], asked: Asked) -> Case | None:
        for number in range(len(self._against) - 1, -1, -1):
            for case in self._fitted(self._against[number], facts):
                if self._fails(case, asked):
                    self._against.append(self._against.pop(number))  # the one that served last is tried first
                    return case
        return None

    def _fitted(self, one: Against, facts: Mapping[str, Any]) -> Iterator[Case]:
        """What is not known of the facts taken from a case, as it stands and moved to the day of the question."""
        today = facts[self.looker.pack.as_of]
        shifts = {timedelta(0)}
        if isinstance(today, date) and one.today is not None:
            shifts.add(today - one.today)
        for shift in sorted(shifts, reverse=True):
            yield replace(one.case, facts=self._filled(facts, one, shift))

    def _filled(self, facts: Mapping[str, Any], one: Against, shift: timedelta) -> dict[str, Any]:
        told = {}
        for name, value in facts.items():
            other = one.case.facts[name]
            told[name] = self._listing(value, other, one.stated[name], shift) if isinstance(value, Listing) else (
                self._fact(value, other, shift)
            )  # fmt: skip
        return told

    def _listing(self, value: Listing, other: Listing, stated: int, shift: timedelta) -> Listing:
        """What is not known of the elements stated, and further ones."""
        there = (*other.elements[:stated], *({} for _ in value.elements))
        known = tuple(self._fact(element, entry, shift) for element, entry in zip(value.elements, there, strict=False))
        more = () if value.complete else tuple(self._moved(element, shift) for element in other.elements[stated:])
        return Listing((*known, *more), True, True, ())

    def _fact(self, value: Any, other: Any, shift: timedelta) -> Any:
        if value is UNKNOWN:
            return self._moved(other, shift)
        if isinstance(value, Mapping):
            entries = other if isinstance(other, Mapping) else {}
            return {name: self._fact(part, entries.get(name, UNKNOWN), shift) for name, part in value.items()}
        return value

    def _moved(self, value: Any, shift: timedelta) -> Any:
        if isinstance(value, Mapping):
            return {name: self._moved(part, shift) for name, part in value.items()}
        if isinstance(value, date):
            least, greatest = self.looker.pack.horizon
            return min(max(value + shift, least), greatest)
        return value

    def _fails(self, case: Case, asked: Asked) -> bool:
        """Whether this is a case, and the answer is not yes in it."""
        pack, cones = self.looker.pack, self.looker.shared.cones
        choices = {name: made.value for name, made in case.choices.items()}
        run = Run(pack, case.facts, case.readings, choices)
        try:
            if strongest(run.definition(asked.definition)) is True or any(run.assumption(one) for one in pack.assumptions):
                return False
            return all(choices[name] in run.lawful(name) for name in cones.definition(asked.definition).choices)
        except (Incomplete, KeyError):
            return False

    # -- a new one

    def _new(self, facts: Mapping[str, Any], asked: Asked) -> Case | None:
        looker, case = self.looker, replace(self.looker.case, facts=facts)
        deciding = Deciding(
            looker.pack, case, looker.open_future, with_firmness=False, with_dependence=False, shared=looker.shared
        )
        answer = deciding.answer(asked)
        deciding.problems.release()
        against = [one for one in answer.outcomes if one.outcome is not True]
        if against:
            found = against[0].witness
            if found is None:  # one and the same, whatever is not known
                return case
            today = facts[looker.pack.as_of]
            stated = {name: len(facts[name].elements) for name in looker.pack.collections}
            found = self._with_few(found, stated, asked)
            self._against.append(Against(found, today if isinstance(today, date) else None, stated))
            return found
        if answer.status is Status.NOT_SHOWN or not answer.complete:
            raise NotShown(answer.why_not_shown or asked.key)
        return None

    def _with_few(self, case: Case, stated: Mapping[str, int], asked: Asked) -> Case:
        """The case without the further elements that it takes none of to fail."""
        for name, number in stated.items():
            place = len(case.facts[name].elements) - 1
            while place >= number:
                elements = case.facts[name].elements
                fewer = replace(case.facts[name], elements=(*elements[:place], *elements[place + 1 :]))
                without = replace(case, facts={**case.facts, name: fewer})
                case = without if self._fails(without, asked) else case
                place -= 1
        return case

    # -- on how many days it fails

    def _while_failing(
        self, case: Case, moved: Sequence[Spot], condition: Expr, days: tuple[date, date], varied: Sequence[Spot]
    ) -> date | None:
        """The last of the first of these days on which the condition fails in this case, with the days at `moved` set to each,
        whatever the facts at `varied` are; None where that is not shown of the first."""
        day, last = days
        while not self._fails_throughout(case, moved, condition, (day, last), varied):
            if last == day:
                return None
            last = day + (last - day) // 2
        return last

    def _fails_throughout(
        self, case: Case, moved: Sequence[Spot], condition: Expr, days: tuple[date, date], varied: Sequence[Spot]
    ) -> bool:
        if self.looker.shared.cones.exprs([condition]).choices:
            return False  # what is chosen in the case may not be lawful on another day
        span = [(days[0].toordinal(), days[1].toordinal())]
        moving = {path_as_kernel(here): span for here in moved}
        apart = {*moving, *(path_as_kernel(here) for here in varied)}
        atoms = [one for one in self.possibilities.atoms(case) if one.get("fact") not in apart]
        assumptions = [one for one in assumed(self.looker.pack) if self._speaks(one.expr, moved)]
        if any(one.variables for one in assumptions):
            return False
        broken = [_not(one.expr) for one in assumptions]
        return all(Judge(self.possibilities, Way(one, moving)).impossible(atoms) for one in (condition, *broken))

    def _speaks(self, expr: Expr, moved: Sequence[Spot]) -> bool:
        return bool(self.looker.shared.cones.exprs([expr]).facts & {here.name for here in moved})


def _not(expr: Expr) -> Expr:
    return e.Not(expr, YES_NO)


def _moved(facts: Mapping[str, Any], moved: Sequence[Spot], day: Value) -> Mapping[str, Any]:
    for here in moved:
        facts = with_value(facts, here, day)
    return facts
