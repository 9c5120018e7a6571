"""Whether the law guarantees what its theorems claim: of every case, with collections of any size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from zhunsheng.ask.deciding.sealing import Sealing
from zhunsheng.ask.kept import Kept
from zhunsheng.ask.proving import proven
from zhunsheng.ask.proving.proof import Counterexample, Proof
from zhunsheng.ask.proving.proving import Proving
from zhunsheng.ask.slices import Slices
from zhunsheng.ask.workers import shared_out
from zhunsheng.evaluate.theorem import judge
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem
from zhunsheng.solve.smt import give_back

__all__ = ["Counterexample", "Proof", "Proving", "prove", "scripts"]
Progress = Callable[[str, int, int], None]
RENEWED = 40
"""After so many theorems their provers are made anew, so that none takes more than 300 MB."""


def prove(
    pack: Pack, theorems: Sequence[Theorem], *, more: int = 0, rules: bool = False,
    progress: Progress | None = None, workers: int = 1, kept: Kept | None = None,
) -> tuple[Proof, ...]:
    """Every variant of every theorem, in order. With `more`, so many slots beyond the bound are looked at too; with `rules`, the
    rules that each proof rests on are found (which takes as long again). `kept`: where proofs of earlier runs are, and where
    new ones go."""
    sealing = Sealing(pack)
    work = [
        Proving(pack, theorem, variant, more, rules, sealing)
        for theorem in theorems
        for variant in theorem.variants
    ]
    store: Kept = dict[str, str]() if kept is None else kept
    slices = Slices(pack, sealing.cones)
    keys = [proven.key(each, slices) for each in work]
    proofs = {number: proof for number, each in enumerate(work) if (proof := proven.taken_back(each, store.get(keys[number])))}
    left = [number for number in range(len(work)) if number not in proofs]
    found = shared_out(lambda one: _found(work[left[one]]), len(left), workers, renewed=RENEWED)
    for number, proof in zip(left, found, strict=True):
        if progress:
            progress(proof.theorem.name, number, len(work))
        store[keys[number]] = proven.kept_form(proof)
        proofs[number] = _judged(pack, proof)
    return tuple(proofs[number] for number in range(len(work)))


def _found(proving: Proving) -> Proof:
    try:
        return proving.proof()
    finally:
        give_back()


def scripts(pack: Pack, theorems: Sequence[Theorem]) -> dict[str, str]:
    """The formula of every variant as an SMT-LIB script, by a name that says which it is."""
    found: dict[str, str] = {}
    sealing = Sealing(pack)
    for theorem in theorems:
        for number, variant in enumerate(theorem.variants):
            for way, text in enumerate(Proving(pack, theorem, variant, sealing=sealing).scripts()):
                found[".".join([theorem.name, *([str(number)] if number else []), *([f"way-{way}"] if way else [])])] = text
    return found


def _judged(pack: Pack, proof: Proof) -> Proof:
    """The proof with what its cases come to in the reference meaning of this process."""

    def judged(case: Counterexample | None) -> Counterexample | None:
        if case is None or case.judged is not None:
            return case
        return replace(case, judged=judge(pack, proof.theorem, case.instance))

    return replace(proof, counterexample=judged(proof.counterexample), example=judged(proof.example))


