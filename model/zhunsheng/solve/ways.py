"""Two laws under one way to choose of which nothing is known but that it is lawful; one definition under any two.

The outcomes of a law are those of every way to choose lawfully. To look at all of them at once takes as many elements as they
call for together. Where no single way tells two laws apart, all of them together do not, and one way takes few elements. Where no
two ways, lawful or not, lead a definition to different outcomes, no choice has a part in what it comes to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from zhunsheng.errors import NotShown
from zhunsheng.solve.formula import Node
from zhunsheng.solve.paired import Everywhere, Laws, Member, Paired, Side

Pairing = Sequence[tuple[str, str]]
"""Each discretion of both laws, under its name in the old law's part of the pack and in the new law's."""


class OneWay:
    """Two laws' definition under one way to choose, the same under both. Raises `NotShown` where they do not choose alike."""

    def __init__(self, everywhere: Everywhere, laws: Laws, pairing: Pairing) -> None:
        self.paired = Paired(everywhere, replace(laws, choices=((), ())))
        self.terms, self._symbols = self.paired.terms, everywhere.problem.symbols
        self._way = [self.paired.maker.chosen(old, "one way").atoms for old, _ in pairing]
        self._pairing = pairing
        self.sides = tuple(self._side(number, laws.choices[number]) for number in (0, 1))

    def differs(self) -> Node:
        """The condition under which the way is lawful and leads to an outcome under one law alone."""
        terms, parts = self.terms, []
        for member in dict.fromkeys((*self.sides[0], *self.sides[1])):
            here, there = (side.get(member, terms.false) for side in self.sides)
            if here is not there:
                parts += [terms.and_((here, terms.not_(there))), terms.and_((there, terms.not_(here)))]
        return terms.or_(parts)

    def tells_apart(self) -> bool:
        """Whether some way in some case tells the laws apart. Raises `NotShown`."""
        differs = self.differs()
        return differs is not self.terms.false and self.paired.satisfy(differs) is not None

    def _side(self, number: int, choices: Sequence[str]) -> Mapping[Member, Node]:
        """Each outcome of one law with the condition that the way is lawful and leads to it."""
        side: Side = (self.paired.before, self.paired.after)[number]
        if side.term is not None:
            raise NotShown("a day or a number that an authority's choice decides is not compared")
        lawful, vector, memo = self.paired.problem.lawful(choices), self._vector(number), dict[Node, Node]()
        return {m: self.terms.restrict(self.terms.and_((lawful, node)), vector, memo) for m, node in side.members.items()}

    def _vector(self, number: int) -> dict[Node, Node]:
        """The variables of a law's choices, replaced by those of the way."""
        fixed: dict[Node, Node] = {}
        for names, way in zip(self._pairing, self._way, strict=True):
            atoms = self._symbols.choices[names[number]].atoms
            if list(atoms) != list(way):
                raise NotShown("the two laws do not choose among the same values")
            fixed |= {condition: way[atom] for atom, condition in atoms.items() if condition.op == "var"}
        return fixed


class TwoWays:
    """One definition under two ways to choose, lawful or not. With `answers`, an argument may be what only an answer can be."""

    def __init__(self, everywhere: Everywhere, laws: Laws, choices: Sequence[str], *, answers: bool = False) -> None:
        self.paired = Paired(everywhere, replace(laws, choices=((), ())), answers=answers)
        self.terms, self._symbols = self.paired.terms, everywhere.problem.symbols
        if self.paired.before.term is not None:
            raise NotShown("a day or a number that an authority's choice decides is not compared")
        self.ways = [self._way(number, choices) for number in (0, 1)]

    def differ(self) -> bool:
        """Whether two ways lead to different outcomes in some case. Raises `NotShown`."""
        one, other = self.ways
        parts = [self.terms.and_((one[m], self.terms.not_(other[m]))) for m in one]
        return self.paired.satisfy(self.terms.or_(parts)) is not None

    def _way(self, number: int, choices: Sequence[str]) -> Mapping[Member, Node]:
        vector: dict[Node, Node] = {}
        for name in choices:
            chosen = self.paired.maker.chosen(name, f"way {number}").atoms
            vector |= {node: chosen[atom] for atom, node in self._symbols.choices[name].atoms.items() if node.op == "var"}
        memo = dict[Node, Node]()
        return {member: self.terms.restrict(node, vector, memo) for member, node in self.paired.before.members.items()}
