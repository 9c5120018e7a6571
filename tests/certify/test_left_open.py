"""Definitions left open: whatever they really come to is among what they may; what is shown so is so."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

import pytest

from building import define, rule, tiny_pack
from garden_findings import garden
from generate import FIRST, LAST, random_case, random_pack
from zhunsheng.ask.certifying.atoms import atoms_of
from zhunsheng.certify import bounds, claims, clauses, kernel
from zhunsheng.certify.proofs import refutation
from zhunsheng.lang.pack import Pack
from zhunsheng.read import canonical_pack
from zhunsheng.read.vocabulary import canonical

ALL = bool(os.environ.get("ALL"))
PACKS = 400 if ALL else 40
THEOREMS = 600 if ALL else 60
MOST = 14
"""Elements, in all, with which a claim about a generated pack is looked at."""


# -- what a definition may come to


def side_of(pack: Pack, loaded: kernel.Pack, seed: int) -> clauses.Side:
    """A complete case, as clauses."""
    rng, case = Random(seed), random_case(seed, pack, unknown=0.0)
    readings = {name: rng.choice([option.name for option in spec.options]) for name, spec in pack.readings.items()}
    world = kernel.World(loaded, atoms_of(pack, case.facts, readings, {"level": rng.choice(["D", "C", "B"])}))
    problem = clauses.Problem(loaded, world)
    members = {name: [(("@", name, n), clauses.TRUE) for n in range(count)] for name, count in world.complete.items()}
    return clauses.Side(problem, members, problem.readings())


def arguments(loaded: kernel.Pack, side: clauses.Side, name: str) -> Iterator[list[clauses.Guarded]]:
    """What a definition can be asked of in a case: elements, values, days."""
    ways: list[list[clauses.Guarded]] = []
    for _, type_ in loaded.signature(name)[0]:
        if type_.base in loaded.elements:
            ways.append([clauses.always(ref) for ref, _ in side.members[loaded.elements[type_.base]["name"]]])
        elif type_.base == "day":
            ways.append([clauses.numbered(clauses.whole(day)) for day in range(loaded.horizon[0], loaded.horizon[1] + 1)])
        else:
            ways.append([clauses.always(value) for value in loaded.enums[type_.base]])
    return (list(chosen) for chosen in itertools.product(*ways))


def allows(shape: bounds.Shape, outcome: clauses.Guarded) -> bool:
    """Whether an outcome, with all known, is one of a shape's."""
    ways, fails = shape
    spans = [way[1:] for way in ways if isinstance(way, tuple) and way[0] == "#"]
    numbers = [clauses.number_of(bits) for _, bits in outcome.numbers()]
    others = [atom for atom, _ in outcome.atoms if not isinstance(atom, tuple) or atom[0] != "#"]
    between = all(any(least <= number <= greatest for least, greatest in spans) for number in numbers)
    return between and set(others) <= set(ways) and {rank for rank, _ in outcome.fails if rank} <= set(fails)


@pytest.mark.parametrize("block", range(4))
def test_what_a_definition_comes_to_in_a_case_is_among_what_it_may_come_to_left_open(block: int) -> None:
    looked = failed = 0
    for seed in range(block, PACKS, 4):
        pack = random_pack(seed)
        loaded = kernel.Pack(canonical_pack(pack).encode())
        for number in range(3):
            loaded.steps = 0
            side = side_of(pack, loaded, seed * 3 + number)
            readings = side.readings if number else {}  # also where the text may be read in any way
            left = bounds.Left(loaded, readings, None)
            for name in loaded.definitions:
                for args in arguments(loaded, side, name):
                    outcome = side.settle(name, args)
                    try:
                        shape = left.shape(name, args, {}, side.circuit)
                    except kernel.Refused:
                        continue
                    assert allows(shape, outcome), (seed, number, name, shape, outcome)
                    looked += 1
                    failed += bool(outcome.fails)
    assert looked > 200
    assert failed > 5


# -- what is shown with definitions left open

CHANGES: tuple[tuple[list[Any], list[Any]], ...] = (
    ([], []),
    ([["e", "new events"]], [["add", "e"]]),
    ([["e", "in events"]], [["set", "e.on", "today"]]),
    ([["e", "in events"]], [["set", "e.pen", "none"]]),
    ([["e", "in lines"]], [["set", "e.grade", "fact_grade"]]),
    ([], [["set", "today", "today + days(1)"]]),
    ([], [["set", "fact_grade", "B"]]),
)  # fmt: skip


def claim_about(pack: Pack, rng: Random) -> tuple[Any, str] | None:
    """A claim about what some definition comes to, before a change and after it."""
    names = [n for n, d in pack.definitions.items() if not d.parameters and not d.type.special]
    if not names:
        return None
    name, (named, change) = rng.choice(names), rng.choice(CHANGES)
    yes = pack.definitions[name].type.base == "yes/no"
    texts = [f"before({name}) == after({name})"] if change else []
    texts += [name, f"not {name}"] if yes else [f"{name} == {name}"]
    texts += [f"after({name}) or not before({name})"] * 2 if yes and change else []
    first, last = (day.isoformat() for day in pack.horizon)
    theorem = {"name": "generated", "for": named, "given": [], "change": change, "claim": rng.choice(texts)}
    if rng.random() < 0.5:
        theorem["where_defined"] = "true"
    if rng.random() < 0.3:
        theorem["discretion"] = "apart"
    return {"theorem": theorem, "readings": {}, "horizon": {"from": first, "to": last}}, name


def can_fail(loaded: kernel.Pack, claim: Any, left_open: list[str], readings: dict[str, str]) -> bool:
    """Whether some case breaks it, with as many elements as the bound asks for. Raises `kernel.Refused`, `TimeoutError`."""
    loaded.steps = 0
    theorem = claims.Theorem(loaded, {**claim, "readings": readings})
    theorem.leave_open(left_open)
    for places in theorem.patterns():
        slots = claims.bound_of(theorem, places, [])
        if sum(slots.values()) > MOST:
            raise kernel.Refused("too many elements for a test")
        formula = claims.whole_formula(theorem, places, slots)
        if refutation(formula.circuit.gates, [*formula.premises([]), formula.broken()], 20_000) is not None:
            continue
        return True
    return False


@pytest.mark.parametrize("block", range(4))
def test_what_some_case_breaks_some_case_breaks_with_definitions_left_open(block: int) -> None:
    """Were it otherwise, a proof with definitions left open could show what is false."""
    shown = broken = 0
    for seed in range(block, THEOREMS, 4):
        rng, pack = Random(seed), random_pack(seed, in_fragment=True)
        loaded = kernel.Pack(canonical_pack(pack).encode())
        for _ in range(4):
            made = claim_about(pack, rng)
            if made is None:
                continue
            claim, asked = made
            readings = {} if rng.random() < 0.5 else {name: spec.options[0].name for name, spec in pack.readings.items()}
            left_open = sorted(n for n in pack.definitions if n != asked and rng.random() < 0.6)
            try:
                whole = can_fail(loaded, claim, [], readings)
                cut = can_fail(loaded, claim, left_open, readings)
            except (kernel.Refused, TimeoutError):
                continue
            assert cut or not whole, (seed, claim, left_open, readings)
            broken += whole
            shown += not cut
    assert broken >= 5
    assert shown >= 5


# -- what it takes


def two_lists() -> kernel.Pack:
    """Lines have days of their own that a rule gives them, events have theirs; of all events the latest has a kind."""
    pack = tiny_pack(
        facts={"today": "day"},
        collections={"events": ("event", {"on": "day", "kind": "kind"}), "lines": ("line", {"grade": "grade"})},
        enumerations={"kind": "x y", "grade": "D C B"}, unordered=("kind",), parameters={}, readings={}, discretions={},
        definitions=[
            define("line.due", "day", rule("today", "line.grade == D", "today"), otherwise="today + days(1)"),
            define("last_kind", "kind", rule("last", "True", "latest(((e.on, e.kind) for e in events), default=x)")),
        ],
        horizon=(FIRST, LAST),
    )  # fmt: skip
    return kernel.Pack(canonical_pack(pack).encode())


def claimed(loaded: kernel.Pack, claim: str, named: list[Any], change: list[Any], **more: str) -> Any:
    first, last = (kernel.date.fromordinal(day).isoformat() for day in loaded.horizon)
    theorem = {"name": "made", "for": named, "given": [], "change": change, "claim": claim, **more}
    return {"theorem": theorem, "readings": {}, "horizon": {"from": first, "to": last}}


def test_what_depends_on_an_element_through_something_left_open_is_looked_for_of_each() -> None:
    """Two lines of different days, an event on the day of each: one event would not do."""
    loaded = two_lists()
    each = "all((True if any(e.on == l.due for e in events) else False) for l in lines)"
    claim = f"not ({each} and any(l.due == today for l in lines) and any(l.due != today for l in lines))"
    theorem = claims.Theorem(loaded, claimed(loaded, claim, [], []))
    theorem.leave_open(["line.due"])

    slots = claims.bound_of(theorem, {}, [])

    assert slots == {"events": 2, "lines": 2}
    assert can_fail(loaded, claimed(loaded, claim, [], []), ["line.due"], {})


def test_two_elements_of_one_key_may_make_what_is_left_open_fail() -> None:
    loaded = two_lists()
    left = bounds.Left(loaded, {}, None)

    shape = left.shape("last_kind", [], {}, clauses.Circuit())

    assert shape == (("x", "y"), (kernel.CONFLICT,))


@pytest.mark.parametrize(
    ("name", "named", "change", "more", "same"),
    [
        ("barred_until", [["w", "new wasted"]], [["add", "w"]], {}, False),
        ("barred_until", [["w", "in wasted"]], [["remove", "w"]], {}, False),
        ("barred_until", [["w", "in wasted"]], [["set", "w.seen_on", "as_of"]], {}, False),
        ("barred_until", [], [["set", "plot_rented", "not plot_rented"]], {}, True),
        ("may_draw", [["w", "new wasted"]], [["add", "w"]], {}, False),
        ("reply_by", [["w", "new wasted"]], [["add", "w"]], {}, True),
        ("reply_by", [], [["set", "as_of", "garden_opened"]], {}, False),
        ("allowance", [], [], {"discretion": "apart"}, False),
        ("allowance", [["w", "new wasted"]], [["add", "w"]], {}, True),
    ],
)  # fmt: skip
def test_what_is_left_open_stays_the_same_only_if_nothing_it_looks_at_is_changed(
    name: str, named: list[Any], change: list[Any], more: dict[str, str], same: bool
) -> None:
    claim = claimed(rented(), f"before({name}) == after({name})", named, change, where_defined="true", **more)

    assert can_fail(rented(), claim, [name], {}) is not same


# -- a certificate that leaves something open


@cache
def rented() -> kernel.Pack:
    return kernel.Pack(garden().canonical.encode())


def without_a_plot(**changes: Any) -> dict[str, Any]:
    """Who rents no plot draws no water, whatever the bar may be: in the garden."""
    theorem = {"name": "no-plot-no-water", "for": [], "given": ["not plot_rented"], "change": [], "claim": "not may_draw",
               "where_defined": "true"}  # fmt: skip
    first, last = (kernel.date.fromordinal(day).isoformat() for day in rented().horizon)
    claim: Any = {
        "theorem": theorem, "readings": {}, "horizon": {"from": first, "to": last},
        "says": {"zh": "没有租地块的，不得取水。", "en": "Who rents no plot draws no water."}, "provisions": ["1"],
    }  # fmt: skip
    case = {"atoms": [
        {"fact": "as_of", "is": "2025-06-10"}, {"fact": "plot_rented", "is": "false"}, {"fact": "wasted", "is": 0},
        {"reading": "bar_from", "is": "same_day"}, {"choice": "share", "is": "low"},
    ], "names": {}}  # fmt: skip
    return {
        "format": 1, "kind": "theorem", "pack": {"id": "garden", "digest": rented().digest}, "claim": claim,
        "evidence": evidence_of(rented(), claim, ["barred_until"]) | {"case": case} | changes, "trusted": [], "made_by": "a test",
    }  # fmt: skip


def evidence_of(loaded: kernel.Pack, claim: Any, left_open: list[str]) -> dict[str, Any]:
    """Proofs of a theorem with definitions left open."""
    loaded.steps = 0
    theorem, proofs = claims.Theorem(loaded, claim), []
    theorem.leave_open(left_open)
    for places in theorem.patterns():
        slots = claims.bound_of(theorem, places, [])
        formula = claims.whole_formula(theorem, places, slots)
        shown = refutation(formula.circuit.gates, [*formula.premises([]), formula.broken()], 20_000)
        assert shown is not None
        proofs.append({"slots": slots, "lrat": shown.lrat})
    return {"assumed": [], "open": left_open, "proofs": proofs}


def judged(data: Any) -> str:
    try:
        return "\n".join(claims.check(canonical(data).encode(), rented()))
    except kernel.Refused as reason:
        return f"REFUSED: {reason}"


def test_the_kernel_names_what_was_left_open_and_wants_no_elements_for_it() -> None:
    data = without_a_plot()

    said = judged(data).splitlines()

    assert [proof["slots"] for proof in data["evidence"]["proofs"]] == [{}]
    assert said[3:7] == [
        "Checked: no case breaks it, by clauses and a proof:", said[4],
        "  whatever these come to, left open: barred_until",
        "  without assuming nothing-seen-before-the-garden",
    ]  # fmt: skip
    assert said[4].startswith("  no elements beyond those named: ")


@pytest.mark.parametrize(
    ("left_open", "reason"),
    [
        (["nothing"], "what is left open is no definition of the pack"),
        ([7], "what is left open is no definition of the pack"),
        (["share"], "what is left open is no definition of the pack"),
        (["barred_until", "barred_until"], "what is left open is not in order"),
        (["may_draw", "barred_until"], "what is left open is not in order"),
        (["barred_until", "reply_by"], "something is left open in vain"),
        ({"barred_until": ""}, "'open' is not what is wanted there"),
    ],
)
def test_what_cannot_be_left_open_is_refused(left_open: Any, reason: str) -> None:
    assert judged(without_a_plot(open=left_open)) == f"REFUSED: {reason}"


def test_what_the_claim_turns_on_cannot_be_left_open() -> None:
    data = without_a_plot(open=["may_draw"])

    said = judged(data)

    assert said == "REFUSED: a step speaks of no node"


def test_a_proof_with_something_left_open_is_none_of_the_whole() -> None:
    data = without_a_plot()
    del data["evidence"]["open"]

    assert judged(data) == "REFUSED: the bound is {'wasted': 2}"


def test_a_certificate_with_something_left_open_is_text_of_a_few_hundred_bytes() -> None:
    assert len(json.dumps(without_a_plot()["evidence"]["proofs"])) < 300
