"""A decision about a day on which the law is not in force says so at its head; a duty without a deadline is told as a duty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lending import library
from lending_decisions import TODAY, answer, decision, no_fixed_day, whole_decision
from zhunsheng.ask.deciding.warned import warnings, warnings_along
from zhunsheng.ask.report import Decision, DutyAnswer, Status
from zhunsheng.ask.timelines.timeline_report import Deadline, Moment
from zhunsheng.lang.case import UNKNOWN
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import NONE, Text
from zhunsheng.narrate import paths
from zhunsheng.show.deciding.decision import decision_document
from zhunsheng.show.deciding.json import decision_json
from zhunsheng.show.deciding.outcomes import Outcomes
from zhunsheng.show.deciding.warned import warned
from zhunsheng.show.timelines.along import Along

PACK = library()
FIRST, LAST = date(2025, 11, 3), date(2026, 11, 2)


def in_force(first: date, last: date | None = None) -> Pack:
    return replace(PACK, in_force=(first, last))


@pytest.mark.parametrize(
    ("pack", "zh"),
    [
        (in_force(TODAY), ()),
        (in_force(TODAY, TODAY), ()),
        (
            in_force(date(2025, 11, 4)),
            ("注意：所依规定自2025年11月4日起施行，所问之日（2025年11月3日）尚未施行。以下只是假定当时已经施行的推算结果。",),
        ),
        (
            in_force(date(2024, 1, 1), date(2025, 11, 2)),
            ("注意：所依规定施行至2025年11月2日为止，所问之日（2025年11月3日）已经失效。以下只是假定当时仍然施行的推算结果。",),
        ),
    ],
)
def test_a_day_on_which_the_law_is_not_in_force_is_warned_of(pack: Pack, zh: tuple[str, ...]) -> None:
    case = whole_decision(PACK).case

    assert warned(warnings(pack, case), "zh") == zh


def test_the_same_day_is_warned_of_once_and_a_day_not_known_not_at_all() -> None:
    pack, case = in_force(date(2025, 11, 4)), whole_decision(PACK).case
    unknown = replace(case, facts={**case.facts, "as_of": UNKNOWN})
    earlier = replace(case, facts={**case.facts, "as_of": date(2025, 11, 2)})

    assert [len(warnings(pack, *cases)) for cases in ((case, case), (unknown,), (case, earlier))] == [1, 0, 2]


def test_days_of_a_timeline_outside_the_time_in_force_are_warned_of() -> None:
    pack = in_force(FIRST, LAST)

    def said(first: date, last: date) -> list[str]:
        return [text.zh.partition("。")[0] for text in warnings_along(pack, first, last)]

    assert said(FIRST, LAST) == []
    assert said(date(2025, 11, 2), LAST) == ["所依规定自2025-11-03起施行"]
    assert said(FIRST, date(2026, 11, 3)) == ["所依规定施行至2026-11-02为止"]


def test_a_warning_stands_at_the_head_and_among_the_data() -> None:
    said = Text("自2025-11-04起施行。", "In force from 2025-11-04.")
    given: Decision = replace(decision(PACK), warnings=(said,))

    assert decision_document(PACK, given, "en").opening[-1] == "Warning: In force from 4 November 2025."
    assert decision_json(PACK, given)["warnings"] == [{"zh": said.zh, "en": said.en}]


def test_a_duty_without_a_deadline_is_not_said_to_be_none() -> None:
    by = answer(PACK, "duty", Status.DETERMINED, NONE, definition="blocked_until")
    asked = replace(by, name="duty desk-checks by", definition="duty desk-checks by")
    day = replace(asked, outcomes=(replace(asked.outcomes[0], outcome=TODAY),))

    assert [Outcomes(PACK, lang).headline(asked) for lang in ("zh", "en")] == ["未定期限", "no deadline is set"]
    assert Outcomes(PACK, "zh").headline(day) == "2025年11月3日"
    assert paths.answer_name(PACK, asked.name, asked.definition, "zh").endswith("（期限）")


def test_a_deadline_that_may_not_be_set_is_told_as_not_set_along_time() -> None:
    moment = Moment(PACK.definitions["blocked_until"].type, Status.OPEN, (TODAY, NONE))

    assert Along(PACK, "zh").by(Deadline("desk-checks", True, moment)) == "最迟2025年11月3日，也可能没有期限（尚不能确定）"


def test_that_a_duty_is_owed_is_said_in_the_words_of_duties() -> None:
    owed = replace(no_fixed_day("desk-checks").owed, definition="duty desk-checks owed")
    not_owed = replace(owed, outcomes=(replace(owed.outcomes[0], outcome=False),))

    assert [Outcomes(PACK, "zh").headline(one) for one in (owed, not_owed)] == ["应当履行", "不须履行"]


def test_a_duty_without_a_deadline_stands_under_what_is_owed() -> None:
    owed = no_fixed_day("desk-checks").owed
    none = DutyAnswer("desk-checks", owed, answer(PACK, "blocked_until", Status.DETERMINED, NONE))

    section = decision_document(PACK, decision(PACK, owed=(none,)), "en").section("What happens next")

    assert section.items[0].label == "Owed, without a fixed day"
