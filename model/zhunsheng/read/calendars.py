"""calendar/*.yaml: the working days of each year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhunsheng.errors import Place
from zhunsheng.lang.pack import Calendar, CalendarYear
from zhunsheng.lang.scope import nearest
from zhunsheng.lang.types import Text
from zhunsheng.read import words
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Node
from zhunsheng.read.words import Report


@dataclass(frozen=True)
class _Table:
    name: str
    title: Text
    extends: str
    extends_at: Place
    years: dict[int, CalendarYear]
    years_at: dict[int, Place]


def read_calendars(roots: Sequence[Node], report: Report) -> dict[str, Calendar]:
    """Every table; a table that extends another has the days of both, for the years it lists itself."""
    tables: dict[str, _Table] = {}
    for root in roots:
        table = _table(root, report)
        if table.name in tables:
            report.add(root.place, f"there are two tables named {table.name!r}")
        tables[table.name] = table
    for table in tables.values():
        if table.extends and (table.extends not in tables or tables[table.extends].extends):
            hint = nearest(table.extends, tables) if table.extends not in tables else "a table that extends none"
            report.add(table.extends_at, f"{table.extends!r} is no table that can be extended", hint)
        elif table.extends:
            _years_are_known(table, tables[table.extends], report)
    order = sorted(tables.values(), key=lambda table: (bool(table.extends), list(tables).index(table.name)))
    return {table.name: Calendar(table.name, table.title, _merged(table, tables)) for table in order}


def _years_are_known(table: _Table, base: _Table, report: Report) -> None:
    for year, at in table.years_at.items():
        if year not in base.years:
            report.add(at, f"the table {base.name!r} has no year {year} to add to", "add the year there first")


def _table(root: Node, report: Report) -> _Table:
    keys = Keys(root, "a table of working days", report)
    keys.maybe("format")
    name, title = keys.identifier("table", "the name of a table"), keys.sentence("title")
    extends = keys.string("extends", "")
    years: dict[int, CalendarYear] = {}
    places: dict[int, Place] = {}
    for node in keys.items("years", "years", required=True):
        year = _year(node, report)
        if year.year in years:
            report.add(node.place, f"the year {year.year} stands here twice")
        years[year.year], places[year.year] = year, node.place
    keys.close()
    return _Table(name, title, extends, keys.place_of("extends"), years, places)


def _year(node: Node, report: Report) -> CalendarYear:
    keys = Keys(node, "a year of a table", report)
    year = keys.integer("year")
    source = keys.need("source")
    where = words.sentence_or_string(source, report) if source is not None else words.NO_TEXT
    off = _days(keys, "off", year, False, report)
    work = _days(keys, "work", year, True, report)
    keys.close()
    return CalendarYear(year, off, work, where)


def _days(keys: Keys, key: str, year: int, weekend: bool, report: Report) -> frozenset[date]:
    found: set[date] = set()
    for node in keys.items(key, "days", required=True):
        day = words.day(node, report)
        if day == words.NO_DAY:
            continue
        if day.year != year:
            report.add(node.place, f"{day} is not in {year}")
        elif (day.isoweekday() > 5) != weekend:
            what = "no Saturday or Sunday" if weekend else "a Saturday or Sunday"
            meant = "Saturdays and Sundays that are worked" if weekend else "days off on Monday to Friday"
            report.add(node.place, f"{day} is {what}, and `{key}:` lists {meant}")
        elif day in found:
            report.add(node.place, f"{day} stands here twice")
        found.add(day)
    return frozenset(found)


def _merged(table: _Table, tables: dict[str, _Table]) -> dict[int, CalendarYear]:
    base = tables.get(table.extends)
    if base is None:
        return table.years
    merged = {}
    for year, own in table.years.items():
        under = base.years.get(year)
        if under is None:
            continue
        off, work = (under.off - own.work) | own.off, (under.work - own.off) | own.work
        merged[year] = CalendarYear(
            year, off, work, Text(f"{under.source.zh}；{own.source.zh}", f"{under.source.en}; {own.source.en}")
        )
    return merged
