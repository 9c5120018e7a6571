"""Whole texts compared with files. `UPDATE_GOLDEN=1 pytest …` writes them anew: read what changed before keeping it."""

from __future__ import annotations

import os
from pathlib import Path


def files(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder; never none, so that no test passes because there is nothing to test."""
    found = sorted(folder.glob(pattern))
    if not found:
        raise FileNotFoundError(f"no {pattern} in {folder}")
    return found


def matches(found: str, golden: Path) -> bool:
    """Whether a text is the golden one."""
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(found + "\n", encoding="utf-8")
    return found + "\n" == golden.read_text(encoding="utf-8")
