"""Each theorem that is proved could be false: a pack with one small fault, named in `theorem-mutants.yaml`, refutes it.

So the proof is about what the rules say, and whoever changes them so would be told. A fixed sample is tried, with `ALL=1` all."""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from mutation.mutants import mutant_named
from zhunsheng.ask.proving.proving import Proving
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem, Variant, Verdict
from zhunsheng.read import load_pack, load_theorems

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "theorem-mutants.yaml"
EVERY = 1 if os.environ.get("ALL") else 8
Entry = dict[str, Any]


@cache
def entries() -> list[Entry]:
    found: list[Entry] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return found


@cache
def law() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


@cache
def theorems() -> dict[str, Theorem]:
    return {theorem.name: theorem for theorem in load_theorems(ROOT / "proofs", law())}


def named(theorem: str, readings: Any) -> str:
    said = readings if isinstance(readings, str) else ", ".join(f"{name}={option}" for name, option in readings.items())
    return f"{theorem} under {said}"


def taken(variant: Variant) -> Any:
    return "all" if variant.every else dict(variant.readings) or "default"


def proved() -> dict[str, tuple[Theorem, Variant]]:
    """Every claim that is proved, by what it is called here."""
    return {
        named(theorem.name, taken(variant)): (theorem, variant)
        for theorem in theorems().values()
        for variant in theorem.variants
        if variant.expect is Verdict.PROVED
    }


def test_every_claim_that_is_proved_has_its_fault() -> None:
    listed = Counter(named(entry["theorem"], entry["readings"]) for entry in entries())

    assert listed == Counter(list(proved()))


@pytest.mark.parametrize(
    "entry",
    entries()[::EVERY],
    ids=lambda entry: named(entry["theorem"], entry["readings"]),
)
def test_the_fault_refutes_the_claim(entry: Entry) -> None:
    theorem, variant = proved()[named(entry["theorem"], entry["readings"])]

    refuted = Proving(mutant_named(law(), entry["mutant"]).pack, theorem, variant).among_small()

    assert refuted is not None
    assert refuted.verdict is Verdict.REFUTED
