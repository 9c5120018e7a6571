"""Decisions where possibilities are too coarse: a proof by clauses, from facts none of which can be dropped."""

from __future__ import annotations

import copy
import gc
import itertools
import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from building import define, listing, rule, tiny_pack
from generate import completions, random_case, random_pack
from kernel_values import lawful_run, questions
from zhunsheng.ask.certifying import certificates, proved_decisions
from zhunsheng.ask.certifying.atoms import atoms_of
from zhunsheng.ask.certifying.certificates import Certifier
from zhunsheng.ask.certifying.few_facts import few_facts
from zhunsheng.ask.certifying.formulas import formulas
from zhunsheng.ask.collecting import without_collecting
from zhunsheng.ask.deciding import contradiction
from zhunsheng.ask.deciding.answers import Asked, asked_by_name
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.certify import claims, clauses, kernel
from zhunsheng.certify.proofs import refutation
from zhunsheng.errors import NoCertificate, NotShown
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.outcome import FailureKind, strongest
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.read import canonical_pack
from zhunsheng.read.canonical import digest_of
from zhunsheng.read.vocabulary import canonical


@cache
def pack() -> Pack:
    """What decides stands in two places at once: `same` needs that a number is what it is, `tall` that trees grow no less than
    they were planted, `one` that the tallest tree is a tree, `light` that it is sunny, or that of any number of trees few are;
    `itself` is `tall`, whatever `felled` comes to."""
    made = tiny_pack(
        facts={"as_of": "day", "planted": "number", "grown": "number", "sunny": "yes/no", "rained": "yes/no"},
        collections={"trees": ("tree", {"height": "number", "felled": "yes/no"})},
        definitions=[
            define("same", "yes/no", rule("a", "planted == planted", "True"), otherwise="False"),
            define("tall", "yes/no", rule("a", "grown >= 3", "True"), otherwise="False"),
            define("one", "yes/no", rule("a", "any(t.height >= 5 for t in trees)", "True"),
                   rule("b", "all(t.height < 5 for t in trees)", "False")),
            define("either", "yes/no", rule("a", "sunny or grown >= 3", "True"), otherwise="False"),
            define("light", "yes/no", rule("a", "grown >= 3 and (sunny or count(t for t in trees if t.felled) < 2)", "True"),
                   otherwise="False"),
            define("calm", "yes/no", rule("a", "grown >= 3 and as_of != date(2027, 3, 3)", "True"), otherwise="False"),
            define("thick", "yes/no", rule("a", "grown >= 3 and (count(t for t in trees if t.felled) < 4 or sunny)", "True"),
                   otherwise="False"),
            define("felled", "yes/no", rule("a", "rained and any(t.felled for t in trees)", "True"), otherwise="False"),
            define("itself", "yes/no", rule("a", "grown >= 3 and felled == felled", "True"), otherwise="False"),
        ],
        assumptions={"grows": ("grown >= planted", {}), "heights": ("t.height >= planted", {"t": "trees"})},
    )  # fmt: skip
    made = replace(made, answers=("same", "tall", "one", "either", "light", "itself", "calm", "thick"))
    text = canonical_pack(made)
    return replace(made, canonical=text, digest=digest_of(text))


LOADED = kernel.Pack(pack().canonical.encode())


def case(**facts: Any) -> Case:
    unknown = dict.fromkeys((*pack().facts, *pack().collections), UNKNOWN)
    nothing = Listing((), complete=False, stated=False)
    return Case(Text("", ""), "tiny", {**unknown, "as_of": date(2025, 1, 1), "trees": nothing, **facts}, {}, {}, None)


def sealed(name: str, **facts: Any) -> Any:
    asked = next(iter(asked_by_name(pack(), case(**facts), [name])))
    answer = Deciding(pack(), case(**facts), with_firmness=False, with_dependence=False).answer(asked)
    return json.loads(Certifier(pack(), LOADED).certificate(case(**facts), asked, answer))


def judged(data: Any) -> str:
    try:
        return claims.check(canonical(data).encode(), LOADED)[0]
    except kernel.Refused as refused:
        return f"REFUSED: {refused}"


def test_a_fact_that_an_assumption_bounds_is_enough() -> None:
    """`planted` alone settles `tall`: trees do not shrink."""
    data = sealed("tall", planted=4, sunny=True, rained=False, trees=listing({"height": 7, "felled": False}))

    assert data["kind"] == "decision"
    assert data["claim"]["outcomes"] == [{"value": "true"}]
    assert data["claim"]["atoms"] == [{"fact": "planted", "is": 4}]
    assert data["evidence"]["assumed"] == ["grows"]
    assert judged(data).startswith("Pack tiny")


def test_elements_that_are_stated_and_others_that_may_be_are_told_apart() -> None:
    """The one tree that is known is tall, whatever others there are; that `one` is no conflict needs the clauses."""
    data = sealed("one", planted=6, trees=Listing(({"height": UNKNOWN, "felled": UNKNOWN},), complete=False, stated=True,
                                                  labels=("trees[0]",)))  # fmt: skip

    assert data["claim"]["outcomes"] == [{"value": "true"}]
    assert {"fact": "trees[0]", "is": "present"} in data["claim"]["atoms"]
    assert judged(data).startswith("Pack tiny")


def test_a_fact_that_only_more_elements_call_for_is_kept() -> None:
    """Where it is sunny no tree matters, and of none fewer than two are felled. Without the sun two may be."""
    data = sealed("light", planted=4, sunny=True)

    assert data["claim"]["atoms"] == [{"fact": "planted", "is": 4}, {"fact": "sunny", "is": "true"}]
    assert data["evidence"]["slots"] == {}
    assert judged(data).startswith("Pack tiny")


def test_a_day_is_kept_on_which_only_one_far_off_has_a_bearing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No day near the one stated makes a difference, nor the first or the last there is."""
    monkeypatch.setattr(proved_decisions, "_one_by_one", lambda *_: pytest.fail("facts were tried one by one"))
    data = sealed("calm", planted=4)

    assert data["claim"]["atoms"] == [{"fact": "as_of", "is": "2025-01-01"}, {"fact": "planted", "is": 4}]
    assert judged(data).startswith("Pack tiny")


def test_a_fact_is_kept_that_only_many_elements_call_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the sun four trees may be felled; of fewer, none matters."""
    monkeypatch.setattr(proved_decisions, "_one_by_one", lambda *_: pytest.fail("facts were tried one by one"))
    data = sealed("thick", planted=4, sunny=True)

    assert data["claim"]["atoms"] == [{"fact": "planted", "is": 4}, {"fact": "sunny", "is": "true"}]
    assert judged(data).startswith("Pack tiny")


@pytest.mark.parametrize(("name", "kept"), [("light", ["trees", "planted"]), ("tall", ["planted"])])
def test_where_lists_that_may_hold_more_are_too_much_those_looked_at_are_taken_to_hold_no_others(
    name: str, kept: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused_if_open(*given: Any) -> Any:
        kernel.need(given[5], "the formula gets too large")
        return few_facts(*given)

    monkeypatch.setattr(proved_decisions, "few_facts", refused_if_open)

    data = sealed(name, planted=4, rained=False, trees=listing())

    assert [atom["fact"] for atom in data["claim"]["atoms"]] == kept
    assert judged(data).startswith("Pack tiny")


def test_what_takes_too_large_a_formula_has_no_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proved_decisions, "MOST_GATES", 1)
    monkeypatch.setattr(proved_decisions, "_one_by_one", lambda *_: pytest.fail("facts were tried one by one"))

    with pytest.raises(NoCertificate, match="possibilities do not show"):
        sealed("tall", planted=4, sunny=True)


def test_facts_are_tried_one_by_one_only_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proved_decisions, "few_facts", lambda *_: None)
    assert sealed("tall", planted=4, sunny=True, rained=False)["claim"]["atoms"] == [{"fact": "planted", "is": 4}]

    monkeypatch.setattr(proved_decisions, "MOST_WORK", 10)
    with pytest.raises(NoCertificate, match="possibilities do not show"):
        sealed("tall", planted=4, sunny=True, rained=False)


def test_of_the_facts_of_a_proof_none_can_be_dropped() -> None:
    """Not by this proof nor by any other: without it another outcome can come out."""
    data = sealed("tall", planted=4, sunny=True, rained=False)
    assumed = data["evidence"]["assumed"]

    for place in range(len(data["claim"]["atoms"])):
        fewer = {**data["claim"], "atoms": data["claim"]["atoms"][:place] + data["claim"]["atoms"][place + 1 :]}
        settled = claims.Settled(LOADED, fewer)
        side, asserted = settled.formula(settled.slots(assumed), assumed)
        assert refutation(side.circuit.gates, asserted, 10_000) is None
    assert place == 0


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d: d["claim"].update(outcomes=[{"value": "false"}]), "a step "),
        (lambda d: d["claim"].update(atoms=[]), ""),
        (lambda d: d["claim"]["atoms"][0].update({"is": 2}), ""),
        (lambda d: d["evidence"].update(assumed=[]), ""),
        (lambda d: d["evidence"].update(assumed=["nothing"]), ""),
        (lambda d: d["evidence"].update(slots={"trees": 4}), "the bound is {}"),
        (lambda d: d["evidence"].update(lrat=""), ""),
        (lambda d: d["evidence"].update(cases=[]), "there is one case for each outcome, and no more"),
        (lambda d: d["evidence"].update(rules=[{"rule": "a"}]), "how rules stand is not shown by a proof"),
        (lambda d: d.update(kind="open decision"), "outcomes: how many?"),
    ],
)
def test_what_does_not_follow_is_refused(change: Any, reason: str) -> None:
    data = copy.deepcopy(sealed("tall", planted=4))

    change(data)

    assert judged(data).startswith(f"REFUSED: {reason}")


def test_what_an_answer_does_not_turn_on_is_left_open() -> None:
    """Whatever `felled` comes to, it is that: its rules are not looked into, nor any tree."""
    data = sealed("itself", planted=4)

    assert data["claim"]["atoms"] == [{"fact": "planted", "is": 4}]
    assert data["evidence"]["open"] == ["felled"]
    assert data["evidence"]["slots"] == {}
    assert "  whatever these come to, left open: felled" in claims.check(canonical(data).encode(), LOADED)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d: d["claim"].update(outcomes=[{"value": "false"}]), ""),
        (lambda d: d["claim"].update(definition="felled", outcomes=[{"value": "false"}]), ""),
        (lambda d: d["evidence"].update(open=[]), "the bound is {'trees': "),
        (lambda d: d["evidence"].update(open=["felled", "felled"]), "what is left open is not in order"),
        (lambda d: d["evidence"].update(open=["felled", "tall"]), "something is left open in vain"),
        (lambda d: d["evidence"].update(open=["nothing"]), "what is left open is no definition of the pack"),
        (lambda d: d["evidence"].update(open=[["felled"]]), "what is left open is no definition of the pack"),
        (lambda d: d["evidence"].update(open="felled"), ""),
        (lambda d: d["evidence"].update(open=["felled", "itself"]), ""),
        (lambda d: d["evidence"].update(open=["itself"]), ""),
    ],
)
def test_what_is_left_open_wrongly_is_refused(change: Any, reason: str) -> None:
    data = copy.deepcopy(sealed("itself", planted=4))

    change(data)

    assert judged(data).startswith(f"REFUSED: {reason}")


def test_the_clauses_of_what_is_left_open_are_those_that_other_checkers_get() -> None:
    certificate = canonical(sealed("itself", planted=4)).encode()

    (formula,) = formulas(certificate, pack().canonical.encode())

    assert clauses.replayed(list(formula.gates), list(formula.asserted), clauses.unpacked(formula.lrat))


def test_where_an_outcome_has_no_case_no_proof_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding one takes seconds, and there would be no certificate all the same."""
    asked = next(iter(asked_by_name(pack(), case(planted=4), ["tall"])))
    answer = Deciding(pack(), case(planted=4), with_firmness=False, with_dependence=False).answer(asked)
    bare = replace(answer, outcomes=tuple(replace(one, witness=None) for one in answer.outcomes))
    monkeypatch.setattr(certificates, "proved", lambda *_: pytest.fail("a proof was looked for"))

    with pytest.raises(NoCertificate, match="an outcome comes without a case that shows it"):
        Certifier(pack(), LOADED).certificate(case(planted=4), asked, bare)


def test_the_file_for_decisions_alone_says_where_proofs_are_checked() -> None:
    data = sealed("tall", planted=4)

    with pytest.raises(kernel.Refused, match=r"^a decision that rests on a proof is checked by claims\.py$"):
        kernel.check(canonical(data).encode(), LOADED)


def test_an_open_answer_is_shown_by_its_cases_and_a_proof_that_there_is_no_other() -> None:
    data = sealed("one", planted=2)

    assert data["kind"] == "open decision"
    assert data["claim"]["outcomes"] == [{"value": "true"}, {"value": "false"}]
    assert data["evidence"]["slots"]["trees"] >= 1
    assert judged(data).startswith("Pack tiny")


def test_where_nothing_shows_it_there_is_no_certificate() -> None:
    asked = next(iter(asked_by_name(pack(), case(), ["tall"])))
    answer = Deciding(pack(), case(), with_firmness=False, with_dependence=False).answer(asked)
    one = replace(answer, outcomes=answer.outcomes[:1])

    with pytest.raises(NoCertificate):
        Certifier(pack(), LOADED).certificate(case(), asked, one)


# -- packs that nobody thought of

EVERY = [{"value": "true"}, {"value": "false"}, {"failure": "gap"}, {"failure": "conflict"}, {"failure": "no_data"}]
PACKS = 160 if os.environ.get("ALL") else 12


def named(found: Any) -> dict[str, str]:
    """An outcome of the reference meaning as certificates write it."""
    return {"failure": found.word} if isinstance(found, FailureKind) else {"value": str(found).lower()}


def can_be(
    loaded: kernel.Pack, name: str, atoms: list[Any], one: dict[str, str], more: int = 0, left_open: list[str] | None = None
) -> bool:
    """Whether the clauses leave room for this outcome, with `more` elements than are enough, definitions left open."""
    loaded.steps = 0
    others = [other for other in EVERY if other != one]
    settled = claims.Settled(loaded, {"answer": name, "definition": name, "args": [], "atoms": atoms, "outcomes": others})
    settled.leave_open(left_open or [])
    closed = kernel.World(loaded, atoms).complete
    slots = settled.slots([])
    slots |= {name: slots.get(name, 0) + more for name in loaded.collections if more and name not in closed}
    side, asserted = settled.formula(slots, [])
    return refutation(side.circuit.gates, asserted, 30_000) is None


@dataclass(frozen=True)
class AtRandom:
    """A question of a generated pack and case: what the case states, and what some of its completions come to."""

    seed: int
    name: str
    loaded: kernel.Pack = field(repr=False)
    definitions: list[str] = field(repr=False)
    atoms: list[Any] = field(repr=False)
    found: list[dict[str, str]] = field(repr=False)
    luck: random.Random = field(repr=False)


def asked_at_random() -> Iterator[AtRandom]:
    for seed in range(PACKS):
        made = random_pack(seed, in_fragment=True)
        loaded, luck = kernel.Pack(canonical_pack(made).encode()), random.Random(seed)
        given = random_case(seed, made, unknown=0.5)
        filled = list(itertools.islice(completions(made, given, 2), 400))
        filled = luck.sample(filled, min(12, len(filled)))
        readings = {name: luck.choice(spec.options).name for name, spec in made.readings.items()}
        atoms = [dict(atom) for atom in atoms_of(made, given.facts, readings, {})]
        for name, args, _ in questions(made, given):
            if args or made.definitions[name].type.base != "yes/no" or made.definitions[name].type.special:
                continue
            runs = [lawful_run(made, facts, readings, {"level": luck.choice(["B", "C", "D"])}) for facts in filled]
            found = [named(strongest(run.definition(name))) for run in runs]
            yield AtRandom(seed, name, loaded, sorted(made.definitions), atoms, found, luck)


def test_what_some_completion_comes_to_is_never_excluded_and_more_elements_bring_nothing_new() -> None:
    excluded = left = 0
    for asked in asked_at_random():
        try:
            for one in EVERY:
                may = can_be(asked.loaded, asked.name, asked.atoms, one)
                assert may or one not in asked.found, (asked, one)
                assert may or not can_be(asked.loaded, asked.name, asked.atoms, one, 2), (asked, one)
                excluded, left = excluded + (not may), left + may
        except (kernel.Refused, TimeoutError):
            continue
    assert excluded > 20
    assert left > 5


def test_whatever_is_left_open_what_some_completion_comes_to_is_never_excluded() -> None:
    """Nor anything that the rules themselves leave room for."""
    excluded = left = 0
    for asked in asked_at_random():
        names = sorted(asked.luck.sample(asked.definitions, asked.luck.randint(1, len(asked.definitions))))
        for one in EVERY:
            try:
                may = can_be(asked.loaded, asked.name, asked.atoms, one, 0, names)
                assert may or one not in asked.found, (asked, one, names)
                assert may or not can_be(asked.loaded, asked.name, asked.atoms, one), (asked, one, names)
                excluded, left = excluded + (not may), left + may
            except (kernel.Refused, TimeoutError):
                continue
    assert excluded > 20
    assert left > 10


def test_clauses_and_the_solver_leave_room_for_the_same_outcomes() -> None:
    """Of generated packs and cases, half of whose facts are unknown."""
    compared = 0
    for seed in range(300 if os.environ.get("ALL") else 40):
        made = random_pack(seed, in_fragment=True)
        loaded = kernel.Pack(canonical_pack(made).encode())
        given = random_case(seed, made, unknown=0.5)
        readings = {name: spec.options[0].name for name, spec in made.readings.items()}
        given = replace(given, readings=readings)
        atoms = [dict(atom) for atom in atoms_of(made, given.facts, readings, {})]
        deciding = Deciding(made, given, with_firmness=False, with_dependence=False)
        if not contradiction.possible(deciding.problems):
            continue  # no case is like this: nothing is asked of it
        for name, args, _ in questions(made, given):
            if args or made.definitions[name].type.base != "yes/no" or made.definitions[name].type.special:
                continue
            try:
                answer = deciding.answer(Asked(name, name, ()))
                found = [one for one in EVERY if can_be(loaded, name, atoms, one)]
            except (kernel.Refused, TimeoutError, NotShown):
                continue
            if answer.complete:
                by_solver = [named(one.outcome) for one in answer.outcomes]
                assert [one for one in EVERY if one in by_solver] == found, (seed, name)
                compared += 1
    assert compared >= 8


def broken_off() -> None:
    with without_collecting():
        assert not gc.isenabled()
        raise ZeroDivisionError


@pytest.mark.parametrize("before", [True, False])
def test_garbage_is_collected_afterwards_as_it_was_before_whatever_happens(before: bool) -> None:
    (gc.enable if before else gc.disable)()
    try:
        with pytest.raises(ZeroDivisionError):
            broken_off()
        assert gc.isenabled() == before
    finally:
        gc.enable()
