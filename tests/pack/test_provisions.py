"""All of the official text is accounted for: its structure, and that the restatements are our own words."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from pathlib import Path

import yaml

from official_text import cut, number, official
from zhunsheng.ask.publishing.text import account
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack

ROOT = Path(__file__).parents[2]
PACK = ROOT / "policy" / "urumqi-2025"
ARTICLES = [str(article) for article in range(1, 28)]
PARTS = {
    "14": ["14(1)", "14(1)1", "14(1)1(1)", "14(1)1(2)", "14(1)2", "14(1)3", "14(2)", "14(2)1", "14(2)2", "14(3)"],
    "16": ["16(1)", "16(1).2", "16(2)", "16(3)"],
    "19": ["19(1)", "19(2)", "19(3)", "19(4)", "19(5)"],
    "20": ["20.2"],
    "26": ["26(1)", "26(2)", "26(3)", "26(4)"],
}
STRUCTURE = list(chain.from_iterable([article, *PARTS.get(article, [])] for article in ARTICLES))
"""Articles 1 to 27 with their items, points, subpoints and second paragraphs, in the order of the text."""

COPIED = 18
"""So many Chinese characters in a row, punctuation left out, are the official wording and not our own."""

NAMES = [
    # documents
    "重污染天气重点行业应急减排措施制定技术指南",
    "重污染天气重点行业绩效分级及减排措施",
    "自治区重污染天气工业硅电石氯碱行业绩效分级与应急减排措施制定技术指南",
    "乌鲁木齐市重污染天气重点行业绩效分级实施办法试行",
    "绩效分级现场核查表",
    # bodies
    "乌鲁木齐市生态环境局",
    "市生态环境局大气环境科",
    "市生态环境局政策法规科",
    "市生态环境局机关纪委",
    "市生态环境保护综合行政执法支队",
    "自治区生态环境厅",
    "市污染控制中心",
]
"""Names have one form only; what stands on either side of one is compared on its own."""


@cache
def pack() -> Pack:
    return load_pack(PACK)


def han(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff]", "", text)


def runs(text: str, length: int = COPIED) -> set[str]:
    """Every run of so many Chinese characters, none across a name."""
    for name in sorted(NAMES, key=len, reverse=True):
        text = text.replace(name, "|")
    pieces = text.split("|")
    return {piece[at : at + length] for piece in pieces for at in range(len(piece) - length + 1)}


def texts(node: object, path: str = "") -> list[tuple[str, str]]:
    """Every Chinese text of a file, with where it stands."""
    if isinstance(node, dict):
        return [found for key, value in node.items() for found in texts(value, f"{path}/{key}")]
    if isinstance(node, list):
        return [found for at, value in enumerate(node) for found in texts(value, f"{path}[{at}]")]
    return [(path, node)] if isinstance(node, str) else []


def test_the_pack_has_every_provision_of_the_text_in_its_order() -> None:
    assert list(pack().provisions) == STRUCTURE


def test_nothing_is_unaccounted_for() -> None:
    assert account(pack()).unaccounted == ()


def test_the_official_text_has_this_structure() -> None:
    assert list(official()) == STRUCTURE


def test_the_official_text_is_cut_where_its_numbering_and_its_full_stops_say() -> None:
    lines = ["第一章  总则", "第九条  甲。", "乙：", "丙。", "第二十条 丁：", "（一）戊", "1.己：", "庚。", "（2）辛。"]
    lines += ["（二）壬。", "癸。", "第二章 子", "第二十一条  丑。"]
    assert cut("\n".join(lines)) == {
        "9": "甲。", "9.2": "乙：丙。", "20": "丁：", "20(1)": "戊", "20(1)1": "己：庚。", "20(1)1(2)": "辛。",
        "20(2)": "壬。", "20(2).2": "癸。", "21": "丑。",
    }  # fmt: skip
    assert [number(numeral) for numeral in ("二", "十", "十三", "二十", "二十七")] == [2, 10, 13, 20, 27]


def test_no_chinese_text_of_the_pack_repeats_the_official_wording() -> None:
    wording = set().union(*(runs(han(words)) for words in official().values()))

    copied = [
        f"{path.relative_to(PACK)}{where}: {sorted(runs(han(text)) & wording)[0]}"
        for path in sorted(PACK.rglob("*.yaml"))
        for where, text in texts(yaml.safe_load(path.read_text(encoding="utf-8")))
        if runs(han(text)) & wording
    ]
    assert copied == []


def test_a_copied_run_would_be_noticed_and_a_name_is_none() -> None:
    wording = runs(han("企业应当在每年的八月底之前，完成本年度的自评估和对标工作。"))
    assert runs(han("我们规定：应当在每年的八月底之前完成本年度的自评估。")) & wording
    assert not runs(han("应当在每年的八月底之前办完本年度的自评估和对标。")) & wording
    assert runs("由乌鲁木齐市生态环境局市生态环境局大气环境科负责办理") == set()


def test_every_restatement_is_in_both_languages() -> None:
    assert [ref for ref, one in pack().provisions.items() if not (han(one.says.zh) and re.search("[a-z]", one.says.en))] == []
