"""Plans for the scenarios: decided again each reaches its goal, no smaller one does, and each of its days is the first."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, islice, product
from pathlib import Path
from typing import Any

import pytest

from zhunsheng.ask.deciding.condition import Condition, condition
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.planning.first_days import FirstDays
from zhunsheng.ask.planning.plans import Plan, Reach, reach
from zhunsheng.ask.planning.procedure import carried_out
from zhunsheng.ask.planning.steps import Length, Options, Unreached, acted_on, allowed, alterable, of_step, with_steps
from zhunsheng.ask.settling.spans import Looker
from zhunsheng.errors import NotShown
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.spots import Spot, spec_at, type_at, value_at, with_value
from zhunsheng.read import load_case, load_pack

ROOT = Path(__file__).parents[2]
ALL = bool(os.environ.get("ALL"))
SAMPLE = (
    "a-works-downgraded-to-d-may-not-apply-for-c-within-the-year",
    "a-mid-year-rise-applies-from-the-end-of-its-own-publicity",
    "two-lines-at-the-bottom-of-two-ladders",
)
NAMES = SAMPLE if not ALL else tuple(sorted(path.stem for path in (ROOT / "scenarios").glob("*.yaml")))
GOALS = ("may_apply", "at_least(grade_in_force, B)")
LENGTHS = {"review": Length(30, working=False), "publicity": Length(7, working=False)}
MOST = 600 if ALL else 80
"""Smaller plans tried for each."""
Tried = tuple[Options, tuple[tuple[Spot, Any], ...]]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


@pytest.mark.parametrize("text", GOALS)
@pytest.mark.parametrize("name", NAMES)
def test_a_plan_reaches_its_goal_and_no_smaller_one_does(name: str, text: str, pack: Pack) -> None:
    case = load_case(ROOT / "scenarios" / f"{name}.yaml", pack)
    goal = condition(with_steps(pack), text)
    looker = Looker.of(goal.pack, case)

    try:
        found = reach(pack, case, text, lengths=LENGTHS)
    except NotShown as reason:
        pytest.skip(f"not shown: {reason}")

    for plan in found.plans:
        assert decided(goal, replace(case, facts=plan.facts)) == {True}, plan
        days_are_the_first(looker, goal, case, plan)
    lawful = FirstDays(looker, [])
    least = min(((plan.cost, plan.size) for plan in found.plans), default=None)
    for option, changes in islice(smaller(pack, case, least), MOST) if least else ():
        facts = changed(case.facts, changes)
        assert looker.impossible(facts) or not reaches(looker, goal, facts, option, lawful), (option, changes, found.plans)
    assert found.plans or found.why is not None or found.lacks or not found.complete, "a goal that is not reached has a reason"
    print(f"{name}: {text}: {outcome_of(found)}, least {least}, lacks {', '.join(found.lacks) or 'nothing'}")


def outcome_of(found: Reach) -> str:
    """How a run ended, in words that can be counted."""
    if found.plans:
        return "judged: plans" if found.complete else "judged: plans, but others may be as cheap"
    if found.why is not None:
        return "judged: prevented by what is stated"
    if found.complete:
        return "judged: no plan reaches it whatever is not known"
    return "not judged: too much is not known" if found.lacks else "not judged: it takes more changes than are tried"


def decided(goal: Condition, case: Case) -> frozenset[Any]:
    """What the constraints say of the case as it stands after a plan."""
    deciding = Deciding(goal.pack, case, with_firmness=False, with_dependence=False)
    answer = deciding.answer(goal.asked)
    deciding.problems.release()
    assert answer.complete
    return frozenset(one.outcome for one in answer.outcomes)


def days_are_the_first(looker: Looker, goal: Condition, case: Case, plan: Plan) -> None:
    """Day by day: the step is lawful on no day before the one it is taken on; the goal holds on none before it is said to."""
    if plan.acted is None:
        return
    step = looker.pack.steps[plan.acted.step]
    option = Options(step, plan.acted.chosen)
    facts = changed(case.facts, tuple((spot_of(case, one.path, looker.pack), one.after) for one in plan.changes))
    first = max(plan.acted.start, plan.acted.day - timedelta(days=400))
    for day in days(first, plan.acted.day):
        told = acted_on(looker.pack, facts, option, day)
        assert (looker.outcome(told, allowed(step)) == {True}) == (day == plan.acted.day), day
    if plan.works_from is not None:
        for day in days(plan.acted.day, plan.works_from):
            told = {**plan.facts, looker.pack.as_of: day}
            assert (looker.outcome(told, goal.asked) == {True}) == (day == plan.works_from), day


def days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)


def spot_of(case: Case, path: str, pack: Pack) -> Spot:
    from zhunsheng.lang.spots import spot

    here = spot(pack, case.facts, path)
    assert here is not None
    return here


def changed(facts: Mapping[str, Any], changes: tuple[tuple[Spot, Any], ...]) -> Mapping[str, Any]:
    for here, value in changes:
        facts = with_value(facts, here, value)
    return facts


def reaches(looker: Looker, goal: Condition, facts: Mapping[str, Any], option: Options, lawful: FirstDays) -> bool:
    try:
        carried_out(looker, goal, facts, option, None, LENGTHS, lawful)
    except (Unreached, NotShown):
        return False
    return True


def smaller(pack: Pack, case: Case, least: tuple[int, int]) -> Iterator[Tried]:
    """Every plan that costs less than the least, or as much in smaller steps: fewest changes first."""
    spots = [(here, values(pack, case, here)) for here in alterable(pack, case, "enterprise")]
    for number in range(least[0] + 1):
        for some in combinations(spots, number):
            for picked in product(*[found for _, found in some]):
                size = sum(apart for _, apart in picked)
                changes = tuple((here, value) for (here, _), (value, _) in zip(some, picked, strict=True))
                for option in options(pack):
                    if (number + (option.step is not None), size) < least:
                        yield option, changes


def options(pack: Pack) -> Iterator[Options]:
    yield Options(None, ())
    for step in pack.steps.values():
        for chosen in product(*[[(path, value) for value in of_step(pack, path)] for path in step.chooses]):
            yield Options(step, chosen)


def values(pack: Pack, case: Case, here: Spot) -> list[tuple[Any, int]]:
    """Every other value of a fact, with how many places of its list it lies away."""
    old, type_, spec = value_at(case.facts, here), type_at(pack, here), spec_at(pack, here)
    assert type_ is not None
    if type_.base == "yes/no":
        return [(not old, 1)]
    known = [one.name for one in pack.enumerations[type_.base].values if not one.answer_only]
    place = known.index(old) if old in known else 0
    among = getattr(spec, "among", ()) or known
    return [(name, abs(known.index(name) - place) or 1) for name in known if name in among and name != old]
