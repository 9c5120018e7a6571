"""Which days to show of a case: those on which something happens in it, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from zhunsheng.ask.deciding.problems import Shared
from zhunsheng.ask.timelines.timeline import days_brought, days_due
from zhunsheng.certify import kernel
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Pack

BEFORE, AFTER = timedelta(days=92), timedelta(days=184)
"""Shown at least, before and after the day of the question."""
FARTHEST = timedelta(days=731)
"""Days farther than this from the day of the question are not shown."""


def story_days(
    pack: Pack, case: Case, shared: Shared | None = None, loaded: kernel.Pack | None = None
) -> tuple[date, date] | None:
    """The first and the last day, whole months. None where nothing of what the pack shows along time happens in the case and no
    deadline comes of a day that it states, or where the day of the question is open."""
    today = case.facts.get(pack.as_of)
    if not isinstance(today, date):
        return None
    duties = reckoned(pack, case)
    due = days_due(pack, case, duties, shared, loaded) if duties else ()
    if not due and not happens(pack, case):
        return None
    days = [*_stated(pack, case), *days_brought(pack, case, shared, loaded), *due]
    near = [day for day in days if abs(day - today) <= FARTHEST]
    least, greatest = pack.horizon
    first = min([today - BEFORE, *near]).replace(day=1)
    last = _month_end(max([today + AFTER, *near]))
    return max(first, least), min(last, greatest)


def happens(pack: Pack, case: Case) -> bool:
    """Whether the case states any of the things that the pack shows along time."""
    return any(case.facts[name].elements for name in happening(pack))


def reckoned(pack: Pack, case: Case) -> list[str]:
    """The duties whose last day looks at a day, other than that of the question, that the case states as a fact by itself."""
    cones, stated = Cones(pack), _days_by_themselves(pack, case)
    found = {name: cones.definition(f"duty {name} by") for name, duty in pack.duties.items() if duty.by is not None}
    return [name for name, cone in found.items() if stated & (cone.fields | {("", fact) for fact in cone.facts})]


def _days_by_themselves(pack: Pack, case: Case) -> set[tuple[str, str]]:
    """Days stated in no list: the type of the record (empty for none), and the name."""
    found = {("", name) for name, value in case.facts.items() if isinstance(value, date) and name != pack.as_of}
    for name, record in case.facts.items():
        if isinstance(record, Mapping):
            found |= {(f"record {name}", field) for field, value in record.items() if isinstance(value, date)}
    return found


def happening(pack: Pack) -> list[str]:
    """The lists of things with a day of their own that what the pack shows along time turns on."""
    shows, cones = pack.timeline, Cones(pack)
    named = {one.collection for one in shows.windows} | {one.collection for one in shows.events}
    named |= {name for row in shows.rows for name in cones.definition(row.definition).collections}
    return [name for name, spec in pack.collections.items() if name in named and spec.happens_on]


def _stated(pack: Pack, case: Case) -> Iterator[date]:
    """The days on which the things that are stated happen."""
    for name in happening(pack):
        for element in case.facts[name].elements:
            day = element.get(pack.collections[name].happens_on)
            if isinstance(day, date):
                yield day


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
