"""Random complete cases, aimed at boundaries: every day lies a little to one side of some other, or of its anniversary."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from second.applying import years_on
from second.ladders import LADDERS, UPPER
from second.reading import DEFAULTS

FAMILIES = (
    "organized",
    "fugitive",
    "materials",
    "emission_limits",
    "treatment",
    "monitoring",
    "management",
    "transport",
    "records",
)
PIVOTS = [date(*day) for day in (
    (2025, 3, 5), (2025, 3, 6), (2025, 3, 7), (2025, 6, 19), (2025, 9, 26), (2025, 12, 31), (2026, 1, 1), (2026, 2, 13),
    (2026, 2, 28), (2026, 9, 30), (2027, 2, 28), (2027, 3, 1), (2028, 2, 29),
)]  # fmt: skip
INDUSTRIES = ("铸造", "水泥", "玻璃", "石灰窑")
OPTIONS = {
    "shortboard": ("min", "one_step"),
    "cross_ladder": ("lead_a_non_c", "lead_a_non_d", "lead_b_non_c"),
    "bminus": ("rung", "same_as_b"),
    "lowest": ("industry", "always_d"),
    "item5_from_c": ("strict_lower", "may_stay"),
    "item5_discretion": ("how_far", "whether_and_how_far"),
    "lockout_scope": ("item5", "items_1_2_5", "all"),
    "lockout_start": ("effective", "meeting", "region_review", "published"),
    "lockout_length": ("anniversary", "days_365", "year_end"),
    "lockout_unit": ("enterprise", "industry"),
    "lockout_if_lowest": ("no_bar", "bar"),
    "roll_ban_end": ("no_roll", "roll"),
    "art15_year": ("calendar_year", "per_application", "one_year"),
    "art15_bar_from": ("filing", "refusal"),
    "art15_window": ("far_end_in", "far_end_out"),
    "art15_event": ("existed", "found", "penalised"),
    "art15_penalty_required": ("not_required", "required"),
    "art15_other": ("listed", "similar", "any"),
    "art15_recheck_at_grading": ("not_rechecked", "rechecked"),
    "prev_result": ("last_in_force", "label", "published"),
    "new_in_publicity": ("lowest", "proposed", "none"),
    "downgrade_in_publicity": ("strikes", "new_result"),
    "downgrade_effect": ("competent_body", "city", "after_publicity"),
    "no_report": ("keep", "lowest"),
    "measures_scope": ("overall_grade_own_table", "own_grade", "worst_table"),
    "busy_days": ("working", "calendar"),
    "count_start_day": ("excluded", "included"),
    "calendar": ("national", "national_and_local"),
}


def readings(rng: random.Random) -> dict[str, str]:
    """The defaults, or one to three readings changed; the mapping between the ladders is always drawn."""
    drawn = dict(DEFAULTS)
    for name in rng.sample(sorted(OPTIONS), rng.choice((0, 1, 1, 2, 3))):
        drawn[name] = rng.choice(OPTIONS[name])
    drawn["cross_ladder"] = rng.choice(OPTIONS["cross_ladder"])
    return drawn


class Drawing:
    """One case. Every day is near the pivot, near a day already drawn, or near an anniversary of one."""

    def __init__(self, seed: int, by_line: bool | None = None) -> None:
        self.seed, self.rng = seed, random.Random(seed)
        self.days = [self.rng.choice(PIVOTS)]
        self.by_line = self.rng.random() < 0.2 if by_line is None else by_line

    def facts(self) -> dict[str, Any]:
        self.lines = self._lines()
        facts: dict[str, Any] = {"enterprise": {"name": "某企业", "district": "米东区"}, "lines": self.lines}
        facts["ratings"] = self._ratings()
        facts["downgrades"] = [self._downgrade() for _ in range(self.rng.choice((0, 0, 1, 1, 2, 3)))]
        facts["violations"] = [self._violation() for _ in range(self.rng.choice((0, 1, 1, 2)))]
        facts["refused_under_15"] = [self._refusal() for _ in range(self.rng.choice((0, 0, 0, 1)))]
        facts["as_of"] = self.day()
        facts["application"] = self._application()
        facts["finding"] = [self._finding() for _ in range(self.rng.choice((0, 1, 1, 2)))]
        facts["self_assessments"] = self._reports(facts["as_of"])
        listed = any(one["year"] == facts["as_of"].year - 1 for one in facts["self_assessments"])
        facts["self_assessment_filed"] = listed or self.rng.random() < 0.3
        facts["branch_load"] = self._load(facts["application"])
        facts["alert"] = self.rng.choice(("none", "yellow", "orange", "red"))
        return facts

    # -- days

    def day(self) -> date:
        near = self.rng.choice(self.days)
        near = years_on(near, self.rng.choice((0, 0, 0, -1, -1, 1)))
        found = near + timedelta(days=self.rng.choice((0, 0, 1, -1, 1, -1, 2, -2, 5, -5, 40, -40)))
        self.days.append(found)
        return found

    def in_order(self, n: int) -> list[date]:
        start = self.day()
        steps = [self.rng.choice((0, 0, 1, 2, 7, 30)) for _ in range(n - 1)]
        found = [start]
        for step in steps:
            found.append(found[-1] + timedelta(days=step))
        self.days += found
        return found

    # -- what there is

    def _lines(self) -> list[dict[str, Any]]:
        n = self.rng.choice((1, 1, 1, 2, 2, 3))
        return [self._line(f"{i + 1}号线") for i in range(n)]

    def _line(self, name: str) -> dict[str, Any]:
        ladder = self.rng.choice(("abcd", "abcd", "ab-bcd", "abc", "leading"))
        top = self.rng.choice(LADDERS[ladder])
        levels = LADDERS[ladder][LADDERS[ladder].index(top) :]
        drawn = {family: self.rng.choice((top, top, top, *levels)) for family in FAMILIES}
        for family in self.rng.sample(FAMILIES, self.rng.choice((0, 0, 1, 8))):
            drawn[family] = "n/a"
        return {"name": name, "industry": self.rng.choice(INDUSTRIES), "ladder": ladder, "indicators": drawn}

    def a_line(self) -> str:
        return str(self.rng.choice(self.lines)["name"])

    def grades_of(self, line: str = "none") -> list[str]:
        return [grade for one in self.lines if line in ("none", one["name"]) for grade in LADDERS[one["ladder"]]]

    def _ratings(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        windows: list[tuple[date, date]] = []
        for _ in range(self.rng.choice((0, 1, 1, 2, 2, 3))):
            first = self.day()
            last = first + timedelta(days=self.rng.choice((0, 1, 4, 6, 20)))
            if any(first <= other and start <= last for start, other in windows):
                continue
            windows.append((first, last))
            self.days += [last, last + timedelta(days=1)]
            found += self._publicity(first, last)
        self.rng.shuffle(found)
        return found

    def _publicity(self, first: date, last: date) -> list[dict[str, Any]]:
        about: Iterable[str] = [one["name"] for one in self.lines] if self.by_line else ["none"]
        shared = {
            "year": first.year - self.rng.choice((0, 0, 1)),
            "publicity_from": first,
            "publicity_to": last,
            "objection": self.rng.choice(("none", "none", "none", "none", "pending", "upheld")),
            "applied_on": self.rng.choice(("none", first - timedelta(days=self.rng.choice((1, 30, 200))))),
        }
        return [{**shared, "line": line, "grade": self.rng.choice(self.grades_of(line))} for line in about]

    def _downgrade(self) -> dict[str, Any]:
        line = self.a_line() if self.rng.random() < 0.2 else "none"
        ladder = self.rng.choice([LADDERS[one["ladder"]] for one in self.lines if line in ("none", one["name"])])
        start = self.rng.randrange(len(ladder))
        end = self.rng.randrange(min(start + 1, len(ladder) - 1), len(ladder))
        if ladder[start] == "C" and self.rng.random() < 0.2:
            end = start  # what `may_stay` and a lowest C allow: a decision that lowers nothing
        meeting, reviewed, published = self.in_order(3)
        shown = self.in_order(2) if self.rng.random() < 0.3 else None
        return {
            "trigger": self.rng.choice(("violation", "violation", "violation", "false_materials", "bribery",
                                        "superior_request", "recheck_shortfall")),
            "from": ladder[start],
            "to": ladder[end],
            "meeting_on": meeting,
            "reviewed_on": reviewed if ladder[start] in UPPER and self.rng.random() < 0.85 else "none",
            "published_on": published if self.rng.random() < 0.8 else "none",
            "publicity_from": shown[0] if shown else "none",
            "publicity_to": shown[1] if shown else "none",
            "found_on": "none",
            "line": line,
        }  # fmt: skip

    def _violation(self) -> dict[str, Any]:
        first, last, found, penalised = self.in_order(4)
        kind = self.rng.choice(("over_permit_concentration", "over_permit_amount", "unapproved_construction",
                                "monitoring_absent", "similar", "other", "crime"))  # fmt: skip
        judged = penalised if kind == "crime" and self.rng.random() < 0.6 else "none"
        return {
            "kind": kind,
            "from": first,
            "to": last,
            "found_on": found,
            "penalised_on": penalised if self.rng.random() < 0.5 else "none",
            "judged_on": judged,
        }

    def _refusal(self) -> dict[str, Any]:
        filed, refused = self.in_order(2)
        return {"filed_on": filed, "refused_on": refused}

    def _application(self) -> dict[str, Any] | str:
        if self.rng.random() < 0.1:
            return "none"
        line = self.a_line() if self.rng.random() < (0.6 if self.by_line else 0.2) else "none"
        target = self.rng.choice(self.grades_of(line) if self.rng.random() < 0.9 else ["A", "B-", "D", "leading"])
        return {"filed_on": self.day(), "target": target, "complete": self.seed % 9 != 4, "line": line}

    def _finding(self) -> dict[str, Any]:
        line = self.a_line() if self.rng.random() < 0.2 else "none"
        anything = self.grades_of(line)
        return {
            "trigger": self.rng.choice(("violation", "violation", "false_materials", "bribery", "superior_request",
                                        "recheck_shortfall")),
            "found_on": self.day(),
            "requested_grade": self.rng.choice(("none", self.rng.choice(anything), self.rng.choice("ABCD"))),
            "attained": self.rng.choice(("none", self.rng.choice(anything))),
            "material": self.rng.choice((True, True, False)),
            "line": line,
        }  # fmt: skip

    def _reports(self, as_of: date) -> list[dict[str, Any]]:
        years = self.rng.sample(range(as_of.year - 2, as_of.year + 1), self.rng.choice((0, 0, 1, 2)))
        return [{"year": year, "filed_on": date(year, 8, 31), "level": self.rng.choice(self.grades_of())} for year in years]

    def _load(self, application: dict[str, Any] | str) -> list[dict[str, Any]]:
        if isinstance(application, str):
            return []
        days = {application["filed_on"] + timedelta(days=self.rng.choice((-3, -1, 0, 0, 1, 3))) for _ in range(2)}
        return [{"day": day, "received": self.rng.choice((1, 2, 2, 3, 4, 5))} for day in sorted(days)]
