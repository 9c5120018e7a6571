"""Work shared out between copies of this process: nothing is lost, and copies are made anew where that is asked for."""

from __future__ import annotations

import os
import time

import pytest

from zhunsheng.ask.workers import as_done, shared_out


def squared_by(number: int) -> tuple[int, int]:
    time.sleep(0.01)
    return number * number, os.getpid()


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("renewed", [0, 4, 100])
def test_results_come_in_order_whoever_finds_them(workers: int, renewed: int) -> None:
    found = list(shared_out(squared_by, 11, workers, 2, renewed))

    assert [square for square, _ in found] == [number * number for number in range(11)]


def test_after_so_many_the_copies_are_others() -> None:
    processes = [process for _, process in shared_out(squared_by, 12, 2, 2, 4)]

    stretches = [set(processes[first : first + 4]) for first in (0, 4, 8)]
    assert stretches[0].isdisjoint(stretches[1])
    assert stretches[1].isdisjoint(stretches[2])
    assert len(set().union(*stretches)) <= 6


@pytest.mark.parametrize("workers", [1, 2])
def test_each_result_comes_once_with_its_number_as_soon_as_it_is_there(workers: int) -> None:
    def slow_first(number: int) -> int:
        time.sleep(0.6 if number == 0 else 0)
        return number * number

    found = list(as_done(slow_first, 7, workers))

    assert sorted(found) == [(number, number * number) for number in range(7)]
    assert workers == 1 or found[0][0] != 0


def test_what_a_piece_of_work_raises_is_raised_here() -> None:
    def failing(number: int) -> int:
        if number == 3:
            raise ValueError("three")
        return number

    with pytest.raises(ValueError, match="three"):
        list(as_done(failing, 9, 2))
