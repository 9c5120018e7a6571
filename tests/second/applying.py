"""Articles 15 and 19(5): who may apply for what on the day of filing."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from second import history
from second.ladders import UNGRADED, attained, below, height, is_upper, lowest_of, rungs
from second.reading import Case, Facts, day_of, get, names_line, stated
from second.workdays import NoData, first_working

ONE_DAY = timedelta(days=1)
IN_FORCE = date(2025, 3, 6)
NAMED = {"unapproved_construction", "over_permit_concentration", "over_permit_amount", "monitoring_absent"}
"""Article 15: 未批先建; 超过许可排放浓度、许可排放量; 未安装、使用大气污染物自动监测设备."""


def years_on(day: date, years: int) -> date:
    """The corresponding day of another year; where there is none, the last of the month (Civil Code 202)."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def filing_day(c: Case) -> date:
    filed = c.application()
    return stated(filed["filed_on"]) if filed else c.day()


# -- article 15


def barred_from_upper_tier(c: Case) -> bool:
    day = filing_day(c)
    return hit_under_15(c, day) or _year_already_lost(c, day)


def hit_under_15(c: Case, day: date) -> bool:
    """Whether an offence of article 15 lies in the year before the day."""
    return any(_hits(v, day, c) for v in c.many("violations"))


def _hits(v: Facts, day: date, c: Case) -> bool:
    if not _is_meant(v, day, c):
        return False
    seen = _seen(v, c)
    if seen is None:
        return False
    first, last = seen
    if c.reads("art15_year", "one_year"):
        return first < day <= years_on(last, 1)  # "申报日前": never the day of filing itself
    far = years_on(day, -1)
    if c.reads("art15_window", "far_end_out"):
        far += ONE_DAY
    return first <= day - ONE_DAY and last >= far


def _is_meant(v: Facts, day: date, c: Case) -> bool:
    """As to "…等环境违法行为，或构成犯罪的": a crime needs the judgment that it is one."""
    kind = v["kind"]
    if kind == "crime":
        judged = judgment(v)
        return judged is not None and judged < day
    wide = {"listed": set(), "similar": {"similar"}, "any": {"similar", "other"}}[c.readings["art15_other"]]
    if kind not in NAMED and kind not in wide:
        return False
    penalised = get(v, "penalised_on")
    return c.reads("art15_penalty_required", "not_required") or (penalised is not None and penalised < day)


def judgment(v: Facts) -> date | None:
    return day_of(v, "judged_on") or day_of(v, "penalised_on")


def _seen(v: Facts, c: Case) -> tuple[date, date] | None:
    """The days on which the offence "存在". A crime is there when it is judged to be one."""
    match c.readings["art15_event"]:
        case "found":
            on = stated(v["found_on"])
        case "penalised":
            on = judgment(v) if v["kind"] == "crime" else get(v, "penalised_on")
        case _ if v["kind"] == "crime":
            on = judgment(v)
        case _:
            return stated(v["from"]), stated(v["to"])
    return (on, on) if on else None


def _year_already_lost(c: Case, day: date) -> bool:
    """As to "当年不得申报": once an application has failed on this ground, the calendar year is gone."""
    if not c.reads("art15_year", "calendar_year"):
        return False
    which = "filed_on" if c.reads("art15_bar_from", "filing") else "refused_on"
    others = [one for one in c.many("refused_under_15") if stated(one["filed_on"]) < day]  # not by its own refusal
    return any(stated(one[which]).year == day.year and stated(one[which]) <= day for one in others)


# -- article 19(5), last clause


def bar(d: Facts, c: Case) -> tuple[date, date] | None:
    """First and last day on which the downgrade keeps the enterprise from applying for a rise, no day rolled on."""
    if not _brings_bar(d, c):
        return None
    start = _bar_start(d, c)
    if start is None or start < IN_FORCE:
        return None
    return start, _bar_end(start, c)


def _brings_bar(d: Facts, c: Case) -> bool:
    scope = {"item5": {"violation"}, "items_1_2_5": {"false_materials", "bribery", "violation"}}
    meant = scope.get(c.readings["lockout_scope"])
    if meant is not None and d["trigger"] not in meant:
        return False
    if history.lowers(d, c):
        return True
    return c.reads("lockout_if_lowest", "bar") and d["trigger"] == "violation"


def _bar_start(d: Facts, c: Case) -> date | None:
    match c.readings["lockout_start"]:
        case "meeting":
            return day_of(d, "meeting_on")
        case "region_review":
            return history.region_or_meeting(d)
        case "published":
            return day_of(d, "published_on")
        case _:
            return history.takes_effect(d, c)


def _bar_end(start: date, c: Case) -> date:
    match c.readings["lockout_length"]:
        case "days_365":
            end = start + timedelta(days=365)
        case "year_end":
            end = date(start.year + 1, 12, 31)
        case _:
            end = years_on(start, 1)
    return end


def _rolled(end: date, c: Case) -> date:
    """Civil Code 203, where the reading lets it apply: a last day off gives way to the next that is worked."""
    return first_working(end, c) if c.reads("roll_ban_end", "roll") else end


def _reaches(d: Facts, c: Case) -> bool:
    """Whether the bar of this downgrade reaches what is applied for."""
    filed = c.application()
    applied, fell = names_line(filed) if filed else None, names_line(d)
    if c.reads("lockout_unit", "enterprise") or applied is None or fell is None:
        return True
    industry = {line["name"]: line["industry"] for line in c.lines()}
    return bool(industry[applied] == industry[fell])


def locked_out(c: Case) -> bool | str:
    day = filing_day(c)
    bars = [bar(d, c) for d in c.many("downgrades") if _reaches(d, c)]
    begun = [span for span in bars if span and span[0] <= day]
    if any(day <= end for _, end in begun):
        return True
    try:
        return any(day <= _rolled(end, c) for _, end in begun)
    except NoData:
        return "no_data"


def locked_out_until(c: Case) -> date | str | None:
    bars = [bar(d, c) for d in c.many("downgrades") if _reaches(d, c)]
    try:
        return max((_rolled(span[1], c) for span in bars if span), default=None)
    except NoData:
        return "no_data"


# -- together


def concerned(c: Case) -> list[Facts]:
    """The lines that the application is about; all of them where it names none."""
    filed = c.application()
    named = names_line(filed) if filed else None
    return [line for line in c.lines() if named in (None, line["name"])]


def held_when_filing(c: Case) -> str:
    filed = c.application()
    named = names_line(filed) if filed else None
    if named is None:
        return history.grade_on(c, filing_day(c))
    return history.held_by_line(c, next(line for line in c.lines() if line["name"] == named), filing_day(c))


def would_rise(grade: str, c: Case) -> bool:
    """A rise ("升级") is above the grade held on the day of filing. A first rating rises from nothing."""
    held = held_when_filing(c)
    return held not in (UNGRADED, "gap") and below(held, grade, c)


def may_apply_for(grade: str, c: Case) -> bool | str:
    if grade not in rungs(concerned(c)):
        return False
    if is_upper(grade) and barred_from_upper_tier(c):
        return False
    locked = locked_out(c)
    if locked is False:
        return True
    if held_when_filing(c) == "gap":
        return "gap"
    if not would_rise(grade, c):
        return True
    return locked if isinstance(locked, str) else False


def assessed(c: Case) -> str | None:
    """What the application comes to on its merits: no more than it asks, no more than the short board gives."""
    filed = c.application()
    reached = attained(concerned(c), c)
    if filed is None or reached is None:
        return None
    merits = reached if below(reached, filed["target"], c) else filed["target"]
    if c.reads("art15_recheck_at_grading", "rechecked") and is_upper(merits) and hit_under_15(c, c.day()):
        return lowest_of((g for g in rungs(concerned(c)) if height(g, c) == _best_lower(c)), c)
    return merits


def _best_lower(c: Case) -> int:
    return max(height(g, c) for g in rungs(concerned(c)) if not is_upper(g))
