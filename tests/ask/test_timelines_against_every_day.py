"""Timelines of small laws made up at random, held to every day and every completion."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from building import NO_TEXT, define, rule, tiny_pack
from open_laws import DAYS, defaults, largest, law, some_case, worlds
from waiting_laws import FIRST, LAST, case_of
from waiting_laws import law as waiting_law
from zhunsheng.ask.report import Status
from zhunsheng.ask.timelines.timeline import timeline
from zhunsheng.ask.timelines.timeline_report import Row
from zhunsheng.evaluate import Run
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.outcome import strongest
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.timeline import RowSpec, TimelineSpec
from zhunsheng.read.canonical import canonical_pack, digest_of

ALL = bool(os.environ.get("ALL"))
MOST = 600 if ALL else 150
Told = Mapping[date, frozenset[tuple[str, Any]]]


@pytest.mark.parametrize("left_out", [(), ("ends",), ("flag",), ("ends", "flag")], ids=str)
@pytest.mark.parametrize("seed", range(200 if ALL else 6))
def test_on_each_day_of_a_span_the_outcomes_are_those_of_that_day(seed: int, left_out: tuple[str, ...]) -> None:
    pack, case = waiting_law(seed), case_of(seed)
    case = replace(case, facts={**case.facts, **dict.fromkeys(left_out, UNKNOWN)})

    (row,) = timeline(pack, case, FIRST, LAST).rows

    follow_without_gap(row, FIRST, LAST)
    assert told(row) == {day: outcomes_on(pack, case, left_out, day) for day in days(FIRST, LAST)}


@pytest.mark.parametrize("seed", range(400, 600 if ALL else 409))
def test_of_an_open_case_each_day_has_the_outcomes_of_its_completions(seed: int) -> None:
    pack = shown_by_day(law(seed))
    case = some_case(seed, pack, unknown=0.2)
    more = largest(pack, case, MOST)
    if more is None:
        pytest.skip("there are too many completions to try")

    (row,) = timeline(pack, case, DAYS[0], DAYS[-1]).rows

    follow_without_gap(row, DAYS[0], DAYS[-1])
    found = worlds(pack, case, more, defaults(pack))
    closed = all(case.facts[name].complete for name in pack.collections)
    for day, outcomes in told(row).items():
        every = {of_its_kind(strongest(one.run.definition("reached", (day,)))) for one in found}
        assert every == outcomes if closed else every <= outcomes, day


def test_what_an_assumption_asks_for_is_not_left_out_of_the_case_that_shows_an_outcome() -> None:
    visited = define("reached", "yes/no", rule("none-yet", "not any(v.on <= day for v in visits)", "True"),
                     otherwise="False", parameters={"day": "day"})  # fmt: skip
    pack = shown_by_day(tiny_pack(
        facts={"as_of": "day"}, collections={"visits": ("visit", {"on": "day"})}, definitions=[visited],
        assumptions={"visited-by-june": ("any(v.on <= date(2025, 6, 1) for v in visits)", {})},
    ))  # fmt: skip
    case = Case(NO_TEXT, pack.name, {"as_of": date(2025, 1, 1), "visits": Listing((), complete=False)}, {}, {}, None)

    (row,) = timeline(pack, case, date(2025, 1, 1), date(2025, 12, 31)).rows

    assert [(span.first, span.last, set(span.outcomes)) for span in row.spans] == [
        (date(2025, 1, 1), date(2025, 5, 31), {True, False}), (date(2025, 6, 1), date(2025, 12, 31), {False}),
    ]  # fmt: skip


def shown_by_day(pack: Pack) -> Pack:
    pack = replace(pack, timeline=TimelineSpec((RowSpec("reached"),)))
    text = canonical_pack(pack)
    return replace(pack, canonical=text, digest=digest_of(text))


def follow_without_gap(row: Row, first: date, last: date) -> None:
    """Spans follow each other from the first day to the last, and what they say changes at each end."""
    ends = [(span.first, span.last) for span in row.spans]
    assert (ends[0][0], ends[-1][1]) == (first, last)
    for before, after in zip(row.spans, row.spans[1:], strict=False):
        assert after.first == before.last + timedelta(days=1)
        assert (before.status, before.outcomes, before.depends_on) != (after.status, after.outcomes, after.depends_on)


def told(row: Row) -> Told:
    """What the timeline says of each day of which it claims something."""
    shown = [span for span in row.spans if span.status is not Status.NOT_SHOWN]
    return {day: frozenset(map(of_its_kind, span.outcomes)) for span in shown for day in days(span.first, span.last)}


def outcomes_on(pack: Pack, case: Case, left_out: tuple[str, ...], day: date) -> frozenset[tuple[str, Any]]:
    found = [case.facts]
    if "ends" in left_out:
        found = [{**facts, "ends": ends} for facts in found for ends in days(FIRST, LAST)]
    if "flag" in left_out:
        found = [{**facts, "flag": flag} for facts in found for flag in (False, True)]
    runs = (Run(pack, facts, {}, {}) for facts in found)
    return frozenset(of_its_kind(strongest(run.definition("grade_on", (day,)))) for run in runs)


def of_its_kind(outcome: Any) -> tuple[str, Any]:
    return type(outcome).__name__, outcome


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
