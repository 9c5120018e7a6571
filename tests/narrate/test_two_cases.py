"""Claims about the case before and after a change, read aloud in both languages, whole sentences compared."""
# ruff: noqa: E501 (a sentence is compared whole, on one line)

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from building import scope_of, type_of
from lending import library
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.scope import Cases
from zhunsheng.lang.types import YES_NO
from zhunsheng.lang.typing import Reader, plain_source
from zhunsheng.narrate.prose import Prose

PACK = library()
VARIABLES = (("x", type_of("loan")), ("d", type_of("day")))


@dataclass(frozen=True)
class Told:
    """A claim and what is said of it."""

    text: str
    zh: str
    en: str


def claim(text: str) -> Expr:
    scope = replace(scope_of(PACK), variables=dict(VARIABLES), cases=Cases.EITHER, caseless=frozenset({"rank"}))
    return Reader(scope).read(plain_source(text), YES_NO)


@pytest.mark.parametrize(
    "told",
    [
        Told(
            "before(may_borrow)",
            "变动前，“可以借书”成立",
            "before the change, “May borrow” holds",
        ),
        Told(
            "not after(may_borrow)",
            "变动后，“可以借书”不成立",
            "after the change, “May borrow” does not hold",
        ),
        Told(
            "after(may_borrow) if before(may_borrow) else True",
            "如果变动前，“可以借书”成立，则变动后，“可以借书”成立",
            "if before the change, “May borrow” holds, then after the change, “May borrow” holds",
        ),
        Told(
            "before(standing_now) <= after(standing_now)",
            "变动前的“现行等级”不高于变动后的“现行等级”",
            "“Standing now” before the change is no higher than “Standing now” after the change",
        ),
        Told(
            "after(standing_now) != honoured",
            "变动后，“现行等级”不是“优秀”",
            "after the change, “Standing now” is not “honoured”",
        ),
        Told(
            "before(as_of) < d and after(as_of) in (date(2025,1,1), d)",
            "变动前的所问之日早于该日，且（变动后，所问之日为2025年1月1日，或者变动后的所问之日与该日为同一日）",
            "the day of the question before the change is before that day, and (after the change, the day of the question is 1 January 2025, or the day of the question after the change is the same day as that day)",
        ),
        Told(
            "before(card != none and card.paid) or after(not any(y.overdue for y in loans))",
            "变动前，（“读者办了借书证”属实，且“押金交清了”属实），或者变动后，没有借阅乙（可以是同一项）符合（就借阅乙而言，“逾期未还”成立）",
            "before the change, (the answer to “Has the reader got a card?” is yes, and the answer to “Is the deposit paid?” is yes), or after the change, there is no loan B (possibly the same one) such that (for loan B, “Overdue” holds)",
        ),
        Told(
            "before(x.damaged) == after(x.damaged)",
            "“变动前，该借阅的‘有污损’属实”成立与否与“变动后，该借阅的‘有污损’属实”成立与否一致",
            "whether before the change, for that loan, “the item is damaged” is true agrees with whether after the change, for that loan, “the item is damaged” is true",
        ),
        Told(
            "before(x.returned_on) == none",
            "变动前，该借阅没有归还日",
            "before the change, that loan has no day of return",
        ),
        Told(
            "before(x.due_on) + days(1) == after(x.due_on)",
            "变动前的该借阅的应还日的次日与变动后的该借阅的应还日为同一日",
            "the day after the due day of that loan before the change is the same day as the due day of that loan after the change",
        ),
    ],
    ids=lambda told: told.text,
)
def test_which_case_a_claim_speaks_of_is_said(told: Told) -> None:
    expr = claim(told.text)

    assert Prose(PACK, "zh").knowing(VARIABLES).condition(expr) == told.zh
    assert Prose(PACK, "en").knowing(VARIABLES).condition(expr) == told.en
