"""Cases that leave nearly everything out: what can still be said, and that it is not called complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhunsheng.ask.deciding.answers import asked_by_name
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.deciding.problems import MOST_SLOTS
from zhunsheng.ask.report import Answer, Status
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import NONE
from zhunsheng.read import load_case, load_pack

ROOT = Path(__file__).parents[2]
NEARLY_EMPTY = """\
format: 1
pack: urumqi-2025
facts:
  as_of: 2025-12-15
  enterprise: {name: 某建材厂, district: 头屯河区}
"""
SEVERAL_FINDINGS = """\
  finding:
    known:
      - {trigger: violation}
      - {trigger: recheck_shortfall}
      - {trigger: superior_request}
      - {trigger: violation}
      - {trigger: bribery}
      - {trigger: bribery}
    others: unknown
"""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


@pytest.fixture
def stated() -> str:
    return ""


@pytest.fixture
def deciding(pack: Pack, tmp_path: Path, stated: str) -> Deciding:
    file = tmp_path / "nearly-empty.yaml"
    file.write_text(NEARLY_EMPTY + stated, encoding="utf-8")
    return Deciding(pack, load_case(file, pack), with_firmness=False)


def answer(deciding: Deciding, name: str) -> Answer:
    return deciding.answer(asked_by_name(deciding.pack, deciding.case, [name])[0])


@pytest.mark.parametrize("stated", ["", SEVERAL_FINDINGS])
def test_whether_a_downgrade_is_required_is_answered_in_full(deciding: Deciding) -> None:
    """Hundreds of elements may matter, since what is in force on the day of each finding does; a few show what can come out."""
    asked = asked_by_name(deciding.pack, deciding.case, ["downgrade_required"])[0]

    assert deciding.problems.needed(asked, deciding.defaults) > MOST_SLOTS
    found = answer(deciding, "downgrade_required")
    assert found.complete
    assert {True, False} <= {possible.outcome for possible in found.outcomes}


@pytest.mark.parametrize("stated", [SEVERAL_FINDINGS])
def test_too_many_elements_to_search_leave_the_outcomes_that_a_few_are_enough_for(deciding: Deciding) -> None:
    found = answer(deciding, "downgrade_to")

    assert found.status is Status.OPEN
    assert not found.complete
    assert found.why_not_shown == "too many further elements may matter"
    assert {"C", "D", NONE} <= {possible.outcome for possible in found.outcomes}
    assert found.because


def test_an_answer_about_unknown_lists_is_settled_by_them(deciding: Deciding) -> None:
    found = answer(deciding, "barred_from_upper_tier")

    assert found.complete
    assert found.depends_on.facts == ("application", "violations", "refused_under_15")


def test_solvers_given_back_are_still_counted(deciding: Deciding) -> None:
    answer(deciding, "locked_out")
    asked = deciding.problems.queries

    deciding.problems.release()

    assert asked > 0
    assert deciding.problems.queries == asked
