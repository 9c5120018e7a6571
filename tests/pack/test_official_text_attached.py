"""The official text, where it lies beside the repository, matches the pack provision by provision, whatever it is kept as."""

from __future__ import annotations

import os
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest

from official_text import beside as lying_beside
from official_text import official
from wordings import read
from zhunsheng.ask.publishing.attach import Differs, beside, differences, not_the_text
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.wording import normal
from zhunsheng.read import load_pack

ROOT = Path(__file__).parents[2]
ALL = bool(os.environ.get("ALL"))


@cache
def pack() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


def text() -> str:
    return lying_beside("measures-2025.zh.txt")


def paged(given: str) -> str:
    """As it is copied from a print: set in, full-width digits, half-width brackets, a head and a number on each page."""
    wide = given.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}).replace("（", "(").replace("）", ")")
    lines = [f"　　{line}" if line.strip() else line for line in wide.split("\n")]
    pages = ["\n".join(lines[at : at + 15]) for at in range(0, len(lines), 15)]
    return "\n".join(f"\f某局文件\n{one}\n— {number} —" for number, one in enumerate(pages, 1))


def wrapped(given: str) -> str:
    """As it is copied from a narrow page: forty characters to a line, paragraphs set in."""
    rows = []
    for line in (f"　　{raw.strip()}" for raw in given.split("\n") if raw.strip()):
        rows += [line[at : at + 40] for at in range(0, len(line), 40)]
    return "\n".join(rows)


def on_a_page(given: str) -> bytes:
    blocks = "".join(f"<p>　　{line}</p>" for line in given.split("\n") if line.strip())
    head = "<html><head><meta charset='gb2312'></head>"
    return f"{head}<body><div>首页</div>{blocks}<div>版权所有</div></body></html>".encode("gb18030")


def in_word(given: str) -> bytes:
    document, out = docx.Document(), BytesIO()
    for line in given.split("\n"):
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def test_every_provision_of_the_pack_is_found_and_every_qualifying_word_in_it(tmp_path: Path) -> None:
    found = beside(pack(), read(tmp_path, text()))

    assert not_the_text(pack(), found.text) is None
    assert (found.unknown, found.lacking, found.astray, found.chapters, found.words) == ((), (), (), (), ())
    assert list(found.matched) == list(pack().provisions)


def test_the_words_are_those_that_the_tests_of_the_pack_read_in_another_way(tmp_path: Path) -> None:
    found = read(tmp_path, text())
    assert {ref: normal(one.text) for ref, one in found.provisions.items()} == {
        ref: normal(one) for ref, one in official().items()
    }


@pytest.mark.parametrize(
    ("change", "name"), [(paged, "text.txt"), (wrapped, "text.txt"), (on_a_page, "text.html"), (in_word, "text.docx")]
)
def test_the_words_are_the_same_from_any_kind_of_file(tmp_path: Path, change, name: str) -> None:  # type: ignore[no-untyped-def]
    plain = read(tmp_path, text(), "plain.txt")
    assert differing(tmp_path, plain.file, change(text()), name) == []


def differing(folder: Path, earlier: str, later: str | bytes, name: str = "later.txt") -> list[Differs]:
    return list(differences(pack(), read(folder, Path(earlier).read_bytes(), "again.txt"), read(folder, later, name), {}))


def test_each_provision_left_out_reworded_or_added_is_the_one_that_is_told(tmp_path: Path) -> None:
    read(tmp_path, text(), "plain.txt")
    plain = str(tmp_path / "plain.txt")
    provisions = list(read(tmp_path, text()).provisions.values())
    for one in provisions if ALL else provisions[::9]:
        row = text().split("\n")[one.line - 1]
        other = row.replace(one.text[:4], f"特定的{one.text[:4]}", 1)
        (found,) = differing(tmp_path, plain, text().replace(row, other))
        assert (found.change.value, found.after and found.after.ref) == ("reworded", one.ref)
        assert [(piece.was, piece.now) for piece in found.pieces if not piece.same] == [("", "特定的")]
    for ref in ("16(3)", "19(5)", "26(4)"):
        row = text().split("\n")[next(one.line for one in provisions if one.ref == ref) - 1]
        (gone,) = differing(tmp_path, plain, text().replace(row + "\n", ""))
        assert (gone.change.value, gone.before and gone.before.ref) == ("removed", ref)


def test_an_amended_year_is_told_with_the_words_and_all_that_rests_on_it(tmp_path: Path) -> None:
    read(tmp_path, text(), "plain.txt")
    (found,) = differing(tmp_path, str(tmp_path / "plain.txt"), text().replace("降级后一年内", "降级后六个月内"))

    assert [(piece.was, piece.now) for piece in found.pieces if not piece.same] == [("一年", "六个月")]
    assert found.lost[:2] == ("一年内", "一年")
    assert found.reread.provisions == ("19(5)",)
    assert "lockout_period" in found.reread.parameters
    assert {"locked_out", "locked_out_until", "may_apply"} <= set(found.reread.answers)
