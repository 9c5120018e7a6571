"""Typed expressions as sentences, in Chinese and in English.

`Prose(pack, lang)` says conditions and values; `within(definition)` also knows the definition's parameters. Negations
are carried inwards as far as they go, so that people read 晚于 and not 并非不晚于. Wherever `and` and `or` meet, one
of them stands in brackets, and so does what a collection's elements must satisfy: the structure can always be read off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import Definition, FactSpec, Pack
from zhunsheng.lang.types import PERIOD, Period, Special, Type
from zhunsheng.narrate import comparing, gathering, nouns, phrases, reckoning, values
from zhunsheng.narrate.comparing import Said
from zhunsheng.narrate.numerals import chinese_number, english_ordinal
from zhunsheng.narrate.phrases import fill


@dataclass(frozen=True)
class Prose:
    """Says expressions of one pack in one language. `names`: what the variables in scope are called."""

    pack: Pack
    lang: str
    names: Mapping[str, str] = field(default_factory=dict)

    # -- scope

    def within(self, definition: Definition) -> Prose:
        """The same, knowing a definition's parameters."""
        return self.knowing(definition.parameters)

    def knowing(self, variables: tuple[tuple[str, Type], ...]) -> Prose:
        """The same, knowing these variables: 该…, or numbered where several are of one kind."""
        kinds = [nouns.of_type(self.pack, type_, self.lang) for _, type_ in variables]
        named = {}
        for index, ((name, _), noun) in enumerate(zip(variables, kinds, strict=True)):
            if kinds.count(noun) == 1:
                named[name] = fill(phrases.THAT, self.lang, noun=noun)
            else:
                named[name] = self._numbered(kinds[: index + 1].count(noun), noun)
        return replace(self, names={**self.names, **named})

    def bound(self, binder: e.Binder) -> Prose:
        """The same, knowing one more variable: 该…, or …乙 where there is one already (it may be the same element)."""
        noun = self.noun(binder)
        choices = [fill(phrases.THAT, self.lang, noun=noun)]
        choices += [fill(phrases.FURTHER, self.lang, noun=noun, mark=mark) for mark in phrases.MARKS[self.lang][1:]]
        name = next((choice for choice in choices if choice not in self.names.values()), choices[-1])
        return replace(self, names={**self.names, binder.var: name})

    def noun(self, binder: e.Binder) -> str:
        """What a binder ranges over."""
        return nouns.of_type(self.pack, binder.type, self.lang)

    def _numbered(self, number: int, noun: str) -> str:
        ordinal = chinese_number(number) if self.lang == "zh" else english_ordinal(number)
        return fill(phrases.NUMBERED, self.lang, n=ordinal, noun=noun)

    # -- conditions

    def condition(self, expr: e.Expr, truth: bool = True) -> str:
        """A yes/no expression as a clause that says it is so, or that it is not."""
        return self.said(expr, truth).text

    def conditions(self, expr: e.Expr, truth: bool = True) -> tuple[str, ...]:
        """The same, one clause for each part of an outermost `and`."""
        said = self.parts(expr, truth)
        if said[0] != "and":
            return (self.condition(expr, truth),)
        return tuple(part.text for part in said[1])

    def said(self, expr: e.Expr, truth: bool) -> Said:
        joint, parts = self.parts(expr, truth)
        if len(parts) == 1:
            return parts[0]
        between = phrases.AND if joint == "and" else phrases.OR
        return Said(between[self.lang].join(self.bracketed(part, joint) for part in parts), joint)

    def bracketed(self, part: Said, joint: str) -> str:
        return part.text if part.joint in ("", joint) else fill(phrases.BRACKETS, self.lang, inner=part.text)

    def parts(self, expr: e.Expr, truth: bool) -> tuple[str, list[Said]]:
        """How the outermost parts are joined, and each of them in words; parts about one thing are said together."""
        joint, flat = flattened(expr, truth)
        if len(flat) == 1:
            return "", [self.alone(*flat[0])]
        return joint, comparing.together(self, joint, flat)

    def alone(self, expr: e.Expr, truth: bool) -> Said:
        """A condition that is not joined of others."""
        match expr:
            case e.Literal(value=bool() as value):
                return Said((phrases.ALWAYS if value == truth else phrases.NEVER)[self.lang])
            case e.IfElse():
                return self._if_else(expr, truth)
            case e.Compare(op=op, left=e.At(side=side, of=of), right=e.Literal() as right):
                return self.alone(e.At(side, e.Compare(op, of, right, expr.type), expr.type), truth)
            case e.Compare():
                return Said(comparing.compared(self, expr, truth))
            case e.Aggregate():
                return Said(gathering.quantified(self, expr, truth))
            case e.Call(name=name, args=args):
                what = nouns.definition(self.pack, name, self.lang).removeprefix("是否")
                about = self.arguments(what, args)
                phrase = phrases.HOLDS_FOR[truth] if about else phrases.HOLDS[truth]
                return Said(fill(phrase, self.lang, what=what, args=about))
            case e.Fact() | e.Field():
                return Said(self._fact_holds(expr, truth))
            case e.Function(name="is_workday"):
                return Said(reckoning.workday(self, expr, truth))
            case e.Not() | e.And() | e.Or():
                return self.said(expr, truth)
            case e.At(side=side, of=of):
                return Said(fill(phrases.ON_SIDE[side], self.lang, what=self._clause(of, truth)))
            case _:
                return Said(fill(phrases.HOLDS[truth], self.lang, what=self.value(expr)))

    def _if_else(self, expr: e.IfElse, truth: bool) -> Said:
        test, then = self._clause(expr.test, True), self._clause(expr.then, truth)
        if isinstance(expr.other, e.Literal) and expr.other.value == truth:
            return Said(fill(phrases.IMPLIES, self.lang, test=test, then=then), "if")
        return Said(fill(phrases.IF, self.lang, test=test, then=then, other=self._clause(expr.other, truth)), "if")

    def _clause(self, expr: e.Expr, truth: bool) -> str:
        return self.bracketed(self.said(expr, truth), "")

    def _fact_holds(self, expr: e.Fact | e.Field, truth: bool) -> str:
        spec = self.spec_of(expr)
        owner = ""
        if isinstance(expr, e.Field) and not isinstance(expr.of, e.Fact):
            of = self.value(expr.of)
            owner = f"{of}的" if self.lang == "zh" else f"for {of}, "
        return comparing.statement(self, spec, truth, owner)

    # -- values

    def value(self, expr: e.Expr) -> str:
        """An expression as a noun phrase."""
        match expr:
            case e.Literal():
                return self._literal(expr)
            case e.Var(name=name):
                return self.names.get(name, nouns.words(name))
            case e.Fact():
                return self.the(nouns.fact(self.spec_of(expr), self.lang))
            case e.Field():
                return self._field(expr)
            case e.Pick():
                return self._pick(expr)
            case e.Parameter(name=name):
                spec = self.pack.parameters[name]
                value = values.spoken(self.pack, spec.value, spec.type, self.lang)
                return fill(phrases.WITH_VALUE, self.lang, title=spec.title[self.lang], value=value)
            case e.Reading(name=name):
                return f"“{self.pack.readings[name].question[self.lang]}”"
            case e.Choice(name=name):
                return fill(phrases.CHOSEN, self.lang, what=self.pack.discretions[name].title[self.lang])
            case e.Call(name=name, args=args):
                what = nouns.definition(self.pack, name, self.lang)
                about = self.arguments(what, args)
                return fill(phrases.FOR if about else phrases.QUOTE, self.lang, what=what, args=about)
            case e.Aggregate(kind=e.Kind.ANY | e.Kind.ALL) | e.Not() | e.And() | e.Or() | e.Compare():
                return fill(phrases.TRUTH, self.lang, what=self.condition(expr))
            case e.Aggregate():
                return gathering.gathered(self, expr)
            case e.Arith():
                return reckoning.arithmetic(self, expr)
            case e.Function():
                return reckoning.function(self, expr)
            case e.At(side=side, of=of) if of.type.base != "yes/no":
                return fill(phrases.OF_SIDE[side], self.lang, what=self.value(of))
            case e.At():
                return fill(phrases.TRUTH, self.lang, what=self.condition(expr))
            case e.IfElse(test=test, then=then, other=other):
                parts = {"then": self.value(then), "other": self.value(other)}
                return fill(phrases.VALUE_IF, self.lang, test=self._clause(test, True), **parts)
            case _:
                assert_never(expr)

    def arguments(self, title: str, args: tuple[e.Expr, ...]) -> str:
        """A definition's arguments; nothing where its title can only be about the one argument there is."""
        said = [self.value(arg) for arg in args]
        if len(args) == 1 and isinstance(args[0], e.Var) and (said[0] in title or self._alone(args[0])):
            return ""
        return values.both(said, self.lang)

    def _alone(self, var: e.Var) -> bool:
        """Whether a variable is an element, and the only one of its kind in scope."""
        if self.pack.element_of(var.type.base) is None:
            return False
        noun = nouns.of_type(self.pack, var.type, self.lang)
        further = {fill(phrases.FURTHER, self.lang, noun=noun, mark=mark) for mark in phrases.MARKS[self.lang]}
        return self.names.get(var.name) == fill(phrases.THAT, self.lang, noun=noun) and not further & set(self.names.values())

    def the(self, noun: str) -> str:
        return noun if self.lang == "zh" else nouns.articled(noun)

    def _literal(self, literal: e.Literal) -> str:
        said = values.spoken(self.pack, literal.value, literal.type, self.lang)
        named = isinstance(literal.value, Special | str)
        return f"“{said}”" if named and not isinstance(literal.value, Period) and literal.type != PERIOD else said

    def _field(self, expr: e.Field) -> str:
        noun = nouns.fact(self.spec_of(expr), self.lang)
        if isinstance(expr.of, e.Fact):
            record = self.pack.facts[expr.of.name]
            owner = record.title[self.lang] if record.title is not None else ""
            if not owner or owner.lower() in noun.lower():
                return self.the(noun)
            return fill(phrases.OF, self.lang, of=self.the(owner), what=self.the(noun))
        return nouns.owned(noun, self.value(expr.of), nouns.of_type(self.pack, expr.of.type, self.lang), self.lang)

    def _pick(self, expr: e.Pick) -> str:
        table = self.value(expr.of)
        if isinstance(expr.key, e.Literal):
            key = values.spoken(self.pack, expr.key.value, expr.key.type, self.lang)
            return fill(phrases.ENTRY, self.lang, table=table, key=key)
        return fill(phrases.ENTRY_OF, self.lang, table=table, key=self.value(expr.key))

    # -- specifications

    def spec_of(self, expr: e.Fact | e.Field) -> FactSpec:
        """The specification of a fact or field; one with its bare name where the pack does not know it."""
        if isinstance(expr, e.Fact):
            return self.pack.facts.get(expr.name, FactSpec(expr.name, expr.type))
        owner = self.owner(expr.of.type)
        found = next((spec for spec in owner if spec.name == expr.name), None)
        return found or FactSpec(expr.name, expr.type)

    def owner(self, type_: Type) -> tuple[FactSpec, ...]:
        if type_.base.startswith("record "):
            return self.pack.facts[type_.base.removeprefix("record ")].record
        collection = self.pack.element_of(type_.base)
        return collection.fields if collection is not None else ()


def flattened(expr: e.Expr, truth: bool) -> tuple[str, list[tuple[e.Expr, bool]]]:
    """The outermost parts with their truth values, negations carried inwards, and how they are joined."""
    match expr:
        case e.Not(of=of):
            return flattened(of, not truth)
        case e.And(parts=parts) | e.Or(parts=parts):
            joint = "and" if isinstance(expr, e.And) == truth else "or"
            flat: list[tuple[e.Expr, bool]] = []
            for part in parts:
                inner, found = flattened(part, truth)
                flat.extend(found if inner == joint or len(found) == 1 else [(part, truth)])
            return joint, flat
        case _:
            return "", [(expr, truth)]
