"""The year of a day, also of days that lie beyond what calendar arithmetic may come to: constants, working days."""

from __future__ import annotations

from datetime import date

import pytest

from building import define, rule, tiny_pack
from zhunsheng.evaluate import Run
from zhunsheng.lang.case import UNKNOWN, Case
from zhunsheng.lang.outcome import strongest
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text, Value
from zhunsheng.solve.problem import Problem

HORIZON = (date(2028, 1, 1), date(2029, 12, 31))
FAR = {
    "before": date(1990, 5, 1), "first": date(1, 1, 1), "edge": date(2007, 12, 31), "after": date(2100, 7, 1), "last": date.max,
}  # fmt: skip


def law(text: str, type_: str = "number") -> Pack:
    return tiny_pack(
        facts={"as_of": "day", "flag": "yes/no"}, parameters=FAR, definitions=[define("asked", type_, rule("a", "True", text))],
        horizon=HORIZON,
    )  # fmt: skip


def case(flag: object) -> Case:
    return Case(Text("", ""), "tiny", {"as_of": HORIZON[0], "flag": flag}, {}, {}, None)


def meant(pack: Pack, flag: bool) -> object:
    return strongest(Run(pack, {"as_of": HORIZON[0], "flag": flag}, {}, {}).definition("asked"))


def constrained(pack: Pack, flag: object) -> set[Value]:
    problem = Problem(pack, case(flag))
    lawful = problem.lawful([])
    found = problem.outcomes(problem.encode("asked"), pack.definitions["asked"].type, problem.vector({}), lawful)
    return {one.outcome for one in found}


@pytest.mark.parametrize("name", FAR)
def test_a_constant_beyond_reach_has_its_year(name: str) -> None:
    pack = law(f"year({name})")

    assert constrained(pack, True) == {meant(pack, True)} == {FAR[name].year}


@pytest.mark.parametrize("name", FAR)
def test_so_has_a_day_that_may_lie_within_reach_or_beyond(name: str) -> None:
    pack = law(f"year({name} if flag else as_of)")

    assert constrained(pack, UNKNOWN) == {meant(pack, True), meant(pack, False)} == {FAR[name].year, 2028}


@pytest.mark.parametrize("name", FAR)
def test_a_date_of_such_a_year_is_beyond_reach_in_both(name: str) -> None:
    pack = law(f"date(year({name} if flag else as_of), 2, 29)", "day")

    assert constrained(pack, UNKNOWN) == {meant(pack, True), meant(pack, False)}
