"""Typed expressions read aloud in both languages, whole sentences compared."""
# ruff: noqa: E501 (a sentence is compared whole, on one line)

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest

from building import type_of
from lending import expression, library
from zhunsheng.lang import expr as e
from zhunsheng.narrate import nouns
from zhunsheng.narrate.prose import Prose

PACK = library()


@dataclass(frozen=True)
class Told:
    """An expression (with free variables of these types) and what is said of it."""

    text: str
    zh: str
    en: str
    free: Mapping[str, str] = field(default_factory=dict)


def say(lang: str, free: Mapping[str, str]) -> Prose:
    that = "该" if lang == "zh" else "that "
    return Prose(PACK, lang, {name: that + nouns.of_type(PACK, type_of(word), lang) for name, word in free.items()})


@pytest.mark.parametrize(
    "told",
    [
        Told(
            "card != none and card.paid",
            "“读者办了借书证”属实，且“押金交清了”属实",
            "the answer to “Has the reader got a card?” is yes, and the answer to “Is the deposit paid?” is yes",
        ),
        Told(
            "card == none or not card.paid",
            "“读者办了借书证”不属实，或者“押金交清了”不属实",
            "the answer to “Has the reader got a card?” is no, or the answer to “Is the deposit paid?” is no",
        ),
        Told(
            "date(2025,1,1) <= as_of < date(2026,1,1)",
            "所问之日不早于2025年1月1日、早于2026年1月1日",
            "the day of the question is no earlier than 1 January 2025 and before 1 January 2026",
        ),
        Told(
            "as_of >= date(2025,1,1) > date(2024,1,1)",
            "2025年1月1日晚于2024年1月1日、不晚于所问之日",
            "1 January 2025 is after 1 January 2024 and no later than the day of the question",
        ),
        Told(
            "1 < f.amount <= 10",
            "该罚款金额超过1、不超过10",
            "the amount of that fine is more than 1 and at most 10",
            {"f": "fine"},
        ),
        Told(
            "f.amount == 10 or f.amount != 3",
            "该罚款金额等于10，或者该罚款金额不等于3",
            "the amount of that fine is 10, or the amount of that fine is not 3",
            {"f": "fine"},
        ),
        Told(
            "suspended < standing_now <= ordinary",
            "“现行等级”高于“停借”、不高于“普通”",
            "“Standing now” is above “suspended” and no higher than “ordinary”",
        ),
        Told(
            "ordinary < standing_now",
            "“现行等级”高于“普通”",
            "“Standing now” is above “ordinary”",
        ),
        Told(
            "x.sort in (book, map) and x.returned_on == none",
            "该借阅的种类为“图书”或“地图”，且该借阅没有归还日",
            "the kind of that loan is “book” or “map”, and that loan has no day of return",
            {"x": "loan"},
        ),
        Told(
            "x.sort not in (book, map)",
            "该借阅的种类不是“图书”、“地图”中的任何一个",
            "the kind of that loan is neither “book” nor “map”",
            {"x": "loan"},
        ),
        Told(
            "not x.sort == book",
            "该借阅的种类不是“图书”",
            "the kind of that loan is not “book”",
            {"x": "loan"},
        ),
        Told(
            "x.returned_on != none and x.returned_on != x.due_on",
            "该借阅有归还日，且该借阅的归还日与该借阅的应还日不是同一日",
            "that loan has a day of return, and the day of return of that loan is another day than the due day of that loan",
            {"x": "loan"},
        ),
        Told(
            "any(x.damaged and x.sort == rare for x in loans if x.due_on <= as_of)",
            "有借阅符合（该借阅的应还日不晚于所问之日，且该借阅的“有污损”属实，且该借阅的种类为“珍本”）",
            "there is a loan such that (the due day of that loan is no later than the day of the question, and for that loan, “the item is damaged” is true, and the kind of that loan is “rare book”)",
        ),
        Told(
            "any(True for x in loans)",
            "有借阅",
            "there is a loan",
        ),
        Told(
            "not any(True for x in loans)",
            "没有借阅",
            "there is no loan",
        ),
        Told(
            "not any(x.damaged for x in loans)",
            "没有借阅符合（该借阅的“有污损”属实）",
            "there is no loan such that (for that loan, “the item is damaged” is true)",
        ),
        Told(
            "all(x.damaged for x in loans)",
            "凡借阅均符合（该借阅的“有污损”属实）",
            "every loan is such that (for that loan, “the item is damaged” is true)",
        ),
        Told(
            "all(x.damaged for x in loans if x.sort == map)",
            "凡符合（该借阅的种类为“地图”）的借阅均符合（该借阅的“有污损”属实）",
            "every loan such that (the kind of that loan is “map”) is also such that (for that loan, “the item is damaged” is true)",
        ),
        Told(
            "not all(x.damaged for x in loans)",
            "有借阅不符合（该借阅的“有污损”属实）",
            "some loan is not such that (for that loan, “the item is damaged” is true)",
        ),
        Told(
            "not all(x.damaged for x in loans if x.sort == map)",
            "在符合（该借阅的种类为“地图”）的借阅中，有不符合（该借阅的“有污损”属实）的",
            "some loan such that (the kind of that loan is “map”) is not such that (for that loan, “the item is damaged” is true)",
        ),
        Told(
            "count(x for x in loans if x.damaged) >= 2",
            "符合（该借阅的“有污损”属实）的借阅的数目不少于2",
            "the number of loans such that (for that loan, “the item is damaged” is true) is at least 2",
        ),
        Told(
            "count(x for x in fines) > most_loans",
            "罚款的数目超过“最多可借册数”（5）",
            "the number of fines is more than “most items on loan” (5)",
        ),
        Told(
            "any(x.mark == y.mark and x.due_on != y.due_on for x in loans for y in loans)",
            "有借阅与借阅乙（可以是同一项）符合（该借阅的书号与借阅乙的书号相同，且该借阅的应还日与借阅乙的应还日不是同一日）",
            "there is a loan and loan B (possibly the same one) such that (the shelf mark of that loan is the same as the shelf mark of loan B, and the due day of that loan is another day than the due day of loan B)",
        ),
        Told(
            "any(x.overdue for x in loans)",
            "有借阅符合（“逾期未还”成立）",
            "there is a loan such that (“Overdue” holds)",
        ),
        Told(
            "any(x.overdue and not y.overdue for x in loans for y in loans)",
            "有借阅与借阅乙（可以是同一项）符合（就该借阅而言，“逾期未还”成立，且就借阅乙而言，“逾期未还”不成立）",
            "there is a loan and loan B (possibly the same one) such that (for that loan, “Overdue” holds, and for loan B, “Overdue” does not hold)",
        ),
        Told(
            "any(is_workday(x.due_on) for x in loans if any(y.mark == x.mark for y in loans))",
            "有借阅符合（有借阅乙（可以是同一项）符合（借阅乙的书号与该借阅的书号相同），且该借阅的应还日是工作日）",
            "there is a loan such that (there is loan B (possibly the same one) such that (the shelf mark of loan B is the same as the shelf mark of that loan), and the due day of that loan is a working day)",
        ),
        Told(
            "any(scores[i] == not_applicable for i in service)",
            "有考评项目符合（考评中与该考评项目对应的一项为“不适用”）",
            "there is an item of assessment such that (the entry for that item of assessment in the assessment is “not applicable”)",
        ),
        Told(
            "scores.care == not_applicable or scores.care > suspended",
            "考评中“爱护程度”一项为“不适用”，或者考评中“爱护程度”一项高于“停借”",
            "the entry for “care” in the assessment is “not applicable”, or the entry for “care” in the assessment is above “suspended”",
        ),
        Told(
            "as_of - date(2025,1,1) > 30",
            "自2025年1月1日至所问之日的天数超过30天",
            "the number of days from 1 January 2025 to the day of the question is more than 30 days",
        ),
        Told(
            "as_of + years(1) >= date(2025,1,1) - block",
            "所问之日之后满一年的对应日不早于自2025年1月1日起倒推“停借期”（一年）之日",
            "the day one year after the day of the question is no earlier than the day reached from 1 January 2025 back by “period of suspension” (one year)",
        ),
        Told(
            "as_of + days(1) == date(2025,1,1) + days(7)",
            "所问之日的次日与2025年1月1日之后第7日为同一日",
            "the day after the day of the question is the same day as the day 7 days after 1 January 2025",
        ),
        Told(
            "as_of - days(1) < date(2025,1,1) - months(6)",
            "所问之日的前一日早于2025年1月1日之前六个月的对应日",
            "the day before the day of the question is before the day 6 months before 1 January 2025",
        ),
        Told(
            "as_of - days(30) < as_of + block",
            "所问之日之前第30日早于自所问之日起经过“停借期”（一年）之日",
            "the day 30 days before the day of the question is before the day reached from the day of the question after “period of suspension” (one year)",
        ),
        Told(
            "standing_on(as_of) >= ordinary",
            "“某日的读者等级”（就所问之日而言）不低于“普通”",
            "“Standing on a day” (for the day of the question) is no lower than “ordinary”",
        ),
        Told(
            "at_least(standing_now, ordinary) == False",
            "就“现行等级”和“普通”而言，“前一等级不低于后一等级”不成立",
            "for “Standing now” and “ordinary”, “The first standing is no lower than the second” does not hold",
        ),
        Told(
            "at_least(standing_now, ordinary) == may_borrow",
            "“前一等级不低于后一等级”（就“现行等级”和“普通”而言）与“可以借书”一致",
            "“The first standing is no lower than the second” (for “Standing now” and “ordinary”) agrees with “May borrow”",
        ),
        Told(
            "overdue_from == due_day",
            "“逾期从哪一天起算？”一问理解为“应还日当日即算”",
            "“From which day is an item overdue?” is read as “From the due day itself”",
        ),
        Told(
            "overdue_from in (due_day, next_day)",
            "“逾期从哪一天起算？”一问理解为“应还日当日即算”或“从应还日的次日起算”",
            "“From which day is an item overdue?” is read as “From the due day itself” or “From the day after the due day”",
        ),
        Told(
            "overdue_from != due_day and overdue_from != next_day",
            "“逾期从哪一天起算？”一问不理解为“应还日当日即算”、“从应还日的次日起算”中的任何一种",
            "“From which day is an item overdue?” is read as neither “From the due day itself” nor “From the day after the due day”",
        ),
        Told(
            "new_standing == suspended",
            "裁量选定的“降到哪一等级”为“停借”",
            "the choice made on “The standing to lower to” is “suspended”",
        ),
        Told(
            "blocked_until == none or blocked_until == flexible",
            "没有“停借的最后一日”，或者“停借的最后一日”为“不设固定日期”",
            "there is no “Last day of the suspension”, or “Last day of the suspension” is “no fixed day”",
        ),
        Told(
            "is_workday(as_of) and not is_workday(as_of, branch)",
            "所问之日是工作日，且所问之日不是工作日（按“分馆工作日表”）",
            "the day of the question is a working day, and the day of the question is not a working day (by “the branches' working days”)",
        ),
        Told(
            "workdays_after(as_of, check_days, branch) <= date(year(as_of) + 1, 8, 31)",
            "所问之日之后第2个工作日（按“分馆工作日表”）不晚于（所问之日所在的年份加1）的8月31日",
            "working day 2 after the day of the question (by “the branches' working days”) is no later than 31 August of (the year of the day of the question plus 1)",
        ),
        Told(
            "workdays_after(as_of, 3) <= date(year(as_of), check_days, most_loans)",
            "所问之日之后第3个工作日不晚于所问之日所在的年份的2月5日",
            "working day 3 after the day of the question is no later than 5 February of the year of the day of the question",
        ),
        Told(
            "open_late if as_of >= date(2025,1,1) else True",
            "如果所问之日不早于2025年1月1日，则“当天延时开放”属实",
            "if the day of the question is no earlier than 1 January 2025, then “the library is open late” is true",
        ),
        Told(
            "(open_late if as_of >= date(2025,1,1) else card != none) and is_workday(as_of)",
            "（如果所问之日不早于2025年1月1日，则“当天延时开放”属实，否则“读者办了借书证”属实），且所问之日是工作日",
            "(if the day of the question is no earlier than 1 January 2025, then “the library is open late” is true, and otherwise the answer to “Has the reader got a card?” is yes), and the day of the question is a working day",
        ),
        Told(
            "not (open_late and (card != none or as_of > date(2025,1,1)))",
            "“当天延时开放”不属实，或者（“读者办了借书证”不属实，且所问之日不晚于2025年1月1日）",
            "“the library is open late” is not true, or (the answer to “Has the reader got a card?” is no, and the day of the question is no later than 1 January 2025)",
        ),
        Told(
            "open_late and (card != none or as_of > date(2025,1,1) and may_borrow)",
            "“当天延时开放”属实，且（“读者办了借书证”属实，或者（所问之日晚于2025年1月1日，且“可以借书”成立））",
            "“the library is open late” is true, and (the answer to “Has the reader got a card?” is yes, or (the day of the question is after 1 January 2025, and “May borrow” holds))",
        ),
        Told(
            "max((x.due_on for x in loans if x.damaged), default=as_of) > as_of",
            "全部符合（该借阅的“有污损”属实）的借阅中该借阅的应还日的最晚者（没有的，为所问之日）晚于所问之日",
            "(the latest value of the due day of that loan over every loan such that (for that loan, “the item is damaged” is true)) (or the day of the question if there is none) is after the day of the question",
        ),
        Told(
            "min(f.amount for f in fines) < 2",
            "全部罚款中该罚款金额的最小者小于2",
            "(the least value of the amount of that fine over every fine) is less than 2",
        ),
        Told(
            "latest(((x.due_on, x.sort) for x in loans if x.damaged), default=book) == book",
            "符合（该借阅的“有污损”属实）的借阅中该借阅的应还日最晚的一项（取该借阅的种类）（没有的，为“图书”）为“图书”",
            "(the kind of that loan taken from the loan such that (for that loan, “the item is damaged” is true) for which the due day of that loan is latest) (or “book” if there is none) is “book”",
        ),
        Told(
            "lowest(((f.amount, f.amount) for f in fines)) == 1",
            "罚款中该罚款金额最小的一项（取该罚款金额）等于1",
            "(the amount of that fine taken from the fine for which the amount of that fine is least) is 1",
        ),
        Told(
            "min(as_of, date(2025,1,1)) == as_of",
            "所问之日和2025年1月1日中的较早者与所问之日为同一日",
            "the earlier of (the day of the question and 1 January 2025) is the same day as the day of the question",
        ),
        Told(
            "(as_of if open_late else date(2025,1,1)) == as_of",
            "（“当天延时开放”属实的，为所问之日；否则为2025年1月1日）与所问之日为同一日",
            "(the day of the question if “the library is open late” is true, and otherwise 1 January 2025) is the same day as the day of the question",
        ),
        Told(
            "year(as_of) * 2 - 3 > 4000",
            "（所问之日所在的年份乘以2）减3超过4000",
            "(the year of the day of the question times 2) minus 3 is more than 4000",
        ),
        Told(
            "f.paid_on != none and f.paid_on <= as_of and f.amount + 2 >= 10",
            "该罚款有罚款缴清之日，且该罚款缴清之日不晚于所问之日，且该罚款金额加2不少于10",
            "there is a day on which that fine was paid, and the day on which that fine was paid is no later than the day of the question, and the amount of that fine plus 2 is at least 10",
            {"f": "fine"},
        ),
        Told(
            "f.branch == none",
            "该罚款的“在哪个分馆？”为“无”",
            "“At which branch?” of that fine is “none”",
            {"f": "fine"},
        ),
        Told(
            "any(n.sent_on <= as_of for n in notice)",
            "有通知符合（该通知的发出日不晚于所问之日）",
            "there is a notice such that (the day that notice was sent is no later than the day of the question)",
        ),
        Told(
            "True",
            "一律如此",
            "this always holds",
        ),
        Told(
            "not True",
            "一概不成立",
            "this never holds",
        ),
    ],
    ids=lambda told: told.text,
)
def test_a_condition_is_a_sentence(told: Told) -> None:
    expr = expression(PACK, told.text, "yes/no", **told.free)

    assert (say("zh", told.free).condition(expr), say("en", told.free).condition(expr)) == (told.zh, told.en)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("card.held if card != none else suspended", "（“读者办了借书证”属实的，为证上写的等级；否则为“停借”）", "(“Which standing does it name?” if the answer to “Has the reader got a card?” is yes, and otherwise “suspended”)"),
        ("new_standing", "裁量选定的“降到哪一等级”", "the choice made on “The standing to lower to”"),
        ("may_borrow and open_late", "“‘可以借书’成立，且‘当天延时开放’属实”成立与否", "whether “May borrow” holds, and “the library is open late” is true"),
        ("is_workday(as_of)", "“所问之日是工作日”成立与否", "whether the day of the question is a working day"),
        ("most_loans * 2", "“最多可借册数”（5）乘以2", "“most items on loan” (5) times 2"),
        ("scores.care", "考评中“爱护程度”一项", "the entry for “care” in the assessment"),
        ("overdue_from", "“逾期从哪一天起算？”", "“From which day is an item overdue?”"),
        ("date(2025, 10, 5)", "2025年10月5日", "5 October 2025"),
    ],
)  # fmt: skip
def test_a_value_is_a_noun_phrase(text: str, zh: str, en: str) -> None:
    expr = expression(PACK, text)

    assert (Prose(PACK, "zh").value(expr), Prose(PACK, "en").value(expr)) == (zh, en)


def test_the_parts_of_an_outermost_and_can_be_told_one_by_one() -> None:
    both = expression(PACK, "open_late and (may_borrow or is_workday(as_of)) and not card == none", "yes/no")

    assert Prose(PACK, "zh").conditions(both) == (
        "“当天延时开放”属实", "“可以借书”成立，或者所问之日是工作日", "“读者办了借书证”属实",
    )  # fmt: skip
    assert Prose(PACK, "zh").conditions(both, truth=False) == (
        "“当天延时开放”不属实，或者（“可以借书”不成立，且所问之日不是工作日），或者“读者办了借书证”不属实",
    )


def test_the_parameters_of_a_definition_have_names() -> None:
    definition = PACK.definitions["at_least"]

    assert Prose(PACK, "zh").within(definition).condition(definition.rules[0].when) == "第一个读者等级不低于第二个读者等级"
    assert Prose(PACK, "en").within(definition).names == {"a": "the first standing", "b": "the second standing"}


def test_a_third_variable_of_one_kind_has_a_mark_of_its_own() -> None:
    three = expression(PACK, "any(x.damaged and y.damaged and z.damaged for x in loans for y in loans for z in loans)", "yes/no")

    assert Prose(PACK, "zh").condition(three) == (
        "有借阅与借阅乙（可以是同一项）与借阅丙（可以是同一项）符合"
        "（该借阅的“有污损”属实，且借阅乙的“有污损”属实，且借阅丙的“有污损”属实）"
    )


def test_what_a_pack_does_not_know_keeps_its_name() -> None:
    stray = e.Field(e.Var("x", type_of("elsewhere")), "filed_on", type_of("day"))

    assert Prose(PACK, "zh").value(stray) == "x的filed on"


def test_a_record_with_a_title_owns_its_fields_and_exists_by_its_title() -> None:
    card = replace(PACK.facts["card"], title=type(PACK.title)("借书证", "card"))
    pack = replace(PACK, facts={**PACK.facts, "card": card})
    expr = expression(pack, "card == none or card.issued_on == as_of", "yes/no")

    assert Prose(pack, "zh").condition(expr) == "没有借书证，或者借书证的发证日与所问之日为同一日"
