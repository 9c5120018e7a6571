"""Smallest sets that meet every one of many sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhunsheng.errors import NotShown

MOST_LOOKED = 300_000
"""Sets looked at, over and over, in looking for a smallest set that meets them all."""


def hitting_set(sets: Sequence[frozenset[str]], order: Sequence[str]) -> tuple[str, ...]:
    """A smallest set that meets every one of `sets`; of several, the first in the order of their members. Raises `NotShown`."""
    rank = {name: number for number, name in enumerate(order)}
    single = {name for each in sets if len(each) == 1 for name in each}
    left = _inclusion_minimal([each for each in sets if single.isdisjoint(each)])
    useful = sorted({name for each in left for name in each}, key=rank.__getitem__)
    hitting = _Hitting()
    number = next(n for n in range(len(useful) + 1) if hitting.possible(left, n))
    found: list[str] = []
    for name in useful:
        rest = [each for each in left if name not in each]
        if len(rest) < len(left) and hitting.possible(rest, number - 1):
            found, left, number = [*found, name], rest, number - 1
        else:
            left = _inclusion_minimal([each - {name} for each in left])
    return tuple(sorted((*single, *found), key=rank.__getitem__))


def _inclusion_minimal(sets: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Those that no other is part of: what meets them meets all."""
    kept: list[frozenset[str]] = []
    for each in sorted(set(sets), key=lambda one: (len(one), sorted(one))):
        if not any(one <= each for one in kept):
            kept.append(each)
    return kept


@dataclass
class _Hitting:
    """Whether few names meet many sets: one of each set has to be among them, so it is tried with each name of the smallest."""

    looked: int = 0

    def possible(self, sets: list[frozenset[str]], number: int) -> bool:
        """Whether so many names can meet all of these. Raises `NotShown`."""
        self.looked += 1 + len(sets)
        if self.looked > MOST_LOOKED:
            raise NotShown("too many sets of facts were looked at")
        if not sets:
            return number >= 0
        if number < _apart(sets):
            return False
        least = min(sets, key=lambda one: (len(one), sorted(one)))
        left = sets
        for name in sorted(least):
            if self.possible([each for each in left if name not in each], number - 1):
                return True
            left = [each - {name} for each in left]  # it is not among them
        return False


def _apart(sets: Sequence[frozenset[str]]) -> int:
    """How many of these have nothing in common, at least: so many names are needed."""
    met: frozenset[str] = frozenset()
    number = 0
    for each in sorted(sets, key=len):
        if met.isdisjoint(each):
            number, met = number + 1, met | each
    return number
