"""Article 16: who decides, what is publicised beforehand, and the working days of the branch."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from second import applying, history
from second.ladders import is_upper, rungs
from second.reading import Case, stated
from second.workdays import NoData, within, working_neighbour

FLEXIBLE = "flexible"
BUSY = 4
"""16(1): "累计超过4个" - four are not over four."""


def route(c: Case) -> str | None:
    filed = c.application()
    if filed is None:
        return None
    return "region" if is_upper(filed["target"]) else "city"


def pre_publicity(c: Case) -> bool:
    """16(3): C is put up beforehand, whether or not it is the lowest; D and non-leading go straight to the meeting."""
    filed = c.application()
    return filed is not None and filed["target"] == "C"


def new_c_above_lowest(c: Case) -> bool:
    """16(2): "新申请非最低级C级企业"."""
    return pre_publicity(c) and "D" in rungs(applying.concerned(c)) and applying.held_when_filing(c) != "C"


def branch_busy(c: Case) -> bool:
    received: Counter[date] = Counter()
    for one in c.many("branch_load"):
        received[stated(one["day"])] += one["received"]
    day = applying.filing_day(c)
    if c.reads("busy_days", "working"):
        pair = (working_neighbour(day, -1, c), working_neighbour(day, 1, c))
    else:
        pair = (day - timedelta(days=1), day + timedelta(days=1))
    return any(received[day] + received[other] > BUSY for other in pair)


def deadlines(c: Case) -> tuple[date | str | None, date | str | None, date | str | None]:
    """Review, site check and report: two, five and two working days, one after the other."""
    filed = c.application()
    if filed is None or not is_upper(filed["target"]):
        return None, None, None
    try:
        if branch_busy(c):
            return FLEXIBLE, FLEXIBLE, FLEXIBLE
    except NoData:
        return "no_data", "no_data", "no_data"
    found: list[date | str] = []
    day = applying.filing_day(c)
    for n in (2, 5, 2):
        try:
            day = within(day, n, c)
            found.append(day)
        except NoData:
            found.append("no_data")
    return found[0], found[1], found[2]


def downgrade_route(c: Case, required: bool) -> str | None:
    """Article 20."""
    if not required:
        return None
    return "region" if is_upper(history.grade_on(c, c.day())) else "city"
