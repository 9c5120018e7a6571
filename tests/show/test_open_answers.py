"""An open answer can be read at a glance: its outcomes in the order of the law, and of many values those that are left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shelf import PACK
from zhunsheng.ask.deciding.decide import decide
from zhunsheng.ask.report import Answer, Between, Decision, Matters
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import NONE, YES_NO, Type
from zhunsheng.narrate import nouns
from zhunsheng.narrate.document import Item
from zhunsheng.read import load_case, load_pack
from zhunsheng.show.deciding.decision import decision_document
from zhunsheng.show.deciding.open_points import OpenPoints
from zhunsheng.show.deciding.outcomes import Outcomes

NO_LINES = "pack: urumqi-2025\nfacts:\n  as_of: 2026-10-01\n"


@pytest.fixture(scope="module")
def law() -> Pack:
    return load_pack(PACK)


@pytest.fixture(scope="module")
def decided(law: Pack, tmp_path_factory: pytest.TempPathFactory) -> Decision:
    """What an enterprise attains of which no line is known."""
    path: Path = tmp_path_factory.mktemp("cases") / "no-lines.yaml"
    path.write_text(NO_LINES, encoding="utf-8")
    return decide(law, load_case(path, law), ["attained"])


@pytest.fixture(scope="module")
def attained(decided: Decision) -> Answer:
    return decided.answers[0]


def test_outcomes_stand_in_the_order_of_the_grades_and_what_is_no_grade_comes_last(law: Pack, attained: Answer) -> None:
    said = Outcomes(law, "en").headline(attained)

    names = law.enumerations[attained.type.base].names
    shown = [one.outcome for one in Outcomes(law, "en").in_order(attained)]
    assert shown[:-1] == sorted(shown[:-1], key=lambda name: names.index(str(name)))
    assert shown[-1] is FailureKind.GAP
    assert "A; B; B-; C; D; leading; non-leading" in said


def test_days_come_in_their_order_before_what_is_no_day(law: Pack) -> None:
    day = Type("day", frozenset({"none"}))
    outcomes = (FailureKind.NO_DATA, NONE, Between(date(2026, 3, 6), date(2026, 3, 9)), date(2026, 2, 1))

    said = Outcomes(law, "en").listed(day, outcomes)

    assert said.index("1 February") < said.index("6 March") < said.index("none") < said.index("data are lacking")


def test_yes_comes_before_no(law: Pack) -> None:
    assert Outcomes(law, "zh").listed(YES_NO, (False, True)) == "是、否"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (0, None),
        (1, "industry is anything but {first}"),
        (13, "industry is anything but {first}"),
        (14, "industry is {next}"),  # more than half as many as are named
    ],
)
def test_what_is_left_out_is_told_where_it_is_less_than_half_of_what_is_named(law: Pack, left: int, said: str | None) -> None:
    names = law.enumerations["industry"].names
    assert len(names) == 42
    noun = nouns.element(law, law.collections["lines"], "en")

    told = spoken(law, Matters("lines", {"industry": tuple(names[left:])}))

    first, following = (law.enumerations["industry"].by_name[names[place]].title["en"] for place in (0, left))
    assert told.startswith(f"One further {noun} ")
    assert (said or "industry is {next}").format(first=first, next=following) in told


def test_a_field_that_may_have_few_values_only_has_them_named(law: Pack) -> None:
    ladders = law.collections["lines"].field("ladder")
    assert ladders is not None
    assert ladders.type is not None
    names = law.enumerations[ladders.type.base].names

    assert "anything but" not in spoken(law, Matters("lines", {"ladder": tuple(names[:-1])}))


def test_the_open_grade_of_an_unknown_works_names_the_one_industry_apart(law: Pack, attained: Answer) -> None:
    told = [item.text for item in flat(OpenPoints(law, "zh", Outcomes(law, "zh")).of([attained], ["甲"]))]

    assert "所属行业为铸造以外的任何一种" in told
    assert max(map(len, told)) < 200


def test_readings_left_until_more_facts_are_known_are_not_said_to_have_been_too_much_work(law: Pack, decided: Decision) -> None:
    document = decision_document(law, decided, "zh")
    said = "".join(line for section in document.sections for line in section.paragraphs)

    assert "待多查明一些事实后再核算：企业总体达到的等级" in said
    assert "规定的计算量" not in said


def spoken(law: Pack, matters: Matters) -> str:
    item = OpenPoints(law, "en", Outcomes(law, "en"))._matters((matters,))
    assert item is not None
    return item.text


def flat(items: tuple[Item, ...]) -> list[Item]:
    return [each for item in items for each in (item, *flat(item.items))]
