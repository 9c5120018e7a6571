"""The stretches of days over which what an answer may come to stays the same: found by halving, not by looking at every day.

The certificate kernel works out what a definition may come to while its day may be any day of a stretch. Where that is no more
than what it may come to on the first of them, it is the same on all of them: nothing else is possible on any of these days. Else
the stretch is cut in two: where somebody knows a day on which the outcome turns, there, else in the middle. A stretch of one day
is always the same, so the ends found are exact, wherever it is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from zhunsheng.certify import kernel

Possibilities = tuple[kernel.Possible, ...]
Likely = Callable[[date], Hashable | None]
"""What comes out on a day, as far as somebody knows (None: not): only where a stretch is cut rests on it."""
MOST_STRETCHES = 4000
"""Where more stretches than this would have to be looked at, the rest is left to be found otherwise."""


@dataclass(frozen=True)
class Stretch:
    """Days on each of which nothing but `possible` can come out: for each world (way in which open symbols may go) its own.
    `even` is false where the search ended before that was shown."""

    first: date
    last: date
    possible: Possibilities
    even: bool = True

    @property
    def exact(self) -> bool:
        """Whether each world leaves one outcome, which is then the one that comes out."""
        return self.even and bool(self.possible) and all(_single(one) for one in self.possible)

    @property
    def single(self) -> bool:
        """Whether one outcome is left, whatever the world."""
        return self.exact and len(set(self.possible)) == 1


def _nobody_knows(_: date) -> None:
    return None


def stretches(
    loaded: kernel.Pack,
    worlds: Sequence[kernel.World],
    definition: str,
    first: date,
    last: date,
    likely: Likely = _nobody_knows,
) -> list[Stretch]:
    """The days from `first` to `last`, in stretches as long as they can be."""
    found: list[Stretch] = []
    for part in _parts(loaded, worlds, definition, (first, last), likely):
        _add(found, part)
    return found


def first_stretch(
    loaded: kernel.Pack,
    worlds: Sequence[kernel.World],
    definition: str,
    first: date,
    last: date,
    likely: Likely = _nobody_knows,
) -> Stretch:
    """The first of the stretches; nothing is looked at that lies well beyond it."""
    found: list[Stretch] = []
    for part in _parts(loaded, worlds, definition, (first, last), likely):
        _add(found, part)
        if len(found) > 1:
            break
    return found[0]


def _parts(
    loaded: kernel.Pack, worlds: Sequence[kernel.World], definition: str, within: tuple[date, date], likely: Likely
) -> Iterator[Stretch]:
    """Stretches one after another, each the same throughout; neighbours may be alike."""

    def possible(least: int, greatest: int) -> Possibilities:
        loaded.steps = 0
        return tuple(world.settle(definition, [kernel.span(least, greatest)])[0] for world in worlds)

    todo = [(within[0].toordinal(), within[1].toordinal())]
    looked = 0
    while todo:
        least, greatest = todo.pop()
        looked += 1
        whole = possible(least, greatest)
        even = least == greatest or all(map(_single, whole)) or whole == possible(least, least)
        if even or looked > MOST_STRETCHES:
            yield Stretch(date.fromordinal(least), date.fromordinal(greatest), whole, even)
        else:
            cut = _cut(least, greatest, likely)
            todo += [(cut, greatest), (least, cut - 1)]


def _cut(least: int, greatest: int, likely: Likely) -> int:
    """The first day of the second part: one on which the outcome turns, where both ends are known and differ."""
    here, there = (likely(date.fromordinal(end)) for end in (least, greatest))
    if here is None or there is None or here == there:
        return (least + greatest) // 2 + 1
    while greatest - least > 1:
        middle = (least + greatest) // 2
        if likely(date.fromordinal(middle)) == here:
            least = middle
        else:
            greatest = middle
    return greatest


def _add(found: list[Stretch], new: Stretch) -> None:
    """One more stretch at the end, joined to the one before where both are alike."""
    before = found[-1] if found else None
    if before is not None and before.possible == new.possible and before.even == new.even:
        found[-1] = Stretch(before.first, new.last, new.possible, new.even)
    else:
        found.append(new)


def _single(possible: kernel.Possible) -> bool:
    """Whether there is one value and no failure, or one failure and no value."""
    if possible.valued():
        return kernel.single(possible) and not possible.fails
    return len(possible.fails) == 1
