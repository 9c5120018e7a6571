"""The readings an answer rests on are those that make a difference in some completion: small laws and cases made up at random,
their lists open or closed, held against all completions under all readings."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from open_laws import World, come_out, largest, law, some_case, worlds
from zhunsheng.ask.deciding.answers import Asked, all_asked
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.report import Answer
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack

FIRST = 700
LAWS = 600 if os.environ.get("ALL") else 12
MOST = 150
"""The most completions tried, before readings and choices."""


def readings_by_default(pack: Pack) -> Pack:
    """The same law, with a default for each of its readings."""
    late = replace(pack.readings["late"], default="a_bit")
    return replace(pack, readings={**pack.readings, "late": late})


def apart(found: list[World], out: list[Any], name: str) -> Iterator[list[tuple[World, Any]]]:
    """Ways in which everything may go, those together that differ in one reading alone."""
    groups = defaultdict(list)
    for world, outcome in zip(found, out, strict=True):
        rest = tuple((symbol, value) for symbol, value in world.symbols.items() if symbol != f"readings {name}")
        groups[rest].append((world, outcome))
    yield from groups.values()


def differs(found: list[World], out: list[Any], name: str) -> bool:
    """Whether a change of this reading alone changes the outcome somewhere."""
    return any(len({(type(one).__name__, one) for _, one in group}) > 1 for group in apart(found, out, name))


def lawful_otherwise(found: list[World], out: list[Any], name: str, options: int) -> bool:
    """Whether some choice is lawful under one of its options and not under another."""
    return any(len(group) < options for group in apart(found, out, name))


def wrong_of(pack: Pack, asked: Asked, answer: Answer, found: list[World], closed: bool) -> list[str]:
    out, wrong = come_out(found, asked), []
    settled = len(answer.outcomes) == 1 or not answer.depends_on.facts  # else all that the formula speaks of are told
    every = closed and settled
    for name, spec in pack.readings.items():
        may = differs(found, out, name)
        if may and name not in answer.assumed:
            wrong.append(f"{name} is left out")
        if every and not may and name in answer.assumed and not lawful_otherwise(found, out, name, len(spec.options)):
            wrong.append(f"{name} makes no difference")
    return wrong


def sample(seed: int) -> tuple[Pack, Case, int] | None:
    pack = readings_by_default(law(seed))
    case = some_case(seed, pack, unknown=0.2)
    more = largest(pack, case, MOST)
    return None if more is None else (pack, case, more)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + LAWS))
def test_no_reading_that_makes_a_difference_is_left_out_and_no_other_is_told(seed: int) -> None:
    made = sample(seed)
    if made is None:
        pytest.skip("there are too many completions to try")
    pack, case, more = made
    found = worlds(pack, case, more, {})
    closed = all(case.facts[name].complete for name in pack.collections)
    deciding = Deciding(pack, case, with_assumed=True)

    answers = {asked: deciding.answer(asked) for asked in all_asked(pack, case)}

    wrong = {asked.key: wrong_of(pack, asked, answer, found, closed) for asked, answer in answers.items()}
    assert {key: each for key, each in wrong.items() if each} == {}
