"""Decision tables as a workbook: a sheet for each answer, with its table and those of what it uses. Every cell is text."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate import nouns
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provision
from zhunsheng.show import words
from zhunsheng.show.cautions import cautions
from zhunsheng.show.media.office import settled
from zhunsheng.show.media.width import clean, width
from zhunsheng.show.site.answers import below
from zhunsheng.show.site.tables import plain_grid

CONTENTS = Text("说明", "Contents")
ANSWER, SHEET = Text("问题", "Question"), Text("工作表", "Sheet")
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
LONGEST_TITLE = 31
"""Characters that a sheet's name may have."""
LONGEST_CELL = 32_767
FORMULA = ("=", "+", "-", "@")
WIDEST = 44
EDGE = Side(style="thin", color="999999")
LINE = Border(EDGE, EDGE, EDGE, EDGE)


def workbook(pack: Pack, lang: str) -> bytes:
    """The workbook, the same bytes for the same pack."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new workbook has one sheet
    sheet_of = _sheets(pack, lang)
    _contents(book.create_sheet(CONTENTS[lang]), pack, sheet_of, lang)
    for name, title in sheet_of.items():
        _answer(book.create_sheet(title), pack, name, lang)
    out = BytesIO()
    book.save(out)
    return settled(out.getvalue(), pack.in_force[0])


def _sheets(pack: Pack, lang: str) -> dict[str, str]:
    """A name for the sheet of each answer: short, without forbidden marks, no two alike."""
    found: dict[str, str] = {}
    for number, name in enumerate(pack.answers, 1):
        said = FORBIDDEN.sub(" ", nouns.definition(pack, name, lang))
        found[name] = f"{number} {said}"[:LONGEST_TITLE].rstrip()
    return found


def _contents(sheet: Any, pack: Pack, sheet_of: dict[str, str], lang: str) -> None:
    _row(sheet, 1, [pack.title[lang]], bold=True)
    _row(sheet, 2, [fill(words.VERSION, lang, version=pack.version, digest=pack.digest)])
    row = 4
    for said in cautions(pack, lang):
        _row(sheet, row, [said])
        row += 1
    _row(sheet, row + 1, [ANSWER[lang], SHEET[lang]], bold=True)
    for number, (name, title) in enumerate(sheet_of.items(), row + 2):
        _row(sheet, number, [nouns.definition(pack, name, lang), title])
    sheet.column_dimensions["A"].width = 2 * WIDEST
    sheet.column_dimensions["B"].width = WIDEST


def _answer(sheet: Any, pack: Pack, name: str, lang: str) -> None:
    """The answer's table, then those of what it uses, each under its title and provision."""
    row, widths = 1, dict[int, int]()
    for one in (name, *below(pack, name)[0]):
        where = provision(pack.definitions[one].provision, lang)
        _row(sheet, row, [nouns.definition(pack, one, lang), where], bold=True)
        head, rows = plain_grid(pack, pack.definitions[one], lang)
        for line in (head, *rows):
            row += 1
            _row(sheet, row, line, bold=line is head, boxed=True)
            for column, cell in enumerate(line):
                widths[column] = max(widths.get(column, 0), *(width(part) for part in cell.split("\n")))
        row += 2
    for column, wide in widths.items():
        sheet.column_dimensions[_letter(column)].width = min(wide + 2, WIDEST)


def _row(sheet: Any, row: int, cells: list[str], *, bold: bool = False, boxed: bool = False) -> None:
    for column, said in enumerate(cells, 1):
        cell = sheet.cell(row, column)
        text = "\n".join(clean(line) for line in said.split("\n"))[:LONGEST_CELL]
        cell.value = text
        cell.data_type = "s"  # whatever it begins with, it is no formula
        if text.startswith(FORMULA):
            cell.quotePrefix = True  # and does not become one when somebody edits it
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=bold)
        if boxed:
            cell.border = LINE


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column + 1))
