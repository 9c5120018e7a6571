"""How the lines of a Chinese regulation begin: chapters, articles, items, points, subpoints; numerals of every kind and width."""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = {**{char: value for value, char in enumerate("零一二三四五六七八九")}, "〇": 0, "○": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
CHINESE = "[〇○零一二两三四五六七八九十百千]+"
ARABIC = r"[0-9０-９]+"
NUMERAL = f"(?:{CHINESE}|{ARABIC})"

ARTICLE = re.compile(rf"第\s*({NUMERAL})\s*条(?:\s*之\s*({CHINESE})(?=\s|$))?(\s*)(.*)", re.DOTALL)
CHAPTER = re.compile(rf"第\s*({NUMERAL})\s*章\s*(.*)", re.DOTALL)
DIVISION = re.compile(rf"第\s*{NUMERAL}\s*[编篇节](?:\s.*)?", re.DOTALL)
REFERS = "的规定所第、和及或至，,；;。"
"""What follows 第十五条 where a sentence speaks of that article, and no article begins."""
PART = re.compile(
    rf"(?:[（(]\s*(?P<item>{CHINESE})\s*[）)]|(?P<item1>[㈠-㈩])|[（(]\s*(?P<subpoint>[0-9０-９]{{1,3}})\s*[）)]"
    rf"|(?P<subpoint1>[⑴-⒇])|(?P<point>[0-9０-９]{{1,3}})\s*[.．、](?![0-9０-９])|(?P<point1>[⒈-⒛]))"
    r"(?!项(?!目))\s*(?P<words>.*)",  # 第（一）项 may be parted by a line's end
    re.DOTALL,
)
ENCLOSED = {"item1": "㈠", "subpoint1": "⑴", "point1": "⒈"}
"""The first of each row of characters that are a number with its brackets or dot."""


@dataclass(frozen=True)
class Article:
    """The beginning of an article. `number` is as a reference writes it, `19` or, for 第十九条之一, `19-1`; None where the
    numeral is none. `parted`: white space follows it."""

    number: str | None
    parted: bool
    words: str
    numeral: str


@dataclass(frozen=True)
class Part:
    """A line that begins with a number. `level`: `item`, `point`, `subpoint`."""

    level: str
    number: int
    words: str


def article(line: str) -> Article | None:
    """The article that begins with this line; None where none does."""
    match = ARTICLE.match(line)
    if match is None:
        return None
    numeral, inserted, gap, words = match.groups()
    own, more = value(numeral), value(inserted) if inserted else 0
    number = None if own is None or more is None else f"{own}-{more}" if inserted else str(own)
    return Article(number, bool(gap) or not words, words.strip(), numeral)


def chapter(line: str) -> tuple[int, str] | None:
    """The chapter's number and title (empty where it stands on the next line)."""
    match = CHAPTER.match(line)
    number = value(match[1]) if match else None
    return (number, match[2].strip()) if match and number is not None and len(match[2]) <= 40 else None


def part(line: str) -> Part | None:
    """The part of an article that begins with this line; None where none does."""
    match = PART.match(line)
    if match is None:
        return None
    kind = str(match.lastgroup if match.lastgroup != "words" else next(k for k, v in match.groupdict().items() if v))
    if kind in ENCLOSED:
        number: int | None = ord(match[kind]) - ord(ENCLOSED[kind]) + 1
    else:
        number = value(match[kind])
    return None if not number else Part(kind.rstrip("1"), number, match["words"].strip())


def value(numeral: str) -> int | None:
    """二十三, 一百零三, 二〇, 23 and ２３ as numbers; None for what is none, such as 十十."""
    if numeral.isdecimal():
        return int(numeral)
    if not any(char in UNITS for char in numeral):
        return int("".join(str(DIGITS[char]) for char in numeral))
    total, digit, least = 0, None, 10_000
    for char in numeral:
        if char in DIGITS:
            if digit:
                return None
            digit = DIGITS[char]
        elif UNITS[char] >= least or (digit is None and total and char != "十") or (digit == 0 and char != "十"):
            return None
        else:
            least = UNITS[char]
            total, digit = total + (digit or 1) * least, None
    return total + (digit or 0)
