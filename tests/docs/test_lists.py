"""Lists in the documents are the lists in the code."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

import zhunsheng
from document_blocks import PAGES, ROOT
from zhunsheng import cli
from zhunsheng.ask.checking.findings import Kind
from zhunsheng.ask.publishing.attach import Change
from zhunsheng.ask.report import Status
from zhunsheng.read.articles import COVERS
from zhunsheng.show.checking.schema import check_schema
from zhunsheng.show.comparing.schema import comparison_schema, fixes_schema
from zhunsheng.show.deciding.schema import decision_schema
from zhunsheng.show.interviewing.json import interview_schema
from zhunsheng.show.supposing.schema import whatif_schema
from zhunsheng.show.texts.json import attached_schema

PAGE = ROOT / "docs" / "pages" / "en"
both = pytest.mark.parametrize("folder", [PAGE.with_name("zh"), PAGE], ids=lambda folder: folder.name)
"""What a Chinese page lists beside these is compared with its twin: see `test_twins.py`."""


def first_cells(text: str, heading: str = "") -> list[str]:
    """The code in the first column of the tables under a heading (all tables without one)."""
    part = text if not heading else re.split(r"^## ", text.partition(f"\n## {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(r"^\| `([^`]+)`", part, flags=re.MULTILINE)


def subcommands() -> list[str]:
    (action,) = [one for one in cli.parser()._actions if isinstance(one, argparse._SubParsersAction)]
    return list(action.choices)


def test_the_statuses() -> None:
    text = (PAGE / "statuses.md").read_text(encoding="utf-8")

    assert first_cells(text, "In plain words") == [status.value for status in Status]


def test_how_firm_an_answer_may_be() -> None:
    text = (PAGE / "statuses.md").read_text(encoding="utf-8")

    assert first_cells(text, "Firmness")[1:] == decision_schema()["$defs"]["answer"]["properties"]["firm"]["enum"]


@both
def test_the_commands(folder: Path) -> None:
    index = (folder / "index.md").read_text(encoding="utf-8")
    heading = {"zh": "命令 {#the-commands}", "en": "The commands"}

    assert first_cells(index, heading[folder.name]) == subcommands()


def test_the_readmes_name_the_commands_there_are() -> None:
    for name in ("README.md", "README.zh.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for command in set(subcommands()) - {"version"}:
            assert re.search(rf"`{command}( [a-z]+)?`", text), (name, command)


def test_every_key_of_a_decision() -> None:
    text = (PAGE / "json.md").read_text(encoding="utf-8")
    schema = decision_schema()
    parts = schema["$defs"]
    answer = parts["answer"]["properties"]
    kinds = [next(iter(one["properties"])) for one in parts["possible"]["oneOf"]]
    reasons = [*answer["because"]["items"]["properties"], *answer["rejected"]["items"]["properties"]]

    assert first_cells(text, "The decision") == list(schema["properties"])
    assert first_cells(text, "An answer") == list(answer)
    assert first_cells(text, "An outcome") == [*kinds, "by", "witness"]
    assert sorted(first_cells(text, "Reasons")) == sorted(set(reasons))
    assert first_cells(text, "A duty") == list(parts["duty"]["properties"])


def test_every_key_of_a_check_and_of_a_theorem() -> None:
    text = (PAGE / "json.md").read_text(encoding="utf-8")
    schema = check_schema()

    assert first_cells(text, "A check") == list(schema["properties"])
    assert first_cells(text, "A finding") == list(schema["$defs"]["finding"]["properties"])
    assert first_cells(text, "A theorem") == list(schema["$defs"]["theorem"]["properties"])


def test_every_key_of_what_if_and_of_an_interview() -> None:
    text = (PAGE / "json.md").read_text(encoding="utf-8")
    headings = {"set": "Side by side", "vary": "One fact varied", "when": "When a condition holds", "reach": "What must change"}

    for way, heading in headings.items():
        properties = list(whatif_schema()["$defs"][way]["properties"])
        assert cells(text, heading) == [key for key in properties if key not in ("format", "way", "pack", "case", "warnings")]
    assert cells(text, "An interview") == list(interview_schema()["properties"])


def test_every_key_of_an_official_text_and_every_way_in_which_a_provision_differs() -> None:
    text = (PAGE / "json.md").read_text(encoding="utf-8")
    told = (PAGE / "official-text.md").read_text(encoding="utf-8")
    schema = attached_schema()
    below = text.partition("\nA difference has ")[2].partition("\n\n")[0]
    difference = schema["$defs"]["difference"]["properties"]

    assert cells(text, "An official text") == list(schema["properties"])
    assert {*difference, *difference["reread"]["properties"]} <= set(re.findall(r"`([a-z_]+)`", below))
    assert first_cells(told, "What is told")[1:] == [change.value for change in Change]


def test_every_key_of_a_comparison_and_of_the_edits_that_mend_a_theorem() -> None:
    text = (PAGE / "json.md").read_text(encoding="utf-8")
    schema, fixes = comparison_schema(), fixes_schema()
    part = text.partition("\n## A comparison\n")[2].partition("\n## ")[0]
    tables = [re.findall(r"^\|([^|]*`[^|]*)\|", table, flags=re.MULTILINE) for table in part.split("\n\n")]
    listed = [[key for row in rows for key in re.findall(r"`([^`]+)`", row)] for rows in tables if rows]

    assert sorted(listed[0]) == sorted(schema["properties"])
    assert listed[1] == list(schema["$defs"]["answer"]["properties"])
    assert listed[2] == ["guarantees", "effect", "register"]
    told = {*re.findall(r"`([a-z_]+)`", part)}
    for name in ("amendment", "answer", "change", *listed[2]):
        assert set(schema["$defs"][name]["properties"]) <= told, name
    assert cells(text, "Edits that make a theorem hold") == list(fixes["properties"])


def cells(text: str, heading: str) -> list[str]:
    """All the code in the first column of the table under a heading."""
    part = re.split(r"^## ", text.partition(f"\n## {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    rows = re.findall(r"^\|([^|]*`[^|]*)\|", part, flags=re.MULTILINE)
    return [key for row in rows for key in re.findall(r"`([^`]+)`", row)]


def test_every_kind_of_finding() -> None:
    text = (PAGE / "check.md").read_text(encoding="utf-8")

    assert first_cells(text, "What it finds") == [kind.value for kind in Kind]


def test_what_may_cover_a_qualifier() -> None:
    text = " ".join((PAGE / "pack-format.md").read_text(encoding="utf-8").split())
    listed = text.partition("The kinds are ")[2].partition(". Where several")[0]

    assert set(re.findall(r"`([a-z_]+)`", listed)) == set(COVERS)


@both
def test_every_module_has_its_place_on_the_architecture_page(folder: Path) -> None:
    text = (folder / "architecture.md").read_text(encoding="utf-8")
    sources = Path(zhunsheng.__file__).parent
    listed = {
        f"{package}/{name}".removeprefix("zhunsheng/")
        for package, part in re.findall(r"^### (\w+)[^\n]*\n(.*?)(?=^#|\Z)", text, flags=re.MULTILINE | re.DOTALL)
        for name in re.findall(r"^\| `([^`]+)`", part, flags=re.MULTILINE)
    }
    modules = {path.relative_to(sources).as_posix() for path in sources.rglob("*.py") if not path.name.startswith("__")}

    assert listed == modules


@both
def test_the_changes_of_this_version_are_told(folder: Path) -> None:
    text = (folder / "changelog.md").read_text(encoding="utf-8")

    assert re.findall(r"^## (\S+?)[,，]", text, flags=re.MULTILINE)[0] == zhunsheng.__version__


def test_every_page_is_in_the_contents() -> None:
    contents = re.findall(r": ([\w/-]+\.md)$", (ROOT / "docs" / "mkdocs.yml").read_text(encoding="utf-8"), flags=re.MULTILINE)
    pages = [page.relative_to(ROOT / "docs" / "pages").as_posix() for page in PAGES if page.is_relative_to(ROOT / "docs")]

    assert sorted(contents) == sorted(pages)


def test_decisions_are_numbered_without_gaps() -> None:
    text = (PAGE / "decisions.md").read_text(encoding="utf-8")
    numbers = [int(number) for number in re.findall(r"^## (\d+)\. ", text, flags=re.MULTILINE)]

    assert numbers == list(range(1, len(numbers) + 1))
