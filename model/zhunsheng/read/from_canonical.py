"""Canonical JSON -> the `Pack` it says. The inverse of `canonical`, checked by writing the pack out again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.pack import (
    Assumption,
    Calendar,
    CalendarYear,
    Chapter,
    CollectionSpec,
    Definition,
    DiscretionSpec,
    Duty,
    FactSpec,
    Note,
    Option,
    Pack,
    ParameterSpec,
    Provision,
    Qualifier,
    ReadingSpec,
    Review,
    Rule,
    Stage,
    Step,
    Term,
)
from zhunsheng.lang.scope import Scope, Signature
from zhunsheng.lang.timeline import EventSpec, RowSpec, TimelineSpec, WindowSpec
from zhunsheng.lang.types import DAY, PERIOD, YES_NO, Enumeration, EnumValue, Period, Text, Type, Value, special
from zhunsheng.lang.typing import NOTHING, Known, Reader, Refused, plain_source, ruled_out
from zhunsheng.read.canonical import digest_of, pack_data
from zhunsheng.read.openings import reading_enumeration
from zhunsheng.read.steps import element_type, set_type, step_scope
from zhunsheng.read.text import LARGEST
from zhunsheng.read.vocabulary import Vocabulary, canonical, read_type
from zhunsheng.read.words import Report

Data = Mapping[str, Any]
T = TypeVar("T")


def read_canonical(text: str, file: str = "pack.json") -> Pack:
    """The pack a canonical text says. InputError where it is not the canonical form of a pack."""
    try:
        if len(text) > 4 * LARGEST:
            raise ValueError("the text is too long")
        pack = _pack(json.loads(text))
        if canonical(pack_data(pack)) != text:
            raise ValueError("it is not what this program writes for the pack it says")
    except Refused as refused:
        raise InputError([refused.problem]) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError([Problem(Place(file), f"this is not a pack in canonical form: {error}")]) from None
    fields = {name: getattr(pack, name) for name in pack.__dataclass_fields__}
    return Pack(**{**fields, "digest": digest_of(text), "canonical": text})


def _pack(data: Data) -> Pack:
    specials = {item["name"]: (item["written"], _text(item["title"])) for item in data["specials"]}
    enumerations = _named(data, "enumerations", _enumeration)
    elements = frozenset(item["element"] for item in data.get("collections", ()))
    vocabulary = Vocabulary(enumerations, specials, elements=elements)
    facts = _named(data, "facts", lambda item: _fact(item, vocabulary))
    collections = _named(data, "collections", lambda item: _collection(item, vocabulary))
    parameters = _named(data, "parameters", lambda item: _parameter(item, vocabulary))
    readings = _named(data, "readings", _reading)
    signatures = {item["name"]: _signature(item, vocabulary) for item in data.get("definitions", ())}
    choices = {item["name"]: _type(item["type"], vocabulary) for item in data.get("discretions", ())}
    calendars = _named(data, "calendars", _calendar)
    scope = Scope(
        {**enumerations, **{reading.type.base: reading_enumeration(reading) for reading in readings.values()}},
        frozenset(specials), facts, collections, {name: spec.type for name, spec in parameters.items()},
        {name: spec.type for name, spec in readings.items()}, choices, signatures, tuple(calendars),
    )  # fmt: skip
    return Pack(
        name=data["pack"], version=data["version"], title=_text(data["title"]), authority=_text(data["authority"]),
        in_force=(_day(data["in_force"]["from"]), _maybe_day(data["in_force"]["to"])),
        horizon=(_day(data["horizon"]["from"]), _day(data["horizon"]["to"])), as_of=data["as_of"],
        reference_days=_strings(data, "reference_days"), answers=_strings(data, "answers"),
        cautions=tuple(_text(item) for item in data.get("cautions", ())), enumerations=scope.enumerations,
        specials=specials,
        facts=facts, collections=collections,
        assumptions=tuple(_assumption(item, scope) for item in data.get("assumptions", ())), parameters=parameters,
        readings=readings, discretions=_named(data, "discretions", lambda item: _discretion(item, scope, choices)),
        notes=_named(data, "notes", _note),
        definitions=_named(data, "definitions", lambda item: _definition(item, scope)),
        duties=_named(data, "duties", lambda item: _duty(item, scope)),
        chapters=tuple(Chapter(item["number"], _text(item["title"])) for item in data.get("chapters", ())),
        provisions={item["ref"]: _provision(item) for item in data.get("provisions", ())}, calendars=calendars,
        terms=_named(data, "terms", lambda t: Term(t["name"], t["zh"], t["en"], t["provision"], t.get("identifier"))),
        digest="", timeline=_timeline(data.get("timeline", {})),
        steps=_named(data, "steps", lambda item: _step(item, scope)),
    )  # fmt: skip


def _named(data: Data, key: str, read: Callable[[Data], T]) -> dict[str, T]:
    return {item["name"]: read(item) for item in data.get(key, ())}


def _strings(data: Data, key: str) -> tuple[str, ...]:
    return tuple(data.get(key, ()))


def _text(data: Data) -> Text:
    return Text(data["zh"], data["en"])


def _maybe_text(data: Data, key: str) -> Text | None:
    return _text(data[key]) if key in data else None


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _maybe_day(text: str) -> date | None:
    return None if text == "none" else _day(text)


def _type(words: str, vocabulary: Vocabulary) -> Type:
    report = Report()
    type_ = read_type(words, Place("pack.json"), vocabulary, report, elements=True)
    report.stop_if_any()
    return type_


def _expr(text: str, scope: Scope, expected: Type, known: Known = NOTHING) -> Expr:
    return Reader(scope).read(plain_source(text, "pack.json"), expected, known)


def _maybe_expr(data: Data, key: str, scope: Scope, expected: Type, known: Known = NOTHING) -> Expr | None:
    return _expr(data[key], scope, expected, known) if key in data else None


def _value(data: Any, type_: Type, specials: Mapping[str, Any]) -> Value:
    """A value from its canonical form, by its type."""
    if isinstance(data, str) and data in type_.special and data in specials:
        return special(data)
    if type_.base == "yes/no":
        return {"true": True, "false": False}[data]
    if type_.base == DAY.base:
        return _day(data)
    if type_.base == PERIOD.base:
        return Period(**data)
    result: Value = data
    return result


def _maybe_value(data: Data, key: str, type_: Type | None, vocabulary: Vocabulary) -> Value | None:
    return _value(data[key], type_, vocabulary.specials) if key in data and type_ is not None else None


def _enumeration(data: Data) -> Enumeration:
    values = tuple(
        EnumValue(
            item["name"], item["written"], _text(item["title"]), _strings(item, "also"), "answer_only" in item,
            _maybe_text(item, "source"),
        )
        for item in data["values"]
    )  # fmt: skip
    return Enumeration(data["name"], values, "ordered" in data, data.get("provision", ""))


def _fact(data: Data, vocabulary: Vocabulary) -> FactSpec:
    type_ = _type(data["type"], vocabulary) if "type" in data else None
    return FactSpec(
        data["name"], type_, tuple(_fact(item, vocabulary) for item in data.get("record", ())), "may_be_none" in data,
        _maybe_text(data, "ask"), _maybe_text(data, "title"), data["changed_by"],
        _maybe_value(data, "left_out", type_, vocabulary), _strings(data, "among"), data.get("least"),
        data.get("greatest"),
        _maybe_value(data, "plain", type_, vocabulary), "inert" in data, data.get("provision", ""),
        tuple((key, fact) for key, fact in data.get("record_form", ())),
    )  # fmt: skip


def _collection(data: Data, vocabulary: Vocabulary) -> CollectionSpec:
    split = (data["split"]["field"], data["split"]["from"]) if "split" in data else None
    return CollectionSpec(
        data["name"], data["element"], tuple(_fact(item, vocabulary) for item in data["fields"]), data.get("key"),
        "single" in data, data.get("happens_on"), split, _maybe_text(data, "ask"), _maybe_text(data, "title"),
        data["changed_by"], data.get("provision", ""),
    )  # fmt: skip


def _assumption(data: Data, scope: Scope) -> Assumption:
    each = tuple((variable, collection) for variable, collection in data.get("each", ()))
    for variable, collection in each:
        scope = scope.bind(variable, Type(scope.collections[collection].element))
    that = _expr(data["that"], scope, YES_NO)
    return Assumption(data["name"], _text(data["says"]), data.get("provision", ""), each, "apart" in data, that)


def _parameter(data: Data, vocabulary: Vocabulary) -> ParameterSpec:
    type_ = _type(data["type"], vocabulary)
    value = _value(data["value"], type_, vocabulary.specials)
    return ParameterSpec(
        data["name"], type_, value, _text(data["title"]), data["provision"], _day(data["since"]), _text(data["source"])
    )


def _reading(data: Data) -> ReadingSpec:
    options = tuple(
        Option(o["name"], _text(o["says"]), _maybe_text(o, "argument") or Text("", "")) for o in data["options"]
    )
    return ReadingSpec(
        data["name"], _strings(data, "provisions"), _strings(data, "entries"), _text(data["question"]),
        data.get("default"),
        options, data.get("case", ""), _strings(data, "findings"),
    )  # fmt: skip


def _discretion(data: Data, scope: Scope, types: Mapping[str, Type]) -> DiscretionSpec:
    type_ = types[data["name"]]
    return DiscretionSpec(
        data["name"], type_, _text(data["title"]), data["provision"], data["who"], _maybe_text(data, "criterion"),
        _expr(data["lawful"], scope, YES_NO), _maybe_expr(data, "otherwise", scope, type_),
    )  # fmt: skip


def _note(data: Data) -> Note:
    return Note(
        data["name"], data["kind"], _strings(data, "entries"), _strings(data, "provisions"), _text(data["question"]),
        _text(data["settled"]), _strings(data, "findings"),
    )  # fmt: skip


def _signature(data: Data, vocabulary: Vocabulary) -> Signature:
    parameters = tuple((name, _type(words, vocabulary)) for name, words in data.get("parameters", ()))
    return Signature(parameters, _type(data["type"], vocabulary))


def _definition(data: Data, scope: Scope) -> Definition:
    signature = scope.definitions[data["name"]]
    for name, type_ in signature.parameters:
        scope = scope.bind(name, type_)
    rules = []
    for item in data.get("rules", ()):
        when = _expr(item["when"], scope, YES_NO)
        value = _expr(item["value"], scope, signature.type, ruled_out(when, True))
        rules.append(
            Rule(
                item["name"],
                when,
                value,
                item.get("provision", ""),
                _strings(item, "overrides"),
                _maybe_text(item, "says"),
            )
        )
    return Definition(
        data["name"], signature.parameters, signature.type, tuple(rules),
        _maybe_expr(data, "otherwise", scope, signature.type),
        data.get("provision", ""), _maybe_text(data, "title"), data.get("better", "none"),
    )  # fmt: skip


def _duty(data: Data, scope: Scope) -> Duty:
    when = _expr(data["when"], scope, YES_NO)
    by = _maybe_expr(data, "by", scope, Type("day", scope.specials), ruled_out(when, True))
    return Duty(
        data["name"], data["who"], _text(data["what"]), data["provision"], when, by, _maybe_text(data, "no_deadline")
    )  # fmt: skip


def _step(data: Data, scope: Scope) -> Step:
    stages = tuple(
        Stage(item["name"], _text(item["title"]), item["who"], item.get("provision", "")) for item in data.get("stages", ())
    )
    sets = {path: _expr(text, scope, set_type(scope, path)) for path, text in data.get("sets", ())}
    inner = step_scope(scope, stages)
    element = {name: _expr(text, inner, element_type(scope, data["adds"], name)) for name, text in data.get("element", ())}
    return Step(
        data["name"], _text(data["title"]), data["who"], data.get("provision", ""), data["acted"], _strings(data, "chooses"),
        sets, _expr(data["allowed"], scope, YES_NO), _maybe_expr(data, "only_if", scope, YES_NO), stages, data["adds"], element,
    )  # fmt: skip


def _provision(data: Data) -> Provision:
    qualifiers = tuple(
        Qualifier(item["word"], tuple((kind, name) for kind, name in item.get("covered_by", ())))
        for item in data.get("qualifiers", ())
    )
    review = data.get("reviewed")
    return Provision(
        data["ref"], data["chapter"], _text(data["says"]), qualifiers, _strings(data, "definitions"),
        _strings(data, "duties"),
        _maybe_text(data, "not_computed"),
        Review(review["by"], _day(review["on"]), review["fingerprint"]) if review else None,
        data["fingerprint"],
    )  # fmt: skip


def _calendar(data: Data) -> Calendar:
    years = {
        item["year"]: CalendarYear(
            item["year"], frozenset(map(_day, item["off"])), frozenset(map(_day, item["work"])), _text(item["source"])
        )
        for item in data["years"]
    }
    return Calendar(data["name"], _text(data["title"]), years)


def _timeline(data: Data) -> TimelineSpec:
    rows = tuple(RowSpec(item["name"], _maybe_text(item, "title")) for item in data.get("rows", ()))
    windows = tuple(
        WindowSpec(
            item["name"], item["of"], item["from"], item["to"], _text(item["title"]), item.get("label", ""),
            item.get("provision", ""),
        )
        for item in data.get("windows", ())
    )  # fmt: skip
    events = tuple(
        EventSpec(
            item["name"], item["of"], item["on"], _text(item["title"]), item.get("label", ""), item.get("provision", "")
        )
        for item in data.get("events", ())
    )
    return TimelineSpec(rows, windows, events)
