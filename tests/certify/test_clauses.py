"""Clauses and the reference meaning: equal on complete cases, and equal on every case that an unknown one may be."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generate import completions, random_case, random_pack
from kernel_values import lawful_run, node_values, possible, questions
from zhunsheng.ask.certifying.certificates import as_data, atoms_of
from zhunsheng.ask.deciding.answers import ElementAt, all_asked, duties_asked
from zhunsheng.ask.deciding.replay import for_reference
from zhunsheng.ask.deciding.worlds import worlds
from zhunsheng.certify import clauses, kernel
from zhunsheng.certify.clauses import FALSE, TRUE, Guarded
from zhunsheng.lang import outcome
from zhunsheng.lang.case import Listing
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Special
from zhunsheng.read import canonical_pack, load_pack, load_scenario

ROOT = Path(__file__).parents[2]
PACKS = 400 if os.environ.get("ALL") else 24
EVERY = 1 if os.environ.get("ALL") else 40


def decided(found: Guarded, node: list[bool] | None = None) -> kernel.Possible:
    """The one outcome that an assignment (without one: folding) leaves."""
    def true(literal: int) -> bool:
        assert node is not None or literal in (FALSE, TRUE)
        return literal == TRUE if node is None else node[literal >> 1] != bool(literal & 1)

    ranks = [rank for rank, condition in found.fails if true(condition)]
    atoms = [atom for atom, condition in found.atoms if true(condition)]
    assert bool(ranks) != bool(atoms)
    if ranks:
        return kernel.failure(max(ranks))
    numbers = {number(atom[1], node) for atom in atoms if isinstance(atom, tuple) and atom[0] == "#"}
    if numbers:
        assert len(numbers) == 1
        assert len(atoms) == sum(isinstance(a, tuple) and a[0] == "#" for a in atoms)
        return kernel.span(*numbers, *numbers)
    assert len(atoms) == 1
    return kernel.of(*atoms)


def number(bits: clauses.Bits, node: list[bool] | None) -> int:
    known = [bool(bit) if node is None else node[bit >> 1] != bool(bit & 1) for bit in bits]
    return sum(bit << place for place, bit in enumerate(known)) - (known[-1] << len(bits))


def test_every_answer_of_complete_scenarios_folds_to_the_references() -> None:
    pack = load_pack(ROOT / "policy" / "urumqi-2025")
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
            members = {name: [(("@", name, n), TRUE) for n in range(size)] for name, size in world.complete.items()}
            side = clauses.Side(clauses.Problem(loaded, world), members, readings)
            for asked in [*all_asked(pack, case), *(one for duty in pack.duties for one in duties_asked(duty))]:
                args = [clauses.always(("@", a.collection, a.index)) if isinstance(a, ElementAt)
                        else clauses.constant(possible(a)) for a in asked.args]  # fmt: skip
                expected = outcome.strongest(run.definition(asked.definition, for_reference(asked.args)))
                assert decided(side.settle(asked.definition, args)) == possible(expected), (file.name, asked.key)
                compared += 1
    assert compared > 500


# -- every case that an unknown one may be


class Noting(clauses.Problem):
    """Notes the inputs of each free symbol, in the order of what they choose."""

    def __init__(self, pack: kernel.Pack) -> None:
        super().__init__(pack)
        self.inputs: dict[Any, list[int]] = {}

    def symbol(self, path: Any, domain: kernel.Possible) -> Guarded:
        start = len(self.circuit.gates)
        found = super().symbol(path, domain)
        made = [2 * n for n in range(start, len(self.circuit.gates)) if self.circuit.gates[n] is None]
        self.inputs.setdefault(path, made)
        return found

    def assigned(self, path: Any, value: Any) -> dict[int, bool]:
        """Inputs that make a symbol this value."""
        atoms = [atom for atom, _ in self.symbols[path].atoms]
        numeric = isinstance(value, int) and not isinstance(value, bool)
        place = next(n for n, a in enumerate(atoms) if (isinstance(a, tuple) and a[0] == "#" if numeric else a == value))
        choose, bits = self.inputs[path][: len(atoms) - 1], self.inputs[path][len(atoms) - 1 :]
        found = {one: n == place for n, one in enumerate(choose)}
        return found | ({bit: bool(value >> n & 1) for n, bit in enumerate(bits)} if numeric else {})


def as_atom(value: Any, texts: dict[str, int]) -> Any:
    match value:
        case Special(name=name):
            return (name,)
        case date():
            return value.toordinal()
        case str() if value in texts:
            return texts[value]
    return value


def facts_of(pack: Pack, facts: Any) -> Iterator[tuple[Any, Any]]:
    """Each scalar fact with its path as the kernel has it."""
    for name, spec in pack.facts.items():
        value = facts[name]
        if spec.type is None:
            yield ("@", name), ("none",) if isinstance(value, Special) else ("@", name)
            yield from ((("@", name, field), one) for field, one in ({} if isinstance(value, Special) else value).items())
        else:
            yield ("@", name), value
    for name in pack.collections:
        for n, element in enumerate(facts[name].elements):
            yield from ((("@", name, n, field), one) for field, one in element.items())


@pytest.mark.parametrize("telling", [False, True])
@pytest.mark.parametrize("block", range(4))
def test_clauses_come_to_what_the_reference_does_in_every_case_they_may_be(block: int, telling: bool) -> None:
    """Whether values that exclude each other are told apart, as in decisions, or not, as in theorems."""
    compared = 0
    for seed in range(block, PACKS, 4):
        pack = random_pack(seed)
        case = random_case(seed * 5, pack, unknown=0.5)
        compared += compare(random.Random(seed), pack, case, telling)
    assert compared > 200


def compare(rng: random.Random, pack: Pack, case: Any, telling: bool) -> int:
    loaded = kernel.Pack(canonical_pack(pack).encode())
    filled = rng.sample(filled := list(itertools.islice(completions(pack, case, 2), 500)), min(6, len(filled)))
    members = {}
    problem = Noting(loaded)
    problem.circuit.telling = telling
    for name in pack.collections:
        most = max(len(facts[name].elements) for facts in filled)
        members[name] = [(("@", name, n), problem.circuit.input()) for n in range(most)]
    side = clauses.Side(problem, members, {})
    asked = questions(pack, case)
    found = [side.settle(name, [constant(one) for one in args]) for name, _, args in asked]
    compared = 0
    for facts in filled:
        readings = {one: rng.choice([option.name for option in spec.options]) for one, spec in pack.readings.items()}
        run = lawful_run(pack, facts, readings, {"level": rng.choice(["B", "C", "D"])})
        inputs = told(pack, problem, members, facts, readings, run.choices)
        node = node_values(problem.circuit, inputs)
        for (name, args, _), guarded in zip(asked, found, strict=True):
            expected = possible(outcome.strongest(run.definition(name, args)))
            if all(getattr(arg, "index", 0) < len(facts[getattr(arg, "collection", "")].elements)
                   for arg in args if hasattr(arg, "collection")):  # fmt: skip
                assert decided(guarded, node) == expected, (name, args)
                compared += 1
    return compared


def constant(one: kernel.Possible) -> Guarded:
    return clauses.constant(one)


def told(pack: Pack, problem: Noting, members: Any, facts: Any, readings: Any, choices: Any) -> dict[int, bool]:
    """Inputs for a complete case."""
    inputs: dict[int, bool] = {}
    texts: dict[str, int] = {}
    for name, slots in members.items():
        size = len(facts[name].elements)
        inputs |= {present: n < size for n, (_, present) in enumerate(slots)}
        assert isinstance(facts[name], Listing)
    for path, value in facts_of(pack, facts):
        entries = [((*path, key), one) for key, one in value.items()] if isinstance(value, dict) else [(path, value)]
        for place, one in entries:
            known = problem.symbols.get(place)
            if known is not None and isinstance(one, str) and kernel_text(pack, place):
                texts.setdefault(one, len(texts))
            if known is not None:
                inputs |= problem.assigned(place, as_atom(one, texts))
    for name, option in readings.items():
        if ("reading", name) in problem.symbols:
            inputs |= problem.assigned(("reading", name), option)
    for name, value in choices.items():
        if ("", "choice", name) in problem.symbols:
            inputs |= problem.assigned(("", "choice", name), value if not isinstance(value, bool) else as_data(value) == "true")
    return inputs


def kernel_text(pack: Pack, path: Any) -> bool:
    if path[1] not in pack.collections:
        return False
    spec = pack.collections[path[1]].field(path[3])
    return spec is not None and spec.type is not None and spec.type.base == "text"
