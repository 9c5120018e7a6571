"""articles/*.yaml: the restated provisions, and the definitions, rules and duties under them, not yet typed."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from zhunsheng.errors import Place
from zhunsheng.lang.pack import Chapter, Qualifier, Review
from zhunsheng.lang.types import Text
from zhunsheng.lang.typing import Source
from zhunsheng.read import words
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Mapping, Node, Scalar, kind_of
from zhunsheng.read.words import Report

COVERS = (
    "rule", "definition", "reading", "discretion", "parameter", "fact", "duty", "note", "not_modelled", "assumption",
    "enumeration",
)  # fmt: skip
BETTER = ("none", "lower", "higher", "true", "false", "earlier", "later")
LEVELS = ("item", "point", "subpoint", "paragraph")


@dataclass(frozen=True)
class RuleDraft:
    name: str
    when: Source | None
    value: Source | None
    overrides: tuple[tuple[str, Place], ...]
    provision: str
    says: Text | None
    at: Place


@dataclass(frozen=True)
class DefinitionDraft:
    """`element`: the element's name, for one that belongs to an element. `parameters`: (name, type in words, place)."""

    name: str
    element: str | None
    parameters: tuple[tuple[str, str, Place], ...]
    type_words: str
    type_at: Place
    rules: tuple[RuleDraft, ...]
    otherwise: Source | None
    provision: str
    title: Text | None
    better: str
    at: Place


@dataclass(frozen=True)
class DutyDraft:
    name: str
    who: tuple[str, Place]
    what: Text
    provision: str
    when: Source | None
    by: Source | None
    no_deadline: Text | None
    at: Place


@dataclass(frozen=True)
class ProvisionDraft:
    ref: str
    chapter: int
    says: Text
    qualifiers: tuple[Qualifier, ...]
    covered: tuple[tuple[str, str, Place], ...]
    definitions: tuple[str, ...]
    duties: tuple[str, ...]
    not_computed: Text | None
    reviewed: Review | None
    at: Place


@dataclass
class Articles:
    chapters: list[Chapter] = field(default_factory=list)
    provisions: dict[str, ProvisionDraft] = field(default_factory=dict)
    definitions: dict[str, DefinitionDraft] = field(default_factory=dict)
    duties: dict[str, DutyDraft] = field(default_factory=dict)
    referred: list[tuple[str, Place]] = field(default_factory=list)


def read_chapter(root: Node, found: Articles, report: Report) -> None:
    """One file of articles/."""
    keys = Keys(root, "a file of articles", report)
    keys.maybe("format")
    chapter = Chapter(keys.integer("chapter"), keys.sentence("title"))
    if any(chapter.number == other.number for other in found.chapters):
        report.add(keys.place_of("chapter"), f"there are two files for chapter {chapter.number}")
    found.chapters.append(chapter)
    for node in keys.items("provisions", "provisions", required=True):
        _provision(node, chapter.number, found, report)
    keys.close()


def reference(keys: Keys) -> str:
    """`19(5)`, `14(1)1(2)`, `16(1).2`: the levels in the order in which the file names them."""
    parts = [str(keys.integer("article"))]
    given = [key.text for key, _ in keys.node.entries] if isinstance(keys.node, Mapping) else []
    for level in LEVELS:
        keys.maybe(level)
    for level in (key for key in given if key in LEVELS):
        number = keys.integer(level)
        parts.append(
            {"item": f"({number})", "point": f"{number}", "subpoint": f"({number})", "paragraph": f".{number}"}[level]
        )
    return "".join(parts)


def _provision(node: Node, chapter: int, found: Articles, report: Report) -> None:
    keys = Keys(node, "a provision", report)
    ref = reference(keys)
    if ref in found.provisions:
        report.add(keys.place, f"the provision {ref} stands here twice (first at line {found.provisions[ref].at.line})")
    says = keys.sentence("says")
    qualifiers, covered = _qualifiers(keys, report)
    definitions = [_definition(item, ref, found, report) for item in keys.items("definitions", "definitions")]
    duties = [_duty(item, ref, found, report) for item in keys.items("duties", "duties")]
    not_computed = keys.maybe_sentence("not_computed")
    if not (definitions or duties or keys.has("not_computed")):
        report.add(
            keys.place, f"the provision {ref} has no definition, no duty and no `not_computed:`",
            "encode it, or say under `not_computed:` why nothing is computed here",
        )  # fmt: skip
    found.provisions[ref] = ProvisionDraft(
        ref,
        chapter,
        says,
        qualifiers,
        covered,
        tuple(definitions),
        tuple(duties),
        not_computed,
        _reviewed(keys, report),
        keys.place,
    )
    keys.close()


def _reviewed(keys: Keys, report: Report) -> Review | None:
    node = keys.maybe("reviewed")
    if node is None:
        return None
    own = Keys(node, "a review", report)
    review = Review(own.string("by"), own.day("on"), own.string("fingerprint"))
    own.close()
    return review


def _qualifiers(keys: Keys, report: Report) -> tuple[tuple[Qualifier, ...], tuple[tuple[str, str, Place], ...]]:
    qualifiers, covered = [], []
    for node in keys.items("qualifiers", "qualifiers"):
        own = Keys(node, "a qualifier", report)
        word = own.string("word")
        by = _covered_by(own, report)
        own.close()
        qualifiers.append(Qualifier(word, tuple((kind, name) for kind, name, _ in by)))
        covered.extend(by)
    return tuple(qualifiers), tuple(covered)


def _covered_by(keys: Keys, report: Report) -> list[tuple[str, str, Place]]:
    """One mapping of kinds to names, or a list of such."""
    node = keys.need("covered_by")
    if node is None:
        return []
    found: list[tuple[str, str, Place]] = []
    for part in (node,) if isinstance(node, Mapping | Scalar) else node.items:
        if not isinstance(part, Mapping):
            report.add(
                part.place,
                f"a qualifier is covered by something named, not {kind_of(part)}",
                "write `{rule: definition/rule}` or the like",
            )
            continue
        for kind, value in part.entries:
            if kind.text not in COVERS:
                report.add(kind.place, f"a qualifier cannot be covered by {kind.text!r}", f"known: {', '.join(COVERS)}")
                continue
            names = (value,) if isinstance(value, Scalar) else words.items(value, report, "names")
            found.extend((kind.text, words.string(name, report, "a name"), name.place) for name in names)
    return found


def _definition(node: Node, ref: str, found: Articles, report: Report) -> str:
    keys = Keys(node, "a definition", report)
    name, element = _definition_name(keys, report)
    parameters = _parameters(keys, report)
    title, type_words = keys.maybe_sentence("title"), keys.string("type")
    better = keys.one_of("better", BETTER, "order of outcomes", "none")
    rules = _rules(keys, ref, found, report)
    otherwise = keys.maybe_expression("otherwise")
    keys.close()
    if not rules and otherwise is None and keys.usable:
        report.add(keys.place, f"the definition {name!r} has no rules and no `otherwise:`")
    draft = DefinitionDraft(
        name, element, parameters, type_words, keys.place_of("type"), rules, otherwise, ref, title, better, keys.place
    )
    if name in found.definitions:
        report.add(
            keys.place, f"{name!r} is defined twice (first at {found.definitions[name].at})", "delete one of them"
        )
    found.definitions.setdefault(name, draft)
    return name


def _definition_name(keys: Keys, report: Report) -> tuple[str, str | None]:
    node = keys.need("define")
    if not isinstance(node, Scalar) or "." not in node.text:
        return ("" if node is None else words.identifier(node, report, "the name of a definition")), None
    element, _, own = node.text.partition(".")
    if not own.isidentifier() or keyword.iskeyword(own):
        report.add(node.place, f"{node.text!r} cannot be the name of a definition", "write `element.name`")
    return node.text, element


def _parameters(keys: Keys, report: Report) -> tuple[tuple[str, str, Place], ...]:
    found: list[tuple[str, str, Place]] = []
    for node in keys.items("parameters", "parameters"):
        own = Keys(node, "a parameter of a definition", report)
        name, type_words = own.identifier("name", "the name of a parameter"), own.string("type")
        own.close()
        if name in [other for other, _, _ in found]:
            report.add(own.place, f"the parameter {name!r} stands here twice")
        found.append((name, type_words, own.place))
    return tuple(found)


def _rules(keys: Keys, ref: str, found: Articles, report: Report) -> tuple[RuleDraft, ...]:
    drafts: dict[str, RuleDraft] = {}
    for node in keys.items("rules", "rules"):
        own = Keys(node, "a rule", report)
        name = own.label("rule", "the name of a rule")
        if name in drafts:
            report.add(own.place, f"the rule {name!r} stands here twice (first at line {drafts[name].at.line})")
        overrides = tuple(
            (words.string(item, report, "a rule's name"), item.place)
            for item in own.items("overrides", "names of rules")
        )
        provision = own.string("provision", "", "the provision in quotes")
        if provision:
            found.referred.append((provision, own.place_of("provision")))
        drafts[name] = RuleDraft(
            name,
            own.expression("when"),
            own.expression("value"),
            overrides,
            provision or ref,
            own.maybe_sentence("says"),
            own.place,
        )
        own.close()
    return tuple(drafts.values())


def _duty(node: Node, ref: str, found: Articles, report: Report) -> str:
    keys = Keys(node, "a duty", report)
    name = keys.label("duty", "the name of a duty")
    if name in found.duties:
        report.add(keys.place, f"the duty {name!r} stands in the pack twice (first at {found.duties[name].at})")
    provision = keys.string("provision", "", "the provision in quotes")
    if provision:
        found.referred.append((provision, keys.place_of("provision")))
    who = (keys.string("who"), keys.place_of("who"))
    what, when, by = keys.sentence("what"), keys.expression("when"), keys.maybe_expression("by")
    no_deadline = keys.maybe_sentence("no_deadline")
    if keys.usable and keys.has("by") == keys.has("no_deadline"):
        both = "both `by:` and `no_deadline:`" if keys.has("by") else "neither `by:` nor `no_deadline:`"
        report.add(keys.place, f"the duty {name!r} has {both}", "write one: the day, or why the provision sets none")
    found.duties[name] = DutyDraft(name, who, what, provision or ref, when, by, no_deadline, keys.place)
    keys.close()
    return name


def citable(refs: Iterable[str]) -> set[str]:
    """Each of these provisions and every larger one it is part of: `14(1)1` gives `14(1)1`, `14(1)` and `14`."""
    found: set[str] = set()
    for ref in refs:
        parts = re.findall(r"^\d+|\(\d+\)|\.\d+|\d+", ref)
        found.update("".join(parts[:end]) for end in range(1, len(parts) + 1))
    return found
