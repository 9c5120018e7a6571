"""The commands `check` and `prove`: what they print, what they write, and what they exit with."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

import commands
from garden_findings import GARDEN, RECORDED, STALE, THEOREMS, checked, every_kind, garden, planted, proofs
from zhunsheng.ask.checking.findings import Checked, Finding, Kind
from zhunsheng.ask.proving.prove import Proof
from zhunsheng.cli import laws
from zhunsheng.lang.theorem import Verdict
from zhunsheng.show.checking.schema import check_schema, proofs_schema

PACK = garden()
PROOFS = proofs(PACK)
NO_SHARE = Finding(Kind.GAP, "gap allowance", ("3",), "allowance")
TOLD = Finding(Kind.MATTERS, "matters bar_from next_day", ("2",), "bar_from")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    return commands.run(capsys, *words, "--lang", "en")


# -- exit codes


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (Checked((), (), (), {}), 0),
        (Checked((TOLD,), (), (), {}), 0),
        (Checked((replace(NO_SHARE, recorded="drought-only"),), (), (), {}), 0),
        (Checked((NO_SHARE,), (), (), {}), 1),
        (Checked((), (("bar_from", "gap allowance"),), (), {}), 1),
        (Checked((), (), (("allowance", "budget"),), {}), 3),
        (Checked((NO_SHARE,), (), (("allowance", "budget"),), {}), 1),
    ],
    ids=["nothing", "information", "recorded", "a fault", "a stale record", "not shown", "a fault and not shown"],
)
def test_a_check_exits_with_what_is_worst_in_it(found: Checked, code: int) -> None:
    assert laws.check_code(found) == code


def verdicts(*pairs: tuple[Verdict, Verdict]) -> list[Proof]:
    """Proofs that came to the first and should have come to the second."""
    one = PROOFS[0]
    return [replace(one, verdict=came, variant=replace(one.variant, expect=expect)) for came, expect in pairs]


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ([(Verdict.PROVED, Verdict.PROVED), (Verdict.REFUTED, Verdict.REFUTED)], 0),
        ([(Verdict.NOT_SHOWN, Verdict.NOT_SHOWN)], 0),
        ([(Verdict.REFUTED, Verdict.PROVED)], 1),
        ([(Verdict.BOUNDED, Verdict.PROVED)], 1),
        ([(Verdict.NOT_SHOWN, Verdict.PROVED)], 3),
        ([(Verdict.NOT_SHOWN, Verdict.PROVED), (Verdict.VACUOUS, Verdict.PROVED)], 1),
    ],
    ids=["as expected", "not shown as expected", "refuted", "bounded", "not shown", "vacuous and not shown"],
)
def test_proofs_exit_with_what_differs_from_what_is_expected(found: list[tuple[Verdict, Verdict]], code: int) -> None:
    assert laws.proofs_code(verdicts(*found)) == code


# -- check


def test_a_check_of_the_garden_finds_what_was_planted(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "check", "--pack", str(GARDEN))

    assert (code, err) == (1, "")
    assert out.startswith(
        "Check of the text\nUnder: Water rules of the East Garden\n"
        "Findings to look at: 3; recorded: 0; for information: 2.\n"
        "\n1. Cases for which the text has no rule\n"
        "- article 3: In some cases no rule says what “Share” is."
    )


def test_records_turn_faults_into_known_ones_and_can_be_ignored(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = str(planted(tmp_path / "garden", RECORDED))

    code, out, _ = run(capsys, "check", "--pack", folder)
    ignored = run(capsys, "check", "--pack", folder, "--ignore-records")

    assert code == 0
    assert "\nFindings to look at: 0; recorded: 3; for information: 2.\n" in out
    assert "What share has somebody who rents no plot?" in out
    assert ignored[0] == 1
    assert "\nFindings to look at: 3; recorded: 0; for information: 2.\n" in ignored[1]


def test_a_record_of_what_is_no_longer_found_is_a_failure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = str(planted(tmp_path / "garden", RECORDED, STALE))

    code, out, _ = run(capsys, "check", "--pack", folder)

    assert code == 1
    assert "Findings to look at: 0; recorded: 3; for information: 2. Records that no longer\nhold: 1." in out
    assert "Records that no longer hold\n- Cases in which rules contradict each other: May draw water [conflict may_draw" in out


def test_only_the_kinds_asked_for_are_looked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = str(planted(tmp_path / "garden", RECORDED, STALE))

    code, out, _ = run(capsys, "check", "--pack", folder, "--json", "--only", "gap", "unbounded")
    data = json.loads(out)

    assert code == 0
    assert [one["key"] for one in data["findings"]] == ["unbounded share", "gap allowance"]
    assert set(data["asked"]) == {"gap"}


def test_a_record_of_no_kind_there_is_no_longer_holds(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = planted(tmp_path / "garden", RECORDED)
    for file in sorted(folder.rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("- gap allowance", "- gaps allowance"), encoding="utf-8")

    code, out, _ = run(capsys, "check", "--pack", str(folder))

    assert code == 1
    assert "Records that no longer\nhold: 1." in out
    assert "gaps allowance" in out


def test_a_kind_that_there_is_not_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "check", "--pack", str(GARDEN), "--only", "gap", "deed")

    assert code == 2
    assert err.endswith("--only: there is no kind of finding 'deed'\n    did you mean 'dead'?\n")


def test_a_check_as_json_satisfies_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "check", "--pack", str(GARDEN), "--json")
    data = json.loads(out)

    jsonschema.Draft202012Validator(check_schema()).validate(data)
    assert (code, err) == (1, "")
    faults = [one["key"] for one in data["findings"] if one["fault"]]
    assert faults == ["unbounded share", "gap allowance", "nobody allowance high"]


def test_the_cases_of_a_check_are_written_and_decided_again(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "cases" / "garden"

    run(capsys, "check", "--pack", str(GARDEN), "--cases", str(folder))
    words = ("decide", str(folder / "gap-allowance.yaml"), "--pack", str(GARDEN), "--answer", "allowance", "--json")
    decided = json.loads(run(capsys, *words)[1])

    assert decided["answers"]["allowance"]["status"] == "gap"


def test_no_case_and_no_report_is_written_over(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    case, report = tmp_path / "gap-allowance.yaml", tmp_path / "report.md"
    words = ("check", "--pack", str(GARDEN), "--cases", str(tmp_path), "--report", str(report))
    case.write_text("mine", encoding="utf-8")

    refused = run(capsys, *words)
    written = sorted(path.name for path in tmp_path.iterdir())
    forced = run(capsys, *words, "--force")
    again = run(capsys, *words)

    assert (refused[0], written) == (2, ["gap-allowance.yaml"])
    assert refused[2] == (
        f"The input has 1 problem:\n\n{case}: this file exists already\n    choose another name, or add --force\n"
    )
    assert (forced[0], again[0]) == (1, 1)
    assert case.read_text(encoding="utf-8").startswith("# gap allowance\n")


@pytest.mark.parametrize(
    ("name", "start"), [("r.md", "# Health report: Water rules"), ("r.html", '<!doctype html>\n<html lang="en">')]
)
def test_a_report_is_written_in_the_form_its_name_says(
    name: str, start: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    report = tmp_path / name

    code, _, err = run(capsys, "check", "--pack", str(GARDEN), "--report", str(report), "--proofs", str(THEOREMS))
    text = report.read_text(encoding="utf-8")

    assert (code, err) == (1, "")
    assert text.startswith(start)
    assert "One more waste never brings the last day forward." in text
    assert "These rules are made up as an example." in text


def test_a_report_of_another_form_is_refused_before_the_work(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "check", "--pack", str(GARDEN), "--report", "report.pdf")

    assert (code, out) == (2, "")
    assert err == (
        "The input has 1 problem:\n\n--report: 'report.pdf' is no report\n    name a file that ends in .md, .html or .docx\n"
    )


def test_the_theorems_beside_a_pack_are_proved_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = planted(tmp_path / "policy" / "garden")
    (tmp_path / "proofs").mkdir()
    (tmp_path / "proofs" / "garden.yaml").write_bytes(THEOREMS.read_bytes())

    beside = json.loads(run(capsys, "check", "--pack", str(folder), "--json")[1])
    alone = json.loads(run(capsys, "check", "--pack", str(GARDEN), "--json")[1])

    assert {one["theorem"] for one in beside["theorems"]} == {
        "waste-bars", "more-waste-never-helps", "more-waste-changes-nothing", "a-month-is-over-on-the-day",
    }  # fmt: skip
    assert next(one["key"] for one in beside["findings"] if one["kind"] == "hope") == "hope waste-bars"
    assert alone["theorems"] == []


# -- prove


def test_theorems_are_proved_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "prove", str(THEOREMS), "--pack", str(GARDEN))

    assert (code, err) == (1, "")
    assert out.startswith(
        "Theorems\nUnder: Water rules of the East Garden\n5 claims: 1 did not come out as expected.\n\n1. Not as expected\n"
    )
    assert "\n4. Counts\n- holds: 1\n- does not hold: 4\n" in out


def test_proofs_as_json_satisfy_their_schema(capsys: pytest.CaptureFixture[str]) -> None:
    usual = json.loads(run(capsys, "prove", str(THEOREMS), "--pack", str(GARDEN), "--json")[1])
    more = json.loads(run(capsys, "prove", str(THEOREMS), "--pack", str(GARDEN), "--json", "--more", "2")[1])

    jsonschema.Draft202012Validator(proofs_schema()).validate(usual)
    assert [one["verdict"] for one in more["theorems"]] == [one["verdict"] for one in usual["theorems"]]
    assert more["theorems"][1]["slots"]["wasted"] == usual["theorems"][1]["slots"]["wasted"] + 2


def test_counterexamples_are_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "prove", str(THEOREMS), "--pack", str(GARDEN), "--cases", str(tmp_path))

    assert (code, err) == (1, "")
    assert (tmp_path / "more-waste-changes-nothing-after.yaml").is_file()
    assert run(capsys, "decide", str(tmp_path / "waste-bars.yaml"), "--pack", str(GARDEN), "--answer", "may_draw")[0] == 0


def test_a_pack_without_theorems_and_a_number_that_is_none_are_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "prove", "--pack", str(GARDEN))

    assert (code, out) == (2, "")
    assert err == "The input has 1 problem:\n\nproofs: there are no theorems here\n    name their files or folder\n"
    assert run(capsys, "prove", str(THEOREMS), "--pack", str(GARDEN), "--more", "-1")[0] == 2


# -- answers of earlier runs


def test_a_second_run_says_the_same_from_what_is_kept(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    words = ("check", "--pack", str(GARDEN), "--proofs", str(THEOREMS), "--json")

    anew = run(capsys, *words, "--no-cache")
    nothing = (tmp_path / "zhunsheng" / "answers").exists()
    first = run(capsys, *words)
    files = {file: file.stat().st_mtime_ns for file in (tmp_path / "zhunsheng" / "answers").iterdir()}
    second = run(capsys, *words)
    proved = [run(capsys, "prove", str(THEOREMS), "--pack", str(GARDEN), *more) for more in ((), ("--no-cache",))]

    assert not nothing
    assert first == second == anew
    assert proved[0] == proved[1]
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / "zhunsheng" / "answers").iterdir()} == files


def test_the_schemas_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(run(capsys, "schema", "check")[1]) == check_schema()
    assert json.loads(run(capsys, "schema", "proofs")[1]) == proofs_schema()


def test_findings_made_by_hand_hold_a_fault_a_record_and_information() -> None:
    found = checked(PACK, every_kind(PACK), PROOFS)

    assert laws.check_code(found) == 1
    assert laws.check_code(replace(found, findings=(), stale=())) == 3
