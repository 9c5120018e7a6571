"""A few elements show every outcome of an answer, where what is further away can come to whatever it likes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from building import DefinitionText, define, rule, tiny_pack
from zhunsheng.ask.deciding import problems
from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.lang.blank import blank_case
from zhunsheng.lang.case import Case, Listing
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack

GAP, CONFLICT = FailureKind.GAP, FailureKind.CONFLICT
BCD = " and ".join(f"any(l.grade == {grade} for l in lines)" for grade in "BCD")
THREE = define("three", "yes/no", rule("a", BCD, "True"), otherwise="False")
HARD = (
    define("hard", "yes/no", rule("d", "all(any(l.grade == m.grade and l.mark > m.mark for l in lines) for m in marks)", "True"),
           otherwise="False"),
)  # fmt: skip


def law(*definitions: DefinitionText, **more: Any) -> Pack:
    pack = tiny_pack(
        facts={"today": "day", "flag": "yes/no"},
        collections={name: (name[:-1], {"grade": "grade", "mark": "number"}) for name in ("lines", "marks")},
        enumerations={"grade": "D C B"}, definitions=definitions, **more,
    )  # fmt: skip
    return replace(pack, answers=("answer",), as_of="today")


@pytest.fixture(autouse=True)
def however_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "MANY", -1)


def few(pack: Pack, case: Case | None = None) -> tuple[bool, set[Any]]:
    """Whether a few elements show it, and the outcomes listed."""
    deciding, asked = Deciding(pack, case or blank_case(pack, {}, {})), Asked("answer", "answer")
    answer = deciding.answer(asked)
    assert answer.complete
    return deciding.few_enough(asked) is not None, {one.outcome for one in answer.outcomes}


def test_what_is_further_away_may_be_taken_as_given() -> None:
    pack = law(*HARD, define("answer", "yes/no", rule("a", "hard and flag", "True"), otherwise="False"))

    assert few(pack) == (True, {True, False})


def test_an_outcome_that_needs_more_elements_is_not_lost() -> None:
    """Two elements of a list are looked at; three are needed."""
    pack = law(THREE, define("answer", "yes/no", rule("a", "three", "True"), otherwise="False"))

    assert few(pack) == (False, {True, False})


def test_a_failure_that_needs_more_elements_is_not_lost() -> None:
    pack = law(define("three", "yes/no", rule("a", BCD, "True"), rule("b", BCD, "False"), otherwise="False"),
               define("answer", "yes/no", rule("a", "three", "True"), rule("b", "flag", "True"), otherwise="False"))  # fmt: skip

    assert few(pack) == (False, {True, False, CONFLICT})


def test_two_rules_that_never_clash_do_not_make_it_fail() -> None:
    """As their form shows they could; what each turns on excludes the other."""
    pack = law(*HARD,
               define("one", "yes/no", rule("a", "hard", "True"), rule("b", "not hard", "False")),
               define("answer", "yes/no", rule("a", "one and flag", "True"), otherwise="False"))  # fmt: skip

    assert few(pack) == (True, {True, False})


def test_what_cannot_fail_in_this_case_alone_does_not_make_it_fail() -> None:
    worst = define("worst", "grade", rule("d", "any(m.grade == D for m in marks)", "D"),
                   rule("other", "any(True for m in marks) and all(m.grade != D for m in marks)", "C"))  # fmt: skip
    pack = law(*HARD, worst, define("answer", "yes/no", rule("a", "hard and worst == D", "True"), otherwise="False"))
    blank = blank_case(pack, {}, {})
    marks = Listing(({"grade": "D", "mark": 2},), complete=True, labels=("marks[0]",))

    assert few(pack)[1] == {True, False, GAP}
    assert few(pack, replace(blank, facts={**blank.facts, "marks": marks})) == (True, {True, False})


def test_two_arguments_may_be_one_element() -> None:
    """Only where both are the same line do two rules clash, and only beside two others."""
    alike = define("line.alike", "yes/no", rule("a", "line.mark == other.mark and three", "True"), rule("b", "three", "False"),
                   otherwise="False", parameters={"other": "line"})  # fmt: skip
    pair = define("line.pair", "yes/no", rule("a", "line.alike(line)", "True"), otherwise="False")
    pack = law(THREE, alike, pair, define("answer", "yes/no", rule("a", "any(l.pair for l in lines) or flag", "True"),
                                          otherwise="False"),
               assumptions={"apart": ("one.mark != two.mark", {"one": "lines", "two": "lines"})}, apart=("apart",))  # fmt: skip

    assert few(pack) == (False, {True, False, CONFLICT})


@pytest.mark.parametrize("when", ["count(l for l in lines) > 3", "flag"])
def test_a_day_that_more_elements_may_take_beyond_the_calendar(when: str) -> None:
    late = define("late", "day", rule("a", when, "today + months(12000)"), otherwise="today")
    pack = law(*HARD, late, define("answer", "yes/no", rule("a", "late > today or hard", "True"), otherwise="False"))

    assert Deciding(pack, blank_case(pack, {}, {})).few_enough(Asked("answer", "answer")) is None
