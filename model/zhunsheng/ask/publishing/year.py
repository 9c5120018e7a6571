"""The days of the year on which duties fall due whatever the case: worked out by the reference meaning, year by year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhunsheng.evaluate import Run
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.pack import Pack


@dataclass(frozen=True)
class Yearly:
    """A duty that falls due on the same day of every year looked at."""

    duty: str
    month: int
    day: int


def yearly(pack: Pack) -> tuple[Yearly, ...]:
    """In the order of the year. Looked at are the years of the pack's calendars, or else that in which it came into force."""
    years = sorted({year for table in pack.calendars.values() for year in table.years}) or [pack.in_force[0].year]
    found = [Yearly(name, *days.pop()) for name, by in _fixed(pack) if len(days := _days(pack, by, years)) == 1]
    return tuple(sorted(found, key=lambda one: (one.month, one.day)))


def _fixed(pack: Pack) -> list[tuple[str, Expr]]:
    """Duties whose day turns on the day of the question alone, with the expression for it."""
    cones, fixed = Cones(pack), list[tuple[str, Expr]]()
    for name, duty in pack.duties.items():
        if duty.by is None:
            continue
        cone = cones.exprs([duty.by])
        settled = all(pack.readings[one].default is not None for one in cone.readings)
        if settled and cone.facts <= {pack.as_of} and not (cone.collections or cone.choices):
            fixed.append((name, duty.by))
    return fixed


def _days(pack: Pack, by: Expr, years: list[int]) -> set[tuple[int, int]]:
    """Its days in these years; more than one where it moves with the day of the question."""
    readings = {name: spec.default for name, spec in pack.readings.items() if spec.default is not None}
    found: set[tuple[int, int]] = set()
    for year in years:
        for today in (date(year, 1, 1), date(year, 7, 1), date(year, 12, 31)):
            outcome = Run(pack, {pack.as_of: today}, readings, {}).expression(by)
            found.add((outcome.month, outcome.day) if isinstance(outcome, date) else (0, today.month))
    return found
