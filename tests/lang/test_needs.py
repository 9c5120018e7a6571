"""Sets of units, the most alike taken together until they are few."""

from __future__ import annotations

import random

import pytest

from zhunsheng.lang.needs import MOST_SETS, Unit, Units


def some_units(rng: random.Random) -> Units:
    units = Units()
    for number in range(30):
        units.unit(number, Unit({("lines", ()): rng.randint(1, 9)}))
    return units


def plainly_joined(units: Units, sets: list[int]) -> list[int]:
    """What `Units` is to come to: the pair that is most alike, the first of those, as often as there are too many."""

    def size(one: int) -> int:
        return sum(next(iter(units.known[number].terms.values())) for number in range(30) if one >> number & 1)

    while len(sets) > MOST_SETS:
        pairs = [(a, b) for place, a in enumerate(sets) for b in sets[place + 1 :]]
        a, b = min(pairs, key=lambda pair: size(pair[0] | pair[1]) - max(size(pair[0]), size(pair[1])))
        sets = [*(one for one in sets if one | a | b != a | b), a | b]
    return sets


@pytest.mark.parametrize("seed", range(20))
def test_those_most_alike_are_taken_together_in_their_order(seed: int) -> None:
    rng = random.Random(seed)
    units = some_units(rng)
    sets = list(dict.fromkeys(rng.getrandbits(30) & rng.getrandbits(30) for _ in range(rng.randint(15, 60))))
    kept = [one for one in sets if not any(one | other == other for other in sets if other != one)]

    found = units.either(tuple(sets))

    assert found is not None
    assert list(found) == plainly_joined(units, sorted(kept, key=lambda one: (-units._size(one), one)))
    assert len(found) <= MOST_SETS
