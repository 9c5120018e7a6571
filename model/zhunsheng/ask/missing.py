"""Why a value did not come out: the rules that would have given it, and what each lacked, down the chain of definitions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import product

from zhunsheng.ask.explain import facts_of, written
from zhunsheng.ask.report import Looked
from zhunsheng.evaluate import Argument, Element, Run
from zhunsheng.evaluate.rules import bound
from zhunsheng.lang import expr as e
from zhunsheng.lang.case import Case
from zhunsheng.lang.outcome import Failed, FailureKind, strongest
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import DAY, YES_NO, Value

DEEPEST = 8
"""Definitions below definitions are followed down to this depth."""


class Standing(Enum):
    """How a rule that would have given a value stands. `OTHER_VALUE`: it applies, and its value comes to something else."""

    LACKS = "lacks"
    DEFEATED = "defeated"
    OTHER_VALUE = "other value"
    FAILED = "failed"
    OVERRULED = "overruled"  # what holds otherwise, where a rule speaks


@dataclass(frozen=True)
class Condition:
    """A condition that is not as it would have to be: `wanted` is the truth value it would need. `facts` are what it rests on;
    `below` says why the definition that it asks for does not come to what is wanted, where it asks for one."""

    condition: e.Expr
    wanted: bool
    facts: tuple[Looked, ...]
    below: Missing | None = None


@dataclass(frozen=True)
class Blocker:
    """A rule that applies and stands in the way of another, with its conditions: it would not apply without any one of them."""

    rule: str
    holds: tuple[Condition, ...]


@dataclass(frozen=True)
class Candidate:
    """A rule that would have given the value (empty: what holds otherwise). `by`: the rules that stand in its way, where it is
    defeated or overruled. `comes_to`: what its value is instead, if it is not the one wanted, and `facts` what that rests on."""

    rule: str
    provision: str
    standing: Standing
    lacks: tuple[Condition, ...] = ()
    by: tuple[Blocker, ...] = ()
    comes_to: str = ""
    facts: tuple[Looked, ...] = ()
    below: Missing | None = None


@dataclass(frozen=True)
class Missing:
    """Why a definition at its arguments does not come to a value. No candidates: no rule can ever give that value."""

    definition: str
    at: tuple[str, ...]
    wanted: str
    outcome: str
    candidates: tuple[Candidate, ...] = ()


@dataclass
class Seeking:
    """Looks for what stood in the way, in one complete case."""

    run: Run
    case: Case
    seen: set[tuple[str, tuple[Argument, ...], str]] = field(default_factory=set)

    def missing(self, name: str, args: tuple[Argument, ...], value: Value, depth: int = 0) -> Missing:
        """Why a definition does not come to a value."""
        definition = self.run.pack.definitions[name]
        outcome = self._said(definition, strongest(self.run.definition(name, args)))
        at = tuple(self.run.facts.path(arg) if isinstance(arg, Element) else str(arg) for arg in args)
        self.seen.add((name, args, str(value)))
        found = tuple(self._candidates(definition, args, value, depth))
        return Missing(name, at, self._said(definition, value), outcome, found)

    def _candidates(self, definition: Definition, args: tuple[Argument, ...], value: Value, depth: int) -> Iterator[Candidate]:
        derivation = self.run.derivation(definition.name, args)
        env = bound(definition, args)
        for rule in definition.rules:
            if not self._could(rule.value, value):
                continue
            step = derivation.rule(rule.name)
            lacks = tuple(self._lacks(rule.when, env, depth))
            comes_to, facts, below = self._other_value(definition, rule.value, env, value, depth, follow=not lacks)
            if lacks:
                yield Candidate(rule.name, rule.provision, Standing.LACKS, lacks, (), comes_to, facts)
            elif step.by:
                blockers = tuple(self._blocker(definition, name, env, depth) for name in step.by)
                yield Candidate(rule.name, rule.provision, Standing.DEFEATED, (), blockers, comes_to, facts)
            elif isinstance(step.outcome, Failed) and not comes_to:
                yield Candidate(rule.name, rule.provision, Standing.FAILED, comes_to=step.outcome.kind.word)
            elif comes_to:
                yield Candidate(rule.name, rule.provision, Standing.OTHER_VALUE, (), (), comes_to, facts, below)
        if definition.otherwise is not None and self._could(definition.otherwise, value):
            speaking = [step.rule for step in derivation.rules if step.status.value == "fired"]
            found = self._other_value(definition, definition.otherwise, env, value, depth, follow=not speaking)
            blockers = tuple(self._blocker(definition, name, env, depth) for name in speaking)
            yield Candidate("", definition.provision, Standing.OVERRULED, (), blockers, *found)

    def _blocker(self, definition: Definition, name: str, env: dict[str, Argument], depth: int) -> Blocker:
        when = definition.rule(name).when
        parts = when.parts if isinstance(when, e.And) else (when,)
        held = (part for part in parts if not isinstance(part, e.Literal))
        return Blocker(name, tuple(self._condition(part, env, depth, False) for part in held))

    # -- values

    def _other_value(
        self, definition: Definition, expr: e.Expr, env: dict[str, Argument], value: Value, depth: int, *, follow: bool
    ) -> tuple[str, tuple[Looked, ...], Missing | None]:
        """What an expression comes to instead of a value, what that rests on, and why the definition it calls does not come to
        the value; nothing where it does come to it."""
        found = strongest(self.run.expression(expr, env))
        if type(found) is type(value) and found == value:
            return "", (), None
        below = self._value(expr, env, value, depth) if follow else None
        return self._said(definition, found), () if below else self._rests_on(expr, env), below

    def _could(self, expr: e.Expr, value: Value) -> bool:
        """Whether an expression might come to a value: a constant only to itself, anything else as far as its form shows."""
        match expr:
            case e.Literal(value=known):
                return type(known) is type(value) and known == value
            case e.IfElse(then=then, other=other):
                return self._could(then, value) or self._could(other, value)
            case _:
                return True

    def _value(self, expr: e.Expr, env: dict[str, Argument], value: Value, depth: int) -> Missing | None:
        """Why an expression that is a call does not come to a value; None where it does, or is no call."""
        if not isinstance(expr, e.Call) or depth >= DEEPEST or not tells(self.run.pack, expr.name):
            return None
        args = self._args(expr, env)
        if args is None or (expr.name, args, str(value)) in self.seen:
            return None
        found = strongest(self.run.definition(expr.name, args))
        if type(found) is type(value) and found == value:
            return None
        return self.missing(expr.name, args, value, depth + 1)

    def _args(self, call: e.Call, env: dict[str, Argument]) -> tuple[Argument, ...] | None:
        found = []
        for arg in call.args:
            value = env[arg.name] if isinstance(arg, e.Var) and arg.name in env else self.run.expression(arg, env)
            if isinstance(value, Failed):
                return None
            found.append(value)
        return tuple(found)

    # -- conditions

    def _lacks(self, expr: e.Expr, env: dict[str, Argument], depth: int, wanted: bool = True) -> Iterator[Condition]:
        """The conditions that are not as wanted, down to those that are no conjunction."""
        if self.run.expression(expr, env) is wanted:
            return
        match expr:
            case e.Not(of=of):
                yield from self._lacks(of, env, depth, not wanted)
            case e.And(parts=parts) if wanted:
                yield from (one for part in self._opposed(parts, env, wanted) for one in self._lacks(part, env, depth, wanted))
            case e.Or(parts=parts) if not wanted:
                yield from (one for part in self._opposed(parts, env, wanted) for one in self._lacks(part, env, depth, wanted))
            case _:
                yield self._condition(expr, env, depth, wanted)

    def _opposed(self, parts: tuple[e.Expr, ...], env: dict[str, Argument], wanted: bool) -> list[e.Expr]:
        """The parts that are the opposite of what is wanted; one that says nothing without its guard is not among them, unless no
        other is."""
        return [part for part in parts if self.run.expression(part, env) is (not wanted)] or list(parts)

    def _condition(self, expr: e.Expr, env: dict[str, Argument], depth: int, wanted: bool) -> Condition:
        below = self._below(expr, env, depth, wanted)
        return Condition(expr, wanted, () if below is not None else self._rests_on(expr, env), below)

    def _rests_on(self, expr: e.Expr, env: dict[str, Argument]) -> tuple[Looked, ...]:
        """The facts that an expression rests on, those of the definitions it calls with them."""
        parts = [self.run.looked_at(here, inner) for here, inner in self._deciding(expr, env)]
        for call in dict.fromkeys(call for part in parts for call in part.calls):
            parts += [part for step in self.run.derivation(*call).steps() for part in step.looked()]
        facts = dict.fromkeys(fact for part in parts for fact in part.facts)
        lists = dict.fromkeys(one for part in parts for one in part.lists)
        told = tuple(Looked(name, f"{number} listed") for name, number in lists)
        return (*facts_of(self.run.pack, self.case, facts), *told)

    def _deciding(self, expr: e.Expr, env: dict[str, Argument]) -> list[tuple[e.Expr, dict[str, Argument]]]:
        """What an expression's outcome rests on: itself; or, where one element is enough to decide it, each one that would be."""
        if not isinstance(expr, e.Aggregate) or expr.kind not in (e.Kind.ANY, e.Kind.ALL):
            return [(expr, env)]
        one = replace(expr, binders=())
        decisive = expr.kind is e.Kind.ANY
        found = [inner for inner in self._elements(expr.binders, env) if self.run.expression(one, inner) is decisive]
        return [(one, inner) for inner in found] or [(expr, env)]

    def _elements(self, binders: tuple[e.Binder, ...], env: dict[str, Argument]) -> Iterator[dict[str, Argument]]:
        ranges = [self._range(binder) for binder in binders]
        for chosen in product(*ranges):
            yield {**env, **dict(zip((binder.var for binder in binders), chosen, strict=True))}

    def _range(self, binder: e.Binder) -> tuple[Argument, ...]:
        if binder.collection is not None:
            return self.run.facts.elements(binder.collection)
        return self.run.pack.enumerations[binder.enumeration or ""].names

    def _below(self, expr: e.Expr, env: dict[str, Argument], depth: int, wanted: bool) -> Missing | None:
        """Why the definition that a condition calls is not as wanted: one that holds or not, or one that would have to come to
        what stands on the other side of a comparison."""
        match expr:
            case e.Call(type=type_) if type_ == YES_NO:
                return self._value(expr, env, wanted, depth)
            case e.Compare(op="==" | "!=" as op, left=left, right=right) if wanted == (op == "=="):
                return self._equal(left, right, env, depth) or self._equal(right, left, env, depth)
            case _:
                return None

    def _equal(self, call: e.Expr, other: e.Expr, env: dict[str, Argument], depth: int) -> Missing | None:
        """Why a definition does not come to what another expression does here."""
        value = strongest(self.run.expression(other, env)) if isinstance(call, e.Call) else None
        return None if value is None or isinstance(value, FailureKind) else self._value(call, env, value, depth)

    def _said(self, definition: Definition, outcome: Value | FailureKind) -> str:
        if isinstance(outcome, FailureKind):
            return outcome.word
        return written(self.run.pack, definition.type, outcome)


def tells(pack: Pack, name: str) -> bool:
    """Whether a definition speaks of the case itself: it is asked for as an answer, or takes nothing but days and elements. One
    that takes other values says how they are reckoned with."""
    about = [type_ for _, type_ in pack.definitions[name].parameters]
    return name in pack.answers or all(type_ == DAY or pack.element_of(type_.base) is not None for type_ in about)
