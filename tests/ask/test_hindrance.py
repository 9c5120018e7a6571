"""What keeps a condition from holding: enough, none to spare, and no larger than a smallest set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import pytest

from market import case, market
from zhunsheng.ask.deciding.condition import condition
from zhunsheng.ask.explaining.hindrance import Hindrance, Way, hindrance
from zhunsheng.ask.explaining.loosened import Loosening
from zhunsheng.ask.settling.possibilities import Possibilities
from zhunsheng.certify import kernel
from zhunsheng.lang.cone import Cones


def found(text: str, *, fewest: bool = False) -> tuple[Possibilities, Way, Hindrance]:
    possibilities = Possibilities(market(), Cones(market()))
    way = Way(condition(market(), text).expr)
    why = hindrance(possibilities, case(), [way], fewest=fewest)
    assert why is not None
    return possibilities, way, why


def shuts_out(possibilities: Possibilities, way: Way, atoms: Sequence[Mapping[str, Any]], stand: Sequence[str]) -> bool:
    """Whether the condition cannot hold with these facts alone, under these provisions alone."""
    names = possibilities.cones.exprs([way.condition]).definitions
    loaded = Loosening(possibilities, names).without(frozenset(stand))
    loaded.steps = 0
    return True not in kernel.World(loaded, list(atoms)).value(possibilities.tree(way.condition), {}).atoms


def atoms_of(possibilities: Possibilities, why: Hindrance) -> list[Mapping[str, Any]]:
    paths = {path for path, _ in why.facts}
    return [one for one in possibilities.atoms(case()) if one.get("fact") in paths or one.get("reading") in why.readings]


@pytest.mark.parametrize("text", ["rank_now == square", "not may_trade", "rank_now == closed"])
def test_what_is_told_is_enough_and_nothing_can_be_left_out(text: str) -> None:
    if holds(text):
        text = f"not ({text})"

    possibilities, way, why = found(text)

    atoms, provisions = atoms_of(possibilities, why), list(why.provisions)
    assert shuts_out(possibilities, way, atoms, provisions)
    assert provisions
    for one in atoms:
        assert not shuts_out(possibilities, way, [other for other in atoms if other is not one], provisions), one
    for ref in provisions:
        assert not shuts_out(possibilities, way, atoms, [other for other in provisions if other != ref]), ref


def test_no_smaller_set_of_up_to_three_is_enough_by_brute_force() -> None:
    text = "not may_trade" if holds("may_trade") else "may_trade"

    possibilities, way, why = found(text, fewest=True)

    assert why.smallest
    size = len(atoms_of(possibilities, why)) + len(why.provisions)
    refs = Loosening(possibilities, possibilities.cones.exprs([way.condition]).definitions).provisions
    every = [*possibilities.atoms(case()), *refs]
    for number in range(min(size, 4)):
        for some in combinations(every, number):
            facts = [one for one in some if not isinstance(one, str)]
            assert not shuts_out(possibilities, way, facts, [one for one in some if isinstance(one, str)]), some


def test_what_may_hold_is_not_explained_away() -> None:
    possibilities = Possibilities(market(), Cones(market()))
    text = "may_trade" if holds("may_trade") else "not may_trade"

    assert hindrance(possibilities, case(), [Way(condition(market(), text).expr)]) is None


def holds(text: str) -> bool:
    from zhunsheng.ask.settling.spans import Looker

    asked = condition(market(), text)
    return Looker.of(asked.pack, case()).outcome(case().facts, asked.asked) == {True}
