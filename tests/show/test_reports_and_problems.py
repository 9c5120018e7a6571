"""Scenario runs, coverage, the account of the text, and what went wrong: whole texts compared."""
# ruff: noqa: E501 (a message is compared whole, on one line)

from __future__ import annotations

import io
from dataclasses import replace

from lending import case, library
from read_library import library as read_library
from zhunsheng.ask import report
from zhunsheng.errors import ContradictoryFacts, Disagreement, InputError, NotShown, Place, Problem
from zhunsheng.lang.types import Text
from zhunsheng.show.checking.reports import scenarios_document, text_document
from zhunsheng.show.media.progress import Progress
from zhunsheng.show.media.terminal import render
from zhunsheng.show.mistakes import problems

PACK = library()
CASE = replace(case(PACK), file="scenarios/a-late-book.yaml", title=Text("逾期一天", "A day late"))
MISSED = (
    report.Missed("may_borrow", "status", "determined", "open"),
    report.Missed("standing_now", "", "ordinary", "suspended"),
)
COVERAGE = report.CoverageReport(
    (
        report.Count(Text("规则", "Rules"), 3, 4, (("may_borrow/barred", "尚无案例"),)),
        report.Count(Text("条文", "Provisions"), 2, 2),
    )
)


def test_scenarios_that_all_pass_take_one_line() -> None:
    passed = report.TestReport((report.ScenarioResult(CASE, 0, ()), report.ScenarioResult(CASE, 1, ())))

    assert render(scenarios_document(passed, "zh")) == "案例核对\n共1个案例、2次推算，全部符合预期。\n"
    assert render(scenarios_document(passed, "en")) == "Scenarios\nFiles: 1; runs: 2. All came out as expected.\n"
    assert render(scenarios_document(report.TestReport(()), "zh")) == "案例核对\n没有找到案例。\n"


def test_what_a_scenario_missed_is_told_with_what_came_out() -> None:
    failed = report.TestReport((report.ScenarioResult(CASE, 0, ()), report.ScenarioResult(CASE, 2, MISSED)))

    assert render(scenarios_document(failed, "zh", COVERAGE)) == (
        "案例核对\n共1个案例、2次推算，其中1次不符合预期。\n"
        "\n一、不符合预期的案例\n"
        "- a-late-book.yaml，第2个变化：逾期一天\n"
        "  - may_borrow（status）：预期determined，实得open\n"
        "  - standing_now：预期ordinary，实得suspended\n"
        "\n二、覆盖情况\n"
        "- 规则：3/4\n  - may_borrow/barred：尚无案例\n- 条文：2/2\n"
    )


def test_coverage_is_told_where_everything_passed_too() -> None:
    passed = report.TestReport((report.ScenarioResult(CASE, 0, ()),))

    assert render(scenarios_document(passed, "en", COVERAGE)) == (
        "Scenarios\nFiles: 1; runs: 1. All came out as expected.\n"
        "\n1. Coverage\n- Rules: 3 of 4\n  - may_borrow/barred: 尚无案例\n- Provisions: 2 of 2\n"
    )


def test_the_account_of_the_text_goes_through_every_provision() -> None:
    pack = read_library()
    encoded = report.ProvisionAccount(
        "3(1)",
        ("may_borrow",),
        ("desk-answers",),
        (("两次", ("parameter most_warnings",)), ("酌情", ())),
        None,
        "王馆员",
        "0",
    )
    explained = report.ProvisionAccount("2.2", (), (), (), Text("由借阅处掌握。", "For the desk."), "", "1")
    account = report.TextReport((encoded, explained), ("9",), ("2.2",))

    assert render(text_document(pack, account, "zh")) == (
        "城南图书馆借阅规则\n共2条（款、项），1条有规则或义务，1条说明了不作推算的理由。\n"
        "\n一、没有着落的条文\n- 第九条\n"
        "\n二、条文落实情况\n"
        "- 第三条第（一）项：满两次警告的，停借。\n  - 规则：可以借书\n  - 义务：答复读者\n  - 限定词：两次、酌情（没有着落）\n  - 审阅：王馆员\n"
        "- 第二条第二款：停借者不参加考评。\n  - 由借阅处掌握。\n"
        "\n三、尚未经人审阅的条文\n- 第二条第二款\n"
    )
    assert "全部条文都已经人审阅。" in render(text_document(pack, report.TextReport((), (), ()), "zh"))


def test_each_problem_of_the_input_is_a_paragraph_with_its_place() -> None:
    error = InputError([
        Problem(Place("case.yaml", 3, 5), "there is no fact 'cart'", "did you mean 'card'?"), Problem(Place("case.yaml", 9, 1), "甲\x1b乙"),
    ])  # fmt: skip

    assert problems.input_problems(error, "zh") == (
        "输入有误，共2处：\n\n"
        "case.yaml:3:5: 没有“cart”这项事实\n    是不是想写“card”？\n\n"
        "case.yaml:9:1: 甲\N{REPLACEMENT CHARACTER}乙\n"
    )
    assert problems.input_problems(InputError([Problem(Place("x"), "wrong")]), "en") == "The input has 1 problem:\n\nx: wrong\n"


def test_contradictory_facts_are_named_as_people_call_them() -> None:
    error = ContradictoryFacts(("card", "loans"), ("card-first",), {"zh": "先办证后借书。", "en": "A card comes first."})

    assert problems.contradictory_facts(error, PACK, "zh") == (
        "案卷所列的事实互相矛盾，不可能同时属实，因此不作推算。请核对下列事实，改正后再试。\n\n"
        "涉及的事实：“读者办了借书证吗？”、有哪些借阅\n\n理由：先办证后借书。\n"
    )
    assert problems.contradictory_facts(replace_facts(error), None, "en") == (
        "The facts of the case cannot all be true, so nothing was decided. Check these facts and try again.\n\n"
        "Why: A card comes first.\n"
    )


def test_a_spent_budget_and_a_defect_say_so() -> None:
    assert problems.not_shown(NotShown("may_borrow"), "zh") == "未能在规定的计算量内算出：may_borrow\n"
    assert problems.disagreement(Disagreement("1 != 2"), "en") == (
        "Two ways of working this out gave different results. This is a defect of the program, not of the input, so no answer"
        " is given. Please report the case and the following to the maintainers.\n1 != 2\n"
    )
    assert problems.defect(TypeError("x\x1by"), "zh") == (
        "程序出错（程序的缺陷，不是输入的问题）：TypeError：x\N{REPLACEMENT CHARACTER}y\n"
        "设置环境变量ZHUNSHENG_DEBUG=1再运行，可得到供维护者使用的详情。\n"
    )


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_a_line_that_is_wiped_away() -> None:
    times = iter([0.0, 0.0, 0.3, 0.5, 0.9])
    screen = Screen()

    with Progress(screen, "zh", clock=lambda: next(times), columns=20) as progress:
        progress("attained", 0, 3)
        progress("may_apply", 1, 3)
        progress("甲" * 20, 2, 3)

    assert screen.getvalue() == "\r\033[K正在推算 3/3：甲甲甲\r\033[K"


def test_nothing_is_said_of_progress_where_nobody_watches_or_it_was_quick() -> None:
    file, quick = io.StringIO(), Screen()

    with Progress(file, "en", clock=lambda: 9.0) as progress:
        progress("attained", 0, 3)
    with Progress(quick, "en", clock=lambda: 9.0) as progress:
        progress("attained", 0, 3)

    assert (file.getvalue(), quick.getvalue()) == ("", "")


def replace_facts(error: ContradictoryFacts) -> ContradictoryFacts:
    return ContradictoryFacts((), error.assumptions, error.says)
