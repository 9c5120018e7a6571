"""Every report about a case asked about on a day before the law was in force says so before anything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from building import NO_TEXT, define, rule, tiny_pack
from zhunsheng.ask.certifying.certificates import Made
from zhunsheng.ask.deciding.decide import decide
from zhunsheng.ask.explaining.why import Sufficient, Why
from zhunsheng.ask.report import DutyAnswer
from zhunsheng.ask.supposing.varying import vary
from zhunsheng.ask.supposing.whatif import side_by_side
from zhunsheng.ask.testing.worked import worked
from zhunsheng.ask.timelines.timeline_report import Timeline
from zhunsheng.lang.case import Case
from zhunsheng.lang.expr import Literal
from zhunsheng.lang.pack import Duty, Pack
from zhunsheng.lang.types import YES_NO, Text
from zhunsheng.narrate.document import Document
from zhunsheng.read.pack import sealed
from zhunsheng.show.deciding.decision import decision_document
from zhunsheng.show.explaining.json import why_json
from zhunsheng.show.explaining.why import why_document
from zhunsheng.show.sheets.sheet import sheet
from zhunsheng.show.site.cases import case_page
from zhunsheng.show.supposing.json import side_by_side_json, variation_json
from zhunsheng.show.supposing.whatif import side_by_side_document, variation_document
from zhunsheng.show.timelines.json import timeline_json
from zhunsheng.show.timelines.timeline import timeline_document

FIRST = date(2025, 3, 6)
BEFORE = FIRST - timedelta(1)
SAID = "注意：所依规定自2025年3月6日起施行"


@cache
def law() -> Pack:
    pack = tiny_pack(
        facts={"as_of": "day", "old": "yes/no"},
        definitions=[define("may", "yes/no", rule("old", "old", "True"), otherwise="False")],
    )
    duty = Duty("file", "who", Text("归档", "file it"), "1", Literal(True, YES_NO), None, None)
    named = {name: replace(each, title=Text("可以", "May")) for name, each in pack.definitions.items()}
    return sealed(replace(pack, in_force=(FIRST, None), definitions=named, answers=("may",), duties={"file": duty}))


def case(day: date) -> Case:
    return Case(NO_TEXT, "tiny", {"as_of": day, "old": True}, {}, {}, None)


def explained(given: Case) -> Why:
    pack = law()
    (answer,) = decide(pack, given, ["may"]).answers
    return Why(given, pack.name, pack.digest, answer, Sufficient(), ())


def reports(day: date) -> dict[str, Document]:
    pack, given = law(), case(day)
    timeline = Timeline(given, pack.name, pack.digest, day, day, None, False, (), (), (), ())
    return {
        "decide": decision_document(pack, decide(pack, given, ["may"]), "zh"),
        "why": why_document(pack, explained(given), "zh"),
        "whatif --set": side_by_side_document(pack, side_by_side(pack, given, [("old", "false")], ["may"]), "zh"),
        "whatif --vary": variation_document(pack, vary(pack, given, "old", ["may"]), "zh"),
        "timeline": timeline_document(pack, timeline, "zh"),
    }


def test_each_report_warns_at_its_head_of_the_day_before_and_of_no_other() -> None:
    before, on = reports(BEFORE), reports(FIRST)

    assert [name for name, one in before.items() if not any(line.startswith(SAID) for line in one.opening)] == []
    assert [name for name, one in on.items() if any(line.startswith("注意") for line in one.opening)] == []


def test_a_change_of_the_day_to_one_before_is_warned_of() -> None:
    report = side_by_side(law(), case(FIRST), [("as_of", BEFORE.isoformat())], ["may"])

    assert any(line.startswith(SAID) for line in side_by_side_document(law(), report, "zh").opening)


def test_the_data_of_each_report_have_the_warning() -> None:
    pack, given = law(), case(BEFORE)
    timeline = Timeline(given, pack.name, pack.digest, BEFORE, FIRST, None, False, (), (), (), ())
    found: list[Any] = [
        why_json(pack, explained(given)),
        side_by_side_json(pack, side_by_side(pack, given, [("old", "false")], ["may"])),
        variation_json(pack, vary(pack, given, "old", ["may"])),
        timeline_json(pack, timeline),
    ]

    assert [len(one["warnings"]) for one in found] == [1, 1, 1, 1]


def test_a_sheet_warns_under_its_title_and_tells_a_duty_without_a_day_as_owed() -> None:
    pack = law()
    decision = decide(pack, case(BEFORE), ["may"])
    owed = decision.answers[0]
    made = [Made("may", "may", "", "")]

    told = sheet(replace(pack, duties={"file": replace(pack.duties["file"], when=pack.definitions["may"].rules[0].when)}),
                 decision, made, [DutyAnswer("file", owed, None)], "zh", redacted=False)  # fmt: skip

    assert told.opening[-1].startswith(SAID)
    assert told.parts[0].sentences == ("（应当履行，没有确定日期）who：归档（第一条）。",)


def test_the_page_of_a_case_warns_below_its_title() -> None:
    found = worked(replace(law(), duties={}), [case(BEFORE)])

    assert SAID in "\n".join(case_page(law(), "a-case", found, "zh").blocks[:2])
