"""A line on the error stream that says how far a long question has come; nothing where nobody watches."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TextIO

from zhunsheng.lang.types import Text
from zhunsheng.show.media.width import clean, width

AFTER = 0.4
"""Seconds before the line first appears: short questions stay silent."""
WORKING = Text("正在推算 {done}/{total}：{what}", "working {done}/{total}: {what}")


@dataclass
class Progress:
    """Called with what is being worked on, how many are done, and of how many; on leaving, the line is wiped away."""

    stream: TextIO
    lang: str
    clock: Callable[[], float] = time.monotonic
    columns: int = 78
    _started: float | None = field(default=None, init=False)
    _shown: bool = field(default=False, init=False)

    def __call__(self, what: str, done: int, total: int) -> None:
        if not self.stream.isatty():
            return
        if self._started is None:
            self._started = self.clock()
        if self.clock() - self._started < AFTER:
            return
        said = clean(WORKING[self.lang].format(done=done + 1, total=total, what=what))
        self._write(_cut(said, self.columns))

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._write("")
            self._shown = False

    def _write(self, said: str) -> None:
        self.stream.write(f"\r\033[K{said}")
        self.stream.flush()
        self._shown = bool(said)


def _cut(text: str, columns: int) -> str:
    while width(text) > columns:
        text = text[:-1]
    return text
