"""Decision tables say what the rules say, and pictures of lives show what follows from what."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from zhunsheng.ask.publishing.lives import Life, Moment, lives
from zhunsheng.ask.publishing.tables import Cell, decision_table
from zhunsheng.ask.publishing.year import Yearly, yearly
from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import YES_NO
from zhunsheng.read import load_pack, parse_expression
from zhunsheng.show.site.places import Places, provision_anchor
from zhunsheng.show.site.tables import plain_grid, table_block

CONDITION = "alert in (yellow, orange) and (as_of > date(2025, 1, 1) or not may_apply)"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def garden() -> Pack:
    return load_pack(ROOT / "tests" / "packs" / "garden")


@pytest.fixture(scope="module")
def law() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


# -- tables


def test_a_table_has_a_row_for_each_rule_and_says_which_prevails(garden: Pack) -> None:
    head, rows = plain_grid(garden, garden.definitions["may_draw"], "en")

    assert head == [
        "No.", "“a plot is rented” is true", "“Last day without water”",
        "The day of the question is no later than “Last day without water”", "Result", "Provision", "Prevails over",
    ]  # fmt: skip
    assert rows == [
        ["1", "yes", "–", "–", "yes", "article 1", ""],
        ["2", "–", "not none", "yes", "no", "article 2", "1"],
        ["Otherwise", "–", "–", "–", "no", "", ""],
    ]


def test_a_table_links_its_provisions(garden: Pack) -> None:
    block = table_block(garden, garden.definitions["may_draw"], Places(garden, "zh", "answers/may_draw.md"))

    assert block.splitlines()[3] == "| 2 | – | 不是无 | 是 | **否** | [第二条](../text/article-2.md#p-2) | 1 |"


def holds(expr: e.Expr, truths: dict[e.Expr, bool]) -> bool:
    """A condition under truth values for the parts that are neither `and`, `or` nor `not`."""
    match expr:
        case e.Literal(value=bool() as value):
            return value
        case e.And(parts=parts):
            return all(holds(part, truths) for part in parts)
        case e.Or(parts=parts):
            return any(holds(part, truths) for part in parts)
        case e.Not(of=of):
            return not holds(of, truths)
        case _:
            return truths[expr]


def parts(expr: e.Expr) -> list[e.Expr]:
    match expr:
        case e.Literal(value=bool()):
            return []
        case e.And(parts=inner) | e.Or(parts=inner):
            return [part for one in inner for part in parts(one)]
        case e.Not(of=of):
            return parts(of)
        case _:
            return [expr]


def cell_holds(about: e.Expr, cell: Cell, truths: dict[e.Expr, bool]) -> bool:
    if not cell.op:
        return holds(about, truths) is cell.holds
    compared = [part for part in truths if isinstance(part, e.Compare) and part.left == about and part.right in cell.values]
    if cell.op in ("==", "!="):
        same = any(truths[part] is (part.op == "==") for part in compared)
        return same is (cell.op == "==")
    (one,) = [part for part in compared if part.op == cell.op]
    return truths[one]


def possible(truths: dict[e.Expr, bool]) -> bool:
    """Whether no thing is said to equal two constants, or to equal and to differ from one."""
    equal: dict[e.Expr, set[e.Expr]] = {}
    differ: dict[e.Expr, set[e.Expr]] = {}
    for part, truth in truths.items():
        if isinstance(part, e.Compare) and part.op in ("==", "!=") and isinstance(part.right, e.Literal):
            (equal if truth is (part.op == "==") else differ).setdefault(part.left, set()).add(part.right)
    return all(len(found) == 1 and not found & differ.get(left, set()) for left, found in equal.items())


def test_in_every_table_of_the_law_a_row_applies_exactly_where_its_rule_does(law: Pack) -> None:
    tried = 0
    for definition in law.definitions.values():
        table = decision_table(definition)
        for rule in definition.rules:
            atoms = list(dict.fromkeys(parts(rule.when)))
            if len(atoms) > 10:
                continue
            rows = [row for row in table.rows if row.rule is rule]
            for values in product((True, False), repeat=len(atoms)):
                truths = dict(zip(atoms, values, strict=True))
                if not possible(truths):
                    continue
                tried += 1
                applies = any(
                    all(cell_holds(table.columns[column], cell, truths) for column, cell in row.cells.items()) for row in rows
                )
                assert applies is holds(rule.when, truths), (definition.name, rule.name, truths)
    assert tried > 1000


def test_alternatives_are_rows_and_several_values_of_one_thing_are_one_entry(law: Pack) -> None:
    condition = parse_expression(CONDITION, law, YES_NO)
    definition = law.definitions["may_apply"]
    table = decision_table(replace(definition, rules=(replace(definition.rules[0], when=condition),)))

    assert [sorted(row.cells) for row in table.rows] == [[0, 1], [0, 2]]
    assert [value.value for value in table.rows[0].cells[0].values if isinstance(value, e.Literal)] == ["yellow", "orange"]
    assert table.rows[1].cells[2] == Cell(holds=False)


# -- lives


def test_the_life_of_a_thing_is_seen_from_the_rules(law: Pack) -> None:
    by_thing = {life.of: {moment.key: moment for moment in life.moments} for life in lives(law)}

    ratings = by_thing["ratings"]
    assert ratings["rating.stands_from"] == Moment(
        "rating.stands_from", "rating.stands_from", ("ratings.publicity_to",), ("result_wait",)
    )
    assert by_thing["downgrades"]["downgrade.bar_end"].after == ("downgrade.bar_start",)
    assert "lockout_period" in by_thing["downgrades"]["downgrade.bar_end"].parameters


def test_a_list_that_no_day_follows_from_has_no_picture(garden: Pack) -> None:
    assert lives(garden) == (Life("", (Moment("as_of"), Moment("reply_by", "reply_by", ("as_of",)))),)


# -- the year


def test_the_days_of_the_year_are_those_of_the_parameters(law: Pack) -> None:
    first = law.parameters["first_list_month"].value, law.parameters["first_list_day"].value
    found = yearly(law)

    assert Yearly("branch-sends-first-list", *first) in found
    assert [(one.month, one.day) for one in found] == sorted((one.month, one.day) for one in found)


def test_a_day_that_moves_with_the_case_is_no_day_of_the_year(garden: Pack) -> None:
    assert yearly(garden) == ()


# -- anchors


def test_every_provision_of_the_law_has_an_anchor_of_its_own(law: Pack) -> None:
    anchors = [provision_anchor(ref) for ref in law.provisions]

    assert len(set(anchors)) == len(anchors)
    assert provision_anchor("19(5)") == "p-19-5"
    assert provision_anchor("16(1).2") == "p-16-1-par-2"
    assert provision_anchor("14(1)1(2)") == "p-14-1-1-2"
