"""Where two wordings differ: word by word, so that a person sees what was put for what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from zhunsheng.lang.wording import normal, tidy

TOKEN = re.compile(r"[A-Za-z0-9０-９Ａ-Ｚａ-ｚ]+|\s+|.", re.DOTALL)
ISLAND = 2
"""So few words that stayed between two that did not are told with them: 一年 for 六个月, not letter by letter."""


@dataclass(frozen=True)
class Piece:
    """A stretch of both wordings. Where they agree `was` and `now` are the same words (as each writes them); else what stood
    there and what does, either of which may be empty."""

    was: str
    now: str
    same: bool


def pieces(was: str, now: str) -> tuple[Piece, ...]:
    """Both wordings in stretches that agree and that do not. What layout alone changes is no difference."""
    old, new = _tokens(was), _tokens(now)
    matcher = SequenceMatcher(None, [_word(one) for one in old], [_word(one) for one in new], autojunk=False)
    found = [
        Piece("".join(old[a:b]), "".join(new[c:d]), kind == "equal") for kind, a, b, c, d in matcher.get_opcodes()
    ]
    return tuple(_without_islands(found))


def likeness(one: str, other: str) -> float:
    """From 0, nothing in common, to 1, the same words."""
    return SequenceMatcher(None, normal(one), normal(other), autojunk=False).ratio()


def _tokens(text: str) -> Sequence[str]:
    return TOKEN.findall(tidy(text))


def _word(token: str) -> str:
    return normal(token) or " "


def _without_islands(found: Sequence[Piece]) -> Iterator[Piece]:
    held: Piece | None = None
    for at, one in enumerate(found):
        island = one.same and len(one.now) <= ISLAND and 0 < at < len(found) - 1 and not _parts(one.now)
        changed = not one.same or island
        if changed and held is not None:
            held = Piece(held.was + one.was, held.now + one.now, False)
        elif changed and not island:
            held = one
        else:
            if held is not None:
                yield held
            held = None
            yield one
    if held is not None:
        yield held


def _parts(text: str) -> bool:
    """Whether it holds a mark that parts clauses: what stands on either side of one is told apart."""
    return any(char in "，。；：、,;:" for char in text)
