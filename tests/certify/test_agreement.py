"""The kernel and the reference meaning: equal on complete cases, never narrower on others."""

from __future__ import annotations

import itertools
import os
import random
from pathlib import Path
from typing import Any

import pytest

from generate import completions, random_case, random_pack
from kernel_values import contains, lawful_run, possible, questions, strongest
from zhunsheng.ask.certifying.atoms import atoms_of
from zhunsheng.ask.deciding.answers import ElementAt, all_asked, duties_asked
from zhunsheng.ask.deciding.replay import for_reference
from zhunsheng.ask.deciding.worlds import worlds
from zhunsheng.certify import kernel
from zhunsheng.lang import outcome
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Pack
from zhunsheng.read import canonical_pack, load_pack, load_scenario

ROOT = Path(__file__).parents[2]
PACKS = 600 if os.environ.get("ALL") else 40
EVERY = 1 if os.environ.get("ALL") else 20
REACH = 2_000
"""Completions of a case from which some are drawn."""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


def test_every_answer_of_complete_scenarios_is_the_references(pack: Pack) -> None:
    loaded = kernel.Pack(pack.canonical.encode())
    first = {name: spec.options[0].name for name, spec in pack.readings.items()}
    compared = 0
    for file in sorted((ROOT / "scenarios").glob("*.yaml"))[::EVERY]:
        for case in load_scenario(file, pack):
            found = worlds(pack, case, Cones(pack))
            if found is None:
                continue
            readings = {**first, **found.readings}
            run = lawful_run(pack, found.facts, readings, found.choices)
            loaded.steps = 0
            world = kernel.World(loaded, atoms_of(pack, found.facts, readings, run.choices))
            for asked in [*all_asked(pack, case), *(one for duty in pack.duties for one in duties_asked(duty))]:
                args = [kernel.of(("@", a.collection, a.index)) if isinstance(a, ElementAt) else possible(a) for a in asked.args]
                expected = outcome.strongest(run.definition(asked.definition, for_reference(asked.args)))
                said = world.settle(asked.definition, args)[0]
                assert strongest(said) == possible(expected), (file.name, asked.key)
                compared += 1
    assert compared > 1000


@pytest.mark.parametrize("block", range(4))
def test_possibilities_hold_every_completion_of_generated_cases(block: int) -> None:
    compared = 0
    for seed in range(block, PACKS, 4):
        pack = random_pack(seed)
        loaded = kernel.Pack(canonical_pack(pack).encode())
        for number, unknown in enumerate((0.0, 0.2, 0.6)):
            case = random_case(seed * 3 + number, pack, unknown=unknown)
            compared += compare(random.Random(seed), pack, loaded, case, number == 0)
    assert compared > 1000


def compare(rng: random.Random, pack: Pack, loaded: kernel.Pack, case: Any, complete: bool) -> int:
    filled = list(itertools.islice(completions(pack, case, 2), REACH))
    filled = rng.sample(filled, min(15, len(filled)))
    options = {name: [option.name for option in spec.options] for name, spec in pack.readings.items()}
    stated = {name: rng.choice(words) for name, words in options.items() if complete or rng.random() < 0.5}
    compared = 0
    for name, args, possibly in questions(pack, case):
        loaded.steps = 0
        for facts in filled:
            readings = {one: stated.get(one) or rng.choice(words) for one, words in options.items()}
            run = lawful_run(pack, facts, readings, {"level": rng.choice(["B", "C", "D"])})
            choices = run.choices if complete else {}
            said = kernel.World(loaded, atoms_of(pack, case.facts, stated, choices)).settle(name, possibly)[0]
            expected = possible(outcome.strongest(run.definition(name, args)))
            assert contains(said, expected), (name, args)
            assert not complete or strongest(said) == expected, (name, args)
            compared += 1
    return compared
