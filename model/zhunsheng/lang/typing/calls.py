"""Calls: of definitions, of the language's own functions, of one of a theorem's two cases."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import date
from typing import Any

from zhunsheng.lang import expr as e
from zhunsheng.lang.scope import BUILT_IN_FUNCTIONS, Cases, Scope, nearest
from zhunsheng.lang.types import DAY, NUMBER, PERIOD, TEXT, YES_NO, Period, Type
from zhunsheng.lang.typing.operators import Operators
from zhunsheng.lang.typing.special import NOTHING, Known


class Calls(Operators):
    """Arguments stand in order, without names."""

    def call(self, node: ast.Call, scope: Scope, expected: Type | None, known: Known) -> e.Expr:
        match node.func:
            case ast.Name(id=name) if name in scope.definitions:
                return self.definition_call(node, name, (), node.args, scope, known)
            case ast.Name(id=name) if name in BUILT_IN_FUNCTIONS:
                return self.built_in(name, node, scope, expected, known)
            case ast.Name(id=name):
                self.refuse(node.func, f"unknown definition {name!r}", nearest(name, [*scope.definitions, *BUILT_IN_FUNCTIONS]))
            case ast.Attribute(value=value, attr=attr):
                of = self.any_form(value, scope, None, known)
                name = f"{of.type.base}.{attr}"
                if name not in scope.definitions:
                    self.refuse(node.func, f"unknown definition {name!r}", nearest(name, scope.definitions))
                self.fits(value, of, of.type.plain(), known)
                return self.definition_call(node, name, (of,), node.args, scope, known)
            case _:
                self.refuse(node, f"only definitions can be called, not {self.shown(node.func)!r}")

    def definition_call(
        self, node: ast.Call, name: str, first: tuple[e.Expr, ...], rest: list[ast.expr], scope: Scope, known: Known
    ) -> e.Expr:
        if name not in scope.caseless:
            self.of_which_case(node, scope)
        if first and isinstance(node.func, ast.Attribute):
            self.of_no_case(node.func.value, first[0], scope)
        signature = scope.definitions[name]
        wanted = signature.parameters[len(first) :]
        if node.keywords or len(rest) != len(wanted):
            shape = ", ".join(parameter for parameter, _ in wanted)
            self.refuse(node, f"{name!r} takes {len(wanted)} argument(s) in order", f"write {name.split('.')[-1]}({shape})")
        args = [self.typed(arg, scope, type_, known) for arg, (_, type_) in zip(rest, wanted, strict=True)]
        return e.Call(name, (*first, *args), signature.type, self.place(node))

    def built_in(self, name: str, node: ast.Call, scope: Scope, expected: Type | None, known: Known) -> e.Expr:
        at = self.place(node)
        match name:
            case "before" | "after":
                return self.one_side(name, node, scope, expected, known)
            case "count":
                self.refuse(node, "a count may only be compared with a constant", "write count(…) >= 2")
            case "any" | "all":
                return self.aggregate(name, node, scope, known)
            case "min" | "max" if not (node.args and isinstance(node.args[0], ast.GeneratorExp)):
                return self.least_of(name, node, scope, known)
            case "min" | "max" | "latest" | "earliest" | "highest" | "lowest":
                return self.aggregate(name, node, scope, known, expected)
        self._positional(node, {"date": (3, 3), "workdays_after": (2, 3), "is_workday": (1, 2)}.get(name, (1, 1)))
        match name:
            case "years" | "months" | "days":
                return self.period(name, node)
            case "date":
                return self.date(node, scope, known)
            case "year":
                return e.Function("year", (self.typed(node.args[0], scope, DAY, known),), NUMBER, at)
            case "workdays_after":
                day = self.typed(node.args[0], scope, DAY, known)
                number = self.constant_number(node.args[1], scope)
                return e.Function(name, (day, number, self.table(node, 2, scope)), DAY, at)
            case _:
                day = self.typed(node.args[0], scope, DAY, known)
                return e.Function("is_workday", (day, self.table(node, 1, scope)), YES_NO, at)

    def one_side(self, side: str, node: ast.Call, scope: Scope, expected: Type | None, known: Known) -> e.Expr:
        """`before(…)` or `after(…)`: a value in one of a theorem's two cases."""
        self._positional(node, (1, 1))
        of_node = node.args[0]
        if scope.cases is Cases.ONE:
            self.refuse(
                node, f"{side}(…) stands only in the claim of a theorem that has `change:`", f"write {self.shown(of_node)} alone"
            )
        if scope.cases is Cases.ONE_OF_TWO:
            self.refuse(node, f"{side}(…) stands within before(…) or after(…)", f"write {self.shown(of_node)} alone")
        there = frozenset((of.of, special) for of, special in known if isinstance(of, e.At) and of.side == side)
        of = self.expr(of_node, replace(scope, cases=Cases.ONE_OF_TWO), expected, known | there)
        self.is_value(node, of, scope)
        return e.At(side, of, of.type, self.place(node))

    def _positional(self, node: ast.Call, limits: tuple[int, int]) -> None:
        least, most = limits
        if node.keywords or not least <= len(node.args) <= most:
            number = str(least) if least == most else f"{least} to {most}"
            self.refuse(node, f"{self.shown(node.func)!r} takes {number} argument(s), in order, without names")

    def constant_number(self, node: ast.expr, scope: Scope) -> e.Expr:
        number = self.typed(node, scope, NUMBER, NOTHING)
        if not isinstance(number, e.Literal | e.Parameter):
            self.refuse(node, "a constant is wanted here: a whole number or a parameter")
        return number

    def table(self, node: ast.Call, index: int, scope: Scope) -> e.Expr:
        if not scope.calendars:
            self.refuse(node, "the pack has no table of working days", "add one under calendar/")
        if len(node.args) <= index:
            return e.Literal(scope.calendars[0], TEXT, self.place(node))
        where = node.args[index]
        if not isinstance(where, ast.Name) or where.id not in scope.calendars:
            self.refuse(where, f"{self.shown(where)!r} is no table of working days", nearest(self.shown(where), scope.calendars))
        return e.Literal(where.id, TEXT, self.place(where))

    def period(self, name: str, node: ast.Call) -> e.Expr:
        value = node.args[0]
        if not isinstance(value, ast.Constant) or type(value.value) is not int or not 0 <= value.value <= 36500:
            self.refuse(
                node,
                f"{name}() wants a whole number written out",
                "for a number an amendment may touch, use a parameter of type period",
            )
        return e.Literal(Period(**{name: value.value}), PERIOD, self.place(node))

    def date(self, node: ast.Call, scope: Scope, known: Known) -> e.Expr:
        parts = [self.typed(part, scope, NUMBER, known) for part in node.args]
        if all(isinstance(part, e.Literal) for part in parts):
            numbers: list[Any] = [part.value for part in parts if isinstance(part, e.Literal)]
            try:
                return e.Literal(date(*numbers), DAY, self.place(node))
            except ValueError:
                self.refuse(node, f"there is no such day: {self.shown(node)}")
        for part, arg in zip(parts[1:], node.args[1:], strict=True):
            if not isinstance(part, e.Literal | e.Parameter):
                self.refuse(arg, "month and day are constants", "only the year may be computed")
        return e.Function("date", tuple(parts), DAY, self.place(node))

    def least_of(self, name: str, node: ast.Call, scope: Scope, known: Known) -> e.Expr:
        if node.keywords or len(node.args) < 2:
            self.refuse(node, f"{name}() wants two or more values, or one `… for x in …`")
        parts = [self.any_of(arg, scope, (NUMBER, DAY), known) for arg in node.args]
        if len({part.type.base for part in parts}) != 1:
            self.refuse(node, f"{name}() of values of different types")
        return e.Function(name, tuple(parts), parts[0].type.plain(), self.place(node))
