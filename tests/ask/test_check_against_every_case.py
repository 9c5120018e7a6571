"""What a check says of no case is so of no case: small laws made up at random, whose definitions take elements, names and grades,
held against every case there is of a few elements."""

from __future__ import annotations

import os
from functools import cache
from itertools import permutations

import pytest

from small_laws import ANSWERS, arguments, every_case, law
from zhunsheng.ask.checking.check import check
from zhunsheng.ask.checking.findings import Checked, Kind
from zhunsheng.ask.checking.questions import Differs, Holds, arising, clashes, seen
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack

pytestmark = pytest.mark.xdist_group("checks of small laws")  # one process: each is checked once
PACKS = 100 if os.environ.get("ALL") else 10
KINDS = (Kind.GAP, Kind.CONFLICT, Kind.DEAD, Kind.IDLE)


def tried_out(pack: Pack) -> set[str]:
    """What is so in some case, in the words in which a finding would say the opposite (of failures, the same)."""
    found = set()
    for run in every_case(pack):
        for definition in pack.definitions.values():
            for args in arguments(run, definition):
                for each in definition.rules:
                    if f"idle {definition.name} {each.name}" not in found and seen(Holds(each.name), run, definition, args):
                        found.add(f"dead {definition.name} {each.name}")
                        if seen(Differs(each.name), run, definition, args):
                            found.add(f"idle {definition.name} {each.name}")
                if definition.name in ANSWERS:
                    for kind in (FailureKind.GAP, FailureKind.CONFLICT):
                        there = arising(run, definition, tuple(args.values()), kind)
                        found |= {f"{kind.word} {name}" for name in there}
                    found |= {f"clash {' '.join(each)}" for each in clashes(run, definition, tuple(args.values()))}
    return found


def told(checked: Checked) -> tuple[set[str], set[str]]:
    """What is said to be so in no case; what is said to fail in some."""
    never = {finding.key for finding in checked.findings if finding.kind in (Kind.DEAD, Kind.IDLE)}
    fails = {f"{f.kind.value} {f.subject}" for f in checked.findings if f.kind in (Kind.GAP, Kind.CONFLICT)}
    return never, fails


def clashing(checked: Checked) -> set[str]:
    """Each two rules that are told to clash, among others perhaps."""
    told = [finding.key.split(" ")[1:] for finding in checked.findings if finding.kind is Kind.CONFLICT]
    return {f"clash {name} {one} {other}" for name, *rules in told for one, other in permutations(rules, 2)}


@cache
def checked_law(seed: int) -> Checked:
    return check(law(seed), only=KINDS)


@pytest.mark.parametrize("seed", range(PACKS))
def test_what_is_so_in_some_small_case_is_not_said_to_be_so_in_none(seed: int) -> None:
    pack = law(seed)
    checked = checked_law(seed)

    never, fails = told(checked)
    found = tried_out(pack)

    left_open = {name for name, _ in checked.not_shown}  # where no number of elements is enough
    failing = {each for each in found if each.startswith(("gap ", "conflict ")) and each.split(" ")[1] not in left_open}

    assert never & found == set()
    assert failing <= fails
    assert {each for each in found if each.startswith("clash ") and each.split(" ")[1] not in left_open} <= clashing(checked)


def test_the_sample_has_findings_of_each_kind() -> None:
    kinds = {finding.kind for seed in range(PACKS) for finding in checked_law(seed).findings}

    assert kinds == set(KINDS)


def test_most_of_the_sample_is_settled() -> None:
    left_open = [bool(checked_law(seed).not_shown) for seed in range(PACKS)]

    assert sum(left_open) < PACKS * 2 / 3
