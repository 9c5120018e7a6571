"""What case files and scenarios become."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from read_library import CASES, case_of, library
from zhunsheng.errors import Place
from zhunsheng.lang.case import UNKNOWN, ChoiceMade, Listing, Source
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.types import NONE, Special, Text
from zhunsheng.read import load_case, load_scenario, parse_case, set_fact

EVERYTHING = CASES / "everything.yaml"
LEFT_OUT = {"sort": UNKNOWN, "from": UNKNOWN, "due_on": UNKNOWN, "returned_on": UNKNOWN, "complaint": "no_complaint"}


def test_facts_left_out_are_unknown_or_what_the_pack_says() -> None:
    assert case_of("as_of: 2024-11-04").facts == {
        "as_of": date(2024, 11, 4),
        "reader": {"name": UNKNOWN, "age": UNKNOWN, "branch": NONE},
        "card": UNKNOWN,
        "scores": {"care": UNKNOWN, "time": UNKNOWN},
        "loans": Listing((), complete=False, stated=False),
        "warnings": Listing((), complete=False, stated=False),
    }


def test_unknown_none_and_stated_are_three_different_things() -> None:
    assert case_of("card: unknown").facts["card"] is UNKNOWN
    assert case_of("card: none").facts["card"] == NONE
    assert case_of("card: {paid: true}").facts["card"] == {"issued_on": UNKNOWN, "held": UNKNOWN, "paid": True}
    assert case_of("reader: {branch: unknown}").facts["reader"]["branch"] is UNKNOWN
    assert case_of("reader: {branch: 东区}").facts["reader"]["branch"] == "东区"


def test_a_list_is_complete_once_stated_unless_it_says_otherwise() -> None:
    assert case_of("loans: []").facts["loans"] == Listing((), complete=True)
    assert case_of("loans: unknown").facts["loans"] == Listing((), complete=False, stated=False)
    assert case_of("loans: {known: [], others: unknown}").facts["loans"] == Listing((), complete=False)
    assert case_of("loans: {known: [], others: none}").facts["loans"] == Listing((), complete=True)


def test_a_single_list_may_be_none_one_mapping_or_a_list() -> None:
    warning = {"given_on": date(2024, 5, 1), "mark": NONE}

    assert case_of("warnings: none").facts["warnings"] == Listing((), complete=True)
    assert case_of("warnings: {given_on: 2024-05-01}").facts["warnings"] == Listing(
        (warning,), complete=True, labels=("warnings",)
    )
    assert case_of("warnings: [{given_on: 2024-05-01}]").facts["warnings"] == Listing(
        (warning,), complete=True, labels=("warnings[0]",)
    )


def test_values_may_be_written_in_any_of_their_spellings() -> None:
    for spelling in ("ordinary-", "ordinary_minus", "普通（限借）"):
        assert case_of(f"scores: {{care: {spelling}}}").facts["scores"]["care"] == "ordinary_minus"
    assert case_of("scores: {爱护程度: n/a}").facts["scores"]["care"] == Special("not_applicable")
    assert case_of("card: {held: 普通读者}").facts["card"]["held"] == "ordinary"
    assert case_of("card: {paid: no}").facts["card"]["paid"] is False
    assert case_of("card: {paid: 是}").facts["card"]["paid"] is True


def test_a_value_written_none_is_that_value_and_not_the_absence_of_one() -> None:
    assert case_of("loans: [{complaint: none}]").facts["loans"].elements[0]["complaint"] == "no_complaint"


def test_elements_are_labelled_by_their_names_else_by_their_place() -> None:
    facts = load_case(EVERYTHING, library()).facts

    assert facts["loans"].labels == ("loans[红楼梦]", "loans[1]", "loans[地图[甲].乙]")
    assert facts["loans"].elements[2] == {
        **LEFT_OUT, "mark": "地图[甲].乙", "due_on": date(2024, 11, 1),
    }  # fmt: skip


def test_an_element_that_names_several_is_one_element_for_each() -> None:
    warnings = load_case(EVERYTHING, library()).facts["warnings"]

    assert warnings.labels == ("warnings[0].marks[红楼梦]", "warnings[0].marks[12]", "warnings[1]", "warnings[2]")
    assert [warning["mark"] for warning in warnings.elements] == ["红楼梦", "12", "红楼梦", NONE]


def test_sources_and_places_are_kept_by_path() -> None:
    case = load_case(EVERYTHING, library())
    file = str(EVERYTHING)

    assert case.sources == {"reader.age": Source("身份证", "借阅处"), "card": Source("办证记录", "")}
    wanted = (
        "as_of",
        "reader.age",
        "card",
        "card.held",
        "scores.care",
        "loans[1].sort",
        "known_until",
        "readings.counting",
    )
    assert {path: case.places[path] for path in wanted} == {
        "as_of": Place(file, 10, 10),
        "reader.age": Place(file, 11, 35),
        "card": Place(file, 13, 12),
        "card.held": Place(file, 13, 44),
        "scores.care": Place(file, 15, 18),
        "loans[1].sort": Place(file, 19, 28),
        "known_until": Place(file, 8, 14),
        "readings.counting": Place(file, 26, 22),
    }


def test_what_is_known_reaches_to_the_day_asked_about_unless_the_case_says() -> None:
    assert case_of("as_of: 2024-11-04").known_until == date(2024, 11, 4)
    assert case_of("as_of: unknown").known_until is None
    assert load_case(EVERYTHING, library()).known_until == date(2024, 12, 31)


def test_readings_and_choices_with_their_reasons() -> None:
    case = load_case(EVERYTHING, library())

    assert (case.readings, case.choices) == (
        {"counting": "next_day"}, {"fine_level": ChoiceMade("ordinary_minus", "馆长", "初犯")},
    )  # fmt: skip
    assert case_of("as_of: 2024-11-04", "discretion: {fine_level: ordinary}\n").choices == {
        "fine_level": ChoiceMade("ordinary")
    }


def test_expectations_hold_only_what_is_written_under_the_one_key_of_each_answer() -> None:
    case = load_case(EVERYTHING, library())

    assert [(found.answer, found.want) for found in case.expect] == [
        ("may_borrow", {"status": "determined", "outcomes": (True,)}),
        ("suspended_until", {"status": "determined", "outcomes": (date(2025, 1, 2),)}),
        ("loans[红楼梦].overdue", {"status": "determined", "outcomes": (True,)}),
        (
            "loans[1].overdue",
            {
                "status": "open",
                "outcomes": (True, False, FailureKind.GAP),
                "depends_on": {"facts": ("loans.others",)},
                "firm": "no",
            },
        ),
        ("may_borrow_sort[book]", {"status": "determined"}),
        ("standing_now", {"status": "determined", "outcomes": ("level",)}),
        (
            "fine_to_pay",
            {
                "status": "open",
                "outcomes": (NONE, "ordinary_minus"),
                "depends_on": {"facts": (), "readings": ("counting",), "discretion": ("fine_level",)},
                "differs_under": (
                    {"readings": {"lowest": "none"}, "status": "gap"},
                    {"readings": {"counting": "same_day"}, "outcomes": (NONE,)},
                ),
            },
        ),
        ("可续借", {"status": "conflict"}),
        ("duties[desk-answers].owed", {"status": "determined", "outcomes": (True,)}),
        ("duties[desk-answers].by", {"status": "determined", "outcomes": (date(2023, 1, 10),)}),
        ("duties[director-reports].owed", {"status": "determined", "outcomes": (True,)}),
    ]


def test_each_variation_is_the_case_with_its_changes_and_its_own_expectations() -> None:
    base, card, renamed = load_scenario(CASES / "variations.yaml", library())

    assert (base.facts["card"], base.readings) == (NONE, {})
    assert card.title == Text("后来办了证", "A card since")
    assert card.facts["card"] == {"issued_on": date(2024, 11, 5), "held": "ordinary", "paid": True}
    assert card.facts["loans"].labels == ("loans[甲]", "loans[乙]")
    assert [loan["returned_on"] for loan in card.facts["loans"].elements] == [date(2024, 11, 30), UNKNOWN]
    assert card.facts["loans"].complete is False
    assert card.facts["warnings"].elements[0]["given_on"] == date(2024, 5, 2)
    assert card.facts["scores"] == {"care": "honoured", "time": UNKNOWN}
    assert (card.readings, card.choices["fine_level"].value) == ({"lowest": "none"}, "suspended")
    assert [found.answer for found in card.expect] == ["may_borrow", "loans[乙].overdue"]
    assert renamed.title == Text("变化（变化2）", "Variations (variation 2)")
    assert renamed.facts["warnings"] == Listing((), complete=True)
    assert renamed.facts["loans"].labels == ("loans[丙]",)


def test_a_variation_that_moves_the_day_moves_what_is_known_unless_the_case_says() -> None:
    base, card, renamed = load_scenario(CASES / "variations.yaml", library())

    assert (base.known_until, card.known_until, renamed.known_until) == (
        date(2024, 11, 4), date(2024, 12, 1), date(2025, 1, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("as_of", "2024-12-01", "as_of: 2024-12-01"),
        ("card", "none", "card: none"),
        ("card.paid", "true", "card: {paid: true}"),
        ("scores.爱护程度", "ordinary-", "scores: {care: ordinary-}"),
        ("loans[+]", "{mark: 甲, sort: 书}", "loans: {known: [{mark: 甲, sort: book}], others: unknown}"),
        ("loans", "[]", "loans: []"),
        ("warnings", "{given_on: 2024-05-01, marks: [a, b]}", "warnings: {given_on: 2024-05-01, marks: [a, b]}"),
    ],
)
def test_setting_a_fact_is_the_same_as_writing_it_in_the_file(path: str, text: str, line: str) -> None:
    changed = set_fact(case_of("reader: {age: 30}"), path, text, library())

    assert changed.facts == case_of(f"reader: {{age: 30}}\n{line}").facts


def test_a_reading_and_a_choice_can_be_set_like_a_fact() -> None:
    case = set_fact(case_of("as_of: 2024-11-04"), "readings.counting", "same_day", library())
    case = set_fact(case, "discretion.fine_level", "{choose: ordinary, reason: 初犯}", library())

    assert (case.readings, case.choices) == (
        {"counting": "same_day"}, {"fine_level": ChoiceMade("ordinary", "", "初犯")},
    )  # fmt: skip


def test_setting_a_fact_leaves_the_case_it_was_set_in_alone() -> None:
    case = case_of("loans: [{mark: 甲, sort: book}]")
    before = replace(case)

    changed = set_fact(case, "loans[甲].sort", "map", library())

    assert case == before
    assert changed.facts["loans"].elements[0]["sort"] == "map"


def test_the_digest_is_of_what_a_case_says_and_not_of_how_it_is_written() -> None:
    case = case_of("as_of: 2024-11-04\nscores: {care: 优秀}")
    same = [
        case_of("scores:\n    爱护程度: honoured   # 同一项\nas_of: '2024-11-04'"),
        case_of("as_of: {value: 2024-11-04, source: 来函}\nscores: {care: 优秀}"),
        case_of("as_of: 2024-11-04\nscores: {care: 优秀}", "title: 另一题目\nexpect: {may_borrow: true}\n"),
        case_of("as_of: 2024-11-04\nscores: {care: 优秀}", "known_until: 2024-11-04\n"),
    ]
    other = [
        case_of("as_of: 2024-11-05\nscores: {care: 优秀}"),
        case_of("as_of: 2024-11-04\nscores: {care: 优秀}\nloans: []"),
        case_of("as_of: 2024-11-04\nscores: {care: 优秀}\ncard: none"),
        case_of("as_of: 2024-11-04\nscores: {care: 优秀}", "known_until: 2024-11-05\n"),
        case_of("as_of: 2024-11-04\nscores: {care: 优秀}", "readings: {counting: same_day}\n"),
        case_of("as_of: 2024-11-04\nscores: {care: 优秀}", "discretion: {fine_level: ordinary}\n"),
    ]

    assert {found.digest for found in same} == {case.digest}
    assert len({found.digest for found in (case, *other)}) == 1 + len(other)


def test_json_is_read_as_well() -> None:
    text = '{"pack": "library", "facts": {"as_of": "2024-11-04", "card": {"paid": true}, "loans": []}}'

    case = parse_case(text, "case.json", library())

    assert case.facts == case_of("as_of: 2024-11-04\ncard: {paid: yes}\nloans: []").facts


def test_the_parts_of_an_element_that_names_several_know_their_places_and_can_be_set_alone() -> None:
    case = case_of("warnings: [{given_on: {value: 2024-05-01, source: 来函}, marks: [甲, 乙]}]")

    changed = set_fact(case, "warnings[0].marks[乙].given_on", "2024-05-02", library())

    assert case.places["warnings[0].marks[乙].given_on"] == Place("case.yaml", 3, 33)
    assert case.sources["warnings[0].marks[甲].given_on"] == Source("来函", "")
    assert changed.facts["warnings"].labels == ("warnings[0].marks[甲]", "warnings[0].marks[乙]")
    assert [warning["given_on"].day for warning in changed.facts["warnings"].elements] == [1, 2]


def test_an_element_with_its_source_keeps_it_under_its_name() -> None:
    case = case_of("loans: [{value: {mark: 甲, sort: book}, source: 借阅记录}]")

    assert case.sources == {"loans[甲]": Source("借阅记录", "")}


def test_an_element_split_by_none_is_about_the_whole() -> None:
    (warning,) = case_of("warnings: [{given_on: 2024-05-01, marks: [none]}]").facts["warnings"].elements

    assert warning["mark"] == NONE
