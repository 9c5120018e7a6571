"""The kernel's own bound: what more elements show, its elements show; and fewer would not do."""

from __future__ import annotations

import os
from typing import Any

import pytest

from generate import random_pack
from zhunsheng.certify import claims, kernel
from zhunsheng.certify.proofs import refutation
from zhunsheng.read import canonical_pack

PACKS = 240 if os.environ.get("ALL") else 48


def claim(pack: kernel.Pack, text: str) -> claims.Theorem:
    """That this is so in every case, however the text is read."""
    first, last = (kernel.date.fromordinal(day).isoformat() for day in pack.horizon)
    theorem = {"name": "generated", "for": [], "given": [], "change": [], "claim": text}
    return claims.Theorem(pack, {"theorem": theorem, "readings": {}, "horizon": {"from": first, "to": last}})


def can_fail(theorem: claims.Theorem, slots: dict[str, int]) -> bool:
    """Whether a case with so many elements breaks it."""
    formula = claims.whole_formula(theorem, {}, slots)
    return refutation(formula.circuit.gates, [*formula.premises([]), formula.broken()], 30_000) is None


def texts(pack: Any) -> list[str]:
    """Each yes/no definition without parameters, and its denial."""
    names = [n for n, d in pack.definitions.items() if d.type.base == "yes/no" and not d.parameters and not d.type.special]
    return [*names, *(f"not {name}" for name in names)]


@pytest.mark.parametrize("block", range(4))
def test_two_more_elements_of_each_list_break_nothing_that_the_bound_left_whole(block: int) -> None:
    compared = needed = 0
    for seed in range(block, PACKS, 4):
        pack = random_pack(seed, in_fragment=True)
        loaded = kernel.Pack(canonical_pack(pack).encode())
        for text in texts(pack):
            loaded.steps = 0
            theorem = claim(loaded, text)
            try:
                slots = claims.bound_of(theorem, {}, [])
                if sum(slots.values()) > 12:
                    continue
                found = can_fail(theorem, slots)
                assert found or not can_fail(theorem, {name: slots.get(name, 0) + 2 for name in loaded.collections}), (seed, text)
                needed += found and not can_fail(theorem, {})
                compared += 1
            except (kernel.Refused, TimeoutError):
                continue
    assert compared >= 5
    assert needed >= 1, "the test never needed an element"
