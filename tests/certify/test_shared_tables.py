"""What one certificate had worked out is charged to the next that needs it: none is checked longer than it may be alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhunsheng.certify import kernel, tables
from zhunsheng.read import load_pack

GARDEN = load_pack(Path(__file__).parents[1] / "packs" / "garden").canonical.encode()
LAW = load_pack(Path(__file__).parents[2] / "policy" / "urumqi-2025").canonical.encode()
YEARS = ("year",)


def anew() -> tuple[kernel.Pack, tuple[int, int]]:
    pack = kernel.Pack(GARDEN)
    return pack, (pack.reach[0] or 1, pack.reach[1] or 1)


def test_a_table_made_before_is_the_same_table_and_costs_as_much() -> None:
    tables.MADE.clear()
    (first, days), (second, _) = anew(), anew()

    made = tables.known_table(first, days, YEARS)
    met = tables.known_table(second, days, YEARS)

    assert met is made
    assert second.steps == first.steps > 365


def test_what_would_take_too_long_alone_does_so_after_another() -> None:
    (first, days), (second, _) = anew(), anew()
    tables.known_table(first, days, YEARS)
    second.steps = kernel.STEPS - 10

    with pytest.raises(kernel.Refused, match="checking it would take too long"):
        tables.known_table(second, days, YEARS)


@pytest.mark.parametrize("days", [(738_000, 741_000), (739_617, 740_000), (1, 400), (739_252, 739_252)])
def test_a_table_of_working_days_is_as_day_by_day_also_where_the_years_are_not_known(days: tuple[int, int]) -> None:
    pack = kernel.Pack(LAW)
    for calendar in pack.calendars:
        for number in (-1, 0, 1, 15):
            made = tables.table(pack, days, "workdays_after", number, calendar)
            plain = tables.runs(pack, *days, lambda day, n=number, c=calendar: kernel.workdays_after(pack, c, day, n), True)
            assert tables.told_by_bits(pack, made, days) == tables.told_by_bits(pack, plain, days), (calendar, number)
        made = tables.table(pack, days, "is_workday", calendar)
        plain = tables.runs(pack, *days, lambda day, c=calendar: kernel.workday(pack, c, day), False)
        assert tables.told_by_bits(pack, made, days) == tables.told_by_bits(pack, plain, days), calendar


@pytest.mark.parametrize("by", [0, 1, -1, 400, -400, 40_000, 10**9])
def test_a_table_of_days_moved_by_days_is_as_day_by_day(by: int) -> None:
    pack, reach = kernel.Pack(LAW), (kernel.Pack(LAW).reach[0] or 1, kernel.Pack(LAW).reach[1] or 1)

    def reached(day: int) -> int | None:
        return day + by if reach[0] <= day + by <= reach[1] else None

    for days in (reach, (reach[0] + 100, reach[1] - 200)):
        made, plain = tables.table(pack, days, "shift", (0, 0, by)), tables.runs(pack, *days, reached, True)
        assert tables.told_by_bits(pack, made, days) == tables.told_by_bits(pack, plain, days), days
        assert tables.rises(made, True) == tables.rises(plain, True)


def test_the_tables_kept_are_few() -> None:
    pack, (least, _) = anew()

    for last in range(250):
        tables.known_table(pack, (least, least + last), YEARS)

    assert len(tables.MADE) <= 100


def test_rules_that_forget_have_nothing_worked_out() -> None:
    pack, untouched = kernel.Pack(GARDEN), kernel.Pack(GARDEN)
    for name in pack.definitions:
        pack.definition(name)
    pack.kept["something"] = True

    pack.forget()

    assert vars(pack) == vars(untouched)
