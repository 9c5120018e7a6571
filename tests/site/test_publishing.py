"""A site is what the rules say: all of it, in both languages, and nothing else once they say otherwise."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from garden_site import DATA, broken, build, fetched, garden, parsed, zhunsheng
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack
from zhunsheng.show.site.building import MadeOf
from zhunsheng.show.site.building import site as site_of
from zhunsheng.show.site.search import plain

pytestmark = pytest.mark.xdist_group("publishing")  # one process: the site is built once
MONTH = ("parameters.yaml", "value: {months: 1}", "value: {months: 2}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return garden(tmp_path_factory.mktemp("garden") / "garden")


@pytest.fixture(scope="module")
def pack(folder: Path) -> Pack:
    return load_pack(folder)


@pytest.fixture(scope="module")
def results(folder: Path) -> Path:
    """What `check --json` says of the garden."""
    path = folder.parent / "check.json"
    path.write_text(zhunsheng("check", "--pack", folder, "--json").stdout, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def prepared(folder: Path) -> tuple[str | Path, ...]:
    """What was worked out beforehand for the garden, as options of `publish`: results of `prepare`, certificates of theorems."""
    kept, certificates = folder.parent / "prepared", folder.parent / "certificates"
    assert zhunsheng("prepare", kept, "--pack", folder).returncode == 0
    zhunsheng("prove", folder / "proofs", "--pack", folder, "--certificates", certificates)
    return "--prepared", kept, "--certificates", certificates


@pytest.fixture(scope="module")
def site(folder: Path, results: Path, prepared: tuple[str | Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The garden's site with everything, built."""
    target = tmp_path_factory.mktemp("site") / "pages"
    run = zhunsheng("publish", target, "--pack", folder, "--results", results, *prepared, "--docs", DATA / "docs", "--lang", "en")
    assert (run.returncode, run.stderr) == (0, "")
    assert build(target) == []
    return target


def text_of(path: Path) -> str:
    return plain(path.read_text(encoding="utf-8"))


# -- all of it


def test_no_link_of_the_built_site_leads_nowhere_and_nothing_is_fetched_from_outside(site: Path) -> None:
    assert list(broken(site / "html")) == []
    assert fetched(site / "html") == []


def test_every_page_says_which_language_it_is_in_and_links_to_its_twin(site: Path) -> None:
    pages = parsed(site / "html")

    for path, page in pages.items():
        english = path.startswith("en/")
        twin = path.removeprefix("en/") if english else f"en/{path}"
        assert page.lang == ("en" if english else "zh"), path
        if twin in pages:
            up = "../" * path.count("/")
            assert f"{up}{twin}" in page.links, path
    assert {path.removeprefix("en/") for path in pages if path.startswith("en/")} - {
        path for path in pages if not path.startswith("en/")
    } == {"engine/more.html"}


def test_a_page_written_by_hand_is_switched_like_every_other_and_only_once(site: Path) -> None:
    pages = parsed(site / "html")

    assert pages["engine/index.html"].links.count("../en/engine/index.html") == 1
    assert pages["en/engine/index.html"].links.count("../../engine/index.html") == 2  # the switch, and a link in the text


def test_every_page_carries_the_cautions_who_interprets_version_and_digest(site: Path, pack: Pack) -> None:
    for path in sorted((site / "zh").rglob("*.md")):
        said = text_of(path)
        assert "本规则为举例而编。" in said, path
        assert "解释权归东园管理处，以其正式解释为准。" in said, path
        assert f"规则版本：0.3.0；规则校验码：{pack.digest}" in said, path


def test_every_provision_stands_at_its_anchor_with_its_rules_and_all_that_concerns_it(site: Path, pack: Pack) -> None:
    for ref, provision in pack.provisions.items():
        text = (site / "zh" / "text" / f"article-{ref}.md").read_text(encoding="utf-8")
        assert f"{{#p-{ref}}}" in text
        assert provision.says.zh in text
        for name in provision.definitions:
            assert f"{{#d-{name}}}" in text
    second = (site / "zh" / "text" / "article-2.md").read_text(encoding="utf-8")
    assert "[停水期从发现当日还是次日起算？](../readings/bar_from.md)" in second
    assert "[停水期](../parameters.md#parameter-bar)" in second
    assert "[上周浪费用水，今天不能取水](../cases/water-wasted-last-week-bars-today.md)" in second
    assert "../guarantees.md#t-waste-bars" in second


def test_a_worked_case_tells_the_facts_the_answers_and_what_its_variations_change(site: Path) -> None:
    said = text_of(site / "en" / "cases" / "water-wasted-last-week-bars-today.md")

    assert "3 June 2025 (day it was seen): waste of water." in said
    assert "May draw water: no." in said
    assert "Last day without water: 3 July 2025." in said
    assert "By 13 June 2025: the office: answer the applicant (article 1)." in said
    assert "On the day after the month it may be drawn" in said
    assert "What comes of it: May draw water: yes." in said
    assert "“Does the bar run from the day of discovery or from the day after?” read as “From the day after”." in said


def test_the_certificates_of_a_case_are_there_to_download_and_check_with_nothing_else(site: Path, tmp_path: Path) -> None:
    folder = site / "html" / "en"
    page = parsed(site / "html")["en/cases/water-wasted-last-week-bars-today.html"]
    wanted = [link for link in page.links if link.startswith("certificates/")]

    assert len(wanted) == 2
    for link in wanted:
        for path in (folder / "cases" / link, *(folder / "assets" / name for name in ("kernel.py", "reading.py", "pack.json"))):
            (tmp_path / path.name).write_bytes(path.read_bytes())
        command = [sys.executable, "-I", "-S", "kernel.py", link.removeprefix("certificates/"), "pack.json"]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
        assert run.returncode == 0, run.stdout
        assert run.stdout.startswith("HOLDS")


def test_a_question_shows_what_its_case_comes_to_under_each_option(site: Path) -> None:
    said = (site / "en" / "readings" / "bar_from.md").read_text(encoding="utf-8")

    assert "| From the same day. | no | 3 July 2025 | yes | 13 June 2025 |" in said
    assert "| From the day after. | no | 4 July 2025 | yes | 13 June 2025 |" in said


def test_theorems_stand_with_their_verdicts_and_the_cases_against_them(site: Path) -> None:
    said = text_of(site / "en" / "guarantees.md")

    assert "Whoever has wasted water draws none today. {#t-waste-bars} article 1, article 2 Does not hold (as expected)." in said
    assert "A case against it: “a plot is rented” is true." in said
    assert "One more waste never brings the last day forward. {#t-more-waste-never-helps} article 2 Holds (as expected)." in said


def test_findings_stand_with_the_cases_that_show_them(site: Path) -> None:
    said = text_of(site / "en" / "findings.md")

    assert "In some cases no rule says what “Share” is." in said


def test_pictures_have_the_same_in_words_and_are_well_formed(site: Path) -> None:
    contents = (site / "en" / "answers" / "index.md").read_text(encoding="utf-8")

    assert all(page.unnamed == [] for page in parsed(site / "html").values())
    for path in re.findall(r"!\[[^]]+\]\(([^)]+)\)", contents):
        ET.parse(site / "en" / "answers" / path)  # noqa: S314 (our own)


def test_the_commands_and_the_python_api_are_those_of_the_code(site: Path) -> None:
    commands, api = text_of(site / "en" / "engine" / "commands.md"), text_of(site / "en" / "engine" / "api.md")

    assert "zhunsheng text coverage" in commands
    assert "--open-future do not assume that nothing further happens" in commands
    assert "--open-future 不假定今后无新情况" in text_of(site / "zh" / "engine" / "commands.md")
    assert "def decide(pack: 'Pack', case: 'Case'" in api


# -- the search


def test_the_search_holds_the_text_as_it_stands_so_that_two_characters_in_a_sentence_are_found(site: Path) -> None:
    script = (site / "zh" / "assets" / "search-index.js").read_text(encoding="utf-8")
    entries = json.loads(script.removeprefix("window.zhunshengIndex(").removesuffix(");\n"))

    found = [url for url, _, _, said in entries if "费用" in said]  # in 浪费用水的，自发现之日起
    assert "text/article-2.html#p-2" in found
    deep = [said for url, _, _, said in entries if url == "text/article-1.html#d-may_draw"]
    assert [said.find("且所问之日") > 40 for said in deep] == [True]
    assert not any("规则校验码" in said for _, _, _, said in entries)


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        (r"- **结论**：“甲\_乙” [第一条](a.md#p-1)（见\[注\]）", "结论：“甲_乙” 第一条（见[注]）"),
        ("| 甲 | 乙 |\n| --- | --- |\n| 1 &lt; 2 | 是 |", "甲 乙 1 < 2 是"),
        ('<p class="x">说明</p>\n1\\. 一', "说明 1. 一"),
        ("![图\\]一](a.svg)", "图]一"),
        ("> 取水\n> {: lang=zh-CN}\n\n\\{: 不\\}", "取水 {: 不}"),
    ],
)
def test_the_index_holds_what_a_reader_sees(markdown: str, seen: str) -> None:
    assert plain(markdown) == seen


def test_whatever_a_text_holds_it_stays_text(tmp_path: Path) -> None:
    hostile = ("articles/01-water.yaml", "          en: May draw water\n", '          en: "<b>x</b> [y](z) *w* | {#q}"\n')
    pack = load_pack(garden(tmp_path / "garden", hostile))

    said = site_of(pack, MadeOf())["en/answers/may_draw.md"].decode()

    assert "# &lt;b&gt;x&lt;/b&gt; \\[y\\](z) \\*w\\* &#124; \\{\\#q\\}\n" in said
    assert "<b>" not in said


# -- nothing else once the rules say otherwise


def test_changing_a_parameter_changes_the_pages_that_speak_of_it_and_no_other(
    folder: Path, site: Path, tmp_path: Path
) -> None:
    target = tmp_path / "pages"
    before = zhunsheng("publish", target, "--pack", folder, "--docs", DATA / "docs")
    changed = garden(tmp_path / "garden", MONTH)

    run = zhunsheng("publish", target, "--pack", changed, "--docs", DATA / "docs", "--force", "--json")

    said = json.loads(run.stdout)
    assert (before.returncode, run.returncode) == (0, 0)
    speaking = ["amendments/index.md", "answers/barred_until.md", "answers/may_draw.md",
                "cases/water-wasted-last-week-bars-today.md", "parameters.md",
                "readings/bar_from.md", "text/article-2.md"]  # fmt: skip
    assert said["changed"] == sorted(f"{lang}/{path}" for lang in ("zh", "en") for path in speaking)
    assert said["added"] == []
    assert said["removed"] == [f"{lang}/amendments/month-of-two-weeks.md" for lang in ("en", "zh")]  # it replaces one month


def test_a_site_of_the_rules_as_they_are_is_confirmed_and_any_other_is_not(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "pages"
    zhunsheng("publish", target, "--pack", folder, "--lang", "en")
    same = zhunsheng("publish", target, "--pack", folder, "--check", "--lang", "en")

    page = target / "en" / "text" / "article-2.md"
    page.write_text(page.read_text(encoding="utf-8").replace("a month", "a week"), encoding="utf-8")
    other = zhunsheng("publish", target, "--pack", folder, "--check", "--lang", "en")

    assert same.returncode == 0, same.stdout
    assert "The site is what the rules now say." in same.stdout
    assert other.returncode == 1
    assert "en/text/article-2.md" in other.stdout


def test_a_page_that_is_no_longer_made_is_removed_and_a_file_of_somebody_else_is_not(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "pages"
    zhunsheng("publish", target, "--pack", folder, "--docs", DATA / "docs")
    (target / "notes.txt").write_text("ours", encoding="utf-8")

    run = zhunsheng("publish", target, "--pack", folder, "--force", "--json")

    assert json.loads(run.stdout)["removed"] == ["en/engine/index.md", "en/engine/more.md", "zh/engine/index.md"]
    assert not (target / "en" / "engine" / "more.md").exists()
    assert (target / "notes.txt").read_text(encoding="utf-8") == "ours"


def test_the_same_rules_give_the_same_bytes(
    folder: Path, site: Path, results: Path, prepared: tuple[str | Path, ...], tmp_path: Path
) -> None:
    again = tmp_path / "pages"
    zhunsheng("publish", again, "--pack", folder, "--results", results, *prepared, "--docs", DATA / "docs")

    for path in sorted(again.rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (site / path.relative_to(again)).read_bytes(), path


# -- what is refused


def test_without_results_theorems_have_no_verdict_and_there_is_no_page_of_findings(folder: Path, tmp_path: Path) -> None:
    zhunsheng("publish", tmp_path / "pages", "--pack", folder)

    said = text_of(tmp_path / "pages" / "en" / "guarantees.md")
    assert "No results of checking these theorems were attached when this site was made." in said
    assert "Holds" not in said.partition("Whoever has wasted")[2]
    assert not (tmp_path / "pages" / "en" / "findings.md").exists()


def test_a_folder_that_holds_a_site_is_not_written_over_unasked(folder: Path, site: Path) -> None:
    run = zhunsheng("publish", site, "--pack", folder, "--lang", "en")

    assert run.returncode == 2
    assert run.stderr.splitlines()[2:] == [
        f"{site}: a site was published here before",
        "    choose another folder, or add --force to replace it",
    ]


def test_results_of_another_version_of_the_rules_are_refused(results: Path, tmp_path: Path) -> None:
    other = garden(tmp_path / "garden", MONTH)

    run = zhunsheng("publish", tmp_path / "pages", "--pack", other, "--results", results, "--lang", "en")

    assert run.returncode == 2
    digest = json.loads(results.read_text(encoding="utf-8"))["pack"]["digest"][:16]
    assert f"{results}: these are results of another version of the rules (0.3.0, {digest})" in run.stderr
    assert not (tmp_path / "pages").exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"pack": 1}', "pack: garden", '{"pack": {"digest": "x"}}'])
def test_a_file_that_holds_no_results_is_refused(text: str, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text(text, encoding="utf-8")

    run = zhunsheng("publish", tmp_path / "pages", "--pack", folder, "--results", tmp_path / "results.json", "--lang", "en")

    assert run.returncode == 2
    assert "these are no results of a check or of proofs" in run.stderr


def test_a_case_that_does_not_refute_its_theorem_is_refused(folder: Path, results: Path, tmp_path: Path) -> None:
    data = json.loads(results.read_text(encoding="utf-8"))
    (refuted,) = [one for one in data["theorems"] if one["theorem"] == "waste-bars"]
    refuted["counterexample"]["before"]["facts"]["plot_rented"] = False
    (tmp_path / "results.json").write_text(json.dumps(data), encoding="utf-8")

    run = zhunsheng("publish", tmp_path / "pages", "--pack", folder, "--results", tmp_path / "results.json", "--lang", "en")

    assert run.returncode == 2
    assert "the case against 'waste-bars' does not refute it" in run.stderr
