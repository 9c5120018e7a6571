"""The second encoding: every answer it gives of a complete case, under one option of each reading.

An answer is the set of outcomes that the law allows; one that is missing is one on which the text leaves us undecided.
A day that the calendar does not reach is `no_data`; what article 18 names and nobody can find is `gap`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from second import applying, downgrading, history, ladders, measures, procedure
from second.reading import Case

Outcome = str | bool | date | None
Answers = dict[str, frozenset[Outcome]]

GRADES = ("A", "B", "B-", "C", "D", "leading", "non-leading")


def answers(c: Case) -> Answers:
    """Answer -> its outcomes. Of `None`: the answer is that there is none."""
    found: dict[str, Outcome] = {
        **_levels(c),
        **_applying(c),
        **_procedure(c),
        "grade_in_force": history.grade_on(c, c.day()),
        "result_basis": history.result_basis(c) or "undecided",
        **{f"measures[{line['name']}]": measures.measure(line, c) or "undecided" for line in c.lines()},
    }
    sets = {name: frozenset({outcome}) for name, outcome in found.items() if outcome != "undecided"}
    return {**sets, **_downgrade(c)}


def _levels(c: Case) -> Mapping[str, Outcome]:
    overall = ladders.attained(c.lines(), c)
    of_lines = {f"lines[{line['name']}].level": ladders.line_level(line, c) or "undecided" for line in c.lines()}
    return {**of_lines, "attained": overall or "undecided"}


def _applying(c: Case) -> Mapping[str, Outcome]:
    filed = c.application()
    found: dict[str, Outcome] = {f"may_apply_for[{grade}]": applying.may_apply_for(grade, c) for grade in GRADES}
    found["barred_from_upper_tier"] = applying.barred_from_upper_tier(c)
    found["locked_out"] = applying.locked_out(c)
    found["locked_out_until"] = applying.locked_out_until(c)
    if filed is not None:
        found["may_apply"] = found[f"may_apply_for[{filed['target']}]"]
        found["assessed"] = applying.assessed(c) or "undecided"
    return found


def _procedure(c: Case) -> Mapping[str, Outcome]:
    review, site, report = procedure.deadlines(c)
    return {
        "route": procedure.route(c),
        "pre_publicity": procedure.pre_publicity(c),
        "review_due": review,
        "site_check_due": site,
        "report_due": report,
    }


def _downgrade(c: Case) -> Answers:
    lawful = downgrading.lawful_results(c)
    return {
        "downgrade_to": frozenset(one.to for one in lawful),
        "downgrade_required": frozenset(bool(one.from_) for one in lawful),
        "downgrade_route": frozenset(procedure.downgrade_route(one.from_) for one in lawful),
    }
