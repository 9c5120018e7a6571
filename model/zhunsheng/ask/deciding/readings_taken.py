"""Which readings an answer rests on: those that a case takes as the pack has them by default, and of which another option could
make a difference.

A reading makes a difference where two completions that differ in its option alone have different outcomes, or where a choice that
bears on the answer is lawful under one option and not under another. That is worked out from the formula of the answer, not from
the cases that happened to be found for it: so it is the same whichever those are. Of an answer that missing facts leave open, all
readings that its formula speaks of are told: which of them will matter is worth working out once the facts are known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zhunsheng.ask.deciding.firmness import Firmness
from zhunsheng.ask.deciding.under import MOST_SLOTS_OPEN, Answered, consultable
from zhunsheng.ask.report import Between
from zhunsheng.errors import NotShown
from zhunsheng.solve.formula import Node, support
from zhunsheng.solve.problem import Encoded, Problem
from zhunsheng.solve.twins import differ


def rests_on(answered: Answered, firmness: Firmness, *, settled: bool) -> list[str]:
    """The readings, in the pack's order, that an answer rests on; `settled`: no missing fact leaves it open. Where it is not
    shown that one makes no difference, it is among them: none that can make one is ever left out."""
    names = consultable(answered)
    if firmness.firm == "every" and len(answered.found) == 1 and not isinstance(answered.base[0], Between):
        return []  # one outcome, in every completion under all of them
    problem = _for_two(answered, names)
    if problem is None:
        return names
    spoken = _spoken_of(answered, problem, names)
    if not settled or problem.slots > MOST_SLOTS_OPEN:
        return spoken
    told = {name for one in firmness.differs_under for name in one.readings}
    unsure = [name for name in spoken if name not in told and name not in answered.problems.assumptions.readings]
    idle = set(unsure).difference(_differences(answered, problem, unsure)) if unsure else set()
    return [name for name in spoken if name not in idle]


def _for_two(answered: Answered, names: Iterable[str]) -> Problem | None:
    """A problem with elements enough for two completions that differ in these readings; None where none is within reach."""
    problems, asked = answered.problems, answered.asked
    if not problems.cone(asked).collections - problems.closed:
        return answered.problem
    return problems.under_two(asked, frozenset(names), MOST_SLOTS_OPEN)


def _spoken_of(answered: Answered, problem: Problem, names: Iterable[str]) -> list[str]:
    """Those that the formula of the answer still speaks of once the facts of the case are put in."""
    encoded, lawful = _formula(answered, problem)
    variables = support([*encoded.nodes(), lawful]) | problem.spoken_by_assumptions()
    named = problem.variables()
    return [name for name in names if not variables.isdisjoint(named.get(f"readings {name}", ()))]


def _formula(answered: Answered, problem: Problem) -> tuple[Encoded, Node]:
    problems, asked = answered.problems, answered.asked
    if problem is answered.problem:
        return answered.encoded, answered.lawful
    return problems.encode(problem, asked), problem.lawful(problems.cone(asked).choices)


def _differences(answered: Answered, problem: Problem, names: list[str]) -> tuple[str, ...]:
    """Those of these readings that make a difference, or of which it is not shown that they make none."""
    encoded, lawful = _formula(answered, problem)
    choosing = _bears_on(answered, problem, encoded)
    key = ("rests", encoded.key(), lawful, choosing, tuple(names))
    return answered.problems.once(problem, key, lambda: _Two(answered, problem, encoded, lawful, choosing).differing(names))


def _bears_on(answered: Answered, problem: Problem, encoded: Encoded) -> bool:
    """Whether what an authority chooses bears on the answer."""
    choices = answered.problems.cone(answered.asked).choices
    if choices & answered.problems.case.choices.keys():
        return True
    variables, named = support(encoded.nodes()), problem.variables()
    return any(not variables.isdisjoint(named.get(f"discretion {name}", ())) for name in choices)


@dataclass(frozen=True, eq=False)
class _Two:
    """An answer in two completions that differ in one reading."""

    answered: Answered
    problem: Problem
    encoded: Encoded
    lawful: Node
    choosing: bool

    def differing(self, names: Iterable[str]) -> tuple[str, ...]:
        left = {name: node for name in names if (node := self._differs(name)) is not self.problem.terms.false}
        found: list[str] = []
        while left:
            try:
                model = self.problem.satisfy(self.problem.terms.or_(left.values()))
            except NotShown:
                return (*found, *left)
            if model is None:
                break
            shown = [name for name, node in left.items() if self.problem.valuation(node, model)]
            found += shown
            for name in shown:
                del left[name]
        return tuple(found)

    def _differs(self, name: str) -> Node:
        """The condition that a change of this reading alone makes a difference."""
        terms = self.problem.terms
        options = self.problem.pack.readings[name].options
        first, *others = [self._under(name, option.name) for option in options]
        return terms.or_(self._apart(first, other) for other in others)

    def _under(self, name: str, option: str) -> tuple[Encoded, Node]:
        vector = self.problem.vector({name: option})
        memo: dict[Node, Node] = self.answered.problems.once(self.problem, ("restricted", name, option), dict)
        return self.problem.restrict(self.encoded, vector, memo), self.problem.terms.restrict(self.lawful, vector, memo)

    def _apart(self, one: tuple[Encoded, Node], other: tuple[Encoded, Node]) -> Node:
        terms = self.problem.terms
        apart = differ(self.problem, one[0], other[0])
        if not self.choosing:
            return apart
        here, there = one[1], other[1]
        only = (terms.and_((here, terms.not_(there))), terms.and_((there, terms.not_(here))))
        return terms.or_((terms.and_((apart, here, there)), *only))
