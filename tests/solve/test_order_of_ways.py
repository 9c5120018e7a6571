"""The order in which a question about two completions is put: in words of bits or whole numbers, as broken or all at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest

from building import define, rule, tiny_pack
from zhunsheng.errors import NotShown
from zhunsheng.lang.blank import blank_case
from zhunsheng.read import canonical_pack
from zhunsheng.solve import settle
from zhunsheng.solve.formula import Node
from zhunsheng.solve.problem import Problem
from zhunsheng.solve.settle import BUDGETS, EASY, Budgets, Copies, Question
from zhunsheng.solve.symbols import Assignment

(BITS, BITS_BUDGET), (WHOLE, WHOLE_BUDGET) = BUDGETS
(EASY_WHOLE, EASY_WHOLE_BUDGET), (EASY_BITS, EASY_BITS_BUDGET) = EASY
AS_BROKEN, AT_ONCE = "as broken", "at once"


@dataclass
class Solver:
    """Shows nothing until it has been asked `after` times, and notes how it was asked."""

    after: int = 99
    asked: list[tuple[bool, int, str]] = field(default_factory=list)

    def __call__(self, _told: Sequence[Node], later: Sequence[Node], budget: int, *, bits: bool) -> Assignment | None:
        self.asked.append((bits, budget, AS_BROKEN if later else AT_ONCE))
        if len(self.asked) <= self.after:
            raise NotShown("the budget ended")
        return None


Made = Callable[..., tuple[Copies, Solver]]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """Two copies of a small question about days, and the solver it is put to."""

    def make(when: str = "flag and a > b", *, large: bool = False, later: bool = True, after: int = 99) -> tuple[Copies, Solver]:
        solver = Solver(after)
        monkeypatch.setattr(settle, "LARGE", 0 if large else 1_000)
        monkeypatch.setattr(settle, "FEW_LATER", -1 if later else 10**6)
        monkeypatch.setattr(settle, "tell_broken", solver)
        pack = tiny_pack(
            facts={"as_of": "day", "a": "day", "b": "day", "c": "number", "d": "number", "flag": "yes/no"},
            definitions=[define("late", "yes/no", rule("a", when, "True"), otherwise="False")],
            assumptions={"in_time": ("a <= as_of and b <= as_of", {})},
        )
        pack = replace(pack, answers=("late",))
        pack = replace(pack, canonical=canonical_pack(pack))
        problem = Problem(pack, blank_case(pack, {}, {}))
        return Copies(Question(problem, problem.encode("late"), {}, problem.terms.true)), solver

    return make


def put(copies: Copies, budgets: Budgets = BUDGETS) -> bool:
    """Whether it was shown that there is no pair."""
    try:
        return copies.untied((), budgets) == []
    except NotShown:
        return False


def test_the_budgets_say_which_way_they_are_for() -> None:
    assert (BITS, WHOLE) == (EASY_BITS, EASY_WHOLE) == (True, False)


def test_a_small_question_is_put_with_whole_numbers_first_and_as_broken_before_all_at_once(made: Made) -> None:
    copies, solver = made()

    assert not put(copies)
    assert solver.asked == [
        (WHOLE, WHOLE_BUDGET, AS_BROKEN), (BITS, BITS_BUDGET, AS_BROKEN),
        (WHOLE, WHOLE_BUDGET, AT_ONCE), (BITS, BITS_BUDGET, AT_ONCE),
    ]  # fmt: skip


def test_a_large_question_is_put_in_words_of_bits_first(made: Made) -> None:
    copies, solver = made(large=True)

    assert not put(copies)
    assert solver.asked == [
        (BITS, BITS_BUDGET, AS_BROKEN), (WHOLE, WHOLE_BUDGET, AS_BROKEN),
        (BITS, BITS_BUDGET, AT_ONCE), (WHOLE, WHOLE_BUDGET, AT_ONCE),
    ]  # fmt: skip


def test_the_first_way_that_comes_to_an_end_is_the_last_that_is_tried(made: Made) -> None:
    for after in range(4):
        copies, solver = made(after=after)

        assert put(copies)
        assert len(solver.asked) == after + 1


def test_where_nothing_is_told_later_each_way_is_tried_once(made: Made) -> None:
    copies, solver = made(later=False)

    assert not put(copies)
    assert solver.asked == [(WHOLE, WHOLE_BUDGET, AT_ONCE), (BITS, BITS_BUDGET, AT_ONCE)]


@pytest.mark.parametrize("large", [False, True])
def test_a_pair_that_is_looked_for_with_little_effort_is_looked_for_with_whole_numbers_first_and_never_all_at_once(
    large: bool, made: Made
) -> None:
    copies, solver = made(large=large)

    assert not put(copies, EASY)
    assert solver.asked == [(WHOLE, EASY_WHOLE_BUDGET, AS_BROKEN), (BITS, EASY_BITS_BUDGET, AS_BROKEN)]


@pytest.mark.parametrize("large", [False, True])
def test_what_is_reckoned_with_is_put_with_whole_numbers_alone(large: bool, made: Made) -> None:
    copies, solver = made("flag and a > b and c + d > 5", large=large)

    assert not put(copies)
    assert solver.asked == [(WHOLE, WHOLE_BUDGET, AS_BROKEN), (WHOLE, WHOLE_BUDGET, AT_ONCE)]


def test_what_was_hard_for_one_large_question_is_put_last_in_the_next(made: Made) -> None:
    copies, solver = made(large=True, after=1)

    assert put(copies)
    assert [bits for bits, _, _ in solver.asked] == [BITS, WHOLE]
    assert not copies.problem.bits_do

    solver.asked.clear()
    solver.after = 99
    assert not put(Copies(copies.question))
    assert [bits for bits, _, _ in solver.asked] == [WHOLE, BITS, WHOLE, BITS]


def test_a_small_question_says_nothing_of_what_is_hard_for_a_large_one(made: Made) -> None:
    copies, _ = made(after=2)

    assert put(copies)
    assert copies.problem.bits_do
