"""What if: side by side, every value of one fact, and from which day."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from zhunsheng.ask.deciding.decide import decide
from zhunsheng.ask.supposing.varying import vary
from zhunsheng.ask.supposing.whatif import side_by_side
from zhunsheng.ask.supposing.when import when
from zhunsheng.errors import InputError
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_case, load_pack, set_fact

ROOT = Path(__file__).parents[2]
BARRED = "a-works-downgraded-to-d-may-not-apply-for-c-within-the-year"
SAMPLE = (
    BARRED,
    "a-violation-exactly-one-year-before-filing-still-bars",
    "an-objection-keeps-the-old-grade-after-publicity-ends",
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


def case_of(name: str, pack: Pack) -> Case:
    return load_case(ROOT / "scenarios" / f"{name}.yaml", pack)


def decided(pack: Pack, case: Case, name: str) -> frozenset[object]:
    return frozenset(one.outcome for one in decide(pack, case, [name], firmness=False).answer(name).outcomes)


def test_the_answers_stand_side_by_side_with_the_rules_that_make_the_difference(pack: Pack) -> None:
    case = case_of(BARRED, pack)

    report = side_by_side(pack, case, [("application.filed_on", "2026-09-23")], ["may_apply", "locked_out", "grade_in_force"])

    told = {
        one.name: ([p.outcome for p in one.before.outcomes], [p.outcome for p in one.after.outcomes]) for one in report.changed
    }
    assert told == {"may_apply": ([False], [True]), "locked_out": ([True], [False])}
    assert "rise-barred-by-lockout" in [step.rule for step in report.changed[0].only_before]
    assert "rise-barred-by-lockout" not in [step.rule for step in report.changed[0].only_after]
    assert [one.key for one in report.unchanged] == ["grade_in_force"]


def test_what_cannot_be_set_is_refused_with_its_words(pack: Pack) -> None:
    with pytest.raises(InputError) as refused:
        side_by_side(pack, case_of(BARRED, pack), [("application.filed", "2026-09-23")])

    (problem,) = refused.value.problems
    assert str(problem.place) == "--set application.filed=2026-09-23"
    assert problem.what == "application has no fact 'filed'"


def test_the_ranges_of_a_day_cover_the_horizon_and_are_exact(pack: Pack) -> None:
    case = case_of(BARRED, pack)

    (found,) = vary(pack, case, "application.filed_on", ["may_apply"]).answers

    assert [(one.least, one.greatest, one.outcomes) for one in found.ranges] == [
        (date(2015, 1, 1), date(2025, 9, 21), (frozenset({True}),)),
        (date(2025, 9, 22), date(2026, 9, 22), (frozenset({False}),)),
        (date(2026, 9, 23), date(2040, 12, 31), (frozenset({True}),)),
    ]


@pytest.mark.parametrize(
    "name", SAMPLE if not os.environ.get("ALL") else sorted(p.stem for p in (ROOT / "scenarios").glob("*.yaml"))
)
def test_each_range_flips_exactly_at_its_ends(name: str, pack: Pack) -> None:
    case = case_of(name, pack)
    for path, answer in (("as_of", "grade_in_force"), ("application.filed_on", "may_apply")):
        try:
            (found,) = vary(pack, case, path, [answer]).answers
        except InputError:
            continue  # there is no application
        on_scale = [one for one in found.ranges if isinstance(one.least, date)]
        for one, other in pairwise(on_scale):
            assert (one.outcomes, one.impossible) != (other.outcomes, other.impossible)
            assert isinstance(one.greatest, date)
            assert one.greatest + timedelta(days=1) == other.least
        for one in found.ranges:
            for day in (one.least, one.greatest):
                if not one.impossible:
                    told = set_fact(case, path, str(day), pack)
                    assert decided(pack, told, answer) == one.outcomes[0], (path, day)


def test_a_fact_of_a_record_that_is_none_does_not_vary(pack: Pack) -> None:
    case = case_of("a-works-that-files-nothing-keeps-a-despite-a-violation", pack)

    with pytest.raises(InputError) as refused:
        vary(pack, case, "application.filed_on", ["may_apply"])

    (problem,) = refused.value.problems
    assert problem.what == "application is none in this case, so application.filed_on cannot be set"


def test_day_by_day_the_reference_meaning_says_the_same(pack: Pack) -> None:
    case = case_of(BARRED, pack)
    (found,) = vary(pack, case, "application.filed_on", ["barred_from_upper_tier"]).answers
    day, last = (date(2025, 8, 25), date(2025, 9, 15)) if not os.environ.get("ALL") else (date(2024, 1, 1), date(2028, 12, 31))

    while day <= last:
        told = set_fact(case, "application.filed_on", day.isoformat(), pack)
        here = next(one for one in found.ranges if isinstance(one.least, date) and one.least <= day <= one.greatest)  # type: ignore[operator]
        assert decided(pack, told, "barred_from_upper_tier") == here.outcomes[0], day
        day += timedelta(days=1)


def test_a_list_is_tried_with_and_without_each_element(pack: Pack) -> None:
    found = {
        one.asked.key: one for one in vary(pack, case_of(BARRED, pack), "downgrades", ["may_apply", "attained_tier"]).answers
    }

    assert [(one.path, one.with_it, one.outcomes) for one in found["may_apply"].trials] == [
        ("downgrades", True, (frozenset({False}),)),
        ("downgrades[0]", False, (frozenset({True}),)),
    ]


def test_the_first_day_is_exact_and_the_day_before_it_is_not(pack: Pack) -> None:
    case = case_of(BARRED, pack)

    found = when(pack, case, "may_apply", within=(date(2025, 11, 3), date(2030, 12, 31)))

    assert found.moved == "application.filed_on"
    assert found.first is not None
    assert (found.first.day, found.first.beyond, found.first.there) == (date(2026, 9, 23), date(2026, 9, 22), frozenset({False}))


def test_why_it_never_holds_are_facts_that_suffice(pack: Pack) -> None:
    case = case_of(BARRED, pack)

    found = when(pack, case, "at_least(grade_in_force, B)")

    assert (found.first, found.last, found.first_perhaps) == (None, None, None)
    assert found.why_never is not None
    assert ("ratings[0].grade", "C") in found.why_never.facts


def test_a_condition_that_is_none_is_refused_at_its_option(pack: Pack) -> None:
    with pytest.raises(InputError) as refused:
        when(pack, case_of(BARRED, pack), "may_aply")

    assert str(refused.value.problems[0].place) == "--earliest 'may_aply'"


def test_what_was_not_worked_out_in_full_is_not_called_unchanged(pack: Pack) -> None:
    """With lists left open more further elements may matter than are looked at."""
    case = case_of("new-year-does-not-bring-back-the-grade-before-a-downgrade", pack)
    lines = replace(case.facts["lines"], complete=False)
    case = replace(case, facts={**case.facts, "lines": lines})

    report = side_by_side(pack, case, [("as_of", "2026-02-10")], ["downgrade_to"])

    assert (report.changed, report.unchanged) == ((), ())
    assert [one.key for one in report.not_shown] == ["downgrade_to"]
