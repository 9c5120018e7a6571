"""Interviews about small laws made up at random, held to every completion of what is known at each question."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from building import define, rule, tiny_pack
from interviewing import told_by
from open_laws import completions, defaults, largest, law, number_of, some_case, worlds
from zhunsheng.ask.deciding.answers import Asked, asked_by_name
from zhunsheng.ask.deciding.replay import for_reference
from zhunsheng.ask.deciding.worlds import worlds as plainest_of
from zhunsheng.ask.interviewing.interview import EXISTS, HOW_MANY, VALUE, Interviewer, Question, Standing
from zhunsheng.lang.case import Case, Listing
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.outcome import strongest
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.spots import value_at, with_value
from zhunsheng.lang.types import NONE, Text
from zhunsheng.read import canonical_pack

ALL = bool(os.environ.get("ALL"))
MOST = 600 if ALL else 200
ANSWERS = ("whole", "few", "until", "chosen", "judged", "reached(2028-02-29)")
Outcomes = frozenset[tuple[str, Any]]


@pytest.mark.parametrize("seed", range(700, 900 if ALL else 712))
def test_each_question_matters_and_the_interview_ends_when_nothing_more_does(seed: int) -> None:
    pack = law(seed)
    case, full = begun(seed, pack)
    if full is None:
        pytest.skip("there are too many completions to try")
    names = random.Random(seed).sample(ANSWERS, 2)
    asked = [one for name in names for one in asked_by_name(pack, case, [name])]
    interviewer = Interviewer(pack, names)

    standing = interviewer.standing(case)
    while (question := standing.question) is not None:
        assert_it_matters(pack, case, asked, question)
        assert_settled(pack, case, asked, standing)
        told = told_by(pack, case, full, question)
        assert told is not None, question
        case = replace(case, facts=told)
        standing = interviewer.standing(case, frozenset(), standing.settled)

    assert standing.settled == {one.key for one in asked}
    assert_settled(pack, case, asked, standing)
    here, _ = interviewer.concluded(case, standing)
    assert {one: of_their_kind(outcomes) for one, outcomes in here.items()} == {
        one: outcomes_of(pack, full, one)[0] for one in asked
    }


def begun(seed: int, pack: Pack) -> tuple[Case, Case | None]:
    """A case that leaves something out but whose lists are closed, and a whole one that it may turn out to be; None where it
    leaves out too much to try."""
    case = some_case(seed, pack, unknown=0.35)
    closed = {name: replace(case.facts[name], complete=True) for name in pack.collections}
    case = replace(case, facts={**case.facts, **closed})
    if largest(pack, case, MOST) is None or number_of(pack, case, 0) < 2:
        return case, None
    every = list(completions(pack, case, 0))
    return case, completed(pack, case, random.Random(seed).choice(every))


def completed(pack: Pack, case: Case, facts: Mapping[str, Any]) -> Case:
    labelled = {name: replace(facts[name], labels=case.facts[name].labels) for name in pack.collections}
    return replace(case, facts={**facts, **labelled})


def outcomes_of(pack: Pack, case: Case, asked: Asked) -> list[Outcomes]:
    """For each completion of the facts, what an answer may come to under every open reading and lawful choice."""
    return [frozenset(outcome for _, outcome in each) for each in ways_of(pack, case, asked)]


def ways_of(pack: Pack, case: Case, asked: Asked) -> list[frozenset[Any]]:
    """For each completion of the facts, each way in which open readings and lawful choices may go, with what comes of it."""
    found = []
    for facts in completions(pack, case, 0):
        each = worlds(pack, completed(pack, case, facts), 0, defaults(pack))
        outcomes = of_their_kind_each(strongest(one.run.definition(asked.definition, for_reference(asked.args))) for one in each)
        found.append(frozenset(zip((repr(one.symbols) for one in each), outcomes, strict=True)))
    return found


def assert_it_matters(pack: Pack, case: Case, asked: Sequence[Asked], question: Question) -> None:
    """Two completions that differ in nothing else come to something else, be it under one reading and choice; or some answer to
    it leaves other outcomes than there are now."""
    every = list(completions(pack, case, 0))
    replies, apart = [_reply(question, facts) for facts in every], [_but(question, facts) for facts in every]
    now = [ways_of(pack, case, one) for one in asked]
    left = [{each[n] for n, own in enumerate(replies) if own == reply} != set(each) for each in now for reply in set(replies)]
    tells = [len({own for own, rest in zip(each, apart, strict=True) if rest == one}) > 1 for each in now for one in set(apart)]
    assert any(left) or any(tells), question


def _but(question: Question, facts: Mapping[str, Any]) -> str:
    """A case but for what is asked."""
    if question.kind != VALUE:
        return repr({**facts, question.spot.name: None})
    return repr(with_value(facts, question.spot, None))  # type: ignore[arg-type]  # nothing stands there


def _reply(question: Question, facts: Any) -> Any:
    if question.kind == EXISTS:
        return facts[question.spot.name] is NONE
    if question.kind == HOW_MANY:
        return len(facts[question.spot.name].elements)
    return value_at(facts, question.spot)


def assert_settled(pack: Pack, case: Case, asked: Sequence[Asked], standing: Standing) -> None:
    """What is settled comes to the same in every completion; at the end all is."""
    for one in asked:
        same = len(set(outcomes_of(pack, case, one))) == 1
        assert same or one.key not in standing.settled, one.key
        assert same or standing.question is not None, one.key


def of_their_kind(outcomes: Iterable[Any]) -> Outcomes:
    return frozenset(of_their_kind_each(outcomes))


def of_their_kind_each(outcomes: Iterable[Any]) -> list[tuple[str, Any]]:
    return [(type(one).__name__, one) for one in outcomes]


def named_lines() -> Pack:
    pack = tiny_pack(
        facts={"as_of": "day", "named": "text"}, collections={"lines": ("line", {"name": "text", "good": "yes/no"})},
        keys={"lines": "name"},
        definitions=[define("whole", "yes/no", rule("a", "any(l.good for l in lines)", "True"), otherwise="False")],
        assumptions={"a line of that name": ("any(l.name == named for l in lines)", {})},
    )  # fmt: skip
    pack = replace(pack, answers=("whole",))
    return replace(pack, canonical=canonical_pack(pack))


def test_a_name_of_an_element_nobody_has_stated_yet_is_no_contradiction() -> None:
    """The plainest case then has that element; nothing is settled for want of one."""
    pack = named_lines()
    facts = {"as_of": date(2025, 1, 1), "named": "p", "lines": Listing((), complete=False)}
    case = Case(Text("", ""), "tiny", facts, {}, {}, None)

    plainest = plainest_of(pack, case, Cones(pack))
    standing = Interviewer(pack, ["whole"]).standing(case)

    assert plainest is not None
    assert [one["name"] for one in plainest.facts["lines"].elements] == ["p"]
    assert standing.settled == frozenset()
    assert standing.question is not None
    assert standing.question.path == "lines"
