"""A complete case and its neighbours: what changes if one fact that is not known were otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from typing import Any

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.problems import Shared
from zhunsheng.ask.deciding.unstated import EXISTS, HOW_MANY, VALUE, missing
from zhunsheng.ask.deciding.worlds import Worlds
from zhunsheng.ask.settling.spans import Looker, Outcomes, names
from zhunsheng.errors import Incomplete, NotShown, UnknownFact
from zhunsheng.lang.case import Case, Listing
from zhunsheng.lang.pack import CollectionSpec, FactSpec, Pack
from zhunsheng.lang.spots import Spot, path_as_kernel, scalars, spec_at, type_at, value_at, with_value
from zhunsheng.lang.types import NONE, Value, special
from zhunsheng.solve.free import plain_value

FEW_TRIED, MOST_TRIED = 8, 24
"""Values tried of one fact that has more than can be tried: at first, and where that shows nothing."""


@dataclass
class Around:
    """A complete case in keeping with a partial one, and its neighbours in one fact that the partial one leaves open."""

    pack: Pack
    case: Case
    world: Worlds
    asked: list[Asked]
    shared: Shared
    looker: Looker = field(init=False)
    here: dict[Asked, Outcomes] = field(init=False)
    tried: int = 0
    """How many neighbours were looked at."""

    def __post_init__(self) -> None:
        self.looker = Looker(self.pack, self.case, self.shared)
        self.here = {one: self.looker.outcome(self.world.facts, one) for one in self.asked}

    def missing(self) -> Iterator[tuple[Spot, str]]:
        """What the case leaves open and the answers look at."""
        yield from (one for one in missing(self.pack, self.case) if self.looking(*one))

    def looking(self, here: Spot, kind: str) -> list[Asked]:
        """The answers that look at it: no other can change with it alone."""
        place = here.name if kind != VALUE else path_as_kernel(here)
        return [one for one in self.asked if place in self._looked_at[one][kind]]

    @cached_property
    def _looked_at(self) -> dict[Asked, dict[str, frozenset[str]]]:
        """For each answer and each kind of question, what would be asked for."""
        found = {}
        world = self.looker.world(self.world.facts)
        for one in self.asked:
            facts, lists = world.rests_on(one)
            found[one] = {VALUE: facts, EXISTS: frozenset(path.partition(".")[0] for path in facts), HOW_MANY: lists}
        return found

    def sways(self, here: Spot, kind: str, most: int = FEW_TRIED) -> tuple[str, ...]:
        """The answers that another answer to this question is seen to change; those of the first such answer found."""
        looking = self.looking(here, kind)
        for facts in islice(self.others(here, kind), most):
            self.tried += 1
            try:
                swayed = self._changed(facts, looking)
                if swayed and not self.looker.impossible(facts):
                    return swayed
            except (Incomplete, NotShown):
                continue
        return ()

    def _changed(self, facts: Mapping[str, Any], asked: list[Asked]) -> tuple[str, ...]:
        """Those of the answers that come to something else with these facts."""
        world = self.looker.world(facts)
        try:
            return tuple(one.key for one in asked if world.outcomes(one) != self.here[one])
        except UnknownFact:
            return tuple(one.key for one in asked if self.looker.outcome(facts, one) != self.here[one])

    def others(self, here: Spot, kind: str) -> Iterator[Mapping[str, Any]]:
        facts = self.world.facts
        if kind == VALUE:
            spec = spec_at(self.pack, here)
            if isinstance(spec, FactSpec):
                old = value_at(facts, here)
                yield from (with_value(facts, here, value) for value in self._values(spec, here) if value != old)
        elif kind == EXISTS:
            spec = self.pack.facts[here.name]
            if facts[here.name] is not NONE:
                yield {**facts, here.name: NONE}
            for day in (None, *self._days()):
                yield {**facts, here.name: {one.name: self._like(one, day) for one in spec.record}}
        else:
            yield from self._longer(self.pack.collections[here.name])

    def _longer(self, spec: CollectionSpec) -> Iterator[Mapping[str, Any]]:
        """One element more, of several kinds."""
        facts = self.world.facts
        listing: Listing = facts[spec.name]
        days = self._days()
        tried = (days[0], None, days[1])
        kinds: list[dict[str, Any]] = [{one.name: self._like(one, day) for one in spec.fields} for day in tried]
        for field_ in spec.fields:
            if field_.type is not None and field_.type.base in self.pack.enumerations and not field_.type.keyed_by:
                values = self._values(field_, Spot(spec.name, 0, field_.name))
                kinds += [{**kinds[0], field_.name: value} for value in values if value != kinds[0][field_.name]]
        for kind in kinds:
            if spec.key and not isinstance(kind.get(spec.key), str):
                kind[spec.key] = "?"
            elements = (*listing.elements, kind)
            labels = (*listing.labels, f"{spec.name}[{len(listing.elements)}]")
            yield {**facts, spec.name: Listing(elements, True, True, labels)}

    def _like(self, spec: FactSpec, day: date | None) -> Any:
        """A plain value of a field; a day is this day, if one is given."""
        if spec.type is not None and spec.type.keyed_by:
            return dict.fromkeys(self.pack.enumerations[spec.type.keyed_by].names, plain_value(self.pack, self.case, spec))
        if day is not None and spec.type is not None and spec.type.base == "day":
            return day
        return plain_value(self.pack, self.case, spec)

    def _values(self, spec: FactSpec, here: Spot) -> list[Value]:
        """The values tried of a fact: all of an enumeration; of days, those near the days of the case; the special ones first."""
        type_ = type_at(self.pack, here)
        if type_ is None:
            return []
        specials: list[Value] = [special(name) for name in sorted(type_.special)]
        match type_.base:
            case "yes/no":
                return [*specials, True, False]
            case "day":
                return [*specials, *self._days()]
            case "number":
                return [*specials, *self._numbers(spec)]
            case "text":
                return [*specials, *names(self.pack, self.world.facts), "?"]
            case base:
                found = spec.among or [one.name for one in self.pack.enumerations[base].values if not one.answer_only]
                return [*specials, *found]

    def _numbers(self, spec: FactSpec) -> list[Value]:
        today = self.world.facts.get(self.pack.as_of)
        years = [today.year - 1, today.year] if isinstance(today, date) else []
        least, greatest = spec.least, spec.greatest
        tried = [least or 0, (least or 0) + 1, 5, *years, *([] if greatest is None else [greatest])]
        return [n for n in dict.fromkeys(tried) if (least is None or n >= least) and (greatest is None or n <= greatest)]

    def _days(self) -> list[date]:
        """Days to try: shortly before and after the day of the question, well before and after it, and next to days stated."""
        today = self.world.facts.get(self.pack.as_of)
        middle = today if isinstance(today, date) else self.pack.in_force[0]
        stated = [day for here in scalars(self.pack, self.case.facts) if isinstance(day := value_at(self.case.facts, here), date)]
        tried = [middle + timedelta(days=n) for n in (-60, 60, -500, 500, -200, 0)]
        tried += [day + timedelta(days=n) for n in (1, -1, 0) for day in dict.fromkeys(stated)]
        first, last = self.pack.horizon
        return [day for day in dict.fromkeys(tried) if first <= day <= last]
