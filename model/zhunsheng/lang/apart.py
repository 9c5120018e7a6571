"""Definitions that two laws word alike, as functions of what differs.

A definition may look at lists and call something that differs: then it differs as a whole, and looks at its lists once under each
law. Where what it calls can be told to it instead, the looking is one thing under both laws:

    d(g, name)  =  d told(g, name, in_force)        d told: the same words, `in_force` told to it
    d(g, name) under the new law  =  d told(g, name, in_force under the new law)

That is the same wherever what is told to it has a value, so it is done only of what cannot fail.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from zhunsheng.lang import expr as e
from zhunsheng.lang.cone import calls, expressions
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.rewriting import Names, renamed
from zhunsheng.lang.union import Union

TOLD = " told"


@dataclass
class _Told:
    """What is told to a definition: each call of something that differs, with the name it is told under."""

    definition: Definition
    differing: frozenset[str]
    can_be_told: Callable[[str], bool]
    calls: dict[tuple[str, tuple[e.Expr, ...]], e.Var] = field(default_factory=dict)
    refused: bool = False

    def put(self, expr: e.Expr) -> e.Expr | None:
        """What stands in a call's place."""
        if not isinstance(expr, e.Call) or expr.name not in self.differing:
            return None
        own = dict(self.definition.parameters)
        free = [part for arg in expr.args for part in e.walk(arg)]
        if not self.can_be_told(expr.name) or not all(_is_stable(part, own) for part in free):
            self.refused = True
            return None
        return self.calls.setdefault((expr.name, expr.args), e.Var(f"told {len(self.calls)}", expr.type))


def _is_stable(part: e.Expr, own: Mapping[str, object]) -> bool:
    """Whether it means the same wherever it stands in a definition with these parameters. A day or a number may have been
    reckoned, and lie where what is called fails."""
    known = isinstance(part, e.Literal) or (isinstance(part, e.Var) and part.name in own)
    return known and part.type.base not in ("day", "number")


def set_apart(union: Union, can_be_told: Callable[[str], bool], looks: Callable[[str], bool]) -> Pack:
    """The pack of two laws in which definitions worded alike that look at lists themselves (`looks`) are functions of what
    differs, as far as that can be told to them. Where there are none, it is the union's own pack."""
    pack = union.pack
    definitions = dict(pack.definitions)
    for name in sorted(union.touched - union.changed):
        there = union.after.get(name)
        if there is None or name not in pack.definitions or not looks(name):
            continue
        parts = [_told(pack.definitions[each], union, can_be_told) for each in (name, there)]
        if parts[0] is not None and parts[1] is not None and parts[0][0] == parts[1][0]:
            told, here = parts[0]
            definitions |= {told.name: told, name: here, there: parts[1][1]}
    return pack if len(definitions) == len(pack.definitions) else replace(pack, definitions=definitions)


def _told(definition: Definition, union: Union, can_be_told: Callable[[str], bool]) -> tuple[Definition, Definition] | None:
    """The definition as a function of what differs, and itself by it."""
    differing = frozenset(each for name in union.touched for each in (name, union.after.get(name, name)))
    told = _Told(definition, differing, can_be_told)
    name = f"{_base(definition.name, union)}{TOLD}"
    inside = renamed(definition, name, Names(put=told.put))
    if told.refused or not told.calls or any(each in differing for each in calls(inside)):
        return None
    parameters = tuple((var.name, var.type) for var in told.calls.values())
    inside = replace(inside, parameters=(*definition.parameters, *parameters))
    own = tuple(e.Var(parameter, type_) for parameter, type_ in definition.parameters)
    given = tuple(e.Call(called, args, var.type) for (called, args), var in told.calls.items())
    return inside, replace(definition, rules=(), otherwise=e.Call(name, (*own, *given), definition.type))


def _base(name: str, union: Union) -> str:
    return next((old for old, new in union.after.items() if new == name), name)


def looks_at_lists(definition: Definition) -> bool:
    """Whether a definition looks at lists itself, and not only by what it calls."""
    return any(
        isinstance(part, e.Aggregate) and any(binder.collection for binder in part.binders)
        for expr in expressions(definition) for part in e.walk(expr)
    )  # fmt: skip
