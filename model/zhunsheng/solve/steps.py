"""From one completion of a case to another, symbol by symbol, without a solver: which single step changes the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise, permutations

from zhunsheng.solve.formula import Node
from zhunsheng.solve.lanes import Change, Lanes
from zhunsheng.solve.problem import Encoded, Problem
from zhunsheng.solve.sample import compared, options
from zhunsheng.solve.symbols import Assignment

MOST_WALKS = 12
MOST_BASES = 3
"""How many completions are looked at side by side: days that differ in all of them are compared each with each."""


class Steps:
    """An answer over completions: `constraints` are those that bear on it, `variables` those of each symbol it turns on."""

    def __init__(
        self, problem: Problem, encoded: Encoded, constraints: Sequence[Node], variables: Mapping[str, list[Node]]
    ) -> None:
        self.encoded, self.constraints, self.variables = encoded, constraints, variables
        self._free = {symbol: frees for symbol, frees in problem.free().items() if symbol in variables}
        self._presence: dict[str, list[Node]] = {}
        for symbol, condition in problem.symbols.presence.values():
            self._presence.setdefault(f"facts {symbol}", []).append(condition)
        self._limits: dict[Node, list[int]] | None = None

    def indispensable(self, models: Sequence[Assignment]) -> set[str]:
        """Symbols that alone tell two completions with different outcomes apart: found by changing each by itself, then by
        walking from one completion to another."""
        found: set[str] = set()
        for first in range(0, len(models), MOST_BASES):
            found |= self._by_changing(models[first : first + MOST_BASES], found)
            if len(found) == len(self.variables):
                return found
        for step in self._walks(models, list(islice(permutations(range(len(models)), 2), MOST_WALKS))):
            found.update(step if len(step) == 1 else ())
        return found

    def leap(self, start: Assignment, end: Assignment) -> frozenset[str]:
        """The fewest symbols that a walk between two completions with different outcomes takes at once where they change."""
        _, step = min((len(step), step) for step in self._walks((start, end), [(0, 1)]))
        return frozenset(step)

    # -- single changes

    def _by_changing(self, bases: Sequence[Assignment], known: set[str]) -> set[str]:
        changes: list[Change] = [(number, {}) for number in range(len(bases))]
        symbols: list[str] = []
        for symbol in self.variables:
            if symbol in known:
                continue
            for number, base in enumerate(bases):
                for change in self._changes(symbol, base):
                    changes.append((number, change))
                    symbols.append(symbol)
        outcomes = self._outcomes(Lanes(bases, changes), len(changes))
        return {
            symbol
            for symbol, (number, _), outcome in zip(symbols, changes[len(bases) :], outcomes[len(bases) :], strict=True)
            if outcome is not None and outcomes[number] is not None and outcome != outcomes[number]
        }

    def _changes(self, symbol: str, base: Assignment) -> Iterator[Assignment]:
        """Other values of one symbol, each by itself."""
        for condition in self._presence.get(symbol, ()):
            yield {condition: 1 - int(bool(base.get(condition, 0)))}
        if self._limits is None:
            self._limits = compared([*self.encoded.nodes(), *self.constraints])
        for free in self._free[symbol]:
            yield from options(free, self._limits)

    # -- walks

    def _walks(self, models: Sequence[Assignment], ways: Sequence[tuple[int, int]]) -> list[tuple[str, ...]]:
        """The symbols of each step that changes the outcome, of two walks from one completion to another for each of `ways`: in
        the order of the symbols and against it. Steps that leave the cases are taken together with the next.

        All walks are looked at side by side: what takes long is to go through the conditions, not how many lanes there are."""
        walks = []
        bases: list[Change] = []
        together: list[tuple[int, Assignment]] = []
        for start, end in ways:
            moved = self._apart(models[start], models[end])
            for order in (list(moved), list(moved)[::-1]):
                first, last = len(bases), len(bases) + len(order)
                walks.append((first, order))
                bases += [(start, {})] * (len(order) + 1)
                together += [(_from(first + number, last), moved[symbol]) for number, symbol in enumerate(order, start=1)]
        outcomes = self._outcomes(Lanes(models, bases, together), len(bases))
        steps = []
        for first, order in walks:
            here = outcomes[first : first + len(order) + 1]
            cases = [number for number, outcome in enumerate(here) if outcome is not None]
            steps += [tuple(order[a:b]) for a, b in pairwise(cases) if here[a] != here[b]]
        return steps

    def _apart(self, start: Assignment, end: Assignment) -> dict[str, Assignment]:
        """The symbols in which two completions differ, each with what it is at the end."""
        found: dict[str, Assignment] = {}
        for symbol, nodes in self.variables.items():
            moved = {node: there for node in nodes if start.get(node, node.least) != (there := end.get(node, node.least))}
            if moved:
                found[symbol] = moved
        return found

    def _outcomes(self, lanes: Lanes, number: int) -> list[object]:
        """The outcome in each lane, written so that equal ones are equal; None where the lane is no case."""
        found: list[object] = [None] * number
        cases = lanes.all_hold(self.constraints)
        if not cases:
            return found
        parts: list[tuple[object, int]] = [
            (("finite", index), lanes.holds(node)) for index, node in enumerate(self.encoded.finite.values())
        ]
        if self.encoded.term is not None:
            term, condition = self.encoded.term
            where = lanes.holds(condition)
            parts += [(("term", value), here & where) for value, here in lanes.values(term).items()]
        for outcome, where in parts:
            where &= cases
            while where:
                lowest = where & -where
                found[lowest.bit_length() - 1] = outcome
                where ^= lowest
        return found


def _from(first: int, last: int) -> int:
    """The lanes from one to another, both included."""
    return (1 << last + 1) - (1 << first)
