"""The problems of one case: how many slots an answer needs, and one problem for each such number."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, cast

from zhunsheng.ask.deciding.answers import Asked, ElementAt
from zhunsheng.ask.deciding.assumed import assumed
from zhunsheng.ask.deciding.failing import Failing
from zhunsheng.ask.deciding.sealing import Sealing
from zhunsheng.errors import NotShown
from zhunsheng.evaluate import Memory
from zhunsheng.lang import expr as e
from zhunsheng.lang.blank import blank_case
from zhunsheng.lang.bound import Bound, Goal, bound
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cone, Cones
from zhunsheng.lang.enough import enough
from zhunsheng.lang.forms import Forms
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Touched
from zhunsheng.solve.cases import ElementRef
from zhunsheng.solve.problem import Encoded, Problem
from zhunsheng.solve.smt import give_back

T = TypeVar("T")
SIDES = ("before", "after")
MOST_SLOTS = 200
"""Where an answer's lists may have to hold more further elements than this, it is not put to the solver in full."""
MOST_PAIRED = 100
"""Where two completions may need more further elements than this, a question about both has not been seen to end."""
MOST_SHARED = 24
MOST_LARGER = 3
"""Answers share a problem of at most so many further elements, and one is at most so many times as large as an answer needs."""
MOST_HELD = 5_000
"""How many terms solvers hold from one answer to the next: in words of bits each takes over ten kilobytes."""
MOST_NODES = 250_000
"""How many nodes problems hold from one answer to the next: each takes some 350 bytes."""
FEW_SLOTS = 2
"""How many further elements of each list are looked at where not all that may matter can be."""
MANY = 30
"""Where an answer needs more further elements than this, it is first looked whether a few show every outcome."""
FEW_ENOUGH = 6
"""Where an answer needs no more further elements than this, it is not worked out whether fewer would do."""
OUTSIDE_SLOTS = 3
"""How many further elements are looked at where no bound can be proved: what is said then is never called complete."""


@dataclass
class Shared:
    """What depends on the pack and not on the case: computed once for all cases of a pack."""

    cones: Cones
    bounds: dict[tuple[Any, ...], Bound] = field(default_factory=dict)
    forms: Forms = field(init=False)
    memory: Memory = field(init=False)
    """What definitions came to in complete cases of the pack."""
    _failing: dict[tuple[tuple[str, str], ...], Failing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.forms = Forms(self.cones.pack, self.cones)
        self.memory = Memory(self.cones.pack)

    def failing(self, readings: Mapping[str, str]) -> Failing:
        """In which ways definitions can fail in any case under these readings."""
        key = tuple(sorted(readings.items()))
        if key not in self._failing:
            case = blank_case(self.cones.pack, {}, readings)
            self._failing[key] = Failing(self.sealing, case, frozenset(), dict(key))
        return self._failing[key]

    @cached_property
    def sealing(self) -> Sealing:
        """What can be taken as given."""
        return Sealing(self.cones.pack, self.forms)


_KNOWN: list[Shared] = []
"""Of the packs asked about last."""


def shared_of(pack: Pack) -> Shared:
    """What depends on the pack alone, for whoever asks about one case of it after another."""
    known = next((one for one in _KNOWN if one.cones.pack is pack), None)
    if known is None:
        known = Shared(Cones(pack))
        _KNOWN[:] = [*_KNOWN[-1:], known]
    return known


@dataclass
class Problems:
    """Everything about one pack and one case that answers share. `after`: the day after which lists may still grow."""

    pack: Pack
    case: Case
    after: date | None = None
    shared: Shared | None = None
    beside: Problems | None = None
    """Those of another case of the pack, with which these are compared: what is the same in both is one node."""
    cones: Cones = field(init=False)
    forms: Forms = field(init=False)
    closed: frozenset[str] = field(init=False)
    _shared: Shared = field(init=False)
    bounds: dict[tuple[Any, ...], Bound] = field(init=False)
    _made: dict[tuple[tuple[str, int], ...], Problem] = field(default_factory=dict)
    _sizes: dict[frozenset[str], dict[str, int]] = field(default_factory=dict)
    _failing: dict[tuple[tuple[str, str], ...], Failing] = field(default_factory=dict)
    _queries_before: int = 0
    _queries_seen: int = 0

    def __post_init__(self) -> None:
        self._shared = shared = self.shared or shared_of(self.pack)
        self.cones, self.forms, self.bounds = shared.cones, shared.forms, shared.bounds
        self.closed = frozenset(
            name
            for name, spec in self.pack.collections.items()
            if self.case.facts[name].complete and not (self.after and spec.happens_on)
        )

    def cone(self, asked: Asked) -> Cone:
        return self.cones.definition(asked.definition)

    def bound(self, asked: Asked, readings: Mapping[str, str]) -> Bound:
        """n(c) for one answer under these readings (those not named are open), with the assumptions."""
        return self._bound(asked, readings, Touched())

    def _bound(self, asked: Asked, readings: Mapping[str, str], touched: Touched) -> Bound:
        """… and for two cases at once, where something is `touched`: what the two may have different."""
        stated = {name: len(self.case.facts[name].elements) for name in self.pack.collections}
        fixed = {**readings, **self.case.readings}
        key = (*self._key(asked, stated, fixed), self._choices_stated(asked), touched)
        if key not in self.bounds:
            two = touched != Touched()
            sides = SIDES if two else ()
            goals = [*self.goals(asked, sides), *assumed(self.pack, sides=sides)]
            whole = bound(self.pack, goals, stated, self.closed, fixed, touched, self.forms)
            self.bounds[key] = whole if self._needed(whole) <= FEW_ENOUGH else self._fewer(asked, stated, fixed, whole, two=two)
        return self.bounds[key]

    def _fewer(self, asked: Asked, stated: Mapping[str, int], fixed: Mapping[str, str], whole: Bound, *, two: bool) -> Bound:
        """The smaller of two bounds. Choices that the case states, or that two completions have in common, are kept lawful; one
        that nothing kept consults may otherwise be made anew."""
        goals = [*self.goals(asked), *assumed(self.pack)]
        lawful = self.cone(asked).choices if two else self._choices_stated(asked)
        fewer = enough(self.pack, goals, stated, self.closed, fixed, self.forms, times=1 + two, lawful=lawful)
        return whole if fewer.outside or self._needed(whole) <= self._needed(fewer) else fewer

    def _choices_stated(self, asked: Asked) -> frozenset[str]:
        return self.cone(asked).choices.intersection(self.case.choices)

    def _needed(self, found: Bound) -> float:
        return math.inf if found.outside else sum(self.filled(found.slots).values())

    def goals(self, asked: Asked, sides: Sequence[str] = ()) -> list[Goal]:
        definition = self.pack.definitions[asked.definition]
        args: list[e.Expr] = []
        constants = []
        for (name, type_), arg in zip(definition.parameters, asked.args, strict=True):
            if isinstance(arg, ElementAt):
                constants.append(name)
                args.append(e.Var(name, type_))
            else:
                args.append(e.Literal(arg, type_))
        call: e.Expr = e.Call(asked.definition, tuple(args), definition.type)
        wanted: list[e.Expr] = [e.At(side, call, call.type) for side in sides] or [call]
        return [Goal(each, constants=tuple(constants)) for each in wanted]

    def _key(self, asked: Asked, stated: Mapping[str, int], fixed: Mapping[str, str]) -> tuple[Any, ...]:
        """All that a bound may differ by: of the lists and readings, those that the answer or an assumption speaks of."""
        cone = self.cone(asked) | self.assumptions
        literals = tuple(None if isinstance(arg, ElementAt) else arg for arg in asked.args)
        lists = tuple((name, stated[name], name in self.closed) for name in sorted(cone.collections))
        options = tuple((name, fixed.get(name)) for name in sorted(cone.readings))
        return asked.definition, literals, lists, options

    @cached_property
    def assumptions(self) -> Cone:
        """What the assumptions speak of, with the lists whose elements they are about."""
        about = frozenset(collection for assumption in self.pack.assumptions for _, collection in assumption.each)
        return self.cones.exprs(assumption.that for assumption in self.pack.assumptions) | Cone(collections=about)

    def possible(self) -> Problem:
        """The problem that tells whether the case is possible at all: the further elements that assumptions may call for."""
        stated = {name: len(self.case.facts[name].elements) for name in self.pack.collections}
        found = bound(self.pack, assumed(self.pack), stated, self.closed, self.case.readings, forms=self.forms)
        return self.with_slots(dict.fromkeys(self.pack.collections, OUTSIDE_SLOTS) if found.outside else found.slots)

    def problem(self, asked: Asked, readings: Mapping[str, str]) -> tuple[Problem, str]:
        """The problem an answer is put to under these readings, and why its bound does not hold (empty if it does)."""
        if not self._open(asked):
            return self.with_slots({}), ""
        found = self.bound(asked, readings)
        slots = self.filled(found.slots)
        shared = self._sizes.get(frozenset(slots), {})
        if sum(shared.values()) <= MOST_LARGER * sum(slots.values()):
            slots = {name: max(number, shared.get(name, 0)) for name, number in slots.items()}
        if found.outside:
            slots = dict.fromkeys(self._open(asked), OUTSIDE_SLOTS)
        return self.with_slots(slots), found.outside

    def for_pairs(
        self, asked: Asked, small: Problem, tied: frozenset[str], readings: Mapping[str, str], most: int | None = None
    ) -> Problem:
        """The problem that tells of two completions with the same symbols `tied` and different outcomes whether there are any:
        the one of single completions (`small`) where it holds elements enough for both. Raises `NotShown` where that takes more
        than so many further elements."""
        touched = self._touched(small, tied, readings)
        if not touched.meets(self.cone(asked) | self.assumptions):
            return small
        found = self._bound(asked, readings, touched)
        if found.outside:
            return self.with_slots(dict.fromkeys(self._open(asked), OUTSIDE_SLOTS * 2))
        there = small.further
        slots = {name: max(number, there[name]) for name, number in found.slots.items()}
        if most is not None and sum(self.filled(slots).values()) > most:
            raise NotShown("too many further elements may matter")
        return self.with_slots(slots)

    def under_two(self, asked: Asked, names: frozenset[str], most: int) -> Problem | None:
        """A problem with elements enough for two completions that have these readings different, all readings open: the one for
        every combination of readings where that does, else one of at most so many further elements. None where there is none."""
        found = self._bound(asked, {}, Touched(readings=names))
        slots = self.filled(found.slots)
        if found.outside or self.needed(asked, {}) > MOST_SLOTS:
            return None
        every, _ = self.problem(asked, {})
        if all(number <= every.further[name] for name, number in slots.items()):
            return every
        return self.with_slots(slots) if sum(slots.values()) <= most else None

    def _touched(self, problem: Problem, tied: frozenset[str], readings: Mapping[str, str]) -> Touched:
        """What two completions with the same symbols `tied` may have different, under these readings."""
        names: dict[str, set[str]] = {"facts": set(), "readings": set(), "discretion": set()}
        fields = set()
        stated = {label: name for name in self.pack.collections for label, _ in problem.elements(name)}
        for symbol in problem.free().keys() - tied:
            kind, _, path = symbol.partition(" ")
            label = next((one for one in stated if kind == "facts" and path.startswith(f"{one}.")), None)
            if label is None:
                names[kind].add(path.partition(".")[0])
            else:
                fields.add((self.pack.collections[stated[label]].element, path[len(label) + 1 :].partition(".")[0]))
        lists = self.pack.collections.keys() - self.closed
        return Touched(
            facts=frozenset(names["facts"] - self.pack.collections.keys()),
            fields=frozenset(fields),
            members=frozenset(name for name in lists if tied.isdisjoint((f"facts {name}", f"facts {name}.others"))),
            choices=bool(names["discretion"]),
            readings=frozenset(names["readings"] - readings.keys()),
        )

    def many(self, asked: Asked, readings: Mapping[str, str]) -> bool:
        """Whether so many further elements may matter that it is worth while to see whether a few show as much."""
        return self.needed(asked, readings) > MANY

    def needed(self, asked: Asked, readings: Mapping[str, str]) -> float:
        """How many further elements may matter to an answer under these readings; infinitely many where no bound is proved."""
        return self._needed(self.bound(asked, readings)) if self._open(asked) else 0

    def failing(self, readings: Mapping[str, str]) -> Failing:
        """In which ways definitions can fail in this case under these readings."""
        fixed = {**readings, **self.case.readings}
        key = tuple(sorted(fixed.items()))
        if key not in self._failing:
            shared = self._shared
            self._failing[key] = Failing(shared.sealing, self.case, self.closed, fixed, self.after, shared.failing(fixed))
        return self._failing[key]

    def refuse_large(self, asked: Asked, readings: Mapping[str, str]) -> None:
        """Raises `NotShown` where the problem would be too large even to be written down."""
        if self._open(asked):
            slots = self.bound(asked, readings).slots
            if sum(number for name, number in slots.items() if name not in self.closed) > MOST_SLOTS:
                raise NotShown("too many further elements may matter")

    def with_few(self, asked: Asked) -> Problem:
        """A problem with a few further elements of each list that the answer speaks of: its completions are completions."""
        return self.with_slots(dict.fromkeys(sorted(self._open(asked)), FEW_SLOTS))

    def with_fewer(self, problem: Problem) -> Problem:
        """One with no more than a few further elements of each list, where that makes it much smaller; else the same."""
        few = {name: min(number, FEW_SLOTS) for name, number in problem.further.items()}
        return self.with_slots(few) if sum(few.values()) < problem.slots else problem

    def _open(self, asked: Asked) -> frozenset[str]:
        return self.cone(asked).collections - self.closed

    def once(self, problem: Problem, key: Hashable, find: Callable[[], T]) -> T:
        """What `find` gives of a problem, found once for each key: many answers come down to the same conditions.
        Raises `NotShown` anew where it was raised before."""
        if key not in problem.kept:
            try:
                problem.kept[key] = find()
            except NotShown as reason:
                problem.kept[key] = reason.kept()
        found = problem.kept[key]
        if isinstance(found, NotShown):
            raise found.kept()
        return cast("T", found)

    def expect(self, asked: Iterable[Asked], readings: Mapping[str, str]) -> None:
        """Answers that will be asked about: those that need further elements of the same lists share a problem that is large
        enough for all of them, so that what they have in common is written down once."""
        for one in asked:
            slots = self.filled(self.bound(one, readings).slots) if self._open(one) else {}
            if sum(slots.values()) <= MOST_SHARED:
                size = self._sizes.setdefault(frozenset(slots), {})
                size.update({name: max(number, size.get(name, 0)) for name, number in slots.items()})

    def filled(self, slots: Mapping[str, int]) -> dict[str, int]:
        return {name: number for name, number in slots.items() if number and name not in self.closed}

    def with_slots(self, slots: Mapping[str, int]) -> Problem:
        key = tuple(self.filled(slots).items())
        if key not in self._made:
            terms = self.beside.with_slots(slots).terms if self.beside is not None else None
            self._made[key] = Problem(self.pack, self.case, dict(key), self.after, terms)
        self._made[key] = self._made.pop(key)  # the one used last goes last
        return self._made[key]

    def encode(self, problem: Problem, asked: Asked) -> Encoded:
        args = tuple(ElementRef(arg.collection, arg.index) if isinstance(arg, ElementAt) else arg for arg in asked.args)
        return problem.encode(asked.definition, args)

    @property
    def queries(self) -> int:
        return self._queries_before + sum(problem.queries for problem in self._made.values())

    def trim(self) -> None:
        """Gives the memory of solvers back that were used longest ago, where together they hold much."""
        worlds = [world for problem in self._made.values() for world in problem.worlds]
        held = sum(world.size for world in worlds)
        for world in worlds:
            if held <= MOST_HELD:
                break
            held -= world.size
            world.forget()
        if self._queries_seen != self.queries:
            self._queries_seen = self.queries
            give_back()

    def drop(self) -> None:
        """Forgets the problems used longest ago, where together they are large: each is made anew when asked for again. Not to be
        called where nodes of one are still held, as where two cases are compared."""
        held = sum(len(problem.terms) for problem in self._made.values())
        for key, problem in list(self._made.items()):
            if held <= MOST_NODES:
                return
            held -= len(problem.terms)
            self._queries_before += problem.queries
            problem.release()
            del self._made[key]

    def release(self) -> None:
        """Gives the solvers' memory back: to be called when a case is done."""
        for problem in self._made.values():
            problem.release()
