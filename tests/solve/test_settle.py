"""Smallest sets that meet all of several sets."""

from __future__ import annotations

import itertools
import random

import pytest

from zhunsheng.solve.settle import hitting_set

ORDER = list("abcdefg")


@pytest.mark.parametrize("seed", range(80))
def test_of_the_smallest_sets_that_meet_all_the_first_in_order_is_taken(seed: int) -> None:
    one = random.Random(seed)
    sets = [frozenset(one.sample(ORDER, one.randint(1, 3))) for _ in range(one.randint(1, 7))]
    wanted = next(
        chosen
        for size in range(len(ORDER) + 1)
        for chosen in itertools.combinations(ORDER, size)
        if all(each & set(chosen) for each in sets)
    )

    assert hitting_set(sets, ORDER) == wanted


def test_nothing_meets_no_sets() -> None:
    assert hitting_set([], ORDER) == ()
