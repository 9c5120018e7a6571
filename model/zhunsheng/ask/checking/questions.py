"""What a check looks for in a definition, as data: each question as a condition for the solver, and as the reference sees it.

Whatever case the solver shows, or was kept from another run, is looked at again by `seen` before anything is said of it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, assert_never

from zhunsheng.evaluate import Run, Status
from zhunsheng.evaluate.derivation import Derivation, RuleStep
from zhunsheng.lang import expr as e
from zhunsheng.lang.outcome import Failed, Failure, FailureKind, strongest
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import Value
from zhunsheng.lang.unparse import unparse
from zhunsheng.solve.constrain import Aside, Clash
from zhunsheng.solve.formula import Node
from zhunsheng.solve.local import Local

Clashes = frozenset[Clash]


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
    """The definition comes to a value, or fails in this way: for what arises in others than those set `aside`, and not by clashes
    that are `told` already."""

    to: str | FailureKind
    aside: frozenset[str] = frozenset()
    told: Clashes = frozenset()

    @property
    def set_aside(self) -> frozenset[Aside]:
        """What does not count: a definition's own failures of this kind, or the clash of two of its rules."""
        return self.told.union((name, self.to) for name in self.aside) if isinstance(self.to, FailureKind) else frozenset()


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
        case Comes(FailureKind() as kind, aside, told):
            but = [*(f"but in {name}" for name in sorted(aside)), *("but by " + " ".join(clash) for clash in sorted(told))]
            return " ".join([f"fails {kind.word}", *but])
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
        case Comes(FailureKind() as kind, aside, told) if aside or told:
            return outcome(run, definition, given) == kind and not arising(run, definition, given, kind, told) <= aside
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


def arising(
    run: Run, definition: Definition, args: tuple[Any, ...], kind: FailureKind, told: Clashes = frozenset()
) -> frozenset[str]:
    """The definitions in which the failures of this kind arise that a definition comes to, but for clashes that are told."""
    return frozenset(
        step.definition for failure, step in _origins(run, definition, args, kind)
        if failure.name != step.definition or not (found := clashing(step)) or not found <= told
    )  # fmt: skip


def clashes(run: Run, definition: Definition, args: tuple[Any, ...]) -> Clashes:
    """Every clash of two rules that a definition comes to."""
    return frozenset[Clash]().union(
        *(clashing(step) for failure, step in _origins(run, definition, args, FailureKind.CONFLICT)
          if failure.name == step.definition)
    )  # fmt: skip


def clashing(step: Derivation) -> Clashes:
    """Each two rules of a definition that stand and give different values."""
    def valued(rule: RuleStep) -> bool:
        return rule.status is Status.FIRED and rule.outcome is not None and not isinstance(rule.outcome, Failed)

    pairs = itertools.combinations(filter(valued, step.rules), 2)
    return frozenset((step.definition, one.rule, other.rule) for one, other in pairs if one.outcome != other.outcome)


def _origins(
    run: Run, definition: Definition, args: tuple[Any, ...], kind: FailureKind
) -> Iterator[tuple[Failure, Derivation]]:
    """Each failure of this kind that a definition comes to, with every innermost step that fails so."""
    derivation = run.derivation(definition.name, args)
    failures = derivation.outcome.failures if isinstance(derivation.outcome, Failed) else frozenset()
    for failure in sorted(each for each in failures if each.kind is kind):
        yield from ((failure, step) for step in origins(derivation, failure))


def origins(derivation: Derivation, failure: Failure) -> Iterator[Derivation]:
    """Every innermost step that fails so, in the order in which they are called."""
    todo, met = [derivation], set[int]()
    while todo:
        step = todo.pop()
        if id(step) not in met:
            met.add(id(step))
            below = [each for each in step.called if isinstance(each.outcome, Failed) and failure in each.outcome.failures]
            if not below:
                yield step
            todo += reversed(below)


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
