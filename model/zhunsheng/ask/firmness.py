"""How firm an answer is: under which other readings it would differ, and to what."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from zhunsheng.ask.report import Between, Difference, Status
from zhunsheng.errors import Disagreement
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Value
from zhunsheng.solve.formula import Node
from zhunsheng.solve.problem import Encoded, Problem

Outcomes = tuple[Value | FailureKind | Between, ...]
MOST_VECTORS = 64
MOST_PAIRS = 60
"""Of an open answer, pairs of changes are looked at only where they are fewer than this, times the outcomes."""


@dataclass(frozen=True)
class Firmness:
    firm: str
    differs_under: tuple[Difference, ...]


@dataclass
class Firm:
    """One answer under other readings.

    `whole`: a problem that holds for every combination of readings, with the answer's encoding and the condition that choices
    are lawful (None: there is none within reach). `matter`: the readings with defaults that the answer consults. `outcomes`
    gives its outcomes under a full vector of the readings with defaults."""

    pack: Pack
    whole: tuple[Problem, Encoded, Node] | None
    matter: list[str]
    defaults: Mapping[str, str]
    base: Outcomes
    outcomes: Callable[[Mapping[str, str]], Outcomes]
    status: Callable[[Outcomes], Status]

    def judge(self) -> Firmness:
        """Inclusion-minimal changes of readings that change the outcomes: single ones first, then larger ones."""
        found = [difference for change in self._singles() if (difference := self._difference(change))]
        single = not found
        if self.whole is None:
            every = not self.matter
        elif len(self.base) == 1:
            found += self._larger(*self.whole, found)
            every = not found
        else:
            found += self._pairs(found)
            every = not found and self._all_agree()
        firm = "every" if every else "single" if single else "no"
        return Firmness(firm, tuple(found))

    def _singles(self) -> Iterable[dict[str, str]]:
        for name in self.matter:
            for option in self._others(name):
                yield {name: option}

    def _others(self, name: str) -> list[str]:
        return [option.name for option in self.pack.readings[name].options if option.name != self.defaults[name]]

    def _difference(self, change: Mapping[str, str]) -> Difference | None:
        outcomes = self.outcomes({**self.defaults, **change})
        if outcomes == self.base:
            return None
        return Difference(dict(change), self.status(outcomes), outcomes)

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
        return [difference for change in changes if (difference := self._difference(change))]

    def _all_agree(self) -> bool:
        """Whether every vector gives the same outcomes; not claimed where there are too many to try."""
        total = 1
        for name in self.matter:
            total *= len(self.pack.readings[name].options)
        if total > MOST_VECTORS:
            return False
        spaces = [[self.defaults[name], *self._others(name)] for name in self.matter]
        return all(
            self.outcomes({**self.defaults, **dict(zip(self.matter, vector, strict=True))}) == self.base
            for vector in itertools.product(*spaces)
        )

    def _larger(self, problem: Problem, encoded: Encoded, lawful: Node, found: list[Difference]) -> list[Difference]:
        """For an answer of one outcome: any change not containing one already found that gives another outcome."""
        terms = problem.terms
        other = terms.and_((self._not_base(problem, encoded), lawful))
        larger: list[Difference] = []
        pinned = {name: option for name, option in self.defaults.items() if name not in self.matter}
        rest = problem.literals(problem.vector(pinned))
        if len(self.matter) < 2:
            return []
        while True:
            blocked = [self._blocked(problem, difference.readings) for difference in [*found, *larger]]
            condition = terms.and_((other, *blocked))
            model = problem.satisfy(condition, *rest) if condition is not terms.false else None
            if model is None:
                return larger
            change = self._smallest(problem, problem.complete(model, {}).readings, other, rest)
            difference = self._difference(change)
            if difference is None:
                raise Disagreement(f"the solver shows another outcome under {change}, and none is found there")
            larger.append(difference)

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
