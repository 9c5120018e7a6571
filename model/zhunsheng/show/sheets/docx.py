"""The sheet for a word processor (.docx)."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.show.media.width import clean
from zhunsheng.show.sheets import words as sw
from zhunsheng.show.sheets.qr import png
from zhunsheng.show.sheets.sheet import Part, Sheet, Told

FONTS = {"ascii": "Times New Roman", "hAnsi": "Times New Roman", "eastAsia": "宋体"}
INK = (0x8C, 0x1C, 0x13)
TOGETHER = 12
"""Parts of at most so many sentences are not divided between pages."""
THEN = (1980, 1, 1, 0, 0, 0)
"""The day every part of the file is dated, so that the same sheet gives the same bytes."""


def word(sheet: Sheet) -> bytes:
    """The sheet as .docx. InputError, by name, where what it takes is not installed."""
    try:
        import docx
    except ImportError:
        what = ".docx is not available here: the package 'python-docx' is not installed"
        raise InputError([Problem(Place("python-docx"), what, "pip install 'zhunsheng[office]', or write .html")]) from None
    out = io.BytesIO()
    _Writer(docx.Document(), sheet).document().save(out)
    return _undated(out.getvalue())


class _Writer:
    """Writes one sheet into a document of python-docx."""

    def __init__(self, document: Any, sheet: Sheet) -> None:
        self.doc, self.sheet = document, sheet

    def document(self) -> Any:
        self._page()
        sheet = self.sheet
        self._say(sheet.heading, 17, bold=True)
        if sheet.title:
            self._say(sheet.title, 11)
        for text in sheet.opening:
            self._say(text, 9.5)
        for one in sheet.answers:
            self._told(one)
        for part in sheet.parts:
            self._part(part)
        self._say(sheet.cautions.title, 7.5, bold=True, before=5)
        for text in (*sheet.cautions.sentences, *sheet.closing):
            self._say(text, 7.5)
        return self.doc

    def _told(self, one: Told) -> None:
        from docx.shared import Mm

        self._say(one.name, 11, bold=True, before=8, onward=True)
        self._say(one.outcome, 12, bold=True, onward=True)
        for number, part in enumerate(one.parts, 1):
            self._part(part, onward=number == len(one.parts) and bool(one.digest))
        if one.digest:
            table = self.doc.add_table(rows=1, cols=2)
            table.autofit = False
            self._undivided(table.rows[0])
            left, right = table.rows[0].cells
            for side, millimetres in ((left, 28), (right, 138)):
                side.width = Mm(millimetres)
            for column, side in zip(table.columns, (left, right), strict=True):
                column.width = side.width
            left.paragraphs[0].add_run().add_picture(io.BytesIO(png(one.digest)), width=Mm(23))
            self._run(self._close(right.paragraphs[0]), sw.CHECKSUM[self.sheet.lang], 8)
            for text in (one.digest, *self.sheet.checked):
                self._run(self._close(right.add_paragraph()), text, 8)

    def _part(self, part: Part, *, onward: bool = False) -> None:
        """With `onward`, on one page with the beginning of what follows."""
        self._say(part.title, 10, bold=True, before=3, ink=True, onward=True)
        short = len(part.sentences) <= TOGETHER
        for number, text in enumerate(part.sentences, 1):
            paragraph = self._close(self.doc.add_paragraph(style="List Bullet"))
            paragraph.paragraph_format.keep_with_next = onward if number == len(part.sentences) else short
            self._run(paragraph, text, 9)

    def _say(
        self, text: str, size: float, *, bold: bool = False, before: float = 0, ink: bool = False, onward: bool = False
    ) -> None:
        paragraph = self._close(self.doc.add_paragraph(), before)
        paragraph.paragraph_format.keep_with_next = onward
        self._run(paragraph, text, size, bold, ink)

    def _undivided(self, row: Any) -> None:
        """A row that is not divided between pages."""
        from docx.oxml import OxmlElement

        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))

    def _run(self, paragraph: Any, text: str, size: float, bold: bool = False, ink: bool = False) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        run = paragraph.add_run(" ".join(clean(text).split()))
        run.font.size, run.bold = Pt(size), bold
        if ink:
            run.font.color.rgb = RGBColor(*INK)
        fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
        for script, name in FONTS.items():
            fonts.set(qn(f"w:{script}"), name)

    def _close(self, paragraph: Any, before: float = 0) -> Any:
        """With little room above and below, and its lines on one page."""
        from docx.shared import Pt

        form = paragraph.paragraph_format
        form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(1), 1.0
        form.keep_together = True
        return paragraph

    def _page(self) -> None:
        from docx.shared import Mm

        section = self.doc.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Mm(22), Mm(20), Mm(12), Mm(10)
        properties = self.doc.core_properties
        properties.title, properties.author, properties.comments = self.sheet.heading, "", ""


def _undated(data: bytes) -> bytes:
    """The same file, every part of it dated alike."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, THEN), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
