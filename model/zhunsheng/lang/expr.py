"""Typed expressions: a closed union of frozen values. Functions over them are `match` statements.

`at` is the place of the expression in its file; it takes no part in equality, so equal expressions are equal values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from zhunsheng.errors import Place
from zhunsheng.lang.types import Type, Value


def _place() -> Place:
    return Place("")


@dataclass(frozen=True)
class Literal:
    """A constant: truth value, number, day, period, enumeration value, or special value."""

    value: Value
    type: Type
    at: Place = field(default_factory=_place, compare=False)


@dataclass(frozen=True)
class Fact:
    """A fact of the case that is not an element's: `as_of`, `application` (a record)."""

    name: str
    type: Type
    at: Place = field(default_factory=_place, compare=False)


@dataclass(frozen=True)
class Var:
    """A definition's parameter, an aggregate's variable, a theorem's name."""

    name: str
    type: Type
    at: Place = field(default_factory=_place, compare=False)


@dataclass(frozen=True)
class Field:
    """A field of a record or of an element."""

    of: Expr
    name: str
    type: Type
    at: Place = field(default_factory=_place, compare=False)


@dataclass(frozen=True)
class Pick:
    """An entry of a table."""

    of: Expr
    key: Expr
    type: Type
    at: Place = field(default_factory=_place, compare=False)


@dataclass(frozen=True)
class Parameter:
    """A number, day or period of the pack."""

    name: str
    type: Type
    at: Place = field(default_factory=_place, compare=False)


@dataclass(frozen=True)
class Reading:
    """The option taken of an open question of the text."""

    name: str
    type: Type
    at: Place = field(default_factory=_place, compare=False)


@dataclass(frozen=True)
class Choice:
    """What an authority chooses within its discretion. Fails as a gap where no choice is lawful."""

    name: str
    type: Type
    at: Place = field(default_factory=_place, compare=False)


@dataclass(frozen=True)
class Call:
    """A definition, at its arguments (for one that belongs to an element, the element is the first)."""

    name: str
    args: tuple[Expr, ...]
    type: Type
    at: Place = field(default_factory=_place, compare=False)


@dataclass(frozen=True)
class Not:
    of: Expr
    type: Type
    at: Place = field(default_factory=_place, compare=False)


@dataclass(frozen=True)
class And:
    parts: tuple[Expr, ...]
    type: Type
    at: Place = field(default_factory=_place, compare=False)


@dataclass(frozen=True)
class Or:
    parts: tuple[Expr, ...]
    type: Type
    at: Place = field(default_factory=_place, compare=False)


@dataclass(frozen=True)
class Compare:
    """`op` is one of `== != < <= > >=`."""

    op: str
    left: Expr
    right: Expr
    type: Type
    at: Place = field(default_factory=_place, compare=False)


@dataclass(frozen=True)
class Arith:
    """`op` is `+`, `-` or `*` (by a constant); day ± period, day - day among them."""

    op: str
    left: Expr
    right: Expr
    type: Type
    at: Place = field(default_factory=_place, compare=False)


@dataclass(frozen=True)
class IfElse:
    test: Expr
    then: Expr
    other: Expr
    type: Type
    at: Place = field(default_factory=_place, compare=False)


@dataclass(frozen=True)
class Function:
    """A built-in function: `date year workdays_after is_workday min max`. The last argument of the working-day functions is the
    table's identifier, as a text literal."""

    name: str
    args: tuple[Expr, ...]
    type: Type
    at: Place = field(default_factory=_place, compare=False)


@dataclass(frozen=True)
class Binder:
    """`var` ranges over the collection (its fact's name), or over an enumeration's values."""

    var: str
    type: Type
    collection: str | None
    enumeration: str | None


class Kind(Enum):
    """What an aggregate gives."""

    ANY = "any"
    ALL = "all"
    COUNT = "count"
    MIN = "min"
    MAX = "max"
    GREATEST_KEY = "latest"
    LEAST_KEY = "earliest"


@dataclass(frozen=True)
class Aggregate:
    """`where` holds every `if`. `body` is what is tested or compared (for `count` absent; for the keyed kinds the value),
    `key` the key of the keyed kinds, `default` the value of nothing."""

    kind: Kind
    binders: tuple[Binder, ...]
    where: Expr | None
    key: Expr | None
    body: Expr | None
    default: Expr | None
    type: Type
    at: Place = field(default_factory=_place, compare=False)


@dataclass(frozen=True)
class At:
    """What stands inside `before(…)` or `after(…)`: an expression about the case before, or after, a theorem's changes.
    Only theorems have it."""

    side: str
    of: Expr
    type: Type
    at: Place = field(default_factory=_place, compare=False)


Expr = (
    Literal | Fact | Var | Field | Pick | Parameter | Reading | Choice | Call | Not | And | Or | Compare | Arith
    | IfElse | Function | Aggregate | At
)  # fmt: skip


def children(expr: Expr) -> tuple[Expr, ...]:
    """The direct parts of an expression, in the order they are written."""
    match expr:
        case Literal() | Fact() | Var() | Parameter() | Reading() | Choice():
            return ()
        case Field(of=of) | Not(of=of) | At(of=of):
            return (of,)
        case Pick(of=of, key=key):
            return (of, key)
        case Call(args=args) | Function(args=args):
            return args
        case And(parts=parts) | Or(parts=parts):
            return parts
        case Compare(left=left, right=right) | Arith(left=left, right=right):
            return (left, right)
        case IfElse(test=test, then=then, other=other):
            return (test, then, other)
        case Aggregate(where=where, key=key, body=body, default=default):
            return tuple(part for part in (where, key, body, default) if part is not None)


def walk(expr: Expr) -> list[Expr]:
    """The expression and all its parts, outermost first."""
    found: list[Expr] = []
    todo = [expr]
    while todo:
        here = todo.pop()
        found.append(here)
        todo.extend(reversed(children(here)))
    return found
