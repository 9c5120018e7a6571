"""The theorem behind the bound, on large random cases: some part of each list, no longer than n(c), has the same outcome."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from generate import random_case, random_pack
from zhunsheng.evaluate import Run
from zhunsheng.lang import expr as e
from zhunsheng.lang.bound import Goal, bound
from zhunsheng.lang.case import Listing
from zhunsheng.lang.outcome import strongest
from zhunsheng.lang.pack import Pack

PACKS = 10000 if os.environ.get("ALL") else 700
MOST = 5
CHOICES = {"level": "C"}


def parts(listing: Listing, most: int) -> Iterator[Listing]:
    """The parts of a list with at most `most` elements, shortest first."""
    for size in range(min(most, len(listing.elements)) + 1):
        for kept in itertools.combinations(listing.elements, size):
            yield Listing(kept, complete=True)


def some_part_agrees(pack: Pack, facts: dict[str, Any], slots: dict[str, int], name: str, readings: dict[str, str]) -> bool:
    wanted = strongest(Run(pack, facts, readings, CHOICES).definition(name))
    spaces = [list(parts(facts[collection], slots[collection])) for collection in pack.collections]
    for chosen in itertools.product(*spaces):
        smaller = {**facts, **dict(zip(pack.collections, chosen, strict=True))}
        if strongest(Run(pack, smaller, readings, CHOICES).definition(name)) == wanted:
            return True
    return False


def test_a_part_of_each_list_within_the_bound_has_the_same_outcome() -> None:
    compared = tight = 0
    for seed in range(PACKS):
        pack = random_pack(seed, in_fragment=True)
        pack = replace(pack, assumptions=())
        readings = {name: spec.default or "" for name, spec in pack.readings.items()}
        case = random_case(seed + 7, pack, unknown=0.0, most=MOST)
        facts = dict(case.facts)
        for name, definition in pack.definitions.items():
            if definition.parameters:
                continue
            found = bound(pack, [Goal(e.Call(name, (), definition.type))], {}, frozenset(), readings)
            slots = dict(found.slots)
            if found.outside or all(len(facts[c].elements) <= slots[c] for c in pack.collections):
                continue
            assert some_part_agrees(pack, facts, slots, name, readings), (seed, name, slots)
            compared += 1
            for collection in pack.collections:
                fewer = {**slots, collection: slots[collection] - 1}
                if slots[collection] and not some_part_agrees(pack, facts, fewer, name, readings):
                    tight += 1
    assert compared > 100
    assert tight > 0  # so the test can fail: a smaller bound is noticed
