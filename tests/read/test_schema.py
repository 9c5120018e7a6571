"""The schema of case files agrees with the reader: what is read is valid, and what is invalid is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest

import goldens
from read_library import CASES, TESTS, library
from zhunsheng.errors import InputError
from zhunsheng.read import case_schema, parse_case
from zhunsheng.read.nodes import Mapping, Node, Scalar, Sequence
from zhunsheng.read.strict_yaml import read_tree

INVALID = TESTS / "data" / "invalid" / "cases"


def data(node: Node) -> Any:
    """A file as other programs see it: days stay text."""
    match node:
        case Scalar(text="true" | "false" as text, style=""):
            return text == "true"
        case Scalar(text=text, style=""):
            return int(text) if text.isdecimal() else text
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [data(item) for item in items]
        case Mapping(entries=entries):
            return {key.text: data(value) for key, value in entries}


def errors(path: Path) -> list[str]:
    validator = jsonschema.Draft202012Validator(case_schema(library()))
    tree = data(read_tree(path.read_text(encoding="utf-8"), path.name))
    return [error.json_path for error in validator.iter_errors(tree)]


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(case_schema(library()))


@pytest.mark.parametrize("path", goldens.files(CASES, "*.yaml"), ids=lambda path: path.stem)
def test_a_case_that_is_read_satisfies_the_schema(path: Path) -> None:
    assert errors(path) == []


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("misspelt-names", ["$", "$.discretion", "$.facts", "$.facts.card", "$.facts.reader", "$.facts.scores",
                            "$.facts.warnings", "$.readings", "$.readings.counting"]),
        ("facts-missing", ["$"]),
        ("another-pack", ["$.format", "$.pack"]),
    ],
)  # fmt: skip
def test_what_the_schema_finds_wrong(name: str, paths: list[str]) -> None:
    assert sorted(errors(INVALID / f"{name}.yaml")) == paths


@pytest.mark.parametrize("path", goldens.files(INVALID, "*.yaml"), ids=lambda path: path.stem)
def test_what_the_schema_refuses_is_refused_by_the_reader(path: Path) -> None:
    try:
        found = errors(path)
    except InputError:
        found = ["not YAML"]

    if found:
        with pytest.raises(InputError):
            parse_case(path.read_text(encoding="utf-8"), path.name, library())


def test_questions_are_titles_and_values_have_all_their_spellings() -> None:
    schema = case_schema(library())

    assert (
        schema["properties"]["facts"]["properties"]["as_of"]["title"]
        == "要问的是哪一天？ / Which day is the question about?"
    )
    assert schema["$defs"]["fact-standing"]["anyOf"][1] == {
        "title": "普通（限借） / ordinary, limited",
        "enum": ["ordinary-", "ordinary_minus", "普通（限借）"],
    }
    assert [branch["title"] for branch in schema["$defs"]["fact-standing"]["anyOf"]][-1] == "优秀 / honoured"
