"""What a register says of its rows is so of every completion: registers of small laws, held against all of them."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from building import define, listing, rule, tiny_pack
from open_laws import ANSWERS, DAYS, come_out, defaults, largest, law, of_its_kind, some_case, worlds
from zhunsheng.ask.comparing.register import Register
from zhunsheng.ask.comparing.registry import register
from zhunsheng.ask.deciding.answers import Asked, asked_of_each
from zhunsheng.errors import Place
from zhunsheng.lang.amendment import Act, Amended, Amendment, Edit, Kind
from zhunsheng.lang.case import UNKNOWN, Case
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.read.canonical import canonical_pack, digest_of

LAWS, ROWS, MOST = (60, 25, 200) if os.environ.get("ALL") else (3, 6, 100)
NOTHING = Text("", "")


def amended(base: Pack, pack: Pack) -> Amended:
    edits = tuple(Edit(Act.REPLACE, Kind.DEFINITION, name) for name in base.definitions)
    return Amended(base, pack, (Amendment("made-up", "tiny", NOTHING, NOTHING, DAYS[0], None, edits, {}, Place("")),))


def registered(laws: Amended, cases: tuple[Case, ...], answers: tuple[str, ...]) -> Register:
    return register(laws, Kinds(), cases, [Place("register", row) for row in range(len(cases))], answers)


@cache
def sample(seed: int) -> tuple[Amended, tuple[Case, ...], Register]:
    laws = amended(law(seed), law(seed + 600))  # both have the same keys and assumptions
    cases = tuple(some_case(seed * 100 + row, laws.base, unknown=0.12) for row in range(ROWS))
    return laws, cases, registered(laws, cases, ANSWERS)


def outcomes(laws: Amended, case: Case, asked: Asked, more: int) -> list[set[tuple[str, Any]]]:
    both = (laws.base, laws.pack)
    return [of_its_kind(come_out(worlds(pack, case, more, defaults(pack)), asked)) for pack in both]


@pytest.mark.parametrize("seed", range(LAWS))
def test_a_row_that_is_settled_comes_to_what_every_completion_of_it_does(seed: int) -> None:
    laws, cases, found = sample(seed)
    affected = {(one.row, one.answer): [set(one.before), set(one.after)] for one in found.affected}
    unsettled = {(one.row, one.answer) for one in found.unsettled}
    wrong = []
    for row, case in enumerate(cases):
        if (more := largest(laws.base, case, MOST)) is None:
            continue
        for asked in (asked for name in ANSWERS for asked in asked_of_each(laws.base, case, name)):
            if (row, asked.key) in unsettled:
                continue
            before, after = outcomes(laws, case, asked, more)
            told = affected.get((row, asked.key))
            if (told is None and before != after) or (told is not None and told != [before, after]):
                wrong.append((row, asked.key, before, after, told))

    assert wrong == []


@pytest.mark.parametrize("seed", range(LAWS))
def test_a_row_that_needs_facts_names_one_that_it_lacks(seed: int) -> None:
    laws, cases, found = sample(seed)

    for one in found.unsettled:
        case = cases[one.row]
        for path in one.first:
            assert path in lacking(laws.base, case), (one, case.facts)


def lacking(pack: Pack, case: Case) -> set[str]:
    """Everything that a case leaves out, as a person writes it."""
    found = {name for name in pack.facts if case.facts[name] is UNKNOWN}
    for name, spec in pack.facts.items():
        value = case.facts[name]
        if spec.type is None and isinstance(value, dict):
            found |= {f"{name}.{field}" for field, one in value.items() if one is UNKNOWN}
    for name in pack.collections:
        known = case.facts[name]
        found |= set() if known.complete else {name, f"{name}.others"}
        for label, element in zip(known.labels, known.elements, strict=True):
            found |= {f"{label}.{field}" for field, one in element.items() if one is UNKNOWN}
    return found


def test_the_sample_has_rows_of_every_kind() -> None:
    found = [sample(seed)[2] for seed in range(LAWS)]

    assert all(any(getattr(one, kind) for one in found) for kind in ("affected", "unsettled"))


# -- elements with names


def marked(value: str) -> Pack:
    made = tiny_pack(
        facts={"today": "day"}, collections={"lines": ("line", {"name": "text", "grade": "grade"})}, keys={"lines": "name"},
        enumerations={"grade": "D C"}, horizon=(date(2028, 1, 1), date(2028, 1, 2)),
        definitions=[define("line.mark", "grade", rule("a", "line.grade == C", value), otherwise="line.grade")],
    )  # fmt: skip
    made = replace(made, answers=("line.mark",), as_of="today")
    text = canonical_pack(made)
    return replace(made, canonical=text, digest=digest_of(text))


def row(*lines: tuple[str, Any]) -> Case:
    elements = [{"name": name, "grade": grade} for name, grade in lines]
    facts = {"today": date(2028, 1, 1), "lines": listing(*elements, labels=[f"lines[{name}]" for name, _ in lines])}
    return Case(NOTHING, "tiny", facts, {}, {}, None)


def test_elements_of_two_rows_that_bear_each_others_names_are_not_mixed_up() -> None:
    rows = (row(("p", "C"), ("q", "D")), row(("q", "C"), ("p", "D")))

    found = registered(amended(marked("C"), marked("D")), rows, ("line.mark",))

    assert [(one.row, one.answer) for one in found.affected] == [(0, "lines[p].mark"), (1, "lines[q].mark")]


def test_an_answer_about_an_element_is_each_rows_own() -> None:
    rows = (row(("p", "C")), row(("p", "D")))

    found = registered(amended(marked("C"), marked("D")), rows, ("line.mark",))

    assert [(one.row, one.answer) for one in found.affected] == [(0, "lines[p].mark")]


def test_each_row_names_the_fact_that_it_lacks_itself() -> None:
    rows = (row(("p", UNKNOWN)), row(("q", UNKNOWN)))

    found = registered(amended(marked("C"), marked("D")), rows, ("line.mark",))

    assert [one.first for one in found.unsettled] == [("lines[p].grade",), ("lines[q].grade",)]


def test_a_row_without_elements_has_no_answers_about_them() -> None:
    found = registered(amended(marked("C"), marked("D")), (row(), row(("p", "C"))), ("line.mark",))

    assert [(one.row, one.answer) for one in found.affected] == [(1, "lines[p].mark")]
