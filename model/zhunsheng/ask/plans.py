"""What would have to change so that a condition holds: the least that an actor can do about it.

A plan changes facts that its actor can change, and may take one of the steps the pack declares. Plans are tried in the order
of what they cost, the cheapest first. Where one fails, the kernel names facts that suffice for the failure: a better plan has
to change one of these, so nothing else is tried. Every plan is carried out on the case and judged by the reference meaning.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count, product
from typing import Any

from zhunsheng.ask.answers import Asked
from zhunsheng.ask.condition import NAME, Condition, condition, of_expression
from zhunsheng.ask.difference import differing
from zhunsheng.ask.hindrance import Hindrance, hindrance
from zhunsheng.ask.possibilities import Possibilities
from zhunsheng.ask.procedure import (
    Acted,
    LawfulDays,
    Length,
    Options,
    Unreached,
    allowed,
    alterable,
    carried_out,
    of_step,
    with_steps,
)  # fmt: skip
from zhunsheng.ask.report import Because
from zhunsheng.ask.spans import Looker
from zhunsheng.errors import Incomplete, InputError, Place
from zhunsheng.errors import Problem as Wrong
from zhunsheng.lang.case import UNKNOWN, Case
from zhunsheng.lang.pack import Pack, Step
from zhunsheng.lang.spots import Spot, path_of, spec_at, type_at, value_at, with_value
from zhunsheng.lang.types import Special, Value

MOST_TRIED = 200
"""Plans tried before it is said that not all were."""
STEP_COST = 1


@dataclass(frozen=True)
class Change:
    """A fact changed: its path, what it is and what it should be. `size`: how many places the two lie apart."""

    path: str
    before: Value
    after: Value
    cost: int
    size: int


@dataclass(frozen=True)
class Plan:
    """`changes`, then the step `acted`, if one is taken. `cost` of both; `works_from`: the first day on which the condition holds
    (None where a stage of the step has no length given). `facts`: the case as it then stands."""

    changes: tuple[Change, ...]
    acted: Acted | None
    cost: int
    size: int
    works_from: date | None
    facts: Mapping[str, Any] = field(repr=False, compare=False)
    barred_by: tuple[Because, ...] = ()


@dataclass(frozen=True)
class Reach:
    """The least plans for a condition, all of one cost. `complete`: no cheaper plan and no other of this cost exists; `more`:
    there are others of this cost beyond the limit. Without plans: `could_from` is the first day from which the least plan works
    (None: no plan was found at all), `later` that plan, and `why` what keeps it from being had earlier."""

    case: Case
    text: str
    on: date | None
    actor: str
    lengths: Mapping[str, Length]
    plans: tuple[Plan, ...]
    complete: bool
    more: bool = False
    could_from: date | None = None
    later: Plan | None = None
    why: Hindrance | None = None
    assumed: Mapping[str, str] = field(default_factory=dict)


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
) -> Reach:
    """The least that must change for the condition `text` to hold on the day `on` (without it: on any day).

    `costs`: of a fact by its path, its field or its entry's key (1 where none is given). `lengths`: of the stages of steps.
    Raises `InputError` for what is no condition, cost or stage, and `NotShown`."""
    goal = condition(with_steps(pack), text, "--reach")
    _refuse_unknown(pack, lengths or {}, costs or {}, case)
    search = _Search(pack, case, goal, on, dict(costs or {}), dict(lengths or {}), actor)
    found = search.least(limit + 1)
    assumed = search.assumed(found[:1])
    if found or on is None:
        why = None if found else search.why_nothing()
        return Reach(
            case,
            text,
            on,
            actor,
            lengths or {},
            tuple(found[:limit]),
            search.complete,
            len(found) > limit,
            why=why,
            assumed=assumed,
        )
    later = replace(search, on=None, complete=True)
    plans = later.least(1)
    if not plans:
        return Reach(case, text, on, actor, lengths or {}, (), search.complete and later.complete, why=search.why_nothing())
    return Reach(
        case, text, on, actor, lengths or {}, (), search.complete and later.complete, False,
        plans[0].works_from or (plans[0].acted.day if plans[0].acted else None), plans[0], search.why_not_by(plans[0]),
        later.assumed(plans),
    )  # fmt: skip


def _refuse_unknown(pack: Pack, lengths: Mapping[str, Length], costs: Mapping[str, int], case: Case) -> None:
    stages = [stage.name for step in pack.steps.values() for stage in step.stages]
    problems = [
        Wrong(Place(f"--assume {name}"), f"no step of the pack has a stage {name!r}", f"stages: {', '.join(stages) or 'none'}")
        for name in lengths
        if name not in stages
    ]
    names = {word for here in alterable(pack, case, None) for word in _words(case, here)}
    problems += [
        Wrong(Place(f"--cost {name}"), f"nobody can change {name!r} in this case", f"facts: {', '.join(sorted(names))}")
        for name in costs
        if name not in names
    ]
    if problems:
        raise InputError(problems)


def _words(case: Case, here: Spot) -> tuple[str, ...]:
    """The names a cost may be given under."""
    return tuple(word for word in (path_of(case.facts, here), here.key, here.field, here.name) if word)


Changes = tuple[tuple[Spot, Value], ...]


@dataclass
class _Search:
    pack: Pack
    case: Case
    goal: Condition
    on: date | None
    costs: Mapping[str, int]
    lengths: Mapping[str, Length]
    actor: str
    complete: bool = True
    _lookers: dict[Any, Looker] = field(default_factory=dict)
    _lawful: LawfulDays = field(default_factory=LawfulDays)

    def __post_init__(self) -> None:
        self.looker = Looker.of(self.goal.pack, self.case)
        self.possibilities = Possibilities(self.pack, self.looker.shared.cones)
        self.spots = alterable(self.pack, self.case, self.actor)
        self.options = [Options(None, ()), *self._steps()]

    def _steps(self) -> Iterator[Options]:
        """Each step of the actor with each way of making its choices."""
        for step in self.pack.steps.values():
            if step.who == self.actor:
                chosen = [[(path, value) for value in of_step(self.pack, path)] for path in step.chooses]
                yield from (Options(step, combination) for combination in product(*chosen))

    # -- cheapest first

    def least(self, limit: int) -> list[Plan]:
        """The plans of least cost and smallest steps, at most so many. What is to blame for a failure is asked only once nothing
        cheaper is left to try: mostly it never is."""
        order = count()
        heap: list[tuple[int, int, int, int, Changes, Unreached | None]] = [
            (STEP_COST if option.step else 0, 0, next(order), number, (), None) for number, option in enumerate(self.options)
        ]
        seen: set[tuple[int, frozenset[tuple[Spot, Value]]]] = set()
        found: list[Plan] = []
        least = min((self._cost(here) for here in self.spots), default=1)
        while heap and len(found) < limit:
            cost, size, _, number, changes, failed = heapq.heappop(heap)
            if found and (cost, size) > (found[0].cost, found[0].size):
                break
            if failed is not None:
                for further in self._further(cost - least, size, changes, failed):
                    heapq.heappush(heap, (*further[:2], next(order), number, further[2], None))
                continue
            if (number, frozenset(changes)) in seen:
                continue
            seen.add((number, frozenset(changes)))
            if len(seen) > MOST_TRIED:
                self.complete = False
                break
            outcome = self._try(self.options[number], changes, cost, size)
            if isinstance(outcome, Unreached):
                heapq.heappush(heap, (cost + least, size, next(order), number, changes, outcome))
            elif outcome is not None and not any(outcome.changes == one.changes for one in found):
                found.append(outcome)
        return found

    def _further(self, cost: int, size: int, changes: Changes, failed: Unreached) -> Iterator[tuple[int, int, Changes]]:
        """The plans that change one fact more, of those to blame for a failure."""
        changed = {here for here, _ in changes}
        for here in self._to_blame(failed):
            for value, apart in self._values(here) if here not in changed else ():
                yield cost + self._cost(here), size + apart, (*changes, (here, value))

    def _cost(self, here: Spot) -> int:
        return next((self.costs[word] for word in _words(self.case, here) if word in self.costs), 1)

    def _values(self, here: Spot) -> list[tuple[Value, int]]:
        """What a fact may be changed to, with how far that is; nobody makes a special value of one."""
        old, type_, spec = value_at(self.case.facts, here), type_at(self.pack, here), spec_at(self.pack, here)
        if type_ is None or old is UNKNOWN:
            return []
        if type_.base == "yes/no":
            return [(not old, 1)]
        values = [one.name for one in self.pack.enumerations[type_.base].values if not one.answer_only]
        among = getattr(spec, "among", ()) or values
        place = values.index(old) if old in values else 0
        return [(name, abs(values.index(name) - place) or 1) for name in values if name in among and name != old]

    # -- one plan

    def _try(self, option: Options, changes: Changes, cost: int, size: int) -> Plan | Unreached | None:
        """The plan carried out; why it fails where it does; None where no case is like that."""
        facts: Mapping[str, Any] = self.case.facts
        for here, value in changes:
            facts = with_value(facts, here, value)
        if self.looker.impossible(facts):
            return None
        try:
            done = carried_out(self.looker, self.goal, facts, option, self.on, self.lengths, self._lawful)
        except Unreached as failed:
            return failed
        told = tuple(sorted((self._change(here, value) for here, value in changes), key=lambda one: one.path))
        return Plan(told, done.acted, cost, size, done.works_from, done.facts, self._barred_by(option, facts, done.acted))

    def _change(self, here: Spot, value: Value) -> Change:
        old = value_at(self.case.facts, here)
        apart = next(size for other, size in self._values(here) if other == value)
        return Change(path_of(self.case.facts, here), old, value, self._cost(here), apart)

    def _to_blame(self, failed: Unreached) -> list[Spot]:
        """Facts the actor can change, of which one has to be otherwise for this not to fail."""
        blamed: set[Spot] = set()
        for facts, expr in failed.because:
            blamed |= self._suffice_for_failure(facts, expr)
        return [here for here in self.spots if here in blamed]

    def _suffice_for_failure(self, facts: Mapping[str, Any], expr: Any) -> set[Spot]:
        """Of the facts an actor can change, those in an irreducible set that suffices for the condition not to hold."""
        named = {path_as_kernel(here): here for here in self.spots}
        touched = self._touched(facts, expr)
        found = hindrance(
            self.possibilities,
            replace(self.case, facts=facts),
            expr,
            {},
            among=touched & set(named) if touched is not None else set(named),
        )
        if found is not None:
            return {named[path] for path, _ in found.facts if path in named}
        return {here for path, here in named.items() if touched is None or path in touched}

    def _touched(self, facts: Mapping[str, Any], expr: Any) -> set[str] | None:
        """What an expression's outcome rests on, elements by their place; None where the case does not tell."""
        looker = self._asking(expr)
        try:
            seen = looker.world(facts).seen(Asked(NAME, NAME))
        except Incomplete:
            return None
        touched: set[str] = set()
        for one in seen:
            rests = one.run.touched(NAME, ())
            touched |= rests.facts | rests.lists
        labels = {label: f"{name}[{index}]" for name in self.pack.collections for index, label in enumerate(facts[name].labels)}
        return {_by_place(path, labels) for path in touched}

    def _asking(self, expr: Any) -> Looker:
        """A looker whose pack has the expression for its condition."""
        if expr not in self._lookers:
            self._lookers[expr] = Looker.of(of_expression(self.pack, expr).pack, self.case)
        return self._lookers[expr]

    def _barred_by(self, option: Options, facts: Mapping[str, Any], acted: Acted | None) -> tuple[Because, ...]:
        """The rules that forbid the step on the day before the first on which it is lawful."""
        if option.step is None or acted is None or acted.barred_until is None:
            return ()
        asked = allowed(option.step)
        runs = []
        for day in (acted.barred_until, acted.day):
            told = acted.filed(self.pack, facts, option, day)
            runs.append(self.looker.world(told).seen(asked)[0].run)
        return differing(runs[0], runs[1], asked.definition, ())[1:]

    # -- what is told besides

    def assumed(self, plans: Sequence[Plan]) -> dict[str, str]:
        """The readings that a plan's outcome rests on."""
        found: dict[str, str] = {}
        for plan in plans:
            found |= self.looker.assumed(plan.facts, self.goal.asked)
            if plan.acted is not None:
                found |= self.looker.assumed(plan.facts, allowed(self.pack.steps[plan.acted.step]))
        return {name: found[name] for name in self.pack.readings if name in found}

    def why_nothing(self) -> Hindrance | None:
        """What keeps the condition from holding where nothing that the actor could do helps: as far as no step is at hand."""
        if any(option.step for option in self.options):
            return None
        free = {path_as_kernel(here) for here in self.spots}
        return hindrance(self.possibilities, self.case, self.goal.expr, {}, free)

    def why_not_by(self, plan: Plan) -> Hindrance | None:
        """What keeps the step of a plan from being taken in time."""
        if plan.acted is None or self.on is None:
            return None
        step: Step = self.pack.steps[plan.acted.step]
        start, end = plan.acted.start, min(self.on, plan.acted.day - timedelta(days=1))
        if end < start:
            return None
        told = plan.acted.filed(self.pack, self.case.facts, Options(step, plan.acted.chosen), start)
        free = {path_as_kernel(here) for here in self.spots}
        span = [(start.toordinal(), end.toordinal())]
        moving = {step.acted: span, self.pack.as_of: span}
        return hindrance(self.possibilities, replace(self.case, facts=told), step.allowed, moving, free)


def _by_place(path: str, labels: Mapping[str, str]) -> str:
    for label, place in labels.items():
        if path.startswith(f"{label}."):
            return place + path[len(label) :]
    return path


def path_as_kernel(here: Spot) -> str:
    """The path of a fact as certificates write it: elements by their place."""
    head = here.name if here.index is None else f"{here.name}[{here.index}]"
    return ".".join([head, *(part for part in (here.field, here.key) if part is not None)])


__all__ = ["Change", "Plan", "Reach", "Special", "reach"]
