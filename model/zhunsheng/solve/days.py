"""Calendar functions as piecewise terms: a function of a day is a list of runs, a run a constant or a shift.

Written with ordinals and month lengths, apart from the reference meaning's `datetime`, so that agreement means something.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from zhunsheng.lang.pack import Calendar
from zhunsheng.lang.types import Period
from zhunsheng.solve.formula import Node, Terms

SLACK_YEARS = 20
MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    return 29 if month == 2 and is_leap(year) else MONTH_LENGTHS[month - 1]


def reach(horizon: tuple[date, date]) -> tuple[int, int]:
    """The first and last ordinal that calendar arithmetic may touch: the horizon and twenty years on either side."""
    first, last = horizon
    return _ordinal(first.year - SLACK_YEARS, first.month, first.day), _ordinal(last.year + SLACK_YEARS, last.month, last.day)


def _ordinal(year: int, month: int, day: int) -> int:
    return date(year, month, min(day, month_length(year, month))).toordinal()


def moved(day: date, period: Period, sign: int) -> int:
    """The ordinal of a day moved by a period; a day the month lacks is its last. Days come after years and months."""
    months = day.year * 12 + day.month - 1 + sign * (period.years * 12 + period.months)
    return _ordinal(months // 12, months % 12 + 1, day.day) + sign * period.days


@dataclass(frozen=True)
class Runs:
    """`starts[i]` begins run i, which ends before `starts[i + 1]` (the last at `end`). A run's value is the day shifted by
    `values[i]`, or `values[i]` itself where `fixed[i]`, or nothing (no data) where `values[i]` is None."""

    starts: tuple[int, ...]
    end: int
    values: tuple[int | None, ...]
    fixed: tuple[bool, ...]


def _runs(first: int, last: int, value: Callable[[int], int | None], *, fixed: bool) -> Runs:
    """Runs of a function, tabulated day by day. With `fixed`, runs are of equal values; else of equal shifts."""
    starts: list[int] = []
    values: list[int | None] = []
    for day in range(first, last + 1):
        here = value(day)
        kept = here if fixed or here is None else here - day
        if not starts or values[-1] != kept:
            starts.append(day)
            values.append(kept)
    return Runs(tuple(starts), last + 1, tuple(values), (fixed,) * len(starts))


@lru_cache(maxsize=256)
def shift_runs(horizon: tuple[date, date], period: Period, sign: int) -> Runs:
    first, last = reach(horizon)

    def value(day: int) -> int | None:
        there = moved(date.fromordinal(day), period, sign)
        return there if first <= there <= last else None

    return _runs(first, last, value, fixed=False)


@lru_cache(maxsize=16)
def year_runs(horizon: tuple[date, date]) -> Runs:
    first, last = reach(horizon)
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    starts = tuple(max(first, date(year, 1, 1).toordinal()) for year in years)
    return Runs(starts, last + 1, tuple(years), (True,) * len(starts))


@lru_cache(maxsize=64)
def date_runs(horizon: tuple[date, date], month: int, day: int) -> Runs:
    """From a year to the ordinal of its month and day."""
    first, last = reach(horizon)
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    values = tuple(v if first <= (v := _ordinal(year, month, day)) <= last else None for year in years)
    return Runs(tuple(years), years[-1] + 1, values, (True,) * len(years))


class WorkingDays:
    """One table of working days as runs."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        years = sorted(calendar.years)
        self.first = date(years[0], 1, 1).toordinal() if years else 1
        self.last = date(years[-1], 12, 31).toordinal() if years else 0
        self._working = {day: self._is_working(date.fromordinal(day)) for day in range(self.first, self.last + 1)}
        self._after: dict[int, Runs] = {}

    def _is_working(self, day: date) -> bool | None:
        table = self.calendar.years.get(day.year)
        if table is None:
            return None
        return day in table.work or (day.weekday() < 5 and day not in table.off)

    def is_working(self) -> Runs:
        """1 where a day is worked, 0 where not."""
        return _runs(self.first, self.last, lambda day: None if (w := self._working[day]) is None else int(w), fixed=True)

    def after(self, number: int) -> Runs:
        """The number-th working day after a day. Known where every day passed over, from the day after on, is in the table."""
        if number not in self._after:
            self._after[number] = _runs(self.first - 1, self.last, lambda day: self._nth(day, number), fixed=True)
        return self._after[number]

    def _nth(self, day: int, number: int) -> int | None:
        left = number
        while left:
            day += 1
            working = self._working.get(day)
            if working is None:
                return None
            left -= working
        return day


def apply(terms: Terms, runs: Runs, day: Node) -> tuple[Node, Node]:
    """(value, condition under which there is one) of a piecewise function at a term."""
    return _between(terms, runs, day, 0, len(runs.starts) - 1)


def holds(terms: Terms, runs: Runs, day: Node) -> tuple[Node, Node]:
    """(condition that the function is not 0, condition under which it is known) of a function with fixed values."""
    first, last = runs.starts[0], runs.end - 1
    inside = terms.and_((terms.le(terms.number(first), day), terms.le(day, terms.number(last))))
    known, wanted = [], []
    ends = (*(start - 1 for start in runs.starts[1:]), last)
    for start, end, value in zip(runs.starts, ends, runs.values, strict=True):
        if end < day.least or start > day.greatest:
            continue
        here = terms.and_((terms.le(terms.number(start), day), terms.le(day, terms.number(end))))
        if value is None:
            known.append(terms.not_(here))
        elif value:
            wanted.append(here)
    return terms.and_((inside, terms.or_(wanted), *known)), terms.and_((inside, *known))


def _between(terms: Terms, runs: Runs, day: Node, low: int, high: int) -> tuple[Node, Node]:
    low = max(low, bisect_right(runs.starts, day.least) - 1)
    high = min(high, bisect_right(runs.starts, day.greatest) - 1)
    outside = day.least < runs.starts[0] or day.greatest >= runs.end
    if outside:
        inside = terms.and_((terms.le(terms.number(runs.starts[0]), day), terms.lt(day, terms.number(runs.end))))
        if inside is terms.false:
            return terms.number(0), terms.false
        value, known = _tree(terms, runs, day, max(low, 0), max(high, 0))
        return value, terms.and_((inside, known))
    return _tree(terms, runs, day, low, high)


def _tree(terms: Terms, runs: Runs, day: Node, low: int, high: int) -> tuple[Node, Node]:
    if low == high:
        kept = runs.values[low]
        if kept is None:
            return terms.number(0), terms.false
        return (terms.number(kept) if runs.fixed[low] else terms.add(day, kept)), terms.true
    middle = (low + high) // 2
    first_half = terms.lt(day, terms.number(runs.starts[middle + 1]))
    left, left_known = _tree(terms, runs, day, low, middle)
    right, right_known = _tree(terms, runs, day, middle + 1, high)
    known = terms.or_((terms.and_((first_half, left_known)), terms.and_((terms.not_(first_half), right_known))))
    return terms.ite(first_half, left, right), known
