"""Gaps and conflicts: where what arises in a definition comes through to an answer, or to whether or when a duty is owed."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from zhunsheng.ask.checking.findings import Finding, Kind
from zhunsheng.ask.checking.met_findings import Telling
from zhunsheng.ask.checking.questions import Clashes, Comes, arising, clashes
from zhunsheng.ask.checking.search import Search
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Definition, Pack


@dataclass(frozen=True)
class Failures:
    """`vectors`: the readings under which they are looked for."""

    pack: Pack
    search: Search
    telling: Telling
    vectors: Callable[[Definition], Iterator[dict[str, str]]]

    def of(self, at: Definition, kind: Kind) -> Iterator[Finding]:
        """Where a gap (a conflict) that arises in this definition comes through to an answer, or to whether or when a duty is
        owed: in the first of them, in the order of the pack, that it comes through to. What arises elsewhere is set aside where
        a case shows it instead. Of conflicts, every two rules that clash so; of gaps, one."""
        failing = FailureKind.GAP if kind is Kind.GAP else FailureKind.CONFLICT
        told, keys = Clashes(), set[str]()
        for definition, readings in self._coming_through(at, failing):
            others: frozenset[str] = frozenset()
            while self._left(at, failing, readings, told):
                met = self.search.some(definition, Comes(failing, others, told), readings)
                if met is None:
                    break
                found, given = list(self.telling.failures(definition, failing, met)), tuple(met.args.values())
                there = arising(met.run, definition, given, failing, told)
                if at.name not in there:
                    others |= there
                    continue
                yield from (each for each in found if each.subject == at.name and each.key not in keys)
                keys |= {each.key for each in found}
                new = {clash for clash in clashes(met.run, definition, given) if clash[0] == at.name} - told
                if not new:  # it is no clash of two rules
                    return
                told |= new

    def _left(self, at: Definition, failing: FailureKind, readings: Mapping[str, str], told: Clashes) -> bool:
        """Whether anything may be left to tell, seen from the definition alone."""
        if not told:
            return True
        pairs = {(at.name, one.name, other.name) for one, other in itertools.combinations(at.rules, 2)}
        return not pairs <= told and self.search.arises(at, failing, readings, told)

    def _coming_through(self, at: Definition, failing: FailureKind) -> Iterator[tuple[Definition, dict[str, str]]]:
        """The answers and duties, with readings, to which a failure of one definition may come through."""
        for definition in self.pack.definitions.values():
            if not public(self.pack, definition) or at.name not in self.search.cones.definition(definition.name).definitions:
                continue
            for readings in self.vectors(definition):
                if self.search.comes_through(at, definition, failing, readings) and self.search.arises(at, failing, readings):
                    yield definition, readings


def public(pack: Pack, definition: Definition) -> bool:
    """Whether it is an answer, or whether or when a duty is owed."""
    return definition.name in pack.answers or definition.name.startswith("duty ")
