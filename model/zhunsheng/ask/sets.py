"""Sets of outcomes: their order, and the status that one has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zhunsheng.ask.report import Between, Status
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.types import Value
from zhunsheng.solve.problem import Found, Span

Outcomes = tuple[Value | FailureKind | Between, ...]


def listed(found: Iterable[Found]) -> Outcomes:
    """Outcomes found, in a fixed order, for comparison."""
    return in_order(Between(f.outcome.least, f.outcome.greatest) if isinstance(f.outcome, Span) else f.outcome for f in found)


def in_order(outcomes: Iterable[Value | FailureKind | Between]) -> Outcomes:
    return tuple(sorted(outcomes, key=lambda outcome: (type(outcome).__name__, str(outcome))))


def status_of(outcomes: Sequence[Value | FailureKind | Span | Between]) -> Status:
    """The status a set of outcomes has, were it complete."""
    failures = [outcome for outcome in outcomes if isinstance(outcome, FailureKind)]
    if not outcomes:
        return Status.UNLAWFUL_CHOICE
    if len(failures) == len(outcomes):
        return Status(max(failures).word)
    only = outcomes[0]
    return Status.DETERMINED if len(outcomes) == 1 and not isinstance(only, Span | Between) else Status.OPEN
