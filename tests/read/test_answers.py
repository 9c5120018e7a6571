"""Answers kept on disk: what was put comes back, and what is not exactly that does not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from zhunsheng.read.answers import MOST_FILES, AnswersOnDisk, answers_on_disk, meaning


@pytest.fixture
def store(tmp_path: Path) -> AnswersOnDisk:
    return AnswersOnDisk(tmp_path / "answers", "as it is today")


def only_file(store: AnswersOnDisk) -> Path:
    (file,) = store.folder.iterdir()
    return file


def test_what_was_put_comes_back(store: AnswersOnDisk) -> None:
    store["check one"] = '{"找到":"是"}'

    assert store.get("check one") == '{"找到":"是"}'
    assert store.get("check two") is None


def test_a_later_answer_takes_the_place_of_an_earlier_one(store: AnswersOnDisk) -> None:
    store["check one"] = "a"
    store["check one"] = "b"

    assert store.get("check one") == "b"
    assert len(list(store.folder.iterdir())) == 1


def test_answers_of_another_version_of_the_program_are_not_found(store: AnswersOnDisk) -> None:
    store["check one"] = "a"

    assert AnswersOnDisk(store.folder, "as it was yesterday").get("check one") is None


@pytest.mark.parametrize("cut", [0, 1, 40, 70, -1], ids=["empty", "a letter", "half a digest", "no answer", "all but the last"])
def test_a_file_that_is_cut_short_is_not_used(store: AnswersOnDisk, cut: int) -> None:
    store["check one"] = "an answer"
    file = only_file(store)
    file.write_bytes(file.read_bytes()[:cut])

    assert store.get("check one") is None


def test_a_file_that_was_changed_is_not_used(store: AnswersOnDisk) -> None:
    store["check one"] = '{"found":"never"}'
    file = only_file(store)
    file.write_bytes(file.read_bytes().replace(b"never", b"maybe"))

    assert store.get("check one") is None


def test_a_file_under_another_name_is_not_used(store: AnswersOnDisk) -> None:
    store["check one"] = "a"
    first = only_file(store)
    store["check two"] = "b"
    second = next(file for file in store.folder.iterdir() if file != first)
    first.replace(second)

    assert store.get("check two") is None


def test_a_folder_that_cannot_be_written_keeps_nothing_and_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "answers").write_text("a file where the folder should be", encoding="utf-8")
    store = AnswersOnDisk(tmp_path / "answers", "")

    store["check one"] = "a"

    assert store.get("check one") is None


def test_the_oldest_files_are_removed_when_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = tmp_path / "zhunsheng" / "answers"
    folder.mkdir(parents=True)
    for number in range(MOST_FILES + 3):
        (folder / str(number)).touch()
        os.utime(folder / str(number), (number, number))

    store = answers_on_disk()

    assert store == AnswersOnDisk(folder, meaning())
    assert sorted(int(file.name) for file in folder.iterdir()) == list(range(3, MOST_FILES + 3))
