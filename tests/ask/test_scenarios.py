"""Scenarios run: what is compared, and how a miss is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from read_library import library
from zhunsheng.ask.deciding.answers import all_asked, asked_by_name
from zhunsheng.ask.report import Missed, ScenarioResult
from zhunsheng.ask.testing.scenarios import run_scenarios
from zhunsheng.errors import InputError
from zhunsheng.read import load_pack, load_scenario

ROOT = Path(__file__).parents[2]
FACTS = """\
pack: library
facts:
  as_of: 2024-11-04
  card: {issued_on: 2024-03-05, held: ordinary, paid: true}
  scores: {care: ordinary, time: honoured}
  loans:
    - {mark: 甲, sort: book, from: 2024-10-01, due_on: 2024-10-31, returned_on: none}
  warnings: []
"""


def run(folder: Path, text: str) -> tuple[ScenarioResult, ...]:
    file = folder / "a-scenario.yaml"
    file.write_text(text, encoding="utf-8")
    return run_scenarios(library(), [file]).results


def missed(folder: Path, expect: str, facts: str = FACTS) -> tuple[Missed, ...]:
    return run(folder, facts + expect)[0].missed


def test_nothing_is_missed_where_all_comes_out_as_expected(tmp_path: Path) -> None:
    expect = "expect:\n  may_borrow: true\n  loans[甲].overdue: true\n  may_borrow_sort[rare]: false\n"
    assert missed(tmp_path, expect) == ()


def test_a_wrong_value_is_told_as_a_case_writes_it(tmp_path: Path) -> None:
    expect = "expect:\n  may_borrow: false\n  loans[甲].overdue: true\n"
    assert missed(tmp_path, expect) == (Missed("may_borrow", "outcomes", "false", "true"),)


def test_a_value_expected_where_the_answer_is_open_misses_status_and_outcomes(tmp_path: Path) -> None:
    facts = FACTS.replace("paid: true", "paid: unknown")
    assert missed(tmp_path, "expect:\n  may_borrow: true\n", facts) == (
        Missed("may_borrow", "status", "determined", "open"),
        Missed("may_borrow", "outcomes", "true", "false, true"),
    )


def test_only_the_keys_written_are_compared_and_outcomes_as_a_set(tmp_path: Path) -> None:
    facts = FACTS.replace("paid: true", "paid: unknown")
    assert missed(tmp_path, "expect:\n  may_borrow: {status: open}\n", facts) == ()
    assert missed(tmp_path, "expect:\n  may_borrow: {outcomes: [true, false]}\n", facts) == ()
    assert missed(tmp_path, "expect:\n  may_borrow: {outcomes: [false, true]}\n", facts) == ()


def test_what_an_answer_depends_on_is_compared_kind_by_kind(tmp_path: Path) -> None:
    facts = FACTS.replace("paid: true", "paid: unknown")
    right = "expect:\n  may_borrow: {depends_on: {facts: [card.paid], readings: []}}\n"
    wrong = "expect:\n  may_borrow: {depends_on: {facts: [card.held], discretion: []}}\n"
    assert missed(tmp_path, right, facts) == ()
    assert missed(tmp_path, wrong, facts) == (Missed("may_borrow", "depends_on.facts", "card.held", "card.paid"),)


def test_other_readings_are_compared_where_the_scenario_says_how_firm_an_answer_is(tmp_path: Path) -> None:
    expect = """\
expect:
  standing_now:
    firm: {firm}
    differs_under:
      - readings: {{lowest: none}}
        outcomes: [{outcome}]
"""
    facts = FACTS.replace("held: ordinary", "held: honoured")
    assert missed(tmp_path, expect.format(firm="no", outcome="honoured"), facts) == ()
    assert missed(tmp_path, expect.format(firm="every", outcome="ordinary"), facts) == (
        Missed("standing_now", "firm", "every", "no"),
        Missed("standing_now", "differs_under", "lowest: none → ordinary", "lowest: none → honoured"),
    )


def test_a_failure_is_not_taken_for_a_value(tmp_path: Path) -> None:
    facts = FACTS.replace("{care: ordinary, time: honoured}", "{care: n/a, time: n/a}")
    assert missed(tmp_path, "expect:\n  standing_now: {gap: true}\n", facts) == ()
    assert missed(tmp_path, "expect:\n  standing_now: honoured\n", facts) == (
        Missed("standing_now", "status", "determined", "gap"),
        Missed("standing_now", "outcomes", "honoured", "(gap)"),
    )


def test_both_parts_of_a_duty_are_compared(tmp_path: Path) -> None:
    right = "expect:\n  duties[desk-answers]: {owed: true, by: 2024-03-08}\n"
    wrong = "expect:\n  duties[desk-answers]: {owed: false, by: 2024-03-07}\n"
    assert missed(tmp_path, right) == ()
    assert missed(tmp_path, wrong) == (
        Missed("duties[desk-answers].owed", "outcomes", "false", "true"),
        Missed("duties[desk-answers].by", "outcomes", "2024-03-07", "2024-03-08"),
    )


def test_facts_that_cannot_be_are_a_miss_of_that_variation_alone(tmp_path: Path) -> None:
    text = FACTS + (
        "expect:\n  may_borrow: true\n"
        "also:\n"
        '  - set: {"loans[甲].due_on": 2024-09-30}\n    expect: {may_borrow: true}\n'
        "  - set: {card.paid: false}\n    expect: {may_borrow: false}\n"
    )
    results = run(tmp_path, text)
    assert [(result.variation, len(result.missed)) for result in results] == [(0, 0), (1, 1), (2, 0)]
    told = results[1].missed[0]
    assert (told.answer, told.key, told.expected) == ("facts", "", "may_borrow")
    assert told.got.split("\n    ")[1:] == [
        "A loan is not due before it begins.",
        "loans[甲].due_on = 2024-09-30; loans[甲].from = 2024-10-01",
    ]


def test_files_that_cannot_be_read_are_all_told_before_anything_is_run(tmp_path: Path) -> None:
    files = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for file in files:
        file.write_text(FACTS + "expect:\n  may_borow: true\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        run_scenarios(library(), files)
    assert [(Path(problem.place.file).name, problem.what) for problem in refused.value.problems] == [
        ("one.yaml", "there is no answer 'may_borow'"),
        ("two.yaml", "there is no answer 'may_borow'"),
    ]


def test_progress_names_each_file_before_it_is_run(tmp_path: Path) -> None:
    files = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for file in files:
        file.write_text(FACTS + "expect:\n  may_borrow: true\n", encoding="utf-8")
    seen: list[tuple[str, int, int]] = []
    run_scenarios(library(), files, lambda *step: seen.append(step))
    assert seen == [("one.yaml", 0, 2), ("two.yaml", 1, 2)]


def test_an_element_of_a_list_written_without_brackets_has_answers_too() -> None:
    pack = load_pack(ROOT / "policy" / "urumqi-2025")
    case = load_scenario(ROOT / "scenarios" / "a-falsehood-counts-whether-or-not-its-weight-was-recorded.yaml", pack)[0]
    assert [asked.key for asked in asked_by_name(pack, case, ["finding_item.requires_downgrade"])] == [
        "finding.requires_downgrade"
    ]
    assert "measures[1号窑]" in [asked.key for asked in all_asked(pack, case)]
