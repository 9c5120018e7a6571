"""Timelines and explanations as text, JSON and pictures: whole forms compared with files, and valid by their schemas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from goldens import matches
from market import END_UNKNOWN, IN_WINTER, KNOWN, case, market
from zhunsheng.ask.explaining.why import why
from zhunsheng.ask.timelines.timeline import timeline
from zhunsheng.ask.timelines.timeline_report import Timeline
from zhunsheng.read import load_case, load_pack
from zhunsheng.show.deciding import json as show_json
from zhunsheng.show.explaining.json import why_json, why_schema
from zhunsheng.show.explaining.why import why_document
from zhunsheng.show.media import terminal
from zhunsheng.show.media.svg import length
from zhunsheng.show.timelines.json import timeline_json, timeline_schema
from zhunsheng.show.timelines.picture import timeline_svg
from zhunsheng.show.timelines.placing import in_lanes, spread, ticks
from zhunsheng.show.timelines.timeline import timeline_document

GOLDENS = Path(__file__).parent / "goldens"
ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
QUESTIONS = ["may_trade", "may_trade=false", "rank_now=closed", "rank_now=corner"]


def found(text: str = KNOWN) -> Timeline:
    return timeline(market(), case(text), date(2024, 1, 1), date(2026, 12, 31))


# -- text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_timeline_is_told_as_in_its_file(lang: str) -> None:
    text = terminal.render(timeline_document(market(), found(), lang))

    assert matches(text.rstrip("\n"), GOLDENS / f"timeline.{lang}.txt")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_explanation_is_told_as_in_its_file(lang: str) -> None:
    text = terminal.render(why_document(market(), why(market(), case(), "rank_now=closed"), lang))

    assert matches(text.rstrip("\n"), GOLDENS / f"why.{lang}.txt")


# -- JSON


def test_a_timeline_as_json_is_as_in_its_file() -> None:
    text = show_json.dumps(timeline_json(market(), found(END_UNKNOWN)))

    assert matches(text.rstrip("\n"), GOLDENS / "timeline.json")


@pytest.mark.parametrize("text", [KNOWN, END_UNKNOWN, IN_WINTER], ids=["known", "an unknown day", "an open reading"])
def test_timelines_satisfy_their_schema(text: str) -> None:
    schema = timeline_schema()
    jsonschema.Draft202012Validator.check_schema(schema)

    jsonschema.Draft202012Validator(schema).validate(json.loads(show_json.dumps(timeline_json(market(), found(text)))))


@pytest.mark.parametrize("question", QUESTIONS)
def test_explanations_satisfy_their_schema(question: str) -> None:
    schema = why_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    given = why(market(), case(), question)

    jsonschema.Draft202012Validator(schema).validate(json.loads(show_json.dumps(why_json(market(), given))))


# -- pictures


def picture(text: str, lang: str) -> ElementTree.Element:
    return ElementTree.fromstring(timeline_svg(market(), found(text), lang))  # noqa: S314 - our own text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_picture_has_a_title_and_says_in_words_what_it_shows(lang: str) -> None:
    root = picture(KNOWN, lang)

    title, description = (root.findtext(f"{SVG}{tag}") or "" for tag in ("title", "desc"))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title description"
    assert title == {"zh": "两次许可一次警告：时间线", "en": "Two permits and a warning: along time"}[lang]
    for said in {"zh": ("中心摊位", "2025年4月1日"), "en": ("stall on the square", "1 April 2025")}[lang]:
        assert said in description


def test_what_is_not_settled_is_drawn_with_a_pattern_that_the_legend_names() -> None:
    gap_and_open = timeline_svg(market(), found(END_UNKNOWN), "zh")

    assert gap_and_open.count('fill="url(#hatched)"') >= 2
    assert gap_and_open.count('fill="url(#barred)"') >= 2
    for words in ("斜线：尚不能确定", "横线：没有条文可依，或者没有数据", "虚线框：以不再发生新的情况为前提"):
        assert words in gap_and_open


def test_a_picture_uses_no_colour_but_greys() -> None:
    colours = set(re.findall(r'(?:fill|stroke)="#([0-9a-f]+)"', timeline_svg(market(), found(END_UNKNOWN), "zh")))

    assert colours
    for colour in colours:
        step = len(colour) // 3
        assert len({colour[:step], colour[step : 2 * step], colour[2 * step :]}) == 1, colour


def texts(root: Iterable[ElementTree.Element]) -> list[tuple[float, float, float, float, str]]:
    """Where each line of text stands: from left to right, from top to bottom."""
    boxes = []
    for text in root:
        if text.tag != f"{SVG}text":
            continue
        size, x, y = float(text.get("font-size") or 0), float(text.get("x") or 0), float(text.get("y") or 0)
        wide = length(text.text or "", size) * 0.85
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.get("text-anchor") or "start"]
        boxes.append((left, left + wide, y - size * 0.75, y, text.text or ""))
    return boxes


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_two_lines_of_text_overlap(lang: str) -> None:
    boxes = texts(picture(KNOWN, lang))
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]
            assert apart, (one, other)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_line_up_to_which_a_case_is_known_passes_no_text(lang: str) -> None:
    for until in ("2024-04-06", "2024-11-20", "2025-07-01", "2026-03-15"):
        root = picture(KNOWN.replace("as_of: 2025-06-01", f"as_of: {until}"), lang)
        (line,) = [one for one in root.iter(f"{SVG}line") if one.get("stroke-dasharray") == "2 3"]
        x, top, bottom = (float(line.get(name) or 0) for name in ("x1", "y1", "y2"))
        for left, right, high, low, said in texts(root):
            assert not (left < x < right and low > top and high < bottom), (until, said)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [
    "the-spring-festival-lies-between-two-worked-saturdays",
    "last-years-result-to-the-letter-displaces-a-later-one-in-publicity",
])  # fmt: skip
def test_a_text_that_has_no_room_beside_that_line_stands_on_a_white_plate_over_it(name: str, lang: str) -> None:
    pack = load_pack(ROOT / "policy" / "urumqi-2025")
    shown = timeline(pack, load_case(ROOT / "scenarios" / f"{name}.yaml", pack), date(2024, 7, 1), date(2027, 12, 31))
    drawn = list(ElementTree.fromstring(timeline_svg(pack, shown, lang)))  # noqa: S314 - our own text
    (line,) = [one for one in drawn if one.get("stroke-dasharray") == "2 3"]
    x, top, bottom = (float(line.get(name) or 0) for name in ("x1", "y1", "y2"))

    bare, plates = [], 0
    for before, one in pairwise(drawn[drawn.index(line) :]):
        boxes = texts([one]) if one.tag == f"{SVG}text" else []
        for left, right, high, low, said in boxes:
            if left < x < right and low > top and high < bottom:
                there, y, wide, tall = (float(before.get(of) or 0) for of in ("x", "y", "width", "height"))
                plate = before.tag == f"{SVG}rect" and before.get("fill") == "#fff" and before.get("stroke") is None
                plates += plate
                if not (plate and there <= left and right <= there + wide and y <= high and low <= y + tall):
                    bare.append(said)
    assert bare == []
    assert plates == 1 or lang == "en"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text_is_of_seven_points_and_more_on_a_sheet_of_a4_across(lang: str) -> None:
    root = picture(KNOWN, lang)
    points = (297 - 2 * 15) / 25.4 * 72  # between margins of 15 mm
    smallest = min(float(text.get("font-size") or 0) for text in root.iter(f"{SVG}text"))

    assert smallest * points / float(root.get("width") or 0) >= 7


def test_no_line_goes_through_a_text() -> None:
    tags = [part.tag.removeprefix(SVG) for part in picture(KNOWN, "zh")]

    assert "line" not in tags[tags.index("text") :]


def test_every_note_is_told_once(found_notes: list[str]) -> None:
    assert found_notes == list(dict.fromkeys(found_notes))


@pytest.fixture
def found_notes() -> list[str]:
    pack = load_pack(ROOT / "policy" / "urumqi-2025")
    case = load_case(ROOT / "scenarios" / "an-a-plant-over-its-permitted-concentration-falls-to-c-or-d.yaml", pack)
    text = timeline_svg(pack, timeline(pack, case, date(2024, 7, 1), date(2027, 12, 31)), "zh")
    return re.findall(r">(最迟[^<]*)<", text)


def test_lanes_keep_apart_what_would_meet() -> None:
    assert in_lanes([(0, 10), (5, 15), (10, 20), (14, 30), (15, 16)]) == [0, 1, 0, 2, 1]


@pytest.mark.parametrize(
    ("places", "wanted"),
    [
        ([], []),
        ([50.0], [50.0]),
        ([50.0, 51.0], [45.5, 55.5]),
        ([10.0, 30.0, 31.0, 32.0], [10.0, 21.0, 31.0, 41.0]),
        ([0.0, 1.0], [0.0, 10.0]),
        ([99.0, 100.0], [90.0, 100.0]),
    ],
)
def test_what_lies_near_each_other_is_spread_about_its_middle_and_no_farther_than_need_be(
    places: list[float], wanted: list[float]
) -> None:
    assert spread(places, 10, 0, 100) == pytest.approx(wanted)


def test_the_axis_has_no_more_marks_than_can_be_read() -> None:
    for last in (date(2024, 1, 9), date(2024, 3, 1), date(2024, 12, 31), date(2028, 12, 31), date(2060, 1, 1)):
        assert 1 <= len(ticks(date(2024, 1, 1), last)) <= 14


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_bar_says_what_it_is_on_both_sides_of_the_line_and_a_period_its_days(lang: str) -> None:
    pack = load_pack(ROOT / "policy" / "urumqi-2025")
    case = load_case(ROOT / "scenarios" / "a-works-downgraded-to-d-may-not-apply-for-c-within-the-year.yaml", pack)

    root = ElementTree.fromstring(timeline_svg(pack, timeline(pack, case, date(2025, 1, 1), date(2027, 12, 31)), lang))  # noqa: S314

    said = [part.text for part in root.iter(f"{SVG}text")]
    assert said.count("D级" if lang == "zh" else "D") == 2  # as known, and provided that nothing further happens
    assert ("2025年9月22日至2026年9月22日" if lang == "zh" else "22 September 2025 to 22 September 2026") in said


def test_a_deadline_that_may_have_no_day_is_not_called_none() -> None:
    pack = load_pack(ROOT / "policy" / "urumqi-2025")
    case = load_case(ROOT / "scenarios" / "clinker-at-b-and-grinding-leading-needs-a-mapping.yaml", pack)
    shown = timeline(pack, case, date(2025, 1, 1), date(2027, 12, 31))

    assert "最迟2025年8月31日，也可能没有期限（尚不能确定）" in timeline_svg(pack, shown, "zh")
    assert "last day 31 August 2025, or no such day at all (not certain)" in timeline_svg(pack, shown, "en")
