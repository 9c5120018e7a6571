"""Proofs of certificates before a checker that others wrote, in the forms of the trade."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from certify.test_comparisons import garden as comparison_of
from certify.test_theorem_certificates import LOADED, PACK, PROOFS
from zhunsheng import cli
from zhunsheng.ask.certifying.formulas import formulas
from zhunsheng.ask.certifying.theorem_certificates import theorem_certificate
from zhunsheng.certify.dimacs import Exported, exported
from zhunsheng.lang.theorem import Verdict
from zhunsheng.read import load_pack
from zhunsheng.read.vocabulary import canonical

dratify = pytest.importorskip("dratify")
ROOT = Path(__file__).parents[2]
ALL = bool(os.environ.get("ALL"))
KEPT = [path for path in sorted((ROOT / "proofs" / "certificates").glob("*.json")) if b'"lrat":"' in path.read_bytes()]
"""The certificates of the law's theorems that hold a proof."""
EVERY = 6 if ALL else 64
"""Of how many of them one is put to it."""
ENOUGH = 15 if ALL else 1
"""So many at least, others if those of the sample have too large a formula."""
LARGEST, LARGEST_FORMULA = (200_000, 4_000_000) if ALL else (20_000, 1_000_000)
"""The largest certificate, in bytes, and formula, in characters: it is slow."""


@cache
def all_exported() -> dict[str, Exported]:
    """Every proof of the garden's theorems and of an amendment of it."""
    found = {}
    for proof in PROOFS:
        if proof.verdict is Verdict.PROVED:
            sealed = theorem_certificate(PACK, proof, LOADED).encode()
            found |= {one.name: exported(one) for one in formulas(sealed, PACK.canonical.encode())}
    comparison, data = comparison_of("month-of-two-weeks")
    laws = comparison.amended
    parts = canonical(data).encode(), laws.base.canonical.encode(), laws.pack.canonical.encode()
    return found | {one.name: exported(one) for one in formulas(*parts)}


def accepted(cnf: str, drup: str) -> bool:
    return bool(dratify.check_proof(dratify.parse_dimacs(cnf), drup, check_rat=False).ok)


def test_another_checker_takes_every_proof() -> None:
    assert set(all_exported()) >= {"more-waste-never-helps", "may_draw", "barred_until"}
    for name, one in all_exported().items():
        assert accepted(one.cnf, one.drup), name


def test_another_checker_takes_proofs_of_the_laws_theorems() -> None:
    raw, taken = load_pack(ROOT / "policy" / "urumqi-2025").canonical.encode(), 0
    small = [each for each in KEPT if each.stat().st_size < LARGEST]
    sample = small[EVERY // 2 :: EVERY]
    for path in [*sample, *(each for each in small if each not in sample)]:
        if taken >= ENOUGH and path not in sample:
            break
        for one in formulas(path.read_bytes(), raw):
            found = exported(one)
            if len(found.cnf) < LARGEST_FORMULA:
                assert accepted(found.cnf, found.drup), path.stem
                taken += 1
    assert taken >= ENOUGH


def test_it_refuses_a_proof_that_lacks_a_step() -> None:
    one = all_exported()["more-waste-never-helps"]
    steps = one.drup.splitlines(keepends=True)

    assert not accepted(one.cnf, steps[-1])


def test_each_step_of_the_lrat_file_follows_from_lines_before_it() -> None:
    for one in all_exported().values():
        known = {n: set(map(int, line.split()[:-1])) for n, line in enumerate(one.cnf.splitlines()[1:], 1)}
        for line in one.lrat.splitlines():
            number, *rest = map(int, line.split())
            literals, hints = rest[: rest.index(0)], rest[rest.index(0) + 1 : -1]
            true = {-literal for literal in literals}
            for hint in hints:
                left = [literal for literal in known[hint] if -literal not in true]
                assert len(left) <= 1
                true |= set(left)
            assert not left
            known[number] = set(literals)
        assert literals == []


def test_the_command_writes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    proof = next(proof for proof in PROOFS if proof.verdict is Verdict.PROVED)
    (tmp_path / "c.json").write_text(theorem_certificate(PACK, proof, LOADED), encoding="utf-8")
    pack = str(ROOT / "tests" / "packs" / "garden")

    code = cli.main(["export", "dimacs", str(tmp_path / "c.json"), str(tmp_path / "out"), "--pack", pack, "--lang", "en"])

    assert (code, capsys.readouterr().err) == (0, "")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"{proof.theorem.name}.{ending}" for ending in ("cnf", "drup", "lrat")
    ]
    assert (tmp_path / "out" / f"{proof.theorem.name}.cnf").read_text() == all_exported()[proof.theorem.name].cnf


def test_what_has_no_proof_is_said_to_have_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    proof = next(proof for proof in PROOFS if proof.verdict is Verdict.REFUTED)
    path = tmp_path / "c.json"
    path.write_text(theorem_certificate(PACK, proof, LOADED), encoding="utf-8")
    pack = str(ROOT / "tests" / "packs" / "garden")

    code = cli.main(["export", "dimacs", str(path), str(tmp_path / "out"), "--pack", pack, "--lang", "en"])

    assert code == 2
    assert capsys.readouterr().err == (
        f"The input has 1 problem:\n\n{path}: its proofs cannot be written out: "
        "a certificate of the kind 'refuted' has no proof by clauses\n"
    )
