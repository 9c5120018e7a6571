"""How firm an answer is: under which other readings it would differ, and to what."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from zhunsheng.ask.report import Between, Difference
from zhunsheng.ask.sets import Outcomes, status_of
from zhunsheng.errors import Disagreement
from zhunsheng.lang.pack import Pack
from zhunsheng.solve.formula import Node
from zhunsheng.solve.problem import Encoded, Problem

MOST_VECTORS = 64
MOST_PAIRS = 60
"""Of an open answer, pairs of changes are looked at only where they are fewer than this, times the outcomes."""


class Agreeing(Protocol):
    """The changes, by their place, under which the outcomes are the same: proved, or as far as is seen."""

    def __call__(self, changes: Sequence[Mapping[str, str]], *, proved: bool) -> set[int]: ...


@dataclass(frozen=True)
class Firmness:
    firm: str
    differs_under: tuple[Difference, ...]


@dataclass
class Firm:
    """One answer under other readings.

    `whole`: a problem that holds for every combination of readings, with the answer's encoding and the condition that choices
    are lawful (None: there is none within reach). `matter`: the readings with defaults that the answer consults. `outcomes`
    gives its outcomes under a full vector of the readings with defaults, `agreeing` the changes (by their place) under which
    they are known to be the same. `more`: whether its rules can consult any reading with a default at all."""

    pack: Pack
    whole: tuple[Problem, Encoded, Node] | None
    matter: list[str]
    defaults: Mapping[str, str]
    base: Outcomes
    outcomes: Callable[[Mapping[str, str]], Outcomes]
    agreeing: Agreeing
    more: bool = True

    def judge(self) -> Firmness:
        """Inclusion-minimal changes of readings that change the outcomes: single ones first, then larger ones."""
        singles = list(self._singles())
        if self.whole is not None and len(self.base) == 1 and not isinstance(self.base[0], Between):
            found = self._differences(singles, proved=False)  # what is not proved here is looked for below
            found = sorted([*found, *self._remaining(*self.whole, found)], key=lambda one: self._place(one.readings))
            every = not found
        else:
            found = self._differences(singles, proved=True)
            if self.whole is None:
                every = not self.more
            else:
                found += self._pairs(found)
                every = not found and self._all_agree()
        single = not any(len(difference.readings) == 1 for difference in found)
        firm = "every" if every else "single" if single else "no"
        return Firmness(firm, tuple(found))

    def _place(self, change: Mapping[str, str]) -> tuple[int, list[tuple[int, int]]]:
        """Where a change stands: fewer readings first, then in the pack's order of readings and options."""
        options = {name: self._others(name) for name in change}
        places = sorted((self.matter.index(name), options[name].index(option)) for name, option in change.items())
        return len(change), places

    def _singles(self) -> Iterable[dict[str, str]]:
        for name in self.matter:
            for option in self._others(name):
                yield {name: option}

    def _others(self, name: str) -> list[str]:
        return [option.name for option in self.pack.readings[name].options if option.name != self.defaults[name]]

    def _differences(self, changes: Sequence[Mapping[str, str]], *, proved: bool) -> list[Difference]:
        same = self.agreeing(changes, proved=proved)
        wanted = [change for number, change in enumerate(changes) if number not in same]
        return [difference for change in wanted if (difference := self._difference(change))]

    def _difference(self, change: Mapping[str, str]) -> Difference | None:
        outcomes = self.outcomes({**self.defaults, **change})
        if outcomes == self.base:
            return None
        return Difference(dict(change), status_of(outcomes), outcomes)

    def _pairs(self, found: list[Difference]) -> list[Difference]:
        """For an open answer: every pair of changes neither of which alone makes a difference, where these are few."""
        differing = {(name, option) for d in found for name, option in d.readings.items()}
        changes = [
            {a: first, b: second}
            for a, b in itertools.combinations(self.matter, 2)
            for first, second in itertools.product(self._others(a), self._others(b))
            if (a, first) not in differing and (b, second) not in differing
        ]
        if len(changes) * len(self.base) > MOST_PAIRS:
            return []
        return self._differences(changes, proved=True)

    def _all_agree(self) -> bool:
        """Whether every vector gives the same outcomes; not claimed where there are too many to try."""
        total = 1
        for name in self.matter:
            total *= len(self.pack.readings[name].options)
        if total > MOST_VECTORS:
            return False
        spaces = [[self.defaults[name], *self._others(name)] for name in self.matter]
        changes = [dict(zip(self.matter, vector, strict=True)) for vector in itertools.product(*spaces)]
        same = self.agreeing(changes, proved=True)
        return all(self._difference(change) is None for number, change in enumerate(changes) if number not in same)

    def _remaining(self, problem: Problem, encoded: Encoded, lawful: Node, found: list[Difference]) -> list[Difference]:
        """For an answer of one outcome: any change not containing one already found that gives another outcome."""
        terms = problem.terms
        other = terms.and_((self._not_base(problem, encoded), lawful))
        remaining: list[Difference] = []
        pinned = {name: option for name, option in self.defaults.items() if name not in self.matter}
        rest = problem.literals(problem.vector(pinned))
        while True:
            blocked = [self._blocked(problem, difference.readings) for difference in [*found, *remaining]]
            condition = terms.and_((other, *blocked))
            model = problem.satisfy(condition, *rest) if condition is not terms.false else None
            if model is None:
                return remaining
            change = self._smallest(problem, problem.complete(model, {}).readings, other, rest)
            difference = self._difference(change)
            if difference is None:
                raise Disagreement(f"the solver shows another outcome under {change}, and none is found there")
            remaining.append(difference)

    def _not_base(self, problem: Problem, encoded: Encoded) -> Node:
        terms = problem.terms
        if not isinstance(self.base[0], Between) and self.base[0] in encoded.finite:
            return terms.not_(encoded.finite[self.base[0]])
        if encoded.term is None:
            return terms.true
        term, condition = encoded.term
        value = self.base[0]
        number = value.toordinal() if hasattr(value, "toordinal") else value
        if not isinstance(number, int):
            return terms.true
        return terms.not_(terms.and_((condition, terms.eq(term, terms.number(number)))))

    def _blocked(self, problem: Problem, change: Mapping[str, str]) -> Node:
        terms = problem.terms
        readings = problem.symbols.readings
        return terms.not_(terms.and_(readings[name].atoms[option] for name, option in change.items()))

    def _smallest(self, problem: Problem, readings: Mapping[str, str], other: Node, rest: list[Node]) -> dict[str, str]:
        """The change a model shows, with as many readings put back to their default as leave another outcome."""
        change = {name: readings[name] for name in self.matter if readings[name] != self.defaults[name]}
        for name in list(change):
            smaller = {key: option for key, option in change.items() if key != name}
            vector = problem.vector({**{key: self.defaults[key] for key in self.matter}, **smaller})
            if problem.satisfy(other, *rest, *problem.literals(vector)) is not None:
                change = smaller
        return change
