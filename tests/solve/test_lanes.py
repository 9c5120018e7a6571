"""Many assignments looked at side by side come to what each comes to by itself."""

from __future__ import annotations

import random

import pytest

from zhunsheng.solve.formula import Node, Terms
from zhunsheng.solve.lanes import Lanes

LEAST, GREATEST = -3, 6
DEPTH = 4


class Formulas:
    """Random conditions and terms over a few variables."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.terms = Terms()
        self.bits = [self.terms.var(f"p{number}") for number in range(4)]
        self.numbers = [self.terms.ivar(f"x{number}", LEAST, GREATEST) for number in range(3)]

    def condition(self, depth: int) -> Node:
        terms, one = self.terms, self.random
        kind = one.choice(["var", "not", "and", "or", "le", "eq"]) if depth else "var"
        match kind:
            case "var":
                return one.choice(self.bits)
            case "not":
                return terms.not_(self.condition(depth - 1))
            case "and" | "or":
                parts = [self.condition(depth - 1) for _ in range(3)]
                return terms.and_(parts) if kind == "and" else terms.or_(parts)
            case "le":
                return terms.le(self.term(depth - 1), self.term(depth - 1))
            case _:
                return terms.eq(self.term(depth - 1), self.term(depth - 1))

    def term(self, depth: int) -> Node:
        terms, one = self.terms, self.random
        match one.choice(["ivar", "int", "add", "sum", "scale", "ite"]) if depth else "ivar":
            case "ivar":
                return one.choice(self.numbers)
            case "int":
                return terms.number(one.randint(LEAST, GREATEST))
            case "add":
                return terms.add(self.term(depth - 1), one.randint(-2, 2))
            case "sum":
                return terms.sum(self.term(depth - 1), self.term(depth - 1), one.choice([1, -1]))
            case "scale":
                return terms.scale(self.term(depth - 1), one.choice([-1, 2]))
            case _:
                return terms.ite(self.condition(depth - 1), self.term(depth - 1), self.term(depth - 1))

    def assignment(self, share: float = 1.0) -> dict[Node, int]:
        """Values for the variables, or for some of them."""
        values = {bit: self.random.randint(0, 1) for bit in self.bits}
        values |= {number: self.random.randint(LEAST, GREATEST) for number in self.numbers}
        return {node: value for node, value in values.items() if self.random.random() < share}

    def by_itself(self, node: Node, assignment: dict[Node, int]) -> Node:
        """What folding makes of a node once every variable is known."""
        known = {bit: self.terms.const(bool(assignment.get(bit, 0))) for bit in self.bits}
        known |= {number: self.terms.number(assignment.get(number, LEAST)) for number in self.numbers}
        return self.terms.restrict(node, known, {})


@pytest.mark.parametrize("seed", range(60))
def test_each_lane_is_what_folding_makes_of_its_assignment(seed: int) -> None:
    made = Formulas(seed)
    condition, term = made.condition(DEPTH), made.term(DEPTH)
    bases = [made.assignment(), made.assignment(0.5)]
    changes = [(made.random.randrange(2), made.assignment(0.3)) for _ in range(20)]

    lanes = Lanes(bases, changes)
    holds, values = lanes.holds(condition), lanes.values(term)

    for number, (base, change) in enumerate(changes):
        whole = {**bases[base], **change}
        assert bool(holds >> number & 1) == (made.by_itself(condition, whole) is made.terms.true)
        assert [value for value, where in values.items() if where >> number & 1] == [made.by_itself(term, whole).args[0]]


def test_changes_made_in_several_lanes_are_as_if_made_in_each() -> None:
    for seed in range(30):
        made = Formulas(seed)
        condition, bases = made.condition(DEPTH), [made.assignment(), made.assignment()]
        lanes_of = {node: made.random.randrange(1 << 12) for node in (*made.bits, *made.numbers)}
        other = made.assignment()
        each = [(n % 2, {node: other[node] for node, lanes in lanes_of.items() if lanes >> n & 1}) for n in range(12)]

        together = [(lanes, {node: other[node]}) for node, lanes in lanes_of.items()]

        assert Lanes(bases, [(n % 2, {}) for n in range(12)], together).holds(condition) == Lanes(bases, each).holds(condition)


def test_nothing_holds_where_one_of_several_conditions_does_not() -> None:
    terms = Terms()
    a, b = terms.var("a"), terms.var("b")

    lanes = Lanes([{a: 1, b: 0}], [(0, {}), (0, {b: 1}), (0, {a: 0, b: 1})])

    assert lanes.all_hold((a, b)) == 0b010


def test_replacing_a_variable_deep_inside_needs_no_recursion() -> None:
    terms = Terms()
    bits = [terms.var(f"p{number}") for number in range(5000)]
    deep = terms.ivar("x", 0, 9)
    for number, bit in enumerate(bits):
        deep = terms.ite(bit, terms.number(number % 7), deep)

    folded = terms.restrict(deep, dict.fromkeys(bits, terms.false), {})

    assert folded is terms.ivar("x", 0, 9)
