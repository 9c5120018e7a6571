"""For an unknown list an answer depends on: which one further element would change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from zhunsheng.ask.answers import Asked
from zhunsheng.ask.problems import Problems
from zhunsheng.ask.report import Between, Matters
from zhunsheng.lang.pack import FactSpec
from zhunsheng.lang.types import Special, Value
from zhunsheng.solve.cases import Cases
from zhunsheng.solve.formula import Node
from zhunsheng.solve.problem import World
from zhunsheng.solve.settle import differ

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
            found += problems.once(("matters", fact, one.problem, one.condition), partial(one.entries, fact))
    return tuple(found)


@dataclass(frozen=True)
class _Scalar:
    """A field of the further element."""

    spec: FactSpec
    cases: Cases

    @property
    def term(self) -> tuple[Node, Node] | None:
        return next(((atom, node) for atom, node in self.cases.atoms.items() if isinstance(atom, Node)), None)


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
        self.condition = differ(self.problem, there, absent)
        self.fields = {
            spec.name: _Scalar(spec, cases)
            for spec in problems.pack.collections[collection].fields
            if isinstance(cases := slot.fields.get(spec.name), Cases) and spec.type is not None and spec.type.base != "text"
        }

    def entries(self, fact: str) -> list[Matters]:
        if not self._possible():
            return [Matters(fact)]
        tells = next((name for name, scalar in self.fields.items() if scalar.term is None and len(scalar.cases.atoms) > 1), None)
        if tells is None:
            return [Matters(fact, self._fields(self.fields, ()))]
        groups: list[tuple[list[Value], dict[str, Limits]]] = []
        others = {name: scalar for name, scalar in self.fields.items() if name != tells}
        kinds = self.fields[tells].cases.atoms
        for kind, node in kinds.items():
            if not self._possible(node):
                continue
            same = next((group for group in groups if self._same(others, group[1], node)), None)
            if same is None:
                same = ([], {name: self._limits(scalar, node) for name, scalar in others.items()})
                groups.append(same)
            same[0].append(kind)  # type: ignore[arg-type]  # the atoms of an enumerated field are values
        return [self._entry(fact, tells, len(kinds), values, limits) for values, limits in groups]

    def _entry(self, fact: str, tells: str, number: int, values: list[Value], limits: dict[str, Limits]) -> Matters:
        fields = {name: limit for name, limit in limits.items() if limit is not None}
        return Matters(fact, fields if len(values) == number else {tells: tuple(values), **fields})

    def _fields(self, scalars: Mapping[str, _Scalar], given: tuple[Node, ...]) -> dict[str, tuple[Value, ...] | Between]:
        limits = {name: self._limits(scalar, *given) for name, scalar in scalars.items()}
        return {name: limit for name, limit in limits.items() if limit is not None}

    def _possible(self, *given: Node) -> bool:
        return self.world.possible(self.condition, *given)

    def _limits(self, scalar: _Scalar, *given: Node) -> Limits:
        """Every value of an enumerated field, or the least and greatest day or number; None if any will do."""
        if scalar.term is None:
            possible = tuple(atom for atom, node in scalar.cases.atoms.items() if self._possible(node, *given))
            return None if len(possible) == len(scalar.cases.atoms) else possible  # type: ignore[return-value]  # as above
        term, exists = scalar.term
        if not self._possible(exists, *given):
            return tuple(atom for atom in scalar.cases.atoms if isinstance(atom, Special))
        if self._free(term, exists, *given):
            return None
        conditions = (self.condition, exists, *given)
        least, _ = self.problem.extreme(term, conditions, least=True, world=self.world)
        greatest, _ = self.problem.extreme(term, conditions, least=False, world=self.world)
        ends = (self._decoded(scalar, number) for number in (least, greatest))
        return Between(*ends)

    def _free(self, term: Node, exists: Node, *given: Node) -> bool:
        ends = (self.problem.terms.number(end) for end in (term.least, term.greatest))
        return all(self._possible(exists, self.problem.terms.eq(term, end), *given) for end in ends)

    def _decoded(self, scalar: _Scalar, number: int) -> Value:
        if scalar.spec.type is None:
            raise TypeError(f"{scalar.spec.name} is a record")
        return self.problem.decode(scalar.spec.type, self.problem.terms.number(number))

    def _same(self, scalars: Mapping[str, _Scalar], limits: Mapping[str, Limits], given: Node) -> bool:
        """Whether these limits are those of another kind of element too."""
        return all(self._has(scalar, limits[name], given) for name, scalar in scalars.items())

    def _has(self, scalar: _Scalar, limit: Limits, given: Node) -> bool:
        if scalar.term is None or not isinstance(limit, Between):
            return self._limits(scalar, given) == limit
        terms = self.problem.terms
        term, exists = scalar.term
        least, greatest = (
            terms.number(end.toordinal() if hasattr(end, "toordinal") else int(end))  # type: ignore[arg-type]  # day or number
            for end in (limit.least, limit.greatest)
        )
        outside = terms.or_((terms.lt(term, least), terms.lt(greatest, term)))
        reached = all(self._possible(exists, terms.eq(term, end), given) for end in (least, greatest))
        return reached and not self._possible(exists, outside, given)
