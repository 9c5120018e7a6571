"""What is said of a case that leaves things out is so of every completion: small laws and cases made up at random, their lists
open or closed, held against all of them."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from building import define, listing, rule, tiny_pack
from open_laws import (
    DAYS,
    GRADES,
    OF_ALL,
    World,
    come_out,
    completions,
    defaults,
    domain,
    largest,
    law,
    of_its_kind,
    some_case,
    worlds,
)
from zhunsheng.ask.certifying.certificates import Certifier
from zhunsheng.ask.deciding import problems
from zhunsheng.ask.deciding.answers import Asked, ElementAt, all_asked
from zhunsheng.ask.deciding.condition import condition
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.deciding.replay import for_reference
from zhunsheng.ask.explaining.lacking import Missing, Standing
from zhunsheng.ask.explaining.why import why
from zhunsheng.ask.report import Answer, Between, DependsOn, Status
from zhunsheng.ask.settling.spans import Looker
from zhunsheng.ask.supposing.trials import trials
from zhunsheng.ask.supposing.varying import Varied, vary
from zhunsheng.ask.supposing.when import When, when
from zhunsheng.errors import InputError, NotShown
from zhunsheng.evaluate import Run
from zhunsheng.lang import expr as e
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.pack import FactSpec, Pack
from zhunsheng.lang.spots import spec_at, spot, with_value
from zhunsheng.lang.types import NONE, YES_NO, Text
from zhunsheng.lang.unparse import unparse
from zhunsheng.solve.settle import Copies

ALL = bool(os.environ.get("ALL"))
DECIDED, VARIED, DATED, NOT_COME_OUT = (120, 60, 150, 60) if ALL else (4, 2, 8, 4)
MOST = 600 if ALL else 150
VALUES = {"yes/no": ("true", "false"), "grade": GRADES, "day": ("2028-02-28", "none")}
FIRST = 300
"""Laws from this number on: the first to show what was once wrong are told of one by one below."""


# -- decide


def covered(found: Sequence[Any], outcome: Any) -> bool:
    """Whether an outcome is among those listed, or within a span of them."""
    return any(
        type(one.least) is type(outcome) and one.least <= outcome <= one.greatest  # type: ignore[operator]  # days or numbers
        if isinstance(one, Between)
        else type(one) is type(outcome) and one == outcome
        for one in found
    )


def settles(points: Sequence[tuple[World, Any]], symbols: Sequence[str]) -> bool:
    seen: dict[tuple[Any, ...], Any] = {}
    return all(seen.setdefault(tuple(w.symbols[s] for s in symbols), outcome) == outcome for w, outcome in points)


def symbols_of(depends: DependsOn) -> list[str]:
    kinds = {"facts": depends.facts, "readings": depends.readings, "discretion": depends.discretion}
    return [f"{kind} {name}" for kind, names in kinds.items() for name in names]


def wrong_of(pack: Pack, case: Case, asked: Asked, answer: Answer, more: int) -> list[str]:
    """What is said of an answer and is not so of some completion."""
    points = [*zip(found := worlds(pack, case, more, defaults(pack)), come_out(found, asked), strict=True)]
    listed = [one.outcome for one in answer.outcomes]
    if not answer.complete or answer.status is Status.NOT_SHOWN:
        return []
    wrong = [f"{outcome} is not listed" for outcome in {out for _, out in points} if not covered(listed, outcome)]
    symbols = symbols_of(answer.depends_on)
    if len(listed) > 1 and "what it depends on" not in answer.why_not_shown:
        wrong += [] if settles(points, symbols) else [f"{symbols} do not settle it"]
        closed = all(case.facts[name].complete for name in pack.collections)
        fewer = (some for size in range(len(symbols)) for some in itertools.combinations(points[0][0].symbols, size))
        wrong += [f"{some} are enough" for some in fewer if closed and settles(points, some)]
    return wrong + _wrong_of_readings(pack, case, asked, answer, more, {out for _, out in points})


def _wrong_of_readings(pack: Pack, case: Case, asked: Asked, answer: Answer, more: int, base: set[Any]) -> list[str]:
    closed = all(case.facts[name].complete for name in pack.collections)
    if answer.firm not in ("every", "single", "no") or not closed:
        return []
    (option,) = (one.name for one in pack.readings["wide"].options if one.name != pack.readings["wide"].default)
    there = of_its_kind(come_out(worlds(pack, case, more, {"wide": option}), asked))
    said = [of_its_kind(one.outcomes) for one in answer.differs_under if one.readings == {"wide": option}]
    return [] if said == ([there] if there != of_its_kind(base) else []) else [f"under {option}: {there}, and not {said}"]


@pytest.mark.parametrize("seed", range(FIRST, FIRST + DECIDED))
def test_what_is_decided_of_an_open_case_is_so_of_every_completion(seed: int) -> None:
    pack = law(seed)
    case = some_case(seed, pack, unknown=0.2)
    more = largest(pack, case, MOST)
    if more is None:
        pytest.skip("there are too many completions to try")
    deciding = Deciding(pack, case)

    wrong = {asked.key: wrong_of(pack, case, asked, deciding.answer(asked), more) for asked in all_asked(pack, case)}

    assert {key: each for key, each in wrong.items() if each} == {}


@pytest.mark.parametrize("seed", range(FIRST, FIRST + 12 * DECIDED))
def test_what_a_few_elements_show_is_so_of_every_completion(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one element of each list where they may have others, and what is further away taken as given."""
    monkeypatch.setattr(problems, "MANY", -1)
    monkeypatch.setattr(problems, "FEW_SLOTS", 1)
    pack = law(seed)
    case = some_case(seed, pack, unknown=0.2)
    more = largest(pack, case, MOST)
    if more is None or all(case.facts[name].complete for name in pack.collections):
        pytest.skip("there are too many completions to try, or no list may have others")
    deciding = Deciding(pack, case)
    shown = [asked for asked in all_asked(pack, case) if deciding.few_enough(asked) is not None]

    wrong = {asked.key: wrong_of(pack, case, asked, deciding.answer(asked), more) for asked in shown}

    assert {key: each for key, each in wrong.items() if each} == {}


@pytest.mark.parametrize("seed", range(FIRST, FIRST + 4 * DECIDED))
def test_what_is_certain_where_the_budget_ends_alone_changes_the_outcome(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no budget at all for what an answer depends on."""
    pack = law(seed)
    case = some_case(seed, pack, unknown=0.2)
    more = largest(pack, case, MOST)
    if more is None or not all(case.facts[name].complete for name in pack.collections):
        pytest.skip("there are too many completions to try, or there may be further elements than are tried")
    monkeypatch.setattr(Copies, "untied", refused)
    deciding = Deciding(pack, case)

    for asked in all_asked(pack, case):
        answer = deciding.answer(asked)
        assert not answer.depends_on
        points = [*zip(found := worlds(pack, case, more, defaults(pack)), come_out(found, asked), strict=True)]
        chosen = {f"discretion {name}" for name in pack.discretions.keys() - deciding.problems.cone(asked).choices}
        for symbol in symbols_of(answer.depends_at_least):
            others = [name for name in points[0][0].symbols if name != symbol and name not in chosen]
            assert not settles(points, others), (asked.key, symbol)


def refused(self: Copies, tied: Sequence[str], budgets: object = None) -> list[frozenset[str]]:
    raise NotShown("there is no budget")


def test_of_two_unknown_names_an_answer_may_depend_on_both() -> None:
    """Whichever is found out first, it does not settle whether they are the same."""
    pack = tiny_pack(
        facts={"as_of": "day", "applied": "text", "meant": "text"},
        definitions=[define("same", "yes/no", rule("a", "applied == meant", "True"), otherwise="False")],
    )
    case = Case(Text("", ""), "tiny", {"as_of": DAYS[0], "applied": UNKNOWN, "meant": UNKNOWN}, {}, {}, None)

    answer = Deciding(pack, case).answer(Asked("same", "same"))

    assert answer.depends_on == DependsOn(("applied", "meant"))


def test_an_answer_and_its_opposite_are_not_taken_for_one() -> None:
    """They have the same outcomes in the same order, and the same conditions: but each where the other has the other."""
    pack = tiny_pack(
        facts={"as_of": "day", "flag": "yes/no"},
        definitions=[
            define("right", "yes/no", rule("a", "flag", "True"), otherwise="False"),
            define("left", "yes/no", rule("a", "not flag", "True"), otherwise="False"),
        ],
    )
    deciding = Deciding(pack, Case(Text("", ""), "tiny", {"as_of": DAYS[0], "flag": UNKNOWN}, {}, {}, None))

    answers = [deciding.answer(Asked(name, name)) for name in ("right", "left")]

    shown = [{one.outcome: one.by["facts"]["flag"] for one in answer.outcomes} for answer in answers]
    assert shown == [{True: "true", False: "false"}, {True: "false", False: "true"}]


def test_a_day_that_is_computed_only_where_it_is_the_answer_is_no_day_elsewhere() -> None:
    pack = law(136)
    case = replace(some_case(136, pack, unknown=0.2), facts=_nothing_known(pack))

    answers = [Deciding(pack, case).answer(asked) for asked in all_asked(pack, case)]

    assert {one.status for one in answers} >= {Status.OPEN}


def _nothing_known(pack: Pack) -> dict[str, Any]:
    return {**dict.fromkeys(pack.facts, UNKNOWN), **dict.fromkeys(pack.collections, Listing((), complete=False))}


# -- one fact varied


def paths(pack: Pack, case: Case) -> list[str]:
    """Every path that may be varied."""
    parts = [f"app.{field.name}" for field in pack.facts["app"].record] if isinstance(case.facts["app"], dict) else ["app"]
    elements = [
        [label, *(f"{label}.{field.name}" for field in pack.collections[name].fields)]
        for name in pack.collections for label in case.facts[name].labels
    ]  # fmt: skip
    return ["today", "flag", "applied", *parts, *pack.collections, *(path for each in elements for path in each)]


def moved_up(asked: Asked, collection: str, gone: frozenset[int]) -> Asked:
    args = tuple(
        replace(arg, index=arg.index - sum(one < arg.index for one in gone))
        if isinstance(arg, ElementAt) and arg.collection == collection else arg
        for arg in asked.args
    )  # fmt: skip
    return replace(asked, args=args)


def compared(pack: Pack, case: Case, asked: Asked, said: Any, where: str) -> list[str]:
    """What is said of one variation of a case, and is not so."""
    more = largest(pack, case, MOST)
    if more is None:
        return []
    same = [one["name"] for one in case.facts["lines"].elements]
    twice = bool(pack.collections["lines"].key) and len(set(same)) < len(same)
    found = [] if twice else worlds(pack, case, more, defaults(pack))
    if said.impossible or not found:
        return [] if said.impossible == (not found) else [f"{where}: impossible is {said.impossible}"]
    out = come_out(found, asked)
    missing = [one for one in set(out) if not covered(tuple(said.outcomes[0]), one)]
    return [f"{where}: {one} is not said" for one in missing]


def wrong_ranges(pack: Pack, case: Case, path: str, varied: Varied, spec: FactSpec) -> list[str]:
    here = spot(pack, case.facts, path)
    assert here is not None
    wrong = []
    for value in domain(pack, spec):
        days = (one for one in varied.ranges if type(one.least) is type(value))
        said = [one for one in days if one.least <= value <= one.greatest]  # type: ignore[operator]  # of one type
        if said:  # names that no element bears are not gone through
            there = replace(case, facts=with_value(case.facts, here, value))
            wrong += compared(pack, there, varied.asked, said[0], f"{path}={value} {varied.asked.key}")
    return wrong


def wrong_trials(pack: Pack, case: Case, path: str, varied: Varied) -> list[str]:
    here = spot(pack, case.facts, path)
    assert here is not None
    wrong, left = [], list(varied.trials)
    for each in trials(pack, case.facts, here, path):
        own = {arg.index for arg in varied.asked.args if isinstance(arg, ElementAt) and arg.collection == here.name}
        if own & each.gone:
            continue  # there is no such answer
        said = left.pop(0)
        assert (said.path, said.with_it) == (each.path, each.with_it)
        asked = moved_up(varied.asked, here.name, each.gone)
        wrong += compared(pack, replace(case, facts=each.facts), asked, said, f"{each.path} {each.with_it} {asked.key}")
    assert left == []
    return wrong


@pytest.mark.parametrize("seed", range(FIRST, FIRST + VARIED))
def test_what_is_said_as_one_fact_varies_is_so_of_every_completion(seed: int) -> None:
    pack = law(seed)
    case = some_case(seed, pack, unknown=0.15)
    wrong: list[str] = []
    for path in paths(pack, case):
        here = spot(pack, case.facts, path)
        try:
            found = vary(pack, case, path)
        except InputError:
            continue
        for varied in found.answers:
            if varied.not_shown or here is None:
                continue
            spec = spec_at(pack, here)
            if found.type is not None and isinstance(spec, FactSpec):
                wrong += wrong_ranges(pack, case, path, varied, spec)
            else:
                wrong += wrong_trials(pack, case, path, varied)

    assert wrong == []


def lines_law() -> Pack:
    return replace(
        tiny_pack(
            facts={"today": "day"}, collections={"lines": ("line", {"name": "text", "grade": "grade", "since": "day"})},
            keys={"lines": "name"}, enumerations={"grade": "D C"},
            definitions=[define("line.mark", "grade", rule("a", "True", "line.grade"))],
            assumptions={"since": ("l.since <= today", {"l": "lines"})}, horizon=(DAYS[0], DAYS[-1]),
        ),
        answers=("line.mark",), as_of="today",
    )  # fmt: skip


def two_lines(**first: Any) -> Case:
    lines = [{"name": "p", "grade": "D", "since": DAYS[0], **first}, {"name": "q", "grade": "C", "since": DAYS[0]}]
    facts = {"today": DAYS[1], "lines": listing(*lines, labels=["lines[p]", "lines[q]"])}
    return Case(Text("", ""), "tiny", facts, {}, {}, None)


def test_an_answer_about_an_element_follows_it_where_another_is_left_out() -> None:
    (first, second) = vary(lines_law(), two_lines(), "lines", ["line.mark"]).answers

    assert [(one.path, one.with_it, one.outcomes) for one in first.trials] == [
        ("lines", True, (frozenset({"D"}),)),
        ("lines[q]", False, (frozenset({"D"}),)),
    ]
    assert [(one.path, one.with_it, one.outcomes) for one in second.trials] == [
        ("lines", True, (frozenset({"C"}),)),
        ("lines[p]", False, (frozenset({"C"}),)),
    ]


def test_two_elements_cannot_bear_one_name() -> None:
    (first, _) = vary(lines_law(), two_lines(), "lines[p].name", ["line.mark"]).answers

    assert {one.least: one.impossible for one in first.ranges} == {"p": False, "q": True}


def test_a_value_that_breaks_an_assumption_is_impossible_whatever_else_is_unknown() -> None:
    facts = two_lines().facts
    lines = facts["lines"].elements[0], {**facts["lines"].elements[1], "since": UNKNOWN}
    case = replace(two_lines(), facts={**facts, "lines": replace(facts["lines"], elements=(lines[1], lines[0]))})

    (first, _) = vary(lines_law(), case, "lines[q].since", ["line.mark"]).answers

    assert [(one.least, one.greatest, one.impossible) for one in first.ranges] == [
        (DAYS[0], DAYS[1], False),
        (DAYS[2], DAYS[2], True),
    ]


def test_facts_that_clash_only_through_what_is_unknown_are_impossible() -> None:
    pack = tiny_pack(
        facts={"as_of": "day", "first": "day", "last": "day"}, assumptions={"order": ("first < last", {})},
        horizon=(DAYS[0], DAYS[-1]),
    )  # fmt: skip
    case = Case(Text("", ""), "tiny", {"as_of": DAYS[0], "first": UNKNOWN, "last": UNKNOWN}, {}, {}, None)

    looker = Looker.of(pack, case)

    assert [looker.impossible({**case.facts, "first": day}) for day in DAYS] == [False, False, True]


# -- first and last days


def wrong_days(pack: Pack, case: Case, found: When) -> list[str]:
    asked = condition(pack, found.text)
    here = spot(pack, case.facts, found.moved)
    assert here is not None
    there = {day: replace(case, facts=with_value(case.facts, here, day)) for day in DAYS}
    if any(largest(pack, one, MOST) is None for one in there.values()):
        return []
    out = {day: set(come_out(worlds(asked.pack, one, 0, defaults(pack)), asked.asked)) for day, one in there.items()}
    surely = [day for day in DAYS if out[day] == {True}]
    perhaps = [day for day in DAYS if True in out[day]]
    wanted = [*(surely[:1] or [None]), *(surely[-1:] or [None]), *(perhaps[:1] or [None]), *(perhaps[-1:] or [None])]
    edges = (found.first, found.last, found.first_perhaps, found.last_perhaps)
    told = [None if one is None else one.day for one in edges]
    return [] if told == wanted else [f"{found.text}: {told} instead of {wanted}"]


def test_first_and_last_days_are_those_of_every_completion() -> None:
    wrong, asked = [], 0
    for seed in range(FIRST, FIRST + DATED):
        pack = law(seed)
        case = some_case(seed, pack, unknown=0.1)
        lists = {name: replace(case.facts[name], complete=True) for name in pack.collections}
        case = replace(case, facts={**case.facts, **lists})
        for text in random.Random(seed).sample([*OF_ALL, "whole", "chosen == B", "few == C", "until != none"], 4):
            try:
                found = when(pack, case, text)
            except (InputError, NotShown):
                continue
            asked += 1
            wrong += wrong_days(pack, case, found)

    assert wrong == []
    assert asked >= DATED


# -- why not


def with_truth(expr: e.Expr, of: e.Expr, truth: bool) -> e.Expr:
    """A condition in which a part has this truth value."""
    match expr:
        case _ if expr == of:
            return e.Literal(truth, YES_NO)
        case e.Not(of=inner):
            return replace(expr, of=with_truth(inner, of, truth))
        case e.And(parts=parts) | e.Or(parts=parts):
            return replace(expr, parts=tuple(with_truth(part, of, truth) for part in parts))
        case _:
            return expr


def wrong_lacks(run: Run, missing: Missing, args: tuple[Any, ...]) -> list[str]:
    """Conditions that are told as lacking and are not, or with which the rule would still not apply; rules that are told to stand
    in the way and do not."""
    definition = run.pack.definitions[missing.definition]
    env = dict(zip((name for name, _ in definition.parameters), args, strict=True))
    wrong = []
    for one in missing.candidates:
        lacking = definition.rule(one.rule).when if one.standing is Standing.LACKS else None
        for each in one.lacks:
            wrong += [f"{unparse(each.condition)} holds"] if run.expression(each.condition, env) is each.wanted else []
            lacking = lacking and with_truth(lacking, each.condition, each.wanted)
        if lacking is not None and run.expression(lacking, env) is False:
            wrong.append(f"{one.rule} lacks more")
        for blocker in one.by:
            when = definition.rule(blocker.rule).when
            wrong += [] if run.expression(when, env) is True else [f"{blocker.rule} does not apply"]
            for each in blocker.holds:
                without = with_truth(when, each.condition, False)
                wrong += [f"{blocker.rule} applies anyway"] if without != when and run.expression(without, env) is True else []
    return wrong


def complete_run(pack: Pack, case: Case) -> Run:
    """A case that states everything, with an option of every reading and a choice."""
    options = {name: spec.default or spec.options[0].name for name, spec in pack.readings.items()}
    run = Run(pack, case.facts, options, {})
    return run.choosing({"level": lawful[0]} if (lawful := run.lawful("level")) else {})


def test_of_a_value_that_does_not_come_out_what_is_told_as_lacking_is() -> None:
    """Rules that did not decide may look at readings and choices that the answer itself does not."""
    wrong, asked_of, lacking = [], 0, 0
    for seed in range(FIRST, FIRST + NOT_COME_OUT):
        pack = law(seed)
        case = some_case(seed, pack, unknown=0)
        certifier, run = Certifier(pack), complete_run(pack, case)
        for asked in all_asked(pack, case):
            if len(set(come_out(worlds(pack, case, 0, defaults(pack)), asked))) > 1:
                continue  # told of the first of its outcomes
            for value in VALUES[pack.definitions[asked.definition].type.base]:
                found = why(pack, case, f"{asked.key}={value}", certifier=certifier)
                asked_of += 1
                if found.missing is not None and found.missing.candidates:
                    lacking += 1
                    wrong += wrong_lacks(run, found.missing, for_reference(asked.args))

    assert wrong == []
    assert lacking > NOT_COME_OUT
    assert asked_of > lacking


def test_the_sample_leaves_open_what_it_says_it_does() -> None:
    cases = [(pack, some_case(seed, pack, unknown=0.2)) for seed in range(FIRST, FIRST + 12) for pack in [law(seed)]]

    assert any(not case.facts["lines"].complete for _, case in cases)
    assert any(case.facts["applied"] is UNKNOWN for _, case in cases)
    assert any(case.facts["app"] is NONE for _, case in cases)
    assert all(next(completions(pack, case, 0), None) is not None for pack, case in cases)
