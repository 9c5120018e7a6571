"""A solver that is told constraints only when a model breaks them says what one says that is told them all."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from zhunsheng.errors import NotShown
from zhunsheng.solve import sparing
from zhunsheng.solve.formula import Node, Terms
from zhunsheng.solve.lanes import Lanes
from zhunsheng.solve.smt import RLIMIT, Prover
from zhunsheng.solve.sparing import tell_broken


def days(terms: Terms, luck: random.Random) -> tuple[list[Node], list[Node]]:
    """A few days of which one of several pairs stands in order; which pairs may not, and that none is the first day."""
    variables = [terms.ivar(f"day{number}", 1, 6) for number in range(4)]
    pairs = [terms.lt(*luck.sample(variables, 2)) for _ in range(3)]
    later = [terms.not_(terms.eq(day, terms.number(1))) for day in variables]
    later += [terms.le(*luck.sample(variables, 2)) for _ in range(luck.randint(4, 9))]
    return [terms.or_(pairs)], later


def whole(nodes: Sequence[Node], *, bits: bool) -> bool:
    prover = Prover(RLIMIT, bits=bits)
    prover.add(nodes)
    return prover.possible()


@pytest.mark.parametrize("bits", [True, False])
@pytest.mark.parametrize("rounds", [0, 1, 8])
def test_what_is_told_once_it_is_broken_holds_or_cannot(bits: bool, rounds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparing, "MOST_ROUNDS", rounds)
    seen = set()
    for seed in range(40):
        at_once, later = days(Terms(), random.Random(seed))
        if not rounds:
            at_once, later = [*at_once, *later], []

        model = tell_broken(at_once, later, RLIMIT, bits=bits)

        seen.add(model is not None)
        assert (model is not None) == whole([*at_once, *later], bits=bits)
        assert model is None or Lanes([model], [(0, {})]).all_hold([*at_once, *later])
    assert seen == {True, False}


def test_a_budget_that_ends_is_no_answer() -> None:
    terms = Terms()
    holes = [[terms.var(f"{pigeon} in {hole}") for hole in range(9)] for pigeon in range(10)]
    apart = [
        terms.or_((terms.not_(one), terms.not_(other)))
        for hole in zip(*holes, strict=True)
        for place, one in enumerate(hole)
        for other in hole[:place]
    ]

    with pytest.raises(NotShown):
        tell_broken([terms.or_(each) for each in holes], apart, 2_000, bits=True)
