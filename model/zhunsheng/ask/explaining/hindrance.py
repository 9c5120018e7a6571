"""Which facts and provisions keep a condition from holding: some that suffice for that, and none to spare.

The kernel is the judge, as for certificates: a fact is left out where the condition still cannot hold without it, a provision
where it still cannot whatever that provision said. What moves lies anywhere in the spans given; what may be changed is left out
from the start.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhunsheng.ask.certifying.atoms import spoken_of
from zhunsheng.ask.certifying.smallest import smallest_of
from zhunsheng.ask.explaining.loosened import Loosening
from zhunsheng.ask.settling.possibilities import Possibilities
from zhunsheng.ask.settling.rests import Resting
from zhunsheng.certify import kernel
from zhunsheng.errors import NotShown
from zhunsheng.lang.case import Case
from zhunsheng.lang.expr import Expr

Atom = Mapping[str, Any]
Moving = Mapping[str, Sequence[tuple[int, int]]]
AT_ONCE = 8
MOST_HALVED = 120
"""Stretches of days judged of one condition; beyond, nothing is said of which facts keep it from holding."""
MOST_TRIALS = 4000
"""Sets judged in looking for a smallest one; beyond, one that has none to spare is told."""


@dataclass(frozen=True)
class Hindrance:
    """`facts`: path and written value (of a list, how many elements it has and that there are no others). `readings`: name and
    option, of those that are taken and matter. `provisions`: those whose rules are needed. `smallest`: whether no set with fewer
    members does; else none of these can be left out, but there may be a smaller set."""

    facts: tuple[tuple[str, str], ...]
    readings: Mapping[str, str]
    provisions: tuple[str, ...] = ()
    smallest: bool = False


@dataclass(frozen=True)
class Way:
    """One way in which something could come about: that `condition` holds with the facts in `moving` anywhere in their spans
    (days or numbers; all of them move through their spans together), and with what is `fixed` besides. `examples`: facts with
    which it does not hold; they only save time."""

    condition: Expr
    moving: Moving = field(default_factory=dict)
    fixed: tuple[Atom, ...] = ()
    examples: tuple[Mapping[str, Any], ...] = ()


def hindrance(
    possibilities: Possibilities, case: Case, ways: Sequence[Way], alterable: Collection[str] = (), *, fewest: bool = False
) -> Hindrance | None:
    """Facts and provisions that keep every one of these ways from being gone. None where possibilities do not show that none of
    them can be. `alterable`: the paths of facts that may be otherwise. `fewest`: looks for as few as can be."""
    try:
        judges = [Judge(possibilities, way) for way in ways]
    except kernel.Refused:  # a condition made up of parts may be none that the kernel can read
        return None
    taken = {str(atom["fact"]) for way in ways for atom in way.fixed if "fact" in atom}
    free = {*alterable, *taken, *(path for way in ways for path in way.moving)}
    atoms = [one for one in possibilities.atoms(case) if one.get("fact") not in free]
    atoms = [one for one in atoms if any(spoken_of(judge.cone, one) for judge in judges)]
    loosening = Loosening(possibilities, {name for judge in judges for name in judge.cone.definitions})

    def suffice(some: Sequence[Atom]) -> bool:
        stand = frozenset(str(one["provision"]) for one in some if "provision" in one)
        loaded, told = loosening.without(stand), [one for one in some if "provision" not in one]
        return all(judge.impossible(told, loaded) for judge in judges)

    atoms += [{"provision": ref} for ref in loosening.provisions]
    likely = _likely(possibilities, case, ways, atoms)
    if likely is None or not suffice(likely):
        likely = atoms
        if not suffice(atoms):
            return None
    kept = _needed(likely, suffice)
    least = _fewest(atoms, suffice, kept) if fewest else None
    return _told(least or kept, smallest=least is not None)


def _likely(possibilities: Possibilities, case: Case, ways: Sequence[Way], atoms: list[Atom]) -> list[Atom] | None:
    """What the outcome rests on in the examples; None where there are none."""
    resting = Resting(possibilities.pack, case)
    found = [resting.of(facts, way.condition) for way in ways for facts in way.examples]
    named: set[tuple[str, str]] = set()
    for one in found:
        if one is None:
            return None
        named |= {("fact", path) for path in one.facts} | {("reading", name) for name in one.readings}
        named |= {("provision", ref) for ref in one.provisions}
    kinds = ("fact", "reading", "provision")
    kept = [one for one in atoms if "choice" in one or any((kind, one.get(kind)) in named for kind in kinds)]
    return kept if found else None


def blamed(
    possibilities: Possibilities,
    case: Case,
    way: Way,
    among: Collection[str],
    likely: Collection[str] = (),
    known: Sequence[Collection[str]] = (),
) -> tuple[str, ...] | None:
    """Of the facts `among` these paths, some that suffice, beside all facts not among them, for a way not to be gone, and none to
    spare (unless one of the sets in `known`, which are tried first, will do); of those that are `likely` to, where these alone
    suffice. None where possibilities do not show that it cannot be gone."""
    try:
        judge = Judge(possibilities, way)
    except kernel.Refused:  # a condition made up of parts may be none that the kernel can read
        return None
    atoms = [one for one in possibilities.atoms(case) if spoken_of(judge.cone, one)]
    if not judge.impossible(atoms):
        return None
    fixed = [one for one in atoms if one.get("fact") not in among]
    tried = [one for one in atoms if one.get("fact") in among]
    for some in reversed(known):
        if judge.impossible([*fixed, *(one for one in tried if one["fact"] in some)]):
            return tuple(str(one["fact"]) for one in tried if one["fact"] in some)
    first = [one for one in tried if one["fact"] in likely]
    if first and judge.impossible([*fixed, *first]):
        tried = first
    return tuple(str(one["fact"]) for one in _needed(tried, lambda some: judge.impossible([*fixed, *some])))


def stretches(
    possibilities: Possibilities, atoms: Sequence[Atom], condition: Expr, moved: Sequence[str], within: tuple[date, date]
) -> list[tuple[int, int]] | None:
    """The days cut into stretches, on each of which possibilities show that the condition does not hold, whatever is not said in
    `atoms`, with the days at `moved` (paths) set to any of it. None where that is not shown of them all."""
    found: list[tuple[int, int]] = []
    left = [(within[0].toordinal(), within[1].toordinal())]
    tried = 0
    while left:
        first, last = left.pop()
        judge, tried = Judge(possibilities, Way(condition, {path: [(first, last)] for path in moved})), tried + 1
        if judge.impossible([one for one in atoms if spoken_of(judge.cone, one)]):
            found.append((first, last))
        elif first == last or tried > MOST_HALVED:
            return None
        else:
            middle = (first + last) // 2
            left += [(middle + 1, last), (first, middle)]
    return found


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


def _fewest(atoms: list[Atom], suffice: Callable[[list[Atom]], bool], enough: list[Atom]) -> list[Atom] | None:
    """A set with as few members as can be; None where looking for it takes too long."""
    tried = 0

    def counted(some: list[Atom]) -> bool:
        nonlocal tried
        tried += 1
        if tried > MOST_TRIALS:
            raise NotShown("looking for a smallest set took too long")
        return suffice(some)

    try:
        return smallest_of(atoms, counted, enough)
    except NotShown:
        return None


def _told(kept: Sequence[Atom], *, smallest: bool) -> Hindrance:
    return Hindrance(
        tuple((str(one["fact"]), _said(one)) for one in kept if "fact" in one),
        {str(one["reading"]): str(one["is"]) for one in kept if "reading" in one},
        tuple(sorted((str(one["provision"]) for one in kept if "provision" in one), key=_in_order)),
        smallest,
    )


def _in_order(provision: str) -> tuple[int, ...]:
    """Article 4 before article 15."""
    return tuple(int(number) for number in re.findall(r"\d+", provision))


def _said(atom: Atom) -> str:
    return f"{atom['is']} listed" if isinstance(atom["is"], int) and "." not in str(atom["fact"]) else str(atom["is"])


@dataclass
class Judge:
    """Whether one way can be gone, by what is said of a case."""

    possibilities: Possibilities
    way: Way

    def __post_init__(self) -> None:
        self.tree: Any = self.possibilities.tree(self.way.condition)
        self.cone = self.possibilities.cones.exprs([self.way.condition])

    def impossible(self, atoms: Sequence[Atom], loaded: kernel.Pack | None = None) -> bool:
        """Whether the condition surely does not hold, whatever is not said."""
        number = max((len(spans) for spans in self.way.moving.values()), default=1)
        told = [*atoms, *self.way.fixed]
        try:
            return not any(self._may_hold(told, n, loaded or self.possibilities.loaded) for n in range(number))
        except kernel.Refused:
            return False

    def _may_hold(self, atoms: Sequence[Atom], n: int, loaded: kernel.Pack) -> bool:
        loaded.steps = 0
        known = loaded is self.possibilities.loaded  # and not a pack of which some provisions may say anything
        world = self.possibilities.world(atoms) if known else kernel.World(loaded, list(atoms))
        for path, spans in self.way.moving.items():
            here = ("@", *path.split("."))
            if len(here) == 3:
                world.known.setdefault(here[:2], kernel.of(here[:2]))
            world.known[here] = kernel.span(*spans[n])
        return True in world.value(self.tree, {}).atoms
