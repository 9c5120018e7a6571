"""Stretches of days are the same wherever they are cut, and a case that shows an outcome holds nothing in excess."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zhunsheng.ask.certifying.atoms import atoms_of
from zhunsheng.ask.settling.fitted import with_few
from zhunsheng.ask.timelines.stretches import Stretch, first_stretch, stretches
from zhunsheng.certify import kernel
from zhunsheng.evaluate import Run
from zhunsheng.lang.case import Listing
from zhunsheng.read import load_case, load_pack

ROOT = Path(__file__).parents[2]
LAW = load_pack(ROOT / "policy" / "urumqi-2025")
LOADED = kernel.Pack(LAW.canonical.encode())
CASE = load_case(ROOT / "scenarios" / "results-written-in-any-order-give-the-same-grade.yaml", LAW)
READINGS = {name: spec.default for name, spec in LAW.readings.items() if spec.default is not None}
FIRST, LAST = date(2024, 1, 1), date(2028, 12, 31)
Likely = Callable[[date], Hashable | None]


def right(day: date) -> Hashable:
    return repr(Run(LAW, CASE.facts, {**READINGS, **CASE.readings}, {}).definition("grade_on", (day,)))


@pytest.mark.parametrize("likely", [
    right,
    lambda day: day < date(2026, 2, 3),  # it turns where nothing does
    lambda day: day.toordinal(),  # on every day
    lambda day: day.day % 2,  # back and forth
    lambda day: None if day.year > 2025 else right(day),  # known of some days only
], ids=["right", "wrong", "always", "back and forth", "of some days"])  # fmt: skip
def test_stretches_are_the_same_wherever_they_are_cut(likely: Likely) -> None:
    plainly = stretches(LOADED, [world()], "grade_on", FIRST, LAST)

    cut = stretches(LOADED, [world()], "grade_on", FIRST, LAST, likely)

    assert [(one.first, one.last, one.possible) for one in cut] == [(one.first, one.last, one.possible) for one in plainly]
    assert len(plainly) > 3
    assert all(one.single for one in cut)
    assert first_stretch(LOADED, [world()], "grade_on", FIRST, LAST, likely) == first_of(plainly)


def test_where_the_turns_are_known_little_is_looked_at() -> None:
    looked: dict[bool, int] = {}
    for known in (False, True):
        counting = Counting()
        stretches(LOADED, [counting], "grade_on", FIRST, LAST, *([right] if known else []))
        looked[known] = counting.number

    assert 3 * looked[True] < looked[False], looked


class Counting(kernel.World):
    """A world that counts how often a row is asked for."""

    def __init__(self) -> None:
        super().__init__(LOADED, atoms())
        self.number = 0

    def settle(self, name: str, args: list[kernel.Possible]) -> kernel.Settled:
        self.number += name == "grade_on" and not self.active
        return super().settle(name, args)


def world() -> kernel.World:
    return kernel.World(LOADED, atoms())


def atoms() -> list[Mapping[str, Any]]:
    return atoms_of(LAW, CASE.facts, {**READINGS, **CASE.readings}, {})


def first_of(found: list[Stretch]) -> Stretch:
    return found[0]


def test_further_elements_are_left_out_unless_something_is_lost_with_them() -> None:
    numbers = tuple({"number": number} for number in range(6))
    facts = {"some": Listing(numbers, True), "others": Listing(numbers[:3], True), "day": FIRST}

    def still(tried: Mapping[str, Any]) -> bool:
        return {"number": 4} in tried["some"].elements and len(tried["others"].elements) > 1

    few = with_few(facts, {"some": 2, "others": 0}, still)

    assert few["some"].elements == (numbers[0], numbers[1], numbers[4])  # two are stated
    assert len(few["others"].elements) == 2
    assert few["day"] == FIRST
