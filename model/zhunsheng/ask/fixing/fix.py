"""Single edits that make a theorem hold.

Each edit of a catalogue is tried by proving the theorem under the law so amended; where a case that is already known refutes it
there too, nothing need be proved. Of those that make it hold it is said what else they change, whether it only holds because its
premises have become impossible, and which faults they open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from zhunsheng.ask.checking.findings import Finding
from zhunsheng.ask.comparing.compare import compare
from zhunsheng.ask.comparing.comparison import Comparison
from zhunsheng.ask.comparing.opened import opened
from zhunsheng.ask.fixing.editing import Candidate, Way
from zhunsheng.ask.fixing.edits import candidates
from zhunsheng.ask.kept import Kept
from zhunsheng.ask.proving.prove import Proof, prove
from zhunsheng.errors import Incomplete
from zhunsheng.evaluate.theorem import Instance, judge
from zhunsheng.lang.amendment import Amended, Amendment, Edit
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem, Variant, Verdict
from zhunsheng.lang.types import Text, Value

Progress = Callable[[str, int, int], None]
MOST_ALIKE = 4
"""Where more values than this do at one place, what an edit changes is worked out of the first of them alone: of a law of some
size that takes minutes each, and which value is meant the drafter says."""


@dataclass(frozen=True)
class Fix:
    """An edit under which a theorem holds, or (`proof` then is None) a fault is gone. `amended`: the law with it and without;
    `comparison`: which answers it changes (duties are not compared); `opens`: the faults it opens; `opens_more`: of some it was
    not settled.
    These are not worked out of one that makes the premises impossible (nobody would make it for this theorem), nor of many that
    put other values in the same place."""

    candidate: Candidate
    proof: Proof | None
    amended: Amended
    comparison: Comparison | None
    opens: tuple[Finding, ...]
    opens_more: bool = False

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
    found: list[tuple[Candidate, Proof | None]] = []
    for number, each in enumerate(tried):
        if progress:
            progress(each.edit.name, number, len(tried))
        if any(_refutes(each.law, theorem, variant, instance) for instance in known):
            continue
        (after,) = prove(each.law, [alone], kept=kept)
        if after.verdict in (Verdict.PROVED, Verdict.VACUOUS):
            found.append((each, after))
        elif after.counterexample is not None:
            known.insert(0, after.counterexample.instance)
    return Fixes(proof, all_told(pack, found, kinds or Kinds(), progress, workers, kept), len(tried))


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


def all_told(
    pack: Pack, found: Sequence[tuple[Candidate, Proof | None]], kinds: Kinds, progress: Progress | None, workers: int,
    kept: Kept | None,
) -> tuple[Fix, ...]:  # fmt: skip
    """The edits that do what is wanted, told once all of them are known: of those that put other values in one place, if they are
    many, the first alone with what else it changes."""
    places = Counter(_place(candidate) for candidate, _ in found)
    fixes_: list[Fix] = []
    worked_out = set()
    for number, (candidate, proof) in enumerate(found):
        if progress:
            progress(candidate.edit.name, number, len(found))
        place = _place(candidate)
        fix = _told(pack, candidate, proof, kinds, workers, kept, briefly=place in worked_out and places[place] > MOST_ALIKE)
        if fix.comparison is not None:
            worked_out.add(place)
        fixes_.append(fix)
    return tuple(fixes_)


def _place(candidate: Candidate) -> tuple[str, Way, str]:
    """Where an edit puts something, whatever that is."""
    return candidate.edit.label, candidate.way, candidate.was


def _told(
    pack: Pack, candidate: Candidate, proof: Proof | None, kinds: Kinds, workers: int, kept: Kept | None, *, briefly: bool
) -> Fix:
    """An edit that does what is wanted, with (save `briefly`) what else it changes and which faults it opens."""
    nothing = Text("", "")
    amendment = Amendment(candidate.edit.label, pack.name, nothing, nothing, pack.in_force[0], None, (candidate.edit,))
    amended = Amended(pack, candidate.law, (amendment,))
    if briefly or (proof is not None and proof.verdict is Verdict.VACUOUS):
        return Fix(candidate, proof, amended, None, ())
    answers = tuple(dict.fromkeys((*pack.answers, *candidate.law.answers)))
    comparison = compare(amended, replace(kinds, partitions=()), answers=answers, workers=workers)
    faults = opened((pack, candidate.law), frozenset(comparison.touched), workers=workers, kept=kept)
    return Fix(candidate, proof, amended, comparison, faults.new, any(side == 1 for side, _, _ in faults.not_shown))
