"""What a theorem comes to in one case: its premises, its changes, its claim.

All names, facts, readings and choices are given, as for `Run`. The case before and the case after hold the same elements at
the same places, so that a name means the same element in both; the lists show those that are there, in their order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from zhunsheng.evaluate.facts import Argument, Element
from zhunsheng.evaluate.meaning import Env
from zhunsheng.evaluate.run import Run
from zhunsheng.lang.case import Entry, Listing
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.expr import Expr, Fact, Field, Pick, Var
from zhunsheng.lang.outcome import Failed, Outcome
from zhunsheng.lang.pack import FactSpec, Pack
from zhunsheng.lang.theorem import Add, Put, Ranges, Remove, Swap, Theorem
from zhunsheng.lang.types import Special, Value

Step = str | int
Listed = Mapping[str, tuple[Element, ...]]


@dataclass(frozen=True)
class Instance:
    """One case of a theorem. `facts`: complete, before the changes. `choices_after` counts where the theorem is `apart`.
    `names`: a value, or the element of `facts` that the name stands for. `new`: the fields of each new element."""

    facts: Mapping[str, Any]
    readings: Mapping[str, str]
    choices: Mapping[str, Value]
    choices_after: Mapping[str, Value]
    names: Mapping[str, Value | Element]
    new: Mapping[str, Entry]


@dataclass(frozen=True)
class Judged:
    """`given` and `claim` as they come out. `before` and `after` are one run where nothing changes. `impossible`: the changes
    that have no value here (they are left out of `after`)."""

    given: tuple[Outcome, ...]
    claim: Outcome
    before: Run
    after: Run
    impossible: tuple[Put, ...] = ()

    def possible(self, theorem: Theorem) -> bool:
        """Whether this is an instance of the theorem at all: every change has a value, and both cases satisfy the pack's
        assumptions and hold lawful choices only."""
        if self.impossible:
            return False
        return all(_assumed(run) and _lawful(run, theorem) for run in dict.fromkeys((self.before, self.after)))

    def counterexample(self, theorem: Theorem) -> bool:
        """Whether it shows the theorem to be false: an instance in which the premises are true and the claim is not."""
        premises = all(outcome is True for outcome in self.given)
        excused = theorem.where_defined and isinstance(self.claim, Failed)
        return premises and self.claim is not True and not excused and self.possible(theorem)


def judge(pack: Pack, theorem: Theorem, instance: Instance) -> Judged:
    """What the theorem comes to in this instance. Raises `Incomplete` where the case leaves out something looked at."""
    before, env = _before(pack, theorem, instance)
    after = before
    impossible: tuple[Put, ...] = ()
    if theorem.change:
        facts, impossible = _edited(theorem, before, env)
        choices = instance.choices_after if theorem.apart else instance.choices
        after = Run(pack, facts, instance.readings, choices, _listed_after(theorem, before, env))
        before.sides = {"before": before, "after": after}
    given = tuple(before.expression(expr, env) for expr in theorem.given)
    return Judged(given, before.expression(theorem.claim, env), before, after, impossible)


def changed(pack: Pack, theorem: Theorem, instance: Instance) -> Mapping[str, Any]:
    """The facts after the changes, as a complete case of their own."""
    before, env = _before(pack, theorem, instance)
    facts, _ = _edited(theorem, before, env)
    return {**facts, **{name: _shown(facts[name], each) for name, each in _listed_after(theorem, before, env).items()}}


# -- before


def _before(pack: Pack, theorem: Theorem, instance: Instance) -> tuple[Run, dict[str, Argument]]:
    """The case as it is, holding the new elements where no list shows them, and what the names stand for."""
    facts, env = dict(instance.facts), dict[str, Argument](instance.names)
    listed: dict[str, tuple[Element, ...]] = {}
    for name in theorem.names:
        if name.ranges is Ranges.NEW and name.collection is not None:
            listing: Listing = facts[name.collection]
            listed.setdefault(name.collection, _every(name.collection, listing))
            env[name.name] = Element(name.collection, len(listing.elements))
            facts[name.collection] = _joined(listing, instance.new[name.name], name.name)
    return Run(pack, facts, instance.readings, instance.choices, listed), env


def _every(collection: str, listing: Listing) -> tuple[Element, ...]:
    return tuple(Element(collection, index) for index in range(len(listing.elements)))


def _joined(listing: Listing, element: Entry, label: str) -> Listing:
    return replace(
        listing, elements=(*listing.elements, element), labels=(*listing.labels, label) if listing.labels else ()
    )


# -- after


def _edited(theorem: Theorem, before: Run, env: Env) -> tuple[Mapping[str, Any], tuple[Put, ...]]:
    """The facts with the values put in, and the changes that have none. Each value is that of the case as it is; where two
    turn out to be about one fact, the later stands."""
    facts = before.facts.facts
    impossible = []
    for edit in theorem.change:
        if not isinstance(edit, Put):
            continue
        value, place = before.expression(edit.to, env), _place(edit.target, before, env)
        if place is None or isinstance(value, Failed) or not _may_be(before.pack, place[1], value):
            impossible.append(edit)
        else:
            facts = _put(facts, place[0], value)
    return facts, tuple(impossible)


def _place(target: Expr, before: Run, env: Env) -> tuple[tuple[Step, ...], FactSpec] | None:
    """The way to what a change sets, and what may stand there. None where there is no such place in this case."""
    match target:
        case Fact(name=name):
            return (name,), before.pack.facts[name]
        case Field(of=Fact(name=record), name=name):
            spec = before.pack.facts[record].field(name)
            absent = isinstance(before.facts.fact(record), Special)
            return None if absent or spec is None else ((record, name), spec)
        case Field(of=Var(name=variable), name=name):
            element = env[variable]
            spec = before.pack.collections[element.collection].field(name) if isinstance(element, Element) else None
            return ((element.collection, element.index, name), spec) if isinstance(element, Element) and spec else None
        case Pick(of=table, key=key):
            place, entry = _place(table, before, env), before.expression(key, env)
            return ((*place[0], entry), place[1]) if place is not None and isinstance(entry, str) else None
        case _:
            raise TypeError(f"no change can set {target}")


def _put(holder: Any, place: Sequence[Step], value: Value) -> Any:
    """A record, a table, a list or all facts, with this value at this place."""
    first, rest = place[0], place[1:]
    if isinstance(holder, Listing):
        elements = list(holder.elements)
        elements[int(first)] = _put(elements[int(first)], rest, value)
        return replace(holder, elements=tuple(elements))
    return {**holder, first: _put(holder[first], rest, value) if rest else value}


def _may_be(pack: Pack, spec: FactSpec, value: Value) -> bool:
    """Whether a fact may have this value (of its type, as the theorem is typed)."""
    match value:
        case Special(name=name):
            return spec.type is not None and name in spec.type.special
        case bool():
            return True
        case int():
            return (spec.least is None or spec.least <= value) and (spec.greatest is None or value <= spec.greatest)
        case date():
            return pack.horizon[0] <= value <= pack.horizon[1]
        case str() if spec.type is not None and (values := pack.enumerations.get(spec.type.base)) is not None:
            return value in (spec.among or tuple(each.name for each in values.values if not each.answer_only))
        case _:
            return True


def _listed_after(theorem: Theorem, before: Run, env: Env) -> Listed:
    """The lists whose members or order the changes touch: those that change places do, the new ones join at the end, the
    removed ones leave."""
    listed: dict[str, list[Element]] = {}

    def of(name: str) -> tuple[Element, list[Element]]:
        element = env[name]
        if not isinstance(element, Element):
            raise TypeError(f"{name} stands for no element")
        return element, listed.setdefault(element.collection, list(before.facts.elements(element.collection)))

    for edit in theorem.change:
        match edit:
            case Add(name=name):
                element, there = of(name)
                there.append(element)
            case Swap(first=first, second=second):
                (one, there), (other, _) = of(first), of(second)
                here, yonder = there.index(one), there.index(other)
                there[here], there[yonder] = other, one
    for edit in theorem.change:
        if isinstance(edit, Remove):
            element, there = of(edit.name)
            there[:] = [each for each in there if each != element]
    return {name: tuple(each) for name, each in listed.items()}


def _shown(listing: Listing, elements: Sequence[Element]) -> Listing:
    indices = [element.index for element in elements]
    return replace(
        listing,
        elements=tuple(listing.elements[index] for index in indices),
        labels=tuple(listing.labels[index] for index in indices) if listing.labels else (),
    )


# -- whether a case counts


def _assumed(run: Run) -> bool:
    return not any(run.assumption(assumption) for assumption in run.pack.assumptions)


def _lawful(run: Run, theorem: Theorem) -> bool:
    """Whether what is chosen, of all that bears on the theorem, is lawful wherever anything is."""
    cones = Cones(run.pack)
    exprs = [*theorem.given, theorem.claim, *(edit.to for edit in theorem.change if isinstance(edit, Put))]
    bearing = cones.exprs([*exprs, *(assumption.that for assumption in run.pack.assumptions)]).choices
    return all(
        run.choices[name] in run.lawful(name) or not run.lawful(name) for name in sorted(bearing) if name in run.choices
    )
