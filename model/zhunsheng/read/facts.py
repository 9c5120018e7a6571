"""facts.yaml: facts, records and collections, and the assumptions about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhunsheng.errors import Place
from zhunsheng.lang.pack import CollectionSpec, FactSpec
from zhunsheng.lang.scope import nearest
from zhunsheng.lang.types import DAY, NUMBER, TEXT, Text, Type, Value
from zhunsheng.lang.typing import Source
from zhunsheng.read import words
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Mapping, Node, Scalar, kind_of
from zhunsheng.read.vocabulary import NO_TYPE, Vocabulary, read_type, read_value
from zhunsheng.read.words import Report

WHO = ("nobody", "enterprise", "authority")
RESERVED_FIELDS = ("known", "others", "value")
"""Keys that a case file gives a meaning of their own wherever a fact may stand."""


@dataclass
class Facts:
    """What facts.yaml declares, with the place of each name and each provision referred to."""

    facts: dict[str, FactSpec] = field(default_factory=dict)
    collections: dict[str, CollectionSpec] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    provisions: list[tuple[str, Place]] = field(default_factory=list)


@dataclass(frozen=True)
class AssumptionDraft:
    name: str
    says: Text
    provision: str
    each: tuple[tuple[str, str], ...]
    apart: bool
    that: Source | None
    at: Place


def element_names(nodes: Sequence[Node]) -> frozenset[str]:
    """The names of elements, needed before any type is read."""
    found = [node.get("list") for node in nodes if isinstance(node, Mapping)]
    return frozenset(node.text for node in found if isinstance(node, Scalar))


def read_facts(nodes: Sequence[Node], vocabulary: Vocabulary, report: Report) -> Facts:
    found = Facts()
    for node in nodes:
        keys = Keys(node, "a fact", report)
        name = keys.identifier("fact", "the name of a fact")
        place = keys.place_of("fact")
        if name in found.places:
            report.add(place, f"the fact {name!r} is declared twice (first at line {found.places[name].line})")
            continue
        found.places[name] = place
        if keys.has("list"):
            found.collections[name] = _collection(keys, name, vocabulary, found, report)
        else:
            found.facts[name] = _fact(keys, name, vocabulary, found, report, record_allowed=True)
        keys.close()
    _elements_apart(found, vocabulary, report)
    _record_forms(found, report)
    return found


def _elements_apart(found: Facts, vocabulary: Vocabulary, report: Report) -> None:
    owners: dict[str, str] = {}
    for name, spec in found.collections.items():
        if spec.element in owners or spec.element in vocabulary.enumerations or spec.element in found.places:
            report.add(
                found.places[name],
                f"the element name {spec.element!r} is already taken",
                "choose another under `list:`",
            )
        owners[spec.element] = name
        if name in vocabulary.enumerations:
            report.add(found.places[name], f"{name!r} names an enumeration already", "choose another name")


def _record_forms(found: Facts, report: Report) -> None:
    """What a fact's `record_form` names are facts of one value, itself among them."""
    single = [name for name, spec in found.facts.items() if spec.type is not None and not spec.type.keyed_by]
    for name, spec in found.facts.items():
        named = [fact for _, fact in spec.record_form]
        for fact in named:
            if fact not in single:
                report.add(found.places[name], f"{fact!r} is no fact of one value", nearest(fact, single))
        if named and name not in named:
            report.add(found.places[name], f"`record_form` of {name!r} has no key for {name!r} itself", f"add `value: {name}`")


def _provision(keys: Keys, found: Facts) -> str:
    provision = keys.string("provision", "", "the provision in quotes")
    if provision:
        found.provisions.append((provision, keys.place_of("provision")))
    return provision


def _fact(
    keys: Keys, name: str, vocabulary: Vocabulary, found: Facts, report: Report, record_allowed: bool
) -> FactSpec:
    ask, title = keys.maybe_sentence("ask"), keys.maybe_sentence("title")
    changed_by = keys.one_of("changed_by", WHO, "one who changes facts", "nobody")
    provision = _provision(keys, found)
    if record_allowed and (keys.has("record") or not keys.has("type")):
        fields = _fields(keys, "record", vocabulary, found, report)
        return FactSpec(
            name, None, fields, keys.truth("may_be_none", False), ask, title, changed_by, provision=provision,
        )  # fmt: skip
    type_ = read_type(keys.string("type"), keys.place_of("type"), vocabulary, report)
    if type_ == NO_TYPE:
        report.broken.add(name)
    among = keys.strings("among", "values")
    least, greatest = keys.maybe_integer("least"), keys.maybe_integer("greatest")
    left_out, plain = keys.maybe("left_out"), keys.maybe("plain")
    inert = keys.truth("inert", False)
    _limits(keys, type_, among, least, greatest, vocabulary, report)
    return FactSpec(
        name, type_, (), False, ask, title, changed_by, _default(left_out, type_, vocabulary, report, name),
        _values_named(among, type_, vocabulary), least, greatest, _default(plain, type_, vocabulary, report, name),
        inert, provision, _record_form(keys, report) if record_allowed else (),
    )  # fmt: skip


def _record_form(keys: Keys, report: Report) -> tuple[tuple[str, str], ...]:
    """The keys of the long way of writing a fact, each with the fact it states."""
    node = keys.maybe("record_form")
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        report.add(node.place, f"`record_form` holds `key: fact` lines, not {kind_of(node)}")
        return ()
    return tuple((key.text, words.string(value, report, "the name of a fact")) for key, value in node.entries)


def _default(node: Node | None, type_: Type, vocabulary: Vocabulary, report: Report, what: str) -> Value | None:
    if node is None or type_ == NO_TYPE or (isinstance(node, Scalar) and node.text == "unknown"):
        return None
    return read_value(node, type_, vocabulary, report, what)


def _limits(
    keys: Keys, type_: Type, among: tuple[str, ...], least: int | None, greatest: int | None, vocabulary: Vocabulary,
    report: Report,
) -> None:  # fmt: skip
    if type_ == NO_TYPE:
        return
    enumeration = vocabulary.enumerations.get(type_.base)
    if among and enumeration is None:
        report.add(keys.place_of("among"), f"`among` limits an enumeration, not {type_}")
    elif enumeration is not None:
        for word in among:
            if word not in enumeration.by_name and word not in {value.written for value in enumeration.values}:
                report.add(
                    keys.place_of("among"),
                    f"{word!r} is no value of {enumeration.name}",
                    nearest(word, enumeration.names),
                )
    for bound, key in ((least, "least"), (greatest, "greatest")):
        if bound is not None and type_.plain() != NUMBER:
            report.add(keys.place_of(key), f"`{key}` limits a number, not {type_}")
    if least is not None and greatest is not None and least > greatest:
        report.add(keys.place_of("greatest"), f"the greatest value, {greatest}, is below the least, {least}")


def _values_named(among: tuple[str, ...], type_: Type, vocabulary: Vocabulary) -> tuple[str, ...]:
    enumeration = vocabulary.enumerations.get(type_.base)
    if enumeration is None:
        return ()
    return tuple(value.name for value in enumeration.values if value.name in among or value.written in among)


def _fields(keys: Keys, key: str, vocabulary: Vocabulary, found: Facts, report: Report) -> tuple[FactSpec, ...]:
    specs: dict[str, FactSpec] = {}
    for node in keys.items(key, "facts", required=True):
        own = Keys(node, "a fact", report)
        name = own.identifier("fact", "the name of a field", field=True)
        if name in specs:
            report.add(own.place_of("fact"), f"the field {name!r} is declared twice")
        if name in RESERVED_FIELDS:
            report.add(
                own.place_of("fact"),
                f"a field cannot be called {name!r}: case files use that word",
                "choose another name",
            )
        specs[name] = _fact(own, name, vocabulary, found, report, record_allowed=False)
        own.close()
    return tuple(specs.values())


def _collection(keys: Keys, name: str, vocabulary: Vocabulary, found: Facts, report: Report) -> CollectionSpec:
    element = keys.identifier("list", "the name of an element")
    fields = _fields(keys, "fields", vocabulary, found, report)
    by_name = {spec.name: spec for spec in fields}
    key = keys.string("key", "") or None
    if key and (key not in by_name or by_name[key].type != TEXT):
        report.add(
            keys.place_of("key"), f"{key!r} is no field of type text of {name!r}", nearest(key, _of_type(by_name, TEXT))
        )
    happens_on = keys.string("happens_on", "") or None
    if happens_on and (happens_on not in by_name or _plain(by_name[happens_on]) != DAY):
        report.add(
            keys.place_of("happens_on"),
            f"{happens_on!r} is no field of {name!r} that is a day",
            nearest(happens_on, _of_type(by_name, DAY)),
        )
    return CollectionSpec(
        name, element, fields, key, keys.truth("single", False), happens_on, _split(keys, by_name, report),
        keys.maybe_sentence("ask"), keys.maybe_sentence("title"),
        keys.one_of("changed_by", WHO, "one who changes facts", "nobody"), _provision(keys, found),
    )  # fmt: skip


def _of_type(fields: dict[str, FactSpec], type_: Type) -> list[str]:
    return [name for name, spec in fields.items() if _plain(spec) == type_]


def _plain(spec: FactSpec) -> Type | None:
    return spec.type.plain() if spec.type else None


def _split(keys: Keys, fields: dict[str, FactSpec], report: Report) -> tuple[str, str] | None:
    node = keys.maybe("split")
    if node is None:
        return None
    own = Keys(node, "a split", report)
    into, key = own.string("field"), own.identifier("from", "a key of case files", field=True)
    own.close()
    if into and (into not in fields or _plain(fields[into]) != TEXT):
        report.add(own.place_of("field"), f"{into!r} is no field of type text", nearest(into, _of_type(fields, TEXT)))
    if key in fields:
        report.add(own.place_of("from"), f"{key!r} is a field already", "choose another key")
    return into, key


def read_assumptions(nodes: Sequence[Node], facts: Facts, report: Report) -> list[AssumptionDraft]:
    drafts: dict[str, AssumptionDraft] = {}
    for node in nodes:
        keys = Keys(node, "an assumption", report)
        name = keys.label("assume", "the name of an assumption")
        if name in drafts:
            report.add(keys.place, f"the assumption {name!r} stands here twice")
        says, provision = keys.sentence("says"), _provision(keys, facts)
        before = len(report.problems)
        each, apart = _binders(keys, facts, report)
        sound = len(report.problems) == before  # else what `that` says about its variables would be told as well
        that = keys.expression("that")
        drafts[name] = AssumptionDraft(name, says, provision, each, apart, that if sound else None, keys.place)
        keys.close()
    return list(drafts.values())


def _binders(keys: Keys, facts: Facts, report: Report) -> tuple[tuple[tuple[str, str], ...], bool]:
    each, pairs = keys.maybe("each"), keys.maybe("pairs")
    if each is not None and pairs is not None:
        report.add(keys.place, "an assumption has `each:` or `pairs:`, not both")
    node = pairs if pairs is not None else each
    if node is None:
        return (), False
    own = Keys(node, "a mapping of variables to lists", report)
    bound: list[tuple[str, str]] = []
    for variable, collection in node.entries if isinstance(node, Mapping) else ():
        name = words.identifier(variable, report, "a variable")
        of = words.string(collection, report, "the name of a list")
        if of not in facts.collections:
            report.add(collection.place, f"{of!r} is no list of facts", nearest(of, facts.collections))
        elif name in facts.places:
            report.add(variable.place, f"{name!r} is a fact already", "choose another variable")
        else:
            bound.append((name, of))
    if pairs is not None and own.usable and (len(bound) != 2 or len({of for _, of in bound}) != 1):
        report.add(pairs.place, "`pairs:` names two elements of one list", "write `pairs: {a: things, b: things}`")
    return tuple(bound), pairs is not None
