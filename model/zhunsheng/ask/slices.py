"""What a question about a pack depends on, as one digest: where it is the same, so is the answer.

A question consults the cone of what it speaks of: definitions with their rules, parameters, lawful choices, tables of working
days. Every case satisfies the assumptions, so what they consult counts too; and every case shown is complete, so the kinds of
facts, lists, readings and values count as a whole. Sentences count for nothing: no answer holds one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from zhunsheng.lang import expr as e
from zhunsheng.lang.cone import Cone, Cones
from zhunsheng.lang.pack import CollectionSpec, Definition, FactSpec, Pack
from zhunsheng.lang.unparse import unparse

Parts = Iterable[object]


@dataclass
class Slices:
    """The digests of one pack's parts, each made once."""

    pack: Pack
    cones: Cones
    _whole: dict[str, str] = field(default_factory=dict)
    _definitions: dict[str, str] = field(default_factory=dict)
    _common: str = ""

    def __post_init__(self) -> None:
        self._assumed = self.cones.exprs(assumption.that for assumption in self.pack.assumptions)

    def definition(self, name: str) -> str:
        """The digest of everything that bears on a definition in any case."""
        if name not in self._whole:
            self._whole[name] = self.of(self.cones.definition(name), name)
        return self._whole[name]

    def of(self, cone: Cone, *what: object) -> str:
        """The digest of everything that a cone consults, and of what is asked of it."""
        whole = cone | self._assumed
        lines = [self._shared(), *(self._definition(name) for name in sorted(whole.definitions)), *self._rest(whole)]
        return digest([*what, *lines])

    def _shared(self) -> str:
        self._common = self._common or digest(_common(self.pack))
        return self._common

    def _definition(self, name: str) -> str:
        if name not in self._definitions:
            self._definitions[name] = digest(_definition(self.pack.definitions[name]))
        return self._definitions[name]

    def _rest(self, cone: Cone) -> Iterator[object]:
        for name in sorted(cone.parameters):
            spec = self.pack.parameters[name]
            yield "parameter", name, str(spec.type), repr(spec.value)
        for name in sorted(cone.choices):
            choice = self.pack.discretions[name]
            yield "choice", name, _text(choice.lawful), _text(choice.otherwise), choice.provision
        for name in sorted(cone.calendars):
            for year in self.pack.calendars[name].years.values():
                off, work = ([day.isoformat() for day in sorted(days)] for days in (year.off, year.work))
                yield "calendar", name, year.year, off, work


def digest(parts: Parts) -> str:
    """SHA-256 of parts, each told apart from the next."""
    return hashlib.sha256(json.dumps(list(parts), ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def _common(pack: Pack) -> Iterator[object]:
    """What every case of the pack has, in the pack's order: a case that is shown has all of it."""
    yield pack.name, pack.as_of, [day.isoformat() for day in (*pack.horizon, pack.in_force[0])]
    for enumeration in pack.enumerations.values():
        yield enumeration.name, enumeration.ordered, [(value.name, value.answer_only) for value in enumeration.values]
    yield sorted(pack.specials)
    yield [_fact(spec) for spec in pack.facts.values()]
    yield [_list(spec) for spec in pack.collections.values()]
    yield [(spec.name, spec.default, [option.name for option in spec.options]) for spec in pack.readings.values()]
    yield [(spec.name, str(spec.type)) for spec in pack.discretions.values()]
    for assumption in pack.assumptions:
        yield assumption.name, assumption.each, assumption.apart, unparse(assumption.that)


def _fact(spec: FactSpec) -> list[object]:
    value = [repr(each) for each in (spec.left_out, spec.least, spec.greatest, spec.plain)]
    return [spec.name, str(spec.type), spec.may_be_none, spec.inert, spec.among, value, [_fact(part) for part in spec.record]]


def _list(spec: CollectionSpec) -> list[object]:
    return [spec.name, spec.element, spec.key, spec.single, spec.happens_on, spec.split, [_fact(part) for part in spec.fields]]


def _definition(definition: Definition) -> Iterator[object]:
    yield definition.name, str(definition.type), [(name, str(type_)) for name, type_ in definition.parameters]
    yield definition.provision, _text(definition.otherwise)
    for rule in definition.rules:
        yield rule.name, rule.provision, rule.overrides, unparse(rule.when), unparse(rule.value)


def _text(expr: e.Expr | None) -> str:
    return "" if expr is None else unparse(expr)
