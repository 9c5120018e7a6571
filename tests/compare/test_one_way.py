"""What is shown with one way to choose is so of every way, as trying every case and every way finds."""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest

from building import define, rule, tiny_pack
from two_laws import DAYS, every_case, outcomes, some_condition
from zhunsheng.ask.comparing.bothlaws import Comparing
from zhunsheng.ask.comparing.oneway import only_through, same_every_way
from zhunsheng.errors import Place
from zhunsheng.lang.amendment import Act, Amended, Amendment, Edit, Kind
from zhunsheng.lang.apart import TOLD
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text

PACKS = 80 if os.environ.get("ALL") else 8


SEES = "l.grade != mark"
BLIND = ["mark in (B, D)", "l.grade != D or mark != C"]
"""What a grade must satisfy to be lawful: by its words each looks at the mark, which is B or D in every case."""


def law(mark: str, fall: tuple[str, str], sees: str = SEES) -> Pack:
    """A mark that stands on a day, and what an authority may make of it: among the grades of lines that differ from the mark."""
    return replace(
        tiny_pack(
            facts={"today": "day"},
            collections={"events": ("event", {"on": "day", "kind": "kind"}), "lines": ("line", {"grade": "grade"})},
            enumerations={"kind": "x y", "grade": "D C B"}, unordered=("kind",), readings={"wide": "narrow broad"},
            discretions={"level": ("grade", "allowed(level)")},
            definitions=[
                define("mark_on", "grade", rule("a", mark, "B"), otherwise="D", parameters={"day": "day"}),
                define("mark", "grade", rule("a", "True", "mark_on(today)")),
                define(
                    "allowed", "yes/no", rule("a", f"any(l.grade == g and ({sees}) for l in lines)", "True"),
                    otherwise="False", parameters={"g": "grade"},
                ),
                define("fall", "grade", rule("a", fall[0], "level"), otherwise=fall[1]),
            ],
            horizon=(DAYS[0], DAYS[-1]),
        ),
        answers=("mark", "fall"), as_of="today",
    )  # fmt: skip


def two_laws(seed: int, *, fall_too: bool = False, sees: str = SEES) -> Amended:
    """Two laws of which the mark differs; with `fall_too`, what it leads to as well."""
    rng = random.Random(seed)
    marks = [f"any(e.on <= day and e.kind == {kind} for e in events)" for kind in ("x", "y")]
    falls = [(some_condition(rng, flag=False), rng.choice(["mark", "D"])) for _ in range(2)]
    old, new = (law(mark, falls[fall_too * index], sees) for index, mark in enumerate(marks))
    edited = ("mark_on", "fall") if fall_too else ("mark_on",)
    edits = tuple(Edit(Act.REPLACE, Kind.DEFINITION, name) for name in edited)
    nothing = Text("", "")
    return Amended(old, new, (Amendment("made-up", "tiny", nothing, nothing, DAYS[0], None, edits, {}, Place("")),))


def comparing(laws: Amended) -> Comparing:
    found = Comparing(laws, Kinds())
    found.turned.append("mark")
    return found


def falls_apart_with_one_mark(laws: Amended) -> bool:
    """Whether some case has the same mark under both laws, and not the same outcomes of what it leads to."""
    for facts in every_case():
        marks, falls = (
            [outcomes(law, facts, name, "narrow", "")[0] for law in (laws.base, laws.pack)] for name in ("mark", "fall")
        )
        if marks[0] == marks[1] and falls[0] != falls[1]:
            return True
    return False


@pytest.mark.parametrize("seed", range(PACKS))
def test_what_leads_through_an_answer_alone_is_seen_to_and_is_so_in_every_case(seed: int) -> None:
    laws = two_laws(seed)
    asked = comparing(laws)

    through = only_through(asked, "fall", asked.laws_of("fall"))

    assert through == ("mark",)
    assert not falls_apart_with_one_mark(laws)


def test_what_also_differs_by_itself_is_not_said_to_lead_through_another() -> None:
    apart = 0
    for seed in range(PACKS):
        laws = two_laws(seed, fall_too=True)
        asked = comparing(laws)
        through = only_through(asked, "fall", asked.laws_of("fall"))
        if falls_apart_with_one_mark(laws):
            apart += 1
            assert through == (), seed

    assert apart >= PACKS // 4


@pytest.mark.parametrize("sees", [SEES, *BLIND])
def test_where_no_way_tells_the_laws_apart_no_case_changes(sees: str) -> None:
    laws = two_laws(2, sees=sees)
    laws = replace(laws, base=with_fall_to_d(laws.base), pack=with_fall_to_d(laws.pack))
    asked = comparing(laws)

    same = same_every_way(asked, "fall", asked.laws_of("fall"))

    both = [[outcomes(law, facts, "fall", "narrow", "")[0] for facts in every_case()] for law in (laws.base, laws.pack)]
    assert (same is not None) == (both[0] == both[1]) == (sees in BLIND)


def with_fall_to_d(pack: Pack) -> Pack:
    """What comes out where nothing may be chosen does not look at the mark."""
    plain = law("today == day", ("any(l.grade != B for l in lines)", "D")).definitions["fall"]
    return replace(pack, definitions={**pack.definitions, "fall": plain})


def test_looking_at_a_list_is_set_apart_from_what_differs() -> None:
    asked = comparing(two_laws(0))

    assert f"allowed{TOLD}" in asked.cutting.shared
    assert f"allowed{TOLD}" not in asked.union.pack.definitions


def test_what_may_fail_is_not_told_to_what_is_set_apart() -> None:
    """Where the mark fails, what asks for it only of some lines need not."""
    laws = two_laws(0)
    without = {
        side: replace(pack, definitions={**pack.definitions, "mark_on": replace(pack.definitions["mark_on"], otherwise=None)})
        for side, pack in (("base", laws.base), ("pack", laws.pack))
    }

    asked = comparing(replace(laws, base=without["base"], pack=without["pack"]))

    assert not any(name.endswith(TOLD) for name in asked.cutting.union.pack.definitions)
