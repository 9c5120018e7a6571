"""A text held against the pack, and a later text against an earlier one: what differs, and what is to be read again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from garden_findings import THEOREMS, garden
from read_library import library
from wordings import GARDEN_TEXT, read
from zhunsheng.ask.publishing.attach import Change, ChapterDiffers, Differs, NotTheText, beside, differences, not_the_text
from zhunsheng.ask.publishing.gathered import holding
from zhunsheng.ask.publishing.reread import Rereading, stands_in
from zhunsheng.ask.publishing.worddiff import Piece, likeness, pieces
from zhunsheng.lang.case import Case
from zhunsheng.lang.wording import Official
from zhunsheng.read import load_scenario
from zhunsheng.read.theorems import load_theorems

PACK = garden()
CASES = Path(__file__).parents[1] / "data" / "site" / "scenarios"


def cases() -> dict[str, Case]:
    return {path.stem: load_scenario(path, PACK)[0] for path in sorted(CASES.glob("*.yaml"))}


def differing(folder: Path, before: str, after: str) -> list[Differs]:
    earlier, later = read(folder, before, "earlier.txt"), read(folder, after, "later.txt")
    return list(differences(PACK, earlier, later, cases(), load_theorems([THEOREMS], PACK)))


def told(found: list[Differs]) -> list[tuple[str, str, str]]:
    return [(one.change.value, one.before.ref if one.before else "", one.after.ref if one.after else "") for one in found]


# -- the text and the pack


def garden_text(folder: Path, old: str = "", new: str = "") -> Official:
    assert old in GARDEN_TEXT
    return read(folder, GARDEN_TEXT.replace(old, new) if old else GARDEN_TEXT)


def test_a_text_that_matches_provision_by_provision_fits(tmp_path: Path) -> None:
    found = beside(PACK, garden_text(tmp_path))

    assert found.fits
    assert found.matched == ("1", "2", "3")


def test_what_either_side_lacks_is_told_with_its_line(tmp_path: Path) -> None:
    text = garden_text(tmp_path, "第三条  遇有旱情，各户份额由本处酌定。", "另有规定的除外。\n第四条 施行日期另定。")
    found = beside(PACK, text)

    assert not found.fits
    assert [(one.ref, one.line) for one in found.unknown] == [("2.2", 7), ("4", 8)]
    assert [one.text for one in found.unknown] == ["另有规定的除外。", "施行日期另定。"]
    assert found.lacking == ("3",)


def test_provisions_out_of_order_are_told(tmp_path: Path) -> None:
    lines = GARDEN_TEXT.split("\n")
    lines[4], lines[5] = lines[5], lines[4]
    found = beside(PACK, read(tmp_path, "\n".join(lines)))

    assert [(one.ref, one.line) for one in found.astray] == [("1", 6)]
    assert not found.fits


def test_a_paragraph_after_the_items_is_not_out_of_order(tmp_path: Path) -> None:
    text = read(tmp_path, "第一条 甲：\n（一）乙。\n丙。\n（二）丁。\n第二条 戊。\n己：\n（一）庚。\n")
    assert beside(PACK, text).astray == ()


def test_chapters_that_are_called_otherwise_or_hold_other_articles_are_told(tmp_path: Path) -> None:
    text = garden_text(tmp_path, "第三条", "第二章 旱情\n第三条")
    renamed = beside(PACK, garden_text(tmp_path, "第一章  用水", "第一章  取水"))

    assert beside(PACK, text).chapters == (ChapterDiffers("", 2, "旱情", "", 7), ChapterDiffers("3", 2, "2", "1", 8))
    assert renamed.chapters == (ChapterDiffers("", 1, "取水", "用水", 4),)


def test_qualifying_words_that_do_not_stand_in_their_provision_are_told(tmp_path: Path) -> None:
    found = beside(PACK, garden_text(tmp_path, "之日起一个月内", "次日起一月内"))

    assert found.words == (("2", "之日"), ("2", "一个月"))
    assert not found.fits


@pytest.mark.parametrize(
    ("word", "wording", "there"),
    [
        ("一年", "降级后 一年内", True), ("三年", "一年", False), ("一年（末日放假）", "降级后一年内", True),
        ("B（含B-）", "B(含B－)级", True), ("未批先建…设施", "存在未批先建、超标和设施停用", True),
        ("设施…未批先建", "存在未批先建、设施停用", False),
    ],
)  # fmt: skip
def test_whether_a_qualifying_word_stands_in_a_wording(word: str, wording: str, there: bool) -> None:
    assert stands_in(word, wording) is there


def test_a_text_of_another_regulation_is_known_by_its_words_and_its_articles(tmp_path: Path) -> None:
    other = read(tmp_path, "第一条 甲。\n第二条 乙。\n第三条 丙。\n")
    short = read(tmp_path, "第一条 除外、之日、一个月、酌定。\n")
    moved = read(tmp_path, "第三条 除外、之日。\n第二条 一个月。\n")

    assert not_the_text(PACK, other) == NotTheText((3, 3), (0, 4))
    assert not_the_text(PACK, short) == NotTheText((1, 3), (4, 4))
    assert not_the_text(PACK, moved) is None


# -- an earlier text and a later one


def test_the_same_words_in_another_layout_are_no_difference(tmp_path: Path) -> None:
    assert differing(tmp_path, GARDEN_TEXT, "　　" + GARDEN_TEXT.replace("，", ",").replace("\n", "\n\n　　")) == []


def test_other_words_are_told_with_what_to_read_again(tmp_path: Path) -> None:
    (one,) = differing(tmp_path, GARDEN_TEXT, GARDEN_TEXT.replace("一个月", "两个月"))

    assert (one.change, one.before and one.before.line, one.after and one.after.line) == (Change.REWORDED, 6, 6)
    assert [(piece.was, piece.now) for piece in one.pieces if not piece.same] == [("一", "两")]
    assert one.lost == ("一个月",)
    again = one.reread
    assert (again.provisions, again.definitions, again.rules) == (
        ("2",), ("barred_until", "may_draw"),
        (("may_draw", "barred"), ("barred_until", "a-month-from-the-last-waste")),
    )  # fmt: skip
    assert (again.duties, again.readings, again.discretions, again.parameters) == ((), ("bar_from",), (), ("bar",))
    assert again.theorems[:2] == ("waste-bars", "more-waste-never-helps")
    assert "water-wasted-last-week-bars-today" in again.cases
    assert set(again.answers) == {"may_draw", "barred_until"}


def test_words_that_change_places_are_told_as_renumbered(tmp_path: Path) -> None:
    lines = GARDEN_TEXT.split("\n")
    lines[4], lines[5] = lines[5].replace("第二条", "第一条"), lines[4].replace("第一条", "第二条")
    found = differing(tmp_path, GARDEN_TEXT, "\n".join(lines))

    assert told(found) == [("renumbered", "2", "1"), ("renumbered", "1", "2")]
    assert [one.pieces for one in found] == [(), ()]


def test_an_article_put_in_between_renumbers_those_after_it(tmp_path: Path) -> None:
    later = GARDEN_TEXT.replace("第三条", "第四条").replace("第二条", "第二条 取水不得妨碍他人。\n第三条")
    later = later.replace("一个月", "两个月")

    assert told(differing(tmp_path, GARDEN_TEXT, later)) == [
        ("added", "", "2"), ("renumbered_and_reworded", "2", "3"), ("renumbered", "3", "4"),
    ]  # fmt: skip


def test_an_item_left_out_is_gone_and_those_after_it_are_renumbered(tmp_path: Path) -> None:
    items = "第一条 有下列情形的，除外：\n（一）停水期内；\n（二）未租地块的；\n（三）旱情未解除的。\n"
    shorter = items.replace("（二）未租地块的；\n", "").replace("（三）", "（二）")

    found = differing(tmp_path, items, shorter)

    assert sorted(told(found)) == [("removed", "1(2)", ""), ("renumbered", "1(3)", "1(2)")]
    (gone,) = [one for one in found if one.change is Change.REMOVED]
    assert [(piece.was, piece.now) for piece in gone.pieces] == [("未租地块的；", "")]
    assert gone.reread.provisions == ("1",), "the pack has the whole that it was part of"


def test_a_provision_that_says_something_else_altogether_is_reworded_and_not_another(tmp_path: Path) -> None:
    (one,) = differing(tmp_path, GARDEN_TEXT, GARDEN_TEXT.replace("遇有旱情，各户份额由本处酌定。", "本园夜间闭门。"))

    assert one.change is Change.REWORDED
    assert one.lost == ("酌定",)


def test_every_difference_is_told_once_whatever_is_cut_moved_or_added(tmp_path: Path) -> None:
    lines = ["第一条 甲甲甲甲甲。", "第二条 乙乙乙乙乙。", "第三条 丙丙丙丙丙。", "第四条 丁丁丁丁丁。"]
    later = ["第一条 丁丁丁丁丁。", "第三条 乙乙乙乙戊。", "第五条 己己己己己。", "第六条 丙丙丙丙丙。"]
    found = differing(tmp_path, "\n".join(lines), "\n".join(later))

    assert told(found) == [
        ("renumbered", "4", "1"), ("removed", "1", ""), ("renumbered_and_reworded", "2", "3"), ("added", "", "5"),
        ("renumbered", "3", "6"),
    ]  # fmt: skip


def test_of_two_that_are_as_like_the_one_of_the_same_number_is_it(tmp_path: Path) -> None:
    earlier = "第一条 有下列除外：\n（一）甲甲甲甲甲甲。\n（二）甲甲甲甲甲乙。\n"
    later = "第一条 有下列除外：\n（一）甲甲甲甲丙甲。\n（二）甲甲甲甲丙乙。\n"

    assert told(differing(tmp_path, earlier, later)) == [("reworded", "1(1)", "1(1)"), ("reworded", "1(2)", "1(2)")]


# -- what is read again


def test_the_parts_under_a_lead_are_read_again_with_it_and_the_whole_with_a_part() -> None:
    again = Rereading(library(), {}, ())

    assert again.of(["3"]).provisions == ("3", "3(1)", "3(2)1(3)")
    assert again.of(["3(1)"]).provisions == ("3(1)",)
    assert not [name for name in again.of(["1"]).definitions if name.startswith("duty ")], "they are told as duties"
    assert again.of(["2"]).provisions == ("2",), "a second paragraph does not stand under the first"
    whole = {name for name, one in library().readings.items() if "3" in one.provisions}
    assert whole <= set(again.of(["3(1)"]).readings)


def test_what_the_pack_does_not_have_concerns_what_it_is_part_of_and_never_another_number() -> None:
    assert [holding(library(), ref) for ref in ("3(7)", "3(1)2", "2.5", "31", "19-1", "2(12)")] == ["3", "3(1)", "2", "", "", "2"]


# -- words side by side


def test_pieces_give_both_wordings_back_whatever_they_are() -> None:
    pairs = [("降级后一年内不得申报。", "降级后六个月内不得申报。"), ("", "甲"), ("甲", ""), ("A级、B级", "B级、A级")]
    for was, now in pairs:
        found = pieces(was, now)
        assert ("".join(one.was for one in found), "".join(one.now for one in found)) == (was, now)
        assert all((one.was == one.now) == one.same for one in found)


def test_a_number_is_one_word_and_scattered_letters_are_told_together() -> None:
    assert pieces("8月底前", "12月底前") == (Piece("8", "12", False), Piece("月底前", "月底前", True))
    assert changed("应当批准申报", "可以核准申请") == [("应当批准申报", "可以核准申请")]
    assert changed("甲，乙", "丙，丁") == [("甲", "丙"), ("乙", "丁")]


def changed(was: str, now: str) -> list[tuple[str, str]]:
    return [(one.was, one.now) for one in pieces(was, now) if not one.same]


def test_likeness_does_not_see_layout() -> None:
    assert likeness("Ａ级 ，B级", "A级,B级") == 1.0
    assert likeness("甲乙丙", "丁戊己") == 0.0


def test_a_pack_with_no_qualifying_words_knows_its_text_by_its_articles(tmp_path: Path) -> None:
    bare = replace(PACK, provisions={ref: replace(one, qualifiers=()) for ref, one in PACK.provisions.items()})

    assert not_the_text(bare, read(tmp_path, "第一条 甲。\n第二条 乙。\n")) is None
    assert not_the_text(bare, read(tmp_path, "第九条 甲。\n")) == NotTheText((0, 3), (0, 0))
