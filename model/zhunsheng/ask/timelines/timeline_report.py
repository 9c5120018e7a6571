"""A timeline as data: spans over which an answer stays the same, the periods and days that elements bring, and deadlines."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from zhunsheng.ask.report import Because, Between, DependsOn, Looked, Status
from zhunsheng.ask.sets import Outcomes
from zhunsheng.lang.case import Case
from zhunsheng.lang.types import Text, Type


@dataclass(frozen=True)
class Change:
    """What made a span begin on its first day.

    `begun`: rules that speak on that day and did not on the day before; `ended`: those that spoke on the day before and no longer
    do. Callers first. `days`: the facts (days) that, moved by one day, would move the change; none: it lies in the calendar, or
    in the rules themselves.
    """

    begun: tuple[Because, ...] = ()
    ended: tuple[Because, ...] = ()
    days: tuple[Looked, ...] = ()


@dataclass(frozen=True)
class Span:
    """Days, both ends in it, on every one of which an answer has the same status and outcomes.

    With status `NOT_SHOWN` nothing is claimed of these days; `outcomes` are then those found on the first. `depends_on` and
    `because` are those of the first day. `provided_from`: from this day of the span on, the answer holds provided nothing further
    happens. `change` is None for the first span of a row, and where the case settles no rule.
    """

    first: date
    last: date
    status: Status
    outcomes: Outcomes
    depends_on: DependsOn = field(default_factory=DependsOn)
    because: tuple[Because, ...] = ()
    provided_from: date | None = None
    change: Change | None = None
    why_not_shown: str = ""


@dataclass(frozen=True)
class Row:
    """An answer day by day: its spans follow each other without a gap, from the first day asked for to the last."""

    definition: str
    title: Text | None
    type: Type
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Moment:
    """A day (or what is written on a period) that an element brings. More than one outcome, or none with status `OPEN`: open."""

    type: Type
    status: Status
    outcomes: Outcomes
    depends_on: DependsOn = field(default_factory=DependsOn)

    @property
    def settled(self) -> bool:
        return self.status is Status.DETERMINED

    @property
    def days(self) -> tuple[date, ...]:
        """The days among the outcomes; of a span of days, its ends."""
        found: list[date] = []
        for outcome in self.outcomes:
            ends = (outcome.least, outcome.greatest) if isinstance(outcome, Between) else (outcome,)
            found += [end for end in ends if isinstance(end, date)]
        return tuple(sorted(found))


@dataclass(frozen=True)
class Window:
    """A period that an element brings. `name` is the pack's, `element` the element's path."""

    name: str
    title: Text
    provision: str
    element: str
    since: Moment
    until: Moment
    label: Moment | None = None


@dataclass(frozen=True)
class Event:
    """A day that an element brings."""

    name: str
    title: Text
    provision: str
    element: str
    on: Moment
    label: Moment | None = None


@dataclass(frozen=True)
class Deadline:
    """The day by which a duty is owed in this case. `owed` says whether it is certain that it is owed at all. `lacks`: where the
    day cannot be told yet, the first fact that is missing for it (`by` is then open and has no outcomes)."""

    duty: str
    owed: bool
    by: Moment
    lacks: str = ""


@dataclass(frozen=True)
class Timeline:
    """`others`: lists that may hold more than the case states, so that there may be further periods and days."""

    case: Case
    pack_name: str
    pack_digest: str
    first: date
    last: date
    known_until: date | None
    open_future: bool
    rows: tuple[Row, ...]
    windows: tuple[Window, ...]
    events: tuple[Event, ...]
    deadlines: tuple[Deadline, ...]
    others: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether something is claimed of every day of every row."""
        return all(span.status is not Status.NOT_SHOWN for row in self.rows for span in row.spans)
