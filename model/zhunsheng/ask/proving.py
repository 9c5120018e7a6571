"""One theorem under one set of readings: its bound, its counterexample or proof, and what shows either."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from zhunsheng.ask.assumed import assumed
from zhunsheng.ask.sealing import Sealing, changed_by, choices_left
from zhunsheng.errors import Disagreement, NotShown
from zhunsheng.evaluate import Element
from zhunsheng.evaluate.theorem import Instance, Judged, changed, judge
from zhunsheng.lang.bound import Bound, Goal, Use, bound
from zhunsheng.lang.case import Case, ChoiceMade, Listing
from zhunsheng.lang.cone import Cone
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Put, Ranges, Theorem, Variant, Verdict, touched
from zhunsheng.lang.types import Value
from zhunsheng.solve.claim import Claim
from zhunsheng.solve.sealed import NOTHING, Sealed
from zhunsheng.solve.sides import AFTER, BEFORE, Shown
from zhunsheng.solve.symbols import Assignment

Places = Mapping[str, tuple[str, int]]
"""For each name of an element its list and its place there."""
SMALL = (0, 1, 2)
"""How many further elements of each list are looked at first, before as many as the bound asks for."""
MANY, MANY_FOR_RULES = 40, 10
"""From how many elements on a proof is first looked for with some definitions taken as given, and no more than half as many: with
fewer, looking into all of them takes less time than finding out which need not be. Where the rules that it rests on are asked
for, a proof that takes as much as given as it can names fewer that it could do without."""
OUTSIDE_SLOTS = 2
"""How many further elements are looked at where no bound makes a bounded search enough."""


@dataclass(frozen=True)
class Counterexample:
    """A complete case that a claim is not true of; `after`, where the theorem changes something, the case after the changes.

    `names`: what the theorem's names stand for (a value, or the path of an element)."""

    before: Case
    after: Case | None
    names: Mapping[str, Value]
    instance: Instance = field(repr=False, compare=False)
    judged: Judged = field(repr=False, compare=False)

    def __reduce__(self) -> tuple[type[Counterexample], tuple[Any, ...]]:
        """What was judged stays where it was judged: whoever gets the case judges it anew."""
        return Counterexample, (self.before, self.after, dict(self.names), self.instance, None)


@dataclass(frozen=True)
class Proof:
    """What one variant of a theorem comes to.

    `slots`: the elements of each list that were enough to look at (beyond those the theorem names). `without`: the
    assumptions it was proved without. `horizon`: the days spoken of. `example`: a case in which the premises hold, where it is
    proved. `unneeded`: premises that it holds without, by number from 0. `trivial`: whether it holds under any law.
    `rules`: the rules (definition, rule) that the proof rests on; None where that was not asked."""

    theorem: Theorem
    variant: Variant
    verdict: Verdict
    slots: Mapping[str, int]
    horizon: tuple[date, date]
    counterexample: Counterexample | None = None
    example: Counterexample | None = None
    unneeded: tuple[int, ...] = ()
    without: tuple[str, ...] = ()
    trivial: bool = False
    rules: tuple[tuple[str, str], ...] | None = None
    why: str = ""
    queries: int = 0

    @property
    def as_expected(self) -> bool:
        return self.verdict is self.variant.expect


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
    _claims: dict[tuple[Hashable, Hashable, frozenset[str]], Claim] = field(default_factory=dict)

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
            self._claims.clear()

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
            small = self._small(places, self._at_most(self.bound(places, self.lean), 1), self.lean)
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
        if any(small.needs(index) for (_, _, names), small in self._claims.items() if names >= assumed):
            return True
        for few in SMALL[1:]:
            for places in self.patterns():
                slots = self._at_most(self.bound(places, assumed), few)
                if self._small(places, slots, assumed).needs(index):
                    return True
        if not any(each.needs(index) for each in claims):
            return False
        return any(self._whole(places, assumed)[0].needs(index) for places in self.patterns())

    def _small(self, places: Places, slots: Mapping[str, int], assumed: frozenset[str]) -> Claim:
        key = (tuple(places.items()), tuple(slots.items()), assumed)
        if key not in self._claims:
            self._claims[key] = self.claim(places, slots, assumed)
        return self._claims[key]

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
                claim = self._small(places, slots, self.everything)
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
        """The ways in which names of one list can stand for the same or for different elements; new elements are their own."""
        lists: dict[str, list[str]] = {}
        new: dict[str, list[str]] = {}
        for name in self.theorem.names:
            if name.collection is not None:
                (new if name.ranges is Ranges.NEW else lists).setdefault(name.collection, []).append(name.name)
        ways = [[(collection, way) for way in _partitions(names)] for collection, names in lists.items()]
        for chosen in itertools.product(*ways):
            places: dict[str, tuple[str, int]] = {}
            sizes: dict[str, int] = {}
            for collection, way in chosen:
                places |= {name: (collection, place) for name, place in way.items()}
                sizes[collection] = max(way.values()) + 1
            for collection, names in new.items():
                start = sizes.get(collection, 0)
                places |= {name: (collection, start + index) for index, name in enumerate(names)}
            yield places

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

    # -- what a model shows, seen in the reference meaning

    def _seen(self, shown: Shown, *, broken: bool) -> Counterexample:
        return self.seen(self._instance(shown), broken=broken)

    def seen(self, instance: Instance, *, broken: bool) -> Counterexample:
        """An instance as cases: one that breaks the claim, or one in which the premises hold. Raises `Disagreement` where the
        reference meaning says otherwise of it."""
        judged = judge(self.pack, self.theorem, instance)
        if broken and not judged.counterexample(self.theorem):
            raise Disagreement(f"{self.theorem.name}: the solver shows a counterexample, and the reference meaning sees none")
        if not broken and any(given is not True for given in judged.given):
            raise Disagreement(f"{self.theorem.name}: the reference meaning sees a premise that does not hold")
        after = None
        if self.theorem.change:
            after = self._case(instance, changed(self.pack, self.theorem, instance), instance.choices_after)
        before = self._case(instance, instance.facts, instance.choices)
        names = {name: self._path(value) if isinstance(value, Element) else value for name, value in instance.names.items()}
        return Counterexample(before, after, names, instance, judged)

    def _path(self, element: Element) -> str:
        return f"{element.collection}[{element.index}]"

    def _case(self, instance: Instance, facts: Mapping[str, object], choices: Mapping[str, Value]) -> Case:
        plain = {n: replace(v, labels=()) if isinstance(v, Listing) else v for n, v in facts.items()}
        made = {name: ChoiceMade(choices[name]) for name in sorted(self.cone.choices)}
        return Case(self.theorem.says, self.pack.name, plain, dict(instance.readings), made, None,
                    provisions=self.theorem.provisions)  # fmt: skip

    def _instance(self, shown: Shown) -> Instance:
        """The model's case without the elements that only a change adds, which stand last among those the theorem names."""
        new: dict[str, tuple[str, int]] = {}
        names: dict[str, Value | Element] = dict(shown.values)
        facts = dict(shown.case.facts)
        for name in self.theorem.names:
            if name.collection is None:
                continue
            ref = shown.elements[name.name]
            if name.ranges is Ranges.NEW:
                new[name.name] = (ref.collection, ref.index)
            else:
                names[name.name] = Element(ref.collection, ref.index)
        entries = {name: facts[collection].elements[index] for name, (collection, index) in new.items()}
        for collection in {collection for collection, _ in new.values()}:
            gone = {index for other, index in new.values() if other == collection}
            listing = facts[collection]
            kept = tuple(element for index, element in enumerate(listing.elements) if index not in gone)
            facts[collection] = replace(listing, elements=kept, labels=())
        return Instance(facts, shown.case.readings, shown.case.choices, shown.choices_after, names, entries)


def _elements(found: Bound) -> int:
    return sum(found.slots.values())


def _partitions(names: list[str]) -> Iterator[dict[str, int]]:
    """The ways to put names in places, places numbered in the order in which they are first taken; apart first."""
    def go(rest: list[str], taken: int) -> Iterator[dict[str, int]]:
        if not rest:
            yield {}
            return
        for place in range(taken, -1, -1):
            for more in go(rest[1:], max(taken, place + 1)):
                yield {rest[0]: place, **more}

    yield from go(names, 0)
