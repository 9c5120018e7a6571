"""What a search for plans did not go through is never told as if it had been."""

from __future__ import annotations

from datetime import date

import pytest

from building import HORIZON, NO_TEXT, tiny_pack
from zhunsheng.ask.planning.plan import Plan, Reach
from zhunsheng.lang.case import Case
from zhunsheng.show.supposing.plans import reach_document

PACK = tiny_pack(facts={"as_of": "day"})


def told(*, complete: bool, could_from: date | None = None) -> tuple[str, ...]:
    case = Case(NO_TEXT, "tiny", {"as_of": HORIZON[0]}, {}, {}, None)
    report = Reach(case, "blocked", date(2026, 12, 31), "enterprise", {}, (), complete, could_from=could_from)
    return reach_document(PACK, report, "zh").section("可行的方案").paragraphs


def test_that_no_plan_was_found_is_not_told_as_that_there_is_none() -> None:
    assert told(complete=True) == ("没有找到能达到目标的方案。",)
    assert told(complete=False) == ("试过的方案都达不到目标；没有试完全部方案，不能由此认为目标达不到。",)


@pytest.mark.parametrize(
    ("complete", "said"),
    [
        (True, "在要求之日达不到。最早可能的日期：2027年1月4日。"),
        (
            False,
            "试过的方案在要求之日都达不到目标；没有试完全部方案，不能由此认为达不到。试过的方案中最早可能的日期：2027年1月4日。",
        ),
    ],
)
def test_a_later_day_is_the_first_of_all_only_where_all_were_tried(complete: bool, said: str) -> None:
    assert told(complete=complete, could_from=date(2027, 1, 4)) == (said,)


@pytest.mark.parametrize("needed", [True, False])
def test_plans_of_many_changes_are_not_called_the_least(needed: bool) -> None:
    case = Case(NO_TEXT, "tiny", {"as_of": HORIZON[0]}, {}, {}, None)
    plan = Plan((), None, 10, 9, HORIZON[0], case.facts)
    report = Reach(case, "blocked", None, "enterprise", {}, (plan,), False, large=True, none_needless=needed)

    (said,) = reach_document(PACK, report, "zh").section("可行的方案").paragraphs

    assert said.startswith("没有试完全部方案；试过的改动少的方案都达不到目标。下列方案把同一类事实一起改动")
    assert ("少改其中任何一项，或者把它改得小些，都没有成功" in said) is needed
