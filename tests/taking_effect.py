"""Amendments made up at random that take effect on a day, each definition governed by a day of its own; and what the law then is,
said in another way: for each definition, the whole of the new law's or of the old law's, as that day tells."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from building import define, listing, read, rule, tiny_pack
from zhunsheng.errors import Place
from zhunsheng.evaluate import Run
from zhunsheng.lang import expr as e
from zhunsheng.lang.amendment import Act, Amended, Amendment, Edit, Kind
from zhunsheng.lang.cone import expressions
from zhunsheng.lang.outcome import strongest
from zhunsheng.lang.pack import Definition, DiscretionSpec, Pack
from zhunsheng.lang.rewriting import Names, rewritten
from zhunsheng.lang.types import DAY, NONE, YES_NO, Period, Text

BEFORE = date(2028, 2, 28)
FIRST = BEFORE + timedelta(days=1)
DAYS = (BEFORE, FIRST)
GRADES = ("D", "C", "B")
READINGS = ("narrow", "broad")
ANSWERS = ("line.mark", "whole", "until", "chosen")
OF_A_LINE = [
    "line.grade == C", "any(l.grade == D for l in lines)", "line.since == none", "judged(line.grade)", "flag",
    "line.since != none and line.since + wait <= today", "wide == broad", "rank(line.grade) >= least",
]  # fmt: skip
OF_A_GRADE = ["rank(g) >= least", "g == C", "flag", "any(l.grade == g for l in lines)", "wide == broad", "g < B"]
OF_ALL = [
    "any(l.mark == C for l in lines)", "all(l.mark == l.grade for l in lines)", "judged(C)", "judged(D)", "flag",
    "any(l.since != none and l.since + wait <= today for l in lines)", "asked_on != none and asked_on + wait > today",
    "wide == broad", "level == C", "count(l for l in lines) >= 1", "rank(B) > least",
]  # fmt: skip
LAWFUL = ["rank(level) >= least", "level == C or flag", "level != B or judged(C)", "level < B", "wide == broad or level == D"]
DAYS_OF_ALL = ["today", "none", "today + wait", "max((l.since for l in lines if l.since != none), default=none)"]


def law(rng: random.Random, least: int, wait: int, lawful: str) -> Pack:
    def some(conditions: list[str]) -> str:
        one, other = rng.sample(conditions, 2)
        return rng.choice([one, f"({one}) and ({other})", f"({one}) and not ({other})", f"({one}) or ({other})"])

    def rest(*values: str) -> str | None:
        return rng.choice([None, *values])

    def two(conditions: list[str], first: str, second: str) -> tuple[Any, ...]:
        rules = [rule("a", some(conditions), first), rule("b", some(conditions), second, rng.choice([[], ["a"]]))]
        return tuple(rules[: rng.choice([1, 2, 2])])

    return replace(
        tiny_pack(
            facts={"today": "day", "asked_on": "day or none", "flag": "yes/no"},
            collections={"lines": ("line", {"grade": "grade", "since": "day or none"})},
            enumerations={"grade": "D C B"}, parameters={"least": least, "wait": Period(days=wait)},
            readings={"wide": "narrow broad"}, discretions={"level": ("grade", lawful)},
            definitions=[
                define("rank", "number", rule("d", "g == D", "1"), rule("c", "g == C", "2"), otherwise="3",
                       parameters={"g": "grade"}),
                define("judged", "yes/no", *two(OF_A_GRADE, "True", "False"), otherwise=rest("False"), parameters={"g": "grade"}),
                define("line.mark", "grade", *two(OF_A_LINE, "C", "line.grade"), otherwise=rest("D", "line.grade")),
                define("whole", "yes/no", *two(OF_ALL, "True", "False"), otherwise=rest("False")),
                define("until", "day or none", *two(OF_ALL, *rng.sample(DAYS_OF_ALL, 2)), otherwise=rest("none")),
                define("chosen", "grade", *two(OF_ALL, "level", "C"), otherwise=rest("D", "level")),
            ],
            horizon=(DAYS[0], DAYS[-1]),
        ),
        answers=ANSWERS, as_of="today",
    )  # fmt: skip


def taking_effect_at_random(seed: int) -> Amended:
    rng = random.Random(seed)
    lawful = rng.choice(LAWFUL)
    least, wait = rng.choice([1, 2]), rng.choice([0, 1])
    base = law(rng, least, wait, lawful)
    changes = rng.sample(["least", "wait", "lawful", "wide", "definitions", "definitions"], rng.choice([1, 2, 3]))
    other = rng.choice(LAWFUL) if "lawful" in changes else lawful
    fresh = law(rng, 3 - least if "least" in changes else least, 1 - wait if "wait" in changes else wait, other)
    new = set(rng.sample(["judged", *ANSWERS], rng.choice([1, 2, 3]))) if "definitions" in changes else set()
    definitions = {name: fresh.definitions[name] if name in new else spec for name, spec in base.definitions.items()}
    pack = replace(fresh, definitions=definitions)
    if "wide" in changes:
        pack = replace(pack, readings={"wide": replace(pack.readings["wide"], default="broad")})
    days = {name: _day(rng, base, name) for name in (*base.definitions, "level")}
    edits = []
    for name in base.definitions:
        if name in new:
            edits += _edits_of(rng, name, base.definitions[name], pack.definitions[name], _named(days, [name]))
    for kind, act, name in (
        (Kind.PARAMETER, Act.SET, "least"),
        (Kind.PARAMETER, Act.SET, "wait"),
        (Kind.READING, Act.FIX, "wide"),
    ):
        if name in changes:
            speaking = [one for one in base.definitions if any(_speaks(law.definitions[one], name) for law in (base, pack))]
            edits.append(Edit(act, kind, name, governs=_named(days, speaking), fixed="broad" if act is Act.FIX else ""))
    if other != lawful:
        edits.append(Edit(Act.REPLACE, Kind.DISCRETION, "level"))
    nothing = Text("", "")
    amendment = Amendment("made-up", "tiny", nothing, nothing, FIRST, None, tuple(edits), {}, Place(""))
    return Amended(base, pack, (amendment,))


def _day(rng: random.Random, base: Pack, name: str) -> e.Expr | None:
    if name == "line.mark" and rng.random() < 0.5:
        return read(base, "line.since", "day or none", {"line": "line"})
    return read(base, "asked_on", "day or none") if name != "level" and rng.random() < 0.4 else None


def _named(days: dict[str, e.Expr | None], names: list[str]) -> dict[str, e.Expr]:
    return {name: day for name in names if (day := days[name]) is not None}


def _speaks(definition: Definition, name: str) -> bool:
    spoken = (part for expr in expressions(definition) for part in e.walk(expr))
    return any(isinstance(part, e.Parameter | e.Reading) and part.name == name for part in spoken)


def _edits_of(rng: random.Random, name: str, old: Definition, new: Definition, governs: dict[str, e.Expr]) -> list[Edit]:
    """One edit of the whole definition, or one of each rule and of the rest."""
    if rng.random() < 0.5:
        return [Edit(Act.REPLACE, Kind.DEFINITION, name, governs=governs)]
    rules = {each.name for each in (*old.rules, *new.rules)}
    edits = [Edit(Act.REPLACE, Kind.RULE, f"{name}/{each}", governs=governs) for each in sorted(rules)]
    return [*edits, Edit(Act.REPLACE, Kind.OTHERWISE, name, governs=governs)]


# -- the same law, said in another way


def by_whole_definitions(laws: Amended) -> Pack:
    """The law as it takes effect: each definition of the old law and of the new beside each other, and one that chooses."""
    base, pack, (amendment,) = laws.base, laws.pack, laws.amendments
    fixed = {edit.name: edit.fixed for edit in amendment.edits if edit.act is Act.FIX}
    names = Names(parameters={name: f"{name} new" for name in base.parameters}, fixed=fixed)
    definitions: dict[str, Definition] = {}
    for name, old in base.definitions.items():
        new = pack.definitions[name]
        day = next((edit.governs[name] for edit in amendment.edits if name in edit.governs), None)
        args = tuple(e.Var(own, type_) for own, type_ in old.parameters)
        both = [e.Call(f"{name} {age}", args, old.type) for age in ("new", "old")]
        choice = e.IfElse(_from_first(day, amendment), both[0], both[1], old.type)
        definitions[name] = replace(old, rules=(), otherwise=choice)
        definitions[f"{name} old"] = replace(old, name=f"{name} old")
        definitions[f"{name} new"] = _reworded(new, f"{name} new", names)
    parameters = base.parameters | {f"{name} new": spec for name, spec in pack.parameters.items()}
    level = base.discretions["level"]
    there = rewritten(pack.discretions["level"].lawful, names)
    lawful = e.IfElse(_from_first(None, amendment), there, level.lawful, YES_NO)
    discretions: dict[str, DiscretionSpec] = {"level": replace(level, lawful=lawful)}
    return replace(base, definitions=definitions, parameters=parameters, discretions=discretions)


def _reworded(definition: Definition, name: str, names: Names) -> Definition:
    rules = tuple(replace(r, when=rewritten(r.when, names), value=rewritten(r.value, names)) for r in definition.rules)
    otherwise = None if definition.otherwise is None else rewritten(definition.otherwise, names)
    return replace(definition, name=name, rules=rules, otherwise=otherwise)


def _from_first(day: e.Expr | None, amendment: Amendment) -> e.Expr:
    day = day or e.Fact("today", DAY)
    from_ = e.Compare(">=", day, e.Literal(amendment.in_force_from, DAY), YES_NO)
    there = e.Compare("!=", day, e.Literal(NONE, day.type), YES_NO)
    return e.And((there, from_), YES_NO) if day.type.special else from_


# -- every case


def every_case(most: int = 2) -> Iterator[dict[str, Any]]:
    lines = [{"grade": grade, "since": since} for grade in GRADES for since in (*DAYS, NONE)]
    lists = [listing(*some) for size in range(most + 1) for some in itertools.combinations_with_replacement(lines, size)]
    for today, asked_on, flag, some in itertools.product(DAYS, (*DAYS, NONE), (False, True), lists):
        yield {"today": today, "asked_on": asked_on, "flag": flag, "lines": some}


def outcomes(run: Run, name: str, args: tuple[Any, ...]) -> frozenset[Any]:
    """All that may come out, over all lawful choices."""
    choices = run.lawful("level")
    runs = [run.choosing({"level": one}) for one in choices] or [run]
    return frozenset(strongest(one.definition(name, args)) for one in runs)
