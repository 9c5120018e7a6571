"""The facts of a complete case: values, and references to what holds values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhunsheng.errors import UnknownFact
from zhunsheng.lang.case import UNKNOWN, Listing
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Period, Special, Value


@dataclass(frozen=True)
class Element:
    """An element of a collection, by its place in the listing (from 0)."""

    collection: str
    index: int


@dataclass(frozen=True)
class Part:
    """A record or a table: a fact (`of` is None), or a field of an element or a record."""

    of: Element | Part | None
    name: str


Reference = Element | Part
Argument = Value | Element | Part
PLAIN = (bool, int, date, str, Special, Period)


class Facts:
    """Reads a case's facts. What is left out, or UNKNOWN, raises `UnknownFact` with its path when it is looked at.

    `listed`: which elements a collection shows, and in which order, where that is not all of them as they stand in `facts`.
    The others can be read by reference only: an element that is yet to join its list, or has left it."""

    def __init__(
        self, pack: Pack, facts: Mapping[str, Any], listed: Mapping[str, tuple[Element, ...]] | None = None
    ) -> None:
        self.pack, self.facts, self.listed = pack, facts, listed or {}
        self._elements: dict[str, tuple[Element, ...]] = {}

    def fact(self, name: str) -> Argument:
        """A value, or the reference of a record that exists."""
        return self._read(self.facts.get(name, UNKNOWN), None, name)

    def inside(self, of: Reference, name: str) -> Argument:
        """A field of an element or a record, or an entry of a table."""
        return self._read(self._holder(of).get(name, UNKNOWN), of, name)

    def elements(self, collection: str) -> tuple[Element, ...]:
        """All elements, in the order listed. A list that may have others is an unknown fact."""
        if collection not in self._elements:
            listing = self.facts.get(collection, UNKNOWN)
            if not isinstance(listing, Listing) or not listing.stated:
                raise UnknownFact(collection)
            if not listing.complete:
                raise UnknownFact(f"{collection}.others")
            every = tuple(Element(collection, i) for i in range(len(listing.elements)))
            self._elements[collection] = self.listed.get(collection, every)
        return self._elements[collection]

    def path(self, of: Reference | None, name: str = "") -> str:
        """The path as a person writes it: `lines[1号窑].indicators`; with `name`, of that field of it."""
        match of:
            case None:
                return name
            case Element():
                whole = self._label(of)
            case Part():
                whole = self.path(of.of, of.name)
        return f"{whole}.{name}" if name else whole

    def _read(self, found: Any, of: Reference | None, name: str) -> Argument:
        if isinstance(found, PLAIN):
            return found
        if isinstance(found, Mapping):
            return Part(of, name)
        raise UnknownFact(self.path(of, name))

    def _holder(self, of: Reference) -> Mapping[str, Any]:
        if isinstance(of, Element):
            entry: Mapping[str, Any] = self.facts[of.collection].elements[of.index]
            return entry
        outer = self.facts if of.of is None else self._holder(of.of)
        part: Mapping[str, Any] = outer[of.name]
        return part

    def _label(self, element: Element) -> str:
        listing: Listing = self.facts[element.collection]
        if listing.labels:
            return listing.labels[element.index]
        key = self.pack.collections[element.collection].key
        name = listing.elements[element.index].get(key) if key else None
        return f"{element.collection}[{name if isinstance(name, str) else element.index}]"
