"""The open questions of the text: each is owned once, and the switches are those that were fixed."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

from official_text import beside
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack

ROOT = Path(__file__).parents[2]
GROUPS = {"A": 9, "B": 9, "C": 13, "D": 26, "E": 25, "F": 4, "N": 31}
ENTRIES = [f"{group}{number}" for group, last in GROUPS.items() for number in range(1, last + 1)]
"""The ambiguities, gaps and conflicts found in the text, by label."""

SWITCHES = {
    "shortboard": ("min*", "one_step"),
    "cross_ladder": ("lead_a_non_c", "lead_a_non_d", "lead_b_non_c"),
    "bminus": ("rung*", "same_as_b"),
    "lowest": ("industry*", "always_d"),
    "item5_from_c": ("strict_lower*", "may_stay"),
    "item5_discretion": ("how_far*", "whether_and_how_far"),
    "lockout_scope": ("item5*", "items_1_2_5", "all"),
    "lockout_start": ("effective*", "meeting", "region_review", "published"),
    "lockout_length": ("anniversary*", "days_365", "year_end"),
    "lockout_unit": ("enterprise*", "industry"),
    "lockout_if_lowest": ("no_bar*", "bar"),
    "roll_ban_end": ("no_roll*", "roll"),
    "art15_year": ("calendar_year*", "per_application", "one_year"),
    "art15_event": ("existed*", "found", "penalised"),
    "art15_penalty_required": ("not_required*", "required"),
    "art15_other": ("listed*", "similar", "any"),
    "art15_recheck_at_grading": ("not_rechecked*", "rechecked"),
    "prev_result": ("last_in_force*", "label", "published"),
    "new_in_publicity": ("lowest*", "proposed", "none"),
    "downgrade_effect": ("competent_body*", "city", "after_publicity"),
    "no_report": ("keep*", "lowest"),
    "measures_scope": ("overall_grade_own_table*", "own_grade", "worst_table"),
    "busy_days": ("working*", "calendar"),
    "count_start_day": ("excluded*", "included"),
    "calendar": ("national*", "national_and_local"),
}
"""Readings whose names and options are fixed, because cases and amendments name them. A star marks the default."""

FURTHER = {
    "art15_window": ("far_end_in*", "far_end_out"),
    "art15_bar_from": ("filing*", "refusal"),
    "downgrade_in_publicity": ("strikes*", "new_result"),
}
"""Readings for further questions that often change an answer."""


@cache
def pack() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


def section(text: str, number: int) -> str:
    return text.split(f"\n## {number}. ")[1].split("\n## ")[0]


def options_of(name: str) -> tuple[str, ...]:
    spec = pack().readings[name]
    return tuple(f"{option.name}*" if option.name == spec.default else option.name for option in spec.options)


def test_each_question_is_owned_by_exactly_one_reading_or_note() -> None:
    owners = Counter(label for one in pack().readings.values() for label in one.entries)
    owners += Counter(label for one in pack().notes.values() for label in one.entries)
    assert {label: owners[label] for label in ENTRIES if owners[label] != 1} == {}
    assert sorted(set(owners) - set(ENTRIES)) == []


def test_the_analysis_has_these_questions() -> None:
    labels = re.findall(r"\*\*([A-Z]\d+)(?: \([HML]\))?", section(beside("analysis.md"), 8))
    assert sorted(set(labels)) == sorted(ENTRIES)


def test_the_readings_are_those_fixed_with_their_options_and_defaults() -> None:
    wanted = {**SWITCHES, **FURTHER}
    assert {name: sorted(options_of(name)) for name in pack().readings} == {
        name: sorted(options) for name, options in wanted.items()
    }


def test_the_analysis_fixes_these_switches() -> None:
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|[^|]*\| (.*) \|$", section(beside("analysis.md"), 9), re.MULTILINE)
    written = {name: tuple(re.sub(r"\(.*\)", "", options).replace(" ", "").split(",")) for name, options in rows}
    assert written == SWITCHES


def test_each_reading_argues_for_every_option_and_names_a_scenario() -> None:
    assert [
        (name, option.name)
        for name, spec in pack().readings.items()
        for option in spec.options
        if min(map(len, (option.argument.zh, option.argument.en))) < 30
    ] == []
    named = {spec.case for spec in pack().readings.values()}
    assert sorted(name for name in named if not (ROOT / "scenarios" / f"{name}.yaml").is_file()) == []
