"""The simplest model of a formula: fewest elements, then facts at their plain values, then days that are easy to read.

One order for every case that the solver invents: lists in the pack's order, each as short as it can be; then every fact in
the pack's order at its plain value where the earlier ones allow it; then each day left over at the first of a month, in the
years an example should stand in; then whatever is still open at its first option. So the case depends on the formula alone, and
not on the model that the solver happened to find first or on what it had been asked before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from zhunsheng.errors import NotShown
from zhunsheng.solve.formula import Node, Terms
from zhunsheng.solve.problem import Problem
from zhunsheng.solve.symbols import Assignment, Free
from zhunsheng.solve.valued import Valued

FEW = 4
"""So many preferences that a model lacks are asked for one by one; of more, many can mostly be had together."""
Satisfy = Callable[..., Assignment | None]
"""A model of the formula and these conditions, or None. Raises `NotShown`."""


def simplest(problem: Problem, satisfy: Satisfy, model: Assignment, own: Iterable[Free] = ()) -> Assignment:
    """A model at least as simple as `model`, which is one. `own` are symbols beside those of the problem's case.

    Where the budget ends on the way, what was found until then is the answer: it is a model all the same."""
    search = _Search(problem.terms, satisfy, model)
    search.keep(_absences(problem))
    frees = [*own, *problem.symbols.free.values()]
    search.keep([condition for free in frees if free.kind != "discretion" for condition in _plain_option(free)])
    terms = [(free, atom) for free in frees for atom in free.options if isinstance(atom, Node) and atom.op == "ivar"]
    search.keep([problem.terms.eq(atom, problem.terms.number(free.plain_number(atom))) for free, atom in terms])
    easy = _easy(problem.pack.in_force[0].year)
    for free, atom in terms:
        if free.type.base == "day" and not search.fixed(atom):
            search.earliest(atom, easy)
    search.settle([list(free.options.values()) for free in frees])
    for free, atom in terms:
        search.lowest(free.options[atom], atom)
    return search.model


def _absences(problem: Problem) -> list[Node]:
    """Of each list, that it is empty, that it has one element at most, and so on; of each record, that there is none."""
    slots = [slot for each in problem.symbols.collections.values() for slot in each if not slot.known]
    lists = [problem.terms.not_(slot.present) for slot in slots]
    records = [problem.terms.not_(each.present) for each in problem.symbols.records.values() if each.present.op == "var"]
    return [*lists, *records]


def _plain_option(free: Free) -> list[Node]:
    """The condition under which a symbol is its plain option (for days and numbers: a day or number at all)."""
    return [condition for atom, condition in free.options.items() if free.is_plain(atom) and condition.op != "true"][:1]


def _easy(year: int) -> list[int]:
    """The first days of months in this year and the next."""
    return [date(each, month, 1).toordinal() for each in (year, year + 1) for month in range(1, 13)]


class _Search:
    """A model, and the preferences it was found to satisfy."""

    def __init__(self, terms: Terms, satisfy: Satisfy, model: Assignment) -> None:
        self.terms, self.satisfy, self.model = terms, satisfy, model
        self.kept: list[Node] = []

    def value(self, atom: Node) -> int:
        return self.model.get(atom, atom.least)

    def unmet(self, preferences: Sequence[Node]) -> list[int]:
        """Where in a row of preferences those stand that the model does not satisfy."""
        valued = Valued(self.model)
        return [place for place, node in enumerate(preferences) if not valued.of(node)]

    def tried(self, preferences: Sequence[Node]) -> bool:
        """Whether these can be had; nothing is asked where the model has them."""
        if any(node is self.terms.false for node in preferences):
            return False
        if not self.unmet(preferences):
            self.kept.extend(preferences)
            return True
        try:
            found = self.satisfy(*self.kept, *preferences)
        except NotShown:
            return False
        if found is None:
            return False
        self.kept.extend(preferences)
        self.model = found
        return True

    def earliest(self, atom: Node, days: Sequence[int]) -> None:
        """The first of these days that can be had, if any can."""
        if not self._possible(self._one_of(atom, days)):
            return
        left = [day for day in days if day <= self.value(atom)]
        while len(left) > 1:
            half = left[: len(left) // 2]
            sooner = self._possible(self._one_of(atom, half))
            left = [day for day in half if day <= self.value(atom)] if sooner else left[len(half) :]
        self.kept.append(self._one_of(atom, left))

    def _one_of(self, atom: Node, numbers: Sequence[int]) -> Node:
        return self.terms.or_(self.terms.eq(atom, self.terms.number(number)) for number in numbers)

    def settle(self, options: Sequence[Sequence[Node]]) -> None:
        """Of each row of options that exclude each other, one: as many as can be at their first, then their second, and so on."""
        for place in range(max(map(len, options), default=0)):
            kept = set(self.kept)
            still = [row[place] for row in options if place < len(row) and not kept.intersection(row)]
            if self._possible(self.terms.or_(still)):
                self.keep(still)

    def lowest(self, where: Node, atom: Node) -> None:
        """The least value that a number or day can have, if it is one at all."""
        if (where.op != "true" and where not in self.kept) or self.fixed(atom):
            return
        least = atom.least
        while least < self.value(atom):
            middle = (least + self.value(atom)) // 2
            if not self._possible(self.terms.le(atom, self.terms.number(middle))):
                least = middle + 1
        self.kept.append(self.terms.eq(atom, self.terms.number(self.value(atom))))

    def fixed(self, atom: Node) -> bool:
        """Whether the value of a number or day is among what is kept."""
        return any(node.op == "eq" and atom in node.args for node in self.kept)

    def _possible(self, condition: Node) -> bool:
        """Whether a condition can hold beside what is kept; then it holds in the model."""
        if not self.unmet([condition]):
            return True
        try:
            found = self.satisfy(*self.kept, condition)
        except NotShown:
            return False
        if found is not None:
            self.model = found
        return found is not None

    def keep(self, preferences: Sequence[Node]) -> None:
        """As many preferences as can be had together, the earlier ones first: each that can be had with those kept before it. The
        model's own cost nothing until one comes that it lacks."""
        preferences = [node for node in preferences if node is not self.terms.true]
        while preferences:
            unmet = self.unmet(preferences)
            first = unmet[0] if unmet else len(preferences)
            self.kept.extend(preferences[:first])
            preferences = preferences[first:]
            if len(unmet) > FEW:
                if self.tried(preferences):
                    return
                middle = unmet[len(unmet) // 2] - first
                self.keep(preferences[:middle])
                preferences = preferences[middle:]
            elif preferences:
                self.tried(preferences[:1])
                preferences = preferences[1:]
