"""Answers that are one and the same in two cases, seen from their formulas alone: nothing is asked of a solver."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.errors import NotShown
from zhunsheng.solve.formula import Node, support
from zhunsheng.solve.problem import Problem


@dataclass(frozen=True)
class Formula:
    """All that the outcomes of an answer come from: the conditions under which it has each, and the constraints that tie the
    symbols they speak of. `names`: those that the case states, which formulas call by number."""

    outcomes: object
    names: tuple[str, ...]
    lawful: Node
    tied: frozenset[Node]
    outside: str


@dataclass(frozen=True)
class Alike:
    """Two cases of one pack; the problems of `after` are made beside those of `before`, so that equal formulas are one node."""

    before: Deciding
    after: Deciding

    def among(self, asked: Sequence[Asked]) -> set[Asked]:
        """Those that come to the same, depend on the same and are as complete on both sides."""
        return {one for one in asked if self._same(one)}

    def _same(self, asked: Asked) -> bool:
        try:
            here, there = (_formula(side, asked) for side in (self.before, self.after))
        except NotShown:
            return False
        return here == there


def _formula(deciding: Deciding, asked: Asked) -> Formula:
    problems, defaults = deciding.problems, deciding.defaults
    problems.refuse_large(asked, defaults)
    problem, outside = problems.problem(asked, defaults)
    encoded = problems.encode(problem, asked)
    narrowed, lawful = deciding.restricted(problem, encoded, problem.lawful(problems.cone(asked).choices), defaults)
    outside = outside or ("reach" if problem.constrainer.leaves_reach else "")
    tied = _tied(problem, [*narrowed.nodes(), lawful])
    return Formula(narrowed.key(), tuple(problem.symbols.texts), lawful, tied, outside)


def _tied(problem: Problem, nodes: Iterable[Node]) -> frozenset[Node]:
    """The constraints that speak of these symbols, or of symbols that such a constraint speaks of, and so on."""
    spoken, left, found = support(nodes), list(problem.spoken()), set[Node]()
    while met := [pair for pair in left if pair[1] & spoken]:
        left = [pair for pair in left if not pair[1] & spoken]
        for node, speaks in met:
            found.add(node)
            spoken |= speaks
    return frozenset(found)
