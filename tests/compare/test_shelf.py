"""The shelf of amendments of the Urumqi measures: each can be read, and comes to what it should."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from zhunsheng.ask.compare import compare
from zhunsheng.ask.comparison import Comparison, Direction
from zhunsheng.read.amendment import load_amended
from zhunsheng.read.kinds import load_kinds

ROOT = Path(__file__).parents[2]
PACK = ROOT / "policy" / "urumqi-2025"
SHELF = sorted((ROOT / "policy" / "amendments").glob("*.yaml"))
EVERYTHING = pytest.mark.skipif(not os.environ.get("ALL"), reason="takes minutes: ALL=1")


def compared(name: str, answers: tuple[str, ...] = ()) -> Comparison:
    amended = load_amended(PACK, [PACK.parent / "amendments" / f"{name}.yaml"])
    return compare(amended, load_kinds(PACK, amended.base), answers=answers)


def test_there_is_a_shelf() -> None:
    assert len(SHELF) >= 14


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


@EVERYTHING
def test_a_bar_of_six_months_touches_nothing_but_the_bar_the_applications_and_one_duty() -> None:
    comparison = compared("bar-of-six-months")

    assert comparison.complete
    assert comparison.direction is Direction.LAXER
    assert [each.answer for each in comparison.changed] == [
        "locked_out", "locked_out_until", "may_apply", "may_apply_for", "duty air-division-gives-opinion owed",
    ]  # fmt: skip
