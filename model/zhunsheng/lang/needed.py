"""The number of elements that sets of needs come to in a case, given how many of each list it states."""

from __future__ import annotations

from collections.abc import Mapping

from zhunsheng.lang.bound import Bound, Term, counted
from zhunsheng.lang.needs import Needs, Units, numbers


def largest(units: Units, needs: Needs, times: int, stated: Mapping[str, int], closed: frozenset[str]) -> Bound:
    """As many of each list as the set that needs most of it, so many `times` over; or why there is no such number. `stated` has
    every list; `closed` ones get no more."""
    slots = dict.fromkeys(stated, 0)
    for one in needs:
        found = _added_up(units, one, times, stated, closed)
        if found.outside:
            return found
        slots = {name: max(number, found.slots[name]) for name, number in slots.items()}
    return Bound(slots)


def _added_up(units: Units, one: int, times: int, stated: Mapping[str, int], closed: frozenset[str]) -> Bound:
    """What is needed only where a list has elements is counted once it has: until no further list comes to have any."""
    found = Bound(dict.fromkeys(stated, 0))
    while True:
        there = frozenset(name for name, number in stated.items() if number or found.slots[name])
        terms: dict[Term, int] = {}
        for number in {units.plain(number) for number in numbers(one) if units.known[number].given <= there}:
            for term, count in units.known[number].terms.items():
                terms[term] = terms.get(term, 0) + count * times
        more = counted(terms, stated, closed)
        if more.outside or more == found:
            return more
        found = more
