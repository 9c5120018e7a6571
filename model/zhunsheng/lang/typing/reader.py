"""Reads expressions within one scope: every form that there is."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from zhunsheng.lang import expr as e
from zhunsheng.lang.scope import Scope
from zhunsheng.lang.types import NUMBER, YES_NO, Type
from zhunsheng.lang.typing.names import Names
from zhunsheng.lang.typing.special import NOTHING, Known
from zhunsheng.lang.typing.text import Source
from zhunsheng.lang.typing.words import construct


@dataclass(frozen=True)
class Reader:
    """Reads expressions within one scope."""

    scope: Scope

    def read(self, source: Source, expected: Type | None, known: Known = NOTHING) -> e.Expr:
        """The typed expression, fitting `expected` if given. Raises `Refused`."""
        return _Reading(source).whole(self.scope, expected, known)


class _Reading(Names):
    """One text being read."""

    def whole(self, scope: Scope, expected: Type | None, known: Known) -> e.Expr:
        tree = self.parsed(scope)
        result = self.expr(tree, scope, expected, known)
        if expected is not None:
            self.fits(tree, result, expected, known)
        return result

    def any_form(self, node: ast.AST, scope: Scope, expected: Type | None, known: Known) -> e.Expr:
        match node:
            case ast.Constant():
                return self.constant(node)
            case ast.Name():
                return self.name(node, scope, expected)
            case ast.BoolOp():
                return self.bool_op(node, scope, known)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return e.Not(self.typed(operand, scope, YES_NO, known), YES_NO, self.place(node))
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as value)) if not isinstance(value, bool):
                return e.Literal(-value, NUMBER, self.place(node))
            case ast.Compare():
                return self.compare(node, scope, known)
            case ast.BinOp():
                return self.arith(node, scope, known)
            case ast.IfExp():
                return self.if_else(node, scope, expected, known)
            case ast.Attribute(value=ast.Attribute(value=ast.Name(id="duties"), attr=duty), attr=part) if scope.duties:
                return self.duty(node, duty, part, scope)
            case ast.Attribute():
                return self.attribute(node, scope, known)
            case ast.Subscript():
                return self.subscript(node, scope, known)
            case ast.Call():
                return self.call(node, scope, expected, known)
            case _:
                self.refuse(node, f"{construct(node)} is not part of the language: {self.shown(node)!r}")
