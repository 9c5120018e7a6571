"""A gap or conflict belongs to the definition in which it arises, and none hides another."""

from __future__ import annotations

from dataclasses import replace

from building import DefinitionText, define, rule, tiny_pack
from zhunsheng.ask.checking.check import check
from zhunsheng.ask.checking.findings import Checked, Kind
from zhunsheng.ask.comparing.opened import opened
from zhunsheng.lang.pack import Pack

FAILING = (Kind.GAP, Kind.CONFLICT)
LOW = define("low", "yes/no", rule("some", "any(l.grade == D for l in lines)", "True"))
HIGH = define("high", "yes/no", rule("late", "today > date(2028, 1, 1)", "True"))
TORN = define("torn", "grade", rule("b", "late_today", "B"), rule("c", "any(l.grade == D for l in lines)", "C"), otherwise="D")
LATE = define("late_today", "yes/no", otherwise="today > date(2028, 1, 1)")
WHOLE = define("whole", "yes/no", rule("always", "True", "True"))


def pack(*definitions: DefinitionText) -> Pack:
    return replace(
        tiny_pack(
            facts={"today": "day"}, collections={"lines": ("line", {"grade": "grade"})}, enumerations={"grade": "D C B"},
            definitions=definitions,
        ),
        answers=("answer",), as_of="today",
    )  # fmt: skip


def found(*definitions: DefinitionText) -> Checked:
    return check(pack(*definitions), only=FAILING)


def keys(checked: Checked) -> set[str]:
    return {finding.key for finding in checked.findings}


def test_of_two_gaps_in_one_answer_neither_hides_the_other() -> None:
    """With no lines before 2028 both are there, and that is the simplest case of either."""
    checked = found(LOW, HIGH, define("answer", "yes/no", otherwise="low and high"))

    assert keys(checked) == {"gap low", "gap high"}
    assert checked.not_shown == ()


def test_a_gap_that_comes_only_where_another_is_not_is_found_too() -> None:
    checked = found(LOW, HIGH, define("answer", "yes/no", rule("one", "low", "high")))

    assert keys(checked) == {"gap low", "gap high"}


def test_a_gap_behind_a_conflict_is_found() -> None:
    checked = found(LATE, TORN, LOW, define("answer", "yes/no", otherwise="torn == B and low"))

    assert keys(checked) == {"conflict torn b c", "gap low"}


def test_a_definition_that_only_hands_a_gap_on_is_not_where_it_is_told_of() -> None:
    checked = found(LOW, define("between", "yes/no", otherwise="not low"), define("answer", "yes/no", otherwise="between"))

    assert keys(checked) == {"gap low"}


def test_a_gap_at_arguments_at_which_no_answer_asks_is_no_finding() -> None:
    letters = define("letter", "yes/no", rule("b", "g == B", "True"), parameters={"g": "grade"})

    assert keys(found(letters, define("answer", "yes/no", otherwise="letter(B)"))) == set()
    assert keys(found(letters, define("answer", "yes/no", otherwise="letter(C)"))) == {"gap letter"}


def test_an_amendment_that_lets_an_answer_come_to_an_old_gap_opens_it() -> None:
    old = pack(LOW, WHOLE, define("answer", "yes/no", otherwise="whole"))
    new = pack(LOW, WHOLE, define("answer", "yes/no", otherwise="whole and low"))

    change = opened((old, new), frozenset({"answer"}))

    assert [finding.key for finding in change.new] == ["gap low"]
    assert [finding.key for finding in change.cured if finding.kind in FAILING] == []
