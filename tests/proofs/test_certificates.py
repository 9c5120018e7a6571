"""The certificates in `proofs/certificates`: one for each theorem that is proved or refuted, and the kernel takes them."""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from zhunsheng.ask.certifying.theorem_certificates import claim_data
from zhunsheng.certify import claims, kernel
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Verdict
from zhunsheng.read import load_pack, load_theorems
from zhunsheng.read.vocabulary import canonical

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "proofs" / "certificates"
AGAIN = "zhunsheng prove --certificates proofs/certificates --force"
"""Writes them anew. Proofs that still hold are taken over."""
EVERY = 1 if os.environ.get("ALL") else 10
MOST_BYTES = 15_000_000
"""What the repository holds of them."""
KINDS = {Verdict.PROVED: "theorem", Verdict.REFUTED: "refuted"}


@cache
def law() -> tuple[Pack, kernel.Pack]:
    pack = load_pack(ROOT / "policy" / "urumqi-2025")
    return pack, kernel.Pack(pack.canonical.encode())


@cache
def expected() -> dict[str, tuple[str, dict[str, Any]]]:
    """By the name of its file, the kind of each certificate that should be there and what it should claim."""
    found = {}
    for theorem in load_theorems([ROOT / "proofs"], law()[0]):
        for number, variant in enumerate(theorem.variants):
            name = f"{theorem.name}{f'.{number}' if number else ''}"
            found[name] = KINDS[variant.expect], claim_data(law()[0], theorem, variant)
    return found


def files() -> list[Path]:
    return sorted(FOLDER.glob("*.json"))


def test_every_theorem_has_its_certificate() -> None:
    assert {path.stem for path in files()} == set(expected())


def test_all_together_they_stay_small() -> None:
    sizes = [path.stat().st_size for path in files()]

    assert max(sizes) < kernel.LARGEST["certificate"]
    assert sum(sizes) < MOST_BYTES


def test_each_claims_its_theorem() -> None:
    for path in files():
        data = json.loads(path.read_bytes())
        assert (data["kind"], data["claim"]) == expected()[path.stem], path.stem


def test_they_are_about_the_pack_as_it_is() -> None:
    digest = hashlib.sha256(law()[0].canonical.encode()).hexdigest()

    assert {json.loads(path.read_bytes())["pack"]["digest"] for path in files()} == {digest}, AGAIN


@pytest.mark.parametrize("kind", ["theorem", "refuted"])
def test_the_kernel_takes_what_they_show_of_the_pack_as_it_is(kind: str) -> None:
    """Looked at under today's digest: a certificate of another edition is another failure, see above."""
    pack, loaded = law()
    chosen = [path for path in files() if expected()[path.stem][0] == kind][:: EVERY]
    for path in chosen:
        data = json.loads(path.read_bytes())
        data["pack"]["digest"] = loaded.digest
        assert claims.check(canonical(data).encode(), loaded)[0] == f"Pack {pack.name}, SHA-256 {loaded.digest}"
    assert len(chosen) >= 5
