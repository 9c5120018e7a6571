"""What an expression means: its value in one complete case, or why it has none.

Read `value` first: it is the language, form by form. An expression **fails** where a part of it fails, save that

    and, any    one false part, one true element decides, whatever the others do
    or, all     one true part, one false element decides
    if          looks at the condition and the branch taken
    default     is looked at only where there is nothing to compare

Failures are collected as a set. A special value such as `none` has no fields (`operators` tells how one gets there).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, Protocol, assert_never

from zhunsheng.evaluate.days import Reach
from zhunsheng.evaluate.facts import Argument, Facts, Part
from zhunsheng.evaluate.operators import UNDECIDED, applied, calculated, compared, failing, fails, joined
from zhunsheng.evaluate.trace import PRESENT, Trace
from zhunsheng.lang.expr import (
    Aggregate,
    And,
    Arith,
    At,
    Binder,
    Call,
    Choice,
    Compare,
    Expr,
    Fact,
    Field,
    Function,
    IfElse,
    Kind,
    Literal,
    Not,
    Or,
    Parameter,
    Pick,
    Reading,
    Var,
)  # fmt: skip
from zhunsheng.lang.outcome import Failed, FailureKind, Outcome
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Special

Env = Mapping[str, Argument]
Found = Any
"""A value, a reference to what holds values, or `Failed`. The language's own types say which; Python's need not."""


class World(Protocol):
    """What an expression may ask for. `within` is the definition it stands in; `trace` notes what is looked at."""

    pack: Pack
    facts: Facts
    reach: Reach
    trace: Trace
    within: str

    def definition(self, name: str, args: tuple[Argument, ...] = ()) -> Outcome: ...
    def reading(self, name: str) -> str: ...
    def choice(self, name: str) -> Outcome: ...
    def side(self, side: str) -> World: ...
    def expression(self, expr: Expr, variables: Env) -> Outcome: ...


def value(expr: Expr, world: World, env: Env) -> Found:
    """The meaning of `expr`, its variables standing for `env`. Raises `Incomplete` for what the case leaves out."""
    match expr:
        case Var(name=name):
            return env[name]
        case Literal(value=constant):
            return constant
        case Compare(op=op, left=left, right=right):
            return compared(op, value(left, world, env), value(right, world, env), left.type, world.pack)
        case Call():
            return _call(expr, world, env)
        case And(parts=parts):
            return _connect(parts, False, world, env)
        case Or(parts=parts):
            return _connect(parts, True, world, env)
        case Field(of=of, name=name):
            return _inside(value(of, world, env), name, world)
        case Fact(name=name):
            return _noted("facts", name, world.facts.fact(name), world)
        case Parameter(name=name):
            return _noted("parameters", name, world.pack.parameters[name].value, world)
        case Reading(name=name):
            return _noted("readings", name, world.reading(name), world)
        case Choice(name=name):
            return _noted("choices", name, world.choice(name), world)
        case Not(of=of):
            found = value(of, world, env)
            return found if isinstance(found, Failed) else not found
        case Aggregate():
            return _aggregate(expr, world, env)
        case Pick(of=of, key=key):
            return _inside(value(of, world, env), value(key, world, env), world)
        case Arith(op=op, left=left, right=right):
            return calculated(op, value(left, world, env), value(right, world, env), world.reach)
        case IfElse(test=test, then=then, other=other):
            found = value(test, world, env)
            return found if isinstance(found, Failed) else value(then if found else other, world, env)
        case Function(name=name, args=args):
            return applied(name, [value(arg, world, env) for arg in args], world.pack, world.reach)
        case At(side=side, of=of):
            return world.side(side).expression(of, env)
        case _:
            assert_never(expr)


# -- what all forms share


def _values(exprs: Iterable[Expr], world: World, env: Env) -> list[Found] | Failed:
    found = [value(expr, world, env) for expr in exprs]
    return joined(found) or found


def _noted(group: str, name: str, found: Found, world: World) -> Found:
    world.trace.note(group, name, PRESENT if isinstance(found, Part) else found)
    return found


def _inside(of: Found, name: Found, world: World) -> Found:
    """A field by its name, an entry of a table by its key."""
    if isinstance(of, Failed) or isinstance(name, Failed):
        return failing(of, name)
    if isinstance(of, Special):
        return UNDECIDED
    found = world.facts.inside(of, name)
    if not isinstance(found, Part):
        world.trace.note("facts", world.facts.path(of, name), found)
    return found


def _call(expr: Call, world: World, env: Env) -> Outcome:
    args = _values(expr.args, world, env)
    if isinstance(args, Failed):
        return args
    for arg, (_, wanted) in zip(args, world.pack.definitions[expr.name].parameters, strict=True):
        if isinstance(arg, Special) and arg.name not in wanted.special:
            return UNDECIDED
    world.trace.note("calls", expr.name, tuple(args))
    return world.definition(expr.name, tuple(args))


# -- and, or, any, all


def _connect(parts: Iterable[Expr], decisive: bool, world: World, env: Env) -> Found:
    """`and` (False decides) and `or` (True decides)."""
    return _decide((value(part, world, env) for part in parts), decisive, world)


def _decide(outcomes: Iterator[Found], decisive: bool, world: World) -> Found:
    """Goes through the outcomes until one decides. Of the rest, the failures; without any, the opposite."""
    failed = []
    start = mark = world.trace.mark()
    for outcome in outcomes:
        if outcome is decisive:
            world.trace.keep(start, mark)
            return decisive
        if isinstance(outcome, Failed):
            failed.append(outcome)
        mark = world.trace.mark()
    return joined(failed) or (not decisive)


def _any_all(expr: Aggregate, world: World, env: Env) -> Found:
    """`any(c … if f)`: `f and c` of some element. `all(c … if f)`: `not f or c` of every element."""
    decisive = expr.kind is Kind.ANY
    each = (_of_one(expr, decisive, world, inner) for inner in _tuples(expr.binders, world, env))
    found = _decide(each, decisive, world)
    if found is not decisive:
        _note_lists(expr.binders, world)
    return found


def _of_one(expr: Aggregate, decisive: bool, world: World, env: Env) -> Found:
    kept = _kept(expr, world, env)
    if kept is False:
        return not decisive
    tested = value(_given(expr.body), world, env)
    if kept is True or tested is (not decisive):
        return tested
    return failing(kept, tested)


# -- aggregates


def _aggregate(expr: Aggregate, world: World, env: Env) -> Found:
    match expr.kind:
        case Kind.ANY | Kind.ALL:
            return _any_all(expr, world, env)
        case Kind.COUNT:
            rows = _rows(expr, (), world, env)
            return rows if isinstance(rows, Failed) else len(rows)
        case Kind.MIN | Kind.MAX:
            return _extreme(expr, world, env)
        case Kind.GREATEST_KEY | Kind.LEAST_KEY:
            return _keyed(expr, world, env)
        case _:
            assert_never(expr.kind)


def _extreme(expr: Aggregate, world: World, env: Env) -> Found:
    rows = _rows(expr, (_given(expr.body),), world, env)
    if isinstance(rows, Failed):
        return rows
    if not rows:
        return _of_nothing(expr, world, env)
    values = [only for (only,) in rows]
    if any(isinstance(one, Special) for one in values):
        return UNDECIDED
    return min(values) if expr.kind is Kind.MIN else max(values)


def _keyed(expr: Aggregate, world: World, env: Env) -> Found:
    rows = _rows(expr, (_given(expr.key), _given(expr.body)), world, env)
    if isinstance(rows, Failed):
        return rows
    if not rows:
        return _of_nothing(expr, world, env)
    if any(isinstance(key, Special) for key, _ in rows):
        return UNDECIDED
    keys = [key for key, _ in rows]
    best = max(keys) if expr.kind is Kind.GREATEST_KEY else min(keys)
    winners = {found for key, found in rows if key == best}
    if len(winners) > 1:
        return fails(FailureKind.CONFLICT, expr.kind.value, world.within)
    return winners.pop()


def _of_nothing(expr: Aggregate, world: World, env: Env) -> Found:
    if expr.default is not None:
        return value(expr.default, world, env)
    return fails(FailureKind.GAP, expr.kind.value, world.within)


def _rows(expr: Aggregate, wanted: tuple[Expr, ...], world: World, env: Env) -> list[list[Found]] | Failed:
    """The values of `wanted` for each element that the `if`s keep."""
    rows: list[list[Found]] = []
    failed: list[Failed] = []
    for inner in _tuples(expr.binders, world, env):
        kept = _kept(expr, world, inner)
        row = _values(wanted, world, inner) if kept is True else kept
        if isinstance(row, Failed):
            failed.append(row)
        elif row is not False:
            rows.append(row)
    _note_lists(expr.binders, world)
    return joined(failed) or rows


def _kept(expr: Aggregate, world: World, env: Env) -> Found:
    return True if expr.where is None else value(expr.where, world, env)


def _tuples(binders: tuple[Binder, ...], world: World, env: Env) -> Iterator[Env]:
    """One environment for each combination. An enumeration gives all its values, those only an answer may have too."""
    names = [binder.var for binder in binders]
    inner = dict(env)
    for chosen in product(*[_range(binder, world) for binder in binders]):
        inner.update(zip(names, chosen, strict=True))
        yield inner


def _range(binder: Binder, world: World) -> tuple[Argument, ...]:
    if binder.collection is not None:
        return world.facts.elements(binder.collection)
    return world.pack.enumerations[binder.enumeration or ""].names


def _note_lists(binders: tuple[Binder, ...], world: World) -> None:
    for binder in binders:
        if binder.collection is not None:
            world.trace.note("lists", binder.collection, len(world.facts.elements(binder.collection)))


def _given(part: Expr | None) -> Expr:
    if part is None:
        raise ValueError("an aggregate lacks a part that its kind wants")
    return part
