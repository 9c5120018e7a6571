"""Which facts, fields, readings and choices tell two cases apart, and which definitions can notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.cone import Cone, Cones
from zhunsheng.lang.pack import Assumption, CollectionSpec, Pack
from zhunsheng.lang.spots import Spot


@dataclass(frozen=True)
class Touched:
    """`names`: facts, lists, readings and choices as a whole; `fields`: (record or element type, field)."""

    names: frozenset[str] = frozenset()
    fields: frozenset[tuple[str, str]] = frozenset()

    def seen_by(self, cone: Cone) -> bool:
        """Whether a definition with this cone can consult any of it."""
        return bool(self.names & (cone.facts | cone.collections | cone.readings | cone.choices) or self.fields & cone.fields)

    def looked_at_by(self, cones: Cones, definition: str, seen: Iterable[Any]) -> bool:
        """Whether any of it is among what an answer looks at (`Possibilities.looked_at`). Lists, readings and choices count where
        its definition can consult them at all: how much is to be searched may turn on them."""
        cone = cones.definition(definition)
        searched = cone.collections | cone.readings | cone.choices
        return bool(self.names & searched) or any(self._is(cones.pack, one) for one in seen)

    def _is(self, pack: Pack, symbol: tuple[str, Any]) -> bool:
        kind, key = symbol
        if kind != "fact":
            return key in self.names
        name, *rest = key[1:]
        return name in self.names or any((_type(pack, name), part) in self.fields for part in rest)

    def __or__(self, other: Touched) -> Touched:
        return Touched(self.names | other.names, self.fields | other.fields)


def of_spot(pack: Pack, here: Spot) -> Touched:
    """What is touched where one fact varies."""
    if here.field is None:
        return Touched(frozenset({here.name}))
    return Touched(fields=frozenset({(_type(pack, here.name), here.field)}))


def between(cones: Cones, before: Case, after: Case) -> Touched:
    """What tells two cases apart; and what assumptions tie to that: where it is not known, they may leave it other ways to be."""
    pack = cones.pack
    found = Touched(frozenset(_named(before, after)))
    for name in (*pack.facts, *pack.collections):
        found |= _of_fact(pack, name, before.facts[name], after.facts[name])
    return _tied(cones, found, before, after)


def _named(before: Case, after: Case) -> Iterator[str]:
    for one, other in ((before.readings, after.readings), (before.choices, after.choices)):
        yield from (name for name in {**one, **other} if one.get(name) != other.get(name))


def _of_fact(pack: Pack, name: str, before: Any, after: Any) -> Touched:
    if before == after:
        return Touched()
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        pairs = [(before, after)]
    elif isinstance(before, Listing) and isinstance(after, Listing) and _alike(before, after):
        pairs = list(zip(before.elements, after.elements, strict=True))
    else:
        return Touched(frozenset({name}))
    type_ = _type(pack, name)
    return Touched(fields=frozenset((type_, field) for a, b in pairs for field in {**a, **b} if a.get(field) != b.get(field)))


def _alike(before: Listing, after: Listing) -> bool:
    """Whether two lists hold as many elements and may hold as many more."""
    return len(before.elements) == len(after.elements) and (before.complete, before.stated) == (after.complete, after.stated)


def _type(pack: Pack, name: str) -> str:
    """What fields are named under in cones."""
    spec = pack.collections.get(name)
    return spec.element if isinstance(spec, CollectionSpec) else f"record {name}"


def _tied(cones: Cones, touched: Touched, *sides: Case) -> Touched:
    """With all that assumptions tie to it where something they speak of is not known, and so on."""
    left = [_spoken(cones, one) for one in cones.pack.assumptions]
    left = [cone for cone in left if any(_open(side, name) for side in sides for name in cone.facts | cone.collections)]
    while met := [cone for cone in left if touched.seen_by(cone)]:
        left = [cone for cone in left if cone not in met]
        for cone in met:
            touched |= _unknown_of(cones.pack, cone, sides)
    return touched


def _open(case: Case, name: str) -> bool:
    return not known(case.facts[name])


def _unknown_of(pack: Pack, cone: Cone, sides: Sequence[Case]) -> Touched:
    """Of what a cone speaks of, that which one of these cases does not state."""
    names = {name for name in cone.facts | cone.collections if any(_open(side, name) for side in sides)}
    whole = {name for name in names if any(_whole(side.facts[name]) for side in sides)}
    types = {_type(pack, name) for name in names}
    return Touched(frozenset(whole), frozenset((type_, field) for type_, field in cone.fields if type_ in types))


def _whole(value: Any) -> bool:
    """Whether it is open of a fact what it is as a whole, or of a list whether it holds more."""
    return value is UNKNOWN or (isinstance(value, Listing) and not value.complete)


def _spoken(cones: Cones, assumption: Assumption) -> Cone:
    return cones.exprs([assumption.that]) | Cone(collections=frozenset(name for _, name in assumption.each))


def known(value: Any) -> bool:
    """Whether a fact, and everything in it, is stated."""
    if isinstance(value, Listing):
        return value.complete and all(known(element) for element in value.elements)
    if isinstance(value, Mapping):
        return all(known(part) for part in value.values())
    return value is not UNKNOWN
