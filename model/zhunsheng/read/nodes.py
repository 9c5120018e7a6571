"""The tree of a strict YAML file: mappings, sequences, and scalars that keep their raw text and their place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from zhunsheng.errors import Place
from zhunsheng.lang.typing import Source
from zhunsheng.read.characters import positions

PLAIN = ""


@dataclass(frozen=True)
class Lines:
    """A file's text, line by line, for finding where a character of a scalar stands."""

    file: str
    lines: tuple[str, ...] = field(repr=False)

    @staticmethod
    def of(text: str, file: str) -> Lines:
        return Lines(file, tuple(text.split("\n")))


@dataclass(frozen=True, slots=True)
class Scalar:
    """`text` is the value as YAML gives it (a string, always); `style` is `''` (plain), `'`, `"`, `|` or `>`.

    `line`, `column` count from 1. `flow`: it stands inside `[…]` or `{…}`.
    """

    text: str
    style: str
    line: int
    column: int
    flow: bool
    lines: Lines = field(compare=False, repr=False)

    @property
    def place(self) -> Place:
        return Place(self.lines.file, self.line, self.column)

    @property
    def plain(self) -> bool:
        return self.style == PLAIN

    def locate(self) -> Callable[[int], Place]:
        """The place of each character of `text`; beyond the last, the place of the last."""
        found = positions(self.lines.lines, self.style, self.line - 1, self.column - 1, self.text)

        def place(index: int) -> Place:
            line, column = found[max(0, min(index, len(found) - 1))]
            return Place(self.lines.file, line + 1, column + 1)

        return place

    def source(self) -> Source:
        return Source(self.text, self.locate())


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    line: int
    column: int
    flow: bool
    lines: Lines = field(compare=False, repr=False)

    @property
    def place(self) -> Place:
        return Place(self.lines.file, self.line, self.column)


@dataclass(frozen=True, slots=True)
class Mapping:
    """`entries` in the order of the file; no key stands twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int
    flow: bool
    lines: Lines = field(compare=False, repr=False)

    @property
    def place(self) -> Place:
        return Place(self.lines.file, self.line, self.column)

    def get(self, key: str) -> Node | None:
        return next((value for name, value in self.entries if name.text == key), None)


Node = Scalar | Sequence | Mapping


def kind_of(node: Node) -> str:
    """What a node is, for a sentence."""
    match node:
        case Scalar(text=text):
            return f"{text!r}" if len(text) <= 40 else f"{text[:37]!r}…"
        case Sequence():
            return "a list"
        case Mapping():
            return "a mapping (`key: value`)"
