"""What a theorem says of the case before and the case after its changes, in words."""

from __future__ import annotations

import pytest

from lending import expression, library
from zhunsheng.lang import expr as e
from zhunsheng.lang.types import YES_NO
from zhunsheng.narrate.prose import Prose

PACK = library()


@pytest.mark.parametrize(
    ("side", "lang", "condition", "value"),
    [
        ("before", "zh", "变动前，“可以借书”成立", "变动前的“现行等级”"),
        ("after", "zh", "变动后，“可以借书”成立", "变动后的“现行等级”"),
        ("before", "en", "before the change, “May borrow” holds", "“Standing now” before the change"),
        ("after", "en", "after the change, “May borrow” holds", "“Standing now” after the change"),
    ],
)
def test_a_side_is_named(side: str, lang: str, condition: str, value: str) -> None:
    say = Prose(PACK, lang)
    borrows, standing = expression(PACK, "may_borrow"), expression(PACK, "standing_now")

    assert say.condition(e.At(side, borrows, YES_NO)) == condition
    assert say.value(e.At(side, standing, standing.type)) == value


def test_what_is_joined_inside_a_side_stays_together() -> None:
    inner = expression(PACK, "may_borrow and open_late")

    assert Prose(PACK, "zh").condition(e.At("after", inner, YES_NO), truth=False) == (
        "变动后，（“可以借书”不成立，或者“当天延时开放”不属实）"
    )
