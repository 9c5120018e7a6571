"""The official wording of a regulation, cut into provisions, and the normal form in which two copies of one text are equal.

A pack restates a regulation. Where a user has the official text, its words stand beside the restatement as values of this module.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

LEVEL = re.compile(r"^\d+(?:-\d+)?|\(\d+\)|\.\d+|\d+")
MARKS = {'"': "“”„‟«»「」『』＂", "'": "‘’‚‛＇", "-": "‐‑‒–—―－−"}
ALIKE = str.maketrans({char: mark for mark, chars in MARKS.items() for char in chars})
LOOSE = re.compile(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])")
"""Space that does not part two Latin words or numbers: between Chinese characters it means nothing."""


@dataclass(frozen=True)
class Worded:
    """One provision's own words: those of its parts stand under theirs. `line` and `column` are where it begins, in characters;
    `chapter` is 0 where it stands in none."""

    ref: str
    text: str
    chapter: int
    line: int
    column: int


@dataclass(frozen=True)
class Heading:
    """A chapter as the text has it."""

    number: int
    title: str
    line: int


@dataclass(frozen=True)
class Passed:
    """Lines that belong to no provision. `why`: `before` the first article, `after` the last, `page` (its number or running
    head), `heading`."""

    first: int
    last: int
    why: str
    text: str


@dataclass(frozen=True)
class Official:
    """A text as it was read. `digest` is the SHA-256 of its file; `provisions` stand in the order of the text."""

    file: str
    digest: str
    chapters: tuple[Heading, ...]
    provisions: Mapping[str, Worded]
    passed: tuple[Passed, ...] = ()


def normal(text: str) -> str:
    """The words alone: full and half width, kinds of quotes and dashes, invisible characters and space make no difference."""
    folded = unicodedata.normalize("NFKC", text.translate(ALIKE))
    seen = "".join(char for char in folded if unicodedata.category(char) != "Cf")
    return LOOSE.sub("", " ".join(seen.split()))


def tidy(text: str) -> str:
    """The text as it is shown: on one line, without the space that layout left between Chinese characters."""
    return LOOSE.sub("", " ".join(text.split()))


def levels(ref: str) -> tuple[str, ...]:
    """`14(1)1.2` as its levels: `14`, `(1)`, `1`, `.2`."""
    return tuple(LEVEL.findall(ref))
