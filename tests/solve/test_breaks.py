"""Where a condition can change is found; nowhere else does it change."""

from __future__ import annotations

import random

import pytest

from zhunsheng.errors import NotShown
from zhunsheng.solve.breaks import breaks
from zhunsheng.solve.formula import Node, Terms

LEAST, GREATEST = -20, 60


def term(terms: Terms, x: Node, chance: random.Random, depth: int) -> Node:
    kind = chance.choice(("x", "int", "add", "scale", "sum", "ite")) if depth else chance.choice(("x", "int"))
    match kind:
        case "x":
            return x
        case "int":
            return terms.number(chance.randint(-30, 90))
        case "add":
            return terms.add(term(terms, x, chance, depth - 1), chance.randint(-9, 9))
        case "scale":
            return terms.scale(term(terms, x, chance, depth - 1), chance.choice((-2, -1, 2, 3)))
        case "sum":
            return terms.sum(term(terms, x, chance, depth - 1), term(terms, x, chance, depth - 1), chance.choice((1, -1)))
        case _:
            test = condition(terms, x, chance, depth - 1)
            return terms.ite(test, term(terms, x, chance, depth - 1), term(terms, x, chance, depth - 1))


def condition(terms: Terms, x: Node, chance: random.Random, depth: int) -> Node:
    kind = chance.choice(("le", "eq", "and", "or", "not")) if depth else chance.choice(("le", "eq"))
    match kind:
        case "le" | "eq":
            make = terms.le if kind == "le" else terms.eq
            return make(term(terms, x, chance, depth), term(terms, x, chance, depth))
        case "not":
            return terms.not_(condition(terms, x, chance, depth - 1))
        case _:
            join = terms.and_ if kind == "and" else terms.or_
            return join([condition(terms, x, chance, depth - 1) for _ in range(2)])


def test_a_condition_changes_only_where_it_is_said_to() -> None:
    chance = random.Random(1)
    changes = 0
    for _ in range(400):
        terms = Terms()
        x = terms.ivar("x", LEAST, GREATEST)
        node = condition(terms, x, chance, 3)

        found = breaks([node], x)

        truths = {n: terms.restrict(node, {x: terms.number(n)}, {}) for n in range(LEAST, GREATEST + 1)}
        seen = {n for n in range(LEAST + 1, GREATEST + 1) if truths[n] is not truths[n - 1]}
        assert seen <= set(found)
        changes += len(seen)
    assert changes > 200


def test_a_comparison_with_another_unknown_number_is_refused() -> None:
    terms = Terms()
    x, y = terms.ivar("x", 0, 9), terms.ivar("y", 0, 9)

    with pytest.raises(NotShown, match="another number or day that is not known"):
        breaks([terms.le(terms.sum(x, y), terms.number(7))], x)


def test_an_unknown_number_that_is_not_compared_with_it_does_no_harm() -> None:
    terms = Terms()
    x, y = terms.ivar("x", 0, 9), terms.ivar("y", 0, 9)
    node = terms.or_([terms.le(y, terms.number(3)), terms.le(x, terms.number(4))])

    assert breaks([node], x) == [5]
