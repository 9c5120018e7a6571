"""Sets of elements that are kept for a purpose, counted before anything is known of a case.

A *unit* is so many elements kept together, once for each value of the element variables it is free in. What something needs is
a set of units, or several such sets of which one will do, nobody knows which: a rule may fire for one reason or another. What two
things both need is kept once.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

Key = Hashable
Terms = Mapping[tuple[str, tuple[str, ...]], int]
"""(collection, the lists for each of whose kept elements it is) -> how many elements of the collection."""
Needs = tuple[int, ...]
"""Sets of units, as the bits of numbers: one of them is needed."""

NOTHING: Needs = (0,)
MOST_SETS = 20
"""So many sets are told apart; of more, those most alike are taken together."""
GUESS = 3
"""How many elements a list is taken to have where sets are compared in size."""


@dataclass(frozen=True)
class Unit:
    """`terms`: the elements kept, for each value of the variables in `free`. Where `given` names lists, they are kept only if
    each of these has an element; `same` is the number of the unit without that."""

    terms: Terms
    free: frozenset[Key] = frozenset()
    given: frozenset[str] = frozenset()
    same: int = -1


@dataclass
class Units:
    """The units of one formula: equal ones are one. `ranges`: what a variable ranges over, a list's name or "" and a number."""

    known: list[Unit] = field(default_factory=list)
    ranges: dict[Key, tuple[str, int]] = field(default_factory=dict)
    _numbers: dict[Key, int] = field(default_factory=dict)
    _sizes: list[int] = field(default_factory=list)
    _size_of: dict[int, int] = field(default_factory=dict)

    def unit(self, key: Key, unit: Unit) -> int:
        """The number of a unit: that of the one first seen under its key."""
        if key not in self._numbers:
            self._numbers[key] = len(self.known)
            self.known.append(unit)
            size = sum(number * GUESS ** len(lists) for (_, lists), number in unit.terms.items())
            self._sizes.append(size * GUESS ** len(unit.free))
        return self._numbers[key]

    def plain(self, number: int) -> int:
        """The unit without what has to be given."""
        unit = self.known[number]
        return unit.same if unit.given else number

    # -- what is needed for several things

    def both(self, *needs: Needs | None) -> Needs | None:
        """What all of these need at once. None: one of them cannot be."""
        found = NOTHING
        for each in needs:
            if each is None:
                return None
            if each != NOTHING:
                found = each if found == NOTHING else self._few({a | b for a in found for b in each})
        return found

    def either(self, *needs: Needs | None) -> Needs | None:
        """Enough for whichever of these it is. None: none of them can be."""
        there = {one for each in needs if each is not None for one in each}
        return self._few(there) if there else None

    def _few(self, sets: Iterable[int]) -> Needs:
        """The sets without those that another has in it, the most alike taken together until they are few."""
        kept: list[int] = []
        for one in sorted(set(sets), key=lambda one: (-self._size(one), one)):
            if not any(one | other == other for other in kept):
                kept.append(one)
        return tuple(kept if len(kept) <= MOST_SETS else self._joined(kept))

    def _joined(self, sets: list[int]) -> list[int]:
        """The sets, the most alike taken together until they are few: of pairs as much alike as others, the first."""
        there, fresh = dict(enumerate(sets)), itertools.count(len(sets))
        pairs = [(self._more(a, b), i, j) for (i, a), (j, b) in itertools.combinations(there.items(), 2)]
        heapq.heapify(pairs)
        while len(there) > MOST_SETS:
            _, i, j = heapq.heappop(pairs)
            if i in there and j in there:
                whole, new = there[i] | there[j], next(fresh)
                there = {number: one for number, one in there.items() if one | whole != whole}
                for number, one in there.items():
                    heapq.heappush(pairs, (self._more(one, whole), number, new))
                there[new] = whole
        return list(there.values())

    def _more(self, a: int, b: int) -> int:
        """How much more two sets together are than the larger of them."""
        return self._size(a | b) - max(self._size(a), self._size(b))

    def _size(self, one: int) -> int:
        if one not in self._size_of:
            self._size_of[one] = sum(self._sizes[number] for number in numbers(one))
        return self._size_of[one]

    # -- what is needed at an element

    def for_each(self, needs: Needs | None, variables: frozenset[Key], mark: Key) -> Needs | None:
        """What is needed of a variable's value, needed of every kept element it may stand for, each of which may need another of
        the sets: no more, for each element, than the most that any of them asks for."""
        if needs is None or not variables:
            return needs
        together = _together(needs)
        apart = [number for number in numbers(together) if not self.known[number].free & variables]
        others = _together(1 << number for number in apart)
        whole = _together(1 << self._spread(number, variables, mark) for number in numbers(together & ~others))
        if len(needs) > 1:
            whole = min(whole, self._largest([one & ~others for one in needs], variables, mark), key=self._size)
        lists = frozenset(name for name, _ in (self.ranges[variable] for variable in variables) if name)
        return (whole | _together(1 << self._given(number, lists) for number in apart),)

    def _given(self, number: int, lists: frozenset[str]) -> int:
        """The same unit, kept only if each of these lists has an element: what is needed of none is not needed."""
        unit, same = self.known[number], self.plain(number)
        given = unit.given | lists
        return self.unit(("given", same, given), replace(unit, given=given, same=same)) if given else number

    def _largest(self, sets: list[int], variables: frozenset[Key], mark: Key) -> int:
        """Units that are as much as the largest of these sets, for each kept element that the variables may stand for."""
        by_free: dict[frozenset[Key], list[dict[tuple[str, tuple[str, ...]], int]]] = {}
        for one in sets:
            here: dict[frozenset[Key], dict[tuple[str, tuple[str, ...]], int]] = {}
            for number in numbers(one):
                unit = self.known[self._spread(number, variables, mark)]
                terms = here.setdefault(unit.free, {})
                for term, count in unit.terms.items():
                    terms[term] = terms.get(term, 0) + count
            for free, terms in here.items():
                by_free.setdefault(free, []).append(terms)
        found = 0
        for free, totals in by_free.items():
            most = {term: max(total.get(term, 0) for total in totals) for total in totals for term in total}
            found |= 1 << self.unit(("largest", mark, tuple(sorted(sets)), free), Unit(most, free))
        return found

    def _spread(self, number: int, variables: frozenset[Key], mark: Key) -> int:
        unit = self.known[number]
        if unit.given:
            return self._given(self._spread(unit.same, variables, mark), unit.given)
        mine = unit.free & variables
        lists, times = [], 1
        for name, values in (self.ranges[variable] for variable in mine):
            lists += [name] * bool(name)
            times *= values
        terms = {(of, tuple(sorted((*each, *lists)))): count * times for (of, each), count in unit.terms.items()}
        return self.unit(("each", mark, number), Unit(terms, unit.free - mine))

    def for_one(self, needs: Needs | None, variables: frozenset[Key], free: frozenset[Key], mark: Key) -> Needs | None:
        """… needed of one element alone, which is chosen for each value of the variables in `free`."""

        def chosen(number: int) -> int:
            unit = self.known[number]
            if unit.given:
                return self._given(chosen(unit.same), unit.given)
            return self.unit(("one", mark, number), Unit(unit.terms, (unit.free - variables) | free))

        return needs and self._changed(needs, variables, chosen)

    def _changed(self, needs: Needs, variables: frozenset[Key], change: Callable[[int], int]) -> Needs:
        """The sets with each unit that is free in one of the variables changed."""
        found = set()
        for one in needs:
            units = ((change(number) if self.known[number].free & variables else number) for number in numbers(one))
            found.add(_together(1 << number for number in units))
        return self._few(found)


def numbers(one: int) -> Iterator[int]:
    """The numbers of the units in a set."""
    while one:
        lowest = one & -one
        yield lowest.bit_length() - 1
        one ^= lowest


def _together(sets: Iterable[int]) -> int:
    found = 0
    for one in sets:
        found |= one
    return found
