"""Definitions as decision tables: a row for each way in which a rule comes to hold, a column for each thing that is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import Definition, Rule

MOST_ROWS = 12
"""Alternatives of one rule are rows of their own up to so many; beyond them an alternative stays one condition."""


@dataclass(frozen=True)
class Cell:
    """What a row wants of its column: that the column's expression stands in this relation to `values` (`==`: is one of them;
    `!=`: is none of them), or, of a condition, that it is so (`holds`)."""

    op: str = ""
    values: tuple[e.Expr, ...] = ()
    holds: bool = True


@dataclass(frozen=True)
class Row:
    """One way in which a rule comes to hold; `cells` by the number of the column, the others do not matter."""

    rule: Rule
    cells: dict[int, Cell]


@dataclass(frozen=True)
class DecisionTable:
    """`columns`: what is compared, or a condition as a whole."""

    definition: Definition
    columns: tuple[e.Expr, ...]
    rows: tuple[Row, ...]


def decision_table(definition: Definition) -> DecisionTable:
    """The rules in their order; what holds otherwise is the definition's own."""
    columns: dict[e.Expr, int] = {}
    rows = [
        Row(rule, {columns.setdefault(about, len(columns)): cell for about, cell in way})
        for rule in definition.rules
        for way in _ways(rule.when)
    ]
    return DecisionTable(definition, tuple(columns), tuple(rows))


Asked = tuple[e.Expr, Cell]


def _ways(when: e.Expr) -> list[list[Asked]]:
    """Each way in which a condition comes to hold, as what it asks of each thing."""
    choices = [_alternatives(part) for part in _conjuncts(when)]
    ways = [[asked for part in way for asked in part] for way in product(*choices)]
    if len(ways) > MOST_ROWS or any(_twice(way) for way in ways):
        return [[_whole(part) for part in _conjuncts(when)]]
    return ways


def _conjuncts(when: e.Expr) -> list[e.Expr]:
    if isinstance(when, e.Literal) and when.value is True:
        return []
    return [inner for part in when.parts for inner in _conjuncts(part)] if isinstance(when, e.And) else [when]


def _alternatives(part: e.Expr) -> list[list[Asked]]:
    """The alternatives of one condition. Several values of one thing are one alternative."""
    if (asked := _compared(part)) is not None:
        return [[asked]]
    if not isinstance(part, e.Or):
        return [[_whole(part)]]
    return [way for each in part.parts for way in _ways(each)]


def _compared(part: e.Expr) -> Asked | None:
    """A comparison with a constant, or several of one thing, as one entry of a column."""
    match part:
        case e.Compare(op=op, left=left, right=e.Literal() as right):
            return left, Cell(op, (right,))
        case e.Or(parts=parts):
            return _together(parts, "==")
        case e.And(parts=parts):
            return _together(parts, "!=")
        case e.Not(of=of) if (asked := _compared(of)) is not None and asked[1].op in ("==", "!="):
            return asked[0], Cell("!=" if asked[1].op == "==" else "==", asked[1].values)
        case _:
            return None


def _together(parts: Iterable[e.Expr], op: str) -> Asked | None:
    found = [part for part in parts if isinstance(part, e.Compare) and part.op == op and isinstance(part.right, e.Literal)]
    if len(found) != len(tuple(parts)) or len({part.left for part in found}) != 1:
        return None
    return found[0].left, Cell(op, tuple(part.right for part in found))


def _whole(part: e.Expr) -> Asked:
    return (part.of, Cell(holds=False)) if isinstance(part, e.Not) else (part, Cell())


def _twice(way: list[Asked]) -> bool:
    return len({about for about, _ in way}) != len(way)
