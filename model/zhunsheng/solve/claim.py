"""A theorem as a formula: whether it has a counterexample, whether its premises can hold, and which of them it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from zhunsheng.errors import NotShown
from zhunsheng.lang.blank import blank_case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem
from zhunsheng.solve.cases import ElementRef
from zhunsheng.solve.formula import Node
from zhunsheng.solve.problem import Problem, World
from zhunsheng.solve.sealed import NOTHING, Sealed
from zhunsheng.solve.sides import Shown, Sides
from zhunsheng.solve.simplest import simplest
from zhunsheng.solve.smt import Prover
from zhunsheng.solve.smtlib import script
from zhunsheng.solve.symbols import Assignment

MOST_WORK = 60_000_000
"""The solver's budget for one theorem, in its own units: a theorem speaks of far more cases than an answer does."""


class Claim:
    """A theorem under one vector of readings, with so many slots, its names standing for elements in one of the ways they can.

    `places`: for each name of an element its list and its place there; two names of one list may share a place. `choices`
    are the discretions that the theorem's definitions may consult, `assumed` the assumptions that its cases satisfy. `sealed`
    definitions are taken as given: then only that there is no counterexample says something."""

    def __init__(
        self,
        pack: Pack,
        theorem: Theorem,
        places: Mapping[str, tuple[str, int]],
        slots: Mapping[str, int],
        readings: Mapping[str, str],
        choices: Iterable[str],
        assumed: Iterable[str],
        sealed: Sealed = NOTHING,
    ) -> None:
        self.pack, self.theorem, self.slots, self.readings = pack, theorem, slots, readings
        self.places, self.choices, self.assumed, self.sealed = places, choices, assumed, sealed
        self.problem = Problem(pack, blank_case(pack, _named(places), readings), slots)
        self.sides = Sides(self.problem, theorem, _refs(places), sealed=sealed)
        self.given = self.sides.given()
        self.broken = self.sides.broken()
        self.stated = [*self.sides.constraints(assumed), *self.sides.lawful(choices), *self.sides.taken_as_given()]
        self.world = World(self.problem, {}, self.stated, MOST_WORK)

    def counterexample(self) -> Assignment | None:
        """A case in which every premise is true and the claim is not. Raises `NotShown`."""
        return self.world.satisfy(*self.given, self.broken)

    def premises(self) -> Assignment | None:
        """A case in which every premise is true. Raises `NotShown`."""
        return self.world.satisfy(*self.given)

    def needs(self, index: int) -> bool:
        """Whether there is a counterexample as soon as this premise is dropped. Raises `NotShown`."""
        return self.world.satisfy(*self.given[:index], *self.given[index + 1 :], self.broken) is not None

    def simplest(self, model: Assignment, *, broken: bool = True) -> Shown:
        """The simplest case like the one a model shows."""
        wanted = [*self.given, self.broken] if broken else self.given

        def satisfy(*more: Node) -> Assignment | None:
            return self.world.satisfy(*wanted, *more)

        plain = simplest(self.problem, satisfy, model, self.sides.own.free.values())
        return self.sides.shown(plain, self.readings)

    def rests_on(self) -> frozenset[tuple[str, str]]:
        """Of a claim without a counterexample, rules (definition, rule) that its proof uses: with the others free it still holds.

        Raises `NotShown`."""
        guards: dict[Node, tuple[str, str]] = {}
        core = self._guarded(guards).core(guards)
        if core is None:
            raise NotShown("with the rules' conditions apart the formula can be met")
        return frozenset(guards[node] for node in core)

    def _guarded(self, guards: dict[Node, tuple[str, str]]) -> Prover:
        """A solver with the formula in which each rule's condition is what the pack says only under its guard."""
        problem = Problem(self.pack, blank_case(self.pack, _named(self.places), self.readings), self.slots)
        sides = Sides(problem, self.theorem, _refs(self.places), guards, self.sealed)
        stated = [*sides.given(), sides.broken(), *sides.constraints(self.assumed), *sides.lawful(self.choices), *sides.links()]
        prover = Prover(MOST_WORK)
        prover.add([*stated, *sides.taken_as_given()])
        return prover

    def script(self, says: Sequence[str]) -> str:
        """The formula as an SMT-LIB script: it can be met exactly where the claim has a counterexample."""
        return script([*self.stated, *self.given, self.broken], says)

    @property
    def queries(self) -> int:
        return self.world.queries


def _refs(places: Mapping[str, tuple[str, int]]) -> dict[str, ElementRef]:
    return {name: ElementRef(collection, place) for name, (collection, place) in places.items()}


def _named(places: Mapping[str, tuple[str, int]]) -> dict[str, list[str]]:
    """The elements each list states, by the first name that stands for each."""
    found: dict[str, dict[int, str]] = {}
    for name, (collection, place) in places.items():
        found.setdefault(collection, {}).setdefault(place, name)
    return {collection: [names[place] for place in sorted(names)] for collection, names in found.items()}
