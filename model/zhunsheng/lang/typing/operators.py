"""What stands between values: `and`, comparisons, arithmetic, `… if … else …`."""

from __future__ import annotations

import ast

from zhunsheng.lang import expr as e
from zhunsheng.lang.scope import Scope
from zhunsheng.lang.types import DAY, NUMBER, PERIOD, YES_NO, Special, Type
from zhunsheng.lang.typing.aggregates import Aggregates
from zhunsheng.lang.typing.special import Known, ruled_out
from zhunsheng.lang.typing.text import Refused
from zhunsheng.lang.typing.words import construct

OPS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


class Operators(Aggregates):
    """A bare name is understood from what it is compared with."""

    def bool_op(self, node: ast.BoolOp, scope: Scope, known: Known) -> e.Expr:
        conjunction = isinstance(node.op, ast.And)
        parts: list[e.Expr] = []
        for part in node.values:
            parts.append(self.typed(part, scope, YES_NO, known))
            known = known | ruled_out(parts[-1], conjunction)
        make = e.And if conjunction else e.Or
        return make(tuple(parts), YES_NO, self.place(node))

    def compare(self, node: ast.Compare, scope: Scope, known: Known) -> e.Expr:
        sides = [node.left, *node.comparators]
        parts: list[e.Expr] = []
        for op, left, right in zip(node.ops, sides, sides[1:], strict=False):
            parts.append(self.one_comparison(node, op, left, right, scope, known))
            known = known | ruled_out(parts[-1], True)
        return parts[0] if len(parts) == 1 else e.And(tuple(parts), YES_NO, self.place(node))

    def one_comparison(
        self, node: ast.Compare, op: ast.cmpop, left: ast.expr, right: ast.expr, scope: Scope, known: Known
    ) -> e.Expr:
        at = self.place(left)
        match op:
            case ast.In() | ast.NotIn():
                among = self.membership(left, right, scope, known)
                return e.Not(among, YES_NO, at) if isinstance(op, ast.NotIn) else among
            case ast.Is() | ast.IsNot():
                self.refuse(node, "'is' is not part of the language", "write == or !=")
        a, b = self.pair(left, right, scope, known)
        word = OPS[type(op)]
        self.comparable(node, word, (left, a), (right, b), scope, known)
        return e.Compare(word, a, b, YES_NO, at)

    def membership(self, left: ast.expr, right: ast.expr, scope: Scope, known: Known) -> e.Expr:
        if not isinstance(right, ast.Tuple | ast.Set | ast.List) or not right.elts:
            self.refuse(right, f"'in' wants the values written out, not {self.shown(right)!r}", "write x in (A, B)")
        parts = []
        for value in right.elts:
            a, b = self.pair(left, value, scope, known)
            self.comparable(value, "==", (left, a), (value, b), scope, known)
            parts.append(e.Compare("==", a, b, YES_NO, self.place(value)))
        return parts[0] if len(parts) == 1 else e.Or(tuple(parts), YES_NO, self.place(left))

    def pair(self, left: ast.expr, right: ast.expr, scope: Scope, known: Known) -> tuple[e.Expr, e.Expr]:
        """Both sides, a bare name on either side understood from the type of the other (the right one first)."""
        own = self.attempt(left, scope, known) if isinstance(left, ast.Name) and isinstance(right, ast.Name) else None
        if own and isinstance(right, ast.Name) and (values := scope.enumerated(own.type)) and right.id in values.by_name:
            return own, self.side(right, scope, own.type, known)
        if isinstance(left, ast.Name) and (other := self.attempt(right, scope, known)):
            return self.side(left, scope, other.type, known), other
        a = self.side(left, scope, None, known)
        return a, self.side(right, scope, a.type, known)

    def attempt(self, node: ast.expr, scope: Scope, known: Known) -> e.Expr | None:
        try:
            return self.side(node, scope, None, known)
        except Refused:
            return None

    def side(self, node: ast.expr, scope: Scope, expected: Type | None, known: Known) -> e.Expr:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "count":
            return self.aggregate("count", node, scope, known)
        return self.expr(node, scope, expected, known)

    def comparable(
        self, node: ast.AST, op: str, left: tuple[ast.expr, e.Expr], right: tuple[ast.expr, e.Expr], scope: Scope, known: Known
    ) -> None:
        (left_node, a), (right_node, b) = left, right
        if _is_count(a) or _is_count(b):
            other = b if _is_count(a) else a
            if not isinstance(other, e.Literal | e.Parameter) or other.type != NUMBER:
                self.refuse(node, "a count is compared with a constant only", "write count(…) >= 2")
            return
        if op in ("==", "!="):
            self.equatable(node, a, b, scope)
            return
        for side_node, side in (left, right):
            self.fits(side_node, side, side.type.plain(), known)
        if a.type.base != b.type.base:
            self.refuse(
                node, f"{self.shown(left_node)!r} is {a.type}, {self.shown(right_node)!r} is {b.type}: no order between them"
            )
        if a.type.base in ("number", "day"):
            return
        enumeration = scope.enumerated(a.type)
        if enumeration is None or not enumeration.ordered:
            self.refuse(
                node, f"values of {a.type.base} have no common order, so '{op}' means nothing",
                "compare them by a definition that says how",
            )  # fmt: skip

    def equatable(self, node: ast.AST, a: e.Expr, b: e.Expr, scope: Scope) -> None:
        for side, other in ((a, b), (b, a)):
            if isinstance(side, e.Literal) and isinstance(side.value, Special):
                if side.value.name not in other.type.special:
                    self.refuse(node, f"this can never be {side.value.name}: it is of type {other.type}")
                return
        if a.type.base != b.type.base or a.type.keyed_by or b.type.keyed_by:
            self.refuse(node, f"types {a.type} and {b.type} cannot be compared")
        if a.type.base in ("period",) or scope.element(a.type.base) or a.type.base.startswith("record "):
            self.refuse(node, f"two values of type {a.type} cannot be compared", "compare their fields")

    def arith(self, node: ast.BinOp, scope: Scope, known: Known) -> e.Expr:
        match node.op:
            case ast.Add():
                op = "+"
            case ast.Sub():
                op = "-"
            case ast.Mult():
                op = "*"
            case _:
                self.refuse(node, f"{construct(node.op)} is not part of the language: {self.shown(node)!r}")
        if op == "-":
            self._not_a_hyphen(node, scope)
        left = self.any_of(node.left, scope, (NUMBER, DAY, PERIOD), known)
        right = self.any_of(node.right, scope, (NUMBER, DAY, PERIOD), known)
        at = self.place(node)
        match left.type.base, op, right.type.base:
            case ("number", "+" | "-", "number"):
                return e.Arith(op, left, right, NUMBER, at)
            case ("number", "*", "number"):
                if not any(isinstance(side, e.Literal | e.Parameter) for side in (left, right)):
                    self.refuse(node, "a product needs a constant on one side")
                return e.Arith(op, left, right, NUMBER, at)
            case ("day", "+" | "-", "period"):
                return e.Arith(op, left, right, DAY, at)
            case ("day", "-", "day"):
                return e.Arith(op, left, right, NUMBER, at)
            case ("day", "+" | "-", "number"):
                self.refuse(
                    node, "a day and a number cannot be added", f"write days({self.shown(node.right)}) or years(…), months(…)"
                )
            case _:
                self.refuse(node, f"'{op}' does not take {left.type} and {right.type}")

    def _not_a_hyphen(self, node: ast.BinOp, scope: Scope) -> None:
        text = self.shown(node).replace(" ", "")
        for enumeration in scope.enumerations.values():
            for value in enumeration.values:
                if text == value.written and value.name != text:
                    self.refuse(node, f"{text!r} is a subtraction here", f"did you mean {value.name}?")

    def if_else(self, node: ast.IfExp, scope: Scope, expected: Type | None, known: Known) -> e.Expr:
        test = self.typed(node.test, scope, YES_NO, known)
        after, without = known | ruled_out(test, True), known | ruled_out(test, False)
        if expected is None:
            first = self.attempt(node.body, scope, after) or self.expr(node.orelse, scope, None, without)
            expected = Type(first.type.base, first.type.special | scope.specials, first.type.keyed_by)
        then = self.expr(node.body, scope, expected, after)
        other = self.expr(node.orelse, scope, expected, without)
        if then.type.base != other.type.base:
            self.refuse(node, f"the two branches differ in type: {then.type} and {other.type}")
        special = self.special_here(then, after) | self.special_here(other, without)
        return e.IfElse(test, then, other, Type(then.type.base, special), self.place(node))


def _is_count(expr: e.Expr) -> bool:
    return isinstance(expr, e.Aggregate) and expr.kind is e.Kind.COUNT
