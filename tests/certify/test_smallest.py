"""Sets of facts that suffice: irreducible ones, and smallest ones, against every set there is."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator

from generate import random_case, random_pack
from zhunsheng.ask.certifying.atoms import Atom
from zhunsheng.ask.certifying.certificates import Certifier, irreducible
from zhunsheng.ask.certifying.smallest import smallest, smallest_of
from zhunsheng.ask.deciding import contradiction
from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.certify import kernel
from zhunsheng.errors import ContradictoryFacts, NotShown
from zhunsheng.lang.pack import Pack
from zhunsheng.read import canonical_pack

PACKS = 400 if os.environ.get("ALL") else 40
MOST_ATOMS = 14
"""Of a case of which every set of atoms is tried."""


def alone(loaded: kernel.Pack, asked: Asked, outcomes: list[object], atoms: list[Atom]) -> bool:
    """Whether the kernel, without a memory, sees no other outcome."""
    loaded.steps = 0
    judge = kernel.Asked(loaded, {"definition": asked.definition, "args": []})
    world = kernel.World(loaded, atoms)
    return judge.covers(world.settle(asked.definition, [])[0], outcomes)


def determined(seed: int) -> Iterator[tuple[Certifier, Pack, object, Asked, object]]:
    """Answers of a generated case that have one outcome."""
    pack = random_pack(seed)
    certifier = Certifier(pack, kernel.Pack(canonical_pack(pack).encode()))
    case = random_case(seed, pack, unknown=0.1)
    deciding = Deciding(pack, case, with_firmness=False, with_dependence=False)
    try:
        contradiction.refuse(deciding.problems)
    except ContradictoryFacts:
        return
    for name, definition in pack.definitions.items():
        if not definition.parameters:
            try:
                answer = deciding.answer(Asked(name, name))
            except NotShown:
                continue
            if answer.complete and len(answer.outcomes) == 1:
                yield certifier, pack, case, Asked(name, name), answer


def test_no_set_with_fewer_members_suffices() -> None:
    compared = 0
    for seed in range(PACKS):
        for certifier, _, case, asked, answer in determined(seed):
            try:
                judge, atoms, split = certifier.question(case, asked, answer)
                found = smallest(certifier, case, asked, answer).atoms
                kept = certifier.sufficient(case, asked, answer).atoms
            except NotShown:
                continue
            if split or len(atoms) > MOST_ATOMS:
                continue
            outcomes = list(judge.outcomes)

            assert alone(certifier.loaded, asked, outcomes, list(found))
            for fewer in itertools.combinations(atoms, len(found) - 1) if found else ():
                assert not alone(certifier.loaded, asked, outcomes, list(fewer)), (seed, asked.key)
            for atom in kept:
                assert not alone(certifier.loaded, asked, outcomes, [one for one in kept if one != atom]), (seed, asked.key)
            compared += 1
    assert compared >= PACKS // 2


def test_the_search_is_right_for_any_notion_of_sufficing() -> None:
    smaller = 0
    for seed in range(60):
        rng = random.Random(seed)
        atoms: list[Atom] = [{"fact": f"a{n}", "is": n} for n in range(8)]
        needed = [frozenset(rng.sample(range(8), rng.randint(1, 5))) for _ in range(rng.randint(1, 6))]

        def suffices(some: list[Atom], needed: list[frozenset[int]] = needed) -> bool:
            held = {atom["is"] for atom in some}
            return any(one <= held for one in needed)

        enough = irreducible(atoms, lambda fewer: fewer if suffices(fewer) else None)
        found = smallest_of(atoms, suffices, enough)

        assert suffices(found)
        assert len(found) == min(len(one) for one in needed)
        assert all(not suffices([one for one in enough if one != atom]) for atom in enough)
        smaller += len(found) < len(enough)
    assert smaller > 10  # the two notions differ
