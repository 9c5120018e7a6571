"""Small faults put into a pack, one at a time: each is a pack of its own that says something else.

    rule dropped        a rule is missing
    comparison flipped  < for <=, >= for >, == for !=, and the other way round
    boundary moved      one side of a comparison of days or numbers is a day, or one, more
    parameter moved     a period or a number is a day, or one, more or less
    override removed    a rule no longer defeats another
    override reversed   the defeated rule defeats the other
    otherwise dropped   where no rule speaks, nothing is said
    otherwise negated   where no rule speaks, the opposite is said (yes/no)
For theorems only, whose proofs may rest on a rule without resting on where exactly its limits lie:

    quantifier turned   any for all, min for max, earliest for latest, and the other way round
    comparison reversed < for >, <= for >=, and the other way round
    part dropped        one of the parts that `and` or `or` joins is missing
    negation dropped    what is denied is said
    value changed       a rule says another value of an enumeration

A change that leaves no expression of the language (a guard against `none` turned round) is no fault anyone could write,
and is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from zhunsheng.ask.testing.coverage import public_definitions
from zhunsheng.lang import expr as e
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Definition, Pack, Rule
from zhunsheng.lang.scope import Scope
from zhunsheng.lang.types import DAY, NUMBER, PERIOD, YES_NO, Period, Special
from zhunsheng.lang.typing import Reader, Refused, plain_source, ruled_out
from zhunsheng.lang.unparse import unparse
from zhunsheng.read import pack_scope

OPERATORS = (
    "rule dropped", "comparison flipped", "boundary moved", "parameter moved",
    "override removed", "override reversed", "otherwise dropped", "otherwise negated",
)  # fmt: skip
FLIPPED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
TURNED = {
    e.Kind.ANY: e.Kind.ALL, e.Kind.ALL: e.Kind.ANY, e.Kind.MIN: e.Kind.MAX, e.Kind.MAX: e.Kind.MIN,
    e.Kind.LEAST_KEY: e.Kind.GREATEST_KEY, e.Kind.GREATEST_KEY: e.Kind.LEAST_KEY,
}  # fmt: skip
REVERSED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
ONE_DAY = e.Literal(Period(days=1), PERIOD)
ONE = e.Literal(1, NUMBER)


@dataclass(frozen=True)
class Mutant:
    """`changed`: the definition that says something else; None where a parameter does. `of`: where the fault lies."""

    operator: str
    of: str
    what: str
    pack: Pack
    changed: str | None = None
    parameter: str | None = None

    def __str__(self) -> str:
        return f"{self.operator} | {self.of} | {self.what}"


def mutants(pack: Pack) -> list[Mutant]:
    """Every fault in every definition, and every parameter, that a public answer or a duty depends on."""
    cones = Cones(pack)
    public = public_definitions(pack, cones)
    found = [mutant for name in public if _asked(pack, name) for mutant in mutants_of(pack, name)]
    asked = frozenset[str]().union(*(cones.definition(name).parameters for name in public))
    return [*found, *(mutant for mutant in _parameters(pack) if mutant.parameter in asked)]


def mutants_of(pack: Pack, name: str) -> list[Mutant]:
    """Every fault in one definition, whoever asks for it."""
    return _made(pack, name, _Faults(pack, pack.definitions[name]).all())


def coarser(pack: Pack, name: str) -> list[Mutant]:
    """Every fault in one definition of the kinds that are for theorems only."""
    return _made(pack, name, _Faults(pack, pack.definitions[name]).coarser())


def _made(pack: Pack, name: str, faults: Iterator[Fault]) -> list[Mutant]:
    return [Mutant(operator, of, what, _with(pack, changed), changed=name) for operator, of, what, changed in faults]


def mutant_named(pack: Pack, text: str) -> Mutant:
    """The fault that is written so (see `Mutant.__str__`)."""
    of = text.split(" | ")[1]
    name = of.removeprefix("parameter ")
    definition = of.rpartition("/")[0]
    found = _parameters(pack) if name != of else [*mutants_of(pack, definition), *coarser(pack, definition)]
    return next(mutant for mutant in found if str(mutant) == text)


def _asked(pack: Pack, name: str) -> bool:
    """Whether anyone asks for it: not for the day of a duty that has none."""
    duty = name.removeprefix("duty ").removesuffix(" by")
    return not (name.startswith("duty ") and name.endswith(" by") and pack.duties[duty].by is None)


def _with(pack: Pack, definition: Definition) -> Pack:
    return replace(pack, definitions={**pack.definitions, definition.name: definition})


Fault = tuple[str, str, str, Definition]


class _Faults:
    """The faults of one definition. What the reader adds to a duty (no duty otherwise, no day) is not the pack's text."""

    def __init__(self, pack: Pack, definition: Definition) -> None:
        self.pack, self.definition = pack, definition
        self.duty = definition.name.startswith("duty ")
        scope: Scope = pack_scope(pack)
        for name, type_ in definition.parameters:
            scope = scope.bind(name, type_)
        self.scope = scope

    def all(self) -> Iterator[Fault]:
        for index, rule in enumerate(self.definition.rules):
            yield self.fault("rule dropped", rule, "", self.definition.rules[:index] + self.definition.rules[index + 1 :])
            yield from self.altered(index, rule)
            yield from self.overrides(index, rule)
        if self.definition.otherwise is not None and not self.duty:
            yield from self.otherwise(self.definition.otherwise)

    def coarser(self) -> Iterator[Fault]:
        for index, rule in enumerate(self.definition.rules):
            for operator, what, when in _coarser(rule.when):
                if (changed := self.read(replace(rule, when=when))) is not None:
                    yield self.fault(operator, rule, what, self.put(index, changed))
            for operator, what, value in _coarser(rule.value):
                if (changed := self.read(replace(rule, value=value))) is not None:
                    yield self.fault(operator, rule, what, self.put(index, changed))
            yield from self.other_values(index, rule)

    def other_values(self, index: int, rule: Rule) -> Iterator[Fault]:
        enumeration = self.pack.enumerations.get(self.definition.type.base)
        if enumeration is None or not isinstance(rule.value, e.Literal) or isinstance(rule.value.value, Special):
            return
        for name in enumeration.names:
            if name != rule.value.value:
                changed = replace(rule, value=replace(rule.value, value=name))
                yield self.fault("value changed", rule, f"{unparse(rule.value)} -> {name}", self.put(index, changed))

    def fault(self, operator: str, rule: Rule, what: str, rules: tuple[Rule, ...]) -> Fault:
        return operator, f"{self.definition.name}/{rule.name}", what, replace(self.definition, rules=rules)

    def altered(self, index: int, rule: Rule) -> Iterator[Fault]:
        for operator, what, when in [] if self.duty and rule.name == "due" else _altered(rule.when):
            if (changed := self.read(replace(rule, when=when))) is not None:
                yield self.fault(operator, rule, what, self.put(index, changed))
        for operator, what, value in _altered(rule.value):
            if (changed := self.read(replace(rule, value=value))) is not None:
                yield self.fault(operator, rule, what, self.put(index, changed))

    def overrides(self, index: int, rule: Rule) -> Iterator[Fault]:
        for name in rule.overrides:
            fewer = replace(rule, overrides=tuple(other for other in rule.overrides if other != name))
            yield self.fault("override removed", rule, f"of {name}", self.put(index, fewer))
            there = next(i for i, other in enumerate(self.definition.rules) if other.name == name)
            defeated = self.definition.rules[there]
            turned = replace(defeated, overrides=(*defeated.overrides, rule.name))
            rules = tuple(
                fewer if i == index else turned if i == there else other for i, other in enumerate(self.definition.rules)
            )
            yield self.fault("override reversed", rule, f"of {name}", rules)

    def otherwise(self, otherwise: e.Expr) -> Iterator[Fault]:
        name = f"{self.definition.name}/otherwise"
        yield "otherwise dropped", name, "", replace(self.definition, otherwise=None)
        if self.definition.type == YES_NO:
            opposite = e.Literal(not otherwise.value, YES_NO) if isinstance(otherwise, e.Literal) else e.Not(otherwise, YES_NO)
            yield "otherwise negated", name, "", replace(self.definition, otherwise=opposite)
        for operator, what, changed in _altered(otherwise):
            try:
                read = Reader(self.scope).read(plain_source(unparse(changed)), self.definition.type)
            except Refused:
                continue
            yield operator, name, what, replace(self.definition, otherwise=read)

    def put(self, index: int, rule: Rule) -> tuple[Rule, ...]:
        return (*self.definition.rules[:index], rule, *self.definition.rules[index + 1 :])

    def read(self, rule: Rule) -> Rule | None:
        """The rule as the language reads it; None if it does not."""
        reader = Reader(self.scope)
        try:
            when = reader.read(plain_source(unparse(rule.when)), YES_NO)
            value = reader.read(plain_source(unparse(rule.value)), self.definition.type, ruled_out(when, True))
        except Refused:
            return None
        return replace(rule, when=when, value=value)


def _altered(expr: e.Expr) -> Iterator[tuple[str, str, e.Expr]]:
    """Every expression that has one comparison altered: the operator, what was done, the expression."""
    if isinstance(expr, e.Compare):
        for operator, changed in _comparisons(expr):
            yield operator, f"{unparse(expr)} -> {unparse(changed)}", changed
    for inner, put in _inside(expr):
        for operator, what, changed in _altered(inner):
            yield operator, what, put(changed)


def _coarser(expr: e.Expr) -> Iterator[tuple[str, str, e.Expr]]:
    """Every expression that has one part of it turned round, reversed or dropped: the operator, what was done, the expression."""
    match expr:
        case e.Aggregate(kind=kind) if kind in TURNED:
            changed: e.Expr = replace(expr, kind=TURNED[kind])
            yield "quantifier turned", unparse(changed), changed
        case e.Compare(op=op) if op in REVERSED:
            changed = replace(expr, op=REVERSED[op])
            yield "comparison reversed", f"{unparse(expr)} -> {unparse(changed)}", changed
        case e.Not(of=of):
            yield "negation dropped", f"{unparse(expr)} -> {unparse(of)}", of
        case e.And(parts=parts) | e.Or(parts=parts):
            for index, part in enumerate(parts):
                kept = (*parts[:index], *parts[index + 1 :])
                yield "part dropped", unparse(part), kept[0] if len(kept) == 1 else replace(expr, parts=kept)
    for inner, put in _inside(expr):
        for operator, what, changed in _coarser(inner):
            yield operator, what, put(changed)


def _inside(expr: e.Expr) -> Iterator[tuple[e.Expr, Callable[[e.Expr], e.Expr]]]:
    """The expressions right inside one, each with how another is put in its place."""
    for part in fields(expr):
        held = getattr(expr, part.name)
        for index, inner in enumerate(held if isinstance(held, tuple) else (held,)):
            if isinstance(inner, e.Expr):

                def put(changed: e.Expr, name: str = part.name, held: Any = held, index: int = index) -> e.Expr:
                    whole: Any = (*held[:index], changed, *held[index + 1 :]) if isinstance(held, tuple) else changed
                    return replace(expr, **{name: whole})

                yield inner, put


def _comparisons(expr: e.Compare) -> Iterator[tuple[str, e.Expr]]:
    yield "comparison flipped", replace(expr, op=FLIPPED[expr.op])
    one = {"day": (ONE_DAY, DAY), "number": (ONE, NUMBER)}.get(expr.left.type.base)
    if one is None or any(isinstance(s, e.Literal) and isinstance(s.value, Special) for s in (expr.left, expr.right)):
        return
    yield "boundary moved", replace(expr, left=e.Arith("+", expr.left, *one))
    yield "boundary moved", replace(expr, right=e.Arith("+", expr.right, *one))


def _parameters(pack: Pack) -> Iterator[Mutant]:
    for name, spec in pack.parameters.items():
        for step in (1, -1):
            moved: Period | int
            if isinstance(spec.value, Period):
                moved = replace(spec.value, days=spec.value.days + step)
            elif isinstance(spec.value, int):
                moved = spec.value + step
            else:
                continue
            parameters = {**pack.parameters, name: replace(spec, value=moved)}
            changed = replace(pack, parameters=parameters)
            yield Mutant("parameter moved", f"parameter {name}", f"{step:+d}", changed, parameter=name)
