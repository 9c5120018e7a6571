"""One question put in several ways: with whole numbers, in words of bits, once for all or among others."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from building import tiny_pack
from zhunsheng.errors import NotShown
from zhunsheng.lang.blank import blank_case
from zhunsheng.solve import problem as problems
from zhunsheng.solve.formula import Node, Terms
from zhunsheng.solve.lanes import Lanes
from zhunsheng.solve.problem import Problem, World
from zhunsheng.solve.smt import RLIMIT, Prover

HOLES = 9


def puzzle(terms: Terms, luck: random.Random) -> list[Node]:
    """Days and conditions that bear on each other, so that now and then nothing fits."""
    days = [terms.ivar(f"day{number}", -3, 12) for number in range(4)]
    truths = [terms.var(f"truth{number}") for number in range(4)]

    def one() -> Node:
        a, b = luck.sample(days, 2)
        compared = luck.choice((terms.le, terms.lt, terms.eq))(terms.add(a, luck.randint(-4, 4)), b)
        near = terms.le(terms.ite(luck.choice(truths), a, b), terms.number(luck.randint(-3, 12)))
        return luck.choice((compared, terms.not_(compared), near, terms.not_(near), luck.choice(truths)))

    return [terms.or_((one(), one())) for _ in range(luck.randint(8, 16))]


def pigeons(terms: Terms) -> list[Node]:
    """More pigeons than holes: it cannot be, and takes long to see."""
    sits = [[terms.var(f"{pigeon} in {hole}") for hole in range(HOLES)] for pigeon in range(HOLES + 1)]
    apart = [
        terms.not_(terms.and_((one, other)))
        for hole in zip(*sits, strict=True)
        for place, one in enumerate(hole)
        for other in hole[:place]
    ]
    return [*(terms.or_(each) for each in sits), *apart]


def answered(nodes: list[Node], *, bits: bool, once: bool, rlimit: int = RLIMIT) -> dict[Node, int] | None:
    prover = Prover(rlimit, bits=bits, once=once)
    prover.add(nodes)
    return prover.satisfy()


@pytest.mark.parametrize("bits", [True, False])
def test_a_question_put_once_has_the_answer_it_has_among_others(bits: bool) -> None:
    seen = set()
    for seed in range(60):
        nodes = puzzle(Terms(), random.Random(seed))

        model = answered(nodes, bits=bits, once=True)

        seen.add(model is not None)
        assert (model is None) == (answered(nodes, bits=bits, once=False) is None)
        assert model is None or Lanes([model], [(0, {})]).all_hold(nodes)
    assert seen == {True, False}


@pytest.mark.parametrize("bits", [True, False])
def test_a_budget_bounds_a_question_put_once(bits: bool) -> None:
    limited = Prover(20_000, bits=bits, once=True)
    limited.add(pigeons(Terms()))

    with pytest.raises(NotShown):
        limited.possible()


SAID = """
import random, sys
sys.path[:0] = {path!r}
from test_ways_to_ask import answered, puzzle
from zhunsheng.solve.formula import Terms
for bits in (True, False):
    for seed in {seeds!r}:
        model = answered(puzzle(Terms(), random.Random(seed)), bits=bits, once=True)
        print(bits, seed, sorted((node.args[0], value) for node, value in model.items()) if model else model)
"""


def said(hash_seed: int, seeds: list[int]) -> list[str]:
    """The models of some puzzles, asked one after another in a process of its own."""
    text = SAID.format(path=[str(Path(__file__).parent), str(Path(__file__).parents[1])], seeds=seeds)
    run = subprocess.run(
        [sys.executable, "-c", text], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": str(hash_seed)},
    )  # fmt: skip
    return run.stdout.splitlines()


def test_a_model_is_the_same_from_run_to_run_and_whatever_was_asked_before() -> None:
    first = said(1, list(range(12)))

    assert len(first) == 24
    assert said(2, list(range(12))) == first
    assert sorted(said(3, list(range(11, -1, -1)))) == sorted(first)


# -- the ways that a world tries


@pytest.fixture
def small() -> Problem:
    return Problem(tiny_pack(facts={"today": "day"}), blank_case(tiny_pack(facts={"today": "day"}), {}, {}))


def asked(world: World, *conditions: Node) -> tuple[bool | None, list[tuple[bool, int]]]:
    """Whether it can be (None: not shown), and the solvers held then: words of bits or not, and what each has been asked."""
    try:
        possible: bool | None = world.possible(*conditions)
    except NotShown:
        possible = None
    return possible, [(bits, prover.queries) for bits, prover in world._provers.items()]


def test_words_of_bits_do_where_whole_numbers_come_to_no_end_and_come_first_then(small: Problem) -> None:
    terms = small.terms
    day, other = terms.ivar("day", 0, 900), terms.ivar("other", 0, 900)
    world = World(small, {}, [terms.lt(day, other)], rlimit=1, bits=True)

    assert asked(world, terms.le(other, day)) == (False, [(True, 1)])
    assert asked(world, terms.le(day, other)) == (True, [(True, 2)])
    assert world.queries == 3


def test_whole_numbers_come_first_and_alone_where_they_do(small: Problem) -> None:
    terms = small.terms
    day, other = terms.ivar("day", 0, 900), terms.ivar("other", 0, 900)
    world = World(small, {}, [terms.lt(day, other)], bits=True)

    assert asked(world, terms.le(other, day)) == (False, [(False, 1)])


def test_what_no_way_shows_is_not_shown_and_holds_no_solver(small: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "BITS_RLIMIT", 20_000)
    world = World(small, {}, pigeons(small.terms), rlimit=20_000, bits=True)

    assert asked(world) == (None, [])
    assert world.queries == 2
    assert asked(world) == (None, [])
    assert world.queries == 3  # not in words of bits again


def test_a_question_after_which_others_led_astray_is_asked_once_more(small: Problem) -> None:
    terms = small.terms
    hard = pigeons(terms)
    world = World(small, {}, [], rlimit=40_000)

    assert asked(world, terms.var("easy"))[0] is True
    assert asked(world, *hard)[0] is None
    assert world.queries == 3


def test_many_constraints_are_not_put_in_words_of_bits(small: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "MOST_FOR_BITS", 5)
    world = World(small, {}, pigeons(small.terms), rlimit=20_000, bits=True)

    assert asked(world) == (None, [])
    assert world.queries == 1


def test_what_can_only_be_reckoned_with_is_put_with_whole_numbers(small: Problem) -> None:
    terms = small.terms
    day, other = terms.ivar("day", 0, 900), terms.ivar("other", 0, 900)
    world = World(small, {}, [terms.lt(day, other)], rlimit=1, bits=True)
    assert asked(world, terms.le(other, day)) == (False, [(True, 1)])

    world.add([terms.le(terms.sum(day, other), terms.number(40))])

    assert asked(world, terms.le(other, day)) == (None, [])
