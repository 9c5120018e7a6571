"""A page saved from a site -> the lines a reader sees, each with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser

from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.read import paper
from zhunsheng.read.text import decode

INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "small",
     "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "o:p")
)  # fmt: skip
UNSEEN = frozenset(("script", "style", "noscript", "template", "title", "select", "textarea", "svg"))
CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""")
CHINESE_CHARSETS = ("gb2312", "gbk", "gb18030")


def page_lines(data: bytes, file: str) -> Iterable[paper.Line]:
    """Every block, and what follows each line break, as a line of its own. Lines and columns are those of the file."""
    reader = _Page()
    reader.feed(_decoded(data, file))
    reader.close()
    reader.flush()
    return reader.lines


def _decoded(data: bytes, file: str) -> str:
    """As the page itself says, since pages of Chinese authorities are often not UTF-8."""
    named = CHARSET.search(data[:4096])
    charset = named[1].decode("ascii").lower() if named else "utf-8"
    if charset not in CHINESE_CHARSETS or data.startswith(b"\xef\xbb\xbf"):
        return decode(data, file)
    try:
        return data.decode("gb18030").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        what = f"this line is not {charset.upper()}, though the page says so"
        raise InputError([Problem(Place(file, line, 1), what, "save the page again with the encoding UTF-8")]) from None


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[paper.Line] = []
        self.pieces: list[str] = []
        self.place = (0, 0)
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the parser's own signature
        if tag in UNSEEN:
            self.unseen += 1
        elif tag not in INLINE:
            self.flush()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the parser's own
        if tag not in INLINE:
            self.flush()

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag not in INLINE:
            self.flush()

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        if not self.pieces and data.strip():
            line, column = self.getpos()
            before = data[: len(data) - len(data.lstrip())]
            rows = before.count("\n")
            self.place = (line + rows, len(before) - before.rfind("\n") if rows else column + len(before) + 1)
            self.pieces.append(data.lstrip())
        elif self.pieces:
            self.pieces.append(data)

    def flush(self) -> None:
        text = " ".join("".join(self.pieces).split())
        if text:
            self.lines.append(paper.Line(text, *self.place))
        self.pieces = []
