"""The law as an amendment takes effect, each definition governed by a day of its own, is the old or the new one of each
definition; and the classes of change are those of every case."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from taking_effect import (
    ANSWERS,
    FIRST,
    READINGS,
    by_whole_definitions,
    every_case,
    outcomes,
    taking_effect_at_random,
)
from zhunsheng.ask.comparing.compare import compare
from zhunsheng.ask.comparing.comparison import Comparison
from zhunsheng.ask.comparing.effect import in_effect, taking_effect
from zhunsheng.evaluate import Element, Run
from zhunsheng.lang.amendment import Act, Amended, Kind
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.pack import Pack
from zhunsheng.solve.paired import SOME, Key, Shift

ALL = bool(os.environ.get("ALL"))
LAWS, COMPARED, CASES = (300, 30, 300) if ALL else (10, 2, 60)


def arguments(name: str, facts: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(Element("lines", index),) for index in range(len(facts["lines"].elements))] if name == "line.mark" else [()]


@pytest.mark.parametrize("seed", range(26, 26 + LAWS))
def test_each_definition_is_the_new_laws_from_the_day_that_governs_it(seed: int) -> None:
    laws = taking_effect_at_random(seed)
    there = by_whole_definitions(laws)

    law = in_effect([laws]).pack

    for facts in random.Random(seed).sample(list(every_case()), CASES):
        for wide in READINGS:
            found, expected = (Run(pack, facts, {"wide": wide}, {}) for pack in (law, there))
            for name in ANSWERS:
                for args in arguments(name, facts):
                    assert outcomes(found, name, args) == outcomes(expected, name, args), (name, facts, wide)


def key(before: frozenset[Any], after: frozenset[Any]) -> Key:
    days = [[one for one in each if isinstance(one, date)] for each in (before, after)]
    sides = [frozenset(SOME if isinstance(one, date) else one for one in each) for each in (before, after)]
    shift = Shift.SAME
    if len(days[0]) == 1 == len(days[1]) and days[0] != days[1]:
        shift = Shift.EARLIER if days[1] < days[0] else Shift.LATER
    return Key(sides[0], sides[1], shift)


@cache
def some_cases() -> tuple[dict[str, Any], ...]:
    return tuple(every_case() if ALL else every_case(1))


def tried_out(base: Pack, other: Pack, option: str, name: str) -> set[Key]:
    def found() -> Iterator[Key]:
        for facts in some_cases():
            before, after = Run(base, facts, {"wide": "narrow"}, {}), Run(other, facts, {"wide": option}, {})
            for args in arguments(name, facts):
                yield key(outcomes(before, name, args), outcomes(after, name, args))

    return {one for one in found() if not one.same}


def assert_true(comparison: Comparison, other: Pack, option: str) -> None:
    """Every class that trying every case finds is listed; no other, where no more elements can matter than were tried."""
    for answer in comparison.answers:
        if answer.complete:
            listed = {change.key for change in answer.changes}
            expected = tried_out(comparison.amended.base, other, option, answer.answer)
            assert expected <= listed, (answer.answer, expected - listed)
            if ALL and all(number <= 2 for number in answer.slots.values()):
                assert listed == expected, (answer.answer, listed - expected)


@pytest.mark.parametrize("seed", range(COMPARED))
def test_the_classes_of_change_are_those_of_every_case_as_it_takes_effect_and_in_full(seed: int) -> None:
    laws = taking_effect_at_random(seed + 3)  # the first of them has a choice that turns with the day
    option = "broad" if any(edit.act is Act.FIX for edit in laws.edits) else "narrow"

    assert_true(taking_effect([laws], Kinds()), by_whole_definitions(laws), "narrow")
    assert_true(compare(laws), laws.pack, option)


def changes_of(laws: Amended) -> set[str]:
    return {edit.kind.value for edit in laws.edits}


def test_the_sample_edits_everything_that_can_be_edited() -> None:
    edited = set().union(*(changes_of(taking_effect_at_random(seed)) for seed in range(12)))

    assert edited >= {each.value for each in (Kind.PARAMETER, Kind.READING, Kind.DISCRETION, Kind.DEFINITION, Kind.RULE)}


def test_a_value_that_is_abolished_can_no_longer_be_chosen_from_the_first_day() -> None:
    laws = taking_effect_at_random(0)
    grades = laws.base.enumerations["grade"]
    fewer = replace(grades, values=grades.values[:-1])
    level = replace(laws.base.discretions["level"], lawful=_any_choice(laws.base))
    base = replace(laws.base, discretions={"level": level})
    pack = replace(base, enumerations={"grade": fewer})
    amendment = replace(laws.amendments[0], edits=())

    law = in_effect([Amended(base, pack, (amendment,))]).pack

    facts = next(every_case(0))
    lawful = [Run(law, {**facts, "today": day}, {"wide": "narrow"}, {}).lawful("level") for day in (facts["today"], FIRST)]
    assert lawful == [("D", "C", "B"), ("D", "C")]


def _any_choice(pack: Pack) -> Any:
    from building import read

    return read(pack, "level == level or flag")
