"""Leaves of a split: what none of them says otherwise is worked out once, and comes to what each of them by itself finds."""

from __future__ import annotations

import itertools
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from building import define, rule, tiny_pack
from generate import random_case, random_pack
from zhunsheng.ask.certifying.atoms import Atom, stated
from zhunsheng.ask.certifying.certificates import Certifier
from zhunsheng.ask.deciding.answers import asked_by_name
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.certify import kernel
from zhunsheng.lang.pack import Pack
from zhunsheng.read import canonical_pack, load_case, load_pack

ROOT = Path(__file__).parents[2]

PACKS = 300 if os.environ.get("ALL") else 50


def loaded_of(pack: Pack) -> kernel.Pack:
    return kernel.Pack(canonical_pack(pack).encode())


def leaves_apart(loaded: kernel.Pack, atoms: list[Atom], split: list[Atom]) -> Iterator[kernel.World]:
    """Each leaf as a world that shares nothing with another."""
    for chosen in kernel.leaves(loaded, split):
        world = kernel.World(loaded, [*atoms, *chosen])
        if kernel.choices_stand(world):
            yield world


def symbols_of(pack: Pack, loaded: kernel.Pack, case: Any) -> Iterator[Atom]:
    """All that is open of a case and can be split, records before their fields."""
    said = kernel.World(loaded, stated(pack, case))
    paths = [*pack.facts]
    for name, record in pack.facts.items():
        paths += [f"{name}.{one.name}" for one in record.record]
    for name, collection in pack.collections.items():
        paths += [f"{name}[{n}].{one.name}" for n in sorted(said.listed[name]) for one in collection.fields]
    for path in paths:
        try:
            here, _, _ = kernel.locate(kernel.World(loaded, []), path)
            kernel.free(loaded, "fact", path)
        except kernel.Refused:
            continue
        if here not in said.known:
            yield {"fact": path}
    yield from ({"reading": name} for name in pack.readings if name not in said.readings)
    yield from ({"choice": name} for name in pack.discretions if name not in said.choices)


def test_leaves_that_share_find_what_each_finds_alone() -> None:
    compared = 0
    for seed in range(PACKS):
        pack, chance = random_pack(seed), random.Random(seed)
        loaded = loaded_of(pack)
        for more in range(2):
            case = random_case(seed * 10 + more, pack, unknown=0.5)
            symbols, atoms = list(symbols_of(pack, loaded, case)), stated(pack, case)
            split = [one for one in symbols if chance.random() < 3 / max(len(symbols), 3)]
            try:
                kernel.can_split(kernel.World(loaded, atoms), split)
            except kernel.Refused:
                continue
            names = [name for name, definition in pack.definitions.items() if not definition.parameters]
            for shared, alone in zip(
                kernel.worlds_of(loaded, atoms, split), leaves_apart(loaded, atoms, split), strict=True
            ):  # fmt: skip
                loaded.steps = 0
                for name in names:
                    assert shared.settle(name, []) == alone.settle(name, []), (seed, name, split, atoms)
                    compared += 1
    assert compared > 20 * PACKS, compared


def test_what_no_leaf_says_otherwise_is_worked_out_once() -> None:
    long = " and ".join(f"n != {number}" for number in range(100, 160))
    pack = tiny_pack(
        facts={"n": "number", "a": "yes/no", "b": "yes/no", "c": "yes/no"},
        definitions=[
            define("slow", "yes/no", rule("a", long, "True"), otherwise="False"),
            define("asked", "yes/no", rule("a", "slow and (a or b or c or not a)", "True"), otherwise="False"),
        ],
    )  # fmt: skip
    loaded, steps = loaded_of(pack), {}
    for shared in (True, False):
        loaded.forget()
        split: list[Atom] = [{"fact": one} for one in "abc"]
        worlds = (kernel.worlds_of if shared else leaves_apart)(loaded, [{"fact": "n", "is": 1}], split)
        assert all(world.settle("asked", [])[0] == kernel.TRUE for world in worlds)
        steps[shared] = loaded.steps

    assert steps[True] * 3 < steps[False]


def test_where_a_record_is_none_a_leaf_says_nothing_of_its_fields() -> None:
    pack = tiny_pack(facts={"plan or none": {"kind": "kind", "sure": "yes/no"}}, enumerations={"kind": "x y z"})

    found = kernel.leaves(loaded_of(pack), [{"fact": "plan"}, {"fact": "plan.kind"}, {"fact": "plan.sure"}])

    assert [{"fact": "plan", "is": "none"}] in found
    assert len(found) == 1 + 3 * 2
    assert all(len(leaf) in (1, 3) for leaf in found)


@pytest.mark.parametrize("symbol", [{"reading": "r"}, {"choice": "c"}, {"fact": "f"}, {"fact": "plan"}], ids=str)
@pytest.mark.parametrize("order", list(itertools.permutations(("below", "beside", "above"))), ids=str)
def test_what_a_leaf_says_otherwise_is_worked_out_in_each_whatever_is_asked_first(symbol: Atom, order: tuple[str, ...]) -> None:
    looks = {"r": "r == x", "c": "c == C", "f": "f", "plan": "plan != none"}[next(iter(symbol.values()))]
    pack = tiny_pack(
        facts={"f": "yes/no", "g": "yes/no", "plan or none": {"sure": "yes/no"}}, enumerations={"level": "D C"},
        readings={"r": "x y"}, discretions={"c": ("level", "g or not g")},
        definitions=[
            define("below", "yes/no", rule("a", looks, "True"), otherwise="False"),
            define("beside", "yes/no", rule("a", "below", "True"), otherwise="False"),
            define("above", "yes/no", rule("a", "beside and below", "True"), otherwise="False"),
        ],
    )  # fmt: skip
    loaded = loaded_of(pack)
    atoms: list[Atom] = [{"fact": "g", "is": "true"}]

    found = [tuple(world.settle(name, [])[0] for name in order) for world in kernel.worlds_of(loaded, atoms, [symbol])]

    assert sorted(found, key=repr) == [(kernel.FALSE,) * 3, (kernel.TRUE,) * 3]


def test_an_indicator_that_is_not_stated_is_split() -> None:
    """Whatever it is, transport at C keeps the works in the lower tier: each of its values shows that, and no proof is needed."""
    pack = load_pack(ROOT / "policy" / "urumqi-2025")
    case = load_case(ROOT / "scenarios" / "a-missing-indicator-leaves-the-level-open.yaml", pack)
    (asked,) = asked_by_name(pack, case, ["attained_tier"])
    certifier = Certifier(pack)

    text = certifier.certificate(case, asked, Deciding(pack, case).answer(asked))

    evidence = json.loads(text)["evidence"]
    assert evidence["split"] == [{"fact": "lines[0].indicators.fugitive"}]
    assert "lrat" not in evidence
    kernel.check(text.encode(), certifier.loaded)
