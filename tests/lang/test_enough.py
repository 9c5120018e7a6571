"""Elements enough for an outcome: small laws, each of which rests on one step of the argument. The number is as written here, and
every case of a few elements has a part of that size, or smaller, that comes out the same."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from building import DefinitionText, define, rule, tiny_pack
from zhunsheng.evaluate import Run
from zhunsheng.lang import expr as e
from zhunsheng.lang import needs
from zhunsheng.lang.bound import Goal
from zhunsheng.lang.case import Listing
from zhunsheng.lang.enough import enough
from zhunsheng.lang.outcome import strongest
from zhunsheng.lang.pack import Pack

DAYS = (date(2028, 2, 28), date(2028, 3, 1))
GRADES = ("D", "C", "B")
THINGS = [{"kind": kind, "mark": mark, "on": DAYS[0]} for kind in "abcd" for mark in GRADES]
LINES = [{"grade": grade} for grade in GRADES]
CHOICES = {"level": "C"}
MOST = 3


@dataclass(frozen=True)
class Law:
    """`asked` is asked about; `things` and `lines` are enough for it. `tight`: one fewer thing is not. `there`: what the case has
    beside."""

    says: str
    things: int
    lines: int
    definitions: tuple[DefinitionText, ...]
    tight: bool = True
    lawful: str = "mark_there(level)"
    there: Mapping[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)


def some(kind: str) -> str:
    return f"any(t.kind == {kind} for t in things)"


def yes_no(*rules: Any, otherwise: str | None = "False", name: str = "asked") -> DefinitionText:
    return define(name, "yes/no", *rules, otherwise=otherwise)


LATEST = "latest(((t.on, t.mark) for t in things if t.kind == d), default=B)"
"""A conflict where two things of kind d have different marks."""
CALM = yes_no(rule("q", f"not {some('c')}", "True"), name="calm")
ODD = define(
    "thing.odd", "yes/no", rule("r", "thing.kind == c", "True"), rule("s", "thing.mark == D", "False"), otherwise="False"
)
"""So of a thing of kind c, not of one with mark D: of one with both, a conflict."""
GAPS = (
    yes_no(rule("r", f"not {some('a')}", "True"), name="gap", otherwise=None),
    yes_no(rule("r", f"not {some('b')}", "True"), rule("s", f"not {some('c')}", "False"), name="other", otherwise=None),
)
"""One that has a gap where there is a thing of kind a; one that has one where there are b and c, and a conflict where neither."""

LAWS = [
    Law("one thing for one rule of five", 1, 0, (yes_no(*(rule(f"r{k}", some(k), "True") for k in "abcd")),)),
    Law("both of two", 2, 0, (yes_no(rule("r", f"{some('a')} and {some('b')}", "True")),)),
    Law("one of two", 1, 0, (yes_no(rule("r", f"{some('a')} or {some('b')}", "True")),)),
    Law("as many as counts tell apart, and one more", 3, 0, (
        define("asked", "grade", rule("one", "count(t for t in things) == 1", "C"),
               rule("two", "count(t for t in things) == 2", "D"), rule("more", "count(t for t in things) > 2", "B")),
    )),
    Law("two for a conflict between keys", 2, 0, (define("asked", "grade", otherwise=LATEST),)),
    Law("what is said where no rule speaks may fail", 2, 0, (
        define("asked", "grade", rule("r", some("a"), "C"), otherwise=LATEST),
    )),
    Law("two rules against each other", 2, 0, (yes_no(rule("r", some("a"), "True"), rule("s", some("b"), "False")),)),
    Law("… and that nothing overrides them", 3, 0, (
        yes_no(rule("r", some("a"), "True"), rule("s", some("b"), "False"), rule("o", f"not {some('c')}", "True", ["r", "s"])),
    )),
    Law("… nor a definition that would", 3, 0, (
        CALM, yes_no(rule("r", some("a"), "True"), rule("s", some("b"), "False"), rule("o", "calm", "True", ["r", "s"])),
    )),
    Law("a condition that fails, and is not overridden", 3, 0, (
        yes_no(rule("r", f"{LATEST} == C", "True"), rule("o", f"not {some('c')}", "True", ["r"])),
    )),
    Law("what holds must not come to fail", 2, 0, (
        yes_no(rule("r", some("a"), "True"), rule("s", f"{LATEST} == C", "True"), rule("t", some("b"), "False")),
    ), tight=False),
    Law("a branch, and what leads to it", 2, 0, (yes_no(rule("r", f"{some('b')} if {some('a')} else {some('c')}", "True")),)),
    Law("the default, where there is nothing to compare", 2, 1, (
        define("asked", "grade", otherwise=LATEST.replace("default=B", "default=B if any(l.grade == B for l in lines) else C")),
    ), tight=False),
    Law("an argument that looks at things", 2, 0, (
        define("told", "yes/no", rule("r", "g == C", "True"), otherwise="False", parameters={"g": "grade"}),
        yes_no(rule("r", f"told({LATEST})", "True")),
    )),
    Law("a gap, and no conflict beside it", 2, 0, (
        yes_no(rule("r", some("a"), "True"), name="gap", otherwise=None),
        yes_no(rule("r", f"not {some('c')}", "True"), rule("s", "True", "False"), name="clash"),
        yes_no(rule("r", "gap == clash", "True")),
    )),
    Law("a gap in one part of two, the other neither false nor in conflict", 3, 0, (
        yes_no(rule("r", some("a"), "True"), name="gap", otherwise=None),
        yes_no(rule("r", f"not {some('c')}", "True"), rule("s", "True", "False"), rule("t", some("b"), "True", ["s"]),
               name="clash"),
        yes_no(rule("r", "gap and clash", "True")),
    ), tight=False),
    Law("one chosen, and what makes it lawful", 1, 0, (yes_no(rule("r", "level == C", "True")),)),
    Law("none lawful: a thing against each", 3, 0, (yes_no(rule("r", "level == C", "True")),), lawful="not mark_there(level)"),
    Law("a line for each thing that is kept, of which there may be none", 1, 0, (
        yes_no(rule("r", "all(any(l.grade == t.mark for l in lines) for t in things)", "True")),
    )),
    Law("… and for each that the case states", 1, 2, (
        yes_no(rule("r", "all(any(l.grade == t.mark for l in lines) for t in things)", "True")),
    ), there={"things": (THINGS[0], THINGS[4])}, tight=False),
    Law("what is needed of none is not needed", 1, 0, (
        yes_no(rule("r", "all(any(l.grade == B for l in lines) for t in things)", "True")),
    )),
    Law("… and is of one", 1, 1, (
        yes_no(rule("r", "all(any(l.grade == B for l in lines) for t in things)", "True")),
    ), there={"things": (THINGS[0],)}, tight=False),
    Law("one that fails, and none that is so", 1, 3, (
        define("thing.odd", "yes/no", rule("r", "thing.kind == a", "True"), rule("s", "thing.mark == D", "False"),
               otherwise="False"),
        yes_no(rule("r", "any(t.odd and not any(l.grade == t.mark for l in lines) for t in things)", "True")),
    ), there={"things": (THINGS[1], THINGS[2])}, tight=False),
    Law("of three ways to lead somewhere, the one that a thing's kind leaves", 1, 1, (
        define("thing.leads", "grade",
               rule("a", "thing.kind == a and any(l.grade == D for l in lines)", "B"),
               rule("b", "thing.kind == b and any(l.grade == C for l in lines)", "B"),
               rule("c", "thing.kind == c and any(l.grade == B for l in lines)", "B"), otherwise="D"),
        yes_no(rule("r", "any(t.leads == B for t in things)", "True")),
    )),
    Law("… and no other", 1, 1, (
        define("thing.leads", "grade",
               *(rule(kind, f"thing.kind == {kind} and not any(l.grade == {grade} for l in lines)", value)
                 for kind, grade, value in (("b", "D", "C"), ("c", "C", "D"), ("d", "B", "D"))), otherwise="B"),
        yes_no(rule("r", "any(t.leads == C for t in things)", "True")),
    )),
    Law("what holds beside it, if it may come to fail", 3, 0, (
        ODD, yes_no(rule("r", f"{some('a')} and {some('b')}", "True"), rule("s", "any(t.odd for t in things)", "True")),
    ), tight=False),
    Law("what is told to a definition", 3, 0, (
        define("told", "yes/no", rule("r", "g == C", "True"), otherwise="False", parameters={"g": "grade"}),
        yes_no(rule("r", f"told(B if {some('a')} and {some('b')} and {some('c')} else C)", "True")),
    )),
    Law("a line for each thing that is picked from", 2, 2, (
        define("asked", "grade",
               otherwise="latest(((t.on, t.mark) for t in things if any(l.grade == t.mark for l in lines)), default=B)"),
    )),
    Law("a definition that would override, but fails", 3, 0, (
        ODD,
        yes_no(rule("q", some("d"), "True"), rule("p", "any(t.odd for t in things)", "True"), name="calm"),
        yes_no(rule("r", some("a"), "True"), rule("s", some("b"), "False"), rule("o", "calm", "True", ["r", "s"])),
    ), tight=False),
    Law("a gap, with three things that keep a conflict away", 4, 0, (
        yes_no(rule("r", f"not {some('a')}", "True"), name="gap", otherwise=None),
        yes_no(*(rule(k, f"not {some(k)}", "True") for k in "bcd"), rule("s", "True", "False"), name="clash"),
        yes_no(rule("r", "gap == clash", "True")),
    ), tight=False),
    Law("two gaps, of which one may be a conflict", 3, 0, (*GAPS, yes_no(rule("r", "gap == other", "True"))), tight=False),
    Law("a gap beside what must not become false, nor a conflict", 2, 0, (
        GAPS[0],
        yes_no(rule("r", f"not {some('b')}", "False"), rule("s", "True", "True"), name="clash"),
        yes_no(rule("r", "gap and clash", "True")),
    )),
    Law("a gap beside what must not become false", 2, 0, (GAPS[0], yes_no(rule("r", f"gap and {some('b')}", "True")))),
    Law("a condition that has a gap, beside rules that could clash", 3, 0, (
        GAPS[0],
        yes_no(rule("r", "gap", "True"), rule("s", f"not {some('b')}", "False"), rule("t", f"not {some('c')}", "True")),
    ), tight=False),
    Law("for each thing what it asks for, not what any may", 1, 4, (
        yes_no(rule("r", "all((t.kind == a and any(l.grade == t.mark for l in lines)) or (t.kind != a and "
                         "any(l.grade < t.mark for l in lines) and any(l.grade > t.mark for l in lines)) for t in things)",
                    "True")),
    ), there={"things": (THINGS[0], THINGS[4])}, tight=False),
]  # fmt: skip


def pack_of(law: Law) -> Pack:
    return tiny_pack(
        facts={"today": "day"},
        collections={"things": ("thing", {"kind": "kind", "mark": "grade", "on": "day"}), "lines": ("line", {"grade": "grade"})},
        enumerations={"kind": "a b c d", "grade": "D C B"},
        unordered=("kind",),
        discretions={"level": ("grade", law.lawful)},
        definitions=[
            define("mark_there", "yes/no", rule("r", "any(t.mark == g for t in things)", "True"), otherwise="False",
                   parameters={"g": "grade"}),
            *law.definitions,
        ],
    )  # fmt: skip


def slots_of(law: Law, pack: Pack) -> tuple[int, int]:
    definition = pack.definitions["asked"]
    stated = {name: len(there) for name, there in law.there.items()}
    found = enough(pack, [Goal(e.Call("asked", (), definition.type))], stated, frozenset())
    assert not found.outside
    return found.slots["things"], found.slots["lines"]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.says)
def test_so_many_are_enough(law: Law) -> None:
    assert slots_of(law, pack_of(law)) == (law.things, law.lines)


def test_sets_beyond_those_told_apart_are_taken_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "MOST_SETS", 1)

    assert slots_of(LAWS[0], pack_of(LAWS[0])) == (4, 0)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.says)
def test_every_case_has_a_part_so_large_that_comes_out_the_same(law: Law) -> None:
    pack = pack_of(law)
    outcomes: dict[tuple[tuple[int, ...], tuple[int, ...]], Any] = {}

    def outcome(things: tuple[int, ...], lines: tuple[int, ...]) -> Any:
        if (things, lines) not in outcomes:
            first, second = law.there.get("things", ()), law.there.get("lines", ())
            facts = {"today": DAYS[0], "things": listed([*first, *(THINGS[n] for n in things)]),
                     "lines": listed([*second, *(LINES[n] for n in lines)])}  # fmt: skip
            outcomes[things, lines] = strongest(Run(pack, facts, {}, CHOICES).definition("asked"))
        return outcomes[things, lines]

    def agrees(things: tuple[int, ...], lines: tuple[int, ...], most: tuple[int, int]) -> bool:
        wanted = outcome(things, lines)
        return any(outcome(a, b) == wanted for a in parts(things, most[0]) for b in parts(lines, most[1]))

    looked = [(t, ln) for t in multisets(len(THINGS), MOST) for ln in multisets(len(LINES), 2 if law.lines else 0)]
    assert all(agrees(things, lines, (law.things, law.lines)) for things, lines in looked)
    if law.tight:
        assert not all(agrees(things, lines, (law.things - 1, law.lines)) for things, lines in looked)


def listed(elements: list[dict[str, Any]]) -> Listing:
    return Listing(tuple(elements), complete=True)


def multisets(number: int, most: int) -> list[tuple[int, ...]]:
    return [one for size in range(most + 1) for one in itertools.combinations_with_replacement(range(number), size)]


def parts(one: tuple[int, ...], most: int) -> list[tuple[int, ...]]:
    return sorted({part for size in range(min(most, len(one)) + 1) for part in itertools.combinations(one, size)})
