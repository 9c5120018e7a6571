"""The expressions of a theorem: what they may speak of, and what is known where each of them stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from zhunsheng.lang import expr as e
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.scope import SIDES, Cases, Scope, duty_in_expression
from zhunsheng.lang.theorem import Name, Ranges
from zhunsheng.lang.types import YES_NO, Type
from zhunsheng.lang.typing import NOTHING, Known, Reader, Refused, Source, at_side, ruled_out
from zhunsheng.read import words
from zhunsheng.read.articles import citable
from zhunsheng.read.keys import Keys
from zhunsheng.read.questions import pack_scope
from zhunsheng.read.typist import Typist
from zhunsheng.read.vocabulary import Vocabulary
from zhunsheng.read.words import Report


@dataclass(frozen=True)
class Book:
    """What all theorems about one pack share."""

    pack: Pack
    scope: Scope
    vocabulary: Vocabulary
    provisions: frozenset[str]

    @staticmethod
    def of(pack: Pack) -> Book:
        cones = Cones(pack)
        of_a_case = {
            name
            for name in pack.definitions
            if (cone := cones.definition(name)).facts or cone.collections or cone.fields or cone.choices
        }
        duties = {duty_in_expression(name): name for name in pack.duties}
        scope = replace(pack_scope(pack), caseless=frozenset(pack.definitions) - of_a_case, duties=duties)
        named = {name: each for name, each in pack.enumerations.items() if not name.startswith("reading ")}
        vocabulary = Vocabulary(named, pack.specials, pack.horizon)
        return Book(pack, scope, vocabulary, frozenset(citable(pack.provisions)))


class Expressions:
    """Reads the expressions of one theorem; `names` are those it speaks of."""

    def __init__(self, book: Book, report: Report, names: Mapping[str, Name]) -> None:
        self.names, self.report = names, report
        scope = book.scope
        for name in names.values():
            scope = scope.bind(name.name, name.type)
        self.scope = scope
        self.typist = Typist(scope, report)

    def premises(self, keys: Keys) -> tuple[tuple[e.Expr, ...], Known]:
        """`given:`, and which special values it rules out."""
        given: list[e.Expr] = []
        known = NOTHING
        for node in keys.items("given", "expressions"):
            given.append(self.typist.read(words.expression(node, self.report), YES_NO, self.scope, known))
            known |= ruled_out(given[-1], True)
        return tuple(given), known

    def claim(self, source: Source | None, changes: bool, known: Known, there: Known) -> e.Expr:
        """`there`: what the changes take for granted in both cases."""
        if not changes:
            return self.typist.read(source, YES_NO, self.scope, known)
        of_values = frozenset((of, special) for of, special in known if isinstance(of, e.Var))
        of_sides = frozenset[tuple[e.Expr, str]]().union(*(at_side(side, there) for side in SIDES))
        scope = replace(self.scope, cases=Cases.EITHER)
        return self.typist.read(source, YES_NO, scope, of_values | at_side("before", known) | of_sides)

    def target(self, source: Source | None) -> e.Expr | None:
        """What a change sets. A record's field is read as of a record that exists: else the change has no value."""
        if source is None or self.report.broken & set(re.findall(r"\w+", source.text)):
            return None
        text = source.text.strip()
        if text in self.scope.collections:
            self.report.add(source.locate(0), f"{text!r} is a list, and a change sets one fact",
                            f"name an element of it under `for:` (`x: in {text}`) and set a field of that")  # fmt: skip
            return None
        records = frozenset(
            (e.Fact(name, Type(f"record {name}", frozenset({"none"}))), "none")
            for name, spec in self.scope.facts.items()
            if spec.type is None and spec.may_be_none
        )
        try:
            target = Reader(self.scope).read(source, None, records)
        except Refused as refused:
            self.report.add_all([refused.problem])
            return None
        if refusal := self.not_to_be_set(target, text):
            self.report.add(target.at, *refusal)
            return None
        return target

    def not_to_be_set(self, target: e.Expr, text: str) -> tuple[str, str] | None:
        """Why a change cannot set this, and what to write."""
        if target.type.keyed_by:
            return f"{text!r} is a table, and a change sets one fact", f"set an entry: {text}[…]"
        match target:
            case e.Fact() if target.type.base.startswith("record "):
                return f"{text!r} is a record, and a change sets one fact", f"set a field of it: {text}.…"
            case e.Fact() | e.Field(of=e.Fact()) | e.Pick(of=e.Fact() | e.Field(of=e.Fact()), key=e.Literal() | e.Var()):
                return None
            case e.Field(of=e.Var(name=name)) | e.Pick(of=e.Field(of=e.Var(name=name)), key=e.Literal() | e.Var()):
                if self.names[name].ranges is Ranges.NEW:
                    return f"{name!r} is new, so there is nothing to change in it", "say what it is like under `given:`"
                return None
            case e.Var() if self.scope.element(target.type.base):
                return f"{text!r} is an element, and a change sets one fact", f"set a field of it: {text}.…"
            case e.Pick():
                return f"{text!r} does not say plainly which entry is meant", "pick it by a value or by a name under `for:`"
            case _:
                return f"{text!r} is no fact, so it cannot be set", "set the facts that it follows from"
