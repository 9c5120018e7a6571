"""Where a fact stands in a case: a path as a person writes it, resolved; reading and replacing what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from zhunsheng.lang.case import UNKNOWN, Listing
from zhunsheng.lang.pack import CollectionSpec, FactSpec, Pack
from zhunsheng.lang.types import NONE, Type

ELEMENT = re.compile(r"([^\[\].]+)\[(.*?)\](?:\.([^\]]+))?", re.DOTALL)


@dataclass(frozen=True)
class Spot:
    """`name`: a fact or a list of the pack. `index`: which element of a list. `field`: of a record or element. `key`: of a table.

    Without `index` and `field` it is the whole fact, or the whole list."""

    name: str
    index: int | None = None
    field: str | None = None
    key: str | None = None


def spot(pack: Pack, facts: Mapping[str, Any], path: str) -> Spot | None:
    """What a path leads to in a case with these facts; None where that is nothing."""
    if (match := ELEMENT.fullmatch(path)) and match[1] in pack.collections:
        index = _index(facts[match[1]], match[1], match[2])
        return None if index is None else _inside(pack.collections[match[1]].fields, Spot(match[1], index), match[3] or "")
    name, _, rest = path.partition(".")
    if name in pack.collections:
        only = facts[name].labels == (name,)
        return _inside(pack.collections[name].fields, Spot(name, 0), rest) if only and rest else None if rest else Spot(name)
    spec = pack.facts.get(name)
    if spec is None:
        return None
    if spec.type is None:
        return _inside(spec.record, Spot(name), rest)
    return _keyed(spec, Spot(name), rest)


def _index(listing: Listing, name: str, which: str) -> int | None:
    label = f"{name}[{which}]"
    if label in listing.labels:
        return listing.labels.index(label)
    return int(which) if which.isdecimal() and int(which) < len(listing.elements) else None


def _inside(specs: tuple[FactSpec, ...], here: Spot, rest: str) -> Spot | None:
    if not rest:
        return here
    field, _, key = rest.partition(".")
    spec = next((one for one in specs if one.name == field), None)
    return None if spec is None else _keyed(spec, replace(here, field=field), key)


def _keyed(spec: FactSpec, here: Spot, key: str) -> Spot | None:
    if not key:
        return here
    return replace(here, key=key) if spec.type is not None and spec.type.keyed_by else None


def spec_at(pack: Pack, here: Spot) -> FactSpec | CollectionSpec:
    """What the pack says of it: a list, a record, or a fact (of a table's entry, the table)."""
    if here.name in pack.collections:
        collection = pack.collections[here.name]
        found = collection.field(here.field) if here.field else None
        return found or collection
    spec = pack.facts[here.name]
    return (spec.field(here.field) or spec) if here.field else spec


def type_at(pack: Pack, here: Spot) -> Type | None:
    """The type of the value there; None for a list, an element, a record, or a whole table."""
    spec = spec_at(pack, here)
    if isinstance(spec, CollectionSpec) or spec.type is None or (spec.type.keyed_by and here.key is None):
        return None
    return Type(spec.type.base, spec.type.special)


def path_of(facts: Mapping[str, Any], here: Spot) -> str:
    """The path of a spot, elements by their labels."""
    parts = [here.name if here.index is None else _label(facts[here.name], here)]
    return ".".join([*parts, *(part for part in (here.field, here.key) if part is not None)])


def _label(listing: Listing, here: Spot) -> str:
    index = here.index or 0
    return listing.labels[index] if index < len(listing.labels) else f"{here.name}[{index}]"


def label_by_key(spec: CollectionSpec, element: Any, index: int) -> str:
    """The path of an element as it will be when its case is read from a file: by its key where the list has one, else by its
    place; `unknown` where the key is not known."""
    return f"{spec.name}[{element.get(spec.key, UNKNOWN) if spec.key else index}]"


def labels_by_key(spec: CollectionSpec, elements: Iterable[Any]) -> tuple[str, ...]:
    """The same of every element of a list."""
    return tuple(label_by_key(spec, element, index) for index, element in enumerate(elements))


def value_at(facts: Mapping[str, Any], here: Spot) -> Any:
    """What stands there: UNKNOWN also where what should hold it is unknown."""
    found = facts[here.name]
    if here.index is not None:
        found = found.elements[here.index]
    for step in (here.field, here.key):
        if step is not None:
            found = found.get(step, UNKNOWN) if isinstance(found, Mapping) else found
    return found


def path_as_kernel(here: Spot) -> str:
    """The path of a fact as certificates write it: elements by their place."""
    head = here.name if here.index is None else f"{here.name}[{here.index}]"
    return ".".join([head, *(part for part in (here.field, here.key) if part is not None)])


def with_value(facts: Mapping[str, Any], here: Spot, value: Any) -> dict[str, Any]:
    """The facts with another value there. What should hold it is made where it is unknown."""
    old = facts[here.name]
    steps = [step for step in (here.field, here.key) if step is not None]
    if here.index is None:
        return {**facts, here.name: _put(old, steps, value)}
    elements = list(old.elements)
    elements[here.index] = _put(elements[here.index], steps, value)
    return {**facts, here.name: replace(old, elements=tuple(elements))}


def _put(old: Any, steps: list[str], value: Any) -> Any:
    if not steps:
        return value
    entry = dict(old) if isinstance(old, Mapping) else {}
    entry[steps[0]] = _put(entry.get(steps[0], UNKNOWN), steps[1:], value)
    return entry


def scalars(pack: Pack, facts: Mapping[str, Any]) -> Iterator[Spot]:
    """Every single value a case has room for, in the pack's order: facts, fields of records that exist, of elements, entries."""
    for name, spec in pack.facts.items():
        if spec.type is not None:
            yield from _entries(pack, spec, Spot(name))
        elif facts[name] is not NONE and facts[name] is not UNKNOWN:
            for field in spec.record:
                yield from _entries(pack, field, Spot(name, None, field.name))
    for name, collection in pack.collections.items():
        for index in range(len(facts[name].elements)):
            for field in collection.fields:
                yield from _entries(pack, field, Spot(name, index, field.name))


def _entries(pack: Pack, spec: FactSpec, here: Spot) -> Iterator[Spot]:
    if spec.type is not None and spec.type.keyed_by:
        for key in pack.enumerations[spec.type.keyed_by].names:
            yield replace(here, key=key)
    else:
        yield here
