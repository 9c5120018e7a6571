"""Drafts -> typed definitions, duties, assumptions and discretions, within one scope."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import Assumption, Definition, DiscretionSpec, Duty, Rule
from zhunsheng.lang.scope import Scope, Signature, nearest
from zhunsheng.lang.types import NONE, YES_NO, Type
from zhunsheng.lang.typing import NOTHING, Known, Reader, Refused, Source, ruled_out
from zhunsheng.read.articles import DefinitionDraft, DutyDraft, RuleDraft
from zhunsheng.read.facts import AssumptionDraft
from zhunsheng.read.openings import DiscretionDraft
from zhunsheng.read.vocabulary import NO_TYPE, Vocabulary, read_type
from zhunsheng.read.words import Report

ALWAYS = e.Literal(True, YES_NO)
NEVER = e.Literal(False, YES_NO)


def owed(duty: str) -> str:
    """The name of the definition that says whether a duty is owed."""
    return f"duty {duty} owed"


def due(duty: str) -> str:
    """The name of the definition that says by which day it is to be done."""
    return f"duty {duty} by"


@dataclass(frozen=True)
class Typist:
    """Types expressions; where one is refused, the problem is collected and a stand-in given."""

    scope: Scope
    report: Report

    def read(self, source: Source | None, expected: Type, scope: Scope, known: Known = NOTHING) -> e.Expr:
        stand_in = e.Literal(True, expected)
        if source is None or expected == NO_TYPE or self.report.broken & set(re.findall(r"\w+", source.text)):
            return stand_in
        try:
            return Reader(scope).read(source, expected, known)
        except Refused as refused:
            self.report.add_all([refused.problem])
            return stand_in

    def definition(self, draft: DefinitionDraft, signature: Signature) -> Definition:
        scope = self.scope
        for name, type_ in signature.parameters:
            scope = scope.bind(name, type_)
        usable = NO_TYPE not in (signature.type, *(type_ for _, type_ in signature.parameters))
        rules = tuple(self.rule(rule, signature.type, scope) for rule in draft.rules if usable)
        otherwise = None if draft.otherwise is None else self.read(draft.otherwise, signature.type, scope)
        return Definition(
            draft.name,
            signature.parameters,
            signature.type,
            rules,
            otherwise,
            draft.provision,
            draft.title,
            draft.better,
            draft.at,
        )

    def rule(self, draft: RuleDraft, type_: Type, scope: Scope) -> Rule:
        when = self.read(draft.when, YES_NO, scope)
        value = self.read(draft.value, type_, scope, ruled_out(when, True))
        overrides = tuple(name for name, _ in draft.overrides)
        return Rule(draft.name, when, value, draft.provision, overrides, draft.says, draft.at)

    def assumption(self, draft: AssumptionDraft) -> Assumption:
        scope = self.scope
        for variable, collection in draft.each:
            scope = scope.bind(variable, Type(self.scope.collections[collection].element))
        that = self.read(draft.that, YES_NO, scope)
        return Assumption(draft.name, draft.says, draft.provision, draft.each, draft.apart, that, draft.at)

    def discretion(self, draft: DiscretionDraft) -> DiscretionSpec:
        lawful = self.read(draft.lawful, YES_NO, self.scope)
        otherwise = None if draft.otherwise is None else self.read(draft.otherwise, draft.type, self.scope)
        return DiscretionSpec(
            draft.name,
            draft.type,
            draft.title,
            draft.provision,
            draft.who[0],
            draft.criterion,
            lawful,
            otherwise,
            draft.at,
        )

    def duty(self, draft: DutyDraft) -> tuple[Duty, Definition, Definition]:
        """The duty, and the two definitions that say whether it is owed and by when."""
        when = self.read(draft.when, YES_NO, self.scope)
        wanted = Type("day", self.scope.specials)
        by = None if draft.by is None else self.read(draft.by, wanted, self.scope, ruled_out(when, True))
        duty = Duty(draft.name, draft.who[0], draft.what, draft.provision, when, by, draft.no_deadline, draft.at)
        return duty, _owed(duty), _due(duty)


def _owed(duty: Duty) -> Definition:
    rule = Rule("owed", duty.when, ALWAYS, duty.provision, at=duty.at)
    return Definition(owed(duty.name), (), YES_NO, (rule,), NEVER, duty.provision, duty.what, "none", duty.at)


def _due(duty: Duty) -> Definition:
    special = duty.by.type.special if duty.by is not None else frozenset[str]()
    type_ = Type("day", special | {"none"})
    rules = () if duty.by is None else (Rule("due", duty.when, duty.by, duty.provision, at=duty.at),)
    return Definition(
        due(duty.name), (), type_, rules, e.Literal(NONE, type_), duty.provision, duty.what, "none", duty.at
    )


def signatures(
    drafts: Iterable[DefinitionDraft], elements: Mapping[str, str], vocabulary: Vocabulary, report: Report
) -> dict[str, Signature]:
    """What each definition takes and gives; an element's comes first. `elements`: element name -> its list."""
    found: dict[str, Signature] = {}
    for draft in drafts:
        parameters: list[tuple[str, Type]] = []
        if draft.element is not None:
            parameters.append((draft.element, Type(draft.element)))
            if draft.element not in elements:
                hint = nearest(draft.element, elements) or f"elements: {', '.join(elements)}"
                report.add(
                    draft.at, f"{draft.element!r} is no element of a list, so {draft.name!r} belongs to nothing", hint
                )
        for name, type_words, place in draft.parameters:
            parameters.append((name, read_type(type_words, place, vocabulary, report, elements=True)))
        type_ = read_type(draft.type_words, draft.type_at, vocabulary, report)
        if type_.keyed_by:
            report.add(
                draft.type_at, "a definition cannot give a table", "give it a parameter over the enumeration instead"
            )
            type_ = NO_TYPE
        if NO_TYPE in (type_, *(parameter for _, parameter in parameters)):
            report.broken.add(draft.name.split(".")[-1])
        found[draft.name] = Signature(tuple(parameters), type_)
    return found
