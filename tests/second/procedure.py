"""Article 16: who decides, what is publicised beforehand, and the working days of the branch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from second import applying
from second.ladders import is_upper, rungs
from second.reading import Case, stated
from second.workdays import NoData, first_working, within

FLEXIBLE = "flexible"
BUSY = 4
"""16(1): "累计超过4个" - four are not over four."""


def route(c: Case) -> str | None:
    """18: the region's results are A, B (with B-) and leading. What is applied for but not met goes to the city (B9)."""
    merits = applying.assessed(c)
    if merits is None:
        return None
    return "region" if is_upper(merits) else "city"


def pre_publicity(c: Case) -> bool:
    """16(3): "评审通过的申报绩效分级C级的企业", lowest rung or not; D and non-leading go straight to the meeting."""
    merits = applying.assessed(c)
    return merits is not None and merits.startswith("C")


def new_c_above_lowest(c: Case) -> bool:
    """16(2): "新申请非最低级C级企业"."""
    return pre_publicity(c) and "D" in rungs(applying.concerned(c)) and applying.held_when_filing(c) != "C"


def branch_busy(c: Case) -> bool:
    received: Counter[date] = Counter()
    for one in c.many("branch_load"):
        received[stated(one["day"])] += one["received"]
    day = applying.filing_day(c)
    if day not in received:
        received[day] = 1  # the application itself, where nobody has counted
    if received[day] > BUSY:
        return True
    enough = [other for other, n in received.items() if n + received.get(day, 0) > BUSY]
    return any(_follow(day, other, c) for other in enough)


def _follow(day: date, other: date, c: Case) -> bool:
    """Whether one of the days comes right after the other."""
    if day == other:
        return False
    first, last = sorted((day, other))
    if c.reads("busy_days", "calendar"):
        return last - first == timedelta(days=1)
    return (last - first).days < 12 and first_working(first + timedelta(days=1), c) == last


def deadlines(c: Case) -> tuple[date | str | None, date | str | None, date | str | None]:
    """Review, site check and report: two, five and two working days, one after the other."""
    filed = c.application()
    if filed is None or not is_upper(filed["target"]) or not filed["complete"]:
        return None, None, None  # 16(1): "不符合要求的退回补充完善", and time runs from the complete file
    try:
        if branch_busy(c):
            return FLEXIBLE, FLEXIBLE, FLEXIBLE
    except NoData:
        return "no_data", "no_data", "no_data"
    review = _after(applying.filing_day(c), 2, c)
    site = _after(review, 5, c)
    return review, site, _after(site, 2, c)


def _after(start: date | str, n: int, c: Case) -> date | str:
    try:
        return within(start, n, c) if isinstance(start, date) else start
    except NoData:
        return "no_data"


def downgrade_route(held: Iterable[str]) -> str | None:
    """Article 20, by the grades from which the findings lower: "对A级、B（含B-）级和引领性企业的降级"."""
    lowered = list(held)
    if not lowered:
        return None
    return "region" if any(is_upper(grade) for grade in lowered) else "city"
