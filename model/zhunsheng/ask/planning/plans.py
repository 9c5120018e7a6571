"""What would have to change so that a condition holds: the least that an actor can do about it.

A plan changes facts that its actor can change, and may take one of the steps the pack declares. Plans are tried in the order
of what they cost, the cheapest first. Where one fails, the kernel names facts that suffice for the failure: a better plan has
to change one of these, so nothing else is tried. Every plan is carried out on the case and judged by the reference meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from zhunsheng.ask.collecting import without_collecting
from zhunsheng.ask.deciding.condition import Condition, condition
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.planning.large_plans import LargePlans
from zhunsheng.ask.planning.plan import Change, Plan, Reach
from zhunsheng.ask.planning.plan_search import Search, words_for
from zhunsheng.ask.planning.steps import Length, alterable, with_steps
from zhunsheng.ask.settling.spans import known_until
from zhunsheng.errors import InputError, Place
from zhunsheng.errors import Problem as Wrong
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.scope import nearest
from zhunsheng.lang.types import Text


@without_collecting()
def reach(
    pack: Pack,
    case: Case,
    text: str,
    on: date | None = None,
    *,
    costs: Mapping[str, int] | None = None,
    lengths: Mapping[str, Length] | None = None,
    actor: str = "enterprise",
    limit: int = 5,
    open_future: bool = False,
    fewest: bool = False,
) -> Reach:
    """The least that must change for the condition `text` to hold on the day `on` (without it: on any day).

    `costs`: of a fact by its path, its field or its entry's key (1 where none is given). `lengths`: of the stages of steps.
    `open_future`: also asks of each plan whether it reaches the condition whatever may still happen after the day up to which the
    case is known. `fewest`: where it cannot be had, a smallest set of what prevents it in place of an irreducible one.
    Raises `InputError` for what is no condition, cost, stage or day, and `NotShown`."""
    goal = condition(with_steps(pack), text, "--reach")
    _refuse_unknown(pack, lengths or {}, costs or {}, case, on)
    search = Search(pack, case, goal, on, dict(costs or {}), dict(lengths or {}), actor)
    found = search.least(limit + 1)
    many = LargePlans(search)
    if large := not found and search.gave_up:
        found = many.least(limit + 1)
    report = Reach(
        case, text, on, actor, lengths or {}, tuple(found[:limit]), search.complete, len(found) > limit,
        assumed=search.assumed(found[:1]), open_future=open_future,
        provided_until=None if open_future else known_until(pack, case), large=large and bool(found),
        none_needless=large and bool(found) and many.left > 0,
    )  # fmt: skip
    if not found:
        report = _without_plans(report, search, limit, fewest=fewest)
    if not (report.complete and report.plans):
        report = replace(report, lacks=tuple(search.days.lacks))
    return _in_any_event(goal, report) if open_future else report


def _without_plans(report: Reach, search: Search, limit: int, *, fewest: bool) -> Reach:
    """The first plan that works later than wanted, and what stands in the way."""
    later, barrier = search.whenever(), search.barrier(fewest=fewest)
    plans = later.least(limit) if search.on is not None else []
    if not plans and later.gave_up:
        plans = LargePlans(later).least(limit)
    complete = search.complete and later.complete
    if not plans or search.on is None:
        return replace(report, complete=complete, why=barrier.of_all(search.failures()))
    first = min(plans, key=lambda one: _works(one) or date.max)
    why = barrier.of_step(first.acted) if first.acted is not None else barrier.of_waiting(search.on)
    return replace(
        report, complete=complete, could_from=_works(first), later=first, why=why, assumed=later.assumed([first])
    )  # fmt: skip


def _works(plan: Plan) -> date | None:
    return plan.works_from or (plan.acted.day if plan.acted is not None else None)


def _in_any_event(goal: Condition, report: Reach) -> Reach:
    """Of each plan, whether the condition holds at its end whatever may still happen."""

    def asked(plan: Plan) -> Plan:
        told = replace(report.case, facts=plan.facts, known_until=known_until(goal.pack, report.case))
        deciding = Deciding(goal.pack, told, open_future=True, with_firmness=False, with_dependence=False)
        answer = deciding.answer(goal.asked)
        deciding.problems.release()
        outcomes = {one.outcome for one in answer.outcomes}
        shown = answer.complete or outcomes != {True}
        return replace(plan, whatever_happens=outcomes == {True} if shown and outcomes else None)

    later = asked(report.later) if report.later is not None else None
    return replace(report, plans=tuple(asked(plan) for plan in report.plans), later=later)


def _refuse_unknown(pack: Pack, lengths: Mapping[str, Length], costs: Mapping[str, int], case: Case, on: date | None) -> None:
    stages = {stage.name: stage.title for step in pack.steps.values() for stage in step.stages}
    problems = [
        Wrong(Place(f"--assume {name}"), f"no step of the pack has a stage {name!r}", _stage_meant(name, stages))
        for name in lengths
        if name not in stages
    ]
    names = sorted({word for here in alterable(pack, case, None) for word in words_for(case, here)})
    problems += [
        Wrong(
            Place(f"--cost {name}"), f"nobody can change {name!r} in this case",
            nearest(name, names) or f"facts: {', '.join(names) or 'none'}",
        )
        for name in costs
        if name not in names
    ]
    first, last = pack.horizon
    if on is not None and not first <= on <= last:
        problems.append(Wrong(Place(f"--on {on}"), "this lies outside the days that the rules cover", f"{first} to {last}"))
    today = case.facts.get(pack.as_of)
    if on is not None and isinstance(today, date) and first <= on < today:
        what = f"this lies before {today}, the day the case is asked about: nothing can be done by then"
        problems.append(Wrong(Place(f"--on {on}"), what, f"write a day from {today} on"))
    if problems:
        raise InputError(problems)


def _stage_meant(name: str, stages: Mapping[str, Text]) -> str:
    """A stage may have been called by its title, or by a part of it."""
    titled = [one for one, title in stages.items() if name in title.zh or name.lower() in title.en.lower()]
    return nearest(titled[0] if len(titled) == 1 else name, stages) or f"stages: {', '.join(stages) or 'none'}"


__all__ = ["Change", "Plan", "Reach", "reach"]
