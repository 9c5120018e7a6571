"""A full-width colon, comma or digit that was typed for an ordinary one: what a Chinese keyboard gives, and YAML takes for text.
Likewise a colon or a dash without the space that makes it one to YAML.

Looked for only where something is wrong already, since in a sentence these characters are right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from zhunsheng.errors import Place, Problem
from zhunsheng.read.nodes import Lines, Node, Scalar

if TYPE_CHECKING:
    from zhunsheng.read.words import Report

COLON, COMMA = "：", "，"
DIGIT = re.compile("[０-９]")
KEY = re.compile(rf"(?:[ ]*(?:- +)*)[^\s\"'#:{COLON}{COMMA}{{}}\[\],|>&*!%@`-][^\s\"'#:{COLON}{{}}]*({COLON}|:(?=[^\s/]))")
"""A line, or a value, that begins as a key does, with this colon, or one without a space, behind the key."""
DASH = re.compile(r"[ ]*-(?=[^\s-])[^\s:]*:(?: |$)")
"""A line that begins as an item does, without the space behind its dash."""
QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'|(?:^|(?<= ))#.*""")


def for_key(node: Node) -> Problem | None:
    """Where `key：value` stands, unquoted, and `key: value` is wanted."""
    if not isinstance(node, Scalar) or not node.plain or not (found := KEY.match(node.text)):
        return None
    return _colon(node.locate()(found.end() - 1), found[1])


def lines_wanted(node: Node, report: Report, what: str, instead: str = "") -> None:
    """Tells that `key: value` lines are wanted at a node that holds something else; or that its colon alone is wrong."""
    if problem := for_key(node):
        report.add_all([problem])
    else:
        report.add(node.place, what, instead)


def digit(node: Node, instead: str) -> Problem | None:
    """The first full-width digit of what is wanted in ordinary ones, and what to write instead of the whole."""
    found = DIGIT.search(node.text) if isinstance(node, Scalar) else None
    if not isinstance(node, Scalar) or found is None:
        return None
    what = f"a full-width digit {found[0]!r} stands here"
    return Problem(node.locate()(found.start()), what, instead or "write ordinary digits, 0 to 9")


def before(lines: Lines, mark: Any, begun: Any, in_brackets: bool) -> Problem | None:
    """Which of these characters keeps a text from being YAML, if the parser stopped at `mark`, in what it began at `begun`."""
    if mark is None:
        return None
    if in_brackets:
        return _in_brackets(lines, mark, begun)
    if problem := _begins(lines, mark.line):
        return problem
    above = mark.line - 1
    while above >= 0 and not QUOTED.sub("", lines.lines[above]).strip():
        above -= 1
    return None if above < 0 or ":" in lines.lines[mark.line][: mark.column] else _begins(lines, above)


def _begins(lines: Lines, number: int) -> Problem | None:
    """What is wrong with how a line begins."""
    line = lines.lines[number]
    if DASH.match(line):
        place = Place(lines.file, number + 1, line.index("-") + 1)
        return Problem(place, "a dash stands here without a space behind it", "write '- '")
    found = KEY.match(line)
    return _colon(Place(lines.file, number + 1, found.end()), found[1]) if found else None


def _in_brackets(lines: Lines, mark: Any, begun: Any) -> Problem | None:
    """The last of them between the bracket and where the parser stopped, outside quotes."""
    first = begun or mark
    for number in range(mark.line, first.line - 1, -1):
        line = QUOTED.sub(lambda found: " " * len(found[0]), lines.lines[number])
        end = mark.column + 1 if number == mark.line else len(line)
        start = first.column if number == first.line else 0
        at = max(line.rfind(one, start, end) for one in (COLON, COMMA))
        if at >= 0:
            place = Place(lines.file, number + 1, at + 1)
            return _colon(place, COLON) if line[at] == COLON else _comma(place)
    return None


def _colon(place: Place, colon: str) -> Problem:
    if colon != COLON:
        return Problem(place, "a colon stands here without a space behind it", "write a space behind it")
    return Problem(place, "a full-width colon '：' stands here", "write an ordinary colon and a space, ': '")


def _comma(place: Place) -> Problem:
    return Problem(place, "a full-width comma '，' stands here", "write an ordinary comma and a space, ', '")
