"""The calendar: anniversaries around 29 February and month ends, the reach of arithmetic, working days."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import calendar, read, tiny_pack
from zhunsheng.evaluate import Run
from zhunsheng.lang.outcome import Failed, Failure, FailureKind, Outcome
from zhunsheng.lang.types import Period

OUT_OF_REACH = Failed(frozenset({Failure(FailureKind.NO_DATA, "horizon")}))
YEARS = (2025, 2026)
EVERY_DAY = [date(2025, 1, 1) + timedelta(days=n) for n in range(730)]
MADE_UP = calendar(
    "national",
    off=[day for day in EVERY_DAY if day.weekday() < 5 and chinese_calendar.is_holiday(day)],
    work=[day for day in EVERY_DAY if day.weekday() >= 5 and chinese_calendar.is_workday(day)],
    years=YEARS,
)
REGIONAL = calendar("regional", off=[date(2025, 9, 25)], work=[], years=[2025])
PACK = tiny_pack(
    facts={"day": "day", "other": "day", "month": "number"},
    parameters={"term": Period(years=1, months=1, days=1), "thirteen": 13, "two": 2},
    calendars={"national": MADE_UP, "regional": REGIONAL},
)


def no_data(table: str, year: int) -> Failed:
    return Failed(frozenset({Failure(FailureKind.NO_DATA, table, str(year))}))


def outcome(text: str, day: date, other: date = date(2025, 1, 1), type_: str | None = None) -> Outcome:
    return Run(PACK, {"day": day, "other": other, "month": 2}, {}, {}).expression(read(PACK, text, type_))


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        # the corresponding day, or the month's last, forwards
        ("day + years(1)", date(2023, 2, 28), date(2024, 2, 28)),
        ("day + years(1)", date(2024, 2, 29), date(2025, 2, 28)),
        ("day + years(4)", date(2024, 2, 29), date(2028, 2, 29)),
        ("day + years(1)", date(2027, 2, 28), date(2028, 2, 28)),
        ("day + months(1)", date(2025, 1, 31), date(2025, 2, 28)),
        ("day + months(1)", date(2024, 1, 31), date(2024, 2, 29)),
        ("day + months(1)", date(2024, 1, 29), date(2024, 2, 29)),
        ("day + months(1)", date(2025, 3, 31), date(2025, 4, 30)),
        ("day + months(13)", date(2025, 12, 31), date(2027, 1, 31)),
        ("day + months(2)", date(2025, 12, 31), date(2026, 2, 28)),
        ("day + months(12)", date(2024, 2, 29), date(2025, 2, 28)),
        ("day + months(0)", date(2024, 2, 29), date(2024, 2, 29)),
        # and backwards
        ("day - years(1)", date(2024, 2, 29), date(2023, 2, 28)),
        ("day - years(1)", date(2025, 2, 28), date(2024, 2, 28)),
        ("day - years(4)", date(2028, 2, 29), date(2024, 2, 29)),
        ("day - months(1)", date(2025, 3, 31), date(2025, 2, 28)),
        ("day - months(1)", date(2024, 3, 30), date(2024, 2, 29)),
        ("day - months(1)", date(2025, 1, 15), date(2024, 12, 15)),
        ("day - months(13)", date(2025, 1, 31), date(2023, 12, 31)),
        ("day - months(2)", date(2025, 4, 30), date(2025, 2, 28)),
        # days one by one
        ("day + days(1)", date(2024, 2, 28), date(2024, 2, 29)),
        ("day + days(365)", date(2024, 2, 29), date(2025, 2, 28)),
        ("day - days(1)", date(2025, 3, 1), date(2025, 2, 28)),
        # years and months first, then days
        ("day + term", date(2024, 1, 31), date(2025, 3, 1)),
        ("day - term", date(2025, 3, 31), date(2024, 2, 28)),
        ("day + years(1) + months(1)", date(2024, 2, 29), date(2025, 3, 28)),
        # a day in a computed year
        ("date(year(day), 2, 29)", date(2024, 7, 1), date(2024, 2, 29)),
        ("date(year(day), 2, 29)", date(2025, 7, 1), date(2025, 2, 28)),
        ("date(year(day) + 1, 4, 31)", date(2025, 7, 1), date(2026, 4, 30)),
        ("date(year(day), two, 30)", date(2025, 7, 1), date(2025, 2, 28)),
    ],
)
def test_a_missing_day_falls_to_the_months_end(text: str, day: date, expected: date) -> None:
    assert outcome(text, day) == expected


@pytest.mark.parametrize(
    ("day", "other", "forward", "back"),
    [
        (date(2024, 2, 29), date(2023, 2, 28), False, True),
        (date(2028, 2, 29), date(2027, 2, 28), False, True),
        (date(2025, 2, 28), date(2024, 2, 29), True, True),
        (date(2025, 3, 1), date(2024, 2, 29), False, False),
        (date(2025, 6, 1), date(2024, 6, 1), True, True),
    ],
)
def test_looking_a_year_forward_and_a_year_back_differ_on_29_february(
    day: date, other: date, forward: bool, back: bool
) -> None:
    assert outcome("other + years(1) >= day", day, other) is forward
    assert outcome("other >= day - years(1)", day, other) is back


@settings(max_examples=500, derandomize=True, database=None)
@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(0, 40))
def test_an_anniversary_is_the_same_day_of_the_month_or_the_months_last(day: date, months: int) -> None:
    wide = tiny_pack(facts={"day": "day"}, horizon=(date(1980, 1, 1), date(2080, 12, 31)))
    run = Run(wide, {"day": day}, {}, {})

    for text, step in ((f"day + months({months})", months), (f"day - months({months})", -months)):
        found = run.expression(read(wide, text, "day"))
        assert isinstance(found, date)
        assert (found.year - day.year) * 12 + found.month - day.month == step
        assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("day + years(20)", date(2040, 12, 31), date(2060, 12, 31)),
        ("day + years(20) + days(1)", date(2040, 12, 31), OUT_OF_REACH),
        ("day - years(20)", date(2015, 1, 1), date(1995, 1, 1)),
        ("day - years(20) - days(1)", date(2015, 1, 1), OUT_OF_REACH),
        ("day + years(9000)", date(2025, 1, 1), OUT_OF_REACH),
        ("day - years(9000)", date(2025, 1, 1), OUT_OF_REACH),
        ("day + days(36500) + days(36500)", date(2025, 1, 1), OUT_OF_REACH),
        ("date(year(day) - 30, 12, 31)", date(2025, 1, 1), date(1995, 12, 31)),
        ("date(year(day) - 31, 12, 31)", date(2025, 1, 1), OUT_OF_REACH),
        ("date(year(day) - 3000, 1, 1)", date(2025, 1, 1), OUT_OF_REACH),
        ("date(year(day), thirteen, 1)", date(2025, 1, 1), OUT_OF_REACH),
        ("day - other", date(2040, 1, 1), 5478),
    ],
)
def test_arithmetic_reaches_twenty_years_beyond_the_horizon(text: str, day: date, expected: Outcome) -> None:
    assert outcome(text, day) == expected


def test_arithmetic_at_the_end_of_all_days_is_out_of_reach() -> None:
    pack = tiny_pack(facts={"day": "day"}, horizon=(date(1, 1, 1), date(9999, 12, 31)))

    for text, day in (("day + days(1)", date.max), ("day - days(1)", date.min), ("day + months(1)", date.max)):
        assert Run(pack, {"day": day}, {}, {}).expression(read(pack, text, "day")) == OUT_OF_REACH
    assert Run(pack, {"day": date.max}, {}, {}).expression(read(pack, "day - years(1)")) == date(9998, 12, 31)


@pytest.mark.parametrize("year", YEARS)
def test_working_days_are_those_of_the_public_calendar(year: int) -> None:
    for day in EVERY_DAY:
        if day.year == year:
            assert outcome("is_workday(day)", day) is chinese_calendar.is_workday(day)


@pytest.mark.parametrize("number", [1, 2, 5, 20])
def test_the_nth_working_day_is_that_of_the_public_calendar(number: int) -> None:
    last = date(2026, 12, 31)
    for day in EVERY_DAY:
        following = [later for n in range(1, 60) if (later := day + timedelta(days=n)) <= last]
        worked = [later for later in following if chinese_calendar.is_workday(later)]
        expected = worked[number - 1] if len(worked) >= number else no_data("national", 2027)

        assert outcome(f"workdays_after(day, {number})", day) == expected


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("workdays_after(day, 1)", date(2025, 9, 30), date(2025, 10, 9)),
        ("workdays_after(day, 1)", date(2025, 9, 27), date(2025, 9, 28)),
        ("workdays_after(day, 1, national)", date(2025, 9, 24), date(2025, 9, 25)),
        ("workdays_after(day, 1, regional)", date(2025, 9, 24), date(2025, 9, 26)),
        ("is_workday(day, regional)", date(2025, 9, 28), False),
        ("workdays_after(day, 1)", date(2024, 12, 31), date(2025, 1, 2)),
        ("workdays_after(day, 1)", date(2024, 12, 30), no_data("national", 2024)),
        ("is_workday(day, regional)", date(2026, 1, 1), no_data("regional", 2026)),
        ("workdays_after(day, 1)", date.max, no_data("national", 10000)),
    ],
)
def test_a_table_of_working_days_reaches_as_far_as_its_years(text: str, day: date, expected: Outcome) -> None:
    assert outcome(text, day) == expected
