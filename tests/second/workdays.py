"""Working days, from the pack's table of days off (data, not a rule)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml

from second.reading import Case

TABLES = Path(__file__).parents[2] / "policy" / "urumqi-2025" / "calendar"
ONE_DAY = timedelta(days=1)


class NoData(Exception):
    """The table does not know the year."""


@cache
def table(name: str) -> dict[int, tuple[frozenset[date], frozenset[date]]]:
    """Year -> (days off on weekdays, weekend days worked)."""
    text = (TABLES / f"{name}.yaml").read_text("utf-8")
    written = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - makes only text, and does not read `off` as false
    own = {int(one["year"]): (_days(one["off"]), _days(one["work"])) for one in written["years"]}
    if "extends" not in written:
        return own
    under = table(written["extends"])
    return {year: (under[year][0] | off, under[year][1] | work) for year, (off, work) in own.items()}


def _days(written: list[str]) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, written))


def works(day: date, c: Case) -> bool:
    known = table(c.readings["calendar"])
    if day.year not in known:
        raise NoData(day.year)
    off, worked = known[day.year]
    return day in worked or (day.weekday() < 5 and day not in off)


def first_working(day: date, c: Case) -> date:
    """The day itself if it is worked, else the next that is."""
    while not works(day, c):
        day += ONE_DAY
    return day


def within(start: date, n: int, c: Case) -> date:
    """The last of n working days from the start, the start itself counted or not as `count_start_day` says."""
    day = start - ONE_DAY if c.reads("count_start_day", "included") else start
    for _ in range(n):
        day = first_working(day + ONE_DAY, c)
    return day
