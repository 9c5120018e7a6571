"""From which day, and until which day, a condition holds: exact at every boundary, or why it never does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from zhunsheng.ask.collecting import without_collecting
from zhunsheng.ask.deciding.condition import Condition, condition
from zhunsheng.ask.explaining.hindrance import Hindrance, Way, hindrance
from zhunsheng.ask.report import Because
from zhunsheng.ask.settling.possibilities import Possibilities
from zhunsheng.ask.settling.spans import Looker, Range, Ranging
from zhunsheng.ask.supposing.varying import provided_until
from zhunsheng.errors import InputError, Place
from zhunsheng.errors import Problem as Wrong
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.spots import Spot, spot, value_at, with_value
from zhunsheng.lang.types import NONE

HOLDS: frozenset[object] = frozenset({True})


@dataclass(frozen=True)
class Edge:
    """A first or a last day. `beyond` is the day next to it, on which the condition does not so hold, with what it comes to there
    (nothing where no such case can be); None at the end of the time that the rules cover."""

    day: date
    beyond: date | None
    there: frozenset[object]


@dataclass(frozen=True)
class When:
    """When a condition holds, as the day in the fact `moved` takes every value of the horizon (`ranges`, least first).

    `first`, `last`: of the days on which it holds under every open reading and choice; `first_perhaps`, `last_perhaps`: of those
    on which it holds under some. None where there is no such day; `why_never` then says which facts keep it from holding.
    `assumed`: the readings taken. `provided_until`: later days are told of provided that nothing further happens."""

    case: Case
    text: str
    moved: str
    ranges: tuple[Range, ...]
    first: Edge | None
    last: Edge | None
    first_perhaps: Edge | None
    last_perhaps: Edge | None
    assumed: Mapping[str, str]
    provided_until: date | None
    why_never: Hindrance | None = None
    because: tuple[Because, ...] = ()


@without_collecting()
def when(
    pack: Pack,
    case: Case,
    text: str,
    by: str | None = None,
    within: tuple[date, date] | None = None,
    *,
    open_future: bool = False,
    option: str = "--earliest",
) -> When:
    """When the condition `text` holds, of the days `within` (both included; else of all that the rules cover). `by`: the day that
    is moved; without it, the first of the pack's days of reference on which the condition turns at all.

    Raises `InputError` for what is no condition or no day, and `NotShown`."""
    asked = condition(pack, text, option)
    looker = Looker.of(asked.pack, case, open_future)
    moved, ranges = _moved(looker, asked, [by] if by else _days(pack, case), by, within)
    here = spot(asked.pack, case.facts, moved)
    assert here is not None  # noqa: S101 (it was found in _moved)
    assumed: dict[str, str] = {}
    for one in ranges:
        if not one.impossible:
            assumed |= looker.assumed(with_value(case.facts, here, one.least), asked.asked)
    surely = [n for n, one in enumerate(ranges) if one.outcomes == (HOLDS,)]
    perhaps = [n for n, one in enumerate(ranges) if one.outcomes and True in one.outcomes[0]]
    return When(
        case, text, moved, tuple(ranges),
        _first(ranges, surely), _last(ranges, surely), _first(ranges, perhaps), _last(ranges, perhaps),
        assumed, provided_until(looker, asked.asked, here),
        _why_never(pack, case, asked, moved, ranges) if not perhaps else None,
    )  # fmt: skip


def _days(pack: Pack, case: Case) -> list[str]:
    """The days of reference that the case has."""
    found = []
    for path in pack.reference_days:
        here = spot(pack, case.facts, path)
        if here is not None and value_at(case.facts, Spot(here.name)) is not NONE:
            found.append(path)
    return found


def _moved(
    looker: Looker, asked: Condition, days: list[str], by: str | None, within: tuple[date, date] | None
) -> tuple[str, list[Range]]:
    """The day moved and the ranges: of several days, the first on which the condition turns."""
    first: tuple[str, list[Range]] | None = None
    for path in days:
        here = spot(looker.pack, looker.case.facts, path)
        held = here is not None and value_at(looker.case.facts, Spot(here.name)) is not NONE
        spec = asked.pack.facts.get(path.partition(".")[0])
        if here is None or not held or spec is None or (by and not _is_day(looker, here)):
            known = ", ".join(_days(looker.pack, looker.case))
            raise InputError([Wrong(Place(f"--by {path}"), "this is no day of the case", f"days: {known}")])
        ranges = Ranging(looker, (here,), [asked.asked], within).ranges()
        if len({one.outcomes for one in ranges if not one.impossible}) > 1:
            return path, ranges
        first = first or (path, ranges)
    if first is None:
        raise InputError([Wrong(Place("--by"), "the case has no day that could be moved", "write --by FACT")])
    return first


def _is_day(looker: Looker, here: Spot) -> bool:
    from zhunsheng.lang.spots import type_at

    type_ = type_at(looker.pack, here)
    return type_ is not None and type_.base == "day"


def _first(ranges: list[Range], wanted: list[int]) -> Edge | None:
    if not wanted:
        return None
    one = ranges[wanted[0]]
    assert isinstance(one.least, date)  # noqa: S101 (days are moved)
    before = ranges[wanted[0] - 1] if wanted[0] else None
    beyond = one.least - timedelta(days=1) if before is not None and isinstance(before.least, date) else None
    return Edge(one.least, beyond, _there(before))


def _last(ranges: list[Range], wanted: list[int]) -> Edge | None:
    if not wanted:
        return None
    one = ranges[wanted[-1]]
    assert isinstance(one.greatest, date)  # noqa: S101 (days are moved)
    after = ranges[wanted[-1] + 1] if wanted[-1] + 1 < len(ranges) else None
    return Edge(one.greatest, one.greatest + timedelta(days=1) if after is not None else None, _there(after))


def _there(one: Range | None) -> frozenset[object]:
    return one.outcomes[0] if one is not None and one.outcomes else frozenset()


def _why_never(pack: Pack, case: Case, asked: Condition, moved: str, ranges: list[Range]) -> Hindrance | None:
    possibilities = Possibilities(pack, Looker.of(asked.pack, case).shared.cones)
    possible = [one for one in ranges if not one.impossible and isinstance(one.least, date) and isinstance(one.greatest, date)]
    spans = [(one.least.toordinal(), one.greatest.toordinal()) for one in possible]  # type: ignore[union-attr]  # days
    here = spot(pack, case.facts, moved)
    if here is None:
        return None
    examples = tuple(with_value(case.facts, here, end) for one in possible for end in (one.least, one.greatest))
    return hindrance(possibilities, case, [Way(asked.expr, {moved: spans}, (), examples)])
