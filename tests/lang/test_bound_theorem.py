"""The theorems behind the two bounds, on large random cases: a part of each list no longer than n(c) has the same outcome."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from generate import random_case, random_pack
from zhunsheng.evaluate import Run
from zhunsheng.lang import enough as second
from zhunsheng.lang import expr as e
from zhunsheng.lang.bound import Bound, Goal, bound
from zhunsheng.lang.case import Listing
from zhunsheng.lang.enough import enough
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


@pytest.mark.parametrize(
    ("number", "asked", "lists"), [(bound, 3, False), (enough, 3, False), (enough, 3, True), (enough, 2, True)]
)
def test_a_part_of_each_list_within_the_bound_has_the_same_outcome(
    number: Callable[..., Bound], asked: int, lists: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second, "ASKED", asked)
    compared = tight = 0
    for seed in range(PACKS):
        pack = replace(random_pack(seed, in_fragment=True, lists=lists), assumptions=())
        readings = {name: spec.default or "" for name, spec in pack.readings.items()}
        case = random_case(seed + 7, pack, unknown=0.0, most=MOST)
        facts = dict(case.facts)
        for name, definition in pack.definitions.items():
            if definition.parameters:
                continue
            found = number(pack, [Goal(e.Call(name, (), definition.type))], {}, frozenset(), readings)
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


def test_the_second_bound_is_mostly_the_smaller_where_rules_look_at_lists() -> None:
    smaller = larger = 0
    for seed in range(150):
        pack = replace(random_pack(seed, in_fragment=True, lists=True), assumptions=())
        readings = {name: spec.default or "" for name, spec in pack.readings.items()}
        for name, definition in pack.definitions.items():
            goals = [Goal(e.Call(name, (), definition.type))]
            if not definition.parameters and not (first := bound(pack, goals, {}, frozenset(), readings)).outside:
                other = enough(pack, goals, {}, frozenset(), readings)
                smaller += sum(other.slots.values()) < sum(first.slots.values())
                larger += sum(other.slots.values()) > sum(first.slots.values())
    assert smaller > 50
    assert smaller > 10 * larger
