"""A made-up text of the allotment garden's rules, for the tests of official texts, and what a text is made of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zhunsheng.lang.wording import Official
from zhunsheng.read.official import load_official

GARDEN_TEXT = """东园用水规则
（东园管理处印发）

第一章  用水
第一条  凡租有本园地块的人，均可取水，但在停水期内的除外。
第二条  浪费用水的，自被发现之日起一个月内，不准取水。
第三条  遇有旱情，各户份额由本处酌定。
"""
"""Matches the pack `tests/packs/garden` provision by provision, and holds each of its qualifying words."""

NUMBERED = """第一章 总则
第一条 甲。
乙。
第二条 丙，有下列情形的：
（一）丁；
（二）戊：
1.己
2.庚：
辛。
（1）壬。
（2）癸。
（三）子。
丑。
第二章 附则
第三条 寅。
"""


def text_in(folder: Path, text: str | bytes, name: str = "text.txt") -> Path:
    """The text as a file."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def read(folder: Path, text: str | bytes, name: str = "text.txt") -> Official:
    return load_official(text_in(folder, text, name))


def said(text: Official) -> dict[str, str]:
    """Each provision's words by its number."""
    return {ref: one.text for ref, one in text.provisions.items()}


def places(text: Official, refs: Sequence[str]) -> list[tuple[int, int]]:
    return [(text.provisions[ref].line, text.provisions[ref].column) for ref in refs]
