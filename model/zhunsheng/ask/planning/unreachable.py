"""What stands in the way where a goal cannot be had: facts and provisions that close every way an actor has to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from zhunsheng.ask.deciding.condition import Condition
from zhunsheng.ask.explaining.hindrance import Atom, Hindrance, Way, hindrance, stretches
from zhunsheng.ask.planning.procedure import derived
from zhunsheng.ask.planning.steps import Acted, Failing, Options, Unreached, acted_on, spot_of
from zhunsheng.ask.settling.possibilities import Possibilities
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.spots import Spot, path_as_kernel


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
        ways = [self._way(option, why.sought) for option, why in failed if why.sought is not None]
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

    def of_waiting(self, on: date) -> Hindrance | None:
        """What keeps the goal from holding on the day wanted if nothing is done."""
        facts = {**self.case.facts, self.pack.as_of: on}
        return self._hindrance([self._way(Options(None, ()), Failing(facts, self.goal.expr))])

    def _lawful(self, option: Options, start: date, end: date) -> Way:
        """That the step is lawful on some day of these."""
        step = option.step
        if step is None:
            raise TypeError("there is a step")
        told = acted_on(self.pack, self.case.facts, option, start)
        moved = (Spot(self.pack.as_of), spot_of(self.pack, told, step.acted))
        return self._way(option, Failing(told, step.allowed, moved, (start, end)))

    def _way(self, option: Options, sought: Failing) -> Way:
        """That a condition holds after all, on any of the days gone through."""
        paths = [path_as_kernel(here) for here in sought.moved]
        new = tuple(self._new(option, sought.facts, paths))
        if sought.within is None:
            return Way(sought.condition, {}, new, (sought.facts,))
        said = [one for one in self.possibilities.atoms(self.case) if str(one.get("fact")) not in {*self.alterable, *paths}]
        cut = stretches(self.possibilities, [*said, *new], sought.condition, paths, sought.within)
        spans = cut or [(sought.within[0].toordinal(), sought.within[1].toordinal())]
        return Way(sought.condition, dict.fromkeys(paths, spans), new, tuple(map(sought.told, sought.within)))

    def _new(self, option: Options, facts: Mapping[str, Any], moving: Collection[str]) -> Iterator[Atom]:
        """What has come to be so with the step, and does not itself rest on what could be changed."""
        old = [one for one in self.possibilities.atoms(self.case) if one.get("fact") != self.pack.as_of]
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
