"""Edits applied to the trees of a pack, one on top of the other; two that meet, or a base that has moved on, are refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from zhunsheng.errors import Place
from zhunsheng.lang.amendment import Act, Kind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.scope import nearest
from zhunsheng.read import overlay, words
from zhunsheng.read.drafts import LABELS, Draft, Drafted
from zhunsheng.read.nodes import Mapping, Node, Scalar
from zhunsheng.read.overlay import Spot
from zhunsheng.read.vocabulary import canonical, plain_data
from zhunsheng.read.words import Report


def fingerprint_of(node: Node) -> str:
    """What names the wording of one object of a pack, as 16 hexadecimal digits."""
    return hashlib.sha256(canonical(plain_data(node)).encode()).hexdigest()[:16]


@dataclass
class Stack:
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
