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

Satisfy = Callable[..., Assignment | None]
"""A model of the formula and these conditions, or None. Raises `NotShown`."""


def simplest(problem: Problem, satisfy: Satisfy, model: Assignment, own: Iterable[Free] = ()) -> Assignment:
    """A model at least as simple as `model`, which is one. `own` are symbols beside those of the problem's case.

    Where the budget ends on the way, what was found until then is the answer: it is a model all the same."""
    search = _Search(problem.terms, satisfy, model)
    for absent in _absences(problem):
        search.first_of(absent)
    frees = [*own, *problem.symbols.free.values()]
    search.keep([condition for free in frees if free.kind != "discretion" for condition in _plain_option(free)])
    terms = [(free, atom) for free in frees for atom in free.options if isinstance(atom, Node) and atom.op == "ivar"]
    search.keep([problem.terms.eq(atom, problem.terms.number(free.plain_number(atom))) for free, atom in terms])
    years = problem.pack.in_force[0].year
    for free, atom in terms:
        if free.type.base == "day":
            search.first_of([problem.terms.eq(atom, problem.terms.number(day)) for day in _easy(search.value(atom), years)])
    search.settle([list(free.options.values()) for free in frees])
    for free, atom in terms:
        search.lowest(free.options[atom], atom)
    return search.model


def _absences(problem: Problem) -> list[list[Node]]:
    """For each list, the ways it can be short, the shortest first."""
    found = []
    for slots in problem.symbols.collections.values():
        free = [problem.terms.not_(slot.present) for slot in slots if not slot.known]
        if free:
            found.append(free)
    records = [[problem.terms.not_(record.present)] for record in problem.symbols.records.values() if record.present.op == "var"]
    return [*found, *records]


def _plain_option(free: Free) -> list[Node]:
    """The condition under which a symbol is its plain option (for days and numbers: a day or number at all)."""
    return [condition for atom, condition in free.options.items() if free.is_plain(atom) and condition.op != "true"][:1]


def _easy(ordinal: int, year: int) -> list[int]:
    """First days of months to try for a day: near it if it lies in this year or the next, else in these."""
    day = date.fromordinal(ordinal)
    first = date(min(max(day.year, year), year + 1), day.month, 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return [first.toordinal(), after.toordinal()]


class _Search:
    """A model, and the preferences it was found to satisfy."""

    def __init__(self, terms: Terms, satisfy: Satisfy, model: Assignment) -> None:
        self.terms, self.satisfy, self.model = terms, satisfy, model
        self.kept: list[Node] = []

    def value(self, atom: Node) -> int:
        return self.model.get(atom, atom.least)

    def tried(self, preferences: Sequence[Node]) -> bool:
        if any(node is self.terms.false for node in preferences):
            return False
        try:
            found = self.satisfy(*self.kept, *preferences)
        except NotShown:
            return False
        if found is None:
            return False
        self.kept.extend(preferences)
        self.model = found
        return True

    def first_of(self, preferences: Iterable[Node]) -> None:
        """The first preference that can be had."""
        for preference in preferences:
            if self.tried([preference]):
                return

    def settle(self, options: Sequence[Sequence[Node]]) -> None:
        """Of each row of options that exclude each other, one: as many as can be at their first, then their second, and so on."""
        for place in range(max(map(len, options), default=0)):
            kept = set(self.kept)
            still = [row for row in options if place < len(row) and not kept.intersection(row)]
            self.keep([row[place] for row in still])

    def lowest(self, where: Node, atom: Node) -> None:
        """The least value that a number or day can have, if it is one at all."""
        if (where.op != "true" and where not in self.kept) or any(node.op == "eq" and atom in node.args for node in self.kept):
            return
        least = atom.least
        while least < self.value(atom):
            middle = (least + self.value(atom)) // 2
            if not self._below(atom, middle):
                least = middle + 1
        self.kept.append(self.terms.eq(atom, self.terms.number(self.value(atom))))

    def _below(self, atom: Node, most: int) -> bool:
        """Whether a value can be so low; then the model has one."""
        try:
            found = self.satisfy(*self.kept, self.terms.le(atom, self.terms.number(most)))
        except NotShown:
            return False
        if found is not None:
            self.model = found
        return found is not None

    def keep(self, preferences: Sequence[Node]) -> None:
        """As many preferences as can be had together, the earlier ones first."""
        preferences = [node for node in preferences if node is not self.terms.true]
        if not preferences or self.tried(preferences) or len(preferences) == 1:
            return
        middle = len(preferences) // 2
        self.keep(preferences[:middle])
        self.keep(preferences[middle:])
