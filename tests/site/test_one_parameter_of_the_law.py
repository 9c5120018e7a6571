"""One number of the law changed: exactly the pages that speak of it, or of a day that follows from it, have another body."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from garden_site import zhunsheng

ROOT = Path(__file__).parents[2]
LAW = ROOT / "policy" / "urumqi-2025"
DEADLINES, INDICATORS = "the-branch-has-two-five-and-two-working-days", "the-worst-indicator-decides"
YEAR = "a-violation-exactly-one-year-before-filing-still-bars"
SITE_CHECK = (
    "answers/life-case.svg", "answers/report_due.md", "answers/site_check_due.md", f"cases/{DEADLINES}.md", "parameters.md",
    "readings/count_start_day.md", "text/article-16.md",
)  # fmt: skip
"""Where the five working days of the site check stand, or a day that follows from them: looked through one by one."""
LOOKBACK = (
    "answers/barred_from_upper_tier.md", "answers/may_apply_for.md", f"cases/{YEAR}.md", "parameters.md",
    "readings/art15_window.md", "text/article-15.md",
)  # fmt: skip
NUMBERS = re.compile(r"\d+")


@pytest.fixture(scope="module")
def made_of(tmp_path_factory: pytest.TempPathFactory) -> tuple[str | Path, ...]:
    """A few cases, an amendment of something else, no certificates: those kept are of the rules as they are."""
    folder = tmp_path_factory.mktemp("law")
    for place in ("scenarios", "shelf", "certificates"):
        (folder / place).mkdir()
    for stem in (DEADLINES, INDICATORS, YEAR):
        (folder / "scenarios" / f"{stem}.yaml").symlink_to(ROOT / "scenarios" / f"{stem}.yaml")
    (folder / "shelf" / "month.yaml").symlink_to(ROOT / "policy" / "amendments" / "publicity-of-five-working-days.yaml")
    return ("--proofs", ROOT / "proofs", "--scenarios", folder / "scenarios", "--amendments", folder / "shelf",
            "--certificates", folder / "certificates")  # fmt: skip


@pytest.fixture(scope="module")
def site(made_of: tuple[str | Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("before") / "pages"
    run = zhunsheng("publish", target, "--pack", LAW, *made_of)
    assert (run.returncode, run.stderr) == (0, "")
    return target


def changed(folder: Path, name: str, was: str, becomes: str) -> Path:
    """The law with one parameter at another value."""
    shutil.copytree(LAW, folder)
    path = folder / "parameters.yaml"
    before, at, rest = path.read_text(encoding="utf-8").partition(f"- parameter: {name}\n")
    path.write_text(before + at + rest.replace(was, becomes, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(("name", "was", "becomes", "speaking"), [
    ("site_check_workdays", "value: 5", "value: 6", SITE_CHECK),
    *([("lookback_period", "years: 1", "years: 2", LOOKBACK)] if os.environ.get("ALL") else []),
])  # fmt: skip
def test_changing_a_number_of_the_law_changes_the_pages_that_speak_of_it_and_the_run_lists_them(
    name: str, was: str, becomes: str, speaking: Sequence[str], site: Path, made_of: tuple[str | Path, ...], tmp_path: Path
) -> None:
    target = tmp_path / "pages"
    shutil.copytree(site, target)
    law = changed(tmp_path / "urumqi-2025", name, was, becomes)

    run = zhunsheng("publish", target, "--pack", law, *made_of, "--force", "--json")

    said = json.loads(run.stdout)
    assert said["changed"] == sorted(f"{lang}/{path}" for lang in ("zh", "en") for path in speaking)
    assert (said["added"], said["removed"]) == ([], [])
    if name == "site_check_workdays":  # numbers and days alone are different, on every page
        for path in said["changed"]:
            before, after = (NUMBERS.sub("#", _body(folder / path)) for folder in (site, target))
            assert before == after, path


def _body(path: Path) -> str:
    """A page without its version and digest."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if "zs-digest" not in line)
