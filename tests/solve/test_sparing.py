"""A solver that is told constraints only when a model breaks them says what one says that is told them all."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from building import tiny_pack
from zhunsheng.errors import NotShown
from zhunsheng.lang.blank import blank_case
from zhunsheng.solve import sparing
from zhunsheng.solve.formula import Node, Terms
from zhunsheng.solve.lanes import Lanes
from zhunsheng.solve.problem import Problem
from zhunsheng.solve.smt import RLIMIT, Prover
from zhunsheng.solve.sparing import Sparing, tell_broken


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


@pytest.mark.parametrize("told_as", ["binding", "assumed"])
def test_a_number_goes_no_farther_than_what_the_solver_was_not_told_yet_lets_it(told_as: str) -> None:
    pack = tiny_pack(facts={"first": "number", "second": "number"})
    problem = Problem(pack, blank_case(pack, {}, {}))
    terms = problem.terms
    first, second = (terms.ivar(name, 0, 50) for name in ("a", "b"))
    between = [terms.le(terms.number(10), second), terms.le(first, second)]
    world = Sparing(problem, between if told_as == "binding" else (), between if told_as == "assumed" else (), RLIMIT)
    start = {first: 7, second: 40}

    ends = [problem.extreme(second, [], least=least, world=world, likely=start) for least in (True, False)]

    assert [end for end, _ in ends] == [10, 50]
    assert all(Lanes([model], [(0, {})]).all_hold(between) for _, model in ends)
