"""Functions that never fall: comparing what they give with a number is comparing what they are given."""

from __future__ import annotations

import random
from datetime import date

import pytest
import z3

from building import calendar
from zhunsheng.errors import NotShown
from zhunsheng.lang.types import Period
from zhunsheng.solve.breaks import breaks
from zhunsheng.solve.days import Runs, WorkingDays, apply, shift_runs
from zhunsheng.solve.formula import Node, Terms
from zhunsheng.solve.lanes import Lanes
from zhunsheng.solve.smt import Prover
from zhunsheng.solve.smtlib import script

HORIZON = (date(2024, 1, 1), date(2028, 12, 31))
OFF = [date(2024, 5, 1), date(2024, 5, 2), date(2024, 12, 31)]


def functions() -> list[Runs]:
    working = WorkingDays(calendar("made-up", OFF, [date(2024, 5, 4)], [2024, 2025]))
    return [
        working.after(1), working.after(5),
        shift_runs(HORIZON, Period(years=1), 1), shift_runs(HORIZON, Period(months=1), -1), working.is_working(),
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


def compared(terms: Terms) -> list[tuple[Node, Node]]:
    """Comparisons of functions of one day with another day, and with each other; each also with the functions written out."""
    day, other = (terms.ivar(name, date(2024, 4, 20).toordinal(), date(2024, 6, 10).toordinal()) for name in ("day", "other"))
    term, later = apply(terms, functions()[0], day)[0], apply(terms, functions()[1], other)[0]
    chosen = terms.ite(terms.var("which"), term, later)
    pairs = [(term, other), (other, term), (terms.add(term, 3), later), (chosen, day)]
    long = terms.written_out
    worked, spans = functions()[4].wanted, functions()[4].wanted.ends
    return [
        *((made(a, b), made(long(a), long(b))) for a, b in pairs for made in (terms.le, terms.eq)),
        *((terms.within(worked, a), among(terms, long(a), spans)) for a in (other, terms.add(term, -1), terms.add(chosen, 1))),
    ]


def among(terms: Terms, term: Node, spans: tuple[tuple[int, int], ...]) -> Node:
    ends = [(terms.number(first), terms.number(last)) for first, last in spans]
    return terms.or_(terms.and_([terms.le(first, term), terms.le(term, last)]) for first, last in ends)


@pytest.mark.parametrize("bits", [False, True])
def test_a_solver_is_told_of_a_function_what_its_tree_of_cases_says(bits: bool) -> None:
    terms = Terms()
    for short, long in compared(terms):
        prover = Prover(bits=bits)

        assert not {"steps", "within"} & _ops(long)
        assert {"steps", "within"} & _ops(short)
        assert prover.possible(short)
        assert prover.possible(terms.not_(short))
        assert not prover.possible(short, terms.not_(long))
        assert not prover.possible(long, terms.not_(short))


def test_a_script_says_of_a_function_what_its_tree_of_cases_says() -> None:
    terms = Terms()
    for short, long in compared(terms):
        differ = terms.or_([terms.and_([short, terms.not_(long)]), terms.and_([long, terms.not_(short)])])
        for claim, verdict in ((differ, z3.unsat), (short, z3.sat)):
            solver = z3.Solver()

            solver.from_string(script([claim]))

            assert solver.check() == verdict


def test_side_by_side_and_one_by_one_a_function_comes_to_the_same() -> None:
    terms, luck = Terms(), random.Random(2)
    variables = [terms.ivar(name, date(2024, 4, 20).toordinal(), date(2024, 6, 10).toordinal()) for name in ("day", "other")]
    for short, long in compared(terms):
        changes = [(0, {each: luck.randint(each.least, each.greatest) for each in variables}) for _ in range(200)]

        lanes = Lanes([{}], changes)

        assert lanes.holds(short) == lanes.holds(long)


def test_a_condition_changes_only_where_a_function_may_come_to_another_piece() -> None:
    terms, luck = Terms(), random.Random(3)
    day = terms.ivar("day", date(2024, 2, 1).toordinal(), date(2025, 9, 30).toordinal())
    other = terms.ivar("other", day.least, day.greatest)
    term = apply(terms, functions()[0], day)[0]
    for made in (terms.le, terms.eq):
        condition = terms.restrict(made(term, other), {other: terms.number(luck.randint(day.least, day.greatest))}, {})
        worked = terms.within(functions()[4].wanted, terms.add(term, 1))
        whole = terms.and_([terms.or_([condition, worked]), made(terms.sum(term, terms.number(2)), terms.add(day, 3))])

        found = breaks([whole], day)

        truths = {n: terms.restrict(whole, {day: terms.number(n)}, {}) for n in range(day.least, day.greatest + 1)}
        seen = {n for n in range(day.least + 1, day.greatest + 1) if truths[n] is not truths[n - 1]}
        assert seen
        assert seen <= set(found)


def test_a_function_of_another_unknown_day_is_refused() -> None:
    terms = Terms()
    day, other = (terms.ivar(name, date(2024, 2, 1).toordinal(), date(2025, 9, 30).toordinal()) for name in ("day", "other"))

    with pytest.raises(NotShown, match="another number or day that is not known"):
        breaks([terms.le(apply(terms, functions()[0], other)[0], day)], day)


def _ops(node: Node) -> set[str]:
    return {node.op}.union(*(_ops(part) for part in node.parts))
