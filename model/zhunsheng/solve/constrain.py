"""Typed expressions -> outcomes under conditions.

The same meaning as the reference's, written a second time and in another way: nothing here knows how the reference
computes. Constants fold, so where every fact that matters is known the outcome is one atom and no solver is needed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from zhunsheng.lang import expr as e
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Assumption, Definition, Pack, Rule
from zhunsheng.lang.types import NONE, Period
from zhunsheng.solve import days
from zhunsheng.solve.cases import Atom, Cases, ElementRef, Maker, RecordRef, TableRef
from zhunsheng.solve.formula import Node, Terms
from zhunsheng.solve.sealed import Open
from zhunsheng.solve.symbols import Symbols, discretion_values

MOST_SPLITS = 64
OTHERWISE = "otherwise"
"""What the `otherwise` of a definition is called among its rules."""
Env = Mapping[str, Cases]
GAP, CONFLICT, NO_DATA = FailureKind.GAP, FailureKind.CONFLICT, FailureKind.NO_DATA


@dataclass(frozen=True, eq=False)
class Ruled:
    """The rules of a definition at some arguments: where each holds, where it also stands undefeated, its value (where it can
    stand), and where a condition or value fails."""

    holds: Mapping[str, Node]
    active: Mapping[str, Node]
    values: Mapping[str, Cases]
    fails: Mapping[FailureKind, Node]


class Constrainer:
    """Gives expressions and definitions of one pack their `Cases` over one set of symbols."""

    def __init__(self, pack: Pack, terms: Terms, symbols: Symbols) -> None:
        self.pack, self.terms, self.symbols = pack, terms, symbols
        self.make = Maker(terms)
        self._definitions: dict[tuple[Any, ...], Cases] = {}
        self._choices: dict[tuple[str, FailureKind], Cases] = {}
        self.leaves_reach = False
        """Whether some day could leave the calendar's reach: then the bound does not count that failure."""
        self.sides: Mapping[str, Constrainer] = {}
        """The case before and after a theorem's changes, where there are any; each knows itself as well."""
        self.guards: dict[Node, tuple[str, str]] | None = None
        """Where asked for: a variable for each (definition, rule), under which `links` tie what the rule's condition comes to."""
        self.links: list[Node] = []
        self.open: Open | None = None
        """Where asked for: definitions taken as given."""
        self.side = ""
        """Which case this is, where there are two."""
        self.aside: frozenset[tuple[str, FailureKind]] = frozenset()
        """Definitions whose own gaps (or conflicts) count as the weakest failure: what is asked is about those of others."""
        self._inside = ""
        self.moved: Mapping[Atom, Atom] = {}
        """Elements that stand at another place in this case's lists than where the names of a theorem were bound."""
        self._working = {name: days.WorkingDays(calendar) for name, calendar in pack.calendars.items()}
        self._first, self._last = days.reach(pack.horizon)

    # -- definitions

    def definition(self, name: str, args: tuple[Atom, ...] = ()) -> Cases:
        """The outcome of a definition at atoms."""
        key = (name, *args)
        if self.open is not None and self.open.holds(name):
            return self.open.outcome(self.side, name, args)
        if key not in self._definitions:
            definition = self.pack.definitions[name]
            env = {p: self.make.only(arg) for (p, _), arg in zip(definition.parameters, args, strict=True)}
            self._definitions[key] = self.outcome(definition, env)
        return self._definitions[key]

    def ruled(self, definition: Definition, env: Env) -> Ruled:
        """How each rule of a definition stands, its parameters bound by `env`."""
        terms, make = self.terms, self.make
        tests = {rule.name: self._guarded(definition, rule.name, self.expr(rule.when, env)) for rule in definition.rules}
        holds = {name: make.true(test) for name, test in tests.items()}
        standing = {rule.name: terms.not_(self._defeated(rule, definition, holds)) for rule in definition.rules}
        active = {name: terms.and_((holds[name], standing[name])) for name in holds}
        values = {rule.name: self.expr(rule.value, env) for rule in definition.rules if active[rule.name] is not terms.false}
        failing = [make.under(standing[name], tests[name].fails) for name in tests]
        failing += [make.under(active[name], value.fails) for name, value in values.items()]
        return Ruled(holds, active, values, make.possible(make.join_fails(failing)))

    def _guarded(self, definition: Definition, rule: str, test: Cases) -> Cases:
        """What a condition comes to, known only under the rule's guard (if guards are asked for)."""
        if self.guards is None:
            return test
        guard = self.terms.var(f"rule {definition.name} / {rule}")
        self.guards[guard] = (definition.name, rule)
        atoms = {atom: self._tied(guard, node) for atom, node in test.atoms.items()}
        return Cases(atoms, {kind: self._tied(guard, node) for kind, node in test.fails.items()})

    def _tied(self, guard: Node, node: Node) -> Node:
        """A variable that is this condition where the guard holds, and anything where it does not."""
        terms = self.terms
        if node is terms.false:
            return node
        known = terms.var(f"#{node.index} under {guard.args[0]}")
        self.links.append(terms.implies(guard, terms.and_((terms.implies(known, node), terms.implies(node, known)))))
        return known

    def outcome(self, definition: Definition, env: Env) -> Cases:
        """The outcome of a definition (one of the pack's, or another), its parameters bound by `env`."""
        outer, self._inside = self._inside, definition.name
        try:
            return self._outcome(definition, env)
        finally:
            self._inside = outer

    def _own(self, kind: FailureKind) -> FailureKind:
        """What a failure that arises here counts as."""
        return NO_DATA if (self._inside, kind) in self.aside else kind

    def _outcome(self, definition: Definition, env: Env) -> Cases:
        terms, make = self.terms, self.make
        ruled = self.ruled(definition, env)
        clashing = {self._own(CONFLICT): terms.or_(node for _, _, node in self.clashes(ruled))}
        fails = make.possible(make.join_fails([ruled.fails, clashing]))
        settled = terms.not_(terms.or_(fails.values()))
        parts = [(terms.and_((settled, ruled.active[name])), Cases(value.atoms)) for name, value in ruled.values.items()]
        nothing = terms.and_((settled, terms.not_(terms.or_(ruled.active.values()))))
        if definition.otherwise is None:
            return make.merge(parts, make.possible(make.join_fails([fails, {self._own(GAP): nothing}])))
        if nothing is terms.false:
            return make.merge(parts, fails)
        nothing = make.true(self._guarded(definition, OTHERWISE, Cases({True: nothing})))
        return make.merge([*parts, (nothing, self.expr(definition.otherwise, env))], fails)

    def _defeated(self, rule: Rule, definition: Definition, holds: Mapping[str, Node]) -> Node:
        return self.terms.or_(holds[other.name] for other in definition.rules if rule.name in other.overrides)

    def clashes(self, ruled: Ruled) -> list[tuple[str, str, Node]]:
        """Each pair of rules with the condition under which both stand and their values differ."""
        found = []
        for a, b in itertools.combinations(ruled.values, 2):
            both = self.terms.and_((ruled.active[a], ruled.active[b]))
            if both is not self.terms.false:
                found.append((a, b, self.terms.and_((both, self.differ(ruled.values[a], ruled.values[b])))))
        return found

    def differ(self, left: Cases, right: Cases) -> Node:
        """Both have a value and the values differ."""
        return self.make.different(left, right)

    # -- discretion

    def lawful(self, name: str) -> dict[Any, Node]:
        """Each value of a discretion with the condition under which choosing it is lawful."""
        spec = self.pack.discretions[name]
        return {
            value: self.make.true(self.expr(spec.lawful, {f"choice {name}": self.make.only(value)}))
            for value in discretion_values(self.pack, name)
        }

    def choice(self, name: str) -> Cases:
        """What is chosen; where nothing lawful can be, what the pack says of that, else a gap."""
        key = (name, self._own(GAP))
        if key not in self._choices:
            some = self.terms.or_(self.lawful(name).values())
            none = self.terms.not_(some)
            parts = [(some, self.symbols.choices[name])]
            otherwise = self.pack.discretions[name].otherwise
            if otherwise is not None and none is not self.terms.false:
                parts.append((none, self.expr(otherwise, {})))
            fails = self.make.possible({key[1]: none}) if otherwise is None else {}
            self._choices[key] = self.make.merge(parts, fails)
        return self._choices[key]

    def lawful_choice(self, name: str) -> list[Node]:
        """The conditions under which what is chosen is lawful, wherever anything is."""
        lawful = self.lawful(name)
        none = self.terms.not_(self.terms.or_(lawful.values()))
        return [
            self.terms.or_((self.terms.not_(condition), lawful.get(value, self.terms.false), none))
            for value, condition in self.symbols.choices[name].atoms.items()
        ]

    # -- assumptions

    def assumption(self, assumption: Assumption) -> list[Node]:
        """The conditions an assumption puts on a case: one for each choice of elements."""
        slots = [range(len(self.symbols.collections[name])) for _, name in assumption.each]
        conditions = []
        for chosen in itertools.product(*slots):
            if assumption.apart and len(set(chosen)) < len(chosen):
                continue
            env: dict[str, Cases] = {}
            absent = []
            for (variable, name), index in zip(assumption.each, chosen, strict=True):
                env[variable] = self.make.only(ElementRef(name, index))
                absent.append(self.terms.not_(self.symbols.collections[name][index].present))
            broken = self.make.false(self.expr(assumption.that, env))
            conditions.append(self.terms.or_((*absent, self.terms.not_(broken))))
        return conditions

    # -- expressions

    def expr(self, expr: e.Expr, env: Env) -> Cases:
        """The outcomes of an expression, its variables bound by `env`."""
        match expr:
            case e.Literal(value=value, type=type_):
                return self.make.only(self._constant(value, type_.base))
            case e.Fact(name=name):
                return self._fact(name)
            case e.Var(name=name):
                return env[name]
            case e.Field(of=of, name=name):
                return self._field(self.expr(of, env), name)
            case e.Pick(of=of, key=key):
                return self._pick(self.expr(of, env), self.expr(key, env))
            case e.Parameter(name=name, type=type_):
                return self.make.only(self._constant(self.pack.parameters[name].value, type_.base))
            case e.Reading(name=name):
                return self.symbols.readings[name]
            case e.Choice(name=name):
                return env.get(f"choice {name}") or self.choice(name)
            case e.Call(name=name, args=args):
                return self._call(name, [self.expr(arg, env) for arg in args])
            case e.Not(of=of):
                inner = self.expr(of, env)
                return self.make.truth(self.make.false(inner), inner.fails)
            case e.And(parts=parts):
                return self._junction(parts, env, deciding=False)
            case e.Or(parts=parts):
                return self._junction(parts, env, deciding=True)
            case e.Compare(op=op, left=left, right=right):
                return self._compare(op, self.expr(left, env), self.expr(right, env), left.type.base)
            case e.Arith(op=op, left=left, right=right):
                return self._arith(op, self.expr(left, env), self.expr(right, env))
            case e.IfElse(test=test, then=then, other=other):
                return self._if_else(test, then, other, env)
            case e.Function():
                return self._function(expr, [self.expr(arg, env) for arg in expr.args])
            case e.Aggregate():
                return self._aggregate(expr, env)
            case e.At(side=side, of=of):
                return self.sides[side].told_here(of, env)
            case _:
                assert_never(expr)

    def told_here(self, expr: e.Expr, env: Env) -> Cases:
        """An expression about this case, its variables bound in the case as it is before the changes."""
        here = {
            name: Cases({self.moved.get(atom, atom): node for atom, node in cases.atoms.items()}, cases.fails)
            for name, cases in env.items()
        }
        return self.expr(expr, here if self.moved else env)

    def _constant(self, value: Any, base: str) -> Atom:
        if base == "number" and not isinstance(value, bool) and isinstance(value, int):
            return self.terms.number(value)
        if base == "day" and hasattr(value, "toordinal"):
            return self.terms.number(value.toordinal())
        return value  # type: ignore[no-any-return]  # a truth value, a name, a special or a period

    def _fact(self, name: str) -> Cases:
        record = self.symbols.records.get(name)
        if record is None:
            return self.symbols.scalars[name]
        absent = self.terms.not_(record.present)
        return Cases(self.make.possible({RecordRef(name): record.present, NONE: absent}))

    def _field(self, of: Cases, name: str) -> Cases:
        parts = []
        for atom, condition in of.atoms.items():
            match atom:
                case RecordRef(name=record):
                    found = self.symbols.records[record].fields.get(name)
                case ElementRef(collection=collection, index=index):
                    found = self.symbols.collections[collection][index].fields.get(name)
                case _:
                    continue  # a special value: the typing has ruled this out where it matters
            if isinstance(found, TableRef):
                parts.append((condition, self.make.only(found)))
            elif found is not None:
                parts.append((condition, found))
        return self._whole(parts, of)

    def _whole(self, parts: list[tuple[Node, Cases]], of: Cases) -> Cases:
        if len(parts) == 1 and parts[0][0] is self.terms.true and not of.fails:
            return parts[0][1]
        return self.make.merge(parts, of.fails)

    def _pick(self, of: Cases, key: Cases) -> Cases:
        parts = [
            (condition, table.entries[str(name)])
            for table, name, condition in self.make.pairs(of, key)
            if isinstance(table, TableRef)
        ]
        if len(parts) == 1 and parts[0][0] is self.terms.true:
            return parts[0][1]
        return self.make.merge(parts, self.make.failing(of, key))

    def _call(self, name: str, args: list[Cases]) -> Cases:
        """A definition at every combination of its arguments' atoms."""
        fails = self.make.failing(*args)
        combinations = 1
        for arg in args:
            combinations *= max(len(arg.atoms), 1)
        if combinations > MOST_SPLITS:
            args = [Cases(self.make.few(dict(arg.atoms))) for arg in args]
        fine = self.terms.not_(self.terms.or_(fails.values()))
        parts = []
        for chosen in itertools.product(*(arg.atoms.items() for arg in args)):
            condition = self.terms.and_((fine, *(node for _, node in chosen)))
            if condition is not self.terms.false:
                parts.append((condition, self.definition(name, tuple(atom for atom, _ in chosen))))
        if len(parts) == 1 and parts[0][0] is self.terms.true:
            return parts[0][1]
        return self.make.merge(parts, fails)

    def _junction(self, parts: tuple[e.Expr, ...], env: Env, *, deciding: bool) -> Cases:
        """`and` (false decides) or `or` (true decides): a deciding side decides, whatever the others do."""
        seen: list[Cases] = []
        for part in parts:
            here = self.expr(part, env)
            if here.atoms.get(deciding) is self.terms.true:
                return self.make.only(deciding)
            seen.append(here)
        return self._decided(seen, deciding=deciding)

    def _decided(self, seen: list[Cases], *, deciding: bool) -> Cases:
        terms, make = self.terms, self.make
        decided = terms.or_(cases.atoms.get(deciding, terms.false) for cases in seen)
        fails = make.under(terms.not_(decided), make.failing(*seen))
        if deciding:
            return make.truth(decided, fails)
        holds = terms.and_(cases.atoms.get(True, terms.false) for cases in seen)
        return Cases(make.possible({True: holds, False: decided}), fails)

    def _compare(self, op: str, left: Cases, right: Cases, base: str) -> Cases:
        fails = self.make.failing(left, right)
        if op in ("==", "!="):
            return self._masked(self.make.same(left, right) if op == "==" else self.make.different(left, right), fails)
        held = [self.terms.and_((condition, self._ordered(op, a, b, base))) for a, b, condition in self.make.pairs(left, right)]
        return self._masked(self.terms.or_(held), fails)

    def _masked(self, holds: Node, fails: Mapping[FailureKind, Node]) -> Cases:
        if not fails:
            return self.make.truth(holds)
        fine = self.terms.not_(self.terms.or_(fails.values()))
        return self.make.truth(self.terms.and_((fine, holds)), fails)

    def _ordered(self, op: str, a: Atom, b: Atom, base: str) -> Node:
        enumeration = self.pack.enumerations.get(base)
        if enumeration is not None:
            if a not in enumeration.by_name or b not in enumeration.by_name:
                return self.terms.false
            a, b = self.terms.number(enumeration.index(str(a))), self.terms.number(enumeration.index(str(b)))
        if not isinstance(a, Node) or not isinstance(b, Node):
            return self.terms.false  # a special value: ruled out where it matters
        match op:
            case "<":
                return self.terms.lt(a, b)
            case "<=":
                return self.terms.le(a, b)
            case ">":
                return self.terms.lt(b, a)
            case _:
                return self.terms.le(b, a)

    def _arith(self, op: str, left: Cases, right: Cases) -> Cases:
        parts = []
        for a, b, condition in self.make.pairs(left, right):
            if isinstance(a, Node) and isinstance(b, Period):
                parts.append((condition, self._moved(a, b, 1 if op == "+" else -1)))
            elif isinstance(a, Node) and isinstance(b, Node):
                parts.append((condition, self.make.only(self._number(op, a, b))))
        return self.make.merge(parts, self.make.failing(left, right))

    def _number(self, op: str, a: Node, b: Node) -> Node:
        if op == "*":
            return self.terms.scale(a, b.args[0]) if b.op == "int" else self.terms.scale(b, a.args[0])
        return self.terms.sum(a, b, 1 if op == "+" else -1)

    def _moved(self, day: Node, period: Period, sign: int) -> Cases:
        if period.years or period.months:
            value, known = days.apply(self.terms, days.shift_runs(self.pack.horizon, period, sign), day)
        else:
            value = self.terms.add(day, sign * period.days)
            known = self._within_reach(value)
        return self._reached(value, known)

    def _reached(self, value: Node, known: Node) -> Cases:
        self.leaves_reach = self.leaves_reach or known is not self.terms.true
        return self._if_known(value, known)

    def _within_reach(self, day: Node) -> Node:
        terms = self.terms
        return terms.and_((terms.le(terms.number(self._first), day), terms.le(day, terms.number(self._last))))

    def _if_known(self, value: Node, known: Node) -> Cases:
        return Cases(self.make.possible({value: known}), self.make.possible({NO_DATA: self.terms.not_(known)}))

    def _if_else(self, test: e.Expr, then: e.Expr, other: e.Expr, env: Env) -> Cases:
        condition = self.expr(test, env)
        yes, no = self.make.true(condition), self.make.false(condition)
        parts = []
        if yes is not self.terms.false:
            parts.append((yes, self.expr(then, env)))
        if no is not self.terms.false:
            parts.append((no, self.expr(other, env)))
        return self.make.merge(parts, condition.fails)

    def _function(self, expr: e.Function, args: list[Cases]) -> Cases:
        fails = self.make.failing(*args)
        parts: list[tuple[Node, Cases]] = []
        for chosen in itertools.product(*(arg.atoms.items() for arg in args)):
            condition = self.terms.and_(node for _, node in chosen)
            if condition is not self.terms.false:
                parts.append((condition, self._applied(expr.name, [atom for atom, _ in chosen])))
        return self.make.merge(parts, fails)

    def _applied(self, name: str, atoms: list[Any]) -> Cases:
        terms = self.terms
        if not all(isinstance(atom, Node | str) for atom in atoms):
            return Cases({})  # a special value: ruled out where it matters
        match name:
            case "min" | "max":
                best: Node = atoms[0]
                for atom in atoms[1:]:
                    first = terms.le(best, atom) if name == "min" else terms.le(atom, best)
                    best = terms.ite(first, best, atom)
                return self.make.only(best)
            case "year":
                first, last = min(self._first, atoms[0].least), max(self._last, atoms[0].greatest)
                return self._reached(*days.apply(terms, days.year_runs(first, last), atoms[0]))
            case "date":
                month, day = atoms[1].args[0], atoms[2].args[0]
                return self._reached(*days.apply(terms, days.date_runs(self.pack.horizon, month, day), atoms[0]))
            case "workdays_after":
                table = self._working[atoms[2]].after(atoms[1].args[0])
                return self._if_known(*days.apply(terms, table, atoms[0]))
            case _:
                working, known = days.holds(terms, self._working[atoms[1]].is_working(), atoms[0])
                return self.make.truth(working, {NO_DATA: terms.not_(known)})

    # -- aggregates

    def _tuples(self, binders: tuple[e.Binder, ...], env: Env) -> Iterator[tuple[Node, Env]]:
        """Every choice of elements and enumeration values, with the condition that the elements are there."""
        if not binders:
            yield self.terms.true, env
            return
        first, rest = binders[0], binders[1:]
        if first.collection is not None:
            for index, slot in enumerate(self.symbols.collections[first.collection]):
                bound = {**env, first.var: self.make.only(ElementRef(first.collection, index))}
                for present, inner in self._tuples(rest, bound):
                    yield self.terms.and_((slot.present, present)), inner
        else:
            for name in self.pack.enumerations[first.enumeration or ""].names:
                yield from self._tuples(rest, {**env, first.var: self.make.only(name)})

    def _aggregate(self, expr: e.Aggregate, env: Env) -> Cases:
        match expr.kind:
            case e.Kind.ANY | e.Kind.ALL:
                return self._quantified(expr, env)
            case e.Kind.COUNT:
                return self._count(expr, env)
            case e.Kind.MIN | e.Kind.MAX:
                return self._extreme(expr, env)
            case e.Kind.GREATEST_KEY | e.Kind.LEAST_KEY:
                return self._keyed(expr, env)
            case _:
                assert_never(expr.kind)

    def _quantified(self, expr: e.Aggregate, env: Env) -> Cases:
        """`any(b if w)` is the `or` of `w and b`; `all(b if w)` the `and` of `not w or b`."""
        terms, make = self.terms, self.make
        deciding = expr.kind is e.Kind.ANY
        seen = []
        for present, inner in self._tuples(expr.binders, env):
            if present is terms.false:
                continue
            here = self._tested(expr, inner, deciding=deciding)
            decides = terms.and_((present, here.atoms.get(deciding, terms.false)))
            if decides is terms.true:
                return make.only(deciding)
            fails = make.under(present, here.fails)
            other = terms.not_(terms.or_((decides, *fails.values())))
            seen.append(Cases(make.possible({deciding: decides, not deciding: other}), fails))
        return self._decided(seen, deciding=deciding) if seen else make.only(not deciding)

    def _tested(self, expr: e.Aggregate, env: Env, *, deciding: bool) -> Cases:
        body = expr.body
        if body is None:
            raise TypeError("any and all have a body")
        if expr.where is None:
            return self.expr(body, env)
        where = self.expr(expr.where, env)
        if self.make.false(where) is self.terms.true:
            return self.make.only(not deciding)
        inner = self.expr(body, env)
        if deciding:
            return self._decided([where, inner], deciding=False)
        negated = Cases(self.make.possible({True: self.make.false(where), False: self.make.true(where)}), where.fails)
        return self._decided([negated, inner], deciding=True)

    def _chosen(self, expr: e.Aggregate, env: Env) -> tuple[list[tuple[Node, Env]], list[Mapping[FailureKind, Node]]]:
        """The tuples that pass the filter, each with the condition under which it does; and how the filter may fail."""
        passing: list[tuple[Node, Env]] = []
        fails: list[Mapping[FailureKind, Node]] = []
        for present, inner in self._tuples(expr.binders, env):
            where = self.expr(expr.where, inner) if expr.where is not None else self.make.only(True)
            fails.append(self.make.under(present, where.fails))
            active = self.terms.and_((present, self.make.true(where)))
            if active is not self.terms.false:
                passing.append((active, inner))
        return passing, fails

    def _count(self, expr: e.Aggregate, env: Env) -> Cases:
        passing, fails = self._chosen(expr, env)
        total = self.terms.number(0)
        for active, _ in passing:
            total = self.terms.sum(total, self.terms.ite(active, self.terms.number(1), self.terms.number(0)))
        return self.make.merge([(self._fine(fails), self.make.only(total))], self.make.join_fails(fails))

    def _fine(self, fails: list[Mapping[FailureKind, Node]]) -> Node:
        return self.terms.not_(self.terms.or_(node for each in fails for node in each.values()))

    def _extreme(self, expr: e.Aggregate, env: Env) -> Cases:
        passing, fails = self._chosen(expr, env)
        candidates: list[tuple[Node, Node]] = []
        for active, inner in passing:
            value = self.expr(self._body(expr), inner)
            fails.append(self.make.under(active, value.fails))
            candidates += [
                (self.terms.and_((active, node)), atom) for atom, node in value.atoms.items() if isinstance(atom, Node)
            ]
        candidates = [(active, term) for active, term in candidates if active is not self.terms.false]
        least = expr.kind is e.Kind.MIN
        found = self._best_constant(candidates, least=least) or self._best_term(candidates, least=least)
        return self._or_default(expr, env, found, self.terms.or_(active for active, _ in candidates), fails)

    def _body(self, expr: e.Aggregate) -> e.Expr:
        if expr.body is None:
            raise TypeError(f"{expr.kind.value} has a body")
        return expr.body

    def _best_constant(self, candidates: list[tuple[Node, Node]], *, least: bool) -> Cases | None:
        """If every candidate is a constant: each is best where it is there and no better one is."""
        if not all(term.op == "int" for _, term in candidates):
            return None
        terms = self.terms
        by_value: dict[int, list[Node]] = {}
        for active, term in candidates:
            by_value.setdefault(term.args[0], []).append(active)
        better: list[Node] = []
        atoms: dict[Atom, Node] = {}
        for value in sorted(by_value, reverse=not least):
            here = terms.or_(by_value[value])
            atoms[terms.number(value)] = terms.and_((here, terms.not_(terms.or_(better))))
            better.append(here)
        return Cases(self.make.possible(atoms))

    def _best_term(self, candidates: list[tuple[Node, Node]], *, least: bool) -> Cases:
        terms = self.terms
        some, best = terms.false, terms.number(0)
        for active, term in candidates:
            closer = terms.lt(term, best) if least else terms.lt(best, term)
            takes = terms.and_((active, terms.or_((terms.not_(some), closer))))
            best = term if some is terms.false and active is terms.true else terms.ite(takes, term, best)
            some = terms.or_((some, active))
        return Cases(self.make.possible({best: some}))

    def _or_default(
        self, expr: e.Aggregate, env: Env, found: Cases, some: Node, fails: list[Mapping[FailureKind, Node]]
    ) -> Cases:
        fine = self._fine(fails)
        nothing = self.terms.and_((fine, self.terms.not_(some)))
        together = self.make.join_fails(fails)
        parts = [(fine, found)]
        if nothing is self.terms.false:
            return self.make.merge(parts, together)
        if expr.default is None:
            return self.make.merge(parts, self.make.join_fails([together, {self._own(GAP): nothing}]))
        return self.make.merge([*parts, (nothing, self.expr(expr.default, env))], together)

    def _keyed(self, expr: e.Aggregate, env: Env) -> Cases:
        """The value of the greatest (least) key. Two of them with different values: a conflict."""
        terms, make = self.terms, self.make
        passing, fails = self._chosen(expr, env)
        entries: list[tuple[Node, Node, Cases]] = []
        for active, inner in passing:
            key, value = self.expr(self._key(expr), inner), self.expr(self._body(expr), inner)
            fails.append(make.under(active, make.failing(key, value)))
            entries += [(terms.and_((active, node)), atom, value) for atom, node in key.atoms.items() if isinstance(atom, Node)]
        entries = [entry for entry in entries if entry[0] is not terms.false]
        wins = [self._wins(expr.kind, active, key, entries) for active, key, _ in entries]
        clash = terms.or_(
            terms.and_((wins[i], wins[j], self.differ(entries[i][2], entries[j][2])))
            for i, j in itertools.combinations(range(len(entries)), 2)
            if wins[i] is not terms.false and wins[j] is not terms.false
        )
        fails.append(make.possible({self._own(CONFLICT): clash}))
        found = make.merge([(win, Cases(value.atoms)) for win, (_, _, value) in zip(wins, entries, strict=True)])
        return self._or_default(expr, env, found, terms.or_(active for active, _, _ in entries), fails)

    def _key(self, expr: e.Aggregate) -> e.Expr:
        if expr.key is None:
            raise TypeError(f"{expr.kind.value} has a key")
        return expr.key

    def _wins(self, kind: e.Kind, active: Node, key: Node, entries: list[tuple[Node, Node, Cases]]) -> Node:
        terms = self.terms
        beats = []
        for other_active, other, _ in entries:
            no_better = terms.le(other, key) if kind is e.Kind.GREATEST_KEY else terms.le(key, other)
            beats.append(terms.implies(other_active, no_better))
        return terms.and_((active, *beats))
