"""How far a term goes from one completion when one of its numbers or days moves, or all days together: seen without a solver.

What is reached can be reached; whether anything lies beyond is for the solver to say, and most often that is all it is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from zhunsheng.solve.formula import Node, support
from zhunsheng.solve.lanes import Lanes
from zhunsheng.solve.symbols import Assignment
from zhunsheng.solve.valued import Valued

SIDE_BY_SIDE = 64
"""How many places are looked at at once: twice finds any of four thousand."""
MOST_ROUNDS = 3
Way = tuple[Node, ...]
"""Variables that move by the same distance, each as far as it can."""


class Climb:
    """A term under conditions that hold in the completions one starts from. `days`: variables that may move together."""

    def __init__(self, term: Node, given: Sequence[Node], days: Collection[Node] = ()) -> None:
        self.term = term
        self.moving = sorted((node for node in support([term]) if node.op == "ivar"), key=lambda node: node.index)
        self._spoken = [(node, support([node])) for node in given]
        everything = set().union(*(speaks for _, speaks in self._spoken))
        alone: list[Way] = [(node,) for node in self.moving]
        together = tuple(sorted(everything.intersection(days), key=lambda node: node.index))
        self._ways = [*alone, together] if len(together) > 1 and not set(self.moving).isdisjoint(together) else alone
        self._given: dict[Way, list[Node]] = {}

    def farthest(self, start: Assignment, *, least: bool) -> tuple[int, Assignment]:
        """The least (greatest) value seen, and a completion that has it."""
        best, model = Valued(start).of(self.term), start
        bound = self.term.least if least else self.term.greatest
        for _ in range(MOST_ROUNDS):
            before = best
            for way in self._ways:
                if best != bound:
                    best, model = self._along(way, best, model, least=least)
            if best in (before, bound):
                break
        return best, model

    def values(self, start: Assignment) -> dict[int, Assignment]:
        """Values the term takes as one number or day moves, each with a completion."""
        found: dict[int, Assignment] = {}
        for moving in self.moving:
            first, last = self._reach((moving,), start)
            tried = _spread(first, last)
            there = [distance for _, distance in self._seen((moving,), start, tried)] or [0]
            closer = _spread(_before(tried, min(there), first), _after(tried, max(there), last))
            for value, distance in self._seen((moving,), start, closer):
                found.setdefault(value, {**start, **_moved((moving,), start, distance)})
        return found

    def _along(self, way: Way, best: int, model: Assignment, *, least: bool) -> tuple[int, Assignment]:
        here = 0
        first, last = self._reach(way, model)
        while True:
            tried = _spread(first, last)
            for value, distance in self._seen(way, model, tried):
                if (value < best) if least else (value > best):
                    best, here = value, distance
            if last - first < SIDE_BY_SIDE:
                return best, {**model, **_moved(way, model, here)}
            first, last = _before(tried, here, first), _after(tried, here, last)

    def _reach(self, way: Way, model: Assignment) -> tuple[int, int]:
        """How far the term's own variables among these can go, down and up."""
        ends = [(node.least - model.get(node, node.least), node.greatest - model.get(node, node.least))
                for node in way if node in self.moving]  # fmt: skip
        return min(first for first, _ in ends), max(last for _, last in ends)

    def _seen(self, way: Way, model: Assignment, distances: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The term's value at each of these distances at which the conditions hold."""
        if way not in self._given:
            self._given[way] = [node for node, speaks in self._spoken if not speaks.isdisjoint(way)]
        lanes = Lanes([model], [(0, _moved(way, model, distance)) for distance in distances])
        where = lanes.all_hold(self._given[way])
        for value, there in lanes.values(self.term).items() if where else ():
            left = there & where
            while left:
                lowest = left & -left
                yield value, distances[lowest.bit_length() - 1]
                left ^= lowest


def _moved(way: Way, model: Assignment, distance: int) -> dict[Node, int]:
    return {node: min(max(model.get(node, node.least) + distance, node.least), node.greatest) for node in way}


def _spread(first: int, last: int) -> list[int]:
    """Numbers from first to last, both among them, evenly apart."""
    step = max(1, -(-(last - first) // (SIDE_BY_SIDE - 1)))
    return [*range(first, last, step), last]


def _before(numbers: Sequence[int], limit: int, otherwise: int) -> int:
    return max((number for number in numbers if number < limit), default=otherwise)


def _after(numbers: Sequence[int], limit: int, otherwise: int) -> int:
    return min((number for number in numbers if number > limit), default=otherwise)
