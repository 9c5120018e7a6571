"""Atoms: what is known of a case, as certificates write it (docs: certificates), and what a person calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from zhunsheng.lang.case import UNKNOWN, Case, Entry, Listing
from zhunsheng.lang.cone import Cone
from zhunsheng.lang.pack import FactSpec, Pack
from zhunsheng.lang.types import NONE, Period, Special, Value

Atom = Mapping[str, Any]


def as_data(value: Value) -> Any:
    """A value as certificates write it."""
    match value:
        case bool():
            return "true" if value else "false"
        case Special(name=name):
            return name
        case date():
            return value.isoformat()
        case Period():
            return {"years": value.years, "months": value.months, "days": value.days}
        case _:
            return value


def atoms_of(
    pack: Pack, facts: Mapping[str, Any], readings: Mapping[str, str], choices: Mapping[str, Value]
) -> list[Atom]:
    """All that is stated of a case, in the order in which it is tried to do without: that a list holds no others first, then
    facts, readings and choices, in the pack's order."""
    closures: list[Atom] = []
    found: list[Atom] = [atom for name, spec in pack.facts.items() for atom in _fact(spec, facts.get(name, UNKNOWN))]
    for name, collection in pack.collections.items():
        listing = facts.get(name, UNKNOWN)
        if not isinstance(listing, Listing):
            continue
        for index, element in enumerate(listing.elements):
            found += _fields(f"{name}[{index}]", collection.fields, element)
            found.append({"fact": f"{name}[{index}]", "is": "present"})
        if listing.complete:
            closures.append({"fact": name, "is": len(listing.elements)})
    found += [{"reading": name, "is": readings[name]} for name in pack.readings if name in readings]
    found += [{"choice": name, "is": as_data(choices[name])} for name in pack.discretions if name in choices]
    return closures + found


def stated(pack: Pack, case: Case) -> list[Atom]:
    """The atoms of a case under the readings it fixes, and the pack's defaults for the others that have one."""
    return atoms_of(pack, case.facts, readings_taken(pack, case), {name: made.value for name, made in case.choices.items()})


def readings_taken(pack: Pack, case: Case) -> dict[str, str]:
    defaults = {name: spec.default for name, spec in pack.readings.items() if spec.default is not None}
    return {**defaults, **case.readings}


def spoken_of(cone: Cone, atom: Atom) -> bool:
    """Whether the rules that an answer may look at speak of it at all."""
    head = head_of(atom)
    return head in cone.facts | cone.collections or atom.get("reading") in cone.readings or atom.get("choice") in cone.choices


def head_of(atom: Atom) -> str:
    """The fact, record or list that an atom speaks of; empty where it speaks of none."""
    return re.split(r"[\[.]", str(atom.get("fact", "")))[0]


def path_of(case: Case, atom: Atom) -> str:
    """The path of a fact as a person writes it: the element by its name, where it has one (`lines[1号窑].ladder`)."""
    path = str(atom["fact"])
    listed = re.match(r"(\w+)\[(\d+)\]", path)
    listing = case.facts.get(listed[1]) if listed else None
    if listed is None or not isinstance(listing, Listing) or int(listed[2]) >= len(listing.labels):
        return path
    return listing.labels[int(listed[2])] + path[listed.end() :]


def _fact(spec: FactSpec, value: Any) -> Iterator[Atom]:
    if spec.type is not None:
        yield from _fields("", (spec,), {spec.name: value})
    elif value is NONE:
        yield {"fact": spec.name, "is": "none"}
    elif isinstance(value, Mapping):
        yield {"fact": spec.name, "is": "present"}
        yield from _fields(spec.name, spec.record, value)


def _fields(path: str, specs: Sequence[FactSpec], entry: Entry) -> Iterator[Atom]:
    for spec in specs:
        value = entry.get(spec.name, UNKNOWN)
        here = f"{path}.{spec.name}" if path else spec.name
        if spec.inert or value is UNKNOWN:
            continue
        if isinstance(value, Mapping):
            yield from ({"fact": f"{here}.{key}", "is": as_data(one)} for key, one in value.items() if one is not UNKNOWN)
        else:
            yield {"fact": here, "is": as_data(value)}
