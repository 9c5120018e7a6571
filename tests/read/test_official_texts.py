"""An official text is cut into provisions as its numbers and full stops say, whatever file it comes in."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement

from wordings import GARDEN_TEXT, NUMBERED, places, read, said, text_in
from zhunsheng.errors import InputError
from zhunsheng.lang.wording import Heading, Passed, normal
from zhunsheng.read import labels
from zhunsheng.read.official import load_official
from zhunsheng.read.wording import fingerprint_of

PROVISIONS = {
    "1": "甲。", "1.2": "乙。", "2": "丙，有下列情形的：", "2(1)": "丁；", "2(2)": "戊：", "2(2)1": "己", "2(2)2": "庚：辛。",
    "2(2)2(1)": "壬。", "2(2)2(2)": "癸。", "2(3)": "子。", "2(3).2": "丑。", "3": "寅。",
}  # fmt: skip


def problems(folder: Path, text: str | bytes, name: str = "text.txt") -> list[str]:
    with pytest.raises(InputError) as caught:
        read(folder, text, name)
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


# -- numbers and full stops


def test_chapters_articles_items_points_subpoints_and_paragraphs_are_told_apart(tmp_path: Path) -> None:
    text = read(tmp_path, NUMBERED)

    assert said(text) == PROVISIONS
    assert text.chapters == (Heading(1, "总则", 1), Heading(2, "附则", 14))
    assert [text.provisions[ref].chapter for ref in ("1", "2(3).2", "3")] == [1, 1, 2]
    assert places(text, ["1", "1.2", "2(2)2(1)", "3"]) == [(2, 1), (3, 1), (10, 1), (15, 1)]
    assert text.passed == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("（", "(").replace("）", ")").replace("：", ":"),
        lambda text: text.replace("1.己", "１．己").replace("2.庚", "２、庚").replace("（1）", "（１）"),
        lambda text: text.replace("（一）", "㈠").replace("（二）", "㈡").replace("1.己", "⒈己").replace("（1）", "⑴"),
        lambda text: text.replace("第一条 ", "第1条　").replace("第二条 ", "第２条  ").replace("第三条 ", "第 三 条 "),
        lambda text: text.replace("条 ", "条").replace("章 ", "章"),
        lambda text: "".join(f"　　{line}\n\n" for line in text.splitlines()),
        lambda text: text.replace("章 ", "章\n　"),
        lambda text: "\ufeff" + text.replace("\n", "\r\n"),
        lambda text: text.replace("乙。", "乙\u200b 。").replace("丑", " 丑"),
    ],
    ids=["half width", "full width", "enclosed", "arabic", "no space", "set in", "title below", "windows", "invisible"],
)
def test_width_space_and_kinds_of_numerals_make_no_difference(tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]
    text = read(tmp_path, change(NUMBERED))

    assert {ref: normal(words) for ref, words in said(text).items()} == {ref: normal(words) for ref, words in PROVISIONS.items()}
    assert [chapter.title for chapter in text.chapters] == ["总则", "附则"]


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("一", 1), ("十", 10), ("十九", 19), ("二十", 20), ("一百", 100), ("一百零三", 103), ("一百二十", 120), ("二〇", 20),
        ("一千零一", 1001), ("23", 23), ("２３", 23), ("十十", None), ("百千", None), ("二三十", None),
    ],
)  # fmt: skip
def test_numerals(numeral: str, number: int | None) -> None:
    assert labels.value(numeral) == number


def test_an_article_put_in_between_keeps_its_own_number(tmp_path: Path) -> None:
    assert list(said(read(tmp_path, "第十九条 甲。\n第十九条之一 乙。\n第二十条 丙。"))) == ["19", "19-1", "20"]


def test_items_written_with_digits_are_items_where_an_article_has_no_others(tmp_path: Path) -> None:
    digits = read(tmp_path, "第一条 甲：\n（1）乙；\n（2）丙。\n")
    both = read(tmp_path, "第一条 甲：\n（一）乙：\n（1）丙。\n")

    assert list(said(digits)) == ["1", "1(1)", "1(2)"]
    assert said(both) == {"1": "甲：", "1(1)": "乙：（1）丙。"}, "a subpoint with no point to stand under stays text"


def test_a_number_inside_a_sentence_begins_nothing(tmp_path: Path) -> None:
    text = read(tmp_path, "第一条 依照\n第三条的规定办理，面积\n2.5亩以上的除外。\n第二条 按第\n（一）项办理。\n第三条 丙。")

    assert said(text) == {"1": "依照第三条的规定办理，面积2.5亩以上的除外。", "2": "按第（一）项办理。", "3": "丙。"}


# -- what is no provision


def test_what_stands_before_and_after_is_passed_over_and_told(tmp_path: Path) -> None:
    lines = ["关于印发某办法的通知", "各单位：", "第一章 总则", "第二章 附则", "第一章 总则", "第一节 甲节"]
    lines += ["第一条 甲。", "第二章 附则", "第二条 乙。", "附件：1.表", "（一）项目", "抄送：某局"]
    text = read(tmp_path, "\n".join(lines))

    assert said(text) == {"1": "甲。", "2": "乙。"}
    assert text.chapters == (Heading(1, "总则", 5), Heading(2, "附则", 8))
    assert text.passed == (
        Passed(1, 2, "before", "关于印发某办法的通知"), Passed(6, 6, "before", "第一节 甲节"),
        Passed(10, 12, "after", "附件：1.表"),
    )  # fmt: skip


def test_a_last_article_keeps_its_own_paragraphs_and_items(tmp_path: Path) -> None:
    lines = ["第一条 甲：", "（一）乙；", "（二）丙。", "自明年起施行。", "附件由本处另行公布。", "东园管理处", "2025年3月6日"]
    text = read(tmp_path, "\n".join(lines))

    assert list(said(text)) == ["1", "1(1)", "1(2)", "1(2).2", "1(2).3"]
    assert text.passed == (Passed(6, 7, "after", "东园管理处"),)


def test_page_numbers_and_running_heads_do_not_part_a_paragraph(tmp_path: Path) -> None:
    text = read(tmp_path, "某局文件\n第一条 甲，\n— 1 —\n\f某局文件\n乙。\n- ２ -\n\f某局文件\n第二条 丙。\n第 3 页 共 3 页\n")

    assert said(text) == {"1": "甲，乙。", "2": "丙。"}
    assert [(one.first, one.why) for one in text.passed] == [(line, "page") for line in (1, 3, 4, 6, 7, 9)]


def test_cells_of_a_table_are_no_page_numbers_or_running_heads(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>A级</td><td>{number}</td></tr>" for number in (12, 24, 36))
    text = read(tmp_path, f"<p>第一条 甲：</p><table>{rows}</table><p>— 1 —</p><p>乙。</p>", "page.html")

    assert said(text) == {"1": "甲：A级12A级24A级36乙。"}
    assert [(one.why, one.text) for one in text.passed] == [("page", "— 1 —")]


def test_lines_are_put_together_as_words_and_numbers_want_it(tmp_path: Path) -> None:
    text = read(tmp_path, "第一条 自20\n25年起，依 emission\nlimits 及CEMS\n记录办理。")
    assert said(text) == {"1": "自2025年起，依emission limits及CEMS记录办理。"}


def test_a_line_broken_after_a_full_stop_goes_on_where_paragraphs_are_set_in(tmp_path: Path) -> None:
    text = read(tmp_path, "　　第一条　甲。\n乙。\n　　丙。\n　　第二条　丁。\n")

    assert said(text) == {"1": "甲。乙。", "1.2": "丙。", "2": "丁。"}


# -- pages and Word files


def page(charset: str, encoding: str) -> bytes:
    blocks = "".join(f"<p>　　<b>{line[:3]}</b>{line[3:]}</p>\n" for line in NUMBERED.splitlines())
    head = f"<html><head><meta charset={charset!r}><title>第九条 甲</title><style>p {{}}</style></head>"
    foot = "<div>上一篇：<a href='x'>无</a></div><script>第九条 乙。</script></body></html>"
    return f"{head}<body>\n<div>首页 &gt; 公告</div>{blocks}{foot}".encode(encoding)


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("GBK", "gbk")])
def test_a_page_is_read_as_it_is_seen_in_the_encoding_it_names(tmp_path: Path, charset: str, encoding: str) -> None:
    text = read(tmp_path, page(charset, encoding), "page.html")

    assert said(text) == PROVISIONS
    assert [(one.why, one.text) for one in text.passed] == [("before", "首页 > 公告"), ("after", "上一篇：无")]
    assert places(text, ["1", "3"]) == [(3, 9), (16, 9)]


def test_a_page_that_is_not_in_the_encoding_it_names_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, b'<meta charset="gbk">\n<p>\xff\xff</p>', "page.htm") == [
        "page.htm:2:1: this line is not GBK, though the page says so\n    save the page again with the encoding UTF-8"
    ]


def word(*paragraphs: str, table: str = "") -> docx.document.Document:
    document = docx.Document()
    for said_ in paragraphs:
        document.add_paragraph(said_)
    if table:
        document.add_table(1, 1).cell(0, 0).text = table
    return document


def saved(document: docx.document.Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_file_is_read_paragraph_by_paragraph(tmp_path: Path) -> None:
    lines = [line.replace("|", "\n") for line in NUMBERED.replace("甲。\n乙。", "甲。|乙。").split("\n")]
    text = read(tmp_path, saved(word("通知", "", *lines)), "text.docx")

    assert said(text) == PROVISIONS
    assert places(text, ["1", "1.2", "2"]) == [(4, 1), (4, 8), (5, 1)]


def test_the_words_of_a_table_are_not_lost(tmp_path: Path) -> None:
    text = read(tmp_path, saved(word("第一条 甲：", table="乙。")), "text.docx")
    assert said(text) == {"1": "甲：乙。"}


def test_a_word_file_with_numbers_that_are_no_text_is_refused(tmp_path: Path) -> None:
    document = word("第一条 甲。")
    document.add_paragraph("乙。", style="List Number")

    assert problems(tmp_path, saved(document), "text.docx") == [
        "text.docx:2:1: Word itself numbers this paragraph (1 in all), and the file does not hold those numbers as text"
        "\n    save it as plain text (.txt, UTF-8), which writes them out"
    ]


def test_a_word_file_with_tracked_changes_is_refused(tmp_path: Path) -> None:
    document = word("第一条 甲。")
    document.paragraphs[0]._p.append(OxmlElement("w:del"))

    assert problems(tmp_path, saved(document), "text.docx") == [
        "text.docx: this file holds tracked changes, so it does not say which words stand"
        "\n    accept or reject them, and save it again"
    ]


# -- what cannot be read


def test_files_of_other_kinds_are_refused_by_name(tmp_path: Path) -> None:
    hint = "save it as plain text (.txt, UTF-8), as a page (.html) or as .docx"
    assert problems(tmp_path, b"%PDF", "text.pdf") == [
        f"text.pdf: a text cannot be read from a file that ends in '.pdf'\n    {hint}"
    ]
    assert problems(tmp_path, b"no zip", "text.docx") == [
        "text.docx: this is no Word file of the kind .docx\n    save it again as .docx, or as plain text (.txt, UTF-8)"
    ]
    assert problems(tmp_path, "第一条 甲".encode("gbk")) == [
        "text.txt:1:1: this line is not UTF-8 (perhaps GBK)\n    save the file again with the encoding UTF-8"
    ]


def test_a_text_without_articles_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, "一、甲\n二、乙\n") == [
        "text.txt: no article was found in this text\n    each article begins a line: `第一条 …`"
    ]


def test_every_provision_that_stands_twice_and_every_number_that_is_none_is_told_at_once(tmp_path: Path) -> None:
    twice = "leave out what is not the text itself, or correct the number"
    assert problems(tmp_path, "第一条 甲：\n（一）乙；\n  （一）丙。\n第十十条 丁。\n第一条 戊。\n") == [
        f"text.txt:3:3: the provision 1(1) stands here twice (first at line 2)\n    {twice}",
        "text.txt:4:1: '十十' is no number\n    write the article's number, such as 第二十一条",
        f"text.txt:5:1: the provision 1 stands here twice (first at line 1)\n    {twice}",
    ]


# -- the normal form


def test_layout_makes_no_difference_and_words_do() -> None:
    assert fingerprint_of("Ａ级 、Ｂ（含B－）级“短板”") == fingerprint_of("A级、B(含B-)级\"短板\"")
    assert fingerprint_of("PLC 历史") == fingerprint_of("PLC历史")
    assert len({fingerprint_of(words) for words in ("一年内", "一年", "1年内", "不得 not a", "不得 nota")}) == 5


def test_the_garden_text_is_read_from_its_file(tmp_path: Path) -> None:
    text = load_official(text_in(tmp_path, GARDEN_TEXT))
    assert list(text.provisions) == ["1", "2", "3"]
