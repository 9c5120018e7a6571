"""A case of two laws as each of them sees it, and what it comes to there in the reference meaning."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhunsheng.errors import Disagreement
from zhunsheng.evaluate import Element, Run
from zhunsheng.lang import expr as e
from zhunsheng.lang.case import UNKNOWN, Case, ChoiceMade, Listing
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.outcome import FailureKind, strongest
from zhunsheng.lang.pack import FactSpec
from zhunsheng.lang.spots import labels_by_key
from zhunsheng.lang.types import NONE, Text, Value
from zhunsheng.lang.union import Union
from zhunsheng.solve.paired import NOT_EXPRESSIBLE, SOME, Key, Member, Shift
from zhunsheng.solve.problem import Completion

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Seen:
    """One case under one law: the run, what comes out over all lawful choices, and the day or number, if that is what does.

    `name`, `args`: the answer as this law calls it. `case`: the case in this law's own words."""

    run: Run
    case: Case
    name: str
    args: tuple[Any, ...]
    outcomes: frozenset[Value | FailureKind]
    members: frozenset[Member]
    number: Value | None = None


@dataclass(frozen=True)
class TwoLaws:
    """Two laws, and how the words of the one become those of the other."""

    union: Union

    def own_name(self, name: str, side: int) -> str:
        """What a law itself calls an object that the old law calls so."""
        return self.union.terms.renames.get(name, name) if side else name

    def facts(self, facts: Mapping[str, Any], side: int) -> dict[str, Any]:
        """A case of the union as one law sees it: without the facts it does not know, abolished values as what they became."""
        law = self.union.laws[side]
        found: dict[str, Any] = {}
        for name, value in facts.items():
            own = self.own_name(name, side)
            if own in law.collections:
                spec = law.collections[own]
                elements = tuple(self._entry(spec.fields, each, side) for each in value.elements)
                found[own] = Listing(elements, complete=True, labels=labels_by_key(spec, elements))
            elif own in law.facts:
                fact = law.facts[own]
                found[own] = self._value(fact, value, side) if fact.type is not None else self._record(fact, value, side)
        return found

    def readings(self, readings: Mapping[str, str], side: int) -> dict[str, str]:
        law = self.union.laws[side]
        own = {self.own_name(name, side): option for name, option in readings.items()}
        if side:
            own |= {self.own_name(name, side): option for name, option in self.union.terms.fixed.items()}
        return {name: own[name] for name in law.readings if name in own}

    def run(self, completion: Completion, side: int) -> Run:
        """The case under one law, its choices not made yet."""
        return Run(self.union.laws[side], self.facts(completion.facts, side), self.readings(completion.readings, side), {})

    def seen(self, completion: Completion, name: str, args: tuple[Any, ...], side: int, cones: Cones) -> Seen:
        """What an answer comes to under one law."""
        run = self.run(completion, side)
        own = self.own_name(name, side)
        cone = cones.definition(own)
        outcomes, chosen = all_outcomes(run, own, args, sorted(cone.choices))
        case = as_case(run, _lawful(run, chosen))
        if self.unexpressed(completion, name, args, side):
            return Seen(run.choosing(chosen), case, own, args, frozenset(), frozenset({NOT_EXPRESSIBLE}))
        numeric = run.pack.definitions[own].type.base in ("day", "number", "text")
        numbers = {o for o in outcomes if numeric and not isinstance(o, FailureKind) and not _special(o)}
        members: frozenset[Member] = frozenset(SOME if o in numbers else o for o in outcomes)
        number = next(iter(numbers)) if len(numbers) == 1 else None
        return Seen(run.choosing(chosen), case, own, args, outcomes, members, number)

    def unexpressed(self, completion: Completion, name: str, args: tuple[Any, ...], side: int) -> bool:
        """Whether the case holds, among what the answer consults, something this law has no word for."""
        both = Run(self.union.pack, completion.facts, completion.readings, {})
        cone = Cones(self.union.pack).definition(self.union.named(name, side))
        if both.expression(self.union.unknown(cone, side)) is True:
            return True
        known = argument_values(self.union, name, side)
        names = [parameter for parameter, _ in self.union.pack.definitions[name].parameters]
        return any(p in known and isinstance(a, str) and a not in known[p] for p, a in zip(names, args, strict=True))

    def part(self, completion: Completion, parts: Sequence[tuple[str, e.Expr | None]]) -> str:
        """Which kind a case is, of a way to divide cases: by the old law."""
        run = self.run(completion, 0)
        return next(name for name, when in parts if when is None or run.expression(when) is True)

    # -- facts

    def _record(self, spec: FactSpec, value: Any, side: int) -> Any:
        return value if value is NONE or value is UNKNOWN else self._entry(spec.record, value, side)

    def _entry(self, specs: Sequence[FactSpec], entry: Entry, side: int) -> dict[str, Any]:
        return {spec.name: self._value(spec, entry.get(spec.name, UNKNOWN), side) for spec in specs}

    def _value(self, spec: FactSpec, value: Any, side: int) -> Any:
        if side == 0 or spec.type is None or spec.type.base not in self.union.terms.becomes:
            return value
        becomes = self.union.terms.becomes[spec.type.base]
        if isinstance(value, Mapping):
            return {key: becomes.get(each, each) for key, each in value.items()}
        return becomes.get(value, value)


def argument_values(union: Union, name: str, side: int) -> dict[str, frozenset[str]]:
    """For each argument over an enumeration that the laws do not share, the values this law has."""
    law = union.laws[side]
    found = {}
    for parameter, type_ in union.pack.definitions[name].parameters:
        base = type_.base.removesuffix("__before")
        if f"{base}__before" in union.pack.enumerations and base in law.enumerations:
            found[parameter] = frozenset(law.enumerations[base].names)
    return found


def all_outcomes(
    run: Run, name: str, args: tuple[Any, ...], choices: Sequence[str]
) -> tuple[frozenset[Value | FailureKind], dict[str, Value]]:
    """What comes out over every way to choose lawfully, and the first such way."""
    if not choices:
        return frozenset({strongest(run.definition(name, args))}), {}
    found: set[Value | FailureKind] = set()
    first: dict[str, Value] | None = None
    for chosen in _ways(run, choices):
        found.add(strongest(run.choosing(chosen).definition(name, args)))
        first = first or chosen
    return frozenset(found), first or {}


def _ways(run: Run, choices: Sequence[str]) -> Iterator[dict[str, Value]]:
    """Every way to choose within these discretions that is lawful where anything is."""
    for way in itertools.product(*(run.candidates(name) for name in choices)):
        chosen = dict(zip(choices, way, strict=True))
        there = run.choosing(chosen)
        lawful = [there.lawful(name) for name in choices]
        if all(not allowed or chosen[name] in allowed for name, allowed in zip(choices, lawful, strict=True)):
            yield chosen


def _lawful(run: Run, chosen: Mapping[str, Value]) -> dict[str, Value]:
    """What is chosen, but where nothing is lawful: there nothing can be chosen, and a case that said so would be refused."""
    there = run.choosing(chosen)
    return {name: value for name, value in chosen.items() if there.lawful(name)}


def refuse_other(key: Key, before: Seen, after: Seen, what: str) -> None:
    """Raises `Disagreement` where the reference meaning of either law says anything but what was said."""
    shift = Shift.SAME
    if before.number is not None and after.number is not None and before.number != after.number:
        earlier = after.number < before.number  # type: ignore[operator]  # both days, or both numbers
        shift = Shift.OTHER if isinstance(after.number, str) else (Shift.EARLIER if earlier else Shift.LATER)
    found = Key(before.members, after.members, shift)
    if found != key:
        raise Disagreement(f"{what}: the solver says {key}, the reference meaning {found}")


def refuse_excluded(laws: TwoLaws, completion: Completion, what: str) -> None:
    """Raises `Disagreement` where a case breaks an assumption of either law."""
    for side in (0, 1):
        run = laws.run(completion, side)
        broken = [a.name for a in run.pack.assumptions if run.assumption(a)]
        if broken:
            raise Disagreement(f"{what}: the solver's case breaks {', '.join(broken)}")


def as_case(run: Run, chosen: Mapping[str, Value]) -> Case:
    """A case of one law, complete but for choices that nothing asks for."""
    made = {name: ChoiceMade(value) for name, value in chosen.items()}
    return Case(Text("", ""), run.pack.name, run.facts.facts, dict(run.readings), made, None)


def element(ref: Any) -> Any:
    """An argument as the reference meaning takes it."""
    return Element(ref.collection, ref.index) if hasattr(ref, "collection") else ref


def _special(value: Any) -> bool:
    return type(value).__name__ == "Special"
