"""The official text of the measures, cut into provisions.

The project carries restatements only. Where a copy of the official text lies beside the repository (`shared/law/`), the tests
compare the pack with it; where none does, they say that they did not.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

LAW = Path(__file__).parents[2] / "shared" / "law"
NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九", 1)}
ARTICLE = re.compile(r"第([一二三四五六七八九十]+)条\s*(.*)")
CHAPTER = re.compile(r"第[一二三四五六七八九十]+章")
PARTS = (
    (re.compile(r"（([一二三四五六七八九十]+)）(.*)"), "item"),
    (re.compile(r"(\d+)\.(.*)"), "point"),
    (re.compile(r"（(\d+)）(.*)"), "subpoint"),
)
DEPTH = {"item": 1, "point": 2, "subpoint": 3}


def beside(name: str) -> str:
    """The text of a file that lies beside the repository; the test is skipped where it does not."""
    path = LAW / name
    if not path.is_file():
        pytest.skip(f"not compared: no {name} beside this repository")
    return path.read_text(encoding="utf-8")


def number(numeral: str) -> int:
    """二十三 is 23."""
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return NUMERALS[numeral]
    return NUMERALS.get(tens, 1) * 10 + NUMERALS.get(ones, 0)


@cache
def official() -> dict[str, str]:
    """Each provision by its reference, with its own words. A line that follows a full stop is a paragraph of its own; one that
    follows anything else goes on with what it follows."""
    return cut(beside("measures-2025.zh.txt"))


def cut(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    path: list[str] = []
    paragraph = 1
    for line in (raw.strip() for raw in text.splitlines()):
        article = ARTICLE.match(line)
        if article:
            path, paragraph = [str(number(article[1]))], 1
            found["".join(path)] = article[2]
        elif path and line and not CHAPTER.match(line):
            part = _part(line)
            if part is not None:
                level, label, words = part
                path, paragraph = [*path[: DEPTH[level]], label], 1
                found["".join(path)] = words
            elif found[_last(path, paragraph)].endswith("。"):
                paragraph += 1
                found[_last(path, paragraph)] = line
            else:
                found[_last(path, paragraph)] += line
    return found


def _part(line: str) -> tuple[str, str, str] | None:
    """The level of a line that begins with a number, the number as a reference writes it, and the words after it."""
    for pattern, level in PARTS:
        match = pattern.match(line)
        if match:
            label = f"({number(match[1])})" if level == "item" else match[1] if level == "point" else f"({match[1]})"
            return level, label, match[2]
    return None


def _last(path: list[str], paragraph: int) -> str:
    return "".join(path) + (f".{paragraph}" if paragraph > 1 else "")
