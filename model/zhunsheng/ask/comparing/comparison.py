"""What a comparison of two laws comes back with, as data. Nothing here decides or prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from zhunsheng.ask.comparing.guarantees import Guarantees
from zhunsheng.ask.comparing.register import Register
from zhunsheng.lang.amendment import Amended
from zhunsheng.lang.case import Case
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.types import Value
from zhunsheng.solve.paired import Key

Kind = tuple[str, ...]
"""A kind of case: its part in each of the pack's ways to divide cases, in their order."""


class Direction(Enum):
    """How what comes after stands to what came before, by the answer's own order. OTHER: failures, what a law cannot express, or
    outcomes that have no order."""

    EQUIVALENT = "equivalent"
    LAXER = "laxer"
    STRICTER = "stricter"
    BOTH = "both"
    OTHER = "other"
    ADDED = "added"
    REMOVED = "removed"
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True)
class Shown:
    """A case that shows a change, in the words of each law, and what it comes to there. `args`: what the answer is asked of;
    `provisions`: what its outcome rests on under each law. Of a law as it takes effect: `days`, the days on which asking about
    this case gives another answer; `under_way`, whether days that govern it lie on both sides of the first day of the new law."""

    before: Case
    after: Case
    key: str
    args: Mapping[str, Any]
    outcomes: tuple[frozenset[Value | FailureKind], frozenset[Value | FailureKind]]
    provisions: tuple[tuple[str, ...], tuple[str, ...]]
    kind: Kind
    days: tuple[tuple[date, date], ...] = ()
    under_way: bool | None = None


@dataclass(frozen=True)
class Change:
    """One class of change: of one answer, from one set of outcomes to another. `kinds`: the kinds of case (way to divide
    them, part) it is seen in, each with a case; `causes`: labels of the edits that take part in the case shown. `shift`: the
    least and greatest number of days (or the like) by which the answer moves; `exact`: shown of cases of every size."""

    answer: str
    key: Key
    direction: Direction
    shown: Shown
    kinds: Mapping[tuple[str, str], Case]
    causes: tuple[str, ...]
    shift: tuple[int, int] | None = None
    exact: bool = False


@dataclass(frozen=True)
class Compared:
    """One answer under two laws. `complete`: no case changes it in any other way; `why` where that is not shown.

    `untouched`: it consults nothing that the edits touch, so nothing had to be asked. `slots`: the elements of each list that
    were enough to look at, both laws together (once what lies deeper was cut off, where that was enough). `follows`: the answers
    but for whose change this one would not change (proved). `of_any`: that there is no other class is shown too where it is
    asked about a value that only an answer has."""

    answer: str
    direction: Direction
    changes: tuple[Change, ...] = ()
    complete: bool = True
    untouched: bool = False
    why: str = ""
    slots: Mapping[str, int] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    by_kind: Mapping[tuple[str, str], Direction] = field(default_factory=dict)
    follows: tuple[str, ...] = ()
    of_any: bool = False

    @property
    def duty(self) -> bool:
        """Whether this is a duty, or its day, rather than an answer."""
        return self.answer.startswith("duty ")


@dataclass(frozen=True)
class Excluded:
    """A case that one law's assumptions rule out and the other's do not: `assumption` of the law of `side` (0 the old)."""

    assumption: str
    side: int
    case: Case


@dataclass(frozen=True)
class Comparison:
    """Two laws compared. `readings`: the options taken of both; those not named are open. `equal`: definitions that are worded
    differently and come to the same in every case. `touched`: those that speak of something edited, or lead to it. `ruled_out`:
    what only one law takes to be a case."""

    amended: Amended
    kinds: Kinds
    under: str
    readings: Mapping[str, str]
    answers: tuple[Compared, ...]
    equal: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    ruled_out: tuple[Excluded, ...] = ()
    horizon: tuple[date, date] = (date.min, date.max)
    guarantees: Guarantees | None = None
    effect: Comparison | None = None
    register: Register | None = None

    @property
    def complete(self) -> bool:
        return all(answer.complete for answer in self.answers)

    @property
    def affected_shown(self) -> bool:
        """Whether it is shown which cases are affected, even where not in which ways: what is not complete changes only where
        answers change that are."""
        complete = {answer.answer for answer in self.answers if answer.complete}
        left = [answer for answer in self.answers if not answer.complete]
        return all(answer.follows and complete.issuperset(answer.follows) for answer in left)

    @property
    def changed(self) -> tuple[Compared, ...]:
        return tuple(answer for answer in self.answers if answer.direction is not Direction.EQUIVALENT)

    @property
    def direction(self) -> Direction:
        """The verdict over the answers. Duties follow from them and have no order of their own."""
        return together([answer.direction for answer in self.answers if not answer.duty])


def together(directions: list[Direction]) -> Direction:
    """What several directions come to: the one that is common to those that change anything."""
    found = {each for each in directions if each is not Direction.EQUIVALENT}
    if not found:
        return Direction.EQUIVALENT
    for ruling in (Direction.NOT_SHOWN, Direction.OTHER):
        if ruling in found:
            return ruling
    if found & {Direction.ADDED, Direction.REMOVED}:
        return Direction.OTHER if len(found) > 1 else found.pop()
    return found.pop() if len(found) == 1 else Direction.BOTH
