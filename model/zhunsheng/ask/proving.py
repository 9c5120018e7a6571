"""One theorem under one set of readings: its bound, its counterexample or proof, and what shows either."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from zhunsheng.ask.assumed import assumed, demanding, every_assumption
from zhunsheng.errors import Disagreement, NotShown
from zhunsheng.evaluate import Element
from zhunsheng.evaluate.theorem import Instance, Judged, changed, judge
from zhunsheng.lang.bound import Bound, Goal, Use, bound
from zhunsheng.lang.case import Case, ChoiceMade, Listing
from zhunsheng.lang.cone import Cone, Cones
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Put, Ranges, Theorem, Variant, Verdict, touched
from zhunsheng.lang.types import Value
from zhunsheng.solve.claim import Claim
from zhunsheng.solve.sides import AFTER, BEFORE, Shown
from zhunsheng.solve.symbols import Assignment

SMALL = (0, 1, 2)
"""How many further elements of each list are looked at first, before as many as the bound asks for."""
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
    proved. `unneeded`: premises that it holds without, by number from 0. `trivial`: whether it is proved whatever the rules say.
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
    cones: Cones | None = None
    queries: int = 0

    def __post_init__(self) -> None:
        defaults = {n: spec.default for n, spec in self.pack.readings.items() if spec.default is not None}
        self.readings = {} if self.variant.every else {**defaults, **self.variant.readings}
        self.everything = every_assumption(self.pack)
        self.cone: Cone = (self.cones or Cones(self.pack)).exprs(self.theorem.written())

    # -- the verdict

    def proof(self) -> Proof:
        """The verdict, with what shows it."""
        try:
            return self._proof()
        except NotShown as reason:
            return self._done(Verdict.NOT_SHOWN, {}, why=str(reason))

    def _proof(self) -> Proof:
        """A refutation is looked for among small cases. That there is none is shown with as many elements as the bound asks
        for: without the assumptions that call for elements of their own, if it holds without them too. The verdict expected
        says which is tried first, and decides nothing."""
        tries = [self.among_small, self._among_all]
        if self.variant.expect is Verdict.PROVED:
            tries = [self._without_demands, *tries]
        return next(proof for attempt in tries if (proof := attempt()) is not None)

    def _without_demands(self) -> Proof | None:
        return self._free_of_counterexamples(self.everything - demanding(self.pack, self.readings))

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

    def _free_of_counterexamples(self, assumed: frozenset[str]) -> Proof | None:
        claims = [self._whole(places, assumed) for places in self.patterns()]
        if any(claim.counterexample() is not None for claim, _ in claims):
            return None
        return self._shown([claim for claim, _ in claims], [found for _, found in claims], assumed)

    def _at_most(self, found: Bound, few: int) -> dict[str, int]:
        if found.outside:
            return dict.fromkeys(self._lists(), few)
        return {name: min(number, few) for name, number in found.slots.items()}

    def _whole(self, places: Mapping[str, tuple[str, int]], assumed: frozenset[str]) -> tuple[Claim, Bound]:
        found = self.bound(places, assumed)
        slots = self._at_most(found, OUTSIDE_SLOTS) if found.outside else found.slots
        slots = {name: number + self.more if number else number for name, number in slots.items()}
        return self.claim(places, slots, assumed), Bound(slots, found.outside)

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
        unneeded = tuple(i for i in range(len(self.theorem.given)) if not any(each.needs(i) for each in claims))
        rules = tuple(sorted(frozenset().union(*(claim.rests_on() for claim in claims)))) if self.rules else None
        left_out = tuple(a.name for a in self.pack.assumptions if a.name not in assumed)
        return self._done(
            Verdict.PROVED, slots, example=example, unneeded=unneeded, without=left_out, rules=rules,
            trivial=rules == () if rules is not None else self._trivial(),
        )  # fmt: skip

    def _trivial(self) -> bool:
        """Whether it holds whatever the rules say: true of any law. A case that says otherwise is looked for among small ones
        first, since what breaks a claim there breaks it among larger ones too."""
        patterns = [(places, self.bound(places, self.everything)) for places in self.patterns()]
        for few in (*SMALL, None):
            for places, found in patterns:
                slots = found.slots if few is None else self._at_most(found, few)
                if not self.claim(places, slots, self.everything).whatever_the_rules_say():
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
                claim = self.claim(places, slots, self.everything)
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
        bound asks for, each is unsatisfiable exactly if the theorem has no counterexample of that kind."""
        taken = ", ".join(f"{name}={option}" for name, option in self.variant.readings.items()) or "default"
        says = [self.theorem.name, self.theorem.says.en, f"readings: {'all' if self.variant.every else taken}",
                f"expected: {'unsat' if self.variant.expect is Verdict.PROVED else 'sat'}"]  # fmt: skip
        lean = self.everything - demanding(self.pack, self.readings) if self.variant.expect is Verdict.PROVED else self.everything
        return [self._whole(places, lean)[0].script(says) for places in self.patterns()]

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

    def bound(self, places: Mapping[str, tuple[str, int]], names: frozenset[str]) -> Bound:
        """n(c): how many elements a counterexample can need beyond those the theorem names."""
        stated = dict.fromkeys(self.pack.collections, 0)
        for collection, place in set(places.values()):
            stated[collection] = max(stated[collection], place + 1)
        own = tuple(name.name for name in self.theorem.names)
        goals = [Goal(given, Use.TRUE, constants=own) for given in self.theorem.given]
        goals += [Goal(edit.to, Use.VALUE, constants=own) for edit in self.theorem.change if isinstance(edit, Put)]
        goals.append(Goal(self.theorem.claim, Use.FALSE, constants=own))
        goals += assumed(self.pack, names, (BEFORE, AFTER) if self.theorem.change else (BEFORE,))
        return bound(self.pack, goals, stated, frozenset(), self.readings, touched(self.theorem))

    def claim(self, places: Mapping[str, tuple[str, int]], slots: Mapping[str, int], assumed: frozenset[str]) -> Claim:
        return Claim(self.pack, self.theorem, places, slots, self.readings, self.cone.choices, assumed)

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
