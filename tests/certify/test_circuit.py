"""Clauses: numbers bit by bit, the calendar as tables, and the proof checker, each against plain Python."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel_values import node_values
from zhunsheng.certify import agreed, clauses, kernel, tables
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
    "a month later": (("shift", (0, 1, 0)), lambda day: reached(kernel.moved(day, (0, 1, 0)))),
    "seven months and a day before": (("shift", (0, -7, -1)), lambda day: reached(kernel.moved(day, (0, -7, -1)))),
    "the year": (("year",), lambda day: kernel.date.fromordinal(day).year),
    "a working day": (("is_workday", CALENDAR), lambda day: kernel.workday(KERNEL_PACK, CALENDAR, day)),
    "five working days": (("workdays_after", 5, CALENDAR), lambda day: kernel.workdays_after(KERNEL_PACK, CALENDAR, day, 5)),
}


def at_every_number(first: int, last: int, ends: tuple[int, int], key: Any) -> tuple[list[bool], list[int]]:
    """Whether the table has an entry for each number from first to last, and which, by clauses told for what lies between ends:
    one circuit, its nodes worked out for all these numbers at once."""
    circuit, numbers = Circuit(), range(first, last + 1)
    bits = circuit.limited(tuple(circuit.input() for _ in range(max(first.bit_length(), last.bit_length()) + 1)), *ends)
    KERNEL_PACK.steps = 0
    tree = tables.told_by_bits(KERNEL_PACK, tables.table(KERNEL_PACK, (FIRST, LAST), *key), ends)
    known, entry = clauses.looked_up(circuit, tree, bits)
    inputs = {bit >> 1: sum((number >> place & 1) << n for n, number in enumerate(numbers)) for place, bit in enumerate(bits)}
    values = agreed.values_of(circuit.gates, inputs, len(numbers))

    def at(literal: int) -> list[bool]:
        return [bool(values[literal >> 1] >> n & 1) != bool(literal & 1) for n in range(len(numbers))]

    *low, sign = [at(bit) for bit in entry]
    found = [sum(column[n] << place for place, column in enumerate(low)) for n in range(len(numbers))]
    return at(known), [number - (sign[n] << len(low)) for n, number in enumerate(found)]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_tables_are_the_calendars_own_on_every_day(name: str) -> None:
    key, function = FUNCTIONS[name]
    added = key[0] in tables.ADDING
    expected = [function(day) for day in range(FIRST, LAST + 1)]

    known, entries = at_every_number(FIRST, LAST, (FIRST, LAST), key)

    found = [entry + day * added if there else None
             for there, entry, day in zip(known, entries, range(FIRST, LAST + 1), strict=True)]  # fmt: skip
    assert len(found) > 20_000
    assert found == expected


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("ends", [("2024-12-20", "2026-02-03"), ("2026-10-01", "2026-10-01"), ("1994-11-01", "1995-03-01")])
def test_a_table_told_for_a_few_days_only_is_the_calendars_own_there(name: str, ends: tuple[str, str]) -> None:
    key, function = FUNCTIONS[name]
    first, last = (kernel.day_of(day) for day in ends)

    known, entries = at_every_number(first, last, (first, last), key)

    for there, entry, day in zip(known, entries, range(first, last + 1), strict=True):
        expected = function(day) if FIRST <= day <= LAST else None
        assert there == (expected is not None)
        assert not there or entry + day * (key[0] in tables.ADDING) == expected


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_table_that_rises_does_so_where_it_has_no_entry_too(name: str) -> None:
    """Numbers are compared by what they were made of, whether they are in the table or not."""
    key, _ = FUNCTIONS[name]
    first, last = FIRST - 3000, LAST + 3000
    KERNEL_PACK.steps = 0
    rising = tables.rises(tables.table(KERNEL_PACK, (FIRST, LAST), *key), key[0] in tables.ADDING)

    _, entries = at_every_number(first, last, (first, last), key)
    values = [entry + number * (key[0] in tables.ADDING) for entry, number in zip(entries, range(first, last + 1), strict=True)]

    assert rising == (name != "a working day")
    assert rising == all(a <= b for a, b in itertools.pairwise(values))


def test_a_table_told_for_one_number_is_not_used_for_another_that_may_be_more() -> None:
    """In one case, the same function of two days: of one it is known better when it is."""
    problem = clauses.Problem(KERNEL_PACK)
    side = clauses.Side(problem, {}, {})
    first, last = kernel.day_of("2025-01-20"), kernel.day_of("2025-03-20")
    near, far = problem.between(first, first + 9, 0), problem.between(first, last, 0)
    found = [side.tabled("workdays_after", [bits, whole(3)], CALENDAR).numbers() for bits in (near, far)]

    for bits, moved in zip((near, far), found, strict=True):
        ((known, after),) = moved
        for day in range(first, (first + 9 if bits == near else last) + 1):
            node = node_values(problem.circuit, {bit: bool(day >> n & 1) for n, bit in enumerate(bits) if bit > TRUE})
            assert known == TRUE or node[known >> 1] != bool(known & 1)
            assert number_of(after, node) == kernel.workdays_after(KERNEL_PACK, CALENDAR, day, 3)


TABLES = st.lists(st.tuples(st.integers(-40, 40), st.one_of(st.none(), st.integers(-3, 3))), max_size=8)


@MANY
@given(table=TABLES, low=st.integers(-45, 45), size=st.integers(0, 60), spare=st.integers(0, 2))
def test_a_table_told_by_bits_is_that_table(table: list[tuple[int, int | None]], low: int, size: int, spare: int) -> None:
    entries = dict(table)
    runs: list[tuple[int, int | None]] = [(-kernel.MANY, None), *((first, entries[first]) for first in sorted(entries))]
    high, width = low + size, max(low.bit_length(), (low + size).bit_length()) + 1 + spare

    tree = tables.told_by_bits(KERNEL_PACK, runs, (low, high))

    for number in range(low, high + 1):
        known, bits = clauses.looked_up(Circuit(), tree, clauses.wide(whole(number), width))
        expected = [entry for first, entry in runs if first <= number][-1]
        assert known == (FALSE if expected is None else TRUE)
        assert expected is None or bits == whole(expected)


# -- what excludes each other


@MANY
@given(data=st.data())
def test_what_is_said_of_several_things_means_the_same_whether_they_are_told_apart_or_not(data: st.DataObject) -> None:
    """Conditions are told apart, and what is made of these again; then all that was said is compared with plain truth values, for
    every value of the inputs. Of several conditions that hold at once, the first does."""
    circuit = Circuit()
    circuit.telling = data.draw(st.booleans())
    inputs = [circuit.input() for _ in range(6)]
    every = list(itertools.product((False, True), repeat=len(inputs)))
    said = [(one, [row[n] for row in every]) for n, one in enumerate(inputs)]
    said.append((TRUE, [True] * len(every)))
    for _ in range(data.draw(st.integers(1, 12))):
        chosen = [said[n] for n in data.draw(st.lists(st.integers(0, len(said) - 1), min_size=2, max_size=5))]
        turned = [data.draw(st.booleans()) for _ in chosen]
        literals = [one ^ turn for (one, _), turn in zip(chosen, turned, strict=True)]
        rows = [[value != turn for value in values] for (_, values), turn in zip(chosen, turned, strict=True)]
        match data.draw(st.sampled_from(["apart", "every", "some"])):
            case "apart":
                first = [[row[n] and not any(before[n] for before in rows[:m]) for n in range(len(every))]
                         for m, row in enumerate(rows)]  # fmt: skip
                said += zip(circuit.apart(literals), first, strict=True)
            case "every":
                said.append((circuit.every(literals), [all(column) for column in zip(*rows, strict=True)]))
            case _:
                said.append((circuit.some(literals), [any(column) for column in zip(*rows, strict=True)]))

    for n, row in enumerate(every):
        node = node_values(circuit, dict(zip(inputs, row, strict=True)))
        assert [node[one >> 1] != bool(one & 1) for one, _ in said] == [values[n] for _, values in said]


def test_what_is_told_apart_needs_no_proof() -> None:
    circuit = Circuit()
    circuit.telling = True
    a, b, c = circuit.apart([circuit.input() for _ in range(3)])
    gates = len(circuit.gates)

    assert [circuit.both(a, b), circuit.both(a, c), circuit.both(b, c)] == [FALSE] * 3
    assert circuit.both(a, circuit.some([b, c]) ^ 1) == a
    assert circuit.both(circuit.some([a, b]), circuit.some([b, c])) == b
    assert circuit.some([a, b]) == circuit.some([b, a])
    assert len(circuit.gates) == gates + 1  # b or c
    assert circuit.some([a, b, c]) != TRUE


def test_of_ways_of_which_one_is_always_taken_the_rest_is_the_last() -> None:
    problem = clauses.Problem(KERNEL_PACK)
    problem.circuit.telling = True
    circuit, ways = problem.circuit, problem.one_of(4, 0)
    gates = len(circuit.gates)

    assert circuit.some(ways) == TRUE
    assert circuit.some(ways[:3]) ^ 1 == ways[3]
    assert circuit.every([one ^ 1 for one in ways[1:]]) == ways[0]
    assert len(circuit.gates) == gates + 1  # neither of two in the middle


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
