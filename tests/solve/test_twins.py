"""Answers that are the same in every completion, and those that only look like it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from building import define, rule, tiny_pack
from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.report import Status
from zhunsheng.lang.blank import blank_case
from zhunsheng.lang.pack import Pack

OPEN_LISTS = {"lines": ("line", {"grade": "grade", "since": "day"})}


def law(first: str, second: str) -> Pack:
    """Two yes/no answers about lists of which nothing is stated."""
    return replace(
        tiny_pack(
            facts={"today": "day", "flag": "yes/no"}, collections=OPEN_LISTS, enumerations={"grade": "D C B"},
            definitions=[
                define("first", "yes/no", rule("a", first, "True"), otherwise="False"),
                define("second", "yes/no", rule("a", second, "True"), otherwise="False"),
            ],
        ),
        answers=("first", "second"), as_of="today",
    )  # fmt: skip


def deciding(pack: Pack) -> Deciding:
    return Deciding(pack, blank_case(pack, {}, {}))


def are_one(pack: Pack) -> bool:
    """Whether the second answer is taken for the first."""
    one = deciding(pack)
    asked = [Asked(name, name) for name in ("first", "second")]
    problem = one.problems.with_slots({"lines": 2})
    kept = [problem.world({}).first(one.problems.encode(problem, each), problem.terms.true) for each in asked]
    return kept[0] is kept[1]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("any(l.grade != D for l in lines)", "any(l.grade == C or l.grade == B for l in lines)", True),
        ("not any(l.since > today for l in lines)", "all(l.since <= today for l in lines)", True),
        ("any(l.since > today for l in lines)", "any(l.since >= today for l in lines)", False),
        ("any(l.grade == B for l in lines)", "count(l for l in lines if l.grade == B) >= 2", False),
        ("flag", "not flag", False),
    ],
)
def test_answers_are_taken_for_one_exactly_if_no_completion_tells_them_apart(first: str, second: str, same: bool) -> None:
    assert are_one(law(first, second)) is same


def test_what_is_found_of_an_answer_takes_no_solver_where_another_is_always_the_same() -> None:
    one = deciding(law("any(l.grade != D for l in lines)", "any(l.grade == C or l.grade == B for l in lines)"))
    first = one.answer(Asked("first", "first"))
    before = one.problems.queries

    second = one.answer(Asked("second", "second"))

    assert second.status is Status.OPEN
    assert [p.outcome for p in second.outcomes] == [p.outcome for p in first.outcomes] == [True, False]
    assert second.depends_on == first.depends_on
    assert second.depends_on.facts == ("lines.others",)
    assert second.matters == first.matters
    assert one.problems.queries - before <= 3  # one for each place in which they are seen to be the same


def test_an_answer_that_is_another_turned_round_has_the_others_outcomes_turned_round() -> None:
    one = deciding(law("any(l.grade == B for l in lines) and flag", "not (any(l.grade == B for l in lines) and flag)"))

    first, second = (one.answer(Asked(name, name)) for name in ("first", "second"))

    assert {p.outcome for p in first.outcomes} == {p.outcome for p in second.outcomes} == {True, False}
    for given in (first, second):
        assert given.depends_on.facts == ("flag", "lines.others")
