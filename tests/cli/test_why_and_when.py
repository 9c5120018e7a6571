"""The commands `why` and `timeline`: what they write and exit with, typing mistakes too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import commands
from market import KNOWN, MARKET


@pytest.fixture
def case(tmp_path: Path) -> str:
    (tmp_path / "case.yaml").write_text(KNOWN, encoding="utf-8")
    return str(tmp_path / "case.yaml")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    return commands.run(capsys, *words, "--pack", str(MARKET), "--lang", "en")


def test_a_timeline_is_printed_and_drawn(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawn = tmp_path / "drawn.svg"

    code, out, err = run(capsys, "timeline", case, "--from", "2025-01-01", "--to", "2025-12-31", "--svg", str(drawn))

    assert (code, err) == (0, "")
    assert "- 1 April 2025 to 31 December 2025: stall on the square" in out
    assert drawn.read_text(encoding="utf-8").startswith("<svg xmlns=")


def test_a_picture_is_not_written_over(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawn = tmp_path / "drawn.svg"
    drawn.write_text("mine", encoding="utf-8")

    code, _, err = run(capsys, "timeline", case, "--from", "2025-01-01", "--to", "2025-12-31", "--svg", str(drawn))

    assert code == 2
    assert err == f"The input has 1 problem:\n\n{drawn}: this file exists already\n    choose another name, or add --force\n"
    assert drawn.read_text(encoding="utf-8") == "mine"


def test_both_days_are_refused_at_once(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "timeline", case, "--from", "2025-1-1", "--to", "tomorrow")

    assert code == 2
    assert err == (
        "The input has 2 problems:\n\n--from 2025-1-1: this is no day\n    write it as 2025-01-01\n\n"
        "--to tomorrow: this is no day\n    write year, month and day, as in 2025-11-03\n"
    )


def test_a_picture_is_never_written_over_the_case_it_draws(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = Path(case).read_text(encoding="utf-8")

    code, _, err = run(capsys, "timeline", case, "--from", "2025-01-01", "--to", "2025-02-01", "--svg", case, "--force")

    assert code == 2
    assert err == (
        f"The input has 1 problem:\n\n--svg {case}: a picture cannot be written as '.yaml'\n    end the name in .svg\n"
    )
    assert Path(case).read_text(encoding="utf-8") == before


def test_why_writes_json_that_names_what_was_asked(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "why", case, "rank_now=closed", "--json", "--smallest")

    data = json.loads(out)
    assert (code, data["answer"], data["wanted"], data["is_outcome"]) == (0, "rank_now", "closed", False)
    assert data["sufficient"]["smallest"] is True


def test_an_answer_that_does_not_exist_is_refused(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "why", case, "rank_nwo")

    assert code == 2
    assert err == "The input has 1 problem:\n\nANSWER: there is no answer 'rank_nwo'\n    did you mean 'rank_now'?\n"
