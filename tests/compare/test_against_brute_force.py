"""On small domains the classes of change are exactly those that trying out every case finds."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from building import DefinitionText, define, rule, tiny_pack
from two_laws import MOST, amended, every_case, layered, outcomes
from zhunsheng.ask.comparing import bothlaws, classes
from zhunsheng.ask.comparing.between import learn_between
from zhunsheng.ask.comparing.compare import Comparing, compare
from zhunsheng.lang.amendment import Amended, Kind
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Special
from zhunsheng.solve.paired import NOT_EXPRESSIBLE, Key, Shift

PACKS = 120 if os.environ.get("ALL") else 10


def tried_out(laws: Amended, name: str, wide: str) -> set[Key]:
    """The ways in which an answer differs, by trying every case."""
    becomes = next((edit.becomes for edit in laws.edits if edit.kind is Kind.VALUE), "")
    found = set()
    for facts in every_case():
        before, old = outcomes(laws.base, facts, name, wide, "")
        after, new = outcomes(laws.pack, facts, name, wide, becomes)
        shift = Shift.SAME
        if old is not None and new is not None and old != new:
            shift = Shift.EARLIER if new < old else Shift.LATER
        found.add(Key(before, after, shift))
    return {key for key in found if not key.same}


def assert_all_found(laws: Amended, seed: int) -> None:
    """Every class that trying every case finds is listed; no other, where no more elements can matter than were tried."""
    for answer in compare(laws).answers:
        listed = {change.key for change in answer.changes}
        expected = tried_out(laws, answer.answer, "narrow")
        assert answer.complete, (answer.answer, answer.why)
        assert expected <= listed, (seed, answer.answer, expected - listed)
        if all(number <= MOST[name] for name, number in answer.slots.items()):
            assert listed == expected, (seed, answer.answer, listed - expected)


@pytest.mark.parametrize("seed", range(PACKS))
def test_the_classes_are_those_that_trying_every_case_finds(seed: int) -> None:
    assert_all_found(amended(seed), seed)


@pytest.mark.parametrize("seed", range(PACKS))
def test_so_they_are_where_answers_rest_on_each_other(seed: int) -> None:
    """What lies deeper is cut off there, and what is known of one answer is used for the next."""
    assert_all_found(layered(seed), seed)


@pytest.mark.parametrize("kinds", [("x y", "x"), ("x", "x y")])
@pytest.mark.parametrize("seed", range(PACKS))
def test_so_they_are_where_one_law_has_a_word_less(seed: int, kinds: tuple[str, str]) -> None:
    assert_all_found(layered(seed, kinds), seed)


@pytest.mark.parametrize("seed", range(PACKS))
def test_so_they_are_where_the_number_of_elements_for_outcomes_alone_is_always_looked_at(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bothlaws, "FEW_SLOTS", 0)

    assert_all_found(amended(seed), seed)
    assert_all_found(layered(seed, ("x y", "x")), seed)


@pytest.mark.parametrize("kinds", [("x y", "x y"), ("x y", "x"), ("x", "x y")])
@pytest.mark.parametrize("seed", range(PACKS))
def test_so_they_are_where_definitions_between_are_no_answers(seed: int, kinds: tuple[str, str]) -> None:
    laws = layered(seed, kinds)
    base, pack = (replace(law, answers=("top", "over")) for law in (laws.base, laws.pack))

    assert_all_found(replace(laws, base=base, pack=pack), seed)


@pytest.mark.parametrize("kinds", [("x y", "x y"), ("x y", "x")])
@pytest.mark.parametrize("seed", range(PACKS))
def test_so_they_are_where_only_what_looks_at_lists_itself_is_cut_off(
    seed: int, kinds: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classes, "MOST_SLOTS", -1)

    assert_all_found(layered(seed, kinds), seed)


def two_of(
    old: Sequence[DefinitionText], new: Sequence[DefinitionText], lawful: tuple[str, str] = ("True", "True"),
    **kinds: tuple[str, str],
) -> Amended:
    """Two laws about events of some kind, with the answers `low` and `top`. `lawful`: what may be chosen under each. `kinds`:
    lists of values, as each law has them."""
    sides = [
        replace(
            tiny_pack(
                facts={"today": "day"}, collections={"events": ("event", {"kind": "kind"})},
                enumerations={"kind": "x y", **{name: values[side] for name, values in kinds.items()}}, unordered=("kind",),
                discretions={"level": ("kind", lawful[side])}, definitions=own,
            ),
            answers=("low", "top"), as_of="today",
        )
        for side, own in enumerate((old, new))
    ]  # fmt: skip
    return replace(layered(0), base=sides[0], pack=sides[1])


STRANGE = frozenset({NOT_EXPRESSIBLE})
THREE = "count(e for e in events if e.kind == x) >= 3"


def test_where_a_law_has_no_word_for_something_what_rests_on_an_answer_may_differ_in_other_ways_than_it_does_elsewhere() -> None:
    """It takes three elements to see it."""
    top = define("top", "yes/no", rule("a", "low", "True"), otherwise="False")
    some = "any(e.kind == x for e in events)"
    old = define("low", "yes/no", rule("a", some, "True"), otherwise="False")
    new = define("low", "yes/no", rule("a", "count(e for e in events if e.kind == z) < 3", some))

    low, upper = compare(two_of([old, top], [new, top], kind=("x y", "x y z"))).answers

    expected = {Key(STRANGE, frozenset({each})) for each in (True, False, FailureKind.GAP)}
    assert low.complete
    assert upper.complete
    assert {change.key for change in low.changes} == {change.key for change in upper.changes} == expected


def test_what_is_known_of_an_answer_is_not_used_of_one_law_alone_where_the_other_has_no_word() -> None:
    """Where there is a `z`, which the new law does not know, `low` is open, and whether that matters is for an authority."""
    above = [
        define("event.falls", "yes/no", rule("a", "level == x and low != low", "True"), otherwise="False"),
        define("top", "yes/no", rule("a", "any(e.falls for e in events)", "True"), otherwise="False"),
    ]
    old = define("low", "yes/no", rule("a", "all(e.kind != z for e in events)", "False"))
    new = define("low", "yes/no", rule("a", "any(e.kind == x and e.kind == y for e in events)", "True"), otherwise="False")

    low, upper = compare(two_of([old, *above], [new, *above], kind=("x y z", "x y"))).answers

    assert [change.key for change in low.changes] == [Key(frozenset({FailureKind.GAP}), STRANGE)]
    assert [change.key for change in upper.changes] == [Key(frozenset({False, FailureKind.GAP}), STRANGE)]


def test_what_is_known_of_an_answer_is_not_used_at_a_value_that_one_law_has_no_word_for() -> None:
    """It takes three elements to see it."""
    at = {"m": "mark"}
    old = [
        define("low", "yes/no", rule("a", f"m != r or not ({THREE})", "False"), parameters=at),
        define("top", "yes/no", rule("a", "low(r) == low(r)", "True"), otherwise="False"),
    ]
    new = [
        define("low", "yes/no", rule("a", f"{THREE} and not ({THREE})", "True"), otherwise="False", parameters=at),
        define("top", "yes/no", rule("a", "low(q) == low(q)", "True"), otherwise="False"),
    ]

    low, upper = compare(two_of(old, new, mark=("p q r", "p q"))).answers

    assert low.complete
    assert upper.complete
    assert [change.key for change in upper.changes] == [Key(frozenset({FailureKind.GAP}), frozenset({True}))]


def test_what_is_known_of_an_answer_is_used_at_values_that_only_answers_have_where_it_was_shown_of_those() -> None:
    """Of `low` one way of changing is known of the values that facts have. Where it is asked about `tie` it changes in another,
    unless there too nothing else was found."""

    def top(at_tie: str) -> frozenset[Key]:
        old, new = (
            [
                define("low", "yes/no", rule("a", f"m == tie and {at_tie}", told), rule("b", f"m != tie and {THREE}", other),
                       otherwise="False", parameters={"m": "mark"}),
                define("top", "yes/no", rule("a", "any(low(m) for m in mark)", "True"), otherwise="False"),
            ]
            for told, other in (("True", "False"), ("False", "True"))
        )  # fmt: skip
        low, upper = compare(two_of(old, new, mark=("p q tie!", "p q tie!"))).answers
        assert low.complete
        assert upper.complete
        assert [change.key for change in low.changes] == [Key(frozenset({False}), frozenset({True}))]
        assert low.of_any is (at_tie == "False")
        return frozenset(change.key for change in upper.changes)

    looser, stricter = (Key(frozenset({before}), frozenset({not before})) for before in (False, True))
    assert top("False") == {looser}
    assert top(f"not ({THREE})") == {looser, stricter}


def test_what_is_known_of_an_answer_that_turns_on_a_choice_is_not_used_of_what_rests_on_it() -> None:
    """It takes three elements to see it."""
    top = define("top", "yes/no", rule("a", "low", "True"), otherwise="False")
    old, new = (
        define("low", "yes/no", rule("a", f"level == x and {test}", "True"), otherwise="False")
        for test in (THREE, f"{THREE} and not ({THREE})")
    )

    low, upper = compare(two_of([old, top], [new, top])).answers

    both = Key(frozenset({False, True}), frozenset({False}))
    assert [[change.key for change in each.changes] for each in (low, upper)] == [[both], [both]]
    assert low.complete
    assert upper.complete


def test_that_a_choice_ceases_to_be_lawful_only_where_there_are_several_elements_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes the three that make it unlawful, and two more for what comes out."""
    monkeypatch.setattr(bothlaws, "FEW_SLOTS", 0)
    every = " and ".join(f"any(e.kind == {kind} for e in events)" for kind in "xyz")
    two = "any(e.kind == v for e in events) and any(e.kind == w for e in events)"
    own = [define(name, "yes/no", rule("a", "level == y", two), otherwise="False") for name in ("low", "top")]

    found = compare(two_of(own, own, ("True", f"level == x or not ({every})"), kind=("v w x y z", "v w x y z"))).answers

    both = Key(frozenset({False, True}), frozenset({False}))
    assert [[change.key for change in each.changes] for each in found] == [[both], [both]]
    assert all(each.complete for each in found)


def test_what_lies_between_answers_is_taken_to_be_alike_where_it_is_but_for_what_a_law_has_no_word_for() -> None:
    def learned(old: str, new: str) -> Mapping[str, tuple[Key, ...]]:
        laws = [
            [
                define("between", "yes/no", rule("a", "any(e.kind == y for e in events)", "True"), rule("b", strange, "True"),
                       otherwise="False"),
                define("low", "yes/no", rule("a", "between", "True"), otherwise="False"),
                define("top", "yes/no", rule("a", "low", "True"), otherwise="False"),
            ]
            for strange in (old, new)
        ]  # fmt: skip
        comparing = Comparing(two_of(*laws, kind=("x y", "x y z")), Kinds())
        learn_between(comparing)
        return comparing.cutting.known

    assert learned("False", "any(e.kind == z for e in events)") == {"between": ()}
    assert learned("False", f"{THREE} and any(e.kind == z for e in events)") == {"between": ()}
    assert learned("False", f"{THREE} or any(e.kind == z for e in events)") == {}


@pytest.mark.parametrize("seed", range(PACKS))
def test_what_is_cut_off_comes_to_nothing_but_what_is_allowed_for_it(seed: int) -> None:
    for laws in (amended(seed), layered(seed)):
        comparing = Comparing(laws, Kinds())
        for name in sorted(comparing.cutting.shared & laws.base.definitions.keys()):
            known, failing = comparing.cutting.values(name), comparing.cutting.failing(name)
            for facts in every_case():
                for outcome in outcomes(laws.base, facts, name, "narrow", "")[0]:
                    allowed = failing if isinstance(outcome, FailureKind) else known
                    assert allowed is None or outcome in allowed or outcome is NOT_EXPRESSIBLE, (seed, name, outcome)


def test_a_grade_that_no_rule_gives_is_not_among_what_is_cut_off_may_come_to() -> None:
    shared = define("held", "mark", rule("a", "any(e.kind == x for e in events)", "p"), otherwise="q")
    old, new = (
        [shared, define("low", "yes/no", rule("a", when, "True"), otherwise="False"), define("top", "mark", otherwise="held")]
        for when in ("held == p", "held != q")
    )
    comparing = Comparing(two_of(old, new, mark=("p q r", "p q r")), Kinds())

    assert comparing.cutting.values("held") == {"p", "q"}
    assert "low" in comparing.equal


def test_that_something_shared_may_fail_is_not_forgotten_when_it_is_cut_off() -> None:
    shared = define("known", "yes/no", rule("a", "any(e.kind == x for e in events)", "True"))
    old, new = (
        replace(
            tiny_pack(
                facts={"today": "day"}, collections={"events": ("event", {"kind": "kind"})}, enumerations={"kind": "x y"},
                definitions=[shared, define("sure", "yes/no", rule("a", when, "True"), otherwise="False")],
            ),
            answers=("known", "sure"), as_of="today",
        )
        for when in ("known or not known", "True")
    )  # fmt: skip
    laws = replace(layered(0), base=old, pack=new)

    (change,) = compare(laws, answers=["sure"]).answers[0].changes

    assert change.key == Key(frozenset({FailureKind.GAP}), frozenset({True}))


@pytest.mark.parametrize(
    ("type_", "inside", "asked"),
    [("text", "e.label == wanted", "t.label"), ("day", "e.on + days(400) == wanted", "t.on + days(400)")],
)
def test_what_is_cut_off_is_cut_off_wherever_it_is_asked(type_: str, inside: str, asked: str) -> None:
    """Of a name, and of a day beyond the horizon, too. It takes three elements of a list, and one of another, to see a change."""
    shared = define(
        "met", "yes/no", rule("a", f"any({inside} for e in events)", "True"), otherwise="False", parameters={"wanted": type_}
    )
    old, new = (
        replace(
            tiny_pack(
                facts={"today": "day"},
                collections={name: (name[:-1], {"label": "text", "on": "day"}) for name in ("events", "things")},
                definitions=[shared, define("many", "yes/no", rule("a", when, "True"), otherwise="False")],
            ),
            answers=("many",), as_of="today",
        )
        for when in (f"count(t for t in things if met({asked})) >= 3", "False")
    )  # fmt: skip
    laws = replace(layered(0), base=old, pack=new)

    (answer,) = compare(laws).answers

    assert [change.key for change in answer.changes] == [Key(frozenset({True}), frozenset({False}))]


def test_an_answer_is_seen_to_change_only_through_another_if_all_else_it_consults_is_the_same() -> None:
    def law(first: str, second: str) -> Pack:
        return replace(
            tiny_pack(
                facts={"today": "day"}, collections={"events": ("event", {"kind": "kind"})}, enumerations={"kind": "x y"},
                definitions=[
                    define("one", "yes/no", rule("a", f"any(e.kind == {first} for e in events)", "True"), otherwise="False"),
                    define("two", "yes/no", rule("a", f"any(e.kind == {second} for e in events)", "True"), otherwise="False"),
                    define("both", "yes/no", rule("a", "one and two", "True"), otherwise="False"),
                ],
            ),
            answers=("one", "two", "both"), as_of="today",
        )  # fmt: skip

    def through(old: Pack, new: Pack, turned: list[str]) -> tuple[str, ...]:
        comparing = Comparing(replace(layered(0), base=old, pack=new), Kinds())
        comparing.turned = turned
        return comparing.rests_on("both")

    assert through(law("x", "x"), law("y", "x"), ["one"]) == ("one",)
    assert through(law("x", "x"), law("y", "y"), ["one", "two"]) == ("one", "two")
    assert through(law("x", "x"), law("y", "y"), ["one"]) == (), "the other one may change too"
    assert through(law("x", "x"), law("y", "x"), []) == ()


def test_some_answers_follow_from_others_and_some_do_not() -> None:
    changed = [each for seed in range(PACKS) for each in compare(layered(seed)).answers if each.changes]

    assert any(each.follows for each in changed)
    assert any(not each.follows for each in changed)


def test_the_sample_has_every_kind_of_class() -> None:
    """Failures, days, choices, what one law cannot express, and nothing at all."""
    keys: list[Key] = []
    equivalent = 0
    for seed in range(PACKS):
        for answer in compare(amended(seed)).answers:
            keys += [change.key for change in answer.changes]
            equivalent += not answer.changes

    members = [member for key in keys for member in key.before | key.after]

    assert any(isinstance(member, FailureKind) for member in members)
    assert any(isinstance(member, Special) for member in members)
    assert NOT_EXPRESSIBLE in members
    assert any(key.shift is not Shift.SAME for key in keys)
    assert any(len(key.before) > 1 or len(key.after) > 1 for key in keys)
    assert equivalent
