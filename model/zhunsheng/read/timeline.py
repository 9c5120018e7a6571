"""timeline.yaml: which answers, periods and days a timeline shows. Every name in it is checked here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhunsheng.errors import Place
from zhunsheng.lang.pack import CollectionSpec
from zhunsheng.lang.scope import Scope, nearest
from zhunsheng.lang.timeline import EventSpec, RowSpec, TimelineSpec, WindowSpec
from zhunsheng.lang.types import DAY, NONE, Type
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Node
from zhunsheng.read.openings import Provisions
from zhunsheng.read.words import Report

SECTION = ("rows", "windows", "events")


def read_timeline(nodes: Mapping[str, tuple[Node, ...]], scope: Scope, referred: Provisions, report: Report) -> TimelineSpec:
    """The lists of timeline.yaml (none where there is no such file); the provisions they cite join `referred`."""
    reader = _Reader(scope, referred, report, {})
    return TimelineSpec(
        tuple(reader.row(node) for node in nodes["rows"]),
        tuple(reader.window(node) for node in nodes["windows"]),
        tuple(reader.event(node) for node in nodes["events"]),
    )


@dataclass(frozen=True)
class _Reader:
    scope: Scope
    referred: Provisions
    report: Report
    seen: dict[tuple[str, str], Place]

    def row(self, node: Node) -> RowSpec:
        keys = Keys(node, "a row", self.report)
        name, title = keys.string("row"), keys.maybe_sentence("title")
        place = keys.place_of("row")
        signature = self.scope.definitions.get(name)
        if name and signature is None:
            hint = nearest(name, self._dated()) or "name a definition that takes one day"
            self.report.add(place, f"there is no definition {name!r}", hint)
        elif signature is not None and [type_ for _, type_ in signature.parameters] != [DAY]:
            self.report.add(
                place, f"{name!r} cannot be a row: it does not take one day and nothing else",
                f"one of these can: {', '.join(self._dated())}" if self._dated() else "",
            )  # fmt: skip
        self._once("row", name, place)
        keys.close()
        return RowSpec(name, title)

    def window(self, node: Node) -> WindowSpec:
        keys = Keys(node, "a window", self.report)
        name, title = keys.label("window", "the name of a window"), keys.sentence("title")
        collection, spec = self._collection(keys)
        since, until = self._day(keys, "from", spec), self._day(keys, "to", spec)
        found = WindowSpec(name, collection, since, until, title, self._label(keys, spec), self._provision(keys))
        self._once("window", name, keys.place_of("window"))
        keys.close()
        return found

    def event(self, node: Node) -> EventSpec:
        keys = Keys(node, "an event", self.report)
        name, title = keys.label("event", "the name of an event"), keys.sentence("title")
        collection, spec = self._collection(keys)
        on = self._day(keys, "on", spec)
        found = EventSpec(name, collection, on, title, self._label(keys, spec), self._provision(keys))
        self._once("event", name, keys.place_of("event"))
        keys.close()
        return found

    # -- names

    def _collection(self, keys: Keys) -> tuple[str, CollectionSpec | None]:
        name = keys.string("of")
        spec = self.scope.collections.get(name)
        if name and spec is None:
            hint = nearest(name, self.scope.collections) or f"the lists are: {', '.join(self.scope.collections)}"
            self.report.add(keys.place_of("of"), f"there is no list {name!r}", hint)
        return name, spec

    def _day(self, keys: Keys, key: str, spec: CollectionSpec | None) -> str:
        name = keys.string(key)
        type_ = self._type(keys, key, name, spec) if name and spec else None
        if type_ is not None and (type_.base != DAY.base or not type_.special <= {NONE.name}):
            instead = "name a field, or a definition of the element, that is a day (or none)"
            self.report.add(keys.place_of(key), f"{name!r} is no day: it is {type_}", instead)
        return name

    def _label(self, keys: Keys, spec: CollectionSpec | None) -> str:
        name = keys.string("label", "")
        if name and spec:
            self._type(keys, "label", name, spec)
        return name

    def _type(self, keys: Keys, key: str, name: str, spec: CollectionSpec) -> Type | None:
        """The type of a field, or of a definition of the element that takes nothing else."""
        field = spec.field(name)
        if field is not None and field.type is not None and field.type.keyed_by is None:
            return field.type
        signature = self.scope.definitions.get(f"{spec.element}.{name}")
        if signature is not None and len(signature.parameters) == 1:
            return signature.type
        if spec.name not in self.report.broken:
            what = f"{spec.element} has no field {name!r}, and no definition of that name without further parameters"
            self.report.add(keys.place_of(key), what, nearest(name, self._of_element(spec)))
        return None

    def _of_element(self, spec: CollectionSpec) -> list[str]:
        prefix = f"{spec.element}."
        signed = self.scope.definitions.items()
        own = [name.removeprefix(prefix) for name, one in signed if name.startswith(prefix) and len(one.parameters) == 1]
        return [*(field.name for field in spec.fields), *own]

    def _dated(self) -> list[str]:
        signed = self.scope.definitions.items()
        return [name for name, one in signed if [type_ for _, type_ in one.parameters] == [DAY]]

    def _provision(self, keys: Keys) -> str:
        provision = keys.string("provision", "", wanted="the provision in quotes")
        if provision:
            self.referred.append((provision, keys.place_of("provision")))
        return provision

    def _once(self, kind: str, name: str, place: Place) -> None:
        if name and (kind, name) in self.seen:
            self.report.add(place, f"the {kind} {name!r} stands here twice", "take one of them out")
        self.seen.setdefault((kind, name), place)
