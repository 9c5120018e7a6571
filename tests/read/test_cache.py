"""The cache saves reading YAML, changes nothing else, and is never trusted further than its own digest."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from read_library import FOLDER, library
from zhunsheng.errors import InputError
from zhunsheng.read import load_pack, strict_yaml
from zhunsheng.read.cache import KEPT


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "zhunsheng"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "library")
    return tmp_path / "library"


class ComposedError(Exception):
    """YAML was read although the cache had it."""


def refuse_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_tree(_text: str, _file: str) -> None:
        raise ComposedError

    monkeypatch.setattr(strict_yaml, "read_tree", read_tree)


def test_a_pack_from_the_cache_is_the_same_down_to_its_places(
    cache: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_pack(folder)
    refuse_yaml(monkeypatch)

    second = load_pack(folder)

    assert second == first == library()
    assert [rule.value.at for rule in second.definitions["worst"].rules] == [
        rule.value.at for rule in first.definitions["worst"].rules
    ]
    assert len(list(cache.iterdir())) == 1


def test_the_same_files_elsewhere_are_found_in_the_cache_with_places_of_their_own(
    cache: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_pack(folder)
    shutil.copytree(folder, tmp_path / "copy")
    refuse_yaml(monkeypatch)

    assert load_pack(tmp_path / "copy").duties["desk-answers"].at.file == str(
        tmp_path / "copy/articles/01-readers.yaml"
    )


def test_one_changed_byte_is_read_anew(cache: Path, folder: Path) -> None:
    load_pack(folder)
    path = folder / "parameters.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 2\n", "value: 3\n"), encoding="utf-8")

    assert load_pack(folder).parameters["most_warnings"].value == 3


def behind_its_digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


@pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b'[["pack.yaml",[1]]]', b'[["other.yaml",["a","",1,1,0]]]'])
def test_what_is_no_tree_of_these_files_is_not_used(body: bytes, cache: Path, folder: Path) -> None:
    load_pack(folder)
    (kept,) = cache.iterdir()
    kept.write_bytes(behind_its_digest(body))

    assert load_pack(folder) == library()


@pytest.mark.parametrize(("old", "new"), [(b"may_borrow", b"may_borroW"), (b"]", b""), (b"\n", b"")])
def test_a_damaged_file_of_the_cache_is_not_used(old: bytes, new: bytes, cache: Path, folder: Path) -> None:
    load_pack(folder)
    (kept,) = cache.iterdir()
    data = kept.read_bytes()
    assert old in data
    kept.write_bytes(data.replace(old, new))

    assert load_pack(folder) == library()


def test_a_pack_with_mistakes_is_refused_again_with_the_same_words(cache: Path, folder: Path) -> None:
    path = folder / "parameters.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 2\n", "value: two\n"), encoding="utf-8")
    said = []
    for _ in range(2):
        with pytest.raises(InputError) as refused:
            load_pack(folder)
        said.append(str(refused.value))

    assert (
        said[0]
        == said[1]
        == (
            f"{path}:21:12: most_warnings: a whole number is wanted here, not 'two'\n    write digits alone, such as 12"
        )
    )


def test_a_file_that_is_not_yaml_is_never_kept(cache: Path, folder: Path) -> None:
    (folder / "parameters.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(InputError):
        load_pack(folder)

    assert not cache.exists()


def test_without_a_place_to_write_a_pack_is_read_all_the_same(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert load_pack(folder) == library()


def test_only_the_latest_few_are_kept(cache: Path, folder: Path) -> None:
    path = folder / "parameters.yaml"
    text = path.read_text(encoding="utf-8")
    for number in range(KEPT + 3):
        path.write_text(text + f"# {number}\n", encoding="utf-8")
        load_pack(folder)

    assert len(list(cache.iterdir())) == KEPT
