"""Packs with mistakes: everything that is wrong is said at once, each with its place and what to write."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

import goldens
from zhunsheng.errors import InputError
from zhunsheng.read import load_pack

TESTS = Path(__file__).parent.parent
LIBRARY = TESTS / "packs" / "library"
MISTAKES = goldens.files(TESTS / "data" / "invalid" / "packs", "*.yaml")


def edited(edits: Path, folder: Path) -> None:
    """A copy of the library's pack with the edits of a file made; each must hit exactly one place."""
    shutil.copytree(LIBRARY, folder)
    for edit in yaml.safe_load(edits.read_text(encoding="utf-8")):
        path = folder / edit["file"]
        text = path.read_text(encoding="utf-8")
        assert text.count(edit["replace"]) == 1, edit
        path.write_text(text.replace(edit["replace"], edit["with"]), encoding="utf-8")


@pytest.mark.parametrize("edits", MISTAKES, ids=lambda path: path.stem)
def test_all_that_is_wrong_in_a_pack_is_said_at_once(
    edits: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited(edits, tmp_path / "library")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(InputError) as refused:
        load_pack("library")

    assert goldens.matches(str(refused.value), edits.with_suffix(".txt"))


def test_a_folder_without_a_pack_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        load_pack(tmp_path)

    assert str(refused.value) == f"{tmp_path}: this folder holds no pack: it has no pack.yaml"
