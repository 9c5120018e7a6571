"""A plan carried out: facts changed, a step taken on the first day on which it is lawful, its stages gone through, and the
condition looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

from zhunsheng.ask.answers import Asked
from zhunsheng.ask.condition import Condition, with_definition
from zhunsheng.ask.first_days import FirstDays
from zhunsheng.ask.spans import Looker
from zhunsheng.errors import Incomplete, InputError, NotShown, Place, UnknownFact
from zhunsheng.errors import Problem as Wrong
from zhunsheng.evaluate import Run
from zhunsheng.lang import expr as e
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.outcome import Failed
from zhunsheng.lang.pack import Pack, Stage, Step
from zhunsheng.lang.spots import Spot, scalars, spec_at, spot, type_at, value_at, with_value
from zhunsheng.lang.types import DAY, NONE, NUMBER, TEXT, YES_NO, Type, Value


@dataclass(frozen=True)
class Length:
    """How long a stage takes, in days or in working days."""

    number: int
    working: bool

    def __str__(self) -> str:
        return f"{self.number}{'wd' if self.working else 'd'}"


@dataclass(frozen=True)
class Options:
    """A step (or none) with what is chosen with it: path and value."""

    step: Step | None
    chosen: tuple[tuple[str, Value], ...]

    @property
    def key(self) -> tuple[str, tuple[tuple[str, Value], ...]]:
        return self.step.name if self.step is not None else "", self.chosen


@dataclass(frozen=True)
class Acted:
    """A step taken: from `start` on a lawful `day` was looked for; up to `barred_until` there was none. `stages`: their first
    and last days, None where no length is given."""

    step: str
    start: date
    day: date
    barred_until: date | None
    chosen: tuple[tuple[str, Value], ...]
    stages: tuple[tuple[Stage, date | None, date | None], ...]

    def filed(self, pack: Pack, facts: Mapping[str, Any], option: Options, day: date) -> dict[str, Any]:
        """The case as it stands when the step is taken on a day."""
        return acted_on(pack, facts, option, day)


@dataclass(frozen=True)
class Done:
    """What a plan comes to: the case as it then stands, on its day of the question."""

    facts: Mapping[str, Any]
    acted: Acted | None
    works_from: date | None


class Unreached(Exception):
    """The plan fails. `because`: conditions that do not hold, each with the facts it was looked at with. `within`: the days on
    none of which the step is lawful, where it fails for that."""

    def __init__(self, *because: tuple[Mapping[str, Any], Expr], within: tuple[date, date] | None = None) -> None:
        self.because, self.within = because, within
        super().__init__("the condition is not reached")


def allowed(step: Step) -> Asked:
    """Whether a step is lawful, asked of a pack in which `with_steps` has made it a definition."""
    return Asked(f"step {step.name} allowed", f"step {step.name} allowed")


def with_steps(pack: Pack) -> Pack:
    """The pack with a definition for each step that says whether it is lawful."""
    for step in pack.steps.values():
        pack = with_definition(pack, allowed(step).definition, step.allowed, YES_NO)
    return pack


def alterable(pack: Pack, case: Case, actor: str | None) -> list[Spot]:
    """The facts the actor (None: anyone) can change outright: those with values that can be listed, and not part of a step."""
    own = {path for step in pack.steps.values() for path in (step.acted, *step.chooses, *step.sets)}
    found = []
    for here in scalars(pack, case.facts):
        spec, type_ = spec_at(pack, here), type_at(pack, here)
        named = f"{here.name}.{here.field}" if here.index is None and here.field else here.name
        if type_ is None or getattr(spec, "inert", False) or named in own or value_at(case.facts, here) is UNKNOWN:
            continue
        who = spec.changed_by
        if (who == actor or (actor is None and who != "nobody")) and (type_.base == "yes/no" or type_.base in pack.enumerations):
            found.append(here)
    return found


def of_step(pack: Pack, path: str) -> list[Value]:
    """The values that may be chosen of a fact with a step."""
    name, _, rest = path.partition(".")
    spec = pack.facts[name].field(rest)
    if spec is None or spec.type is None:
        return []
    if spec.type.base == "yes/no":
        return [True, False]
    return list(spec.among or [one.name for one in pack.enumerations[spec.type.base].values if not one.answer_only])


def carried_out(
    looker: Looker,
    goal: Condition,
    facts: Mapping[str, Any],
    option: Options,
    on: date | None,
    lengths: Mapping[str, Length],
    days: FirstDays,
) -> Done:
    """The plan's end. `days`: shared by the variants of one case. Raises `Unreached` where the condition does not hold at the
    end, and `NotShown`."""
    pack = looker.pack
    if option.step is None:
        told = facts if on is None else {**facts, pack.as_of: on}
        if not days.holds(told, goal.asked):
            raise Unreached((told, goal.expr))
        today = told[pack.as_of]
        return Done(told, None, today if isinstance(today, date) else None)
    acted = _taken(looker, option.step, facts, option, on, lengths, days)
    after = _added(looker, option.step, acted_on(pack, facts, option, acted.day), acted, days)
    return _seen(looker, goal, facts, option, after, acted, on, lengths, days)


def _spot(pack: Pack, facts: Mapping[str, Any], path: str) -> Spot:
    here = spot(pack, facts, path)
    if here is None:
        raise TypeError(f"{path} is no fact")
    return here


def acted_on(pack: Pack, facts: Mapping[str, Any], option: Options, day: date) -> dict[str, Any]:
    """The facts with the step taken on a day: the day of the question too."""
    step = option.step
    if step is None:
        return dict(facts)
    told = {**facts, pack.as_of: day}
    name = step.acted.partition(".")[0]
    if told[name] is NONE or told[name] is UNKNOWN:
        told[name] = {one.name: UNKNOWN if one.left_out is None else one.left_out for one in pack.facts[name].record}
    told = with_value(told, Spot(name, None, step.acted.partition(".")[2]), day)
    for path, value in option.chosen:
        told = with_value(told, Spot(path.partition(".")[0], None, path.partition(".")[2]), value)
    for path, expr in step.sets.items():
        literal = expr.value if isinstance(expr, e.Literal) else UNKNOWN
        told = with_value(told, Spot(path.partition(".")[0], None, path.partition(".")[2]), literal)
    return told


def _taken(
    looker: Looker,
    step: Step,
    facts: Mapping[str, Any],
    option: Options,
    on: date | None,
    lengths: Mapping[str, Length],
    days: FirstDays,
) -> Acted:
    """The first day from the day of the question on, on which the step is lawful."""
    pack = looker.pack
    start, end = facts[pack.as_of], on or pack.horizon[1]
    if not isinstance(start, date):
        raise NotShown("the day of the question is not known")
    if end < start:
        raise Unreached()
    told = acted_on(pack, facts, option, start)
    moved = (Spot(pack.as_of), _spot(pack, told, step.acted))
    chosen = [_spot(pack, told, path) for path, _ in option.chosen]
    day = days.first(told, moved, allowed(step), start, (step.name, "lawful"), chosen, step.allowed)
    if day is None or day > end:
        raise Unreached(*((acted_on(pack, facts, option, one), step.allowed) for one in (start, end)), within=(start, end))
    stages = _stages(looker, step, day, lengths)
    return Acted(step.name, start, day, day - timedelta(days=1) if day > start else None, option.chosen, stages)


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


def _added(looker: Looker, step: Step, told: Mapping[str, Any], acted: Acted, first_days: FirstDays) -> dict[str, Any]:
    """The case with what the step adds. Stages without a length take one day each, to see what the step comes to."""
    run = looker.world(told).run
    days: dict[str, Any] = {"acted": acted.day}
    last = acted.day
    for stage, first, end in acted.stages:
        days[f"{stage.name}_from"] = first or last + timedelta(days=1)
        last = end or last + timedelta(days=1)
        days[f"{stage.name}_to"] = last
    if step.only_if is not None and _value(run, step.only_if, {}, first_days) is not True:
        raise Unreached((told, step.only_if))
    collection = looker.pack.collections[step.adds]
    entry: dict[str, Any] = {one.name: UNKNOWN if one.left_out is None else one.left_out for one in collection.fields}
    for name, expr in step.element.items():
        entry[name] = _value(run, expr, days, first_days)
        if entry[name] is UNKNOWN:
            raise Unreached((told, expr_is(expr, None)))
    old: Listing = told[step.adds]
    labels = (*old.labels, f"{step.adds}[{len(old.elements)}]")
    return {**told, step.adds: Listing((*old.elements, entry), old.complete, True, labels)}


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


def expr_is(expr: Expr, value: Value | None) -> Expr:
    """That an expression is something other than this."""
    if value is None:
        return e.Literal(False, YES_NO)
    return e.Compare("!=", expr, e.Literal(value, expr.type), YES_NO)


def _seen(
    looker: Looker,
    goal: Condition,
    facts: Mapping[str, Any],
    option: Options,
    after: Mapping[str, Any],
    acted: Acted,
    on: date | None,
    lengths: Mapping[str, Length],
    days: FirstDays,
) -> Done:
    """The first day after the stages on which the condition holds; on the day wanted it must hold too (where
    a length is not given, as early as can be)."""
    pack, step = looker.pack, option.step
    if step is None:
        raise TypeError("there is a step")
    timed = all(stage.name in lengths for stage in step.stages)
    last = len(after[step.adds].elements) - 1
    vary = [Spot(step.adds, last, name) for name, expr in step.element.items() if not _of_days(looker.shared.cones, expr)]
    vary += [_spot(pack, after, path) for path, _ in option.chosen]
    works = days.first(after, (Spot(pack.as_of),), goal.asked, acted.day, (step.name, "holds"), vary, goal.expr)
    told = {**after, pack.as_of: on or works or acted.day}
    if works is None or (on is not None and not days.holds(told, goal.asked)):
        raise Unreached((told, goal.expr), *_results(looker, step, acted_on(pack, facts, option, acted.day), after))
    return Done(told, acted, works if timed else None)


def _results(
    looker: Looker, step: Step, told: Mapping[str, Any], after: Mapping[str, Any]
) -> list[tuple[Mapping[str, Any], Expr]]:
    """That what the step added is other than it is: one of its facts has to be, for the condition to hold."""
    entry = after[step.adds].elements[-1]
    return [(told, expr_is(step.element[name], entry[name])) for name in derived(looker.shared.cones, step)]


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


__all__ = ["Acted", "Case", "Done", "Incomplete", "Length", "Options", "Unreached", "alterable", "carried_out", "of_step"]
