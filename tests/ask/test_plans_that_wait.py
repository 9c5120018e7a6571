"""Plans on small laws in which time passes, held to every plan there is, carried out day by day."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

import pytest

from waiting_laws import LENGTHS, Tried, case_of, every_plan, goal_of, law
from zhunsheng.ask.deciding.condition import condition
from zhunsheng.ask.planning.plan import Plan
from zhunsheng.ask.planning.plans import reach
from zhunsheng.ask.planning.steps import Length
from zhunsheng.lang.case import UNKNOWN, Case
from zhunsheng.lang.pack import Pack

ALL = bool(os.environ.get("ALL"))
WANTED = date(2028, 3, 10)
GIVEN = {name: Length(number, working=False) for name, number in LENGTHS.items()}
LATER_IS_BETTER = (94, "any(r.from_ > ends and r.grade == B for r in results)")
"""Where a change keeps the step from being lawful too early for its result to count."""


SOME = [LATER_IS_BETTER, *((seed, goal_of(seed)) for seed in range(600 if ALL else 14))]


@pytest.mark.parametrize("on", [None, WANTED])
@pytest.mark.parametrize(("seed", "text"), SOME)
def test_the_least_plans_are_found_each_with_the_first_day_on_which_it_works(seed: int, text: str, on: date | None) -> None:
    pack, case = law(seed), case_of(seed)

    found = reach(pack, case, text, on, lengths=GIVEN, limit=99)

    assert found.complete
    assert told(found.plans) == least(pack, case, text, on)
    for plan in found.plans:
        assert plan.is_first
        assert plan.works_from in first_days(pack, case, text, on, plan)


@pytest.mark.parametrize("seed", range(0, 600 if ALL else 20, 4))
def test_where_a_day_is_not_known_a_plan_works_on_whatever_day_it_is(seed: int) -> None:
    pack, case, text = law(seed), case_of(seed), goal_of(seed)
    case = replace(case, facts={**case.facts, "ends": UNKNOWN})

    found = reach(pack, case, text, lengths=GIVEN, limit=99)

    if found.complete:
        assert told(found.plans) == least(pack, case, text, None)
    for plan in found.plans:
        assert plan.works_from in first_days(pack, case, text, None, plan)


def test_a_day_on_which_no_case_can_be_is_none_on_which_a_plan_works() -> None:
    """What is told later than wanted is looked for from the day wanted on, and not what held before it."""
    pack, case, text = law(5), case_of(5), "as_of <= date(2028, 3, 2) or as_of >= date(2028, 3, 15)"
    case = replace(case, facts={**case.facts, "as_of": date(2028, 2, 26)})

    now = reach(pack, case, text)
    found = reach(pack, case, text, WANTED)

    assert [(plan.changes, plan.works_from) for plan in now.plans] == [((), date(2028, 2, 26))]
    assert (found.plans, found.could_from) == ((), date(2028, 3, 15))
    assert found.later is not None
    assert (found.later.changes, found.later.acted) == ((), None)


def told(plans: tuple[Plan, ...]) -> set[tuple[tuple[str, object], ...]]:
    return {_changes(plan) for plan in plans}


def _changes(plan: Plan) -> tuple[tuple[str, object], ...]:
    return tuple((one.path, one.after) for one in plan.changes)


def least(pack: Pack, case: Case, text: str, on: date | None) -> set[tuple[tuple[str, object], ...]]:
    """What the plans of least cost and smallest steps change."""
    every = list(every_plan(pack, case, condition(pack, text).expr, on))
    best = min(((cost, size) for cost, size, _, _ in every), default=None)
    return {_sorted(one) for cost, size, one, _ in every if (cost, size) == best}


def first_days(pack: Pack, case: Case, text: str, on: date | None, plan: Plan) -> set[date]:
    target = dict(plan.acted.chosen)["filing.target"] if plan.acted is not None else None
    every = every_plan(pack, case, condition(pack, text).expr, on)
    return {day for _, _, one, day in every if (_sorted(one), one.target) == (_changes(plan), target)}


def _sorted(one: Tried) -> tuple[tuple[str, object], ...]:
    return tuple(sorted(one.changes))
