"""Calendar arithmetic, with `datetime`. None stands for a day, or a table's year, that is out of reach.

Civil Code 202: a period of years or months ends on the corresponding day, or the month's last where it lacks that day.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

from zhunsheng.lang.pack import Calendar
from zhunsheng.lang.types import Period

SLACK = Period(years=20)
ONE_DAY = timedelta(days=1)
SATURDAY = 5


def day_of(year: int, month: int, number: int) -> date | None:
    """That day, or the month's last if the month lacks it. None if there is no such year or month."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and number >= 1):
        return None
    return date(year, month, min(number, monthrange(year, month)[1]))


def moved(day: date, period: Period, sign: int) -> date | None:
    """`day` plus (`sign` 1) or minus (-1) a period: first its years and months, then its days."""
    months = 12 * day.year + day.month - 1 + sign * (12 * period.years + period.months)
    anniversary = day_of(months // 12, months % 12 + 1, day.day)
    if anniversary is None:
        return None
    try:
        return anniversary + timedelta(days=sign * period.days)
    except OverflowError:
        return None


class Reach:
    """The days that arithmetic may come to: the pack's horizon and twenty years on either side."""

    def __init__(self, horizon: tuple[date, date]) -> None:
        self.first = moved(horizon[0], SLACK, -1) or date.min
        self.last = moved(horizon[1], SLACK, 1) or date.max

    def within(self, day: date | None) -> date | None:
        return day if day is not None and self.first <= day <= self.last else None


def is_workday(calendar: Calendar, day: date) -> bool | None:
    """Whether the table has `day` as a working day. None: the table lacks the year."""
    table = calendar.years.get(day.year)
    if table is None:
        return None
    return day in table.work or (day.weekday() < SATURDAY and day not in table.off)


def workdays_after(calendar: Calendar, day: date, number: int) -> date | int:
    """The `number`-th working day after `day`, or the first year on the way that the table lacks."""
    while number > 0:
        if day == date.max:
            return MAXYEAR + 1
        day += ONE_DAY
        worked = is_workday(calendar, day)
        if worked is None:
            return day.year
        number -= worked
    return day
