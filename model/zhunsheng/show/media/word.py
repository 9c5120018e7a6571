"""Documents as DOCX, for those who work on them in an office program: real headings, lists and fonts for Chinese."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from zhunsheng.narrate.document import Document, Item
from zhunsheng.show.media.office import settled
from zhunsheng.show.media.width import clean
from zhunsheng.show.words import COLON

CHINESE, LATIN = "宋体", "Times New Roman"
HEADINGS = "黑体"
DEEPEST = 3
"""The deepest list style there is; what lies deeper is set in further by hand."""
EPOCH = date(2000, 1, 1)
TAGS = {"zh": "zh-CN", "en": "en-GB"}


def render(document: Document, day: date = EPOCH) -> bytes:
    """The file, the same bytes for the same document."""
    file = docx.Document()
    _styles(file, document.lang)
    file.core_properties.title = clean(document.title)
    file.core_properties.author = ""
    file.core_properties.comments = ""
    file.add_heading(_text(document.title), 0)
    for said in document.opening:
        file.add_paragraph(_text(said))
    for section in document.sections:
        file.add_heading(_text(section.title), 1)
        for said in section.paragraphs:
            file.add_paragraph(_text(said))
        for item in section.items:
            _item(file, item, 1, document.lang)
    for said in document.closing:
        run = file.add_paragraph().add_run(_text(said))
        run.font.size = Pt(9)
    out = BytesIO()
    file.save(out)
    return settled(out.getvalue(), day)


def _styles(file: Any, lang: str) -> None:
    """A4 with the margins of official documents, and fonts for both scripts in every style."""
    part = file.sections[0]
    part.page_width, part.page_height = Cm(21), Cm(29.7)
    part.left_margin = part.right_margin = Cm(2.7)
    for style in file.styles:
        if style.type is not None and hasattr(style, "font"):
            name = HEADINGS if style.name.startswith(("Heading", "Title")) else CHINESE
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("w:ascii", "w:hAnsi", "w:cs"):
                fonts.set(qn(kind), LATIN)
            fonts.set(qn("w:eastAsia"), name)
            for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(kind), None)
    normal = file.styles["Normal"]
    normal.font.size = Pt(11)
    language = normal.element.get_or_add_rPr()
    tag = language.makeelement(qn("w:lang"), {qn("w:val"): TAGS[lang], qn("w:eastAsia"): TAGS["zh"]})
    language.append(tag)


def _item(file: Any, item: Item, depth: int, lang: str) -> None:
    """An entry of a list, and those below it: its lines on one page, with the first line below."""
    level = min(depth, DEEPEST)
    paragraph = file.add_paragraph(style="List Bullet" if level == 1 else f"List Bullet {level}")
    paragraph.paragraph_format.keep_together = True
    paragraph.paragraph_format.keep_with_next = bool(item.items)
    if depth > DEEPEST:
        paragraph.paragraph_format.left_indent = Cm(1.9 + 0.6 * (depth - DEEPEST))
    said = _text(item.text)
    if item.label:
        paragraph.add_run(_text(item.label)).bold = True
        said = (COLON[lang] if said or item.items else "") + said
    paragraph.add_run(said.rstrip())
    for below in item.items:
        _item(file, below, depth + 1, lang)


def _text(said: str) -> str:
    return " ".join(clean(said).split())
