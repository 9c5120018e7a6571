"""Discretion: which choices are lawful, what an unlawful, a missing or an impossible choice comes to."""

from __future__ import annotations

from typing import Any

import pytest

from building import define, read, rule, tiny_pack
from zhunsheng.errors import ChoiceMissing
from zhunsheng.evaluate import Run, UnlawfulChoice
from zhunsheng.lang.outcome import Failed, Failure, FailureKind

PACK = tiny_pack(
    enumerations={"grade": "D C B A ungraded!"},
    facts={"reached": "grade", "crime": "yes/no"},
    readings={"bound": "below_reached any_low"},
    discretions={
        "penalty": ("grade", "below(penalty) if bound == below_reached else penalty <= C"),
        "publish": ("yes/no", "publish == crime or crime"),
        "replaced": ("grade", "crime and replaced == D", "reached"),
        "shaky": ("grade", "broken or shaky == B"),
    },
    definitions=[
        define(
            "below", "yes/no", rule("lower", "g < reached and g <= C", "True"), otherwise="False",
            parameters={"g": "grade"},
        ),
        define("broken", "yes/no"),
        define("result", "grade", rule("penalised", "crime", "penalty"), otherwise="reached"),
        define("published", "yes/no", otherwise="publish"),
        define("with_replacement", "grade", otherwise="replaced"),
        define("harsh", "yes/no", otherwise="penalty == D"),
    ],
)  # fmt: skip


def run(
    choices: dict[str, Any] | None = None, reached: str = "B", crime: bool = True, bound: str = "below_reached"
) -> Run:
    return Run(PACK, {"reached": reached, "crime": crime}, {"bound": bound}, choices or {})


@pytest.mark.parametrize(
    ("reached", "bound", "lawful"),
    [
        ("A", "below_reached", ("D", "C")),
        ("C", "below_reached", ("D",)),
        ("D", "below_reached", ()),
        ("D", "any_low", ("D", "C")),
    ],
)
def test_lawful_choices_come_in_the_enumerations_order(reached: str, bound: str, lawful: tuple[str, ...]) -> None:
    assert run(reached=reached, bound=bound).lawful("penalty") == lawful


def test_what_only_an_answer_may_be_is_not_chosen() -> None:
    assert run().candidates("penalty") == ("D", "C", "B", "A")


def test_a_yes_no_is_chosen_as_well() -> None:
    assert run(crime=True).lawful("publish") == (False, True)
    assert run(crime=False).lawful("publish") == (False,)
    assert run({"publish": False}).definition("published") is False
    assert run({"publish": True}).definition("published") is True


def test_a_choice_whose_lawfulness_fails_is_not_lawful() -> None:
    assert run().lawful("shaky") == ("B",)


def test_a_lawful_choice_is_the_value() -> None:
    assert run({"penalty": "C"}).definition("result") == "C"
    assert run({"penalty": "D"}).definition("result") == "D"
    assert run({"penalty": "D"}).definition("harsh") is True


def test_an_unlawful_choice_stands_and_is_told() -> None:
    made = run({"publish": True, "penalty": "A"})

    assert made.definition("result") == "A"
    assert made.unlawful_choices() == (UnlawfulChoice("penalty", "A", ("D", "C")),)
    assert run({"penalty": "C"}).unlawful_choices() == ()


def test_where_no_choice_is_lawful_there_is_a_gap_of_the_discretion_whatever_was_chosen() -> None:
    gap = Failed(frozenset({Failure(FailureKind.GAP, "penalty")}))

    assert run(reached="D").definition("result") == gap
    assert run({"penalty": "C"}, reached="D").definition("result") == gap
    assert run({"penalty": "C"}, reached="D").unlawful_choices() == (UnlawfulChoice("penalty", "C", ()),)


def test_where_no_choice_is_lawful_the_pack_may_say_what_holds_instead() -> None:
    assert run(crime=False).definition("with_replacement") == "B"
    assert run({"replaced": "D"}).definition("with_replacement") == "D"


def test_a_missing_choice_is_an_error_only_where_an_answer_looks_at_it() -> None:
    assert run(crime=False).definition("result") == "B"
    with pytest.raises(ChoiceMissing) as told:
        run().definition("result")

    assert told.value.name == "penalty"
    assert str(told.value) == "nothing is chosen within the discretion penalty, and the answer looks at it"


def test_another_choice_is_another_run_that_keeps_what_no_choice_had_a_part_in() -> None:
    first = run({"penalty": "C"})
    outcomes = [first.definition("result"), first.definition("harsh"), first.definition("below", ("C",))]
    second = first.choosing({"penalty": "D"})

    assert outcomes == ["C", False, True]
    assert [second.definition("result"), second.definition("harsh")] == ["D", True]
    assert first.definition("result") == "C"
    assert second.settled("below", ("C",)) is first.settled("below", ("C",))


@pytest.mark.parametrize("asked_before", [["inner", "outer"], ["outer"]])
def test_a_choice_looked_at_through_another_definition_is_still_a_choice(asked_before: list[str]) -> None:
    pack = tiny_pack(
        enumerations={"grade": "B A"},
        facts={"p": "yes/no"},
        discretions={"pick": ("grade", "True")},
        definitions=[define("inner", "grade", otherwise="pick"), define("outer", "grade", otherwise="inner")],
    )
    first = Run(pack, {"p": True}, {}, {"pick": "A"})
    for name in asked_before:
        first.definition(name)

    assert first.choosing({"pick": "B"}).definition("outer") == "B"


def test_a_choice_may_be_bounded_by_another() -> None:
    pack = tiny_pack(
        enumerations={"grade": "C B A"},
        facts={"p": "yes/no"},
        discretions={"upper": ("grade", "True"), "lower": ("grade", "lower < upper")},
        definitions=[define("d", "grade", otherwise="lower")],
    )

    assert Run(pack, {"p": True}, {}, {"upper": "A"}).lawful("lower") == ("C", "B")
    assert Run(pack, {"p": True}, {}, {"upper": "C", "lower": "C"}).definition("d") == Failed(
        frozenset({Failure(FailureKind.GAP, "lower")})
    )
    with pytest.raises(ChoiceMissing, match="the discretion upper,"):
        Run(pack, {"p": True}, {}, {"lower": "C"}).definition("d")


def test_an_expression_may_speak_of_a_choice() -> None:
    assert run({"penalty": "C"}).expression(read(PACK, "penalty == C")) is True
