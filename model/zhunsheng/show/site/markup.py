"""Markdown in the subset that MkDocs and its successors read alike. Whatever a text holds, it stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from zhunsheng.narrate.document import Item, Section
from zhunsheng.show.media.width import clean
from zhunsheng.show.words import COLON

SPECIAL = re.compile(r"([\\`*_\[\]{}#])")
NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")
MARKED = re.compile(r"^([-+])")
INDENT = "    "
"""Four spaces: what every reader of Markdown takes for one level of a list."""


def text(said: str) -> str:
    """A text on one line, with nothing in it that Markdown or HTML would take for its own."""
    escaped = SPECIAL.sub(r"\\\1", escape(" ".join(clean(said).split()), quote=False)).replace("|", "&#124;")
    return MARKED.sub(r"\\\1", NUMBERED.sub(r"\1\\\2", escaped))


def link(said: str, target: str) -> str:
    return f"[{text(said)}]({target})"


def strong(said: str) -> str:
    return f"**{text(said)}**"


def heading(level: int, said: str, anchor: str = "") -> str:
    return f"{'#' * level} {text(said)}" + (f" {{#{anchor}}}" if anchor else "")


def bullets(lines: Iterable[str], depth: int = 0) -> str:
    """Lines of Markdown as a list."""
    return "\n".join(f"{INDENT * depth}- {line}" for line in lines)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells are Markdown on one line."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell or " " for cell in line) + " |" for line in lines)


def items(found: Iterable[Item], lang: str, depth: int = 0) -> str:
    """Entries of a document as a nested list."""
    return "\n".join(line for item in found for line in _item(item, depth, lang))


def sections(found: Iterable[Section], lang: str, level: int = 2) -> list[str]:
    """Sections of a document as blocks."""
    blocks = []
    for section in found:
        blocks += [heading(level, section.title), *map(text, section.paragraphs)]
        blocks += [items(section.items, lang)] if section.items else []
    return blocks


def folded(summary: str, found: Iterable[Section], lang: str) -> str:
    """Sections that a reader may open, as HTML: Markdown has no such thing. No line is empty, so that it stays one block."""
    lines = [f'<details class="zs-folded">\n<summary>{_html(summary)}</summary>']
    for section in found:
        lines += [f"<p><strong>{_html(section.title)}</strong></p>", *(f"<p>{_html(one)}</p>" for one in section.paragraphs)]
        lines += _html_items(section.items, lang)
    return "\n".join([*lines, "</details>"])


def _html_items(found: Sequence[Item], lang: str) -> list[str]:
    return ["<ul>", *(line for item in found for line in _html_item(item, lang)), "</ul>"] if found else []


def _html_item(item: Item, lang: str) -> list[str]:
    said = _html(item.text)
    if item.label:
        said = f"<strong>{_html(item.label)}</strong>{COLON[lang] if said or item.items else ''}{said}"
    return [f"<li>{said}", *_html_items(item.items, lang), "</li>"]


def _html(said: str) -> str:
    return escape(" ".join(clean(said).split()))


def _item(item: Item, depth: int, lang: str) -> list[str]:
    said = text(item.text)
    if item.label:
        said = f"**{text(item.label)}**{COLON[lang] if said or item.items else ''}{said}"
    return [f"{INDENT * depth}- {said}".rstrip(), *(line for below in item.items for line in _item(below, depth + 1, lang))]
