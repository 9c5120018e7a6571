"""The engine knows nothing of the pack: none of its names stands in code that runs.

Names and texts of the code are looked at, docstrings and comments are not: examples for readers may come from anywhere.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack

ROOT = Path(__file__).parents[2]
ENGINE = sorted((ROOT / "model" / "zhunsheng").rglob("*.py"))
SHORTEST = 4
"""Shorter values (A, red, any) are found in every text."""

WORDS_OF_THE_LANGUAGE = {
    "calendar": "the language has tables of working days; a reading of the pack is about which to take",
    "lowest": "a function of expressions; a reading of the pack is about the lowest grade",
    "none": "how packs and cases write that something does not exist; also an option",
    "year": "a function of expressions; also the year of a result",
    "day": "a type of the language; also the day of a branch's load",
}
WORDS_OF_THE_FORMAT = {
    "actor": "the enumeration that pack-format.md names for those who owe duties",
    "as_of": "the key of pack.yaml that names the fact which is the default day",
    "enterprise": "a word of `changed_by:` in pack-format.md",
    "from": "a key of pack.yaml (in_force, horizon), and a word of Python",
    "to": "a key of pack.yaml (in_force, horizon)",
    "kind": "of a failure, a type, a covering: everyday English; also the kind of a violation",
    "lower": "a word of `better:` in pack-format.md; also the lower tier",
}
EVERYDAY_WORDS = {
    "anniversary": "the corresponding day of another year or month, a local variable; also an option",
    "branch": "of an `if … else`; also a branch of the authority",
    "complete": "a list that holds everything; also an application whose papers are all there",
    "finding": "what a check comes back with; also a finding at an enterprise, not yet decided",
    "found": "what a function has gathered; also an option",
    "is_working": "whether a day is a working day, in the encoding of calendars; also a definition",
    "keep": "not to leave out; also an option",
    "label": "the heading of an item; also an option",
    "leads_to": "what a parameter leads to, in the count of coverage; also a definition of findings",
    "letters": "of an alphabet; also a rule about grades that are letters",
    "level": "of a provision's number; also the level of a line",
    "line": "of a file; also a line of production",
    "lines": "of a file; also lines of production",
    "listed": "a list of texts; also an option",
    "material": "the theme that a site is built with; also a field",
    "name": "everything has one; also a field",
    "other": "not this one; also a kind of violation",
    "published": "of a site that was written; also an option",
    "rank": "the place in an order, a local variable; also a definition of grades",
    "required": "what must be written in a file; also an option",
    "refusal": "of an expression; also an option",
    "records": "facts with fields; also an indicator",
    "target": "of a comprehension in Python's own tree; also the grade applied for",
    "upper": "a method of texts; also the upper tier",
    "violation": "an assumption that does not hold; also a trigger",
    "working": "a day that is worked; also an option",
}
QUOTED = {"model/zhunsheng/show/mistakes/nouns.py": {"leading", "indicator", "indicators"}}
"""Words of what Python and PyYAML say of a file, quoted there to be told in Chinese; allowed nowhere else."""
ALLOWED = {**WORDS_OF_THE_LANGUAGE, **WORDS_OF_THE_FORMAT, **EVERYDAY_WORDS}


@cache
def pack() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


@cache
def identifiers() -> frozenset[str]:
    """Every name the pack gives to anything, and what stands before and after a dot in one."""
    own = pack()
    names = [*own.readings, *own.parameters, *own.discretions, *own.duties, *own.notes, *own.facts, *own.collections]
    names += [spec.name for fact in own.facts.values() for spec in fact.record]
    names += [name for one in own.collections.values() for name in (one.element, *(spec.name for spec in one.fields))]
    written = [one for one in own.definitions.values() if " " not in one.name]  # not those the reader makes of duties
    names += [name for one in written for name in (one.name, *(rule.name for rule in one.rules))]
    for enumeration in own.enumerations.values():
        names += [] if " " in enumeration.name else [enumeration.name]
        names += [value.name for value in enumeration.values if len(value.name) >= SHORTEST]
    return frozenset(part for name in names for part in (name, *name.split(".")))


def words_in(source: str) -> Iterator[str]:
    """Names of the code, and the words of its texts; no docstrings, no comments."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Constant(value=str(text)) if id(node) not in told:
                yield from re.findall(r"[\w-]+", text)
                yield from re.findall(r"\w+", text)


def strangers(source: str) -> list[str]:
    return sorted({word for word in words_in(source) if word in identifiers() and word not in ALLOWED})


def test_no_name_of_the_pack_stands_in_the_engine() -> None:
    assert len(ENGINE) > 80
    found = {str(path.relative_to(ROOT)): set(strangers(path.read_text(encoding="utf-8"))) for path in ENGINE}
    assert {path: names for path, names in found.items() if names != QUOTED.get(path, set())} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "if grade == worst: pass",
        "def grade_on(day): ...",
        "spec.downgrades",
        "wanted = 'the reading lockout_scope decides'",
        "f(bminus=1)",
        "name = 'lines[0].indicators'",
    ],
)
def test_a_name_of_the_pack_would_be_noticed(planted: str) -> None:
    assert len(strangers(planted)) == 1


def test_each_word_allowed_is_one_that_the_pack_and_the_engine_share() -> None:
    used = {word for path in ENGINE for word in words_in(path.read_text(encoding="utf-8"))}
    assert [word for word in ALLOWED if word not in identifiers() or word not in used] == []
