"""Which facts and assumptions a proof can do without: asked of one formula, in which each of them is a condition.

The formula leaves every fact open and is made once; a trial takes some of the facts for granted, and what the solver then rests
on is what is tried next. It has few elements: as many as where all facts are known, and one more of each list that holds no
others. So where it can be met, the facts are too few; where it cannot, that is still to be shown with as many elements as the
bound asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhunsheng.ask.certifying.atoms import Atom
from zhunsheng.certify import bounds, claims, clauses, kernel
from zhunsheng.certify.clauses import FALSE, TRUE
from zhunsheng.certify.proofs import Resting

NEAR = (-366, -1, 1, 366)
"""By how much a day may be another where few are looked at; besides, the first and the last there can be."""

FURTHER = 2
"""Further elements of a list at most, where few are looked at."""


@dataclass(frozen=True)
class Few:
    """Facts none of which can be dropped under these assumptions, among few elements."""

    atoms: tuple[Atom, ...]
    assumed: frozenset[str]


def few_facts(
    pack: kernel.Pack, claim: Mapping[str, Any], assumed: frozenset[str], slots: Mapping[str, int], conflicts: int, closing: bool,
    left_open: frozenset[str] = frozenset(), narrow: bool = False,
) -> Few | None:
    """Fewer of the claim's atoms, then fewer of the assumptions. None where the claim does not follow from all of them, or not
    within the budget. With `closing`, it is taken as stated that lists hold no others; what is `left_open` may come to anything;
    `narrow`: see `Narrow`. Raises `kernel.Refused` where the formula gets too large.
    """
    atoms: list[Atom] = list(claim["atoms"])
    loose = Loose(pack, claim, closing, narrow)
    loose.leave_open(sorted(left_open))
    slots = {name: min(number, FURTHER) for name, number in slots.items()} if narrow else slots
    side, asserted = loose.formula(loose.slots_with(slots), ())
    bound = set(asserted)
    names = sorted(assumed)
    hold = [side.circuit.every(one for one in side.assuming(name) if one not in bound) for name in names]
    conditions = [*(loose.condition(side, atom) for atom in atoms), *hold]  # an atom binds what was looked at by then
    if FALSE in conditions:
        return None
    with Resting(side.circuit.gates, [*asserted, *loose.later(side, asserted)], conditions, conflicts) as resting:
        kept = _irreducible(resting, len(conditions))
    if kept is None:
        return None
    closed = {n for n, atom in enumerate(atoms) if closing and atom.get("fact") in pack.collections}
    taken = _with_arguments(claim, atoms, frozenset(n for n in kept if n < len(atoms)) | closed)
    return Few(taken, frozenset(names[n - len(atoms)] for n in kept if n >= len(atoms)))


def _with_arguments(claim: Mapping[str, Any], atoms: Sequence[Atom], kept: frozenset[int]) -> tuple[Atom, ...]:
    """With an atom that speaks of each element that the question is about: it has to be there."""
    for given in claim["args"]:
        about = [n for n, atom in enumerate(atoms) if f"{atom.get('fact')}.".startswith(f"{given}.")]
        if about and kept.isdisjoint(about):
            kept |= {about[0]}
    return tuple(atom for n, atom in enumerate(atoms) if n in kept)


def _irreducible(resting: Resting, number: int) -> list[int] | None:
    """Of so many conditions some that are enough, tried in order; None where all are not."""
    kept, place = resting.on(range(number)), 0
    while kept is not None and place < len(kept):
        fewer = resting.on([*kept[:place], *kept[place + 1 :]])
        kept, place = (kept, place + 1) if fewer is None else (fewer, place)
    return kept


class Loose(claims.Settled):
    """A decision by clauses in which every fact is open, whether or not it is listed; each atom is a condition."""

    def __init__(self, pack: kernel.Pack, claim: Any, closing: bool, narrow: bool) -> None:
        super().__init__(pack, claim)
        self.listed, self.closing, self.narrow = kernel.World(pack, self.atoms), closing, narrow

    def slots_with(self, slots: Mapping[str, int]) -> dict[str, int]:
        """So many other elements; of a list that holds no others one, to say that there is none."""
        return dict(slots) if self.closing else {**slots, **dict.fromkeys(self.listed.complete, 1)}

    def side(self, slots: dict[str, int], kind: bounds.Kind = clauses.Side) -> clauses.Side:
        """The case: elements that are listed may be there."""
        problem, members = Narrow(self.pack, self.listed) if self.narrow else clauses.Problem(self.pack), {}
        problem.left, problem.circuit.telling = self.left, True
        for name in self.pack.collections:
            found = claims.elements_of(problem, name, sorted(self.listed.listed[name]), slots.get(name, 0))
            known = self.closing and name in self.listed.complete
            members[name] = [(ref, problem.circuit.input() if here == TRUE and not known else here) for ref, here in found]
        return kind(problem, members, {})

    def later(self, side: clauses.Side, asserted: Sequence[int]) -> list[int]:
        """What binds the case of what was only looked at since: that choices are lawful, numbers within their limits."""
        known = set(asserted)
        return [one for one in (*side.bindings(()), *side.problem.asserted) if one not in known]

    def condition(self, side: clauses.Side, atom: Atom) -> int:
        """What an atom says of the case, as a literal."""
        world = kernel.World(self.pack, [atom])
        there = {ref[1:]: here for members in side.members.values() for ref, here in members}
        found = [there[name, n] for name, each in world.listed.items() for n in each]
        for name, number in world.complete.items():
            found += [here ^ 1 for ref, here in side.members[name] if ref[2] >= number]
        return side.circuit.every([*found, *self._known(side, world)])

    def _known(self, side: clauses.Side, world: kernel.World) -> Iterator[int]:
        problem = side.problem
        for path, value in world.known.items():
            symbol = problem.symbols.get(path)
            if symbol is not None:  # it was looked at
                yield side.equal(symbol, _constant(problem, symbol, value))
        for name, option in world.readings.items():
            yield side.reading(name).when(next(iter(option.atoms)))
        for name, choice in world.choices.items():
            yield side.equal(side.made_choice(name), clauses.constant(choice))


class Narrow(clauses.Problem):
    """A problem in which a day or number that is stated may only be what it is, or one of a few others: its calendar is then no
    table of decades. Facts that are too few here are so in truth; those that are enough here still have to be shown to be."""

    def __init__(self, pack: kernel.Pack, listed: kernel.World) -> None:
        super().__init__(pack)
        self.listed = listed

    def symbol(self, path: tuple[Any, ...], domain: kernel.Possible) -> clauses.Guarded:
        stated = self.listed.known.get(path)
        if path not in self.symbols and stated is not None and stated.span and domain.span:
            numbers = self._near(stated.span[0], *domain.span)
            ways = [*sorted(domain.atoms, key=repr), *(("#", clauses.whole(number)) for number in numbers)]
            self.symbols[path] = clauses.Guarded(tuple(zip(ways, self.one_of(len(ways), 0), strict=True)))
        return super().symbol(path, domain)

    def _near(self, number: int, least: int, greatest: int) -> list[int]:
        others = {least, greatest, *(number + by for by in NEAR)}
        return sorted({number, *(one for one in others if least <= one <= greatest)})


def _constant(problem: clauses.Problem, symbol: clauses.Guarded, value: kernel.Possible) -> clauses.Guarded:
    """A value as the kernel has it where it is known: a text as its number."""
    text = next(iter(value.atoms), None)
    if isinstance(text, str) and symbol.numbers():
        return clauses.numbered(clauses.whole(problem.texts.setdefault(text, len(problem.texts))))
    return clauses.constant(value)
