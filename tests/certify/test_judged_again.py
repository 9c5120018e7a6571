"""The judge of facts remembers what definitions came to: never anything but what the kernel finds by itself, and where a fact is
dropped that changes nothing further up, nothing further up is worked out again."""

from __future__ import annotations

import gc
import os
import random
import weakref
from collections.abc import Iterator
from datetime import date

from building import define, rule, tiny_pack
from generate import random_case, random_pack
from zhunsheng.ask.certifying.atoms import Atom, stated
from zhunsheng.ask.certifying.remembered import Memory, World, told
from zhunsheng.certify import kernel
from zhunsheng.lang.pack import Pack
from zhunsheng.read import canonical_pack

PACKS = 300 if os.environ.get("ALL") else 40
SETS = 12


def loaded_of(pack: Pack) -> kernel.Pack:
    return kernel.Pack(canonical_pack(pack).encode())


def judged(loaded: kernel.Pack, atoms: list[Atom], memory: Memory) -> World:
    loaded.steps = 0
    return World(loaded, [told(loaded, atom) for atom in atoms], memory)


def sets_of_atoms(seed: int, pack: Pack) -> Iterator[list[Atom]]:
    """All that a case states, and then mostly one fact less, so that neighbours have much in common."""
    chance = random.Random(seed)
    for more in range(3):
        atoms = stated(pack, random_case(seed * 10 + more, pack, unknown=0.2))
        yield atoms
        for _ in range(SETS):
            left = [atom for atom in atoms if chance.random() > 0.15]
            yield left
            yield [atom for atom in left if chance.random() > 0.05]


def test_with_a_memory_everything_is_as_the_kernel_has_it() -> None:
    compared = 0
    for seed in range(PACKS):
        pack = random_pack(seed)
        loaded, memory = loaded_of(pack), Memory()
        names = [name for name, definition in pack.definitions.items() if not definition.parameters]
        for atoms in sets_of_atoms(seed, pack):
            for name in names:
                world = judged(loaded, atoms, memory)

                found = world.settle(name, [])

                assert found == kernel.World(loaded, atoms).settle(name, []), (seed, name, atoms)
                looked = [atom for atom in atoms if told(loaded, atom).symbols() & world.seen]
                assert found[0] == kernel.World(loaded, looked).settle(name, [])[0], (seed, name, atoms)
                compared += 1
    assert compared > PACKS * SETS


def test_what_was_come_to_without_a_choice_is_not_taken_for_every_choice_once_one_has_a_part_in_it() -> None:
    pack = tiny_pack(
        enumerations={"grade": "C B A"}, facts={"a": "yes/no", "b": "yes/no"}, discretions={"level": ("grade", "may")},
        definitions=[
            define("fits", "yes/no", rule("whatever", "a or level == C", "True"), otherwise="False"),
            define("may", "yes/no", rule("fitting", "fits", "True"), rule("b", "b", "True"), otherwise="False"),
            define("chosen", "grade", rule("so", "True", "level")),
        ],
    )  # fmt: skip
    loaded, memory = loaded_of(pack), Memory()
    cases: list[dict[str, str]] = [{"a": "true", "b": "false"}, {"a": "false", "b": "false"}, {"b": "false"}, {"b": "true"}, {}]
    for values in (*cases, *reversed(cases)):
        atoms: list[Atom] = [{"fact": name, "is": value} for name, value in values.items()]
        world = judged(loaded, atoms, memory)

        found = world.settle("chosen", [])

        assert found == kernel.World(loaded, atoms).settle("chosen", []), values


def test_a_world_goes_as_soon_as_nobody_holds_it() -> None:
    """What is kept holds no world, and no world itself: while certificates are made nobody looks for what only holds itself."""
    pack = random_pack(3)
    loaded, memory = loaded_of(pack), Memory()
    gc.collect()
    gc.disable()
    try:
        world = judged(loaded, stated(pack, random_case(31, pack, unknown=0.2)), memory)
        for name, definition in pack.definitions.items():
            if not definition.parameters:
                world.settle(name, [])
        gone = weakref.ref(world)
        del world

        assert gone() is None
        assert memory.kept
    finally:
        gc.enable()


def test_what_calls_a_definition_is_worked_out_again_only_where_that_comes_to_something_else() -> None:
    chain = [define("d0", "yes/no", rule("late", "on >= date(2025, 1, 1) and sure", "True"), otherwise="False")]
    chain += [
        define(f"d{n}", "yes/no", rule("as-below", f"d{n - 1} and not (d{n - 1} and not sure)", "True"), otherwise="False")
        for n in range(1, 9)
    ]  # fmt: skip
    pack = tiny_pack(facts={"on": "day", "sure": "yes/no"}, definitions=chain)
    loaded, memory = loaded_of(pack), Memory()

    def steps(on: date) -> int:
        atoms: list[Atom] = [{"fact": "on", "is": on.isoformat()}, {"fact": "sure", "is": "true"}]
        world = judged(loaded, atoms, memory)
        found = world.settle("d8", [])
        spent = loaded.steps
        assert found == kernel.World(loaded, atoms).settle("d8", [])
        return spent

    first, same, other = steps(date(2025, 3, 1)), steps(date(2026, 3, 1)), steps(date(2024, 3, 1))

    assert same * 4 < first
    assert other > same * 2
