"""Small laws made up at random in which time passes: bars that end, results that come into force, a step that may be taken; and
every plan there is, carried out day by day through the reference meaning."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any

from building import define, listing, read, rule, tiny_pack
from zhunsheng.evaluate import Run
from zhunsheng.lang.case import UNKNOWN, Case
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.pack import Pack, Stage, Step
from zhunsheng.lang.timeline import RowSpec, TimelineSpec
from zhunsheng.lang.types import NONE, Text
from zhunsheng.read import canonical_pack

FIRST, LAST = date(2028, 2, 24), date(2028, 3, 20)
GRADES = ("D", "C", "B")
LENGTHS = {"review": 2, "publicity": 3}
IN_FORCE = [
    "any(r.grade == B and r.from_ <= as_of for r in results)", "any(r.grade != D and r.from_ <= as_of for r in results)",
    "all(l.grade == B for l in lines)", "any(l.grade == B for l in lines) and as_of >= ends", "as_of > ends", "flag",
]  # fmt: skip
LAWFUL = [
    "filing.filed_on > ends", "flag", "filing.filed_on >= ends and flag", "filing.filed_on < ends or flag",
    "filing.target == B", "all(l.grade != D for l in lines)", "as_of != date(2028, 2, 29)", "grade == D",
]  # fmt: skip
GOALS = [
    "grade == B", "grade != D", "grade == B and as_of > ends", "grade != D and as_of < ends", "flag and as_of == ends",
    "any(r.from_ > ends and r.grade == B for r in results)", "any(r.from_ > date(2028, 3, 7) and r.grade != D for r in results)",
    "any(l.grade == C for l in lines) and grade == B", "as_of == date(2028, 2, 29) and grade != D",
]  # fmt: skip
EARNED = [
    "B if all(l.grade == B for l in lines) else C",
    "filing.target if filing != none and any(l.grade != D for l in lines) else D",
]


@dataclass(frozen=True)
class Tried:
    """One plan: the facts changed, with the values they take, and what is chosen with the step (None: no step is taken)."""

    changes: tuple[tuple[str, Any], ...]
    target: str | None


def law(seed: int) -> Pack:
    rng = random.Random(seed)

    def some(conditions: list[str]) -> str:
        one, other = rng.sample(conditions, 2)
        return rng.choice([one, f"({one}) and ({other})", f"({one}) and not ({other})", f"({one}) or ({other})"])

    def on(condition: str) -> str:
        return condition.replace("as_of", "d")

    pack = tiny_pack(
        facts={"as_of": "day", "flag": "yes/no", "ends": "day", "filing or none": {"filed_on": "day", "target": "grade"}},
        collections={"lines": ("line", {"grade": "grade"}), "results": ("result", {"from": "day", "grade": "grade"})},
        enumerations={"grade": " ".join(GRADES)},
        definitions=[
            define("grade", "grade", rule("b", some(IN_FORCE), "B"), rule("c", some(IN_FORCE), "C", ["b"]), otherwise="D"),
            define("grade_on", "grade", rule("b", on(some(IN_FORCE)), "B"), rule("c", on(some(IN_FORCE)), "C", ["b"]),
                   otherwise=rng.choice([None, "D"]), parameters={"d": "day"}),
            define("lawful", "yes/no", rule("a", f"filing != none and ({some(LAWFUL)})", "True"), otherwise="False"),
        ],
        horizon=(FIRST, LAST),
    )  # fmt: skip
    lines = pack.collections["lines"]
    free = replace(lines, fields=tuple(replace(one, changed_by="enterprise") for one in lines.fields))
    facts = {**pack.facts, "flag": replace(pack.facts["flag"], changed_by="enterprise")}
    pack = replace(pack, facts=facts, collections={**pack.collections, "lines": free}, answers=("grade", "lawful"))
    days = dict.fromkeys(("acted", *(f"{stage}_{end}" for stage in LENGTHS for end in ("from", "to"))), "day")
    step = Step(
        "file", Text("", ""), "enterprise", "", "filing.filed_on", ("filing.target",), {}, read(pack, "lawful", "yes/no"), None,
        tuple(Stage(name, Text("", ""), "", "") for name in LENGTHS), "results",
        {
            "from": read(pack, rng.choice(["publicity_to", "publicity_from", "acted"]), "day", days),
            "grade": read(pack, rng.choice(EARNED), "grade"),
        },
    )  # fmt: skip
    pack = replace(pack, steps={"file": step}, timeline=TimelineSpec((RowSpec("grade_on"),)))
    return replace(pack, canonical=canonical_pack(pack))


def case_of(seed: int) -> Case:
    rng = random.Random(-seed - 1)
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    lines = [{"grade": rng.choice(GRADES)} for _ in range(rng.randint(0, 2))]
    results = [{"from": rng.choice(days), "grade": rng.choice(GRADES)} for _ in range(rng.randint(0, 2))]
    facts = {
        "as_of": rng.choice(days[:8]), "flag": rng.random() < 0.3, "ends": rng.choice(days), "filing": NONE,
        "lines": labelled("lines", lines), "results": labelled("results", results),
    }  # fmt: skip
    return Case(Text("", ""), "tiny", facts, {}, {}, None)


def goal_of(seed: int) -> str:
    return random.Random(seed).choice(GOALS)


def labelled(name: str, elements: list[dict[str, Any]]) -> Any:
    return listing(*elements, labels=[f"{name}[{n}]" for n in range(len(elements))])


def every_plan(pack: Pack, case: Case, goal: Expr, on: date | None = None) -> Iterator[tuple[int, int, Tried, date]]:
    """What each plan that reaches the goal costs, how large its steps are, and the first day on which it works."""
    spots = ["flag", *(f"lines[{n}].grade" for n in range(len(case.facts["lines"].elements)))]
    for number in range(len(spots) + 1):
        for chosen in combinations(spots, number):
            for values in product(*[_others(case, path) for path in chosen]):
                changes = tuple((path, value) for path, (value, _) in zip(chosen, values, strict=True))
                facts = _changed(case.facts, changes)
                for target in (None, *GRADES):
                    day = _works(pack, facts, goal, target, on)
                    if day is not None:
                        yield number + (target is not None), sum(apart for _, apart in values), Tried(changes, target), day


def _others(case: Case, path: str) -> list[tuple[Any, int]]:
    if path == "flag":
        return [(not case.facts["flag"], 1)]
    old = GRADES.index(case.facts["lines"].elements[int(path[6])]["grade"])
    return [(grade, abs(place - old)) for place, grade in enumerate(GRADES) if place != old]


def _changed(facts: Mapping[str, Any], changes: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    lines = [dict(one) for one in facts["lines"].elements]
    told = dict(facts)
    for path, value in changes:
        if path == "flag":
            told["flag"] = value
        else:
            lines[int(path[6])]["grade"] = value
    return {**told, "lines": labelled("lines", lines)}


def _works(pack: Pack, facts: Mapping[str, Any], goal: Expr, target: str | None, on: date | None) -> date | None:
    start: date = facts["as_of"]
    if target is not None:
        step = pack.steps["file"]
        lawful = (day for day in _days(start, on or LAST) if _is(pack, _filed(facts, day, target), step.allowed))
        acted = next(lawful, None)
        if acted is None or acted + timedelta(days=sum(LENGTHS.values())) > LAST:
            return None
        facts, start = _graded(pack, _filed(facts, acted, target), acted), acted
    if on is not None and not _is(pack, {**facts, "as_of": on}, goal):
        return None
    return next((day for day in _days(start, on or LAST) if _is(pack, {**facts, "as_of": day}, goal)), None)


def _filed(facts: Mapping[str, Any], day: date, target: str) -> dict[str, Any]:
    return {**facts, "as_of": day, "filing": {"filed_on": day, "target": target}}


def _graded(pack: Pack, facts: Mapping[str, Any], acted: date) -> dict[str, Any]:
    days, last = {"acted": acted}, acted
    for name, length in LENGTHS.items():
        days[f"{name}_from"], last = last + timedelta(days=1), last + timedelta(days=length)
        days[f"{name}_to"] = last
    run = Run(pack, facts, {}, {})
    added = {name: run.expression(expr, days) for name, expr in pack.steps["file"].element.items()}
    return {**facts, "results": labelled("results", [*facts["results"].elements, added])}


def _is(pack: Pack, facts: Mapping[str, Any], condition: Expr) -> bool:
    """Whether a condition holds; on whatever day what is not known ends."""
    known = [facts["ends"]] if facts["ends"] is not UNKNOWN else _days(FIRST, LAST)
    return all(Run(pack, {**facts, "ends": day}, {}, {}).expression(condition, {}) is True for day in known)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
