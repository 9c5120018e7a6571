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
