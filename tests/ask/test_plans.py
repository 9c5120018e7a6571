"""What would have to change: the least, and from which day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from building import define, listing, rule, tiny_pack
from zhunsheng.ask.deciding.condition import Condition, condition
from zhunsheng.ask.planning.first_days import FirstDays
from zhunsheng.ask.planning.large_plans import LargePlans
from zhunsheng.ask.planning.plan_search import Search
from zhunsheng.ask.planning.plans import reach
from zhunsheng.ask.planning.procedure import carried_out
from zhunsheng.ask.planning.steps import Length, Options, Unreached, of_step, with_steps
from zhunsheng.ask.settling.spans import Looker
from zhunsheng.ask.timelines.timeline import timeline
from zhunsheng.errors import InputError
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.read import canonical_pack, load_case, load_pack, parse_case, set_fact

ROOT = Path(__file__).parents[2]
GOAL = "at_least(grade_in_force, B)"
LENGTHS = {"review": Length(30, working=False), "publicity": Length(7, working=False)}
WORKS = """
pack: urumqi-2025
facts:
  as_of: {today}
  lines:
    - name: 1号窑
      industry: 水泥
      ladder: abcd
      indicators: {{organized: A, fugitive: A, materials: A, emission_limits: A, treatment: A, monitoring: A, management: A,
        transport: C, records: A}}
  ratings:
    - {{year: 2024, grade: A, publicity_from: 2024-10-08, publicity_to: 2024-10-14, objection: none}}
  downgrades:
    - {{trigger: violation, from: A, to: D, meeting_on: {meeting}, reviewed_on: {reviewed}, published_on: {reviewed}}}
  violations: []
  refused_under_15: []
  finding: none
  application: none
  self_assessment_filed: true
  self_assessments: []
  branch_load: []
  alert: none
"""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


def downgraded(pack: Pack, today: str, meeting: str, reviewed: str) -> Case:
    return parse_case(WORKS.format(today=today, meeting=meeting, reviewed=reviewed), "works.yaml", pack)


@pytest.mark.parametrize(
    ("readings", "days", "until", "works"),
    [
        ({}, ("2026-03-02", "2026-02-02", "2026-02-09"), date(2027, 2, 9), date(2027, 3, 20)),
        ({"lockout_length": "days_365"}, ("2026-03-02", "2026-02-02", "2026-02-09"), date(2027, 2, 9), date(2027, 3, 20)),
        ({}, ("2027-06-01", "2027-03-01", "2027-03-01"), date(2028, 3, 1), date(2028, 4, 9)),
        ({"lockout_length": "days_365"}, ("2027-06-01", "2027-03-01", "2027-03-01"), date(2028, 2, 29), date(2028, 4, 8)),
    ],
)
def test_a_works_downgraded_to_d_learns_which_indicator_and_from_which_day(
    readings: dict[str, str], days: tuple[str, str, str], until: date, works: date, pack: Pack
) -> None:
    case = replace(downgraded(pack, *days), readings=readings)

    found = reach(pack, case, GOAL, lengths=LENGTHS)

    (plan,) = found.plans
    assert found.complete
    assert [(one.path, one.before, one.after) for one in plan.changes] == [("lines[1号窑].indicators.transport", "C", "B")]
    assert plan.acted is not None
    assert (plan.acted.barred_until, plan.acted.day.toordinal() - until.toordinal()) == (until, 1)
    assert plan.acted.chosen == (("application.target", "B"),)
    assert plan.works_from == works
    assert "rise-barred-by-lockout" in [step.rule for step in plan.barred_by]


def test_the_plan_carried_out_reaches_the_goal_and_none_with_fewer_changes_does(pack: Pack) -> None:
    case = downgraded(pack, "2026-03-02", "2026-02-02", "2026-02-09")
    goal = condition(with_steps(pack), GOAL)
    looker = Looker.of(goal.pack, case)

    (plan,) = reach(pack, case, GOAL, lengths=LENGTHS).plans

    assert looker.outcome(plan.facts, goal.asked) == {True}
    step = pack.steps["application"]
    for chosen in product(*[[(path, value) for value in of_step(pack, path)] for path in step.chooses]):
        with pytest.raises(Unreached):
            carried_out(looker, goal, case.facts, Options(step, chosen), None, LENGTHS, FirstDays(looker, []))
    with pytest.raises(Unreached):
        carried_out(looker, goal, case.facts, Options(None, ()), None, LENGTHS, FirstDays(looker, []))


def test_a_day_too_early_is_refused_with_the_first_that_could_be(pack: Pack) -> None:
    case = downgraded(pack, "2026-03-02", "2026-02-02", "2026-02-09")

    found = reach(pack, case, GOAL, date(2026, 10, 1), lengths=LENGTHS)

    assert (found.plans, found.could_from) == ((), date(2027, 3, 20))
    assert found.later is not None
    assert found.why is not None
    assert ("downgrades[0].reviewed_on", "2026-02-09") in found.why.facts
    assert "19(5)" in found.why.provisions


def test_a_stage_that_no_step_has_is_refused(pack: Pack) -> None:
    case = downgraded(pack, "2026-03-02", "2026-02-02", "2026-02-09")

    with pytest.raises(InputError, match="no step of the pack has a stage 'publcity'"):
        reach(pack, case, GOAL, lengths={"publcity": Length(7, working=True)})


def test_working_days_beyond_the_table_are_not_guessed(pack: Pack) -> None:
    case = downgraded(pack, "2027-06-01", "2027-03-01", "2027-03-01")

    with pytest.raises(InputError, match="write the lengths in days, as 30d"):
        reach(pack, case, GOAL, lengths={"review": Length(30, working=True), "publicity": Length(7, working=True)})


@pytest.mark.parametrize(("readings", "last"), [({}, date(2028, 3, 1)), ({"lockout_length": "days_365"}, date(2028, 2, 29))])
def test_along_time_the_bar_ends_the_day_before_the_plan_files(readings: dict[str, str], last: date, pack: Pack) -> None:
    case = replace(downgraded(pack, "2027-06-01", "2027-03-01", "2027-03-01"), readings=readings)

    found = timeline(pack, case, date(2027, 1, 1), date(2028, 12, 31))

    (bar,) = [one for one in found.windows if one.name == "bar"]
    assert bar.until.outcomes == (last,)
    assert found.rows[0].spans[-1].outcomes == ("D",)


def test_without_all_lengths_a_day_is_refused_that_even_the_shortest_would_miss(pack: Pack) -> None:
    case = downgraded(pack, "2026-03-02", "2026-02-02", "2026-02-09")

    in_time = reach(pack, case, GOAL, date(2027, 2, 13))
    too_early = reach(pack, case, GOAL, date(2027, 2, 12))

    assert [plan.works_from for plan in in_time.plans] == [None]
    assert (too_early.plans, too_early.could_from) == ((), date(2027, 2, 10))


def in_publicity_for_a(pack: Pack) -> Case:
    path = ROOT / "scenarios" / "during-publicity-the-old-grade-holds-whether-better-or-worse.yaml"
    return set_fact(load_case(path, pack), "ratings[1].grade", "A", pack)


def test_a_result_in_publicity_takes_nothing_but_waiting_for_the_day_after(pack: Pack) -> None:
    case = in_publicity_for_a(pack)

    (plan,) = reach(pack, case, "at_least(grade_in_force, A)").plans

    assert (plan.changes, plan.acted, plan.cost, plan.works_from) == ((), None, 0, date(2025, 11, 15))
    assert "18" in {step.provision for step in plan.barred_by}
    goal = condition(pack, "at_least(grade_in_force, A)")
    looker = Looker.of(goal.pack, case)
    days = [date(2025, 11, 12 + n) for n in range(4)]
    assert [looker.outcome({**case.facts, "as_of": day}, goal.asked) == {True} for day in days] == [False, False, False, True]


def test_on_the_last_day_of_publicity_it_is_told_from_when_and_what_keeps_it(pack: Pack) -> None:
    found = reach(pack, in_publicity_for_a(pack), "at_least(grade_in_force, A)", date(2025, 11, 14))

    assert found.plans == ()
    assert found.later is not None
    assert (found.later.changes, found.later.acted, found.could_from) == ((), None, date(2025, 11, 15))
    assert found.why is not None
    assert "18" in found.why.provisions


@pytest.mark.parametrize(("text", "holds"), [("at_least(grade_in_force, B)", False), ("as_of >= date(2026, 1, 1)", True)])
def test_it_is_told_whether_something_further_could_spoil_a_plan(text: str, holds: bool, pack: Pack) -> None:
    case = load_case(ROOT / "scenarios" / "a-file-that-states-every-fact-answers-every-question.yaml", pack)

    (plan,) = reach(pack, case, text, date(2026, 6, 1), open_future=True).plans

    assert plan.whatever_happens is holds


def test_a_plan_may_have_to_change_what_a_failure_was_not_seen_at() -> None:
    """That the first of two lines is bad is enough for a failure; that the second is, is too, and both have to change."""
    pack = tiny_pack(
        facts={"as_of": "day"}, collections={"lines": ("line", {"grade": "grade"})}, enumerations={"grade": "D C"},
        definitions=[define("good", "yes/no", rule("a", "all(l.grade == C for l in lines)", "True"), otherwise="False")],
    )  # fmt: skip
    lines = pack.collections["lines"]
    free = replace(lines, fields=tuple(replace(one, changed_by="enterprise") for one in lines.fields))
    pack = replace(pack, collections={"lines": free}, answers=("good",))
    pack = replace(pack, canonical=canonical_pack(pack))
    facts = {"as_of": date(2025, 1, 1), "lines": listing({"grade": "D"}, {"grade": "D"}, labels=["lines[0]", "lines[1]"])}

    found = reach(pack, Case(Text("", ""), "tiny", facts, {}, {}, None), "good")

    assert [[change.path for change in plan.changes] for plan in found.plans] == [["lines[0].grade", "lines[1].grade"]]


# -- many facts at once

NINE = re.sub(r"(ratings|downgrades):\n    - .*", r"\1: []", WORKS)
PATHS = ("organized", "fugitive", "materials", "emission_limits", "treatment", "monitoring", "management", "transport", "records")


def nine_below(pack: Pack, *at_a: str) -> Case:
    """A works all whose indicators are at B, save these."""
    case = parse_case(NINE.format(today="2026-03-02"), "works.yaml", pack)
    for name in PATHS:
        case = set_fact(case, f"lines[1号窑].indicators.{name}", "A" if name in at_a else "B", pack)
    return case


def test_nine_indicators_are_raised_together_where_no_few_of_them_are_enough(pack: Pack) -> None:
    found = reach(pack, nine_below(pack), "grade_in_force == A", date(2026, 12, 31), lengths=LENGTHS)

    (plan,) = found.plans
    assert {(one.path, one.before, one.after) for one in plan.changes} == {
        (f"lines[1号窑].indicators.{name}", "B", "A") for name in PATHS
    }
    assert plan.acted is not None
    assert (plan.acted.day, plan.works_from) == (date(2026, 3, 2), date(2026, 4, 9))
    assert (plan.cost, found.large, found.none_needless, found.complete) == (10, True, True, False)


def test_what_is_not_needed_of_many_changes_is_taken_back(pack: Pack) -> None:
    case = nine_below(pack, *PATHS[3:])
    without = set_fact(case, "lines[1号窑].indicators.organized", "n/a", pack)

    (plan,) = LargePlans(Search(pack, *_asked(pack, without))).least(5)

    assert [one.path.rpartition(".")[2] for one in plan.changes] == ["fugitive", "materials"]
    assert plan.cost == 3


def test_where_the_tries_end_before_all_is_taken_back_that_is_known(pack: Pack) -> None:
    many = LargePlans(Search(pack, *_asked(pack, nine_below(pack))), left=20)

    found = many.least(5)

    assert many.left == 0
    assert all(len(plan.changes) >= 9 for plan in found)


def _asked(pack: Pack, case: Case) -> tuple[Case, Condition, date, dict[str, int], dict[str, Length], str]:
    return case, condition(with_steps(pack), "grade_in_force == A", "--reach"), date(2026, 12, 31), {}, LENGTHS, "enterprise"


def test_few_changes_are_never_called_many(pack: Pack) -> None:
    found = reach(pack, nine_below(pack, *PATHS[1:]), "grade_in_force == A", date(2026, 12, 31), lengths=LENGTHS)

    assert found.plans
    assert not found.large
