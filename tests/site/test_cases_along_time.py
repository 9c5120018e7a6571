"""Which cases of the law have a picture along time, and why the others have none."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from zhunsheng.ask.deciding.problems import Shared
from zhunsheng.ask.testing.scenarios import loaded
from zhunsheng.ask.testing.worked import Worked, worked
from zhunsheng.ask.timelines.story_days import reckoned, story_days
from zhunsheng.ask.timelines.timeline import timeline
from zhunsheng.lang.case import UNKNOWN, Case
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import NONE
from zhunsheng.read import load_pack
from zhunsheng.show.site.cases import case_page
from zhunsheng.show.site.prepared import PreparedCase
from zhunsheng.show.site.search import plain

ROOT = Path(__file__).parents[2]
FILED, INDICATORS = "a-file-of-26-september-is-reviewed-by-the-29th", "the-worst-indicator-decides"
FILED_FOR_C = "who-acts-on-an-application-for-c"
WITHOUT = 24
"""Scenarios that speak of indicators and lines, or of duties without a day."""


@pytest.fixture(scope="module")
def law() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


def case_of(law: Pack, stem: str) -> Case:
    return loaded(law, [ROOT / "scenarios" / f"{stem}.yaml"])[0][0]


def test_a_case_that_states_only_when_it_applied_is_shown_with_the_deadlines_that_follow(law: Pack) -> None:
    case = case_of(law, FILED)

    days = story_days(law, case)

    assert days == (date(2025, 6, 1), date(2026, 3, 31))
    due = {one.duty: one.by.outcomes for one in timeline(law, case, *days).deadlines if one.duty in reckoned(law, case)}
    assert due == {
        "enterprise-assesses-and-reports": (date(2025, 8, 31), NONE),
        "branch-reviews-papers": (date(2025, 9, 29),),
        "branch-checks-site-for-upper-tier": (date(2025, 10, 13),),
        "branch-reports-to-air-division": (date(2025, 10, 15),),
    }


def test_an_application_that_brings_no_deadline_is_not_shown(law: Pack) -> None:
    case = case_of(law, FILED_FOR_C)

    assert reckoned(law, case) != []
    assert story_days(law, case) is None


@pytest.fixture(scope="module")
def filed(law: Pack) -> Worked:
    return worked(law, [case_of(law, FILED)])


NOTHING = (
    "Nothing in this case is among what is shown along time, so no picture is drawn. Shown are ratings, downgrades, violations,"
    " applications refused under article 15, self-assessments, and time limits that follow from a day stated in the case."
)
LEFT_OUT = "No picture of this case along time was attached when this site was made."
NO_DAY = "The case does not say which day the question is about, so no picture along time is drawn."


@pytest.mark.parametrize(("stem", "prepared", "wanted"), [
    (FILED, None, LEFT_OUT), (FILED_FOR_C, None, LEFT_OUT), (FILED_FOR_C, PreparedCase(), NOTHING), (INDICATORS, None, NOTHING),
    (INDICATORS, PreparedCase(), NOTHING), ("", PreparedCase(), NO_DAY), ("", None, NO_DAY),
])  # fmt: skip
def test_a_case_without_a_picture_says_why(
    stem: str, prepared: PreparedCase | None, wanted: str, law: Pack, filed: Worked
) -> None:
    case = case_of(law, stem or FILED)
    asked = case if stem else replace(case, facts={**case.facts, law.as_of: UNKNOWN})

    said = plain(case_page(law, FILED, replace(filed, case=asked), "en", prepared).body)

    assert f"Along time {wanted} " in said


@pytest.mark.skipif(not os.environ.get("ALL"), reason="looks at every scenario; run with ALL=1")
def test_every_scenario_with_a_day_of_its_own_has_a_picture(law: Pack) -> None:
    paths, shared = sorted((ROOT / "scenarios").glob("*.yaml")), Shared(Cones(law))

    without = [path.stem for path, (case, *_) in zip(paths, loaded(law, paths), strict=True)
               if story_days(law, case, shared) is None]  # fmt: skip

    assert len(without) == WITHOUT
