"""What a person answers to the question for one fact, read as freely as can be without guessing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.pack import CollectionSpec, FactSpec, Pack
from zhunsheng.lang.spots import Spot, path_of, spec_at, type_at
from zhunsheng.lang.types import NONE, Type
from zhunsheng.read.case import sealed_case, set_fact
from zhunsheng.read.vocabulary import spellings

NOT_KNOWN = frozenset(("?", "？", "不知道", "不清楚", "不详", "未知", "don't know", "dont know", "unknown", "dk"))
NOTHING = frozenset(("none", "no", "没有", "无", "否", "0"))
YES = {"yes", "y", "true", "是", "有", "对"}
NO = {"no", "n", "false", "否", "没有", "无", "不是", "none"}
CHINESE_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
COUNT = re.compile(r"(\d{1,3})\s*(?:项|个|条|次|家)?")
AT_LEAST = re.compile(r"(?:至少|at least)\s*(\d{1,3})|(\d{1,3})\s*\+")
MOST = 200


@dataclass(frozen=True)
class Choice:
    """One of the values that may be answered: what a case writes, and every way of saying it."""

    written: str
    also: tuple[str, ...]


def is_not_known(text: str) -> bool:
    """Whether this is a way of saying that one does not know."""
    return text.strip().lower() in NOT_KNOWN


def choices(pack: Pack, here: Spot) -> tuple[Choice, ...]:
    """The values of an enumeration, and special values such as `none`, in order; none for what cannot be listed."""
    spec, type_ = spec_at(pack, here), type_at(pack, here)
    if type_ is None or isinstance(spec, CollectionSpec):
        return ()
    found = []
    if enumeration := pack.enumerations.get(type_.base):
        for value in enumeration.values:
            if not value.answer_only and (not spec.among or value.name in spec.among):
                found.append(Choice(value.written, (*spellings(value), value.title.en)))
    for name in sorted(type_.special):
        form, title = pack.specials[name]
        found.append(Choice(form, (form, name, title.zh, title.en, *(("没有",) if name == "none" else ()))))
    return tuple(found)


def with_value_told(pack: Pack, case: Case, here: Spot, text: str) -> Case:
    """The case with a fact as it was told. `InputError`, at no place, where that is no answer."""
    type_ = type_at(pack, here)
    if type_ is None:
        raise TypeError(f"{here} holds no single value")
    try:
        return set_fact(case, path_of(case.facts, here), _yaml(pack, here, type_, text.strip()), pack)
    except InputError as error:
        raise InputError([Problem(Place(""), one.what, one.instead) for one in error.problems]) from None


def _yaml(pack: Pack, here: Spot, type_: Type, text: str) -> str:
    """What a case file would hold."""
    listed = choices(pack, here)
    if text.isdecimal() and 1 <= int(text) <= len(listed) and type_.base not in ("number", "day", "text"):
        return listed[int(text) - 1].written
    folded = text.casefold()
    for one in listed:
        if folded in (word.casefold() for word in one.also):
            return one.written
    match type_.base:
        case "yes/no":
            return "true" if folded in YES else "false" if folded in NO else json.dumps(text, ensure_ascii=False)
        case "day":
            match = CHINESE_DAY.fullmatch(text)
            return f"{int(match[1]):04}-{int(match[2]):02}-{int(match[3]):02}" if match else json.dumps(text, ensure_ascii=False)
        case "number":
            return text if text.removeprefix("-").isdecimal() else json.dumps(text, ensure_ascii=False)
        case _:
            return json.dumps(text, ensure_ascii=False)


def with_number_told(pack: Pack, case: Case, name: str, text: str) -> Case:
    """The case with a list of as many elements as was told, of which nothing more is known yet. `3+`: there may be others."""
    collection, listing = pack.collections[name], case.facts[name]
    folded = text.strip().casefold()
    no_fewer, exactly = AT_LEAST.fullmatch(folded), COUNT.fullmatch(folded)
    number = 0 if folded in NOTHING else int(exactly[1]) if exactly else int(no_fewer[1] or no_fewer[2]) if no_fewer else -1
    least = len(listing.elements)
    if not least <= number <= MOST or (collection.single and number > 1):
        most = 1 if collection.single else MOST
        instead = f"write a number from {least} to {most}, or 2+"
        raise InputError([Problem(Place(""), f"{text.strip()!r} is no number of elements", instead)])
    return _sealed(pack, case, {**case.facts, name: _longer(pack, collection, listing, number, complete=no_fewer is None)})


def _longer(pack: Pack, spec: CollectionSpec, listing: Listing, number: int, *, complete: bool) -> Listing:
    more = tuple(nothing_known(pack, spec.fields) for _ in range(number - len(listing.elements)))
    labels = tuple(f"{spec.name}[{n}]" for n in range(len(listing.elements), number))
    if spec.single and number == 1:
        labels = (spec.name,)
    return Listing((*listing.elements, *more), complete, True, (*listing.labels, *labels) if more else listing.labels)


def with_existence_told(pack: Pack, case: Case, name: str, text: str) -> Case:
    """The case with a record that there is (nothing more is known of it yet), or that there is not."""
    folded = text.strip().casefold()
    if folded not in YES | NO:
        raise InputError([Problem(Place(""), f"{text.strip()!r} is neither yes nor no", "write yes or no")])
    record = nothing_known(pack, pack.facts[name].record) if folded in YES else NONE
    return _sealed(pack, case, {**case.facts, name: record})


def nothing_known(pack: Pack, specs: Sequence[FactSpec]) -> dict[str, Any]:
    """A record or an element of which nothing is known: not even what leaving a fact out of a case file would mean."""
    return {one.name: _nothing_known(pack, one) for one in specs}


def _nothing_known(pack: Pack, spec: FactSpec) -> Any:
    if spec.type is None:
        return UNKNOWN if spec.may_be_none else nothing_known(pack, spec.record)
    keyed = spec.type.keyed_by
    return dict.fromkeys(pack.enumerations[keyed].names, UNKNOWN) if keyed else UNKNOWN


def blank_facts(pack: Pack) -> dict[str, Any]:
    """The facts of a case of which nothing is known."""
    facts: dict[str, Any] = {name: _nothing_known(pack, spec) for name, spec in pack.facts.items()}
    return {**facts, **{name: Listing((), complete=False, stated=False) for name in pack.collections}}


def _sealed(pack: Pack, case: Case, facts: Mapping[str, Any]) -> Case:
    return sealed_case(replace(case, facts=facts), pack)
