"""Many assignments looked at side by side, without a solver: a condition is a number with one bit for each of them.

What takes a solver milliseconds takes one pass over the nodes here, however many assignments there are. It can show that an
outcome occurs or that a change changes it, never that nothing does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import accumulate
from operator import or_
from typing import Any

from zhunsheng.solve.formula import Node
from zhunsheng.solve.symbols import Assignment

Change = tuple[int, Assignment]
"""Which assignment is changed, and the variables that take other values."""


class Lanes:
    """`changes`, each made to one of the assignments `bases`. Variables of which nothing is said take their least value (false).

    Lane i is the i-th change: bit i of a condition, and of the lanes in which a term has a certain value. `together`: further
    changes, each made in several lanes, to variables that nothing else changes in these."""

    def __init__(
        self, bases: Sequence[Assignment], changes: Sequence[Change], together: Iterable[tuple[int, Assignment]] = ()
    ) -> None:
        self.bases = bases
        self.full = (1 << len(changes)) - 1
        self._of_base = [0] * len(bases)
        self._changed: dict[Node, list[tuple[int, int]]] = {}
        for lane, (base, change) in enumerate(changes):
            self._of_base[base] |= 1 << lane
            for node, value in change.items():
                self._changed.setdefault(node, []).append((1 << lane, value))
        for where, change in together:
            for node, value in change.items():
                self._changed.setdefault(node, []).append((where, value))
        self._conditions: dict[Node, int] = {}
        self._terms: dict[Node, dict[int, int]] = {}
        self._steps: dict[Node, tuple[list[int], list[int]]] = {}  # the values of a term, and the lanes up to each

    def holds(self, node: Node) -> int:
        """The lanes in which a condition holds."""
        found = self._conditions.get(node)
        if found is None:
            self._settle(node)
            found = self._conditions[node]
        return found

    def all_hold(self, nodes: Iterable[Node]) -> int:
        """The lanes in which every one of these conditions holds."""
        left = self.full
        for node in nodes:
            if not left:
                break
            left &= self.holds(node)
        return left

    def values(self, node: Node) -> Mapping[int, int]:
        """Each value that a term has, with the lanes in which it has it."""
        self._settle(node)
        return self._terms[node]

    def _settle(self, node: Node) -> None:
        conditions, terms = self._conditions, self._terms
        todo = [node]
        while todo:
            here = todo[-1]
            if here in conditions or here in terms:
                todo.pop()
                continue
            missing = [part for part in here.parts if part not in conditions and part not in terms]
            if missing:
                todo += missing
                continue
            self._step(here)
            todo.pop()

    def _step(self, node: Node) -> None:
        args, conditions = node.args, self._conditions
        match node.op:
            case "var":
                conditions[node] = self._variable(node).get(1, 0)
            case "not":
                conditions[node] = self.full ^ conditions[args[0]]
            case "and":
                mask = self.full
                for arg in args:
                    mask &= conditions[arg]
                conditions[node] = mask
            case "or":
                mask = 0
                for arg in args:
                    mask |= conditions[arg]
                conditions[node] = mask
            case "true" | "false":
                conditions[node] = self.full if node.op == "true" else 0
            case "le" | "eq":
                conditions[node] = self._compared(node.op, args[0], args[1])
            case "within":
                here = (lanes for value, lanes in self._terms[args[1]].items() if args[0].holds(value))
                conditions[node] = reduce(or_, here, 0)
            case _:
                self._terms[node] = self._term(node)

    def _compared(self, op: str, left: Node, right: Node) -> int:
        if op == "le" and right.op == "int":
            return self._up_to(left, right.args[0])
        if op == "le" and left.op == "int":
            return self.full ^ self._up_to(right, left.args[0] - 1)
        found = 0
        for a, here in self._terms[left].items():
            if op == "eq":
                found |= here & self._terms[right].get(a, 0)
            else:
                found |= here & (self.full ^ self._up_to(right, a - 1))
        return found

    def _up_to(self, term: Node, most: int) -> int:
        """The lanes in which a term is at most so much."""
        if term not in self._steps:
            values = sorted(self._terms[term].items())
            self._steps[term] = [value for value, _ in values], [0, *accumulate((lanes for _, lanes in values), or_)]
        numbers, lanes = self._steps[term]
        return lanes[bisect_right(numbers, most)]

    def _term(self, node: Node) -> dict[int, int]:
        args: tuple[Any, ...] = node.args
        match node.op:
            case "int":
                return {args[0]: self.full}
            case "ivar":
                return self._variable(node)
            case "add":
                return {value + args[1]: lanes for value, lanes in self._terms[args[0]].items()}
            case "scale":
                return _joined((value * args[1], lanes) for value, lanes in self._terms[args[0]].items())
            case "steps":
                return _joined((args[0].at(value), lanes) for value, lanes in self._terms[args[1]].items())
            case "sum":
                left, right, sign = self._terms[args[0]], self._terms[args[1]], args[2]
                return _joined((a + sign * b, here & there) for a, here in left.items() for b, there in right.items())
            case _:
                where = self._conditions[args[0]]
                then, other = self._terms[args[1]], self._terms[args[2]]
                pieces = [(value, lanes & where) for value, lanes in then.items()]
                return _joined([*pieces, *((value, lanes & ~where) for value, lanes in other.items())])

    def _variable(self, node: Node) -> dict[int, int]:
        """The values of a variable, each with its lanes."""
        pieces = []
        changed = 0
        for lane, value in self._changed.get(node, ()):
            pieces.append((value, lane))
            changed |= lane
        pieces += [
            (base.get(node, node.least), lanes & ~changed) for base, lanes in zip(self.bases, self._of_base, strict=True)
        ]
        return _joined(pieces)


def _joined(pieces: Iterable[tuple[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for value, lanes in pieces:
        if lanes:
            found[value] = found.get(value, 0) | lanes
    return found
