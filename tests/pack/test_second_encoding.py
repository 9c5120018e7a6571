"""The law encoded a second time, in plain Python from its text alone, and compared with the pack case by case.

The two share nothing above the case: not the language, not a rule, not the people's first reading of it. A difference is
either a mistake on one side or a dispute about the text; disputes stand in `second/known.py`, each with a case here in which
it is still there. `ALL=1`: many more cases, every option of every reading in turn, and every fault.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from second.comparing import Difference, differences
from second.faults import FAULTS, Fault, broken
from second.known import KNOWN, unexplained
from second.random_cases import OPTIONS, Drawing, readings
from second.reading import DEFAULTS, case
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack

ROOT = Path(__file__).parents[2]
ALL = bool(os.environ.get("ALL"))
CASES = 20_000 if ALL else 400
OF_EACH_OPTION = 150
EVERY = 1 if ALL else 6
"""Of the faults, every one or every sixth."""


@cache
def law() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


def disputed(pack: Pack, seed: int, taken: Mapping[str, str]) -> list[Difference] | None:
    """The differences about one random case that no known dispute explains; None: the case is not possible."""
    facts = Drawing(seed).facts()
    found = differences(pack, facts, taken)
    return None if found is None else unexplained(case(facts, taken), found)


def told(seed: int, found: list[Difference]) -> str:
    return "".join(f"\n{seed}: {one.answer}: second {set(one.ours)}, pack {set(one.theirs)}" for one in found)


def test_the_two_encodings_agree_or_their_difference_is_a_known_dispute(capsys: pytest.CaptureFixture[str]) -> None:
    tried = [(seed, disputed(law(), seed, readings(random.Random(seed)))) for seed in range(CASES)]

    possible = [(seed, found) for seed, found in tried if found is not None]
    with capsys.disabled():
        print(f"\nsecond encoding: {len(possible)} of {CASES} random cases possible and compared")
    assert "".join(told(seed, found) for seed, found in possible) == ""
    assert len(possible) > CASES / 2


def options() -> Iterator[tuple[str, str]]:
    for name, of_it in OPTIONS.items():
        yield from ((name, option) for option in of_it if option != DEFAULTS[name])


@pytest.mark.skipif(not ALL, reason="thousands of cases: ALL=1")
@pytest.mark.parametrize(("name", "option"), [*options()])
def test_they_agree_under_each_option_taken_by_itself(name: str, option: str) -> None:
    first = 1_000_000 + 1_000 * [*options()].index((name, option))
    taken = {**DEFAULTS, name: option}

    tried = [(seed, disputed(law(), seed, taken)) for seed in range(first, first + OF_EACH_OPTION)]

    assert "".join(told(seed, found) for seed, found in tried if found) == ""


# -- the disputes

FAMILIES = ("organized", "fugitive", "materials", "emission_limits", "treatment", "monitoring", "management",
            "transport", "records")  # fmt: skip
PLAIN: dict[str, Any] = {
    "as_of": "2025-12-01",
    "enterprise": {"name": "某企业", "district": "米东区"},
    "ratings": [],
    "downgrades": [],
    "violations": [],
    "refused_under_15": [],
    "application": "none",
    "finding": [],
    "self_assessment_filed": True,
    "self_assessments": [],
    "branch_load": [],
    "alert": "none",
}


def line(name: str, level: str, ladder: str = "abcd") -> dict[str, Any]:
    return {"name": name, "industry": "玻璃", "ladder": ladder, "indicators": dict.fromkeys(FAMILIES, level)}


def result(grade: str, of: str = "none") -> dict[str, Any]:
    days = {"publicity_from": "2025-03-10", "publicity_to": "2025-03-14"}
    return {"year": 2025, "grade": grade, **days, "objection": "none", "applied_on": "none", "line": of}


def finding(trigger: str, found_on: str = "2025-05-01", **more: Any) -> dict[str, Any]:
    plain = {"requested_grade": "none", "attained": "none", "material": True, "line": "none"}
    return {"trigger": trigger, "found_on": found_on, **plain, **more}


def violation(first: str, last: str) -> dict[str, Any]:
    return {"kind": "over_permit_amount", "from": first, "to": last, "found_on": last, "penalised_on": "none",
            "judged_on": "none"}  # fmt: skip


def filed(day: str, target: str, of: str = "none") -> dict[str, Any]:
    return {"filed_on": day, "target": target, "complete": True, "line": of}


def fallen(start: str, end: str, on: str, of: str = "none") -> dict[str, Any]:
    none = dict.fromkeys(("published_on", "publicity_from", "publicity_to", "found_on"), "none")
    return {"trigger": "violation", "from": start, "to": end, "meeting_on": on, "reviewed_on": on, **none, "line": of}


APART = [line("一", "A"), line("二", "D")]
MIXED = [line("一", "leading", "leading"), line("二", "A")]
GRADED_APART = [result("A", "一"), result("D", "二")]
AGREED: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "findings about lines of two ladders, one choice": (
        {
            "lines": MIXED,
            "ratings": [result("leading", "一"), result("A", "二")],
            "finding": [finding("violation", line="一"), finding("violation", line="二")],
        },
        {},
    ),
    "a line that stands above the overall grade": (
        {"lines": APART, "ratings": GRADED_APART, "finding": [finding("violation", line="一")]},
        {},
    ),
    "a finding about an enterprise one line of which stands above the overall grade": (
        {"lines": APART, "ratings": GRADED_APART, "finding": [finding("violation")]},
        {},
    ),
    "an application for a line that has fallen": (
        {
            "lines": APART,
            "ratings": GRADED_APART,
            "downgrades": [fallen("A", "C", "2025-04-05", "一")],
            "application": filed("2025-06-01", "C", "一"),
        },
        {},
    ),
}
DISPUTES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "a request that cannot apply": (
        {
            "lines": [line("一", "A", "abc")],
            "ratings": [result("A")],
            "finding": [finding("superior_request", requested_grade="D")],
        },
        {},
    ),
    "re-checked at grading": (
        {
            "lines": [line("一", "A")],
            "violations": [violation("2025-07-01", "2025-07-02")],
            "application": filed("2025-06-01", "A"),
        },
        {"art15_recheck_at_grading": "rechecked"},
    ),
    "a grade left as it is at a tie": (
        {
            "lines": MIXED,
            "ratings": [result("non-leading", "一"), result("C", "二")],
            "finding": [finding("violation")],
        },
        {"item5_discretion": "whether_and_how_far", "cross_ladder": "lead_a_non_c"},
    ),
    "a check that states a level, where one step down is all": (
        {"lines": [line("一", "A")], "ratings": [result("A")], "finding": [finding("recheck_shortfall", attained="D")]},
        {"shortboard": "one_step"},
    ),
    "busy days at the end of the calendar": (
        {
            "lines": [line("一", "A")],
            "application": filed("2026-12-30", "A"),
            "branch_load": [{"day": "2026-12-29", "received": 2}, {"day": "2026-12-30", "received": 4}],
        },
        {},
    ),
    "filings on a day off": (
        {
            "lines": [line("一", "A")],
            "application": filed("2026-03-07", "A"),
            "branch_load": [{"day": "2026-03-07", "received": 5}],
        },
        {},
    ),
    "a bar that ends on a day off beyond the calendar": (
        {
            "lines": [line("一", "A")],
            "ratings": [result("A")],
            "downgrades": [fallen("A", "C", "2026-01-01")],
            "violations": [violation("2026-12-01", "2026-12-02")],
            "application": filed("2027-01-02", "A"),
        },
        {"roll_ban_end": "roll"},
    ),
}


def test_every_known_dispute_has_a_case() -> None:
    assert [*DISPUTES] == [known.name for known in KNOWN]


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.name)
def test_a_known_dispute_is_still_one_and_explains_its_case_alone(known: Any) -> None:
    facts, taken = DISPUTES[known.name]
    facts, taken = {**PLAIN, **facts}, {**DEFAULTS, **taken}

    found = differences(law(), facts, taken)

    assert found
    assert [one for one in found if not known.explains(case(facts, taken), one)] == []


@pytest.mark.parametrize("name", AGREED)
def test_of_lines_graded_apart_the_two_agree(name: str) -> None:
    facts, taken = AGREED[name]

    assert differences(law(), {**PLAIN, **facts}, {**DEFAULTS, **taken}) == []


# -- the referee can see


@pytest.mark.parametrize("fault", FAULTS[::EVERY], ids=lambda fault: fault.name)
def test_a_fault_put_into_the_law_is_noticed(fault: Fault, tmp_path: Path) -> None:
    pack = broken(fault, tmp_path)

    found = disputed(pack, fault.seen_at, readings(random.Random(fault.seen_at)))

    assert found, f"{fault.name}: not noticed at {fault.seen_at}"


@pytest.mark.skipif(not ALL, reason="each fault over hundreds of cases: ALL=1")
def test_how_many_cases_it_takes_to_notice_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen: Counter[str] = Counter()
    for n, fault in enumerate(FAULTS):
        pack = broken(fault, tmp_path / str(n))
        for seed in range(CASES // 20):
            if disputed(pack, seed, readings(random.Random(seed))):
                seen[fault.name] = seed + 1
                break

    with capsys.disabled():
        print("".join(f"\n{seen[fault.name] or '-':>6}  {fault.name}" for fault in FAULTS))
    assert len(seen) == len(FAULTS)
