"""A plan carried out: facts changed, a step taken on the first day on which it is lawful, its stages gone through, and the
condition looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from zhunsheng.ask.answers import Asked
from zhunsheng.ask.condition import Condition, with_definition
from zhunsheng.ask.spans import Looker, Range, Ranging
from zhunsheng.errors import Incomplete, NotShown
from zhunsheng.lang import expr as e
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.outcome import Failed
from zhunsheng.lang.pack import Pack, Stage, Step
from zhunsheng.lang.spots import Spot, scalars, spec_at, spot, type_at, value_at, with_value
from zhunsheng.lang.types import DAY, NONE, NUMBER, TEXT, YES_NO, Value

HOLDS: frozenset[object] = frozenset({True})


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
    """The plan fails. `because`: conditions that do not hold, each with the facts it was looked at with."""

    def __init__(self, *because: tuple[Mapping[str, Any], Expr]) -> None:
        self.because = because
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


@dataclass
class LawfulDays:
    """When a step is lawful, kept for facts that agree on all that this rests on."""

    known: list[tuple[Options, frozenset[str], Mapping[str, Any], list[Range]]] = field(default_factory=list)

    def ranges(self, looker: Looker, option: Options, facts: Mapping[str, Any], start: date, end: date) -> list[Range]:
        """The ranges of days from `start` to `end`, each with whether the step is lawful."""
        pack, step = looker.pack, option.step
        if step is None:
            raise TypeError("there is a step")
        told = acted_on(pack, facts, option, start)
        for other, rests, seen, ranges in self.known:
            if other is option and all(_at(pack, told, path) == _at(pack, seen, path) for path in rests):
                return ranges
        here = spot(pack, told, step.acted)
        if here is None:
            raise TypeError(f"{step.acted} is no fact")
        judge = Looker(pack, replace(looker.case, facts=told), looker.shared, looker.open_future)
        ranges = Ranging(judge, (Spot(pack.as_of), here), [allowed(step)], (start, end)).ranges()
        rests = frozenset(
            path
            for one in ranges
            for seen in judge.world(acted_on(pack, facts, option, _day(one.least))).seen(allowed(step))
            for path in seen.run.touched(allowed(step).definition, ()).facts
        )
        self.known.append((option, rests - {pack.as_of, step.acted}, told, ranges))
        return ranges


def _day(value: Value) -> date:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is no day")
    return value


def _at(pack: Pack, facts: Mapping[str, Any], path: str) -> Any:
    here = spot(pack, facts, path)
    return None if here is None else value_at(facts, here)


def carried_out(
    looker: Looker,
    goal: Condition,
    facts: Mapping[str, Any],
    option: Options,
    on: date | None,
    lengths: Mapping[str, Length],
    lawful: LawfulDays,
) -> Done:
    """The plan's end. Raises `Unreached` where the condition does not hold then, and `NotShown`."""
    pack = looker.pack
    if option.step is None:
        told = facts if on is None else {**facts, pack.as_of: on}
        if looker.outcome(told, goal.asked) != HOLDS:
            raise Unreached((told, goal.expr))
        today = told[pack.as_of]
        return Done(told, None, today if isinstance(today, date) else None)
    acted = _taken(looker, option.step, facts, option, on, lengths, lawful)
    after = _added(looker, option.step, acted_on(pack, facts, option, acted.day), acted)
    return _seen(looker, goal, facts, option, after, acted, on, lengths)


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
    lawful: LawfulDays,
) -> Acted:
    """The first day from the day of the question on, on which the step is lawful."""
    pack = looker.pack
    start, end = facts[pack.as_of], on or pack.horizon[1]
    if not isinstance(start, date):
        raise NotShown("the day of the question is not known")
    if end < start:
        raise Unreached()
    ranges = lawful.ranges(looker, option, facts, start, end)
    first = next((one for one in ranges if one.outcomes == (HOLDS,)), None)
    if first is None:
        raise Unreached(*((acted_on(pack, facts, option, day), step.allowed) for day in (start, end)))
    day = _day(first.least)
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
        raise NotShown(f"no table of working days reaches from {day.isoformat()} on; give the length in days, as 10d")
    return found


def _added(looker: Looker, step: Step, told: Mapping[str, Any], acted: Acted) -> dict[str, Any]:
    """The case with what the step adds. Stages without a length take one day each, to see what the step comes to."""
    run = looker.world(told).run
    days: dict[str, Any] = {"acted": acted.day}
    last = acted.day
    for stage, first, end in acted.stages:
        days[f"{stage.name}_from"] = first or last + timedelta(days=1)
        last = end or last + timedelta(days=1)
        days[f"{stage.name}_to"] = last
    if step.only_if is not None and _value(run.expression(step.only_if)) is not True:
        raise Unreached((told, step.only_if))
    collection = looker.pack.collections[step.adds]
    entry: dict[str, Any] = {one.name: UNKNOWN if one.left_out is None else one.left_out for one in collection.fields}
    for name, expr in step.element.items():
        entry[name] = _value(run.expression(expr, days))
        if entry[name] is UNKNOWN:
            raise Unreached((told, expr_is(expr, None)))
    old: Listing = told[step.adds]
    labels = (*old.labels, f"{step.adds}[{len(old.elements)}]")
    return {**told, step.adds: Listing((*old.elements, entry), old.complete, True, labels)}


def _value(found: Any) -> Any:
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
) -> Done:
    """The first day after the stages on which the condition holds; on the day wanted it must hold too."""
    pack, step = looker.pack, option.step
    if step is None:
        raise TypeError("there is a step")
    judge = Looker(pack, replace(looker.case, facts=after), looker.shared, looker.open_future)
    timed = all(stage.name in lengths for stage in step.stages)
    ranges = Ranging(judge, (Spot(pack.as_of),), [goal.asked], (acted.day, pack.horizon[1])).ranges()
    holding = [one for one in ranges if one.outcomes == (HOLDS,)]
    works = next((one.least for one in holding if isinstance(one.least, date)), None)
    told = {**after, pack.as_of: on if on is not None and timed else works or acted.day}
    if works is None or (timed and on is not None and judge.outcome(told, goal.asked) != HOLDS):
        raise Unreached((told, goal.expr), *_results(looker, step, acted_on(pack, facts, option, acted.day), after))
    return Done(told, acted, works if timed else None)


def _results(
    looker: Looker, step: Step, told: Mapping[str, Any], after: Mapping[str, Any]
) -> list[tuple[Mapping[str, Any], Expr]]:
    """That what the step added is other than it is: one of its facts has to be, for the condition to hold."""
    entry = after[step.adds].elements[-1]
    spoken = looker.shared.cones
    return [
        (told, expr_is(expr, entry[name]))
        for name, expr in step.element.items()
        if spoken.exprs([expr]).facts or spoken.exprs([expr]).collections
    ]


__all__ = ["Acted", "Case", "Done", "Incomplete", "Length", "Options", "Unreached", "alterable", "carried_out", "of_step"]
