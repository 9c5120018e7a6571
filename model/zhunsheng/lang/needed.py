"""The number of elements that sets of needs come to in a case, given how many of each list it states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from zhunsheng.lang.bound import Bound, ordered
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
        needed = {units.plain(number) for number in numbers(one) if units.known[number].given <= there}
        more = _counted(units, needed, times, stated, closed)
        if more.outside or more == found:
            return more
        found = more


def _counted(units: Units, needed: Iterable[int], times: int, stated: Mapping[str, int], closed: frozenset[str]) -> Bound:
    """The sum, the lists in an order in which each comes after those whose elements its needs are counted for."""
    terms: dict[tuple[str, tuple[str, ...]], int] = {}
    for number in needed:
        for term, count in units.known[number].terms.items():
            terms[term] = terms.get(term, 0) + count * times
    after: dict[str, set[str]] = {name: set() for name in stated}
    for name, lists in terms:
        if name not in closed:
            after[name] |= {other for other in lists if other not in closed}
    slots = dict.fromkeys(stated, 0)
    order = ordered(after)
    if isinstance(order, str):
        return Bound(slots, order)
    for name in order:
        for (of, lists), count in terms.items():
            if of == name and name not in closed:
                product = count
                for other in lists:
                    product *= stated[other] + (0 if other in closed else slots[other])
                slots[name] += product
    return Bound(slots)
