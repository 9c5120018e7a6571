"""Answers about an element of a list, which may turn on the other elements of it: the classes are those of every case."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from building import define, listing, rule, tiny_pack
from two_laws import FIRST, GRADES
from zhunsheng.ask.comparing.compare import compare
from zhunsheng.errors import Place
from zhunsheng.evaluate import Element, Run
from zhunsheng.lang.amendment import Act, Amended, Amendment, Edit, Kind
from zhunsheng.lang.outcome import strongest
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.solve.paired import Key, Shift

MOST = 3
NAMES = ("p", "q", "r")
CONDITIONS = [
    "any(l.grade == B and l.name != line.name for l in lines)", "all(l.grade == line.grade for l in lines)",
    "any(l.grade == D for l in lines)", "line.grade == C", "count(l for l in lines) >= 2",
    "any(l.name != line.name and l.grade == line.grade for l in lines)",
]  # fmt: skip


def law(rng: random.Random, *, key: str | None) -> Pack:
    def test() -> str:
        one, other = rng.sample(CONDITIONS, 2)
        return rng.choice([one, f"({one}) and ({other})", f"({one}) or not ({other})"])

    return replace(
        tiny_pack(
            facts={"today": "day"}, collections={"lines": ("line", {"name": "text", "grade": "grade"})},
            keys={"lines": key} if key else {}, enumerations={"grade": "D C B"},
            definitions=[
                define("line.mark", "grade", rule("a", test(), "B"), rule("b", test(), "C", ["a"]),
                       otherwise=rng.choice(["D", "line.grade"])),
            ],
            horizon=(FIRST, FIRST),
        ),
        answers=("line.mark",), as_of="today",
    )  # fmt: skip


def amended(seed: int, key: str | None) -> Amended:
    rng = random.Random(seed)
    nothing = Text("", "")
    edits = (Edit(Act.REPLACE, Kind.DEFINITION, "line.mark"),)
    amendment = Amendment("made-up", "tiny", nothing, nothing, date(2028, 1, 1), None, edits, {}, Place(""))
    return Amended(law(rng, key=key), law(rng, key=key), (amendment,))


def every_list(key: str | None) -> Iterator[list[dict[str, Any]]]:
    """Every list of up to three lines; where names are a key, none twice."""
    for size in range(1, MOST + 1):
        for grades in itertools.product(GRADES, repeat=size):
            for names in itertools.product(NAMES[:size], repeat=size):
                if not key or len(set(names)) == size:
                    yield [{"name": name, "grade": grade} for name, grade in zip(names, grades, strict=True)]


def tried_out(laws: Amended, key: str | None) -> set[Key]:
    found = set()
    for lines in every_list(key):
        facts = {"today": FIRST, "lines": listing(*lines)}
        runs = [Run(pack, facts, {}, {}) for pack in (laws.base, laws.pack)]
        for index in range(len(lines)):
            args = (Element("lines", index),)
            before, after = (frozenset({strongest(run.definition("line.mark", args))}) for run in runs)
            found.add(Key(before, after, Shift.SAME))
    return {one for one in found if not one.same}


@pytest.mark.parametrize("key", ["name", None])
@pytest.mark.parametrize("seed", range(12))
def test_the_classes_of_an_answer_about_an_element_are_those_that_trying_every_case_finds(seed: int, key: str | None) -> None:
    laws = amended(seed, key)

    (answer,) = compare(laws).answers

    assert answer.complete, answer.why
    assert {change.key for change in answer.changes} == tried_out(laws, key)


def test_the_sample_has_answers_that_only_another_element_changes() -> None:
    """Where the list has one line only, some of these laws never differ."""
    alone = [
        strongest(Run(laws.base, facts, {}, {}).definition("line.mark", (Element("lines", 0),)))
        == strongest(Run(laws.pack, facts, {}, {}).definition("line.mark", (Element("lines", 0),)))
        for laws in (amended(seed, "name") for seed in range(12))
        for grade in GRADES
        for facts in [{"today": FIRST, "lines": listing({"name": "p", "grade": grade})}]
    ]

    assert any(all(alone[i : i + 3]) for i in range(0, len(alone), 3))
