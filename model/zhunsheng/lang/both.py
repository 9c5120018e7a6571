"""The vocabulary of two laws: values, facts, lists and readings of either, and where a case holds what one has no word for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from zhunsheng.errors import Unmatched
from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import CollectionSpec, FactSpec, Pack, ReadingSpec
from zhunsheng.lang.types import NONE, NUMBER, YES_NO, Enumeration, Type, special

AFTER, BEFORE = "__after", "__before"
T = TypeVar("T")


@dataclass(frozen=True)
class Foreign:
    """Something that a case may hold and one of the laws has no word for. `of` is "" for a fact that stands alone, else the type
    of the record or element; `there` is true where a case holds it."""

    of: str
    field: str
    there: e.Expr


def names_of_both(old: Mapping[str, T], new: Mapping[str, T]) -> list[str]:
    """The names of either, the old law's first."""
    return list(dict.fromkeys((*old, *new)))


def enumerations_of_both(before: Pack, after: Pack, differing: frozenset[str]) -> dict[str, Enumeration]:
    found = dict(before.enumerations)
    found |= {name: spec for name, spec in after.enumerations.items() if name not in before.enumerations}
    for name in differing:
        old, new = before.enumerations[name], after.enumerations[name]
        values = (*old.values, *(value for value in new.values if value.name not in old.by_name))
        found[name] = Enumeration(name, values, False, old.provision)
        found[name + BEFORE] = replace(old, name=name + BEFORE)
        found[name + AFTER] = replace(new, name=name + AFTER)
    return found


def readings_of_both(before: Pack, after: Pack) -> dict[str, ReadingSpec]:
    """The readings of either; of one that both have, the options that both know."""
    found = {}
    for name in names_of_both(before.readings, after.readings):
        old, new = before.readings.get(name), after.readings.get(name)
        if old is not None and new is not None:
            common = tuple(option for option in old.options if option.name in {o.name for o in new.options})
            found[name] = replace(old, options=common or old.options)
        elif (one := old or new) is not None:
            found[name] = one
    return found


def facts_of_both(before: Pack, after: Pack) -> dict[str, FactSpec]:
    """The facts that stand alone, of either law. Raises `Unmatched`."""
    every = names_of_both(before.facts, after.facts)
    return {name: _fact(before.facts.get(name), after.facts.get(name), name) for name in every}


def collections_of_both(before: Pack, after: Pack) -> dict[str, CollectionSpec]:
    """The lists of either law. Raises `Unmatched`."""
    every = names_of_both(before.collections, after.collections)
    return {name: _collection(before.collections.get(name), after.collections.get(name), name) for name in every}


def _fact(old: FactSpec | None, new: FactSpec | None, path: str) -> FactSpec:
    """A fact as either law may have it."""
    if old is None or new is None:
        one = old or new
        if one is None:
            raise KeyError(path)
        return one
    if (old.type is None) != (new.type is None):
        raise Unmatched(path, f"the fact {path!r} is a record in one law and none in the other", "give the new fact another name")
    if old.type is None or new.type is None:
        record = _fields(old.record, new.record, path)
        return replace(old, record=record, may_be_none=old.may_be_none or new.may_be_none)
    if (old.type.base, old.type.keyed_by) != (new.type.base, new.type.keyed_by):
        what = f"the fact {path!r} is of type {old.type} in one law and of type {new.type} in the other"
        raise Unmatched(path, what, "give the new fact another name")
    among = () if not old.among or not new.among else tuple(dict.fromkeys((*old.among, *new.among)))
    return replace(
        old, type=Type(old.type.base, old.type.special | new.type.special, old.type.keyed_by), among=among,
        least=None if old.least is None or new.least is None else min(old.least, new.least),
        greatest=None if old.greatest is None or new.greatest is None else max(old.greatest, new.greatest),
        inert=old.inert and new.inert,
    )  # fmt: skip


def _fields(old: tuple[FactSpec, ...], new: tuple[FactSpec, ...], path: str) -> tuple[FactSpec, ...]:
    ours, theirs = {spec.name: spec for spec in old}, {spec.name: spec for spec in new}
    return tuple(_fact(ours.get(name), theirs.get(name), f"{path}.{name}") for name in names_of_both(ours, theirs))


def _collection(old: CollectionSpec | None, new: CollectionSpec | None, name: str) -> CollectionSpec:
    if old is None or new is None:
        one = old or new
        if one is None:
            raise KeyError(name)
        return one
    if old.element != new.element:
        what = f"the elements of {name!r} have another name in each law: {old.element}, {new.element}"
        raise Unmatched(name, what, "keep the name of the elements")
    return replace(old, fields=_fields(old.fields, new.fields, name))


# -- what a law has no word for


def foreign_to(law: Pack, pack: Pack, becomes: Mapping[str, Mapping[str, str]]) -> tuple[Foreign, ...]:
    """Where a case may hold a value that this law does not have: only of the facts it knows, for it sees no others."""
    found = []
    for name, spec in pack.facts.items():
        own = law.facts.get(name)
        if own is None:
            continue
        if spec.type is not None:
            there: e.Expr = e.Fact(name, spec.type)
            found += _unknown(spec, own, there, law, becomes, pack, Foreign("", name, there))
            continue
        of = Type(f"record {name}", frozenset({"none"}) if spec.may_be_none else frozenset())
        for part in spec.record:
            if (mine := own.field(part.name)) is not None and part.type is not None:
                field = e.Field(e.Fact(name, of), part.name, part.type)
                exists = e.Compare("!=", e.Fact(name, of), e.Literal(NONE, of), YES_NO)
                for each in _unknown(part, mine, field, law, becomes, pack, Foreign(of.base, part.name, field)):
                    whole = e.And((exists, each.there), YES_NO) if spec.may_be_none else each.there
                    found.append(replace(each, there=whole))
    for name, collection in pack.collections.items():
        ours = law.collections.get(name)
        for part in collection.fields if ours is not None else ():
            if ours is not None and (mine := ours.field(part.name)) is not None and part.type is not None:
                of = Type(collection.element)
                field = e.Field(e.Var("x", of), part.name, part.type)
                binder = e.Binder("x", of, name, None)
                for each in _unknown(part, mine, field, law, becomes, pack, Foreign(of.base, part.name, field)):
                    body = e.Aggregate(e.Kind.ANY, (binder,), None, None, each.there, None, YES_NO)
                    found.append(replace(each, there=body))
    return tuple(found)


def _unknown(
    spec: FactSpec, own: FactSpec, read: e.Expr, law: Pack, becomes: Mapping[str, Mapping[str, str]], pack: Pack, as_: Foreign
) -> list[Foreign]:
    """The fact holds a value, or a special one, that its law does not have."""
    if spec.inert or spec.type is None or own.type is None:
        return []
    keyed = spec.type.keyed_by
    key = e.Var("key", Type(keyed)) if keyed else None
    here = read if key is None else e.Pick(read, key, Type(spec.type.base, spec.type.special))
    plain, specials = Type(spec.type.base), sorted(spec.type.special - own.type.special)
    literals = [e.Literal(value, plain) for value in _values(spec, own, law, becomes, pack)]
    literals += [e.Literal(special(name), spec.type) for name in specials]
    tests = [e.Compare("==", here, literal, YES_NO) for literal in literals]
    if spec.type == NUMBER and own.least is not None and (spec.least is None or spec.least < own.least):
        tests.append(e.Compare("<", here, e.Literal(own.least, NUMBER), YES_NO))
    if spec.type == NUMBER and own.greatest is not None and (spec.greatest is None or spec.greatest > own.greatest):
        tests.append(e.Compare(">", here, e.Literal(own.greatest, NUMBER), YES_NO))
    if not tests:
        return []
    whole: e.Expr = e.Or(tuple(tests), YES_NO) if len(tests) > 1 else tests[0]
    if keyed:
        binder = e.Binder("key", Type(keyed), None, keyed)
        whole = e.Aggregate(e.Kind.ANY, (binder,), None, None, whole, None, YES_NO)
    return [replace(as_, there=whole)]


def _values(spec: FactSpec, own: FactSpec, law: Pack, becomes: Mapping[str, Mapping[str, str]], pack: Pack) -> list[str]:
    """The values the fact may have in one of the laws and not in this one, where they do not count as one that it has."""
    base = spec.type.base if spec.type is not None else ""
    if base not in pack.enumerations or base not in law.enumerations:
        return []
    known = own.among or tuple(value.name for value in law.enumerations[base].values if not value.answer_only)
    every = spec.among or tuple(value.name for value in pack.enumerations[base].values if not value.answer_only)
    return [value for value in every if value not in known and value not in becomes.get(base, {})]
