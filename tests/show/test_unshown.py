"""Why something was not shown is told in Chinese: every reason that the program can have."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import zhunsheng
from zhunsheng.errors import NotShown
from zhunsheng.show.mistakes import problems, reason
from zhunsheng.show.mistakes.telling import _reasons

SAMPLE = "zq"
"""What stands for a name or a number that only a run knows."""
ROOT = Path(zhunsheng.__file__).parent
PASSED_ON = {
    "too many lists are unknown to try every reading",
    "days beyond the calendar's reach",
    f"what it depends on: {SAMPLE}",
    f"other readings: {SAMPLE}",
    f"an element's meaning depends on its own collection: {SAMPLE}",
    f"no case with up to {SAMPLE} further elements of each list",
    "the amendment gives objects other names, which the kernel does not follow",
}
"""Reasons that are written elsewhere than where they are raised."""


def written(text: ast.expr) -> str | None:
    """A message as its source has it; None where that says nothing by itself (a name, or another reason)."""
    match text:
        case ast.Constant(value=str(said)):
            return said
        case ast.JoinedStr(values=parts):
            return "".join(part.value if isinstance(part, ast.Constant) else SAMPLE for part in parts)
        case ast.BoolOp(values=values):
            return next((said for value in values if (said := written(value))), None)
    return None


def raised() -> Iterator[str]:
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "NotShown" and (said := written(node.args[0])):
                yield said


def test_every_reason_has_its_sentence_and_no_english_is_left_in_it() -> None:
    reasons = [*raised(), *PASSED_ON]

    said = {why: reason(why, "zh") for why in reasons if why.replace(SAMPLE, "").strip("; :")}

    assert len(said) > 25
    assert {why: text for why, text in said.items() if text == why or english_in(text)} == {}


def english_in(said: str) -> list[str]:
    return re.findall(r"[A-Za-z]{2,}", said.replace(SAMPLE, ""))


def test_no_sentence_is_for_a_reason_that_nobody_has() -> None:
    written_here = {part for why in (*raised(), *PASSED_ON) for part in why.split("; ")}

    unmatched = [said for form, said in _reasons() if not any(form.fullmatch(why) for why in written_here)]

    assert unmatched == []


def test_what_is_passed_on_is_written_in_the_source() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py") if "show" not in path.parts)

    assert {why for why in PASSED_ON if any(part not in source for part in why.split(SAMPLE))} == set()


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("the solver's budget ended (sat.canceled)", "求解器用完了规定的计算量（sat.canceled）"),
        (
            "what it depends on: the solver's budget ended (canceled);"
            " other readings: too many lists are unknown to try every reading",
            "结论取决于什么：求解器用完了规定的计算量（canceled）；其他理解之下如何：不明的清单太多，无法逐一试过各种理解",
        ),
        ("may_apply: too many further elements may matter", "may_apply：清单中可能有影响的其他项目太多"),
        ("the moon is full", "the moon is full"),
    ],
)
def test_a_reason_is_told_by_its_form_and_never_lost(why: str, said: str) -> None:
    assert reason(why, "zh") == said
    assert reason(why, "en") == why


def test_what_ended_for_want_of_computing_is_told_in_the_language_asked_for() -> None:
    error = NotShown("too many pieces to compare")

    assert problems.not_shown(error, "zh") == "未能在规定的计算量内算出：要比较的分段太多\n"
    assert problems.not_shown(error, "en") == "Not shown within the set amount of computing: too many pieces to compare\n"
