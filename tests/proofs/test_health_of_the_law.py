"""What a check finds in the measures, unaided by what is recorded, and what every finding's case shows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from zhunsheng.ask.checking.check import check
from zhunsheng.ask.checking.findings import Checked, Finding, Kind
from zhunsheng.ask.deciding.decide import decide
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack, load_theorems, parse_case
from zhunsheng.show.deciding.case_yaml import case_text

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.xdist_group("health of the law")  # one process: the law is checked once
HOPES = ROOT / "proofs" / "hopes.yaml"
EXPECTED = {
    "two ladders without a common order (4, 5)": "matters cross_ladder lead_a_non_d",
    "no earlier result in publicity (18)": "matters new_in_publicity proposed",
    "the window between filing and rating (15, 19(5))": "hope a-violation-between-filing-and-rating-has-a-consequence",
    "an enterprise already at the lowest rung (19(5))": "hope a-violation-found-after-grading-always-lowers",
    "neither change filed nor report given (17)": "matters no_report lowest",
    "article 18 against article 19": "matters downgrade_in_publicity new_result",
    "the year before in article 18": "matters prev_result label",
    "article 15 against 19(5)": "hope whoever-is-downgraded-waits-a-year",
    "the bar that items (1) and (2) lack": "matters lockout_scope items_1_2_5",
    "the recheck of a C that is the lowest rung (20)": "matters lowest always_d",
    "no level to go by where no indicator applies (5)": "gap line.lowest_indicator",
}


@cache
def law() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


@cache
def checked() -> Checked:
    return check(law(), load_theorems([HOPES], law()), ignore_records=True)


@pytest.mark.parametrize("key", EXPECTED.values(), ids=EXPECTED.keys())
def test_it_is_found_unaided(key: str) -> None:
    assert key in {finding.key for finding in checked().findings}


def test_a_level_that_nothing_fixes_is_found() -> None:
    assert [finding.subject for finding in checked().findings if finding.kind is Kind.UNBOUNDED] == ["superior_level"]


def test_every_fault_is_recorded_and_every_record_holds() -> None:
    recorded = {key for owner in (*law().readings.values(), *law().notes.values()) for key in owner.findings}
    faults = {each.key for each in checked().findings if each.kind.fault and not each.recorded}
    theirs = {key for key in faults if key.startswith("unused") and key not in recorded}  # of definitions only theorems use
    assert faults - theirs == recorded


def test_the_case_of_every_finding_shows_it() -> None:
    shown = [finding for finding in checked().findings if finding.case is not None and finding.answer]
    assert len(shown) > 30
    for finding in shown:
        if finding.kind in (Kind.GAP, Kind.CONFLICT):
            assert outcome(finding) == finding.kind.value, finding.key
        elif finding.kind is Kind.MATTERS:
            assert outcome(finding) in finding.outcomes, finding.key


def outcome(finding: Finding) -> str:
    """What deciding the finding's case file gives for the answer it names."""
    assert finding.case is not None
    case = parse_case(case_text(law(), finding.case), "finding.yaml", law())
    answer = decide(law(), case, [finding.answer], firmness=False).answers[0]
    found = answer.outcomes[0].outcome
    return getattr(found, "word", None) or written(answer.type.base, found)


def written(base: str, value: object) -> str:
    enumeration = law().enumerations.get(base)
    if isinstance(value, bool):
        return "true" if value else "false"
    return enumeration.by_name[str(value)].written if enumeration and str(value) in enumeration.by_name else str(value)
