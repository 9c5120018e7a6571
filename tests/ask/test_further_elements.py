"""What is asked of one element is asked in cases with others of its list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from building import define, rule, tiny_pack
from zhunsheng.ask.checking.check import check
from zhunsheng.ask.checking.findings import Kind
from zhunsheng.lang.blank import blank_case
from zhunsheng.lang.pack import Pack
from zhunsheng.solve.problem import Problem

NEVER = (Kind.DEAD, Kind.IDLE)


def pack(when: str, key: str | None) -> Pack:
    return replace(
        tiny_pack(
            facts={"today": "day"}, collections={"lines": ("line", {"name": "text", "grade": "grade"})},
            keys={"lines": key} if key else {}, enumerations={"grade": "D C B"},
            definitions=[define("line.mark", "grade", rule("a", when, "B"), otherwise="D")],
        ),
        answers=("line.mark",), as_of="today",
    )  # fmt: skip


@pytest.mark.parametrize("key", ["name", None])
def test_a_rule_that_applies_only_beside_another_element_is_not_dead(key: str | None) -> None:
    found = check(pack("any(l.name != line.name and l.grade == D for l in lines) and line.grade == C", key), only=NEVER)

    assert [finding.key for finding in found.findings] == []
    assert found.not_shown == ()


@pytest.mark.parametrize("key", ["name", None])
def test_a_rule_that_no_element_however_many_there_are_makes_apply_is_dead(key: str | None) -> None:
    found = check(pack("all(l.grade == D for l in lines) and line.grade == C", key), only=NEVER)

    assert [finding.key for finding in found.findings] == ["dead line.mark a"]


def test_an_element_that_bears_a_further_elements_name_is_not_taken_for_it() -> None:
    """`lines[+0]` is what the first further line is called; a file may call one of its lines so."""
    law = pack("line.grade == C", "name")

    slots = Problem(law, blank_case(law, {"lines": ["+0", "+1"]}), {"lines": 2}).symbols.collections["lines"]

    assert [slot.label for slot in slots] == ["lines[+0]", "lines[+1]", "lines[+2]", "lines[+3]"]


def test_a_name_that_is_asked_about_may_be_none_of_those_in_the_case() -> None:
    """Codes stand for texts of which nothing is known: there are enough of them for the arguments too."""
    law = replace(
        tiny_pack(
            facts={"today": "day", "application": {"line": "text"}},
            collections={"lines": ("line", {"name": "text"})}, keys={"lines": "name"},
            definitions=[
                define("other", "yes/no", rule("another", "application.line != n and all(l.name != n for l in lines)", "True"),
                       otherwise="False", parameters={"n": "text"}),
                define("two", "yes/no", rule("differ", "n != m and application.line not in (n, m)", "True"),
                       otherwise="False", parameters={"n": "text", "m": "text"}),
            ],
        ),
        answers=("other", "two"), as_of="today",
    )  # fmt: skip

    assert [finding.key for finding in check(law, only=NEVER).findings] == []
