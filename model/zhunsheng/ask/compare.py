"""What an amendment changes, over all cases: every answer under the old law and the new, class by class, to completeness."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from zhunsheng.ask.bothlaws import Comparing, terms_of
from zhunsheng.ask.classes import Answer
from zhunsheng.ask.comparison import Compared, Comparison, Direction
from zhunsheng.ask.excluded import ruled_out
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
    comparing = Comparing(amended, kinds or Kinds(), under)
    names = [name for name in comparing.names() if not answers or name in answers]
    found = []
    for number, one in enumerate(shared_out(lambda number: _answer(comparing, names[number]), len(names), workers)):
        if progress:
            progress(names[number], number, len(names))
        found.append(one)
    return Comparison(
        amended, comparing.kinds, under, comparing.readings, tuple(found), tuple(sorted(comparing.equal)),
        tuple(sorted(comparing.edited)), tuple(ruled_out(comparing)), amended.base.horizon,
    )  # fmt: skip


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
