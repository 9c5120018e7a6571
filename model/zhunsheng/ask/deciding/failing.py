"""In which ways definitions can fail, whatever their arguments and whatever is unknown: too many rather than too few.

The form of a law shows how a definition could fail: where no rule need speak, where two may clash. Mostly none ever does, or
not in one case, with its lines and its ladder. It is looked into with what a definition calls taken as given (`sealing`), first
all of it, then less and less; in which ways that can fail is looked into in its turn.

What is said here is said of cases in which the choices are lawful that the definition turns on, and no day that it reckons leaves
the calendar's reach.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zhunsheng.ask.deciding.assumed import assumed
from zhunsheng.ask.deciding.sealing import Sealing, at_any_arguments, choices_left, named_elements
from zhunsheng.errors import NotShown
from zhunsheng.lang import expr as e
from zhunsheng.lang.bound import Goal, bound
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import expressions
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Definition
from zhunsheng.lang.types import Type
from zhunsheng.solve.cases import Cases, ElementRef
from zhunsheng.solve.formula import Node
from zhunsheng.solve.problem import Problem, World
from zhunsheng.solve.sealed import Open, Sealed, one_of

MOST_SLOTS = 24
"""Where more elements than this would have to be looked at, a definition may come to anything its form allows."""
MOST_WORK = 2_000_000
"""The solver's budget for one question here, in its own units."""


@dataclass
class Failing:
    """The definitions of one pack in one case under some readings (those not named are open). `closed`: the lists that are
    complete; `after`: the day after which they may grow all the same. `always`: the same in any case at all, if known."""

    sealing: Sealing
    case: Case
    closed: frozenset[str]
    readings: Mapping[str, str]
    after: date | None = None
    always: Failing | None = None
    _may: dict[tuple[str, FailureKind], bool] = field(default_factory=dict)

    def sealed(self, names: frozenset[str], wanted: Collection[FailureKind]) -> Sealed:
        """These definitions taken as given, with the ways in which they may fail: those `wanted` are looked into."""

        def kinds(name: str) -> frozenset[FailureKind]:
            return frozenset(kind for kind in self.by_form(name) if kind not in wanted or self.may(name, kind))

        return Sealed(_Kinds(names, kinds))

    def by_form(self, name: str) -> frozenset[FailureKind]:
        """The ways in which it may fail as far as its form shows. A day beyond the calendar's reach is not among them."""
        definition = self.sealing.pack.definitions[name]
        return self.sealing.forms.where(self.readings, frozenset()).failures(e.Call(name, (), definition.type))

    def may(self, name: str, kind: FailureKind) -> bool:
        """Whether a definition may fail so."""
        if (name, kind) not in self._may:
            elsewhere = self.always is None or self.always.may(name, kind)
            self._may[name, kind] = elsewhere and kind in self.by_form(name) and not self._never(name, kind)
        return self._may[name, kind]

    def _never(self, name: str, kind: FailureKind) -> bool:
        """Whether it is shown that it does not, whatever the definitions that it rests on come to, or some of them."""
        definition = self.sealing.pack.definitions[name]
        if any(type_.base == "number" for _, type_ in definition.parameters):  # not all numbers can be looked at
            return False
        rings = self.sealing.ring_by_ring(expressions(definition), self.readings, never=frozenset({name}))
        for names in (*(frozenset(ring.kinds) for ring in rings), frozenset[str]()):
            look = self._look(definition, names, kind)
            if look is None or look.excludes(kind):
                return look is not None
        return False

    def _look(self, definition: Definition, names: frozenset[str], kind: FailureKind) -> _Look | None:
        """The definition with these taken as given; None where that is too much to look at."""
        taken = named_elements(self.sealing.pack, definition)
        named = {name: number for name, number in taken.items() if name not in self.closed}
        call = Goal(at_any_arguments(definition), constants=tuple(name for name, _ in definition.parameters))
        slots = self.slots([call], names, named)
        return None if slots is None else _Look(self, definition, self.sealed(names, {kind}), slots, named)

    def slots(self, goals: list[Goal], names: frozenset[str], named: Mapping[str, int]) -> dict[str, int] | None:
        """The further elements enough to tell what is asked with these definitions taken as given, besides those `named`; None
        where they are too many."""
        pack, forms = self.sealing.pack, self.sealing.forms
        stated = {name: len(self.case.facts[name].elements) + named.get(name, 0) for name in pack.collections}
        wanted = [*goals, *assumed(pack, self.assumed)]
        found = bound(pack, wanted, stated, self.closed, self.readings, forms=forms, sealed=names)
        slots = {name: number for name, number in found.slots.items() if number and name not in self.closed}
        return None if found.outside or sum(slots.values()) > MOST_SLOTS else slots

    @property
    def assumed(self) -> frozenset[str]:
        """The assumptions that are made. They call for no elements, so they consult nothing that is taken as given."""
        return self.sealing.lean(self.readings)


class Taken:
    """The case with some definitions taken as given, and with so many further elements."""

    def __init__(self, failing: Failing, sealed: Sealed, slots: Mapping[str, int]) -> None:
        pack = failing.sealing.pack
        self.sealed, self.readings = sealed, failing.readings
        self.problem = Problem(pack, failing.case, slots, failing.after)
        self.problem.constrainer.open = self.open = Open(pack, self.problem.terms, sealed)
        stated = [node for each in pack.assumptions if each.name in failing.assumed
                  for node in self.problem.constrainer.assumption(each)]  # fmt: skip
        self._binding = [*self.problem.symbols.constraints, *stated]

    def excludes(self, *conditions: Node, more: Iterable[Node] = ()) -> bool:
        """Whether it is shown that these cannot be true together. To be asked once all of them is written down; `more`:
        what binds besides."""
        terms, vector, memo = self.problem.terms, self.problem.vector(self.readings), dict[Node, Node]()
        asked = [terms.restrict(node, vector, memo) for node in conditions]
        if any(node is terms.false for node in asked):
            return True
        binding = (*self._binding, *self.open.constraints, *more)
        world = World(self.problem, vector, [terms.restrict(node, vector, memo) for node in binding], MOST_WORK, bits=True)
        try:
            return not world.possible(*asked)
        except NotShown:
            return False

    def lawful(self, exprs: Sequence[e.Expr]) -> Node:
        """That the choices are lawful which are consulted here."""
        return self.problem.lawful(choices_left(self.problem.pack, exprs, self.sealed))


class _Look:
    """One definition at any arguments, with some of what it rests on taken as given."""

    def __init__(
        self, failing: Failing, definition: Definition, sealed: Sealed, slots: Mapping[str, int], named: Mapping[str, int]
    ) -> None:
        further = {name: slots.get(name, 0) + named.get(name, 0) for name in {*slots, *named}}
        self._taken = Taken(failing, sealed, further)
        self._used: Counter[str] = Counter()
        self._bound: list[Node] = []
        problem = self._taken.problem
        env = {name: self._argument(failing, f"{definition.name}({name})", type_) for name, type_ in definition.parameters}
        outcome = problem.constrainer.outcome(definition, env)
        self._encoded = problem.outcomes_of(outcome, definition.type)
        self._lawful = self._taken.lawful(expressions(definition))

    def excludes(self, kind: FailureKind) -> bool:
        """Whether it is shown that the definition does not fail so."""
        node = self._encoded.finite.get(kind)
        return node is None or self._taken.excludes(node, self._lawful, more=self._bound)

    def _argument(self, failing: Failing, path: str, type_: Type) -> Cases:
        """Any value of its type; any element of its list, stated or further, also one that is another argument."""
        collection = failing.sealing.pack.element_of(type_.base)
        if collection is None:
            return self._taken.open.anything(path, type_)
        slots = self._taken.problem.symbols.collections[collection.name]
        places = [index for index, slot in enumerate(slots) if slot.known]
        if collection.name not in failing.closed:
            self._used[collection.name] += 1
            places += range(len(places), len(places) + self._used[collection.name])
        terms = self._taken.problem.terms
        refs = {ElementRef(collection.name, index): slots[index].present for index in places}
        chosen = one_of(terms, path, list(refs), self._bound)
        self._bound += [terms.implies(chosen[ref], present) for ref, present in refs.items()]
        return Cases(chosen)


@dataclass(frozen=True)
class _Kinds(Mapping[str, frozenset[FailureKind]]):
    """The ways in which definitions may fail, looked into where they are asked for: of those taken as given only few are."""

    names: frozenset[str]
    find: Callable[[str], frozenset[FailureKind]]

    def __getitem__(self, name: str) -> frozenset[FailureKind]:
        if name not in self.names:
            raise KeyError(name)
        return self.find(name)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.names))

    def __len__(self) -> int:
        return len(self.names)
