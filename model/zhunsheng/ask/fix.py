"""Single edits that make a theorem hold.

Each edit of a catalogue is tried by proving the theorem under the law so amended; where a case that is already known refutes it
there too, nothing need be proved. Of those that make it hold it is said what else they change, whether it only holds because its
premises have become impossible, and which faults they open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from zhunsheng.ask.compare import compare
from zhunsheng.ask.comparison import Comparison
from zhunsheng.ask.editing import Candidate, Way
from zhunsheng.ask.edits import candidates
from zhunsheng.ask.findings import Finding
from zhunsheng.ask.kept import Kept
from zhunsheng.ask.opened import opened
from zhunsheng.ask.prove import Proof, prove
from zhunsheng.errors import Incomplete
from zhunsheng.evaluate.theorem import Instance, judge
from zhunsheng.lang.amendment import Amended, Amendment, Edit
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem, Variant, Verdict
from zhunsheng.lang.types import Text, Value

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Fix:
    """An edit under which a theorem holds, or (`proof` then is None) a fault is gone. `amended`: the law with it and without;
    `comparison`: what it changes; `opens`: the faults it opens. Both are not worked out of one that makes the premises
    impossible: nobody would make it for this theorem."""

    candidate: Candidate
    proof: Proof | None
    amended: Amended
    comparison: Comparison | None
    opens: tuple[Finding, ...]

    @property
    def edit(self) -> Edit:
        return self.candidate.edit

    @property
    def value(self) -> Value:
        return self.candidate.value

    @property
    def way(self) -> Way:
        return self.candidate.way

    @property
    def vacuous(self) -> bool:
        """Whether the theorem holds only because its premises are impossible under it."""
        return self.proof is not None and self.proof.verdict is Verdict.VACUOUS


@dataclass(frozen=True)
class Fixes:
    """What one variant of a theorem comes to, and the edits that make it hold; `tried`: how many edits were tried."""

    proof: Proof
    found: tuple[Fix, ...]
    tried: int

    @property
    def holds(self) -> bool:
        """Whether the theorem holds as it is."""
        return self.proof.verdict is Verdict.PROVED


def fixes(
    pack: Pack,
    theorem: Theorem,
    variant: Variant,
    kinds: Kinds | None = None,
    *,
    progress: Progress | None = None,
    workers: int = 1,
    kept: Kept | None = None,
) -> Fixes:
    """The single edits that make one variant of a theorem hold."""
    alone = replace(theorem, variants=(variant,))
    (proof,) = prove(pack, [alone], kept=kept)
    if proof.verdict is Verdict.PROVED:
        return Fixes(proof, (), 0)
    tried = candidates(pack, theorem.written(), variant)
    known = [proof.counterexample.instance] if proof.counterexample is not None else []
    found = []
    for number, each in enumerate(tried):
        if progress:
            progress(each.edit.name, number, len(tried))
        if any(_refutes(each.law, theorem, variant, instance) for instance in known):
            continue
        (after,) = prove(each.law, [alone], kept=kept)
        if after.verdict in (Verdict.PROVED, Verdict.VACUOUS):
            found.append(told(pack, each, after, kinds or Kinds(), workers, kept))
        elif after.counterexample is not None:
            known.insert(0, after.counterexample.instance)
    return Fixes(proof, tuple(found), len(tried))


def _refutes(law: Pack, theorem: Theorem, variant: Variant, instance: Instance) -> bool:
    """Whether a case that refutes the theorem under another law does so under this one: under its own readings, by the reference
    meaning. A case that leaves out what this law looks at shows nothing."""
    if not variant.every:
        defaults = {name: spec.default for name, spec in law.readings.items() if spec.default is not None}
        instance = replace(instance, readings={**instance.readings, **defaults, **variant.readings})
    try:
        return judge(law, theorem, instance).counterexample(theorem)
    except Incomplete:
        return False


def told(pack: Pack, candidate: Candidate, proof: Proof | None, kinds: Kinds, workers: int, kept: Kept | None) -> Fix:
    """An edit that does what is wanted, with what else it changes and which faults it opens."""
    nothing = Text("", "")
    amendment = Amendment(candidate.edit.label, pack.name, nothing, nothing, pack.in_force[0], None, (candidate.edit,))
    amended = Amended(pack, candidate.law, (amendment,))
    if proof is not None and proof.verdict is Verdict.VACUOUS:
        return Fix(candidate, proof, amended, None, ())
    comparison = compare(amended, replace(kinds, partitions=()), workers=workers)
    faults = opened((pack, candidate.law), frozenset(comparison.touched), workers=workers, kept=kept)
    return Fix(candidate, proof, amended, comparison, faults.new)
