"""Aggregates under conditions: over every choice of elements, each there or not."""

from __future__ import annotations

import itertools
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import assert_never

from zhunsheng.lang import expr as e
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.solve.cases import Atom, Cases, ElementRef
from zhunsheng.solve.formula import Node, Terms
from zhunsheng.solve.logical import Env, Logical
from zhunsheng.solve.symbols import Symbols

GAP, CONFLICT = FailureKind.GAP, FailureKind.CONFLICT


class Aggregated(Logical):
    """What is asked of lists, over one set of symbols."""

    def __init__(self, pack: Pack, terms: Terms, symbols: Symbols) -> None:
        super().__init__(pack, terms)
        self.symbols = symbols

    @abstractmethod
    def own(self, kind: FailureKind) -> FailureKind:
        """What a failure that arises here counts as."""

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
            return self.make.merge(parts, self.make.join_fails([together, {self.own(GAP): nothing}]))
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
            terms.and_((wins[i], wins[j], self.make.different(entries[i][2], entries[j][2])))
            for i, j in itertools.combinations(range(len(entries)), 2)
            if wins[i] is not terms.false and wins[j] is not terms.false
        )
        fails.append(make.possible({self.own(CONFLICT): clash}))
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
