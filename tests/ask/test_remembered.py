"""What definitions came to in one case, used again in another: the same as worked out anew."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from building import define, tiny_pack
from market import KNOWN, case, market
from zhunsheng.ask.deciding.answers import all_asked
from zhunsheng.ask.deciding.problems import Shared
from zhunsheng.ask.deciding.replay import for_reference
from zhunsheng.ask.deciding.worlds import Worlds, worlds
from zhunsheng.ask.interviewing.around import Around
from zhunsheng.errors import Disagreement, UnknownFact
from zhunsheng.evaluate import Memory, Remembered, Run
from zhunsheng.lang.case import UNKNOWN, Case
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.spots import path_as_kernel, path_of, scalars, with_value
from zhunsheng.read import load_case, load_pack

ROOT = Path(__file__).parents[2]
EVERY = 1 if os.environ.get("ALL") else 31
NAMES = sorted(path.stem for path in (ROOT / "scenarios").glob("*.yaml"))[::EVERY]
CHOSEN = "a-violation-between-two-ratings-found-after-the-second"
"""A case in which an authority has something to choose."""
SPOTS, VALUES = 12, 2
READINGS = {name: spec.default or spec.options[0].name for name, spec in market().readings.items()}
ALWAYS = {"downgrade_to", "may_apply"}
"""Answers that consult choices and open readings, and are asked of every case."""


@pytest.fixture(scope="module")
def law() -> tuple[Pack, Shared]:
    pack = load_pack(ROOT / "policy" / "urumqi-2025")
    return pack, Shared(Cones(pack))


def neighbours(pack: Pack, shared: Shared, whole: Case, world: Worlds) -> Iterator[Mapping[str, Any]]:
    """The plainest case, and such as differ in one fact or in two."""
    yield world.facts
    around = Around(pack, replace(whole, facts=world.facts), world, [], shared)
    places = list(scalars(pack, world.facts))
    for here in places[:: max(1, len(places) // SPOTS)]:
        for facts in islice(around.others(here, "value"), VALUES):
            yield facts
            yield from islice(Around(pack, whole, replace(world, facts=facts), [], shared).others(places[0], "value"), 1)


@pytest.mark.parametrize("name", list(dict.fromkeys([*NAMES, CHOSEN])))
def test_what_is_remembered_is_what_is_worked_out_anew(name: str, law: tuple[Pack, Shared]) -> None:
    pack, shared = law
    whole = load_case(ROOT / "scenarios" / f"{name}.yaml", pack)
    world = worlds(pack, whole, shared.cones)
    assert world is not None
    names = {one.answer for one in whole.expect} | ALWAYS
    asked = [one for one in all_asked(pack, whole) if one.key in names or one.definition in names]

    for facts in neighbours(pack, shared, whole, world):
        anew = replace(world, facts=facts)
        remembered = replace(world, facts=facts, memory=shared.memory)
        assert [remembered.outcomes(one) for one in asked] == [anew.outcomes(one) for one in asked]


def test_what_an_answer_rests_on_is_what_its_derivation_says(law: tuple[Pack, Shared]) -> None:
    pack, shared = law
    for name in NAMES:
        whole = load_case(ROOT / "scenarios" / f"{name}.yaml", pack)
        world = worlds(pack, whole, shared.cones)
        assert world is not None
        places = {path_of(world.facts, here): path_as_kernel(here) for here in scalars(pack, world.facts)}
        for one in all_asked(pack, whole):
            facts, lists = replace(world, memory=shared.memory).rests_on(one)
            touched = [seen.run.touched(one.definition, for_reference(one.args)) for seen in world.seen(one)]
            assert {path for path in facts if path in places.values()} == {
                places[path] for part in touched for path in part.facts if path in places
            }
            assert lists == {path for part in touched for path in part.lists}


def test_what_is_not_known_is_told_whether_remembered_or_not() -> None:
    memory = Memory(market())
    told = case(KNOWN)
    blank = {**told.facts, "inspected_on": UNKNOWN}
    assert Remembered(memory, told.facts, READINGS, {}).definition("may_trade") is True

    for _ in range(2):
        with pytest.raises(UnknownFact) as missing:
            Remembered(memory, blank, READINGS, {}).definition("may_trade")
        assert missing.value.path == "inspected_on"


def test_a_day_that_differs_is_seen(law: tuple[Pack, Shared]) -> None:
    memory, told = Memory(market()), case(KNOWN)
    found = []
    for here in scalars(market(), told.facts):
        facts = with_value(told.facts, here, told.facts["as_of"])
        found.append(
            (Remembered(memory, facts, READINGS, {}).definition("rank_now"),
             Run(market(), facts, READINGS, {}).definition("rank_now"))
        )  # fmt: skip

    assert [one for one, _ in found] == [other for _, other in found]
    assert len({one for one, _ in found}) > 1


def test_looking_at_something_else_after_the_same_answers_is_an_error() -> None:
    memory, told = Memory(market()), case(KNOWN)
    run = Remembered(memory, told.facts, READINGS, {})
    run.definition("rank_now")
    (kept,) = [one for one in run._found.values() if one.outcome == run.definition("rank_now")][:1]

    with pytest.raises(Disagreement):
        memory.keep(("rank_now", ()), replace(kept, seen={("fact", None, "another"): 1}))


def choosing() -> Pack:
    """A law with two discretions: the bounds of the second turn on what is chosen under the first."""
    return tiny_pack(
        facts={"as_of": "day", "flag": "yes/no"}, enumerations={"grade": "D C B"},
        discretions={"level": ("grade", "level == C or flag"), "other": ("grade", "other <= level")},
        definitions=[define("chosen", "grade", otherwise="level"), define("second", "grade", otherwise="other")],
    )  # fmt: skip


def told_of(flag: bool) -> dict[str, Any]:
    return {"as_of": date(2025, 1, 1), "flag": flag}


def test_what_may_be_chosen_is_remembered_with_the_facts_that_bound_it() -> None:
    memory = Memory(choosing())

    found = [Remembered(memory, told_of(flag), {}, {}).lawful("level") for flag in (False, True, False)]

    assert found == [("C",), ("D", "C", "B"), ("C",)]
    assert ("lawful", "level") in memory.kept


def test_what_may_be_chosen_is_worked_out_anew_where_another_choice_bounds_it() -> None:
    memory = Memory(choosing())

    found = [Remembered(memory, told_of(True), {}, {"level": level}).lawful("other") for level in ("D", "B", "C")]

    assert found == [("D",), ("D", "C", "B"), ("D", "C")]
    assert ("lawful", "other") not in memory.kept


def test_what_is_chosen_rests_on_what_bounds_the_choice() -> None:
    memory = Memory(choosing())

    chosen = Remembered(memory, told_of(True), {}, {"level": "B", "other": "D"})

    assert chosen.rests_on("chosen") == (frozenset({"flag"}), frozenset())
    assert chosen.rests_on("second") == (frozenset({"flag"}), frozenset())
