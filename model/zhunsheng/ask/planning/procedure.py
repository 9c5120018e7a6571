"""A plan carried out: facts changed, a step taken on the first day on which it is lawful, its stages gone through, and the
condition looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

from zhunsheng.ask.deciding.condition import Condition
from zhunsheng.ask.planning.first_days import FirstDays
from zhunsheng.ask.planning.steps import Acted, Done, Failing, Length, Options, Unreached, acted_on, allowed, spot_of
from zhunsheng.ask.settling.spans import Looker
from zhunsheng.errors import Incomplete, InputError, NotShown, Place, UnknownFact
from zhunsheng.errors import Problem as Wrong
from zhunsheng.evaluate import Run
from zhunsheng.lang import expr as e
from zhunsheng.lang.case import UNKNOWN, Listing
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.outcome import Failed
from zhunsheng.lang.pack import Pack, Stage, Step
from zhunsheng.lang.spots import Spot
from zhunsheng.lang.types import DAY, NUMBER, TEXT, YES_NO, Type, Value


def carried_out(
    looker: Looker,
    goal: Condition,
    facts: Mapping[str, Any],
    option: Options,
    on: date | None,
    lengths: Mapping[str, Length],
    days: FirstDays,
    since: date | None = None,
) -> Done:
    """The plan's end: that the condition holds on the day `on`; without one, on any day from the day of the question (or the day
    `since`) on. `days`: shared by the variants of one case. Raises `Unreached` where it does not, and `NotShown`."""
    return _Carrying(looker, goal, on, since, lengths, days).out(facts, option)


@dataclass(frozen=True)
class _Carrying:
    looker: Looker
    goal: Condition
    on: date | None
    since: date | None
    lengths: Mapping[str, Length]
    days: FirstDays

    @property
    def pack(self) -> Pack:
        return self.looker.pack

    @property
    def today(self) -> Spot:
        return Spot(self.pack.as_of)

    def out(self, facts: Mapping[str, Any], option: Options) -> Done:
        if option.step is None:
            return self._waited(facts)
        acted, before = self._taken(option.step, facts, option)
        if max(_days_of(acted).values()) > self.pack.horizon[1]:  # no case has such days
            raise Unreached(*before, sought=None)
        try:
            after = self._added(option.step, acted_on(self.pack, facts, option, acted.day), acted)
            return self._seen(option.step, facts, option, after, acted)
        except Unreached as failed:
            raise Unreached(*failed.because, *before, sought=failed.sought) from None

    # -- nothing done but waiting

    def _waited(self, facts: Mapping[str, Any]) -> Done:
        """The first day on which the condition holds by itself; on the day wanted it must."""
        start = facts.get(self.pack.as_of)
        if not isinstance(start, date):
            return self._undated(facts)
        until = self.on or self.pack.horizon[1]
        if self.on is not None:
            self._require({**facts, self.pack.as_of: self.on})
        first = max(start, self.since or start)
        try:
            found = self.days.first(facts, (self.today,), self.goal.asked, self.goal.expr, (first, until), ("", "waiting"))
        except NotShown:
            if self.on is None:
                raise
            return Done({**facts, self.pack.as_of: self.on}, None, self.on, is_first=False)
        if found.day is None:
            raise Unreached(*found.failing, sought=found.sought)
        return Done({**facts, self.pack.as_of: self.on or found.day}, None, found.day)

    def _undated(self, facts: Mapping[str, Any]) -> Done:
        told = facts if self.on is None else {**facts, self.pack.as_of: self.on}
        self._require(told)
        return Done(told, None, self.on)

    def _require(self, told: Mapping[str, Any], *besides: Failing) -> None:
        if not self.days.holds(told, self.goal.asked):
            failing = Failing(told, self.goal.expr)
            raise Unreached(failing, *besides, sought=failing)

    # -- a step taken

    def _taken(self, step: Step, facts: Mapping[str, Any], option: Options) -> tuple[Acted, tuple[Failing, ...]]:
        """The first day from the day of the question on, on which the step is lawful; and that it is so on none before, and on
        this one."""
        pack = self.pack
        start, end = facts[pack.as_of], self.on or pack.horizon[1]
        if not isinstance(start, date):
            raise NotShown("the day of the question is not known")
        if end < start:
            raise Unreached(sought=None)
        told = acted_on(pack, facts, option, start)
        moved = (self.today, spot_of(pack, told, step.acted))
        chosen = [spot_of(pack, told, path) for path, _ in option.chosen]
        found = self.days.first(told, moved, allowed(step), step.allowed, (start, end), (step.name, "lawful"), chosen)
        day = found.day
        if day is None:
            raise Unreached(*found.failing, sought=found.sought)
        stages = _stages(self.looker, step, day, self.lengths)
        acted = Acted(step.name, start, day, day - timedelta(days=1) if day > start else None, option.chosen, stages)
        here = Failing(acted_on(pack, facts, option, day), e.Not(step.allowed, YES_NO))
        return acted, (*found.failing, here)

    def _added(self, step: Step, told: Mapping[str, Any], acted: Acted) -> dict[str, Any]:
        """The case with what the step adds. Stages without a length take one day each, to see what the step comes to."""
        run = self.looker.world(told).run
        days = _days_of(acted)
        if step.only_if is not None and _value(run, step.only_if, {}, self.days) is not True:
            raise _failed(told, step.only_if)
        collection = self.pack.collections[step.adds]
        entry: dict[str, Any] = {one.name: UNKNOWN if one.left_out is None else one.left_out for one in collection.fields}
        for name, expr in step.element.items():
            entry[name] = _value(run, expr, days, self.days)
            if entry[name] is UNKNOWN:
                dated = with_days(expr, days)
                raise _failed(told, e.Compare("==", dated, dated, YES_NO))
        old: Listing = told[step.adds]
        labels = (*old.labels, f"{step.adds}[{len(old.elements)}]")
        return {**told, step.adds: Listing((*old.elements, entry), old.complete, True, labels)}

    def _seen(self, step: Step, facts: Mapping[str, Any], option: Options, after: Mapping[str, Any], acted: Acted) -> Done:
        """The first day after the step on which the condition holds; on the day wanted it must hold too (where a length is not
        given, as early as can be)."""
        pack = self.pack
        results = self._results(step, acted_on(pack, facts, option, acted.day), after, acted)
        if self.on is not None:
            self._require({**after, pack.as_of: self.on}, *results)
        last = len(after[step.adds].elements) - 1
        vary = [
            Spot(step.adds, last, name) for name, expr in step.element.items() if not _of_days(self.looker.shared.cones, expr)
        ]
        vary += [spot_of(pack, after, path) for path, _ in option.chosen]
        within = (max(acted.day, self.since or acted.day), self.on or pack.horizon[1])
        works = self.days.first(after, (self.today,), self.goal.asked, self.goal.expr, within, (step.name, "holds"), vary)
        if works.day is None:
            raise Unreached(*works.failing, *results, sought=works.sought)
        timed = all(stage.name in self.lengths for stage in step.stages)
        return Done({**after, pack.as_of: self.on or works.day}, acted, works.day if timed else None)

    def _results(self, step: Step, told: Mapping[str, Any], after: Mapping[str, Any], acted: Acted) -> list[Failing]:
        """That what the step added is other than it is: one of its facts has to be, for the condition to hold."""
        entry, days = after[step.adds].elements[-1], _days_of(acted)
        names = derived(self.looker.shared.cones, step)
        return [Failing(told, differs(with_days(step.element[name], days), entry[name])) for name in names]


def _failed(told: Mapping[str, Any], condition: Expr) -> Unreached:
    failing = Failing(told, condition)
    return Unreached(failing, sought=failing)


def _days_of(acted: Acted) -> dict[str, date]:
    """The day of a step and the first and last day of each of its stages, as the facts of what it adds name them."""
    days = {"acted": acted.day}
    last = acted.day
    for stage, first, end in acted.stages:
        days[f"{stage.name}_from"] = first or last + timedelta(days=1)
        last = end or last + timedelta(days=1)
        days[f"{stage.name}_to"] = last
    return days


def with_days(expr: Expr, days: Mapping[str, date]) -> Expr:
    """An expression of what a step adds, with its days in their places."""
    for name, day in days.items():
        expr = _replaced(expr, e.Var(name, DAY), e.Literal(day, DAY))
    return expr


def _stages(
    looker: Looker, step: Step, day: date, lengths: Mapping[str, Length]
) -> tuple[tuple[Stage, date | None, date | None], ...]:
    """Each stage begins on the first day (working day) after the one before, and ends with its last."""
    found: list[tuple[Stage, date | None, date | None]] = []
    last: date | None = day
    for stage in step.stages:
        length = lengths.get(stage.name)
        first = None if last is None or length is None else _after(looker, last, Length(1, length.working))
        last = None if last is None or length is None else _after(looker, last, length)
        found.append((stage, first, last))
    return tuple(found)


def _after(looker: Looker, day: date, length: Length) -> date:
    if not length.working:
        return day + timedelta(days=length.number)
    table = e.Literal(next(iter(looker.pack.calendars), ""), TEXT)
    expr = e.Function("workdays_after", (e.Literal(day, DAY), e.Literal(length.number, NUMBER), table), DAY)
    found = looker.world(looker.case.facts).run.expression(expr)
    if not isinstance(found, date):
        what = f"no table of working days reaches from {day.isoformat()} on"
        raise InputError([Wrong(Place("--assume"), what, "write the lengths in days, as 30d")])
    return found


def _value(run: Run, expr: Expr, days: Mapping[str, Any], first_days: FirstDays) -> Any:
    """UNKNOWN also where it fails, or rests on facts that are not known, which are then noted."""
    try:
        found = run.expression(expr, days)
    except UnknownFact as missing:
        first_days.note(run, expr, days, missing)
        return UNKNOWN
    except Incomplete:
        return UNKNOWN
    return UNKNOWN if isinstance(found, Failed) else found


def differs(expr: Expr, value: Value) -> Expr:
    """That an expression is something other than this."""
    return e.Compare("!=", expr, e.Literal(value, expr.type), YES_NO)


def _of_days(cones: Cones, expr: Expr) -> bool:
    """Whether an expression speaks of the days of the step alone."""
    cone = cones.exprs([expr])
    return not cone.facts and not cone.collections


def derived(cones: Cones, step: Step) -> list[str]:
    """The facts of the element a step adds that are reckoned from the case: from more than the days and what is chosen with the
    step. Where nobody takes the step unless a definition comes to something chosen, that stands for it."""
    own = {path.partition(".")[0] for path in (step.acted, *step.chooses, *step.sets)}
    found = []
    for name, expr in step.element.items():
        cone = cones.exprs([with_equals(expr, step.only_if)])
        if cone.facts - own or cone.collections:
            found.append(name)
    return found


def with_equals(expr: Expr, condition: Expr | None) -> Expr:
    """An expression, each definition in it that equals something else where a condition holds replaced by that."""
    parts = condition.parts if isinstance(condition, e.And) else () if condition is None else (condition,)
    for part in parts:
        if isinstance(part, e.Compare) and part.op == "==" and isinstance(part.left, e.Call):
            expr = _replaced(expr, part.left, part.right)
    return expr


def _replaced(part: Any, one: Expr, other: Expr) -> Any:
    if part == one:
        return other
    if isinstance(part, tuple):
        return tuple(_replaced(each, one, other) for each in part)
    if is_dataclass(part) and not isinstance(part, type | Type | Place):
        return replace(part, **{each.name: _replaced(getattr(part, each.name), one, other) for each in fields(part)})
    return part
