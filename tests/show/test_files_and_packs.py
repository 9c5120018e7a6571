"""Writing files without losing any, and finding packs by name or folder."""
# ruff: noqa: E501 (a message is compared whole, on one line)

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.show import packs
from zhunsheng.show.files import write_new

PACKS = Path(__file__).parents[1] / "packs"
AT = Place("case.yaml", 5, 7)


def test_a_new_file_is_written_whole(tmp_path: Path) -> None:
    write_new(tmp_path / "a.json", b"{}")

    assert (tmp_path / "a.json").read_bytes() == b"{}"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) & 0o400


def test_a_file_that_exists_is_kept_unless_that_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")

    with pytest.raises(InputError) as raised:
        write_new(path, b"new")
    assert raised.value.problems == (
        Problem(Place(str(path)), "this file exists already", "choose another name, or add --force"),
    )
    assert path.read_bytes() == b"old"

    write_new(path, b"new", force=True)
    assert path.read_bytes() == b"new"


def test_a_file_that_cannot_be_written_is_a_problem_of_the_input(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 300)

    with pytest.raises(InputError) as raised:
        write_new(path, b"new")

    assert raised.value.problems == (Problem(Place(str(path)), "this file cannot be written: File name too long"),)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "a.json"

    with pytest.raises(InputError) as raised:
        write_new(path, b"new")

    what = f"there is no folder '{tmp_path / 'nowhere'}'"
    assert raised.value.problems == (Problem(Place(str(path)), what, "make it, or name another one"),)


def test_a_pack_is_found_by_its_folder() -> None:
    assert packs.pack_folder(str(PACKS / "garden"), AT) == PACKS / "garden"


def test_a_pack_is_found_by_its_name_under_policy_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _plant(tmp_path / "policy" / "rose-garden")
    monkeypatch.chdir(tmp_path)

    assert packs.pack_folder("rose-garden", AT) == Path("policy/rose-garden")


def test_a_pack_that_is_not_there_is_asked_for_at_the_place_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _plant(tmp_path / "policy" / "rose-garden")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(InputError) as raised:
        packs.pack_folder("rose-gardn", AT)

    assert raised.value.problems == (Problem(AT, "there is no pack 'rose-gardn'", "did you mean 'rose-garden'?"),)


@pytest.mark.parametrize("name", ["", ".", "..", "../garden", "a/b"])
def test_a_name_is_no_path_into_other_folders(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "policy").mkdir()
    _plant(tmp_path / "garden")
    monkeypatch.chdir(tmp_path / "policy")

    with pytest.raises(InputError) as raised:
        packs.pack_folder(name if name != "../garden" else "policy/../../garden", AT)

    assert len(raised.value.problems) == 1


def test_the_pack_a_case_names_is_found_with_its_place(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("facts: {}\npack: garden\n", encoding="utf-8")
    assert packs.pack_named_in(case) == ("garden", Place(str(case), 2, 7))

    case.write_text("facts: {}\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        packs.pack_named_in(case)
    assert raised.value.problems == (
        Problem(Place(str(case), 1, 1), "this case does not say which pack it is about", "write `pack: <name>`, or name one with --pack"),
    )  # fmt: skip


def _plant(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text("format: 1\n", encoding="utf-8")
