"""What a check says of no case is so of no case: small laws made up at random, whose definitions take elements, names and grades,
held against every case there is of a few elements."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from building import define, listing, rule, tiny_pack
from zhunsheng.ask.check import check
from zhunsheng.ask.findings import Checked, Kind
from zhunsheng.ask.questions import Differs, Holds, arising, seen
from zhunsheng.evaluate import Element, Run
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import NONE

pytestmark = pytest.mark.xdist_group("checks of small laws")  # one process: each is checked once
PACKS = 100 if os.environ.get("ALL") else 10
TODAY = date(2028, 2, 29)
NAMES, GRADES = ("p", "q", "r"), ("D", "C")
OF_A_LINE = [
    "line.grade == C", "any(l.grade == D and l.name != line.name for l in lines)", "all(l.grade == line.grade for l in lines)",
    "any(e.line == line.name for e in events)", "count(l for l in lines) >= 2", "applied == line.name", "flag",
    "named(line.name)",
]  # fmt: skip
OF_A_NAME = [
    "any(l.name == n for l in lines)", "applied == n", "any(e.line == n for e in events)", "applied != n and flag",
    "any(l.name != n and l.grade == C for l in lines)", "any(l.name == applied and l.name != n for l in lines)",
]  # fmt: skip
OF_A_GRADE = ["any(l.grade == g for l in lines)", "g == C", "flag", "all(l.grade != g for l in lines)"]
OF_ALL = [
    "any(l.mark == C for l in lines)", "all(l.mark == l.grade for l in lines)", "named(applied)", "judged(C)", "judged(D)",
    "any(judged(l.grade) and named(l.name) for l in lines)", "flag", "count(e for e in events) >= 1",
]  # fmt: skip
ANSWERS = ("line.mark", "whole", "few")
KINDS = (Kind.GAP, Kind.CONFLICT, Kind.DEAD, Kind.IDLE)


def law(seed: int) -> Pack:
    rng = random.Random(seed)

    def some(conditions: list[str]) -> str:
        one, other = rng.sample(conditions, 2)
        return rng.choice([one, f"({one}) and ({other})", f"({one}) and not ({other})", f"({one}) or ({other})"])

    def rest(*values: str) -> str | None:
        return rng.choice([None, None, *values])

    return replace(
        tiny_pack(
            facts={"today": "day", "flag": "yes/no", "applied": "text"},
            collections={
                "lines": ("line", {"name": "text", "grade": "grade"}), "events": ("event", {"line": "text or none"}),
            },
            keys={"lines": "name"} if seed % 3 else {}, enumerations={"grade": "D C"},
            definitions=[
                define("named", "yes/no", rule("a", some(OF_A_NAME), "True"), otherwise="False", parameters={"n": "text"}),
                define("judged", "yes/no", rule("a", some(OF_A_GRADE), "True"), rule("b", some(OF_A_GRADE), "False", ["a"]),
                       otherwise=rest("False"), parameters={"g": "grade"}),
                define("line.mark", "grade", rule("a", some(OF_A_LINE), "C"), rule("b", some(OF_A_LINE), "line.grade"),
                       otherwise=rest("D", "line.grade")),
                define("whole", "yes/no", rule("a", some(OF_ALL), "True"), rule("b", some(OF_ALL), "False", ["a"]),
                       otherwise=rest("False")),
                define("few", "grade", rule("a", some(OF_ALL), "C"), otherwise=rest("D")),
            ],
            horizon=(TODAY, TODAY),
        ),
        answers=ANSWERS, as_of="today",
    )  # fmt: skip


def every_case(pack: Pack) -> Iterator[Run]:
    """Every case of at most two lines (one more under another name) and one event."""
    keyed = pack.collections["lines"].key is not None
    lines = [{"name": name, "grade": grade} for name in NAMES for grade in GRADES]
    chosen = [list(some) for size in range(3) for some in itertools.combinations_with_replacement(lines, size)]
    if keyed:
        chosen = [some for some in chosen if len({each["name"] for each in some}) == len(some)]
    events: list[list[dict[str, Any]]] = [[], *([{"line": name}] for name in ("p", "q", NONE))]
    for some, event, flag, applied in itertools.product(chosen, events, (False, True), ("p", "q")):
        facts = {"today": TODAY, "flag": flag, "applied": applied, "lines": listing(*some), "events": listing(*event)}
        yield Run(pack, facts, {}, {})


def arguments(run: Run, definition: Definition) -> Iterator[dict[str, Any]]:
    options: dict[str, list[Any]] = {
        "line": [Element("lines", index) for index in range(len(run.facts.facts["lines"].elements))],
        "text": list(NAMES), "grade": list(GRADES),
    }  # fmt: skip
    names = [name for name, _ in definition.parameters]
    for values in itertools.product(*(options[type_.base] for _, type_ in definition.parameters)):
        yield dict(zip(names, values, strict=True))


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
    return found


def told(checked: Checked) -> tuple[set[str], set[str]]:
    """What is said to be so in no case; what is said to fail in some."""
    never = {finding.key for finding in checked.findings if finding.kind in (Kind.DEAD, Kind.IDLE)}
    fails = {f"{f.kind.value} {f.subject}" for f in checked.findings if f.kind in (Kind.GAP, Kind.CONFLICT)}
    return never, fails


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


def test_the_sample_has_findings_of_each_kind() -> None:
    kinds = {finding.kind for seed in range(PACKS) for finding in checked_law(seed).findings}

    assert kinds == set(KINDS)


def test_most_of_the_sample_is_settled() -> None:
    left_open = [bool(checked_law(seed).not_shown) for seed in range(PACKS)]

    assert sum(left_open) < PACKS * 2 / 3
