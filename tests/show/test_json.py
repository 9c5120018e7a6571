"""Reports as JSON: the whole form compared with a file, and valid by its schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from goldens import matches
from lending import library
from lending_decisions import answer, by_reading, decision, failing, lowered_to, mixed, span, whole_decision
from read_library import library as read_library
from zhunsheng.ask import report
from zhunsheng.ask.report import Answer, Count, CoverageReport, ProvisionAccount, Status, TextReport
from zhunsheng.lang.outcome import Failure, FailureKind
from zhunsheng.lang.types import Text
from zhunsheng.read import parse_case
from zhunsheng.show.deciding import json as show_json
from zhunsheng.show.deciding.case_yaml import case_mapping, case_text
from zhunsheng.show.deciding.schema import decision_schema
from zhunsheng.show.texts.pack_schema import pack_schema

PACK = library()
GOLDENS = Path(__file__).parent / "goldens"
VALIDATOR = jsonschema.Draft202012Validator(decision_schema())
LOST = Failure(FailureKind.CONFLICT, "standing_on", "from-the-card | damage")
ALL = [
    failing(PACK, LOST), failing(PACK, Failure(FailureKind.NO_DATA, "city", "2027")), by_reading(PACK), mixed(PACK), span(PACK),
    failing(PACK, Failure(FailureKind.GAP, "max", "blocked_until")), answer(PACK, "standing_now", Status.GAP),
    answer(PACK, "standing_now", Status.DETERMINED, "level"), lowered_to(PACK),
    answer(PACK, "lowered_to", Status.UNLAWFUL_CHOICE, lawful=("suspended", "ordinary_minus")),
    answer(PACK, "lowered_to", Status.NOT_SHOWN, complete=False, why_not_shown="time"),
]  # fmt: skip


def test_a_whole_decision_is_as_in_its_file() -> None:
    text = show_json.dumps(show_json.decision_json(PACK, whole_decision(PACK)))

    assert matches(text.rstrip("\n"), GOLDENS / "decision.json")


def test_the_schemas_are_schemas() -> None:
    jsonschema.Draft202012Validator.check_schema(decision_schema())
    jsonschema.Draft202012Validator.check_schema(pack_schema())


def test_a_whole_decision_satisfies_the_schema() -> None:
    VALIDATOR.validate(json.loads(show_json.dumps(show_json.decision_json(PACK, whole_decision(PACK)))))


@pytest.mark.parametrize("given", ALL)
def test_every_kind_of_answer_satisfies_the_schema(given: Answer) -> None:
    VALIDATOR.validate(json.loads(show_json.dumps(show_json.decision_json(PACK, decision(PACK, given)))))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), 2),
        (("pack", "digest"), None),
        (("answers", "may_borrow", "status"), "maybe"),
        (("answers", "may_borrow", "firm"), "yes"),
        (("answers", "may_borrow", "depends_on"), {"facts": []}),
        (("answers", "may_borrow", "outcomes", 0), {"value": True, "gap": True, "by": {}, "witness": None}),
        (("answers", "may_borrow", "outcomes", 0), {"by": {}, "witness": None}),
        (("answers", "may_borrow", "surprise"), 1),
        (("duties", "desk-checks", "by"), "2025-11-05"),
    ],
)
def test_the_schema_refuses_what_is_not_of_the_format(path: tuple[Any, ...], value: Any) -> None:
    data: Any = json.loads(show_json.dumps(show_json.decision_json(PACK, whole_decision(PACK))))
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value

    assert not VALIDATOR.is_valid(data)


@pytest.mark.parametrize(
    ("given", "outcomes"),
    [
        (
            failing(PACK, LOST),
            [{"conflict": {"definition": "standing_on", "provision": "3", "rules": ["from-the-card", "damage"]}}],
        ),
        (
            failing(PACK, Failure(FailureKind.GAP, "new_standing")),
            [{"gap": {"definition": "new_standing", "provision": "8(1)"}}],
        ),
        (
            failing(PACK, Failure(FailureKind.GAP, "max", "blocked_until")),
            [{"gap": {"definition": "blocked_until", "provision": "7", "aggregate": "max"}}],
        ),
        (failing(PACK, Failure(FailureKind.NO_DATA, "city", "2027")), [{"no_data": {"table": "city", "key": "2027"}}]),
        (span(PACK), [{"between": {"least": "2025-11-04", "greatest": "2026-11-03"}}, {"value": "none"}]),
        (answer(PACK, "standing_now", Status.DETERMINED, "level"), [{"value": {"tie": ["ordinary", "honoured"]}}]),
        (answer(PACK, "standing_now", Status.GAP, FailureKind.GAP), [{"gap": True}]),
    ],
)
def test_an_outcome_says_what_it_is(given: Answer, outcomes: list[Any]) -> None:
    found = show_json.answer_json(PACK, given)["outcomes"]

    assert found == [{**outcome, "by": {}, "witness": None} for outcome in outcomes]


def test_a_witness_is_a_case_that_can_be_read_again() -> None:
    pack = read_library()
    case = parse_case("pack: library\nfacts:\n  as_of: 2024-11-04\n  card: none\n  loans: []\n", "case.yaml", pack)

    again = parse_case(case_text(pack, case), "again.yaml", pack)

    assert again.digest == case.digest
    assert case_mapping(pack, case)["facts"]["as_of"] == "2024-11-04"


def test_text_that_is_not_ascii_stays_readable() -> None:
    assert show_json.dumps({"title": "甲"}) == '{\n  "title": "甲"\n}\n'


def test_the_pack_schema_describes_the_canonical_form() -> None:
    validator = jsonschema.Draft202012Validator(pack_schema())
    data = json.loads(read_library().canonical)

    validator.validate(data)
    data["definitions"][0]["surprise"] = 1
    assert not validator.is_valid(data)


def test_scenarios_coverage_and_the_account_of_the_text_have_a_form_of_their_own() -> None:
    covered = CoverageReport((Count(Text("规则", "rules"), 1, 2, (("may_borrow/suspended", "never fired"),)),))
    account = ProvisionAccount("3(1)", ("may_borrow",), (), (("满两次", ("rule x",)),), None, "王馆员", "0123")

    assert show_json.scenarios_json(report.TestReport(()), covered) == {
        "format": 1, "passed": 0, "failed": 0, "results": [],
        "coverage": [
            {
                "what": {"zh": "规则", "en": "rules"}, "covered": 1, "total": 2,
                "missing": [{"what": "may_borrow/suspended", "why": "never fired"}],
            }
        ],
    }  # fmt: skip
    assert show_json.text_report_json(TextReport((account,), ("9",), ("3(1)",))) == {
        "format": 1,
        "provisions": [
            {
                "provision": "3(1)", "definitions": ["may_borrow"], "duties": [],
                "qualifiers": [{"word": "满两次", "covered_by": ["rule x"]}], "not_computed": None, "reviewed": "王馆员",
                "fingerprint": "0123", "wording": None,
            }
        ],
        "unaccounted": ["9"],
        "unreviewed": ["3(1)"],
    }  # fmt: skip
