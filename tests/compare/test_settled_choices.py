"""What comes to the same whatever authorities choose is compared as if there were no choices, as trying every way finds."""

from __future__ import annotations

import os
import random
from collections import defaultdict
from dataclasses import replace
from typing import Any

import pytest

from building import define, rule, tiny_pack
from two_laws import DAYS, every_case, outcomes, some_condition
from zhunsheng.ask.comparing.bothlaws import Comparing
from zhunsheng.ask.comparing.compare import compared
from zhunsheng.ask.comparing.settled import is_settled, without_choices
from zhunsheng.errors import Place
from zhunsheng.lang.amendment import Act, Amended, Amendment, Edit, Kind
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text

PACKS = 60 if os.environ.get("ALL") else 10
LEVELS = ["level", "level if wide == narrow else C", "level if level != line.grade else C", "D", "line.grade"]
LOWER = ["g == D or g == C and line.grade == B", "g != B", "True", "g == C", "g != line.grade"]


def law(rng: random.Random) -> Pack:
    """What an authority may make of a line (`falls_to`), whether it falls at all (`falls`), and whether any does."""
    lowered, level, lawful = rng.choice(LOWER), rng.choice(LEVELS), rng.choice(LOWER).replace("line.", "l.")
    return replace(
        tiny_pack(
            facts={"today": "day"},
            collections={"events": ("event", {"on": "day", "kind": "kind"}), "lines": ("line", {"grade": "grade"})},
            enumerations={"kind": "x y", "grade": "D C B"}, unordered=("kind",), readings={"wide": "narrow broad"},
            discretions={"level": ("grade", f"any({lawful.replace('g ', 'level ')} for l in lines)")},
            definitions=[
                define("line.can_fall_to", "yes/no", rule("a", lowered, "True"), otherwise="False", parameters={"g": "grade"}),
                define("line.falls_to", "grade", rule("a", f"line.can_fall_to({level})", level), otherwise="D"),
                define("line.falls", "yes/no", rule("a", f"({some_condition(rng, flag=False)}) and line.falls_to != B", "True"),
                       otherwise="False"),
                define("line.moves", "yes/no", rule("a", "line.falls_to != line.grade", "True"), otherwise="False"),
                define("any_falls", "yes/no", rule("a", "any(l.falls for l in lines)", "True"), otherwise="False"),
                define("any_moves", "yes/no", rule("a", "any(l.moves for l in lines)", "True"), otherwise="False"),
                define("mark", "grade", rule("a", f"any_falls and ({some_condition(rng, flag=False)})", "B"),
                       otherwise=rng.choice([None, "C"])),
            ],
            horizon=(DAYS[0], DAYS[-1]),
        ),
        answers=("any_falls", "any_moves", "mark"), as_of="today",
    )  # fmt: skip


def two_laws(seed: int) -> Amended:
    rng = random.Random(seed)
    old, fresh = law(rng), law(rng)
    own = rng.sample(["line.can_fall_to", "line.falls_to", "line.falls", "mark"], 2)
    new = replace(old, definitions={**old.definitions, **{name: fresh.definitions[name] for name in own}})
    if seed % 3 == 0:
        new = replace(new, discretions=fresh.discretions)
        own.append("level")
    edits = tuple(Edit(Act.REPLACE, Kind.DISCRETION if name == "level" else Kind.DEFINITION, name) for name in own)
    nothing = Text("", "")
    return Amended(old, new, (Amendment("made-up", "tiny", nothing, nothing, DAYS[0], None, edits, {}, Place("")),))


def found_by_brute_force(laws: Amended, name: str) -> tuple[set[Any], bool]:
    """The ways in which an answer changes in small cases, and whether it has one outcome in each."""
    ways, single = set(), True
    for facts in every_case():
        sides = [outcomes(each, facts, name, "narrow", "")[0] for each in (laws.base, laws.pack)]
        single = single and all(len(side) == 1 for side in sides)
        if sides[0] != sides[1]:
            ways.add((sides[0], sides[1]))
    return ways, single


def test_what_is_said_to_turn_on_no_choice_does_not_and_the_list_of_changes_is_whole() -> None:
    seen = defaultdict[str, int](int)
    for seed in range(PACKS):
        laws = two_laws(seed)
        asked = Comparing(laws, Kinds())
        found = {one.answer: one for one in compared(asked).answers}
        for name in laws.base.answers:
            terms = asked.laws_of(name)
            settled = any(terms.choices) and without_choices(asked, terms) != terms
            changes, single = found_by_brute_force(laws, name)
            keys = {(change.key.before, change.key.after) for change in found[name].changes}
            assert single or not settled, (seed, name)
            assert found[name].complete or not settled, (seed, name)
            assert changes <= keys, (seed, name)
            seen["settled"] += settled
            seen["settled, and changes"] += settled and bool(changes)
            seen["not settled"] += any(terms.choices) and not settled and not single
    assert all(seen[each] >= PACKS // 10 for each in ("settled", "settled, and changes", "not settled")), dict(seen)


@pytest.mark.parametrize(
    ("lawful", "level", "settled"),
    [
        ("level != B", "level if level != B else C", True),
        ("level != B", "level", False),  # lawful or not: a level that no authority may choose counts
        ("True", "level", False),
        ("level == C", "D", True),
    ],
)
def test_a_definition_is_settled_where_no_two_ways_lead_to_other_outcomes(lawful: str, level: str, settled: bool) -> None:
    pack = tiny_pack(
        enumerations={"grade": "D C B"}, collections={"lines": ("line", {"grade": "grade"})},
        discretions={"level": ("grade", lawful)},
        definitions=[
            define("line.to", "grade", otherwise=level), define("line.low", "yes/no", otherwise="line.to != B"),
            define("low", "yes/no", rule("a", "any(l.low for l in lines)", "True"), otherwise="False"),
            define("chosen", "grade", otherwise="level"),
        ],
    )  # fmt: skip
    law_ = replace(pack, answers=("low", "chosen"))
    nothing = Text("", "")
    amendment = Amendment("none", "tiny", nothing, nothing, DAYS[0], None, (), {}, Place(""))
    asked = Comparing(Amended(law_, law_, (amendment,)), Kinds())

    assert is_settled(asked, "line.low") is settled
    assert is_settled(asked, "low") is settled
    assert not is_settled(asked, "chosen")
