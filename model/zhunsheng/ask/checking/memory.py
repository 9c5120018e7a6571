"""What a check found about the definitions of a pack, from one run to the next.

Everything found of one definition stands together under the digest of what bears on it, question by question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from zhunsheng.ask.kept import Kept, Unreadable, packed, read, unpacked, written
from zhunsheng.errors import NotShown
from zhunsheng.solve.problem import Completion


class _Unasked:
    """The one answer that means it was never asked."""


UNASKED: Final = _Unasked()
NEVER, WHY = "never", "not shown"
Notes = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Remembered:
    """A case and the arguments in it, not yet looked at again."""

    completion: Completion
    args: tuple[Any, ...]


@dataclass
class Memory:
    """What is kept, read when first wanted; and what is new, until it is fetched to be kept."""

    kept: Kept = field(default_factory=lambda: dict[str, str]())
    new: Notes = field(default_factory=dict)
    _read: Notes = field(default_factory=dict)

    def recall(self, place: str, asked: str) -> Remembered | NotShown | _Unasked | None:
        """A case, the reason why it was not shown, or None where there is no case; `UNASKED` where nothing is known of it."""
        found = self._there(place).get(asked)
        match found:
            case {"found": str(word)} if word == NEVER:
                return None
            case {"found": str(word), "why": str(why)} if word == WHY:
                return NotShown(why)
            case {"facts": facts, "readings": readings, "choices": choices, "args": [*args]}:
                return _remembered(facts, readings, choices, args)
            case _:
                return UNASKED

    def note(self, place: str, asked: str, found: Remembered | NotShown | None) -> None:
        """Remember what was found."""
        match found:
            case None:
                data: dict[str, Any] = {"found": NEVER}
            case NotShown():
                data = {"found": WHY, "why": str(found)}
            case Remembered(completion=case, args=args):
                parts = {"facts": case.facts, "readings": case.readings, "choices": case.choices}
                data = {**{name: packed(part) for name, part in parts.items()}, "args": [packed(each) for each in args]}
        self.new.setdefault(place, {})[asked] = data
        self._there(place)[asked] = data

    def fetch(self) -> Notes:
        """What is new since the last time."""
        new, self.new = self.new, {}
        return new

    def keep(self, notes: Mapping[str, Mapping[str, Any]]) -> None:
        """Write down what is new, beside what stands there."""
        for place, each in notes.items():
            self.kept[_key(place)] = written({**(read(self.kept.get(_key(place))) or {}), **each})

    def _there(self, place: str) -> dict[str, Any]:
        if place not in self._read:
            self._read[place] = read(self.kept.get(_key(place))) or {}
        return self._read[place]


def _key(place: str) -> str:
    return f"check {place}"


def _remembered(facts: Any, readings: Any, choices: Any, args: list[Any]) -> Remembered | _Unasked:
    try:
        case, taken, made = (unpacked(each) for each in (facts, readings, choices))
        values = tuple(unpacked(each) for each in args)
    except Unreadable:
        return UNASKED
    if not all(isinstance(each, Mapping) for each in (case, taken, made)):
        return UNASKED
    return Remembered(Completion(case, taken, made), values)
