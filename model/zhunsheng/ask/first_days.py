"""The first day on which something holds, for many variants of one case: where anything can change at all is asked once for all,
what holds there is the reference meaning's word on each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from zhunsheng.ask.answers import Asked
from zhunsheng.ask.spans import Looker, Ranging
from zhunsheng.errors import Disagreement, NotShown
from zhunsheng.lang.case import UNKNOWN
from zhunsheng.lang.spots import Spot, with_value

HOLDS: frozenset[object] = frozenset({True})


@dataclass
class FirstDays:
    """`varying`: the facts in which the variants may differ."""

    looker: Looker
    varying: Sequence[Spot]
    _places: dict[Any, list[date] | None] = field(default_factory=dict)

    def first(
        self, facts: Mapping[str, Any], moved: tuple[Spot, ...], asked: Asked, start: date, key: object, vary: Sequence[Spot] = ()
    ) -> date | None:
        """The first day from `start` on, to the end of what the rules cover, on which an answer is surely yes with the days at
        `moved` set to it. Variants that differ in `vary` besides may be asked for under one `key`; the rest of their facts is the
        same. Raises `NotShown`."""

        def holds(day: date) -> bool:
            told = facts
            for here in moved:
                told = with_value(told, here, day)
            return self.looker.outcome(told, asked) == HOLDS

        whole = (key, moved, asked, start)
        if whole not in self._places:
            self._places[whole] = self._shared(facts, moved, asked, vary, start)
        places = self._places[whole]
        if places is None:
            places = self._of(facts, moved, asked, start)
        return _first(holds, [start, *places])

    def _shared(
        self, facts: Mapping[str, Any], moved: tuple[Spot, ...], asked: Asked, vary: Sequence[Spot], start: date
    ) -> list[date] | None:
        """Where anything can change whatever the varying facts are; None where that cannot be said of all of them together."""
        for here in (*self.varying, *vary):
            facts = with_value(facts, here, UNKNOWN)
        try:
            return self._of(facts, moved, asked, start)
        except NotShown:
            return None

    def _of(self, facts: Mapping[str, Any], moved: tuple[Spot, ...], asked: Asked, start: date) -> list[date]:
        judge = Looker(self.looker.pack, replace(self.looker.case, facts=facts), self.looker.shared, self.looker.open_future)
        within = (start, self.looker.pack.horizon[1])
        return [date.fromordinal(place) for place in Ranging(judge, moved, [asked], within).places()[1]]


def _first(holds: Callable[[date], bool], places: Sequence[date]) -> date | None:
    """The first of these days on which it holds; on the day before, it must not."""
    for number, day in enumerate(places):
        if holds(day):
            if number and holds(day - timedelta(days=1)):
                raise Disagreement(f"the solver has nothing change on {day}, the reference meaning does")
            return day
    return None
