"""A mapping of a file, read key by key: required keys, unknown keys, and the collector of problems in one hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from zhunsheng.errors import Place
from zhunsheng.lang.scope import nearest
from zhunsheng.lang.types import Text
from zhunsheng.lang.typing import Source
from zhunsheng.read import words
from zhunsheng.read.full_width import lines_wanted
from zhunsheng.read.nodes import Mapping, Node, kind_of
from zhunsheng.read.words import Report

T = TypeVar("T")
REQUIRED = object()


class Keys:
    """`what` names the mapping in messages ("a reading"). Call `close` when every key has been asked for."""

    def __init__(self, node: Node, what: str, report: Report) -> None:
        self.node, self.what, self.report = node, what, report
        self.asked: list[str] = []
        self.usable = isinstance(node, Mapping)
        if not self.usable:
            lines_wanted(node, report, f"{what} is wanted here, not {kind_of(node)}", "write `key: value` lines")

    @property
    def place(self) -> Place:
        return self.node.place

    def has(self, key: str) -> bool:
        return self.maybe(key) is not None

    def maybe(self, key: str) -> Node | None:
        """The value of a key that may be left out."""
        if key not in self.asked:
            self.asked.append(key)
        return self.node.get(key) if isinstance(self.node, Mapping) else None

    def need(self, key: str) -> Node | None:
        """The value of a key that may not be left out."""
        node = self.maybe(key)
        if node is None and self.usable:
            self.report.add(self.place, f"{self.what} lacks '{key}:'", f"add a line `{key}: …`")
        return node

    def close(self) -> bool:
        """Refuse every key that was never asked for; whether there was one."""
        before = len(self.report.problems)
        for key, _ in self.node.entries if isinstance(self.node, Mapping) else ():
            if key.text not in self.asked:
                hint = nearest(key.text, self.asked) or f"known keys: {', '.join(self.asked)}"
                self.report.add(key.place, f"{self.what} has no key {key.text!r}", hint)
        return len(self.report.problems) > before

    # -- one method for each kind of value; with `default`, the key may be left out

    def _read(self, key: str, read: Callable[[Node], T], stand_in: T, default: object) -> T:
        node = self.need(key) if default is REQUIRED else self.maybe(key)
        if node is not None:
            return read(node)
        return stand_in if default is REQUIRED else default  # type: ignore[return-value]

    def string(self, key: str, default: object = REQUIRED, wanted: str = "text") -> str:
        return self._read(key, lambda node: words.string(node, self.report, wanted), "", default)

    def label(self, key: str, wanted: str) -> str:
        return self._read(key, lambda node: words.label(node, self.report, wanted), "", REQUIRED)

    def identifier(self, key: str, wanted: str, field: bool = False, value: bool = False) -> str:
        return self._read(key, lambda node: words.identifier(node, self.report, wanted, field, value), "", REQUIRED)

    def integer(self, key: str) -> int:
        return self._read(key, lambda node: words.integer(node, self.report), 0, REQUIRED)

    def maybe_integer(self, key: str) -> int | None:
        return self._read(key, lambda node: words.integer(node, self.report), None, None)

    def day(self, key: str) -> date:
        return self._read(key, lambda node: words.day(node, self.report), words.NO_DAY, REQUIRED)

    def truth(self, key: str, default: bool) -> bool:
        return self._read(key, lambda node: words.truth(node, self.report), False, default)

    def one_of(self, key: str, known: Iterable[str], wanted: str, default: str) -> str:
        return self._read(key, lambda node: words.one_of(node, known, self.report, wanted), default, default)

    def sentence(self, key: str) -> Text:
        return self._read(key, lambda node: words.sentence(node, self.report), words.NO_TEXT, REQUIRED)

    def maybe_sentence(self, key: str) -> Text | None:
        return self._read(key, lambda node: words.sentence(node, self.report), None, None)

    def strings(self, key: str, wanted: str, required: bool = False) -> tuple[str, ...]:
        return self._read(key, lambda node: words.strings(node, self.report, wanted), (), REQUIRED if required else ())

    def items(self, key: str, wanted: str, required: bool = False) -> tuple[Node, ...]:
        return self._read(key, lambda node: words.items(node, self.report, wanted), (), REQUIRED if required else ())

    def expression(self, key: str) -> Source | None:
        return self._read(key, lambda node: words.expression(node, self.report), None, REQUIRED)

    def maybe_expression(self, key: str) -> Source | None:
        return self._read(key, lambda node: words.expression(node, self.report), None, None)

    def place_of(self, key: str) -> Place:
        node = self.maybe(key)
        return node.place if node is not None else self.place
