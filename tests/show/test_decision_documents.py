"""Decisions as people read them: whole documents compared with files, and how each status is said."""
# ruff: noqa: E501 (a sentence is compared whole, on one line)

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from goldens import matches
from lending import expression, library
from lending_decisions import (
    answer,
    by_reading,
    decision,
    failing,
    lowered_to,
    may_borrow,
    mixed,
    no_fixed_day,
    overdue,
    span,
    standing_now,
    whole_decision,
)  # fmt: skip
from zhunsheng.ask.report import (
    Answer,
    Because,
    Between,
    Decision,
    DependsOn,
    DutyAnswer,
    Looked,
    Matters,
    Possible,
    Rejected,
    Status,
)
from zhunsheng.lang.case import Case
from zhunsheng.lang.outcome import Failure, FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import NONE, Text
from zhunsheng.narrate.document import Item
from zhunsheng.show.deciding.decision import decision_document
from zhunsheng.show.deciding.duties import Duties, Kind
from zhunsheng.show.deciding.outcomes import Outcomes, spoken_days_in
from zhunsheng.show.media.terminal import render

PACK = library()
GOLDENS = Path(__file__).parent / "goldens"
LOST = Failure(FailureKind.CONFLICT, "standing_on", "from-the-card | damage")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_whole_decision_reads_as_in_its_file(lang: str) -> None:
    document = decision_document(PACK, whole_decision(PACK), lang)

    assert matches(render(document), GOLDENS / f"decision.{lang}.txt")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_decision_of_open_answers_reads_as_in_its_file(lang: str) -> None:
    document = decision_document(PACK, decision(PACK, by_reading(PACK), mixed(PACK), span(PACK)), lang)

    assert matches(render(document), GOLDENS / f"open.{lang}.txt")


@pytest.mark.parametrize(
    ("given", "zh"),
    [
        (standing_now(PACK), "普通"),
        (may_borrow(PACK), "尚不能确定，因为有事实未明。可能的结果：是、否"),
        (lowered_to(PACK), "按所列事实，由馆长裁量，可在下列结果中选择：停借、普通（限借）"),
        (by_reading(PACK), "事实已明，但条文有歧义，理解不同则结论不同。可能的结果：2026年10月1日、无"),
        (
            mixed(PACK),
            "尚不能确定，因为有事实未明，且须由主管机关裁量。可能的结果：停借、条文未作规定（可能还有其他结果，未能全部算出）",
        ),
        (span(PACK), "尚不能确定，因为有事实未明。可能的结果：2025年11月4日至2026年11月3日（两端均有可能）、无"),
        (answer(PACK, "may_borrow", Status.OPEN, True, False), "尚不能确定。可能的结果：是、否"),
        (
            failing(PACK, LOST),
            "条文相互冲突（“某日的读者等级（第三条）”依下列规定结果不同：“读者办了借书证”属实，且发证日不晚于该日的，"
            "“某日的读者等级”为证上写的等级（第三条）；借阅有污损的，停借（第七条））",
        ),
        (failing(PACK, Failure(FailureKind.CONFLICT, "latest", "standing_on")), "条文相互冲突（“某日的读者等级”有两项并列而内容不同）"),
        (failing(PACK, Failure(FailureKind.GAP, "standing_on")), "条文未作规定（“某日的读者等级（第三条）”没有条文可依）"),
        (failing(PACK, Failure(FailureKind.GAP, "max", "blocked_until")), "条文未作规定（“停借的最后一日”没有可供比较的对象）"),
        (failing(PACK, Failure(FailureKind.GAP, "new_standing")), "条文未作规定（“降到哪一等级”没有条文可依）"),
        (failing(PACK, Failure(FailureKind.NO_DATA, "city", "2027")), "数据不足（“本市工作日表”没有2027年的数据）"),
        (failing(PACK, Failure(FailureKind.NO_DATA, "horizon")), "数据不足（所涉日期超出规则所设的时间范围）"),
        (answer(PACK, "standing_now", Status.GAP), "条文未作规定"),
        (
            answer(PACK, "lowered_to", Status.UNLAWFUL_CHOICE, lawful=("suspended", "ordinary")),
            "案卷所载的裁量选择超出法定范围，不能成立。法律允许的选择：停借、普通",
        ),
        (answer(PACK, "lowered_to", Status.UNLAWFUL_CHOICE), "案卷所载的裁量选择超出法定范围，不能成立。法律允许的选择：没有"),
        (
            answer(PACK, "lowered_to", Status.NOT_SHOWN, "ordinary", complete=False),
            "未能在规定的计算量内算出；已发现的可能结果：普通",
        ),
        (answer(PACK, "lowered_to", Status.NOT_SHOWN, complete=False), "未能在规定的计算量内算出"),
        (
            answer(PACK, "lowered_to", Status.NOT_SHOWN, complete=False, why_not_shown="too many pieces to compare"),
            "未能在规定的计算量内算出（要比较的分段太多）",
        ),
    ],
)  # fmt: skip
def test_each_status_is_said_in_its_own_way(given: Answer, zh: str) -> None:
    assert Outcomes(PACK, "zh").headline(given) == zh


def test_open_by_facts_by_readings_and_by_discretion_begin_differently() -> None:
    openings = {Outcomes(PACK, "en").headline(one)[:20] for one in (may_borrow(PACK), by_reading(PACK), lowered_to(PACK))}

    assert openings == {"cannot be told yet, ", "the facts are known,", "on the facts stated,"}


def test_outcomes_that_hold_a_comma_are_told_apart_by_semicolons() -> None:
    three = answer(PACK, "lowered_to", Status.OPEN, "suspended", "ordinary_minus", "ordinary")

    assert Outcomes(PACK, "en").headline(three) == "cannot be told yet. It may be: suspended; ordinary, limited; ordinary"


def test_a_deadline_that_is_no_day_stands_with_the_duty() -> None:
    late = DutyAnswer(
        "desk-checks", no_fixed_day("desk-checks").owed, failing(PACK, Failure(FailureKind.NO_DATA, "city", "2027"))
    )
    none = DutyAnswer("desk-checks", no_fixed_day("desk-checks").owed, answer(PACK, "blocked_until", Status.DETERMINED, NONE))

    said = [next_of(decision(PACK, owed=(duty,))) for duty in (no_fixed_day("desk-checks"), late, none)]

    assert [items[0].label for items in said] == ["应当履行、没有确定日期的"] * 3
    assert [items[0].items[0] for items in said] == [
        Item("", "借阅处", (Item("查验归还的图书；期限：不设固定日期（第五条第（一）项）。"),)),
        Item("", "借阅处", (Item("查验归还的图书；期限：数据不足（“本市工作日表”没有2027年的数据）（第五条第（一）项）。"),)),
        Item("", "借阅处", (Item("查验归还的图书（第五条第（一）项）。"),)),
    ]


def test_duties_with_a_day_come_first_in_the_order_of_their_days() -> None:
    by = [answer(PACK, "blocked_until", Status.DETERMINED, date(2025, month, 5)) for month in (12, 11)]
    owed = no_fixed_day("desk-checks").owed
    duties = (DutyAnswer("desk-reports", owed, None), *(DutyAnswer("desk-checks", owed, day) for day in by))

    dated, undated = next_of(_on(date(2025, 11, 5), decision(PACK, owed=duties)))

    assert dated == Item(
        "", "有期限的",
        (
            Item("最迟2025年11月5日：借阅处查验归还的图书（第五条第（一）项）。"),
            Item("最迟2025年12月5日：借阅处查验归还的图书（第五条第（一）项）。"),
        ),
    )  # fmt: skip
    assert undated == Item("", "应当履行、没有确定日期的", (Item("", "借阅处", (Item("及时报告馆长（第五条第（二）项）。"),)),))


def test_a_day_that_is_over_is_said_to_be_over_and_comes_after_the_others() -> None:
    by = [answer(PACK, "blocked_until", Status.DETERMINED, date(2025, 11, day)) for day in (4, 5)]
    duties = tuple(DutyAnswer("desk-checks", no_fixed_day("desk-checks").owed, day) for day in by)

    coming, over = next_of(_on(date(2025, 11, 5), decision(PACK, owed=duties)))

    assert (coming.label, over.label) == ("有期限的", "期限在所问之日以前的（是否已经办理，这里不作判断）")
    assert [item.text for item in coming.items] == ["最迟2025年11月5日：借阅处查验归还的图书（第五条第（一）项）。"]
    assert [item.text for item in over.items] == ["最迟2025年11月4日：借阅处查验归还的图书（第五条第（一）项）。"]


def test_duties_are_grouped_by_how_they_stand_whatever_the_headings_say() -> None:
    owed = no_fixed_day("desk-checks").owed
    over = DutyAnswer("desk-checks", owed, answer(PACK, "blocked_until", Status.DETERMINED, date(2025, 11, 4)))
    coming = DutyAnswer("desk-checks", owed, answer(PACK, "blocked_until", Status.DETERMINED, date(2025, 11, 5)))
    perhaps = DutyAnswer("desk-reports", answer(PACK, "may_borrow", Status.OPEN, True, False), None)
    case = _on(date(2025, 11, 5), decision(PACK)).case

    groups = Duties(PACK, "zh", Outcomes(PACK, "zh")).groups([perhaps, over, DutyAnswer("desk-reports", owed, None), coming], case)

    assert [group.kind for group in groups] == [Kind.DATED, Kind.OVER, Kind.UNDATED, Kind.PERHAPS]
    assert [len(group.dated) for group in groups] == [1, 1, 0, 0]
    assert groups[3].by_actor == (("借阅处", ("及时报告馆长（第五条第（二）项）。",)),)


def test_what_was_not_shown_is_not_explained() -> None:
    given = replace(standing_now(PACK), status=Status.NOT_SHOWN, complete=False)
    titles = [section.title for section in decision_document(PACK, decision(PACK, given), "zh").sections]

    assert "理由" not in titles


def test_a_duty_that_is_not_owed_is_not_listed() -> None:
    owed = answer(PACK, "may_borrow", Status.DETERMINED, False)
    document = decision_document(PACK, decision(PACK, owed=(DutyAnswer("desk-checks", owed, None),)), "zh")

    assert document.section("下一步").paragraphs == ("目前没有需要办理的事项。",)
    assert document.section("下一步").items == ()


def test_a_decision_without_duties_says_nothing_of_what_is_next() -> None:
    titles = [section.title for section in decision_document(PACK, decision(PACK, standing_now(PACK)), "zh").sections]

    assert titles == ["结论", "理由", "对条文作不同理解时", "以上结论的前提", "提示"]


def test_readings_that_change_nothing_are_said_to_change_nothing() -> None:
    document = decision_document(PACK, decision(PACK, overdue(PACK, "loans[甲1]", True)), "en")

    assert document.section("If the text is read otherwise").paragraphs == (
        "No reading of the text that these rules list changes what is concluded above.",
    )


def test_answers_whose_firmness_was_not_tried_or_not_shown_are_not_called_firm() -> None:
    given = [replace(overdue(PACK, "loans[甲1]", True), firm=firm) for firm in ("not_asked", "not_shown")]
    sections = [decision_document(PACK, decision(PACK, one), "zh").sections for one in given]

    assert [section.title for section in sections[0]] == ["结论", "理由", "以上结论的前提", "提示"]
    assert sections[1][2].paragraphs == ("下列结论是否因理解不同而改变，未能在规定的计算量内核算：逾期未还（借阅“甲1”）。",)


def test_reasons_found_under_another_answer_are_referred_to() -> None:
    below = (
        Because("may_borrow", "in-good-standing", "4(2)", (), "true"),
        Because("standing_now", "today", "3", (), "ordinary", depth=1),
        Because("standing_on", "from-the-card", "3", ("2025-11-03",), "ordinary", (Looked("card.held", "ordinary"),), depth=2),
    )  # fmt: skip
    borrow = answer(PACK, "may_borrow", Status.DETERMINED, True, because=below)
    document = decision_document(PACK, decision(PACK, standing_now(PACK), borrow), "zh")

    assert document.section("理由").items[1] == Item(
        "", "可以借书",
        (
            Item(
                "“可以借书”成立。等级高于停借、且没有逾期未还的，可以借书（第四条第（二）项）。", "",
                (Item("“现行等级”为普通（理由见“现行等级”）"),),
            ),
            Item("均已在前面列出", "所据事实"),
        ),
    )  # fmt: skip


def test_answers_that_the_same_rules_bring_about_are_explained_once() -> None:
    both = decision(PACK, overdue(PACK, "loans[甲1]", True), overdue(PACK, "loans[1]", True))

    assert [item.label for item in decision_document(PACK, both, "zh").section("理由").items] == [
        "逾期未还（借阅“甲1”）、逾期未还（第2项借阅）",
    ]  # fmt: skip


def test_many_facts_are_cut_short_and_counted() -> None:
    facts = tuple(Looked(f"loans[{number}].due_on", "2025-01-01") for number in range(15))
    long = answer(PACK, "may_borrow", Status.DETERMINED, True, because=(Because("may_borrow", "", "4", (), "true", facts),))
    grounds = decision_document(PACK, decision(PACK, long), "en").section("Reasons").items[0].items[1]

    assert (grounds.label, len(grounds.items), grounds.items[-1].text) == ("Facts relied on", 13, "and 3 more")


def test_what_an_example_supposes_is_told_apart_from_what_the_case_states() -> None:
    facts = (Looked("loans", "3 listed", supposed=True), Looked("loans[甲1].due_on", "2025-10-31", "借阅记录"))
    because = (Because("may_borrow", "", "4", (), "true", facts),)
    same = replace(because[0], facts=(Looked("loans", "2 listed", supposed=True),))
    twice = [
        answer(PACK, name, Status.OPEN, True, False, because=(step,)) for name, step in (("may_borrow", because[0]), ("standing_now", same))
    ]  # fmt: skip

    items = decision_document(PACK, decision(PACK, *twice), "zh").section("理由").items

    assert [[(part.label, [one.text for one in part.items]) for part in item.items[1:]] for item in items] == [
        [
            ("所据事实", ["借阅“甲1”的应还日为2025年10月31日（来源：借阅记录）"]),
            ("此例假设的事实（案卷没有写明）", ["借阅共3项"]),
        ],
        [("此例假设的事实（案卷没有写明）", ["借阅共2项"])],
    ]


def test_reasons_of_an_answer_whose_facts_are_missing_are_not_given() -> None:
    titles = [section.title for section in decision_document(PACK, decision(PACK, may_borrow(PACK)), "zh").sections]

    assert "理由" not in titles


def test_what_one_more_element_would_have_to_be_like_is_said() -> None:
    limits = Matters("fines.others", {"amount": (2, 3), "paid_on": _days(2025, 2040)})
    open_ = answer(PACK, "may_borrow", Status.OPEN, True, False, depends_on=DependsOn(facts=("fines.others",)), matters=(limits,))
    facts = decision_document(PACK, decision(PACK, open_), "zh").section("尚待明确的事项").items[0].items[0]

    assert facts == Item(
        "事实未明，须查明：是否还有其他罚款", "",
        (Item("如果另有一项罚款，只有符合下列范围的才可能改变结论：罚款金额为2或3；罚款缴清之日不早于2025年1月1日"),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "还取决于什么，在计算量限度内没有查完；下列各项，每一项都足以使结果不同："),
        ("en", "What else it depends on was not found within the budget; each of these alone can change the outcome:"),
    ],
)
def test_where_the_budget_ended_what_alone_changes_the_outcome_is_told_and_that_there_may_be_more(lang: str, said: str) -> None:
    known = DependsOn(facts=("fines.others",))
    whole = answer(PACK, "may_borrow", Status.OPEN, True, False, depends_on=known)
    part = answer(PACK, "may_borrow", Status.OPEN, True, False, depends_at_least=known)

    def told(given: Answer) -> tuple[Item, ...]:
        title = {"zh": "尚待明确的事项", "en": "What is still open"}[lang]
        return decision_document(PACK, decision(PACK, given), lang).section(title).items[0].items

    assert told(part)[0] == Item(said)
    assert told(part)[1] == told(whole)[0]


def test_a_record_that_a_witness_has_is_told_with_its_fields() -> None:
    there = Possible(True, by={"facts": {"card": "{issued_on: 2024-03-01, paid: true, held: ordinary-}"}})
    gone = Possible(False, by={"facts": {"card": "none"}})
    open_ = answer(PACK, "may_borrow", Status.OPEN, there, gone, depends_on=DependsOn(facts=("card",)))
    items = decision_document(PACK, decision(PACK, open_), "zh").section("尚待明确的事项").items[0].items

    assert [item.text for item in items[1:]] == [
        "是：例如，有“读者办了借书证吗？”（发证日：2024年3月1日，“押金交清了吗？”：是，证上写的等级：普通（限借））",
        "否：例如，“读者办了借书证”不属实",
    ]


@pytest.mark.parametrize(("lang", "if_", "example"), [
    ("zh", "2026年10月1日：如果按理解二", "2026年10月1日：例如按理解二"),
    ("en", "1 October 2026: if reading 2 is taken", "1 October 2026: for example, if reading 2 is taken"),
])  # fmt: skip
def test_the_reading_that_brings_an_outcome_about_is_an_example_where_others_may_too(lang: str, if_: str, example: str) -> None:
    spec = PACK.readings["overdue_from"]
    third = replace(spec, options=(*spec.options, replace(spec.options[0], name="a_week_later")))
    wider = replace(PACK, readings={**PACK.readings, "overdue_from": third})

    assert _open_lines(PACK, by_reading(PACK), lang)[0] == if_
    assert _open_lines(wider, by_reading(wider), lang)[0] == example


def test_a_choice_that_brings_an_outcome_about_is_an_example_unless_the_outcome_is_that_choice() -> None:
    outcomes = [Possible(truth, by={"discretion": {"new_standing": said}}) for truth, said in ((True, "suspended"), (False, "ordinary"))]
    given = answer(PACK, "may_borrow", Status.OPEN, *outcomes, depends_on=DependsOn(discretion=("new_standing",)))

    assert _open_lines(PACK, given, "zh") == ["是：例如对“降到哪一等级”选择“停借”", "否：例如对“降到哪一等级”选择“普通”"]
    assert _open_lines(PACK, lowered_to(PACK), "zh")[0] == "停借：如果对“降到哪一等级”选择“停借”"


def _open_lines(pack: Pack, given: Answer, lang: str) -> list[str]:
    """The lines about outcomes."""
    title = {"zh": "尚待明确的事项", "en": "What is still open"}[lang]
    items = decision_document(pack, decision(pack, given), lang).section(title).items[0].items
    return [item.text for item in items[1 : 1 + len(given.outcomes)]]


def test_no_internal_name_reaches_the_page() -> None:
    for given in (whole_decision(PACK), decision(PACK, by_reading(PACK), mixed(PACK), failing(PACK, LOST))):
        text = render(decision_document(PACK, given, "zh"))

        hidden = [
            *PACK.definitions,
            *PACK.readings,
            *PACK.discretions,
            *PACK.duties,
            *PACK.parameters,
            "next_day",
            "from-the-card",
        ]
        assert [name for name in hidden if name in text] == []


def test_days_inside_a_sentence_are_said_as_people_say_them() -> None:
    assert spoken_days_in("2025-11-03之后", "zh") == "2025年11月3日之后"
    assert spoken_days_in("after 2025-11-03 and 2025-13-99", "en") == "after 3 November 2025 and 2025-13-99"


def test_a_case_without_a_title_and_warnings_has_a_heading_and_cautions() -> None:
    plain = decision(PACK)
    bare = Decision(_untitled(plain), plain.pack_name, plain.pack_digest, (), (), (Text("请核对。", "Please check."),))
    document = decision_document(PACK, bare, "zh")

    assert document.title == "案卷"
    assert document.opening[-1] == "注意：请核对。"
    assert [item.text for item in document.section("提示").items] == [
        "本结果仅供参考，以图书馆的决定为准。",
    ]


def next_of(given: Decision) -> tuple[Item, ...]:
    return decision_document(PACK, given, "zh").section("下一步").items


def _days(first: int, last: int) -> Between:
    return Between(date(first, 1, 1), date(last, 12, 31))


def _on(day: date, given: Decision) -> Decision:
    return replace(given, case=replace(given.case, facts={**given.case.facts, PACK.as_of: day}))


def _untitled(given: Decision) -> Case:
    return replace(given.case, title=Text("", ""))


def test_a_further_element_that_alone_changes_nothing_is_not_told() -> None:
    limits = Matters("fines.others", {"amount": (2, 3), "paid_on": _days(2025, 2026)})
    outcomes = (
        Possible(True, by={"facts": {"fines.others": "{amount: 9, paid_on: none}"}}),
        Possible(False, by={"facts": {"fines.others": "{amount: 2, paid_on: 2025-03-01}; {amount: 9, paid_on: none}"}}),
    )
    items = _open_items(*outcomes, matters=(limits,), depends_on=DependsOn(facts=("fines.others",)))

    assert [item.text for item in items[1:]] == [
        "是：例如，没有属于上述范围的其他罚款",
        "否：例如，还有几项其他罚款，其中有（罚款金额：2，罚款缴清之日：2025年3月1日）",
    ]


def test_where_limits_do_not_tell_the_outcomes_apart_everything_is_told() -> None:
    limits = Matters("fines.others", {"amount": (2, 3)})
    outcomes = (
        Possible(True, by={"facts": {"fines.others": "[]"}}),
        Possible(False, by={"facts": {"fines.others": "{amount: 9, paid_on: none}; {amount: 9, branch: 城南}"}}),
    )
    items = _open_items(*outcomes, matters=(limits,), depends_on=DependsOn(facts=("fines.others",)))

    assert [item.text for item in items[1:]] == [
        "是：例如，没有其他罚款",
        "否：例如，还有其他罚款（罚款金额：9，罚款缴清之日：无；罚款金额：9，“在哪个分馆？”：城南）",
    ]


def test_a_list_nothing_is_known_of_is_told_with_its_number_of_elements() -> None:
    outcomes = (
        Possible(True, by={"facts": {"fines": "[]"}}),
        Possible(False, by={"facts": {"fines": "{amount: 9, paid_on: none}"}}),
    )
    items = _open_items(*outcomes, depends_on=DependsOn(facts=("fines",)))

    assert [item.text for item in items] == [
        "事实未明，须查明：有哪些罚款",
        "是：例如，没有罚款",
        "否：例如，罚款共1项（罚款金额：9，罚款缴清之日：无）",
    ]


def test_entries_of_one_table_are_told_in_one_line() -> None:
    facts = (Looked("scores.care", "ordinary", "考评表"), Looked("as_of", "2025-11-03"), Looked("scores.time", "n/a"))
    given = answer(PACK, "may_borrow", Status.DETERMINED, True, because=(Because("may_borrow", "", "4", (), "true", facts),))
    grounds = decision_document(PACK, decision(PACK, given), "zh").section("理由").items[0].items[1]

    assert grounds == Item("", "所据事实", (Item("考评：爱护程度为普通（来源：考评表）、按时归还为不适用"),))


def _open_items(*outcomes: Possible, **more: object) -> tuple[Item, ...]:
    given = answer(PACK, "may_borrow", Status.OPEN, *outcomes, **more)
    return decision_document(PACK, decision(PACK, given), "zh").section("尚待明确的事项").items[0].items


def test_why_not_is_told_only_where_the_answer_is_no_or_none() -> None:
    lacked = expression(PACK, "not any(x.overdue for x in loans)", "yes/no")
    rejected = (
        Rejected("may_borrow", "in-good-standing", "4(2)", lacked=lacked),
        Rejected("standing_on", "from-the-card", "3", defeated_by="damage"),
        Rejected("standing_on", "damage", "7"),
        Rejected("lowered_to", "by-choice", "8"),
    )
    because = (Because("may_borrow", "", "4", (), "false"),)
    no, yes = (
        answer(PACK, "may_borrow", Status.DETERMINED, truth, because=because, rejected=rejected) for truth in (False, True)
    )
    items = decision_document(PACK, decision(PACK, no), "zh").section("理由").items[0].items

    assert items == (
        Item("“可以借书”不成立，因为不属于有关规定所列的各种情形（第四条）。"),
        Item(
            "", "未适用的规定",
            (
                Item("等级高于停借、且没有逾期未还的，可以借书（第四条第（二）项）。不适用，因为有借阅符合（“逾期未还”成立）"),
                Item(
                    "“读者办了借书证”属实，且发证日不晚于该日的，“某日的读者等级”为证上写的等级（第三条）。"
                    "应优先适用：“借阅有污损的，停借”"
                ),
                Item("借阅有污损的，停借（第七条）。条件不成立"),
                Item("另有1条规定未适用"),
            ),
        ),
    )  # fmt: skip
    assert len(decision_document(PACK, decision(PACK, yes), "zh").section("理由").items[0].items) == 1


def test_far_below_the_answer_only_a_provision_not_yet_cited_is_told() -> None:
    def step(depth: int, rule: str, provision: str, outcome: str = "true") -> Because:
        return Because("may_borrow", rule, provision, (), outcome, depth=depth)

    steps = (
        step(0, "in-good-standing", "4(2)"), step(1, "in-good-standing", "4(2)"), step(2, "in-good-standing", "4(2)"),
        step(3, "in-good-standing", "9"), step(1, "", "8", "false"),
    )  # fmt: skip
    given = answer(PACK, "standing_now", Status.DETERMINED, "ordinary", because=steps)
    first = decision_document(PACK, decision(PACK, given), "zh").section("理由").items[0].items

    told = "“可以借书”成立。等级高于停借、且没有逾期未还的，可以借书（{}）。"
    assert first == (
        Item(
            told.format("第四条第（二）项"), "",
            (Item(told.format("第四条第（二）项"), "", (Item(told.format("第九条")),)),),
        ),
    )  # fmt: skip
