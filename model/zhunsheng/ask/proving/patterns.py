"""The ways in which the names of a theorem can stand for elements, the same or different ones."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from zhunsheng.lang.theorem import Ranges, Theorem

Places = Mapping[str, tuple[str, int]]
"""For each name of an element its list and its place there."""


def patterns(theorem: Theorem) -> Iterator[dict[str, tuple[str, int]]]:
    """The ways in which names of one list can stand for the same or for different elements; new elements are their own."""
    lists: dict[str, list[str]] = {}
    new: dict[str, list[str]] = {}
    for name in theorem.names:
        if name.collection is not None:
            (new if name.ranges is Ranges.NEW else lists).setdefault(name.collection, []).append(name.name)
    ways = [[(collection, way) for way in _partitions(names)] for collection, names in lists.items()]
    for chosen in itertools.product(*ways):
        places: dict[str, tuple[str, int]] = {}
        sizes: dict[str, int] = {}
        for collection, way in chosen:
            places |= {name: (collection, place) for name, place in way.items()}
            sizes[collection] = max(way.values()) + 1
        for collection, names in new.items():
            start = sizes.get(collection, 0)
            places |= {name: (collection, start + index) for index, name in enumerate(names)}
        yield places


def _partitions(names: list[str]) -> Iterator[dict[str, int]]:
    """The ways to put names in places, places numbered in the order in which they are first taken; apart first."""
    def go(rest: list[str], taken: int) -> Iterator[dict[str, int]]:
        if not rest:
            yield {}
            return
        for place in range(taken, -1, -1):
            for more in go(rest[1:], max(taken, place + 1)):
                yield {rest[0]: place, **more}

    yield from go(names, 0)
