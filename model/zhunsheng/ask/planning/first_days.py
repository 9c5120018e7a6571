"""The first day on which something holds, for many variants of one case: where anything can change at all is asked once for all,
what holds there is the reference meaning's word on each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.unstated import HOW_MANY, missing
from zhunsheng.ask.planning.steps import Failing
from zhunsheng.ask.settling.spans import Looker, Ranging
from zhunsheng.ask.settling.surely import Surely
from zhunsheng.errors import Disagreement, Incomplete, NotShown, UnknownFact
from zhunsheng.evaluate import Run
from zhunsheng.lang.case import UNKNOWN, Case
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.pack import FactSpec
from zhunsheng.lang.spots import Spot, path_of, spec_at, spot, with_value
from zhunsheng.solve.free import plain_value

HOLDS: frozenset[object] = frozenset({True})


@dataclass(frozen=True)
class First:
    """The first day on which something holds, None where there is none; and that it does not on all the days before (but for days
    on which it fails whatever may be changed), where something is not known, in complete cases. `sought`: on which days."""

    day: date | None
    failing: tuple[Failing, ...]
    sought: Failing


@dataclass
class FirstDays:
    """`varying`: the facts in which the variants may differ."""

    looker: Looker
    varying: Sequence[Spot]
    surely: Surely = field(init=False)
    lacks: dict[str, None] = field(default_factory=dict)
    """Facts that are not known, and that something was looked at for."""
    _places: dict[Any, list[date] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.surely = Surely(self.looker)

    def holds(self, facts: Mapping[str, Any], asked: Asked) -> bool:
        """Whether an answer is surely yes. Raises `NotShown`."""
        if self._open(facts, asked):
            return self.surely.against(facts, asked) is None
        return self.looker.outcome(facts, asked) == HOLDS

    def failing(self, facts: Mapping[str, Any], asked: Asked) -> Case | None:
        """A complete case with these facts in which an answer that looks at something unknown is not yes; else None."""
        return self.surely.against(facts, asked) if self._open(facts, asked) else None

    def first(
        self,
        facts: Mapping[str, Any],
        moved: tuple[Spot, ...],
        asked: Asked,
        condition: Expr,
        within: tuple[date, date],
        key: object,
        vary: Sequence[Spot] = (),
    ) -> First:
        """The first of these days on which an answer is surely yes with the days at `moved` set to it, and a case with them can
        be at all. Variants that differ in `vary` besides may be asked for under one `key`; the rest of their facts is the same.
        `condition`: the answer as an expression of the pack, by which cases with unknown facts are gone through faster.
        Raises `NotShown`."""
        start, until = within
        sought = Failing(facts, condition, moved, within)

        def holds(day: date) -> bool:
            return self.looker.outcomes(sought.told(day), [asked]) == (HOLDS,)

        if self._open(sought.told(start), asked):
            day, failed = self.surely.first(facts, moved, asked, condition, within, (*self.varying, *vary))
            return First(day, tuple(Failing(case.facts, condition, moved, days) for case, days in failed), sought)
        day = start if holds(start) else None
        if day is None and not self.surely.fails_throughout(facts, moved, condition, within):
            places = self._where(facts, moved, asked, (key, moved, asked, start), vary)
            day = _first(holds, [start, *(place for place in places if place <= until)])
        last = until if day is None else day - timedelta(days=1)
        return First(day, () if last < start else (replace(sought, within=(start, last)),), sought)

    def _where(
        self, facts: Mapping[str, Any], moved: tuple[Spot, ...], asked: Asked, whole: tuple[Any, ...], vary: Sequence[Spot]
    ) -> list[date]:
        """The days after the first on which anything can change: of all variants, where that can be said of them together."""
        start: date = whole[-1]
        if whole not in self._places:
            self._places[whole] = self._shared(facts, moved, asked, vary, start)
        places = self._places[whole]
        return self._of(facts, moved, asked, start) if places is None else places

    def _open(self, facts: Mapping[str, Any], asked: Asked) -> bool:
        """Whether an answer looks at something that is not known."""
        if self.looker.open_future:
            return False
        try:
            self.looker.world(facts).outcomes(asked)
        except UnknownFact as first:
            if first.path not in self.lacks:
                self.lacks |= dict.fromkeys([first.path, *self._unknown(facts, asked)])
            return True
        return False

    def note(self, run: Run, expr: Expr, variables: Mapping[str, Any], first: UnknownFact) -> None:
        """Notes what is not known and was looked at for an expression: the first such fact, and those looked at next with each at
        its plain value."""
        pack, facts, path = self.looker.pack, run.facts.facts, first.path
        while path not in self.lacks:
            self.lacks[path] = None
            here = spot(pack, facts, path)
            spec = spec_at(pack, here) if here is not None else None
            if here is None or not isinstance(spec, FactSpec) or spec.type is None:
                return
            facts = with_value(facts, here, plain_value(pack, self.looker.case, spec))
            try:
                Run(pack, facts, run.readings, run.choices).expression(expr, variables)
            except UnknownFact as missing:
                path = missing.path
            except Incomplete:
                return

    def _unknown(self, facts: Mapping[str, Any], asked: Asked) -> Iterator[str]:
        """All that is not known and that an answer may look at."""
        pack = self.looker.pack
        case = replace(self.looker.case, facts=facts)
        condition = pack.definitions[asked.definition].otherwise
        looked = self.surely.possibilities.looked_at(case, asked if condition is None else condition)
        for here, kind in missing(pack, case):
            place = ("@", *(part for part in (here.name, here.index, here.field, here.key) if part is not None))
            if (("list", here.name) if kind == HOW_MANY else ("fact", place)) in looked:
                yield path_of(facts, here)

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
