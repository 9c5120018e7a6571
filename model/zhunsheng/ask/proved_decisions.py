"""A decided answer where possibilities are too coarse: a proof that no other outcome follows, from facts none of which it can
do without."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhunsheng.ask.assumed import demanding, every_assumption
from zhunsheng.ask.atoms import Atom
from zhunsheng.ask.few_assumptions import Attempt, rested_on, with_few
from zhunsheng.certify import claims, kernel
from zhunsheng.certify.proofs import refutation
from zhunsheng.errors import NotShown
from zhunsheng.lang.pack import Pack

CONFLICTS = 20_000
"""That the SAT solver may go through for one proof: a few seconds."""
MOST_TRIES = 80
"""How often a proof from fewer facts is looked for; what was not tried is kept, and then nothing is said of irreducible."""
Assumed = frozenset[str]


@dataclass(frozen=True)
class Proved:
    """Facts, the evidence of a certificate, and whether none of the facts can be dropped under it."""

    atoms: tuple[Atom, ...]
    evidence: Mapping[str, Any]


def proved(pack: Pack, loaded: kernel.Pack, claim: Mapping[str, Any], atoms: Sequence[Atom]) -> Proved | None:
    """Fewer of these atoms, with a proof that from them nothing but the outcomes of the claim follows. None where there is no
    proof, or not within the budget."""

    def attempt(of: Sequence[Atom]) -> Callable[[Assumed], Attempt[Assumed] | None]:
        return lambda assumed: _attempt(loaded, {**claim, "atoms": list(of)}, assumed)

    readings = {str(atom["reading"]): str(atom["is"]) for atom in atoms if "reading" in atom}
    everything = every_assumption(pack)
    tries = dict.fromkeys((everything - demanding(pack, readings), everything))
    try:
        first = with_few(attempt(atoms), tries)
    except NotShown:
        return None
    if first is None:
        return None
    kept = _fewer(atoms, lambda fewer: _holds(attempt(fewer), first.assumed))
    try:
        last = with_few(attempt(kept), [first.assumed])
    except NotShown:
        return None
    if last is None:
        return None
    (proof,) = last.proofs
    return Proved(tuple(kept), {"assumed": sorted(last.assumed), **proof})


def _holds(attempt: Callable[[Assumed], Attempt[Assumed] | None], assumed: Assumed) -> bool:
    try:
        return attempt(assumed) is not None
    except NotShown:
        return False


def _fewer(atoms: Sequence[Atom], holds: Callable[[list[Atom]], bool]) -> list[Atom]:
    """Those atoms that cannot be done without: halves are tried first, then ever smaller pieces, at last one by one until none
    can go."""
    kept, size, tries = list(atoms), max(len(atoms) // 2, 1), 0
    while kept and tries < MOST_TRIES:
        place, before = 0, len(kept)
        while place < len(kept) and tries < MOST_TRIES:
            fewer = kept[:place] + kept[place + size :]
            tries += 1
            if holds(fewer):
                kept = fewer
            else:
                place += size
        if size == 1 and len(kept) == before:
            break
        size = max(size // 2, 1)
    return kept


def _attempt(loaded: kernel.Pack, claim: Mapping[str, Any], assumed: Assumed) -> Attempt[Assumed] | None:
    loaded.steps = 0
    try:
        settled = claims.Settled(loaded, claim)
        slots = settled.slots(assumed)
        side, asserted = settled.formula(slots, assumed)
        found = refutation(side.circuit.gates, asserted, CONFLICTS)
    except (kernel.Refused, TimeoutError) as reason:
        raise NotShown(str(reason)) from None
    if found is None:
        return None
    used = rested_on([side], assumed, found.rests_on)
    return Attempt(({"slots": slots, "lrat": found.lrat},), assumed, used)
