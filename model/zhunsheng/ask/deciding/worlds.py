"""The complete cases that a scenario speaks of, run through the reference meaning: no solver, one run for each way in
which readings without a default and lawful choices may go.

What a scenario leaves unknown takes its plain value. Where it expects one outcome that outcome holds of every completion,
so it holds of this one.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from zhunsheng.ask.deciding.answers import Asked, asked_by_name, duties_asked
from zhunsheng.ask.deciding.problems import Problems, Shared
from zhunsheng.ask.deciding.replay import for_reference
from zhunsheng.errors import ChoiceMissing, ReadingMissing
from zhunsheng.evaluate import Memory, Remembered, Run
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.outcome import FailureKind, strongest
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Value
from zhunsheng.solve.problem import Problem


class _Unlawful:
    """The outcome where the case states a choice that is not lawful."""

    def __repr__(self) -> str:
        return "unlawful choice"


UNLAWFUL: Final = _Unlawful()
Found = Value | FailureKind | _Unlawful


@dataclass(frozen=True)
class Seen:
    """What an answer comes to under one vector of readings and choices, and the run in which it does."""

    run: Run
    outcome: Found


@dataclass(frozen=True)
class Worlds:
    """One case with all its facts. `readings`: every reading that the case fixes or that has a default."""

    pack: Pack
    case: Case
    facts: Mapping[str, Any]
    readings: Mapping[str, str]
    choices: Mapping[str, Value]
    cones: Cones
    memory: Memory | None = field(default=None, repr=False, compare=False)
    """Of the same pack: what definitions came to in other cases, for what is only asked of their outcomes."""
    run: Run = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "run", Run(self.pack, self.facts, self.readings, self.choices))

    def seen(self, asked: Asked) -> list[Seen]:
        """Every way in which open readings and choices may go, as far as the answer looks at them."""
        return self._branches(asked, self.run)

    def outcomes(self, asked: Asked) -> frozenset[Found]:
        run = self.run if self.memory is None else self._remembered
        return frozenset(seen.outcome for seen in self._branches(asked, run))

    def rests_on(self, asked: Asked) -> tuple[frozenset[str], frozenset[str]]:
        """The facts and the lists that the answer rests on in any way in which open readings and choices may go, elements named
        by their places."""
        runs = [seen.run for seen in self._branches(asked, self._remembered)]
        found = [run.rests_on(asked.definition, for_reference(asked.args)) for run in runs if isinstance(run, Remembered)]
        return frozenset().union(*(facts for facts, _ in found)), frozenset().union(*(lists for _, lists in found))

    @cached_property
    def _remembered(self) -> Remembered:
        memory = self.memory or Memory(self.pack)
        return Remembered(memory, self.facts, self.readings, self.choices)

    def under(self, readings: Mapping[str, str]) -> Worlds:
        """The same case under other readings."""
        return replace(self, readings={**self.readings, **readings})

    def by(self, pack: Pack, cones: Cones) -> Worlds:
        """The same case under other rules."""
        return replace(self, pack=pack, cones=cones, memory=None)

    def _branches(self, asked: Asked, run: Run) -> list[Seen]:
        try:
            return [Seen(run, self._outcome(asked, run))]
        except ReadingMissing as missing:
            options = [option.name for option in self.pack.readings[missing.name].options]
            runs = [run.reread({**run.readings, missing.name: one}) for one in options]
        except ChoiceMissing as missing:
            runs = [run.choosing({**run.choices, missing.name: one}) for one in run.lawful(missing.name)]
        return [seen for one in runs for seen in self._branches(asked, one)]

    def _outcome(self, asked: Asked, run: Run) -> Found:
        for name in sorted(self.cones.definition(asked.definition).choices & self.choices.keys()):
            lawful = run.lawful(name)
            if lawful and run.choices[name] not in lawful:
                return UNLAWFUL
        return strongest(run.definition(asked.definition, for_reference(asked.args)))


def worlds(
    pack: Pack, case: Case, cones: Cones, likely: Callable[[Mapping[str, Any]], Iterable[Mapping[str, Any]]] = lambda _: ()
) -> Worlds | None:
    """The case with what it leaves unknown at its plain values, or, where that is no case, at values that are one: those of
    `likely` (of the plain values) before a solver looks for some. None for facts that contradict each other."""
    problem = Problem(pack, case)
    plain = problem.complete(None, {}).facts
    facts = next((one for one in itertools.chain([plain], likely(plain)) if not _broken(pack, case, one)), None)
    if facts is None:
        problems = Problems(pack, case, shared=Shared(cones))
        problem = problems.possible()  # with the further elements that the assumptions may ask for
        model = problem.satisfy()
        if model is None:
            return None
        facts = problem.complete(model, {}).facts
        problems.release()
    readings = {name: spec.default for name, spec in pack.readings.items() if spec.default is not None}
    choices = {name: made.value for name, made in case.choices.items()}
    return Worlds(pack, case, facts, {**readings, **case.readings}, choices, cones)


def expected(pack: Pack, case: Case) -> list[Asked]:
    """The answers that the case expects something of."""
    found = []
    for expectation in case.expect:
        if expectation.answer.startswith("duties["):
            both = duties_asked(expectation.answer.partition("[")[2].rpartition("]")[0])
            found.append(next(asked for asked in both if asked.key == expectation.answer))
        else:
            found += asked_by_name(pack, case, [expectation.answer])
    return found


def _broken(pack: Pack, case: Case, facts: Mapping[str, Any]) -> bool:
    readings = {name: spec.stand_in for name, spec in pack.readings.items()}
    run = Run(pack, facts, {**readings, **case.readings}, {})
    return any(run.assumption(one) for one in pack.assumptions)
