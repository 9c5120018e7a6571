"""Work shared out between copies of this process.

The copies inherit everything, so only numbers go out and only results come back: a result must survive being sent, and what
is compared by identity (`none`, `unknown`) does."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any, TypeVar

T = TypeVar("T")

_WORK: list[Callable[[int], Any]] = []
"""What the copies do: set only while they run."""


def shared_out(work: Callable[[int], T], number: int, workers: int, together: int = 1, renewed: int = 0) -> Iterator[T]:
    """`work(0)`, `work(1)`, … in order, on so many processors; one after another here where the system has no `fork`. So many as
    are done `together`, one after another by one copy, may share what they make. After so many as `renewed` says (a multiple of
    these) the copies are made anew: what a solver has freed lies in pieces that the system does not get back otherwise."""
    if _alone(number, workers):
        yield from map(work, range(number))
        return
    _WORK[:] = [work]
    stretch = renewed or number
    try:
        for first in range(0, number, stretch):
            with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
                yield from pool.map(_one, range(first, min(first + stretch, number)), chunksize=together)
    finally:
        _WORK.clear()


def as_done(work: Callable[[int], T], number: int, workers: int) -> Iterator[tuple[int, T]]:
    """The same, each with its number and as soon as it is done, so that it can be kept at once. Where whoever takes them is
    interrupted or closes it, the copies are ended, whatever they are at."""
    if _alone(number, workers):
        yield from enumerate(map(work, range(number)))
        return
    _WORK[:] = [work]
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork"), initializer=_deaf)
    try:
        asked = {pool.submit(_one, each): each for each in range(number)}
        for one in as_completed(asked):
            yield asked[one], one.result()
    except BaseException:
        for copy in set(multiprocessing.active_children()) - before:
            copy.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        _WORK.clear()


def _alone(number: int, workers: int) -> bool:
    return workers < 2 or number < 2 or "fork" not in multiprocessing.get_all_start_methods()


def _deaf() -> None:
    """Ctrl-C at a terminal reaches every copy: the first process alone says what becomes of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _one(number: int) -> Any:
    return _WORK[0](number)
