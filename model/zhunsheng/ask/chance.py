"""Complete cases in keeping with a partial one, taken at random: the same ones every time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.pack import CollectionSpec, FactSpec, Pack
from zhunsheng.lang.types import NONE
from zhunsheng.solve.free import plain_value


def others(pack: Pack, case: Case, facts: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Without end: what `case` states, and for the rest mostly what `facts`, a complete case, holds. Not all need be possible."""
    chance = Random(0)
    while True:
        varied = _Varied(pack, case, facts, chance)
        yield varied.facts()


@dataclass(frozen=True)
class _Varied:
    """`plain` is a complete case; what `case` leaves open is chosen anew, a quarter of it."""

    pack: Pack
    case: Case
    plain: Mapping[str, Any]
    chance: Random

    def facts(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, spec in self.pack.facts.items():
            stated = self.case.facts[name]
            if spec.type is not None:
                found[name] = self._field(spec, stated, self.plain[name])
            elif stated is NONE or (stated is UNKNOWN and spec.may_be_none and self.chance.random() < 0.5):
                found[name] = NONE
            else:
                plain = self.plain[name]
                found[name] = self._entry(spec.record, stated, plain if isinstance(plain, Mapping) else {})
        for name, collection in self.pack.collections.items():
            found[name] = self._listing(collection)
        return found

    def _listing(self, spec: CollectionSpec) -> Listing:
        stated, plain = self.case.facts[spec.name], self.plain[spec.name]
        elements = [self._entry(spec.fields, one, plain.elements[n]) for n, one in enumerate(stated.elements)]
        labels = list(stated.labels)
        if not stated.complete and self.chance.random() < 0.5:
            elements.append(self._entry(spec.fields, {}, {}))
            labels.append(f"{spec.name}[{len(labels)}]")
        return Listing(tuple(elements), True, True, tuple(labels))

    def _entry(self, specs: Sequence[FactSpec], stated: Any, plain: Mapping[str, Any]) -> dict[str, Any]:
        entry = stated if isinstance(stated, Mapping) else {}
        day = self._day() if self.chance.random() < 0.3 else None
        return {one.name: self._field(one, entry.get(one.name, UNKNOWN), plain.get(one.name, UNKNOWN), day) for one in specs}

    def _field(self, spec: FactSpec, stated: Any, plain: Any, day: date | None = None) -> Any:
        if spec.type is not None and spec.type.keyed_by:
            keys = self.pack.enumerations[spec.type.keyed_by].names
            table, rest = (one if isinstance(one, Mapping) else {} for one in (stated, plain))
            return {key: self._value(spec, table.get(key, UNKNOWN), rest.get(key, UNKNOWN), day) for key in keys}
        return self._value(spec, stated, plain, day)

    def _value(self, spec: FactSpec, stated: Any, plain: Any, day: date | None) -> Any:
        """`day`: what all days of one entry are, where one was chosen for them."""
        if stated is not UNKNOWN or spec.type is None:
            return stated
        plain = plain_value(self.pack, self.case, spec) if plain is UNKNOWN else plain
        if spec.type.base == "day" and day is not None:
            return day
        if spec.inert or self.chance.random() < 0.75:
            return plain
        if spec.type.base == "day":
            return self._day()
        if spec.type.base in self.pack.enumerations:
            values = spec.among or [one.name for one in self.pack.enumerations[spec.type.base].values if not one.answer_only]
            return self.chance.choice(list(values))
        return self.chance.random() < 0.5 if spec.type.base == "yes/no" else plain

    def _day(self) -> date:
        today = self.plain.get(self.pack.as_of)
        middle = today if isinstance(today, date) else self.pack.in_force[0]
        day = middle + timedelta(days=self.chance.randint(-500, 100))
        return min(max(day, self.pack.horizon[0]), self.pack.horizon[1])
