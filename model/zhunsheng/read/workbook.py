"""A workbook -> rows of text. What its sheet would show and its cells do not hold is refused, never passed over."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.read.text import read_bytes

MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)\"")
BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
TAG = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
PIECE = 1 << 20
OVERLAP = 1 << 8
MOST_PLACES = 20
NO_VALUE = (
    "this cell holds a formula without its value",
    "open the file in a spreadsheet and save it again, or write the value itself or nothing",
)


def rows_of(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of the one sheet that is filled. Formulas are taken by the values they had when the file was saved."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    data = read_bytes(path)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        merged, formulas = _hidden_in(data)
        as_written = openpyxl.load_workbook(io.BytesIO(data), read_only=True) if formulas else None
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise InputError([Problem(Place(str(path)), "this is no workbook", "save it again as .xlsx, or as .csv")]) from None
    filled = [number for number, sheet in enumerate(book.worksheets) if _is_filled(sheet)]
    several = len(book.worksheets) > 1
    problems = [_merged(path, one, several) for one in merged[:MOST_PLACES]]
    if len(filled) > 1:
        names = ", ".join(book.worksheets[number].title for number in filled)
        problems.append(Problem(Place(str(path)), f"several sheets of this workbook are filled: {names}",
                                "keep the register's sheet, and move the others to another file"))  # fmt: skip
    if filled and as_written is not None:
        problems += _without_a_value(path, book.worksheets[filled[0]], as_written.worksheets[filled[0]])
    if problems:
        raise InputError(problems)
    rows = book.worksheets[filled[0]].iter_rows(values_only=True) if filled else ()
    for number, cells in enumerate(rows, 1):
        yield number, [_cell(cell) for cell in cells]


@dataclass(frozen=True)
class Merged:
    """A merged range, and the title of its sheet; empty where the workbook does not say it."""

    sheet: str
    row: int
    column: int
    cells: str


def _hidden_in(data: bytes) -> tuple[list[Merged], bool]:
    """The merged ranges of all sheets, and whether there are formulas: the reader of rows tells of neither."""
    merged: dict[Merged, None] = {}
    formulas = False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        titles = _titles(archive)
        for name in archive.namelist():
            if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
                continue
            with archive.open(name) as sheet:
                kept = b""
                while piece := sheet.read(PIECE):
                    text = kept + piece
                    formulas = formulas or FORMULA.search(text) is not None
                    for found in MERGED.finditer(text):
                        first, row, last, end = (part.decode() for part in found.groups())
                        merged.setdefault(Merged(titles.get(name, ""), int(row), _number(first), f"{first}{row}:{last}{end}"))
                    kept = text[-OVERLAP:]
    return list(merged), formulas


def _titles(archive: zipfile.ZipFile) -> dict[str, str]:
    """What the sheets are called, by the files of the workbook that hold them."""
    if not {BOOK, LINKS} <= set(archive.namelist()):
        return {}
    targets = {}
    for link in TAG.findall(archive.read(LINKS)):
        named = _attributes(link)
        target = named.get("Target", "")
        targets[named.get("Id", "")] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    sheets = [_attributes(sheet) for sheet in SHEET.findall(archive.read(BOOK))]
    return {targets.get(one.get("r:id", ""), ""): one.get("name", "") for one in sheets}


def _attributes(tag: bytes) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in ATTRIBUTE.findall(tag.decode())}


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _is_filled(sheet: Any) -> bool:
    return any(cell is not None and str(cell).strip() for cells in sheet.iter_rows(values_only=True) for cell in cells)


def _merged(path: Path, one: Merged, several: bool) -> Problem:
    where = f" of the sheet {one.sheet!r}" if several and one.sheet else ""
    return Problem(Place(str(path), one.row, one.column),
                   f"the cells {one.cells}{where} are merged, and only the first of them holds the value",
                   "divide them, and write the value in each row it is meant for")  # fmt: skip


def _without_a_value(path: Path, values: Any, written: Any) -> list[Problem]:
    """Formulas that were saved without what they came to, as programs other than spreadsheets save them."""
    found: list[Problem] = []
    rows = zip(values.iter_rows(values_only=True), written.iter_rows(values_only=True), strict=False)
    for line, (shown, own) in enumerate(rows, 1):
        for column, (value, formula) in enumerate(zip(shown, own, strict=False), 1):
            if value is None and formula is not None and len(found) < MOST_PLACES:
                found.append(Problem(Place(str(path), line, column), *NO_VALUE))
    return found


def _cell(cell: object) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell).strip()
