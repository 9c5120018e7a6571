"""`verify --against-current` on the law itself: which amendment of the shelf made a decision another."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from zhunsheng import cli
from zhunsheng.read.amendment import load_amended

ROOT = Path(__file__).parents[2]
LAW, SHELF = ROOT / "policy" / "urumqi-2025", ROOT / "policy" / "amendments"
NEVER_PENALISED = ROOT / "scenarios" / "a-violation-without-a-penalty-still-bars.yaml"
AFTER_A_DOWNGRADE = ROOT / "scenarios" / "the-year-after-a-downgrade-ends-with-the-anniversary-day.yaml"
BESIDE = ("penalty-required", "window-closed")
"""Amendments that lie beside the rules of then."""


@pytest.fixture(scope="module")
def then(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The law, with two amendments beside it."""
    folder = tmp_path_factory.mktemp("then")
    shutil.copytree(LAW, folder / LAW.name)
    (folder / SHELF.name).mkdir()
    for name in BESIDE:
        shutil.copy(SHELF / f"{name}.yaml", folder / SHELF.name)
    return folder / LAW.name


def amended(name: str, folder: Path) -> Path:
    """The rules as amended, as they would be exported."""
    path = folder / "law.json"
    path.write_text(load_amended(LAW, [str(SHELF / f"{name}.yaml")], []).pack.canonical, encoding="utf-8")
    return path


def today(
    capsys: pytest.CaptureFixture[str], then: Path, now: Path, case: Path, folder: Path, answer: str
) -> tuple[int, Any, str]:
    """What the certificate of an answer comes to under the rules as amended: the exit code, the data, the words."""
    certificate = str(folder / "certificate.json")
    made = ["decide", str(case), "--pack", str(then), "--answer", answer, "--certificate", certificate]
    assert cli.main(made) == 0
    capsys.readouterr()
    words = ["verify", certificate, "--pack", str(then), "--current", str(now), "--lang", "en"]
    code = cli.main([*words, "--json"])
    data = json.loads(capsys.readouterr().out)["certificates"][0]
    assert data["verdict"] == "holds"
    assert cli.main(words) == code
    return code, data["today"], " ".join(capsys.readouterr().out.split())


def test_a_bar_without_a_penalty_is_another_since_the_amendment_that_wants_one(
    then: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The certificate lists the reading that was the default then; the amendment made the other one the default."""
    now = amended("penalty-required", tmp_path)

    code, data, told = today(capsys, then, now, NEVER_PENALISED, tmp_path, "barred_from_upper_tier")

    assert (code, data["verdict"]) == (1, "unsettled")
    assert data["amendment"] == {"name": "penalty-required", "in_force_from": "2026-07-01"}
    assert data["explained"] is True
    assert [(one["kind"], one["name"]) for one in data["changes"]] == [("reading", "art15_penalty_required")]
    assert (
        "The outcome is another since the amendment “A violation counts under article 15 only if a penalty was imposed or it was "
        "a crime” (penalty-required, in force from 1 July 2026)."
    ) in told


def test_a_reading_that_the_case_itself_took_is_not_exchanged_for_todays(
    then: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A downgrade under item (4): no bar as the case reads the text (items 1, 2 and 5), a bar by today's default (all items)."""
    text = AFTER_A_DOWNGRADE.read_text(encoding="utf-8").partition("\nexpect:")[0]
    text = text.replace("trigger: violation", "trigger: recheck_shortfall")
    (tmp_path / "case.yaml").write_text(f"{text}\nreadings: {{lockout_scope: items_1_2_5}}\n", encoding="utf-8")

    code, data, told = today(capsys, then, amended("bar-for-all-items", tmp_path), tmp_path / "case.yaml", tmp_path, "locked_out")

    assert (code, data["verdict"], data["amendment"]) == (0, "same", None)
    assert "The rules have changed, but from these facts they lead to the same outcome today." in told
