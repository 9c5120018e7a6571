"""A case that a check met, told as a finding: which answer it comes through to, and the case as it would be read from a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from zhunsheng.ask.checking.findings import Finding, Kind
from zhunsheng.ask.checking.questions import origins
from zhunsheng.ask.checking.search import Met
from zhunsheng.ask.deciding.answers import all_asked
from zhunsheng.ask.deciding.explain import written
from zhunsheng.ask.deciding.replay import for_reference
from zhunsheng.evaluate import Element
from zhunsheng.lang.case import Case, ChoiceMade, Listing
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.outcome import Failed, Failure, FailureKind
from zhunsheng.lang.pack import CollectionSpec, Definition, Pack, Rule
from zhunsheng.lang.spots import labels_by_key
from zhunsheng.lang.types import Text, Value


@dataclass(frozen=True)
class Telling:
    """Findings of one pack. `defaults`: the readings that need not be said."""

    pack: Pack
    cones: Cones
    defaults: Mapping[str, str]

    def finding(
        self, kind: Kind, definition: Definition, parts: tuple[str, ...], met: Met, provisions: tuple[str, ...]
    ) -> Finding:
        key = " ".join([kind.value, definition.name.replace(" ", "-"), *parts])
        readings = {n: o for n, o in met.completion.readings.items() if n in self.defaults and o != self.defaults[n]}
        consulted = self.cones.definition(definition.name).readings
        return Finding(
            kind, key, tuple(dict.fromkeys(provisions)), definition.name, parts,
            arguments={name: _path(value) for name, value in met.args.items()},
            answer=self._answer(met, definition),
            readings={name: option for name, option in readings.items() if name in consulted},
            case=self._case(met, definition),
        )  # fmt: skip

    def _answer(self, met: Met, definition: Definition) -> str:
        """The first public answer of the case in whose derivation the definition at these arguments stands."""
        wanted = (definition.name, tuple(met.args.values()))
        for asked in all_asked(self.pack, self._case(met, definition)):
            if definition.name not in self.cones.definition(asked.definition).definitions:
                continue
            derivation = met.run.derivation(asked.definition, for_reference(asked.args))
            if any((step.definition, step.args) == wanted for step in derivation.steps()):
                return asked.key
        return ""

    def key(self, met: Met, definition: Definition) -> str:
        args = tuple(met.args.values())
        for asked in all_asked(self.pack, self._case(met, definition)):
            if (asked.definition, for_reference(asked.args)) == (definition.name, args):
                return asked.key
        return ""

    def _case(self, met: Met, definition: Definition) -> Case:
        facts = {
            name: _labelled(self.pack.collections[name], value) if isinstance(value, Listing) else value
            for name, value in met.completion.facts.items()
        }
        touched = met.run.touched(definition.name, tuple(met.args.values())).choices
        made = {name: ChoiceMade(met.completion.choices[name]) for name in sorted(touched)}
        return Case(Text("", ""), self.pack.name, facts, dict(met.completion.readings), made, None)

    def failures(self, definition: Definition, failing: FailureKind, met: Met) -> Iterator[Finding]:
        kind = Kind.GAP if failing is FailureKind.GAP else Kind.CONFLICT
        outcome = met.run.definition(definition.name, tuple(met.args.values()))
        if not isinstance(outcome, Failed):
            return
        derivation = met.run.derivation(definition.name, tuple(met.args.values()))
        for failure in sorted(outcome.failures):
            if failure.kind is failing:
                for name in dict.fromkeys(step.definition for step in origins(derivation, failure)):
                    yield self._failed(kind, definition, failure, met, self.pack.definitions[name])

    def _failed(self, kind: Kind, definition: Definition, failure: Failure, met: Met, at: Definition) -> Finding:
        """The finding belongs to the definition in which the failure arises (`at`)."""
        rules = tuple(failure.detail.split(" | ")) if failure.name == at.name and failure.detail else ()
        provisions = provisions_of(*(rule for rule in at.rules if rule.name in rules)) or (at.provision,)
        finding = self.finding(kind, definition, rules, met, provisions)
        key = " ".join([kind.value, at.name.replace(" ", "-"), *rules])
        return replace(finding, key=key, subject=at.name, arguments={}, answer=self.key(met, definition))

    def written(self, definition: Definition, outcome: Value | FailureKind) -> str:
        return outcome.word if isinstance(outcome, FailureKind) else written(self.pack, definition.type, outcome)


def useless(kind: Kind, definition: Definition, rule: Rule, condition: tuple[str, ...]) -> Finding:
    key = " ".join([kind.value, definition.name.replace(" ", "-"), rule.name, *condition])
    return Finding(kind, key, (rule.provision,), definition.name, (rule.name, *condition))


def _labelled(spec: CollectionSpec, listing: Listing) -> Listing:
    return replace(listing, labels=labels_by_key(spec, listing.elements))


def _path(value: Any) -> Value:
    return f"{value.collection}[{value.index}]" if isinstance(value, Element) else value


def provisions_of(*rules: Rule) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule.provision for rule in rules))
