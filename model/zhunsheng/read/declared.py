"""The trees of a pack -> all that it declares: names, types, sentences, and expressions not yet read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zhunsheng.errors import Place
from zhunsheng.lang.pack import Calendar, Definition, Note, ParameterSpec, ReadingSpec, Term
from zhunsheng.lang.scope import Scope, Signature, nearest
from zhunsheng.lang.types import Text
from zhunsheng.read import checks, timeline
from zhunsheng.read.articles import Articles, read_chapter
from zhunsheng.read.calendars import read_calendars
from zhunsheng.read.enumerations import Enumerations, attribute_definitions, read_enumerations, read_specials
from zhunsheng.read.facts import AssumptionDraft, Facts, element_names, read_assumptions, read_facts
from zhunsheng.read.identity import Identity, format_version, read_identity
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Node
from zhunsheng.read.openings import (
    DiscretionDraft,
    Provisions,
    read_discretions,
    read_notes,
    read_parameters,
    read_readings,
    reading_enumeration,
)
from zhunsheng.read.steps import StepDraft, read_steps
from zhunsheng.read.typist import signatures
from zhunsheng.read.vocabulary import Vocabulary
from zhunsheng.read.words import Report

SECTIONS: dict[str, tuple[str, ...]] = {
    "facts.yaml": ("special_values", "enumerations", "facts", "assumptions"),
    "parameters.yaml": ("parameters",),
    "readings.yaml": ("readings", "discretions", "notes", "not_modelled"),
    "glossary.yaml": ("terms",),
    "timeline.yaml": timeline.SECTION,
    "steps.yaml": ("steps",),
}
"""The lists each file may hold. Any other file beside them holds enumerations."""
Sections = Mapping[str, tuple[Node, ...]]


@dataclass(frozen=True)
class Declared:
    identity: Identity
    specials: Mapping[str, tuple[str, Text]]
    enumerations: Enumerations
    vocabulary: Vocabulary
    facts: Facts
    assumptions: tuple[AssumptionDraft, ...]
    parameters: Mapping[str, ParameterSpec]
    readings: Mapping[str, ReadingSpec]
    discretions: Mapping[str, DiscretionDraft]
    notes: Mapping[str, Note]
    calendars: Mapping[str, Calendar]
    articles: Articles
    terms: tuple[Node, ...]
    timeline: Sections
    referred: Provisions
    steps: tuple[StepDraft, ...] = ()


def declare(folder: Path, trees: Mapping[str, Node], report: Report) -> Declared:
    """Everything the files declare. `trees`: path within the folder -> tree, without files that cannot be read."""
    identity = read_identity(trees["pack.yaml"], report)
    lists = _lists(trees, report)
    referred: Provisions = []
    specials = read_specials(lists["special_values"], report)
    enumerations = read_enumerations(lists["enumerations"], specials, report)
    vocabulary = Vocabulary(enumerations.by_name, specials, identity.horizon, element_names(lists["facts"]))
    facts = read_facts(lists["facts"], vocabulary, report)
    assumptions = read_assumptions(lists["assumptions"], facts, report)
    parameters = read_parameters(lists["parameters"], vocabulary, referred, report)
    recorded: dict[str, Place] = {}
    readings = read_readings(lists["readings"], referred, recorded, report)
    discretions = read_discretions(lists["discretions"], vocabulary, referred, report)
    notes = read_notes(lists["notes"], lists["not_modelled"], referred, recorded, report)
    calendars = read_calendars([tree for path, tree in trees.items() if path.startswith("calendar/")], report)
    articles = _articles(folder, trees, identity, report)
    steps = tuple(read_steps(lists["steps"], referred, report))
    referred += [*enumerations.provisions, *facts.provisions, *articles.referred]
    return Declared(
        identity, specials, enumerations, vocabulary, facts, tuple(assumptions), parameters, readings, discretions,
        notes,
        calendars, articles, lists["terms"], {name: lists[name] for name in timeline.SECTION}, referred, steps,
    )  # fmt: skip


def _lists(trees: Mapping[str, Node], report: Report) -> dict[str, tuple[Node, ...]]:
    """Every list of the files beside pack.yaml, joined over the files; keys that belong to no list are refused."""
    found: dict[str, tuple[Node, ...]] = {section: () for sections in SECTIONS.values() for section in sections}
    for path, tree in trees.items():
        if "/" in path or path == "pack.yaml":
            continue
        keys = Keys(tree, path, report)
        format_version(keys)
        for section in SECTIONS.get(path, ("enumerations",)):
            found[section] += keys.items(section, section.replace("_", " "))
        report.incomplete |= keys.close()
    return found


def _articles(folder: Path, trees: Mapping[str, Node], identity: Identity, report: Report) -> Articles:
    found = Articles()
    listed = [f"articles/{name}.yaml" for name, _ in identity.articles]
    for path, (name, place) in zip(listed, identity.articles, strict=True):
        if path in trees:
            read_chapter(trees[path], found, report)
        elif not (folder / path).is_file():
            report.add(place, f"there is no file {path}", f"write it, or take {name} out")
            report.incomplete = True
    for path in trees:
        if path.startswith("articles/") and path not in listed and listed:
            place = Place(str(folder / path))
            report.add(place, "this file is not listed under `articles:` in pack.yaml", "list it there, or delete it")
            report.incomplete = True
    return found


def scope_of(declared: Declared, report: Report) -> tuple[Scope, list[Definition]]:
    """The vocabulary of the pack's expressions, and the definitions that attributes of enumerations stand for."""
    attributes = attribute_definitions(declared.enumerations.attributes, declared.vocabulary, report)
    owners = {spec.element: name for name, spec in declared.facts.collections.items()}
    signed = {definition.name: Signature(definition.parameters, definition.type) for definition in attributes}
    signed |= signatures(declared.articles.definitions.values(), owners, declared.vocabulary, report)
    options = {reading.type.base: reading_enumeration(reading) for reading in declared.readings.values()}
    scope = Scope(
        enumerations={**declared.enumerations.by_name, **options},
        specials=frozenset(declared.specials),
        facts=declared.facts.facts,
        collections=declared.facts.collections,
        parameters={name: spec.type for name, spec in declared.parameters.items()},
        readings={name: spec.type for name, spec in declared.readings.items()},
        discretions={name: draft.type for name, draft in declared.discretions.items()},
        definitions=signed,
        calendars=tuple(declared.calendars),
    )
    return scope, attributes


def check_names(declared: Declared, scope: Scope, report: Report) -> None:
    """Names stand once, and every name referred to exists."""
    articles, facts, identity = declared.articles, declared.facts, declared.identity
    checks.names_stand_once(
        [
            *(
                (name, "a list of facts" if name in facts.collections else "a fact", at)
                for name, at in facts.places.items()
            ),
            *((spec.name, "a parameter", spec.at) for spec in declared.parameters.values()),
            *((spec.name, "a reading", spec.at) for spec in declared.readings.values()),
            *((draft.name, "a discretion", draft.at) for draft in declared.discretions.values()),
            *((draft.name, "a definition", draft.at) for draft in articles.definitions.values()),
        ],
        report,
    )
    checks.parameters_are_new(articles, scope, report)
    checks.definitions_hide_no_field(articles, scope, report)
    checks.provisions_exist(declared.referred, articles, report)
    who = [draft.who for draft in articles.duties.values()] + [draft.who for draft in declared.discretions.values()]
    checks.actors_exist(who, scope, report)
    checks.actors_exist([(stage.who, draft.at) for draft in declared.steps for stage in draft.stages], scope, report)
    checks.overrides_are_sound(articles, report)
    checks.answers_can_be_asked(identity.answers, scope, report)
    checks.reference_days_exist([identity.as_of, *identity.reference_days], scope, report)
    checks.qualifiers_are_covered(articles, _what_covers(declared, scope), report)


def _what_covers(declared: Declared, scope: Scope) -> dict[str, list[str]]:
    """The names a qualifier may be covered by, kind by kind (the kinds of `articles.COVERS`)."""
    drafts = declared.articles.definitions.values()
    return {
        "rule": [f"{draft.name}/{rule.name}" for draft in drafts for rule in draft.rules],
        "definition": list(scope.definitions),
        "reading": list(scope.readings),
        "discretion": list(scope.discretions),
        "parameter": list(scope.parameters),
        "fact": checks.fact_paths(scope),
        "duty": list(declared.articles.duties),
        "note": [note.name for note in declared.notes.values() if note.kind == "note"],
        "not_modelled": [note.name for note in declared.notes.values() if note.kind == "not_modelled"],
        "assumption": [draft.name for draft in declared.assumptions],
        "enumeration": list(declared.enumerations.by_name),
    }


def read_terms(declared: Declared, scope: Scope, report: Report) -> dict[str, Term]:
    """glossary.yaml; its provisions join those that must exist."""
    found: dict[str, Term] = {}
    known = [*scope.names(), *scope.enumerations, *checks.fact_paths(scope)]
    known += [name for enumeration in scope.enumerations.values() for name in enumeration.names]
    for node in declared.terms:
        keys = Keys(node, "a term", report)
        name = keys.label("term", "the name of a term")
        if name in found:
            report.add(keys.place, f"the term {name!r} stands here twice")
        zh, en = keys.string("zh"), keys.string("en")
        provision = keys.string("provision", wanted="the provision in quotes")
        if provision:
            declared.referred.append((provision, keys.place_of("provision")))
        identifier = keys.string("identifier", "") or None
        if identifier and identifier not in known:
            report.add(keys.place_of("identifier"), f"the pack declares no {identifier!r}", nearest(identifier, known))
        keys.close()
        found[name] = Term(name, zh, en, provision, identifier)
    return found
