"""Theorems and refutations as certificates: made, judged by the kernel, and agreed on by two solvers that share no encoding."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from garden_findings import THEOREMS, garden, theorems
from zhunsheng import cli
from zhunsheng.ask.certifying.leaving_open import SLACK
from zhunsheng.ask.certifying.theorem_certificates import claim_data, theorem_certificate
from zhunsheng.ask.deciding.assumed import every_assumption
from zhunsheng.ask.proving.prove import Proof, Proving, prove
from zhunsheng.certify import claims, clauses, kernel
from zhunsheng.certify.proofs import refutation
from zhunsheng.lang.theorem import Verdict
from zhunsheng.read import canonical_pack, load_pack, load_theorems
from zhunsheng.read.canonical import digest_of
from zhunsheng.read.vocabulary import canonical

ROOT = Path(__file__).parents[2]
ALL = bool(os.environ.get("ALL"))
EVERY = 1 if ALL else 12
"""Of how many variants of the law's theorems one is looked at."""
PACK = garden()
LOADED = kernel.Pack(PACK.canonical.encode())
PROOFS = prove(PACK, theorems(PACK))


@cache
def certified() -> tuple[Any, ...]:
    return tuple(json.loads(theorem_certificate(PACK, proof, LOADED)) for proof in PROOFS)


def judged(data: Any) -> str:
    """What the kernel's words begin with."""
    try:
        return claims.check(canonical(data).encode(), LOADED)[0]
    except kernel.Refused as refused:
        return f"REFUSED: {refused}"


ACCEPTED = f"Pack {LOADED.name}, SHA-256 {LOADED.digest}"


def test_every_theorem_of_the_garden_has_a_certificate_of_what_it_came_to() -> None:
    kinds = {Verdict.PROVED: "theorem", Verdict.REFUTED: "refuted"}

    assert [data["kind"] for data in certified()] == [kinds[proof.verdict] for proof in PROOFS]
    assert {data["kind"] for data in certified()} == {"theorem", "refuted"}
    assert [judged(data) for data in certified()] == [ACCEPTED] * len(PROOFS)


def test_the_kernel_says_what_was_claimed_what_was_checked_and_what_is_trusted() -> None:
    data = next(data for data in certified() if data["claim"]["theorem"]["name"] == "more-waste-never-helps")
    end = ["Still trusted:", *[f"  {one}" for one in claims.TRUSTED]]

    said = claims.check(canonical(data).encode(), LOADED)

    assert said[1:3] == [
        "Claimed: the theorem 'more-waste-never-helps' is true of every case, read so:", "  however the text is read",
    ]  # fmt: skip
    assert said[3] == "Checked: no case breaks it, by clauses and a proof:"
    assert said[4].startswith("  2 wasted beyond those named: ")
    assert said[5:7] == [
        "  without assuming nothing-seen-before-the-garden", "Checked: a complete case in which its premises hold",
    ]  # fmt: skip
    assert said[7:] == end


def claimed_of(proof: Proof) -> claims.Theorem:
    LOADED.steps = 0
    return claims.Theorem(LOADED, claim_data(PACK, proof.theorem, proof.variant))


def formulas(theorem: claims.Theorem, assumed: list[str], more: int = 0) -> Iterator[tuple[clauses.Circuit, list[int]]]:
    """What is asserted of a counterexample, with `more` elements beyond the bound, for each way of naming elements."""
    for places in theorem.patterns():
        slots = {name: number + more for name, number in claims.bound_of(theorem, places, assumed).items()}
        formula = claims.whole_formula(theorem, places, slots)
        yield formula.circuit, [*formula.premises(assumed), formula.broken()]


def has_counterexample(theorem: claims.Theorem, assumed: list[str], more: int = 0) -> bool:
    """Whether the kernel's clauses can be met. Raises `TimeoutError`."""
    budget = 100_000 if ALL else 20_000
    return any(refutation(c.gates, asserted, budget) is None for c, asserted in formulas(theorem, assumed, more))


@pytest.mark.parametrize("more", [0, 2] if ALL else [0])
def test_clauses_and_constraints_agree_on_the_garden_with_the_bounds_elements_and_with_more(more: int) -> None:
    assumed = sorted(every_assumption(PACK))

    found = [has_counterexample(claimed_of(proof), assumed, more) for proof in PROOFS]

    assert found == [proof.verdict is Verdict.REFUTED for proof in PROOFS]


# -- the law


@cache
def law() -> tuple[Any, kernel.Pack]:
    pack = load_pack(ROOT / "policy" / "urumqi-2025")
    return pack, kernel.Pack(pack.canonical.encode())


FILES = sorted((ROOT / "proofs").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_whatever_is_refuted_has_a_counterexample_within_the_kernels_bound(file: Path) -> None:
    """A bound that is too small would leave no counterexample, and a proof of what is false. Of every so many, the
    first is looked at that the kernel can write down within its limits."""
    pack, loaded = law()
    variants = [(t, v) for t in load_theorems([file], pack) for v in t.variants if v.expect is Verdict.REFUTED]
    assumed, missed, looked = sorted(every_assumption(pack)), [], 0
    for first in range(0, len(variants), EVERY):
        for theorem, variant in variants[first : first + EVERY]:
            loaded.steps = 0
            try:
                found = has_counterexample(claims.Theorem(loaded, claim_data(pack, theorem, variant)), assumed)
            except (TimeoutError, kernel.Refused):
                continue
            looked += 1
            missed += [] if found else [(theorem.name, dict(variant.readings))]
            break
    assert missed == []
    assert looked or not variants


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_refutation_of_the_law_is_accepted_by_the_kernel(file: Path) -> None:
    pack, loaded = law()
    variants = [(t, v) for t in load_theorems([file], pack) for v in t.variants if v.expect is Verdict.REFUTED]
    for theorem, variant in variants[::EVERY]:
        proof = Proving(pack, theorem, variant).proof()
        sealed = theorem_certificate(pack, proof, loaded)
        assert json.loads(sealed)["kind"] == "refuted"


# -- the command


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main([*words, "--lang", "en"])
    streams = capsys.readouterr()
    return code, streams.out, streams.err


def test_prove_writes_certificates_and_takes_over_what_still_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "certificates"
    words = ["prove", str(THEOREMS), "--pack", str(ROOT / "tests" / "packs" / "garden"), "--certificates", str(folder)]

    code, _, errors = run(capsys, *words)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = run(capsys, *words)

    assert (code, errors) == (1, "")
    assert sorted(first) == sorted([
        "a-month-is-over-on-the-day.json", "more-waste-changes-nothing.1.json", "more-waste-changes-nothing.json",
        "more-waste-never-helps.json", "waste-bars.json",
    ])  # fmt: skip
    assert again[0] == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_a_certificate_whose_evidence_still_holds_keeps_its_case_too() -> None:
    for proof, data in zip(PROOFS, certified(), strict=True):
        earlier = copy.deepcopy(data)
        earlier["evidence"]["case"]["atoms"].reverse()

        again = json.loads(theorem_certificate(PACK, proof, LOADED, canonical(earlier)))

        assert again["evidence"] == earlier["evidence"] != data["evidence"]


def test_a_certificate_of_an_earlier_edition_gives_its_proof_to_the_next() -> None:
    proof, data = next((p, d) for p, d in zip(PROOFS, certified(), strict=True) if d["kind"] == "theorem")
    earlier = copy.deepcopy(data)
    earlier["pack"]["digest"] = "0" * 64
    earlier["made_by"] = "somebody else"

    sealed = json.loads(theorem_certificate(PACK, proof, LOADED, canonical(earlier)))

    assert sealed["evidence"]["proofs"] == data["evidence"]["proofs"]
    assert judged(sealed) == ACCEPTED


def test_what_is_taken_over_from_another_edition_is_what_would_be_made_from_nothing() -> None:
    """The editions differ in what no theorem turns on: their number, or half a year more that they speak of."""
    for changes in ({"version": "9.9.9"}, {"horizon": (PACK.horizon[0], date(2031, 6, 30))}):
        other = replace(PACK, **changes)
        text = canonical_pack(other)
        other = replace(other, canonical=text, digest=digest_of(text))
        loaded = kernel.Pack(text.encode())
        for proof, data in zip(prove(other, theorems(other)), certified(), strict=True):
            taken = json.loads(theorem_certificate(other, proof, loaded, canonical(data)))
            made = json.loads(theorem_certificate(other, proof, loaded))

            assert claims.check(canonical(taken).encode(), loaded)[0] == f"Pack garden, SHA-256 {loaded.digest}"
            assert {**taken, "evidence": {}} == {**made, "evidence": {}}
            assert as_good(taken["evidence"], made["evidence"])


def as_good(taken: Any, made: Any) -> bool:
    """It assumes no more, leaves the same open, needs no more elements, and is hardly longer: another case may show that the
    premises can hold."""
    sizes = [sum(len(proof["lrat"]) for proof in one.get("proofs", ())) for one in (taken, made)]
    slots = [[proof["slots"] for proof in one.get("proofs", ())] for one in (taken, made)]
    return bool(
        set(taken.get("assumed", ())) <= set(made.get("assumed", ())) and taken.get("open") == made.get("open")
        and slots[0] == slots[1] and sizes[0] <= SLACK * sizes[1]
    )


def test_a_proof_of_something_else_is_not_taken_over() -> None:
    proof, data = next((p, d) for p, d in zip(PROOFS, certified(), strict=True) if d["kind"] == "theorem")
    earlier = copy.deepcopy(data)
    earlier["evidence"]["proofs"] = [{"slots": {}, "lrat": ""}]

    assert json.loads(theorem_certificate(PACK, proof, LOADED, canonical(earlier))) == data
    assert json.loads(theorem_certificate(PACK, proof, LOADED, "no certificate")) == data
