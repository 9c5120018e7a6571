"""By which amendments the rules of then became today's, as far as known ones tell."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from zhunsheng.errors import InputError
from zhunsheng.lang.amendment import Amended, Amendment
from zhunsheng.lang.pack import Pack

MEANING = ("parameters", "definitions", "readings", "discretions", "calendars", "facts", "collections", "enumerations",
           "assumptions", "duties", "horizon")  # fmt: skip
"""What of a pack bears on answers."""
PROSE = frozenset(("says", "title", "question", "provision", "provisions", "source", "since", "ask", "plain", "changed_by",
                   "what", "criterion", "entries", "case", "written"))  # fmt: skip
"""What in it does not."""
TRIES = 120
"""How many stacks of amendments are tried."""

Apply = Callable[[Sequence[Path]], Amended]
Differences = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Step:
    """An amendment, and the rules with it and those before it in the stack."""

    amendment: Amendment
    pack: Pack


@dataclass(frozen=True)
class Lineage:
    """The amendments in the order of the days they come into force. `whole`: they make the rules of then into today's; else there
    are differences that no known amendment explains."""

    steps: tuple[Step, ...]
    whole: bool


def lineage(then: Pack, now: Pack, files: Sequence[Path], apply: Apply) -> Lineage:
    """The stack, out of these files, that leads from one edition to the other, or as far as there is one. `apply` gives what a
    stack makes of the rules of then; a stack that cannot be applied (`InputError`) is none."""
    search = _Search(now, files, apply)
    found = search.whole((), differing(then, now))
    chosen = search.part((), differing(then, now)) if found is None else found
    stack = search.in_order(chosen)
    steps = tuple(Step(each.amendments[-1], each.pack) for each in map(search.applied, _prefixes(stack)) if each is not None)
    return Lineage(steps, found is not None)


def differing(one: Pack, other: Pack) -> Differences:
    """What two packs do not say alike, by section and name."""
    a, b = _meaning(one), _meaning(other)
    return frozenset(key for key in a.keys() | b.keys() if a.get(key) != b.get(key))


@dataclass
class _Search:
    now: Pack
    files: Sequence[Path]
    apply: Apply
    left: int = TRIES
    _known: dict[tuple[Path, ...], Amended | None] = field(default_factory=dict)

    def applied(self, stack: tuple[Path, ...]) -> Amended | None:
        if stack not in self._known:
            self.left -= 1
            try:
                self._known[stack] = self.apply(stack)
            except InputError:
                self._known[stack] = None
        return self._known[stack]

    def whole(self, stack: tuple[Path, ...], gap: Differences) -> tuple[Path, ...] | None:
        """A stack after which nothing differs."""
        if not gap:
            return stack
        for more, left in self._options(stack, gap):
            found = self.whole(more, left)
            if found is not None:
                return found
        return None

    def part(self, stack: tuple[Path, ...], gap: Differences) -> tuple[Path, ...]:
        """A stack after which less differs, as far as that goes."""
        closer = next(((more, left) for more, left in self._options(stack, gap) if left < gap), None)
        return stack if closer is None else self.part(*closer)

    def _options(self, stack: tuple[Path, ...], gap: Differences) -> list[tuple[tuple[Path, ...], Differences]]:
        """One amendment more, none of whose changes leads away from today's rules; those that leave the least first."""
        found: list[tuple[int, date, tuple[Path, ...], Differences]] = []
        for file in self.files:
            amended = self.applied((*stack, file)) if file not in stack and self.left > 0 else None
            if amended is not None and (left := differing(amended.pack, self.now)) <= gap:
                found.append((len(left), amended.amendments[-1].in_force_from, (*stack, file), left))
        return [(more, left) for _, _, more, left in sorted(found, key=lambda one: one[:3])]

    def in_order(self, stack: tuple[Path, ...]) -> tuple[Path, ...]:
        """The same by the days on which they come into force, if they can be applied so and come to the same."""
        after = self.applied(stack)
        days = {file: one.amendments[-1].in_force_from for file in stack if (one := self.applied((file,))) is not None}
        ordered = tuple(sorted(stack, key=lambda file: (days.get(file, date.max), stack.index(file))))
        again = self.applied(ordered)
        return ordered if after is not None and again is not None and not differing(after.pack, again.pack) else stack


def _prefixes(stack: tuple[Path, ...]) -> Iterator[tuple[Path, ...]]:
    return (stack[: number + 1] for number in range(len(stack)))


def _meaning(pack: Pack) -> dict[tuple[str, str], Any]:
    data = json.loads(pack.canonical)
    found: dict[tuple[str, str], Any] = {}
    for section in MEANING:
        part = data.get(section, {})
        named = {one["name"]: one for one in part} if isinstance(part, list) else {"": part}
        found |= {(section, name): _without_prose(one) for name, one in named.items()}
    return found


def _without_prose(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {key: _without_prose(value) for key, value in data.items() if key not in PROSE}
    return [_without_prose(one) for one in data] if isinstance(data, list) else data
