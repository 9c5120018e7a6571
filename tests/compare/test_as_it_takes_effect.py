"""The law as an amendment takes effect: the old law for what a day before its first day governs, the new law for the rest."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from building import define, listing, rule, tiny_pack
from two_laws import ANSWERS, DAYS, GRADES, amended, as_the_law_sees_it, every_case
from zhunsheng.ask.comparing.compare import compare
from zhunsheng.ask.comparing.comparison import Comparison, Direction
from zhunsheng.ask.comparing.effect import in_effect, taking_effect
from zhunsheng.errors import InputError, Place
from zhunsheng.evaluate import Run
from zhunsheng.lang import expr as e
from zhunsheng.lang.amendment import Act, Amended, Amendment, Edit, Kind
from zhunsheng.lang.kinds import DAY_OF_CHANGE, Kinds, Part
from zhunsheng.lang.outcome import strongest
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import DAY, YES_NO, Period, Text, Type

PACKS = 60 if os.environ.get("ALL") else 8
NOTHING = Text("", "")
FIRST = date(2026, 7, 1)


def every_outcome(run: Run, name: str, grades: list[str]) -> frozenset[Any]:
    return frozenset(strongest(run.choosing({"level": one}).definition(name)) for one in run.lawful("level") or grades)


def from_the_second_day(laws: Amended) -> Amended:
    (amendment,) = laws.amendments
    return replace(laws, amendments=(replace(amendment, in_force_from=DAYS[1]),))


@pytest.mark.parametrize("seed", range(PACKS))
def test_each_answer_is_the_new_laws_from_its_first_day_and_the_old_laws_before(seed: int) -> None:
    laws = from_the_second_day(amended(seed))
    becomes = next((edit.becomes for edit in laws.edits if edit.kind is Kind.VALUE), "")
    if any(edit.kind is Kind.VALUE and not edit.becomes for edit in laws.edits):
        pytest.skip("the new law has no word for some of these cases")

    law = in_effect([laws]).pack

    for number, facts in enumerate(every_case()):
        if number % 3:
            continue  # every third case is enough, and there are thousands
        ruling = laws.pack if facts["today"] >= DAYS[1] else laws.base
        seen = as_the_law_sees_it(ruling, facts, becomes if ruling is laws.pack else "")
        for name in ANSWERS:
            expected = every_outcome(Run(ruling, seen, {"wide": "narrow"}, {}), name, GRADES)
            found = every_outcome(Run(law, facts, {"wide": "narrow"}, {}), name, GRADES)
            assert found == expected, (seed, name, facts)


# -- a day of the element at hand


def bars(length: Period) -> Pack:
    """A bar that runs from each event; whether one is running, and until when."""
    return replace(
        tiny_pack(
            facts={"today": "day", "asked_on": "day"},
            collections={"events": ("event", {"on": "day"})},
            parameters={"length": length},
            definitions=[
                define("event.ends", "day", rule("a", "True", "event.on + length")),
                define("barred", "yes/no", rule("a", "any(e.on <= today and today <= e.ends for e in events)", "True"),
                       otherwise="False"),
                define("free", "yes/no", rule("a", "not barred", "True"), otherwise="False"),
                define("ever", "yes/no", rule("a", "any(e.on <= today for e in events)", "True"), otherwise="False"),
            ],
        ),
        answers=("barred", "free", "ever"), as_of="today",
    )  # fmt: skip


def shortened() -> Amended:
    on = e.Field(e.Var("event", Type("event")), "on", DAY)
    edit = Edit(Act.SET, Kind.PARAMETER, "length", governs={"event.ends": on})
    amendment = Amendment("made-up", "tiny", NOTHING, NOTHING, FIRST, None, (edit,), {}, Place("made-up.yaml", 3, 1))
    return Amended(bars(Period(days=30)), bars(Period(days=10)), (amendment,))


def situations() -> Kinds:
    """Whether some event was before the first day of the new law."""
    day, on = e.Var(DAY_OF_CHANGE, DAY), e.Field(e.Var("x", Type("event")), "on", DAY)
    binder = e.Binder("x", Type("event"), "events", None)
    earlier = e.Aggregate(e.Kind.ALL, (binder,), None, None, e.Compare("<", on, day, YES_NO), None, YES_NO)
    return Kinds(situations=(Part("all-before", Text("在前", "all before"), earlier),))


def compared() -> Comparison:
    return taking_effect([shortened()], situations())


def test_an_edit_is_governed_by_the_day_of_each_element() -> None:
    law = in_effect([shortened()]).pack
    late, early = FIRST, FIRST - timedelta(days=1)
    run = Run(law, {"today": FIRST, "asked_on": FIRST, "events": listing({"on": early}, {"on": late})}, {}, {})

    ends = [run.definition("event.ends", (element,)) for element in run.facts.elements("events")]

    assert ends == [early + timedelta(days=30), late + timedelta(days=10)]


def test_cases_that_lie_before_the_first_day_are_proved_unchanged() -> None:
    comparison = compared()

    barred = next(each for each in comparison.answers if each.answer == "barred")
    assert comparison.complete
    assert barred.by_kind == {("all-before", "in"): Direction.EQUIVALENT, ("all-before", "rest"): Direction.OTHER}


def test_the_days_on_which_the_laws_differ_are_exact() -> None:
    (change,) = next(each for each in compared().answers if each.answer == "barred").changes

    (event,) = change.shown.before.facts["events"].elements
    assert change.shown.days == ((event["on"] + timedelta(days=11), event["on"] + timedelta(days=30)),)
    assert change.shown.under_way is False


def test_an_answer_that_changes_only_because_another_does_says_so() -> None:
    comparison = compare(shortened())

    assert {each.answer: each.follows for each in comparison.answers} == {"barred": (), "free": ("barred",), "ever": ()}
    assert next(each for each in comparison.answers if each.answer == "ever").untouched


def test_what_no_day_can_tell_apart_is_refused_at_its_place() -> None:
    laws = shortened()
    asked_of_more = replace(laws.base.definitions["barred"], parameters=(("day", DAY),))
    other = replace(laws.pack, definitions={**laws.pack.definitions, "barred": asked_of_more})
    edit = Edit(Act.REPLACE, Kind.DEFINITION, "barred", at=Place("made-up.yaml", 9, 5))
    amendment = replace(laws.amendments[0], edits=(edit,))

    with pytest.raises(InputError) as caught:
        in_effect([Amended(laws.base, other, (amendment,))])

    assert [str(problem) for problem in caught.value.problems] == [
        "made-up.yaml:9:5: 'barred' is asked of something else in each law, so no day can tell them apart\n"
        "    give the new definition another name"
    ]


def test_laws_whose_facts_mean_something_else_are_refused_at_the_edit() -> None:
    laws = shortened()
    other = tiny_pack(facts={"today": "day", "asked_on": "yes/no"}, parameters={"length": Period(days=10)})
    edit = Edit(Act.REPLACE, Kind.FACT, "asked_on", at=Place("made-up.yaml", 12, 5))
    amendment = replace(laws.amendments[0], edits=(edit,))

    with pytest.raises(InputError) as caught:
        compare(Amended(laws.base, replace(other, as_of="today"), (amendment,)))

    assert [str(problem) for problem in caught.value.problems] == [
        "made-up.yaml:12:5: the fact 'asked_on' is of type day in one law and of type yes/no in the other\n"
        "    give the new fact another name"
    ]
