"""From one complete case to another, one fact after the other: somewhere on the way the outcome turns, and there one fact alone
makes the difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from zhunsheng.ask.answers import Asked
from zhunsheng.ask.problems import Problems
from zhunsheng.ask.spans import Looker, Outcomes
from zhunsheng.ask.unstated import HOW_MANY, VALUE
from zhunsheng.errors import Incomplete, NotShown
from zhunsheng.lang.case import Listing
from zhunsheng.lang.spots import Spot, value_at, with_value

Missing = tuple[Spot, str]
ENDS = 2
"""Cases of so many outcomes are looked for."""


@dataclass(frozen=True)
class Between:
    """One answer. Each end holds every fact of a case in keeping with what is known."""

    looker: Looker
    asked: Asked

    def turning(self, start: Mapping[str, Any], end: Mapping[str, Any], missing: Sequence[Missing]) -> Missing | None:
        """Of what is missing, in this order, what alone makes a difference somewhere between the two; None where the outcome
        is the same at both ends, or nothing alone is seen to make it."""
        try:
            way = list(self._way(start, end, missing))
            return self._turn(way, missing)
        except (Incomplete, NotShown):
            return None

    def _way(self, start: Mapping[str, Any], end: Mapping[str, Any], missing: Sequence[Missing]) -> list[Mapping[str, Any]]:
        """The cases on the way: each has one fact more from the end than the one before."""
        way = [start]
        for here, kind in missing:
            way.append(_told(self.looker.case.facts, way[-1], end, here, kind))
        return way

    def _turn(self, way: Sequence[Mapping[str, Any]], missing: Sequence[Missing]) -> Missing | None:
        """Halves what lies between two cases of different outcomes; where a case on the way is none, looks at each in turn."""
        first, last = self._outcome(way[0]), self._outcome(way[-1])
        if first == last:
            return None
        low, high = 0, len(way) - 1
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._outcome(way[middle]) == first else (low, middle)
        if self._possible(way[low], way[high]):
            return missing[low]
        for number, (one, other) in enumerate(pairwise(way)):
            if self._outcome(one) != self._outcome(other) and self._possible(one, other):
                return missing[number]
        return None

    def _possible(self, *cases: Mapping[str, Any]) -> bool:
        return not any(self.looker.impossible(facts) for facts in cases)

    def _outcome(self, facts: Mapping[str, Any]) -> Outcomes:
        return self.looker.world(facts).outcomes(self.asked)


def ends(problems: Problems, asked: Asked) -> list[Mapping[str, Any]]:
    """Cases of different outcomes in which each list that may hold more holds at most one more: quickly found, where there are
    any. Raises `NotShown`."""
    cone = problems.cone(asked)
    problem = problems.with_slots(dict.fromkeys(sorted(cone.collections - problems.closed), 1))
    type_ = problems.pack.definitions[asked.definition].type
    found = problem.some_outcomes(problems.encode(problem, asked), type_, problem.lawful(cone.choices), ENDS)
    return [problem.complete(one.model, {}).facts for one in found if one.model is not None]


def _told(known: Mapping[str, Any], facts: Mapping[str, Any], end: Mapping[str, Any], here: Spot, kind: str) -> Mapping[str, Any]:
    """The facts with one of the end's; of a list, the elements beyond those that are known."""
    if kind == VALUE:
        return with_value(facts, here, value_at(end, here))
    if kind != HOW_MANY:
        return {**facts, here.name: end[here.name]}
    stated, new = known[here.name].elements, end[here.name]
    elements = (*facts[here.name].elements[: len(stated)], *new.elements[len(stated) :])
    return {**facts, here.name: Listing(elements, True, True, tuple(f"{here.name}[{n}]" for n in range(len(elements))))}
