"""A Word file -> its paragraphs as lines, numbered from 1 as they follow one another, those in tables among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.read import paper

MOST_BYTES = 60_000_000
"""Of the text itself, unpacked."""
TEXT, TAB, BREAKS, HYPHEN = qn("w:t"), qn("w:tab"), (qn("w:br"), qn("w:cr")), qn("w:noBreakHyphen")
BOX = qn("w:txbxContent")
CHANGES = tuple(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo")))


def word_lines(data: bytes, file: str) -> Iterable[paper.Line]:
    """Refused by name: changes that are still tracked, and numbers that Word itself puts before paragraphs, for they are no part
    of the file's text."""
    document = _opened(data, file)
    body = document.element.body
    if next(body.iter(*CHANGES), None) is not None:
        what = "this file holds tracked changes, so it does not say which words stand"
        raise InputError([Problem(Place(file), what, "accept or reject them, and save it again")])
    lines: list[paper.Line] = []
    numbered: list[int] = []
    for number, paragraph in enumerate(_paragraphs(body), 1):
        texts = ["".join(_characters(paragraph))]
        if texts[0].strip() and _numbered(paragraph, document):
            numbered.append(number)
        lines += [line for text in texts for line in _split(text, number)]
    if numbered:
        raise InputError([_automatic(file, numbered)])
    return lines


def _opened(data: bytes, file: str) -> Any:
    """python-docx has types of its own; its tree of XML has none."""
    try:
        with ZipFile(BytesIO(data)) as package:
            size = sum(one.file_size for one in package.infolist() if one.filename.endswith(".xml"))
        if size > MOST_BYTES:
            raise InputError([Problem(Place(file), f"this file unpacks to {size:,} bytes; at most {MOST_BYTES:,} are read")])
        return docx.Document(BytesIO(data))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError):
        what = "this is no Word file of the kind .docx"
        raise InputError([Problem(Place(file), what, "save it again as .docx, or as plain text (.txt, UTF-8)")]) from None


def _paragraphs(body: Any) -> Iterator[Any]:
    """Every paragraph but those in boxes beside the text."""
    return (one for one in body.iter(qn("w:p")) if not _in_a_box(one))


def _in_a_box(node: Any) -> bool:
    return any(above.tag == BOX for above in node.iterancestors())


def _characters(paragraph: Any) -> Iterator[str]:
    for node in paragraph.iter(TEXT, TAB, *BREAKS, HYPHEN):
        if node.getparent().tag == qn("w:tabs") or any(above.tag == BOX for above in _between(node, paragraph)):
            continue
        yield (node.text or "") if node.tag == TEXT else "\t" if node.tag == TAB else "-" if node.tag == HYPHEN else "\n"


def _between(node: Any, paragraph: Any) -> Iterator[Any]:
    for above in node.iterancestors():
        if above is paragraph:
            return
        yield above


def _split(text: str, number: int) -> Iterator[paper.Line]:
    start = 0
    for row in text.split("\n"):
        if row.strip():
            yield paper.Line(row.strip(), number, start + len(row) - len(row.lstrip()) + 1)
        start += len(row) + 1


def _numbered(paragraph: Any, document: Any) -> bool:
    """Whether Word puts a number before it, of its own or by its style."""
    own = paragraph.pPr
    if own is not None and own.numPr is not None:
        return _switched_on(own.numPr)
    style = document.styles.element.get_by_id(own.style) if own is not None and own.style else None
    for _ in range(20):  # styles rest on styles, never so deep
        if style is None:
            return False
        if style.pPr is not None and style.pPr.numPr is not None:
            return _switched_on(style.pPr.numPr)
        style = style.base_style
    return False


def _switched_on(numbering: Any) -> bool:
    return numbering.numId is not None and int(numbering.numId.val) != 0


def _automatic(file: str, numbered: list[int]) -> Problem:
    what = f"Word itself numbers this paragraph ({len(numbered)} in all), and the file does not hold those numbers as text"
    return Problem(Place(file, numbered[0], 1), what, "save it as plain text (.txt, UTF-8), which writes them out")
