"""A case written back as a case file says what it said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from goldens import files
from read_library import CASES, case_of, library
from zhunsheng.lang.case import UNKNOWN, Case, ChoiceMade, Listing, Source
from zhunsheng.lang.types import NONE, Text
from zhunsheng.read import load_scenario, parse_case
from zhunsheng.show.deciding.case_yaml import case_mapping, case_text

PACK = library()


@pytest.mark.parametrize("path", files(CASES, "*.yaml"), ids=lambda path: path.stem)
def test_every_case_is_read_back_as_it_was(path: Path) -> None:
    for case in load_scenario(path, PACK):
        again = parse_case(case_text(PACK, case), "again.yaml", PACK)

        assert (again.digest, again.sources, again.choices) == (case.digest, case.sources, case.choices)


@pytest.mark.parametrize("path", files(CASES, "*.yaml"), ids=lambda path: path.stem)
def test_the_mapping_written_as_yaml_by_anyone_is_the_same_case(path: Path) -> None:
    for case in load_scenario(path, PACK):
        text = yaml.safe_dump(case_mapping(PACK, case), allow_unicode=True)

        assert parse_case(text, "again.yaml", PACK).digest == case.digest


def test_a_case_file_is_in_block_style_in_the_packs_order() -> None:
    case = case_of(
        "loans: [{mark: 甲, sort: map, due_on: 2024-10-31}]\ncard: none\nas_of: 2024-11-04",
        "readings: {lowest: none}\n",
    )

    assert case_text(PACK, replace(case, title=Text("逾期", "Overdue"))) == (
        "format: 1\n"
        "pack: library\n"
        "title:\n"
        "  zh: 逾期\n"
        "  en: Overdue\n"
        "facts:\n"
        "  as_of: 2024-11-04\n"
        "  reader:\n"
        "    branch: none\n"
        "  card: none\n"
        "  loans:\n"
        "    - mark: 甲\n"
        "      sort: map\n"
        "      due_on: 2024-10-31\n"
        "      complaint: none\n"
        "readings:\n"
        "  lowest: none\n"
    )


def test_what_is_unknown_is_left_out_unless_leaving_out_means_something() -> None:
    case = case_of("as_of: 2024-11-04")
    complaint: dict[str, Any] = {"mark": "甲", "complaint": UNKNOWN}
    loans = Listing((complaint,), complete=False)

    facts = case_mapping(PACK, replace(case, facts={**case.facts, "loans": loans}))["facts"]

    assert facts == {
        "as_of": "2024-11-04",
        "reader": {"branch": "none"},
        "loans": {"known": [{"mark": "甲", "complaint": "unknown"}], "others": "unknown"},
    }


@pytest.mark.parametrize(
    "name", ["none", "unknown", "n/a", "no", "2024-11-04", "12", "{}", "甲: 乙", "*甲", "", " 甲 ", "甲\n乙"]
)
def test_a_name_that_looks_like_something_else_is_still_a_name(name: str) -> None:
    case = case_of("reader: {name: 王五}")
    odd = replace(case, facts={**case.facts, "reader": {**case.facts["reader"], "name": name}})

    again = yaml.safe_load(case_text(PACK, odd))

    assert again["facts"]["reader"]["name"] == name
    assert "'" in case_text(PACK, odd) or '"' in case_text(PACK, odd)


def test_sources_and_reasons_come_along() -> None:
    case = case_of("as_of: 2024-11-04", "discretion: {fine_level: suspended}\n")
    told = replace(
        case, sources={"as_of": Source("台账", "")}, choices={"fine_level": ChoiceMade("ordinary_minus", "馆长", "初犯")},
    )  # fmt: skip

    assert case_mapping(PACK, told) == {
        "format": 1, "pack": "library", "title": "case",
        "facts": {"as_of": {"value": "2024-11-04", "source": "台账"}, "reader": {"branch": "none"}},
        "discretion": {"fine_level": {"choose": "ordinary-", "by": "馆长", "reason": "初犯"}},
    }  # fmt: skip


def test_the_day_up_to_which_the_facts_are_known_is_written_if_it_is_another_day() -> None:
    case = case_of("as_of: 2024-11-04")

    assert "known_until" not in case_mapping(PACK, case)
    assert case_mapping(PACK, replace(case, known_until=date(2025, 1, 1)))["known_until"] == "2025-01-01"


def test_a_list_of_at_most_one_is_written_as_that_one() -> None:
    def warnings(*elements: Any) -> Any:
        case: Case = case_of("as_of: 2024-11-04")
        facts = {**case.facts, "warnings": Listing(elements, complete=True)}
        return case_mapping(PACK, replace(case, facts=facts))["facts"]["warnings"]

    assert warnings() == []
    assert warnings({"given_on": date(2024, 5, 1), "mark": "甲"}) == {"given_on": "2024-05-01", "marks": ["甲"]}
    assert warnings({"given_on": date(2024, 5, 1), "mark": NONE}, {"given_on": date(2024, 6, 1), "mark": UNKNOWN}) == [
        {"given_on": "2024-05-01"}, {"given_on": "2024-06-01", "marks": "unknown"},
    ]  # fmt: skip
