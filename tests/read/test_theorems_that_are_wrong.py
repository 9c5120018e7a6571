"""Theorems with mistakes: everything that is wrong is said at once, each with its place and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

import goldens
from read_library import library
from zhunsheng.errors import InputError
from zhunsheng.read import load_theorems, parse_expression

TESTS = Path(__file__).parent.parent
MISTAKES = goldens.files(TESTS / "data" / "invalid" / "theorems", "*.yaml")


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_all_that_is_wrong_in_a_file_of_theorems_is_said_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)

    with pytest.raises(InputError) as refused:
        load_theorems(path.name, library())

    assert goldens.matches(str(refused.value), path.with_suffix(".txt"))


def test_the_problems_of_all_files_are_said_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = "says: {zh: 一, en: One}\nprovisions: []\nreadings: default\nclaim: true\nexpect: proved\n"
    (tmp_path / "a.yaml").write_text("theorem: one\n" + claim, encoding="utf-8")
    (tmp_path / "b.yaml").write_text("theorem: one\n" + claim + "---\ntheorem: [two]\n" + claim, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)

    with pytest.raises(InputError) as refused:
        load_theorems(["a.yaml", "b.yaml", "c.yaml", "empty"], library())

    assert str(refused.value) == (
        "b.yaml:1:10: the theorem 'one' stands here twice (first at a.yaml:1:10)\n"
        "    rename one of them\n"
        "b.yaml:8:10: the name of a theorem is wanted here, not a list\n"
        "c.yaml: there is no such file\n"
        "empty: this folder holds no theorems\n"
        "    write them into files that end in .yaml"
    )


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_pack_has_one_case_only(side: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_expression(f"may_borrow and {side}(may_borrow)", library())

    assert str(refused.value) == (
        f"<expression>:1:16: {side}(…) stands only in the claim of a theorem that has `change:`\n"
        "    write may_borrow alone"
    )


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("duties.desk_answer.owed", "t.yaml:7:3: the pack has no duty 'desk_answer'\n    did you mean 'desk_answers'?"),
        (
            "duties.desk_answers.due",
            "t.yaml:7:3: a duty has no 'due'\n    write duties.desk_answers.owed or duties.desk_answers.by",
        ),
        (
            "duties.desk_answers",
            "t.yaml:7:3: this does not say which duty, or what of it\n"
            "    write duties.some_duty.owed or duties.some_duty.by",
        ),
    ],
)
def test_a_duty_misspelt_is_refused_with_what_to_write(
    claim: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = 'theorem: t\nsays: {zh: 一, en: One}\nprovisions: ["1"]\nreadings: default\nexpect: proved\n'
    (tmp_path / "t.yaml").write_text(f"{head}claim: >-\n  {claim}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(InputError) as refused:
        load_theorems("t.yaml", library())

    assert str(refused.value) == said


def test_a_rule_cannot_speak_of_a_duty() -> None:
    with pytest.raises(InputError) as refused:
        parse_expression("duties.desk_answers.owed", library())

    assert str(refused.value) == "<expression>:1:1: only a theorem speaks of duties"
