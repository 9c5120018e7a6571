"""Which outcomes the law allows in a case, what they depend on, and how firm they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from zhunsheng.ask.deciding import contradiction
from zhunsheng.ask.deciding.answers import Asked, all_asked, asked_by_name, duties_asked
from zhunsheng.ask.deciding.explain import reasons, rejections
from zhunsheng.ask.deciding.few_enough import shown_by_few
from zhunsheng.ask.deciding.firmness import Firmness
from zhunsheng.ask.deciding.matters import matters
from zhunsheng.ask.deciding.noticing import known
from zhunsheng.ask.deciding.problems import MOST_PAIRED, Problems, Shared
from zhunsheng.ask.deciding.readings_taken import rests_on
from zhunsheng.ask.deciding.replay import Replayed, as_case, for_reference, refuse_broken, replay
from zhunsheng.ask.deciding.told import told_apart
from zhunsheng.ask.deciding.under import Answered, firmness_of
from zhunsheng.ask.deciding.warned import warnings
from zhunsheng.ask.report import (
    Answer,
    Because,
    Between,
    Decision,
    DependsOn,
    DutyAnswer,
    Possible,
    Rejected,
    Status,
)  # fmt: skip
from zhunsheng.ask.sets import status_of
from zhunsheng.errors import NotShown
from zhunsheng.evaluate import Run
from zhunsheng.lang.case import Case
from zhunsheng.lang.outcome import Failed
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text, Value
from zhunsheng.solve.formula import Node
from zhunsheng.solve.problem import Completion, Encoded, Found, Problem, Span
from zhunsheng.solve.settle import Copies, Question, Settled, settling

Progress = Callable[[str, int, int], None]


def decide(
    pack: Pack,
    case: Case,
    answers: list[str] | None = None,
    open_future: bool = False,
    progress: Progress | None = None,
    *,
    firmness: bool = True,
    shared: Shared | None = None,
) -> Decision:
    """Every answer of a case (or those named), with duties if none is named. Without `firmness`, other readings are not tried.
    Cases of one pack decided one after another may share what is computed for the pack (`shared`).

    Raises `ContradictoryFacts` where the facts cannot all be true, `InputError` for an answer that does not exist.
    """
    deciding = Deciding(pack, case, open_future, with_firmness=firmness, with_assumed=True, shared=shared)
    contradiction.refuse(deciding.problems)
    asked = all_asked(pack, case) if answers is None else asked_by_name(pack, case, answers)
    duties = list(pack.duties) if answers is None else []
    total = len(asked) + len(duties)
    deciding.problems.expect([*asked, *(duties_asked(name)[0] for name in duties)], deciding.defaults)
    given = []
    for number, one in enumerate(asked):
        if progress:
            progress(one.key, number, total)
        given.append(deciding.answer(one))
        deciding.problems.drop()
    owed = []
    for number, name in enumerate(duties):
        if progress:
            progress(name, len(asked) + number, total)
        owed.append(deciding.duty(name))
        deciding.problems.drop()
    solver = {
        "queries": deciding.problems.queries,
        "answers": total,
        "needed": sum(a.needed_solver for a in given) + sum(d.owed.needed_solver for d in owed),
    }
    deciding.problems.release()
    return Decision(case, pack.name, pack.digest, tuple(given), tuple(owed), warnings(pack, case), solver)


@dataclass
class Deciding:
    """One case being decided: what its answers share."""

    pack: Pack
    case: Case
    open_future: bool = False
    with_firmness: bool = True
    with_dependence: bool = True
    with_assumed: bool = False
    shared: Shared | None = None
    beside: Problems | None = None
    problems: Problems = field(init=False)

    def __post_init__(self) -> None:
        self.problems = Problems(self.pack, self.case, self.known_until if self.open_future else None, self.shared, self.beside)
        self.defaults = {
            name: spec.default
            for name, spec in self.pack.readings.items()
            if spec.default is not None and name not in self.case.readings
        }
        self.facts_known = all(known(self.case.facts[name]) for name in (*self.pack.facts, *self.pack.collections))

    @property
    def known_until(self) -> date | None:
        if self.case.known_until is not None:
            return self.case.known_until
        today = self.case.facts.get(self.pack.as_of)
        return today if isinstance(today, date) else None

    # -- one answer

    def answer(self, asked: Asked) -> Answer:
        try:
            few = self.few_enough(asked)
            if few is not None:
                return self._answer(asked, few, "")
            self.problems.refuse_large(asked, self.defaults)
            problem, outside = self.problems.problem(asked, self.defaults)
            return self._answer(asked, problem, outside)
        except NotShown as reason:
            return self._at_least(asked, str(reason))
        finally:
            self.problems.trim()

    def duty(self, name: str) -> DutyAnswer:
        owed, by = duties_asked(name)
        first = self.answer(owed)
        has_day = self.pack.duties[name].by is not None and any(p.outcome is not False for p in first.outcomes)
        return DutyAnswer(name, first, self.answer(by) if has_day else None)

    def _answer(self, asked: Asked, problem: Problem, outside: str) -> Answer:
        before = problem.queries
        encoded = self.problems.encode(problem, asked)
        lawful = problem.lawful(self.problems.cone(asked).choices)
        found = self._first_found(asked, problem)
        if not found:
            return self._unlawful(asked, problem)
        replayed = [self._replayed(asked, problem, each, self.defaults) for each in found]
        outside = outside or ("days beyond the calendar's reach" if problem.constrainer.leaves_reach else "")
        status = status_of([each.outcome for each in found])
        complete = not (outside and self._lists_open(asked))
        several = self.with_dependence and (status is Status.OPEN or len(found) > 1)
        settled = self._settled_by(asked, problem, found) if several else Settled(())
        symbols, surely = ((), settled.symbols) if settled.unfinished else (settled.symbols, ())
        depends = _by_kind(symbols)
        answered = self._under(asked, problem, encoded, lawful, found)
        firmness, untried = self._firmness(answered)
        unfinished = [f"what it depends on: {settled.unfinished}"] * bool(settled.unfinished) + untried
        possible = tuple(
            self._possible(asked, each, done, symbols) for each, done in zip(found, replayed, strict=True)
        )
        if not complete and status is not Status.OPEN:
            status = Status.NOT_SHOWN
        facts_settled = len(found) == 1 or (self.with_dependence and bool(symbols) and not depends.facts)
        because, rejected = self._why(asked, replayed)
        return Answer(
            name=asked.key,
            definition=asked.definition,
            type=self.pack.definitions[asked.definition].type,
            status=status,
            outcomes=possible,
            complete=complete,
            depends_on=depends,
            depends_at_least=_by_kind(surely),
            matters=matters(self.problems, asked, depends.facts, self.defaults) if self.with_firmness else (),
            firm=firmness.firm,
            assumed=self._taken(asked, rests_on(answered, firmness, settled=facts_settled)) if self.with_assumed else {},
            differs_under=firmness.differs_under,
            because=because,
            rejected=rejected,
            provided=self._provided(asked, [each.outcome for each in found]),
            why_not_shown="; ".join([outside] * (status is Status.NOT_SHOWN) + unfinished),
            needed_solver=problem.queries > before,
        )

    def few_enough(self, asked: Asked) -> Problem | None:
        """A problem of a few elements, where many may matter and it is shown that these few show every outcome."""
        if not self.problems.many(asked, self.defaults):
            return None
        few = self.problems.with_few(asked)
        try:
            found = {each.outcome for each in self._first_found(asked, few)}
        except NotShown:
            return None
        values = {outcome for outcome in found if not isinstance(outcome, Span)}
        shown = found == values and bool(found) and shown_by_few(self.problems, asked, self.defaults, few, values)
        return few if shown else None

    def _at_least(self, asked: Asked, reason: str) -> Answer:
        """The outcomes that a few further elements are enough for, where all that may matter are too many to search."""
        problem = self.problems.with_few(asked)
        found: list[Found] = []
        try:
            lawful = problem.lawful(self.problems.cone(asked).choices)
            found = self._found(asked, problem, self.problems.encode(problem, asked), lawful, self.defaults)
        except NotShown:
            found = []
        status = status_of([each.outcome for each in found])
        more: dict[str, Any] = {"complete": False, "firm": "not_shown", "why_not_shown": reason, "needed_solver": True}
        replayed = [self._replayed(asked, problem, each, self.defaults) for each in found]
        more["outcomes"] = tuple(self._possible(asked, each, done, ()) for each, done in zip(found, replayed, strict=True))
        if status is not Status.OPEN:
            return self._bare(asked, Status.NOT_SHOWN, **more)
        because, rejected = self._why(asked, replayed)
        assumed = self._taken(asked, sorted(self.problems.cone(asked).readings & self.defaults.keys()))
        return self._bare(asked, Status.OPEN, because=because, rejected=rejected, assumed=assumed, **more)

    def _bare(self, asked: Asked, status: Status, outcomes: tuple[Possible, ...] = (), **more: Any) -> Answer:
        type_ = self.pack.definitions[asked.definition].type
        return Answer(asked.key, asked.definition, type_, status, outcomes, **more)

    def _unlawful(self, asked: Asked, problem: Problem) -> Answer:
        """The case states a choice that no completion makes lawful: the lawful ones are said instead."""
        lawful: list[Value] = []
        literals = problem.literals(problem.vector(self.defaults))
        for name in sorted(self.problems.cone(asked).choices & set(self.case.choices)):
            for value, condition in problem.constrainer.lawful(name).items():
                if problem.satisfy(condition, *literals) is not None:
                    lawful.append(value)
        return self._bare(asked, Status.UNLAWFUL_CHOICE, lawful=tuple(dict.fromkeys(lawful)))

    # -- outcomes

    def restricted(self, problem: Problem, encoded: Encoded, lawful: Node, readings: Mapping[str, str]) -> tuple[Encoded, Node]:
        vector = problem.vector(readings)
        memo: dict[Node, Node] = self.problems.once(problem, ("restricted", tuple(readings.items())), dict)
        return problem.restrict(encoded, vector, memo), problem.terms.restrict(lawful, vector, memo)

    def _first_found(self, asked: Asked, problem: Problem) -> list[Found]:
        """The outcomes under the default readings; those of an answer that is always the same, where one has been met."""
        type_ = self.pack.definitions[asked.definition].type
        own, question = self._questions(asked, problem)
        if question.lawful is problem.terms.false:
            return []
        put = question.encoded, type_, question.vector, question.lawful
        key = ("outcomes", question.encoded.key(), question.lawful, type_.base)
        found = self.problems.once(problem, key, lambda: problem.outcomes(*put))
        place: dict[object, int] = {outcome: number for number, outcome in enumerate(own.encoded.finite)}
        return sorted(found, key=lambda one: place.get(one.outcome, len(place)))

    def _found(self, asked: Asked, problem: Problem, encoded: Encoded, lawful: Node, readings: Mapping[str, str]) -> list[Found]:
        type_ = self.pack.definitions[asked.definition].type
        narrowed, allowed = self.restricted(problem, encoded, lawful, readings)
        if allowed is problem.terms.false:
            return []
        return problem.outcomes(narrowed, type_, problem.vector(readings), allowed)

    def _replayed(self, asked: Asked, problem: Problem, found: Found, readings: Mapping[str, str]) -> Replayed:
        """The outcome, seen in the reference meaning over a complete case."""
        if found.model is not None:
            completion = problem.complete(found.model, readings)
            return replay(self.pack, completion, asked, found.outcome)
        completion, run = self._plain(problem, readings)
        return replay(self.pack, completion, asked, found.outcome, run)

    def _plain(self, problem: Problem, readings: Mapping[str, str]) -> tuple[Completion, Run]:
        """A complete case for answers that folding settled: the plain one if it is a case at all, else one the solver finds."""
        return self.problems.once(problem, ("plain", tuple(readings.items())), lambda: self._first_plain(problem, readings))

    def _first_plain(self, problem: Problem, readings: Mapping[str, str]) -> tuple[Completion, Run]:
        completion = self._lawfully(problem.complete(None, readings))
        run = Run(self.pack, completion.facts, completion.readings, completion.choices)
        if any(run.assumption(a) for a in self.pack.assumptions):
            model = problem.world(problem.vector(readings)).satisfy()
            completion = self._lawfully(problem.complete(model, readings))
            run = Run(self.pack, completion.facts, completion.readings, completion.choices)
            refuse_broken(self.pack, run, "a completion")
        return completion, run

    def _lawfully(self, completion: Completion) -> Completion:
        """The same completion, each choice the case leaves open made lawfully where that can be."""
        run = Run(self.pack, completion.facts, completion.readings, completion.choices)
        choices = dict(completion.choices)
        for name in self.pack.discretions:
            if name not in self.case.choices and self.facts_known:
                lawful = run.lawful(name)
                choices[name] = lawful[0] if lawful else choices[name]
        return replace(completion, choices=choices)

    # -- what it depends on

    def _settled_by(self, asked: Asked, small: Problem, found: list[Found]) -> Settled:
        copies = self._copies(asked, small)
        models = [each.model for each in found if each.model is not None]
        return settling(copies, self._few(asked, small, copies), self._wide(asked, small, copies, MOST_PAIRED), models)

    def telling(self, asked: Asked, same: Collection[str]) -> tuple[str, ...]:
        """Facts, none of them in `same` (as `depends_on` names them), on which completions with different outcomes differ that
        agree on those and in all readings and choices: one alone, where that is seen; () where there are none. Raises
        `NotShown`."""
        self.problems.refuse_large(asked, self.defaults)
        problem, _ = self.problems.problem(asked, self.defaults)
        models = [each.model for each in self._first_found(asked, problem) if each.model is not None]
        copies = self._copies(asked, problem)
        tied = tuple(one for one in copies.variables if one.removeprefix("facts ") in same or not one.startswith("facts "))
        seen = [one for one in copies.seen(models) if len(one) == 1 and one.isdisjoint(tied)]
        found = seen or self._wide(asked, problem, copies)(tied).untied(tied)
        first = min(found, key=len, default=frozenset[str]())
        return tuple(one.removeprefix("facts ") for one in sorted(first))

    def _few(self, asked: Asked, small: Problem, copies: Copies) -> Callable[[], Copies]:
        def few() -> Copies:
            problem = self.problems.with_fewer(small)
            return copies if problem is small else self._copies(asked, problem)

        return few

    def _wide(
        self, asked: Asked, small: Problem, copies: Copies, most: int | None = None
    ) -> Callable[[tuple[str, ...]], Copies]:
        def wide(tied: tuple[str, ...]) -> Copies:
            problem = self.problems.for_pairs(asked, small, frozenset(tied), self.defaults, most)
            return copies if problem is small else self._copies(asked, problem)

        return wide

    def _copies(self, asked: Asked, problem: Problem) -> Copies:
        _, question = self._questions(asked, problem)
        return self.problems.once(question.problem, ("copies", *question.key()), lambda: Copies(question))

    def _questions(self, asked: Asked, problem: Problem) -> tuple[Question, Question]:
        """An answer under the default readings: as it is, and as the first one met that is always the same."""
        lawful = problem.lawful(self.problems.cone(asked).choices)
        narrowed, allowed = self.restricted(problem, self.problems.encode(problem, asked), lawful, self.defaults)
        vector = problem.vector(self.defaults)
        own = Question(problem, narrowed, vector, allowed)
        if problem.single(narrowed, self.pack.definitions[asked.definition].type) is not None or allowed is problem.terms.false:
            return own, own
        return own, replace(own, encoded=problem.world(vector).first(narrowed, allowed))

    def _lists_open(self, asked: Asked) -> bool:
        return bool(self.problems.cone(asked).collections - self.problems.closed)

    def _possible(self, asked: Asked, found: Found, done: Replayed, symbols: tuple[str, ...]) -> Possible:
        outcome = Between(found.outcome.least, found.outcome.greatest) if isinstance(found.outcome, Span) else found.outcome
        said = done.run.definition(asked.definition, for_reference(asked.args))
        failures = tuple(sorted(said.failures)) if isinstance(said, Failed) else ()
        choices = tuple(sorted(self.problems.cone(asked).choices))
        witness = as_case(self.case, done.completion, choices) if found.model is not None else None
        return Possible(outcome, failures, told_apart(self.pack, self.case, done.completion, symbols), witness)

    # -- firmness, reasons, provisos

    def _firmness(self, answered: Answered) -> tuple[Firmness, list[str]]:
        """How firm an answer is, and why that was not shown, if it was not."""
        if not self.with_firmness:
            return Firmness("not_asked", ()), []
        try:
            return firmness_of(answered), []
        except NotShown as reason:
            return Firmness("not_shown", ()), [f"other readings: {reason}"]

    def _under(self, asked: Asked, problem: Problem, encoded: Encoded, lawful: Node, found: list[Found]) -> Answered:
        def find(other: Problem, here: Encoded, allowed: Node, readings: Mapping[str, str]) -> list[Found]:
            return self._found(asked, other, here, allowed, readings)

        return Answered(self.problems, asked, self.defaults, problem, encoded, lawful, found, find)

    def _taken(self, asked: Asked, rests: Iterable[str]) -> dict[str, str]:
        """The option taken of each reading that the answer rests on, and of those the case states that its rules can consult."""
        stated = self.problems.cone(asked).readings & self.case.readings.keys()
        options, named = {**self.defaults, **self.case.readings}, stated.union(rests)
        return {name: options[name] for name in self.pack.readings if name in named}

    def _why(self, asked: Asked, replayed: list[Replayed]) -> tuple[tuple[Because, ...], tuple[Rejected, ...]]:
        """The reasons of the first outcome's witness; for an answer of several outcomes they are one example."""
        derivation = replayed[0].run.derivation(asked.definition, for_reference(asked.args))
        return reasons(self.pack, self.case, derivation), rejections(self.pack, self.case, derivation)

    def _provided(self, asked: Asked, outcomes: list[Any]) -> tuple[Text, ...]:
        """What an answer about days after `known_until` assumes of the lists that are complete only up to it."""
        limit = self.known_until
        cone = self.problems.cone(asked)
        growing = [c for c in cone.collections if self.pack.collections[c].happens_on and self.case.facts[c].complete]
        if limit is None or self.open_future or not growing:
            return ()
        days = [outcome for outcome in outcomes if isinstance(outcome, date)]
        days += [day for path in self.pack.reference_days if (day := self._reference_day(path, cone.facts)) is not None]
        if not any(day > limit for day in days):
            return ()
        return (
            Text(f"{limit.isoformat()}之后不再发生新的情况", f"nothing further happens after {limit.isoformat()}"),
        )

    def _reference_day(self, path: str, facts: frozenset[str]) -> date | None:
        head, _, rest = path.partition(".")
        if head not in facts:
            return None
        value = self.case.facts[head]
        if rest:
            value = value.get(rest) if isinstance(value, Mapping) else None
        return value if isinstance(value, date) else None


def _by_kind(symbols: tuple[str, ...]) -> DependsOn:
    kinds: dict[str, list[str]] = {"facts": [], "readings": [], "discretion": []}
    for symbol in symbols:
        kind, _, name = symbol.partition(" ")
        kinds[kind].append(name)
    return DependsOn(tuple(kinds["facts"]), tuple(kinds["readings"]), tuple(kinds["discretion"]))
