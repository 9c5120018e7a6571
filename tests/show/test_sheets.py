"""The sheet a clerk files: what stands on it in every form, what is left out of it, and what it says where it cannot be made."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from functools import cache
from pathlib import Path

import pytest

from zhunsheng.ask.certifying.certificates import made
from zhunsheng.ask.deciding.answers import asked_by_name
from zhunsheng.ask.deciding.decide import decide
from zhunsheng.errors import InputError
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack, parse_case
from zhunsheng.show.sheets.docx import word
from zhunsheng.show.sheets.html import html
from zhunsheng.show.sheets.pdf import CHINESE, TEMPLATE, inputs, pdf
from zhunsheng.show.sheets.sheet import Part, Sheet, Told, sheet

docx = pytest.importorskip("docx")
GARDEN = Path(__file__).parents[1] / "packs" / "garden"
CASE = """
title: {zh: 老王的菜地, en: The plot of Wang}
pack: garden
facts:
  as_of: 2025-06-10
  plot_rented: {value: true, source: 租约第7号}
  wasted:
    - {seen_on: {value: 2025-06-03, source: 巡查记录}}
"""


@cache
def garden() -> Pack:
    return load_pack(GARDEN)


@cache
def told(answer: str, lang: str, redact: bool = False) -> Sheet:
    """The sheet about one answer, with the duties of the case."""
    pack = garden()
    case = parse_case(CASE, "case.yaml", pack)
    duties = decide(pack, case).duties
    decision = decide(pack, case, [answer])
    return sheet(pack, decision, made(pack, case, asked_by_name(pack, case, [answer]), decision, redact), duties, lang, redact)


def sentences(found: Sheet) -> dict[str, tuple[str, ...]]:
    parts = [part for one in found.answers for part in one.parts] + list(found.parts) + [found.cautions]
    return {part.title: part.sentences for part in parts}


def test_a_sheet_says_all_that_a_clerk_files() -> None:
    found = told("barred_until", "zh")
    (answer,) = found.answers

    assert (found.heading, found.title) == ("推算结论书", "老王的菜地")
    assert found.opening == ("依据：东园用水规则", "所问之日：2025年6月10日")
    assert (answer.name, answer.outcome) == ("停水的最后一日", "2025年7月3日。")
    assert sentences(found) == {
        "所依事实": ("案卷所列浪费用水共1项，别无其他。", "第1项浪费用水：发现日为2025年6月3日（来源：巡查记录）。"),
        "所依条文": ("“停水的最后一日”为2025年7月3日。浪费用水的，停水一个月（第二条）。",),
        "条文的理解": (
            "停水期从发现当日还是次日起算？（第二条）本结论理解为“当日起算”；如理解为“次日起算”，结论为：2025年7月4日。",
        ),
        "前提": ("2025年6月10日之后不再发生新的情况。",),
        "下一步": ("最迟2025年6月13日：管理处答复申请人（第一条）。",),
        "提示": ("本规则为举例而编。", "解释权归东园管理处，以其正式解释为准。"),
    }
    assert found.closing == (f"规则：garden，版本0.3.0，校验码（SHA-256）{garden().digest}",)
    assert re.fullmatch("[0-9a-f]{64}", answer.digest)


def test_what_had_to_be_done_by_a_day_that_is_over_is_said_to_be_so() -> None:
    pack = garden()
    duties = decide(pack, parse_case(CASE, "case.yaml", pack)).duties
    later = parse_case(CASE.replace("as_of: 2025-06-10", "as_of: 2025-06-14"), "case.yaml", pack)
    decision = decide(pack, later, ["barred_until"])
    certificates = made(pack, later, asked_by_name(pack, later, ["barred_until"]), decision)

    assert sentences(sheet(pack, decision, certificates, duties, "zh", False))["下一步"] == (
        "（期限在所问之日以前，是否已经办理不作判断）最迟2025年6月13日：管理处答复申请人（第一条）。",
    )


def test_a_choice_of_the_authority_is_said_to_be_one_and_its_rules_an_example() -> None:
    found = told("allowance", "en")

    assert found.answers[0].outcome == (
        "On the facts stated, left to the discretion of the office, who may choose among: low, middle."
    )
    assert sentences(found)["Provisions (taking the case in which it is “low”)"] == (
        "“Share” is low, because “a plot is rented” is true (article 3).",
    )
    assert "Discretion: “Share of water” is for the office to decide (article 3)." in sentences(found)["What is still open"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("answer", ["may_draw", "allowance"])
def test_what_is_left_out_is_left_out_of_every_form(answer: str, lang: str) -> None:
    found = told(answer, lang, redact=True)
    forms = [html(found), "\n".join(text_of_word(word(found)))]

    for text in forms:
        for secret in ("老王", "Wang", "租约", "巡查"):
            assert secret not in text
    assert [part.title for part in found.parts][-1] == {"zh": "略去的内容", "en": "What is left out"}[lang]


def test_how_much_is_left_out_is_said() -> None:
    found = told("may_draw", "zh", redact=True)

    assert sentences(found)["略去的内容"] == ("已略去名称、来源，以及证明不需要的事实2项；保留事实2项。",)


def text_of_word(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    cells = [one for table in document.tables for row in table.rows for cell in row.cells for one in cell.paragraphs]
    return [one.text for one in (*document.paragraphs, *cells)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_form_holds_every_sentence_and_the_checksum_and_its_code(lang: str) -> None:
    found = told("barred_until", lang)
    wanted = [found.heading, found.title, *found.opening, *found.closing, found.answers[0].outcome, found.answers[0].digest]
    wanted += [text for part in sentences(found).values() for text in part]

    page, file = html(found), word(found)

    assert [text for text in wanted if text not in page] == []
    assert [text for text in wanted if text not in text_of_word(file)] == []
    assert page.count("<svg") == 1
    assert "word/media/image1.png" in zipfile.ZipFile(io.BytesIO(file)).namelist()
    assert (page, file) == (html(found), word(found))


def test_what_a_case_says_is_no_markup() -> None:
    pack = garden()
    case = parse_case(CASE.replace("老王的菜地", "'<script>甲</script> #pagebreak()'"), "case.yaml", pack)
    decision = decide(pack, case, ["may_draw"])

    found = sheet(pack, decision, made(pack, case, asked_by_name(pack, case, ["may_draw"]), decision), (), "zh", False)

    assert "<script" not in html(found)
    assert "&lt;script&gt;甲&lt;/script&gt; #pagebreak()" in html(found)


def has_chinese_font() -> bool:
    typst = pytest.importorskip("typst")
    return any(font.family in CHINESE for font in typst.Fonts().fonts())


def test_a_pdf_is_one_page_with_its_fonts_in_it_and_the_same_every_time() -> None:
    if not has_chinese_font():
        pytest.skip("no font with Chinese characters on this machine: make fonts")
    found = told("barred_until", "zh")

    data = pdf(found)

    assert data == pdf(found)
    assert len(re.findall(rb"/Type\s*/Page\b", data)) <= 1
    assert b"%PDF-1." in data[:10]


def long(first: int) -> Sheet:
    """A sheet of several pages, whose breaks fall otherwise as the first part has more sentences."""
    def part(title: str, sentences: int) -> Part:
        return Part(title, tuple(f"第{number}句：依据的是哪一条，以及为什么是这样。" * 2 for number in range(sentences)))

    answers = [("所依事实", first), *[("所依事实", 4)] * 6]
    told = tuple(
        Told(f"事项{n}", "结果", (part(*facts), part("所依条文", 3), part("条文的理解", 1)), "ab" * 32)
        for n, facts in enumerate(answers)
    )
    cautions, closing = Part("提示", ("提示",)), ("规则",)
    return Sheet("zh", "推算结论书", "案件", ("依据",), told, (part("下一步", 2),), cautions, ("核验",), closing)


def marks(page: bytes) -> list[str]:
    """What stands on a page, from the top: boxes with an outcome, titles of parts, their sentences, codes to be scanned."""
    runs = re.findall(r'(fill="#f7f3ee")|(<image)|<g [^>]*>((?:<use [^>]*fill="#8c1c13"[^>]*/>)+)</g>', page.decode())
    return ["box" if box else "code" if code else "title" if run.count("<use") > 1 else "sentence" for box, code, run in runs]


@pytest.mark.parametrize("first", [1, 6, 11, 16])
def test_what_belongs_together_stands_on_one_page_of_a_pdf(first: int) -> None:
    if not has_chinese_font():
        pytest.skip("no font with Chinese characters on this machine: make fonts")
    import typst

    known = {font.family for font in typst.Fonts().fonts()}
    fonts = [name for name in CHINESE if name in known][:1]
    pages = [marks(page) for page in typst.compile(str(TEMPLATE), format="svg", sys_inputs=inputs(long(first), fonts))]

    whole = [mark for page in pages for mark in page]
    assert [whole.count(mark) for mark in ("box", "title", "sentence", "code")] == [7, 22, first + 6 * 4 + 7 * 4 + 2, 7]
    assert len(pages) > 2
    for page in pages:
        assert page[0] in ("box", "title"), "neither a sentence without its title, nor a code without its answer"
        assert page[-1] in ("sentence", "code"), "neither an outcome nor a title alone"


def test_what_belongs_together_is_kept_together_by_a_word_processor() -> None:
    document = docx.Document(io.BytesIO(word(long(3))))
    said = [one for one in document.paragraphs if one.text]
    forms = [one.paragraph_format for one in said]
    ends = [number for number, one in enumerate(said[1:]) if one.style.name != "List Bullet" and "第" in said[number].text]

    assert all(form.keep_together for form in forms)
    assert all(form.keep_with_next for one, form in zip(said, forms, strict=True) if re.match("事项|结果|所依|条文的", one.text))
    kept = [bool(forms[number].keep_with_next) for number in ends]
    assert kept == [False, False, True] * 7 + [False]
    assert all("w:cantSplit" in table.rows[0]._tr.xml for table in document.tables)


def test_what_belongs_together_is_kept_together_in_print() -> None:
    page = html(long(3))

    assert page.count('<div class="part">\n<h2>') == 22
    for rule in (".part, li, p { break-inside: avoid; }", ".outcome { break-inside: avoid; break-after: avoid; }"):
        assert rule in page


def test_without_a_chinese_font_a_pdf_is_refused_by_name() -> None:
    with pytest.raises(InputError) as raised:
        pdf(told("may_draw", "zh"), others=False)

    assert str(raised.value) == (
        "fonts: PDF is not available here: no font with Chinese characters is installed\n"
        "    install one (Debian: apt install fonts-noto-cjk), or write .html or .docx"
    )


def test_a_sheet_is_the_one_its_certificate_is_about() -> None:
    pack = garden()
    case = parse_case(CASE, "case.yaml", pack)
    decision = decide(pack, case, ["may_draw"])
    (one,) = made(pack, case, asked_by_name(pack, case, ["may_draw"]), decision)

    found = sheet(pack, decision, [one], (), "zh", False)

    assert found.answers[0].digest == hashlib.sha256(one.text.encode()).hexdigest()
    assert json.loads(one.text)["claim"]["answer"] == "may_draw"


NAMED = """
title: 张三的借阅
pack: library
facts:
  as_of: 2025-11-03
  reader: {name: 张三, age: 30}
  loans:
    - {mark: 秘籍, sort: book, from: 2025-09-01, due_on: 2025-10-01, returned_on: none}
"""


def named(redact: bool) -> tuple[str, str]:
    """The certificate and the page about an element that has a name."""
    pack = load_pack(GARDEN.parent / "library")
    case = parse_case(NAMED, "case.yaml", pack)
    decision = decide(pack, case, ["loan.overdue"])
    (one,) = made(pack, case, asked_by_name(pack, case, ["loan.overdue"]), decision, redact)
    return one.text, html(sheet(pack, decision, [one], (), "zh", redact))


def test_an_answer_about_an_element_has_a_certificate_that_names_it() -> None:
    certificate, page = named(redact=False)

    assert json.loads(certificate)["claim"]["answer"] == "loans[秘籍].overdue"
    assert json.loads(certificate)["claim"]["atoms"] == [
        {"fact": "as_of", "is": "2025-11-03"},
        {"fact": "loans[0].due_on", "is": "2025-10-01"},
        {"fact": "loans[0].returned_on", "is": "none"},
    ]
    assert "秘籍" in page


def test_the_names_of_elements_are_left_out() -> None:
    certificate, page = named(redact=True)

    assert json.loads(certificate)["claim"]["answer"] == "loan.overdue(loans[0])"
    for text in (certificate, page):
        assert "秘籍" not in text
        assert "张三" not in text
