"""Decisions of partial cases against brute force: every completion tried, over small domains."""

from __future__ import annotations

import itertools
import os
from typing import Any

import pytest

from generate import completions, random_case, random_pack
from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.report import Status
from zhunsheng.evaluate import Run
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.outcome import strongest
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import NONE

PACKS = 1200 if os.environ.get("ALL") else 120
MOST_COMPLETIONS = 3000


def closed(pack: Pack, case: Case) -> Case:
    """The case with every list complete: what is left unknown can be tried in full."""
    facts = {
        name: Listing(v.elements, True, labels=v.labels) if isinstance(v, Listing) else v for name, v in case.facts.items()
    }
    return Case(case.title, case.pack, facts, case.readings, case.choices, None)


def brute_force(pack: Pack, case: Case, name: str, readings: dict[str, str]) -> dict[Any, list[dict[str, Any]]] | None:
    """Every outcome with the points (symbol values) that lead to it; None if there are too many completions."""
    found: dict[Any, list[dict[str, Any]]] = {}
    for number, facts in enumerate(completions(pack, case, 0)):
        if number > MOST_COMPLETIONS:
            return None
        run = Run(pack, facts, readings, {})
        if any(run.assumption(a) for a in pack.assumptions):
            continue
        for choice in run.lawful("level") or (None,):
            chosen = {} if choice is None else {"level": choice}
            outcome = strongest(run.choosing(chosen).definition(name))
            found.setdefault(outcome, []).append(point(pack, case, facts, choice))
    return found


def point(pack: Pack, case: Case, facts: dict[str, Any], choice: Any) -> dict[str, Any]:
    """The values of the unknown facts and of the choice, by symbol."""
    values: dict[str, Any] = {"discretion level": choice}
    for name, spec in pack.facts.items():
        stated = case.facts[name]
        if stated is UNKNOWN:
            value = facts[name]
            values[f"facts {name}"] = tuple(value.values()) if isinstance(value, dict) else value
        elif spec.type is None and stated is not NONE:
            for part in spec.record:
                if stated[part.name] is UNKNOWN:
                    values[f"facts {name}.{part.name}"] = facts[name][part.name]
    for name in pack.collections:
        for index, element in enumerate(case.facts[name].elements):
            for key, value in element.items():
                if value is UNKNOWN:
                    values[f"facts {name}[{index}].{key}"] = facts[name].elements[index][key]
    return values


def smallest_settling(found: dict[Any, list[dict[str, Any]]]) -> int:
    """The size of a smallest set of symbols on which no two points with different outcomes agree."""
    points = [(outcome, p) for outcome, ps in found.items() for p in ps]
    symbols = list(points[0][1])
    for size in range(len(symbols) + 1):
        for chosen in itertools.combinations(symbols, size):
            if settles(points, chosen):
                return size
    raise AssertionError("not even all symbols settle the answer")


def settles(points: list[tuple[Any, dict[str, Any]]], chosen: tuple[str, ...]) -> bool:
    seen: dict[tuple[Any, ...], Any] = {}
    for outcome, values in points:
        key = tuple(values[symbol] for symbol in chosen)
        if seen.setdefault(key, outcome) != outcome:
            return False
    return True


@pytest.mark.parametrize("block", range(4))
def test_outcomes_and_deciding_sets_are_those_of_brute_force(block: int) -> None:
    several = tried = 0
    for seed in range(block, PACKS, 4):
        pack = random_pack(seed)
        case = closed(pack, random_case(seed, pack, unknown=0.35))
        readings = {name: spec.default or "" for name, spec in pack.readings.items()}
        for name, definition in pack.definitions.items():
            if definition.parameters:
                continue
            expected = brute_force(pack, case, name, readings)
            if not expected:
                continue
            answer = Deciding(pack, case).answer(Asked(name, name))
            tried += 1
            assert answer.complete
            if not any(type(p.outcome).__name__ == "Between" for p in answer.outcomes):
                assert {p.outcome for p in answer.outcomes} == set(expected), (seed, name)
            if len(expected) > 1:
                several += 1
                assert answer.status in (Status.OPEN, Status.GAP, Status.CONFLICT, Status.NO_DATA)
                points = [(outcome, p) for outcome, ps in expected.items() for p in ps]
                chosen = tuple(
                    f"{kind} {symbol}"
                    for kind in ("facts", "readings", "discretion")
                    for symbol in getattr(answer.depends_on, kind)
                )
                assert settles(points, chosen), (seed, name, chosen)
                assert len(chosen) == smallest_settling(expected), (seed, name, chosen)
    assert tried > 20
    assert several > 5


def test_how_firm_an_answer_is_agrees_with_trying_every_reading() -> None:
    kinds = set()
    for seed in range(PACKS):
        pack = random_pack(seed)
        case = closed(pack, random_case(seed, pack, unknown=0.12))
        names = list(pack.readings)
        for name, definition in pack.definitions.items():
            if definition.parameters:
                continue
            outcomes: dict[tuple[str, ...], Any] = {}
            for vector in itertools.product(*([o.name for o in pack.readings[n].options] for n in names)):
                found = brute_force(pack, case, name, dict(zip(names, vector, strict=True)))
                outcomes[vector] = None if not found else frozenset(found)
            if None in outcomes.values():
                continue
            answer = Deciding(pack, case).answer(Asked(name, name))
            if any(type(p.outcome).__name__ == "Between" for p in answer.outcomes):
                continue
            default = tuple(pack.readings[n].default or "" for n in names)
            base = outcomes[default]
            changed = {
                tuple((n, o) for n, o, d in zip(names, vector, default, strict=True) if o != d)
                for vector, found in outcomes.items()
                if found != base
            }
            minimal = {c for c in changed if not any(set(other) < set(c) for other in changed)}
            assert {tuple(d.readings.items()) for d in answer.differs_under} == minimal, (seed, name)
            expected = "every" if not changed else "no" if any(len(c) == 1 for c in changed) else "single"
            assert answer.firm == expected, (seed, name)
            kinds.add(expected)
    assert kinds >= {"every", "no"}
