"""Proofs for claims about every case, under no more assumptions than they need: each assumption that is left out makes the claim
stronger, and may call for elements that then need not be looked at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from zhunsheng.certify.clauses import Side
from zhunsheng.errors import NotShown

A = TypeVar("A", bound=Collection[Any])
T = TypeVar("T", bound="Attempt[Any]")
AGAIN = 2
"""How often what a proof needed is tried by itself."""


@dataclass(frozen=True)
class Attempt(Generic[A]):
    """Proofs under these assumptions, and those of them that the proofs rest on."""

    proofs: tuple[dict[str, Any], ...]
    assumed: A
    used: A


def with_few(attempt: Callable[[A], T | None], tries: Iterable[A]) -> T | None:
    """The first of several sets of assumptions under which there are proofs, then only what these need. None where there are
    none. Raises `NotShown` as `attempt` does."""
    for assumed in tries:
        found = attempt(assumed)
        if found is not None:
            return _fewer(attempt, found)
    return None


def _fewer(attempt: Callable[[A], T | None], found: T) -> T:
    for _ in range(AGAIN):
        if found.used == found.assumed:
            break
        try:
            fewer = attempt(found.used)
        except NotShown:
            break
        if fewer is None:
            break
        found = fewer
    return found


def rested_on(sides: Iterable[Side], names: Iterable[str], rests_on: frozenset[int]) -> frozenset[str]:
    """Those of the assumptions whose literals a proof rests on."""
    found: set[str] = set()
    for side in sides:
        common = set(side.bindings([]))
        found |= {name for name in names if rests_on & (set(side.assuming(name)) - common)}
    return frozenset(found)
