"""How many elements of each collection are enough for an outcome: a second bound, for questions about outcomes alone.

It serves where all that is asked of a case is what some expressions come to, and whether assumptions and the lawfulness of
choices hold: whatever else is true of the case may change as elements are taken away. The theorem and its proof are on the page
`docs/pages/en/bound.md`; what an outcome needs of the parts is in `lang/keeping.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

from zhunsheng.lang import expr as e
from zhunsheng.lang.bound import Bound, Goal, Use, highest_of
from zhunsheng.lang.cone import Cones, expressions
from zhunsheng.lang.forms import Forms, FormsWhere
from zhunsheng.lang.keeping import Keeping, Kept, constant, free_in, settled
from zhunsheng.lang.logic import simplify
from zhunsheng.lang.needed import largest
from zhunsheng.lang.needs import NOTHING, Key, Needs, Unit, Units
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Value

Env = Mapping[str, Kept]
TRUTH_VALUES = 2
ASKED = 3
"""A field that rules compare with so many values is looked at for each of them: rules that ask for another do not hold."""


def enough(
    pack: Pack,
    goals: Sequence[Goal],
    stated: Mapping[str, int],
    closed: frozenset[str],
    readings: Mapping[str, str] | None = None,
    forms: Forms | None = None,
    *,
    times: int = 1,
    lawful: Collection[str] = (),
) -> Bound:
    """Elements enough for a question about nothing but the outcomes of these goals: those used as values keep the outcome they
    have, those wanted true are kept from being false. The rest of what it is given is as `lang.bound.bound` has it. `times`: for
    so many completions at once, each of which keeps its own. `lawful`: the choices that have to stay lawful as they are; another
    that nothing kept consults may be made anew."""
    forms = forms or Forms(pack, Cones(pack))
    empty = frozenset(name for name in closed if not stated.get(name))
    limit = highest_of(pack, forms, goals)
    places = forms.walks.setdefault(("enough", tuple(sorted((readings or {}).items())), empty, limit), [])
    if not places:
        places.append(_Walk(pack, forms.where(readings or {}, empty), limit))
    walk: _Walk = places[0]
    needs = walk.units.both(*(walk.goal(goal) for goal in goals), *(walk.lawful(name) for name in sorted(lawful)))
    there = {name: stated.get(name, 0) for name in pack.collections}
    return largest(walk.units, needs or NOTHING, times, there, closed)


@dataclass
class _Walk:
    """One pass over expressions with their calls written out: what is called is gone through once for all that call it."""

    pack: Pack
    forms: FormsWhere
    limit: int
    units: Units = field(default_factory=Units)
    found: dict[Key, Kept] = field(default_factory=dict)  # what is called, what is chosen
    goals: dict[Key, Needs | None] = field(default_factory=dict)
    interned: dict[Key, int] = field(default_factory=dict)
    told: dict[tuple[Key, str], Value] = field(default_factory=dict)
    """What is taken for now of a field of an element: (variable, field) -> value."""

    def __post_init__(self) -> None:
        self.keeping = Keeping(self.units)

    def key(self, *parts: Key) -> int:
        return self.interned.setdefault(parts, len(self.interned))

    def variable(self, name: Key, collection: str, values: int = 1) -> Kept:
        """One that ranges over a collection, or over so many values."""
        key = self.key("variable", name)
        self.units.ranges[key] = collection, values
        return settled(key, frozenset({key}))

    # -- goals

    def goal(self, goal: Goal) -> Needs | None:
        """What keeps a goal as it is."""
        if goal not in self.goals:
            env = {name: settled(self.key("constant", name)) for name in goal.constants}
            for name, type_ in goal.variables:
                collection = self.pack.element_of(type_.base)
                env[name] = self.variable(("free", name, type_.base), collection.name if collection else "")
            expr = simplify(goal.expr, self.forms.fixed)
            kept = self.visit(expr, env, 0)
            wanted = kept.not_false if goal.use is Use.TRUE else self.units.either(kept.value, *kept.fails.values())
            free = free_in([env[name] for name, _ in goal.variables])
            self.goals[goal] = self.units.for_each(wanted, free, self.key("goal", kept.key))
        return self.goals[goal]

    def lawful(self, name: str) -> Needs | None:
        """What keeps a choice as lawful, or all there is to choose as unlawful, as it is."""
        kept = self._choice(name)
        return self.units.either(kept.value, *kept.fails.values())

    # -- expressions

    def visit(self, expr: e.Expr, env: Env, depth: int) -> Kept:
        match expr:
            case e.Literal(value=value, type=type_):
                return constant(self.key("literal", type_.base, str(type(value)), str(value)), value)
            case e.Fact(name=name):
                return settled(self.key("fact", name))
            case e.Reading(name=name):
                return settled(self.key("reading", name))
            case e.Parameter(name=name):
                return settled(self.key("parameter", name))
            case e.Choice(name=name):
                return env.get(f"choice {name}") or self._choice(name)
            case e.Var(name=name):
                return env[name]
            case e.Compare(op="==" | "!=" as op, left=e.Field(of=e.Var(name=name), name=path), right=e.Literal(value=str(value))):
                kept = self._strict(expr, [self.visit(part, env, depth) for part in e.children(expr)])
                told = self.told.get((env[name].key, path))
                return kept if told is None else replace(constant(kept.key, (told == value) == (op == "==")), free=kept.free)
            case e.Call():
                return self._call(expr, [self.visit(arg, env, depth) for arg in expr.args], depth)
            case e.Not(of=of):
                kept = self.visit(of, env, depth)
                return replace(kept.turned, key=self.key("not", kept.key))
            case e.And() | e.Or():
                return self._junction(expr, [self.visit(part, env, depth) for part in expr.parts])
            case e.IfElse(test=test, then=then, other=other):
                kept_ = [self.visit(part, env, depth) for part in (test, then, other)]
                return self.keeping.if_else(self.key("if", *(part.key for part in kept_)), *kept_)
            case e.Aggregate():
                return self._aggregate(expr, env, depth)
            case _:
                return self._strict(expr, [self.visit(part, env, depth) for part in e.children(expr)])

    def _strict(self, expr: e.Expr, parts: list[Kept]) -> Kept:
        word = getattr(expr, "op", None) or getattr(expr, "name", None) or ""
        key = self.key(type(expr).__name__, word, *(part.key for part in parts))
        tabled = isinstance(expr, e.Function) and expr.name in ("workdays_after", "is_workday")
        return self.keeping.strict(key, parts, [FailureKind.NO_DATA] * tabled)

    def _junction(self, expr: e.And | e.Or, parts: list[Kept]) -> Kept:
        """`or` is `and` with everything turned round."""
        word, kinds = type(expr).__name__, self.forms.failures(expr)
        key = self.key(word, *(part.key for part in parts))
        if isinstance(expr, e.And):
            return self.keeping.conjunction(key, parts, kinds)
        return self.keeping.conjunction(key, [part.turned for part in parts], kinds).turned

    # -- what is called, what is chosen

    def _call(self, call: e.Call, args: list[Kept], depth: int) -> Kept:
        key = self.key("call", call.name, *(arg.key for arg in args))
        place = key, tuple((one, value) for one, value in self.told.items() if any(one[0] == arg.key for arg in args))
        if place not in self.found:
            definition = self.forms.definition(call.name)
            env = {name: settled(arg.key, arg.free) for (name, _), arg in zip(definition.parameters, args, strict=True)}
            tests = {rule.name: self.visit(rule.when, env, depth) for rule in definition.rules}
            values = {rule.name: self.visit(rule.value, env, depth) for rule in definition.rules}
            otherwise = None if definition.otherwise is None else self.visit(definition.otherwise, env, depth)
            kinds = self.forms.failures(call)
            self.found[place] = self.keeping.rules(definition, tests, values, otherwise, kinds)
        return self.keeping.called(key, args, self.found[place])

    def _choice(self, name: str) -> Kept:
        """What is chosen: lawful, or none is; then that of every value it is not."""
        spec = self.pack.discretions[name]
        key = self.key("choice", name)
        if key not in self.found:
            units, enumeration = self.units, self.pack.enumerations.get(spec.type.base)
            values = len(enumeration.values) + len(spec.type.special) if enumeration else TRUTH_VALUES
            chosen = self.variable(("chosen", key), "", values)
            told, self.told = self.told, {}  # nothing of what is asked about matters to what is lawful
            lawful = self.visit(spec.lawful, {f"choice {name}": chosen}, 0)
            value = units.for_one(lawful.true, chosen.free, frozenset(), key)
            none = units.for_each(lawful.not_true, chosen.free, key)
            fails = {FailureKind.GAP: none}
            if spec.otherwise is not None:
                other = self.visit(spec.otherwise, {}, 0)
                value = units.either(value, units.both(none, other.value))
                fails = {kind: units.both(none, needs) for kind, needs in other.fails.items()}
            self.found[key], self.told = self.keeping.whole(key, frozenset(), value, fails), told
        return self.found[key]

    # -- aggregates

    def _aggregate(self, expr: e.Aggregate, env: Env, depth: int) -> Kept:
        inner, variables, lists = dict(env), set[Key](), list[str]()
        for index, binder in enumerate(expr.binders):
            of = binder.collection or binder.enumeration or ""
            values = 1 if binder.collection else len(self.pack.enumerations[of].values)
            inner[binder.var] = self.variable((depth, index, of), binder.collection or "", values)
            variables |= inner[binder.var].free
            if binder.collection:
                lists.append(binder.collection)
        default = None if expr.default is None else self.visit(expr.default, env, depth)
        each = [self._one(expr, inner, depth) for _ in self._told_of(expr.binders, inner)]
        one = self.keeping.whichever(each)
        free = one.free | (default.free if default else frozenset())
        over = tuple(binder.collection or binder.enumeration for binder in expr.binders)
        mark = self.key(expr.kind, over, one.key, default and default.key)
        rows = _Rows(self.units, frozenset(variables), tuple(lists), free - variables, mark)
        kinds = self.forms.failures(expr)
        if expr.kind in (e.Kind.ANY, e.Kind.ALL):
            return self._any_all(expr.kind, rows, one, kinds)
        return self._picked(expr.kind, rows, one, default, kinds)

    def _told_of(self, binders: Sequence[e.Binder], env: Env) -> Iterator[None]:
        """Each combination of values that may be told of the elements bound: what rules ask of one field goes together."""
        fields = [(env[b.var].key, name, values) for b in binders for name, values in self.asked.get(b.type.base, {}).items()]
        for chosen in product(*(values for _, _, values in fields)):
            told = {(key, name): value for (key, name, _), value in zip(fields, chosen, strict=True)}
            self.told |= told
            yield
            for place in told:
                del self.told[place]

    @cached_property
    def asked(self) -> Mapping[str, Mapping[str, Sequence[Value]]]:
        """Of each type of element, the fields that are compared with several values: these, and one that stands for the rest."""
        found: dict[str, dict[str, dict[Value, None]]] = {}
        for definition in self.pack.definitions.values():
            for part in (part for expr in expressions(definition) for part in e.walk(expr)):
                match part:
                    case e.Compare("==" | "!=", e.Field(of=e.Var(type=of), name=name), e.Literal(value=str(value))):
                        found.setdefault(of.base, {}).setdefault(name, {})[value] = None
        return {
            of: {name: [*values, ""] for name, values in fields.items() if len(values) >= ASKED} for of, fields in found.items()
        }

    def _one(self, expr: e.Aggregate, env: Env, depth: int) -> Kept:
        """One tuple: of `any` (and `all`, turned round) whether it decides; of the others, `false`: it is passed over, `true`: it
        is taken, with all that is looked at, `fails`: it fails."""
        units, keeping = self.units, self.keeping
        where, key, body = (
            None if part is None else self.visit(part, env, depth + 1) for part in (expr.where, expr.key, expr.body)
        )
        name = self.key(*("" if part is None else part.key for part in (where, key, body)))
        if expr.kind in (e.Kind.ANY, e.Kind.ALL) and body is not None:
            tested = body if expr.kind is e.Kind.ANY else body.turned
            parts = [part for part in (where, tested) if part is not None]
            return keeping.conjunction(name, parts, FailureKind)
        row = keeping.strict(name, [part for part in (key, body) if part is not None])
        out, passing = (None, NOTHING) if where is None else (where.false, where.true)
        taken, free = units.both(passing, row.value), row.free | (where.free if where else frozenset())
        fails = {
            kind: units.either(None if where is None else where.fails.get(kind), units.both(passing, row.fails.get(kind)))
            for kind in FailureKind
        }
        return Kept(name, free, taken, out, units.either(out, taken), None, None, fails)

    def _any_all(self, kind: e.Kind, rows: _Rows, one: Kept, kinds: frozenset[FailureKind]) -> Kept:
        """`all` is `any` with everything turned round but the `if`."""
        units, fails = self.units, dict[FailureKind, Needs | None]()
        for how in kinds:
            if one.fails.get(how) is not None:
                stays = one.not_true
                if one.may_fail_beyond(how):
                    stays = units.either(one.false, self.keeping.at_most(one, how))
                fails[how] = units.both(rows.some(one.fails[how]), rows.each(stays))
        true, false = rows.some(one.true), rows.each(one.false)
        value = units.either(true, false)
        kept = Kept(rows.mark, rows.free, true, false, value, rows.each(one.not_true), rows.some(one.not_false), fails)
        return kept if kind is e.Kind.ANY else kept.turned

    def _picked(self, kind: e.Kind, rows: _Rows, one: Kept, default: Kept | None, kinds: frozenset[FailureKind]) -> Kept:
        """What counts rows or picks one: those passed over stay so, those taken keep what is looked at of them."""
        units = self.units
        others = rows.each(one.value)
        empty = rows.each(one.false)
        value = units.both(others, rows.tuples("picked", self.limit + 1 if kind is e.Kind.COUNT else 1))
        if default is not None:
            value = units.either(value, units.both(empty, default.value))
        fails = dict[FailureKind, Needs | None]()
        for how in kinds:
            found = [units.both(rows.some(one.fails.get(how)), rows.each(self.keeping.no_stronger(one, how)))]
            if how is FailureKind.CONFLICT and kind in (e.Kind.GREATEST_KEY, e.Kind.LEAST_KEY):
                found.append(units.both(others, rows.tuples("picked"), rows.tuples("beside it")))
            if default is not None:
                found.append(units.both(empty, default.fails.get(how)))
            elif how is FailureKind.GAP and kind is not e.Kind.COUNT:
                found.append(empty)
            fails[how] = units.either(*found)
        return self.keeping.whole(rows.mark, rows.free, value, fails)


@dataclass(frozen=True)
class _Rows:
    """The tuples of elements that an aggregate goes through. `free`: the variables it speaks of but does not bind."""

    units: Units
    variables: frozenset[Key]
    lists: tuple[str, ...]
    free: frozenset[Key]
    mark: Key

    def tuples(self, purpose: str, number: int = 1) -> Needs:
        """So many of them."""
        if not self.lists:
            return NOTHING
        terms: dict[tuple[str, tuple[str, ...]], int] = {(name, ()): number * self.lists.count(name) for name in self.lists}
        return (1 << self.units.unit((purpose, self.mark), Unit(terms, self.free)),)

    def some(self, needs: Needs | None) -> Needs | None:
        """One of them, of which this is needed."""
        at = self.units.for_one(needs, self.variables, self.free, self.mark)
        return None if at is None else self.units.both(self.tuples("witness"), at)

    def each(self, needs: Needs | None) -> Needs:
        """All of them, of each of which this is needed: of none, where none can be so."""
        return self.units.for_each(needs, self.variables, self.mark) or NOTHING
