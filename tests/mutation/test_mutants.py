"""The scenarios catch nearly every fault that can be put into the law. `ALL=1`: every fault; else a fixed sample of them."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from mutation.catching import Checks
from mutation.equivalence import verdict
from mutation.mutants import OPERATORS, Mutant, mutants
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack, load_scenario, parse_case

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
OF_EACH = 8
"""How many faults of each operator the sample holds, at least."""
MOST_SURVIVING = 0.05


@dataclass(frozen=True)
class Tally:
    """The faults tried, and what became of those that no scenario catches."""

    tried: tuple[Mutant, ...]
    equivalent: dict[str, str]
    surviving: dict[str, str]

    def table(self) -> str:
        lines = [f"{'fault':20} {'tried':>6} {'caught':>7} {'same':>6} {'left':>6}"]
        tried = Counter(mutant.operator for mutant in self.tried)
        same, left = (Counter(name.partition(" | ")[0] for name in names) for names in (self.equivalent, self.surviving))
        for name in OPERATORS:
            caught = tried[name] - same[name] - left[name]
            lines.append(f"{name:20} {tried[name]:6} {caught:7} {same[name]:6} {left[name]:6}")
        caught = len(self.tried) - len(self.equivalent) - len(self.surviving)
        lines.append(f"{'all':20} {len(self.tried):6} {caught:7} {len(self.equivalent):6} {len(self.surviving):6}")
        lines += [f"same: {name}: {why}" for name, why in self.equivalent.items()]
        lines += [f"left: {name}: {why}" for name, why in self.surviving.items()]
        return "\n".join(lines)


def sample(found: list[Mutant]) -> list[Mutant]:
    """Of each operator's faults, every n-th: the same at every run."""
    chosen: list[Mutant] = []
    for operator in OPERATORS:
        own = [mutant for mutant in found if mutant.operator == operator]
        step = max(1, len(own) // OF_EACH)
        chosen += own[step // 2 :: step]
    return chosen


def tally(pack: Pack, checks: Checks, tried: list[Mutant]) -> Tally:
    left = [mutant for mutant in tried if checks.catching(mutant) is None]
    verdicts = {str(mutant): verdict(pack, mutant) for mutant in left}
    return Tally(
        tuple(tried),
        {name: found.why for name, found in verdicts.items() if found.same},
        {name: found.why for name, found in verdicts.items() if not found.same},
    )


def test_a_fault_in_the_law_is_caught_by_a_scenario_or_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    pack = load_pack(ROOT / "policy" / "urumqi-2025")
    files = sorted((ROOT / "scenarios").glob("*.yaml"))
    checks = Checks(pack, [case for file in files for case in load_scenario(file, pack)])
    found = mutants(pack)
    result = tally(pack, checks, found if os.environ.get("ALL") else sample(found))

    with capsys.disabled():
        print(f"\n{len(result.tried)} of {len(found)} faults, {checks.number} expected answers\n{result.table()}")
    assert {mutant.operator for mutant in result.tried} == set(OPERATORS)
    assert all(result.equivalent.values())
    assert len(result.surviving) <= MOST_SURVIVING * len(result.tried)


# -- the machinery itself, on the communal garden


@cache
def garden() -> Pack:
    return load_pack(TESTS / "packs" / "garden")


def fault(of: str, operator: str, what: str = "") -> Mutant:
    return next(one for one in mutants(garden()) if (one.of, one.operator) == (of, operator) and what in one.what)


def checks(*days_and_answers: tuple[str, str]) -> Checks:
    """Scenarios of a tenant who wasted water on 2025-06-05, each on a day and with what it expects."""
    cases = [
        parse_case(
            f"pack: garden\nfacts:\n  as_of: {day}\n  plot_rented: true\n  wasted: [{{seen_on: 2025-06-05}}]\n"
            f"expect:\n  {expected}\n",
            "case.yaml",
            garden(),
        )
        for day, expected in days_and_answers
    ]
    return Checks(garden(), cases)


def test_each_rule_comparison_boundary_override_otherwise_and_parameter_has_its_faults() -> None:
    assert sorted(str(one) for one in mutants(garden()) if one.of.startswith(("may_draw", "parameter"))) == [
        "boundary moved | may_draw/barred | as_of <= barred_until -> as_of + days(1) <= barred_until",
        "boundary moved | may_draw/barred | as_of <= barred_until -> as_of <= barred_until + days(1)",
        "comparison flipped | may_draw/barred | as_of <= barred_until -> as_of < barred_until",
        "otherwise dropped | may_draw/otherwise | ",
        "otherwise negated | may_draw/otherwise | ",
        "override removed | may_draw/barred | of rents-a-plot",
        "override reversed | may_draw/barred | of rents-a-plot",
        "parameter moved | parameter bar | +1",
        "parameter moved | parameter bar | -1",
        "rule dropped | may_draw/barred | ",
        "rule dropped | may_draw/rents-a-plot | ",
    ]


def test_a_guard_turned_round_is_no_expression_and_no_fault() -> None:
    guards = [one for one in mutants(garden()) if "barred_until != none" in one.what]
    assert guards == []


def test_only_a_scenario_on_the_day_itself_catches_a_flipped_comparison() -> None:
    flipped = fault("may_draw/barred", "comparison flipped")
    around = checks(("2025-07-04", "may_draw: false"), ("2025-07-06", "may_draw: true"))
    assert around.catching(flipped) is None
    assert checks(("2025-07-05", "may_draw: false")).catching(flipped) is not None


def test_a_boundary_moved_by_a_day_is_caught_on_one_side_only() -> None:
    later = fault("may_draw/barred", "boundary moved", "<= barred_until + days(1)")
    assert checks(("2025-07-05", "may_draw: false")).catching(later) is None
    assert checks(("2025-07-06", "may_draw: true")).catching(later) is not None


def test_a_parameter_moved_is_caught_where_the_answer_rests_on_it() -> None:
    longer = fault("parameter bar", "parameter moved", "+1")
    assert checks(("2025-06-30", "may_draw: false")).catching(longer) is None
    assert checks(("2025-06-30", "barred_until: 2025-07-05")).catching(longer) is not None
    assert checks(("2025-06-30", "reply_by: 2025-07-03")).catching(longer) is None


def test_a_scenario_that_is_missed_catches_nothing() -> None:
    assert checks(("2025-07-05", "may_draw: true")).number == 0


def test_a_fault_that_some_case_tells_is_not_called_the_same() -> None:
    for one in (
        fault("may_draw/barred", "comparison flipped"),
        fault("may_draw/rents-a-plot", "rule dropped"),
        fault("may_draw/barred", "override removed"),
        fault("parameter bar", "parameter moved", "-1"),
    ):
        assert not verdict(garden(), one).same


def test_a_fault_that_no_case_tells_is_the_same_and_the_reason_says_how_far_it_goes() -> None:
    rules = garden().definitions["may_draw"].rules
    twice = replace(garden().definitions["may_draw"], rules=(*rules, replace(rules[0], name="again", overrides=())))
    pack = replace(garden(), definitions={**garden().definitions, "may_draw": twice})
    barred = tuple(replace(r, overrides=("rents-a-plot", "again")) if r.name == "barred" else r for r in twice.rules)
    pack = replace(pack, definitions={**pack.definitions, "may_draw": replace(twice, rules=barred)})
    dropped = next(one for one in mutants(pack) if one.of == "may_draw/again" and one.operator == "rule dropped")
    assert verdict(pack, dropped).why == "may_draw comes to the same everywhere"
    assert verdict(pack, dropped).same
