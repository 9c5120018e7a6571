"""A smallest set of what a case states from which an answer follows: none with fewer members will do.

By implicit hitting sets: whatever suffices has a member outside each set that does not suffice. A smallest set that meets the
rest of every insufficient set found so far is tried; if it does not suffice, it is grown to one more that does not, and the
search goes on. Every trial is a judgement of the kernel, as for irreducible sets (`certificates`); no solver knows the law.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zhunsheng.ask.certifying.atoms import Atom
from zhunsheng.ask.certifying.certificates import Certifier, irreducible
from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.report import Answer
from zhunsheng.errors import NotShown
from zhunsheng.lang.case import Case
from zhunsheng.read.vocabulary import canonical
from zhunsheng.solve.hitting import hitting_set

MOST_TRIALS = 4_000
"""Judgements in all; then it is not shown that a set is a smallest one."""


@dataclass(frozen=True)
class Smallest:
    """`atoms` suffice, and no fewer do. `split`: what the kernel has to go through one by one to see it (empty for most)."""

    atoms: tuple[Atom, ...]
    split: tuple[Atom, ...]


def smallest(certifier: Certifier, case: Case, asked: Asked, answer: Answer) -> Smallest:
    """A smallest set of a case's atoms from which its answer follows, as possibilities see it. Of several, always the same one.

    Raises `NotShown` where possibilities do not show the answer at all, or where the search takes too long.
    """
    judge, atoms, split = certifier.question(case, asked, answer)
    enough = irreducible(atoms, lambda fewer: judge.rests_on(fewer, split))

    def suffices(some: list[Atom]) -> bool:
        if judge.tried > MOST_TRIALS:
            raise NotShown(f"{asked.key}: looking for a smallest set of facts took too long")
        return judge.shown(some, split)

    return Smallest(tuple(smallest_of(atoms, suffices, enough)), tuple(split))


def smallest_of(atoms: list[Atom], suffices: Callable[[list[Atom]], bool], enough: list[Atom]) -> list[Atom]:
    """A smallest part of `atoms` that suffices; `enough` is one that does. More suffice wherever fewer do."""
    names = {canonical(dict(atom)): atom for atom in atoms}
    order = list(names)

    def enough_with(some: Iterable[str]) -> bool:
        named = set(some)
        return suffices([names[name] for name in order if name in named])

    to_hit: list[frozenset[str]] = []
    while True:
        hit = hitting_set(to_hit, order)
        if len(hit) == len(enough):
            return enough
        if enough_with(hit):
            return [names[name] for name in hit]
        to_hit.append(frozenset(_missing(list(hit), [name for name in order if name not in hit], enough_with)))


def _missing(hit: list[str], rest: list[str], suffices: Callable[[list[str]], bool]) -> list[str]:
    """What is left of `rest` when as much of it as can be is added to `hit` without sufficing."""
    added = list(hit)

    def add(stretch: list[str]) -> None:
        if not suffices([*added, *stretch]):
            added.extend(stretch)
        elif len(stretch) > 1:
            half = len(stretch) // 2
            add(stretch[:half])
            add(stretch[half:])

    add(rest)
    return [name for name in rest if name not in added]
