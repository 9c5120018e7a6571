"""Proofs looked for in several ways: each is a proof, and the shortest is kept."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest

from zhunsheng.certify import clauses, kernel
from zhunsheng.certify.proofs import WAYS, Refutation, Way, refutation

PIGEONS = 6


def pigeons(holes: int) -> tuple[clauses.Circuit, list[int]]:
    """So many pigeons, each in a hole, no two in one."""
    circuit = clauses.Circuit()
    sits = [[circuit.input() for _ in range(holes)] for _ in range(PIGEONS)]
    asserted = [circuit.some(row) for row in sits]
    for hole in range(holes):
        asserted += [circuit.both(a[hole], b[hole]) ^ 1 for a, b in itertools.combinations(sits, 2)]
    return circuit, asserted


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_each_way_comes_to_a_proof_that_the_kernel_replays(way: Way) -> None:
    circuit, asserted = pigeons(PIGEONS - 1)

    found = refutation(circuit.gates, asserted, 20_000, [way])

    assert found is not None
    assert clauses.replayed(circuit.gates, asserted, clauses.unpacked(found.lrat)) > 10


def test_looked_for_once_it_is_a_proof_as_well_and_no_shorter() -> None:
    circuit, asserted = pigeons(PIGEONS - 1)

    once, twice = (refutation(circuit.gates, asserted, 20_000, twice=both) for both in (False, True))

    assert once is not None
    assert clauses.replayed(circuit.gates, asserted, clauses.unpacked(once.lrat)) > 10
    assert numbers(once) >= numbers(twice)


def test_the_shortest_is_kept() -> None:
    circuit, asserted = pigeons(PIGEONS - 1)

    each = [numbers(refutation(circuit.gates, asserted, 20_000, [way])) for way in WAYS]
    kept = numbers(refutation(circuit.gates, asserted, 20_000, WAYS))

    assert len(set(each)) > 1
    assert kept == min(each)


def numbers(found: Refutation | None) -> int:
    """How many numbers a proof holds, without those that end its parts."""
    assert found is not None
    return sum(1 for number in clauses.unpacked(found.lrat) if number)


def test_where_there_is_a_hole_for_each_no_way_comes_to_a_proof() -> None:
    circuit, asserted = pigeons(PIGEONS)

    assert [refutation(circuit.gates, asserted, 20_000, [way]) for way in WAYS] == [None] * len(WAYS)


def test_a_proof_of_one_way_without_its_first_step_is_refused() -> None:
    circuit, asserted = pigeons(PIGEONS - 1)
    found = refutation(circuit.gates, asserted, 20_000, WAYS)
    assert found is not None
    rest = list(clauses.unpacked(found.lrat))
    start = [place for place, number in enumerate(rest) if number == 0][1] + 1

    with pytest.raises(kernel.Refused):
        clauses.replayed(circuit.gates, asserted, iter(rest[start:]))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are counted as Linux lists them")
@pytest.mark.parametrize("holes", [PIGEONS - 1, PIGEONS])
def test_the_file_a_proof_is_written_to_is_closed_whether_there_is_one_or_not(holes: int) -> None:
    circuit, asserted = pigeons(holes)
    before = len(os.listdir("/proc/self/fd"))

    for _ in range(3):
        assert (refutation(circuit.gates, asserted, 20_000) is None) == (holes == PIGEONS)

    assert len(os.listdir("/proc/self/fd")) == before
