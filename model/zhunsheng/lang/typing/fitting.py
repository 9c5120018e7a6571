"""Whether what was read fits: its type, the special values it may still be, and of which case it speaks."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod

from zhunsheng.lang import expr as e
from zhunsheng.lang.scope import SIDES, Cases, Scope
from zhunsheng.lang.types import Special, Type
from zhunsheng.lang.typing.special import Known
from zhunsheng.lang.typing.text import Text


class Fitting(Text, ABC):
    """A text whose expressions are read and checked; how each form is read is for others to say."""

    @abstractmethod
    def any_form(self, node: ast.AST, scope: Scope, expected: Type | None, known: Known) -> e.Expr:
        """An expression of any form, whichever case it speaks of."""

    def expr(self, node: ast.AST, scope: Scope, expected: Type | None, known: Known) -> e.Expr:
        read = self.any_form(node, scope, expected, known)
        self.of_no_case(node, read, scope)
        return read

    def typed(self, node: ast.AST, scope: Scope, expected: Type, known: Known) -> e.Expr:
        result = self.expr(node, scope, expected, known)
        self.fits(node, result, expected, known)
        return result

    def any_of(self, node: ast.AST, scope: Scope, bases: tuple[Type, ...], known: Known) -> e.Expr:
        """An expression of one of these types, with no special values left."""
        result = self.expr(node, scope, None, known)
        if result.type.plain() not in bases:
            wanted = " or ".join(str(base) for base in bases)
            self.refuse(node, f"{self.shown(node)!r} is of type {result.type}, but {wanted} is wanted here")
        self.fits(node, result, result.type.plain(), known)
        return result

    def fits(self, node: ast.AST, expr: e.Expr, expected: Type, known: Known) -> None:
        if expr.type.base != expected.base or expr.type.keyed_by != expected.keyed_by:
            self.refuse(node, f"{self.shown(node)!r} is of type {expr.type}, but {expected} is wanted here")
        if extra := self.special_left(expr, known) - expected.special:
            word = sorted(extra)[0]
            self.refuse(
                node,
                f"{self.shown(node)!r} may be {word} here, and {expected} is wanted",
                f"rule it out first: `{self.shown(node)} != {word} and …`",
            )

    def special_left(self, expr: e.Expr, known: Known) -> frozenset[str]:
        """The special values an expression may still be where it stands (a table's belong to its entries)."""
        if expr.type.keyed_by:
            return frozenset()
        return expr.type.special - {special for of, special in known if of == expr}

    def special_here(self, expr: e.Expr, known: Known) -> frozenset[str]:
        if isinstance(expr, e.Literal):
            return frozenset({expr.value.name}) if isinstance(expr.value, Special) else frozenset()
        return self.special_left(expr, known)

    def is_value(self, node: ast.AST, expr: e.Expr, scope: Scope) -> None:
        """Not an element, a record or a table: which of these it is, no expression may turn on."""
        if expr.type.keyed_by or scope.element(expr.type.base) or expr.type.base.startswith("record "):
            what = "a table" if expr.type.keyed_by else expr.type.base
            of_which = "an entry" if expr.type.keyed_by else "a field"
            self.refuse(node, f"{self.shown(node)!r} is no value but {what}", f"take {of_which} of it within the brackets")

    def of_no_case(self, node: ast.AST, expr: e.Expr, scope: Scope) -> None:
        """Refuses what speaks of a case and does not say of which, where there are two."""
        match expr:
            case e.Fact() | e.Field() | e.Pick() | e.Choice():
                self.of_which_case(node, scope)
            case e.Call(name=name) if name not in scope.caseless:
                self.of_which_case(node, scope)

    def of_which_case(self, node: ast.AST, scope: Scope) -> None:
        if scope.cases is Cases.EITHER:
            text = self.shown(node)
            within = text if len(text) <= 40 else "…"
            instead = f"write before({within}) or after({within})"
            if any(isinstance(part, ast.Name) and part.id in SIDES for part in ast.walk(node)):
                instead = "only values stand in both cases; claim what is to hold of each one by a name under `for:`"
            self.refuse(node, f"this does not say of which case it speaks: {text!r}", instead)
