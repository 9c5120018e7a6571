"""The steps an actor can take, as plans take them, and how a plan fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.condition import with_definition
from zhunsheng.lang import expr as e
from zhunsheng.lang.case import UNKNOWN, Case
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.pack import Pack, Stage, Step
from zhunsheng.lang.spots import Spot, scalars, spec_at, spot, type_at, value_at, with_value
from zhunsheng.lang.types import NONE, YES_NO, Value


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
    is_first: bool = True
    """Whether it was shown that the condition holds on no day before `works_from`."""


@dataclass(frozen=True)
class Failing:
    """That a condition does not hold with these facts: as they are, or with the days at `moved` set to any day of a stretch."""

    facts: Mapping[str, Any]
    condition: Expr
    moved: tuple[Spot, ...] = ()
    within: tuple[date, date] | None = None

    def told(self, day: date) -> Mapping[str, Any]:
        """The facts with the days moved to one day."""
        facts = self.facts
        for here in self.moved:
            facts = with_value(facts, here, day)
        return facts


class Unreached(Exception):
    """The plan fails. `because`: a plan on top of this one that changes nothing these rest on fails likewise. `sought`: what
    would have had to hold, on any of the days gone through (None: there were none)."""

    def __init__(self, *because: Failing, sought: Failing | None) -> None:
        self.because, self.sought = because, sought
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


def spot_of(pack: Pack, facts: Mapping[str, Any], path: str) -> Spot:
    """A place of the case by its path."""
    here = spot(pack, facts, path)
    if here is None:
        raise TypeError(f"{path} is no fact")
    return here
