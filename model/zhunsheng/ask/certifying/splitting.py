"""A split under which possibilities show an answer: readings, choices and facts that are open and can be listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from zhunsheng.ask.certifying.atoms import Atom
from zhunsheng.ask.certifying.judge import Judge
from zhunsheng.ask.certifying.remembered import Memory
from zhunsheng.errors import NoCertificate
from zhunsheng.lang.case import UNKNOWN, Case, Entry
from zhunsheng.lang.cone import Cone
from zhunsheng.lang.pack import FactSpec, Pack

MOST_LEAVES = 64
"""Larger splits are not looked for: the kernel would take them, but finding one takes too long."""
FEW_ENTRIES = 2
"""A table with more unknown entries than this is not split: together they take too many values."""
MOST_STEPS = 200_000
"""Of the kernel's, for finding a split: about half a second."""


def split_for(pack: Pack, case: Case, judge: Judge, atoms: Sequence[Atom], cone: Cone) -> list[Atom]:
    """Nothing where possibilities show it as it stands; else readings, choices and facts that are open and can be listed."""
    if judge.shown(atoms):
        return []
    judge = replace(judge, memory=Memory())  # so that its steps are the same whatever was asked before
    unread = [n for n in pack.readings if n in cone.readings and n not in case.readings and pack.readings[n].default is None]
    first: list[Atom] = [{"reading": name} for name in unread]
    first += [{"choice": name} for name in pack.discretions if name in cone.choices and name not in case.choices]
    for facts in (_open_facts(pack, case, cone), _open_records(pack, case, cone)):
        split = _among(judge, atoms, [*first, *({"fact": path} for path in facts)])
        if split:
            return split
    why = "possibilities do not show that nothing else is possible, whatever is split"
    raise NoCertificate(judge.asked.key, "coarse", why)


def _among(judge: Judge, atoms: Sequence[Atom], candidates: Sequence[Atom]) -> list[Atom]:
    """The first of these, as many as it takes; none where that is not seen within the budget."""
    split: list[Atom] = []
    leaves, steps = 1, 0
    for candidate in candidates:
        size = judge.ways(candidate, MOST_LEAVES)
        if size * leaves > MOST_LEAVES:
            continue
        split, leaves = [*split, candidate], leaves * size
        if judge.shown(atoms, split):
            return split
        steps += judge.loaded.steps
        if steps > MOST_STEPS:
            break
    return []


def _open_records(pack: Pack, case: Case, cone: Cone) -> Iterator[str]:
    """The records of which it is unknown whether they are there, each before its fields."""
    for name, spec in pack.facts.items():
        if spec.type is None and name in cone.facts and case.facts[name] is UNKNOWN:
            yield name
            yield from _open_fields(pack, name, spec.record, {})


def _open_facts(pack: Pack, case: Case, cone: Cone) -> Iterator[str]:
    """The unknown facts of few values that the answer may look at, those of the case before those of its elements."""
    for name, spec in pack.facts.items():
        value = case.facts[name]
        if name not in cone.facts:
            continue
        if value is UNKNOWN and (spec.type is None or spec.type.base not in ("day", "number", "text")):
            yield name
        elif isinstance(value, Mapping):
            yield from _open_fields(pack, name, spec.record, value)
    for name, collection in pack.collections.items():
        for index, element in enumerate(case.facts[name].elements if name in cone.collections else ()):
            yield from _open_fields(pack, f"{name}[{index}]", collection.fields, element)


def _open_fields(pack: Pack, path: str, specs: Sequence[FactSpec], entry: Entry) -> Iterator[str]:
    for spec in specs:
        if spec.type is None or spec.inert or spec.type.base in ("day", "number", "text"):
            continue
        value = entry.get(spec.name, UNKNOWN)
        if spec.type.keyed_by:
            table = {} if value is UNKNOWN else value
            unknown = [key for key in pack.enumerations[spec.type.keyed_by].names if table.get(key, UNKNOWN) is UNKNOWN]
            yield from (f"{path}.{spec.name}.{key}" for key in unknown if len(unknown) <= FEW_ENTRIES)
        elif value is UNKNOWN:
            yield f"{path}.{spec.name}"
