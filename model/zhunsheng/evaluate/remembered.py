"""Many cases that differ in little: what definitions came to in one is used again in another.

What a definition comes to depends only on what is looked at on the way. It is kept with that, and used again wherever the
same is found there: the first thing looked at is always the same, and what is looked at next depends on what was found. The
meaning is that of `Run`, which does all that is not remembered.

This is another record than that of `evaluate.trace`, and neither can stand for the other. A trace holds, for one rule, the parts
that decided it, under the names people know, and names the definitions called. Here all that was read counts, whether it decided
or not, in the order read, down through the definitions called, elements by their place: only then is it certain that a case
which has the same comes to the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhunsheng.errors import Disagreement
from zhunsheng.evaluate.facts import Argument, Element, Facts, Reference
from zhunsheng.evaluate.rules import Settled
from zhunsheng.evaluate.run import Key, Run
from zhunsheng.evaluate.trace import Looked, looked
from zhunsheng.lang.outcome import Outcome
from zhunsheng.lang.pack import Assumption, Definition, Pack
from zhunsheng.lang.types import Value

MOST_HELD = 100_000
"""How much is remembered, counted in things looked at, before all is forgotten."""
Symbol = tuple[str, Any, Any]
Seen = dict[Symbol, Any]
"""What was looked at, in the order looked at, and what was found there."""


@dataclass(frozen=True)
class Kept:
    """What was come to (of a discretion: which choices are lawful), and what was looked at on the way. `chose`: whether a choice
    had a part in it. `rests`: what decided, rule by rule."""

    outcome: Any
    seen: Seen
    chose: bool
    rests: tuple[Looked, ...]


@dataclass(frozen=True)
class Fork:
    """What is looked at next, and where what is found there leads: to another fork, or to what was kept."""

    symbol: Symbol
    ways: dict[Any, Fork | Kept] = field(default_factory=dict)


@dataclass
class Memory:
    """What the definitions of one pack came to."""

    pack: Pack
    kept: dict[Any, Fork | Kept] = field(default_factory=dict)
    held: int = 0

    def find(self, key: object, run: Remembered) -> Kept | None:
        here = self.kept.get(key)
        while isinstance(here, Fork):
            here = here.ways.get(run.looks(here.symbol))
        return here

    def keep(self, key: object, kept: Kept) -> None:
        if self.held > MOST_HELD:
            self.kept.clear()
            self.held = 0
        self.held += len(kept.seen) + 1
        ways, at = self.kept, key
        for symbol, found in kept.seen.items():
            fork = ways.setdefault(at, Fork(symbol))
            if not isinstance(fork, Fork) or fork.symbol != symbol:
                raise Disagreement(f"{key}: after the same answers, {symbol} is looked at in one case and not in another")
            ways, at = fork.ways, found
        ways[at] = kept


class _Watched(Facts):
    """Facts that note what is read of them. Elements go by their place, so that labels make no difference."""

    def __init__(self, pack: Pack, facts: Mapping[str, Any], frames: list[Seen]) -> None:
        super().__init__(pack, facts)
        self.frames = frames

    def fact(self, name: str) -> Argument:
        found = super().fact(name)
        self.frames[-1].setdefault(("fact", None, name), found)
        return found

    def inside(self, of: Reference, name: str) -> Argument:
        found = super().inside(of, name)
        self.frames[-1].setdefault(("fact", of, name), found)
        return found

    def elements(self, collection: str) -> tuple[Element, ...]:
        found = super().elements(collection)
        self.frames[-1].setdefault(("list", None, collection), len(found))
        return found

    def _label(self, element: Element) -> str:
        return f"{element.collection}[{element.index}]"


class Remembered(Run):
    """A run that remembers what others of the same memory came to. Paths name elements by their place."""

    def __init__(
        self, memory: Memory, facts: Mapping[str, Any], readings: Mapping[str, str], choices: Mapping[str, Value]
    ) -> None:
        super().__init__(memory.pack, facts, readings, choices)
        self.memory = memory
        self.frames: list[Seen] = [{}]
        self.facts = _Watched(memory.pack, facts, self.frames)
        self._found: dict[object, Kept] = {}

    def definition(self, name: str, args: tuple[Argument, ...] = ()) -> Outcome:
        found: Outcome = self._remembered((name, args)).outcome
        return found

    def broken(self, assumption: Assumption) -> bool:
        """Whether an assumption is false."""
        key = ("assumption", assumption.name)
        kept = self.memory.find(key, self)
        if kept is None:
            seen: Seen = {}
            self.frames.append(seen)
            try:
                kept = Kept(bool(self.assumption(assumption)), seen, False, ())
            finally:
                self.frames.pop()
            self.memory.keep(key, kept)
        return kept.outcome is True

    def choosing(self, choices: Mapping[str, Value]) -> Remembered:
        other = Remembered(self.memory, self.facts.facts, self.readings, choices)
        other._found = {key: kept for key, kept in self._found.items() if not kept.chose}
        return other

    def supposing(self, discretion: str, choice: Value) -> Remembered:
        other = self.choosing({**self.choices, discretion: choice})
        other.supposed = self.supposed | {discretion}
        return other

    def reread(self, readings: Mapping[str, str]) -> Remembered:
        return Remembered(self.memory, self.facts.facts, readings, self.choices)

    def reading(self, name: str) -> str:
        found = super().reading(name)
        self.frames[-1].setdefault(("reading", None, name), found)
        return found

    def choice(self, name: str) -> Outcome:
        """What bears on which choices are lawful is looked at anew wherever a choice is: it is not noted."""
        found = self._choice(name)
        self.frames[-1].setdefault(("choice", None, name), found)
        return found

    def _choice(self, name: str) -> Outcome:
        self.frames.append({})
        try:
            return super().choice(name)
        finally:
            self.frames.pop()

    def lawful(self, discretion: str) -> tuple[Value, ...]:
        if discretion not in self._lawful:
            key = ("lawful", discretion)
            kept = self.memory.find(key, self)
            self._lawful[discretion] = self._bounded(discretion, key) if kept is None else kept.outcome
        return self._lawful[discretion]

    def _bounded(self, discretion: str, key: object) -> tuple[Value, ...]:
        """The lawful choices, kept unless they turn on what is chosen under another discretion: that may differ from one of them
        to the next."""
        seen: Seen = {}
        found = []
        for choice in self.candidates(discretion):
            run = self.supposing(discretion, choice)
            if run.expression(self.pack.discretions[discretion].lawful) is True:
                found.append(choice)
            seen |= run.frames[0]
        seen.pop(("choice", None, discretion), None)
        if all(kind != "choice" for kind, _, _ in seen):
            self.memory.keep(key, Kept(tuple(found), seen, False, ()))
        return tuple(found)

    def looks(self, symbol: Symbol) -> Any:
        """What is found there, without noting it."""
        kind, of, name = symbol
        match kind:
            case "fact":
                return Facts.fact(self.facts, name) if of is None else Facts.inside(self.facts, of, name)
            case "list":
                return len(Facts.elements(self.facts, name))
            case "reading":
                return Run.reading(self, name)
            case _:
                return self._choice(name)

    # -- what an outcome rests on

    def rests_on(self, name: str, args: tuple[Argument, ...] = ()) -> tuple[frozenset[str], frozenset[str]]:
        """The facts and the lists that the outcome rests on: nothing else that is stated can change it."""
        parts: list[Looked] = []
        self._below(self._remembered((name, args)).rests, {(name, args)}, parts)
        facts = frozenset(path for part in parts for path, _ in part.facts)
        return facts, frozenset(path for part in parts for path, _ in part.lists)

    def _below(self, parts: Iterable[Looked], seen: set[object], found: list[Looked]) -> None:
        """Adds these and all that the definitions and choices they name rest on."""
        for part in parts:
            found.append(part)
            for call in part.calls:
                if call not in seen:
                    seen.add(call)
                    self._below(self._remembered(call).rests, seen, found)
            for choice, _ in part.choices:
                if choice not in seen and choice not in self.supposed:
                    seen.add(choice)
                    self._bounds(choice, found)

    def _bounds(self, discretion: str, found: list[Looked]) -> None:
        """Adds what the bounds of a discretion rest on."""
        spec = self.pack.discretions[discretion]
        for choice in self.candidates(discretion):
            world = self.supposing(discretion, choice)
            world._below([world.looked_at(spec.lawful)], set(), found)
        if not self.lawful(discretion) and spec.otherwise is not None:
            self._below([self.looked_at(spec.otherwise)], set(), found)

    # -- remembering

    def _remembered(self, key: Key) -> Kept:
        kept = self._found.get(key)
        if kept is None:
            kept = self.memory.find(key, self) or self._anew(key)
            self._found[key] = kept
        self._chose = self._chose or kept.chose
        self.frames[-1].update(kept.seen)
        return kept

    def _anew(self, key: Key) -> Kept:
        name, args = key
        outer_chose, outer_within = self._chose, self.within
        self._chose, self.within = False, name
        seen: Seen = {}
        self.frames.append(seen)
        try:
            definition = self.pack.definitions[name]
            settled = self._settle(definition, args)
            kept = Kept(settled.outcome, seen, self._chose, _rests(definition, settled))
        finally:
            self.frames.pop()
            self._chose, self.within = outer_chose, outer_within
        self.memory.keep(key, kept)
        return kept


def _rests(definition: Definition, settled: Settled) -> tuple[Looked, ...]:
    """What each rule, and the `otherwise` taken, rests on, as in a derivation."""
    values = {rule.name: trace for rule, (_, trace) in zip(settled.standing.fired, settled.values, strict=True)}
    found = []
    for rule, (_, trace) in zip(definition.rules, settled.conditions, strict=True):
        found.append(looked(trace, values[rule.name]) if rule.name in values else looked(trace))
    return (*found, *([] if settled.otherwise is None else [looked(settled.otherwise)]))
