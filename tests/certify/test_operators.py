"""Operators on spans: whatever the reference gives on any value within is among the possibilities."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel_values import contains, possible
from zhunsheng.certify import kernel
from zhunsheng.evaluate.days import Reach
from zhunsheng.evaluate.operators import applied, calculated, compared
from zhunsheng.lang.outcome import strongest
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import DAY, Period
from zhunsheng.read import load_pack

ROOT = Path(__file__).parents[2]
DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
NUMBERS = st.integers(-50, 50)
PERIODS = st.builds(Period, st.integers(0, 30), st.integers(0, 30), st.integers(0, 800))
MANY = settings(max_examples=400, deadline=None, derandomize=True)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


@pytest.fixture(scope="module")
def loaded(pack: Pack) -> kernel.Pack:
    return kernel.Pack(pack.canonical.encode())


def around(value: Any, other: Any) -> kernel.Possible:
    """The span between two days or numbers."""
    return kernel.either(possible(value), possible(other))


def among(found: kernel.Possible, outcome: Any) -> bool:
    return contains(found, possible(strongest(outcome)))


@MANY
@given(a=DAYS, b=DAYS, period=PERIODS, op=st.sampled_from("+-"))
def test_moving_days_by_a_period(pack: Pack, loaded: kernel.Pack, a: date, b: date, period: Period, op: str) -> None:
    by = kernel.of(("period", period.years, period.months, period.days))
    expected = calculated(op, a, period, Reach(pack.horizon))
    assert among(kernel.shifted(loaded, op, around(a, b), by), expected)
    assert kernel.shifted(loaded, op, possible(a), by) == possible(strongest(expected))


@MANY
@given(a=NUMBERS, b=NUMBERS, c=NUMBERS, d=NUMBERS, op=st.sampled_from("+-*"))
def test_arithmetic(pack: Pack, a: int, b: int, c: int, d: int, op: str) -> None:
    expected = calculated(op, a, c, Reach(pack.horizon))
    assert among(kernel.calculated(op, around(a, b), around(c, d)), expected)
    assert kernel.calculated(op, possible(a), possible(c)) == possible(strongest(expected))


@MANY
@given(a=DAYS, b=DAYS, c=DAYS, d=DAYS, op=st.sampled_from(["==", "!=", "<", "<=", ">", ">="]))
def test_comparison(pack: Pack, a: date, b: date, c: date, d: date, op: str) -> None:
    expected = compared(op, a, c, DAY, pack)
    assert among(kernel.compared(op, around(a, b), around(c, d), None), expected)
    assert kernel.compared(op, possible(a), possible(c), None) == possible(strongest(expected))


@MANY
@given(a=DAYS, near=st.integers(0, 90), number=st.integers(1, 12), name=st.sampled_from(["is_workday", "workdays_after"]))
def test_working_days(pack: Pack, loaded: kernel.Pack, a: date, near: int, number: int, name: str) -> None:
    loaded.steps = 0
    table = next(iter(pack.calendars))
    b = min(date.fromordinal(a.toordinal() + near), date(2040, 12, 31))
    count = [number] if name == "workdays_after" else []
    for first, last in ((a, b), (a, a)):
        args = [around(first, last), *(kernel.span(n, n) for n in count)]
        found = kernel.applied(loaded, name, args, table)
        assert among(found, applied(name, [a, *count, table], pack, Reach(pack.horizon)))
        assert among(found, applied(name, [last, *count, table], pack, Reach(pack.horizon)))


@MANY
@given(a=st.integers(1990, 2070), b=st.integers(1990, 2070), month=st.integers(1, 12), number=st.integers(1, 31))
def test_days_of_a_year(pack: Pack, loaded: kernel.Pack, a: int, b: int, month: int, number: int) -> None:
    expected = applied("date", [a, month, number], pack, Reach(pack.horizon))
    rest = [kernel.span(month, month), kernel.span(number, number)]
    assert among(kernel.applied(loaded, "date", [around(a, b), *rest], ""), expected)
    assert kernel.applied(loaded, "date", [possible(a), *rest], "") == possible(strongest(expected))
