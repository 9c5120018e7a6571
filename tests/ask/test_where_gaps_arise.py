"""A gap or conflict belongs to the definition in which it arises, and none hides another."""

from __future__ import annotations

from dataclasses import replace

import pytest

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


OF_THREE = {
    "each with each": ("today > date(2028, 1, 1)", "today > date(2029, 1, 1)", "today > date(2030, 1, 1)"),
    "the second with both": ("today < date(2028, 1, 1)", "today > date(2020, 1, 1)", "today > date(2029, 1, 1)"),
    "the last two": ("today < date(2020, 1, 1)", "today > date(2028, 1, 1)", "today > date(2029, 1, 1)"),
}
CLASHES = {
    "each with each": {"a b", "a b c"},
    "the second with both": {"a b", "b c"},
    "the last two": {"b c"},
}


@pytest.mark.parametrize("which", OF_THREE)
def test_every_two_rules_that_clash_are_told(which: str) -> None:
    rules = [rule(name, when, name.upper()) for name, when in zip("abc", OF_THREE[which], strict=True)]
    torn = define("torn", "letter", *rules, otherwise="A")

    checked = check(letters(torn, define("answer", "yes/no", otherwise="torn == A")), only=FAILING)

    assert keys(checked) == {f"conflict torn {names}" for names in CLASHES[which]}
    assert checked.not_shown == ()


def test_rules_that_agree_in_one_case_and_clash_in_another_are_told_as_clashing() -> None:
    """In the simplest case the first two agree, and both clash with the third."""
    torn = define(
        "torn", "letter", rule("a", "today > date(2020, 1, 1)", "A"),
        rule("b", "today > date(2020, 1, 1)", "A if today < date(2028, 1, 1) else B"),
        rule("c", "today < date(2028, 1, 1) and today > date(2020, 1, 1)", "C"), otherwise="A",
    )  # fmt: skip

    checked = check(letters(torn, define("answer", "yes/no", otherwise="torn == A")), only=FAILING)

    assert keys(checked) == {"conflict torn a b c", "conflict torn a b"}


def test_a_clash_that_comes_through_only_to_another_answer_is_told_and_one_that_comes_through_to_none_is_not() -> None:
    torn = define(
        "torn", "letter", rule("a", "today < date(2028, 1, 1)", "A"), rule("b", "today > date(2020, 1, 1)", "B"),
        rule("c", "today > date(2029, 1, 1)", "C"), otherwise="A",
    )  # fmt: skip
    early = define("answer", "yes/no", otherwise="today < date(2029, 1, 1) and torn == A")
    late = define("later", "yes/no", otherwise="today > date(2028, 1, 1) and torn == A")

    assert keys(check(letters(torn, early), only=FAILING)) == {"conflict torn a b"}
    both = replace(letters(torn, early, late), answers=("answer", "later"))
    assert keys(check(both, only=FAILING)) == {"conflict torn a b", "conflict torn b c"}


def test_known_clashes_do_not_keep_those_elsewhere_from_being_found() -> None:
    torn = define("torn", "letter", rule("a", "today < date(2028, 1, 1)", "A"), rule("b", "today > date(2020, 1, 1)", "B"),
                  rule("c", "today > date(2039, 1, 1)", "C"), otherwise="A")  # fmt: skip
    other = replace(torn, name="other")

    checked = check(letters(torn, other, define("answer", "yes/no", otherwise="torn == A or other == A")), only=FAILING)

    assert keys(checked) == {f"conflict {name} {rules}" for name in ("torn", "other") for rules in ("a b", "b c")}


def test_failures_that_look_alike_are_told_in_each_definition_in_which_they_arise() -> None:
    """The least of nothing, in two definitions: the same failure, wherever it arises."""
    first = define("first", "number", otherwise="min(1 for l in lines if l.grade == D)")
    second = define("second", "number", otherwise="min(2 for l in lines if l.grade == C)")

    checked = found(first, second, define("answer", "yes/no", otherwise="first < 2 and second < 2"))

    assert keys(checked) == {"gap first", "gap second"}
    assert checked.not_shown == ()


def letters(*definitions: DefinitionText) -> Pack:
    given = tiny_pack(facts={"today": "day"}, enumerations={"letter": "A B C"}, definitions=definitions)
    return replace(given, answers=("answer",), as_of="today")


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
