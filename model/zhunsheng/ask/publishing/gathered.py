"""What concerns each provision: gathered once, for whoever tells the pack provision by provision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from zhunsheng.ask.checking.findings import Finding
from zhunsheng.ask.publishing.touched import touched
from zhunsheng.lang.amendment import Amended
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem
from zhunsheng.lang.wording import levels


@dataclass
class Concerning:
    """Names, in the order of the pack; cases and amendments by the file's stem, theorems by name, findings by
    key."""

    readings: list[str] = field(default_factory=list)
    discretions: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)
    theorems: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    amendments: list[str] = field(default_factory=list)


def gathered(
    pack: Pack, cases: Mapping[str, Case], theorems: Sequence[Theorem] = (), findings: Iterable[Finding] = (),
    amendments: Mapping[str, Amended] = MappingProxyType({}),
) -> Mapping[str, Concerning]:  # fmt: skip
    """For each provision what names it. What names a part that the pack does not hold concerns the whole it is part of."""
    found = {ref: Concerning() for ref in pack.provisions}

    def note(kind: str, name: str, refs: Iterable[str]) -> None:
        for ref in dict.fromkeys(whole for ref in refs if (whole := holding(pack, ref))):
            getattr(found[ref], kind).append(name)

    for reading in pack.readings.values():
        note("readings", reading.name, reading.provisions)
    for discretion in pack.discretions.values():
        note("discretions", discretion.name, [discretion.provision])
    for one in pack.notes.values():
        note("notes", one.name, one.provisions)
    for parameter in pack.parameters.values():
        note("parameters", parameter.name, [parameter.provision])
    for theorem in theorems:
        note("theorems", theorem.name, theorem.provisions)
    for finding in findings:
        note("findings", finding.key, finding.provisions)
    for stem, case in cases.items():
        note("cases", stem, case.provisions)
    for stem, amended in amendments.items():
        note("amendments", stem, touched(amended))
    return found


def holding(pack: Pack, ref: str) -> str:
    """The provision itself, or the smallest the pack has that it is part of; empty for none."""
    parts = levels(ref)
    wholes = ("".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((whole for whole in wholes if whole in pack.provisions), "")
