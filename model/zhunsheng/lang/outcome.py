"""What an expression comes to: a value, or failures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import total_ordering

from zhunsheng.lang.types import Value


@total_ordering
class FailureKind(Enum):
    """From weakest to strongest: the strongest of several names the outcome.

    Ordered, but no number: as one it would equal a value (`True == 1`)."""

    NO_DATA = 1
    GAP = 2
    CONFLICT = 3

    def __lt__(self, other: FailureKind) -> bool:
        return bool(self.value < other.value)

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, order=True)
class Failure:
    """`name`: the definition, discretion or aggregate that fails, or the table that does not reach. `detail`: the clashing rules
    (joined by ` | `), or the key the table lacks."""

    kind: FailureKind
    name: str
    detail: str = ""


@dataclass(frozen=True)
class Failed:
    """One or more failures and no value."""

    failures: frozenset[Failure]

    @property
    def kind(self) -> FailureKind:
        return max(failure.kind for failure in self.failures)


Outcome = Value | Failed


def strongest(outcome: Outcome) -> Value | FailureKind:
    """The outcome as answers list it: a value, or the strongest kind of failure."""
    return outcome.kind if isinstance(outcome, Failed) else outcome
