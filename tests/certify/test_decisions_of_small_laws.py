"""Certificates of decisions of small laws made up at random: the kernel accepts ours, and the same certificate with no other
outcome, and with no fact less."""

from __future__ import annotations

import copy
import itertools
import json
import os
from functools import cache
from typing import Any

import pytest

from open_laws import GRADES, law, some_case
from zhunsheng.ask.certifying.certificates import Certifier
from zhunsheng.ask.deciding.answers import all_asked
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.report import Between, Status
from zhunsheng.certify import claims, kernel
from zhunsheng.errors import NoCertificate
from zhunsheng.read.vocabulary import canonical

LAWS = 150 if os.environ.get("ALL") else 10
ONCE_WRONG = 68
"""A law and case of which a certificate held a fact that it did not need."""
VALUES = {
    "yes/no": ("true", "false"), "grade": GRADES, "day": ("2028-02-28", "2028-02-29", "2028-03-01", "none"),
}  # fmt: skip
FAILURES = ({"failure": "gap"}, {"failure": "conflict"}, {"failure": "no_data"})


@cache
def certificates(seed: int) -> tuple[kernel.Pack, tuple[tuple[str, Any], ...]]:
    """The certificates of a case, each with the type of its answer."""
    pack = law(seed)
    case, loaded = some_case(seed, pack, unknown=0.15), kernel.Pack(pack.canonical.encode())
    certifier = Certifier(pack, loaded)
    deciding = Deciding(pack, case, with_firmness=False, with_dependence=False)
    found = []
    for asked in all_asked(pack, case):
        answer = deciding.answer(asked)
        if (
            answer.status is Status.NOT_SHOWN
            or not answer.complete
            or any(isinstance(p.outcome, Between) for p in answer.outcomes)
        ):
            continue
        try:
            found.append((pack.definitions[asked.definition].type.base, json.loads(certifier.certificate(case, asked, answer))))
        except NoCertificate:
            continue
    return loaded, tuple(found)


def accepted(loaded: kernel.Pack, certificate: Any) -> bool:
    loaded.steps = 0
    try:
        claims.check(canonical(certificate).encode(), loaded)
    except kernel.Refused:
        return False
    return True


def others(type_: str, outcomes: list[Any]) -> list[list[Any]]:
    """Every set of one or two outcomes, or of one more or one less than these, that is not these."""
    every = [*({"value": value} for value in VALUES[type_]), *FAILURES]
    some = [list(chosen) for size in (1, 2) for chosen in itertools.combinations(every, size)]
    some += [[*outcomes, one] for one in every if one not in outcomes]
    some += [[one for one in outcomes if one is not left] for left in outcomes if len(outcomes) > 1]
    return [one for one in some if sorted(map(str, one)) != sorted(map(str, outcomes))]


def claiming(certificate: Any, outcomes: list[Any]) -> Any:
    """The same certificate of other outcomes; the cases of those that are left stay with them."""
    made = copy.deepcopy(certificate)
    if "cases" in made["evidence"]:
        cases = zip(made["claim"]["outcomes"], made["evidence"]["cases"], strict=True)
        made["evidence"]["cases"] = [case for outcome, case in cases if outcome in outcomes]
    made["claim"]["outcomes"] = outcomes
    return made


@pytest.mark.parametrize("seed", range(LAWS))
def test_ours_are_accepted(seed: int) -> None:
    loaded, found = certificates(seed)

    assert all(accepted(loaded, each) for _, each in found)


@pytest.mark.parametrize("seed", range(LAWS))
def test_with_any_other_outcomes_they_are_refused(seed: int) -> None:
    loaded, found = certificates(seed)

    taken = [
        (each["claim"], other)
        for type_, each in found
        for other in others(type_, each["claim"]["outcomes"])
        if accepted(loaded, claiming(each, other))
    ]

    assert taken == []


@pytest.mark.parametrize("seed", sorted({*range(LAWS), ONCE_WRONG}))
def test_with_any_fact_less_they_are_refused(seed: int) -> None:
    loaded, found = certificates(seed)

    for _, each in found:
        for number in range(len(each["claim"]["atoms"])):
            fewer = copy.deepcopy(each)
            del fewer["claim"]["atoms"][number]
            assert not accepted(loaded, fewer), (each["claim"], number)


def test_the_sample_has_certificates_of_every_status() -> None:
    found = [each["claim"]["outcomes"] for seed in range(LAWS) for _, each in certificates(seed)[1]]

    assert any(len(one) > 1 for one in found)
    assert any("failure" in one[0] for one in found if len(one) == 1)
    assert sum("value" in one[0] for one in found if len(one) == 1) > LAWS
