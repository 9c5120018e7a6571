"""A small catalogue of single edits of a law that given expressions can notice: a question of reading settled, a number moved
by one, a boundary moved by a day or by one, a condition of a rule dropped, and what `additions` adds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from zhunsheng.ask.fixing.additions import added, defaults, excepted, otherwises, prevailing
from zhunsheng.ask.fixing.editing import Candidate, Changed, Way, law_with, of_rule, put, read_again, scope_of
from zhunsheng.lang import expr as e
from zhunsheng.lang.amendment import Act, Edit, Kind
from zhunsheng.lang.cone import Cone, Cones
from zhunsheng.lang.pack import Definition, Pack, Rule
from zhunsheng.lang.theorem import Variant
from zhunsheng.lang.types import DAY, NUMBER, PERIOD, Period, Special, Value
from zhunsheng.lang.unparse import unparse

EXCLUSIVE = {"<=": "<", ">=": ">"}
INCLUSIVE = {"<": "<=", ">": ">="}
ONE_DAY, ONE = e.Literal(Period(days=1), PERIOD), e.Literal(1, NUMBER)


def candidates(pack: Pack, exprs: Sequence[e.Expr], variant: Variant) -> list[Candidate]:
    """Every edit of the catalogue that what is asked can notice, in the order of the catalogue, then of the pack."""
    cone = Cones(pack).exprs(exprs)
    definitions = [
        definition
        for definition in pack.definitions.values()
        if definition.name in cone.definitions and not definition.name.startswith("duty ")
    ]
    found = [*_settled(pack, cone, variant), *_moved(pack, cone)]
    changes: tuple[tuple[Way, Callable[[Rule], Iterator[Changed]]], ...] = (
        (Way.BOUNDARY, _boundaries), (Way.ADDED, partial(added, pack)), (Way.EXCEPTED, partial(excepted, pack)),
        (Way.DROPPED, _dropped), (Way.DEFAULT, partial(defaults, pack)),
    )  # fmt: skip
    for way, of in changes:
        found += (each for definition in definitions for each in _of_rules(pack, definition, way, of))
    for adding in (otherwises, prevailing):
        found += (each for definition in definitions for each in adding(pack, definition))
    return found


def _of_rules(
    pack: Pack, definition: Definition, way: Way, changes: Callable[[Rule], Iterator[Changed]]
) -> Iterator[Candidate]:
    """Each rule of a definition changed in one way, as far as the language can say it."""
    scope = scope_of(pack, definition)
    for rule in definition.rules:
        for was, now, changed in changes(rule):
            whole = read_again(scope, definition, changed)
            if whole is not None:
                yield of_rule(pack, definition, whole, way, was, now)


# -- readings and parameters


def _settled(pack: Pack, cone: Cone, variant: Variant) -> Iterator[Candidate]:
    for name, spec in pack.readings.items():
        if name in cone.readings and name not in variant.readings and not variant.every:
            for option in spec.options:
                if option.name != spec.default:
                    law = law_with(pack, readings={name: replace(spec, default=option.name)})
                    edit = Edit(Act.FIX, Kind.READING, name, spec.provisions[0], fixed=option.name)
                    yield Candidate(edit, Way.SETTLED, option.name, law)


def _moved(pack: Pack, cone: Cone) -> Iterator[Candidate]:
    for name, parameter in pack.parameters.items():
        if name in cone.parameters:
            for value in _neighbours(parameter.value):
                law = law_with(pack, parameters={name: replace(parameter, value=value)})
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

def _boundaries(rule: Rule) -> Iterator[Changed]:
    """Each comparison of days or numbers moved by one, either way, in the condition or in what the rule comes to."""
    for part in e.walk(rule.when):
        for moved in _by_one(part):
            yield unparse(part), unparse(moved), replace(rule, when=put(rule.when, part, moved))
    for part in e.walk(rule.value):
        for moved in _by_one(part):
            yield unparse(part), unparse(moved), replace(rule, value=put(rule.value, part, moved))


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
            yield gone, put(expr, part, wider)


