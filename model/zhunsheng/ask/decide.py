"""Which outcomes the law allows in a case, what they depend on, and how firm they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from zhunsheng.ask import contradiction
from zhunsheng.ask.answers import Asked, all_asked, asked_by_name, duties_asked
from zhunsheng.ask.explain import fact_type, reasons, rejections, written
from zhunsheng.ask.firmness import Firm, Firmness, Outcomes
from zhunsheng.ask.matters import matters
from zhunsheng.ask.problems import Problems
from zhunsheng.ask.replay import Replayed, as_case, for_reference, refuse_broken, replay
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
from zhunsheng.errors import NotShown
from zhunsheng.evaluate import Run
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.outcome import Failed, FailureKind, strongest
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Special, Text, Value
from zhunsheng.solve.formula import Node, support
from zhunsheng.solve.problem import Completion, Encoded, Found, Problem, Span
from zhunsheng.solve.settle import Question, settling
from zhunsheng.solve.symbols import Assignment

MOST_SLOTS = 40
"""Where the lists of a case may hold more than this, larger changes of readings than single ones are not looked for."""
MOST_SLOTS_OPEN = 8
"""Where an answer is open and its lists may hold more than this, other readings are not tried: facts come first."""
Progress = Callable[[str, int, int], None]


def decide(
    pack: Pack,
    case: Case,
    answers: list[str] | None = None,
    open_future: bool = False,
    progress: Progress | None = None,
    *,
    firmness: bool = True,
) -> Decision:
    """Every answer of a case (or those named), with duties if none is named. Without `firmness`, other readings are not tried.

    Raises `ContradictoryFacts` where the facts cannot all be true, `InputError` for an answer that does not exist.
    """
    deciding = Deciding(pack, case, open_future, with_firmness=firmness)
    contradiction.refuse(deciding.problems)
    asked = all_asked(pack, case) if answers is None else asked_by_name(pack, case, answers)
    duties = list(pack.duties) if answers is None else []
    total = len(asked) + len(duties)
    given = []
    for number, one in enumerate(asked):
        if progress:
            progress(one.key, number, total)
        given.append(deciding.answer(one))
    owed = []
    for number, name in enumerate(duties):
        if progress:
            progress(name, len(asked) + number, total)
        owed.append(deciding.duty(name))
    solver = {
        "queries": deciding.problems.queries,
        "answers": total,
        "needed": sum(a.needed_solver for a in given) + sum(d.owed.needed_solver for d in owed),
    }
    return Decision(case, pack.name, pack.digest, tuple(given), tuple(owed), solver=solver)


@dataclass
class Deciding:
    """One case being decided: what its answers share."""

    pack: Pack
    case: Case
    open_future: bool = False
    with_firmness: bool = True
    with_dependence: bool = True
    problems: Problems = field(init=False)
    _runs: dict[tuple[Any, ...], tuple[Completion, Run]] = field(default_factory=dict)
    _memos: dict[Any, dict[Node, Node]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.problems = Problems(self.pack, self.case, self.known_until if self.open_future else None)
        self.defaults = {
            name: spec.default
            for name, spec in self.pack.readings.items()
            if spec.default is not None and name not in self.case.readings
        }
        self.facts_known = all(_known(self.case.facts[name]) for name in (*self.pack.facts, *self.pack.collections))

    @property
    def known_until(self) -> date | None:
        if self.case.known_until is not None:
            return self.case.known_until
        today = self.case.facts.get(self.pack.as_of)
        return today if isinstance(today, date) else None

    # -- one answer

    def answer(self, asked: Asked) -> Answer:
        problem, outside = self.problems.problem(asked, self.defaults)
        try:
            return self._answer(asked, problem, outside)
        except NotShown as reason:
            return self._bare(asked, Status.NOT_SHOWN, complete=False, why_not_shown=str(reason), needed_solver=True)

    def duty(self, name: str) -> DutyAnswer:
        owed, by = duties_asked(name)
        first = self.answer(owed)
        has_day = self.pack.duties[name].by is not None and any(p.outcome is not False for p in first.outcomes)
        return DutyAnswer(name, first, self.answer(by) if has_day else None)

    def _answer(self, asked: Asked, problem: Problem, outside: str) -> Answer:
        before = problem.queries
        encoded = self.problems.encode(problem, asked)
        lawful = problem.lawful(self.problems.cone(asked).choices)
        found = self._found(asked, problem, encoded, lawful, self.defaults)
        if not found:
            return self._unlawful(asked, problem)
        replayed = [self._replayed(asked, problem, each, self.defaults) for each in found]
        outside = outside or ("days beyond the calendar's reach" if problem.constrainer.leaves_reach else "")
        status = _status([each.outcome for each in found])
        complete = not (outside and self._lists_open(asked))
        depends = DependsOn()
        symbols: tuple[str, ...] = ()
        unfinished = []
        if self.with_dependence and (status is Status.OPEN or len(found) > 1):
            try:
                symbols = self._settled_by(asked, problem, found)
            except NotShown as reason:
                unfinished.append(f"what it depends on: {reason}")
            depends = _by_kind(symbols)
        firmness = Firmness("not_asked", ())
        if self.with_firmness:
            try:
                firmness = self._firmness(asked, problem, encoded, lawful, found)
            except NotShown as reason:
                firmness = Firmness("not_shown", ())
                unfinished.append(f"other readings: {reason}")
        possible = tuple(
            self._possible(asked, each, done, symbols) for each, done in zip(found, replayed, strict=True)
        )
        if not complete and status is not Status.OPEN:
            status = Status.NOT_SHOWN
        because, rejected = self._why(asked, replayed)
        return Answer(
            name=asked.key,
            definition=asked.definition,
            type=self.pack.definitions[asked.definition].type,
            status=status,
            outcomes=possible,
            complete=complete,
            depends_on=depends,
            matters=matters(self.problems, asked, depends.facts, self.defaults) if self.with_firmness else (),
            firm=firmness.firm,
            assumed=self._assumed(asked, replayed),
            differs_under=firmness.differs_under,
            because=because,
            rejected=rejected,
            provided=self._provided(asked, [each.outcome for each in found]),
            why_not_shown="; ".join([outside] * (status is Status.NOT_SHOWN) + unfinished),
            needed_solver=problem.queries > before,
        )

    def _bare(self, asked: Asked, status: Status, **more: Any) -> Answer:
        type_ = self.pack.definitions[asked.definition].type
        return Answer(asked.key, asked.definition, type_, status, (), **more)

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

    def _restricted(self, problem: Problem, encoded: Encoded, lawful: Node, readings: Mapping[str, str]) -> tuple[Encoded, Node]:
        vector = problem.vector(readings)
        memo = self._memos.setdefault((id(problem), tuple(readings.items())), {})
        return problem.restrict(encoded, vector, memo), problem.terms.restrict(lawful, vector, memo)

    def _found(self, asked: Asked, problem: Problem, encoded: Encoded, lawful: Node, readings: Mapping[str, str]) -> list[Found]:
        type_ = self.pack.definitions[asked.definition].type
        narrowed, allowed = self._restricted(problem, encoded, lawful, readings)
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
        key = (id(problem), tuple(readings.items()))
        if key not in self._runs:
            completion = self._lawfully(problem.complete(None, readings))
            run = Run(self.pack, completion.facts, completion.readings, completion.choices)
            if any(run.assumption(a) for a in self.pack.assumptions):
                model = problem.world(problem.vector(readings)).satisfy()
                completion = self._lawfully(problem.complete(model, readings))
                run = Run(self.pack, completion.facts, completion.readings, completion.choices)
                refuse_broken(self.pack, run, "a completion")
            self._runs[key] = completion, run
        return self._runs[key]

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

    def _settled_by(self, asked: Asked, small: Problem, found: list[Found]) -> tuple[str, ...]:
        large, _ = self.problems.problem(asked, self.defaults, copies=2)
        models = [each.model for each in found if each.model is not None]

        def probe(model: Assignment) -> Value | FailureKind | None:
            completion = small.complete(model, self.defaults)
            run = Run(self.pack, completion.facts, completion.readings, completion.choices)
            if any(run.assumption(a) for a in self.pack.assumptions):
                return None
            consulted = self.problems.cone(asked).choices
            if any(choice.discretion in consulted and choice.lawful for choice in run.unlawful_choices()):
                return None
            return strongest(run.definition(asked.definition, for_reference(asked.args)))

        return settling(self._question(asked, small), self._question(asked, large), models, probe)

    def _question(self, asked: Asked, problem: Problem) -> Question:
        lawful = problem.lawful(self.problems.cone(asked).choices)
        narrowed, allowed = self._restricted(problem, self.problems.encode(problem, asked), lawful, self.defaults)
        return Question(problem, narrowed, problem.vector(self.defaults), allowed)

    def _lists_open(self, asked: Asked) -> bool:
        return bool(self.problems.cone(asked).collections - self.problems.closed)

    def _possible(self, asked: Asked, found: Found, done: Replayed, symbols: tuple[str, ...]) -> Possible:
        outcome = Between(found.outcome.least, found.outcome.greatest) if isinstance(found.outcome, Span) else found.outcome
        said = done.run.definition(asked.definition, for_reference(asked.args))
        failures = tuple(sorted(said.failures)) if isinstance(said, Failed) else ()
        choices = tuple(sorted(self.problems.cone(asked).choices))
        witness = as_case(self.case, done.completion, choices) if found.model is not None else None
        return Possible(outcome, failures, self._told_apart(done.completion, symbols), witness)

    def _told_apart(self, completion: Completion, symbols: tuple[str, ...]) -> dict[str, dict[str, str]]:
        """What the deciding symbols are in a witness."""
        found: dict[str, dict[str, str]] = {}
        for symbol in symbols:
            kind, _, name = symbol.partition(" ")
            if kind == "readings":
                text = completion.readings[name]
            elif kind == "discretion":
                text = written(self.pack, self.pack.discretions[name].type, completion.choices[name])
            else:
                text = self._fact_text(completion, name)
            found.setdefault(kind, {})[name] = text
        return found

    def _fact_text(self, completion: Completion, path: str) -> str:
        head = path.removesuffix(".others")
        if head in self.pack.collections:
            known = len(self.case.facts[head].elements)
            more = completion.facts[head].elements[known:]
            return "; ".join(self._entry_text(head, element) for element in more) or "[]"
        if head in self.pack.facts and self.pack.facts[head].type is None:
            value = completion.facts[head]
            return "none" if isinstance(value, Special) else self._entry_text(head, value)
        run = Run(self.pack, completion.facts, completion.readings, completion.choices)
        return fact_at(self.pack, run, self.case, path)

    def _entry_text(self, name: str, entry: Mapping[str, Any]) -> str:
        specs = self.pack.collections[name].fields if name in self.pack.collections else self.pack.facts[name].record
        parts = [
            f"{spec.name}: {written(self.pack, spec.type, entry[spec.name])}"
            for spec in specs
            if spec.type and not spec.inert and not spec.type.keyed_by and entry[spec.name] != spec.left_out
        ]
        return "{" + ", ".join(parts) + "}"

    # -- firmness, reasons, provisos

    def _firmness(self, asked: Asked, problem: Problem, encoded: Encoded, lawful: Node, found: list[Found]) -> Firmness:
        """How the answer fares under other readings. Lists that may hold more may need more elements under another reading."""

        type_ = self.pack.definitions[asked.definition].type
        choices = self.problems.cone(asked).choices
        base = _listed(found)

        def outcomes(readings: Mapping[str, str]) -> Outcomes:
            if self.facts_known:
                return _listed(self._found(asked, problem, encoded, lawful, readings))
            if whole is not None:
                other, here, allowed = whole
            else:
                other, _ = self.problems.problem(asked, readings)
                here, allowed = self.problems.encode(other, asked), other.lawful(choices)
            vector = other.vector(readings)
            if here.term is None:
                return _listed(other.which(here, type_, vector, allowed))
            if other.same(here, found, vector, allowed):
                return base
            return _listed(self._found(asked, other, here, allowed, readings))

        whole: tuple[Problem, Encoded, Node] | None = (problem, encoded, lawful)
        if self._lists_open(asked):
            every, outside = self.problems.problem(asked, {})
            spans = any(isinstance(outcome, Between) for outcome in base)
            if len(base) > 1 and (spans or every.slots > MOST_SLOTS_OPEN):
                raise NotShown("too many lists are unknown to try every reading")
            whole = None if outside or every.slots > MOST_SLOTS else (
                every, self.problems.encode(every, asked), every.lawful(choices)
            )  # fmt: skip
        consulted = self._consulted(*(whole or (problem, encoded, lawful)))
        return Firm(self.pack, whole, consulted, self.defaults, base, outcomes, _status).judge()

    def _consulted(self, problem: Problem, encoded: Encoded, lawful: Node) -> list[str]:
        """The readings with a default, not fixed by the case, that an answer's conditions speak of."""
        variables = support([*encoded.nodes(), lawful]) | problem.spoken_by_assumptions()
        named = problem.variables()
        return [name for name in self.defaults if any(node in variables for node in named.get(f"readings {name}", []))]

    def _assumed(self, asked: Asked, replayed: list[Replayed]) -> dict[str, str]:
        """The readings the answer consulted, each with the option taken (those with no default aside)."""
        touched: set[str] = set()
        for each in replayed:
            touched |= each.run.touched(asked.definition, for_reference(asked.args)).readings
        taken = {**self.defaults, **self.case.readings}
        return {name: taken[name] for name in self.pack.readings if name in touched and name in taken}

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


def fact_at(pack: Pack, run: Run, case: Case, path: str) -> str:
    """The written value of a fact in a completed case, by its path in the case."""
    facts: Any = run.facts.facts
    head = path.partition("[")[0].partition(".")[0]
    rest = path[len(head) :]
    value = facts[head]
    if isinstance(value, Listing):
        labels = case.facts[head].labels
        label = next(one for one in labels if path == one or path.startswith(one + "."))
        value = value.elements[labels.index(label)]
        rest = path[len(label) :]
    for part in filter(None, rest.split(".")):
        value = value[part]
    return written(pack, fact_type(pack, path), value)


def _known(value: Any) -> bool:
    """Whether a fact, and everything in it, is stated."""
    if isinstance(value, Listing):
        return value.complete and all(_known(element) for element in value.elements)
    if isinstance(value, Mapping):
        return all(_known(part) for part in value.values())
    return value is not UNKNOWN


def _listed(found: list[Found]) -> Outcomes:
    """Outcomes in a fixed order, for comparison."""
    listed = [Between(f.outcome.least, f.outcome.greatest) if isinstance(f.outcome, Span) else f.outcome for f in found]
    return tuple(sorted(listed, key=lambda outcome: (type(outcome).__name__, str(outcome))))


def _status(outcomes: Any) -> Status:
    """The status a set of outcomes has, were it complete."""
    failures = [outcome for outcome in outcomes if isinstance(outcome, FailureKind)]
    if not outcomes:
        return Status.UNLAWFUL_CHOICE
    if len(failures) == len(outcomes):
        return Status(max(failures).word)
    only = outcomes[0]
    return Status.DETERMINED if len(outcomes) == 1 and not isinstance(only, Span | Between) else Status.OPEN


def _by_kind(symbols: tuple[str, ...]) -> DependsOn:
    kinds: dict[str, list[str]] = {"facts": [], "readings": [], "discretion": []}
    for symbol in symbols:
        kind, _, name = symbol.partition(" ")
        kinds[kind].append(name)
    return DependsOn(tuple(kinds["facts"]), tuple(kinds["readings"]), tuple(kinds["discretion"]))
