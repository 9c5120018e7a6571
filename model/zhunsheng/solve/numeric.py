"""Numbers and days under conditions: arithmetic, and the functions of the calendar."""

from __future__ import annotations

import itertools
from typing import Any

from zhunsheng.lang import expr as e
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Period
from zhunsheng.solve import days
from zhunsheng.solve.cases import Atom, Cases, Maker
from zhunsheng.solve.formula import Node, Terms

NO_DATA = FailureKind.NO_DATA


class Numeric:
    """What calculations come to, their arguments given."""

    def __init__(self, pack: Pack, terms: Terms) -> None:
        self.pack, self.terms = pack, terms
        self.make = Maker(terms)
        self.leaves_reach = False
        """Whether some day could leave the calendar's reach: then the bound does not count that failure."""
        self._working = {name: days.WorkingDays(calendar) for name, calendar in pack.calendars.items()}
        self._first, self._last = days.reach(pack.horizon)

    def _constant(self, value: Any, base: str) -> Atom:
        if base == "number" and not isinstance(value, bool) and isinstance(value, int):
            return self.terms.number(value)
        if base == "day" and hasattr(value, "toordinal"):
            return self.terms.number(value.toordinal())
        return value  # type: ignore[no-any-return]  # a truth value, a name, a special or a period

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
