"""What a certificate lists is needed: without any one atom, or with another value in its place, the claim does not stand."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from zhunsheng.ask.certifying.certificates import Certifier
from zhunsheng.ask.deciding.answers import all_asked
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.certify import kernel
from zhunsheng.errors import NoCertificate, NotShown
from zhunsheng.read import load_pack, load_scenario
from zhunsheng.read.vocabulary import canonical

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "scenarios").glob("*.yaml"))
ALL = bool(os.environ.get("ALL"))
SAMPLED = FILES if ALL else [ROOT / "scenarios" / "the-year-after-a-downgrade-ends-with-the-anniversary-day.yaml"]
ANSWERS = ("may_apply", "locked_out_until")
"""Of the scenarios sampled; of all of them, every answer."""


def certified() -> Iterator[tuple[str, dict[str, Any], kernel.Pack]]:
    """Certificates of answers with one outcome."""
    pack = load_pack(ROOT / "policy" / "urumqi-2025")
    certifier = Certifier(pack)
    for file in SAMPLED:
        case = load_scenario(file, pack)[0]
        deciding = Deciding(pack, case, with_firmness=False, with_dependence=False)
        for one in (one for one in all_asked(pack, case) if ALL or one.key in ANSWERS):
            try:
                answer = deciding.answer(one)
                data = json.loads(certifier.certificate(case, one, answer)) if len(answer.outcomes) == 1 else {"evidence": "lrat"}
                if "lrat" not in data["evidence"]:  # those that rest on a proof: see test_proved_decisions
                    yield f"{file.stem}: {one.key}", data, certifier.loaded
            except (NoCertificate, NotShown):
                continue


def holds(data: dict[str, Any], loaded: kernel.Pack) -> bool:
    try:
        kernel.check(canonical(data).encode(), loaded)
    except kernel.Refused:
        return False
    return True


def with_atoms(data: dict[str, Any], atoms: list[Any]) -> dict[str, Any]:
    """The same claim from other atoms; how rules stand is not claimed, so that the outcome alone decides."""
    return {**data, "claim": {**data["claim"], "atoms": atoms}, "evidence": {**data["evidence"], "rules": []}}


def others(atom: dict[str, Any], loaded: kernel.Pack) -> list[dict[str, Any]]:
    """The same atom with other values: every one where they can be listed, a day or number on either side else."""
    try:
        return [{**other} for other in kernel.ways(loaded, {k: v for k, v in atom.items() if k != "is"}) if other != atom]
    except kernel.Refused:
        pass
    said = atom["is"]
    if isinstance(said, int):
        return [{**atom, "is": said + step} for step in (-1, 1, 400) if said + step >= 0]
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return []
    return [{**atom, "is": (day + timedelta(days=step)).isoformat()} for step in (-800, -1, 1, 800)]


def test_no_atom_can_be_dropped_and_none_is_there_for_show() -> None:
    """Of each atom dropped, the claim is refused. Of the atoms replaced, some value is refused for nearly every one: a value on
    the same side of a threshold may leave the claim true, which is no error."""
    dropped = replaced = moved = 0
    unmoved: list[str] = []
    for name, data, loaded in certified():
        atoms = data["claim"]["atoms"]
        assert holds(with_atoms(data, atoms), loaded), name
        for index, atom in enumerate(atoms):
            rest = [*atoms[:index], *atoms[index + 1 :]]
            assert not holds(with_atoms(data, rest), loaded), (name, atom)
            dropped += 1
            verdicts = [holds(with_atoms(data, [*rest, other]), loaded) for other in others(atom, loaded)]
            replaced += len(verdicts)
            moved += not all(verdicts)
            unmoved += [f"{name}: {atom}"] if verdicts and all(verdicts) else []
    assert dropped >= 6
    assert replaced >= 12
    assert moved >= 3 * len(unmoved), unmoved
