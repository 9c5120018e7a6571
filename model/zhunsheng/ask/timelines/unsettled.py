"""An answer along time where facts are missing: put to the solver, its day left open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from zhunsheng.ask.certifying.atoms import atoms_of
from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.deciding.replay import replay
from zhunsheng.ask.report import Answer, Between, Possible, Status
from zhunsheng.ask.sets import in_order
from zhunsheng.ask.settling.fitted import with_few
from zhunsheng.ask.timelines.stretches import first_stretch
from zhunsheng.ask.timelines.timeline_report import Span
from zhunsheng.certify import kernel
from zhunsheng.errors import Incomplete, NotShown
from zhunsheng.evaluate import Run
from zhunsheng.lang.case import Case
from zhunsheng.lang.outcome import FailureKind, strongest
from zhunsheng.lang.types import Value
from zhunsheng.solve.formula import Node
from zhunsheng.solve.problem import Completion, Encoded, Problem, World

ONE_DAY = timedelta(days=1)
MOST_QUERIES = 400
"""Of the solver's, for one answer: what is left of the time asked for is then not shown."""
BUDGET = "the budget of computing ended before these days"
SPREAD = "missing facts leave a day or a number open, and its ends were not followed day by day"


@dataclass
class Unsettled:
    """A stretch on which facts are missing, put to the solver."""

    deciding: Deciding
    loaded: kernel.Pack
    definition: str
    asked: Callable[[date], Asked]
    runs: dict[date, tuple[Run, ...]]
    queries: int = 0

    def between(self, first: date, last: date) -> list[Span]:
        found: list[Span] = []
        day = first
        while day <= last:
            span = self._from(day, last)
            found.append(span)
            day = span.last + ONE_DAY
        return found

    def _from(self, day: date, last: date) -> Span:
        """The span that begins on this day."""
        if self.queries > MOST_QUERIES:
            return Span(day, last, Status.NOT_SHOWN, (), why_not_shown=BUDGET)
        answer = self.deciding.answer(self.asked(day))
        outcomes = in_order(one.outcome for one in answer.outcomes)
        why = answer.why_not_shown if answer.status is Status.NOT_SHOWN or not answer.complete else ""
        if any(isinstance(one, Between) for one in outcomes):
            why = why or SPREAD
        if why:
            return Span(day, last, Status.NOT_SHOWN, outcomes, why_not_shown=why)
        if answer.status is Status.UNLAWFUL_CHOICE:
            return Span(day, last, answer.status, ())
        try:
            end = self._until(answer, day, last)
        except NotShown:
            end = day
        self.runs[day] = tuple(self._runs(answer))
        return Span(day, end, answer.status, outcomes, answer.depends_on, answer.because)

    def _runs(self, answer: Answer) -> Iterator[Run]:
        for one in answer.outcomes:
            if one.witness is not None:
                choices = {name: made.value for name, made in one.witness.choices.items()}
                yield Run(self.deciding.pack, one.witness.facts, one.witness.readings, choices)

    # -- how long it stays so

    def _until(self, answer: Answer, day: date, last: date) -> date:
        """The last day up to which the outcomes stay those of the first. Raises `NotShown`."""
        if day == last:
            return day
        found = [one.outcome for one in answer.outcomes if not isinstance(one.outcome, Between)]
        along = self._along(day, last)
        self.queries += 1
        end = along.before_any_other(found, day)
        several = [one for one in answer.outcomes if len(found) > 1]
        shown = [(self._at_first(one, day, end), number) for number, one in enumerate(several)]
        for here, number in sorted(shown):  # that which is shown on the fewest days first: the others need not go beyond it
            end = min(end, self._shown(along, several[number].outcome, day, here, end))
        return end

    def _at_first(self, possible: Possible, day: date, last: date) -> date:
        """The last day up to which the case that shows an outcome on the first day shows it: without what it has in excess, as
        what happens later mostly is."""
        if possible.witness is None or isinstance(possible.outcome, Between):
            return day
        witness, outcome = _completion(possible.witness), possible.outcome
        stated = {name: len(self.deciding.case.facts[name].elements) for name in self.deciding.pack.collections}

        def still(facts: Mapping[str, Any]) -> bool:
            return self._comes_to(replace(witness, facts=facts), outcome, day)

        return self._covered(replace(witness, facts=with_few(witness.facts, stated, still)), outcome, day, last)

    def _comes_to(self, witness: Completion, outcome: Value | FailureKind, day: date) -> bool:
        """Whether this is a case, and comes to an outcome on a day."""
        pack = self.deciding.pack
        run = Run(pack, witness.facts, witness.readings, witness.choices)
        try:
            if not same(strongest(run.definition(self.definition, (day,))), outcome):
                return False
            choices = self.deciding.problems.cones.definition(self.definition).choices
            lawful = all(witness.choices[name] in run.lawful(name) for name in choices)
            return lawful and not any(run.assumption(one) for one in pack.assumptions)
        except (Incomplete, KeyError):
            return False

    def _shown(self, along: Along, outcome: Value | FailureKind | Between, first: date, shown: date, last: date) -> date:
        """The last day up to which cases show that an outcome occurs on every day, as one does up to the day `shown`. Raises
        `NotShown`.

        A case is looked for that comes to it on days far apart, so that one case shows as many days as it can; where there is
        none, on days less far apart, and then from there."""
        if isinstance(outcome, Between):
            raise TypeError("the ends of a span of days are not followed")
        day, apart = shown + ONE_DAY, last - first
        while day <= last and self.queries <= MOST_QUERIES:
            self.queries += 1
            end = min(last, day + apart)
            witness = along.witness(outcome, (day, day + (end - day) // 2, end))
            if witness is not None:
                shown = self._covered(witness, outcome, day, min(last, end + apart + ONE_DAY))
                day, apart = shown + ONE_DAY, 2 * (shown - day) + ONE_DAY
            elif end > day:
                apart = (end - day) // 2
            else:
                break
        return max(first, day - ONE_DAY)

    def _covered(self, witness: Completion, outcome: Value | FailureKind, day: date, last: date) -> date:
        """The last day up to which one complete case comes to the outcome, from this day on."""
        pack = self.deciding.pack
        world = kernel.World(self.loaded, atoms_of(pack, witness.facts, witness.readings, self._lawful(witness)))
        run = Run(pack, witness.facts, witness.readings, witness.choices)

        def likely(there: date) -> Value | FailureKind:
            return strongest(run.definition(self.definition, (there,)))

        first = first_stretch(self.loaded, [world], self.definition, day, last, likely)
        return first.last if first.exact and same(likely(first.last), outcome) else day

    def _lawful(self, witness: Completion) -> Mapping[str, Value]:
        run = Run(self.deciding.pack, witness.facts, witness.readings, witness.choices)
        return {name: value for name, value in witness.choices.items() if value in run.lawful(name)}

    def _along(self, first: date, last: date) -> Along:
        """The problem of the first day, its day left open. How many elements can matter is the same on every day."""
        deciding, asked = self.deciding, self.asked(first)
        problem, _ = deciding.problems.problem(asked, deciding.defaults)
        least, greatest = (end.toordinal() for end in deciding.pack.horizon)
        day = problem.terms.ivar("the day along time", least, greatest)
        type_ = deciding.pack.definitions[self.definition].type
        encoded = problem.outcomes_of(problem.constrainer.definition(self.definition, (day,)), type_)
        vector = problem.vector(deciding.defaults)
        lawful = problem.lawful(deciding.problems.cone(asked).choices)
        return Along(
            deciding, self.asked, problem, problem.world(vector), day, problem.restrict(encoded, vector, {}),
            problem.terms.restrict(lawful, vector, {}), last,
        )  # fmt: skip


def _completion(case: Case) -> Completion:
    """A complete case as the solver gives it."""
    return Completion(case.facts, case.readings, {name: made.value for name, made in case.choices.items()})


@dataclass(frozen=True)
class Along:
    """An answer put to the solver with its day left open, between two days."""

    deciding: Deciding
    asked: Callable[[date], Asked]
    problem: Problem
    world: World
    day: Node
    encoded: Encoded
    lawful: Node
    last: date

    def before_any_other(self, outcomes: Sequence[Value | FailureKind], first: date) -> date:
        """The day before the first after `first` on which anything but these outcomes is possible; else the last day."""
        terms = self.problem.terms
        other = terms.not_(terms.or_(self._comes_to(one) for one in outcomes))
        wanted = (other, self.lawful, terms.lt(self._number(first), self.day), terms.le(self.day, self._number(self.last)))
        if not self.world.possible(*wanted):
            return self.last
        return date.fromordinal(self.problem.extreme(self.day, wanted, least=True, world=self.world)[0]) - ONE_DAY

    def witness(self, outcome: Value | FailureKind, days: Sequence[date]) -> Completion | None:
        """A complete case that comes to an outcome on each of these days, run through the reference meaning; None where there is
        none."""
        terms, condition = self.problem.terms, self._comes_to(outcome)
        wanted = [terms.restrict(condition, {self.day: self._number(day)}, {}) for day in dict.fromkeys(days)]
        model = self.world.satisfy(*wanted, self.lawful)
        if model is None:
            return None
        completion = self.problem.complete(model, self.deciding.defaults)
        for day in days:
            replay(self.deciding.pack, completion, self.asked(day), outcome)
        return completion

    def _comes_to(self, outcome: Value | FailureKind) -> Node:
        terms = self.problem.terms
        found = [condition for one, condition in self.encoded.finite.items() if same(one, outcome)]
        if self.encoded.term is not None and isinstance(outcome, int | date) and not isinstance(outcome, bool):
            term, condition = self.encoded.term
            number = outcome.toordinal() if isinstance(outcome, date) else outcome
            found.append(terms.and_((condition, terms.eq(term, terms.number(number)))))
        return terms.or_(found)

    def _number(self, day: date) -> Node:
        return self.problem.terms.number(day.toordinal())


def same(a: Value | FailureKind, b: Value | FailureKind) -> bool:
    return type(a) is type(b) and a == b
