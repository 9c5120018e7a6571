"""Functions that never fall: comparing what they give with a number is comparing what they are given."""

from __future__ import annotations

import random
from datetime import date

import pytest

from building import calendar
from zhunsheng.lang.types import Period
from zhunsheng.solve.days import Runs, WorkingDays, apply, shift_runs
from zhunsheng.solve.formula import Node, Terms

HORIZON = (date(2024, 1, 1), date(2028, 12, 31))
OFF = [date(2024, 5, 1), date(2024, 5, 2), date(2024, 12, 31)]


def functions() -> list[Runs]:
    working = WorkingDays(calendar("made-up", OFF, [date(2024, 5, 4)], [2024, 2025]))
    return [
        working.after(1), working.after(5),
        shift_runs(HORIZON, Period(years=1), 1), shift_runs(HORIZON, Period(months=1), -1),
    ]  # fmt: skip


def value(terms: Terms, node: Node, variable: Node, number: int) -> object:
    found = terms.restrict(node, {variable: terms.number(number)}, {})
    return found.args[0] if found.op == "int" else found.op


@pytest.mark.parametrize("place", range(4))
def test_a_comparison_with_a_number_says_what_the_tree_of_cases_says(place: int) -> None:
    runs, terms, luck = functions()[place], Terms(), random.Random(place)
    day = terms.ivar("day", date(2024, 2, 1).toordinal(), date(2025, 11, 30).toordinal())
    term, known = apply(terms, runs, day)
    tree = terms.written_out(term)
    for _ in range(60):
        here, edge = (luck.randint(day.least, day.greatest) for _ in range(2))
        shift, number = luck.randint(-3, 3), terms.number(edge)
        for made in (terms.le, terms.eq, lambda a, b: terms.le(b, a)):
            short, long = made(terms.add(term, shift), number), made(terms.add(tree, shift), number)

            assert value(terms, known, day, here) == "true"
            assert value(terms, short, day, here) == value(terms, long, day, here)


def test_functions_of_functions_and_choices_between_them_come_out_the_same() -> None:
    terms, luck = Terms(), random.Random(1)
    after, later = functions()[0], functions()[1]
    day, which = terms.ivar("day", date(2024, 2, 1).toordinal(), date(2025, 9, 30).toordinal()), terms.var("which")
    inner, _ = apply(terms, after, day)
    outer, _ = apply(terms, later, inner)
    term = terms.ite(which, terms.add(outer, 1), day)
    tree = terms.written_out(term)

    assert term.stepped
    assert not tree.stepped
    for _ in range(100):
        known = {day: terms.number(luck.randint(day.least, day.greatest)), which: terms.const(luck.random() < 0.5)}
        number = terms.number(luck.randint(day.least, day.greatest))
        for made in (terms.le, terms.eq):
            assert terms.restrict(made(term, number), known, {}) is terms.restrict(made(tree, number), known, {})
        assert terms.restrict(term, known, {}) is terms.restrict(tree, known, {})


def test_a_condition_holds_no_function() -> None:
    terms = Terms()
    day, other = (terms.ivar(name, date(2024, 2, 1).toordinal(), date(2025, 9, 30).toordinal()) for name in ("day", "other"))
    term, _ = apply(terms, functions()[0], day)

    for made in (terms.le(term, other), terms.le(other, term), terms.eq(term, other), terms.le(terms.sum(term, other), day)):
        assert not _holds_steps(made)


def _holds_steps(node: Node) -> bool:
    return node.op == "steps" or any(_holds_steps(arg) for arg in node.args if isinstance(arg, Node))
