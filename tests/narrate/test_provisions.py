"""Provisions and numbers as people cite them."""

from __future__ import annotations

import pytest

from zhunsheng.narrate.numerals import chinese_amount, chinese_number, english_ordinal
from zhunsheng.narrate.provisions import provision, provisions


@pytest.mark.parametrize(
    ("ref", "zh", "en"),
    [
        ("5", "第五条", "article 5"),
        ("10", "第十条", "article 10"),
        ("20", "第二十条", "article 20"),
        ("27", "第二十七条", "article 27"),
        ("99", "第九十九条", "article 99"),
        ("100", "第100条", "article 100"),
        ("19(5)", "第十九条第（五）项", "article 19(5)"),
        ("16(1).2", "第十六条第（一）项第二款", "article 16(1), second paragraph"),
        ("16.2", "第十六条第二款", "article 16, second paragraph"),
        ("14(1)1", "第十四条第（一）项第1目", "article 14(1), point 1"),
        ("14(1)1(2)", "第十四条第（一）项第1目第（2）点", "article 14(1), point 1(2)"),
    ],
)
def test_a_provision_is_cited_in_both_languages(ref: str, zh: str, en: str) -> None:
    assert (provision(ref, "zh"), provision(ref, "en")) == (zh, en)


@pytest.mark.parametrize("ref", ["", "annex", "19(五)", "19()", "19(5", "(5)", "第十九条"])
def test_what_is_no_reference_stands_in_quotes(ref: str) -> None:
    assert (provision(ref, "zh"), provision(ref, "en")) == (f"“{ref}”", f"“{ref}”")


def test_several_provisions_keep_their_order() -> None:
    assert provisions(["19(5)", "20", "4"], "zh") == "第十九条第（五）项、第二十条、第四条"
    assert provisions(["19(5)", "20", "4"], "en") == "article 19(5), article 20, article 4"


def test_every_number_below_a_hundred_has_chinese_words_of_its_own() -> None:
    words = [chinese_number(number) for number in range(1, 100)]

    assert len(set(words)) == 99
    assert (words[0], words[9], words[10], words[19], words[20], words[98]) == (
        "一",
        "十",
        "十一",
        "二十",
        "二十一",
        "九十九",
    )
    assert (chinese_number(0), chinese_number(-1), chinese_number(100)) == ("0", "-1", "100")


def test_two_of_something_is_liang() -> None:
    assert [chinese_amount(number) for number in (1, 2, 3, 12)] == ["一", "两", "三", "十二"]


def test_ordinals_beyond_the_tenth_are_in_digits() -> None:
    ordinals = [english_ordinal(number) for number in (1, 2, 3, 10, 11, 12, 13, 21, 22, 23, 111)]

    assert ordinals == ["first", "second", "third", "tenth", "11th", "12th", "13th", "21st", "22nd", "23rd", "111th"]
