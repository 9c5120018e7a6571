"""Expressions from outside, and expressions written out again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from read_library import library
from zhunsheng.errors import InputError
from zhunsheng.lang import expr as e
from zhunsheng.lang.types import NUMBER, YES_NO, Type
from zhunsheng.lang.unparse import unparse
from zhunsheng.read import parse_expression

WRITTEN = {
    "card == none": "card == none",
    "as_of<date(2024,1,1)<=as_of": "as_of < date(2024, 1, 1) and date(2024, 1, 1) <= as_of",
    "worst in (ordinary, ordinary_minus)": "worst == ordinary or worst == ordinary_minus",
    "worst not in (ordinary, ordinary_minus)": "not (worst == ordinary or worst == ordinary_minus)",
    "not (may_borrow or 可续借) and may_borrow": "not (may_borrow or 可续借) and may_borrow",
    "(may_borrow and 可续借) and may_borrow": "(may_borrow and 可续借) and may_borrow",
    "(rank(worst) - 1) - (2 - 3) * 4 == -5": "rank(worst) - 1 - (2 - 3) * 4 == -5",
    "rank(worst if may_borrow else honoured) > 3": "rank(worst if may_borrow else honoured) > 3",
    "(may_borrow if may_borrow else 可续借) == True": "(may_borrow if may_borrow else 可续借) == True",
    "any(l.from_ < l.due_on for l in loans if l.overdue if l.sort == map)":
        "any(l.from_ < l.due_on for l in loans if l.overdue and l.sort == map)",
    "any(scores[s] == honoured for s in service if scores[s] != not_applicable)":
        "any(scores[s] == honoured for s in service if scores[s] != not_applicable)",
    "scores.care == not_applicable": "scores.care == not_applicable",
    "count(l for l in loans) >= 2": "count(l for l in loans) >= 2",
    "max((l.due_on for l in loans), default=as_of) + days(3) > as_of":
        "max((l.due_on for l in loans), default=as_of) + days(3) > as_of",
    "lowest(((l.due_on, l.sort) for l in loans), default=none) == none":
        "earliest(((l.due_on, l.sort) for l in loans), default=none) == none",
    "latest((l.due_on, l.sort) for l in loans) == book": "latest((l.due_on, l.sort) for l in loans) == book",
    "is_workday(workdays_after(as_of, 3), local)": "is_workday(workdays_after(as_of, 3, national), local)",
    "year(min(as_of, opened_on)) == 2024": "year(min(as_of, opened_on)) == 2024",
    "lowest == none and counting == same_day": "lowest == none and counting == same_day",
    "fine_level == suspended": "fine_level == suspended",
    "any(l.sort.shelf == 3 for l in loans)": "any(l.sort.shelf == 3 for l in loans)",
    "as_of + suspension > as_of - months(2)": "as_of + suspension > as_of - months(2)",
}  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN)
def test_an_expression_written_out_is_read_as_the_same_expression(text: str) -> None:
    read = parse_expression(text, library(), YES_NO)

    assert unparse(read) == WRITTEN[text]
    assert parse_expression(unparse(read), library(), YES_NO) == read


def test_every_expression_of_a_pack_is_read_again_as_itself() -> None:
    pack = library()
    for definition in pack.definitions.values():
        for rule in definition.rules:
            text = unparse(rule.when)
            assert parse_expression(text, pack, YES_NO, dict(definition.parameters)) == rule.when


BOOLEANS = st.recursive(
    st.sampled_from(["may_borrow", "可续借", "card == none", "as_of > opened_on", "True"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) and ({pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) or ({pair[1]})"),
        inner.map(lambda part: f"not ({part})"),
        st.tuples(inner, inner, inner).map(lambda parts: f"({parts[0]}) if ({parts[1]}) else ({parts[2]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) == ({pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"any({pair[0]} for l in loans if ({pair[1]}))"),
    ),
    max_leaves=8,
)


@given(text=BOOLEANS)
def test_brackets_are_written_where_they_are_needed(text: str) -> None:
    try:
        read = parse_expression(text, library(), YES_NO)
    except InputError as refused:  # `l` inside `l`, or nested too deep
        assert "already means something" in str(refused) or "nested" in str(refused)  # noqa: PT017
        return

    assert parse_expression(unparse(read), library(), YES_NO) == read


def test_variables_may_be_bound_from_outside() -> None:
    read = parse_expression("rank(s) + n", library(), NUMBER, {"s": Type("standing"), "n": NUMBER})

    assert read == e.Arith("+", e.Call("rank", (e.Var("s", Type("standing")),), NUMBER), e.Var("n", NUMBER), NUMBER)


def test_what_is_no_expression_is_pointed_at() -> None:
    with pytest.raises(InputError) as refused:
        parse_expression("may_borrow and as_off > opened_on", library())

    assert str(refused.value) == "<expression>:1:16: unknown name 'as_off'\n    did you mean 'as_of'?"
