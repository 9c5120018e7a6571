"""Checks and proofs as JSON: stable within a format version, the same in every language. `check_schema` describes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zhunsheng.ask.checking.findings import Checked, Finding
from zhunsheng.ask.proving.prove import Counterexample, Proof
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Type, Value
from zhunsheng.lang.unparse import unparse
from zhunsheng.narrate import values
from zhunsheng.show.checking.findings import Findings
from zhunsheng.show.deciding.case_yaml import case_mapping
from zhunsheng.show.deciding.json import FORMAT, Json, text_json


def checked_json(pack: Pack, checked: Checked) -> Json:
    """Every finding, in the order of the pack, every key always there."""
    theorems = {proof.theorem.name: proof.theorem for proof in checked.proofs}
    say = {lang: Findings(pack, lang, theorems) for lang in ("zh", "en")}
    return {
        "format": FORMAT,
        "pack": _pack(pack),
        "findings": [_finding(pack, one, say) for one in checked.findings],
        "stale": [{"owner": owner, "key": key} for owner, key in checked.stale],
        "not_shown": [{"what": what, "why": why} for what, why in checked.not_shown],
        "asked": {kind.value: number for kind, number in checked.asked.items()},
        "theorems": [proof_json(pack, proof) for proof in checked.proofs],
    }


def proofs_json(pack: Pack, proofs: Sequence[Proof]) -> Json:
    """Every variant of every theorem."""
    return {"format": FORMAT, "pack": _pack(pack), "theorems": [proof_json(pack, proof) for proof in proofs]}


def proof_json(pack: Pack, proof: Proof) -> Json:
    """One variant of a theorem, every key always there."""
    theorem, variant = proof.theorem, proof.variant
    return {
        "theorem": theorem.name,
        "says": text_json(theorem.says),
        "provisions": list(theorem.provisions),
        "readings": "all" if variant.every else dict(variant.readings),
        "verdict": proof.verdict.value,
        "expected": variant.expect.value,
        "as_expected": proof.as_expected,
        "slots": dict(proof.slots),
        "horizon": {"from": proof.horizon[0].isoformat(), "to": proof.horizon[1].isoformat()},
        "counterexample": _example(pack, proof, proof.counterexample),
        "example": _example(pack, proof, proof.example),
        "unneeded": [unparse(theorem.given[index]) for index in proof.unneeded],
        "trivial": proof.trivial,
        "rules": None if proof.rules is None else [{"definition": name, "rule": rule} for name, rule in proof.rules],
        "why": proof.why,
    }


def _pack(pack: Pack) -> Json:
    return {"id": pack.name, "digest": pack.digest, "version": pack.version}


def _finding(pack: Pack, finding: Finding, say: Mapping[str, Findings]) -> Json:
    definition = pack.definitions.get(finding.subject)
    types = dict(definition.parameters) if definition is not None else {}
    return {
        "kind": finding.kind.value,
        "key": finding.key,
        "fault": finding.kind.fault,
        "recorded": finding.recorded,
        "says": {lang: findings.sentence(finding) for lang, findings in say.items()},
        "provisions": list(finding.provisions),
        "subject": finding.subject,
        "parts": list(finding.parts),
        "arguments": {name: _value(pack, value, types.get(name)) for name, value in finding.arguments.items()},
        "answer": finding.answer,
        "outcomes": list(finding.outcomes),
        "readings": dict(finding.readings),
        "case": None if finding.case is None else case_mapping(pack, finding.case),
        "bounded": finding.bounded,
    }


def _example(pack: Pack, proof: Proof, found: Counterexample | None) -> Json | None:
    if found is None:
        return None
    types = {name.name: name.type for name in proof.theorem.names}
    return {
        "before": case_mapping(pack, found.before),
        "after": None if found.after is None else case_mapping(pack, found.after),
        "names": {name: _value(pack, value, types.get(name)) for name, value in found.names.items()},
    }


def _value(pack: Pack, value: Value, type_: Type | None) -> object:
    """A value in its written form; an element by its path."""
    return values.written(pack, value, type_ or Type("text"))
