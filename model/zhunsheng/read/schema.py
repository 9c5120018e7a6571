"""Pack -> JSON Schema (2020-12) of its case files, for editors and other programs.

It describes the file as JSON or YAML data, with days as strings; titles are the pack's questions. What it refuses is
refused by `parse_case` too, but not the other way round (a misspelt path of an element, days outside the horizon, names
that stand twice).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from zhunsheng.lang.pack import CollectionSpec, Definition, FactSpec, Pack
from zhunsheng.lang.types import DAY, YES_NO, Enumeration, Text, Type
from zhunsheng.read.expect import FIRM, STATUSES
from zhunsheng.read.typist import due
from zhunsheng.read.vocabulary import TRUTHS, spellings

Schema = dict[str, Any]
UNKNOWN: Schema = {"const": "unknown", "title": "未知 / nobody has told us"}
NONE: Schema = {"const": "none", "title": "无 / there is none"}
DAY_SCHEMA: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
NAMES: Schema = {"type": "array", "items": {"type": "string"}}


def case_schema(pack: Pack) -> Schema:
    """The schema of case files and scenarios for this pack."""
    text = _one_of([{"type": "string"}, _object({"zh": {"type": "string"}, "en": {"type": "string"}}, ["zh", "en"])])
    readings, discretion, expect = _ref("readings"), _ref("discretion"), _ref("expect")
    facts = _facts(pack)
    facts |= {spec.name: _collection(spec) for spec in pack.collections.values()}
    variation = {
        "title": text, "set": {"type": "object"}, "readings": readings, "discretion": discretion,
        "known_until": DAY_SCHEMA,
        "expect": expect, "provisions": NAMES, "entries": NAMES,
    }  # fmt: skip
    case = {
        "format": {"const": 1}, "pack": {"const": pack.name}, "title": text, "facts": _object(facts),
        "readings": readings,
        "discretion": discretion, "known_until": DAY_SCHEMA, "expect": expect, "provisions": NAMES, "entries": NAMES,
        "also": {"type": "array", "items": _object(variation, ["expect"])},
    }  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{pack.title.zh} / {pack.title.en}",
        "description": f"case files of the pack {pack.name} {pack.version}, digest {pack.digest}",
        **_object(case, ["pack", "facts"]),
        "$defs": _definitions(pack),
    }


def _object(properties: Schema, required: Iterable[str] = ()) -> Schema:
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    needed = list(required)
    return {**schema, "required": needed} if needed else schema


def _one_of(schemas: Iterable[Schema]) -> Schema:
    return {"anyOf": list(schemas)}


def _titled(schema: Schema, title: Text | None, provision: str = "") -> Schema:
    titled = dict(schema) if title is None else {"title": f"{title.zh} / {title.en}", **schema}
    return {**titled, "description": f"provision {provision}"} if provision else titled


# -- shared parts


def _definitions(pack: Pack) -> Schema:
    """What a case and its variations both hold; enumerations as facts may state them and as answers may give them."""
    found: Schema = {
        "readings": _object({name: _reading(pack, name) for name in pack.readings}),
        "discretion": _object({name: _choice(pack, name) for name in pack.discretions}),
        "expect": _expect(pack),
    }
    for enumeration in pack.enumerations.values():
        if not enumeration.name.startswith("reading "):
            found[f"fact-{enumeration.name}"] = _enumeration(enumeration, answers=False)
            found[f"answer-{enumeration.name}"] = _enumeration(enumeration, answers=True)
    for spec in pack.collections.values():
        found[f"element-{spec.name}"] = _element(spec)
    for name, (written, title) in pack.specials.items():
        found[f"special-{name}"] = _titled({"enum": list(dict.fromkeys((written, name)))}, title)
    for definition in pack.definitions.values():
        found[_wanted_name(definition.type)] = _wanted(definition.type)
    return found


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{quote(name)}"}


def _wanted_name(type_: Type) -> str:
    """`wanted-day-or-none`: what may be expected of an answer of this type."""
    return "wanted-" + re.sub(r"\W+", "-", str(type_))


def _enumeration(enumeration: Enumeration, answers: bool) -> Schema:
    """One branch for each value, with every way of writing it."""
    values = [value for value in enumeration.values if answers or not value.answer_only]
    branches = [_titled({"enum": list(spellings(value))}, value.title) for value in values]
    if answers:
        branches.append({"type": "object", "title": "并列 / several labels of one rank"})
    return _one_of(branches)


def _value(type_: Type, kind: str, spec: FactSpec | None = None) -> Schema:
    """A value of a type; `kind` is `fact` or `answer`."""
    specials = [_ref(f"special-{name}") for name in sorted(type_.special)]
    match type_.base:
        case "yes/no":
            plain: Schema = _one_of([{"type": "boolean"}, {"enum": [word for word in TRUTHS if not word.isascii()]}])
        case "number":
            plain = {"type": "integer"}
            if spec is not None and spec.least is not None:
                plain["minimum"] = spec.least
            if spec is not None and spec.greatest is not None:
                plain["maximum"] = spec.greatest
        case "day":
            plain = DAY_SCHEMA
        case "text":
            plain = {"type": "string", "minLength": 1, "maxLength": 1000}
        case _:
            plain = _ref(f"{kind}-{type_.base}")
    return _one_of([plain, *specials]) if specials else plain


def _stated(schemas: Iterable[Schema]) -> Schema:
    """A fact: as it is, unknown, or wrapped with its source."""
    plain = [*schemas, UNKNOWN]
    wrapped = _object(
        {"value": _one_of(plain), "source": {"type": "string"}, "stated_by": {"type": "string"}}, ["value"]
    )
    return _one_of([*plain, wrapped])


# -- facts


def _facts(pack: Pack) -> Schema:
    """Every fact that is no list; one that has a long form, in either."""
    alone = {spec.name: _fact(spec) for spec in pack.facts.values()}
    forms = {
        spec.name: _object({key: alone[fact] for key, fact in spec.record_form},
                           [key for key, fact in spec.record_form if fact == spec.name])
        for spec in pack.facts.values() if spec.record_form
    }  # fmt: skip
    return {name: _one_of([schema, forms[name]]) if name in forms else schema for name, schema in alone.items()}


def _fact(spec: FactSpec) -> Schema:
    if spec.type is None:
        branches = [_object({field.name: _fact(field) for field in spec.record})]
        return _titled(_stated([*branches, NONE] if spec.may_be_none else branches), spec.ask, spec.provision)
    if spec.type.keyed_by:
        return _titled(_stated([_table(spec, spec.type)]), spec.ask, spec.provision)
    return _titled(_stated([_value(spec.type, "fact", spec)]), spec.ask, spec.provision)


def _table(spec: FactSpec, type_: Type) -> Schema:
    entry = _stated([_value(Type(type_.base, type_.special), "fact", spec)])
    return {"type": "object", "propertyNames": _ref(f"fact-{type_.keyed_by}"), "additionalProperties": entry}


def _element(spec: CollectionSpec) -> Schema:
    fields = {field.name: _fact(field) for field in spec.fields}
    if spec.split is not None:
        fields[spec.split[1]] = _stated([NAMES, {"type": "string"}])
    return _object(fields)


def _collection(spec: CollectionSpec) -> Schema:
    element = _ref(f"element-{spec.name}")
    elements = {"type": "array", "items": _stated([element])}
    known = [elements, element, NONE] if spec.single else [elements]
    partly = _object({"known": _one_of(known), "others": {"enum": ["unknown", "none"]}}, ["known", "others"])
    return _titled(_stated([*known, partly]), spec.ask, spec.provision)


# -- readings, choices, expectations


def _reading(pack: Pack, name: str) -> Schema:
    spec = pack.readings[name]
    return _titled(_one_of(_titled({"const": option.name}, option.says) for option in spec.options), spec.question)


def _choice(pack: Pack, name: str) -> Schema:
    spec = pack.discretions[name]
    value = _value(spec.type, "fact")
    reasoned = _object({"choose": value, "by": {"type": "string"}, "reason": {"type": "string"}}, ["choose"])
    return _titled(_one_of([value, reasoned]), spec.title, spec.provision)


def _expect(pack: Pack) -> Schema:
    schema = _object({})
    patterns: Schema = {}
    for definition in pack.definitions.values():
        if definition.name.startswith("duty "):
            continue
        wanted = _titled(_ref(_wanted_name(definition.type)), definition.title)
        if not definition.parameters:
            schema["properties"][definition.name] = wanted
        elif len(definition.parameters) == 1:
            patterns[_pattern(pack, definition)] = wanted
    if pack.duties:
        patterns |= _duties(pack)
    return {**schema, "patternProperties": patterns}


def _duties(pack: Pack) -> Schema:
    names = "|".join(re.escape(name) for name in pack.duties)
    owed = _ref(_wanted_name(YES_NO))
    by = _one_of(
        _ref(name) for name in sorted({_wanted_name(pack.definitions[due(name)].type) for name in pack.duties})
    )
    return {
        rf"^duties\[({names})\]$": _one_of([_object({"owed": owed, "by": by}), owed]),
        rf"^duties\[({names})\]\.owed$": owed,
        rf"^duties\[({names})\]\.by$": by,
    }


def _pattern(pack: Pack, definition: Definition) -> str:
    """The keys of answers that a definition with one parameter gives."""
    element, _, rest = definition.name.partition(".")
    collection = pack.element_of(element)
    if rest and collection is not None:
        which = r"(\[.*\])?" if collection.single else r"\[.*\]"
        return rf"^{re.escape(collection.name)}{which}\.{re.escape(rest)}$"
    brackets = r"\(\d{4}-\d{2}-\d{2}\)" if definition.parameters[0][1] == DAY else r"\[.*\]"
    return rf"^{re.escape(definition.name)}{brackets}$"


def _wanted(type_: Type) -> Schema:
    value = _value(type_, "answer")
    failure = _one_of(_object({word: {"const": True}}, [word]) for word in ("gap", "conflict", "no_data"))
    span = _object({"from": value, "to": value}, ["from", "to"])
    outcomes = {"type": "array", "items": _one_of([value, failure, span])}
    symbols = _object({"facts": NAMES, "readings": NAMES, "discretion": NAMES})
    options = {"type": "object", "additionalProperties": {"type": "string"}}
    difference = _object({
        "readings": options, "reading": {"type": "string"}, "option": {"type": "string"},
        "status": {"enum": list(STATUSES)},
        "outcomes": outcomes,
    })  # fmt: skip
    long = _object({
        "status": {"enum": list(STATUSES)}, "outcomes": outcomes, "depends_on": _one_of([NAMES, symbols]),
        "firm": {"enum": list(FIRM)}, "differs_under": {"type": "array", "items": difference},
    })  # fmt: skip
    return _one_of([value, failure, {**long, "minProperties": 1}])
