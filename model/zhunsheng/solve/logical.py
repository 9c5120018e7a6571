"""Truth under conditions: `and`, `or`, comparisons. What decides stands, whatever fails beside it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping

from zhunsheng.lang import expr as e
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.solve.cases import Atom, Cases
from zhunsheng.solve.formula import Node
from zhunsheng.solve.numeric import Numeric

Env = Mapping[str, Cases]


class Logical(Numeric, ABC):
    """What connects conditions."""

    @abstractmethod
    def expr(self, expr: e.Expr, env: Env) -> Cases:
        """The outcomes of an expression, its variables bound by `env`."""

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

    def _if_else(self, test: e.Expr, then: e.Expr, other: e.Expr, env: Env) -> Cases:
        condition = self.expr(test, env)
        yes, no = self.make.true(condition), self.make.false(condition)
        parts = []
        if yes is not self.terms.false:
            parts.append((yes, self.expr(then, env)))
        if no is not self.terms.false:
            parts.append((no, self.expr(other, env)))
        return self.make.merge(parts, condition.fails)
