"""One answer under other readings: what can be seen of completions already known, and one query for what cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import product

from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.types import Type, Value
from zhunsheng.solve.formula import Node, support
from zhunsheng.solve.lanes import Change, Lanes
from zhunsheng.solve.problem import MOST_VALUES, Encoded, Problem
from zhunsheng.solve.settle import reached
from zhunsheng.solve.symbols import Assignment, Free

MOST_COMPLETIONS = 512
"""Where what is free can go together in no more ways than this, every completion is looked at and none is asked for."""
MOST_CHOICES = 16
"""How many ways of choosing are tried with each completion known, where not all completions are looked at."""
Readings = Mapping[str, str]
Outcome = Value | FailureKind


class Others:
    """An answer whose readings are left open in `encoded`; `lawful` is the condition that choices are lawful. `models` are
    completions known (under any readings), `varied` the readings that are always given."""

    def __init__(
        self, problem: Problem, encoded: Encoded, type_: Type, lawful: Node, models: Sequence[Assignment], varied: Iterable[str]
    ) -> None:
        self.problem, self.encoded, self.type, self.lawful = problem, encoded, type_, lawful
        given = {node for name in varied for node in problem.variables().get(f"readings {name}", ())}
        spoken = problem.spoken()
        start = support([*encoded.nodes(), lawful]).union(*(speaks for _, speaks in spoken if not speaks.isdisjoint(given)))
        around = reached(start, [speaks for _, speaks in spoken])
        self.constraints = [lawful, *(node for node, speaks in spoken if not speaks.isdisjoint(around))]
        turned_on = around - given
        free = [one for one, bits in problem.bits if not bits.isdisjoint(turned_on)]
        listed = {node for one in free for node in _bits(one)}
        plain = problem.plain()
        self.complete = turned_on <= listed and _ways(free) <= MOST_COMPLETIONS
        choices = free if self.complete else [one for one in free if one.kind == "discretion"]
        if not self.complete and _ways(choices) > MOST_CHOICES:
            choices = []
        bases = [plain] if self.complete or not models else [{**plain, **model} for model in models]
        ways = [dict(pair for way in ways for pair in way.items()) for ways in product(*(_options(one) for one in choices))]
        self.models = [{**base, **way} for base in bases for way in ways]

    def seen(self, vectors: Sequence[Readings]) -> list[list[Outcome]]:
        """For each vector of readings, outcomes that the models come to under it, in the order of the encoding; no solver."""
        changes: list[Change] = []
        for readings in vectors:
            fixed = {node: int(truth.op == "true") for node, truth in self.problem.vector(readings).items()}
            changes += [(number, fixed) for number in range(len(self.models))]
        lanes = Lanes(self.models, changes)
        cases = lanes.all_hold(self.constraints)
        where = [(outcome, lanes.holds(node) & cases) for outcome, node in self.encoded.finite.items()] if cases else []
        if self.encoded.term is not None and cases:
            term, condition = self.encoded.term
            there = lanes.holds(condition) & cases
            reached = [(number, here & there) for number, here in sorted(lanes.values(term).items())]
            where += [(self._decoded(number), here) for number, here in reached if here]  # elsewhere it may be no day at all
        width = len(self.models)
        blocks = [((1 << width) - 1) << (width * number) for number in range(len(vectors))]
        return [list(dict.fromkeys(outcome for outcome, here in where if here & block)) for block in blocks]

    def agreeing(self, base: Sequence[Outcome], vectors: Sequence[Readings], *, proved: bool) -> set[int]:
        """The vectors, by their place, under which the outcomes are known to be exactly `base`. Raises `NotShown`.

        Those that reach every one of them with the models known are asked about together, in one query; where this need not
        be `proved`, that is all that is known of them."""
        wanted = set(base)
        left = [number for number, seen in enumerate(self.seen(vectors)) if set(seen) == wanted]
        if self.complete or not proved:
            return set(left)
        other = self._none_of(base)
        while left:
            asked = {number: self._fixed(vectors[number]) for number in left}
            model = self.problem.satisfy(other, self.lawful, self.problem.terms.or_(asked.values()))
            if model is None:
                break
            shown = [number for number, node in asked.items() if self.problem.valuation(node, model)]
            left = [number for number in left if number not in shown]
        return set(left)

    def outcomes(self, readings: Readings) -> list[Outcome] | None:
        """Every outcome that occurs under these readings; None where there are too many days or numbers to list.

        Raises `NotShown`."""
        found = self.seen([readings])[0]
        fixed = self.problem.literals(self.problem.vector(readings))
        while sum(outcome not in self.encoded.finite for outcome in found) <= MOST_VALUES:
            if self.complete:
                return found
            model = self.problem.satisfy(self._none_of(found), self.lawful, *fixed)
            if model is None:
                return found
            found.append(self._outcome(model))
        return None

    def _fixed(self, readings: Readings) -> Node:
        return self.problem.terms.and_(self.problem.literals(self.problem.vector(readings)))

    def _none_of(self, outcomes: Sequence[Outcome]) -> Node:
        """The condition that the answer comes to none of these."""
        terms = self.problem.terms
        reached = [self.encoded.finite[outcome] for outcome in outcomes if outcome in self.encoded.finite]
        if self.encoded.term is not None:
            term, condition = self.encoded.term
            numbers = [number for outcome in outcomes if (number := self._number(outcome)) is not None]
            reached += [terms.and_((condition, terms.eq(term, terms.number(number)))) for number in numbers]
        return terms.not_(terms.or_(reached))

    def _outcome(self, model: Assignment) -> Outcome:
        for outcome, condition in self.encoded.finite.items():
            if self.problem.valuation(condition, model):
                return outcome
        if self.encoded.term is None:
            raise ValueError("a completion has no outcome")
        return self._decoded(self.problem.valuation(self.encoded.term[0], model))

    def _number(self, outcome: Outcome) -> int | None:
        """What a day, number or text is as a term; None for anything else."""
        if isinstance(outcome, date):
            return outcome.toordinal()
        if isinstance(outcome, str) and self.type.base == "text":
            texts = self.problem.symbols.texts
            return texts.index(outcome) if outcome in texts else int(outcome[1:])
        return outcome if isinstance(outcome, int) and not isinstance(outcome, bool) else None

    def _decoded(self, number: int) -> Outcome:
        return self.problem.decode(self.type, self.problem.terms.number(number))


def _bits(free: Free) -> list[Node]:
    """The variables that a scalar's options speak of, if they are all that it speaks of; a day or number cannot be listed."""
    if any(isinstance(atom, Node) and atom.op == "ivar" for atom in free.options):
        return []
    return [node for condition in free.options.values() for node in support([condition])]


def _ways(free: Sequence[Free]) -> int:
    number = 1
    for one in free:
        number *= len(one.options)
    return number


def _options(free: Free) -> list[dict[Node, int]]:
    """The variables of a scalar, so that each of its options holds in turn."""
    return [free.choosing(atom) for atom in free.options]
