"""The simplest case depends on the formula alone, whichever model it is sought from, and is as simple as any."""

from __future__ import annotations

import random
from datetime import date

import pytest

from building import define, rule, tiny_pack
from zhunsheng.lang.blank import blank_case
from zhunsheng.solve.formula import Node
from zhunsheng.solve.problem import Problem
from zhunsheng.solve.simplest import simplest
from zhunsheng.solve.sparing import Sparing
from zhunsheng.solve.symbols import Assignment

CONDITIONS = [
    "today > date(2026, 3, 17)", "count(e for e in events) >= 2", "any(e.kind == z and e.on > today for e in events)",
    "all(e.on < date(2024, 7, 9) for e in events)", "number >= 7", "any(e.on + days(40) == today for e in events)",
    "any(e.kind == y for e in events)", "number + 3 <= 5",
]  # fmt: skip


class Sought:
    """A condition made up at random, and what is asked of it."""

    def __init__(self, seed: int) -> None:
        one, other, third = random.Random(seed).sample(CONDITIONS, 3)
        pack = tiny_pack(
            facts={"today": "day", "number": "number"}, collections={"events": ("event", {"on": "day", "kind": "kind"})},
            enumerations={"kind": "x y z"}, unordered=("kind",),
            definitions=[define("met", "yes/no", rule("a", f"{one} or ({other}) and ({third})", "True"), otherwise="False")],
        )  # fmt: skip
        self.problem = Problem(pack, blank_case(pack, {}), {"events": 2})
        self.world = Sparing(self.problem, self.problem.symbols.constraints, [], 3_000_000)
        self.wanted = self.problem.encode("met").finite[True]
        self.asked = 0

    def satisfy(self, *more: Node) -> Assignment | None:
        self.asked += 1
        return self.world.satisfy(self.wanted, *more)

    def models(self) -> list[Assignment]:
        """Models far apart: with more elements and other days than the simplest has."""
        terms, symbols = self.problem.terms, self.problem.symbols
        day = next(atom for atom in symbols.scalars["today"].atoms if isinstance(atom, Node))
        late = terms.le(terms.number(date(2030, 1, 1).toordinal()), day)
        full = terms.and_(slot.present for slot in symbols.collections["events"])
        found = [self.satisfy(*each) for each in ((), (late,), (full,), (late, full), (terms.not_(full),))]
        return [model for model in found if model is not None]

    def simplest(self, model: Assignment) -> Assignment:
        return simplest(self.problem, self.satisfy, model)


@pytest.mark.parametrize("seed", range(30))
def test_it_is_the_same_whichever_model_it_is_sought_from(seed: int) -> None:
    sought = Sought(seed)
    models = sought.models()
    assert len(models) > 1

    found = [sought.problem.complete(sought.simplest(model), {}).facts for model in (*models, *map(sought.simplest, models))]

    assert all(each == found[0] for each in found), seed


@pytest.mark.parametrize("seed", range(30))
def test_it_has_as_few_elements_as_can_be(seed: int) -> None:
    sought = Sought(seed)
    facts = sought.problem.complete(sought.simplest(sought.models()[0]), {}).facts
    terms, symbols = sought.problem.terms, sought.problem.symbols

    fewer = [terms.not_(slot.present) for slot in symbols.collections["events"][len(facts["events"].elements) - 1 :]]

    assert not facts["events"].elements or sought.satisfy(*fewer) is None


def test_less_is_asked_about_a_model_that_has_most_of_what_can_be_had() -> None:
    asked = {"far": 0, "near": 0}
    for seed in range(10):
        sought = Sought(seed)
        model = sought.models()[-1]
        for name in asked:
            sought.asked = 0
            model = sought.simplest(model)
            asked[name] += sought.asked

    assert asked["near"] < 0.8 * asked["far"]
