"""What the definitions of a pack come to where readings are fixed and lists are empty, and how they can fail: each seen once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from zhunsheng.lang import expr as e
from zhunsheng.lang.cone import Cones, expressions
from zhunsheng.lang.logic import Fixed, may_clash, may_leave_gap, simplified
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Definition, Pack

Key = Hashable


@dataclass
class Forms:
    """The definitions of one pack. Whoever computes many bounds of a pack keeps one of these for all of them."""

    pack: Pack
    cones: Cones
    definitions: dict[Key, Definition] = field(default_factory=dict)
    failing: dict[Key, frozenset[FailureKind]] = field(default_factory=dict)
    arising: dict[Key, frozenset[FailureKind]] = field(default_factory=dict)
    called: dict[Key, frozenset[str]] = field(default_factory=dict)
    walks: dict[Key, Any] = field(default_factory=dict)
    """What `bound` has gone through."""

    @cached_property
    def highest_count(self) -> int:
        """The greatest constant that a count is compared with anywhere in the pack."""
        written = (expr for definition in self.pack.definitions.values() for expr in expressions(definition))
        return max((highest_count(self.pack, expr) for expr in written), default=0)

    def where(self, readings: Mapping[str, str], empty: frozenset[str]) -> FormsWhere:
        """The same with these readings fixed and these lists empty."""
        return FormsWhere(self, readings, empty)


@dataclass
class FormsWhere:
    """The definitions of a pack where readings are fixed and lists are empty."""

    forms: Forms
    readings: Mapping[str, str]
    empty: frozenset[str]
    _keys: dict[str, Key] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fixed = Fixed(self.readings, self.empty, self.definition)

    def definition(self, name: str) -> Definition:
        """A definition without what cannot matter here."""
        known, key = self.forms.definitions, self._key(name)
        if key not in known:
            known[key] = simplified(self.forms.pack.definitions[name], self.fixed)
        return known[key]

    def failures(self, expr: e.Expr) -> frozenset[FailureKind]:
        """The kinds of failure an expression may have, seen from its form alone (too many rather than too few).

        Days that leave the calendar's reach are left to whoever encodes the formula: it sees whether any can."""
        called = (self._of_definition(part.name) for part in self._parts(expr) if isinstance(part, e.Call))
        return self._own_failures(expr).union(*called)

    def arising(self, name: str, kind: FailureKind) -> frozenset[str]:
        """The definitions, of those that a definition consults, in which a failure of this kind may arise, seen from their form
        (too many rather than too few)."""
        seen, todo = {name}, [name]
        while todo:
            new = self._called_in(todo.pop()) - seen
            todo += sorted(new)
            seen |= new
        return frozenset(each for each in seen if kind in self.arising_in(each))

    def arising_in(self, name: str) -> frozenset[FailureKind]:
        """The kinds of failure that may arise in a definition itself, seen from its form: where no rule speaks, where two clash,
        where there is none of which the least is wanted. Where a rule that speaks leaves a choice and nothing is lawful, that is
        another thing: some rule does speak."""
        known, key = self.forms.arising, self._key(name)
        if key not in known:
            definition = self.definition(name)
            left = [rule.value for rule in definition.rules]
            own = (self._own_failures(expr, choosing=expr not in left) for expr in expressions(definition))
            known[key] = self._among_rules(definition).union(*own)
        return known[key]

    def _called_in(self, name: str) -> frozenset[str]:
        known, key = self.forms.called, self._key(name)
        if key not in known:
            parts = (part for expr in expressions(self.definition(name)) for part in self._parts(expr))
            known[key] = frozenset(part.name for part in parts if isinstance(part, e.Call))
        return known[key]

    def _parts(self, expr: e.Expr) -> Iterator[e.Expr]:
        """The parts of an expression, and of what its choices come to where nothing is lawful. (A choice whose lawfulness fails
        is not lawful: that failure goes no further.)"""
        for part in e.walk(expr):
            yield part
            if isinstance(part, e.Choice) and (otherwise := self.forms.pack.discretions[part.name].otherwise) is not None:
                yield from self._parts(otherwise)

    def _own_failures(self, expr: e.Expr, *, choosing: bool = True) -> frozenset[FailureKind]:
        """The same without what it calls (and, unless `choosing`, without choices of which none is lawful)."""
        found: set[FailureKind] = set()
        for part in self._parts(expr):
            match part:
                case e.Choice() if choosing:
                    found.add(FailureKind.GAP)
                case e.Function(name="workdays_after" | "is_workday"):
                    found.add(FailureKind.NO_DATA)
                case e.Aggregate(kind=e.Kind.MIN | e.Kind.MAX, default=None):
                    found.add(FailureKind.GAP)
                case e.Aggregate(kind=e.Kind.GREATEST_KEY | e.Kind.LEAST_KEY, default=default):
                    found.add(FailureKind.CONFLICT)
                    if default is None:
                        found.add(FailureKind.GAP)
        return frozenset(found)

    def _of_definition(self, name: str) -> frozenset[FailureKind]:
        known, key = self.forms.failing, self._key(name)
        if key not in known:
            known[key] = self._found(self.definition(name))
        return known[key]

    def _found(self, definition: Definition) -> frozenset[FailureKind]:
        return self._among_rules(definition).union(*(self.failures(expr) for expr in expressions(definition)))

    def _among_rules(self, definition: Definition) -> frozenset[FailureKind]:
        """Whether no rule may speak, and whether two may speak against each other."""
        found: set[FailureKind] = set()
        if may_leave_gap(self.forms.pack, definition, self.definition):
            found.add(FailureKind.GAP)
        if may_clash(self.forms.pack, definition, self.definition):
            found.add(FailureKind.CONFLICT)
        return frozenset(found)

    def _key(self, name: str) -> Key:
        """Of the readings and lists, those that the definition can consult."""
        if name not in self._keys:
            cone = self.forms.cones.definition(name)
            consulted = tuple((reading, self.readings[reading]) for reading in sorted(cone.readings & self.readings.keys()))
            self._keys[name] = name, consulted, self.empty & cone.collections
        return self._keys[name]


def highest_count(pack: Pack, expr: e.Expr) -> int:
    """The greatest constant that a count is compared with in an expression."""
    highest = 0
    for part in e.walk(expr):
        if isinstance(part, e.Compare):
            for side, other in ((part.left, part.right), (part.right, part.left)):
                if isinstance(side, e.Aggregate) and side.kind is e.Kind.COUNT:
                    highest = max(highest, _number(pack, other))
    return highest


def _number(pack: Pack, expr: e.Expr) -> int:
    value = expr.value if isinstance(expr, e.Literal) else None
    if isinstance(expr, e.Parameter):
        value = pack.parameters[expr.name].value
    return value if isinstance(value, int) else 0
