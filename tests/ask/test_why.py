"""Why an answer is so, and what a value that did not come out would have needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from building import define, rule, tiny_pack
from market import IN_WINTER, KNOWN, case, market
from zhunsheng.ask.explaining.lacking import Condition, Missing, Standing
from zhunsheng.ask.explaining.why import Why, why
from zhunsheng.errors import InputError
from zhunsheng.lang.case import Case, Listing
from zhunsheng.lang.types import Text
from zhunsheng.lang.unparse import unparse
from zhunsheng.read import canonical_pack, load_case, load_pack

ROOT = Path(__file__).parents[2]
LAW = load_pack(ROOT / "policy" / "urumqi-2025")
NOT_INSPECTED = KNOWN.replace("inspected_on: 2025-02-28", "inspected_on: none")


def asked(question: str, text: str = KNOWN) -> Why:
    return why(market(), case(text), question)


def standings(missing: Missing | None) -> list[tuple[str, Standing, list[str], list[str], str]]:
    assert missing is not None
    return [
        (one.rule, one.standing, [unparse(lack.condition) for lack in one.lacks], [by.rule for by in one.by], one.comes_to)
        for one in missing.candidates
    ]


# -- what is enough


def test_what_is_enough_suffices_and_nothing_in_it_can_be_left_out() -> None:
    found = asked("may_trade").sufficient

    assert not found.smallest
    assert [(fact.path, fact.value) for fact in found.facts] == [
        ("permits", "2 listed"), ("warnings", "1 listed"), ("as_of", "2025-06-01"), ("inspected_on", "2025-02-28"),
        ("permits[0].from", "2024-03-01"), ("permits[1].from", "2025-04-01"), ("permits[1].to", "none"),
        ("permits[1].rank", "square"), ("warnings[0].given_on", "2025-01-31"),
    ]  # fmt: skip


def test_a_smallest_set_is_called_smallest_and_is_no_larger() -> None:
    irreducible, smallest = (why(market(), case(), "may_trade", fewest=fewest).sufficient for fewest in (False, True))

    assert smallest.smallest
    assert len(smallest.facts) + len(smallest.readings) <= len(irreducible.facts) + len(irreducible.readings)


# -- what did not decide


def test_rejected_rules_are_told_of_the_answer_and_of_what_it_takes_over() -> None:
    found = asked("rank_now")

    assert [(one.definition, one.rule) for one in found.rejected] == [("rank_on", "suspended"), ("rank_on", "january")]
    assert [unparse(one.lacked) for one in found.rejected if one.lacked is not None] == [
        "suspended_on(day)",
        "in_winter == not_held",
    ]


# -- what did not come out


def test_a_value_that_did_not_come_out_names_the_rule_and_the_condition_it_lacked() -> None:
    found = asked("may_trade=true", NOT_INSPECTED)

    assert standings(found.missing) == [("open-and-inspected", Standing.LACKS, ["inspected_on != none"], [], "")]


def test_the_chain_goes_down_to_the_facts() -> None:
    found = asked("rank_now=closed").missing

    assert found is not None
    (now,) = found.candidates
    assert (now.standing, now.comes_to) == (Standing.OTHER_VALUE, "square")
    suspended = next(one for one in now.below.candidates if one.rule == "suspended") if now.below else None
    assert suspended is not None
    (lack,) = suspended.lacks
    assert lack.below is not None
    assert standings(lack.below)[0][:2] == ("within-a-month-of-a-warning", Standing.LACKS)
    (days,) = lack.below.candidates[0].lacks
    assert [(fact.path, fact.value) for fact in days.facts] == [("warnings", "1 listed")]
    (warning,) = days.tried
    assert [said for _, _, said in warning.at] == ["warnings[0]"]
    (late,) = warning.conditions
    assert unparse(late.condition) == "day <= w.suspends_to"
    assert [(unparse(side.of), side.value) for side in late.sides] == [("w.suspends_to", "2025-02-28")]
    assert [(fact.path, fact.value) for fact in late.facts] == [("warnings[0].given_on", "2025-01-31")]


def test_what_stands_in_the_way_of_the_rest_says_why_it_applies() -> None:
    found = asked("may_trade=false").missing

    assert standings(found) == [("", Standing.OVERRULED, [], ["open-and-inspected"], "")]
    assert found is not None
    assert [unparse(one.condition) for one in found.candidates[0].by[0].holds] == [
        "rank_now != closed", "inspected_on != none", "inspected_on + years(1) >= as_of",
    ]  # fmt: skip


def test_every_element_that_stands_in_the_way_is_named() -> None:
    twice = KNOWN.replace("{given_on: 2025-01-31}", "{given_on: 2025-05-20}\n    - {given_on: 2025-05-25}")

    found = asked("rank_now=square", twice).missing

    assert found is not None
    assert {"warnings[0].given_on", "warnings[1].given_on"} <= set(_facts(found))


def _facts(missing: Missing) -> Iterator[str]:
    """All that an explanation names, down the chain."""
    for candidate in missing.candidates:
        conditions = list(_all([*candidate.lacks, *(one for by in candidate.by for one in by.holds)]))
        yield from (fact.path for part in (candidate, *conditions) for fact in part.facts)
        for below in (part.below for part in (candidate, *conditions)):
            if below is not None:
                yield from _facts(below)


def _all(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """Conditions, and those they are taken apart into."""
    for one in conditions:
        yield one
        for part in (*one.tried, *one.branches):
            yield from _all(part.conditions)


def test_a_value_that_came_out_is_not_missing() -> None:
    found = asked("may_trade=true")

    assert found.is_outcome
    assert found.missing is None


def test_of_an_open_answer_each_possible_value_is_an_outcome() -> None:
    january = IN_WINTER.replace("as_of: 2025-06-01", "as_of: 2026-01-06")

    found = [why(market(), case(january), f"rank_now={value}").is_outcome for value in ("closed", "square", "corner")]

    assert found == [True, True, False]


# -- of the law


@pytest.mark.parametrize(
    "question", ["may_apply=true", "grade_in_force=A", "locked_out_until=none", "barred_from_upper_tier=true", "route=none"]
)
def test_every_leaf_of_an_explanation_of_the_law_names_a_condition_a_rule_or_a_value(question: str) -> None:
    given = load_case(ROOT / "scenarios" / "the-year-after-a-downgrade-ends-with-the-anniversary-day.yaml", LAW)

    found = why(LAW, given, question)

    assert found.missing is not None
    todo = [found.missing]
    while todo:
        missing = todo.pop()
        assert missing.wanted != missing.outcome
        for one in missing.candidates:
            assert one.lacks or one.by or one.comes_to, one
            todo += [below for below in (one.below, *(lack.below for lack in one.lacks)) if below is not None]


def test_a_rule_whose_value_says_nothing_without_its_guard_does_not_end_the_explanation() -> None:
    given = load_case(ROOT / "scenarios" / "a-works-that-files-nothing-keeps-a-despite-a-violation.yaml", LAW)

    found = why(LAW, given, "may_apply=true")

    assert found.missing is not None


# -- what is refused


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("may_trad", "ANSWER: there is no answer 'may_trad'\n    did you mean 'may_trade'?"),
        ("rank_now=squar", "ANSWER: rank_now cannot be 'squar': it is rank\n    did you mean 'square'?"),
        ("may_trade=perhaps", "ANSWER: may_trade cannot be 'perhaps': it is yes/no\n    write true or false"),
    ],
)
def test_misspelt_answers_and_values_are_refused_with_what_to_write(question: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        asked(question)

    assert str(refused.value) == message


def test_a_definition_that_would_have_to_equal_a_fact_is_followed_down_to_the_one_condition_it_lacked() -> None:
    pack = tiny_pack(
        facts={"as_of": "day", "clean": "yes/no", "complete": "yes/no", "target": "grade"}, enumerations={"grade": "D C B"},
        definitions=[
            define("earned", "grade", rule("all in order", "clean and complete", "B"), rule("not complete", "clean", "C", [])),
            define("granted", "yes/no", rule("as earned", "target == earned", "True"), otherwise="False"),
        ],
    )  # fmt: skip
    pack = replace(pack, answers=("granted",))
    pack = replace(pack, canonical=canonical_pack(pack))
    facts = {"as_of": date(2025, 1, 1), "clean": True, "complete": False, "target": "B"}

    found = why(pack, Case(Text("", ""), "tiny", facts, {}, {}, None), "granted=true").missing

    assert standings(found) == [("as earned", Standing.LACKS, ["target == earned"], [], "")]
    assert found is not None
    below = found.candidates[0].lacks[0].below
    assert standings(below) == [("all in order", Standing.LACKS, ["complete"], [], "")]


# -- conditions taken apart


def missing_of(condition: str, wanted: str = "granted=true", **facts: object) -> Condition:
    """The one condition that a rule of this condition lacked."""
    given = {"as_of": date(2025, 1, 1), "first": date(2025, 2, 1), "strict": True, "marks": marks()} | facts
    pack = tiny_pack(
        facts={"as_of": "day", "first": "day", "strict": "yes/no"},
        collections={"marks": ("mark", {"number": "number", "open": "yes/no"})},
        definitions=[
            define("limit", "number", rule("strict", "strict", "3", []), otherwise="1"),
            define("granted", "yes/no", rule("in order", condition, "True"), otherwise="False"),
        ],
    )  # fmt: skip
    pack = replace(pack, answers=("granted",))
    pack = replace(pack, canonical=canonical_pack(pack))
    found = why(pack, Case(Text("", ""), "tiny", given, {}, {}, None), wanted).missing
    assert found is not None
    (candidate,) = found.candidates
    (lack,) = candidate.lacks
    return lack


def marks(*numbers: int, open_: bool = True) -> Listing:
    return Listing(tuple({"number": number, "open": open_} for number in numbers), complete=True, stated=True)


def told(conditions: Iterable[Condition]) -> list[tuple[str, bool]]:
    return [(unparse(one.condition), one.wanted) for one in conditions]


def test_any_tells_each_element_tried_and_what_it_lacked() -> None:
    given = Listing((*marks(1).elements, *marks(5, open_=False).elements), complete=True, stated=True)
    lack = missing_of("any(m.number >= 3 for m in marks if m.open)", marks=given)

    assert [([said for _, _, said in one.at], told(one.conditions)) for one in lack.tried] == [
        (["marks[0]"], [("m.number >= 3", True)]), (["marks[1]"], [("m.open", True)]),
    ]  # fmt: skip
    assert [(fact.path, fact.value) for fact in lack.facts] == [("marks", "2 listed")]
    assert lack.untold == 0


def test_all_tells_the_elements_that_are_not_so_and_no_others() -> None:
    lack = missing_of("all(m.number >= 3 for m in marks)", marks=marks(1, 4, 2))

    assert [[said for _, _, said in one.at] for one in lack.tried] == [["marks[0]"], ["marks[2]"]]
    assert lack.facts == ()


def test_of_many_elements_tried_the_rest_is_counted() -> None:
    lack = missing_of("any(m.number >= 30 for m in marks)", marks=marks(*range(11)))

    assert (len(lack.tried), lack.untold) == (8, 3)


def test_if_else_tells_which_way_it_goes_and_what_was_lacking_there() -> None:
    text = "as_of >= first if strict else count(m for m in marks) >= 1"
    strict, lax = (missing_of(text, strict=truth) for truth in (True, False))

    assert [(unparse(one.test), one.holds, told(one.conditions)) for one in strict.branches] == [
        ("strict", True, [("as_of >= first", True)])
    ]
    assert [(unparse(one.test), one.holds) for one in lax.branches] == [("strict", False)]
    assert [(fact.path, fact.value) for fact in lax.branches[0].facts] == [("strict", "false")]


def test_a_comparison_tells_what_its_reckoned_sides_come_to() -> None:
    lack = missing_of("limit <= 2")

    assert [(unparse(side.of), side.value) for side in lack.sides] == [("limit", "3")]


def test_a_side_that_is_a_fact_is_told_by_the_facts_alone() -> None:
    lack = missing_of("as_of >= first + days(1)")

    assert [(unparse(side.of), side.value) for side in lack.sides] == [("first + days(1)", "2025-02-02")]
    assert {fact.path for fact in lack.facts} == {"as_of", "first"}


def test_a_value_that_is_a_case_distinction_tells_which_way_it_went() -> None:
    pack = tiny_pack(
        facts={"as_of": "day", "strict": "yes/no"}, enumerations={"grade": "D C B"},
        definitions=[define("grade_now", "grade", rule("by test", "True", "C if strict else B"))],
    )  # fmt: skip
    pack = replace(pack, answers=("grade_now",))
    pack = replace(pack, canonical=canonical_pack(pack))
    case_ = Case(Text("", ""), "tiny", {"as_of": date(2025, 1, 1), "strict": True}, {}, {}, None)

    found = why(pack, case_, "grade_now=B").missing

    assert found is not None
    (candidate,) = found.candidates
    assert candidate.comes_to == "C"
    assert [(unparse(one.test), one.holds, [fact.path for fact in one.facts]) for one in candidate.branches] == [
        ("strict", True, ["strict"])
    ]
