"""How many further elements two completions need that agree on some symbols and differ in an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from building import define, rule, tiny_pack
from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.problems import Problems
from zhunsheng.errors import NotShown
from zhunsheng.lang.blank import blank_case
from zhunsheng.lang.pack import Pack

NESTED = "any(not any(e.grade == l.grade{and_flag} for e in events) for l in lines)"


def law(when: str) -> Pack:
    return replace(
        tiny_pack(
            facts={"today": "day", "flag": "yes/no", "other": "yes/no"},
            collections={"lines": ("line", {"grade": "grade"}), "events": ("event", {"grade": "grade"})},
            enumerations={"grade": "D C B"},
            definitions=[define("answer", "yes/no", rule("a", when, "True"), otherwise="False")],
        ),
        answers=("answer",), as_of="today",
    )  # fmt: skip


def needed(when: str, tied: set[str]) -> tuple[dict[str, int], dict[str, int]]:
    """The further elements that one completion needs, and that two need which agree on these facts."""
    pack = law(when)
    problems, asked = Problems(pack, blank_case(pack, {}, {})), Asked("answer", "answer")
    small, _ = problems.problem(asked, {})
    pairs = problems.for_pairs(asked, small, frozenset(f"facts {name}" for name in tied), {})
    return small.further, pairs.further


@pytest.mark.parametrize(
    ("when", "tied", "one", "two"),
    [
        # what they may have different has no part in any list: the same elements do for both
        ("any(l.grade == B for l in lines) and flag", {"lines", "events"}, (1, 0), (1, 0)),
        ("any(l.grade == B for l in lines) and flag", {"lines", "events", "flag", "other"}, (1, 0), (1, 0)),
        # what is asked of each element may come to something else in the other: each needs elements of its own
        ("any(l.grade == B and flag for l in lines)", {"lines", "events"}, (1, 0), (2, 0)),
        # the lists themselves may be different
        ("any(l.grade == B for l in lines) and flag", {"flag", "events"}, (1, 0), (2, 0)),
        # an element kept for one of them is there in the other too, and is asked about there
        (NESTED.format(and_flag=" and flag"), {"lines", "events"}, (1, 1), (2, 4)),
        (NESTED.format(and_flag="") + " and flag", {"lines", "events"}, (1, 1), (1, 1)),
    ],
)
def test_two_completions_need_more_elements_only_where_they_may_see_them_differently(
    when: str, tied: set[str], one: tuple[int, int], two: tuple[int, int]
) -> None:
    small, pairs = needed(when, tied)

    assert (small["lines"], small["events"]) == one
    assert (pairs["lines"], pairs["events"]) == two


def test_what_takes_more_elements_than_can_be_asked_about_is_refused_before_it_is_written_down() -> None:
    pack = law(NESTED.format(and_flag=" and flag"))
    problems, asked = Problems(pack, blank_case(pack, {}, {})), Asked("answer", "answer")
    small, _ = problems.problem(asked, {})
    tied = frozenset({"facts lines", "facts events"})

    assert problems.for_pairs(asked, small, tied, {}, 6).slots == 6
    with pytest.raises(NotShown, match="too many further elements may matter"):
        problems.for_pairs(asked, small, tied, {}, 5)


def test_a_smaller_problem_has_two_further_elements_of_each_list_at_most() -> None:
    pack = law("count(l for l in lines if l.grade == B) >= 4 and any(e.grade == B for e in events)")
    problems = Problems(pack, blank_case(pack, {}, {}))
    small, _ = problems.problem(Asked("answer", "answer"), {})
    fewer = problems.with_fewer(small)

    assert small.further["lines"] > 2
    assert (fewer.further["lines"], fewer.further["events"]) == (2, small.further["events"])
    assert problems.with_fewer(fewer) is fewer
