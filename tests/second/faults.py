"""Thirty faults put into the law by hand, each a way in which somebody could really get it wrong."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack

LAW = Path(__file__).parents[2] / "policy" / "urumqi-2025"


@dataclass(frozen=True)
class Fault:
    """In one file of the pack, `said`, where it first stands after `after`, becomes `says`."""

    name: str
    file: str
    after: str
    said: str
    says: str
    seen_at: int
    """The first random case (its seed) at which the fault is noticed."""


def broken(fault: Fault, folder: Path) -> Pack:
    """A copy of the pack with the fault in it."""
    copy = folder / "law"
    shutil.copytree(LAW, copy)
    file = copy / fault.file
    head, mark, tail = file.read_text("utf-8").partition(fault.after)
    if not mark or fault.said not in tail:
        raise LookupError(f"{fault.name}: the pack no longer says this")
    file.write_text(head + mark + tail.replace(fault.said, fault.says, 1), "utf-8")
    return load_pack(copy)


GENERAL, FILING, FALLING = "articles/01-general.yaml", "articles/03-application.yaml", "articles/04-adjustment.yaml"
NUMBERS = "parameters.yaml"


def _general(name: str, after: str, said: str, says: str, seen_at: int) -> Fault:
    return Fault(name, GENERAL, f"define: {after}", said, says, seen_at)


def _filing(name: str, after: str, said: str, says: str, seen_at: int) -> Fault:
    return Fault(name, FILING, f"define: {after}", said, says, seen_at)


def _falling(name: str, after: str, said: str, says: str, seen_at: int) -> Fault:
    return Fault(name, FALLING, f"define: {after}", said, says, seen_at)


FAULTS = (
    _general("the best indicator decides", "line.lowest_indicator", "min(place", "max(place", 0),
    _general("b minus steps down to d", "one_below", "value: B_minus", "value: D", 853),
    _general(
        "leading ranks with b where it should with a", "rank\n", "value: place_on_ladder(A)", "value: place_on_ladder(B)", 313
    ),
    _general(
        "an enterprise without a result is stopped as at c",
        "line.rung_for_measures",
        "otherwise: lowest_rung(line.table_ladder)",
        "otherwise: C",
        26,
    ),
    _general("b is stopped at orange", "clinker_measure", "value: output_cut", "value: stopped", 594),
    _filing("the filing day is looked at too", "hit_under_15", "violation.seen_from < day", "violation.seen_from <= day", 32),
    _filing(
        "the far end of the look-back is lost",
        "hit_under_15",
        "violation.seen_to == day - lookback_period",
        "violation.seen_to > day",
        22,
    ),
    _filing("over-limit amounts do not count", "violation.counts_under_15", "over_permit_amount,", "", 115),
    _filing("similar offences always count", "violation.counts_under_15", "and art15_other != listed", "", 70),
    _filing("a crime counts by its act", "violation.seen_from", "violation.kind == crime", "violation.kind == other", 235),
    _filing(
        "a refusal bars the year after too",
        "barred_from_upper_tier",
        "year(refusal.filed_on) == year(filing_day)",
        "year(refusal.filed_on) + 1 >= year(filing_day)",
        2,
    ),
    _filing("article 15 bars c as well", "may_apply_for", "and in_upper_tier(wanted) and barred", "and barred", 0),
    _filing("the bar stops renewals", "may_apply_for", "and locked_out and would_rise(wanted)", "and locked_out", 8),
    _filing(
        "the bar stops falls instead of rises",
        "would_rise",
        "not at_least(grade_held_when_filing, wanted)",
        "at_least(grade_held_when_filing, wanted)",
        8,
    ),
    _filing("what is asked for is what is given", "assessed", "value: level_reached", "value: application.target", 0),
    _filing(
        "c is not put up beforehand where it is the lowest",
        "pre_publicity",
        "assessed in (C, tie_c_non_leading)",
        "assessed in (C, tie_c_non_leading) and c_above_lowest",
        16,
    ),
    _filing(
        "four are a busy branch",
        "branch_busy",
        "next_working_day(filing_day)) > busy",
        "next_working_day(filing_day)) >= busy",
        27,
    ),
    Fault("five days for the review", NUMBERS, "parameter: review_workdays", "value: 2", "value: 5", 2),
    _falling(
        "a result applies on the last day of publicity",
        "rating.stands_from",
        "rating.publicity_to + result_wait",
        "rating.publicity_to",
        25,
    ),
    _falling(
        "a pending objection does not matter",
        "rating.stands_from",
        "rating.objection == no_objection",
        "rating.objection != upheld",
        29,
    ),
    _falling(
        "publicity revives what a downgrade took",
        "settled_on",
        "joint_grade(lower_letter(result_letter(day), fallen_letter(day)),",
        "joint_grade(result_letter(day),",
        4,
    ),
    _falling(
        "a downgrade in publicity is struck by the new result",
        "downgrades_since",
        "downgrade_in_publicity == new_result",
        "downgrade_in_publicity == strikes",
        4,
    ),
    _falling(
        "a first result applies while it is put up",
        "grade_on",
        "new_in_publicity not in (proposed, none)",
        "new_in_publicity == none",
        48,
    ),
    _falling(
        "found before grading is enough",
        "finding_item.after_grading",
        "and any(r.stands_from != none and r.stands_from <= finding_item.found_on for r in ratings)",
        "and any(r.stands_from != none for r in ratings)",
        16,
    ),
    _falling(
        "item 5 may leave c at c",
        "item5_allows",
        "and not at_least(g, grade_at_stake(name))",
        "and (g == C or not at_least(g, grade_at_stake(name)))",
        162,
    ),
    _falling("item 5 may lower to b", "item5_allows", "and not in_upper_tier(g)", "", 507),
    _falling(
        "the highest of several findings counts",
        "lowest_of_findings",
        "min((place_on_ladder(letter_part",
        "max((place_on_ladder(letter_part",
        78,
    ),
    _falling(
        "bribery brings the bar",
        "downgrade.counts_for_bar",
        "downgrade.trigger == violation",
        "downgrade.trigger in (violation, bribery)",
        2,
    ),
    _falling("the bar begins the day after", "downgrade.bars", "downgrade.bar_start <= day", "downgrade.bar_start < day", 27),
    _falling(
        "the city's meeting is enough for an upper-tier fall",
        "downgrade.takes_effect_on",
        "downgrade.reviewed_on",
        "downgrade.meeting_on",
        5,
    ),
)
