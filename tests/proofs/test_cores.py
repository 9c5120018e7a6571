"""Together the proofs use every rule of articles 5 and 15 to 20: for each there is a theorem whose proof rests on it.

`proof-cores.yaml` says which theorem. What a proof rests on is what is left of it once rules it can do without are set free
(`prove --rules`); a fixed sample is found anew, with `ALL=1` everything."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from zhunsheng.ask.proving.proving import Proving
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem, Variant, Verdict
from zhunsheng.read import load_pack, load_theorems

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "proof-cores.yaml"
ARTICLES = {"5", "15", "16", "17", "18", "19", "20"}
EVERY = 1 if os.environ.get("ALL") else 9


@dataclass(frozen=True)
class Core:
    """A theorem under some readings, and rules (`definition/rule`) that its proof rests on."""

    theorem: str
    readings: Any
    uses: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.theorem} {self.readings}"


@cache
def data() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return found


def cores() -> list[Core]:
    return [Core(entry["theorem"], entry["readings"], tuple(entry["uses"])) for entry in data()["cores"]]


@cache
def law() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


@cache
def theorems() -> dict[str, Theorem]:
    return {theorem.name: theorem for theorem in load_theorems(ROOT / "proofs", law())}


def variant(core: Core) -> Variant:
    wanted = {} if isinstance(core.readings, str) else core.readings
    every = core.readings == "all"
    return next(one for one in theorems()[core.theorem].variants if (one.readings, one.every) == (wanted, every))


def rules_of_the_articles() -> set[str]:
    return {
        f"{definition.name}/{rule.name}"
        for definition in law().definitions.values()
        for rule in definition.rules
        if (article := re.match(r"\d+", rule.provision)) and article[0] in ARTICLES
    }


def test_every_rule_has_a_proof_that_rests_on_it() -> None:
    used = {rule for core in cores() for rule in core.uses}

    assert used == rules_of_the_articles()


@pytest.mark.parametrize("core", cores(), ids=str)
def test_each_theorem_named_is_one_that_is_proved(core: Core) -> None:
    assert variant(core).expect is Verdict.PROVED


@pytest.mark.parametrize("core", cores()[::EVERY], ids=str)
def test_the_proof_rests_on_the_rules_named(core: Core) -> None:
    proof = Proving(law(), theorems()[core.theorem], variant(core), rules=True).proof()

    assert set(core.uses) <= {f"{definition}/{rule}" for definition, rule in proof.rules or ()}
