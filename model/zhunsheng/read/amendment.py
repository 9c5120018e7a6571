"""Amendments: files of edits, and what they make of a pack.

text -> strict tree -> drafts of edits -> the pack's trees, edited -> typed and checked as any pack -> Amended
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Several
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import assert_never

from zhunsheng.errors import InputError, Place
from zhunsheng.lang import expr as e
from zhunsheng.lang.amendment import Act, Amended, Amendment, Edit, Kind
from zhunsheng.lang.cone import expressions
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.scope import nearest
from zhunsheng.lang.types import DAY, Text, Type
from zhunsheng.lang.typing import Reader, Refused, Source
from zhunsheng.read import overlay, words
from zhunsheng.read.articles import reference
from zhunsheng.read.identity import format_version
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Mapping, Node, Scalar, kind_of
from zhunsheng.read.overlay import LISTS, Spot
from zhunsheng.read.pack import assemble
from zhunsheng.read.questions import pack_scope
from zhunsheng.read.strict_yaml import read_tree
from zhunsheng.read.text import decode, read_bytes
from zhunsheng.read.trees import read_trees
from zhunsheng.read.vocabulary import canonical, plain_data
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


def load_amended(folder: Path | str, paths: Several[Path | str], below: Several[Path | str] = ()) -> Amended:
    """The pack in a folder, and what the amendments of these files make of it, one on top of the other. `below` are amendments
    that belong to the base. InputError with every problem found."""
    folder = Path(folder)
    report = Report()
    trees = read_trees(folder, report)
    report.stop_if_any()
    lower = [_read(Path(path), report) for path in below]
    upper = [_read(Path(path), report) for path in paths]
    report.stop_if_any()
    stack = _Stack(dict(trees), report)
    for drafted in lower:
        stack.apply(drafted)
    base = assemble(folder, stack.trees, Report() if not report.problems else report)
    for drafted in upper:
        stack.apply(drafted, base)
    report.stop_if_any()
    pack = assemble(folder, stack.trees, report)
    amendments = tuple(_typed(drafted, base, pack, report) for drafted in upper)
    report.stop_if_any()
    return Amended(base, pack, amendments)


def fingerprint_of(node: Node) -> str:
    """What names the wording of one object of a pack, as 16 hexadecimal digits."""
    return hashlib.sha256(canonical(plain_data(node)).encode()).hexdigest()[:16]


# -- the file


def _read(path: Path, report: Report) -> Drafted:
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
    draft = _drafted(acts[0], keys, report)
    keys.close()
    return draft if len(report.problems) == before else None


def _drafted(act: Act, keys: Keys, report: Report) -> Draft:
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


# -- applying


@dataclass
class _Stack:
    """The trees, and what has been edited in them so far: each object with the amendment and the place that did it."""

    trees: dict[str, Node]
    report: Report
    done: dict[tuple[Kind, str], tuple[str, Place]] = field(default_factory=dict)

    def apply(self, drafted: Drafted, base: Pack | None = None) -> None:
        if base is not None:
            self._same_base(drafted, base)
        for draft in drafted.edits:
            if not self._clashes(drafted, draft):
                self._one(draft)
            self.done[draft.object] = (drafted.name, draft.at)

    def _same_base(self, drafted: Drafted, base: Pack) -> None:
        named, place = drafted.against
        if named and named != base.name:
            self.report.add(place, f"this amends {named!r}, and it is compared with {base.name!r}", "name the pack with --pack")
        if drafted.digest is not None and drafted.digest[0] != base.digest:
            self.report.add(
                drafted.digest[1], f"the pack has moved on: it is {base.digest} now",
                "look at what changed, then write this digest",
            )  # fmt: skip

    def _clashes(self, drafted: Drafted, draft: Draft) -> bool:
        """Whether another edit has been here, and this one does not say that it knows."""
        for other, (amendment, place) in self.done.items():
            if not _overlap(other, draft.object):
                continue
            what = f"{_called(*draft.object)} is edited here and by {amendment} (at {place})"
            if amendment == drafted.name:
                self.report.add(draft.at, what, "an amendment edits each thing once: join the two")
                return True
            if draft.was is None and not draft.fingerprint:
                self.report.add(
                    draft.at, what,
                    "leave one of them out; or, if this one amends what the other made, say with `was:` or `fingerprint:` what"
                    " it finds",
                )  # fmt: skip
                return True
        return False

    def _one(self, draft: Draft) -> None:
        if draft.act is Act.ADD:
            self._add(draft)
            return
        spot = overlay.find(self.trees, draft.kind, draft.name)
        if spot is None:
            known = overlay.names(self.trees, draft.kind, draft.name.partition("/")[0])
            hint = nearest(draft.name, known) or (f"known: {', '.join(known[:12])}" if known else "")
            self.report.add(draft.at, f"the pack has no {_called(draft.kind, draft.name)}", hint)
        elif self._as_expected(draft, spot):
            self._edit(draft, spot)

    def _edit(self, draft: Draft, spot: Spot) -> None:
        content = draft.content
        match draft.act:
            case Act.SET if content is not None:
                self.trees = overlay.put(self.trees, spot.down("value"), content)
            case Act.FIX if content is not None:
                self._fix(draft, spot, content)
            case Act.RESTATE if isinstance(content, Mapping):
                for key in ("says", "qualifiers"):
                    if (node := content.get(key)) is not None:
                        self.trees = overlay.put(self.trees, spot.down(key), node)
            case Act.REPLACE if content is not None:
                self.trees = overlay.put(self.trees, spot, self._whole(draft, spot, content))
            case Act.REPEAL:
                self.trees = overlay.put(self.trees, spot, None)

    def _whole(self, draft: Draft, spot: Spot, content: Node) -> Node:
        """What replaces an object. A definition may keep the name it has, so that its callers stand."""
        label = LABELS.get(draft.kind)
        if label is not None and isinstance(content, Mapping) and content.get(label) is None:
            old = overlay.node_at(self.trees, spot)
            key = next(entry for entry in old.entries if entry[0].text == label) if isinstance(old, Mapping) else None
            if key is not None:
                return Mapping((key, *content.entries), content.line, content.column, content.flow, content.lines)
        return content

    def _fix(self, draft: Draft, spot: Spot, content: Node) -> None:
        node = overlay.node_at(self.trees, spot.down("options"))
        options = [o for item in getattr(node, "items", ()) if (o := _word(item, "option"))]
        option = words.one_of(content, options, self.report, f"option of {draft.name}") if options else ""
        if option:
            self.trees = overlay.put(self.trees, spot.down("default"), content)

    def _add(self, draft: Draft) -> None:
        if draft.content is None:
            return
        if draft.kind is Kind.OTHERWISE:
            owner = overlay.find(self.trees, Kind.DEFINITION, draft.owner)
            if owner is None:
                self._no_owner(draft)
            elif overlay.find(self.trees, Kind.OTHERWISE, draft.owner) is not None:
                self.report.add(draft.at, f"{draft.owner!r} has an `otherwise:` already", "write `replace: otherwise`")
            else:
                self.trees = overlay.put(self.trees, owner.down("otherwise"), draft.content)
            return
        if draft.name and overlay.find(self.trees, draft.kind, draft.name) is not None:
            what = f"the pack has {_called(draft.kind, draft.name)} already"
            self.report.add(draft.at, what, f"write `replace: {draft.kind.value}` with `name: {draft.name}`")
            return
        spot = overlay.home(self.trees, draft.kind, draft.owner)
        if spot is None:
            self._no_owner(draft)
            return
        if draft.kind is Kind.DEFINITION or draft.kind is Kind.DUTY:
            self.trees = overlay.put(self.trees, spot.above.down("not_computed"), None)
        self.trees = overlay.insert(self.trees, spot, draft.content, self._before(draft, spot))

    def _before(self, draft: Draft, spot: Spot) -> int | None:
        if not draft.before:
            return None
        joined = f"{draft.owner}/{draft.before}" if draft.kind in (Kind.RULE, Kind.VALUE) else draft.before
        found = overlay.find(self.trees, draft.kind, joined)
        if found is None or found.above != spot:
            self.report.add(draft.at, f"there is no {_called(draft.kind, joined)} to stand before", "leave `before:` out")
            return None
        return int(found.steps[-1])

    def _no_owner(self, draft: Draft) -> None:
        owner = {Kind.RULE: Kind.DEFINITION, Kind.OTHERWISE: Kind.DEFINITION, Kind.VALUE: Kind.ENUMERATION,
                 Kind.FACT: Kind.FACT}.get(draft.kind, Kind.PROVISION)  # fmt: skip
        hint = nearest(draft.owner, overlay.names(self.trees, owner))
        what = f"there is no {_called(owner, draft.owner)} to add to"
        if draft.kind is Kind.PROVISION:
            what, hint = f"there is no chapter {draft.owner!r} to add to", "write the chapter's number"
        self.report.add(draft.at, what, hint)

    def _as_expected(self, draft: Draft, spot: Spot) -> bool:
        """Whether what stands there is what the edit expects. Both places are named where it is not."""
        node = overlay.node_at(self.trees, spot)
        found = fingerprint_of(node)
        if draft.fingerprint and draft.fingerprint != found:
            what = f"{_called(*draft.object)} is not what this edit expects: it has moved on (at {node.place})"
            self.report.add(draft.at, what, f"its fingerprint is {found}: look at what changed, then write that")
            return False
        if draft.was is not None and (other := _differs(draft, node)) is not None:
            what = f"{_called(*draft.object)} was not this: it is {canonical(plain_data(other))} (at {other.place})"
            self.report.add(draft.was.place, what, "look at what changed, then write what it is now")
            return False
        return True


def _differs(draft: Draft, node: Node) -> Node | None:
    """The part of what stands there that is not what `was:` says; None where all that it says agrees."""
    was = draft.was
    if draft.act is Act.SET and isinstance(node, Mapping):
        value = node.get("value") or node
        return None if was is not None and _written(was) == _written(value) else value
    if draft.act is Act.FIX and isinstance(node, Mapping):
        node = node.get("default") or node
    if isinstance(was, Mapping) and isinstance(node, Mapping):
        for key, value in was.entries:
            here = node.get(key.text)
            if here is None or _written(here) != _written(value):
                return here or node
        return None
    return None if was is not None and _written(was) == _written(node) else node


def _written(node: Node) -> str:
    """What a node says, however its lines are broken."""
    return " ".join(canonical(plain_data(node)).replace("\\n", " ").split())


def _overlap(one: tuple[Kind, str], other: tuple[Kind, str]) -> bool:
    """Whether two edits are about one thing, or one about a part of the other's."""
    if one == other:
        return True
    return _within(one, other) or _within(other, one)


def _within(part: tuple[Kind, str], whole: tuple[Kind, str]) -> bool:
    of = {Kind.RULE: Kind.DEFINITION, Kind.OTHERWISE: Kind.DEFINITION, Kind.VALUE: Kind.ENUMERATION, Kind.FACT: Kind.FACT}
    if of.get(part[0]) is not whole[0]:
        return False
    return (part[0] is Kind.OTHERWISE and part[1] == whole[1]) or part[1].startswith((f"{whole[1]}/", f"{whole[1]}."))


def _called(kind: Kind, name: str) -> str:
    return f"{kind.value.replace('_', ' ')} {name!r}"


def _word(node: Node, key: str) -> str:
    found = node.get(key) if isinstance(node, Mapping) else None
    return found.text.strip() if isinstance(found, Scalar) else ""


# -- what is left once the pack is typed


def _typed(drafted: Drafted, base: Pack, pack: Pack, report: Report) -> Amendment:
    edits = tuple(_edit(draft, base, pack, report) for draft in drafted.edits)
    return Amendment(drafted.name, drafted.against[0], drafted.says, drafted.source, drafted.in_force_from,
                     drafted.issued_on, edits, drafted.renames, drafted.at)  # fmt: skip


def _edit(draft: Draft, base: Pack, pack: Pack, report: Report) -> Edit:
    becomes = ""
    if draft.becomes:
        enumeration = pack.enumerations.get(draft.name.partition("/")[0])
        left = () if enumeration is None else enumeration.values
        values = {value.written: value.name for value in left} | {value.name: value.name for value in left}
        becomes = values.get(draft.becomes, "")
        if not becomes:
            hint = nearest(draft.becomes, values) or f"values: {', '.join(dict.fromkeys(values.values()))}"
            report.add(draft.at, f"{draft.becomes!r} is no value that remains", hint)
    fixed = pack.readings[draft.name].default or "" if draft.act is Act.FIX and draft.name in pack.readings else ""
    days = {name: _governing(draft, name, base, pack, report) for name in _touched(draft, base, pack)}
    governs = {name: day for name, day in days.items() if day is not None}
    return Edit(draft.act, draft.kind, draft.name, _provision(draft, base, pack), governs, becomes, fixed, draft.at)


def _touched(draft: Draft, base: Pack, pack: Pack) -> list[str]:
    """The definitions that the edit itself changes, in which a governing day is looked for."""
    match draft.kind:
        case Kind.RULE:
            return [draft.name.partition("/")[0]]
        case Kind.DEFINITION | Kind.OTHERWISE:
            return [draft.name] if draft.name in base.definitions and draft.name in pack.definitions else []
        case Kind.DUTY:
            return [f"duty {draft.name} {word}" for word in ("owed", "by") if f"duty {draft.name} {word}" in pack.definitions]
        case Kind.DISCRETION:
            return [draft.name] if draft.name in base.discretions and draft.name in pack.discretions else []
        case Kind.PARAMETER | Kind.READING:
            form = e.Parameter if draft.kind is Kind.PARAMETER else e.Reading
            speaking = [
                name
                for law in (base, pack)
                for name, written in _wordings(law)
                for expr in written
                for part in e.walk(expr)
                if isinstance(part, form) and part.name == draft.name
            ]
            return [name for name in dict.fromkeys(speaking) if name in pack.definitions or name in pack.discretions]
        case _:
            return []


def _wordings(law: Pack) -> Iterator[tuple[str, Iterable[e.Expr]]]:
    """What a law's definitions say, and what it says of choices."""
    for name, definition in law.definitions.items():
        yield name, expressions(definition)
    for name, spec in law.discretions.items():
        yield name, (spec.lawful, *([spec.otherwise] if spec.otherwise is not None else []))


def _governing(draft: Draft, name: str, base: Pack, pack: Pack, report: Report) -> e.Expr | None:
    """The day that decides which law holds in a definition: an expression in its scope."""
    if draft.governs is None:
        return None
    scope = pack_scope(base)
    for parameter, type_ in _asked_of(pack, name):
        scope = scope.bind(parameter, type_)
    try:
        expr = Reader(scope).read(draft.governs, Type("day", frozenset(base.specials)))
    except Refused as refused:
        report.add(refused.problem.place, f"in {name!r}, {refused.problem.what}",
                   f"name a day that can be seen there{_days_in(base, name)}")  # fmt: skip
        return None
    if expr.type.base != DAY.base:
        report.add(draft.governs.locate(0), "a governing day is a day", "write a day that can be seen in the definition")
        return None
    return expr


def _asked_of(pack: Pack, name: str) -> tuple[tuple[str, Type], ...]:
    """The parameters of a definition; a choice has none."""
    return pack.definitions[name].parameters if name in pack.definitions else ()


def _days_in(pack: Pack, name: str) -> str:
    """The days a definition can see, for a message."""
    days = [parameter for parameter, type_ in _asked_of(pack, name) if type_.base == "day"]
    for parameter, type_ in _asked_of(pack, name):
        collection = pack.element_of(type_.base)
        fields = collection.fields if collection else ()
        days += [f"{parameter}.{field.name}" for field in fields if field.type is not None and field.type.base == "day"]
    days += [fact for fact, spec in pack.facts.items() if spec.type is not None and spec.type.base == "day"]
    return f": {', '.join(days)}" if days else ""


def _provision(draft: Draft, base: Pack, pack: Pack) -> str:
    """The provision an edit is about."""
    for law in (base, pack):
        match draft.kind:
            case Kind.PARAMETER if draft.name in law.parameters:
                return law.parameters[draft.name].provision
            case Kind.RULE:
                owner, _, rule = draft.name.partition("/")
                found = law.definitions.get(owner)
                for each in found.rules if found else ():
                    if each.name == rule:
                        return each.provision
            case Kind.DEFINITION | Kind.OTHERWISE if draft.name in law.definitions:
                return law.definitions[draft.name].provision
            case Kind.DUTY if draft.name in law.duties:
                return law.duties[draft.name].provision
            case Kind.READING if draft.name in law.readings:
                return law.readings[draft.name].provisions[0]
            case Kind.DISCRETION if draft.name in law.discretions:
                return law.discretions[draft.name].provision
            case Kind.PROVISION:
                return draft.name
            case Kind.VALUE | Kind.ENUMERATION if (known := law.enumerations.get(draft.name.partition("/")[0])) is not None:
                return known.provision
    return ""
