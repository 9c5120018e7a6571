"""Which rules make the difference between two runs of one answer."""

from __future__ import annotations

from collections.abc import Iterator

from zhunsheng.ask.deciding.explain import written
from zhunsheng.ask.report import Because
from zhunsheng.errors import Incomplete
from zhunsheng.evaluate import Derivation, Run, Status
from zhunsheng.evaluate.facts import Argument
from zhunsheng.lang.outcome import Outcome

Key = tuple[str, tuple[Argument, ...]]


def differing(run: Run, other: Run, name: str, args: tuple[Argument, ...]) -> tuple[Because, ...]:
    """The rules that fired in `run` on the way to the outcome, of the definitions that come to something else in `other`: callers
    first, each once. A definition that comes to the same in both, and all below it, makes no difference."""
    return tuple(_walk(run, other, run.derivation(name, args), set(), 0))


def _walk(run: Run, other: Run, here: Derivation, seen: set[Key], depth: int) -> Iterator[Because]:
    key = (here.definition, here.args)
    if key in seen or _outcome(other, *key) == here.outcome:
        return
    seen.add(key)
    yield from _fired(run, here, depth)
    for called in here.called:
        yield from _walk(run, other, called, seen, depth + 1)


def _outcome(run: Run, name: str, args: tuple[Argument, ...]) -> Outcome | None:
    """What it comes to there; None where there is no such element, or the case does not tell."""
    try:
        return run.definition(name, args)
    except (Incomplete, LookupError):
        return None


def _fired(run: Run, here: Derivation, depth: int) -> Iterator[Because]:
    definition = run.pack.definitions[here.definition]
    for step in here.rules:
        if step.status is Status.FIRED:
            outcome = written(run.pack, definition.type, here.outcome if step.outcome is None else step.outcome)
            yield Because(here.definition, step.rule, definition.rule(step.rule).provision, here.at, outcome, depth=depth)
    if here.otherwise is not None:
        outcome = written(run.pack, definition.type, here.outcome)
        yield Because(here.definition, "", definition.provision, here.at, outcome, depth=depth)
