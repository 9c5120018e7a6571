"""A register of enterprises under two laws: rows that say enough are decided, the others say what they lack."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from zhunsheng.ask.comparing.register import Register
from zhunsheng.ask.comparing.registry import register
from zhunsheng.ask.deciding.decide import decide
from zhunsheng.errors import InputError
from zhunsheng.lang.amendment import Amended
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.pack import Pack
from zhunsheng.read.amendment import load_amended
from zhunsheng.read.registry import Row, load_registry
from zhunsheng.show.mistakes import told

ROOT = Path(__file__).parents[1]
GARDEN = ROOT / "packs" / "garden"
HEADINGS = ["as_of", "plot_rented", "wasted[0].seen_on", "wasted[1].seen_on", "wasted", "wasted.others"]
ROWS = [
    ["2026-03-20", "true", "2026-03-01", "", "", ""],
    ["2026-03-10", "true", "2026-03-01", "", "", ""],
    ["2026-03-20", "false", "2026-03-01", "", "", ""],
    ["2026-03-20", "true", "", "", "none", ""],
    ["2026-03-20", "true", "", "", "", ""],
    ["2026-03-20", "true", "2026-03-01", "2026-03-15", "", ""],
    ["2026-03-20", "true", "2026-03-01", "", "", "unknown"],
    ["2026-03-20", "", "2026-03-01", "", "", ""],
]
ANSWERS = ("may_draw", "barred_until")


def shorter_bar() -> Amended:
    return load_amended(GARDEN, [ROOT / "amendments" / "month-of-two-weeks.yaml"])


def as_csv(folder: Path, rows: list[list[str]], headings: list[str] = HEADINGS) -> Path:
    path = folder / "register.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return path


def asked(rows: tuple[Row, ...], amended: Amended) -> Register:
    return register(amended, Kinds(grouped_by=("plot_rented",)), [row.case for row in rows], [row.place for row in rows], ANSWERS)


def decided(law: Pack, row: Row) -> dict[str, list[tuple[str, object]]]:
    """What deciding a row says of each answer; types and values, since truth values equal numbers."""
    answers = decide(law, row.case, list(ANSWERS)).answers
    return {each.name: [(type(one.outcome).__name__, one.outcome) for one in each.outcomes] for each in answers}


def test_each_row_comes_to_what_deciding_it_under_either_law_says(tmp_path: Path) -> None:
    amended = shorter_bar()
    rows = load_registry(as_csv(tmp_path, ROWS), amended.base)

    found = asked(rows, amended)

    changed = {(each.row, each.answer) for each in found.affected}
    unsettled = {(each.row, each.answer) for each in found.unsettled}
    for number, row in enumerate(rows):
        before, after = (decided(law, row) for law in (amended.base, amended.pack))
        for answer in ANSWERS:
            single = len(before[answer]) == 1 == len(after[answer]) and "Between" not in str(before[answer])
            assert ((number, answer) in changed) == (single and before[answer] != after[answer]), (number, answer)
            assert ((number, answer) in unsettled) == (not single), (number, answer)


def test_enterprises_are_counted_by_what_changes_and_by_what_they_have_in_common(tmp_path: Path) -> None:
    amended = shorter_bar()

    found = asked(load_registry(as_csv(tmp_path, ROWS), amended.base), amended)

    assert {(answer, len(before), len(after)): number for (answer, before, after), number in found.counts().items()}[
        "may_draw", 1, 1
    ] == 1  # fmt: skip
    assert (found.rows, len(found.changing), len(found.open)) == (8, 5, 2)
    assert {(each.answer, each.first) for each in found.unsettled if each.row == 4} == {
        ("may_draw", ("wasted",)),
        ("barred_until", ("wasted",)),
    }


def test_a_workbook_and_lines_of_json_say_the_same_as_a_table(tmp_path: Path) -> None:
    pack = shorter_bar().base
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    book.active.append([date(2026, 3, 20), True, date(2026, 3, 1), None, None, None])
    book.save(tmp_path / "register.xlsx")
    line = {"as_of": "2026-03-20", "plot_rented": True, "wasted": [{"seen_on": "2026-03-01"}]}
    (tmp_path / "register.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")

    tables = [load_registry(tmp_path / f"register.{kind}", pack) for kind in ("xlsx", "jsonl")]
    tables.append(load_registry(as_csv(tmp_path, ROWS[:1]), pack))

    facts = [row.case.facts for (row,) in tables]
    assert facts[0] == facts[1] == facts[2]


def test_what_is_wrong_in_rows_is_told_at_once_each_at_its_cell(tmp_path: Path) -> None:
    path = as_csv(tmp_path, [["2026-13-20", "true", "", "", "none", ""], ["2026-03-20", "perhaps", "", "", "none", ""]])

    with pytest.raises(InputError) as caught:
        load_registry(path, shorter_bar().base)

    assert [(problem.place.line, problem.place.column) for problem in caught.value.problems] == [(2, 1), (3, 2)]


def test_a_heading_that_names_no_fact_is_refused_with_the_one_that_was_meant(tmp_path: Path) -> None:
    path = as_csv(tmp_path, [["2026-03-20", "true"]], ["as_of", "plot_rentd"])

    with pytest.raises(InputError) as caught:
        load_registry(path, shorter_bar().base)

    assert [str(problem).replace(str(path), "register.csv") for problem in caught.value.problems] == [
        "register.csv:1:2: there is no fact 'plot_rentd'\n    did you mean 'plot_rented'?"
    ]


def test_a_row_that_contradicts_itself_is_refused_at_its_place(tmp_path: Path) -> None:
    amended = shorter_bar()
    rows = load_registry(as_csv(tmp_path, [*ROWS[:1], ["2026-03-20", "true", "2020-01-02", "", "", ""]]), amended.base)

    with pytest.raises(InputError) as caught:
        asked(rows, amended)

    assert [(problem.place.line, problem.place.column) for problem in caught.value.problems] == [(3, 1)]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "register.pdf"
    path.write_bytes(b"%PDF")

    with pytest.raises(InputError) as caught:
        load_registry(path, shorter_bar().base)

    assert "give a file that ends in .csv, .xlsx, .jsonl" in str(caught.value)


def refused(path: Path) -> list[str]:
    """What is wrong, each with its place in the file."""
    with pytest.raises(InputError) as caught:
        load_registry(path, shorter_bar().base)
    return [f"{problem.place.line}:{problem.place.column}: {problem.what}" for problem in caught.value.problems]


def workbook(folder: Path) -> tuple[openpyxl.Workbook, Path]:
    book = openpyxl.Workbook()
    for row in (["plot_rented", "as_of", "wasted"], ["true", "2025-11-03", "none"], ["true", "2025-11-03", "none"]):
        book.worksheets[0].append(row)
    return book, folder / "register.xlsx"


def test_merged_cells_are_refused_since_only_the_first_holds_the_value(tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book.worksheets[0].merge_cells("B2:B3")
    book.save(path)

    assert refused(path) == ["2:2: the cells B2:B3 are merged, and only the first of them holds the value"]


def test_merged_cells_of_another_sheet_are_refused_with_the_name_of_that_sheet(tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book.create_sheet("说明 & 备注").merge_cells("B2:B3")
    book.move_sheet("说明 & 备注", -1)
    book.save(path)

    what = "the cells B2:B3 of the sheet '说明 & 备注' are merged, and only the first of them holds the value"
    assert refused(path) == [f"2:2: {what}"]
    assert told(what, "zh") == "工作表“说明 & 备注”的B2:B3是合并单元格，只有第一格有值"


def test_a_formula_saved_without_its_value_is_not_taken_for_an_empty_cell(tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book.worksheets[0]["B3"] = "=DATE(2025,11,3)"
    book.save(path)

    assert refused(path) == ["3:2: this cell holds a formula without its value"]


def test_a_second_sheet_that_is_filled_is_not_passed_over(tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book.create_sheet("2026").append(["plot_rented"])
    book.create_sheet("空")
    book.save(path)

    with pytest.raises(InputError) as caught:
        load_registry(path, shorter_bar().base)

    assert "several sheets of this workbook are filled: Sheet, 2026" in str(caught.value)


def test_a_cell_below_an_empty_heading_is_not_passed_over(tmp_path: Path) -> None:
    path = as_csv(tmp_path, [["true", "2025-11-03", "none"]], ["plot_rented", "", "wasted"])

    assert refused(path) == ["2:2: this cell has no heading"]


def test_a_whole_and_a_part_of_it_in_one_row_are_refused_as_one_would_be_lost(tmp_path: Path) -> None:
    path = as_csv(tmp_path, [["none", "2026-03-01"], ["", "2026-03-01"], ["none", ""]], ["wasted", "wasted[0].seen_on"])

    assert refused(path) == ["2:1: another cell of this row states a part of 'wasted'"]


def test_columns_divided_by_another_mark_are_told_of_once_at_the_heading(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text("plot_rented;as_of\ntrue;2025-11-03\ntrue;2025-11-03\n", encoding="utf-8")

    assert refused(path) == ["1:1: the columns are divided by ';', not by a comma"]


def test_the_day_number_of_a_spreadsheet_is_answered_with_its_day(tmp_path: Path) -> None:
    path = as_csv(tmp_path, [["true", "46016", "none"]], ["plot_rented", "as_of", "wasted"])

    with pytest.raises(InputError) as caught:
        load_registry(path, shorter_bar().base)

    assert [problem.instead for problem in caught.value.problems] == ["write it as 2025-12-25"]
