"""Typed expression -> text of the language: reading the text again gives an equal expression.

The text is one line and the same for equal expressions; chains and `in` come out as the comparisons they stand for.
"""

from __future__ import annotations

from datetime import date
from typing import assert_never

from zhunsheng.lang import expr as e
from zhunsheng.lang.scope import DUTIES, duty_in_expression, in_expression
from zhunsheng.lang.types import Period, Special

TERNARY, OR, AND, NOT, COMPARE, SUM, PRODUCT, PRIMARY = range(8)
"""How tightly each form binds."""


def unparse(expr: e.Expr) -> str:
    """The expression as a line of text."""
    return _text(expr, TERNARY)


def _text(expr: e.Expr, least: int) -> str:
    text, binds = _bound(expr)
    return text if binds >= least else f"({text})"


def _bound(expr: e.Expr) -> tuple[str, int]:
    match expr:
        case e.Not(of=of):
            return f"not {_text(of, NOT)}", NOT
        case e.And(parts=parts):
            return " and ".join(_text(part, NOT) for part in parts), AND
        case e.Or(parts=parts):
            return " or ".join(_text(part, AND) for part in parts), OR
        case e.Compare(op=op, left=left, right=right):
            return f"{_text(left, SUM)} {op} {_text(right, SUM)}", COMPARE
        case e.Arith(op="*", left=left, right=right):
            return f"{_text(left, PRODUCT)} * {_text(right, PRIMARY)}", PRODUCT
        case e.Arith(op=op, left=left, right=right):
            return f"{_text(left, SUM)} {op} {_text(right, PRODUCT)}", SUM
        case e.IfElse(test=test, then=then, other=other):
            return f"{_text(then, OR)} if {_text(test, OR)} else {_text(other, TERNARY)}", TERNARY
        case _:
            return _primary(expr), PRIMARY


def _primary(expr: e.Expr) -> str:
    match expr:
        case e.Literal(value=value):
            return _literal(value)
        case e.Fact(name=name) | e.Var(name=name) | e.Parameter(name=name) | e.Reading(name=name) | e.Choice(name=name):
            return name
        case e.Field(of=of, name=name):
            return f"{_text(of, PRIMARY)}.{in_expression(name)}"
        case e.Pick(of=of, key=e.Literal(value=str() as key)):
            return f"{_text(of, PRIMARY)}.{key}"
        case e.Pick(of=of, key=key):
            return f"{_text(of, PRIMARY)}[{unparse(key)}]"
        case e.Call(name=name, args=args):
            return _call(name, args)
        case e.Function(name=name, args=args):
            return f"{name}({_listed(args)})"
        case e.Aggregate():
            return _aggregate(expr)
        case e.At(side=side, of=of):
            return f"{side}({unparse(of)})"
        case e.Not() | e.And() | e.Or() | e.Compare() | e.Arith() | e.IfElse():
            return f"({unparse(expr)})"
        case _:
            assert_never(expr)


def _literal(value: object) -> str:
    match value:
        case Special(name=name):
            return name
        case date():
            return f"date({value.year}, {value.month}, {value.day})"
        case Period(years=years, months=months, days=days):
            parts = [(unit, n) for unit, n in (("years", years), ("months", months), ("days", days)) if n]
            unit, number = parts[0] if parts else ("days", 0)
            if len(parts) > 1:
                raise ValueError(f"{value} cannot be written in an expression; make it a parameter")
            return f"{unit}({number})"
        case _:
            return str(value)


def _listed(args: tuple[e.Expr, ...]) -> str:
    return ", ".join(unparse(arg) for arg in args)


def _call(name: str, args: tuple[e.Expr, ...]) -> str:
    if " " in name:
        _, duty, part = name.split(" ")
        return f"{DUTIES}.{duty_in_expression(duty)}.{part}"
    if "." in name:
        first, *rest = args
        own = f"{_text(first, PRIMARY)}.{name.split('.', 1)[1]}"
        return f"{own}({_listed(tuple(rest))})" if rest else own
    return f"{name}({_listed(args)})" if args else name


def _aggregate(aggregate: e.Aggregate) -> str:
    given = aggregate.binders[0].var if aggregate.body is None else unparse(aggregate.body)
    if aggregate.key is not None:
        given = f"({unparse(aggregate.key)}, {given})"
    ranges = " ".join(f"for {binder.var} in {binder.collection or binder.enumeration}" for binder in aggregate.binders)
    where = f" if {_text(aggregate.where, OR)}" if aggregate.where is not None else ""
    generator = f"{given} {ranges}{where}"
    if aggregate.default is not None:
        return f"{aggregate.kind.value}(({generator}), default={unparse(aggregate.default)})"
    return f"{aggregate.kind.value}({generator})"
