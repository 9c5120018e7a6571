"""Which answers a case can be asked for, and what each is called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.scope import nearest
from zhunsheng.lang.types import Value


@dataclass(frozen=True)
class ElementAt:
    """An element the case states, by its place in the list."""

    collection: str
    index: int


Argument = Value | ElementAt


@dataclass(frozen=True)
class Asked:
    """One answer: its key (`lines[1号窑].level`, `may_apply_for[A]`, `grade_on(2025-10-15)`), the definition, the arguments."""

    key: str
    definition: str
    args: tuple[Argument, ...] = ()


def all_asked(pack: Pack, case: Case) -> list[Asked]:
    """Every answer of the pack, for every element the case states, in the pack's order."""
    return [asked for name in pack.answers for asked in _expanded(pack, case, pack.definitions[name])]


def duties_asked(name: str) -> tuple[Asked, Asked]:
    """The two definitions of a duty: whether it is owed, and by which day."""
    return Asked(f"duties[{name}].owed", f"duty {name} owed"), Asked(f"duties[{name}].by", f"duty {name} by")


def asked_by_name(pack: Pack, case: Case, names: list[str], option: str = "--answer") -> list[Asked]:
    """The answers asked for: keys, names of definitions (all their elements), or calls at a day. Raises `InputError`, at the
    option of the command line that names them."""
    found: list[Asked] = []
    problems = []
    for name in names:
        here = _by_name(pack, case, name)
        if not here and name in pack.definitions and (lacking := _no_elements(pack, pack.definitions[name])):
            what = f"{name!r} is asked of each element of {lacking}, and the case states none"
            problems.append(Problem(Place(option), what, f"state at least one element of {lacking}"))
        elif not here:
            known = [*pack.definitions, *(asked.key for asked in all_asked(pack, case))]
            problems.append(no_answer(pack, name, known, option))
        found.extend(here)
    if problems:
        raise InputError(problems)
    return list(dict.fromkeys(found))


def no_answer(pack: Pack, name: str, known: Iterable[str], option: str) -> Problem:
    """That there is no such answer, with the one that was meant, or all that there are."""
    hint = nearest(name, known) or _by_title(pack, name) or f"answers: {', '.join(pack.answers)}"
    return Problem(Place(option), f"there is no answer {name!r}", hint)


def _by_title(pack: Pack, name: str) -> str:
    """The answer that has this title, or the only one whose title holds it, as what was meant."""
    titles = {one: pack.definitions[one].title for one in pack.answers}
    every = {one: (title.zh, title.en) for one, title in titles.items() if title is not None}
    found = [one for one, said in every.items() if name in said] or [
        one for one, said in every.items() if any(name in part for part in said)
    ]
    return f"did you mean {found[0]!r}?" if len(found) == 1 else ""


def asked_of_each(pack: Pack, case: Case, name: str) -> list[Asked]:
    """The answers that a definition gives: one, or one of each element or value it is asked of. Of no elements, none."""
    return _expanded(pack, case, pack.definitions[name])


def _no_elements(pack: Pack, definition: Definition) -> str:
    """The list whose elements alone a definition is asked of; empty if there is none."""
    collection = pack.element_of(definition.parameters[0][1].base) if len(definition.parameters) == 1 else None
    return collection.name if collection else ""


def _by_name(pack: Pack, case: Case, name: str) -> list[Asked]:
    if name in pack.definitions:
        return _expanded(pack, case, pack.definitions[name])
    if call := re.fullmatch(r"(\w+)\((\d{4}-\d\d-\d\d)\)", name):
        definition = pack.definitions.get(call[1])
        if definition and [type_.base for _, type_ in definition.parameters] == ["day"]:
            try:
                return [Asked(name, call[1], (date.fromisoformat(call[2]),))]
            except ValueError:
                return []
    stem = re.sub(r"\[[^\]]*\]", "", name)
    for definition in pack.definitions.values():
        if _stem(pack, definition) == stem:
            return [asked for asked in _expanded(pack, case, definition) if asked.key == name]
    return []


def _stem(pack: Pack, definition: Definition) -> str:
    """The key without what stands in brackets: `line.level` is asked as `lines[…].level`."""
    element, _, rest = definition.name.partition(".")
    collection = pack.element_of(element) if rest else None
    return f"{collection.name}.{rest}" if collection else definition.name


def _expanded(pack: Pack, case: Case, definition: Definition) -> list[Asked]:
    if not definition.parameters:
        return [Asked(definition.name, definition.name)]
    if len(definition.parameters) > 1:
        return []
    type_ = definition.parameters[0][1]
    collection = pack.element_of(type_.base)
    if collection is not None:
        labels = case.facts[collection.name].labels
        prefix, dot, rest = definition.name.partition(".")
        return [
            Asked(
                f"{label}.{rest}"
                if dot and prefix == collection.element
                else f"{definition.name}{label[len(collection.name) :]}",
                definition.name,
                (ElementAt(collection.name, index),),
            )
            for index, label in enumerate(labels)
        ]
    enumeration = pack.enumerations.get(type_.base)
    if enumeration is not None:
        return [
            Asked(f"{definition.name}[{value.written}]", definition.name, (value.name,))
            for value in enumeration.values
            if not value.answer_only
        ]
    return []
