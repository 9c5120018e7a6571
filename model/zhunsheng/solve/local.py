"""One definition on its own, at any arguments, in any case: how its rules stand to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from zhunsheng.lang.blank import blank_case
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import Type, Value
from zhunsheng.solve.cases import Cases, ElementRef, Maker
from zhunsheng.solve.constrain import Aside, Ruled
from zhunsheng.solve.formula import Node
from zhunsheng.solve.problem import Completion, Encoded, Problem, World
from zhunsheng.solve.sealed import NOTHING, Open, Sealed
from zhunsheng.solve.simplest import simplest
from zhunsheng.solve.symbols import Assignment, Free, SymbolMaker
from zhunsheng.solve.twins import differ

MOST_WORK = 20_000_000
"""The solver's budget for one question about a definition, in its own units."""


class Anywhere:
    """Every case of a pack with so many elements (and `named` ones, for arguments), under some of its assumptions and with some
    readings fixed. Where definitions are `sealed`, only that there is no such case says something. `aside`: as `Constrainer`."""

    def __init__(
        self,
        pack: Pack,
        named: Mapping[str, Sequence[str]],
        slots: Mapping[str, int],
        assumed: frozenset[str],
        readings: Mapping[str, str],
        sealed: Sealed = NOTHING,
        aside: frozenset[Aside] = frozenset(),
    ) -> None:
        self.pack = pack
        self.problem = Problem(pack, blank_case(pack, named, readings), slots)
        self.open = Open(pack, self.problem.terms, sealed)
        self.problem.constrainer.open, self.problem.constrainer.aside = self.open, aside
        stated = [node for name, nodes in self.problem.assumptions().items() if name in assumed for node in nodes]
        self.world = World(self.problem, {}, [*self.problem.symbols.constraints, *stated], MOST_WORK)
        self._told = 0

    def satisfy(self, *conditions: Node) -> Assignment | None:
        """A case in which these conditions hold. Raises `NotShown`."""
        self.world.add(self.open.constraints[self._told :])
        self._told = len(self.open.constraints)
        return self.world.satisfy(*conditions)


class Local:
    """A definition at any arguments."""

    def __init__(self, anywhere: Anywhere, definition: Definition) -> None:
        self.anywhere, self.definition, self.problem = anywhere, definition, anywhere.problem
        self.terms = self.problem.terms
        self.make = Maker(self.terms)
        self.maker = SymbolMaker(anywhere.pack, self.problem.case, self.terms, {}, texts=self.problem.symbols.unknown_texts)
        self.elements: dict[str, ElementRef] = {}
        self.free: dict[str, Free] = {}
        self.env: dict[str, Cases] = {}
        taken: dict[str, int] = {}
        for name, type_ in definition.parameters:
            self.env[name] = self._argument(name, type_, taken)
        self.ruled: Ruled = self.problem.constrainer.ruled(definition, self.env)

    def _argument(self, name: str, type_: Type, taken: dict[str, int]) -> Cases:
        collection = self.anywhere.pack.element_of(type_.base)
        if collection is not None:
            place = taken.get(collection.name, 0)
            taken[collection.name] = place + 1
            self.elements[name] = ElementRef(collection.name, place)
            return self.make.only(self.elements[name])
        path = f"{self.definition.name}({name})"
        cases = self.maker.anything(path, type_, answers=True)
        self.free[name] = self.maker.symbols.free[path]
        return cases

    # -- the conditions of findings

    def prevails(self, over: str, under: str) -> Node:
        """Both rules hold, and the one overrides the other, which would have given another value."""
        values = self.problem.constrainer
        rule = self.definition.rule(under)
        other = values.expr(rule.value, self.env)
        different = values.make.different(self.ruled.values[over], other) if over in self.ruled.values else self.terms.false
        return self.terms.and_((self.ruled.active.get(over, self.terms.false), self.ruled.holds[under], different))

    def differs_without(self, rule: str) -> Node:
        """The definition would come to something else if this rule were not there."""
        kept = tuple(
            replace(other, overrides=tuple(name for name in other.overrides if name != rule))
            for other in self.definition.rules
            if other.name != rule
        )
        there = self.problem.constrainer.outcome(replace(self.definition, rules=kept), self.env)
        return differ(self.problem, self.encoded, self.problem.outcomes_of(there, self.definition.type))

    def without_choice(self, rule: str, discretion: str) -> Node:
        """The rule applies, and no choice that the discretion leaves is lawful."""
        lawful = self.terms.or_(self.problem.constrainer.lawful(discretion).values())
        return self.terms.and_((self.ruled.active[rule], self.terms.not_(lawful)))

    @cached_property
    def encoded(self) -> Encoded:
        """The outcomes of the definition."""
        return self.problem.outcomes_of(self.problem.constrainer.outcome(self.definition, self.env), self.definition.type)

    def told_apart(self, one: Mapping[str, str], other: Mapping[str, str], choices: Iterable[str]) -> Node:
        """The definition comes to different things under these readings and under those; the choices made are lawful under the
        first."""
        vector, memo = self.problem.vector(one), {}  # type: Mapping[Node, Node], dict[Node, Node]
        here = self.problem.restrict(self.encoded, vector, memo)
        there = self.problem.restrict(self.encoded, self.problem.vector(other), {})
        lawful = self.terms.restrict(self.problem.lawful(choices), vector, memo)
        return self.terms.and_((differ(self.problem, here, there), lawful))

    def true(self, expr: Expr) -> Node:
        """Where a condition on the arguments holds."""
        return self.make.true(self.problem.constrainer.expr(expr, self.env))

    # -- models

    def satisfy(self, *conditions: Node) -> Assignment | None:
        """A case in which these conditions hold. Raises `NotShown`."""
        return self.anywhere.satisfy(*self.maker.symbols.constraints, *conditions)

    def simplest(self, model: Assignment, *conditions: Node) -> Assignment:
        def satisfy(*more: Node) -> Assignment | None:
            return self.satisfy(*conditions, *more)

        return simplest(self.problem, satisfy, model, self.free.values())

    def shown(self, model: Assignment) -> tuple[Completion, dict[str, Value | ElementRef]]:
        """The case a model describes, and the arguments in it."""
        values: dict[str, Value | ElementRef] = {
            name: self.elements[name] if name in self.elements else self.free[name].value(model, self._decoded)
            for name, _ in self.definition.parameters
        }
        return self.problem.complete(model, {}), values

    def _decoded(self, type_: Type, number: int) -> Value:
        return self.problem.decode(type_, self.terms.number(number))
