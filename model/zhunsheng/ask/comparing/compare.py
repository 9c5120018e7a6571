"""What an amendment changes, over all cases: every answer under the old law and the new, class by class, to completeness."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from zhunsheng.ask.comparing.between import learn_between
from zhunsheng.ask.comparing.bothlaws import Comparing, terms_of
from zhunsheng.ask.comparing.classes import Answer
from zhunsheng.ask.comparing.comparison import Compared, Comparison, Direction
from zhunsheng.ask.comparing.excluded import ruled_out
from zhunsheng.ask.comparing.settled import is_settled
from zhunsheng.ask.workers import shared_out
from zhunsheng.lang.amendment import Amended
from zhunsheng.lang.kinds import Kinds

__all__ = ["Comparing", "compare", "terms_of"]
Progress = Callable[[str, int, int], None]


def compare(
    amended: Amended,
    kinds: Kinds | None = None,
    *,
    under: str = "default",
    answers: Sequence[str] = (),
    progress: Progress | None = None,
    workers: int = 1,
) -> Comparison:
    """Every answer of both laws. `under`: `default` takes each reading at its default (one without a default is open), `all`
    leaves all of them open. `answers` limits what is compared."""
    return compared(Comparing(amended, kinds or Kinds(), under), answers, progress, workers)


def compared(
    comparing: Comparing, answers: Sequence[str] = (), progress: Progress | None = None, workers: int = 1
) -> Comparison:
    """What is asked of two laws, answered."""
    names = [name for name in comparing.names() if not answers or name in answers]
    learn_between(comparing)
    found = dict(_compared(comparing, names, progress, workers))
    amended = comparing.amended
    return Comparison(
        amended, comparing.kinds, comparing.under, comparing.readings, tuple(found[name] for name in names),
        tuple(sorted(comparing.equal)), tuple(sorted(comparing.edited)), tuple(ruled_out(comparing)), amended.base.horizon,
    )  # fmt: skip


def _compared(
    comparing: Comparing, names: Sequence[str], progress: Progress | None, workers: int
) -> Iterator[tuple[str, Compared]]:
    """Each answer after those it rests on: what is known of these helps with it."""
    done = 0
    for level in _levels(comparing, names):
        for name, one in zip(level, shared_out(_work(comparing, level), len(level), workers), strict=True):
            if progress:
                progress(name, done, len(names))
            done += 1
            if one.changes or not one.complete:
                comparing.turned.append(name)
            if one.complete and name in comparing.union.touched and name in comparing.union.after:
                settled = all(is_settled(comparing, comparing.union.named(name, side)) for side in (0, 1))
                keys = tuple(change.key for change in one.changes)
                comparing.cutting.learn(name, keys, settled=settled, of_any=one.of_any)
            yield name, one


def _work(comparing: Comparing, level: Sequence[str]) -> Callable[[int], Compared]:
    return lambda number: _answer(comparing, level[number])


def _levels(comparing: Comparing, names: Sequence[str]) -> list[list[str]]:
    """The answers, those that rest on no other first."""
    union, depth = comparing.union, dict[str, int]()
    both = [name for name in names if name in union.after and name in union.pack.definitions]
    below = {
        name: frozenset().union(*(comparing.cones.definition(union.named(name, side)).definitions for side in (0, 1)))
        for name in both
    }
    for name in sorted(both, key=lambda one: len(below[one])):
        depth[name] = max((depth[other] + 1 for other in depth if other in below[name]), default=0)
    levels: dict[int, list[str]] = {}
    for name in names:
        levels.setdefault(depth.get(name, 0) if name in union.touched else 0, []).append(name)
    return [levels[number] for number in sorted(levels)]


def _answer(comparing: Comparing, name: str) -> Compared:
    """One answer under both laws."""
    before, after = comparing.amended.base.definitions, comparing.union.after
    if name not in after:
        return Compared(name, Direction.REMOVED)
    if name not in before:
        return Compared(name, Direction.ADDED)
    if name not in comparing.union.touched and not comparing.foreign(name):
        return Compared(name, Direction.EQUIVALENT, untouched=True)
    return Answer(comparing, name).compared()
