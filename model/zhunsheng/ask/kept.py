"""Answers kept from one run to the next: under which key, in what form, and what is made of one that is found.

A key is a digest of everything an answer depends on (`slices`), so nothing is ever out of date. What was kept is data like any
other that comes from outside: what does not have its form is as if it were not there, and a case is run through the reference
meaning before it is believed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from zhunsheng.evaluate import Element
from zhunsheng.lang.case import UNKNOWN, Listing
from zhunsheng.lang.types import Period, Special, special


class Kept(Protocol):
    """Where answers are kept. A dictionary will do."""

    def get(self, key: str, /) -> str | None:
        """What stands under a key, or None."""

    def __setitem__(self, key: str, text: str, /) -> None:
        """Keep a text under a key."""


class Unreadable(ValueError):
    """What was kept does not have the form of an answer."""


def written(data: Any) -> str:
    """Data as text."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def read(text: str | None) -> dict[str, Any] | None:
    """The mapping that a text holds; None where it holds none."""
    try:
        data = json.loads(text) if text is not None else None
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def packed(value: Any) -> Any:
    """A value, an element, a record, a table or a list as data."""
    match value:
        case bool() | int() | str():
            return value
        case date():
            return {"day": value.isoformat()}
        case Special(name=name):
            return {"special": name}
        case Period(years=years, months=months, days=days):
            return {"period": [years, months, days]}
        case Element(collection=collection, index=index):
            return {"element": [collection, index]}
        case Listing(elements=elements, labels=labels):
            return {"list": [packed(each) for each in elements], "labels": list(labels)}
        case Mapping():
            return {"of": {name: packed(each) for name, each in value.items()}}
        case _ if value is UNKNOWN:
            return {"unknown": True}
        case _:
            raise TypeError(f"{value!r} is not kept")


def unpacked(data: Any) -> Any:
    """The value that some data stands for. Raises `Unreadable`."""
    try:
        return _unpacked(data)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as reason:
        raise Unreadable(str(reason)) from None


def _unpacked(data: Any) -> Any:
    if isinstance(data, bool | int | str):
        return data
    match data:
        case {"day": str(day)}:
            return date.fromisoformat(day)
        case {"special": str(name)}:
            return special(name)
        case {"period": [int(years), int(months), int(days)]}:
            return Period(years, months, days)
        case {"element": [str(collection), int(index)]}:
            return Element(collection, index)
        case {"list": [*elements], "labels": [*labels]}:
            return Listing(tuple(_unpacked(each) for each in elements), complete=True, labels=tuple(map(str, labels)))
        case {"of": dict() as entries}:
            return {name: _unpacked(each) for name, each in entries.items()}
        case {"unknown": True}:
            return UNKNOWN
        case _:
            raise ValueError(f"{data!r} is no value")
