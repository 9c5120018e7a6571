"""A complete case as plain data, for the second encoding: dates as dates, what does not exist as None.

The second encoding reads the law's text, not our pack: nothing here or beside it imports from `zhunsheng`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Facts = Mapping[str, Any]

DEFAULTS: Mapping[str, str] = {
    "shortboard": "min",
    "cross_ladder": "lead_a_non_c",  # the text names none; whoever asks tries all three
    "bminus": "rung",
    "lowest": "industry",
    "item5_from_c": "strict_lower",
    "item5_discretion": "how_far",
    "lockout_scope": "item5",
    "lockout_start": "effective",
    "lockout_length": "anniversary",
    "lockout_unit": "enterprise",
    "lockout_if_lowest": "no_bar",
    "roll_ban_end": "no_roll",
    "art15_year": "calendar_year",
    "art15_bar_from": "filing",
    "art15_window": "far_end_in",
    "art15_event": "existed",
    "art15_penalty_required": "not_required",
    "art15_other": "listed",
    "art15_recheck_at_grading": "not_rechecked",
    "prev_result": "last_in_force",
    "new_in_publicity": "lowest",
    "downgrade_in_publicity": "strikes",
    "downgrade_effect": "competent_body",
    "no_report": "keep",
    "measures_scope": "overall_grade_own_table",
    "busy_days": "working",
    "count_start_day": "excluded",
    "calendar": "national",
}


@dataclass(frozen=True)
class Case:
    """Facts of one enterprise, and what each reading is taken to be."""

    facts: Facts
    readings: Mapping[str, str]

    def reads(self, name: str, option: str) -> bool:
        return self.readings[name] == option

    def day(self) -> date:
        """The day asked about."""
        day: date = stated(self.facts["as_of"])
        return day

    def many(self, name: str) -> list[Facts]:
        """The elements of a list; a finding may be written alone, or be none."""
        listed = self.facts[name]
        if listed == "none":
            return []
        return [listed] if isinstance(listed, Mapping) else list(listed)

    def application(self) -> Facts | None:
        filed = self.facts["application"]
        return None if filed == "none" else filed

    def lines(self) -> list[Facts]:
        return self.many("lines")


def case(facts: Facts, readings: Mapping[str, str] | None = None) -> Case:
    return Case(facts, {**DEFAULTS, **(readings or {})})


def stated(written: Any) -> Any:
    """A day written as text becomes one; `none` becomes None; anything else stays."""
    if written == "none":
        return None
    if isinstance(written, str) and len(written) == 10 and written[4] == "-":
        return date.fromisoformat(written)
    return written


def get(element: Facts, name: str) -> Any:
    return stated(element.get(name, "none"))


def day_of(element: Facts, name: str) -> date | None:
    """A day that an element may have."""
    day: date | None = get(element, name)
    return day


def names_line(element: Facts) -> str | None:
    """The line or process that an element is about; None where it is about the whole enterprise."""
    line: str | None = get(element, "line")
    return line
