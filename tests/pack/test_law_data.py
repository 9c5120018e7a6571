"""Data of the pack that can be checked by counting: the catalogue, working days, and the answers every case can be asked for."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import chinese_calendar
import pytest

from zhunsheng.evaluate import Run
from zhunsheng.evaluate.days import is_workday, workdays_after
from zhunsheng.lang.outcome import Outcome
from zhunsheng.lang.pack import Calendar, CalendarYear, Pack
from zhunsheng.lang.types import Text
from zhunsheng.read import load_pack, parse_case

ROOT = Path(__file__).parents[2]
CASE = """
pack: urumqi-2025
facts:
  as_of: {filed}
  lines:
    - {{name: 窑, industry: 水泥, ladder: abcd, indicators: {{organized: A, fugitive: A, materials: A, emission_limits: A,
       treatment: A, monitoring: A, management: A, transport: A, records: A}}}}
  application: {{filed_on: {filed}, target: A, complete: true}}
  branch_load: []
"""

CHAIN = [
    # receipt, review, site check, report
    (date(2025, 3, 10), date(2025, 3, 12), date(2025, 3, 19), date(2025, 3, 21)),
    (date(2025, 4, 24), date(2025, 4, 27), date(2025, 5, 7), date(2025, 5, 9)),
    (date(2025, 9, 24), date(2025, 9, 26), date(2025, 10, 10), date(2025, 10, 13)),
    (date(2025, 9, 26), date(2025, 9, 29), date(2025, 10, 13), date(2025, 10, 15)),
    (date(2025, 12, 30), date(2026, 1, 4), date(2026, 1, 9), date(2026, 1, 13)),
    (date(2026, 2, 12), date(2026, 2, 14), date(2026, 2, 28), date(2026, 3, 3)),
    (date(2026, 9, 18), date(2026, 9, 21), date(2026, 9, 29), date(2026, 10, 8)),
]
"""Article 16(1), 2 + 5 + 2 working days, the starting day not counted. Worked out outside this project (analysis §6.4)."""

PUBLICITY = [
    # first day, working days, last day with the first not counted, and counted
    (date(2024, 12, 18), 7, date(2024, 12, 27), date(2024, 12, 26)),
    (date(2022, 3, 17), 5, date(2022, 3, 24), date(2022, 3, 23)),
    (date(2025, 9, 28), 5, date(2025, 10, 11), date(2025, 10, 10)),
    (date(2026, 2, 13), 7, date(2026, 3, 2), date(2026, 2, 28)),
]
"""Lengths of publicity met elsewhere (analysis §6.4). The first two years are not in the pack's table: see `table_by_others`."""

ANSWERS = [
    "line.level", "attained", "barred_from_upper_tier", "locked_out", "locked_out_until", "may_apply", "may_apply_for",
    "assessed", "grade_in_force", "result_basis", "route", "pre_publicity", "downgrade_required", "downgrade_to", "review_due",
    "site_check_due", "report_due", "measures",
]  # fmt: skip
"""What every case can be asked for, besides duties."""


@cache
def pack() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


def national() -> Calendar:
    return pack().calendars["national"]


def days_of(year: int) -> list[date]:
    return [day for n in range(366) if (day := date(year, 1, 1) + timedelta(days=n)).year == year]


def table_by_others(year: int) -> Calendar:
    """The year's working days as the package chinesecalendar has them."""
    off = frozenset(day for day in days_of(year) if day.weekday() < 5 and chinese_calendar.is_holiday(day))
    work = frozenset(day for day in days_of(year) if day.weekday() >= 5 and chinese_calendar.is_workday(day))
    source = Text("chinesecalendar", "chinesecalendar")
    return Calendar("others", source, {year: CalendarYear(year, off, work, source)})


def due(filed: date, answer: str, readings: dict[str, str]) -> Outcome:
    """What the reference meaning gives for an application received on that day."""
    case = parse_case(CASE.format(filed=filed), "case.yaml", pack())
    defaults = {name: spec.default for name, spec in pack().readings.items() if spec.default is not None}
    fixed = {**defaults, "cross_ladder": "lead_a_non_c", **readings}
    return Run(pack(), case.facts, fixed, {}).definition(answer)


def test_the_catalogue_has_the_39_national_industries_and_3_of_the_region() -> None:
    values = pack().enumerations["industry"].values
    assert len(values) == 42
    assert len({value.title.zh for value in values}) == 42


@pytest.mark.parametrize(("receipt", "review", "site", "report"), CHAIN)
def test_each_step_of_the_branch_ends_on_the_working_day_worked_out_elsewhere(
    receipt: date, review: date, site: date, report: date
) -> None:
    assert workdays_after(national(), receipt, 2) == review
    assert workdays_after(national(), review, 5) == site
    assert workdays_after(national(), site, 2) == report
    assert [due(receipt, name, {}) for name in ("review_due", "site_check_due", "report_due")] == [review, site, report]


def test_counting_the_starting_day_brings_each_step_a_working_day_forward() -> None:
    included = {"count_start_day": "included"}
    assert [due(date(2025, 3, 10), name, included) for name in ("review_due", "site_check_due", "report_due")] == [
        date(2025, 3, 11), date(2025, 3, 17), date(2025, 3, 18),
    ]  # fmt: skip


@pytest.mark.parametrize(("first", "days", "excluded", "included"), PUBLICITY)
def test_a_publicity_of_so_many_working_days_ends_on_the_day_worked_out_elsewhere(
    first: date, days: int, excluded: date, included: date
) -> None:
    calendar = national() if first.year in national().years else table_by_others(first.year)
    assert workdays_after(calendar, first, days) == excluded
    assert workdays_after(calendar, first - timedelta(days=1), days) == included


@pytest.mark.parametrize("first", [date(2022, 3, 17), date(2024, 12, 18), date(2026, 12, 31)])
def test_a_year_that_the_table_does_not_hold_is_not_guessed(first: date) -> None:
    assert workdays_after(national(), first, 5) == (first + timedelta(days=1)).year


def test_the_national_table_agrees_with_a_table_made_by_others_on_every_day() -> None:
    assert sorted(national().years) == [2025, 2026]
    for year, table in national().years.items():
        others = table_by_others(year).years[year]
        assert (table.off, table.work) == (others.off, others.work)
        assert sum(is_workday(national(), day) is True for day in days_of(year)) == 248


def test_every_answer_promised_exists_and_is_asked() -> None:
    assert [name for name in ANSWERS if name not in pack().answers] == []
    assert [name for name in (*pack().answers, "grade_on") if name not in pack().definitions] == []
    assert pack().duties
