"""`compare` and `new amendment`, as a person runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import docx
import pytest

from zhunsheng.cli import main
from zhunsheng.read.amendment import load_amended

ROOT = Path(__file__).parents[1]
GARDEN = ["--pack", str(ROOT / "packs" / "garden"), "--lang", "en"]
SHORTER = str(ROOT / "amendments" / "month-of-two-weeks.yaml")
REWORDED = str(ROOT / "amendments" / "month-in-other-words.yaml")


def test_a_shorter_bar_is_only_laxer_and_the_exact_shift_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["compare", SHORTER, *GARDEN, "--json"])

    found = json.loads(capsys.readouterr().out)
    assert code == 0
    assert found["complete"] is True
    assert found["answers"]["may_draw"]["verdict"] == "laxer"
    assert found["answers"]["allowance"]["untouched"] is True
    (change,) = found["answers"]["barred_until"]["changes"]
    assert change["shift"] == "earlier"
    assert change["by"] == {"least": -17, "greatest": -14, "exact": True}
    assert change["causes"] == ["set parameter bar"]


def test_a_rewording_is_proved_equivalent(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["compare", REWORDED, *GARDEN])

    assert code == 0
    assert "In all: nothing changes (proved equivalent)." in capsys.readouterr().out


def test_the_report_is_written_once_and_not_over_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "annex.html"

    first = main(["compare", REWORDED, *GARDEN, "--report", str(report)])
    again = main(["compare", SHORTER, *GARDEN, "--report", str(report)])

    assert (first, again) == (0, 2)
    assert "Other words for the same" in report.read_text(encoding="utf-8")
    assert capsys.readouterr().err


def test_the_report_is_the_same_as_a_word_file(tmp_path: Path) -> None:
    annex, data = tmp_path / "annex.docx", tmp_path / "annex.md"

    codes = [main(["compare", SHORTER, *GARDEN, "--report", str(report)]) for report in (annex, data)]

    assert codes == [0, 0]
    file = docx.Document(str(annex))
    markdown = data.read_text(encoding="utf-8")
    headings = [one.text for one in file.paragraphs if one.style.name == "Heading 1"]
    assert headings == re.findall(r"^## (.+)$", markdown, flags=re.MULTILINE)
    said = [one.text for one in file.paragraphs]
    assert "In all: only laxer, nowhere stricter." in said
    assert "Interpretation lies with The East Garden office; its official interpretation prevails." in said


def test_the_skeleton_can_be_compared_as_it_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "draft.yaml"

    made = main(["new", "amendment", str(file), *GARDEN])
    code = main(["compare", str(file), *GARDEN])

    assert (made, code) == (0, 0)
    assert "nothing changes" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["draft", "第3稿", "2026", "yes", "v1.2"])
def test_whatever_a_skeleton_is_called_it_can_be_read(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.yaml"

    assert main(["new", "amendment", str(file), *GARDEN]) == 0

    assert [one.name for one in load_amended(GARDEN[1], [file]).amendments] == [name]


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("my draft.yaml", "“my draft”不能用作修改方案的名称，而方案以文件名为名\n    请换一个名称，例如{folder}/my-draft.yaml",
         "'my draft' cannot be the name of an amendment, which is that of its file\n"
         "    choose another name, such as {folder}/my-draft.yaml"),
        ("ｂ稿。.yaml", "“ｂ稿。”不能用作修改方案的名称，而方案以文件名为名\n    请换一个名称，例如{folder}/b稿.yaml",
         "'ｂ稿。' cannot be the name of an amendment, which is that of its file\n"
         "    choose another name, such as {folder}/b稿.yaml"),
        ("draft", "修改方案的文件名以.yaml结尾\n    请换一个名称，例如{folder}/draft.yaml",
         "the name of an amendment's file ends in .yaml\n    choose another name, such as {folder}/draft.yaml"),
        ("draft.json", "修改方案不能写成“.json”文件\n    请换一个名称，例如{folder}/draft.yaml",
         "an amendment cannot be written as '.json'\n    choose another name, such as {folder}/draft.yaml"),
        ("there.yaml", "这个文件已经存在\n    请换一个名称，例如{folder}/there-3.yaml",
         "this file exists already\n    choose another name, such as {folder}/there-3.yaml"),
        ("nowhere/draft.yaml", "没有文件夹“{folder}/nowhere”\n    请先建立，或者写另一个文件夹",
         "there is no folder '{folder}/nowhere'\n    make it, or name another one"),
    ],
)  # fmt: skip
def test_a_name_that_will_not_do_for_an_amendment_is_answered_with_one_that_will(
    name: str, zh: str, en: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for taken in ("there.yaml", "there-2.yaml"):
        (tmp_path / taken).write_text("x", encoding="utf-8")
    before = sorted(tmp_path.iterdir())

    for lang, said in (("zh", zh), ("en", en)):
        code = main(["new", "amendment", str(tmp_path / name), *GARDEN[:2], "--lang", lang])

        assert code == 2
        assert capsys.readouterr().err.partition("\n\n")[2] == f"{tmp_path / name}: {said.format(folder=tmp_path)}\n"
    assert sorted(tmp_path.iterdir()) == before


def test_an_unknown_answer_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["compare", SHORTER, *GARDEN, "--answer", "may_drow"])

    assert code == 2
    assert "may_draw" in capsys.readouterr().err


def test_an_answer_that_resembles_none_is_told_all_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    garden = GARDEN[:2]

    assert main(["compare", SHORTER, *garden, "--answer", "xyz"]) == 2
    told = capsys.readouterr().err
    assert "事项有：" in told
    assert "may_draw（" in told, "answers are told with their titles"


def test_the_law_as_it_takes_effect_is_told_with_the_days_on_which_it_differs(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["compare", SHORTER, *GARDEN, "--effect", "--answer", "barred_until", "--json"])

    found = json.loads(capsys.readouterr().out)
    assert code == 0
    assert found["effect"]["complete"] is True
    (change,) = found["effect"]["answers"]["barred_until"]["changes"]
    assert change["days"][0]["from"] >= "2026-01-01"
    assert found["register"] is None


def test_a_register_is_told_with_what_changes_for_whom(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register = tmp_path / "plots.csv"
    register.write_text("as_of,plot_rented,wasted[0].seen_on\n2026-03-20,true,2026-03-01\n2026-03-20,true,\n", encoding="utf-8")

    code = main(["compare", SHORTER, *GARDEN, "--registry", str(register), "--json"])

    found = json.loads(capsys.readouterr().out)["register"]
    assert code == 0
    assert (found["rows"], found["changing"], found["open"]) == (2, 1, 1)
    assert {each["answer"] for each in found["affected"]} == {"may_draw", "barred_until"}


def test_neither_an_amendment_nor_a_theorem_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["compare", *GARDEN])

    assert code == 2
    assert "name a file, or a theorem with --fix" in capsys.readouterr().err
