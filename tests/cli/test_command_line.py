"""The command line: what it prints, what it exits with, and that it never shows a stack trace."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from commands import run
from lending import library
from lending_decisions import answer, decision, duties, lowered_to, may_borrow, standing_now
from zhunsheng import __version__, cli
from zhunsheng.ask.report import Decision, DutyAnswer, Status
from zhunsheng.cli.cases import exit_code
from zhunsheng.show.deciding.schema import decision_schema

TESTS = Path(__file__).parents[1]
GARDEN = TESTS / "packs" / "garden"
CASES = TESTS / "data" / "garden"
MODEL = TESTS.parent / "model"
LENDING = library()
BARRED, OPEN = str(CASES / "barred.yaml"), str(CASES / "open.yaml")
COMMANDS = [
    ["decide"], ["test"], ["check"], ["prove"], ["text"], ["text", "coverage"], ["schema"], ["export"], ["export", "pack"],
    ["verify"], ["keys"], ["keys", "new"], ["sign"], ["version"],
]  # fmt: skip


def outside(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(MODEL), "HOME": os.environ.get("HOME", "/"), **environment}
    return subprocess.run([sys.executable, "-m", "zhunsheng", *words], env=env, capture_output=True, check=False, timeout=60)


# -- decide


def test_a_case_is_decided_in_chinese_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "decide", BARRED, "--pack", str(GARDEN), "--answer", "may_draw")

    assert (code, err) == (0, "")
    assert out.startswith(
        "上周浪费用水，今天不能取水\n依据：东园用水规则\n所问之日：2025年6月10日\n"
        "\n一、结论\n- 可以取水：否。\n"
        "\n二、理由\n- 可以取水：\n  - “可以取水”不成立。停水期内不得取水（第二条）。\n"
        "    - “停水的最后一日”为2025年7月3日。浪费用水的，停水一个月（第二条）。\n"
    )


def test_the_language_follows_the_option_then_the_locale(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("decide", BARRED, "--pack", str(GARDEN), "--answer", "may_draw")
    first = {lang: run(capsys, *words, "--lang", lang)[1].split("\n")[0] for lang in ("zh", "en")}
    assert first == {"zh": "上周浪费用水，今天不能取水", "en": "Water wasted last week, none drawn today"}

    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert run(capsys, *words)[1].startswith(first["en"])
    assert run(capsys, *words, "--lang", "zh")[1].startswith(first["zh"])

    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert run(capsys, *words)[1].startswith(first["zh"])


def test_json_is_valid_by_its_schema_and_the_same_in_every_language(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("decide", OPEN, "--pack", str(GARDEN), "--json")
    code, out, err = run(capsys, *words, "--lang", "zh")

    data = json.loads(out)
    jsonschema.Draft202012Validator(decision_schema()).validate(data)
    assert (code, err, run(capsys, *words, "--lang", "en")[1]) == (0, "", out)
    assert data["answers"]["may_draw"]["depends_on"] == {"facts": ["wasted.others"], "readings": [], "discretion": []}
    assert list(data["answers"]) == ["may_draw", "barred_until", "allowance", "reply_by"]


def test_a_witness_decided_again_gives_the_outcome_it_is_a_witness_of(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    data = json.loads(run(capsys, "decide", OPEN, "--pack", str(GARDEN), "--json", "--answer", "may_draw")[1])
    outcomes = data["answers"]["may_draw"]["outcomes"]
    found = []
    for number, outcome in enumerate(outcomes):
        case = tmp_path / f"{number}.yaml"
        case.write_text(_yaml(outcome["witness"]), encoding="utf-8")
        again = json.loads(run(capsys, "decide", str(case), "--pack", str(GARDEN), "--json", "--answer", "may_draw")[1])
        found.append([one["value"] for one in again["answers"]["may_draw"]["outcomes"]])

    assert found == [[outcome["value"]] for outcome in outcomes]
    assert sorted(value for values in found for value in values) == [False, True]


def test_a_reading_can_be_fixed_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("decide", BARRED, "--pack", str(GARDEN), "--json", "--answer", "barred_until", "--readings")

    outcomes = json.loads(run(capsys, *words, "bar_from=next_day")[1])["answers"]["barred_until"]["outcomes"]

    assert [outcome["value"] for outcome in outcomes] == ["2025-07-04"]


def test_the_future_can_be_left_open(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("decide", BARRED, "--pack", str(GARDEN), "--json", "--answer", "barred_until")

    closed = json.loads(run(capsys, *words)[1])["answers"]["barred_until"]
    opened = json.loads(run(capsys, *words, "--open-future")[1])["answers"]["barred_until"]

    assert (closed["status"], len(closed["provided"])) == ("determined", 1)
    assert (opened["status"], opened["provided"]) == ("open", [])


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (decision(LENDING, standing_now(LENDING), owed=duties(LENDING)), 0),
        (decision(LENDING, may_borrow(LENDING), lowered_to(LENDING)), 0),
        (decision(LENDING, standing_now(LENDING), answer(LENDING, "lowered_to", Status.NOT_SHOWN, complete=False)), 3),
        (decision(LENDING, owed=(DutyAnswer("desk-checks", answer(LENDING, "may_borrow", Status.NOT_SHOWN), None),)), 3),
    ],
    ids=["determined", "open", "an answer not shown", "a duty not shown"],
)
def test_an_answer_that_was_not_shown_exits_with_3(given: Decision, code: int) -> None:
    assert exit_code(given) == code


# -- bad input


def test_a_case_that_cannot_be_read_is_told_problem_by_problem(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("pack: garden\nfacts:\n  as_of: 2025-13-01\n  plot_rent: true\n", encoding="utf-8")

    code, out, err = run(capsys, "decide", str(case), "--pack", str(GARDEN))

    assert (code, out) == (2, "")
    assert err == (
        "输入有误，共2处：\n\n"
        f"{case}:3:10: as_of：没有2025-13-01这一天\n    月份为01至12\n\n"
        f"{case}:4:3: 没有“plot_rent”这项事实\n    是不是想写“plot_rented”？\n"
    )


@pytest.mark.parametrize(
    ("words", "err"),
    [
        (["no-such.yaml"], "The input has 1 problem:\n\nno-such.yaml: there is no such file\n"),
        (
            [BARRED, "--answer", "may_drew"],
            "The input has 1 problem:\n\n--answer: there is no answer 'may_drew'\n    did you mean 'may_draw'?\n",
        ),
        (
            [BARRED, "--readings", "bar_frm=next_day", "bar_from=tomorrow",
             "bar_from", "bar_from:next_day", "bar_from：next_day"],
            "The input has 5 problems:\n\n"
            "--readings bar_frm=next_day: there is no reading 'bar_frm'\n    did you mean 'bar_from'?\n\n"
            "--readings bar_from: this is not name=option\n    write --readings bar_from=…\n\n"
            "--readings bar_from:next_day: this is not name=option\n    write --readings bar_from=next_day\n\n"
            "--readings bar_from=tomorrow: 'tomorrow' is no option of 'bar_from'\n    options: same_day, next_day\n\n"
            "--readings bar_from：next_day: this is not name=option\n    write --readings bar_from=next_day\n",
        ),
        (
            [str(CASES / "contradictory.yaml")],
            f"The input has 1 problem:\n\n{CASES / 'contradictory.yaml'}:8:17: "
            "Waste was seen before there was a garden; check the day.\n    the day waste of water 1 was seen is 3 June 2020\n",
        ),
    ],
    ids=["no file", "no answer", "readings", "contradiction"],
)
def test_bad_input_exits_with_2_and_says_what_to_write(words: list[str], err: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "decide", *words, "--pack", str(GARDEN), "--lang", "en") == (2, "", err)


def test_a_pack_that_is_not_there_is_refused_at_the_place_that_names_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("pack: no-such-garden\nfacts: {}\n", encoding="utf-8")

    by_case = run(capsys, "decide", str(case), "--lang", "en")
    by_option = run(capsys, "decide", BARRED, "--pack", "no-such-garden", "--lang", "en")

    assert by_case[0] == by_option[0] == 2
    assert by_case[2].startswith(f"The input has 1 problem:\n\n{case}:1:7: there is no pack 'no-such-garden'\n")
    assert by_option[2].startswith("The input has 1 problem:\n\n--pack: there is no pack 'no-such-garden'\n")


def test_the_pack_a_case_names_is_found_under_policy(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "garden").symlink_to(GARDEN)
    monkeypatch.chdir(tmp_path)

    code, out, _ = run(capsys, "decide", BARRED, "--answer", "may_draw")

    assert (code, out.split("\n")[1]) == (0, "依据：东园用水规则")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ([], "zhunsheng：命令有误：还须写明命令（COMMAND）"),
        (["decid"], "zhunsheng：命令有误：COMMAND：不能写“decid”，可以写的有：decide、test、"),
        (["decide"], "zhunsheng decide：命令有误：还须写明案件文件（CASE）"),
        (["decide", BARRED, "--no-such-option"], "zhunsheng：命令有误：不认识--no-such-option"),
        (["schema", "deed"], "：不能写“deed”，可以写的有：case、decision、"),
        (["decide", BARRED, "--lang", "fr"], "zhunsheng decide：命令有误：--lang：不能写“fr”，可以写的有：zh、en"),
        (["decide", BARRED, "--answer"], "zhunsheng decide：命令有误：--answer：后面至少应写一个值"),
    ],
)
def test_words_that_are_no_command_exit_with_2(words: list[str], problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *words)

    assert (code, out) == (2, "")
    assert err.startswith("用法：zhunsheng")
    assert problem in err.split("\n")[-2]


@pytest.mark.parametrize("lang", [["--lang", "en"], ["--lang=en"]])
def test_words_that_are_no_command_are_told_in_the_language_they_ask_for(
    lang: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "decide", BARRED, "--no-such-option", *lang)

    assert (code, out) == (2, "")
    assert err == "usage: zhunsheng [-h] [--version] COMMAND ...\nzhunsheng: error: unrecognized arguments: --no-such-option\n"


def test_a_defect_is_told_without_a_stack_trace_and_exits_with_4(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> int:
        raise ZeroDivisionError("division by zero")

    parser = cli.parser()
    parser.set_defaults(run=broken)
    code = cli.run(parser.parse_args(["version"]), broken)

    assert code == 4
    assert capsys.readouterr().err == (
        "程序出错（程序的缺陷，不是输入的问题）：ZeroDivisionError：division by zero\n"
        "设置环境变量ZHUNSHENG_DEBUG=1再运行，可得到供维护者使用的详情。\n"
    )
    monkeypatch.setenv("ZHUNSHENG_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli.run(parser.parse_args(["version"]), broken)


# -- test


def test_scenarios_that_come_out_as_expected_exit_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "test", BARRED, "--pack", str(GARDEN)) == (0, "案例核对\n共1个案例、1次推算，全部符合预期。\n", "")


def test_a_missed_expectation_exits_with_1_and_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = Path(BARRED).read_text(encoding="utf-8")
    (tmp_path / "a-wrong-hope.yaml").write_text(text.replace("may_draw: false", "may_draw: true"), encoding="utf-8")

    code, out, err = run(capsys, "test", str(tmp_path), "--pack", str(GARDEN), "--lang", "en")
    data = json.loads(run(capsys, "test", str(tmp_path), "--pack", str(GARDEN), "--json")[1])

    assert (code, err) == (1, "")
    assert out == (
        "Scenarios\nFiles: 1; runs: 1. Not as expected: 1.\n"
        "\n1. Not as expected\n- a-wrong-hope.yaml: Water wasted last week, none drawn today\n"
        "  - may_draw (outcomes): expected true, got false\n"
    )
    assert (data["passed"], data["failed"]) == (0, 1)
    assert data["results"][0]["missed"] == [{"answer": "may_draw", "key": "outcomes", "expected": "true", "got": "false"}]


def test_coverage_is_reported_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "test", BARRED, "--pack", str(GARDEN), "--coverage")
    data = json.loads(run(capsys, "test", BARRED, "--pack", str(GARDEN), "--coverage", "--json")[1])

    assert code == 0
    assert "\n一、覆盖情况\n- 规则" in out
    assert [set(count) for count in data["coverage"]] == [{"what", "covered", "total", "missing"}] * len(data["coverage"])
    assert data["coverage"][0]["total"] == data["coverage"][0]["covered"] + len(data["coverage"][0]["missing"]) > 0


@pytest.mark.parametrize(
    ("lang", "opening", "said"),
    [
        (
            "en", "The input has 2 problems:", "there is neither a file nor a folder of this name\n"
            "    write the name of a scenario file (*.yaml), or of a folder that holds some\n",
        ),
        (
            "zh", "输入有误，共2处：", "没有这个名称的文件，也没有这个名称的文件夹\n"
            "    请写案件文件（*.yaml）的名称，或者其所在文件夹的名称\n",
        ),
    ],
)  # fmt: skip
def test_scenarios_that_are_not_there_are_named_at_once(
    capsys: pytest.CaptureFixture[str], lang: str, opening: str, said: str
) -> None:
    given = ("test", BARRED, "no-case.yaml", "no-folder", "--pack", str(GARDEN), "--lang", lang)

    assert run(capsys, *given) == (2, "", f"{opening}\n\nno-case.yaml: {said}\nno-folder: {said}")


def test_a_folder_without_scenarios_is_bad_input(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    err = f"The input has 1 problem:\n\n{tmp_path}: there are no scenarios here (files *.yaml)\n"

    assert run(capsys, "test", str(tmp_path), "--pack", str(GARDEN), "--lang", "en") == (2, "", err)


# -- the other commands


@pytest.mark.parametrize("words", [[], *COMMANDS])
def test_every_command_helps_in_both_languages(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *words, "--help")

    assert (code, err) == (0, "")
    assert "显示帮助 / show this help" in out


def test_the_version_is_told_in_both_ways(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "version") == run(capsys, "--version") == (0, f"zhunsheng {__version__}\n", "")


def test_each_schema_is_a_schema_and_the_case_schema_accepts_a_case(capsys: pytest.CaptureFixture[str]) -> None:
    schemas = {what: json.loads(run(capsys, "schema", what, "--pack", str(GARDEN))[1]) for what in ("case", "decision", "pack")}

    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    assert schemas["decision"] == decision_schema()
    assert len({json.dumps(schema) for schema in schemas.values()}) == 3


def test_the_exported_pack_has_the_digest_that_decisions_name(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "garden.json"

    code, out, err = run(capsys, "export", "pack", str(file), "--pack", str(GARDEN))
    digest = json.loads(run(capsys, "decide", BARRED, "--pack", str(GARDEN), "--json", "--answer", "may_draw")[1])["pack"][
        "digest"
    ]

    assert (code, out, err) == (0, "", "")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == digest


def test_an_export_does_not_replace_a_file_without_force(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "garden.json"
    file.write_text("mine", encoding="utf-8")

    refused = run(capsys, "export", "pack", str(file), "--pack", str(GARDEN), "--lang", "en")
    kept = file.read_text(encoding="utf-8")
    forced = run(capsys, "export", "pack", str(file), "--pack", str(GARDEN), "--force")

    assert refused == (
        2,
        "",
        f"The input has 1 problem:\n\n{file}: this file exists already\n    choose another name, or add --force\n",
    )
    assert (kept, forced[0], file.read_text(encoding="utf-8")[:1]) == ("mine", 0, "{")


# -- as a process


def test_output_is_utf_8_whatever_the_locale() -> None:
    for environment in (
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1"},
    ):
        done = outside("decide", BARRED, "--pack", str(GARDEN), "--answer", "may_draw", **environment)

        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.decode("utf-8").startswith("上周浪费用水，今天不能取水\n")


def test_the_same_input_gives_the_same_bytes_under_any_hash_seed() -> None:
    runs = {outside("decide", OPEN, "--pack", str(GARDEN), "--json", PYTHONHASHSEED=seed).stdout for seed in ("0", "1", "12345")}

    assert len(runs) == 1
    assert json.loads(runs.pop())["case"]["title"]["zh"] == "是否还有浪费用水不清楚"


def test_a_reader_that_leaves_early_is_no_error_on_the_screen() -> None:
    command = f"{sys.executable} -m zhunsheng decide {BARRED} --pack {GARDEN} --json; echo code $? >&2"
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(MODEL), "HOME": "/"}
    shell = subprocess.Popen(["/bin/sh", "-c", command], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert shell.stdout is not None
    assert shell.stderr is not None
    shell.stdout.close()

    said = shell.stderr.read()
    shell.stderr.close()
    shell.wait(timeout=60)

    assert said == b"code 141\n"


def test_an_interrupt_ends_quietly_with_130() -> None:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(MODEL), "HOME": "/"}
    program = (
        "import signal, sys, time\nfrom zhunsheng import cli\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell ignores it in what it starts in the background
        "def wait(args):\n    print('ready', flush=True)\n    time.sleep(60)\n    return 0\n"
        "sys.exit(cli.main(['version'], wait))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    time.sleep(0.1)

    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)

    assert (process.returncode, out, err) == (130, b"", b"")


def test_help_loads_neither_the_solver_nor_the_readers() -> None:
    program = (
        "import sys\nfrom zhunsheng import cli\ncli.main(['--help'])\n"
        "print([name for name in ('z3', 'yaml', 'pydantic', 'zhunsheng.read', 'zhunsheng.ask') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(MODEL)}, capture_output=True, check=True, timeout=60
    )

    assert done.stdout.decode().rstrip().split("\n")[-1] == "[]"


def _yaml(data: object) -> str:
    import yaml

    return yaml.safe_dump(data, allow_unicode=True)


def test_the_account_of_the_text_goes_through_every_provision(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("zhunsheng.ask.publishing.text")  # the question may not be there yet; the command only shows its report

    code, out, err = run(capsys, "text", "coverage", "--pack", str(GARDEN))
    data = json.loads(run(capsys, "text", "coverage", "--pack", str(GARDEN), "--json")[1])

    assert (code, err) == (0, "")
    assert out.startswith("东园用水规则\n共3条（款、项），3条有规则或义务，0条说明了不作推算的理由。\n")
    assert [one["provision"] for one in data["provisions"]] == ["1", "2", "3"]
