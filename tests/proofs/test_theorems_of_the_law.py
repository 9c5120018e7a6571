"""The theorems in `proofs/`: each comes to what its file expects, and another solver and more elements agree."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import cvc5
import pytest

from zhunsheng.ask.deciding.decide import decide
from zhunsheng.ask.deciding.sealing import Sealing
from zhunsheng.ask.proving.prove import Proof, Proving, prove
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem, Verdict
from zhunsheng.read import load_pack, load_theorems, parse_case
from zhunsheng.show.deciding.case_yaml import case_text

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "proofs").glob("*.yaml"))
BY_FILE = [pytest.param(file, id=file.stem, marks=pytest.mark.xdist_group(file.stem)) for file in FILES]
"""One process for each file: its theorems are proved once."""
ALL = bool(os.environ.get("ALL"))
EVERY = 1 if ALL else 20
"""Of how many variants one is tried again with more elements and with the other solver."""
FEW, SHORT = (10_000, 100_000_000) if ALL else (5, 40_000)
"""The most elements, and the longest script, that is tried so: with ALL, whatever there is of what is proved."""
PATIENCE = "60000"
"""Milliseconds that the other solver has for one script."""
NO_OPINION = {
    "filing-review-and-site-check-follow-one-another",
    "the-report-is-due-after-the-site-check",
    "two-a-day-never-relieve-the-branch",
    "more-applications-never-take-relief-away",
}
"""Theorems about many days of receipt and working days, of which it has none by then."""
MOST_REFUTED = 12
"""Of refuted variants, the most elements with which the other solver is asked for a case."""


@cache
def law() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


@cache
def sealing() -> Sealing:
    return Sealing(law())


@cache
def theorems(file: Path) -> tuple[Theorem, ...]:
    return load_theorems([file], law())


@cache
def proofs(file: Path) -> tuple[Proof, ...]:
    return prove(law(), theorems(file))


def names(found: list[Proof]) -> list[tuple[str, dict[str, str], str]]:
    return [(proof.theorem.name, dict(proof.variant.readings), proof.verdict.value) for proof in found]


def test_there_are_enough_of_them() -> None:
    assert sum(len(theorems(file)) for file in FILES) >= 80


@pytest.mark.parametrize("file", BY_FILE)
def test_every_verdict_is_the_one_expected(file: Path) -> None:
    assert names([proof for proof in proofs(file) if not proof.as_expected]) == []


@pytest.mark.parametrize("file", BY_FILE)
def test_no_premise_is_one_that_no_reading_needs(file: Path) -> None:
    unneeded: dict[str, frozenset[int]] = {}
    for proof in proofs(file):
        if proof.verdict is Verdict.PROVED:
            here = frozenset(proof.unneeded)
            unneeded[proof.theorem.name] = unneeded.get(proof.theorem.name, here) & here
    assert {name: found for name, found in unneeded.items() if found} == {}


@pytest.mark.parametrize("file", BY_FILE)
def test_every_case_that_refutes_is_a_case_file_that_can_be_decided(file: Path) -> None:
    for proof in proofs(file)[::EVERY]:
        for case in (proof.counterexample, proof.example):
            if case is not None:
                text = case_text(law(), case.before)
                decide(law(), parse_case(text, "refuted.yaml", law()), ["grade_in_force"], firmness=False)


@pytest.mark.parametrize("file", BY_FILE)
def test_two_more_elements_change_no_verdict(file: Path) -> None:
    proved = [proof for proof in proofs(file) if proof.verdict is Verdict.PROVED and sum(proof.slots.values()) <= FEW]
    again = [Proving(law(), one.theorem, one.variant, more=2, sealing=sealing()).proof() for one in proved[::EVERY]]
    assert names([proof for proof in again if proof.verdict is not Verdict.PROVED]) == []


@pytest.mark.parametrize("file", BY_FILE)
def test_another_solver_says_the_same_of_the_exported_formulas(file: Path) -> None:
    undecided = set()
    for proof in [one for one in proofs(file) if sum(one.slots.values()) <= most(one)][::EVERY]:
        scripts = Proving(law(), proof.theorem, proof.variant, sealing=sealing()).scripts()
        if max(map(len, scripts)) <= SHORT:
            answers = {second_opinion(text) for text in scripts}
            if answers - {"sat", "unsat"}:
                undecided.add(proof.theorem.name)
            else:
                assert ("sat" in answers) == (proof.verdict is Verdict.REFUTED), proof.theorem.name
    assert undecided <= NO_OPINION


def test_an_exported_formula_assumes_what_its_proof_cannot_do_without() -> None:
    """This one needs an assumption that calls for elements of its own, which most proofs leave out."""
    wanted = "wherever-there-is-room-item-5-leaves-a-lawful-choice"
    (theorem,) = (one for file in FILES for one in theorems(file) if one.name == wanted)

    scripts = Proving(law(), theorem, theorem.variants[0], sealing=sealing()).scripts()

    assert {second_opinion(text) for text in scripts} == {"unsat"}


def most(proof: Proof) -> int:
    """The most elements with which the other solver is asked."""
    return min(FEW, MOST_REFUTED) if proof.verdict is Verdict.REFUTED else FEW


def second_opinion(script: str) -> str:
    """What cvc5 says of a script."""
    solver = cvc5.Solver()
    solver.setOption("tlimit-per", PATIENCE)
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, script, "theorem")
    symbols, said = parser.getSymbolManager(), ""
    while not (command := parser.nextCommand()).isNull():
        said += command.invoke(solver, symbols)
    return said.strip()
