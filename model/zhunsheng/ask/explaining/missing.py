"""Why a value did not come out: the rules that would have given it, and what each lacked, down the chain of definitions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product

from zhunsheng.ask.deciding.explain import facts_of, written
from zhunsheng.ask.explaining.lacking import (
    Blocker,
    Branch,
    Candidate,
    Condition,
    Missing,
    Side,
    Standing,
    Tried,
    guards,
    taken_by,
)
from zhunsheng.ask.report import Looked
from zhunsheng.evaluate import Argument, Element, Run
from zhunsheng.evaluate.rules import bound
from zhunsheng.lang import expr as e
from zhunsheng.lang.case import Case
from zhunsheng.lang.outcome import Failed, FailureKind, strongest
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import DAY, YES_NO, Type, Value

DEEPEST = 8
"""Definitions below definitions are followed down to this depth."""
MOST_TRIED = 8
"""Elements of a list that are told one by one."""
PLAIN = (e.Literal, e.Parameter, e.Fact, e.Var, e.Reading, e.Choice)
"""What a sentence about a comparison tells by itself, or the facts do."""


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
            other = self._other_value(definition, rule.value, env, value, depth, follow=not lacks)
            comes_to, facts = other.comes_to, other.facts
            if lacks:
                yield Candidate(rule.name, rule.provision, Standing.LACKS, lacks, (), comes_to, facts)
            elif step.by:
                blockers = tuple(self._blocker(definition, name, env, depth) for name in step.by)
                yield Candidate(rule.name, rule.provision, Standing.DEFEATED, (), blockers, comes_to, facts)
            elif isinstance(step.outcome, Failed) and not comes_to:
                yield Candidate(rule.name, rule.provision, Standing.FAILED, comes_to=step.outcome.kind.word)
            elif comes_to:
                yield replace(other, rule=rule.name, provision=rule.provision)
        if definition.otherwise is not None and self._could(definition.otherwise, value):
            speaking = [step.rule for step in derivation.rules if step.status.value == "fired"]
            found = self._other_value(definition, definition.otherwise, env, value, depth, follow=not speaking)
            blockers = tuple(self._blocker(definition, name, env, depth) for name in speaking)
            yield replace(found, provision=definition.provision, standing=Standing.OVERRULED, by=blockers)

    def _blocker(self, definition: Definition, name: str, env: dict[str, Argument], depth: int) -> Blocker:
        when = definition.rule(name).when
        parts = when.parts if isinstance(when, e.And) else (when,)
        held = (part for part in parts if not isinstance(part, e.Literal))
        return Blocker(name, tuple(self._condition(part, env, depth, False) for part in held))

    # -- values

    def _other_value(
        self, definition: Definition, expr: e.Expr, env: dict[str, Argument], value: Value, depth: int, *, follow: bool
    ) -> Candidate:
        """What an expression comes to instead of a value, what that rests on, and why it does not come to the value, as far as
        `follow` asks for that; nothing where it does come to it."""
        there = Candidate("", "", Standing.OTHER_VALUE)
        found = self._outcome(expr, env)
        if found is None or (type(found) is type(value) and found == value):
            return there
        there = replace(there, comes_to=self._said(definition, found))
        if not follow:
            return replace(there, facts=self._rests_on(expr, env))
        branches = self._branches(expr, env, depth)
        taken = taken_by(branches, expr)
        if below := self._value(taken, env, value, depth):
            return replace(there, below=below, branches=branches)
        if isinstance(value, bool) and not isinstance(taken, e.Call | e.Literal):
            return replace(there, lacks=tuple(self._lacks(taken, env, depth, value)), branches=branches)
        told = isinstance(taken, e.Literal) and branches
        return replace(there, branches=branches, facts=() if told else self._rests_on(taken, env))

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
        if below is not None:
            return Condition(expr, wanted, (), below)
        if isinstance(expr, e.Aggregate) and expr.kind in (e.Kind.ANY, e.Kind.ALL):
            elements, listed = self._tried(expr, env)
            told = tuple(self._element(expr, inner, depth, wanted) for inner in elements[:MOST_TRIED])
            if told:
                return Condition(expr, wanted, listed, None, told, len(elements) - len(told))
        if isinstance(expr, e.IfElse) and (branches := self._branches(expr, env, depth, wanted)):
            return Condition(expr, wanted, (), None, branches=branches)
        return Condition(expr, wanted, self._rests_on(expr, env), sides=self._sides(expr, env))

    def _tried(self, expr: e.Aggregate, env: dict[str, Argument]) -> tuple[list[dict[str, Argument]], tuple[Looked, ...]]:
        """The elements that decide an aggregate; where none does, each that might have, and how many the lists hold."""
        one, decisive = replace(expr, binders=()), expr.kind is e.Kind.ANY
        every = list(self._elements(expr.binders, env))
        if found := [inner for inner in every if self.run.expression(one, inner) is decisive]:
            return found, ()
        names = dict.fromkeys(binder.collection for binder in expr.binders if binder.collection is not None)
        return every, tuple(Looked(name, f"{len(self.run.facts.elements(name))} listed") for name in names)

    def _element(self, expr: e.Aggregate, env: dict[str, Argument], depth: int, wanted: bool) -> Tried:
        """What one element lacks for the condition to be as wanted; or has, that keeps it from being so."""
        at = tuple((binder.var, binder.type, self._named(env[binder.var], binder.type)) for binder in expr.binders)
        parts = [part for part in (expr.where, expr.body) if part is not None and not isinstance(part, e.Literal)]
        if wanted and expr.kind is e.Kind.ANY:
            opposed = self._opposed(tuple(parts), env, wanted) if parts else []
            return Tried(at, tuple(one for part in opposed for one in self._lacks(part, env, depth, True)))
        if expr.kind is e.Kind.ALL:
            where_not = [one for part in parts[:-1] for one in self._lacks(part, env, depth, True)] if not wanted else []
            return Tried(at, tuple(where_not or self._lacks(parts[-1], env, depth, wanted)) if parts else ())
        whole = [one for part in parts for one in (part.parts if isinstance(part, e.And) else (part,))]
        # with the facts it has, and no further down: how each definition might have come to something else is no matter here
        has = (self._condition(part, env, DEEPEST, False) for part in whole if not guards(part, whole))
        return Tried(at, tuple(has))

    def _named(self, value: Argument, type_: Type) -> str:
        if isinstance(value, Element):
            return self.run.facts.path(value)
        return written(self.run.pack, type_, value) if isinstance(value, str) else str(value)

    def _branches(self, expr: e.Expr, env: dict[str, Argument], depth: int, wanted: bool | None = None) -> tuple[Branch, ...]:
        """Which way an expression goes, test after test; none where a test cannot be told. `wanted`: the last with conditions."""
        found: list[Branch] = []
        while isinstance(expr, e.IfElse):
            holds = self.run.expression(expr.test, env)
            if not isinstance(holds, bool):
                return ()
            found.append(Branch(expr.test, holds, self._rests_on(expr.test, env)))
            expr = expr.then if holds else expr.other
        if found and wanted is not None and not isinstance(expr, e.Literal):
            found[-1] = replace(found[-1], conditions=tuple(self._lacks(expr, env, depth, wanted)))
        return tuple(found)

    def _sides(self, expr: e.Expr, env: dict[str, Argument]) -> tuple[Side, ...]:
        """What the sides of a comparison come to, where something has to be reckoned for that."""
        if not isinstance(expr, e.Compare):
            return ()
        found = []
        for side in (expr.left, expr.right):
            outcome = self._outcome(side, env)
            if isinstance(side, PLAIN) or _stated(side) or outcome is None or isinstance(outcome, Element):
                continue
            said = outcome.word if isinstance(outcome, FailureKind) else written(self.run.pack, side.type, outcome)
            found.append(Side(side, said))
        return tuple(found)

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
        value = self._outcome(other, env) if isinstance(call, e.Call) else None
        return None if value is None or isinstance(value, FailureKind) else self._value(call, env, value, depth)

    def _outcome(self, expr: e.Expr, env: dict[str, Argument]) -> Value | FailureKind | None:
        """What an expression comes to; None where it says nothing, its guard not being met."""
        found = self.run.expression(expr, env)
        return None if isinstance(found, Failed) and not found.failures else strongest(found)

    def _said(self, definition: Definition, outcome: Value | FailureKind) -> str:
        if isinstance(outcome, FailureKind):
            return outcome.word
        return written(self.run.pack, definition.type, outcome)


def _stated(expr: e.Expr) -> bool:
    """Whether an expression is a fact as the case states it."""
    return isinstance(expr, e.Fact | e.Var) or (isinstance(expr, e.Field | e.Pick) and _stated(expr.of))


def tells(pack: Pack, name: str) -> bool:
    """Whether a definition speaks of the case itself: it is asked for as an answer, or takes nothing but days and elements. One
    that takes other values says how they are reckoned with."""
    about = [type_ for _, type_ in pack.definitions[name].parameters]
    return name in pack.answers or all(type_ == DAY or pack.element_of(type_.base) is not None for type_ in about)
