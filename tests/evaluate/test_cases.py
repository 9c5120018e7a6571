"""What is asked of a case: that it states what an answer looks at, and that it breaks no assumption."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from building import define, listing, read, tiny_pack
from zhunsheng.errors import Incomplete, ReadingMissing, UnknownFact, ZhunshengError
from zhunsheng.evaluate import Element, Looked, Run, Violation
from zhunsheng.lang.case import UNKNOWN, Listing
from zhunsheng.lang.types import NONE

PACK = tiny_pack(
    enumerations={"grade": "C B A", "indicator": "air water"},
    facts={
        "as_of": "day", "form": {"on": "day", "goal": "grade"}, "filing or none": {"on": "day"},
        "scores": "table of grade by indicator",
    },
    collections={
        "lines": ("line", {"name": "text", "grade": "grade", "marks": "table of grade by indicator"}),
        "stays": ("stay", {"from": "day", "to": "day", "paid_on": "day or none"}),
    },
    keys={"lines": "name"},
    readings={"manner": "strict loose"},
    definitions=[
        define("best", "grade", otherwise="highest(((1 if x.grade == A else 0, x.grade) for x in lines), default=C)"),
        define("line.good", "yes/no", otherwise="line.grade == A"),
        define("broken", "yes/no"),
    ],
    assumptions={
        "runs-forward": ("s.to >= s.from_", {"s": "stays"}),
        "apart": ("r.to < s.from_ or s.to < r.from_", {"r": "stays", "s": "stays"}),
        "in-order": ("r.from_ <= s.from_", {"r": "stays", "s": "stays"}),
        "paid-before-filing": ("filing == none or all(s.paid_on == none or s.paid_on <= filing.on for s in stays)", {}),
        "matches": ("x.grade == C or s.from_ != s.to", {"x": "lines", "s": "stays"}),
        "shaky": ("broken", {}),
    },
    apart=["apart", "in-order"],
)  # fmt: skip
ASSUMPTIONS = {assumption.name: assumption for assumption in PACK.assumptions}
JANUARY, JUNE, DECEMBER = date(2025, 1, 1), date(2025, 6, 1), date(2025, 12, 1)


def stay(first: date, last: date, paid_on: Any = NONE) -> dict[str, Any]:
    return {"from": first, "to": last, "paid_on": paid_on}


def run(**facts: Any) -> Run:
    stated = {
        "as_of": JUNE, "form": {"on": JUNE, "goal": "B"}, "filing": NONE, "scores": {"air": "A", "water": "B"},
        "lines": listing({"name": "1号窑", "grade": "A", "marks": {"air": "A", "water": UNKNOWN}}),
        "stays": listing(stay(JANUARY, JUNE)),
    }  # fmt: skip
    return Run(PACK, {**stated, **facts}, {"manner": "strict"}, {})


# -- what is left out


@pytest.mark.parametrize(
    ("text", "facts", "path"),
    [
        ("as_of < date(2025, 1, 1)", {"as_of": UNKNOWN}, "as_of"),
        ("form.goal == A", {"form": {"on": JUNE, "goal": UNKNOWN}}, "form.goal"),
        ("form.goal == A", {"form": {"on": JUNE}}, "form.goal"),
        ("form.goal == A", {"form": UNKNOWN}, "form"),
        ("filing == none", {"filing": UNKNOWN}, "filing"),
        ("scores.air == A", {"scores": {"air": UNKNOWN, "water": "A"}}, "scores.air"),
        ("any(x.marks.water == A for x in lines)", {}, "lines[1号窑].marks.water"),
        ("any(s.paid_on == none for s in stays)", {"stays": listing({"from": JUNE, "to": JUNE})}, "stays[0].paid_on"),
        (
            "any(s.paid_on == none for s in stays)",
            {"stays": listing({"from": JUNE, "to": JUNE, "paid_on": UNKNOWN}, labels=["stay"])},
            "stay.paid_on",
        ),
        ("any(x.grade == B for x in lines)", {"lines": Listing((), complete=False)}, "lines.others"),
        ("any(x.grade == B for x in lines)", {"lines": Listing((), complete=False, stated=False)}, "lines"),
        ("any(x.grade == B for x in lines)", {"lines": UNKNOWN}, "lines"),
    ],
)
def test_an_unknown_fact_that_is_looked_at_is_named_by_its_path(text: str, facts: dict[str, Any], path: str) -> None:
    with pytest.raises(UnknownFact) as told:
        run(**facts).expression(read(PACK, text))

    assert told.value.path == path
    assert str(told.value) == f"{path} is unknown, and the answer looks at it: state it, or ask for all outcomes"


def test_an_unknown_fact_that_is_not_looked_at_does_no_harm() -> None:
    assert run(as_of=UNKNOWN).expression(read(PACK, "filing == none or as_of < date(2025, 1, 1)")) is True


def test_a_fact_the_case_has_no_entry_for_is_unknown() -> None:
    with pytest.raises(UnknownFact) as told:
        Run(PACK, {}, {}, {}).expression(read(PACK, "as_of == date(2025, 1, 1)"))

    assert told.value.path == "as_of"


def test_a_run_goes_on_after_an_unknown_fact() -> None:
    asked = run(as_of=UNKNOWN)
    with pytest.raises(UnknownFact):
        asked.expression(read(PACK, "best == A and as_of == date(2025, 1, 1)"))

    assert asked.definition("best") == "A"
    assert asked.touched("best").facts == {"lines[1号窑].grade"}


def test_a_missing_reading_is_an_error_where_an_answer_looks_at_it() -> None:
    without = Run(PACK, {"as_of": JUNE}, {}, {})

    assert without.expression(read(PACK, "as_of == date(2025, 6, 1) or manner == strict")) is True
    with pytest.raises(ReadingMissing) as told:
        without.expression(read(PACK, "manner == strict"))
    assert told.value.name == "manner"
    assert str(told.value) == "no option is taken of the reading manner, and the answer looks at it"


def test_all_of_these_are_our_own_errors() -> None:
    assert issubclass(Incomplete, ZhunshengError)
    assert {UnknownFact, ReadingMissing} <= set(Incomplete.__subclasses__())


# -- the order of listing


def test_no_answer_depends_on_the_order_in_which_a_list_is_written() -> None:
    lines = [{"name": name, "grade": grade, "marks": {}} for name, grade in (("a", "C"), ("b", "A"), ("c", "C"))]

    assert {run(lines=listing(*order)).definition("best") for order in permutations(lines)} == {"A"}


def test_a_definition_of_an_element_is_asked_with_its_reference() -> None:
    assert run().definition("line.good", (Element("lines", 0),)) is True
    assert run().derivation("line.good", (Element("lines", 0),)).at == ("lines[1号窑]",)


# -- assumptions


def test_an_assumption_about_each_element_names_those_that_break_it() -> None:
    asked = run(stays=listing(stay(JANUARY, JUNE), stay(JUNE, JANUARY), stay(DECEMBER, JUNE)))

    assert asked.assumption(ASSUMPTIONS["runs-forward"]) == [
        Violation(
            "runs-forward", (Element("stays", index),), (f"stays[{index}]",),
            Looked(facts=((f"stays[{index}].to", last), (f"stays[{index}].from", first))),
        )
        for index, first, last in ((1, JUNE, JANUARY), (2, DECEMBER, JUNE))
    ]  # fmt: skip


def test_an_assumption_about_two_different_elements_names_each_clashing_pair_once() -> None:
    asked = run(stays=listing(stay(JANUARY, JUNE), stay(JUNE, JUNE), stay(DECEMBER, DECEMBER)))
    found = asked.assumption(ASSUMPTIONS["apart"])

    assert [violation.paths for violation in found] == [("stays[0]", "stays[1]")]


def test_two_elements_are_tried_in_both_orders() -> None:
    found = run(stays=listing(stay(JUNE, JUNE), stay(JANUARY, JUNE))).assumption(ASSUMPTIONS["in-order"])

    assert [violation.paths for violation in found] == [("stays[0]", "stays[1]")]
    backwards = run(stays=listing(stay(JANUARY, JUNE), stay(JUNE, JUNE))).assumption(ASSUMPTIONS["in-order"])
    assert [violation.paths for violation in backwards] == [("stays[1]", "stays[0]")]


def test_one_element_alone_cannot_break_an_assumption_about_two() -> None:
    assert run(stays=listing(stay(JUNE, JUNE))).assumption(ASSUMPTIONS["apart"]) == []


def test_an_assumption_about_no_element_is_about_the_case() -> None:
    late = run(filing={"on": JUNE}, stays=listing(stay(JANUARY, JUNE, paid_on=DECEMBER)))

    assert late.assumption(ASSUMPTIONS["paid-before-filing"]) == [
        Violation(
            "paid-before-filing", (), (),
            Looked(facts=(("stays[0].paid_on", DECEMBER), ("filing.on", JUNE))),
        )
    ]  # fmt: skip
    assert run().assumption(ASSUMPTIONS["paid-before-filing"]) == []


def test_an_assumption_may_be_about_elements_of_two_lists() -> None:
    found = run(stays=listing(stay(JANUARY, JUNE), stay(JUNE, JUNE))).assumption(ASSUMPTIONS["matches"])

    assert [violation.paths for violation in found] == [("lines[1号窑]", "stays[1]")]


def test_an_assumption_that_fails_is_not_broken() -> None:
    assert run().assumption(ASSUMPTIONS["shaky"]) == []
