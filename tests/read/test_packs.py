"""What a pack's files become."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from read_library import FOLDER, library
from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import CollectionSpec, FactSpec, Provision, Qualifier, Review
from zhunsheng.lang.types import DAY, NONE, NUMBER, TEXT, YES_NO, Period, Text, Type
from zhunsheng.lang.unparse import unparse
from zhunsheng.read import load_pack

MAYBE_TEXT = Type("text", frozenset({"none"}))


def test_the_pack_says_who_it_is_and_where_it_ends() -> None:
    pack = library()

    assert (pack.name, pack.version, pack.authority.zh) == ("library", "1.2.0", "城南图书馆")
    assert (pack.in_force, pack.horizon) == ((date(2024, 3, 1), None), (date(2020, 1, 1), date(2032, 12, 31)))
    assert (pack.as_of, pack.reference_days) == ("as_of", ("as_of", "card.issued_on"))
    assert pack.answers[-1] == "可续借"


def test_a_record_keeps_its_fields_with_their_limits() -> None:
    card = library().facts["card"]

    assert (card.type, card.may_be_none, [field.name for field in card.record]) == (
        None, True, ["issued_on", "held", "paid"],
    )  # fmt: skip
    assert card.field("held") == FactSpec(
        "held", Type("standing"), among=("ordinary", "honoured"), changed_by="authority"
    )
    assert library().facts["reader"].field("age") == FactSpec("age", NUMBER, least=6, greatest=120, plain=30)
    assert library().facts["reader"].field("branch") == FactSpec("branch", MAYBE_TEXT, left_out=NONE)


def test_a_list_keeps_its_element_its_key_and_how_it_is_split() -> None:
    assert library().collections["warnings"] == CollectionSpec(
        "warnings", "warning", (FactSpec("given_on", DAY), FactSpec("mark", MAYBE_TEXT, left_out=NONE)), None, True,
        "given_on", ("mark", "marks"), provision="3(1)",
    )  # fmt: skip
    loans = library().collections["loans"]
    assert (loans.key, loans.element, loans.field("mark")) == ("mark", "loan", FactSpec("mark", TEXT))


def test_a_table_type_may_name_a_special_value_as_it_is_written() -> None:
    assert library().facts["scores"].type == Type("standing", frozenset({"not_applicable"}), "service")


def test_parameters_are_periods_numbers_and_days() -> None:
    values = {name: spec.value for name, spec in library().parameters.items()}

    assert values == {"suspension": Period(months=6, days=1), "most_warnings": 2, "opened_on": date(2021, 5, 4)}


def test_the_options_of_a_reading_are_an_enumeration_and_a_default_may_be_missing() -> None:
    pack = library()

    assert (pack.readings["lowest"].default, pack.readings["counting"].default) == ("all", None)
    assert pack.enumerations["reading counting"].names == ("same_day", "next_day")


def test_an_attribute_of_an_enumeration_is_a_definition_with_one_rule_a_value() -> None:
    shelf = library().definitions["sort.shelf"]

    assert shelf.parameters == (("sort", Type("sort")),)
    assert [(rule.name, unparse(rule.when), unparse(rule.value)) for rule in shelf.rules] == [
        ("book", "sort == book", "3"),
        ("map", "sort == map", "7"),
    ]
    assert shelf.rules[0].says == Text("馆藏目录", "馆藏目录")
    assert shelf.otherwise is not None
    assert unparse(shelf.otherwise) == "none"
    assert library().definitions["sort.may_leave"].otherwise is None


def test_a_definition_of_an_element_takes_the_element_first() -> None:
    assert library().definitions["loan.overdue"].parameters == (("loan", Type("loan")),)


def test_a_value_may_use_what_its_condition_has_ruled_out() -> None:
    rule = library().definitions["standing_now"].rule("the-card")

    assert rule.value == e.Field(e.Fact("card", Type("record card", frozenset({"none"}))), "held", Type("standing"))


def test_each_duty_is_two_definitions() -> None:
    definitions = library().definitions
    owed, by = definitions["duty desk-answers owed"], definitions["duty desk-answers by"]

    assert (owed.type, [unparse(rule.when) for rule in owed.rules]) == (YES_NO, ["card != none"])
    assert owed.otherwise == e.Literal(False, YES_NO)
    assert (by.type, by.otherwise) == (Type("day", frozenset({"none"})), e.Literal(NONE, by.type))
    assert [(unparse(rule.when), unparse(rule.value)) for rule in by.rules] == [
        ("card != none", "workdays_after(card.issued_on, 3, local)")
    ]
    assert definitions["duty director-reports by"].rules == ()


def test_provisions_are_cited_by_the_levels_they_name() -> None:
    assert list(library().provisions) == ["1", "2", "2.2", "3", "3(1)", "3(2)1(3)"]


def test_a_provision_holds_its_qualifiers_its_review_and_what_stands_under_it() -> None:
    first = library().provisions["1"]

    assert first == Provision(
        "1", 1, Text("持证读者可以借书。", "A reader with a card may borrow."),
        (
            Qualifier("持证", (("rule", "may_borrow/with-a-card"),)),
            Qualifier("馆内", (("not_modelled", "behaviour"),)),
        ),
        ("may_borrow", "可续借"), ("desk-answers", "director-reports"), None,
        Review("王馆员", date(2024, 3, 2), "0123456789abcdef"), first.fingerprint,
    )  # fmt: skip
    assert library().provisions["2"].qualifiers[0].covered_by == (
        ("reading", "lowest"), ("fact", "scores"), ("definition", "worst"),
    )  # fmt: skip


def test_a_rule_stands_where_its_file_says() -> None:
    rule = library().definitions["may_borrow"].rule("suspended")

    assert str(rule.at) == f"{FOLDER}/articles/01-readers.yaml:29:13"
    assert str(rule.when.at) == f"{FOLDER}/articles/01-readers.yaml:31:15"
    assert rule.provision == "3(1)"


def test_a_table_that_extends_another_has_the_days_of_both() -> None:
    calendars = library().calendars

    assert list(calendars) == ["national", "local"]
    assert sorted(calendars["local"].years) == [2024]
    assert calendars["local"].years[2024].off == {date(2024, 10, 1), date(2024, 10, 2), date(2024, 11, 5)}
    assert calendars["local"].years[2024].work == {date(2024, 10, 12)}


def test_a_value_of_an_answer_may_be_written_as_a_mapping() -> None:
    assert library().enumerations["standing"].by_name["level"].written == '{"tie":["ordinary","honoured"]}'


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_pack_with_windows_line_ends_is_the_same_pack(ending: str, tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "library")
    for path in (tmp_path / "library").rglob("*.yaml"):
        path.write_bytes(path.read_text(encoding="utf-8").replace("\n", ending).encode())

    assert load_pack(tmp_path / "library") == library()
