"""Answers kept on disk from one run to the next, in the user's cache folder (see `cache`).

Each stands in a file of its own, named by the digest of its key together with the program's own text and the solver's version:
whatever changes what an answer means gives it another name. A file is a digest, the key and the answer; what is not exactly that
is not used, and no failure of this store is ever an error of the user's.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import zhunsheng
from zhunsheng.read.cache import cache_folder

MEANING = ("errors.py", "lang", "read", "evaluate", "solve", "ask")
"""The parts of the program that have a part in what an answer is."""
SOLVER = "z3-solver"
MOST_FILES = 5000


@dataclass(frozen=True)
class AnswersOnDisk:
    """A store of texts by key. `folder`: where its files are; `meaning`: what else their names depend on."""

    folder: Path
    meaning: str

    def get(self, key: str, /) -> str | None:
        """What stands under a key, or None."""
        try:
            digest, own, body = self._file(key).read_bytes().split(b"\n", 2)
            sound = own == key.encode() and digest == _digest(own, body)
            return body.decode() if sound else None
        except (OSError, ValueError):
            return None

    def __setitem__(self, key: str, text: str, /) -> None:
        """Keep a text under a key."""
        own, body = key.encode(), text.encode()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(handle, "wb") as file:
                file.write(b"\n".join((_digest(own, body), own, body)))
            Path(name).replace(self._file(key))
        except OSError:
            return

    def _file(self, key: str) -> Path:
        return self.folder / hashlib.sha256(f"{self.meaning}\n{key}".encode()).hexdigest()


def answers_on_disk() -> AnswersOnDisk | None:
    """The user's store, the oldest beyond a few thousand answers removed; None where the user has no home."""
    base = cache_folder()
    if base is None:
        return None
    folder = base / "answers"
    try:
        files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in files[MOST_FILES:]:
            old.unlink()
    except OSError:
        pass
    return AnswersOnDisk(folder, meaning())


@cache
def meaning(parts: tuple[str, ...] = MEANING) -> str:
    """The digest of the program's text and of the solver's version. `parts`: files, folders with all below them, or the files of
    a folder alone (`show/*`)."""
    root = Path(zhunsheng.__file__).parent
    files = [file for part in parts for file in _files(root, part)]
    whole = hashlib.sha256(_solver().encode())
    for file in files:
        whole.update(f"\n{file.relative_to(root).as_posix()} {hashlib.sha256(file.read_bytes()).hexdigest()}".encode())
    return whole.hexdigest()


def _files(root: Path, part: str) -> list[Path]:
    if part.endswith(".py"):
        return [root / part]
    folder, star, _ = part.partition("/*")
    return sorted((root / folder).glob("*.py") if star else (root / part).rglob("*.py"))


def _solver() -> str:
    try:
        return version(SOLVER)
    except PackageNotFoundError:
        return "none"


def _digest(key: bytes, body: bytes) -> bytes:
    return hashlib.sha256(key + b"\n" + body).hexdigest().encode()
