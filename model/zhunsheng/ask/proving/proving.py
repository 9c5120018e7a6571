"""One theorem under one set of readings: its bound, its counterexample or its proof."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from zhunsheng.ask.deciding.assumed import assumed
from zhunsheng.ask.deciding.sealing import Sealing, changed_by, choices_left
from zhunsheng.ask.proving.patterns import Places, patterns
from zhunsheng.ask.proving.proof import Counterexample, Proof
from zhunsheng.ask.proving.proof_cases import instance_of, seen
from zhunsheng.errors import Disagreement, NotShown
from zhunsheng.evaluate.theorem import Instance
from zhunsheng.lang.bound import Bound, Goal, Use, bound
from zhunsheng.lang.cone import Cone
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Put, Theorem, Variant, Verdict, touched
from zhunsheng.solve.claim import Claim
from zhunsheng.solve.sealed import NOTHING, Sealed
from zhunsheng.solve.sides import AFTER, BEFORE, Shown
from zhunsheng.solve.symbols import Assignment

SMALL = (0, 1, 2)
"""How many further elements of each list are looked at first, before as many as the bound asks for."""
MANY, MANY_FOR_RULES = 40, 10
"""From how many elements on a proof is first looked for with some definitions taken as given, and no more than half as many: with
fewer, looking into all of them takes less time than finding out which need not be. Where the rules that it rests on are asked
for, a proof that takes as much as given as it can names fewer that it could do without."""
OUTSIDE_SLOTS = 2
"""How many further elements are looked at where no bound makes a bounded search enough."""


@dataclass
class Proving:
    """One variant of one theorem."""

    pack: Pack
    theorem: Theorem
    variant: Variant
    more: int = 0
    rules: bool = False
    sealing: Sealing | None = None
    queries: int = 0
    _bounds: dict[Hashable, Bound] = field(default_factory=dict)
    _kept: dict[tuple[Hashable, Hashable, frozenset[str]], Claim] = field(default_factory=dict)

    def __post_init__(self) -> None:
        defaults = {n: spec.default for n, spec in self.pack.readings.items() if spec.default is not None}
        self.readings = {} if self.variant.every else {**defaults, **self.variant.readings}
        self.shared = self.sealing or Sealing(self.pack)
        self.everything, self.lean = self.shared.everything, self.shared.lean(self.readings)
        self.cone: Cone = self.shared.cones.exprs(self.theorem.written())
        self.apart = changed_by(self.theorem, self.shared.cones)

    # -- the verdict

    def proof(self) -> Proof:
        """The verdict, with what shows it. The formulas are not kept: those of all theorems together would fill a gigabyte."""
        try:
            return self._proof()
        except NotShown as reason:
            return self._done(Verdict.NOT_SHOWN, {}, why=str(reason))
        finally:
            self._kept.clear()

    def _proof(self) -> Proof:
        """A refutation is looked for among small cases. That there is none is shown with as many elements as the bound asks
        for: without the assumptions that call for elements of their own, if it holds without them too. The verdict expected
        says which is tried first, and decides nothing."""
        tries = [self.among_small, self._among_all]
        if self.variant.expect is Verdict.PROVED:
            tries = [self._taken_as_given, self._without_demands, *tries]
        return next(proof for attempt in tries if (proof := attempt()) is not None)

    def _taken_as_given(self) -> Proof | None:
        """Shown whatever some definitions come to, which takes fewer elements; None where it is not."""
        shown = (self._free_of_counterexamples(self.lean, sealed) for sealed in self._worthwhile())
        return next((proof for proof in shown if proof is not None), None)

    def _worthwhile(self) -> Iterator[Sealed]:
        """What may be taken as given where that takes at most half as many elements, and there are many."""
        whole = max(_elements(self.bound(places, self.lean)) for places in self.patterns())
        if whole < (MANY_FOR_RULES if self.rules else MANY):
            return
        for sealed in self._sealings():
            bounds = [self.bound(places, self.lean, sealed) for places in self.patterns()]
            if not any(each.outside or _elements(each) > whole // 2 for each in bounds):
                yield sealed

    def _sealings(self) -> Iterator[Sealed]:
        """What may be taken as given: ring by ring, and then all that small cases do not rest on."""
        asked = self.theorem.written()
        yield from self.shared.ring_by_ring(asked, self.readings, self.apart)
        used: set[str] = set()
        for places in self.patterns():
            small = self._kept_claim(places, self._at_most(self.bound(places, self.lean), 1), self.lean)
            if small.counterexample() is not None:
                return
            used |= {name for name, _ in small.rests_on()}
        yield self.shared.all_but(used, asked, self.readings, self.apart)

    def _without_demands(self) -> Proof | None:
        return self._free_of_counterexamples(self.lean)

    def among_small(self) -> Proof | None:
        """A refutation among cases with few elements; None where there is none."""
        patterns = list(self.patterns())
        full = [self.bound(places, self.everything) for places in patterns]
        for few in SMALL:
            for places, found in zip(patterns, full, strict=True):
                claim = self.claim(places, self._at_most(found, few), self.everything)
                model = claim.counterexample()
                if model is not None:
                    return self._refuted(claim, model, found)
        return None

    def _among_all(self) -> Proof:
        proved = self._without_demands() or self._free_of_counterexamples(self.everything)
        if proved is not None:
            return proved
        for places in self.patterns():
            claim, found = self._whole(places, self.everything)
            model = claim.counterexample()
            if model is not None:
                return self._refuted(claim, model, found)
        raise Disagreement(f"{self.theorem.name}: a counterexample was there and is not")

    def _free_of_counterexamples(self, assumed: frozenset[str], sealed: Sealed = NOTHING) -> Proof | None:
        found = []
        for places in self.patterns():
            claim, slots = self._whole(places, assumed, sealed)
            if claim.counterexample() is not None:
                return None
            found.append((claim, slots))
        return self._shown([claim for claim, _ in found], [slots for _, slots in found], assumed)

    def _at_most(self, found: Bound, few: int) -> dict[str, int]:
        if found.outside:
            return dict.fromkeys(self._lists(), few)
        return {name: min(number, few) for name, number in found.slots.items()}

    def _whole(self, places: Places, assumed: frozenset[str], sealed: Sealed = NOTHING) -> tuple[Claim, Bound]:
        found = self.bound(places, assumed, sealed)
        slots = self._at_most(found, OUTSIDE_SLOTS) if found.outside else found.slots
        slots = {name: number + self.more if number else number for name, number in slots.items()}
        return self.claim(places, slots, assumed, sealed), Bound(slots, found.outside)

    def _refuted(self, claim: Claim, model: Assignment, found: Bound) -> Proof:
        shown = claim.simplest(model)
        self.queries += claim.queries
        return self._done(Verdict.REFUTED, found.slots, counterexample=self._seen(shown, broken=True))

    def _shown(self, claims: list[Claim], bounds: list[Bound], assumed: frozenset[str]) -> Proof:
        slots: dict[str, int] = {}
        for found in bounds:
            slots = {name: max(number, slots.get(name, 0)) for name, number in found.slots.items()}
        self.queries += sum(claim.queries for claim in claims)
        outside = next((found.outside for found in bounds if found.outside), "")
        if outside:
            return self._done(Verdict.BOUNDED, slots, why=outside)
        example = self._example()
        if example is None:
            return self._done(Verdict.VACUOUS, slots)
        unneeded = tuple(i for i in range(len(self.theorem.given)) if not self._needed(i, claims, assumed))
        rules = tuple(sorted(frozenset().union(*(claim.rests_on() for claim in claims)))) if self.rules else None
        left_out = tuple(a.name for a in self.pack.assumptions if a.name not in assumed)
        return self._done(
            Verdict.PROVED, slots, example=example, unneeded=unneeded, without=left_out, rules=rules,
            trivial=self._trivial(),
        )  # fmt: skip

    def _needed(self, index: int, claims: list[Claim], assumed: frozenset[str]) -> bool:
        """Whether there is a counterexample without this premise: among small cases, those looked at already first, or among
        any. That there is none may show already with definitions taken as given; that there is one must be seen with what they
        really come to."""
        if any(kept.needs(index) for (_, _, names), kept in self._kept.items() if names >= assumed):
            return True
        for few in SMALL[1:]:
            for places in self.patterns():
                slots = self._at_most(self.bound(places, assumed), few)
                if self._kept_claim(places, slots, assumed).needs(index):
                    return True
        if not any(each.needs(index) for each in claims):
            return False
        return any(self._whole(places, assumed)[0].needs(index) for places in self.patterns())

    def _kept_claim(self, places: Places, slots: Mapping[str, int], assumed: frozenset[str]) -> Claim:
        """A formula that more than one question is put to, small or whole: kept until the verdict."""
        key = (tuple(places.items()), tuple(slots.items()), assumed)
        if key not in self._kept:
            self._kept[key] = self.claim(places, slots, assumed)
        return self._kept[key]

    def _trivial(self) -> bool:
        """Whether it holds whatever the definitions come to: true of any law. A case that says otherwise is looked for among
        small ones first, since what breaks a claim there breaks it among larger ones too."""
        sealed = self.shared.everything_sealed(self.theorem.written(), self.readings, self.apart)
        patterns = [(places, self.bound(places, self.everything, sealed)) for places in self.patterns()]
        for few in (*SMALL, None):
            for places, found in patterns:
                slots = found.slots if few is None else self._at_most(found, few)
                if self.claim(places, slots, self.everything, sealed).counterexample() is not None:
                    return False
        return True

    def _example(self) -> Counterexample | None:
        """A case, satisfying every assumption, in which the premises hold; None where no case of whatever size does so."""
        wholes = [(places, self.bound(places, self.everything)) for places in self.patterns()]
        for few in (*SMALL, None):
            for places, found in wholes:
                if few is None and found.outside:
                    raise NotShown(f"that the premises can hold: {found.outside}")
                slots = found.slots if few is None else self._at_most(found, few)
                claim = self._kept_claim(places, slots, self.everything)
                model = claim.premises()
                if model is not None:
                    return self._seen(claim.simplest(model, broken=False), broken=False)
        return None

    def _done(self, verdict: Verdict, slots: Mapping[str, int], **more: object) -> Proof:
        kept = {name: number for name, number in slots.items() if number}
        made = Proof(self.theorem, self.variant, verdict, kept, self.pack.horizon, queries=self.queries)
        return replace(made, **more)  # type: ignore[arg-type]  # the fields of `Proof`

    def scripts(self) -> list[str]:
        """The formulas as SMT-LIB scripts, one for each way in which the names can stand for elements. With the elements that the
        bound asks for, each is unsatisfiable exactly if the theorem has no counterexample of that kind; where definitions are
        taken as given (a script says which), only if it has none."""
        taken = ", ".join(f"{name}={option}" for name, option in self.variant.readings.items()) or "default"
        proved = self.variant.expect is Verdict.PROVED
        assumed, sealed = self._taken() if proved else (self.everything, NOTHING)
        says = [self.theorem.name, self.theorem.says.en, f"readings: {'all' if self.variant.every else taken}",
                *([f"taken as given: {', '.join(sorted(sealed.kinds))}"] if sealed.kinds else []),
                f"expected: {'unsat' if proved else 'sat'}"]  # fmt: skip
        return [self._whole(places, assumed, sealed)[0].script(says) for places in self.patterns()]

    def _taken(self) -> tuple[frozenset[str], Sealed]:
        """What a proof assumes and takes as given: as little as shows it."""

        def shows(assumed: frozenset[str], sealed: Sealed) -> bool:
            return all(self._whole(places, assumed, sealed)[0].counterexample() is None for places in self.patterns())

        for sealed in self._worthwhile():
            if shows(self.lean, sealed):
                return self.lean, sealed
        return (self.lean if shows(self.lean, NOTHING) else self.everything), NOTHING

    # -- the formula

    def patterns(self) -> Iterator[dict[str, tuple[str, int]]]:
        return patterns(self.theorem)

    def bound(self, places: Places, names: frozenset[str], sealed: Sealed = NOTHING) -> Bound:
        """n(c): how many elements a counterexample can need beyond those the theorem names."""
        key = (tuple(places.items()), names, frozenset(sealed.kinds))
        if key not in self._bounds:
            self._bounds[key] = self._bound(places, names, frozenset(sealed.kinds))
        return self._bounds[key]

    def _bound(self, places: Places, names: frozenset[str], sealed: frozenset[str]) -> Bound:
        stated = dict.fromkeys(self.pack.collections, 0)
        for collection, place in set(places.values()):
            stated[collection] = max(stated[collection], place + 1)
        own = tuple(name.name for name in self.theorem.names)
        goals = [Goal(given, Use.TRUE, constants=own) for given in self.theorem.given]
        goals += [Goal(edit.to, Use.VALUE, constants=own) for edit in self.theorem.change if isinstance(edit, Put)]
        goals.append(Goal(self.theorem.claim, Use.FALSE, constants=own))
        goals += assumed(self.pack, names, (BEFORE, AFTER) if self.theorem.change else (BEFORE,))
        return bound(self.pack, goals, stated, frozenset(), self.readings, touched(self.theorem), self.shared.forms, sealed)

    def claim(self, places: Places, slots: Mapping[str, int], assumed: frozenset[str], sealed: Sealed = NOTHING) -> Claim:
        """The theorem with so many further elements. Choices that only sealed definitions consult may be anything."""
        choices = choices_left(self.pack, self.theorem.written(), sealed) if sealed.kinds else self.cone.choices
        return Claim(self.pack, self.theorem, places, slots, self.readings, choices, assumed, sealed)

    def _lists(self) -> list[str]:
        return sorted(self.cone.collections)

    # -- what a model shows

    def _seen(self, shown: Shown, *, broken: bool) -> Counterexample:
        return self.seen(instance_of(self.theorem, shown), broken=broken)

    def seen(self, instance: Instance, *, broken: bool) -> Counterexample:
        """An instance as cases: see `proof_cases`."""
        return seen(self.pack, self.theorem, instance, self.cone.choices, broken=broken)


def _elements(found: Bound) -> int:
    return sum(found.slots.values())
