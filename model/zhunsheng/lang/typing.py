"""Text -> typed expression: the strict subset of Python's expression syntax, and nothing else.

`Reader(scope).read(source, expected)` returns an expression of the expected type or raises `Refused` with one problem.
Special values are tracked: `known` holds the pairs (expression, special value) that have been ruled out where the
expression stands, so that `v.penalised_on != none and v.penalised_on <= day` is well typed and its mirror image is not.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NoReturn

from zhunsheng.errors import Place, Problem
from zhunsheng.lang import expr as e
from zhunsheng.lang.scope import BUILT_IN_FUNCTIONS, BY, DUTIES, OWED, SIDES, Cases, Scope, nearest
from zhunsheng.lang.types import DAY, NUMBER, PERIOD, TEXT, YES_NO, Period, Special, Type

LONGEST = 4000
DEEPEST = 40
Known = frozenset[tuple[e.Expr, str]]
NOTHING: Known = frozenset()
OPS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
KEYED = {
    "latest": e.Kind.GREATEST_KEY, "highest": e.Kind.GREATEST_KEY,
    "earliest": e.Kind.LEAST_KEY, "lowest": e.Kind.LEAST_KEY,
}  # fmt: skip
ISO_DAY = re.compile(r"(?<![\w.])(\d{4})-(\d{1,2})-(\d{1,2})(?![\w.])")


class Refused(Exception):
    """An expression that is not of the language, with what to write instead."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


@dataclass(frozen=True)
class Source:
    """An expression's text and where each of its characters stands (`locate` takes an index into the text)."""

    text: str
    locate: Callable[[int], Place]


def plain_source(text: str, file: str = "<expression>") -> Source:
    """A source that stands alone, as on the command line."""

    def locate(index: int) -> Place:
        before = text[:index]
        return Place(file, before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1)

    return Source(text, locate)


def ruled_out(expr: e.Expr, truth: bool) -> Known:
    """The (expression, special value) pairs that cannot be where `expr` has this truth value."""
    match expr:
        case e.Not(of=of):
            return ruled_out(of, not truth)
        case e.At(side=side, of=of):
            return at_side(side, ruled_out(of, truth))
        case e.And(parts=parts) | e.Or(parts=parts):
            each = [ruled_out(part, truth) for part in parts]
            everywhere = isinstance(expr, e.And) == truth
            return frozenset.union(*each) if everywhere else frozenset.intersection(*each)
        case e.Compare(op="==" | "!=" as op, left=left, right=right):
            if (op == "==") == truth:
                return _all_specials(left, right) | _all_specials(right, left)
            pairs = ((left, right), (right, left))
            return frozenset(
                (a, b.value.name) for a, b in pairs if isinstance(b, e.Literal) and isinstance(b.value, Special)
            )
        case _:
            return NOTHING


def _all_specials(of: e.Expr, equal_to: e.Expr) -> Known:
    """`of` equals something that is never special: it is not special either. Equal to a special: it is no other."""
    if isinstance(equal_to, e.Literal) and isinstance(equal_to.value, Special):
        return frozenset((of, special) for special in of.type.special - {equal_to.value.name})
    return frozenset((of, special) for special in of.type.special - equal_to.type.special)


def at_side(side: str, known: Known) -> Known:
    """What is known of the case before or after, as known outside its brackets."""
    return frozenset((e.At(side, of, of.type), special) for of, special in known)


@dataclass(frozen=True)
class Reader:
    """Reads expressions within one scope."""

    scope: Scope

    def read(self, source: Source, expected: Type | None, known: Known = NOTHING) -> e.Expr:
        """The typed expression, fitting `expected` if given. Raises `Refused`."""
        return _Reading(source).whole(self.scope, expected, known)


class _Reading:
    """One text being read: keeps the text for places."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.flat = source.text.replace("\n", " ")
        self.skipped = len(self.flat) - len(self.flat.lstrip())
        self.code = self.flat.strip()

    # -- places and refusals

    def place(self, node: ast.AST) -> Place:
        column = getattr(node, "col_offset", 0)
        chars = len(self.code.encode()[:column].decode(errors="ignore"))
        return self.source.locate(self.skipped + chars)

    def refuse(self, node: ast.AST | None, what: str, instead: str = "") -> NoReturn:
        place = self.place(node) if node is not None else self.source.locate(self.skipped)
        raise Refused(Problem(place, what, instead))

    def shown(self, node: ast.AST) -> str:
        return ast.get_source_segment(self.code, node) or ast.unparse(node)

    # -- the whole text

    def whole(self, scope: Scope, expected: Type | None, known: Known) -> e.Expr:
        self._screen()
        try:
            tree = ast.parse(self.code, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            column = getattr(error, "offset", None) or 1
            place = self.source.locate(self.skipped + min(column - 1, max(len(self.code) - 1, 0)))
            self._written_form(place, scope)
            self._one_equals_sign()
            reason = getattr(error, "msg", None) or "too deeply nested"
            raise Refused(Problem(place, f"this is not an expression: {reason}", f"read: {self.code!r}")) from None
        if _depth(tree) > DEEPEST:
            self.refuse(tree, f"this expression is nested more than {DEEPEST} deep", "name a part of it as a definition")
        result = self.expr(tree, scope, expected, known)
        if expected is not None:
            self.fits(tree, result, expected, known)
        return result

    def _screen(self) -> None:
        if not self.code:
            self.refuse(None, "an expression is missing here")
        if len(self.code) > LONGEST:
            self.refuse(None, f"this expression is longer than {LONGEST} characters", "name a part of it as a definition")
        if "#" in self.code:
            self._refuse_at(self.flat.index("#"), "'#' has no place in an expression", "put remarks into the YAML")
        if day := ISO_DAY.search(self.flat):
            year, month, number = (int(part) for part in day.groups())
            self._refuse_at(day.start(), f"{day[0]} is a subtraction here, not a day", f"write date({year}, {month}, {number})")
        for word in re.finditer(r"\w+", self.flat):
            if unicodedata.normalize("NFKC", word[0]) != word[0]:
                folded = unicodedata.normalize("NFKC", word[0])
                self._refuse_at(word.start(), f"{word[0]!r} is not in Unicode's NFKC form", f"write {folded!r}")

    def _written_form(self, place: Place, scope: Scope) -> None:
        """`B-` and its like: the written form of a value where its identifier is wanted."""
        for enumeration in scope.enumerations.values():
            for value in enumeration.values:
                if value.written != value.name and re.search(rf"(?<!\w){re.escape(value.written)}(?!\w)", self.code):
                    raise Refused(
                        Problem(place, f"{value.written!r} cannot be written in an expression", f"did you mean {value.name}?")
                    )

    def _one_equals_sign(self) -> None:
        """`x = A`, which people write for `x == A`."""
        if found := re.search(r"(?<!default)(?<![=!<>:\s])\s*=(?!=)", self.code):
            self._refuse_at(self.skipped + found.end() - 1, "one '=' does not compare", "write ==")

    def _refuse_at(self, index: int, what: str, instead: str) -> NoReturn:
        raise Refused(Problem(self.source.locate(index), what, instead))

    # -- types

    def special_left(self, expr: e.Expr, known: Known) -> frozenset[str]:
        """The special values an expression may still be where it stands (a table's belong to its entries)."""
        if expr.type.keyed_by:
            return frozenset()
        return expr.type.special - {special for of, special in known if of == expr}

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

    # -- expressions

    def expr(self, node: ast.AST, scope: Scope, expected: Type | None, known: Known) -> e.Expr:
        read = self.any_form(node, scope, expected, known)
        self.of_no_case(node, read, scope)
        return read

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
                self.refuse(node, f"{_construct(node)} is not part of the language: {self.shown(node)!r}")

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
        self.refuse(node, f"unknown name {name!r}", nearest(name, scope.names()))

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
                self.refuse(node, f"{_construct(node.op)} is not part of the language: {self.shown(node)!r}")
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

    def special_here(self, expr: e.Expr, known: Known) -> frozenset[str]:
        if isinstance(expr, e.Literal):
            return frozenset({expr.value.name}) if isinstance(expr.value, Special) else frozenset()
        return self.special_left(expr, known)

    # -- parts of things

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

    # -- calls

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

    def is_value(self, node: ast.AST, expr: e.Expr, scope: Scope) -> None:
        """Not an element, a record or a table: which of these it is, no expression may turn on."""
        if expr.type.keyed_by or scope.element(expr.type.base) or expr.type.base.startswith("record "):
            what = "a table" if expr.type.keyed_by else expr.type.base
            of_which = "an entry" if expr.type.keyed_by else "a field"
            self.refuse(node, f"{self.shown(node)!r} is no value but {what}", f"take {of_which} of it within the brackets")

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

    # -- aggregates

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


def _is_count(expr: e.Expr) -> bool:
    return isinstance(expr, e.Aggregate) and expr.kind is e.Kind.COUNT


def _depth(node: ast.AST) -> int:
    """How deeply expressions are nested, without recursion."""
    deepest, todo = 0, [(node, 1)]
    while todo:
        here, depth = todo.pop()
        deepest = max(deepest, depth)
        todo.extend((child, depth + 1) for child in ast.iter_child_nodes(here) if isinstance(child, ast.expr))
    return deepest


def _construct(node: ast.AST) -> str:
    words = {
        "Lambda": "a lambda", "Dict": "a dictionary", "ListComp": "a list comprehension", "SetComp": "a set comprehension",
        "DictComp": "a dictionary comprehension", "GeneratorExp": "a bare generator", "Await": "await", "Yield": "yield",
        "JoinedStr": "an f-string", "Starred": "a star", "Tuple": "a tuple", "List": "a list", "Set": "a set",
        "NamedExpr": "':='", "Slice": "a slice", "UnaryOp": "this sign", "Div": "'/'", "FloorDiv": "'//'", "Mod": "'%'",
        "Pow": "'**'", "BitOr": "'|'", "BitAnd": "'&'", "BitXor": "'^'", "MatMult": "'@'", "LShift": "'<<'", "RShift": "'>>'",
    }  # fmt: skip
    return words.get(type(node).__name__, type(node).__name__)
