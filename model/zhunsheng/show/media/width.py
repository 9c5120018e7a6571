"""Text on a screen: how wide it is, and where its lines may break."""

from __future__ import annotations

import functools
import re
import unicodedata

OPENING = "（“‘《〈【〔「『([{"
CLOSING = "）”’》〉】〕」』)]}，。、；：？！…,.;:?!%％"
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
"""Control characters, and those that change the direction of writing or cannot be seen."""


def clean(text: str) -> str:
    """The text without anything that could move the cursor or hide what stands there."""
    return HIDDEN.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " "))


def width(text: str) -> int:
    """Columns a text takes: two for a wide character, none for a combining one."""
    return sum(_columns(char) for char in text)


def wrap(text: str, columns: int, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most `columns`, the first after `first`, the others after `rest`.

    Chinese breaks between any two characters, but no line begins with a closing mark or ends with an opening one. A
    word that is longer than a line is broken.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, room = start = (first if not lines else rest, True)
        for unit in _units(paragraph, max(4, columns - max(width(first), width(rest)))):
            if not room and width(line + unit.rstrip()) > columns:
                lines.append(line.rstrip())
                line, room, unit = rest, True, unit.lstrip()
            elif room and width(line + unit.rstrip()) > columns:
                line, room = start  # blanks before what needs the whole line
            line += unit
            room = room and not unit.strip()
        lines.append(line.rstrip())
    return lines


@functools.cache
def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _units(text: str, longest: int) -> list[str]:
    """What stays together: a wide character, or a word, with the marks that cling to it and the space after it."""
    units: list[str] = []
    open_unit = ""
    for piece in re.findall(r"\s+|[^\s]", text):
        if piece.isspace():
            units.append(open_unit + " ")
            open_unit = ""
        elif open_unit and not _may_part(open_unit[-1], piece):
            open_unit += piece
        else:
            units.append(open_unit)
            open_unit = piece
    units.append(open_unit)
    return [part for unit in units if unit for part in _parts(unit, longest)]


def _may_part(before: str, after: str) -> bool:
    if before in OPENING or after in CLOSING:
        return False
    return _columns(before) == 2 or _columns(after) == 2 or (after in OPENING and before not in OPENING and after not in "([{")


def _parts(unit: str, longest: int) -> list[str]:
    parts, part = [], ""
    for char in unit:
        if part and width(part + char) > longest:
            parts.append(part)
            part = ""
        part += char
    return [*parts, part]
