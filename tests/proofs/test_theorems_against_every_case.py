"""No theorem is proved that a small case refutes: laws and theorems made up at random, held against every small case."""

from __future__ import annotations

import itertools
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from small_laws import GRADES, NAMES, every_case, law
from zhunsheng.ask.proving.prove import prove
from zhunsheng.evaluate import Element
from zhunsheng.evaluate.theorem import Instance, judge
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Ranges, Theorem, Verdict
from zhunsheng.read import load_theorems

LAWS = 60 if os.environ.get("ALL") else 8
CHANGES = {
    "k": ["remove: k", "set: k.grade\n    to: C", "set: k.grade\n    to: D", "set: applied\n    to: k.name"], "w": ["add: w"],
    "g": ["set: flag\n    to: true"], "m": ["swap: [k, m]", "remove: m"],
}  # fmt: skip
NAMED = [{"k": "in lines"}, {"g": "grade"}, {"k": "in lines", "g": "grade"}, {"w": "new lines"},
         {"k": "in lines", "m": "in lines"}, {"w": "new lines", "k": "in lines"}]  # fmt: skip
OF_NAMES = {
    "k": ["k.mark == k.grade", "named(k.name)", "k.mark == C", "applied == k.name"],
    "g": ["judged(g)", "any(l.grade == g for l in lines)"], "m": ["m.grade == D", "m.name == k.name"], "w": ["w.grade == C"],
}  # fmt: skip
PLAIN = ["whole", "few == C", "flag", "any(l.mark == D for l in lines)", "count(l for l in lines) >= 2"]
TOLD = ["whole", "few == C", "named(applied)", "judged(C)"]


def text(rng: random.Random) -> str:
    names = rng.choice(NAMED)
    said = [each for name in names for each in OF_NAMES[name]] + PLAIN
    changes = [each for name in names for each in CHANGES[name]]
    if "w" in names or rng.random() < 0.5:
        change = "add: w" if "w" in names else rng.choice(changes)
        told = TOLD + [each for name in names if name == "g" for each in OF_NAMES[name]]
        one, other = rng.choice(told), rng.choice(told)
        claim = rng.choice([f"before({one}) or not after({one})", f"not before({one}) or after({other})",
                            f"before({one}) == after({one})"])  # fmt: skip
    else:
        change, claim = "", f"({rng.choice(said)}) or not ({rng.choice(said)})"
    given = rng.choice(["", f"given:\n  - {rng.choice([one for one in said if 'w.' not in one or change])}\n"])
    changed = f"change:\n  - {change}\n" if change else ""
    rest = f"{given}{changed}claim: >-\n  {claim}\nexpect: proved\n"
    spoken = [f"  {name}: {ranges}\n" for name, ranges in names.items() if re.search(rf"\b{name}\b", rest)]
    beginning = "theorem: t\nsays: {zh: 一, en: One}\nprovisions: []\nreadings: all\n"
    return beginning + "".join(["for:\n", *spoken] if spoken else []) + rest


def instances(pack: Pack, theorem: Theorem) -> Iterator[Instance]:
    """Every small case with everything that the theorem's names may stand for there."""
    for run in every_case(pack):
        lines = run.facts.facts["lines"].elements
        options: list[list[tuple[str, Any]]] = []
        for name in theorem.names:
            match name.ranges:
                case Ranges.ELEMENT:
                    options.append([(name.name, Element("lines", index)) for index in range(len(lines))])
                case Ranges.VALUE:
                    options.append([(name.name, value) for value in (GRADES)])
                case Ranges.NEW:
                    taken = {line["name"] for line in lines} if pack.collections["lines"].key else set()
                    free = [name for name in NAMES if name not in taken]
                    options.append([(name.name, {"name": one, "grade": grade}) for one in free for grade in GRADES])
        for chosen in itertools.product(*options):
            new = {name: value for name, value in chosen if isinstance(value, dict)}
            names = {name: value for name, value in chosen if name not in new}
            yield Instance(run.facts.facts, {}, {}, {}, names, new)


def refuted(pack: Pack, theorem: Theorem) -> bool:
    return any(judge(pack, theorem, one).counterexample(theorem) for one in instances(pack, theorem))


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[int, Verdict, bool]]:
    found = []
    for seed in range(LAWS):
        rng, pack = random.Random(seed), law(seed)
        for number in range(3):
            path: Path = tmp_path_factory.mktemp("theorem") / f"{number}.yaml"
            path.write_text(text(rng), encoding="utf-8")
            (theorem,) = load_theorems(path, pack)
            (proof,) = prove(pack, [theorem])
            found.append((seed, proof.verdict, refuted(pack, theorem)))
    return found


def test_what_a_small_case_refutes_is_not_proved(tried: list[tuple[int, Verdict, bool]]) -> None:
    wrong = [(seed, verdict) for seed, verdict, counterexample in tried if counterexample and verdict is not Verdict.REFUTED]

    assert wrong == []


def test_the_sample_has_proofs_and_refutations(tried: list[tuple[int, Verdict, bool]]) -> None:
    verdicts = [verdict for _, verdict, _ in tried]

    assert verdicts.count(Verdict.PROVED) >= 2
    assert verdicts.count(Verdict.REFUTED) >= 5
