"""Documents as plain text for a screen."""

from __future__ import annotations

import os
import shutil
from typing import TextIO

from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.numerals import chinese_number
from zhunsheng.show.media.width import clean, width, wrap
from zhunsheng.show.words import COLON

NARROWEST, WIDEST = 40, 100
DEFAULT = 80
INDENT = "  "


def render(document: Document, columns: int = DEFAULT, bold: bool = False) -> str:
    """The document in lines of at most `columns`. `bold`: headings stand out by an escape code."""
    lines = [_heading(line, bold) for line in wrap(clean(document.title), columns)]
    for text in document.opening:
        lines += wrap(clean(text), columns)
    for number, section in enumerate(document.sections, 1):
        lines += ["", *_section(section, number, document.lang, columns, bold)]
    if document.closing:
        lines.append("")
    for text in document.closing:
        lines += wrap(clean(text), columns)
    return "\n".join(lines) + "\n"


def write(document: Document, stream: TextIO) -> None:
    """The document on a stream, as wide as the screen it leads to."""
    stream.write(render(document, columns_of(stream), bold=may_be_bold(stream)))


def columns_of(stream: TextIO) -> int:
    """The width to write in: the terminal's own within limits, else 80."""
    if not stream.isatty():
        return DEFAULT
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((DEFAULT, 24)).columns))


def may_be_bold(stream: TextIO) -> bool:
    """Only on a terminal that is no dumb one, and not where NO_COLOR is set to anything."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"


def _section(section: Section, number: int, lang: str, columns: int, bold: bool) -> list[str]:
    count = f"{chinese_number(number)}、" if lang == "zh" else f"{number}. "
    lines = [_heading(line, bold) for line in wrap(clean(section.title), columns, count, " " * width(count))]
    for text in section.paragraphs:
        lines += wrap(clean(text), columns, INDENT, INDENT)
    for item in section.items:
        lines += _item(item, 1, lang, columns)
    return lines


def _item(item: Item, depth: int, lang: str, columns: int) -> list[str]:
    first = INDENT * (depth - 1) + "- "
    rest = INDENT * depth
    text = clean(item.text)
    if item.label:
        label = clean(item.label)
        text = label + (COLON[lang] if text or item.items else "") + text
    lines = wrap(text.strip(), columns, first, rest)
    for below in item.items:
        lines += _item(below, depth + 1, lang, columns)
    return lines


def _heading(line: str, bold: bool) -> str:
    return f"\033[1m{line}\033[0m" if bold and line else line
