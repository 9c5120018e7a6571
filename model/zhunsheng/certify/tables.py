"""Functions of the calendar as tables: for clauses, which cannot count days.

Read after kernel.py and before clauses.py. A certificate without a proof needs none of this.
Nothing but the standard library is needed, and reading.py beside this file.
"""

import itertools
import os
import sys
from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from typing import Any

if __package__:
    from zhunsheng.certify.reading import *
else:  # alone, from any folder, and under -I
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    try:
        from reading import *  # type: ignore[import-not-found]
    except ImportError as missing:
        sys.exit(f"REFUSED: {missing.name}.py is missing: it has to stand beside this file")

ADDING = ("shift", "workdays_after")  # functions whose table holds by how much a day is moved
Of = Callable[[int], int | None]
Runs = list[tuple[int, int | None]]  # first of a run, and what is added in it (None: no data)

def runs(pack: Pack, first: int, last: int, of: Of, added: bool) -> Runs:
    """A function of whole numbers as a table; `added`: by what it adds, not by its value."""
    found: Runs = [(-MANY, None)]
    for number in range(first, last + 1):
        pack.spend()
        value = of(number)
        entry = value if value is None or not added else value - number
        if found[-1][1] != entry:
            found.append((number, entry))
    return [*found, (last + 1, None)]

def table(pack: Pack, days: tuple[int, int], name: str, *given: Any) -> Runs:
    """The table of a calendar function for these days. Reach bounds what shifts and dates come to;
    constants and working days may be beyond it."""
    first, last = days
    least, greatest = pack.reach[0] or 1, pack.reach[1] or date.max.toordinal()

    def reached(day: int | None) -> int | None:
        return day if day is not None and least <= day <= greatest else None

    def year(day: int) -> int:
        return date.fromordinal(day).year

    match name:
        case "shift" if given[0][:2] == (0, 0):  # by days alone: by as many, as far as they reach
            by = given[0][2]
            first, last = max(first, least - by), min(last, greatest - by)
            return [(-MANY, None), *[(first, by), (last + 1, None)] * (first <= last)]
        case "shift":
            return runs(pack, first, last, lambda day: reached(moved(day, given[0])), True)
        case "year":
            return runs(pack, first, last, year, False)
        case "date":
            need(1 <= given[0] <= 12 and given[1] >= 1, "there is no such day")
            made = lambda year: reached(last_at_most(year, *given))  # noqa: E731
            return runs(pack, year(least), year(greatest), made, False)
        case "is_workday":
            least, greatest = years_of(pack, given[0])
            known = lambda day: workday(pack, given[0], day)  # noqa: E731
            return runs(pack, max(first, least), min(last, greatest), known, False)
        case _:
            if given[0] > 0:  # else the day itself, whatever year it is in
                least, greatest = years_of(pack, given[1])
                first, last = max(first, least - 1), min(last, greatest)
            after = lambda day: workdays_after(pack, given[1], day, given[0])  # noqa: E731
            return runs(pack, first, last, after, True)

def years_of(pack: Pack, table: str) -> tuple[int, int]:
    """The first and the last day of the years that a table of working days has: it knows no other
    day."""
    years = [get(one, "year", int) for one in get(pack.calendars[table], "years", list)]
    ends = [date(year, *day).toordinal() for year in years for day in ((1, 1), (12, 31))]
    return min(ends, default=1), max(ends, default=0)

MADE: dict[Any, tuple[tuple[Runs, bool], int]] = {}  # tables of this process, with their steps

def known_table(pack: Pack, days: tuple[int, int], key: Any) -> tuple[Runs, bool]:
    """A table, and whether it rises: it depends on the pack alone, so another certificate may have
    called for it. Each is charged for it all the same: what takes too long still does."""
    own = (pack.digest, key, days)
    if own not in MADE:
        before = pack.steps
        found = table(pack, days, *key)
        if len(MADE) >= 100:
            MADE.clear()
        MADE[own] = (found, rises(found, key[0] in ADDING)), pack.steps - before
        return MADE[own][0]
    pack.steps += MADE[own][1] - 1
    pack.spend()
    return MADE[own][0]

def rises(found: Runs, added: bool) -> bool:
    """Whether nothing later comes to less, and numbers without an entry are only before the first
    that has one and after the last. `told_by_bits` gives them the entry of these: it rises too."""
    there = [n for n, (_, entry) in enumerate(found) if entry is not None]
    if not there or len(there) != there[-1] - there[0] + 1:
        return False
    ends = [(first, last - 1, entry) for (first, entry), (last, _) in itertools.pairwise(found)]
    values = [(entry + added * first, entry + added * last) for first, last, entry in ends
              if entry is not None]  # fmt: skip
    return all(a <= b for (_, a), (b, _) in itertools.pairwise(values))

Tree = list[tuple[int | None, int, int]]  # see `told_by_bits`

def told_by_bits(pack: Pack, found: Runs, ends: tuple[int, int]) -> Tree:
    """A table for the numbers between these ends, told by their bits (two's complement), the sign
    first. Each node is the place of a bit, the node (by its number) for those that have it, and
    that for the others; or None, whether there is an entry, and which (where there is none, that
    of the numbers before; before the first, that of the first). The last node is that for all:
    each is made after those it leads to. What goes on alike is one: weeks are like weeks."""
    starts, tree, seen = [start for start, _ in found], [], {}  # type: list[int], Tree, Any
    entry = next((entry for _, entry in found if entry is not None), 0)
    filled = [entry := entry if own is None else own for _, own in found]

    def node(*key: Any) -> int:
        if key not in seen:
            seen[key] = len(tree)
            tree.append(key)
        return seen[key]  # type: ignore[no-any-return]

    def told(place: int, low: int) -> int | None:
        """For the numbers of which so many bits are not told, the least of them this; None: there
        is none."""
        pack.spend()
        least, most = max(low, ends[0]), min(low + (1 << place) - 1, ends[1])
        n, last = bisect_right(starts, least, 1) - 1, bisect_right(starts, most, 1) - 1
        if least > most or n == last:
            return node(None, found[n][1] is not None, filled[n]) if least <= most else None
        return either_way(place - 1, low + (1 << place - 1), low)

    def either_way(place: int, low: int, other: int) -> int | None:
        one, two = told(place, low), told(place, other)
        alike = one is None or two is None or one == two
        return (two if one is None else one) if alike else node(place, one, two)

    width = max(ends[0].bit_length(), ends[1].bit_length())
    either_way(width, -1 << width, 0)
    return tree
