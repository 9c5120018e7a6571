"""Small laws made up at random whose definitions take elements, names and grades; and every case of a few elements."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from building import define, listing, rule, tiny_pack
from zhunsheng.evaluate import Element, Run
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import NONE

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
