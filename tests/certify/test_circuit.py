"""Clauses: numbers bit by bit, the calendar as tables, and the proof checker, each against plain Python."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel_values import node_values
from zhunsheng.certify import clauses, kernel
from zhunsheng.certify.clauses import FALSE, TRUE, Bits, Circuit, whole
from zhunsheng.certify.proofs import refutation
from zhunsheng.read import load_pack

ROOT = Path(__file__).parents[2]
MANY = settings(max_examples=150, deadline=None, derandomize=True)
NUMBERS = st.integers(-300, 300)
WIDTH = 11


def free_number(circuit: Circuit) -> Bits:
    """Any number of `WIDTH` bits."""
    return tuple(circuit.input() for _ in range(WIDTH))


def inputs_for(bits: Bits, number: int) -> dict[int, bool]:
    return {bit: bool(number >> place & 1) for place, bit in enumerate(bits)}


def number_of(bits: Bits, node: list[bool]) -> int:
    set_bits = [node[bit >> 1] != bool(bit & 1) for bit in bits]
    return sum(bit << place for place, bit in enumerate(set_bits)) - (set_bits[-1] << len(bits))


@MANY
@given(a=NUMBERS, b=NUMBERS, constant=st.booleans(), test=st.booleans(), factor=st.integers(-9, 9))
def test_arithmetic_and_comparison_are_pythons(a: int, b: int, constant: bool, test: bool, factor: int) -> None:
    circuit = Circuit()
    x = free_number(circuit)
    y = whole(b) if constant else free_number(circuit)
    chosen = circuit.input()
    bits = [circuit.plus(x, y), circuit.minus(x, y), circuit.times(x, factor), circuit.chosen(chosen, x, y)]
    truths = [circuit.less(x, y), circuit.less(y, x), circuit.equal(x, y)]

    node = node_values(circuit, {**inputs_for(x, a), **({} if constant else inputs_for(y, b)), chosen: test})

    assert [number_of(each, node) for each in bits] == [a + b, a - b, factor * a, a if test else b]
    assert [node[one >> 1] != bool(one & 1) for one in truths] == [a < b, b < a, a == b]


def less_by_choosing(circuit: Circuit, a: Bits, b: Bits) -> int:
    """`less` without what it says shortly of constants."""
    width, found = max(len(a), len(b)), FALSE
    pairs = list(zip(clauses.wide(a, width), clauses.wide(b, width), strict=True))
    for x, y in [*pairs[:-1], pairs[-1][::-1]]:
        if x ^ y < 2:
            found = found if x == y else y
        else:
            found = circuit.choose(x, circuit.both(y, found), circuit.both(y ^ 1, found ^ 1) ^ 1)
    return found


@MANY
@given(numbers=st.lists(NUMBERS, min_size=1, max_size=6), turned=st.booleans(), part=st.integers(0, WIDTH))
def test_a_comparison_with_a_constant_makes_the_gates_that_choosing_makes(numbers: list[int], turned: bool, part: int) -> None:
    """In the same order: proofs that are kept name gates by their numbers."""
    ours, plain = Circuit(), Circuit()
    x = free_number(ours)
    assert free_number(plain) == x
    x = (*x[:part], *([TRUE] * (WIDTH - part)))  # its leading bits may be known

    for number in numbers:
        a, b = (whole(number), x) if turned else (x, whole(number))
        low, high = ours.ends(a), ours.ends(b)
        if low[1] >= high[0] and low[0] < high[1]:  # else it is settled without a gate
            assert ours.less(a, b) == less_by_choosing(plain, a, b)

    assert ours.gates == plain.gates


@MANY
@given(low=NUMBERS, size=st.integers(0, 500), other=NUMBERS, at=st.integers(0, 500))
def test_what_is_known_of_a_number_decides_comparisons_rightly(low: int, size: int, other: int, at: int) -> None:
    problem = clauses.Problem(KERNEL_PACK)
    bits = problem.between(low, low + size, 0)
    number = low + min(at, size)
    less = problem.circuit.less(bits, whole(other))
    moved = problem.circuit.plus(bits, whole(other))
    known = problem.circuit.ends(moved)

    node = node_values(problem.circuit, {bit: bool(number >> place & 1) for place, bit in enumerate(bits) if bit > TRUE})

    assert all(node[one >> 1] != bool(one & 1) for one in problem.asserted)
    assert (node[less >> 1] != bool(less & 1)) == (number < other)
    assert known[0] <= number_of(moved, node) == number + other <= known[1]


STEPS = st.lists(st.tuples(st.integers(0, 9), st.integers(-6, 6), st.integers(-6, 6), st.booleans(), st.booleans()), max_size=5)


@MANY
@given(start=NUMBERS, steps=STEPS)
def test_sums_that_begin_with_one_number_compare_as_pythons_do(start: int, steps: list[tuple[int, int, int, bool, bool]]) -> None:
    """Each step adds to, or takes from, one of the numbers so far what a condition picks of two constants."""
    circuit = Circuit()
    numbers, values = [free_number(circuit)], [start]
    inputs = inputs_for(numbers[0], start)
    for of, one, other, test, taken in steps:
        condition = circuit.input()
        inputs[condition] = test
        by, at = circuit.chosen(condition, whole(one), whole(other)), of % len(numbers)
        numbers.append((circuit.minus if taken else circuit.plus)(numbers[at], by))
        values.append(values[at] + (one if test else other) * (-1 if taken else 1))
    pairs = list(itertools.permutations(range(len(numbers)), 2))
    less = [circuit.less(numbers[a], numbers[b]) for a, b in pairs]

    node = node_values(circuit, inputs)

    assert [number_of(each, node) for each in numbers] == values
    assert [node[one >> 1] != bool(one & 1) for one in less] == [values[a] < values[b] for a, b in pairs]


def test_what_more_than_nothing_is_added_to_is_less_without_a_gate() -> None:
    circuit = Circuit()
    x, condition = free_number(circuit), circuit.input()
    later = circuit.plus(circuit.plus(x, circuit.chosen(condition, whole(2), whole(5))), whole(-1))

    assert (circuit.less(x, later), circuit.less(later, x)) == (TRUE, FALSE)
    assert circuit.less(circuit.plus(x, whole(1)), later) not in (TRUE, FALSE)


KERNEL_PACK = kernel.Pack(load_pack(ROOT / "policy" / "urumqi-2025").canonical.encode())
CALENDAR = next(iter(KERNEL_PACK.calendars))
FIRST, LAST = KERNEL_PACK.reach[0] or 1, KERNEL_PACK.reach[1] or 1


def reached(day: int | None) -> int | None:
    return day if day is not None and FIRST <= day <= LAST else None


FUNCTIONS = {
    "a year later": (("shift", (1, 0, 0)), lambda day: reached(kernel.moved(day, (1, 0, 0)))),
    "seven months and a day before": (("shift", (0, -7, -1)), lambda day: reached(kernel.moved(day, (0, -7, -1)))),
    "the year": (("year",), lambda day: kernel.date.fromordinal(day).year),
    "a working day": (("is_workday", CALENDAR), lambda day: kernel.workday(KERNEL_PACK, CALENDAR, day)),
    "five working days": (("workdays_after", 5, CALENDAR), lambda day: kernel.workdays_after(KERNEL_PACK, CALENDAR, day, 5)),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_tables_are_the_calendars_own(name: str) -> None:
    key, function = FUNCTIONS[name]
    KERNEL_PACK.steps = 0
    runs = clauses.table(KERNEL_PACK, (FIRST, LAST), *key)
    added = key[0] in ("shift", "workdays_after")
    moments = [*range(FIRST - 2, LAST + 3, 13), kernel.date(2028, 2, 29).toordinal(), kernel.date(2024, 2, 29).toordinal()]
    for day in moments:
        circuit = Circuit()
        known, bits = clauses.looked_up(circuit, runs, whole(day))
        expected = function(day) if FIRST <= day <= LAST else None
        assert known == (FALSE if expected is None else TRUE)
        if expected is not None:
            assert bits == whole(expected - day * added)


# -- the proof checker


def pigeons(number: int) -> tuple[Circuit, list[int]]:
    """One pigeon more than holes: what is asserted cannot all hold."""
    circuit = Circuit()
    sits = [[circuit.input() for _ in range(number)] for _ in range(number + 1)]
    asserted = [circuit.some(row) for row in sits]
    for a, b in itertools.combinations(sits, 2):
        asserted += [circuit.both(x, y) ^ 1 for x, y in zip(a, b, strict=True)]
    return circuit, asserted


def proof_of(circuit: Circuit, asserted: list[int]) -> list[int]:
    found = refutation(circuit.gates, asserted, 100_000)
    packed = found.lrat if found is not None else None
    assert packed is not None
    return list(clauses.unpacked(packed))


def test_a_proof_made_by_the_solver_is_replayed() -> None:
    circuit, asserted = pigeons(4)

    proof = proof_of(circuit, asserted)

    assert clauses.replayed(circuit.gates, asserted, iter(proof)) > 10


def test_what_can_hold_has_no_proof() -> None:
    circuit, asserted = pigeons(4)

    assert refutation(circuit.gates, asserted[1:], 100_000) is None


def test_a_budget_that_ends_is_no_proof() -> None:
    circuit, asserted = pigeons(8)

    with pytest.raises(TimeoutError, match=r"^there is no proof within 10 conflicts$"):
        refutation(circuit.gates, asserted, 10)


def test_no_proof_of_something_else_is_accepted() -> None:
    circuit, asserted = pigeons(4)
    proof = proof_of(circuit, asserted)
    refused = 0
    for n in range(len(asserted)):
        fewer = [one if m != n else TRUE for m, one in enumerate(asserted)]
        try:
            clauses.replayed(circuit.gates, fewer, iter(proof))
        except kernel.Refused:
            refused += 1

    assert refused == len(asserted)


def changed(proof: list[int]) -> Iterator[list[int]]:
    for n in range(0, len(proof), 7):
        yield proof[:n]
        yield [*proof[:n], *proof[n + 1 :]]
        yield [*proof[:n], proof[n] + 1, *proof[n + 1 :]]
        yield [*proof[:n], -proof[n], *proof[n + 1 :]]
        yield [*proof[:n], proof[n], *proof[n:]]
        yield [*proof[:n], 10**15, *proof[n + 1 :]]


def test_a_changed_proof_is_refused_or_still_one_that_derives_nothing_from_what_can_hold() -> None:
    circuit, asserted = pigeons(3)
    proof = proof_of(circuit, asserted)
    for liar in changed(proof):
        with pytest.raises(kernel.Refused):
            clauses.replayed(circuit.gates, [*asserted[:-1], TRUE], iter(liar))
