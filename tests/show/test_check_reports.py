"""Checks and proofs as people and programs read them: whole texts compared with files, both languages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from garden_findings import checked, every_kind, garden, garden_case, proofs
from goldens import matches
from zhunsheng.ask.checking.findings import Checked, Finding, Kind
from zhunsheng.ask.deciding.decide import decide
from zhunsheng.ask.proving.prove import Proof
from zhunsheng.errors import InputError
from zhunsheng.lang.case import Listing
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.types import NONE, Text
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.read import parse_case
from zhunsheng.show.checking import json as check_json
from zhunsheng.show.checking.check import check_document
from zhunsheng.show.checking.examples import counterexample_files, example_files, file_name
from zhunsheng.show.checking.findings import TITLES, Findings
from zhunsheng.show.checking.health import health_document, rendered
from zhunsheng.show.checking.proofs import proofs_document
from zhunsheng.show.checking.schema import check_schema, proofs_schema
from zhunsheng.show.deciding import json as show_json
from zhunsheng.show.deciding.story import Stories
from zhunsheng.show.media import html, markdown
from zhunsheng.show.media.terminal import render

GOLDENS = Path(__file__).parent / "goldens"
PACK = garden()
PROOFS = proofs(PACK)
CHECKED = checked(PACK, every_kind(PACK), PROOFS)
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


# -- on the screen


@LANGUAGES
def test_a_check_of_every_kind_is_as_in_its_file(lang: str) -> None:
    assert matches(render(check_document(PACK, CHECKED, lang)), GOLDENS / f"check.{lang}.txt")


@LANGUAGES
def test_proofs_of_every_verdict_are_as_in_their_file(lang: str) -> None:
    assert matches(render(proofs_document(PACK, PROOFS, lang)), GOLDENS / f"proofs.{lang}.txt")


def test_what_to_look_at_stands_first_then_what_is_recorded_then_what_is_for_information() -> None:
    titles = [section.title for section in check_document(PACK, CHECKED, "en").sections]
    faults = [TITLES[kind].en for kind in Kind if kind.fault and kind is not Kind.NOBODY]

    assert titles == [
        *faults, "Recorded", *(f"For information: {TITLES[kind].en}" for kind in Kind if not kind.fault),
        "Records that no longer hold", "Not settled", "Counts",
    ]  # fmt: skip


def test_every_kind_is_made_by_hand_above() -> None:
    assert {finding.kind for finding in CHECKED.findings} == set(Kind)


@LANGUAGES
@pytest.mark.parametrize("finding", CHECKED.findings, ids=lambda finding: finding.key)
def test_a_sentence_names_nothing_by_its_identifier(finding: Finding, lang: str) -> None:
    say = Findings(PACK, lang, {proof.theorem.name: proof.theorem for proof in PROOFS})
    known = [*PACK.definitions, *PACK.parameters, *PACK.readings, *PACK.discretions, *PACK.duties, *PACK.notes]
    identifiers = [name for name in [*known, "rents-a-plot", "same_day", "next_day"] if re.search("[-_]", name)]

    said = say.sentence(finding)

    assert said.endswith("。" if lang == "zh" else ".") or finding.kind is Kind.MATTERS
    assert not [name for name in identifiers if name in said]


def test_of_two_rules_the_one_that_prevails_is_named_first() -> None:
    say = Findings(PACK, "en")
    given = Finding(Kind.PRIORITY, "k", ("1",), "may_draw", ("rents-a-plot", "barred"))
    turned = replace(given, parts=("barred", "rents-a-plot"))

    assert say.sentence(given) == say.sentence(turned)
    assert say.sentence(given).index("while barred") < say.sentence(given).index("rents a plot")


def test_what_is_recorded_needs_no_advice() -> None:
    say = Findings(PACK, "en")
    found = Finding(Kind.UNBOUNDED, "unbounded share", ("3",), "share")

    assert say.sentence(found).endswith("by what criterion. Add one, or record that there is none.")
    assert say.sentence(replace(found, recorded="bar_from")).endswith("by what criterion.")
    assert say.remarks(replace(found, recorded="share")) == []


def test_a_pack_without_findings_takes_a_few_lines() -> None:
    assert render(check_document(PACK, Checked((), (), (), {}), "zh")) == (
        "条文体检\n依据：东园用水规则\n须处理0项，已记录0项，供参考0项。\n\n"
        f"规则版本：0.3.0；规则校验码：{PACK.digest[:16]}\n"
    )
    assert render(proofs_document(PACK, (), "en")).split("\n")[2] == "There are no theorems."


# -- stories


def test_a_story_tells_what_lasts_then_what_happened_by_day_then_what_is_not_there() -> None:
    case = garden_case(date(2025, 7, 1), date(2025, 5, 9), share="middle")
    cone = Cones(PACK).definition("may_draw")

    assert Stories(PACK, "zh", cone).told(case) == (
        "“租有地块”属实。",
        "2025年5月9日（发现日），第2项浪费用水。",
        "2025年6月10日：所问之日。",
        "2025年7月1日（发现日），第1项浪费用水。",
    )
    assert Stories(PACK, "en", cone).told(garden_case()) == (
        "“a plot is rented” is true.",
        "10 June 2025: the day of the question.",
        "There is no waste of water.",
    )
    assert Stories(PACK, "en", Cones(PACK).definition("allowance")).told(garden_case(share="middle"))[-1] == (
        "The office chooses “middle” on “Share of water”."
    )


def test_a_list_that_may_hold_more_says_so() -> None:
    case = garden_case()
    facts = {**case.facts, "wasted": Listing((), complete=False)}
    told = Stories(PACK, "zh", Cones(PACK).definition("barred_until")).told(replace(case, facts=facts))

    assert told[-1] == "是否还有其他浪费用水，没有写明。"


def test_a_change_is_told_fact_by_fact() -> None:
    before = garden_case(date(2025, 5, 1), date(2025, 5, 2), date(2025, 5, 3))
    after = garden_case(date(2025, 5, 2), date(2025, 5, 9), rented=False)

    assert Stories(PACK, "zh").changes(before, after) == (
        "租有地块由是改为否。",
        "第1项浪费用水的发现日由2025年5月1日改为2025年5月9日。",
        "去掉一项第3项浪费用水：发现日为2025年5月3日。",
    )
    assert Stories(PACK, "en").changes(before, before) == ("Nothing in it changes.",)


def test_a_table_is_told_by_its_values_the_commonest_last() -> None:
    from lending import case, library

    pack = library()
    facts = {"as_of": date(2025, 6, 1), "scores": {"care": "ordinary", "time": "honoured"}, "card": NONE, "open_late": True}
    lists = {name: Listing((), complete=True) for name in pack.collections}
    given = replace(case(pack), facts={**facts, **lists}, choices={})
    level = replace(given, facts={**given.facts, "scores": {"care": "ordinary", "time": "ordinary"}})

    assert Stories(pack, "zh").told(given)[0] == "考评为爱护程度为普通、其余为优秀。"
    assert Stories(pack, "en").told(level)[0] == "Assessment is all ordinary."
    assert Stories(pack, "en").changes(level, given) == (
        "The entry for “punctuality” in assessment changes from ordinary to honoured.",
    )


# -- the health report


@LANGUAGES
def test_the_health_report_is_as_in_its_files(lang: str) -> None:
    document = health_document(PACK, CHECKED, lang)

    assert matches(markdown.render(document).rstrip("\n"), GOLDENS / f"health.{lang}.md")


def test_the_health_report_goes_article_by_article_and_prints_the_cautions() -> None:
    document = health_document(PACK, CHECKED, "zh")
    titles = [section.title for section in document.sections]

    assert titles == [
        "第一条", "第二条", "第三条", "不属于某一条的", "成立的命题", "不成立的命题", "没有得到证明的命题",
        "已经失效的记录", "未能查明的", "合计", "提示",
    ]  # fmt: skip
    assert document.section("提示").items == (
        Item("本规则为举例而编。"), Item("解释权归东园管理处，以其正式解释为准。"),
    )  # fmt: skip


def test_competing_readings_stand_with_what_each_gives() -> None:
    text = markdown.render(health_document(PACK, CHECKED, "en"))

    assert "  - **The readings**: \n" not in text
    assert "    - **From the same day**: the result is yes\n    - **From the day after**: the result is no\n" in text


class Page(HTMLParser):
    """The tags of a page, its text, and whether each tag is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(document: Document) -> Page:
    page = Page()
    page.feed(html.render(document))
    page.close()
    assert not page.open
    return page


@LANGUAGES
def test_the_page_needs_nothing_else_and_names_its_language(lang: str) -> None:
    page = page_of(health_document(PACK, CHECKED, lang))
    attributes = [name for _, attrs in page.tags for name in attrs]

    assert page.tags[0] == ("html", {"lang": {"zh": "zh-CN", "en": "en"}[lang]})
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert not [name for name in attributes if name.startswith("on") or name in ("src", "style")]
    links = [str(attrs["href"]) for _, attrs in page.tags if "href" in attrs]
    assert all(link.startswith("#") for link in links)


def test_every_entry_of_the_contents_leads_to_a_part() -> None:
    page = page_of(health_document(PACK, CHECKED, "zh"))

    assert [attrs["href"] for tag, attrs in page.tags if tag == "a"] == [
        f"#{attrs['id']}" for tag, attrs in page.tags if tag == "section"
    ]


def test_what_a_pack_says_cannot_become_part_of_the_page() -> None:
    evil = "<script>alert(1)</script> & \"x\"\x1b[31m"
    document = Document(evil, "zh", (evil,), (Section(evil, (evil,), (Item(evil, evil, (Item(evil),)),)),), (evil,))
    page = page_of(document)

    assert "script" not in {tag for tag, _ in page.tags}
    assert page.text.count("<script>alert(1)</script> & \"x\"") == 10
    assert "\x1b" not in html.render(document) + markdown.render(document)


def test_markdown_shows_what_is_its_own_as_it_stands() -> None:
    document = Document("# a*b", "en", ("1. one", "- two", "<b>"), (Section("s", ("[x](y)",), (Item("t_1", "`l`"),)),))

    assert markdown.render(document) == (
        "# \\# a\\*b\n\n1\\. one\n\n\\- two\n\n\\<b\\>\n\n## s\n\n\\[x\\](y)\n\n- **\\`l\\`**: t\\_1\n"
    )


def test_the_name_of_a_report_says_its_form() -> None:
    document = health_document(PACK, CHECKED, "zh")

    assert rendered(Path("a/report.MD"), document).startswith("# 条文体检报告".encode())
    assert rendered(Path("report.html"), document).startswith(b"<!doctype html>")
    with pytest.raises(InputError) as refused:
        rendered(Path("report.pdf"), None)
    assert str(refused.value) == "--report: 'report.pdf' is no report\n    name a file that ends in .md, .html or .docx"


# -- the cases as files


def test_a_case_written_for_a_finding_shows_it_when_it_is_decided() -> None:
    files = example_files(PACK, CHECKED, Path("cases"))
    path = Path("cases/gap-allowance.yaml")
    text = files[path].decode("utf-8")

    answer = decide(PACK, parse_case(text, str(path), PACK), ["allowance"]).answers[0]

    assert text.startswith("# gap allowance\n# zhunsheng decide gap-allowance.yaml --answer 'allowance'\nformat: 1\n")
    assert answer.status.value == "gap"
    assert sorted(files) == sorted(
        Path("cases") / f"{file_name(one.key)}.yaml" for one in CHECKED.findings if one.case is not None
    )


def test_a_refuted_theorem_has_a_file_for_each_side() -> None:
    files = counterexample_files(PACK, PROOFS, Path("x"))

    assert sorted(path.name for path in files) == [
        "a-month-is-over-on-the-day.yaml", "more-waste-changes-nothing-after.yaml",
        "more-waste-changes-nothing-bar_from-next_day-after.yaml", "more-waste-changes-nothing-bar_from-next_day-before.yaml",
        "more-waste-changes-nothing-before.yaml", "waste-bars.yaml",
    ]  # fmt: skip
    for path, data in files.items():
        parse_case(data.decode("utf-8"), str(path), PACK)


def test_two_keys_that_make_one_name_get_two_files() -> None:
    case = garden_case()
    twice = (Finding(Kind.GAP, "gap a b", (), "a", case=case), Finding(Kind.GAP, "gap a/b", (), "a", case=case))

    assert [path.name for path in example_files(PACK, Checked(twice, (), (), {}), Path())] == ["gap-a-b.yaml", "gap-a-b-2.yaml"]
    assert file_name("../../etc/passwd") == "etc-passwd"
    assert file_name("…") == "case"


# -- as JSON


def valid(data: Any, schema: Any) -> Any:
    jsonschema.Draft202012Validator.check_schema(schema)
    again = json.loads(show_json.dumps(data))
    jsonschema.Draft202012Validator(schema).validate(again)
    return again


def test_a_check_satisfies_its_schema_and_holds_every_finding() -> None:
    data = valid(check_json.checked_json(PACK, CHECKED), check_schema())

    assert [one["key"] for one in data["findings"]] == [finding.key for finding in CHECKED.findings]
    assert data["stale"] == [{"owner": "bar_from", "key": "conflict may_draw rents-a-plot barred"}]
    assert data["asked"] == {"gap": 6, "dead": 7}
    assert matches(show_json.dumps(data["findings"][0]).rstrip("\n"), GOLDENS / "finding.json")


def test_proofs_satisfy_their_schema() -> None:
    data = valid(check_json.proofs_json(PACK, PROOFS), proofs_schema())

    assert [(one["theorem"], one["verdict"]) for one in data["theorems"][:3]] == [
        ("waste-bars", "refuted"), ("more-waste-never-helps", "proved"), ("more-waste-changes-nothing", "refuted"),
    ]  # fmt: skip
    assert data["theorems"][2]["counterexample"]["after"]["facts"]["plot_rented"] is False
    assert data["theorems"][4]["counterexample"]["names"] == {"w": "wasted[0]", "other": "wasted[1]", "day": "2024-01-01"}
    assert data["theorems"][6]["unneeded"] == ["plot_rented and w.seen_on <= as_of"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), 2), (("findings", 0, "kind"), "fault"), (("findings", 0, "case"), 1), (("findings", 0, "more"), 1),
        (("asked", "gaps"), 1), (("theorems", 0, "verdict"), "true"), (("theorems", 0, "horizon", "to"), "soon"),
    ],
)  # fmt: skip
def test_the_schema_refuses_what_is_not_of_the_format(path: tuple[Any, ...], value: Any) -> None:
    data = json.loads(show_json.dumps(check_json.checked_json(PACK, CHECKED)))
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value

    assert not jsonschema.Draft202012Validator(check_schema()).is_valid(data)


# -- proofs in words


def proof(name: str) -> Proof:
    return next(one for one in PROOFS if one.theorem.name == name)


def test_a_theorem_about_every_reading_says_so() -> None:
    item = proofs_document(PACK, (proof("more-waste-never-helps"),), "en").sections[0].items[0]

    assert item.items[0] == Item("However the text is read.")


def test_a_title_that_a_case_has_is_kept() -> None:
    finding = Finding(Kind.GAP, "gap a", (), "a", case=replace(garden_case(), title=Text("甲", "A")))
    files = example_files(PACK, Checked((finding,), (), (), {}), Path())

    assert b"zh: \xe7\x94\xb2\n" in files[Path("gap-a.yaml")]
