"""The shelf of amendments of the Urumqi measures: each can be read, and comes to what it should."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shelf import AMENDMENTS, KEPT, PACK, compared, summary
from zhunsheng.ask.comparing.bothlaws import Comparing
from zhunsheng.ask.comparing.comparison import Direction
from zhunsheng.read.amendment import load_amended
from zhunsheng.read.kinds import load_kinds

SHELF = sorted(AMENDMENTS.glob("*.yaml"))
EVERYTHING = bool(os.environ.get("ALL"))
AFTER_THE_REVIEW = [
    "air-division-gives-opinion", "air-division-merges-lower-tier", "bureau-meeting-decides-upper-tier", "branch-sends-c-papers",
    "bureau-pre-publicises-c", "bureau-decides-and-publicises-lower-tier", "bureau-reports-upper-tier",
    "branch-starts-lower-tier-review",
]  # fmt: skip
"""Duties owed only for an application that may be made."""
SAMPLE = ["listed-kinds-reworded", "penalty-required"]
"""Compared whole in the usual run; the others take minutes together (ALL=1)."""


def test_there_is_a_shelf() -> None:
    assert len(SHELF) >= 16


@pytest.mark.parametrize("path", SHELF, ids=lambda path: path.stem)
def test_each_can_be_read_and_says_where_it_comes_from(path: Path) -> None:
    (amendment,) = load_amended(PACK, [path]).amendments

    assert amendment.name == path.stem
    assert amendment.source.zh
    assert not amendment.retroactive


@pytest.mark.parametrize("name", ["downgrade-named-in-article-18", "listed-kinds-reworded"])
def test_what_changes_only_words_is_proved_equivalent_under_the_default_readings(name: str) -> None:
    comparison = compared(name)

    assert comparison.complete
    assert comparison.changed == ()
    assert comparison.equal


def test_a_bar_of_six_months_only_loosens_the_bar_and_what_follows_from_it() -> None:
    comparison = compared("bar-of-six-months", ("locked_out", "locked_out_until"))

    assert comparison.complete
    assert {each.answer: each.direction for each in comparison.answers} == {
        "locked_out": Direction.LAXER,
        "locked_out_until": Direction.LAXER,
    }
    (change,) = next(each for each in comparison.answers if each.answer == "locked_out_until").changes
    assert change.shift == (-184, -181)
    assert change.exact


def test_that_a_definition_comes_to_the_same_is_shown_though_it_is_hard_so_that_it_is_told_what_a_duty_follows_from() -> None:
    amended = load_amended(PACK, [AMENDMENTS / "b-minus-abolished.yaml"])
    comparing = Comparing(amended, load_kinds(PACK, amended.base), "default", turned=["assessed", "may_apply"])

    assert {"route", "pre_publicity"} <= comparing.equal
    assert comparing.rests_on("duty air-division-gives-opinion owed") == ("may_apply",)


@pytest.mark.parametrize("name", sorted(path.stem for path in KEPT.glob("*.txt")) if EVERYTHING else SAMPLE)
def test_what_it_comes_to_is_what_is_kept(name: str) -> None:
    kept = (KEPT / f"{name}.txt").read_text(encoding="utf-8")

    assert summary(compared(name)) == kept


def test_what_each_comes_to_is_kept() -> None:
    assert sorted(path.stem for path in KEPT.glob("*.txt")) == [path.stem for path in SHELF]


def test_a_bar_of_six_months_touches_the_bar_and_all_else_that_changes_follows_from_it() -> None:
    """Read off what is kept, which the test above compares with what comes out."""
    kept = (KEPT / "bar-of-six-months.txt").read_text(encoding="utf-8").splitlines()

    changed = [line for line in kept[1:] if not line.startswith(" ")]
    assert kept[0] == "laxer, complete"
    assert changed == [
        "locked_out: laxer",
        "locked_out_until: laxer",
        "may_apply: laxer, follows from may_apply_for",
        "may_apply_for: laxer, follows from locked_out",
        *(f"duty {duty} owed: other, follows from may_apply" for duty in AFTER_THE_REVIEW),
    ]
