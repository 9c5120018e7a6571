"""What an evaluation looked at, kept only as far as it decided.

Where one part decides (a false part of an `and`, one element of an `any`), what the other parts looked at is dropped:
with what is left as it is, the result stands whatever the rest may be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zhunsheng.evaluate.facts import Argument
from zhunsheng.lang.outcome import Outcome
from zhunsheng.lang.types import Special, Value

PRESENT = Special("present")
"""Stands for a record that exists, where only that was looked at."""


@dataclass(frozen=True)
class Looked:
    """What was looked at, each once, in the order looked at.

    `facts`: paths with values (a record's presence only where none of its fields was looked at). `lists`: lists gone
    through to the end, with their number of elements. `choices`: what is chosen, or the failure where nothing is
    lawful. `calls`: definitions with their arguments.
    """

    facts: tuple[tuple[str, Value], ...] = ()
    lists: tuple[tuple[str, int], ...] = ()
    parameters: tuple[tuple[str, Value], ...] = ()
    readings: tuple[tuple[str, str], ...] = ()
    choices: tuple[tuple[str, Outcome], ...] = ()
    calls: tuple[tuple[str, tuple[Argument, ...]], ...] = ()


NOTHING = Looked()


class Trace:
    """A log being written: `(group, name, what)`, the group a field of `Looked`."""

    def __init__(self) -> None:
        self.log: list[tuple[str, str, object]] = []

    def note(self, group: str, name: str, what: object) -> None:
        self.log.append((group, name, what))

    def mark(self) -> int:
        """Here, for `keep`."""
        return len(self.log)

    def keep(self, start: int, mark: int) -> None:
        """What was noted since `mark` decided: drop what was noted from `start` to `mark`."""
        del self.log[start:mark]


def looked(*traces: Trace) -> Looked:
    """All that these noted."""
    log = dict.fromkeys(entry for trace in traces for entry in trace.log)
    if not log:
        return NOTHING
    groups: dict[str, list[tuple[str, Any]]] = {}
    for group, name, what in log:
        groups.setdefault(group, []).append((name, what))
    if any(what is PRESENT for _, what in groups.get("facts", ())):
        groups["facts"] = _told_by_fields(groups["facts"])
    found: dict[str, Any] = {group: tuple(entries) for group, entries in groups.items()}
    return Looked(**found)


def _told_by_fields(facts: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Without the presence of records of which a field was looked at."""
    records = {name.rpartition(".")[0] for name, _ in facts}
    return [(name, what) for name, what in facts if what is not PRESENT or name not in records]
