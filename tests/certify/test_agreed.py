"""A pack's own certificate: its rules as clauses mean what they mean. Where one of the two ways goes astray, it is noticed."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from garden_findings import garden
from generate import random_pack
from zhunsheng.ask.certifying.rules_certificate import rules_certificate
from zhunsheng.certify import agreed, clauses, compared, kernel
from zhunsheng.read import canonical_pack, load_pack
from zhunsheng.read.vocabulary import canonical

ROOT = Path(__file__).parents[2]
ALL = bool(os.environ.get("ALL"))
PACKS = 60 if ALL else 5
POINTS = 24


def certificate(raw: bytes, points: int = POINTS) -> bytes:
    loaded = kernel.Pack(raw)
    return canonical({
        "format": 1, "kind": "pack", "pack": {"id": loaded.name, "digest": loaded.digest},
        "claim": {"points": points, "elements": 2}, "evidence": {}, "trusted": [], "made_by": "a test",
    }).encode()  # fmt: skip


def verdict(raw: bytes, points: int = POINTS) -> str:
    try:
        return compared.check(certificate(raw, points), raw)[1]
    except kernel.Refused as refused:
        return f"REFUSED: {refused}"


ACCEPTED = "Claimed: its rules as clauses mean what they mean by possibilities"


@cache
def raw_garden() -> bytes:
    return garden().canonical.encode()


@pytest.mark.parametrize("name", ["garden", "library", "market"])
def test_the_made_up_packs_mean_the_same_in_both_ways(name: str) -> None:
    assert verdict(load_pack(ROOT / "tests" / "packs" / name).canonical.encode()) == ACCEPTED


@pytest.mark.parametrize("seed", range(PACKS))
def test_packs_that_nobody_thought_of_do(seed: int) -> None:
    assert verdict(canonical_pack(random_pack(seed)).encode()) == ACCEPTED


def test_the_law_does() -> None:
    """By default a part of it."""
    pack = kernel.Pack(load_pack(ROOT / "policy" / "urumqi-2025").canonical.encode())

    _, tried = agreed.agree(agreed.Grid(pack, 32 if ALL else 6, 2), list(pack.definitions)[:: 1 if ALL else 9])

    assert tried >= (1000 if ALL else 80)


def test_it_says_what_was_tried() -> None:
    said = compared.check(rules_certificate(garden(), 5).encode(), raw_garden())

    assert said[1:4] == [
        ACCEPTED, said[2], "  values and definitions, each at 5 cases of up to 2 elements in a list",
    ]  # fmt: skip
    assert said[2].startswith("Checked: ")
    assert said[2].endswith(" conditions,")
    assert said[-1] == "  that what agrees at these cases agrees at others: this is a trial, not a proof"


def test_the_grid_is_the_same_for_everybody_and_another_for_another_pack() -> None:
    pack, again = kernel.Pack(raw_garden()), kernel.Pack(raw_garden())
    other = kernel.Pack(raw_garden().replace(b'"version":"0.3.0"', b'"version":"0.3.1"'))
    facts = list(agreed.facts_of(pack, 2))

    values = [[agreed.Point(each, n).value(*fact) for n in range(9) for fact in facts] for each in (pack, again, other)]

    assert values[0] == values[1]
    assert values[0] != values[2]


def test_the_cases_of_the_grid_differ_in_every_fact() -> None:
    pack = kernel.Pack(raw_garden())

    for path, domain in agreed.facts_of(pack, 2):
        found = {agreed.Point(pack, n).value(path, domain) for n in range(64)}
        assert len(found) > 1, path


# -- errors in one of the two ways, each of which a grid has to show


def strict(side: clauses.Side, op: str, a: clauses.Guarded, b: clauses.Guarded, order: Any) -> clauses.Guarded:
    return HONEST["compared"](side, {"<=": "<", ">=": ">"}.get(op, op), a, b, order)


def any_for_all(side: clauses.Side, _: bool, parts: Any) -> clauses.Guarded:
    return HONEST["quantified"](side, True, parts)


def never_defeated(side: clauses.Side, name: str, args: Any) -> clauses.Guarded:
    rules, other = side.pack.definition(name)
    side.pack.read[name] = [rule._replace(overrides=[]) for rule in rules], other
    found = HONEST["ruled"](side, name, args)
    side.pack.read[name] = rules, other
    return found


def one_too_few(side: clauses.Side, rows: Any, fails: Any) -> clauses.Guarded:
    return HONEST["counted"](side, rows[1:], fails)


HONEST: dict[str, Any] = {
    "compared": clauses.Side.compared, "quantified": clauses.Side.quantified, "ruled": clauses.Side.ruled,
    "counted": clauses.Side.counted,
}  # fmt: skip


class Wrong(clauses.Side):
    """A side with one error in it."""


@pytest.mark.parametrize("error", [strict, any_for_all, never_defeated, one_too_few])
def test_an_error_in_the_clauses_is_noticed(error: Any) -> None:
    wrong = {strict: "compared", any_for_all: "quantified", never_defeated: "ruled", one_too_few: "counted"}[error]
    side = type("WithAnError", (Wrong,), {wrong: error})
    pack = kernel.Pack(canonical_pack(random_pack(3)).encode())
    grid = agreed.Grid(pack, POINTS, 2, side)

    with pytest.raises(kernel.Refused, match=r"^clauses and possibilities differ of '[\w/.-]+' at point \d+$"):
        agreed.agree(grid)


def test_a_gate_of_what_comes_after_it_is_noticed() -> None:
    with pytest.raises(kernel.Refused, match=r"^a gate is defined by what comes after it$"):
        agreed.values_of([None, (4, 6), None, None], {}, 4)


def test_the_certificate_is_small() -> None:
    assert len(rules_certificate(garden(), 5)) < 800
    assert json.loads(rules_certificate(garden(), 5))["claim"] == {"points": 5, "elements": 2}
