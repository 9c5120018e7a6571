"""What a case states, fact by fact: nodes -> values, records, tables and listings, in the form of `lang.case`.

Every stated fact's place and source is kept under its path (`violations[0].to`, `lines[1号窑].indicators.organized`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from zhunsheng.errors import Place
from zhunsheng.lang.case import UNKNOWN, Entry, Listing, Source
from zhunsheng.lang.pack import CollectionSpec, FactSpec, Pack
from zhunsheng.lang.scope import nearest
from zhunsheng.lang.types import NONE, Type, Value
from zhunsheng.read.full_width import lines_wanted
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Mapping as MappingNode
from zhunsheng.read.nodes import Node, Scalar, Sequence, kind_of
from zhunsheng.read.vocabulary import Vocabulary, read_value, spellings, written
from zhunsheng.read.words import Report

T = TypeVar("T")


def says(node: Node, word: str) -> bool:
    """Whether a node is this one word, unquoted."""
    return isinstance(node, Scalar) and node.plain and node.text == word


class FactReader:
    """Reads facts of one pack; `places` and `sources` fill up on the way."""

    def __init__(self, pack: Pack, report: Report) -> None:
        self.pack, self.report = pack, report
        self.vocabulary = Vocabulary(pack.enumerations, pack.specials, pack.horizon)
        self.places: dict[str, Place] = {}
        self.sources: dict[str, Source] = {}

    def all(self, node: Node | None) -> dict[str, Any]:
        """Every fact and list of the pack; those the node does not name are unknown."""
        facts = {name: self.left_out(name) for name in (*self.pack.facts, *self.pack.collections)}
        if node is not None and not isinstance(node, MappingNode):
            lines_wanted(node, self.report, f"`facts:` holds `name: value` lines, not {kind_of(node)}")
        for key, value in node.entries if isinstance(node, MappingNode) else ():
            if key.text in facts:
                facts |= self.in_record_form(key.text, value) or {key.text: self.named(key.text, value)}
            else:
                self.report.add(
                    key.place,
                    f"there is no fact {key.text!r}",
                    nearest(key.text, facts) or f"facts: {', '.join(facts)}",
                )
        return facts

    def in_record_form(self, name: str, node: Node) -> dict[str, Any]:
        """What a fact written in its long form states of itself and of others; empty where it is not."""
        spec = self.pack.facts.get(name)
        if spec is None or not spec.record_form or not isinstance(node, MappingNode) or node.get("value") is not None:
            return {}
        keys = Keys(node, name, self.report)
        form = dict(spec.record_form)
        own = next(key for key, fact in spec.record_form if fact == name)
        keys.need(own)
        found = {form[key.text]: self.named(form[key.text], value) for key, value in node.entries if key.text in form}
        for key in form:
            keys.maybe(key)
        keys.close()
        return {name: UNKNOWN, **found}

    def left_out(self, name: str) -> Any:
        """What leaving out a fact or a list means: unknown, or what the pack says."""
        if name in self.pack.collections:
            return Listing((), complete=False, stated=False)
        return self.absent(self.pack.facts[name])

    def named(self, name: str, node: Node) -> Any:
        """The fact or list of this name."""
        if name in self.pack.collections:
            return self.listing(self.pack.collections[name], node)
        return self.fact(self.pack.facts[name], node, name)

    # -- facts and fields

    def absent(self, spec: FactSpec) -> Any:
        """A fact or field that is left out; of a record that must exist, each field by itself."""
        if spec.type is None:
            return UNKNOWN if spec.may_be_none else {field.name: self.absent(field) for field in spec.record}
        value = UNKNOWN if spec.left_out is None else spec.left_out
        if spec.type.keyed_by:
            return dict.fromkeys(self.pack.enumerations[spec.type.keyed_by].names, value)
        return value

    def fact(self, spec: FactSpec, node: Node, path: str) -> Any:
        node = self.unwrapped(node, path)
        if spec.type is None:
            return self.record(spec, node, path)
        if spec.type.keyed_by:
            return self.table(spec, node, path)
        return self.value(spec, node, path)

    def unwrapped(self, node: Node, path: str) -> Node:
        """The fact inside `{value: …, source: …, stated_by: …}`, its source and place noted."""
        if isinstance(node, MappingNode) and node.get("value") is not None:
            keys = Keys(node, f"{path} with its source", self.report)
            inner = keys.need("value") or node
            self.sources[path] = Source(keys.string("source", ""), keys.string("stated_by", ""))
            keys.close()
            node = inner
        self.places[path] = node.place
        return node

    def value(self, spec: FactSpec, node: Node, path: str) -> Any:
        """One value, within the pack's limits."""
        if says(node, "unknown"):
            return UNKNOWN
        type_ = spec.type or Type("text")
        value = read_value(node, type_, self.vocabulary, self.report, path)
        if value is None:
            return UNKNOWN
        self.within(spec, type_, value, node, path)
        return value

    def within(self, spec: FactSpec, type_: Type, value: Value, node: Node, path: str) -> None:
        if spec.among and isinstance(value, str) and value not in spec.among:
            allowed = ", ".join(written(name, type_, self.vocabulary) for name in spec.among)
            self.report.add(node.place, f"{path} cannot be {kind_of(node)}", f"values: {allowed}")
        if isinstance(value, int) and not isinstance(value, bool):
            if spec.least is not None and value < spec.least:
                self.report.add(node.place, f"{path} is {value}, and the least it can be is {spec.least}")
            if spec.greatest is not None and value > spec.greatest:
                self.report.add(node.place, f"{path} is {value}, and the greatest it can be is {spec.greatest}")

    def record(self, spec: FactSpec, node: Node, path: str) -> Any:
        if says(node, "unknown"):
            return self.absent(spec)
        if spec.may_be_none and says(node, "none"):
            return NONE
        if not isinstance(node, MappingNode):
            fields = ", ".join(field.name for field in spec.record)
            also = ", or `none` if there is none" if spec.may_be_none else ""
            lines_wanted(node, self.report, f"{path} is a record, not {kind_of(node)}", f"write its facts ({fields}){also}")
            return UNKNOWN
        return self.fields(spec.record, node, path)

    def fields(self, specs: tuple[FactSpec, ...], node: MappingNode, path: str, besides: str = "") -> dict[str, Any]:
        """Each field's value; `besides` is a key the caller reads itself."""
        known = {spec.name: spec for spec in specs}
        found = {name: self.absent(spec) for name, spec in known.items()}
        for key, value in node.entries:
            if key.text in known:
                found[key.text] = self.fact(known[key.text], value, f"{path}.{key.text}")
            elif key.text != besides or not besides:
                names = [*known, besides] if besides else list(known)
                hint = nearest(key.text, names) or f"facts: {', '.join(names)}"
                self.report.add(key.place, f"{path} has no fact {key.text!r}", hint)
        return found

    def table(self, spec: FactSpec, node: Node, path: str) -> Entry:
        """`{organized: A, …}`: keys may be written in any spelling; those left out are unknown."""
        found = dict(self.absent(spec))
        keyed_by, entry = spec.type.keyed_by if spec.type else "", spec.type
        keys = self.pack.enumerations[keyed_by or ""]
        if says(node, "unknown"):
            return dict.fromkeys(found, UNKNOWN)
        if not isinstance(node, MappingNode) or entry is None:
            lines_wanted(
                node,
                self.report,
                f"{path} is a table, not {kind_of(node)}",
                f"write a value for each of: {', '.join(keys.names)}",
            )
            return found
        by_spelling = {spelling: value.name for value in keys.values for spelling in spellings(value)}
        first: dict[str, Scalar] = {}
        for key, value in node.entries:
            name = by_spelling.get(key.text)
            if name is None:
                hint = nearest(key.text, by_spelling) or f"keys: {', '.join(keys.names)}"
                self.report.add(key.place, f"{path} has no entry {key.text!r}", hint)
                continue
            if name in first:
                self.report.add(
                    key.place, f"{path}.{name} stands here twice (first as {first[name].text!r})", "delete one of them"
                )
            first.setdefault(name, key)
            inner = self.unwrapped(value, f"{path}.{name}")
            plain = FactSpec(
                name, Type(entry.base, entry.special), among=spec.among, least=spec.least, greatest=spec.greatest
            )
            found[name] = self.value(plain, inner, f"{path}.{name}")
        return found

    # -- lists

    def listing(self, spec: CollectionSpec, node: Node) -> Listing:
        """A list, `{known: […], others: unknown}`, `unknown`; for a single list also one element, or `none`."""
        node = self.unwrapped(node, spec.name)
        complete = True
        if says(node, "unknown"):
            return Listing((), complete=False, stated=False)
        if isinstance(node, MappingNode) and (node.get("known") is not None or node.get("others") is not None):
            known, complete = self.known_part(spec, node)
            if known is None:
                return Listing((), complete=False, stated=False)
            node = known
        if isinstance(node, Sequence):
            return listed(self.elements(spec, node), complete)
        if says(node, "none"):
            if not spec.single:
                self.report.add(node.place, f"{spec.name} is a list", "write [] if there are none")
            return Listing((), complete)
        if spec.single and isinstance(node, MappingNode):
            return listed(self.element(spec, node, spec.name), complete)
        instead = (
            "write [] if there are none, and one item for each" if not spec.single else "write its facts, or `none`"
        )
        lines_wanted(node, self.report, f"{spec.name} is a list, not {kind_of(node)}", instead)
        return Listing((), complete=False, stated=False)

    def known_part(self, spec: CollectionSpec, node: MappingNode) -> tuple[Node | None, bool]:
        keys = Keys(node, f"{spec.name} as far as known", self.report)
        known, others = keys.need("known"), keys.need("others")
        complete = others is not None and says(others, "none")
        if others is not None and not complete and not says(others, "unknown"):
            self.report.add(others.place, f"{spec.name}.others is `unknown` or `none`, not {kind_of(others)}")
        keys.close()
        return known, complete

    def elements(self, spec: CollectionSpec, node: Sequence) -> list[tuple[str, Entry]]:
        found: list[tuple[str, Entry]] = []
        names: dict[str, Place] = {}
        for index, item in enumerate(node.items):
            inner = item.get("value") if isinstance(item, MappingNode) else None
            label = self.key_label(spec, inner or item, names) or f"{spec.name}[{index}]"
            item = self.unwrapped(item, label)
            if isinstance(item, MappingNode):
                found += self.element(spec, item, label)
            else:
                lines_wanted(item, self.report, f"each of {spec.name} is a mapping of facts, not {kind_of(item)}")
        return found

    def key_label(self, spec: CollectionSpec, node: Node, names: dict[str, Place]) -> str | None:
        """`lines[1号窑]`, where the element has a name; a name may stand once."""
        key = node.get(spec.key) if spec.key and isinstance(node, MappingNode) else None
        if isinstance(key, MappingNode):
            key = key.get("value")
        if not isinstance(key, Scalar) or says(key, "unknown"):
            return None
        name = key.text.strip()
        if name in names:
            self.report.add(
                key.place, f"two of {spec.name} are called {name!r} (the first at line {names[name].line})",
                "give each a name of its own",
            )  # fmt: skip
        names.setdefault(name, key.place)
        return label_of(spec, name)

    def element(self, spec: CollectionSpec, node: MappingNode, label: str) -> list[tuple[str, Entry]]:
        """The element; one that names several in its `split` key is one element for each."""
        self.places[label] = node.place
        fields = self.fields(spec.fields, node, label, spec.split[1] if spec.split else "")
        if spec.split is None or (names := node.get(spec.split[1])) is None:
            return [(label, fields)]
        into, key = spec.split
        if node.get(into) is not None:
            self.report.add(node.place, f"{label} has both '{into}:' and '{key}:'", "write one of them")
        parts = self.named_parts(spec, into, names, f"{label}.{key}")
        if len(parts) == 1:
            return [(label, {**fields, into: parts[0]})]
        labels = {f"{label}.{key}[{part}]": part for part in parts}
        self.places |= _repeated(self.places, label, labels)
        self.sources |= _repeated(self.sources, label, labels)
        return [(own, {**fields, into: part}) for own, part in labels.items()]

    def named_parts(self, spec: CollectionSpec, into: str, node: Node, path: str) -> list[Any]:
        """What a `split` key names: a list of values of the field that each part gets, or one such value."""
        field = spec.field(into)
        if field is None:
            return []
        node = self.unwrapped(node, path)
        if not isinstance(node, Sequence):
            return [self.value(field, node, path)]
        if not node.items:
            key = path.rpartition(".")[2]
            self.report.add(node.place, f"{path} names nothing", f"leave '{key}:' out, or name at least one")
        parts = [self.value(field, item, path) for item in node.items]
        if len(set(parts)) < len(parts):
            self.report.add(node.place, f"{path} names something twice", "write each name once")
        return parts


def _repeated(kept: dict[str, T], label: str, labels: Iterable[str]) -> dict[str, T]:
    """What is kept for an element and its fields, once more for each of these labels."""
    own = {path[len(label) :]: what for path, what in kept.items() if path == label or path.startswith(f"{label}.")}
    return {f"{other}{rest}": what for other in labels for rest, what in own.items()}


def listed(found: list[tuple[str, Entry]], complete: bool) -> Listing:
    """Elements with their labels."""
    return Listing(tuple(entry for _, entry in found), complete, True, tuple(label for label, _ in found))


def label_of(spec: CollectionSpec, name: object) -> str | None:
    """The label of an element with this name, None where it has none that can serve."""
    if not isinstance(name, str) or not name or name.isdecimal():
        return None
    return f"{spec.name}[{name}]"


def relabelled(spec: CollectionSpec, listing: Listing) -> Listing:
    """The same elements, labelled by their names, else by their place in the list; parts of one that was split stay."""
    labels = []
    for index, (entry, old) in enumerate(zip(listing.elements, listing.labels, strict=True)):
        kept = old == spec.name or (spec.split is not None and f".{spec.split[1]}[" in old)
        labels.append(old if kept else label_of(spec, entry.get(spec.key)) if spec.key else None)
        labels[-1] = labels[-1] or f"{spec.name}[{index}]"
    return Listing(listing.elements, listing.complete, listing.stated, tuple(label or "" for label in labels))
