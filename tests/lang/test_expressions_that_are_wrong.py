"""What is written wrong in an expression is said where it stands, with what to write instead."""

from __future__ import annotations

import pytest

from building import tiny_pack
from zhunsheng.errors import InputError
from zhunsheng.lang.types import YES_NO
from zhunsheng.read import parse_expression

PACK = tiny_pack(facts={"as_of": "day", "number": "number"}, collections={"visits": ("visit", {"on": "day"})})


@pytest.mark.parametrize("text", ["number = 3", "number=3", "(number = 3)", "number >= 3 and number = 4", "not number  =  3"])
def test_one_equals_sign_is_told_apart_from_two(text: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_expression(text, PACK, YES_NO)

    (problem,) = refused.value.problems
    assert (problem.what, problem.instead) == ("one '=' does not compare", "write ==")
    place = problem.place
    assert place.column is not None
    assert text[place.column - 1] == "="


def test_what_nothing_comes_to_is_no_comparison() -> None:
    with pytest.raises(InputError, match="this is not an expression"):
        parse_expression("min((v.on for v in visits), default = as_of) >= >= as_of", PACK, YES_NO)
