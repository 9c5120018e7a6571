"""One answer put to other readings: which problem speaks of all of them, and what it has to be asked."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.firmness import Firm, Firmness
from zhunsheng.ask.deciding.problems import Problems
from zhunsheng.ask.report import Between
from zhunsheng.ask.sets import Outcomes, in_order, listed
from zhunsheng.errors import NotShown
from zhunsheng.lang.types import Type
from zhunsheng.solve.formula import Node, support
from zhunsheng.solve.others import Others
from zhunsheng.solve.problem import Encoded, Found, Problem

MOST_SLOTS = 40
"""Where the lists of a case may hold more than this, larger changes of readings than single ones are not looked for."""
MOST_SLOTS_OPEN = 8
"""Where an answer is open and its lists may hold more than this, other readings are not tried: facts come first."""
FACTS_FIRST = "too many lists are unknown to try every reading"
"""Why they are not: no budget ended, they are left until more is known."""
Readings = Mapping[str, str]
Whole = tuple[Problem, Encoded, Node]


@dataclass(frozen=True, eq=False)
class Answered:
    """An answer under the default readings: the problem it was put to, its encoding there, the condition that choices are
    lawful, and the outcomes `found`. `find` searches a problem for every outcome under other readings."""

    problems: Problems
    asked: Asked
    defaults: Readings
    problem: Problem
    encoded: Encoded
    lawful: Node
    found: list[Found]
    find: Callable[[Problem, Encoded, Node, Readings], list[Found]]

    @property
    def type(self) -> Type:
        return self.problems.pack.definitions[self.asked.definition].type

    @property
    def base(self) -> Outcomes:
        return listed(self.found)


def firmness_of(answered: Answered) -> Firmness:
    """How the answer fares under other readings. Raises `NotShown`."""
    base = answered.base
    whole = _whole(answered, base)
    consulted = _consulted(answered, whole) if whole else _perhaps_consulted(answered)

    def judged() -> Firmness:
        under = _Under(answered, base, _others(answered, whole) if whole else None)
        return Firm(
            answered.problems.pack, whole, consulted, answered.defaults, base, under.outcomes, under.agreeing,
            bool(consultable(answered)),
        ).judge()  # fmt: skip

    if whole is None:
        return judged()
    problem, encoded, lawful = whole
    return answered.problems.once(problem, ("firmness", encoded.key(), lawful, base, answered.type, tuple(consulted)), judged)


def _whole(answered: Answered, base: Outcomes) -> Whole | None:
    """A problem that holds for every combination of readings; None where none is within reach. Lists that may hold more may
    need more elements under another reading."""
    problems, asked = answered.problems, answered.asked
    if not problems.cone(asked).collections - problems.closed:
        return _as_first(answered.problem, answered.encoded, answered.lawful)
    needed = problems.needed(asked, {})
    if MOST_SLOTS_OPEN < needed < math.inf and len(base) > 1:
        raise NotShown(FACTS_FIRST)
    if MOST_SLOTS < needed < math.inf:  # not even written down
        return None
    every, outside = problems.problem(asked, {})
    if len(base) > 1 and (_spans(base) or every.slots > MOST_SLOTS_OPEN):
        raise NotShown(FACTS_FIRST)
    if outside or every.slots > MOST_SLOTS:
        return None
    return _as_first(every, problems.encode(every, asked), every.lawful(problems.cone(asked).choices))


def _as_first(problem: Problem, encoded: Encoded, lawful: Node) -> Whole:
    """The first answer met that is the same under every combination of readings."""
    if len(encoded.finite) == 1 and encoded.term is None:
        return problem, encoded, lawful
    return problem, problem.world({}).first(encoded, lawful), lawful


def _others(answered: Answered, whole: Whole) -> Others:
    problem, encoded, lawful = whole
    models = [problem.from_other(each.model) for each in answered.found if each.model is not None]
    return Others(problem, encoded, answered.type, lawful, models, answered.defaults)


def _consulted(answered: Answered, whole: Whole) -> list[str]:
    """The readings with a default, not fixed by the case, that an answer's conditions speak of."""
    problem, encoded, lawful = whole
    variables = support([*encoded.nodes(), lawful]) | problem.spoken_by_assumptions()
    named = problem.variables()
    return [name for name in answered.defaults if any(node in variables for node in named.get(f"readings {name}", []))]


def _perhaps_consulted(answered: Answered) -> list[str]:
    """The same where no problem holds for all of them: the formula under the defaults speaks of a further reading only where it
    has the elements that the reading calls for."""
    spoken = _consulted(answered, (answered.problem, answered.encoded, answered.lawful))
    return [name for name in consultable(answered) if name in spoken or _calls_for_more(answered, name)]


def _calls_for_more(answered: Answered, name: str) -> bool:
    """Whether another option of a reading calls for elements that the problem under the defaults does not have."""
    problems, there = answered.problems, answered.problem.further
    for option in problems.pack.readings[name].options:
        found = problems.bound(answered.asked, {**answered.defaults, name: option.name})
        if found.outside or any(number > there.get(kind, 0) for kind, number in found.slots.items()):
            return True
    return False


def consultable(answered: Answered) -> list[str]:
    """The readings with a default, not fixed by the case, that the rules of an answer and the assumptions can consult at all."""
    problems = answered.problems
    there = problems.cone(answered.asked).readings | problems.assumptions.readings
    return [name for name in answered.defaults if name in there]


@dataclass(frozen=True, eq=False)
class _Under:
    """What is asked of an answer under other readings. `others` is None where no problem holds for all of them."""

    answered: Answered
    base: Outcomes
    others: Others | None

    def outcomes(self, readings: Readings) -> Outcomes:
        """Every outcome under these readings."""
        here = self.others or self._apart(readings)
        problem, vector = here.problem, here.problem.vector(readings)
        if _spans(self.base) and problem.same(here.encoded, self.answered.found, vector, here.lawful):
            return self.base
        found = here.outcomes(readings)
        if found is None:
            return listed(self.answered.find(problem, here.encoded, here.lawful, readings))
        return in_order(found)

    def agreeing(self, changes: Sequence[Readings], *, proved: bool) -> set[int]:
        """The changes, by their place, under which the outcomes are those of the base: proved, or as far as is seen."""
        if self.others is None or _spans(self.base):
            return set()
        vectors = [{**self.answered.defaults, **change} for change in changes]
        return self.others.agreeing([one for one in self.base if not isinstance(one, Between)], vectors, proved=proved)

    def _apart(self, readings: Readings) -> Others:
        """The answer put to the problem that holds for these readings alone."""
        problems, asked = self.answered.problems, self.answered.asked
        problems.refuse_large(asked, readings)
        problem, outside = problems.problem(asked, readings)
        if outside:
            raise NotShown(outside)
        lawful = problem.lawful(problems.cone(asked).choices)
        return Others(problem, problems.encode(problem, asked), self.answered.type, lawful, (), self.answered.defaults)


def _spans(base: Outcomes) -> bool:
    return any(isinstance(outcome, Between) for outcome in base)
