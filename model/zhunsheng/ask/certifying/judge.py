"""Which atoms are enough for an answer, as the kernel judges it.

Whatever leaves here is still put before `kernel.check` as a whole, which shares nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhunsheng.ask.certifying.atoms import Atom, as_data
from zhunsheng.ask.certifying.remembered import Frame, Kept, Memory, Symbol, Told, World, told
from zhunsheng.ask.deciding.answers import Asked, ElementAt
from zhunsheng.certify import kernel
from zhunsheng.read.vocabulary import canonical


@dataclass
class Judge:
    """What is claimed: an answer has these outcomes and no others. `loaded` is the pack as the kernel reads it."""

    loaded: kernel.Pack
    asked: Asked
    outcomes: tuple[Mapping[str, Any], ...]
    memory: Memory = field(default_factory=Memory)
    asked_of_kernel: kernel.Asked = field(init=False)
    tried: int = 0
    open: bool = False
    """Whether something was looked at of which nothing is said."""
    _told: dict[int, tuple[Told, frozenset[Symbol], Atom]] = field(init=False, default_factory=dict)

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
        seen: set[Symbol] = {("list", arg.collection) for arg in self.asked.args if isinstance(arg, ElementAt)}
        judged = False
        try:
            for world, stands in self._worlds(atoms, split):
                if stands and not self._within(world):
                    return None
                judged = judged or stands
                self.open = self.open or not world.complete_for_this
                seen |= world.seen
        except kernel.Refused:
            return None
        return [atom for atom in atoms if not self._tells(atom)[1].isdisjoint(seen)] if judged else None

    def _worlds(self, atoms: Sequence[Atom], split: Sequence[Atom]) -> Iterator[tuple[World, bool]]:
        """What is said, in every way in which the symbols of a split may go, and whether the choices may be lawful there."""
        self.loaded.steps = 0
        if split:
            kernel.can_split(kernel.World(self.loaded, list(atoms)), list(split))
        for chosen in kernel.leaves(self.loaded, list(split)):
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

    def _tells(self, atom: Atom) -> tuple[Told, frozenset[Symbol]]:
        """What an atom says, and of what."""
        known = self._told.get(id(atom))
        if known is None:
            said = told(self.loaded, atom)
            known = self._told[id(atom)] = said, said.symbols(), atom  # which keeps its place
        return known[:2]


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
