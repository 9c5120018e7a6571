"""What an answer may still come to while facts are missing, worked out without a solver.

The kernel's possibilities: never less than what can be, sometimes more. Where they are one thing, the answer is settled whatever
the missing facts are; where they are several, it may be settled all the same.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, product
from math import prod
from typing import Any

from zhunsheng.ask.certifying.atoms import as_data, atoms_of
from zhunsheng.ask.certifying.remembered import Memory, Told, World, told
from zhunsheng.ask.deciding.answers import Asked, ElementAt
from zhunsheng.certify import kernel
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cone, Cones
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import NONE, Special, Type, Value
from zhunsheng.lang.unparse import unparse

Symbol = Hashable
MOST_LEAVES = 64
MOST_LOOKS = 400
"""After so many cases, what definitions came to in them is forgotten."""
FAILURES = {kernel.NO_DATA: FailureKind.NO_DATA, kernel.GAP: FailureKind.GAP, kernel.CONFLICT: FailureKind.CONFLICT}


@dataclass(frozen=True)
class May:
    """What an answer may come to: `values` one by one, `least` to `greatest` of a number or day, and `failures`."""

    values: tuple[Value, ...] = ()
    least: Value | None = None
    greatest: Value | None = None
    failures: tuple[FailureKind, ...] = ()

    @property
    def single(self) -> bool:
        number = len(self.values) + len(self.failures) + (self.least is not None)
        return number == 1 and self.least == self.greatest


@dataclass
class Possibilities:
    """One pack as the kernel reads it, asked about partial cases."""

    pack: Pack
    cones: Cones
    given: kernel.Pack | None = None
    """The pack as the kernel reads it, where somebody has it already."""
    loaded: kernel.Pack = field(init=False)
    defaults: Mapping[str, str] = field(init=False)
    _trees: dict[Expr, Any] = field(default_factory=dict)
    _memory: Memory = field(default_factory=Memory)
    _told: dict[Hashable, Told] = field(default_factory=dict)
    _looks: int = 0

    def __post_init__(self) -> None:
        self.loaded = self.given or kernel.Pack(self.pack.canonical.encode())
        self.defaults = {name: spec.default for name, spec in self.pack.readings.items() if spec.default is not None}

    def atoms(self, case: Case) -> list[Mapping[str, Any]]:
        """All that the case states, under its readings and the defaults, with the choices it makes."""
        choices = {name: made.value for name, made in case.choices.items()}
        return atoms_of(self.pack, case.facts, {**self.defaults, **case.readings}, choices)

    def tree(self, condition: Expr) -> Any:
        """A condition as the kernel reads it."""
        if condition not in self._trees:
            found = kernel.Reader(self.loaded).typed(kernel.parsed(unparse(condition)), {}, kernel.YES_NO)
            self._trees[condition] = found
        return self._trees[condition]

    def look(self, case: Case, asked: Sequence[Asked]) -> dict[Asked, tuple[May, bool]]:
        """For each answer, what it may come to, whatever is missing, under every open reading and choice; and whether it is
        settled: one thing, or one in every way in which the open readings and the choices may go, it being certain which choices
        are lawful."""
        atoms = self.atoms(case)
        world = self.world(atoms)
        found: dict[Asked, tuple[May, bool]] = {}
        leaves: dict[str, list[World] | None] = {}
        for one in asked:
            may = self._within(world, one)
            found[one] = may, may.single or self._in_every_leaf(case, atoms, world, one, leaves)
        return found

    def looked_at(self, case: Case, asked: Asked | Expr) -> frozenset[Symbol]:
        """All that an answer or a condition, or what bears on the choices it consults, looks at whatever is missing: with this as
        it is, it comes to the same whatever the rest may be. An element of which nothing is known stands at place -1."""
        world = self.world(self.atoms(case))
        if isinstance(asked, Asked):
            self._settle(world, asked)
            choices = self.cones.definition(asked.definition).choices
        else:
            world.value(self.tree(asked), {})
            choices = self.cones.exprs([asked]).choices
        for name in sorted(choices):
            world.lawful(name)
        return world.seen

    def may_be(self, case: Case, condition: Expr) -> kernel.Possible | None:
        """What a condition may come to whatever is missing: nothing else, and perhaps not all of it. None where the kernel cannot
        read it, as it may one that is made up of parts."""
        try:
            return self.world(self.atoms(case)).value(self.tree(condition), {})
        except kernel.Refused:
            return None

    def truth(self, case: Case, condition: Expr) -> bool | None:
        """What a condition comes to whatever is missing, under every open reading and choice; None where that is not seen."""
        may = self.may_be(case, condition)
        return None if may is None or may.fails or len(may.atoms) != 1 else True in may.atoms

    def world(self, atoms: Iterable[Mapping[str, Any]]) -> World:
        """What is said, and a memory of what definitions came to in other cases: mostly it is the same."""
        self.loaded.steps = 0
        self._looks += 1
        if self._looks % MOST_LOOKS == 0:
            self._memory = Memory()
        return World(self.loaded, [self._tells(atom) for atom in atoms], self._memory)

    def _tells(self, atom: Mapping[str, Any]) -> Told:
        key = tuple(atom.items())
        if key not in self._told:
            self._told[key] = told(self.loaded, atom)
        return self._told[key]

    def _within(self, world: World, asked: Asked) -> May:
        return self._may(self._settle(world, asked), self.pack.definitions[asked.definition].type)

    def _in_every_leaf(
        self, case: Case, atoms: list[Any], world: World, asked: Asked, known: dict[str, list[World] | None]
    ) -> bool:
        cone = self.cones.definition(asked.definition)
        split = self._open(case, cone)
        if not split or not self._lawfulness_known(world, cone):
            return False
        key = repr(split)
        if key not in known:
            known[key] = self._leaves(atoms, split)
        leaves = known[key]
        return bool(leaves) and all(self._within(one, asked).single for one in leaves or ())

    def _leaves(self, atoms: list[Any], split: list[dict[str, str]]) -> list[World] | None:
        """Every way in which these symbols may go, the choices lawful; None where that is too many to look at."""
        ways = [kernel.ways(self.loaded, symbol) for symbol in split]
        if prod(len(one) for one in ways) > kernel.LEAVES:
            return None
        worlds = (self.world([*atoms, *chosen]) for chosen in product(*ways))
        try:
            found = list(islice((world for world in worlds if kernel.choices_stand(world)), MOST_LEAVES + 1))
        except kernel.Refused:
            return None
        return found if len(found) <= MOST_LEAVES else None

    def _open(self, case: Case, cone: Cone) -> list[dict[str, str]]:
        fixed = {**self.defaults, **case.readings}
        readings = [{"reading": name} for name in self.pack.readings if name in cone.readings and name not in fixed]
        return readings + [{"choice": n} for n in self.pack.discretions if n in cone.choices and n not in case.choices]

    def _lawfulness_known(self, world: World, cone: Cone) -> bool:
        """Whether it is certain of every choice whether it would be lawful, in every way in which the readings may go."""
        return all(
            len(lawful.atoms) == 1 and not lawful.fails for name in sorted(cone.choices) for _, lawful in world.lawful(name)
        )

    def _settle(self, world: World, asked: Asked) -> kernel.Possible:
        args = [f"{a.collection}[{a.index}]" if isinstance(a, ElementAt) else as_data(a) for a in asked.args]
        judge = kernel.Asked(self.loaded, {"definition": asked.definition, "args": args})
        return judge.settled(world)[0]

    def _may(self, found: kernel.Possible, type_: Type) -> May:
        least, greatest = (self._number(n, type_) for n in found.span) if found.span else (None, None)
        values = sorted(self._values(found), key=lambda one: (type(one).__name__, self._place(one, type_)))
        failures = tuple(FAILURES[rank] for rank in sorted(found.fails) if rank in FAILURES)
        return May(tuple(values), least, greatest, failures)

    def _number(self, number: int, type_: Type) -> Value:
        return date.fromordinal(number) if type_.base == "day" else number

    def _values(self, found: kernel.Possible) -> Iterator[Value]:
        for atom in found.atoms:
            if isinstance(atom, tuple):
                yield NONE if atom[0] == NONE.name else Special(str(atom[0]))
            else:
                yield atom

    def _place(self, value: Value, type_: Type) -> Any:
        """Values of an enumeration in the order it lists them."""
        enumeration = self.pack.enumerations.get(type_.base)
        if enumeration is not None and isinstance(value, str) and value in enumeration.by_name:
            return f"{enumeration.index(value):04}"
        return str(value)
