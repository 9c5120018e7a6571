"""Random packs and cases, as text: what the meanings are compared on.

Everything is drawn from one `random.Random`, so a seed is a pack and its cases. Days come from a horizon of a few days
around 29 February 2028, numbers are small, lists short: every completion of a case can be tried.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from building import define, rule, tiny_pack
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.pack import FactSpec, Pack
from zhunsheng.lang.types import NONE, Period, Text, Type

FIRST, LAST = date(2028, 2, 28), date(2028, 3, 1)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
GRADES = ["D", "C", "B"]
KINDS = ["x", "y"]


@dataclass(frozen=True)
class Context:
    """What an expression may speak of: variables by element name, and definitions by type."""

    rng: random.Random
    variables: tuple[tuple[str, str], ...] = ()
    definitions: tuple[tuple[str, str, str], ...] = ()  # (name, parameter's type or "", type)
    forbidden: frozenset[str] = frozenset()  # collections not to aggregate over (keeps the formula in the fragment)
    lists: bool = False  # whether the conditions of rules look at lists, as those of laws do
    fresh: list[int] = field(default_factory=lambda: [0])

    def name(self) -> str:
        self.fresh[0] += 1
        return f"v{self.fresh[0]}"

    def of(self, element: str) -> list[str]:
        return [name for name, kind in self.variables if kind == element]


def yes_no(c: Context, depth: int) -> str:
    simple = [compare_days, compare_kinds, compare_grades, reading, guarded]
    deep = [both, either, negation, quantified, quantified, chosen, counted, called_yes_no]
    return c.rng.choice(simple if depth <= 0 else simple + deep + deep)(c, depth - 1)


def compare_days(c: Context, depth: int) -> str:
    return f"{day(c, depth)} {c.rng.choice(['<', '<=', '>', '>=', '==', '!='])} {day(c, depth)}"


def compare_kinds(c: Context, depth: int) -> str:
    return f"{kind(c)} {c.rng.choice(['==', '!='])} {c.rng.choice(KINDS)}"


def compare_grades(c: Context, depth: int) -> str:
    if c.rng.random() < 0.3:
        return f"{grade(c, depth)} in ({c.rng.choice(GRADES)}, {c.rng.choice(GRADES)})"
    return f"{grade(c, depth)} {c.rng.choice(['<', '<=', '==', '!='])} {c.rng.choice(GRADES)}"


def reading(c: Context, depth: int) -> str:
    return c.rng.choice(["wide == broad", "late != no", "late == very"])


def guarded(c: Context, depth: int) -> str:
    """A field that may not exist, looked at where it does."""
    path = c.rng.choice([f"{v}.pen" for v in c.of("event")] or ["app"])
    inner = f"{path} <= {day(c, 0)}" if path != "app" else f"app.filed <= {day(c, 0)}"
    return f"({path} != none and {inner})" if c.rng.random() < 0.7 else f"({path} == none or {inner})"


def both(c: Context, depth: int) -> str:
    return f"({yes_no(c, depth)} and {yes_no(c, depth)})"


def either(c: Context, depth: int) -> str:
    return f"({yes_no(c, depth)} or {yes_no(c, depth)})"


def looking(c: Context) -> str:
    """A condition that some element meets, or none does, or two conditions of which one is such."""
    found = quantified(c, c.rng.choice([0, 0, 1]))
    if c.rng.random() < 0.3:
        found = f"(not {found})"
    return f"({found} {c.rng.choice(['and', 'or'])} {yes_no(c, 1)})" if c.rng.random() < 0.4 else found


def negation(c: Context, depth: int) -> str:
    return f"(not {yes_no(c, depth)})"


def chosen(c: Context, depth: int) -> str:
    return f"({yes_no(c, depth)} if {yes_no(c, depth)} else {yes_no(c, depth)})"


def binder(c: Context) -> tuple[str, Context] | None:
    lists = [name for name in ("events", "lines") if name not in c.forbidden]
    if not lists:
        return None
    name, variable = c.rng.choice(lists), c.name()
    element = name.removesuffix("s")
    return f"for {variable} in {name}", replace(c, variables=(*c.variables, (variable, element)))


def bound(c: Context) -> tuple[str, Context]:
    made = binder(c)
    if made is None:
        variable = c.name()
        return f"for {variable} in kind", replace(c, variables=(*c.variables, (variable, "kind")))
    return made


def quantified(c: Context, depth: int) -> str:
    clause, inner = bound(c)
    if c.rng.random() < 0.2:
        second, inner = bound(inner)
        clause = f"{clause} {second}"
    test = f" if {yes_no(inner, depth - 1)}" if c.rng.random() < 0.5 else ""
    return f"{c.rng.choice(['any', 'all'])}({yes_no(inner, depth)} {clause}{test})"


def counted(c: Context, depth: int) -> str:
    made = binder(c)
    if made is None:
        return yes_no(c, depth)
    clause, inner = made
    variable = inner.variables[-1][0]
    test = f" if {yes_no(inner, depth - 1)}" if c.rng.random() < 0.6 else ""
    return f"count({variable} {clause}{test}) {c.rng.choice(['>=', '<', '==', '!='])} {c.rng.choice([1, 2])}"


def called_yes_no(c: Context, depth: int) -> str:
    return call(c, "yes/no") or yes_no(c, depth)


def call(c: Context, type_: str) -> str | None:
    fitting = [(name, parameter) for name, parameter, given in c.definitions if given == type_]
    fitting = [(n, p) for n, p in fitting if p in ("", "grade", "day") or c.of(p)]
    if not fitting:
        return None
    name, parameter = c.rng.choice(fitting)
    match parameter:
        case "":
            return name
        case "grade":
            return f"{name}({grade(c, 0)})"
        case "day":
            return f"{name}({day(c, 0)})"
        case _:
            return f"{c.rng.choice(c.of(parameter))}.{name.partition('.')[2]}"


def day(c: Context, depth: int) -> str:
    options = ["today", *(f"{v}.on" for v in c.of("event"))]
    if depth > 0:
        options += ["plus", "minus", "max", "min", "call", "if", "latest", "date"]
    match c.rng.choice(options):
        case "plus":
            return f"({day(c, depth - 1)} + {c.rng.choice(['one_year', 'days(1)', 'one_month'])})"
        case "minus":
            return f"({day(c, depth - 1)} - {c.rng.choice(['one_year', 'days(1)', 'one_month'])})"
        case "max" | "min" as word if (made := binder(c)) is not None:
            clause, inner = made
            default = f", default={day(c, 0)}" if c.rng.random() < 0.7 else ""
            return f"{word}(({day(inner, 0)} {clause} if {yes_no(inner, depth - 2)}){default})"
        case "latest" if (made := binder(c)) is not None:
            clause, inner = made
            default = f", default={day(c, 0)}" if c.rng.random() < 0.7 else ""
            pair = f"({day(inner, 0)}, {day(inner, 0)})"
            return f"{c.rng.choice(['latest', 'earliest'])}(({pair} {clause} if {yes_no(inner, depth - 2)}){default})"
        case "call":
            return call(c, "day") or "today"
        case "if":
            return f"({day(c, depth - 1)} if {yes_no(c, depth - 2)} else {day(c, depth - 1)})"
        case "date":
            return f"date(year({day(c, depth - 2)}), 2, 29)"
        case "today" | "max" | "min" | "latest":
            return "today"
        case path:
            return path


def kind(c: Context) -> str:
    return c.rng.choice(["fact_kind", *(f"{v}.kind" for v in c.of("event")), *c.of("kind")])


def grade(c: Context, depth: int) -> str:
    options = ["fact_grade", "level", *(f"{v}.grade" for v in c.of("line")), *(n for n, k in c.variables if k == "grade")]
    if depth > 0:
        options += ["call", "if", "highest"]
    match c.rng.choice(options):
        case "call":
            return call(c, "grade") or "fact_grade"
        case "if":
            return f"({grade(c, depth - 1)} if {yes_no(c, depth - 2)} else {c.rng.choice(GRADES)})"
        case "highest" if "lines" not in c.forbidden:
            variable = c.name()
            inner = replace(c, variables=(*c.variables, (variable, "line")))
            test = yes_no(inner, depth - 2)
            return f"highest(((rank({variable}.grade), {variable}.grade) for {variable} in lines if {test}), default=C)"
        case "highest":
            return "fact_grade"
        case path:
            return path


def random_pack(seed: int, *, in_fragment: bool = False, lists: bool = False) -> Pack:
    """A pack of a handful of definitions, each with a few rules, some overriding others."""
    rng = random.Random(seed)
    c = Context(rng, lists=lists)
    texts = [
        define("rank", "number", rule("d", "g == D", "1"), rule("c", "g == C", "2"), otherwise="3", parameters={"g": "grade"}),
        define("ok", "yes/no", rule("r", yes_no(Context(rng, (("g", "grade"),)), 1).replace("level", "fact_grade"), "True"),
               otherwise="g != fact_grade", parameters={"g": "grade"}),
    ]  # fmt: skip
    c = replace(c, definitions=(("rank", "grade", "number"),))
    for number in range(rng.randint(3, 6)):
        type_ = rng.choice(["yes/no", "grade", "day", "yes/no"])
        parameter = rng.choice(["", "", "grade", "day", "event", "line"])
        name = f"{parameter}.d{number}" if parameter in ("event", "line") else f"d{number}"
        inner = c
        parameters: dict[str, str] = {}
        if parameter in ("event", "line"):
            blocked = frozenset({"events", "lines"} if in_fragment else set())
            inner = replace(c, variables=((parameter, parameter),), forbidden=blocked)
            inner = replace(
                inner, definitions=tuple(d for d in c.definitions if not in_fragment or d[1] == parameter or d[0] == "rank")
            )
        elif parameter:
            parameters = {"g" if parameter == "grade" else "t": parameter}
            inner = replace(c, variables=((next(iter(parameters)), parameter),))
        texts.append(random_definition(inner, name, type_, parameters))
        c = replace(c, definitions=(*c.definitions, (name, parameter, type_)))
    return tiny_pack(
        facts={"today": "day", "fact_kind": "kind", "fact_grade": "grade", "app or none": {"filed": "day"}},
        collections={
            "events": ("event", {"on": "day", "kind": "kind", "pen": "day or none"}),
            "lines": ("line", {"grade": "grade"}),
        },
        enumerations={"kind": "x y", "grade": "D C B"},
        unordered=("kind",),
        parameters={"one_year": Period(years=1), "one_month": Period(months=1)},
        readings={"wide": "narrow broad", "late": "no a_bit very"},
        discretions={"level": ("grade", "ok(level)")},
        definitions=texts,
        assumptions={"events-differ": ("a.on != b.on or a.kind != b.kind", {"a": "events", "b": "events"})},
        apart=("events-differ",),
        horizon=(FIRST, LAST),
    )


def random_definition(c: Context, name: str, type_: str, parameters: Mapping[str, str]) -> Any:
    make = {
        "yes/no": lambda: c.rng.choice(["True", "False", yes_no(c, 1)]),
        "grade": lambda: grade(c, 1),
        "day": lambda: day(c, 1),
    }[type_]
    names = [f"r{n}" for n in range(c.rng.randint(1, 3) + c.lists)]
    rules = []
    for index, each in enumerate(names):
        overrides = [other for other in names[:index] if c.rng.random() < 0.4]
        rules.append(rule(each, looking(c) if c.lists else yes_no(c, 2), make(), overrides))
    otherwise = make() if c.rng.random() < 0.7 else None
    return define(name, type_, *rules, otherwise=otherwise, parameters=parameters)


def value_of(rng: random.Random, pack: Pack, type_: Type) -> Any:
    return rng.choice(domain(pack, type_))


def domain(pack: Pack, type_: Type) -> list[Any]:
    """Every value a scalar fact can have."""
    values: list[Any] = list(pack.enumerations[type_.base].names) if type_.base in pack.enumerations else list(DAYS)
    return [*values, *([NONE] if type_.special else [])]


def random_case(seed: int, pack: Pack, *, unknown: float, most: int = 2) -> Case:
    """A case in which each fact is unknown with this probability."""
    rng = random.Random(seed)

    def scalar(spec: FactSpec) -> Any:
        return UNKNOWN if rng.random() < unknown or spec.type is None else value_of(rng, pack, spec.type)

    facts: dict[str, Any] = {}
    for name, spec in pack.facts.items():
        if spec.type is not None:
            facts[name] = scalar(spec)
        elif rng.random() < unknown:
            facts[name] = UNKNOWN
        else:
            facts[name] = NONE if rng.random() < 0.4 else {part.name: scalar(part) for part in spec.record}
    for name, collection in pack.collections.items():
        elements = tuple({part.name: scalar(part) for part in collection.fields} for _ in range(rng.randint(0, most)))
        complete = rng.random() >= unknown
        labels = tuple(f"{name}[{i}]" for i in range(len(elements)))
        facts[name] = Listing(elements, complete, labels=labels)
    return Case(Text("", ""), pack.name, facts, {}, {}, None)


def completions(pack: Pack, case: Case, most_more: int) -> Iterator[dict[str, Any]]:
    """Every way of filling in what the case leaves out, lists with others growing by up to `most_more` elements."""
    names = [*pack.facts, *pack.collections]
    for filled in itertools.product(*(list(_fillings(pack, case, name, most_more)) for name in names)):
        yield dict(zip(names, filled, strict=True))


def _fillings(pack: Pack, case: Case, name: str, most_more: int) -> Iterator[Any]:
    value = case.facts[name]
    if name in pack.collections:
        yield from _listings(pack, pack.collections[name].fields, value, most_more)
    elif (spec := pack.facts[name]).type is not None:
        yield from domain(pack, spec.type) if value is UNKNOWN else [value]
    elif value is NONE:
        yield NONE
    else:
        yield from [NONE] if value is UNKNOWN else []
        yield from _entries(pack, spec.record, {} if value is UNKNOWN else value)


def _entries(pack: Pack, specs: tuple[FactSpec, ...], entry: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    spaces = []
    for spec in specs:
        value = entry.get(spec.name, UNKNOWN)
        spaces.append(domain(pack, spec.type or Type("day")) if value is UNKNOWN else [value])
    for filled in itertools.product(*spaces):
        yield dict(zip((spec.name for spec in specs), filled, strict=True))


def _listings(pack: Pack, specs: tuple[FactSpec, ...], listing: Listing, most_more: int) -> Iterator[Listing]:
    known = [list(_entries(pack, specs, element)) for element in listing.elements]
    new = list(_entries(pack, specs, {}))
    for more in range(0 if listing.complete else most_more, -1, -1):
        for elements in itertools.product(*known):
            for added in itertools.combinations_with_replacement(new, more):
                yield Listing((*elements, *added), complete=True)
