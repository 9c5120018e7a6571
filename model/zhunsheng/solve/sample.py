"""Completions of a problem that lie close to ones already known, looked at side by side, without a solver.

What occurs among them occurs; what does not may occur all the same. So most outcomes and most facts that matter are seen here,
and the solver is left with showing that nothing is missing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import product
from random import Random
from typing import TYPE_CHECKING

from zhunsheng.solve.formula import Node
from zhunsheng.solve.lanes import Change, Lanes
from zhunsheng.solve.symbols import Assignment, Free

if TYPE_CHECKING:
    from zhunsheng.solve.problem import Encoded, Problem

MOST_VALUES = 16
"""How many days or numbers are tried for one fact: those on either side of what it is compared with."""
MOST_PAIRS = 600
"""How many ways of filling one further element are tried, two of its fields at a time."""
MIXED = 256
"""How many completions with several changes at once are tried."""
MOST_BASES = 6
Outcome = Hashable


class Sample:
    """Completions near some that are known (`add`), under constraints that every completion satisfies."""

    def __init__(self, problem: Problem, constraints: Sequence[Node]) -> None:
        self.problem, self.constraints = problem, constraints
        self._batches: list[_Batch] = []
        self._frees = problem.free()

    def add(self, base: Assignment, encoded: Encoded) -> None:
        """Another completion, and those near it; `encoded` says with what days and numbers are compared."""
        if len(self._batches) < MOST_BASES:
            limits = compared([*encoded.nodes(), *self.constraints])
            self._batches.append(_Batch(base, self._near(base, limits), self.constraints))

    def __len__(self) -> int:
        """Near how many completions is looked."""
        return len(self._batches)

    def tells(self, one: Encoded, other: Encoded, lawful: Node) -> bool:
        """Whether two answers are seen to come to different things."""
        return any(dict(batch.outcomes(one, lawful)) != dict(batch.outcomes(other, lawful)) for batch in self._batches)

    def outcomes(self, encoded: Encoded, lawful: Node) -> dict[Outcome, Assignment]:
        """Outcomes that occur, each with a completion; of a number or day, its value."""
        found: dict[Outcome, Assignment] = {}
        for batch in self._batches:
            for outcome, lanes in batch.outcomes(encoded, lawful):
                if outcome not in found:
                    found[outcome] = batch.completion(lanes)
        return found

    def turning(self, encoded: Encoded, lawful: Node) -> set[str]:
        """Symbols that alone tell two completions with different outcomes apart."""
        found: set[str] = set()
        for batch in self._batches:
            found |= batch.turning(encoded, lawful)
        return found

    # -- what lies near a completion

    def _near(self, base: Assignment, limits: Mapping[Node, Sequence[int]]) -> list[tuple[str, Assignment]]:
        """Changes, each with the one symbol it changes (empty where it changes several)."""
        single = [(symbol, change) for symbol, frees in self._frees.items() for free in frees for change in options(free, limits)]
        filled = list(self._filled(base, limits))
        random = Random(0)
        pool = [*single, *filled]
        mixed: list[tuple[str, Assignment]] = []
        for _ in range(MIXED if len(pool) > 1 else 0):
            taken = random.sample(pool, min(len(pool), random.randint(2, 4)))
            mixed.append(("", {node: value for _, change in taken for node, value in change.items()}))
        return [*single, *filled, *mixed]

    def _filled(self, base: Assignment, limits: Mapping[Node, Sequence[int]]) -> Iterator[tuple[str, Assignment]]:
        """One further element or record, there or not, with two of its fields changed."""
        for symbol, present, frees in self.problem.openings():
            yield symbol, {present: 1 - int(bool(base.get(present, 0)))}
            ways = [list(options(free, limits)) for free in frees]
            pairs = [
                {**one, **other}
                for place, way in enumerate(ways)
                for before in ways[:place]
                for one, other in product(way, before)
            ]
            every = max(1, -(-len(pairs) // MOST_PAIRS))
            for change in [*(one for way in ways for one in way), *pairs[::every]]:
                yield symbol, {present: 1, **change}


def options(free: Free, limits: Mapping[Node, Sequence[int]]) -> Iterator[Assignment]:
    """The variables of a scalar, so that it takes each of its options in turn; some days or numbers where they are many, those
    nearest to the plain one first: what is shown to people should lie close to what they know."""
    for atom in free.options:
        chosen = free.choosing(atom)
        if isinstance(atom, Node) and atom.op == "ivar":
            plain = free.plain_number(atom)
            values = sorted(few(limits.get(atom, ()), atom), key=lambda value: (abs(value - plain), value))
            yield from ({**chosen, atom: value} for value in values)
        else:
            yield chosen


def few(limits: Sequence[int], term: Node) -> list[int]:
    """Some of these numbers that a term can have, and its ends."""
    values = [value for value in limits if term.least <= value <= term.greatest]
    every = max(1, -(-len(values) // MOST_VALUES))
    return sorted({*values[::every], term.least, term.greatest})


class _Batch:
    """One completion and those near it, as lanes: the first is the completion itself."""

    def __init__(self, base: Assignment, near: Sequence[tuple[str, Assignment]], constraints: Sequence[Node]) -> None:
        self.base = base
        self.changes: list[Change] = [(0, {}), *((0, change) for _, change in near)]
        self.symbols = ["", *(symbol for symbol, _ in near)]
        self.lanes = Lanes([base], self.changes)
        self.cases = self.lanes.all_hold(constraints)

    def outcomes(self, encoded: Encoded, lawful: Node) -> list[tuple[Outcome, int]]:
        """Each outcome that occurs, with the lanes in which it does."""
        cases = self.cases & self.lanes.holds(lawful)
        if not cases:
            return []
        found: list[tuple[Outcome, int]] = [
            (outcome, here) for outcome, node in encoded.finite.items() if (here := self.lanes.holds(node) & cases)
        ]
        if encoded.term is not None:
            term, condition = encoded.term
            there = self.lanes.holds(condition) & cases
            found += [((value,), here & there) for value, here in sorted(self.lanes.values(term).items()) if here & there]
        return found

    def completion(self, lanes: int) -> Assignment:
        """The completion of the first of these lanes."""
        lane = (lanes & -lanes).bit_length() - 1
        return {**self.base, **self.changes[lane][1]}

    def turning(self, encoded: Encoded, lawful: Node) -> set[str]:
        found: set[str] = set()
        parts = self.outcomes(encoded, lawful)
        if not any(here & 1 for _, here in parts):
            return found
        for _, here in parts:
            if here & 1:
                continue
            while here:
                lowest = here & -here
                found.add(self.symbols[lowest.bit_length() - 1])
                here ^= lowest
        return found - {""}


def compared(nodes: Sequence[Node]) -> dict[Node, list[int]]:
    """The values on either side of each constant that a variable is compared with, in order."""
    limits: dict[Node, set[int]] = {}
    seen: set[Node] = set()
    todo = list(nodes)
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        todo.extend(node.parts)
        if node.op in ("le", "eq"):
            for term, other in (node.args, node.args[::-1]):
                if other.op == "int":
                    _limit(term, other.args[0], limits)
        elif node.op == "steps":
            for first, _, _ in node.args[0].pieces(node.parts[0].least, node.parts[0].greatest)[1:]:
                _limit(node.parts[0], first - 1, limits)
        elif node.op == "within":
            for span in node.args[0].between(node.parts[0].least, node.parts[0].greatest):
                for end in span:
                    _limit(node.parts[0], end, limits)
    return {term: sorted(values) for term, values in limits.items()}


def _limit(term: Node, number: int, limits: dict[Node, set[int]]) -> None:
    """The values on either side of a number that a variable (or a day so many days from it) is compared with."""
    shift = term.args[1] if term.op == "add" else 0
    term = term.args[0] if term.op == "add" else term
    if term.op == "ivar":
        limits.setdefault(term, set()).update((number - shift - 1, number - shift, number - shift + 1))
