"""Work shared out between copies of this process.

The copies inherit everything, so only numbers go out and only results come back: a result must survive being sent, and what
is compared by identity (`none`, `unknown`) does."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")

_WORK: list[Callable[[int], Any]] = []
"""What the copies do: set only while they run."""


def shared_out(work: Callable[[int], T], number: int, workers: int, together: int = 1) -> Iterator[T]:
    """`work(0)`, `work(1)`, … in order, on so many processors; one after another here where the system has no `fork`. So many as
    are done `together`, one after another by one copy, may share what they make."""
    if workers < 2 or number < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, range(number))
        return
    _WORK[:] = [work]
    try:
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
            yield from pool.map(_one, range(number), chunksize=together)
    finally:
        _WORK.clear()


def _one(number: int) -> Any:
    return _WORK[0](number)
