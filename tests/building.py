"""Small packs for tests, written in a few lines: expressions as text, read by `lang.typing.Reader`.

    poor = define("poor", "yes/no", rule("a-d", "any(x.level == D for x in lines)", "True"), otherwise="False")
    pack = tiny_pack(
        enumerations={"grade": "D C B A"},
        facts={"as_of": "day", "application or none": {"filed_on": "day", "target": "grade"}},
        collections={"lines": ("line", {"name": "text", "level": "grade or none"})},
        definitions=[poor],
    )
    run = Run(pack, {"as_of": date(2025, 1, 1), "application": NONE, "lines": listing({"level": "D"})}, {}, {})
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from zhunsheng.lang.case import Listing
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.pack import (
    Assumption,
    Calendar,
    CalendarYear,
    CollectionSpec,
    Definition,
    DiscretionSpec,
    FactSpec,
    Option,
    Pack,
    ParameterSpec,
    ReadingSpec,
    Rule,
)  # fmt: skip
from zhunsheng.lang.scope import Scope, Signature
from zhunsheng.lang.types import DAY, NUMBER, PERIOD, Enumeration, EnumValue, Period, Text, Type, Value
from zhunsheng.lang.typing import NOTHING, Known, Reader, plain_source, ruled_out

HORIZON = (date(2015, 1, 1), date(2040, 12, 31))
NO_TEXT = Text("", "")
Fields = Mapping[str, str]


@dataclass(frozen=True)
class RuleText:
    name: str
    when: str
    value: str
    overrides: tuple[str, ...]


@dataclass(frozen=True)
class DefinitionText:
    name: str
    type: str
    parameters: Mapping[str, str]
    rules: tuple[RuleText, ...]
    otherwise: str | None


def rule(name: str, when: str, value: str, overrides: Sequence[str] = ()) -> RuleText:
    return RuleText(name, when, value, tuple(overrides))


def define(
    name: str, type_: str, *rules: RuleText, otherwise: str | None = None, parameters: Mapping[str, str] | None = None
) -> DefinitionText:
    """`name` is `line.level` for a definition of an element; then `parameters` are those after the element."""
    return DefinitionText(name, type_, parameters or {}, rules, otherwise)


def tiny_pack(
    *,
    facts: Mapping[str, str | Fields] | None = None,
    collections: Mapping[str, tuple[str, Fields]] | None = None,
    keys: Mapping[str, str] | None = None,
    enumerations: Mapping[str, str] | None = None,
    unordered: Iterable[str] = (),
    specials: Iterable[str] = ("none",),
    parameters: Mapping[str, Value] | None = None,
    readings: Mapping[str, str] | None = None,
    discretions: Mapping[str, tuple[str, ...]] | None = None,
    calendars: Mapping[str, Calendar] | None = None,
    definitions: Iterable[DefinitionText] = (),
    assumptions: Mapping[str, tuple[str, Mapping[str, str]]] | None = None,
    apart: Iterable[str] = (),
    horizon: tuple[date, date] = HORIZON,
) -> Pack:
    """A pack without prose.

    `facts`: name -> type, or `name` / `name or none` -> the fields of a record. `collections`: name -> (element,
    fields). `keys`: collection -> the field that names an element. `enumerations`: name -> values from least to
    greatest, one that only an answer may have marked with `!`; those in `unordered` have no order. `readings`: name ->
    options, the first the default. `discretions`: name -> (type, lawful) or (type, lawful, otherwise). `assumptions`:
    name -> (that, {variable: collection}), each two different elements for those in `apart`.
    """
    empty = Pack(
        name="tiny", version="0", title=NO_TEXT, authority=NO_TEXT, in_force=(HORIZON[0], None), horizon=horizon,
        as_of="as_of", reference_days=(), answers=(), cautions=(),
        enumerations={
            name: _enumeration(name, words, name not in unordered) for name, words in (enumerations or {}).items()
        },
        specials={name: (name, NO_TEXT) for name in specials}, facts={}, collections={}, assumptions=(),
        parameters={name: _parameter(name, value) for name, value in (parameters or {}).items()},
        readings={name: _reading(name, options) for name, options in (readings or {}).items()},
        discretions={}, notes={}, definitions={}, duties={}, chapters=(), provisions={},
        calendars=dict(calendars or {}), terms={}, digest="",
    )  # fmt: skip
    pack = replace(
        empty,
        facts=dict(_fact(name, shape) for name, shape in (facts or {}).items()),
        collections={
            name: CollectionSpec(name, element, _fields(fields), key=(keys or {}).get(name))
            for name, (element, fields) in (collections or {}).items()
        },
    )
    texts = tuple(definitions)
    given = discretions or {}
    scope = replace(
        scope_of(pack),
        discretions={name: type_of(parts[0]) for name, parts in given.items()},
        definitions={text.name: Signature(_parameters(pack, text), type_of(text.type)) for text in texts},
    )
    return replace(
        pack,
        discretions={name: _discretion(scope, name, parts) for name, parts in given.items()},
        definitions={text.name: _definition(scope, text) for text in texts},
        assumptions=tuple(
            _assumption(scope, name, that, each, name in apart) for name, (that, each) in (assumptions or {}).items()
        ),
    )


def scope_of(pack: Pack) -> Scope:
    """What expressions may speak of in this pack."""
    enumerations = dict(pack.enumerations)
    for reading in pack.readings.values():
        values = tuple(EnumValue(option.name, option.name, NO_TEXT) for option in reading.options)
        enumerations[reading.type.base] = Enumeration(reading.type.base, values)
    return Scope(
        enumerations=enumerations, specials=frozenset(pack.specials), facts=pack.facts, collections=pack.collections,
        parameters={name: spec.type for name, spec in pack.parameters.items()},
        readings={name: spec.type for name, spec in pack.readings.items()},
        discretions={name: spec.type for name, spec in pack.discretions.items()},
        definitions={name: Signature(spec.parameters, spec.type) for name, spec in pack.definitions.items()},
        calendars=tuple(pack.calendars),
    )  # fmt: skip


def read(pack: Pack, text: str, type_: str | None = None, variables: Mapping[str, str] | None = None) -> Expr:
    """An expression of this pack, with free variables of these types."""
    scope = replace(scope_of(pack), variables={name: type_of(word) for name, word in (variables or {}).items()})
    return _read(scope, text, type_of(type_) if type_ else None)


def listing(*elements: Mapping[str, Any], labels: Sequence[str] = ()) -> Listing:
    """A complete list."""
    return Listing(elements, complete=True, labels=tuple(labels))


def type_of(text: str) -> Type:
    """`day or none`, `table of grade or none by indicator`."""
    if text.startswith("table of "):
        entries, _, keyed_by = text.removeprefix("table of ").partition(" by ")
        return replace(type_of(entries), keyed_by=keyed_by)
    base, *special = text.split(" or ")
    return Type(base, frozenset(special))


def calendar(name: str, off: Iterable[date], work: Iterable[date], years: Iterable[int]) -> Calendar:
    """A table of working days for these years."""
    off, work = frozenset(off), frozenset(work)

    def one(year: int) -> CalendarYear:
        free, worked = (frozenset(day for day in days if day.year == year) for days in (off, work))
        return CalendarYear(year, free, worked, NO_TEXT)

    return Calendar(name, NO_TEXT, {year: one(year) for year in years})


def _enumeration(name: str, words: str, ordered: bool) -> Enumeration:
    values = tuple(
        EnumValue(word.rstrip("!"), word.rstrip("!"), NO_TEXT, answer_only=word.endswith("!")) for word in words.split()
    )
    return Enumeration(name, values, ordered=ordered)


def _parameter(name: str, value: Value) -> ParameterSpec:
    type_ = PERIOD if isinstance(value, Period) else DAY if isinstance(value, date) else NUMBER
    return ParameterSpec(name, type_, value, NO_TEXT, "", HORIZON[0], NO_TEXT)


def _reading(name: str, options: str) -> ReadingSpec:
    each = tuple(Option(word, NO_TEXT, NO_TEXT) for word in options.split())
    return ReadingSpec(name, (), (), NO_TEXT, each[0].name, each, "")


def _fact(name: str, shape: str | Fields) -> tuple[str, FactSpec]:
    if isinstance(shape, str):
        return name, FactSpec(name, type_of(shape))
    plain = name.removesuffix(" or none")
    return plain, FactSpec(plain, None, record=_fields(shape), may_be_none=plain != name)


def _fields(fields: Fields) -> tuple[FactSpec, ...]:
    return tuple(FactSpec(name, type_of(text)) for name, text in fields.items())


def _parameters(pack: Pack, text: DefinitionText) -> tuple[tuple[str, Type], ...]:
    element = text.name.partition(".")[0]
    own = ((element, Type(element)),) if pack.element_of(element) and "." in text.name else ()
    return (*own, *((name, type_of(word)) for name, word in text.parameters.items()))


def _definition(scope: Scope, text: DefinitionText) -> Definition:
    signature = scope.definitions[text.name]
    inner = replace(scope, variables=dict(signature.parameters))
    rules = []
    for part in text.rules:
        when = _read(inner, part.when, Type("yes/no"))
        value = _read(inner, part.value, signature.type, ruled_out(when, True))
        rules.append(Rule(part.name, when, value, "", part.overrides))
    otherwise = _read(inner, text.otherwise, signature.type) if text.otherwise is not None else None
    return Definition(text.name, signature.parameters, signature.type, tuple(rules), otherwise, "")


def _discretion(scope: Scope, name: str, parts: Sequence[str]) -> DiscretionSpec:
    type_ = type_of(parts[0])
    otherwise = _read(scope, parts[2], type_) if len(parts) > 2 else None
    return DiscretionSpec(name, type_, NO_TEXT, "", "", None, _read(scope, parts[1], Type("yes/no")), otherwise)


def _assumption(scope: Scope, name: str, that: str, each: Mapping[str, str], apart: bool) -> Assumption:
    variables = {var: Type(scope.collections[collection].element) for var, collection in each.items()}
    inner = replace(scope, variables=variables)
    return Assumption(name, NO_TEXT, "", tuple(each.items()), apart, _read(inner, that, Type("yes/no")))


def _read(scope: Scope, text: str, type_: Type | None, known: Known = NOTHING) -> Expr:
    return Reader(scope).read(plain_source(text), type_, known)
