"""What stands in the way where a goal cannot be had: facts and provisions that close every way an actor has to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from zhunsheng.ask.condition import Condition
from zhunsheng.ask.hindrance import Atom, Hindrance, Way, hindrance
from zhunsheng.ask.possibilities import Possibilities
from zhunsheng.ask.procedure import Acted, Options, Unreached, acted_on, derived
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack


@dataclass(frozen=True)
class Barrier:
    """One case and one goal, with the paths of what the actor can change outright."""

    possibilities: Possibilities
    case: Case
    goal: Condition
    on: date | None
    alterable: Collection[str]
    fewest: bool = False

    @property
    def pack(self) -> Pack:
        return self.possibilities.pack

    def of_all(self, failed: Sequence[tuple[Options, Unreached]]) -> Hindrance | None:
        """What closes every way: of each step with its choices, how it fails on the case as it is. None where that does not come
        down to certain facts and provisions."""
        ways = [way for option, why in failed for way in self._ways(option, why)]
        return self._hindrance(ways) if ways else None

    def of_step(self, acted: Acted) -> Hindrance | None:
        """What keeps a step from being taken before the day on which it could be, as far as that day is wanted earlier."""
        last = acted.day - timedelta(days=1)
        end = last if self.on is None else min(self.on, last)
        if end < acted.start:
            return None
        option = Options(self.pack.steps[acted.step], acted.chosen)
        return self._hindrance([self._lawful(option, acted.start, end)])

    def _hindrance(self, ways: Sequence[Way]) -> Hindrance | None:
        return hindrance(self.possibilities, self.case, ways, self.alterable, fewest=self.fewest)

    def _ways(self, option: Options, failed: Unreached) -> Iterator[Way]:
        if option.step is None:
            facts = self.case.facts if self.on is None else {**self.case.facts, self.pack.as_of: self.on}
            yield Way(self.goal.expr, {}, tuple(self._of_today(facts)), (facts,))
        elif failed.within is not None:
            yield self._lawful(option, *failed.within)
        elif failed.because:
            facts, expr = failed.because[0]
            yield Way(expr, {}, tuple(self._new(option, facts, ())), (facts,))

    def _lawful(self, option: Options, start: date, end: date) -> Way:
        """That the step is lawful on some day of these."""
        step = option.step
        if step is None:
            raise TypeError("there is a step")
        span = [(start.toordinal(), end.toordinal())]
        moving = {step.acted: span, self.pack.as_of: span}
        told = tuple(acted_on(self.pack, self.case.facts, option, day) for day in (start, end))
        return Way(step.allowed, moving, tuple(self._new(option, told[0], moving)), told)

    def _of_today(self, facts: Mapping[str, Any]) -> Iterator[Atom]:
        atoms = self.possibilities.atoms(replace(self.case, facts=facts))
        yield from (one for one in atoms if one.get("fact") == self.pack.as_of)

    def _new(self, option: Options, facts: Mapping[str, Any], moving: Collection[str]) -> Iterator[Atom]:
        """What has come to be so with the step, and does not itself rest on what could be changed."""
        old = self.possibilities.atoms(self.case)
        for atom in self.possibilities.atoms(replace(self.case, facts=facts)):
            path = str(atom.get("fact", ""))
            if atom not in old and path not in self.alterable and path not in moving and not self._derived(option, facts, path):
                yield atom

    def _derived(self, option: Options, facts: Mapping[str, Any], path: str) -> bool:
        """Whether it is a fact of the element the step adds that is reckoned from the case."""
        step = option.step
        if step is None:
            return False
        last = f"{step.adds}[{len(facts[step.adds].elements) - 1}]."
        return path.startswith(last) and path.removeprefix(last) in derived(self.possibilities.cones, step)
