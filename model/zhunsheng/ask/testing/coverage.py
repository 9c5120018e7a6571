"""What a set of scenarios tries out, counted: rules, options of readings, boundaries of days and numbers, parameters.

Only what an expected answer rests on counts (its derivation), not what happened to be looked at on the way:

    rules       each fires in one scenario and is defeated or does not hold in another
    options     each is fixed by a scenario whose expected answers differ from those under the default
    boundaries  each comparison of days or numbers is met a day (one) below, at, and above
    parameters  a comparison that a parameter takes part in is met so, or the day or number it leads to is expected
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.replay import for_reference
from zhunsheng.ask.deciding.worlds import Seen, Worlds, expected, worlds
from zhunsheng.ask.report import Count, CoverageReport
from zhunsheng.evaluate import Derivation, Run, Status
from zhunsheng.lang import expr as e
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cones, expressions
from zhunsheng.lang.outcome import Failed
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import Special, Text
from zhunsheng.lang.unparse import unparse

RULES = Text("规则：在一个案例中适用，在另一个案例中不适用或被排除", "Rules: each applies in one scenario and not in another")
OPTIONS = Text("条文理解：每个选项都使某个预期结果不同", "Options of readings: each changes an expected answer somewhere")
BOUNDARIES = Text(
    "界限：每处日期或数值的比较，差一日（一）、恰好、多一日（一）都有案例",
    "Boundaries: each comparison of days or numbers is met one below, at, and one above",
)
PARAMETERS = Text(
    "参数：界限两侧都有案例，或者预期结果就是由它算出的", "Parameters: met on both sides, or what they lead to is expected"
)
FULL = frozenset({-1, 0, 1})
Place = tuple[str, str]
"""A definition, and a rule of it, or a comparison in it as text."""


def coverage(pack: Pack, cases: Iterable[Case], reasons: Mapping[str, str] | None = None) -> CoverageReport:
    """What the cases try out of everything that the pack's answers and duties depend on.

    `reasons`: why something need not be, or cannot be, tried: by its name as in the report, or by what the name begins
    with, followed by `*`."""
    met = _Met(pack)
    for case in cases:
        met.case(case)
    named = _Reasons(reasons or {})
    return CoverageReport((met.rules(named), met.options(named), met.boundaries(named), met.parameters(named)))


def public_definitions(pack: Pack, cones: Cones) -> dict[str, Definition]:
    """The definitions that an answer or a duty depends on, in the pack's order."""
    duties = [name for name in pack.definitions if name.startswith("duty ")]
    wanted = frozenset[str]().union(*(cones.definition(name).definitions for name in (*pack.answers, *duties)))
    for discretion in pack.discretions.values():
        wanted |= cones.exprs([discretion.lawful]).definitions
    return {name: definition for name, definition in pack.definitions.items() if name in wanted}


def comparisons(definition: Definition) -> list[e.Compare]:
    """Every comparison of two days or two numbers in a definition, each once."""
    parts = (part for expr in expressions(definition) for part in e.walk(expr))
    found = [part for part in parts if isinstance(part, e.Compare) and part.left.type.base in ("day", "number")]
    return list(dict.fromkeys(part for part in found if not (_is_special(part.left) or _is_special(part.right))))


def _is_special(expr: e.Expr) -> bool:
    return isinstance(expr, e.Literal) and isinstance(expr.value, Special)


class _Reasons:
    def __init__(self, reasons: Mapping[str, str]) -> None:
        self.exact = {name: why for name, why in reasons.items() if not name.endswith("*")}
        self.beginnings = {name[:-1]: why for name, why in reasons.items() if name.endswith("*")}

    def why(self, name: str) -> str:
        """The reason recorded, or nothing."""
        if name in self.exact:
            return self.exact[name]
        return next((why for beginning, why in self.beginnings.items() if name.startswith(beginning)), "")

    def count(self, what: Text, covered: int, missing: list[str]) -> Count:
        return Count(what, covered, covered + len(missing), tuple((name, self.why(name)) for name in missing))


@dataclass
class _Met:
    """What has been tried so far."""

    pack: Pack
    cones: Cones = field(init=False)
    public: dict[str, Definition] = field(init=False)
    fired: set[Place] = field(default_factory=set)
    idle: set[Place] = field(default_factory=set)
    options_seen: set[Place] = field(default_factory=set)
    differences: dict[Place, set[int]] = field(default_factory=dict)
    by_parameter: dict[str, set[int]] = field(default_factory=dict)
    leads_to: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.cones = Cones(self.pack)
        self.public = public_definitions(self.pack, self.cones)

    # -- one case

    def case(self, case: Case) -> None:
        known = worlds(self.pack, case, self.cones)
        if known is None:
            return
        steps: set[tuple[int, str, tuple[Any, ...]]] = set()
        for asked in expected(self.pack, case):
            for seen in known.seen(asked):
                self._seen(asked, seen, steps)
            self._options(known, asked)

    def _seen(self, asked: Asked, seen: Seen, done: set[tuple[int, str, tuple[Any, ...]]]) -> None:
        run, args = seen.run, for_reference(asked.args)
        touched = run.touched(asked.definition, args)
        if isinstance(seen.outcome, date | int) and not isinstance(seen.outcome, bool):
            self.leads_to |= touched.parameters
        roots = [(run, run.derivation(asked.definition, args))]
        for choice in sorted(touched.choices):
            roots += self._bounds(run, choice)
        for world, root in roots:
            for step in root.steps():
                if (id(world), step.definition, step.args) not in done:
                    done.add((id(world), step.definition, step.args))
                    self._step(world, step)

    def _bounds(self, run: Run, choice: str) -> Iterator[tuple[Run, Derivation]]:
        """The derivations behind what may be chosen."""
        for candidate in run.candidates(choice):
            world = run.supposing(choice, candidate)
            for call in world.looked_at(self.pack.discretions[choice].lawful).calls:
                yield world, world.derivation(*call)

    def _step(self, run: Run, step: Derivation) -> None:
        definition = self.pack.definitions[step.definition]
        env = {name: arg for (name, _), arg in zip(definition.parameters, step.args, strict=True)}
        walker = _Walker(run, env, self, step.definition)
        for rule, stands in zip(definition.rules, step.rules, strict=True):
            fires = stands.status is Status.FIRED
            (self.fired if fires else self.idle).add((definition.name, rule.name))
            walker.visit(rule.when, env)
            if fires:
                walker.visit(rule.value, env)
        if step.otherwise is not None and definition.otherwise is not None:
            walker.visit(definition.otherwise, env)

    def _options(self, known: Worlds, asked: Asked) -> None:
        """An option that the case fixes, where the answer would be another without it."""
        touchable = self.cones.definition(asked.definition).readings
        for name, option in known.case.readings.items():
            spec = self.pack.readings[name]
            if name not in touchable or option == spec.default or (name, option) in self.options_seen:
                continue
            others = [spec.default] if spec.default else [one.name for one in spec.options if one.name != option]
            here = known.outcomes(asked)
            if any(known.under({name: other}).outcomes(asked) != here for other in others):
                self.options_seen.add((name, option))

    # -- the counts

    def rules(self, reasons: _Reasons) -> Count:
        missing, covered = [], 0
        for name, definition in self.public.items():
            for rule in definition.rules:
                place = (name, rule.name)
                always = isinstance(rule.when, e.Literal)
                if place in self.fired and (always or place in self.idle):
                    covered += 1
                else:
                    missing.append(f"{name}/{rule.name} {'always applies' if place in self.fired else 'never applies'}")
        return reasons.count(RULES, covered, missing)

    def options(self, reasons: _Reasons) -> Count:
        missing, covered = [], 0
        for name, spec in self.pack.readings.items():
            for option in spec.options:
                if option.name == spec.default:
                    seen = any(reading == name for reading, _ in self.options_seen)
                else:
                    seen = (name, option.name) in self.options_seen
                covered += seen
                if not seen:
                    missing.append(f"{name}={option.name}")
        return reasons.count(OPTIONS, covered, missing)

    def boundaries(self, reasons: _Reasons) -> Count:
        missing, covered = [], 0
        for name, definition in self.public.items():
            for comparison in comparisons(definition):
                text = unparse(comparison)
                lacking = FULL - self.differences.get((name, text), set())
                covered += not lacking
                if lacking:
                    missing.append(f"{name}: {text} {_signed(lacking)}")
        return reasons.count(BOUNDARIES, covered, missing)

    def parameters(self, reasons: _Reasons) -> Count:
        wanted = frozenset[str]().union(*(self.cones.definition(name).parameters for name in self.public))
        missing, covered = [], 0
        for name in self.pack.parameters:
            if name not in wanted:
                continue
            lacking = FULL - self.by_parameter.get(name, set())
            if name in self.leads_to or not lacking:
                covered += 1
            else:
                missing.append(f"{name} {_signed(lacking)}")
        return reasons.count(PARAMETERS, covered, missing)


def _signed(numbers: Iterable[int]) -> str:
    return "not met at " + ", ".join(f"{number:+d}" if number else "0" for number in sorted(numbers))


@dataclass(frozen=True)
class _Walker:
    """Goes through an expression as far as it is looked at, and notes how far apart the sides of comparisons are."""

    run: Run
    env: Mapping[str, Any]
    met: _Met
    definition: str

    def visit(self, expr: e.Expr, env: Mapping[str, Any]) -> None:
        match expr:
            case e.And(parts=parts) | e.Or(parts=parts):
                for part in parts:
                    self.visit(part, env)
                    if self.run.expression(part, env) is isinstance(expr, e.Or):
                        return
            case e.IfElse(test=test, then=then, other=other):
                self.visit(test, env)
                self.visit(then if self.run.expression(test, env) is True else other, env)
            case e.Aggregate():
                self._aggregate(expr, env)
            case e.Compare():
                self._compare(expr, env)
                self.visit(expr.left, env)
                self.visit(expr.right, env)
            case _:
                for part in e.children(expr):
                    self.visit(part, env)

    def _aggregate(self, expr: e.Aggregate, env: Mapping[str, Any]) -> None:
        ranges = [
            self.run.facts.elements(binder.collection)
            if binder.collection is not None
            else self.run.pack.enumerations[binder.enumeration or ""].names
            for binder in expr.binders
        ]
        for chosen in product(*ranges):
            inner = {**env, **{binder.var: one for binder, one in zip(expr.binders, chosen, strict=True)}}
            if expr.where is not None:
                self.visit(expr.where, inner)
                if self.run.expression(expr.where, inner) is not True:
                    continue
            for part in (expr.key, expr.body):
                if part is not None:
                    self.visit(part, inner)

    def _compare(self, expr: e.Compare, env: Mapping[str, Any]) -> None:
        if expr.left.type.base not in ("day", "number") or _is_special(expr.left) or _is_special(expr.right):
            return
        left, right = self.run.expression(expr.left, env), self.run.expression(expr.right, env)
        if isinstance(left, Failed | Special) or isinstance(right, Failed | Special):
            return
        difference = (left - right).days if isinstance(left, date) else left - right  # type: ignore[operator]
        if difference not in FULL:
            return
        self.met.differences.setdefault((self.definition, unparse(expr)), set()).add(difference)
        for side in (expr.left, expr.right):
            for name in self._parameters(side, env):
                self.met.by_parameter.setdefault(name, set()).add(difference)

    def _parameters(self, side: e.Expr, env: Mapping[str, Any]) -> set[str]:
        looked = self.run.looked_at(side, env)
        found = {name for name, _ in looked.parameters}
        return found.union(*(self.run.touched(*call).parameters for call in looked.calls))
