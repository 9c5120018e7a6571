"""Special values and enumerations, with the attributes of their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhunsheng.errors import Place
from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import Definition, Rule
from zhunsheng.lang.types import NONE, YES_NO, Enumeration, EnumValue, Special, Text, Type, Value
from zhunsheng.read import words
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Node, Scalar
from zhunsheng.read.vocabulary import (
    NO_TYPE,
    NONE_TITLE,
    Vocabulary,
    canonical,
    plain_data,
    read_type,
    read_value,
    spellings,
)
from zhunsheng.read.words import Report

RESERVED_TYPES = frozenset({"yes/no", "number", "day", "period", "text", "table", "record", "reading", "duty"})


@dataclass(frozen=True)
class Attribute:
    """`<enumeration>.<name>`: for each value that gives it, the node of its value and where it comes from."""

    enumeration: str
    name: str
    type_words: str
    title: Text | None
    given: tuple[tuple[str, Node, Text | None], ...]
    provision: str
    at: Place


@dataclass(frozen=True)
class Enumerations:
    """`places`: where each enumeration is declared; `provisions`: what each refers to, with the place."""

    by_name: dict[str, Enumeration]
    attributes: tuple[Attribute, ...]
    places: dict[str, Place]
    provisions: tuple[tuple[str, Place], ...]


def read_specials(nodes: Sequence[Node], report: Report) -> dict[str, tuple[str, Text]]:
    """`special_values:`; `none` is always there."""
    specials: dict[str, tuple[str, Text]] = {"none": ("none", NONE_TITLE)}
    seen: set[str] = set()
    for node in nodes:
        keys = Keys(node, "a special value", report)
        name = keys.identifier("special", "a special value")
        written = keys.string("written", name)
        zh, en = keys.string("zh"), keys.string("en")
        keys.close()
        if name in seen:
            report.add(keys.place, f"the special value {name!r} is declared twice")
        seen.add(name)
        specials[name] = (written, Text(zh, en))
    return specials


def read_enumerations(nodes: Sequence[Node], specials: dict[str, tuple[str, Text]], report: Report) -> Enumerations:
    """Every enumeration of the pack."""
    found: dict[str, Enumeration] = {}
    attributes: list[Attribute] = []
    places: dict[str, Place] = {}
    provisions: list[tuple[str, Place]] = []
    for node in nodes:
        keys = Keys(node, "an enumeration", report)
        name = keys.identifier("enumeration", "the name of an enumeration")
        ordered = keys.truth("ordered", False)
        provision = keys.string("provision", "", "the provision in quotes")
        if provision:
            provisions.append((provision, keys.place_of("provision")))
        declared = [_attribute(item, report) for item in keys.items("attributes", "attributes")]
        values = _values(keys, [attribute for attribute, _, _, _ in declared], specials, report)
        keys.close()
        if name in found or name in RESERVED_TYPES:
            report.add(keys.place, f"{name!r} already names a type", "choose another name")
            report.incomplete = True
            continue
        found[name] = Enumeration(name, tuple(value for value, _ in values), ordered, provision)
        places[name] = keys.place
        for attribute, type_words, title, place in declared:
            given = tuple((value.name, *own[attribute]) for value, own in values if attribute in own)
            attributes.append(Attribute(name, attribute, type_words, title, given, provision, place))
    return Enumerations(found, tuple(attributes), places, tuple(provisions))


def _attribute(node: Node, report: Report) -> tuple[str, str, Text | None, Place]:
    keys = Keys(node, "an attribute", report)
    name = keys.identifier("attribute", "the name of an attribute", field=True)
    type_words = keys.string("type")
    title = keys.maybe_sentence("title")
    keys.close()
    return name, type_words, title, keys.place_of("type")


Own = dict[str, tuple[Node, Text | None]]


def _values(
    keys: Keys, attributes: list[str], specials: dict[str, tuple[str, Text]], report: Report
) -> list[tuple[EnumValue, Own]]:
    values: list[tuple[EnumValue, Own]] = []
    taken: dict[str, Place] = {}
    for node in keys.items("values", "values", required=True):
        value, own = _value(node, attributes, report)
        if value.name in specials:
            report.add(
                node.place,
                f"{value.name!r} is a special value",
                f"write {value.name + '_'!r} with `written: {value.name}`",
            )
        for spelling in spellings(value):
            if spelling == "unknown":
                report.add(node.place, "no value can be written 'unknown': in a case it means that nobody has said")
            elif spelling in taken and spelling:
                report.add(node.place, f"{spelling!r} already stands for the value at line {taken[spelling].line}")
            taken[spelling] = node.place
        values.append((value, own))
    if keys.usable and not values and keys.has("values"):
        report.add(keys.place, "an enumeration has at least one value")
    return values


def _value(node: Node, attributes: list[str], report: Report) -> tuple[EnumValue, Own]:
    keys = Keys(node, "a value", report)
    name = keys.identifier("value", "the name of a value", value=True)
    written = name
    if (form := keys.maybe("written")) is not None:
        written = words.string(form, report) if isinstance(form, Scalar) else canonical(plain_data(form))
    also = keys.strings("also", "other spellings")
    zh, en = keys.string("zh"), keys.string("en")
    source = keys.maybe("source")
    own: Own = {}
    for attribute in attributes:
        given, why = keys.maybe(attribute), keys.maybe(f"{attribute}_source")
        if given is not None:
            own[attribute] = (given, None if why is None else words.sentence_or_string(why, report))
    value = EnumValue(
        name, written, Text(zh, en), also, keys.truth("answer_only", False),
        None if source is None else words.sentence_or_string(source, report),
    )  # fmt: skip
    keys.close()
    return value, own


def attribute_definitions(attributes: Sequence[Attribute], vocabulary: Vocabulary, report: Report) -> list[Definition]:
    """Each attribute as a definition `<enumeration>.<attribute>`: one rule for each value that gives it."""
    return [_definition(attribute, vocabulary, report) for attribute in attributes]


def _definition(attribute: Attribute, vocabulary: Vocabulary, report: Report) -> Definition:
    name = f"{attribute.enumeration}.{attribute.name}"
    of = Type(attribute.enumeration)
    type_ = read_type(attribute.type_words, attribute.at, vocabulary, report)
    rules: list[Rule] = []
    if type_ == NO_TYPE:
        report.broken.add(attribute.name)
    for value_name, node, source in attribute.given if type_ != NO_TYPE else ():
        value = read_value(node, type_, vocabulary, report, f"{attribute.name} of {value_name}", answer=True)
        if value is None:
            continue
        test = e.Compare("==", e.Var(attribute.enumeration, of), e.Literal(value_name, of), YES_NO, node.place)
        rules.append(
            Rule(value_name, test, _literal(value, type_, node.place), attribute.provision, (), source, node.place)
        )
    missing = [
        n for n in vocabulary.enumerations[attribute.enumeration].names if n not in {rule.name for rule in rules}
    ]
    otherwise = e.Literal(NONE, type_, attribute.at) if "none" in type_.special else None
    if otherwise is None and missing and type_ != NO_TYPE:
        report.add(
            attribute.at, f"the values {', '.join(missing)} give no {attribute.name!r}",
            f"give it, or write `type: {attribute.type_words} or none`",
        )  # fmt: skip
    parameters = ((attribute.enumeration, of),)
    return Definition(
        name, parameters, type_, tuple(rules), otherwise, attribute.provision, attribute.title, "none", attribute.at
    )


def _literal(value: Value, type_: Type, at: Place) -> e.Literal:
    return e.Literal(value, type_ if isinstance(value, Special) else type_.plain(), at)
