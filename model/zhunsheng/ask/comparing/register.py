"""What an amendment does to the enterprises of a register, as data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from zhunsheng.errors import Place

Outcomes = frozenset[Any]
"""What may come out: values, kinds of failure, and spans of days or numbers (`May`)."""


@dataclass(frozen=True)
class Affected:
    """One answer of one enterprise that changes. `row` counts from 0."""

    row: int
    answer: str
    before: Outcomes
    after: Outcomes


@dataclass(frozen=True)
class Unsettled:
    """One answer of one enterprise that cannot be told: `first`, the facts that are to be found out first."""

    row: int
    answer: str
    first: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """What an amendment does to the enterprises of a register. `names`, `groups`: of each row, what it is called and, for each
    path in `by`, the values it has there. `asked`: the answers that an amendment can change at all."""

    asked: tuple[str, ...]
    names: tuple[str, ...]
    places: tuple[Place, ...]
    by: tuple[str, ...]
    groups: tuple[tuple[tuple[str, ...], ...], ...]
    affected: tuple[Affected, ...]
    unsettled: tuple[Unsettled, ...]

    @property
    def rows(self) -> int:
        return len(self.names)

    @property
    def changing(self) -> frozenset[int]:
        """The rows of which some answer changes."""
        return frozenset(each.row for each in self.affected)

    @property
    def open(self) -> frozenset[int]:
        """The rows of which no answer is known to change, and some answer cannot be told."""
        return frozenset(each.row for each in self.unsettled) - self.changing

    def counts(self) -> Counter[tuple[str, Outcomes, Outcomes]]:
        """How many enterprises change from what to what, answer by answer."""
        return Counter((each.answer, each.before, each.after) for each in self.affected)

    def by_group(self, number: int) -> Counter[str]:
        """How many of the changing enterprises have each value of a fact by which they are counted."""
        return Counter(value for row in sorted(self.changing) for value in self.groups[row][number])
