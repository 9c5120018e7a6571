"""Values in their written form and as people say them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from building import type_of
from lending import library
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.types import NONE, Period, Special, Type, Value
from zhunsheng.narrate import values

PACK = library()
STANDING = type_of("standing")
DAY_OR_MORE = type_of("day or none or flexible")


@pytest.mark.parametrize(
    ("value", "type_", "written", "zh", "en"),
    [
        (True, type_of("yes/no"), True, "是", "yes"),
        (False, type_of("yes/no"), False, "否", "no"),
        (0, type_of("number"), 0, "0", "0"),
        (date(2025, 10, 5), type_of("day"), "2025-10-05", "2025年10月5日", "5 October 2025"),
        ("ordinary", STANDING, "ordinary", "普通", "ordinary"),
        ("ordinary_minus", STANDING, "ordinary-", "普通（限借）", "ordinary, limited"),
        ("level", STANDING, {"tie": ["ordinary", "honoured"]}, "普通与优秀并列", "ordinary and honoured, level"),
        (NONE, DAY_OR_MORE, "none", "无", "none"),
        (Special("flexible"), DAY_OR_MORE, "flexible", "不设固定日期", "no fixed day"),
        (Special("not_applicable"), STANDING, "n/a", "不适用", "not applicable"),
        (Period(years=1), type_of("period"), {"years": 1}, "一年", "one year"),
        ("due_day", Type("reading overdue_from"), "due_day", "应还日当日即算。", "From the due day itself."),
        ("1号窑", type_of("text"), "1号窑", "1号窑", "1号窑"),
        ("?0", type_of("text"), "?0", "某甲", "no. 1"),
        ("?9", type_of("text"), "?9", "某癸", "no. 10"),
        ("?10", type_of("text"), "?10", "某11", "no. 11"),
        ("?", type_of("text"), "?", "?", "?"),
    ],
)
def test_a_value_is_written_and_said(value: Value, type_: Type, written: Any, zh: str, en: str) -> None:
    assert values.written(PACK, value, type_) == written
    assert (values.spoken(PACK, value, type_, "zh"), values.spoken(PACK, value, type_, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("ordinary-", STANDING, "ordinary_minus"),
        ('{"tie":["ordinary","honoured"]}', STANDING, "level"),
        ('{"tie": ["ordinary", "honoured"]}', STANDING, "level"),
        ("none", DAY_OR_MORE, NONE),
        ("n/a", type_of("standing or not_applicable"), Special("not_applicable")),
        ("2025-10-05", DAY_OR_MORE, date(2025, 10, 5)),
        ("-3", type_of("number"), -3),
        ("true", type_of("yes/no"), True),
        ("2025-13-05", type_of("day"), None),
        ("three", type_of("number"), None),
        ("maybe", type_of("yes/no"), None),
        ("golden", STANDING, None),
        ("none", STANDING, None),
    ],
)
def test_a_written_form_is_read_back_by_its_type(text: str, type_: Type, value: Value | None) -> None:
    assert values.value_of(PACK, text, type_) == value


def test_the_written_form_of_a_mapping_fits_on_one_line() -> None:
    assert values.written_text(PACK, "level", STANDING) == '{"tie": ["ordinary", "honoured"]}'
    assert values.written_text(PACK, True, type_of("yes/no")) == "true"


def test_what_is_written_and_not_known_stands_as_it_is() -> None:
    assert values.spoken_written(PACK, "golden", STANDING, "zh") == "golden"
    assert values.spoken_written(PACK, "2 listed", None, "en") == "2 listed"
    assert values.spoken_written(PACK, "true", None, "zh") == "是"


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        (Period(years=2), "两年", "2 years"),
        (Period(months=6), "六个月", "6 months"),
        (Period(days=1), "一日", "one day"),
        (Period(days=365), "365日", "365 days"),
        (Period(years=1, days=30), "一年零30日", "one year and 30 days"),
        (Period(), "0日", "0 days"),
    ],
)
def test_a_period_names_its_units(period: Period, zh: str, en: str) -> None:
    assert (values.spoken_period(period, "zh"), values.spoken_period(period, "en")) == (zh, en)


def test_a_number_of_days_has_its_unit() -> None:
    assert [values.spoken_days(number, "en") for number in (0, 1, 30)] == ["0 days", "1 day", "30 days"]
    assert values.spoken_days(30, "zh") == "30天"


def test_failures_and_statuses_have_words() -> None:
    said = [values.failure(kind, "zh") for kind in (FailureKind.GAP, FailureKind.CONFLICT, FailureKind.NO_DATA)]

    assert said == ["条文未作规定", "条文相互冲突", "数据不足"]
    assert values.status("not_shown", "zh") == "未能算出"
    assert values.status("open", "en") == "open"


def test_lists_are_joined_by_the_last_word() -> None:
    assert values.either(["甲", "乙", "丙"], "zh") == "甲、乙或丙"
    assert values.both(["a", "b", "c"], "en") == "a, b and c"
    assert (values.either(["甲"], "zh"), values.both([], "zh")) == ("甲", "")
