"""A complete case in which an answer is not yes, with what is known of a case: the plainest one first, then such as hold few
further elements, and only then any at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.problems import Problems
from zhunsheng.ask.deciding.replay import Replayed, as_case, for_reference, refuse_broken
from zhunsheng.ask.settling.possibilities import Possibilities
from zhunsheng.ask.settling.spans import Looker
from zhunsheng.certify import kernel
from zhunsheng.errors import Disagreement, NotShown
from zhunsheng.evaluate import Run
from zhunsheng.lang.case import Case
from zhunsheng.lang.outcome import strongest
from zhunsheng.solve.formula import Node
from zhunsheng.solve.problem import Problem


def refuted(looker: Looker, possibilities: Possibilities, facts: Mapping[str, Any], asked: Asked) -> Case | None:
    """A complete case with these facts in which a yes/no answer is not yes; the case as it stands where it is not yes whatever is
    not known; None where it surely is. Raises `NotShown`."""
    case = replace(looker.case, facts=facts)
    if not looker.open_future:
        may = _possible(looker, possibilities, case, asked)
        if may is not None and True not in may.atoms:
            return case
        if may is not None and may.atoms == {True} and not may.fails:
            return None
    problems = Problems(looker.pack, case, looker.after, looker.shared)
    try:
        return _Refuting(looker, problems, asked).found()
    finally:
        problems.release()


def _possible(looker: Looker, possibilities: Possibilities, case: Case, asked: Asked) -> kernel.Possible | None:
    """What a condition may come to whatever is not known: nothing else, and perhaps not all of it."""
    condition = looker.pack.definitions[asked.definition].otherwise
    return None if condition is None else possibilities.may_be(case, condition)


class _Refuting:
    """One answer of one case, put to one problem after another, each larger than the one before."""

    def __init__(self, looker: Looker, problems: Problems, asked: Asked) -> None:
        self.problems, self.asked, self.case = problems, asked, problems.case
        self.defaults = {name: option for name, option in looker.defaults.items() if name not in looker.case.readings}
        self.choices = problems.cone(asked).choices

    def found(self) -> Case | None:
        for problem in self._small():
            found = self._in(problem)
            if found is not None:
                return found
        self.problems.refuse_large(self.asked, self.defaults)
        problem, outside = self.problems.problem(self.asked, self.defaults)
        found = self._in(problem)
        if found is None and outside:
            raise NotShown(outside)
        return found

    def _small(self) -> Iterator[Problem]:
        """What these find is a case like any other; that they find none says nothing."""
        lists = sorted(self.problems.cone(self.asked).collections - self.problems.closed)
        for number in (0, 1) if lists else (0,):
            yield self.problems.with_slots(dict.fromkeys(lists, number))

    def _in(self, problem: Problem) -> Case | None:
        """The case of such a kind that this problem has. Raises `NotShown`."""
        terms, vector, memo = problem.terms, problem.vector(self.defaults), dict[Node, Node]()
        encoded = problem.restrict(self.problems.encode(problem, self.asked), vector, memo)
        lawful = terms.restrict(problem.lawful(self.choices), vector, memo)
        other = terms.not_(encoded.finite.get(True, terms.false))
        if terms.and_((other, lawful)) is terms.false:
            return None
        model = self._plainly(problem, other, lawful) or problem.world(vector).satisfy(other, lawful)
        if model is None:
            return None
        done = self._replayed(problem, model)
        return as_case(self.case, done.completion, tuple(sorted(self.choices)))

    def _plainly(self, problem: Problem, *conditions: Node) -> Mapping[Node, int] | None:
        """Everything at its plain value, where that is a case of such a kind."""
        plain = problem.plain()
        valued = (problem.valuation(node, plain) for node in (*problem.constraints(), *conditions))
        return plain if all(valued) else None

    def _replayed(self, problem: Problem, model: Mapping[Node, int]) -> Replayed:
        completion = problem.complete(model, self.defaults)
        run = Run(problem.pack, completion.facts, completion.readings, completion.choices)
        refuse_broken(problem.pack, run, self.asked.key)
        outcome = strongest(run.definition(self.asked.definition, for_reference(self.asked.args)))
        if outcome is True:
            raise Disagreement(f"{self.asked.key}: in a case in which the solver has it fail, the reference meaning says yes")
        return Replayed(run, completion, outcome)
