"""The kernel's world with a memory of what definitions came to in others. With `stretches`, all that looks inside the kernel.

Many nearly equal sets of atoms are judged. What a definition comes to depends only on what was looked at on the way; it is kept
with that, as sets of bits, and used again wherever the same is said of it. It is kept as well with what its own rules look at
and what the definitions come to that they call: where a fact is dropped, what looks at it is worked out anew, and what calls that
only if it comes to something else.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhunsheng.ask.certifying.atoms import Atom
from zhunsheng.certify import kernel

Symbol = Any
"""A kind (`fact`, `reading`, `choice`, `list`), and which."""
Under = tuple[tuple[str, Any], ...]
"""What is supposed of choices."""
MOST_KEPT = 40
"""Of what one definition came to at the same arguments: what was met last is the likeliest to be met again."""


@dataclass(frozen=True)
class Said:
    """What one world says, by symbol. As sets of bits: `of_what`, and what (see `Memory`)."""

    of: Mapping[Symbol, Any]
    of_what: int
    what: int


@dataclass(eq=False, slots=True)
class Frame:
    """What is being looked at and called, for one definition or (the first) for all that is asked. `at` and `what`, as sets of
    bits: all that was looked at, and what was found there; `met`: what its own rules look at, and what the definitions come to
    that they call, where they suppose more of choices than they are under."""

    memory: Memory
    under: Under = ()
    at: int = 0
    what: int = 0
    called: list[Kept] = field(default_factory=list)
    added: set[tuple[Kept, Under]] = field(default_factory=set)
    met: dict[Hashable, Any] = field(default_factory=dict)

    def look(self, symbol: Symbol, found: Any) -> None:
        if symbol not in self.met:
            self.at |= self.memory.bit(symbol)
            self.what |= self.memory.bit_of(symbol, found)
            self.met[symbol] = found

    def add(self, kept: Kept, under: Under) -> None:
        more = () if under == self.under else tuple(one for one in under if one not in self.under)
        if (kept, more) not in self.added:
            self.added.add((kept, more))
            self.met["call", kept.name, kept.args, more] = kept.result[0]
            self.at |= kept.at
            self.what |= kept.what
            self.called.append(kept)


class Noting(dict[Any, Any]):
    """What is known, noting what is asked of it."""

    def __init__(self, kind: str, known: Mapping[Any, Any], frames: list[Frame]) -> None:
        super().__init__(known)
        self.kind, self.frames = kind, frames

    def get(self, key: Any, default: Any = None) -> Any:
        found = super().get(key)
        self.frames[-1].look((self.kind, key), found)
        return default if found is None else found


@dataclass(eq=False, slots=True)
class Kept:
    """What a definition came to; what was looked at on the way, of what of it something was said, and what; what was called; what
    was supposed of choices if that mattered."""

    name: str
    args: tuple[kernel.Possible, ...]
    at: int
    of_what: int
    what: int
    called: tuple[Kept, ...]
    under: Under | None
    result: Any


@dataclass(eq=False, slots=True)
class Fork:
    """What is looked at next, and where what is found there leads: to another fork, or to what was kept."""

    symbol: Any
    ways: dict[Any, Fork | Kept] = field(default_factory=dict)


Forks = dict[Any, Fork | Kept]


@dataclass(frozen=True)
class Memory:
    """What definitions came to. `kept`: at which arguments; `again`: by what their own rules met (what is looked at first is
    always the same, and what next depends on what was found). `bits`: a bit for each symbol; `whats`: for each with what was said
    of it somewhere. So what was kept holds in a world if of the same symbols something is said there, and the same."""

    kept: dict[Hashable, list[Kept]] = field(default_factory=dict)
    again: Forks = field(default_factory=dict)
    bits: dict[Symbol, int] = field(default_factory=dict)
    whats: dict[tuple[Symbol, Any], int] = field(default_factory=dict)

    def bit(self, symbol: Symbol) -> int:
        return self.bits.get(symbol) or self.bits.setdefault(symbol, 1 << len(self.bits))

    def bit_of(self, symbol: Symbol, said: Any) -> int:
        if said is None:
            return 0
        return self.whats.get((symbol, said)) or self.whats.setdefault((symbol, said), 1 << len(self.whats))

    def said(self, of: Mapping[Symbol, Any]) -> Said:
        of_what = what = 0
        for symbol, one in of.items():
            of_what |= self.bit(symbol)
            what |= self.bit_of(symbol, one)
        return Said(of, of_what, what)

    def keep(self, kept: Kept) -> None:
        known = self.kept.setdefault((kept.name, *kept.args), [])
        known.append(kept)
        if len(known) > MOST_KEPT:
            del known[0]


def met_again(forks: Forks, key: Hashable, met: Mapping[Hashable, Any], kept: Kept) -> None:
    """Notes where what is met leads."""
    at: Any = key
    for symbol, said in met.items():
        fork = forks.setdefault(at, Fork(symbol))
        if isinstance(fork, Kept):  # less was looked at before: the same outcome
            return
        forks, at = fork.ways, said
    forks[at] = kept


@dataclass(frozen=True)
class Told:
    """What one atom says, as the kernel's world holds it."""

    known: Mapping[Any, Any]
    readings: Mapping[str, Any]
    choices: Mapping[str, Any]
    listed: Mapping[str, frozenset[int]]
    complete: Mapping[str, int]

    def symbols(self) -> frozenset[Symbol]:
        """What it speaks of: of a field also that its record or its element is there."""
        found: set[Symbol] = {("fact", path) for path in self.known}
        found |= {("reading", name) for name in self.readings} | {("choice", name) for name in self.choices}
        return frozenset(found | {("list", name) for name in (*self.listed, *self.complete)})


def told(pack: kernel.Pack, atom: Atom) -> Told:
    world = kernel.World(pack, [atom])
    listed = {name: frozenset(found) for name, found in world.listed.items() if found}
    return Told(world.known, world.readings, world.choices, listed, world.complete)


class World(kernel.World):
    """The kernel's world, with a memory shared between worlds. What it says is settled once it is first asked."""

    def __init__(self, pack: kernel.Pack, said: Iterable[Told], memory: Memory) -> None:
        super().__init__(pack, [])
        self.memory = memory
        self.frames = [Frame(memory)]
        self.found: dict[Hashable, Kept] = {}
        self._said: Said | None = None
        for one in said:
            self.known.update(one.known)
            self.readings.update(one.readings)
            self.choices.update(one.choices)
            self.complete.update(one.complete)
            for name, found in one.listed.items():
                self.listed[name] |= found
        self.known = Noting("fact", self.known, self.frames)
        self.readings = Noting("reading", self.readings, self.frames)
        self.choices = Noting("choice", self.choices, self.frames)

    @property
    def said(self) -> Said:
        if self._said is None:
            found: dict[Symbol, Any] = {("fact", path): one for path, one in self.known.items()}
            found |= {("reading", name): one for name, one in self.readings.items()}
            found |= {("choice", name): one for name, one in self.choices.items()}
            lists = {("list", name): (frozenset(each), self.complete.get(name)) for name, each in self.listed.items()}
            self._said = self.memory.said({**found, **lists})
        return self._said

    @property
    def complete_for_this(self) -> bool:
        """Whether of all that was looked at something is said."""
        return not self.frames[0].at & ~self.said.of_what

    @property
    def seen(self) -> frozenset[Symbol]:
        """All that was looked at."""
        return frozenset(symbol for symbol, bit in self.memory.bits.items() if self.frames[0].at & bit)

    def settle(self, name: str, args: list[kernel.Possible]) -> Any:
        under = tuple(sorted(self.supposed.items())) if self.supposed else ()
        kept = self._kept(name, tuple(args), under)
        self.looked = self.looked or kept.under is not None
        self.frames[-1].add(kept, under)
        return kept.result

    def _kept(self, name: str, args: tuple[kernel.Possible, ...], under: Under) -> Kept:
        """What a definition comes to: found here already, come to elsewhere by the same things, or worked out."""
        key = (name, *args)
        found = self.found.get(key) or self.found.get((key, under))
        if found is None:
            found = self._known(key, under)
            if found is None:
                found = self._again((key, None), under) or self._again((key, under), under) or self._settled(name, args, under)
                self.memory.keep(found)
            self.found[key if found.under is None else (key, under)] = found
        return found

    def _known(self, key: Hashable, under: Under) -> Kept | None:
        """What was come to before where the same was said of all that was looked at."""
        known, said = self.memory.kept.get(key, []), self.said
        for kept in reversed(known):
            same = said.of_what & kept.at == kept.of_what and said.what & kept.what == kept.what
            if same and (kept.under is None or kept.under == under):
                if kept is not known[-1]:
                    known.remove(kept)
                    known.append(kept)
                return kept
        return None

    def _again(self, key: Any, under: Under) -> Kept | None:
        """What was come to before where its own rules met the same, though what they call may have looked at other things."""
        here, at, what, called, says = self.memory.again.get(key), 0, 0, list[Kept](), self.said.of.get
        while isinstance(here, Fork):
            if here.symbol[0] == "call":
                called.append(one := self._called(here.symbol, under))
                at, what = at | one.at, what | one.what
                here = here.ways.get(one.result[0])
            else:
                said = says(here.symbol)
                at, what = at | self.memory.bits[here.symbol], what | self.memory.bit_of(here.symbol, said)
                here = here.ways.get(said)
        if here is None:
            return None
        turns = key[1] is not None or any(one.under is not None for one in called)
        of_what, under_what = at & self.said.of_what, under if turns else None
        return Kept(here.name, here.args, at, of_what, what, tuple(called), under_what, here.result)

    def _called(self, call: Any, under: Under) -> Kept:
        """What is called, with more supposed of choices than where it is called from."""
        _, name, args, more = call
        if not more:
            return self._kept(name, args, under)
        under = tuple(sorted((*under, *more)))
        before, self.supposed = self.supposed, dict(under)
        try:
            return self._kept(name, args, under)
        finally:
            self.supposed = before

    def _settled(self, name: str, args: tuple[kernel.Possible, ...], under: Under) -> Kept:
        before, self.looked = self.looked, False
        self.frames.append(Frame(self.memory, under))
        try:
            result = super().settle(name, list(args))
        finally:
            frame, looked = self.frames.pop(), self.looked
            self.looked = before
        of_what, under_what = frame.at & self.said.of_what, under if looked else None
        kept = Kept(name, args, frame.at, of_what, frame.what, tuple(frame.called), under_what, result)
        if frame.called:  # else all that was looked at is what its rules met
            met_again(self.memory.again, ((name, *args), kept.under), frame.met, kept)
        return kept

    def tuples(self, binders: Any, env: Any) -> Iterator[Any]:
        for _, over, is_list in binders:
            if is_list:
                self.frames[-1].look(("list", over), self.said.of[("list", over)])
        return super().tuples(binders, env)
