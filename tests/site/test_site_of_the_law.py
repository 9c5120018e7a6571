"""The site of the one real pack: every link in it leads somewhere, and three questions are answered within three clicks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname, normpath

import pytest

from zhunsheng.ask.testing.scenarios import loaded
from zhunsheng.ask.testing.worked import worked
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack, load_theorems
from zhunsheng.read.amendment import load_amended
from zhunsheng.show.site.amendments import Shelved
from zhunsheng.show.site.attached import attached
from zhunsheng.show.site.building import MadeOf, site
from zhunsheng.show.site.cases import case_page
from zhunsheng.show.site.pages import LANGS
from zhunsheng.show.site.places import article_page, provision_anchor
from zhunsheng.show.site.search import plain

ROOT = Path(__file__).parents[2]
PACK, AMENDMENTS = ROOT / "policy" / "urumqi-2025", ROOT / "policy" / "amendments"
SHELF = ("b-minus-abolished", "emergency-measures-as-trigger")
"""Two that edit rules, values, terms and assumptions."""
TOUCHED = {"4": [SHELF[0]], "5": [SHELF[0]], "18": [SHELF[0]], "19": [SHELF[1]]}
"""The provisions they touch, read off their files by hand."""
QUESTIONS = {
    "the-worst-indicator-decides": "第五条",
    "the-year-after-a-downgrade-ends-with-the-anniversary-day": "第十九条第（五）项",
    "during-publicity-the-old-grade-holds-whether-better-or-worse": "第十八条",
}
"""A worked case for each question, and the provision that its answer rests on."""
LINK = re.compile(r"(?<!\\)\]\(([^)]+)\)")
ANCHOR = re.compile(r"\{#([\w-]+)\}$", re.MULTILINE)


@pytest.fixture(scope="module")
def law() -> Pack:
    return load_pack(PACK)


@pytest.fixture(scope="module")
def files(law: Pack) -> Mapping[str, str]:
    """The site of the whole pack with the worked cases of the questions, two amendments and the certificates kept, as text."""
    stems = list(QUESTIONS)
    cases = loaded(law, [ROOT / "scenarios" / f"{stem}.yaml" for stem in stems])
    pages = [
        case_page(law, stem, found, lang)
        for stem, (first, *_) in zip(stems, cases, strict=True)
        for found in (worked(law, [first]),)
        for lang in LANGS
    ]
    theorems = load_theorems(ROOT / "proofs", law)
    shelf = [Shelved(name, load_amended(PACK, [AMENDMENTS / f"{name}.yaml"]), None) for name in SHELF]
    made_of = MadeOf(
        {stem: first for stem, (first, *_) in zip(stems, cases, strict=True)}, pages, theorems=theorems, shelf=shelf,
        proved=attached(law, theorems, ROOT / "proofs" / "certificates"),
    )  # fmt: skip
    return {path: data.decode() for path, data in site(law, made_of).items()}


def links(files: Mapping[str, str], path: str) -> list[tuple[str, str]]:
    """Where a page links to: path and anchor."""
    found = []
    for target in LINK.findall(files[path]):
        there, _, anchor = target.partition("#")
        found.append((normpath(f"{dirname(path)}/{there}") if there else path, anchor))
    return found


def test_every_link_of_every_page_leads_to_a_page_and_an_anchor(files: Mapping[str, str]) -> None:
    pages = [path for path in files if path.endswith(".md")]
    anchors = {path: set(ANCHOR.findall(files[path])) for path in pages}

    wrong = [
        f"{path}: {there}#{anchor}"
        for path in pages
        for there, anchor in links(files, path)
        if there not in files or (anchor and anchor not in anchors[there])
    ]
    assert wrong == []
    assert len(pages) > 180


def test_every_provision_has_its_restatement_on_the_page_of_its_article_in_both_languages(
    law: Pack, files: Mapping[str, str]
) -> None:
    for ref, provision in law.provisions.items():
        article = re.match(r"\d+", ref)
        assert article is not None
        for lang in LANGS:
            said = plain(files[f"{lang}/text/article-{article[0]}.md"])
            assert plain(provision.says[lang].replace("|", "&#124;")) in said, ref


def clicks(files: Mapping[str, str], start: str) -> dict[str, int]:
    far, todo = {start: 0}, [start]
    for here in todo:
        for there, _ in links(files, here):
            if there.endswith(".md") and there not in far:
                far[there] = far[here] + 1
                todo.append(there)
    return far


@pytest.mark.parametrize("stem", QUESTIONS)
def test_which_grade_applies_and_why_is_found_within_three_clicks(stem: str, law: Pack, files: Mapping[str, str]) -> None:
    far = clicks(files, "zh/index.md")
    page = f"zh/cases/{stem}.md"
    case = loaded(law, [ROOT / "scenarios" / f"{stem}.yaml"])[0][0]

    assert far[page] <= 3
    said = files[page]
    assert "## 结论" in said
    assert QUESTIONS[stem] in said.partition("## 理由")[2]
    title = plain(said.partition("\n# ")[2].partition("\n")[0])
    assert title == case.title.zh


def test_no_page_is_out_of_reach_of_the_front_page(files: Mapping[str, str]) -> None:
    """Pages about the program stand in the contents that the builder shows on every page."""
    for lang in LANGS:
        far = clicks(files, f"{lang}/index.md")
        pages = {path for path in files if path.startswith(f"{lang}/") and path.endswith(".md")}
        assert pages - set(far) == set()


def test_every_certificate_kept_of_a_theorem_is_attached_to_it_in_both_languages(files: Mapping[str, str]) -> None:
    kept = {path.name for path in (ROOT / "proofs" / "certificates").glob("*.json")} - {"WITHOUT.json"}

    for lang in LANGS:
        linked = {target.rpartition("/")[2] for target in LINK.findall(files[f"{lang}/guarantees.md"]) if "theorems/" in target}
        assert linked == kept
        assert {path.rpartition("/")[2] for path in files if path.startswith(f"{lang}/theorems/")} == kept


def test_what_an_amendment_does_to_a_rule_is_told_in_the_words_of_both_laws(files: Mapping[str, str]) -> None:
    said = plain(files["zh/amendments/b-minus-abolished.md"])

    assert "替换规则：“有设D级的生产线”（第四条） 现为：五级和四级序列设D级。" in said
    assert "删去取值：“B-级”（第四条） 已有的这一取值视为“B级”。" in said
    assert "尚未比较。" in said


def test_an_amendment_and_the_provisions_it_touches_lead_to_each_other(law: Pack, files: Mapping[str, str]) -> None:
    for lang in LANGS:
        listed = {ref: _amendments_below(files, lang, ref) for ref in law.provisions}
        leading = {
            name: {anchor for there, anchor in links(files, f"{lang}/amendments/{name}.md") if "/text/" in there}
            for name in SHELF
        }
        assert {ref: names for ref, names in listed.items() if names} == TOUCHED
        assert leading == {
            name: {provision_anchor(ref) for ref, names in TOUCHED.items() if name in names} for name in SHELF
        }  # fmt: skip


def _amendments_below(files: Mapping[str, str], lang: str, ref: str) -> list[str]:
    """The amendments that stand under a provision on the page of its article, before the next provision begins."""
    here = f"{lang}/{article_page(ref)}"
    section = files[here].partition(f"{{#{provision_anchor(ref)}}}")[2]
    section = re.split(r"\{#p-", section)[0]
    return re.findall(r"\]\(\.\./amendments/([\w-]+)\.md\)", section)


def test_the_flow_of_an_application_is_drawn_with_the_duties_of_each_stage(files: Mapping[str, str]) -> None:
    said = files["zh/answers/index.md"]

    stages = ("申报；企业；第十四条", "审核和审定；市生态环境局；第十六条", "公示；市生态环境局；第十八条", "产生评级结果")
    places = [said.find(stage) for stage in stages]
    assert -1 < places[0] < places[1] < places[2] < places[3]
    assert "(flow-application.svg)" in said
    assert "../text/article-16.md#duty-branch-reviews-papers" in said
    assert all("产生评级结果" in files[path] for path in ("zh/answers/flow-application.svg",))
