"""What may be chosen, as conditions: of each value of a discretion, that it would be lawful."""

from __future__ import annotations

from collections.abc import Iterator

from zhunsheng.evaluate import Run
from zhunsheng.lang import expr as e
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.rewriting import Names, rewritten
from zhunsheng.lang.types import YES_NO
from zhunsheng.solve.symbols import discretion_values


def each_lawful(pack: Pack, name: str) -> Iterator[Expr]:
    """The condition of a discretion with each of its values in place of the choice."""
    spec = pack.discretions[name]
    for value in discretion_values(pack, name):
        yield _compared(pack, _chosen(spec.lawful, name, e.Literal(value, spec.type)))


def _chosen(expr: Expr, name: str, value: Expr) -> Expr:
    def put(here: Expr) -> Expr | None:
        return value if isinstance(here, e.Choice) and here.name == name else None

    return rewritten(expr, Names(put=put))


def _compared(pack: Pack, expr: Expr) -> Expr:
    """With what compares two values written out replaced by what it comes to: in the policy language, one of the two would have
    to say of what kind they are."""
    run = Run(pack, {}, {}, {})

    def put(here: Expr) -> Expr | None:
        written = isinstance(here, e.Compare) and isinstance(here.left, e.Literal) and isinstance(here.right, e.Literal)
        return e.Literal(run.expression(here) is True, YES_NO) if written else None

    return rewritten(expr, Names(put=put))
