"""A register of enterprises -> cases, one for each row: CSV or a workbook (the heading of a column is the path of a fact), or
lines of JSON (each the facts of a case)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.scope import nearest
from zhunsheng.read.case import rows_reader
from zhunsheng.read.nodes import Lines, Mapping, Node, Scalar
from zhunsheng.read.nodes import Sequence as SequenceNode
from zhunsheng.read.text import decode, read_bytes
from zhunsheng.read.words import Report
from zhunsheng.read.workbook import rows_of

KINDS = (".csv", ".xlsx", ".jsonl")
MOST_ROWS = 200_000
MOST_PROBLEMS = 100
STEP = re.compile(r"([^.\[\]]+)(?:\[(\d+)\])?(?:\.|$)")


@dataclass(frozen=True)
class Row:
    """One row as a case, and where it stands."""

    case: Case
    place: Place


@dataclass
class _Cells:
    """What columns say of one part of a case: named parts, numbered elements, or a value."""

    value: Scalar | None = None
    parts: dict[str, _Cells] = field(default_factory=dict)
    elements: dict[int, _Cells] = field(default_factory=dict)


def load_registry(path: Path | str, pack: Pack) -> tuple[Row, ...]:
    """Every row. InputError with all that is wrong, each with its line and column."""
    path = Path(path)
    if path.suffix.lower() not in KINDS:
        what = f"{path.suffix or 'no suffix'} is no kind of register"
        raise InputError([Problem(Place(str(path)), what, f"give a file that ends in {', '.join(KINDS)}")])
    report = Report()
    nodes = list(_lines(path, report) if path.suffix.lower() == ".jsonl" else _table(path, pack, report))
    _stop(report)
    reader = rows_reader(pack, str(path), report)
    rows = []
    for node in nodes:
        rows.append(Row(reader(node), node.place))
        if len(report.problems) > MOST_PROBLEMS:
            break
    _stop(report)
    if not rows:
        raise InputError([Problem(Place(str(path)), "this register has no rows", "give at least one enterprise")])
    return tuple(rows)


def _stop(report: Report) -> None:
    if report.problems:
        raise InputError(report.problems[:MOST_PROBLEMS])


# -- lines of JSON


def _lines(path: Path, report: Report) -> Iterator[Mapping]:
    text = decode(read_bytes(path), str(path))
    lines = Lines(str(path), ())
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except ValueError as error:
            column = getattr(error, "colno", 1)
            report.add(Place(str(path), number, column), "this line is no JSON", "write one object to a line")
            continue
        if not isinstance(data, dict):
            report.add(Place(str(path), number, 1), "a line holds the facts of one case: an object", "write `{…}`")
            continue
        node = _node(data, number, 1, lines)
        if isinstance(node, Mapping):
            yield node


def _node(data: Any, line: int, column: int, lines: Lines) -> Node:
    match data:
        case dict():
            entries = tuple(
                (Scalar(str(key), "", line, column, False, lines), _node(value, line, column, lines))
                for key, value in data.items()
            )
            return Mapping(entries, line, column, False, lines)
        case list():
            return SequenceNode(tuple(_node(each, line, column, lines) for each in data), line, column, False, lines)
        case None:
            return Scalar("unknown", "", line, column, False, lines)
        case bool():
            return Scalar("true" if data else "false", "", line, column, False, lines)
        case _:
            return Scalar(str(data), "", line, column, False, lines)


# -- tables


def _table(path: Path, pack: Pack, report: Report) -> Iterator[Mapping]:
    rows = rows_of(path) if path.suffix.lower() == ".xlsx" else _of_csv(path)
    heading = next(rows, None)
    if heading is None:
        return
    first, titles = heading
    if len(filled := [text for text in titles if text]) == 1 and (marks := [mark for mark in ";\t，；" if mark in filled[0]]):
        report.add(Place(str(path), first, 1), f"the columns are divided by {marks[0]!r}, not by a comma",
                   "save it again as .csv, divided by commas")  # fmt: skip
        return
    columns = [_path(text, Place(str(path), first, number), pack, report) for number, text in enumerate(titles, 1)]
    seen: dict[tuple[tuple[str, int | None], ...], int] = {}
    for number, (steps, text) in enumerate(zip(columns, titles, strict=True), 1):
        place = Place(str(path), first, number)
        if steps and seen.setdefault(steps, number) != number:
            report.add(place, f"the column {text!r} stands here twice", "leave one of them out")
    overlapping = _overlapping(columns)
    lines = Lines(str(path), ())
    for count, (line, cells) in enumerate(rows):
        if count >= MOST_ROWS:
            report.add(Place(str(path), line, 1), f"a register has at most {MOST_ROWS} rows", "divide it")
            return
        bare = [column for column, text in enumerate(cells, 1) if text and not (titles[column - 1 : column] or [""])[0]]
        for column in bare:
            report.add(Place(str(path), line, column), "this cell has no heading", "give the column one, or empty it")
        stated = {column for column, text in enumerate(cells, 1) if text}
        twice = next((whole for whole, part in overlapping if {whole, part} <= stated), 0)
        if twice:
            report.add(Place(str(path), line, twice), f"another cell of this row states a part of {titles[twice - 1]!r}",
                       "empty one of them")  # fmt: skip
        if any(cells) and not bare and not twice:
            yield _row(columns, cells, line, lines)


def _overlapping(columns: Sequence[tuple[tuple[str, int | None], ...]]) -> list[tuple[int, int]]:
    """Columns that state a whole (`violations`), each with one that states a part of it (`violations[0].kind`): where both
    are filled, one of them would be lost."""
    found = []
    for one, whole in enumerate(map(_names, columns), 1):
        for other, part in enumerate(map(_names, columns), 1):
            if whole and len(part) > len(whole) and part[: len(whole)] == whole:
                found.append((one, other))
    return found


def _names(steps: tuple[tuple[str, int | None], ...]) -> tuple[str, ...]:
    return tuple(str(part) for name, index in steps for part in ((name,) if index is None else (name, index)))


def _path(text: str, place: Place, pack: Pack, report: Report) -> tuple[tuple[str, int | None], ...]:
    """The heading `ratings[0].grade` as its steps."""
    if not text:
        return ()
    steps = tuple((name, int(index) if index else None) for name, index in STEP.findall(text))
    first = steps[0][0] if steps else ""
    known = [*pack.facts, *pack.collections]
    written = {name: key for spec in pack.facts.values() for key, name in spec.record_form}
    if first not in known and first not in written.values():
        report.add(place, f"there is no fact {first or text!r}",
                   nearest(first, known) or f"facts: {', '.join(known)}")  # fmt: skip
        return ()
    if any(index is not None and index > 999 for _, index in steps):
        report.add(place, f"{text!r}: elements are numbered from 0", "")
        return ()
    return steps


def _of_csv(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    text = decode(read_bytes(path), str(path))
    reader = csv.reader(io.StringIO(text, newline=""))
    last = 0
    for cells in reader:
        line, last = last + 1, reader.line_num
        yield line, [cell.strip() for cell in cells]


def _row(columns: Sequence[tuple[tuple[str, int | None], ...]], cells: Sequence[str], line: int, lines: Lines) -> Mapping:
    root = _Cells()
    for column, (steps, text) in enumerate(zip(columns, cells, strict=False), 1):
        if not steps or not text:
            continue
        here = root
        for name, index in steps:
            here = here.parts.setdefault(name, _Cells())
            if index is not None:
                here = here.elements.setdefault(index, _Cells())
        here.value = Scalar(text, "", line, column, False, lines)
    node = _grown(root, line, lines)
    return node if isinstance(node, Mapping) else Mapping((), line, 1, False, lines)


def _grown(cells: _Cells, line: int, lines: Lines) -> Node:
    """What the cells of one part say: `others` beside elements says whether there are any besides."""
    own = cells.value
    if cells.elements:
        column = _column(cells)
        items = tuple(_grown(cells.elements[index], line, lines) for index in sorted(cells.elements))
        listed = SequenceNode(items, line, column, False, lines)
        others = cells.parts.get("others")
        if others is None or others.value is None:
            return listed
        key = Scalar("known", "", line, column, False, lines)
        return Mapping(((key, listed), (_named("others", others.value), others.value)), line, column, False, lines)
    if cells.parts:
        column = _column(cells)
        entries = tuple((Scalar(name, "", line, _column(part), False, lines), _grown(part, line, lines))
                        for name, part in cells.parts.items())  # fmt: skip
        return Mapping(entries, line, column, False, lines)
    if own is not None:
        return own
    return Mapping((), line, 1, False, lines)


def _named(name: str, value: Scalar) -> Scalar:
    return Scalar(name, "", value.line, value.column, False, value.lines)


def _column(cells: _Cells) -> int:
    found = [cells.value.column] if cells.value is not None else []
    found += [_column(each) for each in (*cells.parts.values(), *cells.elements.values())]
    return min(found, default=1)
