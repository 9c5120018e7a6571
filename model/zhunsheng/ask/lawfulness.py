"""What may be chosen, as conditions: of each value of a discretion, that it would be lawful."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from zhunsheng.errors import Place
from zhunsheng.lang import expr as e
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Type
from zhunsheng.solve.symbols import discretion_values


def each_lawful(pack: Pack, name: str) -> Iterator[Expr]:
    """The condition of a discretion with each of its values in place of the choice."""
    spec = pack.discretions[name]
    for value in discretion_values(pack, name):
        yield _chosen(spec.lawful, name, e.Literal(value, spec.type))


def _chosen(part: Any, name: str, value: Expr) -> Any:
    if isinstance(part, e.Choice) and part.name == name:
        return value
    if isinstance(part, tuple):
        return tuple(_chosen(each, name, value) for each in part)
    if is_dataclass(part) and not isinstance(part, type | Type | Place):
        return replace(part, **{each.name: _chosen(getattr(part, each.name), name, value) for each in fields(part)})
    return part
