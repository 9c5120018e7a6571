"""Each page of the documents has its twin in the other language, and the two do not drift apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown.extensions.toc import slugify

from document_blocks import ROOT, blocks

PAGES = ROOT / "docs" / "pages"
WITHOUT_TWIN: set[str] = set()
ENGLISH = sorted((PAGES / "en").glob("*.md"))
TWINS = [page for page in ENGLISH if page.name not in WITHOUT_TWIN]
COMMENT = re.compile(r"(^|\s)#.*$")
WIDE = "\u2014\u2018-\u201d\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
BROKEN = re.compile(rf"^(?![#|]|\[English\]).*[{WIDE}]\n(?!\s*(?:[-|#]|\d+\. |```))[ ]*\S", re.MULTILINE)
NAMED = re.compile(r" \{#([\w-]+)\}$")

twins = pytest.mark.parametrize("english", TWINS, ids=lambda page: page.stem)


def chinese(english: Path) -> Path:
    return PAGES / "zh" / english.name


def prose(page: Path) -> str:
    """A page without its code."""
    return "\n".join(re.split(r"^```.*$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[::2])


def headings(page: Path) -> list[str]:
    """The second-level headings."""
    return re.findall(r"^## (.+)$", prose(page), flags=re.MULTILINE)


def rows(page: Path) -> list[list[str]]:
    """The code in the first column of each row of each table; of a form with something to fill in, its first word."""
    found = re.findall(r"^\|([^|]*`[^|]*)\|", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [[code.partition(": ")[0] for code in re.findall(r"`([^`]+)`", cell)] for cell in found]


def yaml(page: Path) -> list[list[str]]:
    """The blocks of YAML without their comments."""
    shown = [block.lines for block in blocks(page) if block.language == "yaml"]
    return [[bare for line in lines if (bare := COMMENT.sub("", line).rstrip())] for lines in shown]


def test_every_page_has_a_twin_but_those_named_here() -> None:
    there = {page.name for page in (PAGES / "zh").glob("*.md")}

    assert there == {page.name for page in TWINS}
    assert {page.name for page in ENGLISH} >= WITHOUT_TWIN


@twins
def test_twins_lead_to_each_other_under_their_titles(english: Path) -> None:
    heads = {
        english: f"[中文](../zh/{english.name})",
        chinese(english): f"[English](../en/{english.name})",
    }

    for page, switch in heads.items():
        title, blank, second, *_ = page.read_text(encoding="utf-8").splitlines()
        assert title.startswith("# ")
        assert (blank, second) == ("", switch), page


@twins
def test_a_chinese_heading_has_the_anchor_of_its_twin(english: Path) -> None:
    named = [NAMED.search(heading) for heading in headings(chinese(english))]

    assert [match[1] if match else "" for match in named] == [slugify(heading, "-") for heading in headings(english)]


@twins
def test_the_tables_of_a_chinese_page_have_the_rows_of_its_twin(english: Path) -> None:
    assert rows(chinese(english)) == rows(english)


@twins
def test_the_files_a_chinese_page_shows_are_those_of_its_twin(english: Path) -> None:
    assert yaml(chinese(english)) == yaml(english)


@twins
def test_a_chinese_paragraph_stands_on_one_line(english: Path) -> None:
    """A browser makes a space of the end of a line, and the search does not find a word with a space in it."""
    assert BROKEN.findall(prose(chinese(english))) == []
