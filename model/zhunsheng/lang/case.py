"""A case: facts, readings and choices; what it leaves out is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from zhunsheng.errors import Place
from zhunsheng.lang.types import Text, Value


class _Unknown:
    """The one value that means nobody has told us."""

    def __repr__(self) -> str:
        return "unknown"

    def __reduce__(self) -> str:
        """The one object, in every process."""
        return "UNKNOWN"


UNKNOWN: Final = _Unknown()

Entry = Mapping[str, Any]
"""A record, an element, or a table: each field a Value, UNKNOWN, or (a table in it) another Entry."""


@dataclass(frozen=True)
class Listing:
    """The elements of a collection that are known. `complete`: there are no others. `stated`: the case speaks of it at all.

    `labels` are the elements' paths as a person writes them (`lines[1号窑]`, `finding`), one for each element.
    """

    elements: tuple[Entry, ...]
    complete: bool
    stated: bool = True
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """Where a fact comes from, as the case says."""

    source: str = ""
    stated_by: str = ""


@dataclass(frozen=True)
class ChoiceMade:
    value: Value
    by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Expectation:
    """What a scenario expects of one answer: only the keys in `want` are compared."""

    answer: str
    want: Mapping[str, Any]
    at: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Case:
    """`facts` has an entry for every fact and collection of the pack: a Value, UNKNOWN, an Entry, NONE, or a Listing."""

    title: Text
    pack: str
    facts: Mapping[str, Any]
    readings: Mapping[str, str]
    choices: Mapping[str, ChoiceMade]
    known_until: date | None
    expect: tuple[Expectation, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    file: str = ""
    provisions: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    digest: str = ""
