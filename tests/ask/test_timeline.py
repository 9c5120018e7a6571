"""Spans of days: exact at both ends, on made-up cases day by day and on every scenario of the law."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from market import END_UNKNOWN, IN_WINTER, KNOWN, PERHAPS_WARNED, case, market
from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.decide import decide
from zhunsheng.ask.deciding.problems import Shared
from zhunsheng.ask.deciding.worlds import UNLAWFUL, Worlds, worlds
from zhunsheng.ask.report import Status
from zhunsheng.ask.sets import in_order
from zhunsheng.ask.timelines.timeline import timeline
from zhunsheng.ask.timelines.timeline_report import Row, Span, Timeline
from zhunsheng.certify import kernel
from zhunsheng.errors import InputError
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.timeline import TimelineSpec
from zhunsheng.read import load_case, load_pack, parse_case

ROOT = Path(__file__).parents[2]
ALL = bool(os.environ.get("ALL"))
ONE_DAY = timedelta(days=1)
A_WARNING = ("within-a-month-of-a-warning",)
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
LAW = load_pack(ROOT / "policy" / "urumqi-2025")
SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))[:: 1 if ALL else 36]
SHARED = {name: Shared(Cones(pack)) for name, pack in (("law", LAW), ("market", market()))}
LOADED = kernel.Pack(LAW.canonical.encode())


def asked(row: Row, day: date) -> Asked:
    return Asked(f"{row.definition}({day})", row.definition, (day,))


def of_law(case: Case, first: date = date(2024, 1, 1), last: date = date(2028, 12, 31)) -> Timeline:
    return timeline(LAW, case, first, last, shared=SHARED["law"], loaded=LOADED)


def days(span: Span) -> Iterator[date]:
    yield from (span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1))


def brief(row: Row) -> list[tuple[str, str, tuple[object, ...]]]:
    return [(str(span.first), str(span.last), span.outcomes) for span in row.spans]


# -- the market, day by day


@pytest.mark.parametrize("text", [KNOWN, IN_WINTER], ids=["known", "an open reading"])
def test_on_every_day_of_a_span_the_reference_meaning_says_what_the_span_says(text: str) -> None:
    found = timeline(market(), case(text), FIRST, LAST)

    known = worlds(market(), case(text), Cones(market()))
    assert known is not None
    for row in found.rows:
        for span in row.spans:
            for day in days(span):
                assert in_order(one for one in known.outcomes(asked(row, day)) if one is not UNLAWFUL) == span.outcomes, day


@pytest.mark.parametrize("text", [PERHAPS_WARNED, END_UNKNOWN], ids=["further warnings", "an unknown day"])
def test_on_the_days_around_each_end_the_solver_says_what_an_open_span_says(text: str) -> None:
    found = timeline(market(), case(text), date(2024, 12, 1), date(2025, 5, 31))

    for row in found.rows:
        for span in row.spans:
            middle = span.first + (span.last - span.first) / 2
            around = sorted(
                {span.first, min(span.first + ONE_DAY, span.last), middle, max(span.last - ONE_DAY, span.first), span.last}
            )
            keys = [asked(row, day).key for day in around]
            for answer in decide(market(), case(text), keys, firmness=False, shared=SHARED["market"]).answers:
                assert answer.status is span.status, answer.name
                assert in_order(one.outcome for one in answer.outcomes) == span.outcomes, answer.name


def test_the_spans_of_a_known_case() -> None:
    found = timeline(market(), case(), FIRST, LAST)

    assert brief(found.rows[0]) == [
        ("2024-01-01", "2024-02-29", (FailureKind.GAP,)),
        ("2024-03-01", "2025-01-30", ("corner",)),
        ("2025-01-31", "2025-02-28", ("closed",)),
        ("2025-03-01", "2025-03-31", ("corner",)),
        ("2025-04-01", "2026-12-31", ("square",)),
    ]


def test_spans_that_are_open_say_what_they_may_be_and_what_that_depends_on() -> None:
    found = timeline(market(), case(END_UNKNOWN), FIRST, LAST).rows[0]

    last = found.spans[-1]
    assert (last.status, last.depends_on.facts) == (Status.OPEN, ("permits[0].to",))
    assert (last.first, last.last) == (date(2025, 3, 1), LAST)


def test_a_list_that_may_hold_more_leaves_open_what_it_could_change_and_nothing_else() -> None:
    found = timeline(market(), case(PERHAPS_WARNED), date(2025, 1, 1), date(2025, 3, 31))

    assert [(str(span.first), span.status.value) for span in found.rows[1].spans] == [
        ("2025-01-01", "open"), ("2025-01-31", "determined"), ("2025-03-01", "open"),
    ]  # fmt: skip
    assert found.others == ("warnings",)


# -- what made a span begin


def test_each_change_names_the_rules_that_came_and_went_and_the_day_it_turns_on() -> None:
    changes = [span.change for span in timeline(market(), case(), FIRST, LAST).rows[0].spans]

    assert changes[0] is None
    told = [
        ([one.rule for one in change.begun], [one.rule for one in change.ended], [(one.path, one.value) for one in change.days])
        for change in changes
        if change is not None
    ]
    assert told == [
        (["as-permitted", "between-its-days"], [], [("permits[0].from", "2024-03-01")]),
        (["suspended", *A_WARNING, "a-month-later"], ["as-permitted"], [("warnings[0].given_on", "2025-01-31")]),
        (["as-permitted"], ["suspended", *A_WARNING, "that-day"], [("warnings[0].given_on", "2025-01-31")]),
        (["between-its-days"], [], [("permits[1].from", "2025-04-01")]),
    ]


def test_a_change_that_no_day_of_the_case_moves_names_none() -> None:
    text = KNOWN.replace("in_winter: held", "in_winter: not_held")

    found = timeline(market(), case(text), FIRST, LAST).rows[0].spans

    (new_year,) = [span for span in found if span.first == date(2026, 1, 1)]
    assert new_year.change is not None
    assert [one.rule for one in new_year.change.begun] == ["january"]
    assert new_year.change.days == ()


# -- periods, days, deadlines


def test_windows_events_and_deadlines_are_those_of_the_elements() -> None:
    found = timeline(market(), case(), FIRST, LAST)

    assert [(one.name, one.element, one.since.days, one.until.days) for one in found.windows] == [
        ("permit", "permits[0]", (date(2024, 3, 1),), (date(2025, 9, 30),)),
        ("permit", "permits[1]", (date(2025, 4, 1),), ()),
        ("suspension", "warnings[0]", (date(2025, 1, 31),), (date(2025, 2, 28),)),
    ]
    assert [(one.name, one.on.days) for one in found.events] == [("warning", (date(2025, 1, 31),))]
    assert [(one.duty, one.owed, one.by.days) for one in found.deadlines] == [("office-inspects", True, (date(2026, 2, 28),))]


def test_a_deadline_whose_day_may_be_any_names_the_fact_that_is_missing_and_no_day() -> None:
    known = KNOWN.replace("inspected_on: 2025-02-28", "inspected_on: unknown")

    found = timeline(market(), case(known), FIRST, LAST)

    assert [(one.duty, one.by.status, one.by.outcomes, one.lacks) for one in found.deadlines] == [
        ("office-inspects", Status.OPEN, (), "inspected_on"),
    ]  # fmt: skip


def test_what_lies_outside_the_days_asked_for_is_left_out() -> None:
    found = timeline(market(), case(), date(2025, 10, 1), date(2025, 12, 31))

    assert [one.element for one in found.windows] == ["permits[1]"]
    assert found.events == ()
    assert found.deadlines == ()


# -- the future


def test_days_after_the_case_is_known_hold_provided_nothing_happens() -> None:
    found = timeline(market(), case(), FIRST, LAST).rows[0].spans

    assert [span.provided_from for span in found] == [None, None, None, None, date(2025, 6, 2)]


def test_with_an_open_future_those_days_are_open_and_the_days_before_are_not() -> None:
    found = timeline(market(), case(), FIRST, date(2025, 8, 31), open_future=True).rows[1].spans

    assert [(str(span.first), str(span.last), span.status.value) for span in found][-1] == ("2025-06-02", "2025-08-31", "open")
    assert {span.status for span in found[:-1]} == {Status.DETERMINED}
    assert {span.provided_from for span in found} == {None}


# -- what is refused


def test_days_outside_the_horizon_and_ends_before_beginnings_are_refused_at_once() -> None:
    with pytest.raises(InputError) as refused:
        timeline(market(), case(), date(2033, 1, 1), date(2019, 1, 1))

    assert str(refused.value) == (
        "--from: 2033-01-01 lies outside the days that the rules cover\n    2020-01-01 to 2032-12-31\n"
        "--to: 2019-01-01 lies before 2033-01-01, the first day asked for\n"
        "--to: 2019-01-01 lies outside the days that the rules cover\n    2020-01-01 to 2032-12-31"
    )


def test_a_pack_that_shows_nothing_along_time_says_so() -> None:
    silent = replace(market(), timeline=TimelineSpec())

    with pytest.raises(InputError) as refused:
        timeline(silent, case(), FIRST, LAST)

    assert str(refused.value) == "market: this pack does not say what a timeline shows\n    write its timeline.yaml"


# -- the law


def ends(row: Row) -> Iterator[tuple[date, Span]]:
    """The first and the last day of each span, and the days next to them that belong to it."""
    for span in row.spans:
        for day in {span.first, min(span.first + ONE_DAY, span.last), max(span.last - ONE_DAY, span.first), span.last}:
            yield day, span


def known_to(pack: Pack, case: Case) -> Worlds:
    found = worlds(pack, case, SHARED["law"].cones)
    assert found is not None
    return found


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_every_span_of_a_scenario_flips_exactly_at_its_ends(file: Path) -> None:
    case = load_case(file, LAW)
    found = of_law(case)

    known = known_to(LAW, case)
    for row in found.rows:
        assert [span.first for span in row.spans] == [found.first, *(span.last + ONE_DAY for span in row.spans[:-1])]
        assert row.spans[-1].last == found.last
        for before, after in zip(row.spans, row.spans[1:], strict=False):
            assert (before.status, before.outcomes, before.depends_on) != (after.status, after.outcomes, after.depends_on)
        for day, span in ends(row):
            outcomes = in_order(one for one in known.outcomes(asked(row, day)) if one is not UNLAWFUL)
            if span.status is Status.OPEN:
                assert set(outcomes) <= set(span.outcomes), day
            elif span.status is not Status.NOT_SHOWN:
                assert outcomes == span.outcomes, day


@pytest.mark.skipif(not ALL, reason="every day of every scenario: ALL=1")
@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_on_every_day_of_every_scenario_the_reference_meaning_agrees(file: Path) -> None:
    case = load_case(file, LAW)
    known = known_to(LAW, case)
    for row in of_law(case).rows:
        for span in row.spans:
            for day in days(span) if span.status not in (Status.OPEN, Status.NOT_SHOWN) else ():
                assert in_order(one for one in known.outcomes(asked(row, day)) if one is not UNLAWFUL) == span.outcomes, day


def test_a_bar_reckoned_across_a_leap_day_ends_on_the_day_the_law_means() -> None:
    text = (ROOT / "scenarios" / "the-year-after-a-downgrade-ends-with-the-anniversary-day.yaml").read_text(encoding="utf-8")
    leap = parse_case(text.replace("2025-03-", "2027-03-").replace("2026-03-", "2028-03-"), "leap.yaml", LAW)

    (bar,) = [window for window in of_law(leap, date(2027, 1, 1), date(2029, 12, 31)).windows if window.name == "bar"]

    assert (bar.since.days, bar.until.days) == ((date(2027, 3, 10),), (date(2028, 3, 10),))
