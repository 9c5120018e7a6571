"""Smallest sets that meet all of several sets."""

from __future__ import annotations

import itertools
import random
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

import pytest

from building import define, rule, tiny_pack
from zhunsheng.ask.deciding.decide import decide
from zhunsheng.errors import NotShown
from zhunsheng.lang.case import UNKNOWN, Case
from zhunsheng.lang.types import Text
from zhunsheng.read import canonical_pack
from zhunsheng.solve import settle
from zhunsheng.solve.hitting import hitting_set
from zhunsheng.solve.settle import Settled, settling

ORDER = list("abcdefg")


@pytest.mark.parametrize("seed", range(80))
def test_of_the_smallest_sets_that_meet_all_the_first_in_order_is_taken(seed: int) -> None:
    one = random.Random(seed)
    sets = [frozenset(one.sample(ORDER, one.randint(1, 3))) for _ in range(one.randint(1, 7))]
    wanted = next(
        chosen
        for size in range(len(ORDER) + 1)
        for chosen in itertools.combinations(ORDER, size)
        if all(each & set(chosen) for each in sets)
    )

    assert hitting_set(sets, ORDER) == wanted


def test_nothing_meets_no_sets() -> None:
    assert hitting_set([], ORDER) == ()


def test_a_search_for_a_smallest_set_that_takes_too_long_is_given_up() -> None:
    one = random.Random(1)
    order = [f"n{number}" for number in range(60)]
    sets = [frozenset(one.sample(order, 5)) for _ in range(200)]

    with pytest.raises(NotShown, match="too many sets of facts were looked at"):
        hitting_set(sets, order)


def test_what_matters_by_itself_does_not_hide_facts_that_matter_only_together() -> None:
    """Two completions that agree on `alone` differ in both of the others at once: neither can change by itself."""
    pack = tiny_pack(
        facts={"as_of": "day", "alone": "yes/no", "left": "yes/no", "right": "yes/no"},
        definitions=[define("whole", "yes/no", rule("a", "alone or (left and right)", "True"), otherwise="False")],
        assumptions={"together": ("left == right", {})},
    )
    pack = replace(pack, answers=("whole",))
    pack = replace(pack, canonical=canonical_pack(pack))
    facts = {"as_of": date(2025, 1, 1), "alone": UNKNOWN, "left": UNKNOWN, "right": UNKNOWN}

    (answer,) = decide(pack, Case(Text("", ""), "tiny", facts, {}, {}, None), ["whole"]).answers

    assert answer.depends_on.facts == ("alone", "left")


@pytest.mark.parametrize("few", [-1, 10**6])
def test_constraints_about_days_may_be_told_only_when_they_are_broken(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """That nothing but `flag` matters is so only because of them: once they have all been told."""
    monkeypatch.setattr(settle, "FEW_LATER", few)
    pack = tiny_pack(
        facts={"as_of": "day", "a": "day", "b": "day", "c": "day", "free": "yes/no", "flag": "yes/no"},
        definitions=[define("late", "yes/no", rule("a", "flag or (free and a > b)", "True"), otherwise="False"),
                     define("known", "yes/no", rule("a", "flag and (free or c > a)", "True"), otherwise="False")],
        assumptions={"first": ("a <= b", {}), "second": ("b < c", {})},
    )  # fmt: skip
    pack = replace(pack, answers=("late", "known"))
    pack = replace(pack, canonical=canonical_pack(pack))
    facts = {"as_of": date(2025, 1, 1), **dict.fromkeys("abc", UNKNOWN), "free": UNKNOWN, "flag": UNKNOWN}

    found = decide(pack, Case(Text("", ""), "tiny", facts, {}, {}, None)).answers

    assert [one.depends_on.facts for one in found] == [("flag",), ("flag",)]


class Pairs:
    """Sets of symbols on which two completions with different outcomes differ; with `ends`, the budget ends first."""

    def __init__(self, *pairs: str, ends: bool = False) -> None:
        self.variables = dict.fromkeys(ORDER)
        self.pairs, self.ends = [frozenset(pair) for pair in pairs], ends
        self.asked: list[tuple[str, ...]] = []

    def seen(self, _models: Sequence[object]) -> list[frozenset[str]]:
        return [pair for pair in self.pairs if len(pair) == 1]

    def untied(self, tied: tuple[str, ...]) -> list[frozenset[str]]:
        self.asked.append(tied)
        if self.ends:
            raise NotShown("the budget ended")
        return [pair for pair in self.pairs if pair.isdisjoint(tied)][:1]

    def easily_untied(self, tied: tuple[str, ...], _known: Collection[str]) -> list[frozenset[str]]:
        return self.untied(tied)


def settled(small: Pairs, few: Pairs, wide: Pairs) -> Settled:
    return settling(small, lambda: few, lambda _: wide)  # type: ignore[arg-type,return-value]  # stand in for copies of a problem


def test_pairs_are_looked_for_among_few_elements_before_all_that_may_matter_are_written_down() -> None:
    few, wide = Pairs("a", "b", "cd"), Pairs("a", "b", "cd")

    assert settled(Pairs("a"), few, wide) == Settled(("a", "b", "c"))
    assert wide.asked == [("a", "b", "c")]


def test_that_few_elements_show_no_pair_does_not_say_that_there_is_none() -> None:
    assert settled(Pairs("a"), Pairs("a"), Pairs("a", "b")) == Settled(("a", "b"))


def test_where_the_budget_ends_what_alone_changes_the_outcome_is_kept_and_nothing_else() -> None:
    found = settled(Pairs("b"), Pairs("a", "b", "cd"), Pairs(ends=True))

    assert found == Settled(("a", "b"), "the budget ended")
