"""Where a pack contradicts itself, where it is silent, what in it never matters: over all cases, by general means only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from zhunsheng.ask.checking.checking import Checking, Part
from zhunsheng.ask.checking.findings import Checked, Finding, Kind
from zhunsheng.ask.checking.memory import Memory
from zhunsheng.ask.checking.unused import static_findings
from zhunsheng.ask.kept import Kept
from zhunsheng.ask.proving.prove import Proof, prove
from zhunsheng.ask.workers import shared_out
from zhunsheng.lang.pack import Note, Pack, ReadingSpec
from zhunsheng.lang.theorem import Theorem, Verdict
from zhunsheng.solve.smt import give_back

TOGETHER = 10
"""Definitions that stand beside each other ask the same problems: so many are looked at by one process."""
RENEWED = 6 * TOGETHER
"""After so many the processes are made anew, so that none takes more than 300 MB."""
Progress = Callable[[str, int, int], None]


def check(
    pack: Pack,
    theorems: Sequence[Theorem] = (),
    *,
    under: str = "default",
    only: Iterable[Kind] = tuple(Kind),
    ignore_records: bool = False,
    progress: Progress | None = None,
    workers: int = 1,
    kept: Kept | None = None,
) -> Checked:
    """Every finding of a pack. `under`: the readings gaps, conflicts and priorities are looked for under (`default`, `each`
    change of one, `all`); what says *never* is looked at under all of them in any case. `only`: the kinds of findings that are
    looked for. `kept`: where answers of earlier runs are, and where new ones go."""
    kinds = frozenset(only)
    parts = _parts(pack, under, kinds, progress, workers, kept)
    proofs = prove(pack, theorems, progress=progress, workers=workers, kept=kept) if Kind.HOPE in kinds else ()
    everything = [*static_findings(pack, theorems), *(each for part in parts for each in part.findings), *_hopes(proofs)]
    # of one thing seen through several answers, the first
    findings = {finding.key: finding for finding in reversed(everything) if finding.kind in kinds}
    records = {} if ignore_records else {key: owner for key, owner in _records(pack).items() if _asked_for(key, kinds)}
    asked: dict[Kind, int] = {}
    for part in parts:
        for kind, number in part.asked.items():
            asked[kind] = asked.get(kind, 0) + number
    return Checked(
        tuple(replace(found, recorded=records.get(found.key, found.recorded)) for found in reversed(findings.values())),
        tuple((owner, key) for key, owner in records.items() if key not in findings),
        tuple(each for part in parts for each in part.not_shown),
        asked,
        proofs,
    )


def _parts(
    pack: Pack, under: str, kinds: frozenset[Kind], progress: Progress | None, workers: int, kept: Kept | None
) -> list[Part]:
    """Every part of the pack, looked at on so many processors."""
    memory = Memory() if kept is None else Memory(kept)
    checking = Checking(pack, under, memory, kinds)
    names = checking.parts()
    found = []

    def look(number: int) -> Part:
        """Those that are looked at together share the cases they meet; no others, so that it matters not who looks at what."""
        try:
            return checking.part(names[number], afresh=number % TOGETHER == 0)
        finally:
            give_back()

    looked_at = shared_out(look, len(names), workers, TOGETHER, RENEWED)
    for number, part in enumerate(looked_at):
        if progress:
            progress(names[number], number, len(names))
        memory.keep(part.new)
        found.append(part)
    return found


def _records(pack: Pack) -> dict[str, str]:
    """Each recorded finding's key with the reading or note that owns it."""
    owners: list[ReadingSpec | Note] = [*pack.readings.values(), *pack.notes.values()]
    return {key: owner.name for owner in owners for key in owner.findings}


def _asked_for(key: str, kinds: frozenset[Kind]) -> bool:
    """Whether a record is of one of these kinds. One of no kind there is can hold in no run."""
    word = key.partition(" ")[0]
    return word in {kind.value for kind in kinds} or word not in {kind.value for kind in Kind}


def _hopes(proofs: Sequence[Proof]) -> Iterator[Finding]:
    """What one might take for granted and does not hold."""
    for proof in proofs:
        if proof.verdict is Verdict.REFUTED and proof.counterexample is not None:
            theorem = proof.theorem
            key = " ".join(["hope", theorem.name, *(f"{name}={option}" for name, option in proof.variant.readings.items())])
            yield Finding(
                Kind.HOPE, key, theorem.provisions, theorem.name, readings=proof.variant.readings,
                case=proof.counterexample.before,
            )  # fmt: skip
