"""How many elements of each collection a formula can need: the bound n(c).

All calls of definitions are expanded. Each aggregate over a collection that may need witnesses is an *occurrence*; equal
occurrences at equal arguments are one. The occurrences of an answer's definition are all taken to be used as values
(both ways round); those of an assumption by their polarity. The theorem and its proof are on the page
`docs/pages/en/bound.md`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from zhunsheng.lang import expr as e
from zhunsheng.lang.cone import Cones, expressions
from zhunsheng.lang.forms import Forms, FormsWhere, highest_count
from zhunsheng.lang.logic import simplify
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Touched
from zhunsheng.lang.types import Type

Key = Hashable


class Use(Enum):
    """How a formula uses a part: it wants it true, wants it false, or looks at its value."""

    TRUE = "true"
    FALSE = "false"
    VALUE = "value"

    def turned(self) -> Use:
        return {Use.TRUE: Use.FALSE, Use.FALSE: Use.TRUE, Use.VALUE: Use.VALUE}[self]


@dataclass(frozen=True)
class Goal:
    """A closed formula, or a definition at arguments: `use` says how the query uses it."""

    expr: e.Expr
    use: Use = Use.VALUE
    variables: tuple[tuple[str, Type], ...] = ()  # free element variables of an assumption: universal
    constants: tuple[str, ...] = ()  # free variables that stand for one element the case states


@dataclass(frozen=True)
class Bound:
    """`slots`: the elements each collection needs beyond those stated. `outside`: why the formula is not in the fragment."""

    slots: Mapping[str, int]
    outside: str = ""


@dataclass(frozen=True)
class _Occurrence:
    """`weight` witnesses, for each choice of the elements in `depends` (bound variables), of each of `collections`."""

    collections: tuple[str, ...]
    weight: int
    depends: frozenset[Key]


@dataclass(frozen=True)
class _Part:
    """A part of the expanded formula: a key equal for equal parts, and the element variables free in it."""

    key: Key
    free: frozenset[Key] = frozenset()


@dataclass
class _Walk:
    """One pass over the expanded formula, and over more of them: what is called is gone through once for all that call it."""

    pack: Pack
    forms: FormsWhere
    touched: Touched
    limit: int
    sealed: frozenset[str] = frozenset()
    side: str = ""
    frames: list[dict[Key, _Occurrence]] = field(default_factory=lambda: [{}])
    ranges: dict[Key, tuple[str, int]] = field(default_factory=dict)  # variable -> (collection, or "" and a size)
    witness_of: dict[Key, Key] = field(default_factory=dict)  # a variable that stands for a witness -> its occurrence
    within: dict[Key, dict[Key, _Occurrence]] = field(default_factory=dict)  # those of a call, of a choice, of a goal
    interned: dict[Key, int] = field(default_factory=dict)
    fresh: int = 0

    @property
    def cones(self) -> Cones:
        return self.forms.forms.cones

    def key(self, *parts: Key) -> int:
        return self.interned.setdefault(parts, len(self.interned))

    def seen(self, touched: bool) -> str:
        """The side on which something is looked at; what no change touches is the same thing on both."""
        return self.side if touched else ""

    def join(self, word: Key, parts: Sequence[_Part]) -> _Part:
        free: frozenset[Key] = frozenset().union(*(part.free for part in parts))
        return _Part(self.key(word, *(part.key for part in parts)), free)

    def visit(self, expr: e.Expr, env: Mapping[str, _Part], use: Use, depth: int) -> _Part:
        match expr:
            case e.Literal(value=value, type=type_):
                return _Part(self.key("literal", type_.base, str(type(value)), str(value)))
            case e.Fact(name=name):
                return _Part(self.key("fact", name, self.seen(name in self.touched.facts)))
            case e.Reading(name=name):
                return _Part(self.key("reading", name, self.seen(name in self.touched.readings)))
            case e.Parameter(name=name):
                return _Part(self.key("parameter", name))
            case e.Choice(name=name):
                part = _Part(self.key("choice", name, self.seen(self.touched.meets(self.cones.exprs([expr])))))
                return self._with_all(part, [(self.pack.discretions[name].lawful, {})], depth)
            case e.At(side=side, of=of):
                outer, self.side = self.side, side
                part = self.visit(of, env, use, depth)
                self.side = outer
                return part
            case e.Var(name=name):
                return env[name]
            case e.Field(of=of, name=name):
                side = self.seen((of.type.base, name) in self.touched.fields)
                return self.join(("field", name, side), [self.visit(of, env, Use.VALUE, depth)])
            case e.Call(name=name, args=args):
                return self._call(name, [self.visit(arg, env, Use.VALUE, depth) for arg in args], depth)
            case e.Not(of=of):
                return self.join("not", [self.visit(of, env, use.turned(), depth)])
            case e.And(parts=parts):
                return self.join("and", [self.visit(part, env, use, depth) for part in parts])
            case e.Or(parts=parts):
                return self.join("or", [self.visit(part, env, use, depth) for part in parts])
            case e.Aggregate():
                return self._aggregate(expr, env, use, depth)
            case _:
                parts_ = [self.visit(part, env, Use.VALUE, depth) for part in e.children(expr)]
                word = getattr(expr, "op", None) or getattr(expr, "name", None) or type(expr).__name__
                return self.join((type(expr).__name__, word), parts_)

    def _call(self, name: str, args: list[_Part], depth: int) -> _Part:
        call = self.join(("call", name, self.seen(self.touched.meets(self.cones.definition(name)))), args)
        if name in self.sealed:
            return call
        definition = self.forms.definition(name)
        env = {parameter: arg for (parameter, _), arg in zip(definition.parameters, args, strict=True)}
        return self._with_all(call, ((expr, env) for expr in expressions(definition)), depth)

    def _with_all(self, whole: _Part, inside: Iterable[tuple[e.Expr, Mapping[str, _Part]]], depth: int) -> _Part:
        """A part that stands for expressions, which are gone through where it is met first."""
        if whole.key not in self.within:
            self.within[whole.key] = {}  # a choice may look at itself
            self.frames.append({})
            for expr, env in inside:
                self.visit(expr, env, Use.VALUE, depth)
            self.within[whole.key] = self.frames.pop()
        self.frames[-1].update(self.within[whole.key])
        return whole

    def _aggregate(self, expr: e.Aggregate, env: Mapping[str, _Part], use: Use, depth: int) -> _Part:
        needs = self._needs(expr.kind, use)
        witness = needs == "witness"
        self.fresh += witness
        mark: Key = ("witness", self.fresh) if witness else ("level", depth)
        inner = dict(env)
        bound: set[Key] = set()
        for index, binder in enumerate(expr.binders):
            side = self.seen(binder.collection in self.touched.members)
            variable = self.key("variable", mark, index, binder.collection or binder.enumeration, side)
            size = 1 if binder.collection else len(self.pack.enumerations[binder.enumeration or ""].values)
            self.ranges[variable] = (binder.collection or "", size)
            inner[binder.var] = _Part(variable, frozenset({variable}))
            bound.add(variable)
        parts = self._parts(expr, inner, use, depth)
        word = (expr.kind.value, *((binder.collection or binder.enumeration) for binder in expr.binders))
        whole = self.join((word, mark if witness else ""), parts)
        free = whole.free - bound
        if expr.default is not None:
            default = self.visit(expr.default, env, Use.VALUE, depth)
            whole, free = self.join("default", [whole, default]), free | default.free
        collections = tuple(binder.collection for binder in expr.binders if binder.collection)
        if witness:
            self.witness_of.update(dict.fromkeys(bound, whole.key))
        if collections and needs != "nothing":
            weight = self._weight(expr)
            enumerated = frozenset(variable for variable in bound if not self.ranges[variable][0] and not witness)
            self.frames[-1][whole.key] = _Occurrence(collections, weight, free | enumerated)
        return _Part(whole.key, free)

    def _parts(self, expr: e.Aggregate, env: Mapping[str, _Part], use: Use, depth: int) -> list[_Part]:
        logical = expr.kind in (e.Kind.ANY, e.Kind.ALL)
        body_use = use if logical else Use.VALUE
        where_use = body_use.turned() if expr.kind is e.Kind.ALL else body_use
        parts = []
        for part, how in ((expr.where, where_use), (expr.key, Use.VALUE), (expr.body, body_use)):
            absent = _Part(self.key("absent"))
            parts.append(absent if part is None else self.visit(part, env, how, depth + 1))
        return parts

    def _needs(self, kind: e.Kind, use: Use) -> str:
        """`witness`: one, which its variables stand for; `nothing`: true of fewer if true of more; `value`: may need some."""
        favourable = {e.Kind.ANY: Use.TRUE, e.Kind.ALL: Use.FALSE}.get(kind)
        if favourable is None or use is Use.VALUE:
            return "value"
        return "witness" if use is favourable else "nothing"

    def _weight(self, expr: e.Aggregate) -> int:
        """One witness (two for a keyed aggregate, whose tie is a conflict; one more than its constant for a count), and one for
        each way its elements can fail."""
        parts = [part for part in (expr.where, expr.key, expr.body) if part is not None]
        kinds = frozenset().union(*(self.forms.failures(part) for part in parts))
        match expr.kind:
            case e.Kind.COUNT:
                base = self.limit + 1
            case e.Kind.GREATEST_KEY | e.Kind.LEAST_KEY:
                base = 2
            case _:
                base = 1
        return base + len(kinds)

    # -- goals

    def goal(self, goal: Goal) -> dict[Key, _Occurrence]:
        """The occurrences of one goal."""
        env: dict[str, _Part] = {}
        for name, type_ in goal.variables:  # the type belongs to it: another goal may use the name for another list
            key, collection = self.key("free", name, type_.base), self.pack.element_of(type_.base)
            self.ranges[key] = (collection.name if collection else "", 1)
            env[name] = _Part(key, frozenset({key}))
        if goal not in self.within:
            for name in goal.constants:
                env[name] = _Part(self.key("constant", name))
            self.frames.append({})
            self.visit(simplify(goal.expr, self.forms.fixed), env, goal.use, 0)
            self.within[goal] = self.frames.pop()
        return self.within[goal]

    def resolved(
        self, variables: frozenset[Key], found: Mapping[Key, _Occurrence], seen: frozenset[Key] = frozenset()
    ) -> frozenset[Key]:
        """The variables that range over kept elements: one that stands for a witness is what its own aggregate depends on."""
        kept: set[Key] = set()
        for variable in variables:
            owner = self.witness_of.get(variable)
            if owner is None:
                kept.add(variable)
            elif owner in found and owner not in seen:
                kept |= self.resolved(found[owner].depends, found, seen | {owner})
        return frozenset(kept)


def bound(
    pack: Pack,
    goals: Sequence[Goal],
    stated: Mapping[str, int],
    closed: frozenset[str],
    readings: Mapping[str, str] | None = None,
    touched: Touched | None = None,
    forms: Forms | None = None,
    sealed: frozenset[str] = frozenset(),
) -> Bound:
    """n(c) for every collection that is not closed, given how many elements the case states of each.

    `closed` collections are complete: they need no slots, and count as many elements as are stated. `readings` are fixed.
    Where goals speak of a case before and after changes, `touched` is what these change: all else counts once. Many bounds of one
    pack may share what is seen of its definitions (`forms`). `sealed` definitions are taken as given: what they come to at the
    elements kept is kept too, so nothing inside them counts.
    """
    empty = frozenset(name for name in closed if not stated.get(name))
    forms = forms or Forms(pack, Cones(pack))
    limit = highest_of(pack, forms, goals)
    places = forms.walks.setdefault((tuple(sorted((readings or {}).items())), empty, touched or Touched(), limit, sealed), [])
    if not places:
        places.append(_Walk(pack, forms.where(readings or {}, empty), touched or Touched(), limit, sealed))
    walk: _Walk = places[0]
    found: dict[Key, _Occurrence] = {}
    for goal in goals:
        found |= walk.goal(goal)
    return _added_up(walk, found, stated, closed)


def highest_of(pack: Pack, forms: Forms, goals: Sequence[Goal]) -> int:
    """The greatest constant that a count is compared with, in the pack or in these."""
    return max(forms.highest_count, *(highest_count(pack, goal.expr) for goal in goals), 0)


def _added_up(walk: _Walk, found: Mapping[Key, _Occurrence], stated: Mapping[str, int], closed: frozenset[str]) -> Bound:
    terms: dict[Term, int] = {}
    for occurrence in found.values():
        depends = walk.resolved(occurrence.depends, found)
        lists = tuple(sorted(walk.ranges[v][0] for v in depends if walk.ranges[v][0]))
        sizes = 1
        for variable in depends:
            sizes *= walk.ranges[variable][1]
        for name in set(occurrence.collections):
            weight = occurrence.weight * occurrence.collections.count(name) * sizes
            terms[name, lists] = terms.get((name, lists), 0) + weight
    return counted(terms, {name: stated.get(name, 0) for name in walk.pack.collections}, closed)


Term = tuple[str, tuple[str, ...]]
"""A list, and those for each of whose elements so many of its own are needed."""


def counted(terms: Mapping[Term, int], stated: Mapping[str, int], closed: frozenset[str]) -> Bound:
    """What these come to, each list after those for whose elements it is needed. `stated`: what a case states of each list."""
    after: dict[str, set[str]] = {name: set() for name in stated}
    for name, lists in terms:
        if name not in closed:
            after[name] |= {other for other in lists if other not in closed}
    slots = dict.fromkeys(stated, 0)
    order = _ordered(after)
    if isinstance(order, str):
        return Bound(slots, order)
    for name in order:
        for (of, lists), number in terms.items():
            if of == name and name not in closed:
                product = number
                for other in lists:
                    product *= stated[other] + (0 if other in closed else slots[other])
                slots[name] += product
    return Bound(slots)


def _ordered(after: Mapping[str, set[str]]) -> list[str] | str:
    """The collections, each after those its aggregates depend on; or the cycle that stands in the way."""
    done: list[str] = []
    path: list[str] = []

    def go(name: str) -> str | None:
        if name in done:
            return None
        if name in path:
            return " -> ".join([*path[path.index(name) :], name])
        path.append(name)
        for other in sorted(after[name]):
            if cycle := go(other):
                return cycle
        path.pop()
        done.append(name)
        return None

    for name in sorted(after):
        if cycle := go(name):
            return f"an element's meaning depends on its own collection: {cycle}"
    return done
