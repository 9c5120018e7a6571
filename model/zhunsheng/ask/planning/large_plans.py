"""Plans that change many facts of one kind at once: tried where plans of few changes fail before all of them are gone through.

One at a time, changes are far too many to try: with nine indicators below a grade, no eight of them are enough. Facts of one kind
are therefore set to one value together, and what is not needed is then taken back. A plan found so lacks nothing that could be
left out by itself; that there is no cheaper one is not said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Protocol

from zhunsheng.ask.planning.plan import Plan
from zhunsheng.ask.planning.steps import Options, Unreached
from zhunsheng.lang.case import Case
from zhunsheng.lang.spots import Spot, value_at
from zhunsheng.lang.types import Value

MOST_TRIED = 400
"""Plans tried, those included in which a change is taken back."""
MOST_TOGETHER = 3
"""Elements whose facts are set apart, each element's to a value of its own."""
Changes = tuple[tuple[Spot, Value], ...]


class Tries(Protocol):
    """What a search offers here: a plan tried, and what a fact may be changed to."""

    case: Case
    spots: list[Spot]
    options: list[Options]

    def tried(self, option: Options, changes: Changes) -> Plan | Unreached | None: ...

    def values(self, here: Spot) -> list[tuple[Value, int]]: ...


@dataclass
class LargePlans:
    """Looks for plans of many changes."""

    search: Tries
    left: int = MOST_TRIED

    def least(self, limit: int) -> list[Plan]:
        """The cheapest of the plans found, at most so many; none where there are none, or the tries were used up before."""
        found: list[Plan] = []
        for changes in self._groups():
            for option in self.search.options:
                plan = self._tried(option, changes)
                if plan is not None:
                    plan = self._without_needless(option, changes, plan)
                    if not any(plan.changes == one.changes for one in found):
                        found.append(plan)
        found.sort(key=lambda one: (one.cost, one.size))
        return [one for one in found if (one.cost, one.size) == (found[0].cost, found[0].size)][:limit]

    def _tried(self, option: Options, changes: Changes) -> Plan | None:
        if self.left <= 0:
            return None
        self.left -= 1
        outcome = self.search.tried(option, changes)
        return outcome if isinstance(outcome, Plan) else None

    def _without_needless(self, option: Options, changes: Changes, plan: Plan) -> Plan:
        """The plan, each change taken back or made smaller as long as it still works without."""
        while True:
            better = next(self._better(option, changes), None)
            if better is None:
                return plan
            changes, plan = better

    def _better(self, option: Options, changes: Changes) -> Iterator[tuple[Changes, Plan]]:
        for number, (here, value) in enumerate(changes):
            rest = (changes[:number], changes[number + 1 :])
            apart = dict(self.search.values(here))
            nearer = [(other, size) for other, size in apart.items() if size < apart[value]]
            for fewer in [(*rest[0], *rest[1]), *((*rest[0], (here, other), *rest[1]) for other, _ in nearer)]:
                if (plan := self._tried(option, fewer)) is not None:
                    yield fewer, plan

    # -- facts changed together

    def _groups(self) -> Iterator[Changes]:
        """All facts of one field at one value, in all elements, in one, and each element at a value of its own."""
        fields: dict[tuple[str, str | None], list[Spot]] = {}
        for here in self.search.spots:
            fields.setdefault((here.name, here.field), []).append(here)
        for spots in fields.values():
            elements: dict[int | None, list[Spot]] = {}
            for here in spots:
                elements.setdefault(here.index, []).append(here)
            ways = [self._set(part) for part in elements.values()]
            seen: set[Changes] = set()
            alone = [changes for each in ways for changes in each]
            together = self._set(spots) + [_joined(parts) for parts in product(*ways)] * (1 < len(ways) <= MOST_TOGETHER)
            for changes in [*together, *alone]:
                if len(changes) > 1 and changes not in seen:
                    seen.add(changes)
                    yield changes

    def _set(self, spots: list[Spot]) -> list[Changes]:
        """These facts at one value, for each value that any may have; a fact that has it already stays."""
        offered = {here: dict(self.search.values(here)) for here in spots}
        values = dict.fromkeys(value for each in offered.values() for value in each)
        values |= dict.fromkeys(value_at(self.search.case.facts, here) for here in spots)
        return [tuple((here, value) for here in spots if value in offered[here]) for value in values]


def _joined(parts: tuple[Changes, ...]) -> Changes:
    return tuple(change for part in parts for change in part)
