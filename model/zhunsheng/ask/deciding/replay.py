"""The one way to get a model out of the solver: turned into a complete case and run through the reference meaning."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from zhunsheng.ask.deciding.answers import Argument, Asked, ElementAt
from zhunsheng.errors import Disagreement
from zhunsheng.evaluate import Element, Run
from zhunsheng.lang.case import Case, ChoiceMade, Listing
from zhunsheng.lang.outcome import FailureKind, strongest
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Value
from zhunsheng.solve.problem import Completion, Span


@dataclass(frozen=True)
class Replayed:
    """A complete case, the run of the reference meaning over it, and what it comes to there."""

    run: Run
    completion: Completion
    outcome: Value | FailureKind


def for_reference(args: tuple[Argument, ...]) -> tuple[Any, ...]:
    """The arguments as the reference meaning takes them."""
    return tuple(Element(arg.collection, arg.index) if isinstance(arg, ElementAt) else arg for arg in args)


def replay(
    pack: Pack, completion: Completion, asked: Asked, said: Value | FailureKind | Span, run: Run | None = None
) -> Replayed:
    """The completion, run through the reference (or a run of it whose assumptions were seen to hold).

    Raises `Disagreement` if it comes to anything but what was said."""
    if run is None:
        run = Run(pack, completion.facts, completion.readings, completion.choices)
        refuse_broken(pack, run, asked.key)
    outcome = strongest(run.definition(asked.definition, for_reference(asked.args)))
    wanted = said.least if isinstance(said, Span) else said
    if outcome != wanted or type(outcome) is not type(wanted):
        raise Disagreement(f"{asked.key}: the solver says {wanted!r}, the reference meaning {outcome!r}")
    return Replayed(run, completion, outcome)


def refuse_broken(pack: Pack, run: Run, what: str) -> None:
    """Raises `Disagreement` where a completed case breaks an assumption of the pack."""
    broken = [assumption.name for assumption in pack.assumptions if run.assumption(assumption)]
    if broken:
        raise Disagreement(f"{what}: the solver's case breaks {', '.join(broken)}")


def as_case(case: Case, completion: Completion, choices: tuple[str, ...]) -> Case:
    """A completion as a case of its own; only the choices named are stated."""
    facts = {
        name: replace(value, labels=()) if isinstance(value, Listing) else value for name, value in completion.facts.items()
    }
    made = {name: case.choices.get(name) or ChoiceMade(completion.choices[name]) for name in choices}
    return replace(case, facts=facts, readings=dict(completion.readings), choices=made, expect=(), places={}, file="", digest="")
