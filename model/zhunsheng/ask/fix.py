"""Single edits that make a theorem hold: a question of reading settled, or a number of the law moved by one.

Each is tried by proving the theorem under the law so amended. Of those that make it hold it is said what else they change,
whether it only holds because its premises have become impossible, and which faults they open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from zhunsheng.ask.compare import compare
from zhunsheng.ask.comparison import Comparison
from zhunsheng.ask.findings import Finding
from zhunsheng.ask.kept import Kept
from zhunsheng.ask.opened import opened
from zhunsheng.ask.prove import Proof, prove
from zhunsheng.lang import expr as e
from zhunsheng.lang.amendment import Act, Amended, Amendment, Edit, Kind
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Put, Theorem, Variant, Verdict
from zhunsheng.lang.types import Period, Text, Value

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Fix:
    """An edit under which the theorem holds. `value`: the option, or the number, day or period, that is put there; `comparison`:
    what it changes; `opens`: the faults it opens."""

    edit: Edit
    value: Value
    proof: Proof
    comparison: Comparison
    opens: tuple[Finding, ...]

    @property
    def vacuous(self) -> bool:
        """Whether the theorem holds only because its premises are impossible under it."""
        return self.proof.verdict is Verdict.VACUOUS


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
    candidates = list(_candidates(pack, theorem, variant))
    found = []
    for number, (edit, value, law) in enumerate(candidates):
        if progress:
            progress(edit.name, number, len(candidates))
        (after,) = prove(law, [alone], kept=kept)
        if after.verdict in (Verdict.PROVED, Verdict.VACUOUS):
            found.append(_told(pack, law, edit, value, after, kinds or Kinds(), workers, kept))
    return Fixes(proof, tuple(found), len(candidates))


def _told(
    pack: Pack, law: Pack, edit: Edit, value: Value, proof: Proof, kinds: Kinds, workers: int, kept: Kept | None
) -> Fix:
    nothing = Text("", "")
    amendment = Amendment(edit.label, pack.name, nothing, nothing, pack.in_force[0], None, (edit,))
    comparison = compare(Amended(pack, law, (amendment,)), replace(kinds, partitions=()), workers=workers)
    faults = opened((pack, law), frozenset(comparison.touched), workers=workers, kept=kept)
    return Fix(edit, value, proof, comparison, faults.new)


# -- the catalogue


def _candidates(pack: Pack, theorem: Theorem, variant: Variant) -> Iterator[tuple[Edit, Value, Pack]]:
    """Each edit with what it puts there and the law it makes."""
    cone = Cones(pack).exprs(_written(theorem))
    for name, spec in pack.readings.items():
        if name in cone.readings and name not in variant.readings and not variant.every:
            for option in spec.options:
                if option.name != spec.default:
                    law = _with(pack, readings={name: replace(spec, default=option.name)})
                    yield Edit(Act.FIX, Kind.READING, name, spec.provisions[0], fixed=option.name), option.name, law
    for name, parameter in pack.parameters.items():
        if name in cone.parameters:
            for value in _moved(parameter.value):
                law = _with(pack, parameters={name: replace(parameter, value=value)})
                yield Edit(Act.SET, Kind.PARAMETER, name, parameter.provision), value, law


def _written(theorem: Theorem) -> Sequence[e.Expr]:
    return (*theorem.given, theorem.claim, *(edit.to for edit in theorem.change if isinstance(edit, Put)))


def _with(
    pack: Pack, readings: Mapping[str, object] | None = None, parameters: Mapping[str, object] | None = None
) -> Pack:
    changed = {"readings": {**pack.readings, **(readings or {})}, "parameters": {**pack.parameters, **(parameters or {})}}
    return replace(pack, canonical="", digest="", **changed)  # type: ignore[arg-type]  # each of its own kind


def _moved(value: Value) -> Iterator[Value]:
    """A number, day or period one further on, and one back."""
    for by in (1, -1):
        match value:
            case bool() | str():
                return
            case int():
                yield value + by
            case Period(years=years, months=months, days=days) if value != Period():
                unit = Period(years=bool(years) * by, months=(not years and bool(months)) * by,
                              days=(not years and not months and bool(days)) * by)  # fmt: skip
                moved = Period(years + unit.years, months + unit.months, days + unit.days)
                if moved != Period():
                    yield moved
            case Period():
                return
            case date():
                yield value + timedelta(days=by)
            case _:
                return
