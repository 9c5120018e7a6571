"""What can be said of conditions from their form alone: simplification, and whether rules can clash or leave a gap.

A condition is seen as a propositional formula: an expression compared with constants is an atom that ranges over the values
its type allows, any other yes/no expression an atom that is true or false. A call of a definition that only says when something
is so stands for its conditions. Atoms are taken to be independent, so what is impossible here is impossible; what seems
possible may not be.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import YES_NO, Special, Value

MOST_STEPS = 5_000
COMPLEMENT = {">": "<=", ">=": "<"}
SAFE = (e.Literal, e.Fact, e.Var, e.Field, e.Parameter, e.Reading)
"""What always has a value."""
TRUE, FALSE = e.Literal(True, YES_NO), e.Literal(False, YES_NO)


@dataclass(frozen=True)
class Fixed:
    """What is known beforehand: options of readings, and collections that hold nothing and will hold nothing."""

    readings: Mapping[str, str]
    empty: frozenset[str] = frozenset()
    definition: Callable[[str], Definition] | None = None
    """Definitions, already simplified: a call that always comes to the same is then replaced by what it comes to."""


def simplify(expr: e.Expr, fixed: Fixed) -> e.Expr:
    """An expression with the same meaning wherever `fixed` holds; what cannot matter is gone."""
    match expr:
        case e.Compare(op="==" | "!=" as op, left=e.Reading(name=name), right=e.Literal(value=value)) if name in fixed.readings:
            return TRUE if (fixed.readings[name] == value) == (op == "==") else FALSE
        case e.Not(of=of):
            inner = simplify(of, fixed)
            return (FALSE if inner.value else TRUE) if isinstance(inner, e.Literal) else e.Not(inner, expr.type, expr.at)
        case e.And(parts=parts) | e.Or(parts=parts):
            return _junction(expr, [simplify(part, fixed) for part in parts])
        case e.IfElse(test=test, then=then, other=other):
            condition = simplify(test, fixed)
            if isinstance(condition, e.Literal):
                return simplify(then if condition.value else other, fixed)
            return e.IfElse(condition, simplify(then, fixed), simplify(other, fixed), expr.type, expr.at)
        case e.Aggregate():
            return _aggregate(expr, fixed)
        case e.Call(name=name, args=args):
            settled = _settled(expr, fixed)
            return settled or e.Call(name, tuple(simplify(arg, fixed) for arg in args), expr.type, expr.at)
        case e.Compare(op=op, left=left, right=right):
            return e.Compare(op, simplify(left, fixed), simplify(right, fixed), expr.type, expr.at)
        case e.Arith(op=op, left=left, right=right):
            return e.Arith(op, simplify(left, fixed), simplify(right, fixed), expr.type, expr.at)
        case e.At(side=side, of=of):
            return e.At(side, simplify(of, fixed), expr.type, expr.at)
        case _:
            return expr


def _settled(call: e.Call, fixed: Fixed) -> e.Literal | None:
    """What a call comes to whatever the case is: no rule is left, and no argument can fail."""
    if fixed.definition is None or not all(isinstance(part, SAFE) for arg in call.args for part in e.walk(arg)):
        return None
    definition = fixed.definition(call.name)
    return definition.otherwise if not definition.rules and isinstance(definition.otherwise, e.Literal) else None


def _junction(expr: e.And | e.Or, parts: list[e.Expr]) -> e.Expr:
    ruling = isinstance(expr, e.Or)
    kept = [part for part in parts if not (isinstance(part, e.Literal) and part.value is not ruling)]
    if any(isinstance(part, e.Literal) for part in kept):
        return TRUE if ruling else FALSE
    if not kept:
        return FALSE if ruling else TRUE
    return kept[0] if len(kept) == 1 else type(expr)(tuple(kept), expr.type, expr.at)


def _aggregate(expr: e.Aggregate, fixed: Fixed) -> e.Expr:
    nothing = any(binder.collection in fixed.empty for binder in expr.binders)
    where = simplify(expr.where, fixed) if expr.where is not None else None
    if nothing or where == FALSE:
        match expr.kind:
            case e.Kind.ANY:
                return FALSE
            case e.Kind.ALL:
                return TRUE
            case e.Kind.COUNT:
                return e.Literal(0, expr.type)
            case _ if expr.default is not None:
                return simplify(expr.default, fixed)
    key = simplify(expr.key, fixed) if expr.key is not None else None
    body = simplify(expr.body, fixed) if expr.body is not None else None
    if expr.kind is e.Kind.ANY and body == FALSE:
        return FALSE
    if expr.kind is e.Kind.ALL and body == TRUE:
        return TRUE
    default = simplify(expr.default, fixed) if expr.default is not None else None
    return e.Aggregate(expr.kind, expr.binders, None if where == TRUE else where, key, body, default, expr.type, expr.at)


def simplified(definition: Definition, fixed: Fixed) -> Definition:
    """A definition without the rules that cannot hold where `fixed` does."""
    rules = [replace(rule, when=simplify(rule.when, fixed), value=simplify(rule.value, fixed)) for rule in definition.rules]
    otherwise = simplify(definition.otherwise, fixed) if definition.otherwise is not None else None
    return replace(definition, rules=tuple(rule for rule in rules if rule.when != FALSE), otherwise=otherwise)


# -- clashes and gaps

Definitions = Callable[[str], Definition]


def may_clash(pack: Pack, definition: Definition, of: Definitions) -> bool:
    """Whether two rules with different values could stand together, neither of them defeated. `of` gives the definitions that
    are called, simplified as this one is."""
    worlds = _Worlds(pack, definition, of)
    for a, b in itertools.combinations(definition.rules, 2):
        if a.value == b.value or a.name in b.overrides or b.name in a.overrides:
            continue
        stronger = [rule.name for rule in definition.rules if {a.name, b.name} & set(rule.overrides)]
        if worlds.some((a.name, b.name), stronger):
            return True
    return False


def may_leave_gap(pack: Pack, definition: Definition, of: Definitions) -> bool:
    """Whether it could be that no rule holds and there is no `otherwise`."""
    if definition.otherwise is not None:
        return False
    return _Worlds(pack, definition, of).some((), [rule.name for rule in definition.rules])


World = Mapping[e.Expr, Value | None]


class _Worlds:
    """The ways a definition's conditions can turn out."""

    def __init__(self, pack: Pack, definition: Definition, of: Definitions) -> None:
        self.pack, self.steps = pack, 0
        self.conditions = {rule.name: inlined(rule.when, of) for rule in definition.rules}
        self.domains: dict[e.Expr, tuple[Value | None, ...]] = {}
        for condition in self.conditions.values():
            self._collect(condition)

    def some(self, holding: Sequence[str], failing: Sequence[str]) -> bool:
        """Whether all the rules `holding` can hold while none of those `failing` does; taken to be so where that would take
        too many steps to exclude."""
        named = [(self.conditions[name], True) for name in holding] + [(self.conditions[name], False) for name in failing]
        wanted = [each for condition, truth in named for each in _each_wanted(condition, truth)]
        spoken = [set(self._leaves(condition)) for condition, _ in wanted]
        speaking = Counter(atom for each in spoken for atom in each)
        fewest = {atom: min(len(each) for each in spoken if atom in each) for atom in speaking}  # alone in one: settled first
        atoms = sorted((atom for atom in self.domains if atom in speaking), key=lambda atom: (fewest[atom], -speaking[atom]))
        self.steps = 0
        return self._extends({}, atoms, wanted)

    def _extends(self, world: World, atoms: Sequence[e.Expr], wanted: Sequence[tuple[e.Expr, bool]]) -> bool:
        """Whether values for the atoms left make the conditions come out as wanted."""
        self.steps += 1
        left = []
        for condition, truth in wanted:
            found = self._truth(condition, world)
            if found is None:
                left.append((condition, truth))
            elif found is not truth:
                return False
        if self.steps > MOST_STEPS or not left:
            return self.steps > MOST_STEPS or not _elements_of_nothing(world)
        first, *rest = atoms
        return any(self._extends({**world, first: value}, rest, left) for value in self.domains[first])

    def _collect(self, condition: e.Expr) -> None:
        for part in _parts(condition):
            if isinstance(part, e.Compare) and part.op in ("==", "!=") and isinstance(part.right, e.Literal):
                known = self.domains.get(part.left, ())
                values = self._domain(part.left) or tuple(dict.fromkeys((*known, part.right.value, None)))
                self.domains[part.left] = values
            else:
                for atom in self._leaves(part):
                    self.domains[atom] = self._domain(atom) or (True, False)

    def _leaves(self, condition: e.Expr) -> Iterator[e.Expr]:
        """The atoms a condition speaks of."""
        for part in _parts(condition):
            match part:
                case e.Compare(op="==" | "!=", left=left, right=e.Literal()):
                    yield left
                case e.Compare(op="==" | "!=", left=left, right=right) if self._domain(left) and self._domain(right):
                    yield from (left, right)
                case e.Compare(op=op, left=left, right=right):
                    yield e.Compare(_positive(op), left, right, YES_NO)
                case _:
                    yield part

    def _domain(self, left: e.Expr) -> tuple[Value | None, ...]:
        """Every value of an enumeration or a reading; nothing for types that are not finite."""
        specials = tuple(Special(name) for name in sorted(left.type.special))
        if isinstance(left, e.Reading):
            return tuple(option.name for option in self.pack.readings[left.name].options)
        enumeration = self.pack.enumerations.get(left.type.base)
        return (*enumeration.names, *specials) if enumeration else ()

    def _truth(self, expr: e.Expr, world: World) -> bool | None:
        """Whether a condition holds in a world that may not speak of every atom; None where that is not settled."""
        match expr:
            case e.And(parts=parts):
                return _all([self._truth(part, world) for part in parts])
            case e.Or(parts=parts):
                return _turned(_all([_turned(self._truth(part, world)) for part in parts]))
            case e.Not(of=of):
                return _turned(self._truth(of, world))
            case e.Literal(value=value):
                return value is True
            case e.Compare(op="==" | "!=" as op, left=left, right=e.Literal(value=value)):
                return _same(world[left], value) == (op == "==") if left in world else None
            case e.Compare(op="==" | "!=" as op, left=left, right=right) if self._domain(left) and self._domain(right):
                return _same(world[left], world[right]) == (op == "==") if left in world and right in world else None
            case e.Compare(op=op, left=left, right=right):
                positive = e.Compare(_positive(op), left, right, YES_NO)
                return bool(world[positive]) == (_positive(op) == op) if positive in world else None
            case _:
                return bool(world[expr]) if expr in world else None


def _each_wanted(condition: e.Expr, truth: bool) -> Iterator[tuple[e.Expr, bool]]:
    """A condition that is to come out so, as parts each of which is to come out in some way."""
    match condition:
        case e.Not(of=of):
            yield from _each_wanted(of, not truth)
        case e.And(parts=parts) if truth:
            for part in parts:
                yield from _each_wanted(part, True)
        case e.Or(parts=parts) if not truth:
            for part in parts:
                yield from _each_wanted(part, False)
        case _:
            yield condition, truth


def _all(truths: Sequence[bool | None]) -> bool | None:
    if False in truths:
        return False
    return None if None in truths else True


def _turned(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def inlined(expr: e.Expr, of: Definitions) -> e.Expr:
    """A condition in which calls of definitions that only say when something is so are replaced by what they say."""
    match expr:
        case e.And(parts=parts) | e.Or(parts=parts):
            return _junction(expr, [inlined(part, of) for part in parts])
        case e.Not(of=inner):
            return e.Not(inlined(inner, of), YES_NO, expr.at)
        case e.Call(name=name, args=args, type=type_) if type_ == YES_NO:
            definition = of(name)
            said = _said(definition)
            names = {parameter: arg for (parameter, _), arg in zip(definition.parameters, args, strict=True)}
            if said is None or _captured(said, args):
                return expr
            return inlined(substituted(said, names), of)
        case _:
            return expr


def substituted(expr: e.Expr, names: Mapping[str, e.Expr]) -> e.Expr:
    """An expression with others in the place of free names. None of these may be bound in it (`_captured`)."""
    if isinstance(expr, e.Var):
        return names.get(expr.name, expr)
    if isinstance(expr, e.Aggregate):
        names = {name: other for name, other in names.items() if name not in {binder.var for binder in expr.binders}}
    changed: dict[str, Any] = {}
    for one in fields(expr):
        value = getattr(expr, one.name)
        if isinstance(value, tuple) and value and isinstance(value[0], e.Expr):
            changed[one.name] = tuple(substituted(part, names) for part in value)
        elif isinstance(value, e.Expr):
            changed[one.name] = substituted(value, names)
    return replace(expr, **changed) if changed else expr


def _said(definition: Definition) -> e.Expr | None:
    """The condition under which a yes/no definition is true, where it has no other rules than those that say so."""
    value = definition.rules[0].value if definition.rules else TRUE
    if definition.otherwise not in (TRUE, FALSE) or value not in (TRUE, FALSE) or value == definition.otherwise:
        return None
    if any(rule.value != value for rule in definition.rules):
        return None
    holds = _junction(e.Or((), YES_NO), [rule.when for rule in definition.rules])
    return holds if value == TRUE else e.Not(holds, YES_NO)


def _captured(expr: e.Expr, args: Sequence[e.Expr]) -> bool:
    """Whether a name free in an argument would come to mean an element that the expression runs over."""
    bound = {binder.var for part in e.walk(expr) if isinstance(part, e.Aggregate) for binder in part.binders}
    return any(isinstance(part, e.Var) and part.name in bound for arg in args for part in e.walk(arg))


def _parts(expr: e.Expr) -> Iterator[e.Expr]:
    """The parts that `and`, `or` and `not` join."""
    match expr:
        case e.And(parts=parts) | e.Or(parts=parts):
            for part in parts:
                yield from _parts(part)
        case e.Not(of=of):
            yield from _parts(of)
        case e.Literal():
            return
        case _:
            yield expr


def _elements_of_nothing(world: World) -> bool:
    """Whether a list is empty in this world and yet has an element of some kind."""
    empty = {_list_of(atom) for atom, value in world.items() if value is False and _any_at_all(atom)} - {""}
    return any(value is True and _list_of(atom) in empty for atom, value in world.items())


def _list_of(atom: e.Expr) -> str:
    """The list of which an atom says that it has some element; empty for other atoms."""
    if isinstance(atom, e.Aggregate) and atom.kind is e.Kind.ANY and len(atom.binders) == 1:
        return atom.binders[0].collection or ""
    return ""


def _any_at_all(atom: e.Expr) -> bool:
    return isinstance(atom, e.Aggregate) and atom.where is None and atom.body == TRUE


def _same(one: Value | None, other: Value | None) -> bool:
    return one == other and type(one) is type(other)


def _positive(op: str) -> str:
    """One atom stands for a comparison and its complement."""
    return {**COMPLEMENT, "!=": "=="}.get(op, op)
