"""Which atoms are enough for an answer, as the kernel judges it. With `stretches`, all that looks inside the kernel.

Many nearly equal sets of atoms are judged. What a definition comes to depends only on what was looked at on the way; it is kept
with that, and used again wherever the same is found there. It is kept as well with what its own rules look at and what the
definitions come to that they call: where a fact is dropped, what looks at it is worked out anew, and what calls that only if it
comes to something else. Whatever leaves here is still put before `kernel.check` as a whole, which shares nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhunsheng.ask.certifying.atoms import Atom, as_data
from zhunsheng.ask.deciding.answers import Asked, ElementAt
from zhunsheng.certify import kernel
from zhunsheng.read.vocabulary import canonical

Seen = dict[Hashable, Any]
"""What was looked at, and what was found there (None: nothing is said of it)."""
Under = tuple[tuple[str, Any], ...]
"""What is supposed of choices."""


@dataclass
class Frame:
    """What is being looked at and called, for one definition or (the first) for all that is asked. `met`: what its own rules look
    at, and what the definitions come to that they call, where they suppose more of choices than they are under."""

    under: Under = ()
    seen: Seen = field(default_factory=dict)
    called: list[Kept] = field(default_factory=list)
    met: Seen = field(default_factory=dict)

    def look(self, symbol: Hashable, found: Any) -> None:
        self.seen[symbol] = self.met[symbol] = found

    def add(self, kept: Kept, under: Under) -> None:
        call = ("call", kept.name, kept.args, tuple(one for one in under if one not in self.under))
        if call not in self.met:
            self.met[call] = kept.result[0]
            self.seen.update(kept.seen)
            self.called.append(kept)


class Noting(dict[Any, Any]):
    """What is known, noting what is asked of it."""

    def __init__(self, kind: str, known: Mapping[Any, Any], world: World) -> None:
        super().__init__(known)
        self.kind, self.world = kind, world

    def get(self, key: Any, default: Any = None) -> Any:
        found = super().get(key)
        self.world.frames[-1].look((self.kind, key), found)
        return default if found is None else found


@dataclass(frozen=True)
class Kept:
    """What a definition came to, what was looked at and called on the way, and what was supposed of choices if that mattered."""

    name: str
    args: tuple[kernel.Possible, ...]
    seen: Seen
    called: tuple[Kept, ...]
    under: Any
    result: Any


@dataclass(frozen=True)
class Fork:
    """What is looked at next, and where what is found there leads: to another fork, or to what was kept."""

    symbol: Any
    ways: dict[Any, Fork | Kept] = field(default_factory=dict)


Forks = dict[Any, Fork | Kept]


@dataclass(frozen=True)
class Memory:
    """What definitions came to. What is looked at first is always the same, and what next depends on what was found. `kept`: by
    all that was looked at; `again`: by what their own rules met."""

    kept: Forks = field(default_factory=dict)
    again: Forks = field(default_factory=dict)

    def find(self, key: Hashable, world: World) -> Kept | None:
        here = self.kept.get(key)
        while isinstance(here, Fork):
            here = here.ways.get(world.says(here.symbol))
        return here


def keep(forks: Forks, key: Hashable, met: Seen, kept: Kept) -> None:
    """Where what is met leads."""
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

    def symbols(self) -> frozenset[Hashable]:
        """What it speaks of: of a field also that its record or its element is there."""
        found: set[Hashable] = {("fact", path) for path in self.known}
        found |= {("reading", name) for name in self.readings} | {("choice", name) for name in self.choices}
        return frozenset(found | {("list", name) for name in (*self.listed, *self.complete)})


def told(pack: kernel.Pack, atom: Atom) -> Told:
    world = kernel.World(pack, [atom])
    listed = {name: frozenset(found) for name, found in world.listed.items() if found}
    return Told(world.known, world.readings, world.choices, listed, world.complete)


class World(kernel.World):
    """The kernel's world, with a memory shared between worlds."""

    def __init__(self, pack: kernel.Pack, said: Iterable[Told], memory: Memory) -> None:
        super().__init__(pack, [])
        self.memory = memory
        self.frames = [Frame()]
        self.found: dict[Hashable, Kept] = {}
        for one in said:
            self.known.update(one.known)
            self.readings.update(one.readings)
            self.choices.update(one.choices)
            self.complete.update(one.complete)
            for name, found in one.listed.items():
                self.listed[name] |= found
        self.known = Noting("fact", self.known, self)
        self.readings = Noting("reading", self.readings, self)
        self.choices = Noting("choice", self.choices, self)

    def settle(self, name: str, args: list[kernel.Possible]) -> Any:
        under = tuple(sorted(self.supposed.items()))
        kept = self._kept(name, tuple(args), under)
        self.looked = self.looked or kept.under is not None
        self.frames[-1].add(kept, under)
        return kept.result

    def _kept(self, name: str, args: tuple[kernel.Possible, ...], under: Under) -> Kept:
        """What a definition comes to: found here already, come to elsewhere by the same things, or worked out."""
        free, bound = ((name, *args), None), ((name, *args), under)
        found = self.found.get(free) or self.found.get(bound)
        if found is None:
            found = self.memory.find(free, self) or self.memory.find(bound, self)
            if found is None:
                found = self._again(free, under) or self._again(bound, under) or self._settled(name, args, under)
                keep(self.memory.kept, ((name, *args), found.under), found.seen, found)
            self.found[(name, *args), found.under] = found
        return found

    def _again(self, key: Any, under: Under) -> Kept | None:
        """What was come to before where its own rules met the same, though what they call may have looked at other things."""
        at, frame = self.memory.again.get(key), Frame(under)
        while isinstance(at, Fork):
            if at.symbol[0] == "call":
                _, name, args, more = at.symbol
                beside = tuple(sorted((*under, *more)))
                frame.add(called := self._called(name, args, beside), beside)
                at = at.ways.get(called.result[0])
            else:
                frame.look(at.symbol, said := self.says(at.symbol))
                at = at.ways.get(said)
        if at is None:
            return None
        turns = key[1] is not None or any(one.under is not None for one in frame.called)
        return Kept(at.name, at.args, frame.seen, tuple(frame.called), under if turns else None, at.result)

    def _called(self, name: str, args: tuple[kernel.Possible, ...], under: Under) -> Kept:
        before, self.supposed = self.supposed, dict(under)
        try:
            return self._kept(name, args, under)
        finally:
            self.supposed = before

    def _settled(self, name: str, args: tuple[kernel.Possible, ...], under: Under) -> Kept:
        before, self.looked = self.looked, False
        self.frames.append(Frame(under))
        try:
            result = super().settle(name, list(args))
        finally:
            frame, looked = self.frames.pop(), self.looked
            self.looked = before
        kept = Kept(name, args, frame.seen, tuple(frame.called), under if looked else None, result)
        if frame.called:  # else all that was looked at is what its rules met
            keep(self.memory.again, ((name, *args), kept.under), frame.met, kept)
        return kept

    def tuples(self, binders: Any, env: Any) -> Iterator[Any]:
        for _, over, is_list in binders:
            if is_list:
                self.frames[-1].look(("list", over), self.says(("list", over)))
        return super().tuples(binders, env)

    def says(self, symbol: Any) -> Any:
        """What is said of something, without noting it."""
        kind, key = symbol
        match kind:
            case "fact":
                return dict.get(self.known, key)
            case "reading":
                return dict.get(self.readings, key)
            case "choice":
                return dict.get(self.choices, key)
            case _:
                return frozenset(self.listed[key]), self.complete.get(key)


@dataclass
class Judge:
    """What is claimed: an answer has these outcomes and no others. `loaded` is the pack as the kernel reads it."""

    loaded: kernel.Pack
    asked: Asked
    outcomes: tuple[Mapping[str, Any], ...]
    memory: Memory = field(default_factory=Memory)
    asked_of_kernel: kernel.Asked = field(init=False)
    tried: int = 0
    _told: dict[Hashable, tuple[Told, frozenset[Hashable]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.asked_of_kernel = kernel.Asked(self.loaded, self.data())

    def data(self) -> dict[str, Any]:
        args = [f"{a.collection}[{a.index}]" if isinstance(a, ElementAt) else as_data(a) for a in self.asked.args]
        return {"definition": self.asked.definition, "args": args, "outcomes": list(self.outcomes)}

    def shown(self, atoms: Sequence[Atom], split: Sequence[Atom] = ()) -> bool:
        """Whether the kernel finds no other outcome possible."""
        return self.rests_on(atoms, split) is not None

    def rests_on(self, atoms: Sequence[Atom], split: Sequence[Atom] = ()) -> list[Atom] | None:
        """Those of the atoms that were looked at on the way to seeing that no other outcome is possible; they are enough by
        themselves. None where that is not seen."""
        self.tried += 1
        seen: set[Hashable] = {("list", arg.collection) for arg in self.asked.args if isinstance(arg, ElementAt)}
        judged = False
        try:
            for world, stands in self._worlds(atoms, split):
                if stands and not self._within(world):
                    return None
                judged = judged or stands
                seen.update(world.frames[0].seen)
        except kernel.Refused:
            return None
        return [atom for atom in atoms if not self._tells(atom)[1].isdisjoint(seen)] if judged else None

    def _worlds(self, atoms: Sequence[Atom], split: Sequence[Atom]) -> Iterator[tuple[World, bool]]:
        """What is said, in every way in which the symbols of a split may go, and whether the choices may be lawful there."""
        self.loaded.steps = 0
        if split:
            kernel.can_split(kernel.World(self.loaded, list(atoms)), list(split))
        for chosen in itertools.product(*[kernel.ways(self.loaded, symbol) for symbol in split]):
            world = World(self.loaded, [self._tells(atom)[0] for atom in (*atoms, *chosen)], self.memory)
            yield world, kernel.choices_stand(world)

    def _within(self, world: World) -> bool:
        found, _ = world.settle(self.asked.definition, self.asked_of_kernel.args(world))
        return self.asked_of_kernel.covers(found, list(self.outcomes))

    def ways(self, symbol: Atom, most: int) -> int:
        """How many ways a symbol may go; more than `most` where they cannot be listed."""
        try:
            return len(kernel.ways(self.loaded, symbol))
        except kernel.Refused:
            return most + 1

    def statuses(self, atoms: Sequence[Atom], split: Sequence[Atom]) -> list[dict[str, Any]]:
        """The rules that surely fired or were defeated, in every leaf, where their arguments can be written down."""
        shared: dict[str, dict[str, Any]] | None = None
        for world, stands in self._worlds(atoms, split):
            if not stands:
                continue
            self._within(world)
            found = {canonical(one): one for kept in _all(world.frames[0]) for one in self._standing(kept)}
            shared = found if shared is None else {key: one for key, one in shared.items() if key in found}
        return [one for _, one in sorted((shared or {}).items())]

    def _standing(self, kept: Kept) -> Iterator[dict[str, Any]]:
        types = [type_ for _, type_ in self.loaded.signature(kept.name)[0]]
        args = [_argument(type_, one) for type_, one in zip(types, kept.args, strict=True)]
        if kept.under or any(arg is None for arg in args):
            return
        for rule, (status, by) in zip(self.loaded.definition(kept.name)[0], kept.result[1], strict=True):
            if status:
                defeaters = {"by": by} if status == "defeated" else {}
                yield {"definition": kept.name, "args": args, "rule": rule.name, "status": status, **defeaters}

    def _tells(self, atom: Atom) -> tuple[Told, frozenset[Hashable]]:
        """What an atom says, and of what."""
        key = tuple(atom.items())
        if key not in self._told:
            said = told(self.loaded, atom)
            self._told[key] = said, said.symbols()
        return self._told[key]


def _all(frame: Frame) -> list[Kept]:
    """Every definition settled on the way, each once."""
    found: dict[int, Kept] = {}
    waiting = list(frame.called)
    while waiting:
        kept = waiting.pop()
        if id(kept) not in found:
            found[id(kept)] = kept
            waiting.extend(kept.called)
    return list(found.values())


def _argument(type_: kernel.Type, possible: kernel.Possible) -> Any:
    """An argument that is one thing, as certificates write it; None for any other."""
    if not kernel.single(possible) or possible.fails:
        return None
    if possible.span is not None:
        number = possible.span[0]
        return date.fromordinal(number).isoformat() if type_.base == "day" else number
    (atom,) = possible.atoms
    if isinstance(atom, tuple):
        if len(atom) == 1:
            return atom[0]
        return f"{atom[1]}[{atom[2]}]" if len(atom) == 3 and isinstance(atom[2], int) and atom[2] >= 0 else None
    return as_data(atom)
