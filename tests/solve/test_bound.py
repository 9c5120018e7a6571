"""The bound n(c): nothing more is found with more slots, and nothing that brute force finds is missed."""

from __future__ import annotations

import math
import os
from dataclasses import replace
from typing import Any

import pytest

from building import tiny_pack
from generate import completions, random_case, random_pack
from zhunsheng.ask.deciding import problems as problems_
from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.assumed import assumed
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.deciding.problems import Problems
from zhunsheng.evaluate import Run
from zhunsheng.lang.bound import bound
from zhunsheng.lang.case import Case, Listing
from zhunsheng.lang.outcome import strongest
from zhunsheng.lang.pack import Pack
from zhunsheng.solve.problem import Problem

PACKS = 1500 if os.environ.get("ALL") else 160
MOST_SLOTS = 12


def opened(pack: Pack, seed: int) -> Case:
    """A case whose facts are known and whose lists may hold more."""
    case = random_case(seed, pack, unknown=0.0, most=1)
    facts = {
        name: replace(value, complete=False) if isinstance(value, Listing) else value for name, value in case.facts.items()
    }
    return replace(case, facts=facts)


def found_with(pack: Pack, case: Case, name: str, slots: dict[str, int], readings: dict[str, str]) -> set[Any]:
    problem = Problem(pack, case, slots)
    encoded = problem.encode(name)
    vector = problem.vector(readings)
    narrowed = problem.restrict(encoded, vector, {})
    lawful = problem.terms.restrict(problem.lawful(pack.discretions), vector, {})
    found = problem.outcomes(narrowed, pack.definitions[name].type, vector, lawful)
    return {each.outcome for each in found}


@pytest.mark.parametrize("block", range(4))
@pytest.mark.parametrize("second", [False, True])
def test_two_more_slots_show_nothing_new_and_brute_force_nothing_missed(
    block: int, second: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(problems_, "FEW_ENOUGH", -1 if second else math.inf)
    compared = needed = 0
    for seed in range(block, PACKS, 4):
        pack = random_pack(seed, in_fragment=True, lists=second)
        case = opened(pack, seed)
        readings = {name: spec.default or "" for name, spec in pack.readings.items()}
        problems = Problems(pack, case)
        for name, definition in pack.definitions.items():
            if definition.parameters:
                continue
            found = problems.bound(Asked(name, name), readings)
            slots = {c: n for c, n in found.slots.items() if n}
            if found.outside or sum(slots.values()) > MOST_SLOTS:
                continue
            exact = found_with(pack, case, name, slots, readings)
            more = found_with(pack, case, name, {c: n + 2 for c, n in found.slots.items()}, readings)
            assert exact == more, (seed, name)
            compared += 1
            needed += exact != found_with(pack, case, name, {}, readings)
            if sum(slots.values()) <= 3:
                assert tried(pack, case, name, readings) <= exact or _spans(exact), (seed, name)
    assert compared > 20
    assert needed > 3


def tried(pack: Pack, case: Case, name: str, readings: dict[str, str]) -> set[Any]:
    """The outcomes of every completion with at most one more element of each list."""
    found = set()
    for facts in completions(pack, case, 1):
        run = Run(pack, facts, readings, {})
        if any(run.assumption(a) for a in pack.assumptions):
            continue
        for choice in run.lawful("level") or (None,):
            found.add(strongest(run.choosing({} if choice is None else {"level": choice}).definition(name)))
    return found


def _spans(outcomes: set[Any]) -> bool:
    return any(type(outcome).__name__ == "Span" for outcome in outcomes)


def test_an_element_that_looks_at_its_own_collection_is_outside_the_fragment() -> None:
    reasons = set()
    for seed in range(PACKS):
        pack = random_pack(seed)
        case = opened(pack, seed)
        for name, definition in pack.definitions.items():
            if not definition.parameters:
                readings = {reading: spec.default or "" for reading, spec in pack.readings.items()}
                reason = Problems(pack, case).bound(Asked(name, name), readings).outside
                reasons.add(reason)
                if reason:
                    answer = Deciding(pack, case).answer(Asked(name, name))
                    assert not answer.complete
    assert "" in reasons
    assert any("events -> events" in reason for reason in reasons)




def paired(second: str) -> Pack:
    """Every visit and every notice has an event on its day: two assumptions, the second with a variable of this name."""
    each = {"on": "day"}
    return tiny_pack(
        collections={"events": ("event", each), "visits": ("visit", each), "notices": ("notice", each)},
        assumptions={
            "visited": ("any(e.on == a.on for e in events)", {"a": "visits"}),
            "noticed": (f"any(e.on == {second}.on for e in events)", {second: "notices"}),
        },
    )


@pytest.mark.parametrize("order", [1, -1])
def test_assumptions_may_use_one_name_for_elements_of_different_lists(order: int) -> None:
    stated = {"events": 0, "visits": 4, "notices": 1}

    same, other = (bound(pack, assumed(pack)[::order], stated, frozenset()) for pack in (paired("a"), paired("b")))

    assert same == other
    assert same.slots["events"] == 5
