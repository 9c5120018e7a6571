"""What things are called, with a title and without."""

from __future__ import annotations

from dataclasses import replace

import pytest

from building import type_of
from lending import COLLECTIONS, FACTS, library
from zhunsheng.lang.pack import FactSpec
from zhunsheng.narrate import nouns
from zhunsheng.narrate.questions import noun_of, plural_of, statement_of

PACK = library()


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("要问的是哪一天的情况？", "所问之日"),
        ("企业名称是什么？", "企业名称"),
        ("公示从哪一天开始？", "公示开始之日"),
        ("公示到哪一天为止（含当日）？", "公示截止之日"),
        ("局务会哪一天审定？", "局务会审定之日"),
        ("自治区哪一天审核同意？（未经审核的，为无）", "自治区审核同意之日"),
        ("违法行为最后一天是哪一天？（犯罪的，为行为结束之日）", "违法行为最后一天"),
        ("该结果所依据的申报是哪一天提出的？", "该结果所依据的申报提出之日"),
        ("评定的是哪一级？", "评定的等级"),
        ("降级前是哪一级？", "降级前的等级"),
        ("上级的书面意见要求降到哪一级？", "上级的书面意见要求降到的等级"),
        ("是哪一种违法行为？", "违法行为的种类"),
        ("该结果标注的是哪一年度？", "该结果标注的年度"),
        ("属于哪一项情形？", "“属于哪一项情形？”"),
        ("如经公示，从哪一天开始？", "“如经公示，开始之日”"),
    ],
)
def test_a_chinese_question_becomes_a_noun_or_stands_in_quotes(question: str, noun: str) -> None:
    assert noun_of(question, "zh") == noun


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("Which day is the question about?", "the day of the question"),
        ("Which was the last day of publicity?", "the last day of publicity"),
        ("What is the name?", "the name"),
        ("On which day was it found?", "the day on which it was found"),
        ("Which grade was given?", "“Which grade was given?”"),
    ],
)
def test_an_english_question_becomes_a_noun_or_stands_in_quotes(question: str, noun: str) -> None:
    assert noun_of(question, "en") == noun


def test_a_question_about_a_list_names_its_elements() -> None:
    assert plural_of("读者受过哪些罚款？", "zh") == "罚款"
    assert plural_of("Which fines has the reader had?", "en") == "fines"
    assert plural_of("How many fines were there?", "en") is None


def test_a_yes_no_question_becomes_a_statement_in_chinese_only() -> None:
    assert statement_of("申报材料齐全吗？", "zh") == "申报材料齐全"
    assert statement_of("材料是否齐全？", "zh") == "材料齐全"
    assert statement_of("齐全的是哪一份？", "zh") is None
    assert statement_of("Is the file complete?", "en") is None


def test_a_title_comes_before_a_question() -> None:
    paid = FACTS["card"].field("paid")
    issued = FACTS["card"].field("issued_on")

    assert paid is not None
    assert issued is not None
    assert (nouns.fact(issued, "zh"), nouns.fact(issued, "en")) == ("发证日", "day of issue")
    assert (nouns.fact(paid, "zh"), nouns.statement(paid, "zh")) == ("“押金交清了吗？”", "押金交清了")
    assert nouns.statement(paid, "en") is None


def test_only_what_has_neither_title_nor_question_is_called_by_its_identifier() -> None:
    assert nouns.fact(FactSpec("filed_on", type_of("day")), "zh") == "filed on"


def test_an_element_is_called_by_term_title_or_question() -> None:
    loans, fines = COLLECTIONS["loans"], COLLECTIONS["fines"]

    assert (nouns.element(PACK, loans, "zh"), nouns.element(PACK, loans, "en")) == ("借阅", "loan")
    assert (nouns.element(PACK, fines, "zh"), nouns.elements(PACK, fines, "en")) == ("罚款", "fines")
    assert nouns.element(PACK, replace(fines, ask=None), "en") == "fine"


def test_a_definition_is_called_by_title_term_or_words() -> None:
    untitled = replace(PACK, definitions={"standing": replace(PACK.definitions["standing_now"], title=None)})

    assert nouns.definition(PACK, "standing_now", "zh") == "现行等级"
    assert nouns.definition(untitled, "standing", "zh") == "读者等级"
    assert nouns.definition(PACK, "loan.not_known_here", "en") == "not known here"
    assert nouns.definition(PACK, "duty desk-checks owed", "zh") == "查验归还的图书"


def test_types_and_actors_have_words() -> None:
    assert [nouns.of_type(PACK, type_of(word), "zh") for word in ("day", "loan", "standing", "sort")] == [
        "日", "借阅", "读者等级", "取值",
    ]  # fmt: skip
    assert nouns.of_type(PACK, type_of("reading overdue_from"), "en") == "reading"
    assert nouns.actor(PACK, "desk", "zh") == "借阅处"
    assert nouns.actor(PACK, "board_of_trustees", "en") == "board of trustees"


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("loan", "loans"), ("duty", "duties"), ("day", "days"), ("box", "boxes"), ("branch", "branches"),
        ("line of work", "lines of work"), ("violation or crime", "violations or crimes"),
        ("application refused under article 15", "applications refused under article 15"),
    ],
)  # fmt: skip
def test_english_plurals_and_singulars_are_each_others_inverse(one: str, many: str) -> None:
    assert (nouns.plural(one), nouns.singular(many), nouns.singular(one)) == (many, one, one)


def test_an_english_noun_gets_an_article_unless_it_has_one() -> None:
    assert nouns.articled("Filing day") == "the filing day"
    assert nouns.articled("item of assessment", "a") == "an item of assessment"
    assert [nouns.articled(noun) for noun in ("the day", "“Which?”", "its day")] == ["the day", "“Which?”", "its day"]
    assert nouns.articled("C above the lowest rung") == "the C above the lowest rung"
