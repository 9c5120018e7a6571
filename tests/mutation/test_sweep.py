"""No rule and no override can go unnoticed: without any one of them a scenario, a theorem or a recorded finding fails.

Scenarios are tried first, since they are cheap. What none of them notices stands in `sweep.yaml`, with the theorem or the record
that does, or with the reason why nothing does. `ALL=1`: every rule and override; else a fixed sample, and all that is listed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from mutation.catching import Checks
from mutation.mutants import Mutant, mutants_of
from zhunsheng.ask.proving.proving import Proving
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Verdict
from zhunsheng.read import load_pack, load_scenario, load_theorems

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
DATA = TESTS / "data" / "sweep.yaml"
TAKEN_AWAY = ("rule dropped", "override removed")
EVERY = 1 if os.environ.get("ALL") else 24


@dataclass(frozen=True)
class Listed:
    """What no scenario notices: `by_theorem` or `by_record` notices it, or `because` says why nothing does."""

    mutant: str
    by_theorem: str = ""
    by_record: str = ""
    because: str = ""


@cache
def law() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


@cache
def listed() -> dict[str, Listed]:
    entries: list[dict[str, Any]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return {entry["mutant"]: Listed(**entry) for entry in entries}


@cache
def checks() -> Checks:
    files = sorted((ROOT / "scenarios").glob("*.yaml"))
    return Checks(law(), [case for file in files for case in load_scenario(file, law())])


def taken_away() -> list[Mutant]:
    """Every rule and every override of the pack, taken away; of a duty, those that anyone wrote."""
    there = [name for name in law().definitions if not name.startswith("duty ") or law().definitions[name].rules]
    return [mutant for name in there for mutant in mutants_of(law(), name) if mutant.operator in TAKEN_AWAY]


def named(mutant: Mutant) -> str:
    return str(mutant).strip(" |")


def contradicted(mutant: Mutant) -> bool:
    """Whether the facts of some scenario would contradict an assumption."""
    consulting = [one for one in law().assumptions if mutant.changed in checks().cones.exprs([one.that]).definitions]
    known = {id(check.known): check.known for found in checks().by_name.values() for check in found} if consulting else {}
    return any(one.by(mutant.pack, one.cones).run.assumption(assumption) for one in known.values() for assumption in consulting)


def test_what_is_taken_away_is_noticed_by_a_scenario_or_listed(capsys: pytest.CaptureFixture[str]) -> None:
    found = taken_away()
    tried = [mutant for number, mutant in enumerate(found) if number % EVERY == 0 or named(mutant) in listed()]

    unnoticed = {named(mutant) for mutant in tried if checks().catching(mutant) is None and not contradicted(mutant)}

    with capsys.disabled():
        noticed = len(tried) - len(unnoticed)
        print(f"\n{len(tried)} of {len(found)} rules and overrides taken away: {noticed} noticed by scenarios")
    assert unnoticed == listed().keys()


def test_each_entry_names_what_notices_it_or_says_why_nothing_does() -> None:
    for entry in listed().values():
        assert sum(map(bool, (entry.by_theorem, entry.by_record, entry.because))) == 1, entry


def test_a_record_that_names_the_rule_no_longer_holds_without_it() -> None:
    recorded = {key for owner in (*law().readings.values(), *law().notes.values()) for key in owner.findings}
    for entry in listed().values():
        if entry.by_record:
            definition, rule = entry.mutant.split(" | ")[1].split("/")
            assert entry.by_record in recorded
            assert entry.by_record.split(" ")[1:3] == [definition, rule]


@pytest.mark.parametrize("entry", [entry for entry in listed().values() if entry.by_theorem], ids=lambda entry: entry.mutant)
def test_the_theorem_named_comes_to_something_else_without_it(entry: Listed) -> None:
    """A proved one is refuted by a small case, or the small case that refuted it is there no more."""
    mutant = next(mutant for mutant in taken_away() if named(mutant) == entry.mutant)
    theorem = next(one for one in load_theorems(ROOT / "proofs", law()) if one.name == entry.by_theorem)

    came = [(variant.expect, Proving(mutant.pack, theorem, variant).among_small()) for variant in theorem.variants]

    assert any((proof is not None) != (expected is Verdict.REFUTED) for expected, proof in came)
