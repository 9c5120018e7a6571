"""Where each character of a YAML scalar stands in its file.

YAML joins lines, drops indentation and resolves escapes, so an index into a scalar's value is not a column. We walk the
raw lines in the way the value was made and note where each of its characters came from. A line break that was folded
into a space (or kept as one) stands at the end of its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Spot = tuple[int, int]
"""Line and column, both from 0, in characters."""
Walked = list[tuple[str, Spot]]
ESCAPED_LENGTH = {"x": 2, "u": 4, "U": 8}
ESCAPES = {
    "0": "\0", "a": "\x07", "b": "\x08", "t": "\t", "\t": "\t", "n": "\n", "v": "\x0b", "f": "\x0c", "r": "\r",
    "e": "\x1b", " ": " ", '"': '"', "\\": "\\", "/": "/", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def positions(lines: Sequence[str], style: str, line: int, column: int, value: str) -> list[Spot]:
    """The spot of each character of `value`, whose scalar begins at (line, column). Never empty.

    Should the walk not give the value (it always has), every character is said to stand where the scalar begins.
    """
    start = (line, column)
    for walked in _walks(lines, style, line, column, len(value)):
        if "".join(char for char, _ in walked) == value:
            return [spot for _, spot in walked] or [start]
    return [start] * max(len(value), 1)


def _walks(lines: Sequence[str], style: str, line: int, column: int, length: int) -> Iterator[Walked]:
    match style:
        case "":
            yield _flow(lines, line, column, length, "")
        case "'" | '"':
            yield _flow(lines, line, column + 1, length, style)
        case _:
            # An explicit indentation indicator is relative to the parent, which we do not know: try the plausible ones.
            first = next((text for text in lines[line + 1 :] if text.strip(" ")), "")
            indented = len(first) - len(first.lstrip(" "))
            for indent in range(indented, -1, -1):
                yield _block(lines, line + 1, indent, style == ">")[:length]


def _flow(lines: Sequence[str], line: int, column: int, length: int, quote: str) -> Walked:
    """Plain and quoted scalars: each line stripped, one break a space, more breaks one line feed fewer."""
    walked: Walked = []
    while len(walked) < length and line < len(lines):
        text = lines[line]
        end = len(text.rstrip(" \t")) if line + 1 < len(lines) else len(text)
        joined = False
        while column < len(text) and len(walked) < length:
            if text[column] == "\\" and quote == '"':
                if column + 1 == len(text):  # an escaped line break: nothing
                    joined, column = True, len(text)
                    break
                char, used = _escape(text, column + 1)
                walked.append((char, (line, column)))
                column += used + 1
                end = max(end, column)
            elif text[column] == "'" and quote == "'":
                walked.append(("'", (line, column)))
                column += 2
            elif column >= end:
                break  # only blanks are left
            else:
                walked.append((text[column], (line, column)))
                column += 1
        if len(walked) >= length:
            break
        breaks = [(line, len(text))]
        line += 1
        while line < len(lines) and not lines[line].strip(" \t"):
            breaks.append((line, 0))
            line += 1
        if len(breaks) > 1:
            walked.extend(("\n", spot) for spot in breaks[1:])
        elif not joined:
            walked.append((" ", breaks[0]))
        column = len(lines[line]) - len(lines[line].lstrip(" \t")) if line < len(lines) else 0
    return walked


def _escape(text: str, index: int) -> tuple[str, int]:
    """The character an escape means, and how many characters it takes after the backslash."""
    letter = text[index]
    if digits := ESCAPED_LENGTH.get(letter):
        return chr(int(text[index + 1 : index + 1 + digits], 16)), digits + 1
    return ESCAPES.get(letter, letter), 1


def _block(lines: Sequence[str], line: int, indent: int, folded: bool) -> Walked:
    """Literal and folded scalars, every final break kept (the caller cuts to the value's length)."""
    walked: Walked = []
    breaks, line = _blank(lines, line, indent)
    while line < len(lines) and _indented(lines[line], indent):
        text = lines[line]
        walked.extend(breaks)
        walked.extend((char, (line, indent + at)) for at, char in enumerate(text[indent:]))
        here = (line, len(text))
        breaks, line = _blank(lines, line + 1, indent)
        more = line < len(lines) and _indented(lines[line], indent)
        if folded and more and text[indent] not in " \t" and lines[line][indent] not in " \t":
            if not breaks:
                walked.append((" ", here))
        else:
            walked.append(("\n", here))
    return walked + breaks


def _blank(lines: Sequence[str], line: int, indent: int) -> tuple[Walked, int]:
    """The breaks of lines that hold nothing, and the first line after them."""
    breaks: Walked = []
    while line < len(lines) and not lines[line][: indent + 1].strip(" ") and len(lines[line]) <= indent:
        breaks.append(("\n", (line, len(lines[line]))))
        line += 1
    return breaks, line


def _indented(text: str, indent: int) -> bool:
    return len(text) > indent and not text[:indent].strip(" ")
