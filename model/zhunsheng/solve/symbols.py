"""A case's facts as `Cases`: what is stated is a constant, what is unknown a free symbol, labelled with its kind."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhunsheng.lang.case import UNKNOWN, Case, Entry, Listing
from zhunsheng.lang.pack import CollectionSpec, FactSpec, Pack
from zhunsheng.lang.types import NONE, Special, Type, Value, special
from zhunsheng.solve.cases import Atom, Cases, Maker, TableRef
from zhunsheng.solve.formula import Node, Terms
from zhunsheng.solve.free import Assignment, Free, plain_value
from zhunsheng.solve.sealed import one_of

__all__ = ["MANY_TEXTS", "Assignment", "Free", "Record", "Slot", "SymbolMaker", "Symbols", "discretion_values"]

LEAST, GREATEST = -1_000_000, 1_000_000
MANY_TEXTS = 10_000
"""More than there are in any problem."""


@dataclass(frozen=True, eq=False)
class Slot:
    """A place for an element: known, or one there may be. `fields`: each a `Cases`, or a table."""

    present: Node
    fields: Mapping[str, Cases | TableRef]
    label: str
    known: bool


@dataclass(frozen=True, eq=False)
class Record:
    """A record fact: the condition under which it exists, and its fields."""

    present: Node
    fields: Mapping[str, Cases | TableRef]


@dataclass
class Symbols:
    """All facts of a case, readings and choices as `Cases`; `free` holds every unknown; `constraints` what binds them."""

    scalars: dict[str, Cases] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    collections: dict[str, list[Slot]] = field(default_factory=dict)
    readings: dict[str, Cases] = field(default_factory=dict)
    choices: dict[str, Cases] = field(default_factory=dict)
    free: dict[str, Free] = field(default_factory=dict)
    presence: dict[str, tuple[str, Node]] = field(default_factory=dict)  # label -> (symbol, condition)
    constraints: list[Node] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    unknown_texts: int = 0


class SymbolMaker:
    """Turns one case into `Symbols`.

    `slots` says how many further elements each list that may have others gets. `texts`: how many other texts nothing is known of
    there are besides those this maker makes: any of them may differ from all others."""

    def __init__(
        self, pack: Pack, case: Case, terms: Terms, slots: Mapping[str, int], after: date | None = None, *, texts: int = 0
    ) -> None:
        self.pack, self.case, self.terms, self.slots, self.after = pack, case, terms, slots, after
        self.make = Maker(terms)
        self.symbols = Symbols(texts=sorted(_texts(pack, case.facts)))
        self.symbols.unknown_texts = texts
        self._code = {text: number for number, text in enumerate(self.symbols.texts)}

    def build(self) -> Symbols:
        for name, spec in self.pack.facts.items():
            value = self.case.facts[name]
            if spec.type is None:
                self.symbols.records[name] = self._record(name, spec, value)
            elif spec.type.keyed_by:
                self.symbols.scalars[name] = self.make.only(self._table(name, None, spec, value))
            elif not spec.inert:
                self.symbols.scalars[name] = self._scalar(name, name, spec, value)
        for name, collection in self.pack.collections.items():
            self.symbols.collections[name] = self._collection(collection, self.case.facts[name])
        for name, reading in self.pack.readings.items():
            fixed = self.case.readings.get(name)
            options: list[Atom] = [option.name for option in reading.options]
            plain = reading.stand_in
            self.symbols.readings[name] = self._choose(name, "readings", reading.type, options, fixed, plain)
        for name, discretion in self.pack.discretions.items():
            chosen = self.case.choices.get(name)
            values = discretion_values(self.pack, name)
            self.symbols.choices[name] = self._choose(
                name, "discretion", discretion.type, list(values), chosen.value if chosen else None, values[0]
            )
        return self.symbols

    def anything(self, path: str, type_: Type, *, answers: bool = False) -> Cases:
        """A symbol that may be any value of a type a fact may have (with `answers`, also those only an answer may have)."""
        enumeration = self.pack.enumerations.get(type_.base)
        names = enumeration.names if enumeration and answers else ()
        return self._unknown(path, path, FactSpec(path, type_, among=names))

    def chosen(self, name: str, label: str) -> Cases:
        """Another symbol for a discretion, `label` in front of its name: what is chosen in another case."""
        values = discretion_values(self.pack, name)
        return self._choose(f"{label} {name}", "discretion", self.pack.discretions[name].type, list(values), None, values[0])

    def _choose(self, name: str, kind: str, type_: Type, options: list[Atom], fixed: Any, plain: Any) -> Cases:
        if fixed is not None:
            return self.make.only(fixed)
        conditions = self._one_hot(f"{kind} {name}", options)
        self.symbols.free[f"{kind} {name}"] = Free(name, name, kind, type_, conditions, plain)
        return Cases(conditions)

    def _one_hot(self, name: str, options: list[Atom]) -> dict[Atom, Node]:
        return one_of(self.terms, name, options, self.symbols.constraints)

    # -- scalars

    def known(self, type_: Type, value: Value) -> Atom:
        """A stated value as an atom."""
        if isinstance(value, bool | Special):
            return value
        if isinstance(value, date):
            return self.terms.number(value.toordinal())
        if isinstance(value, int):
            return self.terms.number(value)
        if type_.base == "text" and isinstance(value, str):
            return self.terms.number(self._code[value])
        return value

    def _scalar(self, path: str, symbol: str, spec: FactSpec, value: Any) -> Cases:
        if value is not UNKNOWN:
            return self.make.only(self.known(_type(spec), value))
        return self._unknown(path, symbol, spec)

    def _unknown(self, path: str, symbol: str, spec: FactSpec) -> Cases:
        type_ = _type(spec)
        options: list[Atom] = [special(name) for name in sorted(type_.special)]
        if enumeration := self.pack.enumerations.get(type_.base):
            names = spec.among or tuple(v.name for v in enumeration.values if not v.answer_only)
            options = [*names, *options]
        elif type_.base == "yes/no":
            options = [True, False, *options]
        else:
            options = [self._term(path, spec), *options]
        conditions = self._one_hot(path, options)
        free = Free(path, symbol, "facts", type_, conditions, plain_value(self.pack, self.case, spec))
        self.symbols.free[path] = free
        return Cases(conditions)

    def _term(self, path: str, spec: FactSpec) -> Node:
        base = _type(spec).base
        if base == "day":
            first, last = self.pack.horizon
            return self.terms.ivar(path, first.toordinal(), last.toordinal())
        if base == "text":
            self.symbols.unknown_texts += 1
            return self.terms.ivar(path, 0, len(self._code) + self.symbols.unknown_texts - 1)
        least = LEAST if spec.least is None else spec.least
        greatest = GREATEST if spec.greatest is None else spec.greatest
        return self.terms.ivar(path, least, greatest)

    # -- records, elements

    def _fields(self, path: str, symbol: str | None, specs: tuple[FactSpec, ...], entry: Entry) -> dict[str, Cases | TableRef]:
        fields: dict[str, Cases | TableRef] = {}
        for spec in specs:
            if spec.inert:
                continue
            here = f"{path}.{spec.name}"
            value = entry.get(spec.name, UNKNOWN)
            if _type(spec).keyed_by:
                fields[spec.name] = self._table(here, symbol, spec, value)
            else:
                fields[spec.name] = self._scalar(here, symbol or here, spec, value)
        return fields

    def _table(self, path: str, symbol: str | None, spec: FactSpec, value: Any) -> TableRef:
        keys = self.pack.enumerations[_type(spec).keyed_by or ""].names
        stated: Mapping[str, Any] = {} if value is UNKNOWN else value
        entries = {}
        for key in keys:
            here = f"{path}.{key}"
            entries[key] = self._scalar(here, symbol or here, spec, stated.get(key, UNKNOWN))
        return TableRef(entries)

    def _record(self, name: str, spec: FactSpec, value: Any) -> Record:
        if value is NONE:
            return Record(self.terms.false, {})
        if value is not UNKNOWN:
            return Record(self.terms.true, self._fields(name, None, spec.record, value))
        present = self.terms.true
        if spec.may_be_none:
            present = self.terms.var(f"{name} exists")
            self.symbols.presence[name] = (name, present)
        return Record(present, self._fields(name, name, spec.record, {}))

    def _collection(self, spec: CollectionSpec, listing: Listing) -> list[Slot]:
        labels = listing.labels or tuple(f"{spec.name}[{i}]" for i in range(len(listing.elements)))
        slots = [
            Slot(self.terms.true, self._fields(label, None, spec.fields, element), label, known=True)
            for label, element in zip(labels, listing.elements, strict=True)
        ]
        if listing.complete and not (self.after and spec.happens_on):
            return slots
        symbol = f"{spec.name}.others" if listing.stated else spec.name
        before: Node | None = None
        for label in _further(spec.name, labels, self.slots.get(spec.name, 0)):
            present = self.terms.var(f"{label} exists")
            self.symbols.presence[label] = (symbol, present)
            fields = self._fields(label, symbol, spec.fields, {})
            if before is not None:  # slots are filled in order: which one is empty says nothing
                self.symbols.constraints.append(self.terms.implies(present, before))
            before = present
            if listing.complete:
                self._in_the_future(spec, present, fields)
            slots.append(Slot(present, fields, label, known=False))
        if spec.key:
            self._distinct(slots, spec.key)
        return slots

    def _in_the_future(self, spec: CollectionSpec, present: Node, fields: Mapping[str, Cases | TableRef]) -> None:
        """An element that may still come about does so after the day up to which the list is complete."""
        day = fields[spec.happens_on or ""]
        if not isinstance(day, Cases) or self.after is None:
            return
        limit = self.terms.number(self.after.toordinal())
        for atom, condition in day.atoms.items():
            if isinstance(atom, Node):
                later = self.terms.lt(limit, atom)
                self.symbols.constraints.append(self.terms.or_((self.terms.not_(present), self.terms.not_(condition), later)))

    def _distinct(self, slots: list[Slot], key: str) -> None:
        for index, slot in enumerate(slots):
            for other in slots[index + 1 :]:
                a, b = slot.fields[key], other.fields[key]
                if (slot.known and other.known) or not isinstance(a, Cases) or not isinstance(b, Cases):
                    continue
                both = self.terms.and_((slot.present, other.present))
                self.symbols.constraints.append(self.terms.implies(both, self.terms.not_(self.make.same(a, b))))


def _further(collection: str, labels: Sequence[str], number: int) -> Iterator[str]:
    """Labels for so many further elements, none of them one that a stated element has: variables go by their labels."""
    every = (f"{collection}[+{index}]" for index in itertools.count())
    return itertools.islice((label for label in every if label not in labels), number)


def _type(spec: FactSpec) -> Type:
    if spec.type is None:
        raise TypeError(f"{spec.name} is a record")
    return spec.type


def _texts(pack: Pack, facts: Mapping[str, Any]) -> set[str]:
    """Every name the case states, of facts that decide something."""
    found: set[str] = set()

    def collect(specs: tuple[FactSpec, ...], entry: Any) -> None:
        for spec in specs:
            value = entry.get(spec.name) if isinstance(entry, Mapping) else None
            if spec.type is not None and spec.type.base == "text" and isinstance(value, str):
                found.add(value)

    for name, spec in pack.facts.items():
        collect(spec.record or (spec,), facts[name] if spec.type is None else facts)
    for name, collection in pack.collections.items():
        for element in facts[name].elements:
            collect(collection.fields, element)
    return found


def discretion_values(pack: Pack, name: str) -> tuple[Any, ...]:
    """What may be chosen among: the enumeration's values that are not for answers only, or no and yes."""
    type_ = pack.discretions[name].type
    if type_.base == "yes/no":
        return (False, True)
    return tuple(v.name for v in pack.enumerations[type_.base].values if not v.answer_only)
