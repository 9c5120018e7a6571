"""For an unknown list an answer depends on: which one further element would change it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.problems import Problems
from zhunsheng.ask.report import Between, Matters
from zhunsheng.lang.types import Special, Value
from zhunsheng.solve.cases import Atom
from zhunsheng.solve.formula import Node
from zhunsheng.solve.problem import Encoded, World
from zhunsheng.solve.ranges import Range, Ranges, term_of
from zhunsheng.solve.symbols import Free
from zhunsheng.solve.twins import differ

Limits = tuple[Value, ...] | Between | None
"""The values a field can have where the element matters; None: any."""


def matters(problems: Problems, asked: Asked, facts: tuple[str, ...], readings: Mapping[str, str]) -> tuple[Matters, ...]:
    """For each unknown list among `facts`, one entry for each kind of element that would matter in its own way (`Matters.fields`
    begins with the field that tells the kinds apart). Raises `NotShown`."""
    found: list[Matters] = []
    for fact in facts:
        collection = fact.removesuffix(".others")
        if collection in problems.pack.collections:
            one = _OneMore(problems, asked, collection, readings)
            found += problems.once(one.problem, ("matters", fact, one.condition), partial(one.entries, fact))
    return tuple(found)


class _OneMore:
    """The case with one further element in one list, and without it."""

    def __init__(self, problems: Problems, asked: Asked, collection: str, readings: Mapping[str, str]) -> None:
        self.problem = problems.with_slots({collection: 1})
        terms = self.problem.terms
        encoded = problems.encode(self.problem, asked)
        slot = self.problem.symbols.collections[collection][len(problems.case.facts[collection].elements)]
        vector = self.problem.vector(readings)
        there = self.problem.restrict(encoded, {**vector, slot.present: terms.true}, {})
        absent = self.problem.restrict(encoded, {**vector, slot.present: terms.false}, {})
        self.world: World = self.problem.world({**vector, slot.present: terms.true})
        condition = differ(self.problem, there, absent)
        as_answer = Encoded({True: condition, False: terms.not_(condition)})
        self.condition = self.world.first(as_answer, terms.true).finite[True]
        frees = self.problem.symbols.free
        self.fields = {
            spec.name: frees[path]
            for spec in problems.pack.collections[collection].fields
            if (path := f"{slot.label}.{spec.name}") in frees and frees[path].type.base != "text"
        }

    def entries(self, fact: str) -> list[Matters]:
        tells = next((name for name, free in self.fields.items() if term_of(free) is None and len(free.options) > 1), None)
        kinds: Mapping[Atom, Node] = self.fields[tells].options if tells else {True: self.problem.terms.true}
        found = Ranges(self.problem, self.world, self.fields, self.condition, kinds).found()
        if not found:
            return [Matters(fact)]
        groups: list[tuple[list[Atom], dict[str, Limits]]] = []
        for kind, ranges in found.items():
            limits = {name: self._limits(self.fields[name], one) for name, one in ranges.items() if name != tells}
            same = next((group for group in groups if group[1] == limits), None)
            if same is None:
                groups.append(([kind], limits))
            else:
                same[0].append(kind)
        return [self._entry(fact, tells, len(kinds), values, limits) for values, limits in groups]

    def _entry(self, fact: str, tells: str | None, number: int, values: list[Atom], limits: dict[str, Limits]) -> Matters:
        fields = {name: limit for name, limit in limits.items() if limit is not None}
        told = {} if tells is None or len(values) == number else {tells: tuple(values)}
        return Matters(fact, {**told, **fields})  # type: ignore[dict-item]  # the atoms of an enumerated field are values

    def _limits(self, free: Free, found: Range) -> Limits:
        """Every value of an enumerated field, or the least and greatest day or number; None if any will do."""
        term = term_of(free)
        if term is None:
            return None if len(found.atoms) == len(free.options) else found.atoms  # type: ignore[return-value]  # as above
        if found.least is None or found.greatest is None:
            return tuple(atom for atom in free.options if isinstance(atom, Special))
        if (found.least, found.greatest) == (term.least, term.greatest):
            return None
        ends = (self.problem.decode(free.type, self.problem.terms.number(end)) for end in (found.least, found.greatest))
        return Between(*ends)
