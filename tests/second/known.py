"""Where the two encodings are known to differ, and why: each entry is a dispute about the text, kept in the open.

An entry explains a difference only where its own condition holds of the case, and a test holds each to a case in which
the difference is still there: once the pack or the second encoding gives way, the entry must go.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from second import applying, downgrading, history
from second.comparing import Difference
from second.ladders import LADDERS, below
from second.reading import Case, Facts, get, stated
from second.workdays import NoData, works

DOWNGRADE = ("downgrade_to", "downgrade_required", "downgrade_route")
ELIGIBLE = ("may_apply", "may_apply_for", "barred_from_upper_tier")


@dataclass(frozen=True)
class Known:
    name: str
    answers: tuple[str, ...]
    holds: Callable[[Case], bool]
    why: str
    only: tuple[str, ...] = ()
    """Where given: explains only that the second encoding, or the pack, says just one of these."""

    def explains(self, c: Case, found: Difference) -> bool:
        said = {*found.ours, *found.theirs}
        meant = not self.only or any(word in said for word in self.only)
        return meant and found.answer.split("[")[0] in self.answers and self.holds(c)


def live(c: Case, trigger: str) -> list[Facts]:
    return [f for f in c.many("finding") if f["trigger"] == trigger and downgrading.after_grading(f, c)]


def _request_that_cannot_apply(c: Case) -> bool:
    return any(_cannot_apply(f, c) for f in live(c, "superior_request"))


def _cannot_apply(f: Facts, c: Case) -> bool:
    named = get(f, "requested_grade")
    on_ladder = any(named in LADDERS[line["ladder"]] for line in downgrading.concerned(f, c))
    return named is not None and not (on_ladder and below(named, downgrading.held_by(f, c), c))


def _rechecked(c: Case) -> bool:
    return c.reads("art15_recheck_at_grading", "rechecked") and applying.hit_under_15(c, c.day())


def _received_on_a_day_off(c: Case) -> bool:
    """Or on one that the calendar does not reach, where only the day's own number tells."""
    try:
        return not all(works(stated(one["day"]), c) for one in c.many("branch_load")) or not works(applying.filing_day(c), c)
    except NoData:
        return True


def _bar_rolled_off_the_calendar(c: Case) -> bool:
    return c.reads("roll_ban_end", "roll") and applying.locked_out(c) == "no_data"


def _left_at_a_tie(c: Case) -> bool:
    return c.reads("item5_discretion", "whether_and_how_far") and "=" in history.grade_on(c, c.day())


def _checked_by_one_step(c: Case) -> bool:
    return c.reads("shortboard", "one_step") and any(get(f, "attained") for f in live(c, "recheck_shortfall"))


def _limit_beyond_the_calendar(c: Case) -> bool:
    return applying.filing_day(c).month == 12


KNOWN = (
    Known(
        "a request that cannot apply",
        DOWNGRADE,
        _request_that_cannot_apply,
        "19(3): the analysis proposes the nearest lawful grade, the pack lets the bureau choose any.",
    ),
    Known(
        "re-checked at grading",
        (*ELIGIBLE, "assessed", "route", "pre_publicity"),
        _rechecked,
        "15: the option says that no upper-tier grade is given; the pack says that none may be applied for.",
    ),
    Known(
        "a grade left as it is at a tie",
        ("downgrade_to",),
        _left_at_a_tie,
        "19(5), where whether to lower is open: the pack names the grade left by its letter, as no tie can be chosen.",
    ),
    Known(
        "a check that states a level, where one step down is all",
        DOWNGRADE,
        _checked_by_one_step,
        "19(4): the pack takes the level that the check states for what the short-board principle comes to.",
    ),
    Known(
        "busy days at the end of the calendar",
        ("review_due", "site_check_due", "report_due"),
        _limit_beyond_the_calendar,
        "16(1): that there is no fixed day could be said although the calendar does not reach the day there would be.",
        only=("no_data",),
    ),
    Known(
        "filings on a day off",
        ("review_due", "site_check_due", "report_due"),
        _received_on_a_day_off,
        "16(1): 连续两日累计超过4个. What is received on a day off is in no pair of working days of the pack.",
        only=("flexible",),
    ),
    Known(
        "a bar that ends on a day off beyond the calendar",
        ("may_apply", "may_apply_for"),
        _bar_rolled_off_the_calendar,
        "15 bars the grade already, so the year of 19(5) need not be known; the pack gives no answer.",
        only=("no_data",),
    ),
)


def unexplained(c: Case, found: list[Difference]) -> list[Difference]:
    return [one for one in found if not any(known.explains(c, one) for known in KNOWN)]
