"""Calendar functions as piecewise terms: a function of a day is a list of runs, a run a constant or a shift.

Written with ordinals and month lengths, apart from the reference meaning's `datetime`, so that agreement means something.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from zhunsheng.lang.pack import Calendar
from zhunsheng.lang.types import Period
from zhunsheng.solve.formula import Node, Steps, Terms

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


@dataclass(frozen=True, eq=False)
class Spans:
    """Numbers, as spans in order that do not touch: the first and last of each."""

    ends: tuple[tuple[int, int], ...]

    def holds(self, number: int) -> bool:
        place = bisect_right(self.ends, (number, number)) - 1
        near = self.ends[max(place, 0) : place + 2]
        return any(first <= number <= last for first, last in near)

    def between(self, least: int, greatest: int) -> list[tuple[int, int]]:
        return [(max(first, least), min(last, greatest)) for first, last in self.ends if first <= greatest and least <= last]

    def moved(self, by: int) -> Spans:
        return Spans(tuple((first + by, last + by) for first, last in self.ends))

    def reached(self, function: Steps) -> Spans:
        found: list[tuple[int, int]] = []
        for first, last in self.ends:
            start, end = function.last(first - 1) + 1, function.last(last)
            if start <= end:
                joins = found and found[-1][1] == start - 1
                found[-1:] = [(found[-1][0], end)] if joins else [*found[-1:], (start, end)]
        return Spans(tuple(found))


@dataclass(frozen=True, eq=False)
class Runs:
    """`starts[i]` begins run i, which ends before `starts[i + 1]` (the last at `end`). A run's value is the day shifted by
    `values[i]`, or `values[i]` itself where `fixed[i]`, or nothing (no data) where `values[i]` is None. Values never fall."""

    starts: tuple[int, ...]
    end: int
    values: tuple[int | None, ...]
    fixed: tuple[bool, ...]

    def at(self, number: int) -> int:
        """The value at a number; outside the domain, the nearest there is before it (else the first)."""
        known = self._known
        place = bisect_right(known, (number, self.end + 1, 0)) - 1
        start, end, run = known[max(place, 0)]
        return self._value(run, min(max(number, start), end - 1))

    def last(self, most: int) -> int:
        """The greatest number of the domain at which the value is not above `most`; below the domain where there is none."""
        known = self._known
        place = bisect_right(self._firsts, most) - 1
        if place < 0:
            return known[0][0] - 1
        start, end, run = known[place]
        kept = self.values[run] or 0
        return end - 1 if self.fixed[run] else min(end - 1, max(start, most - kept))

    def pieces(self, least: int, greatest: int) -> list[tuple[int, bool, int]]:
        """What it is made of between two numbers (where there is no value, it says 0)."""
        low, high = (max(0, bisect_right(self.starts, end) - 1) for end in (least, greatest))
        return [
            (self.starts[run], True, 0) if (kept := self.values[run]) is None else (self.starts[run], self.fixed[run], kept)
            for run in range(low, high + 1)
        ]

    def tree(self, terms: Terms, of: Node) -> Node:
        """The value at a term, by halving."""
        return _tree(terms, of, self.pieces(of.least, of.greatest))

    def known(self, terms: Terms, of: Node) -> Node:
        """The condition under which there is a value at a term."""
        spans: list[tuple[int, int]] = []
        for start, end, _ in self._known:
            if spans and spans[-1][1] == start:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
        return terms.or_(
            terms.and_((terms.le(terms.number(start), of), terms.lt(of, terms.number(end)))) for start, end in spans
        )

    @cached_property
    def _known(self) -> list[tuple[int, int, int]]:
        """The runs that have a value: first, end, place."""
        ends = (*self.starts[1:], self.end)
        spans = zip(self.starts, ends, range(len(self.starts)), strict=True)
        return [(start, end, run) for start, end, run in spans if self.values[run] is not None]

    @cached_property
    def wanted(self) -> Spans:
        """Where the value is known and not 0 (of a function with fixed values)."""
        spans: list[tuple[int, int]] = []
        for start, end, run in self._known:
            if self.values[run]:
                joins = spans and spans[-1][1] == start - 1
                spans[-1:] = [(spans[-1][0], end - 1)] if joins else [*spans[-1:], (start, end - 1)]
        return Spans(tuple(spans))

    @cached_property
    def _firsts(self) -> list[int]:
        """The value at the first number of each of these runs."""
        return [self._value(run, start) for start, _, run in self._known]

    def _value(self, run: int, number: int) -> int:
        kept = self.values[run] or 0
        return kept if self.fixed[run] else number + kept


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


@lru_cache(maxsize=64)
def year_runs(first: int, last: int) -> Runs:
    """From a day to its year: of any day there is one, also of days that arithmetic does not come to."""
    first, last = max(first, date.min.toordinal()), min(last, date.max.toordinal())
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
    known = runs.known(terms, day)
    return (terms.number(0) if known is terms.false else terms.steps(runs, day)), known


def holds(terms: Terms, runs: Runs, day: Node) -> tuple[Node, Node]:
    """(condition that the function is not 0, condition under which it is known) of a function with fixed values."""
    return terms.within(runs.wanted, day), runs.known(terms, day)


def _tree(terms: Terms, day: Node, pieces: list[tuple[int, bool, int]]) -> Node:
    if len(pieces) == 1:
        ((_, fixed, kept),) = pieces
        return terms.number(kept) if fixed else terms.add(day, kept)
    middle = (len(pieces) + 1) // 2
    first_half = terms.lt(day, terms.number(pieces[middle][0]))
    return terms.ite(first_half, _tree(terms, day, pieces[:middle]), _tree(terms, day, pieces[middle:]))
