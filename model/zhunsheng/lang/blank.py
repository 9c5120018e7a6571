"""A case of which nothing is known but that it has some elements: what is shown of it is shown of every case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text


def blank_case(pack: Pack, elements: Mapping[str, Sequence[str]], readings: Mapping[str, str] | None = None) -> Case:
    """A case with these elements, named for messages (list -> names), and any others, under these readings."""
    facts = dict.fromkeys(pack.facts, UNKNOWN)
    lists = {}
    for name in pack.collections:
        named = elements.get(name, ())
        labels = tuple(f"{name}[{each}]" for each in named)
        lists[name] = Listing(tuple({} for _ in named), complete=False, stated=True, labels=labels)
    return Case(Text("", ""), pack.name, {**facts, **lists}, dict(readings or {}), {}, None)
