"""What the scenarios try out of the law: all of it, or a reason on record."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from zhunsheng.ask.report import Count, CoverageReport
from zhunsheng.ask.testing.coverage import coverage
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack, load_scenario, parse_case

pytestmark = pytest.mark.xdist_group("coverage")  # one process: the scenarios are run once
TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
REASONS = TESTS / "data" / "coverage-reasons.yaml"
RULES, OPTIONS, BOUNDARIES, PARAMETERS = range(4)


@cache
def reasons() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(REASONS.read_text(encoding="utf-8"))
    return found


@cache
def of_the_pack() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


@cache
def of_the_law() -> CoverageReport:
    pack = of_the_pack()
    files = sorted((ROOT / "scenarios").glob("*.yaml"))
    return coverage(pack, [case for file in files for case in load_scenario(file, pack)], reasons())


def unexplained(count: Count) -> list[str]:
    return [name for name, why in count.missing if not why]


def test_every_rule_applies_in_one_scenario_and_not_in_another_or_a_reason_is_on_record() -> None:
    count = of_the_law().counts[0]
    assert count.total > 250
    assert unexplained(count) == []


def test_every_option_of_every_reading_changes_an_expected_answer() -> None:
    count = of_the_law().counts[1]
    assert count.total > 60
    assert count.missing == ()


def test_every_boundary_is_met_on_the_day_before_the_day_and_the_day_after_or_a_reason_is_on_record() -> None:
    count = of_the_law().counts[2]
    assert count.total > 40
    assert unexplained(count) == []


def test_every_parameter_is_met_on_both_sides_or_what_it_leads_to_is_expected() -> None:
    count = of_the_law().counts[3]
    assert count.total > 10
    assert count.missing == ()


def test_no_reason_is_on_record_for_what_is_covered() -> None:
    missing = [name for count in of_the_law().counts for name, _ in count.missing]

    def needed(name: str) -> bool:
        return any(one.startswith(name[:-1]) if name.endswith("*") else one == name for one in missing)

    assert [name for name in reasons() if not needed(name)] == []


def test_what_is_on_record_as_applying_in_no_case_applies_in_no_scenario() -> None:
    owners = (*of_the_pack().readings.values(), *of_the_pack().notes.values())
    recorded = {"/".join(key.split()[1:3]) for owner in owners for key in owner.findings if key.startswith("dead ")}
    never = {name.removesuffix(" never applies") for name, _ in of_the_law().counts[RULES].missing}

    assert recorded <= never
    assert "line.rung_for_measures/letter-of-a-tie" not in never  # a record that said so would be noticed


# -- the counting itself, on the communal garden


@cache
def garden() -> Pack:
    return load_pack(TESTS / "packs" / "garden")


def count(which: int, *days_and_answers: tuple[str, str], why: dict[str, str] | None = None) -> Count:
    """A count over scenarios of a tenant who wasted water on 2025-06-05, each on a day and with what it expects."""
    text = "pack: garden\nfacts:\n  as_of: {}\n  plot_rented: true\n  wasted: [{{seen_on: 2025-06-05}}]\nexpect:\n  {}\n"
    cases = [parse_case(text.format(day, expected), "case.yaml", garden()) for day, expected in days_and_answers]
    return coverage(garden(), cases, why).counts[which]


def test_without_scenarios_nothing_is_covered() -> None:
    report = coverage(garden(), [])
    assert [one.covered for one in report.counts] == [0, 0, 0, 0]
    assert [one.total for one in report.counts] == [len(one.missing) for one in report.counts] == [7, 2, 1, 1]


def test_a_rule_is_covered_once_it_applies_and_once_it_does_not() -> None:
    barred, free = ("2025-07-05", "may_draw: false"), ("2025-07-06", "may_draw: true")
    assert "may_draw/barred always applies" in dict(count(RULES, barred).missing)
    assert "may_draw/barred never applies" in dict(count(RULES, free).missing)
    assert "may_draw/barred" not in str(count(RULES, barred, free).missing)


def test_a_rule_that_is_defeated_does_not_apply() -> None:
    assert "may_draw/rents-a-plot never applies" in dict(count(RULES, ("2025-07-05", "may_draw: false")).missing)


def test_a_boundary_is_met_on_the_day_before_the_day_and_the_day_after() -> None:
    before, day, after = (("2025-07-04", "may_draw: false"), ("2025-07-05", "may_draw: false"), ("2025-07-06", "may_draw: true"))
    name = "may_draw: as_of <= barred_until not met at"
    assert dict(count(BOUNDARIES, before, after).missing) == {f"{name} 0": ""}
    assert dict(count(BOUNDARIES, day).missing) == {f"{name} -1, +1": ""}
    assert count(BOUNDARIES, before, day, after).missing == ()


def test_a_parameter_is_met_at_its_boundary_or_by_the_day_it_leads_to() -> None:
    assert dict(count(PARAMETERS, ("2025-07-05", "may_draw: false")).missing) == {"bar not met at -1, +1": ""}
    assert count(PARAMETERS, ("2025-01-01", "barred_until: 2025-07-05")).missing == ()


def test_an_option_counts_where_an_expected_answer_would_be_another_without_it() -> None:
    fixed = "\nreadings: {bar_from: next_day}"
    assert count(OPTIONS, ("2025-07-06", f"may_draw: false{fixed}")).covered == 2
    assert dict(count(OPTIONS, ("2025-07-01", f"may_draw: false{fixed}")).missing) == {
        "bar_from=same_day": "",
        "bar_from=next_day": "",
    }


def test_a_reason_stands_beside_what_it_explains_by_name_or_by_beginning() -> None:
    by_name = count(RULES, why={"may_draw/barred never applies": "not today"})
    assert dict(by_name.missing)["may_draw/barred never applies"] == "not today"
    by_beginning = count(RULES, why={"may_draw/*": "closed"})
    assert [name for name, why in by_beginning.missing if why] == [
        "may_draw/rents-a-plot never applies",
        "may_draw/barred never applies",
    ]
