"""Setting one fact of a case by its path: `application.filed_on`, `lines[1号窑].name`, `violations[+]`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from zhunsheng.errors import Place
from zhunsheng.lang.case import UNKNOWN, Listing
from zhunsheng.lang.pack import CollectionSpec, FactSpec
from zhunsheng.lang.scope import nearest
from zhunsheng.lang.types import NONE, Type
from zhunsheng.read.nodes import Mapping as MappingNode
from zhunsheng.read.nodes import Node, kind_of
from zhunsheng.read.stated import FactReader, relabelled, says
from zhunsheng.read.vocabulary import spellings


class Assignment:
    """Sets facts by path. What cannot be set is told to the reader's report, and the facts stay as they are."""

    def __init__(self, reader: FactReader) -> None:
        self.reader, self.report, self.pack = reader, reader.report, reader.pack

    def apply(self, facts: Mapping[str, Any], path: str, node: Node, at: Place) -> dict[str, Any]:
        """The facts with the one at `path` (a path as in answers) read from `node`."""
        changed = dict(facts)
        if found := self.element_path(path):
            name, which, rest = found
            if name not in self.pack.collections:
                self.report.add(at, f"there is no list {name!r}", nearest(name, self.pack.collections))
                return changed
            changed[name] = self.in_list(self.pack.collections[name], facts[name], which, rest, node, at)
            return changed
        name, _, rest = path.partition(".")
        if name in self.pack.collections:
            changed[name] = self.of_list(self.pack.collections[name], facts[name], rest, node, at)
        elif name in self.pack.facts:
            changed[name] = self.of_fact(self.pack.facts[name], facts[name], rest, node, path, at)
        else:
            names = [*self.pack.facts, *self.pack.collections]
            self.report.add(at, f"there is no fact {name!r}", nearest(name, names) or f"facts: {', '.join(names)}")
        return changed

    def element_path(self, path: str) -> tuple[str, str, str] | None:
        """(list, which element, the rest). A name may hold brackets: it ends at a `]` before a `.` or the end."""
        found = re.fullmatch(r"([^\[\].]+)\[(.*?)\](?:\.([^\]]+))?", path, re.DOTALL)
        return (found[1], found[2], found[3] or "") if found else None

    def of_fact(self, spec: FactSpec, old: Any, rest: str, node: Node, path: str, at: Place) -> Any:
        """A fact, a field of a record, or an entry of a table."""
        if not rest:
            return self.reader.fact(spec, node, path)
        name, _, further = rest.partition(".")
        if spec.type is None:
            if old is NONE:
                self.report.add(
                    at, f"{spec.name} is none in this case, so {path} cannot be set", f"set {spec.name} as a whole"
                )
                return old
            inner = spec.field(name)
            if inner is None:
                self.report.add(
                    at, f"{spec.name} has no fact {name!r}", nearest(name, [field.name for field in spec.record])
                )
                return old
            entry = {field.name: self.reader.absent(field) for field in spec.record} if old is UNKNOWN else dict(old)
            entry[name] = self.of_fact(inner, entry[name], further, node, path, at)
            return entry
        return self.of_table(spec, old, name, node, path, at)

    def of_table(self, spec: FactSpec, old: Any, name: str, node: Node, path: str, at: Place) -> Any:
        if spec.type is None or not spec.type.keyed_by:
            what = f"{spec.name} holds no further facts, so there is no {path!r}"
            self.report.add(at, what, f"write {path.rpartition('.')[0]}")
            return old
        keys = self.pack.enumerations[spec.type.keyed_by]
        by_spelling = {spelling: value.name for value in keys.values for spelling in spellings(value)}
        if name not in by_spelling:
            self.report.add(
                at, f"{spec.name} has no entry {name!r}", nearest(name, by_spelling) or f"keys: {', '.join(keys.names)}"
            )
            return old
        plain = FactSpec(
            name, Type(spec.type.base, spec.type.special), among=spec.among, least=spec.least, greatest=spec.greatest
        )
        return {**old, by_spelling[name]: self.reader.value(plain, self.reader.unwrapped(node, path), path)}

    def of_list(self, spec: CollectionSpec, old: Listing, rest: str, node: Node, at: Place) -> Listing:
        """A whole list, or its `others`; of a single list with one element, a field of that element."""
        if not rest:
            return self.reader.listing(spec, node)
        if rest == "others":
            if not (says(node, "unknown") or says(node, "none")):
                self.report.add(node.place, f"{spec.name}.others is `unknown` or `none`, not {kind_of(node)}")
            return replace(old, complete=says(node, "none"), stated=True)
        if old.labels == (spec.name,):
            return self.in_list(spec, old, "0", rest, node, at)
        labels = ", ".join(old.labels) or "none is stated"
        self.report.add(
            at, f"{spec.name} is a list: which of its elements is meant?", f"write {spec.name}[…].{rest} ({labels})"
        )
        return old

    def in_list(self, spec: CollectionSpec, old: Listing, which: str, rest: str, node: Node, at: Place) -> Listing:
        index = self.index(spec, old, which, rest, at)
        if index is None:
            return old
        label = old.labels[index] if index < len(old.labels) else f"{spec.name}[{index}]"
        if rest:
            entry = dict(old.elements[index])
            name, _, further = rest.partition(".")
            inner = spec.field(name)
            if inner is None:
                names = [field.name for field in spec.fields]
                self.report.add(
                    at, f"{label} has no fact {name!r}", nearest(name, names) or f"facts: {', '.join(names)}"
                )
                return old
            entry[name] = self.of_fact(inner, entry[name], further, node, f"{label}.{rest}", at)
            found = [(label, entry)]
        else:
            whole = self.reader.unwrapped(node, label)
            if not isinstance(whole, MappingNode):
                self.report.add(node.place, f"each of {spec.name} is a mapping of facts, not {kind_of(node)}")
                return old
            found = [(part, dict(entry)) for part, entry in self.reader.element(spec, whole, label)]
        elements = (*old.elements[:index], *(entry for _, entry in found), *old.elements[index + 1 :])
        labels = (*old.labels[:index], *(part for part, _ in found), *old.labels[index + 1 :])
        changed = relabelled(spec, Listing(elements, old.complete, True, labels))
        self.names_once(spec, changed, at)
        return changed

    def index(self, spec: CollectionSpec, old: Listing, which: str, rest: str, at: Place) -> int | None:
        """The place of an element in its list, from its name or its number; `+` is a new one."""
        if which == "+" and not rest:
            return len(old.elements)
        for index, label in enumerate(old.labels):
            if label == f"{spec.name}[{which}]":
                return index
        parts = [
            label for label in old.labels if spec.split and label.startswith(f"{spec.name}[{which}].{spec.split[1]}[")
        ]
        if parts:
            self.report.add(at, f"{spec.name}[{which}] stands for several", f"write one of: {', '.join(parts)}")
            return None
        if which.isdecimal() and int(which) < len(old.elements):
            return int(which)
        labels = ", ".join(old.labels) or f"{spec.name} has none"
        self.report.add(
            at,
            f"there is no {spec.name}[{which}]",
            nearest(f"{spec.name}[{which}]", old.labels) or f"there are: {labels}",
        )
        return None

    def names_once(self, spec: CollectionSpec, listing: Listing, at: Place) -> None:
        names = [entry.get(spec.key) for entry in listing.elements] if spec.key else []
        twice = next(
            (name for index, name in enumerate(names) if isinstance(name, str) and name in names[:index]), None
        )
        if twice is not None:
            self.report.add(at, f"two of {spec.name} are called {twice!r}", "give each a name of its own")
