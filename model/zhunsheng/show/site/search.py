"""The index of the search: the text of each part of each page, as it stands, so that any run of characters in it is found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape

from zhunsheng.show.site.pages import Page, html

HEADING = re.compile(r"^(#{1,6}) (.*?)(?: \{#([\w-]+)\})?$")
DROPPED = (
    (re.compile(r"!\[((?:\\.|[^\]\\])*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[((?:\\.|[^\]\\])*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"<[^>]*>"), " "),
    (re.compile(r"(?<!\\)\{:[^}]*\}"), " "),
    (re.compile(r"^[|\s:-]+$", re.MULTILINE), " "),
    (re.compile(r"(?<!\\)\*\*"), ""),
    (re.compile(r"^```\w*$|^\s*(?:[-*]|\d+\.|>) ", re.MULTILINE), " "),
    (re.compile(r"(?<!\\)[|`]"), " "),
    (re.compile(r"\\(.)"), r"\1"),
)


def index(pages: Iterable[Page]) -> bytes:
    """A script that hands the index over: where, the page's title, the heading, the text. It works from a folder too."""
    entries = [entry for one in pages for entry in _entries(one)]
    data = json.dumps(entries, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"window.zhunshengIndex({data});\n".encode()


def plain(markdown: str) -> str:
    """What a reader sees of a piece of Markdown, on one line."""
    for pattern, replacement in DROPPED:
        markdown = pattern.sub(replacement, markdown)
    return " ".join(unescape(markdown).split())


def _entries(one: Page) -> Iterator[list[str]]:
    """One for each heading that has an anchor; what stands under others belongs to the one before."""
    here, title, lines = "", one.title, list[str]()
    for line in one.body.splitlines():
        match = HEADING.match(line)
        if match and match[3]:
            yield from _entry(one, here, title, lines)
            here, title, lines = f"#{match[3]}", plain(match[2]), []
        else:
            lines.append(match[2] if match else line)
    yield from _entry(one, here, title, lines)


def _entry(one: Page, here: str, title: str, lines: list[str]) -> Iterator[list[str]]:
    if (said := plain("\n".join(lines))) or title:
        yield [html(one.path) + here, one.title, title, said]
