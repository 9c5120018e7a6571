"""What can be said of conditions from their form alone: simplification, and whether rules can clash or leave a gap.

A condition is seen as a propositional formula: an expression compared with constants is an atom that ranges over the values
its type allows, any other yes/no expression an atom that is true or false. Atoms are taken to be independent, so what is
impossible here is impossible; what seems possible may not be.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import YES_NO, Special, Value

MOST_WORLDS = 20_000
COMPLEMENT = {">": "<=", ">=": "<"}
TRUE, FALSE = e.Literal(True, YES_NO), e.Literal(False, YES_NO)


@dataclass(frozen=True)
class Fixed:
    """What is known beforehand: options of readings, and collections that hold nothing and will hold nothing."""

    readings: Mapping[str, str]
    empty: frozenset[str] = frozenset()


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
            return e.Call(name, tuple(simplify(arg, fixed) for arg in args), expr.type, expr.at)
        case e.Compare(op=op, left=left, right=right):
            return e.Compare(op, simplify(left, fixed), simplify(right, fixed), expr.type, expr.at)
        case e.Arith(op=op, left=left, right=right):
            return e.Arith(op, simplify(left, fixed), simplify(right, fixed), expr.type, expr.at)
        case e.At(side=side, of=of):
            return e.At(side, simplify(of, fixed), expr.type, expr.at)
        case _:
            return expr


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
    from dataclasses import replace

    rules = [replace(rule, when=simplify(rule.when, fixed), value=simplify(rule.value, fixed)) for rule in definition.rules]
    otherwise = simplify(definition.otherwise, fixed) if definition.otherwise is not None else None
    return replace(definition, rules=tuple(rule for rule in rules if rule.when != FALSE), otherwise=otherwise)


# -- clashes and gaps


def may_clash(pack: Pack, definition: Definition) -> bool:
    """Whether two rules with different values could stand together."""
    worlds = _Worlds(pack, definition)
    for a, b in itertools.combinations(definition.rules, 2):
        if a.value == b.value or a.name in b.overrides or b.name in a.overrides:
            continue
        if worlds.some(a.when, b.when):
            return True
    return False


def may_leave_gap(pack: Pack, definition: Definition) -> bool:
    """Whether it could be that no rule holds and there is no `otherwise`."""
    if definition.otherwise is not None:
        return False
    nothing = e.Not(e.Or(tuple(rule.when for rule in definition.rules), YES_NO), YES_NO) if definition.rules else TRUE
    return _Worlds(pack, definition).some(nothing)


class _Worlds:
    """The ways a definition's conditions can turn out."""

    def __init__(self, pack: Pack, definition: Definition) -> None:
        self.pack = pack
        self.domains: dict[e.Expr, tuple[Value | None, ...]] = {}
        for rule in definition.rules:
            self._collect(rule.when)

    def some(self, *conditions: e.Expr) -> bool:
        """Whether all the conditions can hold together."""
        relevant = _Relevant()
        for condition in conditions:
            relevant.collect(condition)
        atoms = [atom for atom in self.domains if atom in relevant.atoms]
        total = 1
        for atom in atoms:
            total *= len(self.domains[atom])
        if total > MOST_WORLDS:
            return True
        for values in itertools.product(*(self.domains[atom] for atom in atoms)):
            world = dict(zip(atoms, values, strict=True))
            if all(_truth(condition, world) for condition in conditions):
                return True
        return False

    def _collect(self, expr: e.Expr) -> None:
        match expr:
            case e.And(parts=parts) | e.Or(parts=parts):
                for part in parts:
                    self._collect(part)
            case e.Not(of=of):
                self._collect(of)
            case e.Literal():
                pass
            case e.Compare(op="==" | "!=", left=left, right=e.Literal(value=value)):
                known = self.domains.get(left, ())
                self.domains[left] = self._domain(left) or (tuple(dict.fromkeys((*known, value, None))))
            case e.Compare(op=op, left=left, right=right):
                self.domains[_positive(op, left, right)] = (True, False)
            case _:
                self.domains[expr] = (True, False)

    def _domain(self, left: e.Expr) -> tuple[Value | None, ...]:
        """Every value of an enumeration or a reading; nothing for types that are not finite."""
        specials = tuple(Special(name) for name in sorted(left.type.special))
        if isinstance(left, e.Reading):
            return tuple(option.name for option in self.pack.readings[left.name].options)
        enumeration = self.pack.enumerations.get(left.type.base)
        return (*enumeration.names, *specials) if enumeration else ()


class _Relevant:
    def __init__(self) -> None:
        self.atoms: set[e.Expr] = set()

    def collect(self, expr: e.Expr) -> None:
        match expr:
            case e.And(parts=parts) | e.Or(parts=parts):
                for part in parts:
                    self.collect(part)
            case e.Not(of=of):
                self.collect(of)
            case e.Literal():
                pass
            case e.Compare(op="==" | "!=", left=left, right=e.Literal()):
                self.atoms.add(left)
            case e.Compare(op=op, left=left, right=right):
                self.atoms.add(_positive(op, left, right))
            case _:
                self.atoms.add(expr)


def _positive(op: str, left: e.Expr, right: e.Expr) -> e.Expr:
    """One atom for a comparison and its complement."""
    return e.Compare({**COMPLEMENT, "!=": "=="}.get(op, op), left, right, YES_NO)


def _truth(expr: e.Expr, world: Mapping[e.Expr, Value | None]) -> bool:
    match expr:
        case e.And(parts=parts):
            return all(_truth(part, world) for part in parts)
        case e.Or(parts=parts):
            return any(_truth(part, world) for part in parts)
        case e.Not(of=of):
            return not _truth(of, world)
        case e.Literal(value=value):
            return value is True
        case e.Compare(op="==" | "!=" as op, left=left, right=e.Literal(value=value)):
            return (world[left] == value and type(world[left]) is type(value)) == (op == "==")
        case e.Compare(op=op, left=left, right=right):
            positive = _positive(op, left, right)
            return bool(world[positive]) == (isinstance(positive, e.Compare) and positive.op == op)
        case _:
            return bool(world[expr])
