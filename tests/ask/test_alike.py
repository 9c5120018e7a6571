"""Which answers a change can touch, and which are the same formula on both sides: never one that differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhunsheng.ask.deciding.alike import Alike
from zhunsheng.ask.deciding.answers import Asked, all_asked
from zhunsheng.ask.deciding.decide import Deciding, decide
from zhunsheng.ask.deciding.noticing import between
from zhunsheng.ask.deciding.problems import Shared
from zhunsheng.ask.supposing.whatif import assigned
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_case, load_pack

ROOT = Path(__file__).parents[2]
CHANGES = [
    ("a-first-rating-is-no-rise", "application.target", "B"),
    ("a-works-downgraded-to-d-may-not-apply-for-c-within-the-year", "application.filed_on", "2026-09-23"),
]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


@pytest.mark.parametrize(("name", "path", "value"), CHANGES)
def test_what_is_left_out_as_alike_or_untouched_is_decided_the_same_on_both_sides(
    name: str, path: str, value: str, pack: Pack
) -> None:
    case = load_case(ROOT / "scenarios" / f"{name}.yaml", pack)
    other = assigned(pack, case, [(path, value)])
    shared = Shared(Cones(pack))
    before = Deciding(pack, case, with_firmness=False, shared=shared)
    after = Deciding(pack, other, with_firmness=False, shared=shared, beside=before.problems)
    asked = [one for one in all_asked(pack, case) if not one.args]

    touched = between(shared.cones, case, other)
    alike = Alike(before, after).among(asked)

    left_out = [one for one in asked if one in alike or not touched.seen_by(shared.cones.definition(one.definition))]
    assert left_out
    keys = [one.key for one in left_out]
    here, there = (decide(pack, one, keys, firmness=False, shared=shared) for one in (case, other))
    for key in keys:
        told = [(one.answer(key).status, [p.outcome for p in one.answer(key).outcomes]) for one in (here, there)]
        assert told[0] == told[1], key


def test_an_answer_that_differs_is_not_alike(pack: Pack) -> None:
    name = "a-works-downgraded-to-d-may-not-apply-for-c-within-the-year"
    case = load_case(ROOT / "scenarios" / f"{name}.yaml", pack)
    other = assigned(pack, case, [("application.filed_on", "2026-09-23")])
    before = Deciding(pack, case, with_firmness=False)
    after = Deciding(pack, other, with_firmness=False, beside=before.problems)
    asked = [Asked("may_apply", "may_apply"), Asked("attained", "attained")]

    assert Alike(before, after).among(asked) == {asked[1]}
