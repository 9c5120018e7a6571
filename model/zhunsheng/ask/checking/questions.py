"""What a check looks for in a definition, as data: each question as a condition for the solver, and as the reference sees it.

Whatever case the solver shows, or was kept from another run, is looked at again by `seen` before anything is said of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, assert_never

from zhunsheng.evaluate import Run, Status
from zhunsheng.evaluate.derivation import Derivation
from zhunsheng.lang import expr as e
from zhunsheng.lang.outcome import Failed, Failure, FailureKind, strongest
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import Value
from zhunsheng.lang.unparse import unparse
from zhunsheng.solve.formula import Node
from zhunsheng.solve.local import Local


@dataclass(frozen=True)
class Holds:
    """A rule's condition holds."""

    rule: str


@dataclass(frozen=True)
class OneHolds:
    """The condition of one of these rules holds."""

    rules: tuple[str, ...]


@dataclass(frozen=True)
class Differs:
    """The definition would come to something else without a rule."""

    rule: str


@dataclass(frozen=True)
class Met:
    """A condition on the arguments holds."""

    condition: e.Expr


@dataclass(frozen=True)
class Comes:
    """The definition comes to a value, or fails in this way: for what arises in others than those set `aside`."""

    to: str | FailureKind
    aside: frozenset[str] = frozenset()

    @property
    def set_aside(self) -> frozenset[tuple[str, FailureKind]]:
        """Whose own failures of this kind do not count."""
        return frozenset((name, self.to) for name in self.aside) if isinstance(self.to, FailureKind) else frozenset()


@dataclass(frozen=True)
class Prevails:
    """One rule stands and defeats another, which would have given another value."""

    over: str
    under: str


@dataclass(frozen=True)
class NoChoice:
    """A rule stands that leaves a choice, and none is lawful."""

    rule: str
    discretion: str


@dataclass(frozen=True)
class ToldApart:
    """The definition comes to different things under two options of a reading. `choices`: those it may consult."""

    reading: str
    one: str
    other: str
    choices: frozenset[str]


Question = Holds | OneHolds | Differs | Met | Comes | Prevails | NoChoice | ToldApart


def words(question: Question) -> str:
    """The question as one line, the same for equal questions."""
    match question:
        case Holds(rule):
            return f"holds {rule}"
        case OneHolds(rules):
            return f"holds one of {' '.join(rules)}"
        case Differs(rule):
            return f"differs without {rule}"
        case Met(condition):
            return f"met {unparse(condition)}"
        case Comes(FailureKind() as kind, aside):
            return " ".join([f"fails {kind.word}", *(f"but in {name}" for name in sorted(aside))])
        case Comes(value):
            return f"comes to {value}"
        case Prevails(over, under):
            return f"prevails {over} {under}"
        case NoChoice(rule, discretion):
            return f"no choice {rule} {discretion}"
        case ToldApart(reading, one, other):
            return f"told apart {reading} {one} {other}"
        case _:
            assert_never(question)


def condition(question: Question, local: Local) -> Node:
    """Where it is so, for the solver."""
    match question:
        case Holds(rule):
            return local.ruled.holds[rule]
        case OneHolds(rules):
            return local.terms.or_(local.ruled.holds[rule] for rule in rules)
        case Differs(rule):
            return local.differs_without(rule)
        case Met(expr):
            return local.true(expr)
        case Comes(outcome):
            return local.encoded.finite.get(outcome, local.terms.false)
        case Prevails(over, under):
            return local.prevails(over, under)
        case NoChoice(rule, discretion):
            return local.without_choice(rule, discretion)
        case ToldApart(reading, one, other, choices):
            return local.told_apart({reading: one}, {reading: other}, choices)
        case _:
            assert_never(question)


def seen(question: Question, run: Run, definition: Definition, args: Mapping[str, Any]) -> bool:
    """Whether it is so in a complete case, by the reference meaning."""
    given = tuple(args.values())
    match question:
        case Holds(rule):
            return run.expression(definition.rule(rule).when, args) is True
        case OneHolds(rules):
            return any(run.expression(definition.rule(rule).when, args) is True for rule in rules)
        case Differs(rule):
            return outcome(run, definition, given) != outcome(_without(run, definition, rule), definition, given)
        case Met(expr):
            return run.expression(expr, args) is True
        case Comes(FailureKind() as kind, aside) if aside:
            return outcome(run, definition, given) == kind and not arising(run, definition, given, kind) <= aside
        case Comes(to):
            return outcome(run, definition, given) == to
        case Prevails(over, lesser):
            lower = definition.rule(lesser)
            stands = _stands(run, definition, given, over) and run.expression(lower.when, args) is True
            said, other = (strongest(run.expression(rule.value, args)) for rule in (definition.rule(over), lower))
            return stands and said != other
        case NoChoice(rule, discretion):
            return _stands(run, definition, given, rule) and not run.lawful(discretion)
        case ToldApart(reading, one, other):
            return under(run, definition, given, {reading: one}) != under(run, definition, given, {reading: other})
        case _:
            assert_never(question)


def outcome(run: Run, definition: Definition, args: tuple[Any, ...]) -> Value | FailureKind:
    return strongest(run.definition(definition.name, args))


def arising(run: Run, definition: Definition, args: tuple[Any, ...], kind: FailureKind) -> frozenset[str]:
    """The definitions in which the failures of this kind arise that a definition comes to."""
    derivation = run.derivation(definition.name, args)
    failures = derivation.outcome.failures if isinstance(derivation.outcome, Failed) else frozenset()
    return frozenset(source(derivation, each).definition for each in failures if each.kind is kind)


def source(derivation: Derivation, failure: Failure) -> Derivation:
    """The innermost step that fails so."""
    for called in derivation.called:
        if isinstance(called.outcome, Failed) and failure in called.outcome.failures:
            return source(called, failure)
    return derivation


def under(run: Run, definition: Definition, args: tuple[Any, ...], readings: Mapping[str, str]) -> Value | FailureKind:
    """What the definition comes to in the same case with some readings taken otherwise."""
    other = Run(run.pack, run.facts.facts, {**run.readings, **readings}, run.choices)
    return outcome(other, definition, args)


def _stands(run: Run, definition: Definition, args: tuple[Any, ...], rule: str) -> bool:
    return run.derivation(definition.name, args).rule(rule).status is Status.FIRED


def _without(run: Run, definition: Definition, rule: str) -> Run:
    return Run(without_rule(run.pack, definition, rule), run.facts.facts, run.readings, run.choices)


def without_rule(pack: Pack, definition: Definition, rule: str) -> Pack:
    """The pack as it would be without one rule."""
    kept = tuple(
        replace(other, overrides=tuple(name for name in other.overrides if name != rule))
        for other in definition.rules
        if other.name != rule
    )
    return replace(pack, definitions={**pack.definitions, definition.name: replace(definition, rules=kept)})
