"""A small catalogue of single edits of a law that given expressions can notice: a question of reading settled, a number moved
by one, a boundary moved by a day or by one, an item added to what a rule lists, a condition of a rule dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import partial

from zhunsheng.lang import expr as e
from zhunsheng.lang.amendment import Act, Edit, Kind
from zhunsheng.lang.cone import Cone, Cones
from zhunsheng.lang.pack import Definition, Pack, Rule
from zhunsheng.lang.rewriting import Names, rewritten
from zhunsheng.lang.scope import Scope
from zhunsheng.lang.theorem import Variant
from zhunsheng.lang.types import DAY, NUMBER, PERIOD, YES_NO, Period, Special, Value
from zhunsheng.lang.typing import Reader, Refused, plain_source, ruled_out
from zhunsheng.lang.unparse import unparse
from zhunsheng.read import pack_scope

EXCLUSIVE = {"<=": "<", ">=": ">"}
INCLUSIVE = {"<": "<=", ">": ">="}
MOST_VALUES = 16
"""Of how many values one is added to those that a rule lists."""
ONE_DAY, ONE = e.Literal(Period(days=1), PERIOD), e.Literal(1, NUMBER)


class Way(Enum):
    """What kind of edit it is."""

    SETTLED = "settled"
    MOVED = "moved"
    BOUNDARY = "boundary"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Candidate:
    """An edit and the law it makes. `value`: the option, the number, day or period that is put there, the new comparison as text,
    or the item added; of a dropped condition nothing. `was`: the comparison, list or condition as it stands, as text."""

    edit: Edit
    way: Way
    value: Value
    law: Pack
    was: str = ""


def candidates(pack: Pack, exprs: Sequence[e.Expr], variant: Variant) -> list[Candidate]:
    """Every edit of the catalogue that what is asked can notice, in the order of the catalogue, then of the pack."""
    cone = Cones(pack).exprs(exprs)
    rules = [
        (definition, rule)
        for definition in pack.definitions.values()
        if definition.name in cone.definitions and not definition.name.startswith("duty ")
        for rule in definition.rules
    ]
    found = [*_settled(pack, cone, variant), *_moved(pack, cone)]
    for way, changes in ((Way.BOUNDARY, _boundaries), (Way.ADDED, partial(_added, pack)), (Way.DROPPED, _dropped)):
        for definition, rule in rules:
            scope = _scope(pack, definition)
            for was, now, changed in changes(rule):
                whole = _read(scope, definition, changed)
                if whole is not None:
                    found.append(_of_rule(pack, definition, whole, way, was, now))
    return found


# -- readings and parameters


def _settled(pack: Pack, cone: Cone, variant: Variant) -> Iterator[Candidate]:
    for name, spec in pack.readings.items():
        if name in cone.readings and name not in variant.readings and not variant.every:
            for option in spec.options:
                if option.name != spec.default:
                    law = _with(pack, readings={name: replace(spec, default=option.name)})
                    edit = Edit(Act.FIX, Kind.READING, name, spec.provisions[0], fixed=option.name)
                    yield Candidate(edit, Way.SETTLED, option.name, law)


def _moved(pack: Pack, cone: Cone) -> Iterator[Candidate]:
    for name, parameter in pack.parameters.items():
        if name in cone.parameters:
            for value in _neighbours(parameter.value):
                law = _with(pack, parameters={name: replace(parameter, value=value)})
                yield Candidate(Edit(Act.SET, Kind.PARAMETER, name, parameter.provision), Way.MOVED, value, law)


def _neighbours(value: Value) -> Iterator[Value]:
    """A number, day or period one further on, and one back."""
    for by in (1, -1):
        match value:
            case bool() | str():
                return
            case int():
                yield value + by
            case Period(years=years, months=months, days=days) if value != Period():
                unit = Period(years=bool(years) * by, months=(not years and bool(months)) * by,
                              days=(not years and not months and bool(days)) * by)  # fmt: skip
                moved = Period(years + unit.years, months + unit.months, days + unit.days)
                if moved != Period():
                    yield moved
            case Period():
                return
            case date():
                yield value + timedelta(days=by)
            case _:
                return


# -- rules

Changed = tuple[str, str, Rule]
"""What stands there, what is put there (both as text), and the rule that comes of it."""


def _boundaries(rule: Rule) -> Iterator[Changed]:
    """Each comparison of days or numbers moved by one, either way, in the condition or in what the rule comes to."""
    for part in e.walk(rule.when):
        for moved in _by_one(part):
            yield unparse(part), unparse(moved), replace(rule, when=_put(rule.when, part, moved))
    for part in e.walk(rule.value):
        for moved in _by_one(part):
            yield unparse(part), unparse(moved), replace(rule, value=_put(rule.value, part, moved))


def _by_one(part: e.Expr) -> Iterator[e.Compare]:
    """`a < b` as `a <= b` and as `a < b - 1`: one more and one less; of days, a day."""
    if not isinstance(part, e.Compare) or part.op not in ("<", "<=", ">", ">="):
        return
    one = {"day": (ONE_DAY, DAY), "number": (ONE, NUMBER)}.get(part.left.type.base)
    if one is None or any(isinstance(s, e.Literal) and isinstance(s.value, Special) for s in (part.left, part.right)):
        return
    yield replace(part, op={**EXCLUSIVE, **INCLUSIVE}[part.op])
    further = part.op in ("<=", ">")
    number = part.right.value if isinstance(part.right, e.Literal) else None
    if isinstance(number, int) and not isinstance(number, bool):
        yield replace(part, right=e.Literal(number + (1 if further else -1), NUMBER))
    else:
        yield replace(part, right=e.Arith("+" if further else "-", part.right, *one))


def _added(pack: Pack, rule: Rule) -> Iterator[Changed]:
    """Each list of values that something is one of (`x in (A, B)`, or `x == A` alone), with one more that it may be, where that
    lets the rule apply, or what it comes to be true, more widely."""
    for part in _positive(rule.when):
        for value, wider in _with_one_more(pack, part):
            yield unparse(part), value, replace(rule, when=_put(rule.when, part, wider))
    for part in _positive(rule.value):
        for value, wider in _with_one_more(pack, part):
            yield unparse(part), value, replace(rule, value=_put(rule.value, part, wider))


def _positive(expr: e.Expr) -> Iterator[e.Expr]:
    """The lists in a condition which hold wherever the condition does for the sake of them: of a list, not each of its values."""
    match expr:
        case e.Compare():
            yield expr
        case e.Or() if _listed(expr):
            yield expr
        case e.And(parts=parts) | e.Or(parts=parts):
            for part in parts:
                yield from _positive(part)
        case e.Aggregate(kind=e.Kind.ANY, where=where, body=body):
            for inner in (where, body):
                if inner is not None:
                    yield from _positive(inner)
        case _:
            return


def _with_one_more(pack: Pack, part: e.Expr) -> Iterator[tuple[str, e.Expr]]:
    """Each value that a list does not have, and the list with it, where it is of what a case states. Where there are so many
    values that nobody writes them out, as of industries, there is none."""
    there = _listed(part)
    enumeration = pack.enumerations.get(there[0].left.type.base) if there else None
    if enumeration is None or len(enumeration.values) > MOST_VALUES or not isinstance(there[0].left, e.Fact | e.Field):
        return
    named = {one.right.value for one in there if isinstance(one.right, e.Literal)}
    for value in enumeration.values:
        if not value.answer_only and value.name not in named:
            one = replace(there[0], right=e.Literal(value.name, there[0].left.type))
            yield value.name, e.Or((*there, one), YES_NO)


def _listed(part: e.Expr) -> tuple[e.Compare, ...]:
    """The comparisons of one thing with values, each of which is enough; none where it is anything else."""
    parts = part.parts if isinstance(part, e.Or) else (part,)
    same = tuple(one for one in parts if isinstance(one, e.Compare) and one.op == "==" and isinstance(one.right, e.Literal))
    return same if len(same) == len(parts) and len({unparse(one.left) for one in same}) == 1 else ()


def _dropped(rule: Rule) -> Iterator[Changed]:
    """The condition without one of the conditions that must hold together: the rule then applies in more cases."""
    for part, wider in _wider(rule.when):
        yield unparse(part), "", replace(rule, when=wider)


def _wider(expr: e.Expr) -> Iterator[tuple[e.Expr, e.Expr]]:
    """Each part that can be left out so that what is left holds wherever the whole did, and what is left."""
    match expr:
        case e.And(parts=parts):
            for index, part in enumerate(parts):
                kept = (*parts[:index], *parts[index + 1 :])
                yield part, kept[0] if len(kept) == 1 else replace(expr, parts=kept)
            yield from _within(expr, parts)
        case e.Or(parts=parts):
            yield from _within(expr, parts)
        case e.Aggregate(kind=e.Kind.ANY, where=where, body=body):
            if where is not None and not isinstance(where, e.And):
                yield where, replace(expr, where=None)
            yield from _within(expr, [part for part in (where, body) if part is not None])
        case _:
            return


def _within(expr: e.Expr, parts: Iterable[e.Expr]) -> Iterator[tuple[e.Expr, e.Expr]]:
    for part in parts:
        for gone, wider in _wider(part):
            yield gone, _put(expr, part, wider)


def _put(whole: e.Expr, part: e.Expr, other: e.Expr) -> e.Expr:
    """The whole with another expression in the place of this one part of it, and not of its like elsewhere."""
    return rewritten(whole, Names(put=lambda here: other if here is part else None))


def _scope(pack: Pack, definition: Definition) -> Scope:
    scope = pack_scope(pack)
    for name, type_ in definition.parameters:
        scope = scope.bind(name, type_)
    return scope


def _read(scope: Scope, definition: Definition, rule: Rule) -> Rule | None:
    """The rule as the language reads it; None where nobody could write it, such as one that compares what may be `none`."""
    reader = Reader(scope)
    try:
        when = reader.read(plain_source(unparse(rule.when)), YES_NO)
        value = reader.read(plain_source(unparse(rule.value)), definition.type, ruled_out(when, True))
    except Refused:
        return None
    return replace(rule, when=when, value=value)


def _of_rule(pack: Pack, definition: Definition, rule: Rule, way: Way, was: str, now: str) -> Candidate:
    rules = tuple(rule if other.name == rule.name else other for other in definition.rules)
    law = _with(pack, definitions={definition.name: replace(definition, rules=rules)})
    edit = Edit(Act.REPLACE, Kind.RULE, f"{definition.name}/{rule.name}", rule.provision)
    return Candidate(edit, way, now, law, was)


def _with(
    pack: Pack, readings: Mapping[str, object] | None = None, parameters: Mapping[str, object] | None = None,
    definitions: Mapping[str, object] | None = None,
) -> Pack:  # fmt: skip
    changed = {
        "readings": {**pack.readings, **(readings or {})},
        "parameters": {**pack.parameters, **(parameters or {})},
        "definitions": {**pack.definitions, **(definitions or {})},
    }
    return replace(pack, canonical="", digest="", **changed)  # type: ignore[arg-type]  # each of its own kind
