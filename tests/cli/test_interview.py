"""Interviews at the command line: nothing told is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def interview(file: Path, *words: str, told: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zhunsheng", "interview", str(file), "--lang", "en", *words]
    return subprocess.run(command, input=told, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)


def test_answers_are_kept_after_each_and_wrong_ones_are_asked_again(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"

    done = interview(file, "--answer", "attained", told="2025-13-01\n1\nquatre\nB\n")

    assert done.returncode == 0, done.stderr
    assert "That is no answer: '2025-13-01' is no number of elements (write a number from 0 to 200, or 2+)" in done.stdout
    assert "Stopped. Your answers are in" in done.stdout
    kept = file.read_text(encoding="utf-8")
    assert "organized: B" in kept


def test_an_interview_goes_on_where_it_stopped(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    interview(file, "--answer", "attained", told="1\nB\n")

    done = interview(file, "--answer", "attained", told="?\n" * 20)

    assert done.returncode == 0, done.stderr
    assert "Question 1: Against the industry's indicators" in done.stdout
    assert "What it still depends on, and is not known" in done.stdout


def test_a_file_that_holds_more_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    text = "# mine\npack: urumqi-2025\nfacts: {}\n"
    file.write_text(text, encoding="utf-8")

    done = interview(file, told="")

    assert done.returncode == 2
    assert "this file holds more than an interview keeps" in done.stderr
    assert file.read_text(encoding="utf-8") == text
