"""The file of an amendment: edits as they are written, before there is a pack to apply them to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import assert_never

from zhunsheng.errors import InputError, Place
from zhunsheng.lang.amendment import Act, Kind
from zhunsheng.lang.types import Text
from zhunsheng.lang.typing import Source
from zhunsheng.read import words
from zhunsheng.read.articles import reference
from zhunsheng.read.identity import format_version
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Mapping, Node, Scalar, kind_of
from zhunsheng.read.overlay import LISTS
from zhunsheng.read.strict_yaml import read_tree
from zhunsheng.read.text import decode, read_bytes
from zhunsheng.read.words import Report

OWNED = (Kind.RULE, Kind.DEFINITION, Kind.DUTY, Kind.VALUE, Kind.PROVISION)
"""Kinds that are added to something that `to:` names."""
LABELS = {Kind.DEFINITION: "define", Kind.DUTY: "duty", Kind.RULE: "rule", Kind.VALUE: "value"} | {
    kind: key for kind, (_, key) in LISTS.items()
}
"""The key that names an object of each kind in the files of a pack."""


@dataclass(frozen=True)
class Draft:
    """An edit as its file has it. `content` is what is put there; `was` and `fingerprint` what its author found there."""

    act: Act
    kind: Kind
    name: str
    owner: str = ""
    content: Node | None = None
    before: str = ""
    was: Node | None = None
    fingerprint: str = ""
    becomes: str = ""
    governs: Source | None = None
    at: Place = field(default=Place(""), compare=False)

    @property
    def object(self) -> tuple[Kind, str]:
        return self.kind, self.name


@dataclass(frozen=True)
class Drafted:
    """An amendment before it is applied."""

    name: str
    against: tuple[str, Place]
    digest: tuple[str, Place] | None
    says: Text
    source: Text
    in_force_from: date
    issued_on: date | None
    renames: dict[str, str]
    edits: tuple[Draft, ...]
    at: Place


def drafted(path: Path, report: Report) -> Drafted:
    try:
        root = read_tree(decode(read_bytes(path), str(path)), str(path))
    except InputError as error:
        report.add_all(error.problems)
        return Drafted("", ("", Place("")), None, words.NO_TEXT, words.NO_TEXT, words.NO_DAY, None, {}, (), Place(str(path)))
    keys = Keys(root, "an amendment", report)
    format_version(keys)
    name = keys.label("amendment", "the name of an amendment")
    against = (keys.string("against"), keys.place_of("against"))
    digest = (keys.string("digest"), keys.place_of("digest")) if keys.has("digest") else None
    says, source = keys.sentence("says"), keys.sentence("source")
    in_force = keys.day("in_force_from")
    published = keys.day("issued_on") if keys.has("issued_on") else None
    renames = _renames(keys)
    edits = tuple(draft for node in keys.items("edits", "edits", required=True) if (draft := _draft(node, report)) is not None)
    if keys.has("edits") and not keys.items("edits", "edits") and keys.usable:
        report.add(keys.place_of("edits"), "this amendment edits nothing", "write at least one edit")
    keys.close()
    return Drafted(name, against, digest, says, source, in_force, published, renames, edits, keys.place_of("amendment"))


def _renames(keys: Keys) -> dict[str, str]:
    node = keys.maybe("renames")
    if node is None:
        return {}
    if not isinstance(node, Mapping):
        keys.report.add(node.place, f"`renames:` holds `old: new` lines, not {kind_of(node)}", "write below it `old: new`")
        return {}
    return {key.text: words.string(value, keys.report, "the new name") for key, value in node.entries}


def _draft(node: Node, report: Report) -> Draft | None:
    keys = Keys(node, "an edit", report)
    acts = [act for act in Act if keys.has(act.value)]
    if len(acts) != 1:
        if keys.usable:
            here = " and ".join(f"`{act.value}:`" for act in acts) or "none of them"
            report.add(keys.place, f"an edit has one of {', '.join(f'`{act.value}:`' for act in Act)}; here is {here}",
                       "write each edit as an item of its own")  # fmt: skip
        return None
    before = len(report.problems)
    draft = _one_of(acts[0], keys, report)
    keys.close()
    return draft if len(report.problems) == before else None


def _one_of(act: Act, keys: Keys, report: Report) -> Draft:
    at = keys.place_of(act.value)
    was, fingerprint = keys.maybe("was") if act is not Act.ADD else None, ""
    if act is not Act.ADD:
        fingerprint = keys.string("fingerprint", "")
    governs = keys.maybe_expression("governs")
    match act:
        case Act.SET:
            return Draft(act, Kind.PARAMETER, keys.string("set"), content=keys.need("to"), was=was,
                         fingerprint=fingerprint, governs=governs, at=at)  # fmt: skip
        case Act.FIX:
            return Draft(act, Kind.READING, keys.string("fix"), content=keys.need("to"), was=was,
                         fingerprint=fingerprint, governs=governs, at=at)  # fmt: skip
        case Act.RESTATE:
            keys.need("says"), keys.maybe("qualifiers")
            return Draft(act, Kind.PROVISION, keys.string("restate"), content=keys.node, was=was,
                         fingerprint=fingerprint, governs=governs, at=at)  # fmt: skip
        case Act.REPLACE:
            kind = _kind(keys, act)
            return Draft(act, kind, keys.string("name"), content=keys.need("with"), was=was,
                         fingerprint=fingerprint, governs=governs, at=at)  # fmt: skip
        case Act.REPEAL:
            kind = _kind(keys, act)
            becomes = keys.string("becomes", "") if kind is Kind.VALUE else ""
            return Draft(act, kind, keys.string("name"), was=was, fingerprint=fingerprint, becomes=becomes,
                         governs=governs, at=at)  # fmt: skip
        case Act.ADD:
            return _addition(_kind(keys, act), keys, governs, at, report)
        case _:
            assert_never(act)


def _addition(kind: Kind, keys: Keys, governs: Source | None, at: Place, report: Report) -> Draft:
    wanted = kind in OWNED or kind is Kind.OTHERWISE
    owner = keys.string("to") if wanted else keys.string("to", "")
    content = keys.need("with")
    name = _name_of(kind, owner, content, report)
    return Draft(Act.ADD, kind, name, owner, content, keys.string("before", ""), governs=governs, at=at)


def _name_of(kind: Kind, owner: str, content: Node | None, report: Report) -> str:
    """The name of what is added, from its own content."""
    if content is None:
        return ""
    match kind:
        case Kind.OTHERWISE:
            return owner
        case Kind.ANSWER:
            return words.string(content, report, "the name of a definition")
        case Kind.PROVISION:
            return reference(Keys(content, "a provision", report))
        case _:
            keys = Keys(content, f"a {kind.value.replace('_', ' ')}", report)
            node = keys.need(LABELS[kind])
            own = node.text.strip() if isinstance(node, Scalar) else ""
            if kind in (Kind.RULE, Kind.VALUE):
                return f"{owner}/{own}"
            return f"{owner}.{own}" if kind is Kind.FACT and owner else own


def _kind(keys: Keys, act: Act) -> Kind:
    known = [kind.value for kind in Kind if not (act is Act.REPLACE and kind is Kind.ANSWER)]
    return Kind(keys.one_of(act.value, known, "kind of object", known[0]))
