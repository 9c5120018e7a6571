"""Where things go along a picture, so that none lies on another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta


def spread(places: Sequence[float], gap: float, least: float, greatest: float) -> list[float]:
    """Places in their order, moved as little as can be so that each is `gap` from the next and all lie between these ends (as far
    as there is room)."""
    runs: list[tuple[float, int]] = []
    """Of each run of places that touch: where its middle would be, and how many they are, all moved to the left of the gaps."""
    for number, place in enumerate(places):
        middle, many = place - number * gap, 1
        while runs and runs[-1][0] > middle:
            other, more = runs.pop()
            middle, many = (middle * many + other * more) / (many + more), many + more
        runs.append((middle, many))
    last = greatest - gap * max(len(places) - 1, 0)
    moved = [max(min(middle, last), least) for middle, many in runs for _ in range(many)]
    return [place + number * gap for number, place in enumerate(moved)]


def in_lanes(places: Iterable[tuple[float, float]]) -> list[int]:
    """A lane for each of these stretches, so that no two in one lane meet: the first that is free."""
    ends: list[float] = []
    found = []
    for start, end in places:
        lane = next((number for number, taken in enumerate(ends) if taken <= start), len(ends))
        ends[lane : lane + 1] = [end]
        found.append(lane)
    return found


def ticks(first: date, last: date) -> list[date]:
    """The days to mark on an axis: at most about a dozen, on the first of a month or a few days apart."""
    days = (last - first).days + 1
    if days <= 62:
        step = max(1, -(-days // 12))
        return [first + timedelta(days=offset) for offset in range(0, days, step)]
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 600) if days / 30.4 / step <= 13)
    months = range(first.year * 12, last.year * 12 + 12, step)
    firsts = (date(month // 12, month % 12 + 1, 1) for month in months)
    return [day for day in firsts if first <= day <= last]
