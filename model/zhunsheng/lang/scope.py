"""What an expression's names may mean, and the helpful refusal of those that mean nothing."""

from __future__ import annotations

import difflib
import keyword
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from zhunsheng.lang.pack import CollectionSpec, FactSpec
from zhunsheng.lang.types import Enumeration, Type

BUILT_IN_FUNCTIONS = frozenset(
    (
        "any", "all", "count", "min", "max", "latest", "earliest", "highest", "lowest",
        "date", "years", "months", "days", "year", "workdays_after", "is_workday", "before", "after",
    )
)  # fmt: skip
SIDES = ("before", "after")
DUTIES, OWED, BY = "duties", "owed", "by"
"""How an expression speaks of a duty: `duties.some_duty.owed`, `duties.some_duty.by`."""


@dataclass(frozen=True)
class Signature:
    """A definition from outside: `parameters` in order, the element first for one that belongs to an element."""

    parameters: tuple[tuple[str, Type], ...]
    type: Type


class Cases(Enum):
    """Of how many cases an expression may speak. `EITHER`: of two, and each part says of which by `before(…)` or `after(…)`;
    `ONE_OF_TWO`: it stands in such brackets."""

    ONE = "one"
    EITHER = "either"
    ONE_OF_TWO = "one of two"


@dataclass(frozen=True)
class Scope:
    """The vocabulary of a pack, and the variables bound at one place in it. `caseless`: the definitions that come to the same
    in every case, so that they may take a value before and a value after a change. `duties`: those that may be spoken of, by
    their identifiers."""

    enumerations: Mapping[str, Enumeration] = field(default_factory=dict)
    specials: frozenset[str] = frozenset({"none"})
    facts: Mapping[str, FactSpec] = field(default_factory=dict)
    collections: Mapping[str, CollectionSpec] = field(default_factory=dict)
    parameters: Mapping[str, Type] = field(default_factory=dict)
    readings: Mapping[str, Type] = field(default_factory=dict)
    discretions: Mapping[str, Type] = field(default_factory=dict)
    definitions: Mapping[str, Signature] = field(default_factory=dict)
    calendars: tuple[str, ...] = ()
    variables: Mapping[str, Type] = field(default_factory=dict)
    cases: Cases = Cases.ONE
    caseless: frozenset[str] = frozenset()
    duties: Mapping[str, str] = field(default_factory=dict)

    def bind(self, name: str, type_: Type) -> Scope:
        return replace(self, variables={**self.variables, name: type_})

    def element(self, name: str) -> CollectionSpec | None:
        return next((spec for spec in self.collections.values() if spec.element == name), None)

    def names(self) -> list[str]:
        """Every name that may stand alone."""
        groups: tuple[Iterable[str], ...] = (
            self.variables, self.facts, self.parameters, self.readings, self.discretions, self.definitions,
            self.collections, BUILT_IN_FUNCTIONS,
        )  # fmt: skip
        return [name for group in groups for name in group]

    def enumerated(self, type_: Type | None) -> Enumeration | None:
        """The enumeration a type's plain values belong to, if it is one."""
        return self.enumerations.get(type_.base) if type_ and not type_.keyed_by else None


def nearest(name: str, known: Iterable[str]) -> str:
    """`did you mean …`, or nothing."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else ""


def duty_in_expression(name: str) -> str:
    """A duty's name as expressions write it."""
    return name.replace("-", "_")


def in_expression(field_name: str) -> str:
    """A field's name as expressions write it: one that is a Python keyword takes a trailing underscore."""
    return field_name + "_" if keyword.iskeyword(field_name) else field_name
