"""Expressions with other names in them: for laws put side by side, whose like-named parts are not the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import Definition
from zhunsheng.lang.types import Type

NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True)
class Names:
    """Old name -> new name, kind by kind; what is not listed keeps its name. `enumerations` renames types. `wrap` is applied to
    whatever reads a stored fact, once it is rewritten; `put` may give what stands in an expression's place."""

    definitions: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    enumerations: Mapping[str, str] = field(default_factory=dict)
    calendars: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    wrap: Callable[[e.Expr], e.Expr] | None = None
    put: Callable[[e.Expr], e.Expr | None] | None = None

    def type(self, type_: Type) -> Type:
        if type_.base not in self.enumerations and type_.keyed_by not in self.enumerations:
            return type_
        base = self.enumerations.get(type_.base, type_.base)
        keyed = None if type_.keyed_by is None else self.enumerations.get(type_.keyed_by, type_.keyed_by)
        return Type(base, type_.special, keyed)


def rewritten(expr: e.Expr, names: Names) -> e.Expr:
    """The expression under other names."""
    if names.put is not None and (other := names.put(expr)) is not None:
        return other
    type_ = names.type(expr.type)
    match expr:
        case e.Literal() | e.Var():
            return replace(expr, type=type_)
        case e.Fact(name=name):
            return _stored(replace(expr, name=names.facts.get(name, name), type=type_), names)
        case e.Field(of=of):
            return _stored(replace(expr, of=_bare(of, names), type=type_), names)
        case e.Pick(of=of, key=key):
            return _stored(replace(expr, of=_bare(of, names), key=rewritten(key, names), type=type_), names)
        case e.Parameter(name=name):
            return replace(expr, name=names.parameters.get(name, name), type=type_)
        case e.Reading(name=name):
            if name in names.fixed:
                return e.Literal(names.fixed[name], expr.type, expr.at)
            return replace(expr, name=names.readings.get(name, name))
        case e.Choice(name=name):
            return replace(expr, name=names.choices.get(name, name), type=type_)
        case e.Call(name=name, args=args):
            new = names.definitions.get(name, name)
            return replace(expr, name=new, args=tuple(rewritten(arg, names) for arg in args), type=type_)
        case e.Function(args=args):
            there = tuple(rewritten(arg, names) for arg in args)
            return replace(expr, args=_calendar(expr.name, there, names), type=type_)
        case e.Not(of=of) | e.At(of=of):
            return replace(expr, of=rewritten(of, names))
        case e.And(parts=parts) | e.Or(parts=parts):
            return replace(expr, parts=tuple(rewritten(part, names) for part in parts))
        case e.Compare(left=left, right=right) | e.Arith(left=left, right=right):
            return replace(expr, left=rewritten(left, names), right=rewritten(right, names))
        case e.IfElse(test=test, then=then, other=other):
            return replace(
                expr, test=rewritten(test, names), then=rewritten(then, names), other=rewritten(other, names), type=type_
            )
        case e.Aggregate():
            return _aggregate(expr, names, type_)


def renamed(definition: Definition, name: str, names: Names) -> Definition:
    """A definition under another name, all it speaks of under other names too."""
    rules = tuple(
        replace(rule, when=rewritten(rule.when, names), value=rewritten(rule.value, names)) for rule in definition.rules
    )
    return replace(
        definition, name=name, rules=rules,
        otherwise=None if definition.otherwise is None else rewritten(definition.otherwise, names),
        parameters=tuple((parameter, names.type(type_)) for parameter, type_ in definition.parameters),
        type=names.type(definition.type),
    )  # fmt: skip


def _aggregate(expr: e.Aggregate, names: Names, type_: Type) -> e.Aggregate:
    binders = tuple(
        replace(
            binder, type=names.type(binder.type),
            collection=None if binder.collection is None else names.facts.get(binder.collection, binder.collection),
            enumeration=None if binder.enumeration is None else names.enumerations.get(binder.enumeration, binder.enumeration),
        )
        for binder in expr.binders
    )  # fmt: skip

    def part(each: e.Expr | None) -> e.Expr | None:
        return None if each is None else rewritten(each, names)

    return replace(
        expr, binders=binders, where=part(expr.where), key=part(expr.key), body=part(expr.body), default=part(expr.default),
        type=type_,
    )  # fmt: skip


def _calendar(function: str, args: tuple[e.Expr, ...], names: Names) -> tuple[e.Expr, ...]:
    last = args[-1]
    if function not in ("workdays_after", "is_workday") or not isinstance(last, e.Literal) or last.value not in names.calendars:
        return args
    return (*args[:-1], replace(last, value=names.calendars[str(last.value)]))


def _bare(expr: e.Expr, names: Names) -> e.Expr:
    """What a field or an entry is taken of: a record, an element or a table, which are no stored values themselves."""
    return rewritten(expr, replace(names, wrap=None))


def _stored(expr: e.Expr, names: Names) -> e.Expr:
    return expr if names.wrap is None or expr.type.keyed_by else names.wrap(expr)
