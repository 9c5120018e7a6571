"""Documents on a screen: widths, line breaks, numbering, and nothing that could harm the screen."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.show.media.terminal import columns_of, may_be_bold, render, write
from zhunsheng.show.media.width import CLOSING, OPENING, clean, width, wrap

DOCUMENT = Document(
    "某水泥厂能否申报", "zh", ("依据：办法",),
    (
        Section(
            "结论", ("说明。",),
            (Item("否。", "可以申报", (Item("第十五条"), Item("", "事实"))), Item("", "等级", (Item("B级"),))),
        ),
        Section("提示", (), (Item("以决定为准。"),)),
    ),
    ("版本：1",),
)  # fmt: skip
WORDS = st.text(st.sampled_from("甲乙（）“”，。：a b1-"), max_size=60)


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_document_is_numbered_and_indented() -> None:
    assert render(DOCUMENT) == (
        "某水泥厂能否申报\n依据：办法\n"
        "\n一、结论\n  说明。\n- 可以申报：否。\n  - 第十五条\n  - 事实\n- 等级：\n  - B级\n"
        "\n二、提示\n- 以决定为准。\n\n版本：1\n"
    )


def test_an_english_document_counts_in_digits() -> None:
    assert render(Document("Title", "en", (), (Section("One", (), (Item("yes.", "May apply"),)),))) == (
        "Title\n\n1. One\n- May apply: yes.\n"
    )


def test_chinese_takes_two_columns_and_combining_marks_none() -> None:
    assert [width(text) for text in ("甲", "a", "（", "“", "é", "", "\u200b")] == [2, 1, 2, 1, 1, 0, 0]


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    assert wrap("一二三四五六七八，九", 16) == ["一二三四五六七", "八，九"]
    assert wrap("一二三四五六七（八）", 16) == ["一二三四五六七", "（八）"]


def test_english_words_stay_whole_and_later_lines_hang() -> None:
    assert wrap("the grade in force on the day", 14, "- ", "  ") == ["- the grade in", "  force on the", "  day"]


def test_a_word_longer_than_a_line_is_broken() -> None:
    assert wrap("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_blanks_before_what_needs_the_whole_line_give_way() -> None:
    assert wrap(" （11）", 8, "- ", "  ") == ["- （11）"]


def test_a_line_feed_in_a_text_begins_a_line() -> None:
    assert wrap("甲\n乙", 20, "- ", "  ") == ["- 甲", "  乙"]


@given(text=WORDS, columns=st.integers(8, 40))
def test_no_line_is_too_long_and_nothing_is_lost(text: str, columns: int) -> None:
    lines = wrap(text, columns, "- ", "  ")

    assert all(width(line) <= columns for line in lines)
    assert "".join(line[2:] for line in lines).replace(" ", "") == text.replace(" ", "")


@given(text=st.text(st.sampled_from("甲乙（），。"), max_size=40), columns=st.integers(20, 40))
def test_marks_keep_their_side_of_the_line_break(text: str, columns: int) -> None:
    lines = wrap(text, columns)

    fits = all(width(part) <= columns // 2 for part in text.replace("甲", " ").replace("乙", " ").split())
    if fits:
        assert [line for line in lines[1:] if line[:1] in CLOSING and line] == []
        assert [line for line in lines[:-1] if line[-1:] in OPENING and line] == []


@pytest.mark.parametrize("char", ["\x1b", "\x07", "\u202e", "\u2066", "\x9b", "\ufeff"])
def test_what_could_move_the_cursor_or_turn_the_writing_is_replaced(char: str) -> None:
    hostile = Document(f"甲{char}[2J乙", "zh", (), (Section("结论", (), (Item(f"a{char}b"),)),))

    assert char not in render(hostile)
    assert clean(f"a{char}b\tc") == "a\N{REPLACEMENT CHARACTER}b c"


def test_headings_are_bold_only_on_a_terminal_without_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert (may_be_bold(Screen()), may_be_bold(io.StringIO())) == (True, False)

    monkeypatch.setenv("NO_COLOR", "1")
    assert may_be_bold(Screen()) is False

    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert may_be_bold(Screen()) is False


def test_bold_adds_only_escape_codes_around_headings() -> None:
    bold = render(DOCUMENT, bold=True)

    assert bold.startswith("\033[1m某水泥厂能否申报\033[0m\n依据：办法\n\n\033[1m一、结论\033[0m\n")
    assert bold.replace("\033[1m", "").replace("\033[0m", "") == render(DOCUMENT)


def test_the_width_is_that_of_the_terminal_within_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for columns in ("20", "60", "300"):
        monkeypatch.setenv("COLUMNS", columns)
        found.append(columns_of(Screen()))

    assert found == [40, 60, 100]
    assert columns_of(io.StringIO()) == 80


def test_writing_to_a_file_is_plain() -> None:
    stream = io.StringIO()

    write(DOCUMENT, stream)

    assert stream.getvalue() == render(DOCUMENT, 80)
