"""One answer under two laws, at any arguments, in any case: whether they can differ, and in what ways.

The outcome of a side is the *set* of outcomes its lawful choices leave (DESIGN 1), so each outcome has a condition under which it
is a member. Days and numbers are terms; they are compared with each other and not listed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from zhunsheng.errors import NotShown
from zhunsheng.lang import expr as e
from zhunsheng.lang.blank import blank_case
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import Type, Value
from zhunsheng.solve.cases import Atom, Cases, ElementRef, Maker
from zhunsheng.solve.formula import Node, Terms, support
from zhunsheng.solve.problem import Completion, Problem
from zhunsheng.solve.simplest import simplest
from zhunsheng.solve.sparing import Sparing
from zhunsheng.solve.symbols import Assignment, Free, SymbolMaker, discretion_values
from zhunsheng.solve.valued import Valued

MOST_WORK = 12_000_000
"""The solver's budget for one answer under two laws, in its own units."""
MOST_CHOICES = 600
"""How many ways to choose are looked at for one side."""
NUMERIC = frozenset({"day", "number", "text"})


class Beyond(Enum):
    """What is no outcome of a law but of the comparison. NOT_EXPRESSIBLE: the case holds something the law has no word for;
    SOME: a day or a number, whichever."""

    NOT_EXPRESSIBLE = "not_expressible"
    SOME = "some"


NOT_EXPRESSIBLE: Final = Beyond.NOT_EXPRESSIBLE
SOME: Final = Beyond.SOME
Member = Value | FailureKind | Beyond


class Shift(Enum):
    """Where both laws give a day or a number: how the new one stands to the old. OTHER: of texts, that they differ."""

    SAME = "same"
    EARLIER = "earlier"
    LATER = "later"
    OTHER = "other"


@dataclass(frozen=True)
class Key:
    """A way in which an answer differs: what may come out under each law, and, of days and numbers, in which direction."""

    before: frozenset[Member]
    after: frozenset[Member]
    shift: Shift = Shift.SAME

    @property
    def same(self) -> bool:
        return self.before == self.after and self.shift is Shift.SAME


@dataclass(frozen=True)
class Laws:
    """Where the two laws' definition stands in the pack that holds both. `choices`: the discretions of each side; `unknown`:
    where a case holds what a side has no word for; `values`: for arguments over enumerations that differ, those of each side."""

    pack: Pack
    before: Definition
    after: Definition
    choices: tuple[tuple[str, ...], tuple[str, ...]]
    unknown: tuple[e.Expr, e.Expr]
    values: tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]


@dataclass(frozen=True, eq=False)
class Side:
    """One law's outcomes: each member of the set with its condition, and the day or number with the condition that it is one."""

    members: Mapping[Member, Node]
    term: Node | None = None
    some: Node | None = None


@dataclass
class Everywhere:
    """Every case of two laws with so many elements, under some of their assumptions, with some readings fixed."""

    pack: Pack
    named: Mapping[str, Sequence[str]]
    slots: Mapping[str, int]
    assumed: frozenset[str]
    readings: Mapping[str, str]
    work: int = MOST_WORK
    problem: Problem = field(init=False)
    world: Sparing = field(init=False)
    simple: list[Assignment] = field(default_factory=list, init=False)
    """The models found simplest so far, of whatever was asked."""

    def __post_init__(self) -> None:
        self._build()
        self.world = Sparing(self.problem, self.problem.symbols.constraints, self._assumptions(), self.work)

    def bind(self) -> None:
        """Called before anything is asked."""

    @property
    def met(self) -> tuple[str, ...]:
        """The definitions cut off that were come upon: none here."""
        return ()

    def _build(self) -> None:
        self.problem = Problem(self.pack, blank_case(self.pack, self.named, self.readings), self.slots)

    def _assumptions(self) -> list[Node]:
        constrainer = self.problem.constrainer
        return [n for each in self.pack.assumptions if each.name in self.assumed for n in constrainer.assumption(each)]


class Paired:
    """The two laws' definition at the same arguments. With `answers`, an argument may be a value that only an answer has."""

    def __init__(self, everywhere: Everywhere, laws: Laws, *, answers: bool = False) -> None:
        self.everywhere, self.laws, self.problem = everywhere, laws, everywhere.problem
        self.terms: Terms = self.problem.terms
        self.make = Maker(self.terms)
        self.maker = SymbolMaker(everywhere.pack, self.problem.case, self.terms, {}, texts=self.problem.symbols.unknown_texts)
        self.elements: dict[str, ElementRef] = {}
        self.free: dict[str, Free] = {}
        env: dict[str, Cases] = {}
        taken: dict[str, int] = {}
        for name, type_ in laws.before.parameters:
            env[name] = self._argument(name, type_, taken, answers=answers)
        self.env = env
        there = {new: env[old] for (old, _), (new, _) in zip(laws.before.parameters, laws.after.parameters, strict=True)}
        same = laws.before is laws.after
        self.before = self._side(laws.before, env, 0)
        self.after = self.before if same and laws.unknown[0] == laws.unknown[1] else self._side(laws.after, there, 1)

    # -- conditions

    def differs(self) -> Node:
        """The condition under which the two laws differ."""
        terms = self.terms
        parts = [terms.false]
        for member in self._members():
            here, there = self._has(self.before, member), self._has(self.after, member)
            parts += [terms.and_((here, terms.not_(there))), terms.and_((there, terms.not_(here)))]
        if self.before.term is not None and self.after.term is not None:
            both = terms.and_((self._some(self.before), self._some(self.after)))
            parts.append(terms.and_((both, terms.not_(terms.eq(self.before.term, self.after.term)))))
        return terms.or_(parts)

    def has(self, key: Key) -> Node:
        """The condition under which the laws differ in exactly this way."""
        terms = self.terms
        parts = []
        for side, members in ((self.before, key.before), (self.after, key.after)):
            for member in self._members():
                node = self._has(side, member)
                parts.append(node if member in members else terms.not_(node))
        if SOME in key.before and SOME in key.after and self.before.term is not None and self.after.term is not None:
            parts.append(self._shifted(key.shift, self.before.term, self.after.term))
        return terms.and_(parts)

    def _shifted(self, shift: Shift, old: Node, new: Node) -> Node:
        match shift:
            case Shift.SAME:
                return self.terms.eq(old, new)
            case Shift.EARLIER:
                return self.terms.lt(new, old)
            case Shift.LATER:
                return self.terms.lt(old, new)
            case Shift.OTHER:
                return self.terms.not_(self.terms.eq(old, new))

    def key(self, model: Assignment) -> Key:
        """In what way the laws differ in a model."""
        before, after = (self._set(side, model) for side in (self.before, self.after))
        shift = Shift.SAME
        if SOME in before and SOME in after and self.before.term is not None and self.after.term is not None:
            old, new = self.problem.valuation(self.before.term, model), self.problem.valuation(self.after.term, model)
            if old != new:
                text = self.laws.before.type.base == "text"
                shift = Shift.OTHER if text else (Shift.EARLIER if new < old else Shift.LATER)
        return Key(before, after, shift)

    def kind(self, parts: Sequence[e.Expr | None]) -> list[Node]:
        """The condition of each part of a way to divide cases: it holds and no earlier one does."""
        terms = self.terms
        earlier: list[Node] = []
        found = []
        for part in parts:
            holds = terms.true if part is None else self.make.true(self.problem.constrainer.expr(part, {}))
            found.append(terms.and_((holds, terms.not_(terms.or_(earlier)))))
            earlier.append(holds)
        return found

    def moved_by(self, key: Key) -> Node | None:
        """By how much a day or number moves: the new one less the old."""
        if SOME not in key.before or SOME not in key.after or self.before.term is None or self.after.term is None:
            return None
        return self.terms.sum(self.after.term, self.before.term, -1)

    # -- models

    def satisfy(self, *conditions: Node) -> Assignment | None:
        """A case of both laws in which these conditions hold. Raises `NotShown`."""
        self.everywhere.bind()
        return self.everywhere.world.satisfy(*self.maker.symbols.constraints, *conditions)

    def simplest(self, model: Assignment, *conditions: Node) -> Assignment:
        """The simplest model of these conditions. Where one of those found simplest before is a model of them, little is asked:
        it has most of what can be had."""

        def satisfy(*more: Node) -> Assignment | None:
            return self.satisfy(*conditions, *more)

        wanted = (*self.maker.symbols.constraints, *conditions)
        before = (each for each in reversed(self.everywhere.simple) if _satisfies(each, wanted))
        found = simplest(self.problem, satisfy, next(before, model), self.free.values())
        self.everywhere.simple.append(found)
        return found

    def extreme(self, term: Node, *conditions: Node, least: bool) -> int:
        """The least (greatest) value of a term under conditions that can hold."""
        own = (*self.maker.symbols.constraints, *conditions)
        found, _ = self.problem.extreme(term, own, least=least, world=self.everywhere.world)
        return found

    def shown(self, model: Assignment) -> tuple[Completion, dict[str, Value | ElementRef]]:
        """The case a model describes, and the arguments in it."""
        values: dict[str, Value | ElementRef] = {
            name: self.elements[name] if name in self.elements else self.free[name].value(model, self._decoded)
            for name, _ in self.laws.before.parameters
        }
        return self.problem.complete(model, self.everywhere.readings), values

    @property
    def queries(self) -> int:
        return self.everywhere.world.queries

    # -- one side

    def _side(self, definition: Definition, env: Mapping[str, Cases], side: int) -> Side:
        cases = self.problem.constrainer.outcome(definition, env)
        choices = self.laws.choices[side]
        unknown = self._unknown(env, side)
        known = self.terms.not_(unknown)
        alone = self._alone(cases, definition.type)
        if choices and not self._speaks_of(alone, choices):
            choices = ()
        found = self._by_choice(alone, choices, definition.name) if choices else alone
        members = {member: self.terms.and_((known, node)) for member, node in found.members.items()}
        members = {member: node for member, node in members.items() if node is not self.terms.false}
        if unknown is not self.terms.false:
            members[NOT_EXPRESSIBLE] = unknown
        return Side(members, found.term, None if found.some is None else self.terms.and_((known, found.some)))

    def _unknown(self, env: Mapping[str, Cases], side: int) -> Node:
        """Where the case, or an argument, is something that the side's law has no word for."""
        parts = [self.make.true(self.problem.constrainer.expr(self.laws.unknown[side], {}))]
        for parameter, values in self.laws.values[side].items():
            parts += [
                node for atom, node in env[parameter].atoms.items() if isinstance(atom, str) and atom not in values
            ]  # fmt: skip
        return self.terms.or_(parts)

    def _alone(self, cases: Cases, type_: Type) -> Side:
        """The outcomes where nothing is chosen, or for one way to choose: exactly one of them."""
        terms = self.terms
        members: dict[Member, Node] = {}
        numbers: list[tuple[Node, Node]] = []
        for atom, condition in cases.atoms.items():
            if isinstance(atom, Node) and type_.base in NUMERIC:
                numbers.append((atom, condition))
            else:
                members[self.problem.decode(type_, atom)] = condition
        stronger = terms.false
        for kind in sorted(cases.fails, reverse=True):
            members[kind] = terms.and_((cases.fails[kind], terms.not_(stronger)))
            stronger = terms.or_((stronger, cases.fails[kind]))
        if not numbers:
            return Side(members)
        term, some = numbers[-1]
        for atom, condition in reversed(numbers[:-1]):
            term = terms.ite(condition, atom, term)
            some = terms.or_((condition, some))
        members[SOME] = some
        return Side(members, term, some)

    def _by_choice(self, alone: Side, choices: Sequence[str], name: str) -> Side:
        """The set over every way to choose lawfully."""
        terms = self.terms
        if alone.term is not None:
            raise NotShown(f"{name}: a day or a number that an authority's choice decides is not compared")
        ways = list(itertools.product(*map(self._options, choices)))
        if len(ways) > MOST_CHOICES:
            raise NotShown(f"{name}: {len(ways)} ways to choose are too many to compare")
        lawful = self.problem.lawful(choices)
        members: dict[Member, list[Node]] = {}
        for way in ways:
            vector, memo = self._vector(dict(zip(choices, way, strict=True))), {}  # type: Mapping[Node, Node], dict[Node, Node]
            allowed = terms.restrict(lawful, vector, memo)
            for member, node in alone.members.items():
                here = terms.and_((allowed, terms.restrict(node, vector, memo)))
                if here is not terms.false:
                    members.setdefault(member, []).append(here)
        return Side({member: terms.or_(nodes) for member, nodes in members.items()})

    def _options(self, choice: str) -> list[Atom]:
        """What may be chosen. Of what is lawful in no case, one stands for all: it can be chosen only where nothing is lawful,
        and what is chosen then does not matter."""
        lawful = self.problem.constrainer.lawful(choice)
        never = [value for value in discretion_values(self.laws.pack, choice) if lawful.get(value) in (None, self.terms.false)]
        return [value for value in discretion_values(self.laws.pack, choice) if value not in never[1:]]

    def _vector(self, chosen: Mapping[str, Atom]) -> dict[Node, Node]:
        """The variables of choices, fixed to these values."""
        fixed: dict[Node, Node] = {}
        for name, value in chosen.items():
            for atom, condition in self.problem.symbols.choices[name].atoms.items():
                truth = self.terms.const(atom == value and type(atom) is type(value))
                if condition.op == "not":
                    fixed[condition.args[0]] = self.terms.not_(truth)
                elif condition.op == "var":
                    fixed[condition] = truth
        return fixed

    def _speaks_of(self, side: Side, choices: Iterable[str]) -> bool:
        """Whether the outcomes turn on any of these choices once everything is written out."""
        spoken = support([*side.members.values(), *([side.term] if side.term is not None else [])])
        return any(
            not spoken.isdisjoint(support(self.problem.symbols.choices[name].atoms.values())) for name in choices
        )  # fmt: skip

    # -- details

    def _members(self) -> list[Member]:
        return list(dict.fromkeys((*self.before.members, *self.after.members)))

    def _has(self, side: Side, member: Member) -> Node:
        if member is SOME:
            return self._some(side)
        return side.members.get(member, self.terms.false)

    def _some(self, side: Side) -> Node:
        return self.terms.false if side.some is None else side.some

    def _set(self, side: Side, model: Assignment) -> frozenset[Member]:
        return frozenset(member for member in self._members() if self.problem.valuation(self._has(side, member), model))

    def _argument(self, name: str, type_: Type, taken: dict[str, int], *, answers: bool) -> Cases:
        collection = self.everywhere.pack.element_of(type_.base)
        if collection is not None:
            place = taken.get(collection.name, 0)
            taken[collection.name] = place + 1
            self.elements[name] = ElementRef(collection.name, place)
            return self.make.only(self.elements[name])
        path = f"{self.laws.before.name}({name})"
        cases = self.maker.anything(path, type_, answers=answers)
        self.free[name] = self.maker.symbols.free[path]
        return cases

    def _decoded(self, type_: Type, number: int) -> Value:
        return self.problem.decode(type_, self.terms.number(number))


def _satisfies(model: Assignment, nodes: Iterable[Node]) -> bool:
    valued = Valued(model)
    return all(valued.of(node) for node in nodes)
