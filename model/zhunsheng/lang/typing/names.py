"""Names and what is reached from them: facts, values, fields, entries of tables, duties."""

from __future__ import annotations

import ast
from typing import Any, NoReturn

from zhunsheng.lang import expr as e
from zhunsheng.lang.scope import BY, DUTIES, OWED, SIDES, Scope, nearest
from zhunsheng.lang.types import NUMBER, YES_NO, Special, Type
from zhunsheng.lang.typing.calls import Calls
from zhunsheng.lang.typing.special import Known

TRUTHS = {"true": "True", "yes": "True", "是": "True", "false": "False", "no": "False", "否": "False"}
"""How a truth value may have been written for want of knowing how expressions write it."""


class Names(Calls):
    """What a name means depends on where it stands: a value of the type that is wanted comes first."""

    def constant(self, node: ast.Constant) -> e.Expr:
        match node.value:
            case bool() as truth:
                return e.Literal(truth, YES_NO, self.place(node))
            case int() as number if abs(number) < 2**31:
                return e.Literal(number, NUMBER, self.place(node))
            case int():
                self.refuse(node, f"{self.shown(node)} is too large a number")
            case str() as text:
                self.refuse(node, f"text in quotes has no place in an expression: {text!r}", "write the value's identifier")
            case _:
                self.refuse(node, f"{self.shown(node)!r} is not part of the language", "whole numbers, True and False are")

    def name(self, node: ast.Name, scope: Scope, expected: Type | None) -> e.Expr:
        name, at = node.id, self.place(node)
        if expected:
            if (enumeration := scope.enumerated(expected)) and name in enumeration.by_name:
                return e.Literal(name, Type(expected.base), at)
            if name in expected.special:
                return e.Literal(Special(name), expected, at)
        if name in scope.variables:
            return e.Var(name, scope.variables[name], at)
        if name in scope.facts:
            return e.Fact(name, fact_type(scope, name), at)
        if name in scope.parameters:
            return e.Parameter(name, scope.parameters[name], at)
        if name in scope.readings:
            return e.Reading(name, scope.readings[name], at)
        if name in scope.discretions:
            return e.Choice(name, scope.discretions[name], at)
        if name in scope.definitions:
            if scope.definitions[name].parameters:
                wanted = ", ".join(parameter for parameter, _ in scope.definitions[name].parameters)
                self.refuse(node, f"{name!r} takes parameters", f"write {name}({wanted})")
            return e.Call(name, (), scope.definitions[name].type, at)
        self._no_such_name(node, scope, expected)

    def _no_such_name(self, node: ast.Name, scope: Scope, expected: Type | None) -> NoReturn:
        name = node.id
        if name in SIDES:
            self.refuse(node, f"{name!r} is a function", f"write {name}(…)")
        if name == DUTIES:
            only = "only a theorem speaks of duties" if not scope.duties else "this does not say which duty, or what of it"
            self.refuse(node, only, f"write {DUTIES}.some_duty.{OWED} or {DUTIES}.some_duty.{BY}" if scope.duties else "")
        if name in scope.collections:
            self.refuse(node, f"{name!r} is a list", f"ask about its elements: any(… for x in {name} if …)")
        if name in scope.specials:
            self.refuse(node, f"{name!r} stands where nothing can be {name}")
        if enumeration := scope.enumerated(expected):
            hint = nearest(name, [*enumeration.names, *scope.names()])
            self.refuse(node, f"{name!r} is no value of {enumeration.name}", hint or f"values: {', '.join(enumeration.names)}")
        owners = [en.name for en in scope.enumerations.values() if name in en.by_name]
        if owners:
            self.refuse(node, f"{name!r} is a value of {owners[0]}, which is not wanted here")
        self.refuse(node, f"unknown name {name!r}", nearest(TRUTHS.get(name.lower(), name), [*scope.names(), "True", "False"]))

    def attribute(self, node: ast.Attribute, scope: Scope, known: Known) -> e.Expr:
        of = self.any_form(node.value, scope, None, known)
        name = node.attr.removesuffix("_")
        base, at = of.type.base, self.place(node)
        if f"{base}.{node.attr}" in scope.definitions and not of.type.keyed_by:
            signature = scope.definitions[f"{base}.{node.attr}"]
            if len(signature.parameters) > 1:
                self.refuse(node, f"{node.attr!r} takes parameters", f"write {self.shown(node)}(…)")
            self.fits(node.value, of, signature.parameters[0][1], known)
            if f"{base}.{node.attr}" in scope.caseless:
                self.of_no_case(node.value, of, scope)
            return e.Call(f"{base}.{node.attr}", (of,), signature.type, at)
        self.fits(node.value, of, of.type.plain(), known)
        if of.type.keyed_by:
            keys = scope.enumerations[of.type.keyed_by]
            if node.attr not in keys.by_name:
                self.refuse(node, f"{node.attr!r} is no value of {keys.name}", nearest(node.attr, keys.names))
            key = e.Literal(node.attr, Type(keys.name), at)
            return e.Pick(of, key, Type(base, of.type.special), at)
        fields = _fields(scope, base)
        spec = next((spec for spec in fields if spec.name == name), None)
        if spec is None or spec.type is None:
            known_names = [s.name for s in fields] + [d.split(".")[1] for d in scope.definitions if d.startswith(base + ".")]
            self.refuse(node, f"{base.removeprefix('record ')} has no field {name!r}", nearest(name, known_names))
        if spec.inert:
            self.refuse(node, f"{name!r} is only a label and decides nothing")
        return e.Field(of, name, spec.type, at)

    def duty(self, node: ast.AST, duty: str, part: str, scope: Scope) -> e.Expr:
        """`duties.some_duty.owed` or `duties.some_duty.by`."""
        if duty not in scope.duties:
            self.refuse(node, f"the pack has no duty {duty!r}", nearest(duty, scope.duties))
        if part not in (OWED, BY):
            self.refuse(node, f"a duty has no {part!r}", f"write duties.{duty}.{OWED} or duties.{duty}.{BY}")
        name = f"duty {scope.duties[duty]} {part}"
        return e.Call(name, (), scope.definitions[name].type, self.place(node))

    def subscript(self, node: ast.Subscript, scope: Scope, known: Known) -> e.Expr:
        of = self.any_form(node.value, scope, None, known)
        if not of.type.keyed_by:
            self.refuse(node, f"{self.shown(node.value)!r} is not a table, so nothing can be picked from it")
        key = self.typed(node.slice, scope, Type(of.type.keyed_by), known)
        return e.Pick(of, key, Type(of.type.base, of.type.special), self.place(node))


def fact_type(scope: Scope, name: str) -> Type:
    """The type of a fact that stands alone; a record is its own type."""
    spec = scope.facts[name]
    if spec.type is not None:
        return spec.type
    return Type(f"record {name}", frozenset({"none"}) if spec.may_be_none else frozenset())


def _fields(scope: Scope, base: str) -> tuple[Any, ...]:
    if base.startswith("record "):
        return scope.facts[base.removeprefix("record ")].record
    collection = scope.element(base)
    return collection.fields if collection else ()
