"""What a pack shows along time: answers that have a day, periods and days that elements bring. All by name."""

from __future__ import annotations

from dataclasses import dataclass

from zhunsheng.lang.types import Text


@dataclass(frozen=True)
class RowSpec:
    """An answer shown day by day: `definition` has one parameter, a day. Without a title it is called as the definition is."""

    definition: str
    title: Text | None = None


@dataclass(frozen=True)
class WindowSpec:
    """A period that each element of `collection` brings, its first and last day in it. `since`, `until` and `label` (what is
    written on it; empty for nothing) name a field of the element, or a definition that belongs to it."""

    name: str
    collection: str
    since: str
    until: str
    title: Text
    label: str = ""
    provision: str = ""


@dataclass(frozen=True)
class EventSpec:
    """A day that each element of `collection` brings; names as in a window."""

    name: str
    collection: str
    on: str
    title: Text
    label: str = ""
    provision: str = ""


@dataclass(frozen=True)
class TimelineSpec:
    """In the order in which they are shown."""

    rows: tuple[RowSpec, ...] = ()
    windows: tuple[WindowSpec, ...] = ()
    events: tuple[EventSpec, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows or self.windows or self.events)
