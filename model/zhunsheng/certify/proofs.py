"""Proofs that clauses cannot all hold: made by CaDiCaL, trimmed here, believed by nobody but the kernel.

The clauses are the kernel's own: gate n gives the clauses 3n, 3n + 1, 3n + 2, each asserted literal one more. CaDiCaL notes
for each clause it learns those it follows from (LRAT). Only what the last, empty clause rests on is kept, numbered as the kernel
counts.
"""

from __future__ import annotations

import base64
import re
import tempfile
import zlib
from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import pysolvers
from pysat.solvers import Cadical195

Gates = Sequence[tuple[int, int] | None]
Step = tuple[tuple[int, ...], tuple[int, ...]]
"""The literals of a learned clause, and the clauses it follows from."""
Clauses = Callable[[], Iterable[tuple[int, list[int]]]]
"""Clauses with the kernel's numbers for them, written down anew each time they are wanted: a list of them takes much memory."""
Way = Mapping[str, int]
"""Options of CaDiCaL."""
USUAL: tuple[Way, ...] = ({},)
UNSATISFIABLE: Way = {"stabilize": 0, "walk": 0}
"""Its search without the parts that look for a case."""
PLAIN: tuple[Way, ...] = ({**UNSATISFIABLE, "inprocessing": 0, "bumpreason": 0},)
"""Without what prepares it for long searches as well: proofs of decisions are found in two thirds of the time, and shorter; by a
tenth shorter again where what a conflict's reasons rest on counts for no more than other literals."""
WAYS: tuple[Way, ...] = (
    {}, UNSATISFIABLE, *({**UNSATISFIABLE, "seed": seed, "shuffle": 1, "shufflerandom": 1} for seed in range(1, 4)),
    {**UNSATISFIABLE, "shrink": 0},
)  # fmt: skip
"""Searches that find proofs of very different lengths, none of them always the shortest."""


def cone(gates: Gates, asserted: Sequence[int]) -> list[int]:
    """The gates that what is asserted looks at, in order."""
    seen: set[int] = set()
    todo = [literal >> 1 for literal in asserted]
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        if gate := gates[node]:
            todo += [gate[0] >> 1, gate[1] >> 1]
    return sorted(node for node in seen if gates[node])


def clauses_of(gates: Gates, asserted: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Each clause with the kernel's number for it, as CaDiCaL and DIMACS write literals: n or -n."""
    for node in cone(gates, asserted):
        yield from enumerate(_defining(gates, node), 3 * node)
    units = {literal: number for number, literal in enumerate(asserted, 3 * len(gates)) if literal != 1}
    for literal, number in units.items():  # each once: CaDiCaL counts a repeated clause as one more of its own
        yield number, [_dimacs(literal)]


def _defining(gates: Gates, node: int) -> tuple[list[int], list[int], list[int]]:
    """The three clauses that say what a gate is."""
    a, b = gates[node] or (0, 0)
    a, b = -(a >> 1) if a & 1 else a >> 1, -(b >> 1) if b & 1 else b >> 1  # in place: it is asked of every gate
    return [-node, a], [-node, b], [node, -a, -b]


@dataclass(frozen=True)
class Refutation:
    """A proof as certificates hold it, and those of the asserted literals that it rests on."""

    lrat: str
    rests_on: frozenset[int]


def refutation(
    gates: Gates, asserted: Sequence[int], conflicts: int, ways: Sequence[Way] = USUAL, *, twice: bool = True
) -> Refutation | None:
    """A proof that what is asserted cannot all hold, the shortest that is found in these ways; None if it can. `twice`: once more
    among the clauses it rests on, which takes half as long again and makes it shorter by a tenth to a third.
    Raises `TimeoutError` where the budget of conflicts ends first, whichever the way."""
    if 0 in asserted:
        return Refutation("", frozenset({0}))
    found = None
    for way in ways:
        tried = (_solved_twice if twice else _solved)(lambda: clauses_of(gates, asserted), conflicts, way)
        if tried is None:
            return None
        found = tried if found is None or tried.size < found.size else found
    if found is None:
        return None
    first = 3 * len(gates)
    rests_on = frozenset(asserted[number - first] for number in found.used if number >= first)
    return Refutation(packed(renumbered(found.steps, found.numbers, first + len(asserted))), rests_on)


def refutable(gates: Gates, asserted: Sequence[int], conflicts: int) -> bool:
    """Whether there is a proof, without one: False also where the budget ends first."""
    if 0 in asserted:
        return True
    solver = Cadical195(bootstrap_with=[clause for _, clause in clauses_of(gates, asserted)])
    try:
        solver.conf_budget(conflicts)
        return solver.solve_limited() is False
    finally:
        solver.delete()


class Resting:
    """What is asserted, and conditions, of which some may be taken for granted: on which of these it rests that it cannot hold.
    The solver keeps what it learns from one question to the next; to be used in a `with`."""

    def __init__(self, gates: Gates, asserted: Sequence[int], conditions: Sequence[int], conflicts: int) -> None:
        self._conditions, self._conflicts, self._never = conditions, conflicts, 0 in asserted
        clauses = [*(clause for node in cone(gates, [*asserted, *conditions]) for clause in _defining(gates, node)),
                   *([_dimacs(literal)] for literal in asserted if literal > 1)]  # fmt: skip
        self._solver = Cadical195(bootstrap_with=clauses)

    def on(self, taken: Iterable[int]) -> list[int] | None:
        """Those of the conditions taken (by their places) that are enough; None where they are not, or the budget ends first."""
        if self._never:
            return []
        literals = {n: _dimacs(self._conditions[n]) for n in taken if self._conditions[n] != 1}
        self._solver.conf_budget(self._conflicts)
        if self._solver.solve_limited(assumptions=list(literals.values())) is not False:
            return None
        core = set(self._solver.get_core() or ())
        return [n for n, literal in literals.items() if literal in core]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._solver.delete()


@dataclass(frozen=True)
class _Found:
    """A trimmed proof as CaDiCaL numbers it, and the kernel's numbers of the clauses given to it that it rests on."""

    steps: Mapping[int, Step]
    numbers: Mapping[int, int]

    @property
    def used(self) -> frozenset[int]:
        return frozenset(self.numbers.values())

    @property
    def size(self) -> int:
        return sum(len(literals) + len(hints) for literals, hints in self.steps.values())


def _solved_twice(clauses: Clauses, conflicts: int, way: Way) -> _Found | None:
    """The proof, or that of the clauses it rests on alone, which is often shorter."""
    found = _solved(clauses, conflicts, way)
    if found is None:
        return None
    used = found.used
    again = _solved(lambda: (clause for clause in clauses() if clause[0] in used), conflicts, way)
    return again if again is not None and again.size < found.size else found


def _solved(clauses: Clauses, conflicts: int, way: Way) -> _Found | None:
    """A proof that these clauses cannot all hold, None if they can. Those of one literal come last."""
    solver, numbers, raw, last = Cadical195(), Given(), b"", 0
    try:
        solver.configure({"lrat": 1, "binary": 0, **way})  # before it begins to write, so not as an option of the solver's own
        file = solver.prfile = tempfile.TemporaryFile()  # noqa: SIM115  # read while CaDiCaL still writes; closed by `delete`
        writer = pysolvers.cadical195_tracepr(solver.cadical, file)
        for number, clause in clauses():
            last += 1
            numbers.add(last, number)
            pysolvers.cadical195_add_cl(solver.cadical, clause)  # there are many
            if len(clause) == 1:  # it may learn from it at once, and number what it learns
                pysolvers.flushpr(writer)
                file.seek(len(raw))
                raw += file.read()
                last = max(last, *Lines(raw[raw.rfind(b"\n", 0, -1) + 1 :]).starts, 0)
        solver.conf_budget(conflicts)
        found = solver.solve_limited()
        if found is None:
            raise TimeoutError(f"there is no proof within {conflicts} conflicts")
        if found:
            return None
        pysolvers.flushpr(writer)
        file.seek(0)
        steps = _trimmed(Lines(file.read()), numbers)
        used = {hint for _, hints in steps.values() for hint in hints if hint in numbers}
        return _Found(steps, {hint: numbers[hint] for hint in sorted(used)})
    finally:
        solver.delete()


def _dimacs(literal: int) -> int:
    return -(literal >> 1) if literal & 1 else literal >> 1


class Given:
    """The kernel's numbers of the clauses given to CaDiCaL, by its own: of the first ones, which it numbers as they come, and of
    those among which it has learned something. There may be a million."""

    def __init__(self) -> None:
        self.first, self.later = array("q"), dict[int, int]()

    def add(self, own: int, number: int) -> None:
        if own == len(self.first) + 1:
            self.first.append(number)
        else:
            self.later[own] = number

    def __contains__(self, own: object) -> bool:
        return isinstance(own, int) and (0 < own <= len(self.first) or own in self.later)

    def __getitem__(self, own: int) -> int:
        return self.first[own - 1] if own <= len(self.first) else self.later[own]


LINE = re.compile(rb"^([0-9]+) (?!d)", re.MULTILINE)


class Lines:
    """What is written of each step: where it stands, by its number. Most steps are never read, and there may be a great many, so
    none is taken out before. Deletions are left out."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.starts = {int(line[1]): line.end() for line in LINE.finditer(raw)}

    def step(self, number: int) -> Step:
        start = self.starts[number]
        numbers = [int(word) for word in self.raw[start : self.raw.find(b"\n", start)].split()]
        end = numbers.index(0)
        return tuple(numbers[:end]), tuple(numbers[end + 1 : -1])

    def last(self) -> int:
        """The step that has no literal."""
        return next(number for number, start in self.starts.items() if self.raw.startswith(b"0 ", start))


def _trimmed(lines: Lines, given: Container[int]) -> dict[int, Step]:
    """The steps that the empty clause rests on, save what is given."""
    needed: dict[int, Step] = {}
    todo = [lines.last()]
    while todo:
        number = todo.pop()
        if number not in given and number not in needed:
            needed[number] = lines.step(number)
            todo += needed[number][1]
    return dict(sorted(needed.items()))


def renumbered(steps: Mapping[int, Step], originals: Mapping[int, int], first: int) -> Iterator[int]:
    """The proof as one line of numbers: each step's literals, 0, the clauses it follows from, 0."""
    known = dict(originals)
    for place, (number, (literals, hints)) in enumerate(steps.items()):
        known[number] = first + place
        yield from (*literals, 0, *(known[hint] for hint in hints), 0)


def packed(numbers: Iterator[int]) -> str:
    """Numbers as a certificate holds them: compressed, in base 64."""
    return base64.b64encode(zlib.compress(" ".join(map(str, numbers)).encode(), 9)).decode()
