"""The command `whatif` and `interview --json`: forms that satisfy their schemas, and what is said of typing mistakes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import commands
from zhunsheng.show.interviewing.json import interview_schema
from zhunsheng.show.supposing.schema import WAYS, whatif_schema

ROOT = Path(__file__).parents[2]
CASE = str(ROOT / "scenarios" / "a-works-downgraded-to-d-may-not-apply-for-c-within-the-year.yaml")
FULL = str(ROOT / "scenarios" / "a-file-that-states-every-fact-answers-every-question.yaml")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    return commands.run(capsys, *words, "--pack", str(ROOT / "policy" / "urumqi-2025"), "--lang", "en")


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("set", (CASE, "--set", "application.filed_on=2026-09-23", "discretion.item5_level=D", "--answer", "may_apply")),
        ("vary", (CASE, "--vary", "application.filed_on", "--answer", "may_apply")),
        ("vary", (CASE, "--vary", "downgrades", "--answer", "may_apply")),
        ("when", (CASE, "--earliest", "may_apply", "--from", "2026-01-01")),
        ("when", (CASE, "--latest", "at_least(grade_in_force, B)")),
        ("reach", (FULL, "--reach", "at_least(grade_in_force, A)", "--assume", "review=30d", "publicity=7d")),
        ("reach", (FULL, "--reach", "at_least(grade_in_force, A)", "--on", "2025-11-10", "--assume", "review=30d")),
    ],
)
def test_each_way_of_asking_has_its_form(way: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    schema = whatif_schema()
    jsonschema.Draft202012Validator.check_schema(schema)

    code, out, err = run(capsys, "whatif", *words, "--json")

    data = json.loads(out)
    assert (code, err, data["way"]) == (0, "", way)
    jsonschema.Draft202012Validator(schema).validate(data)


def test_the_schema_refuses_what_is_not_of_the_format(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "whatif", CASE, "--vary", "application.filed_on", "--answer", "may_apply", "--json")
    data: Any = json.loads(out)
    validator = jsonschema.Draft202012Validator(whatif_schema())

    for spoiled in ({**data, "way": "set"}, {**data, "more": 1}, {key: data[key] for key in data if key != "fact"}):
        assert not validator.is_valid(spoiled)


TWO_UNKNOWN = """\
pack: urumqi-2025
facts:
  lines:
    - name: 1号窑
      industry: 水泥
      ladder: abcd
      indicators: {organized: A, fugitive: A, materials: A, emission_limits: A, treatment: A, monitoring: A, management: A}
"""


def test_a_program_learns_the_next_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(TWO_UNKNOWN, encoding="utf-8")
    words = ("interview", str(file), "--answer", "attained", "--json")

    code, out, _ = run(capsys, *words)
    _, later, _ = run(capsys, *words, "--unknown", "lines[1号窑].indicators.transport")

    data = json.loads(out)
    jsonschema.Draft202012Validator(interview_schema()).validate(data)
    question = data["question"]
    assert (code, question["path"], question["kind"]) == (0, "lines[1号窑].indicators.transport", "value")
    assert question["sways"] == ["attained"]
    assert {"A", "B", "C", "D"} <= set(question["options"])
    assert data["answers"]["attained"]["settled"] is False
    assert json.loads(later)["question"]["path"] == "lines[1号窑].indicators.records"
    assert file.read_text(encoding="utf-8") == TWO_UNKNOWN


@pytest.mark.parametrize("kind", ["whatif", "interview"])
def test_the_schemas_are_printed(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "schema", kind)

    assert code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(out))


def test_there_is_a_form_for_each_way_of_asking() -> None:
    assert [one["$ref"] for one in whatif_schema()["oneOf"]] == [f"#/$defs/{way}" for way in WAYS]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--set", "application.filed_no=2026-09-23"), ": application has no fact 'filed_no'\n    did you mean 'filed_on'?"),
        (
            ("--set", "application.filed_on=2026-02-30"),
            ": application.filed_on: there is no such day: 2026-02-30\n    the last day of that month is 2026-02-28",
        ),
        (
            ("--set", "application.target=E"),
            ": application.target: 'E' is no value of grade\n    values: A, B, B-, C, D, leading, non-leading",
        ),
        (("--set", "x"), ": this is not name=value\n    write --set x=…"),
        (("--vary", "aplication.filed_on"), ": there is no fact 'aplication'\n    did you mean 'application'?"),
        (
            ("--vary", "application.filed_on.x"),
            ": filed_on holds no further facts, so there is no 'application.filed_on.x'\n    write application.filed_on",
        ),
        (
            ("--vary", "may_apply"),
            ": this is an answer and no fact\n    vary a fact and ask for this answer: --vary FACT --answer may_apply",
        ),
        (
            ("--vary", "readings.lockout_length"),
            ": an open reading is set, not varied\n    write --set readings.lockout_length=anniversary|days_365|year_end",
        ),
        (("--reach", "may_aply"), "'may_aply': unknown name 'may_aply' (column 1)\n    did you mean 'may_apply'?"),
        (
            ("--reach", "locked_out_until"),
            "'locked_out_until': 'locked_out_until' is of type day or none, but yes/no is wanted here "
            "(column 1)\n    write a condition that is true or false, such as NAME == VALUE or not NAME",
        ),
        (("--reach", "may_apply", "--on", "2026-2-3"), ": this is no day\n    write it as 2026-02-03"),
        (("--reach", "may_apply", "--on", "2026-02-30"), ": there is no such day\n    the last day of that month is 2026-02-28"),
        (
            ("--reach", "may_apply", "--on", "2041-01-01"),
            ": this lies outside the days that the rules cover\n    2015-01-01 to 2040-12-31",
        ),
        (
            ("--reach", "may_apply", "--on", "2025-01-01"),
            ": this lies before 2026-10-08, the day the case is asked about: nothing can be "
            "done by then\n    write a day from 2026-10-08 on",
        ),
        (
            ("--reach", "may_apply", "--assume", "publicty=7d"),
            ": no step of the pack has a stage 'publicty'\n    did you mean 'publicity'?",
        ),
        (
            ("--reach", "may_apply", "--assume", "publicity=soon"),
            ": this is no length of time\n    write --assume publicity=7wd (working days) or 7d",
        ),
        (("--reach", "may_apply", "--cost", "transprt=2"), "transprt"),
        (("--earliest", "may_apply", "--by", "as_off"), ": this is no day of the case\n    days: as_of, application.filed_on"),
        (
            ("--earliest", "may_apply", "--from", "２０２６-01-01"),
            ": this is no day\n    write it as 2026-01-01",
        ),
        (
            ("--earliest", "may_apply", "--from", "1990-01-01"),
            ": this lies outside the days that the rules cover\n    2015-01-01 to 2040-12-31",
        ),
    ],
)
def test_a_typing_mistake_is_answered_with_what_to_write(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "whatif", CASE, *words)

    assert (code, out) == (2, "")
    assert err.startswith("The input has 1 problem:\n\n--")
    assert said in err
    assert words[-2] in err


# -- what people read who do not know the language of the rules


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What the command says in Chinese, lines joined."""
    _, out, err = commands.run(capsys, "whatif", *words, "--pack", str(ROOT / "policy" / "urumqi-2025"), "--lang", "zh")
    return "".join(line.strip() for line in (out or err).splitlines())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--set", "application.filed_on=2026-9-31"), "没有2026-9-31这一天该月的最后一天是2026-09-30"),
        (("--set", "application.filed_on=2026年9月31日"), "没有2026年9月31日这一天该月的最后一天是2026-09-30"),
        (("--reach", "may_apply", "--on", "2026/6/31"), "没有这一天该月的最后一天是2026-06-30"),
        (("--reach", "may_apply", "--assume", "审核=30d"), "规则的各步骤都没有“审核”这一环节是不是想写“review”？"),
        (("--reach", "may_apply", "--assume", "出差=30d"), "规则的各步骤都没有“出差”这一环节环节有：review、publicity"),
        (("--earliest", "may_apply == true"), "不认识名称“true”（第14列）是不是想写“True”？"),
        (("--earliest", "may_apply == 否"), "不认识名称“否”（第14列）是不是想写“False”？"),
    ],
)
def test_a_mistake_is_told_with_what_to_write(words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said in told(capsys, CASE, *words)


def test_a_condition_is_said_in_words_and_from_which_day_on_it_holds_again(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, CASE, "--earliest", "may_apply")

    assert "“may_apply”何时成立即：“可以申报”成立" in found
    assert "- 最早一日：2015年1月1日（规则所设时间范围的一端）" in found
    assert "- 自案卷所写之日（2025年11月3日）起，最早：2026年9月23日；前一日（2026年9月22日）：不成立" in found
    assert "自案卷所写之日" not in told(capsys, CASE, "--earliest", "may_apply", "--from", "2026-01-01")
    assert "自案卷所写之日" not in told(capsys, CASE, "--earliest", "may_apply_for(D)")


def test_that_there_is_no_plan_is_not_headed_why_not_earlier(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, CASE, "--reach", "at_least(grade_in_force, C)")

    assert "为何没有方案" in found
    assert "为何不能更早" not in found
