"""The lines of an official text, each with its place; those of plain text.

Page numbers and running heads are set apart, never lost: they are told as passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhunsheng.lang.wording import Passed, normal
from zhunsheng.read import labels

PAGE_NUMBER = re.compile(r"[-—–－·\s]*(?:第\s*)?[0-9０-９]{1,4}\s*页?(?:\s*[/／，,]?\s*共?\s*[0-9０-９]{1,4}\s*页?)?[-—–－·\s]*")
MARKED = re.compile(r"^\s*(?:[-—–－·]|第\s*[0-9０-９]+\s*页)|页\s*$")
"""What tells a page's number from a number that is text, such as that of a table."""
SENTENCE = "。；：，、！？;:,"


@dataclass(frozen=True)
class Line:
    """A line without the space around it. `indented`: space stood before it."""

    text: str
    number: int
    column: int
    indented: bool = False


def plain_lines(text: str) -> Iterable[Line]:
    """A form feed begins a page, and a line."""
    for number, raw in enumerate(text.replace("\f", "").split("\n"), 1):
        stripped = raw.strip()
        if stripped:
            before = len(raw) - len(raw.lstrip())
            yield Line(stripped, number, before + 1, before > 0)


def without_furniture(lines: Sequence[Line], *, printed: bool) -> tuple[list[Line], list[Passed]]:
    """The lines, and what belongs to pages and not to the text: page numbers; lines that come back page after page. What is not a
    print may hold tables, whose cells repeat and may be bare numbers: these stay."""
    heads = _running_heads(lines, printed)
    kept: list[Line] = []
    passed: list[Passed] = []
    for line in lines:
        if _page_number(line.text, printed) or normal(line.text) in heads:
            passed.append(Passed(line.number, line.number, "page", line.text))
        else:
            kept.append(line)
    return kept, passed


def _page_number(text: str, printed: bool) -> bool:
    return bool(PAGE_NUMBER.fullmatch(text)) and (printed or bool(MARKED.search(text)))


def _running_heads(lines: Sequence[Line], printed: bool) -> frozenset[str]:
    """Lines that no sentence ends and no number begins, and that stand twice next to the number of a page; in a print, also those
    that stand three times."""
    edges: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for at, line in enumerate(lines):
        if line.text[-1] in SENTENCE or _begins_something(line.text) or _page_number(line.text, printed):
            continue
        said = normal(line.text)
        times[said] += 1
        near = [*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]]
        edges[said] += any(_page_number(other.text, printed) for other in near)
    return frozenset(said for said in times if (printed and times[said] >= 3) or edges[said] >= 2)


def _begins_something(text: str) -> bool:
    return bool(labels.article(text) or labels.chapter(text) or labels.part(text))
