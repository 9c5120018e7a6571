"""What a model of a theorem shows, as cases: each seen in the reference meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from zhunsheng.ask.proving.proof import Counterexample
from zhunsheng.errors import Disagreement
from zhunsheng.evaluate import Element
from zhunsheng.evaluate.theorem import Instance, changed, judge
from zhunsheng.lang.case import Case, ChoiceMade, Listing
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Ranges, Theorem
from zhunsheng.lang.types import Value
from zhunsheng.solve.sides import Shown


def seen(pack: Pack, theorem: Theorem, instance: Instance, choices: frozenset[str], *, broken: bool) -> Counterexample:
    """An instance as cases, with what it makes of these choices: one that breaks the claim, or one in which the premises hold.
    Raises `Disagreement` where the reference meaning says otherwise of it."""
    judged = judge(pack, theorem, instance)
    if broken and not judged.counterexample(theorem):
        raise Disagreement(f"{theorem.name}: the solver shows a counterexample, and the reference meaning sees none")
    if not broken and any(given is not True for given in judged.given):
        raise Disagreement(f"{theorem.name}: the reference meaning sees a premise that does not hold")
    after = None
    if theorem.change:
        after = _case(pack, theorem, instance, changed(pack, theorem, instance), _made(instance.choices_after, choices))
    before = _case(pack, theorem, instance, instance.facts, _made(instance.choices, choices))
    names = {name: _path(value) if isinstance(value, Element) else value for name, value in instance.names.items()}
    return Counterexample(before, after, names, instance, judged)


def _path(element: Element) -> str:
    return f"{element.collection}[{element.index}]"


def _made(chosen: Mapping[str, Value], choices: frozenset[str]) -> dict[str, ChoiceMade]:
    return {name: ChoiceMade(chosen[name]) for name in sorted(choices)}


def _case(
    pack: Pack, theorem: Theorem, instance: Instance, facts: Mapping[str, object], made: Mapping[str, ChoiceMade]
) -> Case:
    plain = {n: replace(v, labels=()) if isinstance(v, Listing) else v for n, v in facts.items()}
    return Case(theorem.says, pack.name, plain, dict(instance.readings), made, None,
                provisions=theorem.provisions)  # fmt: skip


def instance_of(theorem: Theorem, shown: Shown) -> Instance:
    """The model's case without the elements that only a change adds, which stand last among those the theorem names."""
    new: dict[str, tuple[str, int]] = {}
    names: dict[str, Value | Element] = dict(shown.values)
    facts = dict(shown.case.facts)
    for name in theorem.names:
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
