"""Whether a condition surely holds in variants of one case of which something is not known.

A complete case in which it fails is enough to say no; one found for a variant mostly serves for the others too, as it stands or
with the days that nobody stated moved along. So the solver is asked only where none of those known serves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from zhunsheng.ask.certifying.remembered import World
from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.assumed import assumed
from zhunsheng.ask.deciding.noticing import between
from zhunsheng.ask.settling.fitted import Against, fitted, with_few
from zhunsheng.ask.settling.possibilities import Possibilities, Symbol
from zhunsheng.ask.settling.refuting import refuted
from zhunsheng.ask.settling.spans import Looker
from zhunsheng.certify import kernel
from zhunsheng.errors import Incomplete, NotShown
from zhunsheng.evaluate import Remembered
from zhunsheng.lang import expr as e
from zhunsheng.lang.case import Case
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.outcome import strongest
from zhunsheng.lang.spots import Spot, path_as_kernel, with_value
from zhunsheng.lang.types import YES_NO, Value

MOST_STRETCHES = 60
"""Stretches of days gone through for all variants of a case; beyond, too much is not known of it for plans to be judged."""
Failed = tuple[Case, tuple[date, date]]
"""A complete case, and days on which the condition fails in it."""
OF_A_CASE = 4
"""A case looked for anew counts as so many stretches."""
LATER = 256
"""Days that nobody stated are tried later by so many days, and by half of that, and so on."""


@dataclass
class Surely:
    looker: Looker
    _against: list[Against] = field(default_factory=list)
    _served: timedelta = timedelta(0)
    """By how much the days of the case that served last were moved."""
    _spent: int = 0
    _passed: dict[object, dict[date, date]] = field(default_factory=dict)
    _apart: set[object] = field(default_factory=set)
    """Of which it was seen that the days on which they fail differ from variant to variant."""
    _sure: dict[Asked, list[tuple[Case, frozenset[Symbol]]]] = field(default_factory=dict)
    """Variants of which it was shown that they surely hold, and all that was looked at there."""
    _lengths: dict[Expr, int] = field(default_factory=dict)
    """On how many days after the first a condition was last seen to fail."""

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
        self,
        facts: Mapping[str, Any],
        moved: Sequence[Spot],
        asked: Asked,
        condition: Expr,
        within: tuple[date, date],
        varied: Sequence[Spot],
    ) -> tuple[date | None, list[Failed]]:
        """The first of these days on which the answer is surely yes with the days at `moved` set to it. Days on which it fails
        whatever the facts at `varied` are, are gone through once for all variants; cases in which it fails on the others."""
        day, end = within
        key = asked, tuple(moved), tuple(varied)
        passed = self._passed.setdefault(key, {})
        failed: list[Failed] = []
        while day <= end:
            if day in passed:
                day = passed[day] + timedelta(days=1)
                continue
            here = _moved(facts, moved, day)
            found = self.against(here, asked)
            if found is None and not self.looker.impossible(here):
                return day, failed
            self._spend()
            if found is None:
                day += timedelta(days=1)
                continue
            found = self._lasting(here, asked, found)
            last = self._while_failing(found, moved, condition, (day, end), varied) if key not in self._apart else None
            if last is not None:
                passed[day] = last
            else:
                self._apart.add(key)
                last = self._while_failing(found, moved, condition, (day, end), ()) or day
                failed.append((found, (day, last)))
            day = last + timedelta(days=1)
        return None, failed

    def fails_throughout(
        self, facts: Mapping[str, Any], moved: Sequence[Spot], condition: Expr, within: tuple[date, date]
    ) -> bool:
        """Whether it is seen at once that a condition fails on each of these days, the days at `moved` set to it."""
        case = replace(self.looker.case, facts=facts)
        fails = None if self.looker.open_future else self._failing_throughout(case, moved, condition, ())
        return fails is not None and fails(*within)

    def _spend(self, times: int = 1) -> None:
        self._spent += times
        if self._spent > MOST_STRETCHES:
            raise NotShown("too much is not known of the case")

    # -- a case that is known

    def _known(self, facts: Mapping[str, Any], asked: Asked) -> Case | None:
        for number in range(len(self._against) - 1, -1, -1):
            one = self._against[number]
            for shift in self._shifts(one, facts):
                case = fitted(self.looker.pack, one, facts, shift)
                if self._fails(case, asked):
                    self._against.append(self._against.pop(number))  # the one that served last is tried first
                    self._served = shift
                    return case
        return None

    def _shifts(self, one: Against, facts: Mapping[str, Any]) -> list[timedelta]:
        """None, and by as much as the day of the question has moved."""
        today = facts[self.looker.pack.as_of]
        shifts = {timedelta(0)}
        if isinstance(today, date) and one.today is not None:
            shifts.add(today - one.today)
        return sorted(shifts, reverse=True)

    def _lasting(self, facts: Mapping[str, Any], asked: Asked, found: Case) -> Case:
        """The case that served last with the days that nobody stated as late as they may lie: mostly it fails on more days."""
        if found.facts is facts:
            return found
        one, days = self._against[-1], LATER
        while days:
            later = fitted(self.looker.pack, one, facts, self._served + timedelta(days=days))
            if self._fails(later, asked):
                self._served += timedelta(days=days)
                found = later
            days //= 2
        return found

    def _fails(self, case: Case, asked: Asked) -> bool:
        """Whether this is a case, and the answer is not yes in it."""
        pack, cones = self.looker.pack, self.looker.shared.cones
        choices = {name: made.value for name, made in case.choices.items()}
        run = Remembered(self.looker.shared.memory, case.facts, case.readings, choices)
        try:
            if strongest(run.definition(asked.definition)) is True or any(run.broken(one) for one in pack.assumptions):
                return False
            return all(choices[name] in run.lawful(name) for name in cones.definition(asked.definition).choices)
        except (Incomplete, KeyError):
            return False

    # -- a new one

    def _new(self, facts: Mapping[str, Any], asked: Asked) -> Case | None:
        self._spend(OF_A_CASE)
        variant = replace(self.looker.case, facts=facts)
        if self._as_one_before(variant, asked):
            return None
        found = refuted(self.looker, self.possibilities, facts, asked)
        if found is None:
            self._note_sure(variant, asked)
        if found is None or found.facts is facts:  # surely yes; or surely not, whatever is not known
            return found
        today = facts[self.looker.pack.as_of]
        stated = {name: len(facts[name].elements) for name in self.looker.pack.collections}
        case = found
        few = with_few(case.facts, stated, lambda tried: self._fails(replace(case, facts=tried), asked))
        found = replace(case, facts=few)
        self._against.append(Against(found, today if isinstance(today, date) else None, stated))
        self._served = timedelta(0)
        return found

    def _as_one_before(self, variant: Case, asked: Asked) -> bool:
        """Whether nothing differs, of all that the answer may look at, from a variant in which it surely holds."""
        cones = self.looker.shared.cones
        return any(
            not between(cones, before, variant).looked_at_by(cones, asked.definition, looked)
            for before, looked in self._sure.get(asked, ())
        )

    def _note_sure(self, variant: Case, asked: Asked) -> None:
        condition = self.looker.pack.definitions[asked.definition].otherwise
        if self.looker.open_future or condition is None:
            return
        with suppress(kernel.Refused):
            self._sure.setdefault(asked, []).append((variant, self.possibilities.looked_at(variant, condition)))

    # -- on how many days it fails

    def _while_failing(
        self, case: Case, moved: Sequence[Spot], condition: Expr, days: tuple[date, date], varied: Sequence[Spot]
    ) -> date | None:
        """The last of the first of these days on which the condition fails in this case, with the days at `moved` set to each,
        whatever the facts at `varied` are; None where that is not shown of the first."""
        fails = self._failing_throughout(case, moved, condition, varied)
        if fails is None:
            return None
        first, last = days
        if not self._lengths.get(condition) and fails(first, last):
            return last
        if not fails(first, first):
            return None
        shown = self._farthest(fails, first, last, self._lengths.get(condition, 1))
        self._lengths[condition] = (shown - first).days
        return shown

    def _farthest(self, fails: Callable[[date, date], bool], first: date, last: date, length: int) -> date:
        """How far it fails, mostly as far as it did before: outwards from there, then back by halves."""
        shown, beyond, step = first, last + timedelta(days=1), timedelta(days=max(length, 1))
        while shown < last and beyond > last:
            end = min(last, shown + step)
            if fails(shown, end):
                shown, step = end, timedelta(days=1) if shown == first and length > 1 else 2 * step
            else:
                beyond = end
        while beyond - shown > timedelta(days=1):
            middle = shown + (beyond - shown) // 2
            if fails(shown, middle):
                shown = middle
            else:
                beyond = middle
        return shown

    def _failing_throughout(
        self, case: Case, moved: Sequence[Spot], condition: Expr, varied: Sequence[Spot]
    ) -> Callable[[date, date], bool] | None:
        """What tells whether the condition surely fails on every day from one to another. None where nothing can."""
        if self.looker.shared.cones.exprs([condition]).choices:
            return None  # what is chosen in the case may not be lawful on another day
        assumptions = [one for one in assumed(self.looker.pack) if self._speaks(one.expr, moved)]
        if any(one.variables for one in assumptions):
            return None
        paths = [path_as_kernel(here) for here in moved]
        apart = {*paths, *(path_as_kernel(here) for here in varied)}
        said = [one for one in self.possibilities.atoms(case) if one.get("fact") not in apart]
        trees = [self.possibilities.tree(one) for one in (condition, *(_not(one.expr) for one in assumptions))]

        def fails(first: date, last: date) -> bool:
            span = kernel.span(first.toordinal(), last.toordinal())
            try:
                return not any(True in self._world(said, paths, span).value(tree, {}).atoms for tree in trees)
            except kernel.Refused:
                return False

        return fails

    def _world(self, said: Sequence[Mapping[str, Any]], paths: Sequence[str], span: kernel.Possible) -> World:
        """What is said of a case, the days at these paths somewhere in a span."""
        world = self.possibilities.world(said)
        for path in paths:
            here = ("@", *path.split("."))
            if len(here) == 3:
                world.known.setdefault(here[:2], kernel.of(here[:2]))
            world.known[here] = span
        return world

    def _speaks(self, expr: Expr, moved: Sequence[Spot]) -> bool:
        return bool(self.looker.shared.cones.exprs([expr]).facts & {here.name for here in moved})


def _not(expr: Expr) -> Expr:
    return e.Not(expr, YES_NO)


def _moved(facts: Mapping[str, Any], moved: Sequence[Spot], day: Value) -> Mapping[str, Any]:
    for here in moved:
        facts = with_value(facts, here, day)
    return facts
