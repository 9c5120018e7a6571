"""Answers that come to the same thing in every completion: what has been found of one need not be looked for again.

A law asks one question under many names: a duty is owed where an answer is yes, a deadline is that of another answer. Two answers
that no completion looked at tells apart are put to the solver, in one question: whether any completion does.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from zhunsheng.solve.formula import Node

if TYPE_CHECKING:
    from zhunsheng.solve.problem import Encoded, Problem, World


class Twins:
    """The answers met in one world, no two of which are known to be the same. It does not hold that world: what holds
    itself gives its solvers' memory back late."""

    def __init__(self) -> None:
        self._met: dict[Node, list[Encoded]] = {}
        self._firsts: dict[Hashable, Encoded] = {}

    def first(self, world: World, encoded: Encoded, lawful: Node) -> Encoded:
        """The first answer met that has the same outcomes in every completion in which the choices are lawful; this one where
        there is none, or none that is shown to be the same."""
        key = (lawful, encoded.key())
        if key not in self._firsts:
            self._firsts[key] = _first(world, encoded, self._met.setdefault(lawful, []), lawful)
        return self._firsts[key]


def _first(world: World, encoded: Encoded, met: list[Encoded], lawful: Node) -> Encoded:
    for other in met:
        if world.seeded(encoded).tells(encoded, other, lawful):
            continue
        if world.ruled_out(differ(world.problem, encoded, other), lawful):
            return other
    met.append(encoded)
    return encoded


def differ(problem: Problem, left: Encoded, right: Encoded) -> Node:
    """The condition under which two encodings have different outcomes."""
    terms = problem.terms
    parts = []
    for outcome in {**left.finite, **right.finite}:
        here = left.finite.get(outcome, terms.false)
        there = right.finite.get(outcome, terms.false)
        parts += [terms.and_((here, terms.not_(there))), terms.and_((there, terms.not_(here)))]
    if left.term and right.term:
        both = terms.and_((left.term[1], right.term[1]))
        parts.append(terms.and_((both, terms.not_(terms.eq(left.term[0], right.term[0])))))
    if left.term or right.term:
        here = left.term[1] if left.term else terms.false
        there = right.term[1] if right.term else terms.false
        parts += [terms.and_((here, terms.not_(there))), terms.and_((there, terms.not_(here)))]
    return terms.or_(parts)
