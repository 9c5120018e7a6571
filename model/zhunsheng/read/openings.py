"""parameters.yaml and readings.yaml: numbers, open questions, discretions, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhunsheng.errors import Place
from zhunsheng.lang.pack import Note, Option, ParameterSpec, ReadingSpec
from zhunsheng.lang.scope import nearest
from zhunsheng.lang.types import DAY, NUMBER, PERIOD, Enumeration, EnumValue, Text, Type
from zhunsheng.lang.typing import Source
from zhunsheng.read import words
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Node
from zhunsheng.read.vocabulary import NO_TYPE, Vocabulary, read_type, read_value
from zhunsheng.read.words import Report


@dataclass(frozen=True)
class DiscretionDraft:
    name: str
    type: Type
    title: Text
    provision: str
    who: tuple[str, Place]
    criterion: Text | None
    lawful: Source | None
    otherwise: Source | None
    at: Place


Provisions = list[tuple[str, Place]]
"""Provisions referred to, each with the place that refers to it."""


def _new(keys: Keys, key: str, wanted: str, known: dict[str, Place], report: Report, expression: bool = True) -> str:
    """A name that is not taken yet."""
    name = keys.identifier(key, wanted, value=key == "reading") if expression else keys.label(key, wanted)
    if name in known:
        report.add(keys.place, f"{name!r} is declared twice (first at line {known[name].line})", "delete one of them")
    known[name] = keys.place
    return name


def _provision(keys: Keys, referred: Provisions) -> str:
    provision = keys.string("provision", wanted="the provision in quotes")
    if provision:
        referred.append((provision, keys.place_of("provision")))
    return provision


def _provisions(keys: Keys, referred: Provisions) -> tuple[str, ...]:
    found = []
    for node in keys.items("provisions", "provisions in quotes", required=True):
        found.append(words.string(node, keys.report, "the provision in quotes"))
        referred.append((found[-1], node.place))
    return tuple(found)


def _findings(keys: Keys, recorded: dict[str, Place], report: Report) -> tuple[str, ...]:
    """The keys of findings recorded here. A finding has one owner in the whole pack."""
    found = []
    for node in keys.items("findings", "keys of findings"):
        key = words.string(node, report, "the key of a finding")
        if key in recorded:
            what = f"the finding {key!r} is recorded twice (first at {recorded[key]})"
            report.add(node.place, what, "keep it where it belongs")
        elif key:
            recorded[key] = node.place
            found.append(key)
    return tuple(found)


def read_parameters(
    nodes: Sequence[Node], vocabulary: Vocabulary, referred: Provisions, report: Report
) -> dict[str, ParameterSpec]:
    found: dict[str, ParameterSpec] = {}
    places: dict[str, Place] = {}
    for node in nodes:
        keys = Keys(node, "a parameter", report)
        name = _new(keys, "parameter", "the name of a parameter", places, report)
        type_words = keys.one_of("type", ("period", "number", "day"), "type of a parameter", "number")
        type_ = {"period": PERIOD, "number": NUMBER, "day": DAY}[type_words]
        title, provision = keys.sentence("title"), _provision(keys, referred)
        since, source = keys.day("since"), keys.need("source")
        where = words.sentence_or_string(source, report) if source is not None else words.NO_TEXT
        value = keys.need("value")
        read = read_value(value, type_, vocabulary, report, name) if value is not None else None
        keys.close()
        found[name] = ParameterSpec(
            name, type_, 0 if read is None else read, title, provision, since, where, keys.place
        )
    return found


def read_readings(
    nodes: Sequence[Node], referred: Provisions, recorded: dict[str, Place], report: Report
) -> dict[str, ReadingSpec]:
    """The open questions. `recorded` collects the findings recorded in the pack."""
    found: dict[str, ReadingSpec] = {}
    places: dict[str, Place] = {}
    for node in nodes:
        keys = Keys(node, "a reading", report)
        name = _new(keys, "reading", "the name of a reading", places, report)
        provisions, entries = _provisions(keys, referred), keys.strings("entries", "labels")
        question, default = keys.sentence("question"), keys.string("default")
        options = _options(keys, report)
        known = [option.name for option in options]
        if default and default not in (*known, "none"):
            hint = nearest(default, known) or f"options: {', '.join(known)}; `none` if none may be preferred"
            report.add(keys.place_of("default"), f"{default!r} is no option of {name!r}", hint)
        case, findings = keys.string("case", ""), _findings(keys, recorded, report)
        keys.close()
        found[name] = ReadingSpec(
            name, provisions, entries, question, default if default in known else None, options, case, findings, keys.place
        )
    return found


def _options(keys: Keys, report: Report) -> tuple[Option, ...]:
    found: dict[str, Option] = {}
    for node in keys.items("options", "options", required=True):
        own = Keys(node, "an option", report)
        name = own.identifier("option", "the name of an option", value=True)
        if name in found:
            report.add(own.place_of("option"), f"the option {name!r} stands here twice")
        found[name] = Option(name, own.sentence("says"), own.maybe_sentence("argument") or words.NO_TEXT)
        own.close()
    if keys.usable and keys.has("options") and len(keys.items("options", "options")) < 2:
        report.add(
            keys.place_of("options"), "a reading has at least two options", "settle it in a note if there is only one"
        )
    return tuple(found.values())


def reading_enumeration(reading: ReadingSpec) -> Enumeration:
    """A reading's options as a type, named `reading <name>`."""
    values = tuple(EnumValue(option.name, option.name, option.says) for option in reading.options)
    return Enumeration(f"reading {reading.name}", values, False, reading.provisions[0] if reading.provisions else "")


def read_discretions(
    nodes: Sequence[Node], vocabulary: Vocabulary, referred: Provisions, report: Report
) -> dict[str, DiscretionDraft]:
    found: dict[str, DiscretionDraft] = {}
    places: dict[str, Place] = {}
    for node in nodes:
        keys = Keys(node, "a discretion", report)
        name = _new(keys, "discretion", "the name of a discretion", places, report)
        provision = _provision(keys, referred)
        type_ = read_type(keys.string("type"), keys.place_of("type"), vocabulary, report)
        if type_ == NO_TYPE:
            report.broken.add(name)
        elif type_.keyed_by or not (type_.base == "yes/no" or type_.base in vocabulary.enumerations):
            report.add(
                keys.place_of("type"), f"an authority chooses among values, not {type_}", "use an enumeration or yes/no"
            )
            report.broken.add(name)
            type_ = NO_TYPE
        title, criterion = keys.sentence("title"), keys.maybe_sentence("criterion")
        who = (keys.string("who"), keys.place_of("who"))
        found[name] = DiscretionDraft(
            name,
            type_,
            title,
            provision,
            who,
            criterion,
            keys.expression("lawful"),
            keys.maybe_expression("otherwise"),
            keys.place,
        )
        keys.close()
    return found


def read_notes(
    notes: Sequence[Node], not_modelled: Sequence[Node], referred: Provisions, recorded: dict[str, Place], report: Report
) -> dict[str, Note]:
    """What is settled in writing (`note`) and what the pack leaves out (`not_modelled`). `recorded` as for readings."""
    found: dict[str, Note] = {}
    places: dict[str, Place] = {}
    for kind, nodes in (("note", notes), ("not_modelled", not_modelled)):
        for node in nodes:
            keys = Keys(node, "a note", report)
            name = _new(keys, kind, "the name of a note", places, report, expression=False)
            entries, provisions = keys.strings("entries", "labels"), _provisions(keys, referred)
            question, settled = keys.sentence("question"), keys.sentence("settled")
            findings = _findings(keys, recorded, report)
            found[name] = Note(name, kind, entries, provisions, question, settled, findings, keys.place)
            keys.close()
    return found
