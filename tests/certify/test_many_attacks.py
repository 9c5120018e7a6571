"""Certificates changed by a liar, class by class, each written and digested anew. None that says something false is accepted.

For each class it is known what a change leaves: a claim that is false, evidence that cannot be taken, or a claim that is as true
as before (then either verdict is right). With ALL=1 ten thousand are tried; the counts are printed with `-s`.
"""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import os
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from garden_findings import garden, theorems
from zhunsheng.ask.answers import asked_by_name
from zhunsheng.ask.certificates import certificate
from zhunsheng.ask.decide import Deciding
from zhunsheng.ask.prove import prove
from zhunsheng.ask.theorem_certificates import theorem_certificate
from zhunsheng.certify import claims, kernel
from zhunsheng.read import load_scenario
from zhunsheng.read.vocabulary import canonical

ROOT = Path(__file__).parents[2]
GARDEN_CASES = ROOT / "tests" / "data" / "garden"
ALL = bool(os.environ.get("ALL"))
FALSE, BAD_EVIDENCE, TRUE = "the claim is false", "the evidence cannot be taken", "the claim is as true as before"
Data = Any


@dataclass(frozen=True)
class Base:
    """Certificates that are accepted, and the pack they are about as data."""

    pack: Data
    sealed: tuple[Data, ...]


@cache
def decisions() -> Base:
    """Decisions of the garden, determined and open."""
    pack, sealed = garden(), []
    for name in ("barred", "open"):
        case = load_scenario(GARDEN_CASES / f"{name}.yaml", pack)[0]
        for asked in asked_by_name(pack, case, ["may_draw", "barred_until", "allowance"]):
            answer = Deciding(pack, case, with_firmness=False, with_dependence=False).answer(asked)
            if answer.complete and answer.outcomes:
                sealed.append(json.loads(certificate(pack, case, asked, answer)))
    return Base(json.loads(pack.canonical), tuple(sealed))


@cache
def proved() -> Base:
    pack = garden()
    loaded = kernel.Pack(pack.canonical.encode())
    found = prove(pack, theorems(pack))
    return Base(json.loads(pack.canonical), tuple(json.loads(theorem_certificate(pack, one, loaded)) for one in found))


def of_kind(kind: str) -> list[Data]:
    base = proved() if kind in ("theorem", "refuted") else decisions()
    return [data for data in base.sealed if data["kind"] == kind]


@cache
def read(raw: bytes) -> kernel.Pack:
    return kernel.Pack(raw)


def judged(data: Data, pack: Data) -> str:
    raw = canonical(pack).encode()
    try:
        return claims.check(canonical(data).encode(), read(raw))[0]
    except kernel.Refused as reason:
        return f"REFUSED: {reason}"


def redigested(data: Data, pack: Data) -> None:
    data["pack"]["digest"] = hashlib.sha256(canonical(pack).encode()).hexdigest()


# -- attacks: each changes its certificate (and perhaps the pack) and says what is left


def numbers_of(data: Data, rng: Random) -> tuple[Data, list[int]]:
    """One of the proofs, and its numbers."""
    proof = rng.choice([one for one in data["evidence"]["proofs"] if one["lrat"]])
    return proof, [int(word) for word in zlib.decompress(base64.b64decode(proof["lrat"])).split()]


def put_back(proof: Data, numbers: list[int]) -> None:
    proof["lrat"] = base64.b64encode(zlib.compress(" ".join(map(str, numbers)).encode())).decode()


def steps_of(numbers: list[int]) -> list[list[int]]:
    steps, here, zeros = [], [], 0
    for number in numbers:
        here.append(number)
        zeros += number == 0
        if zeros == 2:
            steps.append(here)
            here, zeros = [], 0
    return steps


def truncated(data: Data, _: Data, rng: Random) -> str:
    proof, numbers = numbers_of(data, rng)
    put_back(proof, numbers[: rng.randrange(len(numbers) - 1)])
    return BAD_EVIDENCE


def without_its_end(data: Data, _: Data, rng: Random) -> str:
    proof, numbers = numbers_of(data, rng)
    steps = steps_of(numbers)[:-1]
    put_back(proof, [number for step in steps[: rng.randrange(len(steps) + 1)] for number in step])
    return BAD_EVIDENCE


def reordered(data: Data, _: Data, rng: Random) -> str:
    proof, numbers = numbers_of(data, rng)
    steps = steps_of(numbers)
    a, b = rng.randrange(len(steps)), rng.randrange(len(steps))
    steps[a], steps[b] = steps[b], steps[a]
    put_back(proof, [number for step in steps for number in step])
    return TRUE


def doubled(data: Data, _: Data, rng: Random) -> str:
    proof, numbers = numbers_of(data, rng)
    steps = steps_of(numbers)
    steps.insert(rng.randrange(len(steps)), rng.choice(steps))
    put_back(proof, [number for step in steps for number in step])
    return TRUE


def flipped(data: Data, _: Data, rng: Random) -> str:
    proof, numbers = numbers_of(data, rng)
    place = rng.randrange(len(numbers))
    numbers[place] = rng.choice([-numbers[place], numbers[place] ^ (1 << rng.randrange(12)), 0, 10**12])
    put_back(proof, numbers)
    return TRUE


def characters_flipped(data: Data, _: Data, rng: Random) -> str:
    proof = rng.choice([one for one in data["evidence"]["proofs"] if one["lrat"]])
    place = rng.randrange(len(proof["lrat"]))
    proof["lrat"] = proof["lrat"][:place] + rng.choice("AZaz09+/=准") + proof["lrat"][place + 1 :]
    return TRUE


def false_with_a_proof_of_something_true(data: Data, _: Data, rng: Random) -> str:
    """What a case refutes, as a theorem, with its own number of slots and another's proof, whole or changed."""
    other = rng.choice(of_kind("refuted"))
    proof = rng.choice(data["evidence"]["proofs"])["lrat"]
    data["claim"], data["evidence"]["case"] = copy.deepcopy(other["claim"]), copy.deepcopy(other["evidence"]["case"])
    data["evidence"]["proofs"] = [{"slots": slots, "lrat": proof} for slots in slots_of(canonical(other["claim"]))]
    if rng.random() < 0.7 and proof:
        flipped(data, _, rng)
    return FALSE


@cache
def slots_of(claim: str) -> tuple[dict[str, int], ...]:
    pack = kernel.Pack(garden().canonical.encode())
    theorem = claims.Theorem(pack, json.loads(claim))
    return tuple(claims.bound_of(theorem, places, sorted(pack.assumptions)) for places in theorem.patterns())


def fewer_slots(data: Data, _: Data, rng: Random) -> str:
    slots = rng.choice(data["evidence"]["proofs"])["slots"]
    name = rng.choice(sorted(slots) or ["wasted"])
    slots[name] = max(0, slots.get(name, 0) + rng.choice([-2, -1, 1, 5]))
    return BAD_EVIDENCE


def other_horizon(data: Data, _: Data, rng: Random) -> str:
    data["claim"]["horizon"][rng.choice(["from", "to"])] = f"20{rng.randrange(50, 99)}-0{rng.randrange(1, 10)}-11"
    return BAD_EVIDENCE


def weaker_premises(data: Data, _: Data, rng: Random) -> str:
    """The claim denied: nothing that a proof of it could show."""
    theorem = data["claim"]["theorem"]
    theorem["claim"] = rng.choice([f"not ({theorem['claim']})", "1 == 2", "after(barred_until) == none", "before(may_draw)"])
    return FALSE


def witness_swapped(data: Data, _: Data, rng: Random) -> str:
    """A case of another theorem, which has other names or breaks nothing here."""
    other = rng.choice([one for one in of_kind("theorem") if one["claim"] != data["claim"]])
    data["evidence"]["case"] = copy.deepcopy(other["evidence"]["case"])
    return BAD_EVIDENCE if data["kind"] == "refuted" and set(other["evidence"]["case"]["names"]) != names(data) else TRUE


def names(data: Data) -> set[str]:
    return {name for name, _ in data["claim"]["theorem"]["for"]}


def witness_without_an_atom(data: Data, _: Data, rng: Random) -> str:
    atoms = data["evidence"]["case"]["atoms"]
    del atoms[rng.randrange(len(atoms))]
    return TRUE


def proved_called_refuted(data: Data, _: Data, rng: Random) -> str:
    data["kind"] = "refuted"
    data["evidence"] = {"case": copy.deepcopy(data["evidence"]["case"])}
    for atom in data["evidence"]["case"]["atoms"]:
        if str(atom.get("fact", "")).endswith("seen_on") and rng.random() < 0.8:
            atom["is"] = f"2025-0{rng.randrange(1, 10)}-{rng.randrange(10, 28)}"
    return FALSE


def edited_pack(data: Data, pack: Data, rng: Random) -> str:
    """A rule's value is another; the certificate still names the pack as it was."""
    rules = [rule for one in pack["definitions"] for rule in one.get("rules", ())]
    rule = rng.choice(rules)
    rule["when"] = rng.choice([f"not ({rule['when']})", "False", f"({rule['when']}) and as_of == as_of"])
    return BAD_EVIDENCE


def other_outcome(data: Data, _: Data, rng: Random) -> str:
    outcome = rng.choice(data["claim"]["outcomes"])
    day = f"20{rng.randrange(10, 40)}-0{rng.randrange(1, 10)}-{rng.randrange(10, 28)}"
    choices: list[Any] = [{"failure": "gap"}, {"failure": "conflict"}, {"failure": "no_data"}, {"value": "none"}]
    choices += [{"value": word} for word in ("true", "false", day, "high", "low")]
    new = rng.choice([one for one in choices if one != outcome])
    data["claim"]["outcomes"] = [new if one == outcome else one for one in data["claim"]["outcomes"]]
    return BAD_EVIDENCE


def withheld_fact(data: Data, _: Data, rng: Random) -> str:
    atoms = data["claim"]["atoms"]
    if data["kind"] == "open decision" or not atoms:
        return TRUE
    del atoms[rng.randrange(len(atoms))]
    return BAD_EVIDENCE


def outcome_left_out(data: Data, _: Data, rng: Random) -> str:
    place = rng.randrange(len(data["claim"]["outcomes"]))
    del data["claim"]["outcomes"][place]
    if rng.random() < 0.5:
        del data["evidence"]["cases"][place]
    return BAD_EVIDENCE


def outcome_made_up(data: Data, _: Data, rng: Random) -> str:
    other_outcome(data, _, rng)
    return BAD_EVIDENCE


def cases_swapped(data: Data, _: Data, rng: Random) -> str:
    cases = data["evidence"]["cases"]
    rng.choice([cases.reverse, lambda: cases.append(cases[0]), lambda: cases.pop(), lambda: cases.__setitem__(0, cases[-1])])()
    return BAD_EVIDENCE


def invented_rule(data: Data, _: Data, rng: Random) -> str:
    rule = {"definition": "may_draw", "args": [], "rule": "rents-a-plot", "status": "fired"}
    changed = rng.choice([{"rule": f"r{rng.randrange(99)}"}, {"status": "stands"}, {"definition": "reply_by"}, {"args": ["A"]}])
    data["evidence"].setdefault("rules", []).insert(0, {**rule, **changed})
    return BAD_EVIDENCE


def impossible_fact(data: Data, _: Data, rng: Random) -> str:
    fact = rng.choice(["as_of", "plot_rented", "wasted[0].seen_on", "wasted[0].nothing", "nothing", "wasted"])
    value: Any = rng.choice(["1999-01-01", "2025-02-30", "9999-12-31", "maybe", -1, 10**9, {"years": 1}, []])
    data["claim"]["atoms"].append({"fact": fact, "is": value})
    return BAD_EVIDENCE


def another_pack(data: Data, _: Data, rng: Random) -> str:
    key = rng.choice(["id", "digest"])
    text = data["pack"][key]
    place = rng.randrange(len(text))
    data["pack"][key] = text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :]
    return BAD_EVIDENCE


PROOF_ATTACKS: dict[str, tuple[str, Callable[[Data, Data, Random], str]]] = {
    "proof truncated": ("theorem", truncated), "proof without its end": ("theorem", without_its_end),
    "steps reordered": ("theorem", reordered), "a step twice": ("theorem", doubled), "a number changed": ("theorem", flipped),
    "a character changed": ("theorem", characters_flipped),
    "false, with a proof of something true": ("theorem", false_with_a_proof_of_something_true),
    "wrong bound": ("theorem", fewer_slots), "wrong horizon": ("theorem", other_horizon),
    "another claim under the same proof": ("theorem", weaker_premises),
    "pack edited under the old digest, theorem": ("theorem", edited_pack),
    "witness swapped": ("refuted", witness_swapped), "witness lacks a fact": ("refuted", witness_without_an_atom),
    "proved called refuted": ("theorem", proved_called_refuted),
}  # fmt: skip
OPEN_ATTACKS = {
    "open: an outcome left out": ("open decision", outcome_left_out), "open: another outcome": ("open decision", outcome_made_up),
    "open: cases swapped": ("open decision", cases_swapped), "open: a rule invented": ("open decision", invented_rule),
}  # fmt: skip
DECISION_ATTACKS = {
    "another outcome": ("decision", other_outcome), "a needed fact withheld": ("decision", withheld_fact),
    "a rule invented": ("decision", invented_rule), "a fact that cannot be": ("decision", impossible_fact),
    "another pack": ("decision", another_pack), "pack edited under the old digest": ("decision", edited_pack),
}  # fmt: skip
CLASSES = {**PROOF_ATTACKS, **OPEN_ATTACKS, **DECISION_ATTACKS}
EACH = {"theorem": 420 if ALL else 4, "refuted": 420 if ALL else 12, "decision": 420 if ALL else 12,
        "open decision": 420 if ALL else 12}  # fmt: skip
"""How many of a class are tried, by the kind of certificate: a theorem's takes the kernel a fifth of a second."""


@pytest.mark.parametrize("name", CLASSES)
def test_no_attack_of_this_class_is_wrongly_accepted(name: str) -> None:
    kind, attack = CLASSES[name]
    verdicts: Counter[str] = Counter()

    @settings(max_examples=EACH[kind], deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(seed=st.integers(0, 2**40))
    def tried(seed: int) -> None:
        rng = Random(seed)
        data = copy.deepcopy(rng.choice(of_kind(kind)))
        pack = copy.deepcopy((proved() if kind in ("theorem", "refuted") else decisions()).pack)
        before = canonical(data)
        left = attack(data, pack, rng)
        verdict = judged(data, pack)
        same = canonical(data) == before and attack is not edited_pack
        verdicts[verdict.partition(":")[2].strip()[:60] or "accepted"] += 1
        assert same or left == TRUE or verdict.startswith("REFUSED: "), (left, verdict)

    tried()
    print(f"\n{name}: {sum(verdicts.values())} tried; " + "; ".join(f"{n} × {why}" for why, n in verdicts.most_common()))
    assert sum(verdicts.values()) >= EACH[kind]


@pytest.mark.parametrize("kind", ["decision", "open decision", "theorem", "refuted"])
def test_what_is_attacked_is_accepted_as_it_stands(kind: str) -> None:
    base = proved() if kind in ("theorem", "refuted") else decisions()

    assert of_kind(kind)
    assert [judged(data, base.pack)[:4] for data in of_kind(kind)] == ["Pack"] * len(of_kind(kind))


def test_at_least_half_of_all_attacks_are_on_proofs_and_open_decisions_and_ten_thousand_can_be_tried() -> None:
    assert 2 * (len(PROOF_ATTACKS) + len(OPEN_ATTACKS)) >= len(CLASSES)
    assert 420 * len(CLASSES) >= 10_000
