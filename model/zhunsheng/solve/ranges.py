"""What the fields of one element can be under a condition, kind by kind: most of it seen among completions that lie near one
another, the rest asked of the solver, and one question shows that nothing is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from zhunsheng.solve.cases import Atom
from zhunsheng.solve.climb import Climb
from zhunsheng.solve.formula import Node
from zhunsheng.solve.lanes import Change, Lanes
from zhunsheng.solve.problem import Problem, World
from zhunsheng.solve.sample import compared, few, options
from zhunsheng.solve.symbols import Assignment, Free

MOST_TRIED = 1_500
MOST_MOVED = 2
"""How often the solver may move one end, before the end itself is looked for."""


@dataclass(frozen=True)
class Range:
    """What one field can be: `atoms`, of those it may have (a term aside), and the least and greatest number of its term."""

    atoms: tuple[Atom, ...] = ()
    least: int | None = None
    greatest: int | None = None


@dataclass
class _Seen:
    """What has been seen of one kind of element: of each field, atoms, and numbers from least to greatest."""

    atoms: dict[str, set[Atom]] = field(default_factory=dict)
    ends: dict[str, tuple[int, int]] = field(default_factory=dict)
    shown: dict[tuple[str, bool], Assignment] = field(default_factory=dict)
    """A completion for each end: of a field, the least (true) and the greatest."""

    def add(self, name: str, atom: Atom) -> None:
        self.atoms.setdefault(name, set()).add(atom)

    def widen(self, name: str, number: int, completion: Assignment) -> None:
        low, high = self.ends.get(name, (number + 1, number - 1))
        if number < low:
            self.shown[name, True] = completion
        if number > high:
            self.shown[name, False] = completion
        self.ends[name] = min(low, number), max(high, number)


class Ranges:
    """The fields of one element under `condition`, in every completion of `world`. `kinds` tell elements apart."""

    def __init__(
        self, problem: Problem, world: World, fields: Mapping[str, Free], condition: Node, kinds: Mapping[Atom, Node]
    ) -> None:
        self.problem, self.terms, self.world = problem, problem.terms, world
        self.fields, self.condition, self.kinds = fields, condition, kinds
        self._limits = compared([condition, *world.everything])
        self._seen: dict[Atom, _Seen] = {}
        self._moved: Counter[tuple[Atom, str, bool]] = Counter()

    def found(self) -> dict[Atom, dict[str, Range]]:
        """For each kind that occurs, what each field can be. Raises `NotShown`."""
        while (model := self.world.satisfy(self.condition, self._unseen())) is not None:
            known = {kind: dict(seen.ends) for kind, seen in self._seen.items()}
            self._look(model)
            self._finish(known)
        return {kind: self._ranges(self._seen[kind]) for kind in self.kinds if kind in self._seen}

    def _unseen(self) -> Node:
        """Anything that has not been seen of any kind."""
        ways = []
        for kind, node in self.kinds.items():
            seen = self._seen.get(kind)
            new = self.terms.true if seen is None else self.terms.or_(self._new(seen))
            ways.append(self.terms.and_((node, new)))
        return self.terms.or_(ways)

    def _new(self, seen: _Seen) -> Iterator[Node]:
        for name, free in self.fields.items():
            for atom, condition in free.options.items():
                if isinstance(atom, Node) and name in seen.ends:
                    yield self.terms.and_((condition, self._outside(atom, *seen.ends[name])))
                elif atom not in seen.atoms.get(name, ()):
                    yield condition

    def _outside(self, term: Node, least: int, greatest: int) -> Node:
        terms = self.terms
        return terms.or_((terms.lt(term, terms.number(least)), terms.lt(terms.number(greatest), term)))

    def _look(self, model: Assignment) -> None:
        """What is to be seen of this completion and those near it."""
        changes: list[Change] = [(0, change) for change in [{}, *self._changes()]]
        lanes = Lanes([model], changes)
        where = lanes.all_hold([*self.world.everything, self.condition])
        for kind, node in self.kinds.items():
            here = where & lanes.holds(node)
            if here:
                self._note(self._seen.setdefault(kind, _Seen()), lanes, here, model, changes)

    def _note(self, seen: _Seen, lanes: Lanes, where: int, model: Assignment, changes: Sequence[Change]) -> None:
        for name, free in self.fields.items():
            for atom, condition in free.options.items():
                here = where & lanes.holds(condition)
                if here and isinstance(atom, Node):
                    numbers = {number: there & here for number, there in lanes.values(atom).items() if here & there}
                    for end in (min(numbers), max(numbers)):
                        first = numbers[end] & -numbers[end]
                        seen.widen(name, end, {**model, **changes[first.bit_length() - 1][1]})
                elif here:
                    seen.add(name, atom)

    def _finish(self, known: Mapping[Atom, Mapping[str, tuple[int, int]]]) -> None:
        """Where the solver had to widen what was seen of a number, it is seen at once how far that goes; where it had to
        do so again and again, the end is looked for with the solver."""
        for kind, seen in self._seen.items():
            for name, (least, greatest) in known.get(kind, {}).items():
                low, high = seen.ends[name]
                if low < least:
                    self._farther(kind, name, least=True)
                if high > greatest:
                    self._farther(kind, name, least=False)

    def _farther(self, kind: Atom, name: str, *, least: bool) -> None:
        seen, free = self._seen[kind], self.fields[name]
        term = term_of(free)
        if term is None:
            return
        given, start = (self.condition, self.kinds[kind], free.options[term]), seen.shown[name, least]
        self._moved[kind, name, least] += 1
        if self._moved[kind, name, least] > MOST_MOVED:
            end, shown = self.problem.extreme(term, given, least=least, world=self.world, likely=start)
        else:
            end, shown = Climb(term, [*self.world.everything, *given], self.problem.days).farthest(start, least=least)
        seen.widen(name, end, shown)

    def _changes(self) -> list[Assignment]:
        """The element as each kind: with two fields changed, and with its days, from one on, put on one day."""
        ways = {name: list(options(free, self._limits)) for name, free in self.fields.items()}
        singles = [change for way in ways.values() for change in way]
        names = list(ways)
        pairs = [
            {**one, **other}
            for place, name in enumerate(names)
            for before in names[:place]
            for one, other in product(ways[name], ways[before])
        ]
        spread = [*self._together(), *pairs]
        every = max(1, -(-len(spread) * len(self.kinds) // MOST_TRIED))
        of_kind = [self._kind(node) for node in self.kinds.values()]
        return [*singles, *({**change, **kind} for change in [*singles, *spread[::every]] for kind in of_kind)]

    def _kind(self, node: Node) -> Assignment:
        """The variables of the field that tells kinds apart, so that the element is of this one."""
        for free in self.fields.values():
            for atom, condition in free.options.items():
                if condition is node:
                    return free.choosing(atom)
        return {}

    def _together(self) -> list[Assignment]:
        terms = [(free, term) for free in self.fields.values() if free.type.base == "day" and (term := term_of(free)) is not None]
        days = sorted({day for _, atom in terms for day in few(self._limits.get(atom, ()), atom)})
        changes: list[Assignment] = []
        for day in days:
            for first in range(len(terms)):
                change: dict[Node, int] = {}
                for free, atom in terms[first:]:
                    change |= {**free.choosing(atom), atom: min(max(day, atom.least), atom.greatest)}
                changes.append(change)
        return changes

    def _ranges(self, seen: _Seen) -> dict[str, Range]:
        return {
            name: Range(
                tuple(atom for atom in free.options if atom in seen.atoms.get(name, ())),
                *seen.ends.get(name, (None, None)),
            )
            for name, free in self.fields.items()
        }


def term_of(free: Free) -> Node | None:
    """The term of a day or number; None for a field whose values are listed."""
    return next((atom for atom in free.options if isinstance(atom, Node)), None)
