"""Which provisions an amendment touches: where the things stand that it edits, under the law as it is and as amended."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhunsheng.ask.publishing.touched import touched
from zhunsheng.read.amendment import load_amended

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "tests" / "packs" / "library"
LAW, SHELF = ROOT / "policy" / "urumqi-2025", ROOT / "policy" / "amendments"
HEAD = """\
amendment: trial
against: library
says: {zh: 试, en: A trial.}
source: {zh: 举例, en: An example.}
in_force_from: 2026-01-01
edits:
"""
NOT_ASSESSED = "        zh: 停借者不参加考评，也不得续借。\n        en: A suspended reader is not assessed and renews nothing."

ASKED = "      question: {zh: 地图是否外借？, en: Do maps leave?}\n      settled: {zh: 外借。, en: They do.}"

TWO_WAYS = """\
      question: {zh: 地图是否外借？, en: Do maps leave?}
      default: none
      options:
        - {option: they_do, says: {zh: 外借。, en: They do.}, argument: {zh: 未禁止。, en: Nothing forbids it.}}
        - {option: they_do_not, says: {zh: 不外借。, en: They do not.}, argument: {zh: 未写明。, en: Nothing allows it.}}
      case: maps"""


@pytest.mark.parametrize(("edit", "wanted"), [
    ("set: most_warnings\n    to: 3", ["3(1)"]),
    ("repeal: rule\n    name: may_borrow/suspended", ["3(1)", "1"]),
    ("replace: otherwise\n    name: may_borrow\n    with: true", ["1"]),
    ("fix: lowest\n    to: all", ["2"]),
    ("repeal: duty\n    name: director-reports", ["1"]),
    ("restate: '2.2'\n    says:\n" + NOT_ASSESSED, ["2.2"]),
    (f"add: note\n    with:\n      note: maps\n      provisions: ['3(1)', '2']\n{ASKED}", ["3(1)", "2"]),
    (f"add: reading\n    with:\n      reading: maps\n      provisions: ['3', '1']\n{TWO_WAYS}", ["3", "1"]),
    ("repeal: term\n    name: warning", ["3(1)"]),
    ("repeal: assumption\n    name: warnings-apart", ["3(1)"]),
    ("repeal: value\n    name: sort/map\n    becomes: book", ["3"]),
    ("repeal: answer\n    name: 可续借", ["1"]),
    ("add: rule\n    to: may_borrow\n    with: {rule: to-the-young, when: 'reader.age < 8', value: true, provision: '3(1)'}",
     ["3(1)", "1"]),
    ("add: fact\n    to: card\n    with: {fact: lent, type: yes/no}", ["1"]),
    ("add: fact\n    to: warnings\n    with: {fact: oral, type: yes/no, left_out: false}", ["3(1)"]),
    ("set: most_warnings\n    to: 3\n  - fix: lowest\n    to: all\n  - set: suspension\n    to: {months: 1}", ["3(1)", "2"]),
])  # fmt: skip
def test_an_edit_touches_the_provisions_of_what_it_edits(edit: str, wanted: list[str], tmp_path: Path) -> None:
    path = tmp_path / "trial.yaml"
    path.write_text(f"{HEAD}  - {edit}\n", encoding="utf-8")

    assert list(touched(load_amended(LIBRARY, [path]))) == wanted


def test_what_the_shelf_of_the_law_touches_is_what_a_reader_finds_there() -> None:
    """Read off the files of the shelf by hand."""
    wanted = {"bar-of-two-years": {"19(5)"}, "aligned-with-the-2026-opinion": {"4", "5", "14"}}

    found = {name: set(touched(load_amended(LAW, [SHELF / f"{name}.yaml"]))) for name in wanted}

    assert found == wanted
