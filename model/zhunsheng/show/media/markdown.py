"""Documents as Markdown."""

from __future__ import annotations

import re

from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.show.media.width import clean
from zhunsheng.show.words import COLON

SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")
MARKED = re.compile(r"^([-+=])")
INDENT = "  "


def render(document: Document) -> str:
    """Headings, paragraphs and nested lists; whatever Markdown would take for its own is escaped."""
    blocks = [f"# {_text(document.title)}", *map(_text, document.opening)]
    for section in document.sections:
        blocks += _section(section, document.lang)
    blocks += ["---", *map(_text, document.closing)] if document.closing else []
    return "\n\n".join(blocks) + "\n"


def _section(section: Section, lang: str) -> list[str]:
    lines = [line for item in section.items for line in _item(item, 0, lang)]
    return [f"## {_text(section.title)}", *map(_text, section.paragraphs), *(["\n".join(lines)] if lines else [])]


def _item(item: Item, depth: int, lang: str) -> list[str]:
    text = _text(item.text)
    if item.label:
        colon = COLON[lang] if text or item.items else ""
        text = f"**{_text(item.label)}**{colon}{text}"
    return [f"{INDENT * depth}- {text}".rstrip(), *(line for below in item.items for line in _item(below, depth + 1, lang))]


def _text(text: str) -> str:
    escaped = SPECIAL.sub(r"\\\1", " ".join(clean(text).split()))
    return MARKED.sub(r"\\\1", NUMBERED.sub(r"\1\\\2", escaped))
