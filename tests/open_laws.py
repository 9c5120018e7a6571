"""Small laws made up at random, cases of them that leave things out, and every way to fill in what is left out.

Definitions that take elements, names, grades and days; days, a record that may not exist, names that are a key or are not, two
readings (one without a default), a discretion; lists that may hold more."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from building import define, rule, tiny_pack
from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.replay import for_reference
from zhunsheng.evaluate import Run
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.outcome import strongest
from zhunsheng.lang.pack import FactSpec, Pack
from zhunsheng.lang.types import NONE, Period, Text
from zhunsheng.read.canonical import canonical_pack, digest_of

DAYS = [date(2028, 2, 28) + timedelta(days=n) for n in range(3)]
NAMES, GRADES = ("p", "q", "r", "s"), ("D", "C", "B")
OF_A_LINE = [
    "line.grade == C", "any(l.grade == D and l.name != line.name for l in lines)", "all(l.grade <= line.grade for l in lines)",
    "any(e.line == line.name for e in events)", "count(l for l in lines) >= 2", "applied == line.name", "flag",
    "named(line.name)", "line.since == none", "line.since != none and line.since < today", "judged(line.grade)",
    "any(e.on == line.since for e in events)", "line.since != none and reached(line.since)",
]  # fmt: skip
OF_A_NAME = [
    "any(l.name == n for l in lines)", "applied == n", "any(e.line == n and e.on <= today for e in events)",
    "applied != n and flag", "any(l.name != n and l.grade == C for l in lines)",
    "any(l.name == applied and l.name != n for l in lines)",
]  # fmt: skip
OF_A_GRADE = [
    "any(l.grade == g for l in lines)", "g == C", "flag", "all(l.grade != g for l in lines)", "app != none and app.target <= g",
    "wide == broad", "g < B",
]  # fmt: skip
OF_A_DAY = [
    "d < today", "any(e.on == d for e in events)", "app != none and app.filed <= d", "all(e.on <= d for e in events)",
    "any(l.since != none and l.since >= d for l in lines)", "wide == broad", "d == date(2028, 2, 29)",
    "d + one_month > today + one_month",
]  # fmt: skip
OF_ALL = [
    "any(l.mark == C for l in lines)", "all(l.mark == l.grade for l in lines)", "named(applied)", "judged(C)", "judged(D)",
    "any(judged(l.grade) and named(l.name) for l in lines)", "flag", "count(e for e in events) >= 1", "reached(today)",
    "app != none and reached(app.filed)", "app == none", "app != none and judged(app.target)", "wide == broad", "late != no",
    "late == very", "level == C", "count(l for l in lines if l.grade == D) < 2",
    "any(e.line == applied and reached(e.on) for e in events)",
    "today >= date(2028, 2, 29)", "max((e.on for e in events), default=today) > today",
]  # fmt: skip
DAYS_OF_ALL = [
    "today", "none", "max((e.on for e in events), default=none)", "today + days(1)",
    "min((l.since for l in lines if l.since != none), default=none)",
    "latest(((e.on, e.on) for e in events if reached(e.on)), default=today)", "today + one_month",
]  # fmt: skip
GRADES_OF_ALL = [
    "C", "B", "level", "highest(((rank(l.grade), l.grade) for l in lines), default=C)", "app.target if app != none else D",
]  # fmt: skip
LAWFUL = [
    "level == C or flag", "level != B or wide == broad", "level < B and (level == D or today > date(2028, 2, 28))",
    "app == none or app.target <= level", "any(l.grade == level for l in lines)",
]  # fmt: skip
ANSWERS = ("line.mark", "whole", "few", "until", "chosen", "judged")


def law(seed: int) -> Pack:
    rng = random.Random(seed)

    def some(conditions: list[str]) -> str:
        one, other = rng.sample(conditions, 2)
        return rng.choice([one, f"({one}) and ({other})", f"({one}) and not ({other})", f"({one}) or ({other})",
                           f"({one}) if ({other}) else {rng.choice(['True', 'False'])}"])  # fmt: skip

    def rest(*values: str) -> str | None:
        return rng.choice([None, None, *values])

    pack = tiny_pack(
        facts={"today": "day", "flag": "yes/no", "applied": "text", "app or none": {"filed": "day", "target": "grade"}},
        collections={
            "lines": ("line", {"name": "text", "grade": "grade", "since": "day or none"}),
            "events": ("event", {"line": "text or none", "on": "day"}),
        },
        keys={"lines": "name"} if seed % 3 else {}, enumerations={"grade": "D C B"}, parameters={"one_month": Period(months=1)},
        readings={"wide": "narrow broad", "late": "no a_bit very"},
        discretions={"level": ("grade", rng.choice(LAWFUL))},
        definitions=[
            define("rank", "number", rule("d", "g == D", "1"), rule("c", "g == C", "2"), otherwise="3",
                   parameters={"g": "grade"}),
            define("named", "yes/no", rule("a", some(OF_A_NAME), "True"), otherwise="False", parameters={"n": "text"}),
            define("reached", "yes/no", rule("a", some(OF_A_DAY), "True"),
                   rule("b", some(OF_A_DAY), "False", rng.choice([[], ["a"]])), otherwise=rest("False"), parameters={"d": "day"}),
            define("judged", "yes/no", rule("a", some(OF_A_GRADE), "True"), rule("b", some(OF_A_GRADE), "False", ["a"]),
                   otherwise=rest("False"), parameters={"g": "grade"}),
            define("line.mark", "grade", rule("a", some(OF_A_LINE), "C"), rule("b", some(OF_A_LINE), "line.grade"),
                   otherwise=rest("D", "line.grade")),
            define("whole", "yes/no", rule("a", some(OF_ALL), "True"), rule("b", some(OF_ALL), "False", rng.choice([[], ["a"]])),
                   otherwise=rest("False")),
            define("few", "grade", rule("a", some(OF_ALL), "C"), rule("b", some(OF_ALL), rng.choice(GRADES_OF_ALL), ["a"]),
                   otherwise=rest("D")),
            define("until", "day or none", rule("a", some(OF_ALL), rng.choice(DAYS_OF_ALL)),
                   rule("b", some(OF_ALL), rng.choice(DAYS_OF_ALL), ["a"]), otherwise=rest("none", "today")),
            define("chosen", "grade", rule("a", some(OF_ALL), "level"), rule("b", some(OF_ALL), "few", ["a"]),
                   otherwise=rest("D", "level")),
        ],
        assumptions={"since": ("l.since == none or l.since <= today", {"l": "lines"})} if seed % 2 else {},
        horizon=(DAYS[0], DAYS[-1]),
    )  # fmt: skip
    late = replace(pack.readings["late"], default=None)
    text = canonical_pack(replace(pack, answers=ANSWERS, as_of="today", readings={**pack.readings, "late": late}))
    return replace(
        pack, answers=ANSWERS, as_of="today", reference_days=("today", "app.filed"), readings={**pack.readings, "late": late},
        canonical=text, digest=digest_of(text),
    )  # fmt: skip


# -- cases


def domain(pack: Pack, spec: FactSpec) -> list[Any]:
    """Every value that a fact may have."""
    assert spec.type is not None
    base = spec.type.base
    plain: dict[str, list[Any]] = {"day": list(DAYS), "text": list(NAMES), "yes/no": [False, True]}
    values = plain.get(base) or list(pack.enumerations[base].names)
    return [*values, *([NONE] if spec.type.special else [])]


def some_case(seed: int, pack: Pack, *, unknown: float, most: int = 2) -> Case:
    """A case in which each fact is left out with this probability, that can be true."""
    rng = random.Random(seed)
    while True:
        case = _one_case(rng, pack, unknown, most)
        facts = next(completions(pack, case, 0), None)
        if facts is not None:
            return case


def _one_case(rng: random.Random, pack: Pack, unknown: float, most: int) -> Case:
    def one(spec: FactSpec) -> Any:
        return UNKNOWN if rng.random() < unknown else rng.choice(domain(pack, spec))

    facts: dict[str, Any] = {}
    for name, spec in pack.facts.items():
        if spec.type is not None:
            facts[name] = one(spec)
        else:
            facts[name] = rng.choice([NONE, {part.name: one(part) for part in spec.record}])
            if rng.random() < unknown:
                facts[name] = UNKNOWN
    for name, collection in pack.collections.items():
        elements = [{part.name: one(part) for part in collection.fields} for _ in range(rng.randint(0, most))]
        if collection.key:
            for element, own in zip(elements, rng.sample(NAMES, len(elements)), strict=True):
                element[collection.key] = own
        labels = tuple(f"{name}[{e[collection.key] if collection.key else i}]" for i, e in enumerate(elements))
        facts[name] = Listing(tuple(elements), rng.random() >= unknown, labels=labels)
    return Case(Text("", ""), pack.name, facts, {}, {}, None)


def completions(pack: Pack, case: Case, more: int) -> Iterator[dict[str, Any]]:
    """Every way to fill in what a case leaves out that the assumptions allow; open lists grow by up to `more` elements."""
    names = [*pack.facts, *pack.collections]
    for filled in itertools.product(*(list(_fillings(pack, case, name, more)) for name in names)):
        facts = dict(zip(names, filled, strict=True))
        run = Run(pack, facts, {name: spec.options[0].name for name, spec in pack.readings.items()}, {})
        if not any(run.assumption(one) for one in pack.assumptions):
            yield facts


def number_of(pack: Pack, case: Case, more: int) -> int:
    found = 1
    for name in (*pack.facts, *pack.collections):
        found *= sum(1 for _ in _fillings(pack, case, name, more))
    return found


def _fillings(pack: Pack, case: Case, name: str, more: int) -> Iterator[Any]:
    value = case.facts[name]
    if name in pack.collections:
        yield from _listings(pack, name, value, more)
        return
    spec = pack.facts[name]
    if spec.type is not None:
        yield from domain(pack, spec) if value is UNKNOWN else [value]
    elif value is NONE:
        yield NONE
    else:
        if value is UNKNOWN:
            yield NONE
        yield from _entries(pack, spec.record, {} if value is UNKNOWN else value)


def _entries(pack: Pack, specs: tuple[FactSpec, ...], entry: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    spaces = [domain(pack, spec) if entry.get(spec.name, UNKNOWN) is UNKNOWN else [entry[spec.name]] for spec in specs]
    for filled in itertools.product(*spaces):
        yield dict(zip((spec.name for spec in specs), filled, strict=True))


def _listings(pack: Pack, name: str, listing: Listing, more: int) -> Iterator[Listing]:
    collection = pack.collections[name]
    known = [list(_entries(pack, collection.fields, element)) for element in listing.elements]
    new = list(_entries(pack, collection.fields, {}))
    for number in range(1 if listing.complete else more + 1):
        for elements in itertools.product(*known):
            for added in itertools.combinations_with_replacement(new, number):
                every = (*elements, *added)
                if not collection.key or len({each[collection.key] for each in every}) == len(every):
                    yield Listing(every, complete=True)


# -- what comes out


@dataclass(frozen=True)
class World:
    """One way in which everything left open may go: what was left open, filled in, by symbol; and the run that has it so."""

    symbols: Mapping[str, Any]
    run: Run


def worlds(pack: Pack, case: Case, more: int, readings: Mapping[str, str]) -> list[World]:
    """Every way. `readings`: those fixed; the others are open."""
    open_readings = [one for one in pack.readings if one not in readings]
    options = [[option.name for option in pack.readings[one].options] for one in open_readings]
    fixed = {one: made.value for one, made in case.choices.items()}
    found = []
    for facts in completions(pack, case, more):
        said = _symbols(pack, case, facts)
        for vector in itertools.product(*options):
            taken = dict(zip(open_readings, vector, strict=True))
            run = Run(pack, facts, {**readings, **taken}, {})
            lawful = run.lawful("level")
            for level in [one for one in lawful if fixed.get("level", one) == one] if lawful else [None]:
                own = {**said, **{f"readings {n}": o for n, o in taken.items()}}
                if "level" not in fixed:
                    own["discretion level"] = level
                found.append(World(own, run.choosing({} if level is None else {"level": level})))
    return found


def _symbols(pack: Pack, case: Case, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What was left out, filled in, by symbol."""
    found: dict[str, Any] = {}
    for name, spec in pack.facts.items():
        stated, value = case.facts[name], facts[name]
        if stated is UNKNOWN:
            found[f"facts {name}"] = tuple(value.values()) if isinstance(value, dict) else value
        elif isinstance(stated, Mapping):
            found |= {f"facts {name}.{p.name}": value[p.name] for p in spec.record if stated.get(p.name, UNKNOWN) is UNKNOWN}
    for name in pack.collections:
        known = case.facts[name]
        for index, element in enumerate(known.elements):
            label = known.labels[index]
            found |= {f"facts {label}.{k}": facts[name].elements[index][k] for k, v in element.items() if v is UNKNOWN}
        if not known.complete:
            added = facts[name].elements[len(known.elements) :]
            found[f"facts {name}.others"] = tuple(tuple(each.values()) for each in added)
    return found


def defaults(pack: Pack) -> dict[str, str]:
    return {name: spec.default for name, spec in pack.readings.items() if spec.default is not None}


def largest(pack: Pack, case: Case, most: int) -> int | None:
    """By how many elements open lists may grow so that there are at most so many completions; None if there are more anyway."""
    return next((more for more in (2, 1, 0) if number_of(pack, case, more) <= most), None)


def come_out(found: Iterable[World], asked: Asked) -> list[Any]:
    """What an answer comes to in each."""
    return [strongest(one.run.definition(asked.definition, for_reference(asked.args))) for one in found]


def of_its_kind(outcomes: Iterable[Any]) -> set[tuple[str, Any]]:
    """Outcomes with the names of their types: yes is no number."""
    return {(type(one).__name__, one) for one in outcomes}
