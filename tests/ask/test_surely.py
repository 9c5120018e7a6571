"""Whether a condition surely holds where something is not known: on which day first, and the cases that say no before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from market import PERHAPS_WARNED, case, market
from zhunsheng.ask.deciding.condition import Condition, condition
from zhunsheng.ask.deciding.decide import decide
from zhunsheng.ask.settling.spans import Looker
from zhunsheng.ask.settling.surely import Surely
from zhunsheng.errors import NotShown
from zhunsheng.evaluate import Run
from zhunsheng.lang.case import UNKNOWN, Case
from zhunsheng.lang.outcome import strongest
from zhunsheng.lang.spots import Spot

TODAY = Spot("as_of")
START = date(2025, 6, 1)
UNTIL_AUTUMN = "not suspended_on(as_of) or as_of > date(2025, 9, 10)"


def asking(text: str, known: str = PERHAPS_WARNED) -> tuple[Surely, Condition, Case]:
    goal, told = condition(market(), text), case(known)
    return Surely(Looker.of(goal.pack, told)), goal, told


def first(surely: Surely, goal: Condition, told: Case, start: date = START, varied: tuple[Spot, ...] = ()) -> date | None:
    within = (start, goal.pack.horizon[1])
    return surely.first({**told.facts, "as_of": start}, (TODAY,), goal.asked, goal.expr, within, varied)[0]


def decided(goal: Condition, told: Case, day: date) -> bool:
    """Every completion of the case looked for, with the solver, for one day."""
    answer = decide(goal.pack, replace(told, facts={**told.facts, "as_of": day}), [goal.asked.key], firmness=False).answers[0]
    return answer.complete and {one.outcome for one in answer.outcomes} == {True}


def test_the_first_day_is_the_one_on_which_every_completion_says_yes() -> None:
    surely, goal, told = asking(UNTIL_AUTUMN)

    found = first(surely, goal, told)

    assert found == date(2025, 9, 11)
    assert decided(goal, told, found)
    assert not any(decided(goal, told, START + timedelta(days=n)) for n in range((found - START).days))


def test_a_case_that_says_no_is_complete_keeps_what_is_stated_and_fails_by_the_reference_meaning() -> None:
    surely, goal, told = asking(UNTIL_AUTUMN)

    for day in (date(2025, 7, 1), date(2025, 7, 2), date(2025, 9, 10)):
        against = surely.against({**told.facts, "as_of": day}, goal.asked)

        assert against is not None
        assert against.facts["as_of"] == day
        assert against.facts["warnings"].complete
        assert against.facts["warnings"].elements[:1] == told.facts["warnings"].elements
        run = Run(goal.pack, against.facts, against.readings, {})
        assert strongest(run.definition(goal.asked.definition)) is False


def test_what_surely_holds_has_no_case_against_it() -> None:
    surely, goal, told = asking("not suspended_on(as_of) or inspected_on != none")

    assert surely.against(told.facts, goal.asked) is None


def test_what_surely_fails_is_refuted_by_the_case_as_it_stands() -> None:
    surely, goal, told = asking("suspended_on(as_of) and as_of < date(2025, 1, 1)")

    against = surely.against(told.facts, goal.asked)

    assert against is not None
    assert against.facts is told.facts


def test_one_case_is_enough_for_all_days_where_it_fails_on_all_of_them() -> None:
    surely, goal, told = asking("inspected_on == none")
    unknown = replace(told, facts={**told.facts, "inspected_on": UNKNOWN})

    assert first(surely, goal, unknown) is None
    assert len(surely._against) == 1


def test_variants_of_a_case_have_each_their_own_first_day() -> None:
    surely, goal, told = asking("not suspended_on(as_of) or (inspected_on != none and inspected_on + days(100) < as_of)")
    inspected = Spot("inspected_on")
    variants = [replace(told, facts={**told.facts, "inspected_on": day}) for day in (date(2025, 3, 10), date(2025, 4, 2))]

    found = [first(surely, goal, one, varied=(inspected,)) for one in variants]

    assert found == [date(2025, 6, 19), date(2025, 7, 12)]
    for one, day in zip(variants, found, strict=True):
        assert day is not None
        assert decided(goal, one, day)
        assert not decided(goal, one, day - timedelta(days=1))


def test_where_too_many_cases_would_be_needed_it_is_not_said_to_fail() -> None:
    surely, goal, told = asking("not suspended_on(as_of)")

    with pytest.raises(NotShown, match=r"^too much is not known of the case$"):
        first(surely, goal, told)


EITHER_WAY = (
    "(suspended_on(as_of) or not suspended_on(as_of))"
    " and (not suspended_on(as_of) or (inspected_on != none and inspected_on < date(2025, 3, 1)))"
)
"""Seen by the constraints only, where it surely holds."""


def test_what_was_shown_of_one_variant_holds_of_those_that_differ_in_nothing_looked_at() -> None:
    surely, goal, told = asking(EITHER_WAY)
    permits = told.facts["permits"]
    others = replace(permits, elements=({**permits.elements[0], "rank": "square"}, *permits.elements[1:]))

    assert surely.against(told.facts, goal.asked) is None
    assert surely.against({**told.facts, "permits": others}, goal.asked) is None

    assert len(surely._sure[goal.asked]) == 1, "nothing was shown anew"


def test_a_variant_that_differs_in_what_is_looked_at_is_asked_anew() -> None:
    surely, goal, told = asking(EITHER_WAY)
    later = {**told.facts, "inspected_on": date(2025, 5, 1)}
    closed = {**told.facts, "warnings": replace(told.facts["warnings"], complete=True)}

    assert surely.against(told.facts, goal.asked) is None
    against = surely.against(later, goal.asked)

    assert against is not None
    assert against.facts["inspected_on"] == date(2025, 5, 1)
    assert surely.against(closed, goal.asked) is None
