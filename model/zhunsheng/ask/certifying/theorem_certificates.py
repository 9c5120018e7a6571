"""What a theorem came to as a certificate: proved, with a proof and a case that meets its premises; or refuted, with the case."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from zhunsheng import __version__
from zhunsheng.ask.certifying.atoms import as_data, atoms_of
from zhunsheng.ask.certifying.few_assumptions import rested_on, with_few
from zhunsheng.ask.certifying.leaving_open import (
    SHORT,
    SLACK,
    Opened,
    first_opened,
    opened_by_small_cases,
    opened_further,
    that_can_be_open,
)
from zhunsheng.ask.deciding.assumed import demanding, every_assumption
from zhunsheng.ask.deciding.sealing import rings
from zhunsheng.ask.proving.proof import Counterexample, Proof
from zhunsheng.certify import claims, kernel
from zhunsheng.certify.proofs import USUAL, WAYS, Gates, Way, refutable, refutation
from zhunsheng.errors import NotShown
from zhunsheng.evaluate import Element
from zhunsheng.evaluate.theorem import Instance
from zhunsheng.lang.case import Listing
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Ranges, Theorem, Variant, Verdict
from zhunsheng.read import canonical_theorem
from zhunsheng.read.vocabulary import canonical
from zhunsheng.solve.smt import give_back

Data = dict[str, Any]
SAID = ("for", "given", "change", "claim", "where_defined", "discretion")
BUDGET = 150_000
"""Conflicts that the SAT solver may go through for one proof."""
SOON = 20_000
"""The same where something is only tried."""
MUCH = 20_000
"""Steps of the kernel for formulas after which it is worth looking for what can be given back."""
LARGE = 250_000
"""Gates of a formula that is not tried: of one with 361,000 the solver took 12 seconds and 400 MB to find no proof soon."""


def theorem_certificate(pack: Pack, proof: Proof, loaded: kernel.Pack | None = None, earlier: str = "") -> str:
    """The certificate of a theorem that was proved or refuted, as canonical JSON, accepted by the kernel: the `earlier` one where
    it still shows it, else one made anew. `loaded` is the pack as the kernel reads it, where many certificates are made. Raises
    `NotShown` where there is nothing to certify, where the kernel's own bound or its time stands in the way, or where the budget
    of conflicts ends first.
    """
    loaded = loaded or kernel.Pack(pack.canonical.encode())
    return taken_over(pack, proof, loaded, earlier) or made_anew(pack, proof, loaded, earlier)


def taken_over(pack: Pack, proof: Proof, loaded: kernel.Pack, earlier: str) -> str:
    """A certificate with the evidence of an earlier one, its case too if that still shows what it should; empty where the
    evidence no longer holds. Most changes of a pack leave most of it as it is. Raises `NotShown`."""
    form, shows = _form(pack, proof)
    there = _evidence(earlier)
    for evidence in [there, {**there, **shows}] if there else []:
        if _refusal(found := form(evidence), loaded) is None:
            return found
    return ""


def made_anew(pack: Pack, proof: Proof, loaded: kernel.Pack, earlier: str = "") -> str:
    """A certificate with other evidence than an earlier one: a proof under the same assumptions with the same left open; where
    that gets longer, the shorter of it and what is found from nothing. Raises `NotShown`."""
    form, shows = _form(pack, proof)
    claim = claim_data(pack, proof.theorem, proof.variant)
    proved = {} if proof.verdict is Verdict.REFUTED else _shown(_shortest(pack, loaded, claim, proof, _evidence(earlier)))
    found = form(shows | proved)
    _cleared()
    if (reason := _refusal(found, loaded)) is not None:
        raise NotShown(f"{proof.theorem.name}: the kernel does not take it: {reason}")
    return found


def _form(pack: Pack, proof: Proof) -> tuple[Callable[[Data], str], Data]:
    """What makes evidence a certificate, and the case that such evidence has to show."""
    shown = {Verdict.PROVED: ("theorem", proof.example), Verdict.REFUTED: ("refuted", proof.counterexample)}
    kind, case = shown.get(proof.verdict, ("", None))
    if case is None:
        raise NotShown(f"{proof.theorem.name}: {proof.verdict.value} is nothing that a certificate could show")
    claim = claim_data(pack, proof.theorem, proof.variant)

    def form(evidence: Data) -> str:
        return canonical({
            "format": 1, "kind": kind, "pack": {"id": pack.name, "digest": pack.digest}, "claim": claim, "evidence": evidence,
            "trusted": list(claims.TRUSTED), "made_by": f"zhunsheng {__version__}",
        })  # fmt: skip

    return form, {"case": case_data(pack, proof.theorem, case)}


def _refusal(certificate: str, loaded: kernel.Pack) -> str | None:
    """Why the kernel refuses a certificate; None where it does not."""
    try:
        claims.check(certificate.encode(), loaded)
    except kernel.Refused as reason:
        return str(reason)
    return None


def _evidence(earlier: str) -> Data:
    """What an earlier certificate shows. The kernel will tell whether it is worth anything."""
    try:
        found = json.loads(earlier)["evidence"]
        return found if isinstance(found, dict) else {}
    except (ValueError, LookupError, TypeError, RecursionError):
        return {}


def _shortest(pack: Pack, loaded: kernel.Pack, claim: Data, proof: Proof, there: Data) -> Opened:
    before = _as_before(loaded, claim, there)
    if before is not None and before.size <= SLACK * _size(there):
        return before
    try:
        found = _proved(pack, loaded, claim, proof)
    except NotShown:
        if before is None:
            raise
        return before
    return found if before is None or found.cost < before.cost else before


def _as_before(loaded: kernel.Pack, claim: Data, there: Data) -> Opened | None:
    """Proofs under the assumptions of an earlier certificate, with the same left open; None where it has no such form."""
    try:
        assumed, names = frozenset[str](there["assumed"]), frozenset[str](there.get("open", ()))
        _size(there)
        found = _soon(loaded, claim, assumed, names, BUDGET)
    except (LookupError, TypeError):
        return None
    if found is None or found.open != names:
        return None
    return found if found.cost <= SHORT else min(found, _in_every_way(loaded, claim, found), key=lambda one: one.cost)


def _size(evidence: Data) -> int:
    """The characters of its proofs."""
    return sum(len(proof["lrat"]) for proof in evidence["proofs"])


def claim_data(pack: Pack, theorem: Theorem, variant: Variant) -> Data:
    """A theorem and how the text is read for it: readings that are not listed are open."""
    data = canonical_theorem(theorem)
    defaults = {name: spec.default for name, spec in pack.readings.items() if spec.default is not None}
    return {
        "theorem": {"name": theorem.name, **{key: data[key] for key in SAID}},
        "readings": {} if variant.every else {**defaults, **variant.readings},
        "horizon": {"from": pack.horizon[0].isoformat(), "to": pack.horizon[1].isoformat()},
        "says": data["says"], "provisions": data["provisions"],
    }  # fmt: skip


def case_data(pack: Pack, theorem: Theorem, shown: Counterexample) -> Data:
    """A case of a theorem: new elements stand last in their lists."""
    instance = shown.instance
    facts, names = _with_new(theorem, instance)
    data: Data = {
        "atoms": atoms_of(pack, facts, instance.readings, instance.choices),
        "names": {name: _name(value) for name, value in names.items()},
    }
    if theorem.apart:
        data["after"] = [{"choice": name, "is": as_data(value)} for name, value in sorted(instance.choices_after.items())]
    return data


def _with_new(theorem: Theorem, instance: Instance) -> tuple[Data, Data]:
    facts, names = dict(instance.facts), dict(instance.names)
    for name in theorem.names:
        if name.ranges is Ranges.NEW and name.collection is not None:
            listing: Listing = facts[name.collection]
            names[name.name] = Element(name.collection, len(listing.elements))
            facts[name.collection] = replace(listing, elements=(*listing.elements, instance.new[name.name]), labels=())
    return facts, names


def _name(value: Any) -> Any:
    return f"{value.collection}[{value.index}]" if isinstance(value, Element) else as_data(value)


def _proved(pack: Pack, loaded: kernel.Pack, claim: Data, proof: Proof) -> Opened:
    """Without the assumptions that call for elements of their own, if it holds without them; then only with those it needs. Where
    that is long, with as much left open as makes it short."""
    everything = every_assumption(pack)
    fewer = everything - demanding(pack, claim["readings"])
    whole = _soon(loaded, claim, fewer)
    found = whole if whole and whole.cost <= SHORT else _cut(pack, loaded, claim, proof, fewer, whole)
    if found is None or not found.open:
        found = with_few(lambda assumed: _attempt(loaded, claim, assumed), dict.fromkeys((fewer, everything)))
    else:
        found = _soon(loaded, claim, found.used, found.open) or found
    if found is None:
        raise NotShown(f"{proof.theorem.name}: the kernel's clauses can be met")
    if found.cost > SHORT:
        found = min(found, _in_every_way(loaded, claim, found), key=lambda one: one.cost)
    return found


def _shown(found: Opened) -> Data:
    shown: Data = {"assumed": sorted(found.assumed), "proofs": list(found.proofs)}
    return shown | {"open": sorted(found.open)} if found.open else shown


def _cut(
    pack: Pack, loaded: kernel.Pack, claim: Data, proof: Proof, assumed: frozenset[str], whole: Opened | None
) -> Opened | None:
    """The shortest that is found by leaving definitions open; None where there is nothing to begin with."""
    around = [that_can_be_open(pack, ring) for ring in rings(pack, proof.theorem.written())]

    def soon(names: frozenset[str]) -> Opened | None:
        return _soon(loaded, claim, assumed, names) if holds(names, 1) else None

    def holds(names: frozenset[str], number: int) -> bool:
        return not _broken_small(loaded, claim, assumed, names, number)

    def in_time(names: frozenset[str]) -> Opened | None:
        return _soon(loaded, claim, assumed, names, BUDGET)

    starts = [first_opened(soon, around) or whole, opened_by_small_cases(in_time, holds, around)]
    first = min([one for one in starts if one is not None], key=lambda one: one.cost, default=None)
    return first and opened_further(soon, first, [name for ring in around for name in sorted(ring)])


def _soon(
    loaded: kernel.Pack, claim: Data, assumed: frozenset[str], names: frozenset[str] = frozenset(), conflicts: int = SOON
) -> Opened | None:
    """The proofs with these definitions left open, if they are found soon."""
    try:
        return _attempt(loaded, claim, assumed, names, conflicts)
    except NotShown:
        return None


def _in_every_way(loaded: kernel.Pack, claim: Data, found: Opened) -> Opened:
    """The same, with proofs that are looked for in every way we know; what was found where that takes too long."""
    try:
        return _attempt(loaded, claim, found.assumed, found.open, ways=WAYS) or found
    except NotShown:
        return found


def _broken_small(
    loaded: kernel.Pack, claim: Data, assumed: frozenset[str], names: frozenset[str], number: int
) -> bool:
    """Whether a case with so many elements of each list breaks it already, with these definitions left open: then there is no
    proof."""
    loaded.steps = 0
    try:
        theorem = claims.Theorem(loaded, claim)
        theorem.leave_open(sorted(names))
        return any(not refutable(*_small(theorem, places, assumed, number), SOON) for places in theorem.patterns())
    except kernel.Refused:
        return False


def _small(
    theorem: claims.Theorem, places: claims.Places, assumed: frozenset[str], number: int
) -> tuple[Gates, list[int]]:
    formula = claims.whole_formula(theorem, places, dict.fromkeys(theorem.pack.collections, number))
    return formula.circuit.gates, [*formula.premises(assumed), formula.broken()]


def _cleared() -> None:
    """A formula holds itself (each side knows the other), and would stay until Python next looks for such things among all there
    is: a few of them are half a gigabyte."""
    gc.collect()
    give_back()


def _attempt(
    loaded: kernel.Pack, claim: Data, assumed: frozenset[str], names: frozenset[str] = frozenset(), conflicts: int = BUDGET,
    ways: Sequence[Way] = USUAL,
) -> Opened | None:  # fmt: skip
    """The same as `_tried`, with what it took given back where that is much."""
    try:
        return _tried(loaded, claim, assumed, names, conflicts, ways)
    finally:
        if loaded.steps > MUCH:
            _cleared()


def _tried(
    loaded: kernel.Pack, claim: Data, assumed: frozenset[str], names: frozenset[str] = frozenset(), conflicts: int = BUDGET,
    ways: Sequence[Way] = USUAL,
) -> Opened | None:  # fmt: skip
    """A proof for each way in which names can stand for elements, some definitions left open; None if there is none."""
    loaded.steps, gates = 0, 0
    found, used, into = list[Data](), frozenset[str](), frozenset[str]()
    try:
        theorem = claims.Theorem(loaded, claim)
        theorem.leave_open(sorted(names))
        for places in theorem.patterns():
            slots = claims.bound_of(theorem, places, assumed)
            formula = claims.whole_formula(theorem, places, slots)
            asserted = [*formula.premises(assumed), formula.broken()]
            kernel.need(conflicts > SOON or len(formula.circuit.gates) <= LARGE, "the formula is too large to be tried")
            shown = refutation(formula.circuit.gates, asserted, conflicts, ways)
            if shown is None:
                return None
            found.append({"slots": slots, "lrat": shown.lrat})
            used |= rested_on(formula.sides(), assumed, shown.rests_on)
            into |= {str(key[0]) for side in formula.sides() for key in side.settled}
            gates += len(formula.circuit.gates)
    except (kernel.Refused, TimeoutError) as reason:
        raise NotShown(f"{claim['theorem']['name']}: {reason}") from None
    met = frozenset(theorem.left.met) if theorem.left else frozenset[str]()
    return Opened(tuple(found), assumed, used, met, into - met, gates)
