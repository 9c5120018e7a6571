"""The kernel's possibilities beside the reference meaning's outcomes."""

from __future__ import annotations

from datetime import date
from typing import Any

from zhunsheng.certify import kernel
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.types import Special


def possible(outcome: Any) -> kernel.Possible:
    """A value or a kind of failure as the one possibility."""
    match outcome:
        case FailureKind():
            return kernel.failure(outcome.value)
        case bool() | str():
            return kernel.of(outcome)
        case date():
            return kernel.span(outcome.toordinal(), outcome.toordinal())
        case int():
            return kernel.span(outcome, outcome)
        case Special(name=name):
            return kernel.of((name,))
    raise TypeError(outcome)


def strongest(found: kernel.Possible) -> kernel.Possible:
    """Of something that can only fail, the strongest failure: what names the outcome."""
    return found if found.valued() or not found.fails else kernel.failure(max(found.fails))


def contains(found: kernel.Possible, one: kernel.Possible) -> bool:
    inside = one.span is None or (found.span is not None and found.span[0] <= one.span[0] and one.span[1] <= found.span[1])
    return one.atoms <= found.atoms and one.fails <= found.fails and inside
