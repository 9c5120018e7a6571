"""Which facts keep a condition from holding: some that suffice for that, and none to spare.

The kernel is the judge, as for certificates: a fact is left out where the condition still cannot hold without it. What moves
(`moving`) lies anywhere in the spans given; what may be changed is left out from the start.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhunsheng.ask.possibilities import Possibilities
from zhunsheng.certify import kernel
from zhunsheng.lang.case import Case
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.unparse import unparse

Atom = Mapping[str, Any]
AT_ONCE = 8


@dataclass(frozen=True)
class Hindrance:
    """`facts`: path and written value (of a list, how many elements it has and that there are no others). `readings`: name and
    option, of those that are taken and matter."""

    facts: tuple[tuple[str, str], ...]
    readings: Mapping[str, str]
    provisions: tuple[str, ...] = ()


def hindrance(
    possibilities: Possibilities,
    case: Case,
    condition: Expr,
    moving: Mapping[str, Sequence[tuple[int, int]]],
    alterable: Collection[str] = (),
    among: Collection[str] | None = None,
) -> Hindrance | None:
    """Facts that keep the condition from holding, wherever in these spans (days or numbers) the facts in `moving` lie. None
    where possibilities do not show that it cannot hold. `among`: only these facts are left out where that is possible, and
    told; all others stay."""
    judge = _Judge(possibilities, condition, moving)
    atoms = [one for one in possibilities.atoms(case) if one.get("fact") not in {*moving, *alterable}]
    atoms = [one for one in atoms if judge.speaks_of(one)]
    if not judge.impossible(atoms):
        return None
    fixed = [one for one in atoms if among is not None and one.get("fact") not in among]
    tried = [one for one in atoms if one not in fixed]
    kept = _needed(tried, lambda some: judge.impossible([*fixed, *some]))
    facts = tuple((str(one["fact"]), _said(one)) for one in kept if "fact" in one and one["is"] != "present")
    return Hindrance(facts, {str(one["reading"]): str(one["is"]) for one in kept if "reading" in one})


def _needed(atoms: list[Atom], suffice: Callable[[list[Atom]], bool]) -> list[Atom]:
    """Those that cannot be done without, tried in order, several at once where that goes well: more suffice where fewer do."""
    kept = list(atoms)

    def reduce(stretch: list[Atom]) -> None:
        nonlocal kept
        without = [one for one in kept if one not in stretch]
        if suffice(without):
            kept = without
        elif len(stretch) > 1:
            reduce(stretch[: len(stretch) // 2])
            reduce(stretch[len(stretch) // 2 :])

    for first in range(0, len(atoms), AT_ONCE):
        reduce(atoms[first : first + AT_ONCE])
    return kept


def _said(atom: Atom) -> str:
    return f"{atom['is']} listed" if isinstance(atom["is"], int) and "." not in str(atom["fact"]) else str(atom["is"])


@dataclass
class _Judge:
    possibilities: Possibilities
    condition: Expr
    moving: Mapping[str, Sequence[tuple[int, int]]]

    def __post_init__(self) -> None:
        loaded = self.possibilities.loaded
        self.tree: Any = kernel.Reader(loaded).typed(kernel.parsed(unparse(self.condition)), {}, kernel.YES_NO)
        self.cone = self.possibilities.cones.exprs([self.condition])

    def speaks_of(self, atom: Atom) -> bool:
        head = str(atom.get("fact", "")).partition(".")[0].partition("[")[0]
        cone = self.cone
        named = head in cone.facts | cone.collections
        return named or atom.get("reading") in cone.readings or atom.get("choice") in cone.choices

    def impossible(self, atoms: Sequence[Atom]) -> bool:
        """Whether the condition surely does not hold, whatever is not said. All facts move through their spans together."""
        number = max((len(spans) for spans in self.moving.values()), default=1)
        try:
            return not any(self._may_hold(atoms, n) for n in range(number))
        except kernel.Refused:
            return False

    def _may_hold(self, atoms: Sequence[Atom], n: int) -> bool:
        loaded = self.possibilities.loaded
        loaded.steps = 0
        world = kernel.World(loaded, list(atoms))
        for path, spans in self.moving.items():
            here = ("@", *path.split("."))
            if len(here) == 3:
                world.known.setdefault(here[:2], kernel.of(here[:2]))
            world.known[here] = kernel.span(*spans[n])
        return True in world.value(self.tree, {}).atoms
