"""A case with a list or record left out: as stated, without each element, without any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhunsheng.errors import InputError, Place
from zhunsheng.errors import Problem as Wrong
from zhunsheng.lang.case import Listing
from zhunsheng.lang.pack import CollectionSpec, Pack
from zhunsheng.lang.spots import Spot, path_of, spec_at
from zhunsheng.lang.types import NONE
from zhunsheng.read.stated import relabelled


@dataclass(frozen=True)
class Try:
    """A case tried: `path` as it is (`with_it`) or left out. `gone`: the places of the elements that are not in it."""

    path: str
    with_it: bool
    facts: Mapping[str, Any]
    gone: frozenset[int] = frozenset()


def trials(pack: Pack, facts: Mapping[str, Any], here: Spot, path: str) -> list[Try]:
    """As stated, without each element, without any; a record that may be none."""
    if here.name in pack.collections:
        return _of_list(pack.collections[here.name], facts, here, path)
    spec = spec_at(pack, here)
    if isinstance(spec, CollectionSpec) or spec.type is not None:
        raise InputError([Wrong(Place(f"--vary {path}"), "this is a table", f"vary one of its entries: {path}.…")])
    if not spec.may_be_none:
        raise InputError([Wrong(Place(f"--vary {path}"), "this always exists", f"vary one of its facts: {path}.…")])
    return [Try(path, facts[here.name] is not NONE, facts), Try(path, False, {**facts, here.name: NONE})]


def _of_list(spec: CollectionSpec, facts: Mapping[str, Any], here: Spot, path: str) -> list[Try]:
    listing: Listing = facts[here.name]
    found = [Try(path, True, facts)]
    every = range(len(listing.elements))
    for index in every if here.index is None else [here.index]:
        fewer = _kept(spec, listing, [n for n in every if n != index])
        label = path_of(facts, Spot(here.name, index))
        found.append(Try(label, False, {**facts, here.name: fewer}, frozenset({index})))
    if here.index is None and len(listing.elements) != 1:
        found.append(Try(path, False, {**facts, here.name: Listing((), True, True, ())}, frozenset(every)))
    return found


def _kept(spec: CollectionSpec, listing: Listing, keep: Sequence[int]) -> Listing:
    labels = tuple(listing.labels[n] for n in keep)
    return relabelled(spec, Listing(tuple(listing.elements[n] for n in keep), listing.complete, True, labels))
