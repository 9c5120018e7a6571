"""Derivations: the same evaluation, watched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from zhunsheng.evaluate.derivation import Derivation, RuleStep, Status, Touched
from zhunsheng.evaluate.facts import Argument, Element, Part
from zhunsheng.evaluate.meaning import Env
from zhunsheng.evaluate.rules import Standing, bound
from zhunsheng.evaluate.trace import Looked, Trace, looked
from zhunsheng.lang.expr import And, Expr
from zhunsheng.lang.outcome import Outcome
from zhunsheng.lang.pack import Rule

if TYPE_CHECKING:
    from zhunsheng.evaluate.run import Run

Watched = tuple[Outcome, Trace]


def derive(run: Run, name: str, args: tuple[Argument, ...]) -> Derivation:
    """How the definition comes to its outcome at these arguments."""
    definition = run.pack.definitions[name]
    settled = run.settled(name, args)
    env = bound(definition, args)
    values = {rule.name: value for rule, value in zip(settled.standing.fired, settled.values, strict=True)}
    steps = tuple(
        _step(run, rule, condition, settled.standing, values.get(rule.name), env)
        for rule, condition in zip(definition.rules, settled.conditions, strict=True)
    )
    otherwise = looked(settled.otherwise) if settled.otherwise is not None else None
    calls = dict.fromkeys(call for step in steps for call in step.looked.calls)
    calls |= dict.fromkeys(otherwise.calls if otherwise is not None else ())
    at = tuple(run.facts.path(arg) if isinstance(arg, Element | Part) else str(arg) for arg in args)
    called = tuple(run.derivation(*call) for call in calls)
    return Derivation(name, args, at, settled.outcome, steps, otherwise, called)


def touched(run: Run, derivation: Derivation) -> Touched:
    """The names of all that the derivation and those below it rest on, and of what decides which choices are lawful."""
    parts = _below(run, derivation.looked(), {(derivation.definition, derivation.args)})
    return Touched(
        facts=frozenset(name for part in parts for name, _ in part.facts),
        lists=frozenset(name for part in parts for name, _ in part.lists),
        parameters=frozenset(name for part in parts for name, _ in part.parameters),
        readings=frozenset(name for part in parts for name, _ in part.readings),
        choices=frozenset(name for part in parts for name, _ in part.choices),
    )


def _step(run: Run, rule: Rule, condition: Watched, stand: Standing, value: Watched | None, env: Env) -> RuleStep:
    outcome, trace = condition
    if value is not None:
        return RuleStep(rule.name, Status.FIRED, looked(trace, value[1]), value[0])
    if rule.name in stand.defeated:
        failure = None if outcome is True else outcome
        return RuleStep(rule.name, Status.DEFEATED, looked(trace), failure, by=stand.defeated[rule.name])
    if rule.name in stand.failed:
        return RuleStep(rule.name, Status.FAILED, looked(trace), outcome)
    return RuleStep(rule.name, Status.NOT_HELD, looked(trace), lacked=_first_false(run, rule.when, env))


def _first_false(run: Run, expr: Expr, env: Env) -> Expr:
    """The first conjunct that is false, down to one that is no conjunction."""
    while isinstance(expr, And):
        expr = next(part for part in expr.parts if run.expression(part, env) is False)
    return expr


def _below(run: Run, parts: Iterable[Looked], seen: set[object]) -> list[Looked]:
    """These and all that the definitions and choices they name rest on."""
    found: list[Looked] = []
    for part in parts:
        found.append(part)
        for call in part.calls:
            if call not in seen:
                seen.add(call)
                found += _below(run, run.derivation(*call).looked(), seen)
        for choice, _ in part.choices:
            if choice not in seen and choice not in run.supposed:
                seen.add(choice)
                found += _bounds(run, choice)
    return found


def _bounds(run: Run, discretion: str) -> list[Looked]:
    """What the bounds of a discretion rest on."""
    spec = run.pack.discretions[discretion]
    found: list[Looked] = []
    for choice in run.candidates(discretion):
        world = run.supposing(discretion, choice)
        found += _below(world, [world.looked_at(spec.lawful)], set())
    if not run.lawful(discretion) and spec.otherwise is not None:
        found += _below(run, [run.looked_at(spec.otherwise)], set())
    return found
