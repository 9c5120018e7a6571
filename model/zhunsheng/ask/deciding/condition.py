"""A condition from outside a pack, asked for like an answer: a yes/no definition of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.errors import InputError, Place
from zhunsheng.errors import Problem as Wrong
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import YES_NO, Type
from zhunsheng.read.questions import parse_expression

NAME = "the condition"
"""With a space in it, so that no definition of a pack is called so."""


@dataclass(frozen=True)
class Condition:
    """A pack in which a condition is a definition, and the question for it."""

    pack: Pack
    expr: Expr
    asked: Asked


def condition(pack: Pack, text: str, option: str = "<expression>") -> Condition:
    """A condition as it stands on the command line. `InputError` at `option` where it is none."""
    try:
        expr = parse_expression(text, pack, YES_NO)
    except InputError as error:
        raise InputError([_wrong(option, text, one) for one in error.problems]) from None
    return of_expression(pack, expr)


def _wrong(option: str, text: str, problem: Wrong) -> Wrong:
    instead = problem.instead or "write a condition that is true or false, such as NAME == VALUE or not NAME"
    return Wrong(Place(f"{option} {text!r}"), _said(problem), instead)


def _said(problem: Wrong) -> str:
    return f"{problem.what} (column {problem.place.column})" if problem.place.column else problem.what


def of_expression(pack: Pack, expr: Expr, name: str = NAME) -> Condition:
    return Condition(with_definition(pack, name, expr, YES_NO), expr, Asked(name, name))


def with_definition(pack: Pack, name: str, expr: Expr, type_: Type, parameters: Mapping[str, Type] | None = None) -> Pack:
    """The pack with one more definition, which comes to what the expression does."""
    made = Definition(name, tuple((parameters or {}).items()), type_, (), expr, "")
    return replace(pack, definitions={**pack.definitions, name: made})
