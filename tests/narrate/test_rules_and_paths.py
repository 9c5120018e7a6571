"""Rules and duties read aloud; facts and answers called by their paths."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lending import library
from zhunsheng.lang.types import Text
from zhunsheng.narrate import paths, rules

PACK = library()


def test_a_definition_is_read_aloud_rule_by_rule() -> None:
    assert rules.definition_aloud(PACK, "standing_on", "zh") == (
        "“读者办了借书证”属实，且发证日不晚于该日的，“某日的读者等级”为证上写的等级（第三条）。",
        "有借阅符合（该借阅的应还日不晚于该日，且该借阅的“有污损”属实）的，“某日的读者等级”为“停借”（第七条）；"
        "优先于：“‘读者办了借书证’属实，且发证日不晚于该日的，‘某日的读者等级’为证上写的等级”。",
    )
    assert rules.definition_aloud(PACK, "lowered_to", "en") == (
        "If “the library is open late” is true, “Standing after lowering” is the choice made on “The standing to lower to”"
        " (article 8(1), second paragraph).",
        "Where no other rule applies, “Standing after lowering” is “Standing now”.",
    )


def test_a_rule_without_a_condition_needs_no_if() -> None:
    assert rules.definition_aloud(PACK, "standing_now", "zh") == ("“现行等级”为“某日的读者等级”（就所问之日而言）（第三条）。",)


def test_a_yes_no_rule_with_a_computed_value_says_exactly_when_it_holds() -> None:
    definition = PACK.definitions["may_borrow"]
    rule = replace(definition.rules[0], value=definition.rules[0].when, says=None)

    assert rules.made_sentence(PACK, definition, rule, "zh") == (
        "“现行等级”高于“停借”，且没有借阅符合（“逾期未还”成立）的，"
        "当且仅当（“现行等级”高于“停借”，且没有借阅符合（“逾期未还”成立））时，“可以借书”成立。"
    )


def test_the_packs_own_sentence_comes_before_a_made_one() -> None:
    definition = PACK.definitions["may_borrow"]

    assert rules.rule_sentence(PACK, definition, definition.rules[0], "zh") == "等级高于停借、且没有逾期未还的，可以借书。"


def test_where_the_text_is_silent_otherwise_nothing_is_said() -> None:
    assert rules.otherwise_sentence(PACK, PACK.definitions["standing_on"], "zh") is None
    assert rules.otherwise_sentence(PACK, PACK.definitions["may_borrow"], "zh") == "没有其他规定适用的，“可以借书”不成立。"


def test_a_duty_says_who_what_when_and_by_which_day() -> None:
    assert rules.duty_aloud(PACK, PACK.duties["desk-checks"], "zh") == (
        "借阅处须查验归还的图书（第五条第（一）项）。",
        "条件：“读者办了借书证”属实。",
        "期限：发证日之后第2个工作日。",
    )
    assert rules.duty_aloud(PACK, PACK.duties["desk-reports"], "en") == (
        "The lending desk must: report to the director in good time (article 5(2)).",
        "When: there is a loan such that (“Overdue” holds).",
        "By: The text only says in good time.",
    )


def test_a_provision_stands_before_the_full_stop() -> None:
    assert rules.cited("停借。", "19(5)", "zh") == "停借（第十九条第（五）项）。"
    assert rules.cited("停借。", "", "zh") == "停借。"


@pytest.mark.parametrize(
    ("path", "zh", "en"),
    [
        ("as_of", "所问之日", "the day of the question"),
        ("card.issued_on", "发证日", "the day of issue"),
        ("scores.care", "考评中“爱护程度”一项", "the entry for “care” in the assessment"),
        ("scores[time]", "考评中“按时归还”一项", "the entry for “punctuality” in the assessment"),
        ("loans[甲1].due_on", "借阅“甲1”的应还日", "the due day of loan “甲1”"),
        ("loans[0].due_on", "第1项借阅的应还日", "the due day of loan 1"),
        ("loans[地图[甲].乙].sort", "借阅“地图[甲].乙”的种类", "the kind of loan “地图[甲].乙”"),
        ("fines[1].amount", "第2项罚款金额", "the amount of fine 2"),
        ("fines[1].branches[城南].amount", "第2项罚款（城南）的罚款金额", "the amount of fine 2 (城南)"),
        ("notice.sent_on", "通知的发出日", "the day the notice was sent"),
        ("loans.others", "是否还有其他借阅", "whether there are other loans"),
        ("loans", "有哪些借阅", "which loans there are"),
        ("nothing.here", "“nothing.here”", "“nothing.here”"),
        ("card.nothing", "“card.nothing”", "“card.nothing”"),
        ("x[", "“x[”", "“x[”"),
    ],
)
def test_a_fact_is_called_by_its_path(path: str, zh: str, en: str) -> None:
    assert (paths.fact_name(PACK, path, "zh"), paths.fact_name(PACK, path, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("path", "written", "zh", "en"),
    [
        ("as_of", "2025-11-03", "所问之日为2025年11月3日", "the day of the question is 3 November 2025"),
        ("card.held", "ordinary-", "证上写的等级为普通（限借）", "“Which standing does it name?” is ordinary, limited"),
        ("card.paid", "true", "“押金交清了”属实", "the answer to “Is the deposit paid?” is yes"),
        ("card", "none", "“读者办了借书证”不属实", "the answer to “Has the reader got a card?” is no"),
        ("card", "present", "“读者办了借书证”属实", "the answer to “Has the reader got a card?” is yes"),
        ("loans[甲1].damaged", "false", "借阅“甲1”的“有污损”不属实", "for loan “甲1”, “the item is damaged” is not true"),
        ("loans[甲1].returned_on", "none", "借阅“甲1”的归还日为无", "the day of return of loan “甲1” is none"),
        ("loans[甲1].returned_on", "unknown", "借阅“甲1”的归还日不明", "the day of return of loan “甲1” is not known"),
        ("scores.care", "n/a", "考评中“爱护程度”一项为不适用", "the entry for “care” in the assessment is not applicable"),
        ("loans", "0 listed", "没有借阅", "there are no loans"),
        ("loans", "1 listed", "案卷所列借阅共1项，别无其他", "the case lists 1 loan and there are no others"),
        ("loans", "2 listed", "案卷所列借阅共2项，别无其他", "the case lists 2 loans and there are no others"),
        ("loans.others", "[]", "没有其他借阅", "there are no other loans"),
        ("loans.others", "{mark: 甲}", "还有其他借阅", "there are other loans"),
        ("loans", "unknown", "有哪些借阅不明", "which loans there are is not known"),
    ],
)  # fmt: skip
def test_a_fact_and_its_value_are_a_clause(path: str, written: str, zh: str, en: str) -> None:
    assert (paths.fact_says(PACK, path, written, "zh"), paths.fact_says(PACK, path, written, "en")) == (zh, en)


def test_a_record_with_a_title_is_there_or_not() -> None:
    pack = replace(PACK, facts={**PACK.facts, "card": replace(PACK.facts["card"], title=Text("借书证", "card"))})

    assert paths.fact_says(pack, "card", "present", "zh") == "有借书证"
    assert paths.fact_says(pack, "card", "none", "en") == "there is no card"


@pytest.mark.parametrize(
    ("name", "definition", "zh"),
    [
        ("standing_now", "standing_now", "现行等级"),
        ("loans[甲1].overdue", "loan.overdue", "逾期未还（借阅“甲1”）"),
        ("loans[0].overdue", "loan.overdue", "逾期未还（第1项借阅）"),
        ("standing_on(2025-10-15)", "standing_on", "某日的读者等级（2025年10月15日）"),
        ("standing_on[2025-10-15]", "standing_on", "某日的读者等级（2025年10月15日）"),
        ("duties[desk-checks].owed", "duty desk-checks owed", "查验归还的图书"),
    ],
)
def test_an_answer_is_called_by_its_definition_and_what_it_is_about(name: str, definition: str, zh: str) -> None:
    assert paths.answer_name(PACK, name, definition, "zh") == zh


def test_arguments_are_said_by_their_types() -> None:
    assert paths.called(PACK, "at_least", ("ordinary-", "honoured"), "zh") == "前一等级不低于后一等级（普通（限借）和优秀）"
    assert paths.called(PACK, "loan.overdue", ("loans[甲1]",), "en") == "Overdue (loan “甲1”)"
    assert paths.called(PACK, "loan.overdue", ("loans",), "en") == "Overdue"
