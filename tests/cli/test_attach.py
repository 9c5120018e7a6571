"""`text attach`: what it writes, what it prints, what it exits with; where the official wording is shown then."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from garden_findings import GARDEN
from garden_site import DATA, zhunsheng
from wordings import GARDEN_TEXT, text_in
from zhunsheng.cli.attaching import ENDING
from zhunsheng.read import load_pack
from zhunsheng.read.wording import load_wording
from zhunsheng.show.texts.json import attached_schema, wording_schema

ROOT = Path(__file__).parents[2]
BESIDE = ("--proofs", ROOT / "tests" / "data" / "garden-theorems.yaml", "--scenarios", DATA / "scenarios")
LATER = GARDEN_TEXT.replace("一个月", "两个月")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def attach(text: str, *more: str | Path, lang: str = "en") -> tuple[int, str, str]:
    text_in(Path(), text)
    done = zhunsheng("text", "attach", "text.txt", "--pack", GARDEN, "--lang", lang, *more)
    return done.returncode, done.stdout, done.stderr


def unbroken(text: str) -> str:
    """Without the space at which lines are broken."""
    return "".join(text.split())


def test_a_text_is_kept_beside_where_the_command_runs_and_never_in_the_pack(folder: Path) -> None:
    code, out, _ = attach(GARDEN_TEXT, lang="zh")

    assert code == 0
    assert out == (
        "官方文本与规则的核对\n“text.txt”共有3条（款、项），其中3条与规则对应；规则共有3条。\n文本与规则逐条对应，没有多出或者缺少的条文。\n"
        "文本已存入garden.wording.json。\n\n一、未作为条文读取的行\n- 第1至2行（在第一条之前）：东园用水规则\n\n"
        "官方文本只存放在您指定的文件中，规则本身只有转述。文字是否变更了含义，须由人判\n断。\n"
    )
    kept = json.loads((folder / "garden.wording.json").read_text(encoding="utf-8"))
    jsonschema.validate(kept, wording_schema())
    assert [(one["provision"], one["line"]) for one in kept["provisions"]] == [("1", 5), ("2", 6), ("3", 7)]
    assert sorted(path.name for path in folder.iterdir()) == ["garden.wording.json", "text.txt"]


def test_git_does_not_take_the_files_in_which_texts_are_kept() -> None:
    assert f"*{ENDING}" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert [path for path in ROOT.rglob(f"*{ENDING}") if ".venv" not in path.parts] == []


def test_the_same_words_again_change_nothing(folder: Path) -> None:
    attach(GARDEN_TEXT)
    before = (folder / "garden.wording.json").read_bytes()

    code, out, _ = attach(GARDEN_TEXT.replace("，", "， "))

    assert code == 0
    assert "garden.wording.json holds the same words already, and was left as it is." in out
    assert (folder / "garden.wording.json").read_bytes() == before


def test_a_later_text_is_told_and_written_over_the_earlier_only_where_that_was_asked_for(folder: Path) -> None:
    attach(GARDEN_TEXT, "--into", "kept.json")
    later = LATER.replace("自被发现之日起", "自发现之日起")

    code, out, _ = attach(later, "--into", "kept.json", *BESIDE)
    assert code == 1
    assert unbroken("article 2 (line 6), reworded: 浪费用水的，自[left out: 被]发现之日起[一 → 两]个月内，不准") in unbroken(out)
    for said in (
        "Qualifying words of the rules that no longer stand here: “一个月”", "kept.json holds another text",
        "- Last day without water", "- Waste of water costs a month without it.", "- period without water",
        "- Does the bar run from the day of discovery or from the day after?", "[water-wasted-last-week-bars-today]",
        "- Whoever has wasted water draws none today. [waste-bars]",
    ):  # fmt: skip
        assert unbroken(said) in unbroken(out)
    assert "一个月" in (folder / "kept.json").read_text(encoding="utf-8")

    code, out, _ = attach(later, "--into", "kept.json", "--force")
    assert code == 1, "the rules look for 一个月 in vain"
    assert "This text has taken the place of the one in kept.json." in out
    assert "两个月" in (folder / "kept.json").read_text(encoding="utf-8")


def test_other_words_that_the_rules_do_not_speak_of_are_settled_by_force(folder: Path) -> None:
    later = GARDEN_TEXT.replace("不准取水", "不得取水")
    attach(GARDEN_TEXT)

    assert attach(later)[0] == 1
    assert attach(later, "--force")[0] == 0
    assert attach(later)[0] == 0
    assert attach(GARDEN_TEXT)[0] == 1


def test_a_text_that_the_pack_does_not_match_is_kept_all_the_same_and_told(folder: Path) -> None:
    code, out, _ = attach(GARDEN_TEXT + "第四条  夜间闭门。\n")

    assert code == 1
    assert "Provisions of the text that the rules do not have\n- article 4 (line 8): 夜间闭门。\n" in out
    assert (folder / "garden.wording.json").exists()


@pytest.mark.parametrize("earlier", [None, GARDEN_TEXT, LATER + "第四条 夜间闭门。\n"], ids=["first", "same", "other"])
def test_the_report_as_json_satisfies_its_schema(folder: Path, earlier: str | None) -> None:
    if earlier:
        attach(earlier)
    _, out, _ = attach(GARDEN_TEXT, "--json", *BESIDE)
    found = json.loads(out)

    jsonschema.validate(found, attached_schema())
    assert [one["matched"] for one in found["provisions"]] == [True, True, True]
    assert (found["fits"], found["lacking"], found["unknown"]) == (True, [], [])
    if earlier is None:
        assert found["differences"] is None
    elif earlier == GARDEN_TEXT:
        assert found["differences"] == []
    else:
        assert [one["change"] for one in found["differences"]] == ["reworded", "removed"]
        assert found["differences"][0]["reread"]["rules"] == ["may_draw/barred", "barred_until/a-month-from-the-last-waste"]


def test_the_schemas_are_printed() -> None:
    assert json.loads(zhunsheng("schema", "attachment").stdout) == attached_schema()
    assert json.loads(zhunsheng("schema", "wording").stdout) == wording_schema()


# -- what is refused


def test_a_text_of_another_regulation_is_refused_and_nothing_is_written(folder: Path) -> None:
    code, _, err = attach("某市公园管理办法\n第一条 甲。\n第二条 乙。\n第三条 丙。\n")

    assert code == 2
    assert err == (
        "The input has 1 problem:\n\ntext.txt:2:1: this is not the text that the pack 'garden' restates\n"
        "    3 of its 3 articles and 0 of its 4 qualifying words are found here; name another pack with --pack\n"
    )
    assert not (folder / "garden.wording.json").exists()


@pytest.mark.parametrize(
    ("into", "said"),
    [
        ("kept.txt",
         "--into: the text is kept in one file, and its name ends in .json\n    write --into kept.txt.wording.json\n"),
        ("text.json", "--into: this is the text itself\n    name another file to keep it in\n"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_keep_the_text_is_refused(folder: Path, into: str, said: str) -> None:
    (folder / "text.json").symlink_to(folder / "text.txt")
    code, _, err = attach(GARDEN_TEXT, "--into", into)

    assert (code, err) == (2, f"The input has 1 problem:\n\n{said}")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("不准取水", "不得取水", "garden.wording.json: the wording of 2 is not the one that was attached"),
        ('"pack": "garden"', '"pack": "library"',
         "garden.wording.json: the text in this file is attached to the pack 'library', not to 'garden'"),
        ('"format": 1', '"format": 2', "garden.wording.json: no text is attached in this file"),
        ('"line": 5,', '"lines": 5,', "garden.wording.json: this file is not as it was written"),
        ("{", "", "garden.wording.json:2:11: this file is no JSON, so no text is attached in it"),
        ('"provision": "3"', '"provision": "2"', "garden.wording.json: a provision stands in this file twice"),
    ],
    ids=["words", "pack", "format", "keys", "json", "twice"],
)  # fmt: skip
def test_a_file_that_was_changed_by_hand_is_refused_and_left_as_it_is(folder: Path, old: str, new: str, said: str) -> None:
    attach(GARDEN_TEXT)
    kept = folder / "garden.wording.json"
    kept.write_text(kept.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    before = kept.read_bytes()

    code, _, err = attach(LATER, "--force")

    assert code == 2
    assert f"\n{said}\n" in err
    assert kept.read_bytes() == before


# -- where the wording is shown


def test_coverage_shows_the_official_wording_beside_the_restatement(folder: Path) -> None:
    attach(GARDEN_TEXT)
    shown = zhunsheng("text", "coverage", "--pack", GARDEN, "--wording", "garden.wording.json", "--lang", "en")
    data = json.loads(zhunsheng("text", "coverage", "--pack", GARDEN, "--wording", "garden.wording.json", "--json").stdout)
    without = json.loads(zhunsheng("text", "coverage", "--pack", GARDEN, "--json").stdout)

    said = " ".join(shown.stdout.split())
    assert "article 3: In a drought the office sets the share as fits. - official wording: 遇有旱情，各户份额由本处酌定。" in said
    assert [one["wording"] for one in data["provisions"]][2] == "遇有旱情，各户份额由本处酌定。"
    assert [one["wording"] for one in without["provisions"]] == [None, None, None]


def test_the_site_shows_the_official_wording_and_where_the_rules_look_for_a_word_in_vain(folder: Path) -> None:
    attach(LATER.replace("本处酌定", "本处*酌定*"))
    plain, worded = folder / "plain", folder / "worded"

    assert zhunsheng("publish", plain, "--pack", GARDEN).returncode == 0
    assert zhunsheng("publish", worded, "--pack", GARDEN, "--wording", "garden.wording.json").returncode == 0

    second = (worded / "en" / "text" / "article-2.md").read_text(encoding="utf-8")
    heading = "**Official wording (as attached by whoever published this site)**"
    assert f"{heading}\n\n> 浪费用水的，自被发现之日起两个月内，不准取水。\n> {{: lang=zh-CN}}\n\n" in second
    assert "Note: the qualifying words “一个月” of the rules do not stand in this text" in second
    third = (worded / "zh" / "text" / "article-3.md").read_text(encoding="utf-8")
    assert "**官方文本（由发布者附上，以正式公布的文本为准）**\n\n> 遇有旱情，各户份额由本处\\*酌定\\*。\n\n" in third
    assert "注意" not in third
    contents = [(place / "zh" / "text" / "index.md").read_text(encoding="utf-8") for place in (worded, plain)]
    assert ["转述之下附有官方文本" in one for one in contents] == [True, False]
    assert "官方文本（" not in (plain / "zh" / "text" / "article-3.md").read_text(encoding="utf-8")


def test_what_is_kept_is_read_again_as_it_was(folder: Path) -> None:
    attach(GARDEN_TEXT)
    text = load_wording("garden.wording.json", load_pack(GARDEN))

    assert (text.file, [one.title for one in text.chapters]) == ("text.txt", ["用水"])
    assert [(one.ref, one.chapter, one.line, one.column) for one in text.provisions.values()] == [
        ("1", 1, 5, 1), ("2", 1, 6, 1), ("3", 1, 7, 1),
    ]  # fmt: skip
