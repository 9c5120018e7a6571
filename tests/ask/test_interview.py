"""Interviews over the scenarios: the same answer as the full case, with few questions."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from interviewing import interviewed, smallest, wanted
from zhunsheng.ask.interviewing.interview import Interviewer, Standing
from zhunsheng.certify import kernel
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.spots import Spot
from zhunsheng.read import load_case, load_pack, set_fact
from zhunsheng.read.reply import with_value_told

ROOT = Path(__file__).parents[2]
SAMPLE = (
    "any-one-of-the-nine-indicators-is-enough",
    "a-mid-year-rise-applies-from-the-end-of-its-own-publicity",
)
NAMES = SAMPLE if not os.environ.get("ALL") else tuple(sorted(path.stem for path in (ROOT / "scenarios").glob("*.yaml")))
COUNTS: list[tuple[str, int, int]] = []
MOST = 1.5


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


@pytest.mark.parametrize("name", NAMES)
def test_an_interview_comes_to_what_the_full_case_does(name: str, pack: Pack) -> None:
    full = load_case(ROOT / "scenarios" / f"{name}.yaml", pack)
    names = wanted(pack, full)
    if not names:
        pytest.skip("expects something of duties only")
    interviewer = Interviewer(pack, names)

    found = interviewed(interviewer, full)

    here, _ = interviewer.concluded(found.case, found.standing)
    there, _ = interviewer.concluded(full, Standing(None, frozenset()))
    assert {one.key: outcomes for one, outcomes in here.items()} == {one.key: outcomes for one, outcomes in there.items()}
    assert all(question.swayed or question.kind == "how many" for question in found.asked)
    enough = smallest(pack, kernel.Pack(pack.canonical.encode()), full, names, there)
    print(f"{name}: {len(found.asked)} questions, {enough} facts would have been enough")
    if enough:
        COUNTS.append((name, len(found.asked), enough))


def test_an_answer_that_may_be_on_many_days_is_not_settled(pack: Pack) -> None:
    name = "counted-by-industry-the-later-of-two-bars-that-reach-it-decides"
    full = load_case(ROOT / "scenarios" / f"{name}.yaml", pack)
    case = set_fact(full, "application.line", "unknown", pack)

    standing = Interviewer(pack, ["locked_out_until"]).standing(case)

    assert standing.settled == frozenset()
    assert standing.question is not None


def test_on_average_few_more_questions_are_asked_than_facts_are_needed() -> None:
    asked, enough = sum(one[1] for one in COUNTS), sum(one[2] for one in COUNTS)

    assert asked <= MOST * enough or not COUNTS


@pytest.mark.parametrize("told", ["2025-11-03", "2025年11月3日", "２０２５年１１月３日", "２０２５-11-03"])
def test_a_day_may_be_told_in_digits_of_any_width(told: str, pack: Pack) -> None:
    case = load_case(ROOT / "scenarios" / f"{SAMPLE[0]}.yaml", pack)

    assert with_value_told(pack, case, Spot("as_of"), told).facts["as_of"] == date(2025, 11, 3)
