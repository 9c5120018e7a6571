"""What is worked out beforehand stands on the pages; what is not there, or is of other rules, is said to be missing."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from garden_site import AMENDMENTS, DATA, garden, zhunsheng
from zhunsheng.ask.certifying.certificates import Certifier
from zhunsheng.ask.testing.scenarios import loaded
from zhunsheng.ask.testing.worked import Worked, worked
from zhunsheng.ask.timelines.story_days import story_days
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack
from zhunsheng.show.site.cases import case_page, certificate_files
from zhunsheng.show.site.prepared import PreparedCase, case_key, prepared_case, store
from zhunsheng.show.site.search import plain

pytestmark = pytest.mark.xdist_group("prepared")  # one process: the garden is prepared once
MONTH = ("parameters.yaml", "value: {months: 1}", "value: {months: 2}")
WASTED = "water-wasted-last-week-bars-today"
SCENARIO = DATA / "scenarios" / f"{WASTED}.yaml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The garden with certificates of its theorems where they belong."""
    place = garden(tmp_path_factory.mktemp("garden") / "garden")
    zhunsheng("prove", place / "proofs", "--pack", place, "--certificates", place / "proofs" / "certificates")
    return place


@pytest.fixture(scope="module")
def kept(folder: Path) -> Path:
    place = folder.parent / "kept"
    run = zhunsheng("prepare", place, "--pack", folder, "--lang", "en")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.splitlines()[1:3] == [
        "Worked cases: 2, of which 2 were worked out now.",
        "Amendments: 2, of which 2 were compared now.",
    ]
    return place


@pytest.fixture(scope="module")
def pages(folder: Path, kept: Path) -> Path:
    target = folder.parent / "pages"
    run = zhunsheng("publish", target, "--pack", folder, "--prepared", kept)
    assert (run.returncode, run.stderr) == (0, "")
    return target


@pytest.fixture(scope="module")
def bare(folder: Path) -> Path:
    """The same without what takes long."""
    target = folder.parent / "bare"
    run = zhunsheng("publish", target, "--pack", folder)
    assert (run.returncode, run.stderr) == (0, "")
    return target


def text_of(path: Path) -> str:
    return plain(path.read_text(encoding="utf-8"))


# -- cases


def test_a_case_has_its_picture_along_time_and_the_same_in_words(pages: Path) -> None:
    said = text_of(pages / "en" / "cases" / f"{WASTED}.md")
    picture = (pages / "zh" / "cases" / "timelines" / f"{WASTED}.svg").read_text(encoding="utf-8")

    spans = "The day is in a time without water: 1 March 2025 to 2 June 2025 no, 3 June 2025 to 3 July 2025 yes, "
    assert f"along time. {spans}4 July 2025 to 31 December 2025 no." in said
    assert "The same in words The day is in a time without water 1 March 2025 to 2 June 2025 : no" in said
    assert ET.fromstring(picture).get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-CN"  # noqa: S314 (our own)
    assert "该日在停水期内" in picture
    assert "校验码" not in picture


def test_a_case_without_anything_that_is_shown_along_time_says_so(pages: Path, bare: Path) -> None:
    for place in (pages, bare):
        said = text_of(place / "en" / "cases" / "no-waste-no-bar.md")
        assert "Along time Nothing in this case is among what is shown along time, so no picture is drawn." in said


def test_the_days_shown_are_those_around_the_question_and_farther_ones_on_which_something_happens(folder: Path) -> None:
    pack = load_pack(folder)
    ((case, *_),) = loaded(pack, [SCENARIO])
    earlier = case.facts["wasted"].elements[0] | {"seen_on": case.facts["as_of"].replace(year=2024)}
    long_ago = earlier | {"seen_on": case.facts["as_of"].replace(year=2022)}

    shown = {}
    for name, elements in (
        ("as it is", None), ("none", ()), ("earlier", (earlier,)), ("one long ago", (long_ago, earlier)),
        ("long ago", (long_ago,)),
    ):  # fmt: skip
        listing = case.facts["wasted"]
        changed = listing if elements is None else replace(listing, elements=elements)
        days = story_days(pack, replace(case, facts={**case.facts, "wasted": changed}))
        shown[name] = None if days is None else tuple(map(str, days))

    assert shown == {
        "as it is": ("2025-03-01", "2025-12-31"), "none": None, "earlier": ("2024-06-01", "2025-12-31"),
        "one long ago": ("2024-06-01", "2025-12-31"), "long ago": ("2025-03-01", "2025-12-31"),
    }  # fmt: skip


def test_without_what_was_prepared_each_page_says_what_it_lacks(bare: Path) -> None:
    case = text_of(bare / "en" / "cases" / f"{WASTED}.md")
    amendment = text_of(bare / "en" / "amendments" / "month-of-two-weeks.md")

    assert "No picture of this case along time was attached when this site was made." in case
    assert "not compared yet. This amendment had not been compared with the law as it stands when this site was made" in amendment
    assert "Parameter “period without water”: from one month to 14 days (article 2)" in amendment
    assert "only laxer" not in amendment
    assert not (bare / "en" / "cases" / "timelines").exists()


@pytest.fixture(scope="module")
def case(folder: Path) -> tuple[Pack, Worked]:
    """The garden and a case of it, where one certificate was not looked for."""
    pack = load_pack(folder)
    ((first, *_),) = loaded(pack, [SCENARIO])
    found = worked(pack, [first], certifier=Certifier(pack))
    return pack, replace(found, certificates=found.certificates[1:], unproved=(found.certificates[0].answer,))


def test_a_certificate_that_rests_on_a_proof_is_there_where_it_was_prepared_with_its_checker(case: tuple[Pack, Worked]) -> None:
    pack, found = case
    told = {
        name: plain(case_page(pack, WASTED, found, "en", prepared).body).partition(" Certificates ")[2]
        for name, prepared in {
            "not prepared": None,
            "no certificate": PreparedCase({}, {"may_draw": ""}),
            "prepared": PreparedCase({}, {"may_draw": "{}"}),
        }.items()
    }

    assert "python kernel.py water-wasted-last-week-bars-today.barred_until.json pack.json" in told["prepared"]
    assert "python claims.py water-wasted-last-week-bars-today.may_draw.json pack.json" in told["prepared"]
    assert told["not prepared"].endswith("they were not attached when this site was made: May draw water.")
    assert told["no certificate"].endswith("There is no certificate for: May draw water.")
    files = certificate_files(WASTED, found, PreparedCase({}, {"may_draw": "{}"}))
    assert files[f"cases/certificates/{WASTED}.may_draw.json"] == b"{}"


# -- amendments


def test_an_amendment_tells_its_edits_and_what_the_comparison_found(pages: Path) -> None:
    shorter = text_of(pages / "en" / "amendments" / "month-of-two-weeks.md")
    reworded = text_of(pages / "zh" / "amendments" / "month-in-other-words.md")
    contents = text_of(pages / "zh" / "amendments" / "index.md")

    assert "In all: only laxer, nowhere stricter." in shorter
    assert "Last day without water: only laxer from a day to an earlier day (only laxer); by 14 to 17 days" in shorter
    assert "Before: 1 February 2024; after: 15 January 2024" in shorter
    assert "替换规则：“可以取水”（第二条） 现为：停水期内不得取水。确切地说，" in reworded
    assert " 改为：" in reworded
    assert "总的结论：没有任何变化（已证明等价）。" in reworded
    assert "浪费用水的，停水期由一个月改为十四日：只放宽" in contents
    assert "只改措辞：不变（已证明）" in contents


def test_an_amendment_that_no_longer_fits_the_rules_is_named_and_stops_nothing(tmp_path: Path) -> None:
    other = garden(tmp_path / "garden", MONTH)
    prepared = zhunsheng("prepare", tmp_path / "kept", "--pack", other, "--json")
    published = zhunsheng("publish", tmp_path / "pages", "--pack", other, "--prepared", tmp_path / "kept")

    assert (prepared.returncode, published.returncode) == (0, 0)
    data = json.loads(prepared.stdout)
    assert (data["amendments"], data["unfit"]) == ({"all": 1, "made": 1}, ["month-of-two-weeks"])
    said = text_of(tmp_path / "pages" / "en" / "amendments" / "index.md")
    assert "Amendments that no longer fit the rules" in said
    assert "month-of-two-weeks: month-of-two-weeks.yaml:" in said
    assert not (tmp_path / "pages" / "en" / "amendments" / "month-of-two-weeks.md").exists()


# -- theorems


def test_the_certificates_of_theorems_can_be_downloaded_and_checked_with_nothing_else(bare: Path, tmp_path: Path) -> None:
    said = text_of(bare / "en" / "guarantees.md")
    wanted = sorted(path.name for path in (bare / "en" / "theorems").iterdir())

    assert "draws none today. {#t-waste-bars} article 1, article 2 Does not hold, as the certificate claims." in said
    assert "it was not checked anew when this site was made" in said
    assert len(wanted) == 5
    for name in ("claims.py", "bounds.py", "clauses.py", "tables.py", "kernel.py", "reading.py", "pack.json"):
        shutil.copy(bare / "en" / "assets" / name, tmp_path)
    for name in ("waste-bars.json", "more-waste-never-helps.json"):
        shutil.copy(bare / "en" / "theorems" / name, tmp_path)
        command = [sys.executable, "-I", "-S", "claims.py", name, "pack.json"]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
        assert (run.returncode, run.stdout.partition("\n")[0]) == (0, "HOLDS"), run.stdout


def test_a_certificate_of_other_rules_or_of_another_claim_is_not_attached(folder: Path, tmp_path: Path) -> None:
    given = tmp_path / "certificates"
    shutil.copytree(folder / "proofs" / "certificates", given)
    other = json.loads((given / "waste-bars.json").read_text(encoding="utf-8"))
    other["pack"]["digest"] = "0" * 64
    (given / "waste-bars.json").write_text(json.dumps(other), encoding="utf-8")
    (given / "a-month-is-over-on-the-day.json").write_bytes((given / "more-waste-never-helps.json").read_bytes())
    (given / "more-waste-changes-nothing.json").write_text("no certificate", encoding="utf-8")

    zhunsheng("publish", tmp_path / "pages", "--pack", folder, "--certificates", given)

    attached = sorted(path.name for path in (tmp_path / "pages" / "en" / "theorems").iterdir())
    assert attached == ["more-waste-changes-nothing.1.json", "more-waste-never-helps.json"]


# -- what is kept


def test_what_is_kept_is_not_worked_out_again_and_what_is_damaged_is(folder: Path, kept: Path, tmp_path: Path) -> None:
    mine = tmp_path / "kept"
    shutil.copytree(kept, mine)
    again = json.loads(zhunsheng("prepare", mine, "--pack", folder, "--json").stdout)
    for path in mine.iterdir():
        path.write_bytes(path.read_bytes()[:-2])
    damaged = json.loads(zhunsheng("prepare", mine, "--pack", folder, "--json").stdout)

    assert (again["cases"], again["amendments"]) == ({"all": 2, "made": 0}, {"all": 2, "made": 0})
    assert (damaged["cases"], damaged["amendments"]) == ({"all": 2, "made": 2}, {"all": 2, "made": 2})


@pytest.mark.parametrize("text", ["[]", '{"pictures": 1}', '{"pictures": {"zh": {}}, "certificates": {}}', '{"pictures": {}}'])
def test_what_does_not_have_its_form_is_as_if_it_were_not_there(text: str, folder: Path) -> None:
    key = case_key(load_pack(folder), SCENARIO.read_bytes())

    assert prepared_case({key: text}, key) is None


def test_what_was_prepared_for_other_rules_or_another_file_is_not_found(folder: Path, kept: Path, tmp_path: Path) -> None:
    ours, theirs = load_pack(folder), load_pack(garden(tmp_path / "garden", MONTH))
    source = SCENARIO.read_bytes()

    assert prepared_case(store(kept), case_key(ours, source)) is not None
    assert prepared_case(store(kept), case_key(theirs, source)) is None
    assert prepared_case(store(kept), case_key(ours, source + b"\n")) is None


def test_changing_a_parameter_changes_pictures_and_pages_that_speak_of_it_and_no_other(folder: Path, tmp_path: Path) -> None:
    """With everything prepared anew, as `make results` does; without theorems, whose certificates are of the rules before."""
    shelf, target = tmp_path / "shelf", tmp_path / "pages"
    shelf.mkdir()
    shutil.copy(AMENDMENTS / "month-in-other-words.yaml", shelf)
    runs = []
    for number, pack in enumerate((folder, garden(tmp_path / "garden", MONTH))):
        words = ("--pack", pack, "--amendments", shelf)
        zhunsheng("prepare", tmp_path / f"kept-{number}", *words)
        shutil.rmtree(pack / "proofs")
        runs.append(zhunsheng("publish", target, *words, "--prepared", tmp_path / f"kept-{number}", "--force", "--json"))

    said = json.loads(runs[1].stdout)
    speaking = ["answers/barred_until.md", "answers/may_draw.md", f"cases/timelines/{WASTED}.svg", f"cases/{WASTED}.md",
                "parameters.md", "readings/bar_from.md", "text/article-2.md"]  # fmt: skip
    assert said["changed"] == sorted(f"{lang}/{path}" for lang in ("zh", "en") for path in speaking)
    assert (said["added"], said["removed"]) == ([], [])


# -- what is refused


def test_a_file_is_no_folder_of_results_and_a_folder_without_amendments_is_no_shelf(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    words = ("--pack", folder, "--lang", "en")
    runs = [
        zhunsheng("prepare", tmp_path / "file", *words),
        zhunsheng("prepare", tmp_path / "file" / "kept", *words),
        zhunsheng("publish", tmp_path / "pages", "--prepared", tmp_path / "file", *words),
        zhunsheng("prepare", tmp_path / "kept", "--amendments", tmp_path, *words),
        zhunsheng("publish", tmp_path / "pages", "--certificates", tmp_path / "none", *words),
    ]

    assert [run.returncode for run in runs] == [2, 2, 2, 2, 2]
    assert [run.stderr.splitlines()[2] for run in runs] == [
        f"{tmp_path}/file: this is no folder", f"{tmp_path}/file/kept: this folder cannot be made: Not a directory",
        f"{tmp_path}/file: this is no folder",
        f"{tmp_path}: there are no amendments here (files *.yaml)", f"{tmp_path}/none: there is no such folder",
    ]  # fmt: skip
    assert not (tmp_path / "pages").exists()
