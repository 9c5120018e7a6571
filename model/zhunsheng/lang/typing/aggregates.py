"""Aggregates: what is asked of the elements of a list, or of the values of an enumeration."""

from __future__ import annotations

import ast

from zhunsheng.lang import expr as e
from zhunsheng.lang.scope import Scope, nearest
from zhunsheng.lang.types import DAY, NUMBER, YES_NO, Type
from zhunsheng.lang.typing.fitting import Fitting
from zhunsheng.lang.typing.special import Known, ruled_out

KEYED = {
    "latest": e.Kind.GREATEST_KEY, "highest": e.Kind.GREATEST_KEY,
    "earliest": e.Kind.LEAST_KEY, "lowest": e.Kind.LEAST_KEY,
}  # fmt: skip


class Aggregates(Fitting):
    """`any`, `all`, `count`, and the least and greatest of something."""

    def aggregate(self, name: str, node: ast.Call, scope: Scope, known: Known, expected: Type | None = None) -> e.Expr:
        self.of_which_case(node, scope)
        if len(node.args) != 1 or not isinstance(node.args[0], ast.GeneratorExp):
            self.refuse(node, f"{name}() wants `… for x in a_list if …`, not {self.shown(node)!r}")
        default_node = self._default(name, node)
        generator = node.args[0]
        binders: list[e.Binder] = []
        inner = scope
        where: list[e.Expr] = []
        for clause in generator.generators:
            binder = self.binder(clause, inner)
            binders.append(binder)
            inner = inner.bind(binder.var, binder.type)
            for test in clause.ifs:
                where.append(self.typed(test, inner, YES_NO, known))
                known = known | ruled_out(where[-1], True)
        condition = None if not where else where[0] if len(where) == 1 else e.And(tuple(where), YES_NO, where[0].at)
        key, body = self.body(name, generator.elt, inner, expected, known, tuple(b.var for b in binders))
        type_ = NUMBER if name == "count" else body.type if body else YES_NO
        if body is not None and name not in ("any", "all"):
            type_ = Type(body.type.base, self.special_here(body, known))
        default = None
        if default_node is not None:
            wanted = Type(type_.base, scope.specials)
            default = self.expr(default_node, scope, wanted, known)
            self.fits(default_node, default, wanted, known)
            type_ = Type(type_.base, type_.special | self.special_here(default, known))
        kind = KEYED.get(name) or e.Kind(name)
        return e.Aggregate(kind, tuple(binders), condition, key, body, default, type_, self.place(node))

    def _default(self, name: str, node: ast.Call) -> ast.expr | None:
        allowed = {"default"} if name in ("min", "max", *KEYED) else set()
        for argument in node.keywords:
            if argument.arg not in allowed:
                self.refuse(argument.value, f"{name}() takes no argument named {argument.arg!r}")
        return node.keywords[0].value if node.keywords else None

    def binder(self, clause: ast.comprehension, scope: Scope) -> e.Binder:
        if not isinstance(clause.target, ast.Name) or clause.is_async:
            self.refuse(clause.target, "a single variable is wanted after 'for'")
        var = clause.target.id
        if var in scope.names() or var in scope.enumerations:
            self.refuse(clause.target, f"{var!r} already means something here", "choose another variable")
        if isinstance(clause.iter, ast.Name):
            name = clause.iter.id
            if name in scope.collections:
                return e.Binder(var, Type(scope.collections[name].element), name, None)
            if name in scope.enumerations:
                return e.Binder(var, Type(name), None, name)
        text = self.shown(clause.iter)
        self.refuse(
            clause.iter, f"{text!r} is no list and no enumeration", nearest(text, [*scope.collections, *scope.enumerations])
        )

    def body(
        self, name: str, node: ast.expr, scope: Scope, expected: Type | None, known: Known, variables: tuple[str, ...]
    ) -> tuple[e.Expr | None, e.Expr | None]:
        match name:
            case "count":
                if not isinstance(node, ast.Name) or node.id not in variables:
                    self.refuse(node, "count() counts elements", f"write count({variables[0]} for {variables[0]} in … if …)")
                return None, None
            case "any" | "all":
                return None, self.typed(node, scope, YES_NO, known)
            case "min" | "max":
                return None, self.any_of(node, scope, (NUMBER, DAY), known)
            case _:
                if not isinstance(node, ast.Tuple) or len(node.elts) != 2:
                    self.refuse(node, f"{name}() wants pairs (key, value)", f"write {name}(((x.day, x.value) for x in …))")
                key = self.any_of(node.elts[0], scope, (NUMBER, DAY), known)
                value = self.expr(node.elts[1], scope, expected, known)
                self.is_value(node.elts[1], value, scope)
                return key, value
