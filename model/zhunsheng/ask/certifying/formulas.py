"""The clauses that a certificate's proofs are about, worked out anew: for other programs that check proofs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from zhunsheng.certify import claims, compared, kernel
from zhunsheng.certify.dimacs import Formula


def formulas(certificate: bytes, pack: bytes, amended: bytes | None = None) -> Iterator[Formula]:
    """One for each proof of a certificate that the kernel accepts. Raises `kernel.Refused` where it does not, or has none."""
    data = json.loads(certificate)
    compared.check(certificate, pack, amended)
    loaded = kernel.Pack(pack)
    match data["kind"]:
        case "theorem":
            yield from _theorem(loaded, data)
        case "comparison" if amended is not None:
            yield from _comparison(loaded, kernel.Pack(amended), data)
        case "decision" | "open decision" if "lrat" in data["evidence"]:
            settled, evidence = claims.Settled(loaded, data["claim"]), data["evidence"]
            settled.leave_open(evidence.get("open", []))
            side, asserted = settled.formula(evidence["slots"], evidence["assumed"])
            yield Formula(data["claim"]["definition"], side.circuit.gates, asserted, evidence["lrat"])
        case kind:
            raise kernel.Refused(f"a certificate of the kind {kind!r} has no proof by clauses")


def _theorem(loaded: kernel.Pack, data: Any) -> Iterator[Formula]:
    theorem, evidence = claims.Theorem(loaded, data["claim"]), data["evidence"]
    theorem.leave_open(evidence.get("open", []))
    name = data["claim"]["theorem"]["name"]
    for number, (places, proof) in enumerate(zip(theorem.patterns(), evidence["proofs"], strict=True)):
        formula = claims.whole_formula(theorem, places, proof["slots"])
        asserted = [*formula.premises(evidence["assumed"]), formula.broken()]
        yield Formula(f"{name}{f'.{number}' if number else ''}", formula.circuit.gates, asserted, proof["lrat"])


def _comparison(before: kernel.Pack, after: kernel.Pack, data: Any) -> Iterator[Formula]:
    laws = compared.Laws((before, after), data["claim"])
    for claim, evidence in zip(data["claim"]["answers"], data["evidence"]["answers"], strict=True):
        answer, assumed = compared.Answer(laws, claim), [evidence["assumed"][side] for side in compared.SIDES]
        for number, (places, proof) in enumerate(zip(claims.placings(answer.listed, set()), evidence["proofs"], strict=True)):
            both, asserted = compared.asserted_of(answer, places, proof["slots"], assumed)
            yield Formula(f"{answer.name}{f'.{number}' if number else ''}", both.circuit.gates, asserted, proof["lrat"])
