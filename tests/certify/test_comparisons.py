"""What an amendment changes, as certificates: made from comparisons, judged by the kernel under both laws."""

from __future__ import annotations

import copy
import json
import os
import random
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from compare.test_against_brute_force import amended as made_up
from zhunsheng.ask.comparing.compare import compare
from zhunsheng.ask.comparing.comparison import Comparison
from zhunsheng.ask.comparing.comparison_certificates import Sealed, comparison_certificate
from zhunsheng.certify import claims, compared, kernel
from zhunsheng.certify.proofs import refutation
from zhunsheng.lang.amendment import Amended
from zhunsheng.lang.pack import Pack
from zhunsheng.read import canonical_pack
from zhunsheng.read.amendment import load_amended
from zhunsheng.read.canonical import digest_of
from zhunsheng.read.vocabulary import canonical

ROOT = Path(__file__).parents[2]
ALL = bool(os.environ.get("ALL"))
GARDEN = ROOT / "tests" / "packs" / "garden"
KEPT = [seed for seed in range(400) if random.Random(seed).choice(["keep", "becomes", "abolish"]) == "keep"]
"""Those of the made-up laws that have the same values for the same facts: the kernel compares no others."""
SEEDS = [*KEPT[: 80 if ALL else 9], next(seed for seed in range(9) if seed not in KEPT)]


@cache
def garden(name: str) -> tuple[Comparison, Any]:
    laws = load_amended(GARDEN, [str(ROOT / "tests" / "amendments" / f"{name}.yaml")], [])
    comparison = compare(laws)
    return comparison, json.loads(comparison_certificate(comparison).text)


def judged(data: Any, laws: Amended) -> str:
    try:
        return compared.check(canonical(data).encode(), laws.base.canonical.encode(), laws.pack.canonical.encode())[0]
    except kernel.Refused as refused:
        return f"REFUSED: {refused}"


def test_it_holds_every_class_of_the_comparison_and_what_is_word_for_word_the_same() -> None:
    comparison, data = garden("month-of-two-weeks")

    claim = data["claim"]

    assert judged(data, comparison.amended).startswith("Pack garden, SHA-256 ")
    assert claim["answers"] == [
        {
            "definition": "may_draw",
            "classes": [{"before": [{"value": "false"}], "after": [{"value": "true"}]}],
            "verdict": {"is": "laxer"},
        },
        {
            "definition": "barred_until",
            "classes": [{"before": [{"any": "day"}], "after": [{"any": "day"}], "shift": "earlier"}],
            "verdict": {"is": "laxer"},
        },
    ]
    assert claim["untouched"] == ["allowance", "reply_by", "duty office-replies owed", "duty office-replies by"]


def test_a_rule_in_other_words_is_shown_to_change_nothing() -> None:
    comparison, data = garden("month-in-other-words")

    assert judged(data, comparison.amended).startswith("Pack garden, SHA-256 ")
    assert data["claim"]["answers"] == [{"definition": "may_draw", "classes": []}]


def without_a_class(data: Any) -> None:
    data["claim"]["answers"][0]["classes"].clear()
    data["evidence"]["answers"][0]["cases"].clear()


def another_class(data: Any) -> None:
    data["claim"]["answers"][0]["classes"][0].update(before=[{"value": "true"}], after=[{"value": "false"}])


def a_class_and_a_half(data: Any) -> None:
    data["claim"]["answers"][0]["classes"].append({"before": [{"value": "true"}], "after": [{"failure": "gap"}]})
    data["evidence"]["answers"][0]["cases"].append(data["evidence"]["answers"][0]["cases"][0])


def later(data: Any) -> None:
    data["claim"]["answers"][1]["classes"][0]["shift"] = "later"


def said_to_be_untouched(data: Any) -> None:
    data["claim"]["untouched"].append("may_draw")


def of_another_law(data: Any) -> None:
    data["claim"]["amended"]["digest"] = "0" * 64


def fewer_elements(data: Any) -> None:
    data["evidence"]["answers"][0]["proofs"][0]["slots"]["wasted"] = 1


def unknown_fact(data: Any) -> None:
    data["evidence"]["answers"][0]["cases"][0]["atoms"].append({"fact": "weather", "is": "true"})


def with_a_choice(data: Any) -> None:
    data["evidence"]["answers"][0]["cases"][0]["atoms"].append({"choice": "generosity", "is": "high"})


def open_list(data: Any) -> None:
    atoms = data["evidence"]["answers"][0]["cases"][0]["atoms"]
    atoms.remove(next(atom for atom in atoms if atom.get("fact") == "wasted"))


def read_otherwise(data: Any) -> None:
    data["evidence"]["answers"][0]["cases"][0]["atoms"].append({"reading": "bar_from", "is": "next_day"})


@pytest.mark.parametrize(
    ("attack", "reason"),
    [
        (without_a_class, "a step follows from none before it"),
        (another_class, "a case is not shown to change as claimed"),
        (a_class_and_a_half, "a case is not shown to change as claimed"),
        (later, "a case is not shown to change as claimed"),
        (said_to_be_untouched, "'bar' is not the same in both laws"),
        (of_another_law, "it is about another amended law"),
        (fewer_elements, "the bound is {'wasted': 2}"),
        (unknown_fact, "neither law knows a fact of a case"),
        (with_a_choice, "a case of two laws makes no choices"),
        (open_list, "a case does not close every list"),
        (read_otherwise, "a case is read otherwise than claimed"),
    ],
)
def test_what_it_does_not_show_is_refused(attack: Any, reason: str) -> None:
    comparison, data = garden("month-of-two-weeks")
    changed = copy.deepcopy(data)
    for answer in changed["claim"]["answers"]:
        answer.pop("verdict")

    attack(changed)

    assert judged(changed, comparison.amended) == f"REFUSED: {reason}"


def test_a_comparison_is_put_before_two_laws_and_nothing_else_is() -> None:
    comparison, data = garden("month-of-two-weeks")
    pack, raw = comparison.amended.base.canonical.encode(), canonical(data).encode()

    with pytest.raises(kernel.Refused, match=r"^a comparison is about two laws: name the pack as amended too$"):
        compared.check(raw, pack)
    with pytest.raises(kernel.Refused, match=r"^it is about one law: name no other$"):
        compared.check(raw.replace(b'"kind":"comparison"', b'"kind":"decision"'), pack, pack)


def test_a_calendar_of_the_same_name_is_another_calendar_under_the_other_law() -> None:
    """Equal numbers of working days after equal days are told apart where a holiday was added."""
    laws = load_amended(GARDEN, [str(ROOT / "tests" / "amendments" / "month-in-other-words.yaml")], [])
    data = json.loads(laws.base.canonical)
    holidays = data["calendars"][0]["years"][0]["off"]
    holidays[:] = sorted({*holidays, f"{data['calendars'][0]['years'][0]['year']}-06-03"})
    before, after = (kernel.Pack(canonical(each).encode()) for each in (json.loads(laws.base.canonical), data))
    first, last = (day.isoformat() for day in laws.base.horizon)
    readings = {"before": {"bar_from": "same_day"}, "after": {"bar_from": "same_day"}}
    two = compared.Laws((before, after), {"horizon": {"from": first, "to": last}, "readings": readings})
    answer = compared.Answer(two, {"definition": "reply_by", "classes": []})
    (places,) = claims.placings(answer.listed, set())

    both, asserted = compared.asserted_of(answer, places, compared.bound_of(answer, places, ([], [])), ([], []))

    assert refutation(both.circuit.gates, asserted, 100_000) is None


# -- laws that nobody thought of


def sealed_packs(laws: Amended) -> Amended:
    """The same, each law with its canonical form."""
    base, pack = (_canonical(law) for law in (laws.base, laws.pack))
    return replace(laws, base=base, pack=pack)


def _canonical(pack: Pack) -> Pack:
    text = canonical_pack(pack)
    return replace(pack, canonical=text, digest=digest_of(text))


@cache
def sealed_of(seed: int) -> tuple[Amended, Sealed]:
    laws = sealed_packs(made_up(seed))
    return laws, comparison_certificate(compare(laws))


@pytest.mark.parametrize("seed", SEEDS)
def test_of_made_up_laws_the_classes_are_complete_and_none_can_be_left_out(seed: int) -> None:
    laws, sealed = sealed_of(seed)

    assert set(sealed.left_out.values()) <= {"event 'kind' is not of one kind in both laws"}
    if not sealed.text:
        assert seed not in KEPT
        return
    data = json.loads(sealed.text)
    assert judged(data, laws).startswith("Pack tiny")
    packs = kernel.Pack(laws.base.canonical.encode()), kernel.Pack(laws.pack.canonical.encode())
    two = compared.Laws(packs, data["claim"])
    for claim, evidence in zip(data["claim"]["answers"], data["evidence"]["answers"], strict=True):
        for place in range(len(claim["classes"])):
            fewer = {**claim, "classes": claim["classes"][:place] + claim["classes"][place + 1 :]}
            answer = compared.Answer(two, fewer)
            assumed = [evidence["assumed"][side] for side in compared.SIDES]
            both, asserted = compared.asserted_of(answer, {}, evidence["proofs"][0]["slots"], assumed)
            assert refutation(both.circuit.gates, asserted, 100_000) is None, claim["classes"][place]


def test_the_made_up_laws_have_classes_of_every_sort() -> None:
    found = []
    for seed in SEEDS:
        text = sealed_of(seed)[1].text
        found += [one for answer in (json.loads(text)["claim"]["answers"] if text else ()) for one in answer["classes"]]

    members = [canonical(member) for one in found for side in ("before", "after") for member in one[side]]

    assert len(found) > 10
    assert any("failure" in member for member in members)
    assert any("any" in member for member in members)
    assert any(len(one["before"]) > 1 or len(one["after"]) > 1 for one in found)
