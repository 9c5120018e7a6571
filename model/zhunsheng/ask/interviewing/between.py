"""From one complete case to another, one fact after the other: somewhere on the way the outcome turns, and there one fact alone
makes the difference."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.problems import Problems
from zhunsheng.ask.deciding.unstated import HOW_MANY, VALUE
from zhunsheng.ask.settling.spans import Looker, Outcomes
from zhunsheng.errors import Incomplete, NotShown
from zhunsheng.lang.case import Listing
from zhunsheng.lang.spots import Spot, value_at, with_value
from zhunsheng.solve.problem import Found, Problem

Missing = tuple[Spot, str]
MOST_ENDS = 5
"""Cases of at most so many outcomes are looked for."""


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


@dataclass(frozen=True)
class Ends:
    """Cases of different outcomes of an answer, as many as were looked for; `apart`: they differ whatever is chosen. `only`: the
    one outcome, where it is shown that there is no other."""

    cases: tuple[Mapping[str, Any], ...] = ()
    only: Any = None
    apart: bool = False


def ends(problems: Problems, asked: Asked, outcomes: Callable[[Mapping[str, Any]], Outcomes]) -> Ends:
    """Cases of different outcomes, those first in which each list that may hold more holds at most one more; or that there are
    none. The case is to fix the readings that have a default. `outcomes` is what the answer comes to in a complete case, whatever
    is chosen. Raises `NotShown`."""
    lists = sorted(problems.cone(asked).collections - problems.closed)
    small = problems.with_slots(dict.fromkeys(lists, 1))
    found = _Ends(problems, asked, outcomes).found(small)
    if found.apart:
        return found
    problems.refuse_large(asked, {})
    whole, outside = problems.problem(asked, {})
    if whole is not small:
        found = _Ends(problems, asked, outcomes).found(whole)
    return replace(found, only=None) if outside or (lists and whole.constrainer.leaves_reach) else found


@dataclass(frozen=True)
class _Ends:
    problems: Problems
    asked: Asked
    outcomes: Callable[[Mapping[str, Any]], Outcomes]

    def found(self, problem: Problem) -> Ends:
        """Two cases that differ whatever is chosen, where such are soon found; else such as differ by what is chosen."""
        type_ = self.problems.pack.definitions[self.asked.definition].type
        lawful = problem.lawful(self.problems.cone(self.asked).choices)
        found: list[Found] = []
        cases: list[Mapping[str, Any]] = []
        for one in problem.each_outcome(self.problems.encode(problem, self.asked), type_, lawful):
            found.append(one)
            cases.append(problem.complete(one.model, {}).facts)
            if len(found) > 1 and len({self.outcomes(facts) for facts in cases}) > 1:
                return Ends(tuple(cases), apart=True)
            if len(found) == MOST_ENDS:
                break
        return Ends(only=found[0].outcome) if len(found) == 1 else Ends(tuple(cases))


def _told(known: Mapping[str, Any], facts: Mapping[str, Any], end: Mapping[str, Any], here: Spot, kind: str) -> Mapping[str, Any]:
    """The facts with one of the end's; of a list, the elements beyond those that are known."""
    if kind == VALUE:
        return with_value(facts, here, value_at(end, here))
    if kind != HOW_MANY:
        return {**facts, here.name: end[here.name]}
    stated, new = known[here.name].elements, end[here.name]
    elements = (*facts[here.name].elements[: len(stated)], *new.elements[len(stated) :])
    return {**facts, here.name: Listing(elements, True, True, tuple(f"{here.name}[{n}]" for n in range(len(elements))))}
