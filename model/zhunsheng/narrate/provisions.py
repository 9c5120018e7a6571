"""Provisions as people cite them: `19(5)` is 第十九条第（五）项, or article 19(5)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zhunsheng.narrate.numerals import chinese_number, english_ordinal

REF = re.compile(
    r"(?P<article>\d+)(?:-(?P<inserted>\d+))?"
    r"(?:\((?P<item>\d+)\)(?:(?P<point>\d+)(?:\((?P<subpoint>\d+)\))?)?)?"
    r"(?:\.(?P<paragraph>\d+))?"
)


def provision(ref: str, lang: str) -> str:
    """One reference (`19`, `19(5)`, `16(1).2`, `14(1)1(2)`, `16.2`; `19-1` is 第十九条之一) in words; what is none, in quotes."""
    match = REF.fullmatch(ref)
    if match is None:
        return f"“{ref}”"
    parts = {name: int(number) for name, number in match.groupdict().items() if number is not None}
    return _chinese(parts) if lang == "zh" else _english(parts)


def provisions(refs: Iterable[str], lang: str) -> str:
    """Several references, in the order given."""
    return ("、" if lang == "zh" else ", ").join(provision(ref, lang) for ref in refs)


def _chinese(parts: dict[str, int]) -> str:
    words = [f"第{chinese_number(parts['article'])}条"]
    if "inserted" in parts:
        words.append(f"之{chinese_number(parts['inserted'])}")
    if "item" in parts:
        words.append(f"第（{chinese_number(parts['item'])}）项")
    if "point" in parts:
        words.append(f"第{parts['point']}目")
    if "subpoint" in parts:
        words.append(f"第（{parts['subpoint']}）点")
    if "paragraph" in parts:
        words.append(f"第{chinese_number(parts['paragraph'])}款")
    return "".join(words)


def _english(parts: dict[str, int]) -> str:
    words = f"article {parts['article']}"
    if "inserted" in parts:
        words += f"-{parts['inserted']}"
    if "item" in parts:
        words += f"({parts['item']})"
    if "point" in parts:
        words += f", point {parts['point']}"
    if "subpoint" in parts:
        words += f"({parts['subpoint']})"
    if "paragraph" in parts:
        words += f", {english_ordinal(parts['paragraph'])} paragraph"
    return words
