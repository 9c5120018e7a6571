"""A theorem: what is claimed of every case, or of every case before and after named changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from zhunsheng.errors import Place
from zhunsheng.lang.cone import Cone
from zhunsheng.lang.expr import Expr, Fact, Field, Pick
from zhunsheng.lang.types import Text, Type


class Verdict(Enum):
    """What a theorem comes to. `BOUNDED`: no counterexample with so many elements, and no bound that would make this enough."""

    PROVED = "proved"
    REFUTED = "refuted"
    VACUOUS = "vacuous"
    BOUNDED = "bounded"
    NOT_SHOWN = "not_shown"


class Ranges(Enum):
    """What a theorem's name stands for: any value of its type, an element the case has, or one that a change adds."""

    VALUE = "value"
    ELEMENT = "in"
    NEW = "new"


@dataclass(frozen=True)
class Name:
    """A name a theorem speaks of. `collection` is the list of an element."""

    name: str
    ranges: Ranges
    type: Type
    collection: str | None = None


@dataclass(frozen=True)
class Put:
    """A fact takes another value: `target` is a fact, a field of a record or of a named element, or an entry of its table."""

    target: Expr
    to: Expr
    at: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Add:
    """A new element (a name that ranges over new ones) joins its list."""

    name: str


@dataclass(frozen=True)
class Remove:
    """A named element leaves its list."""

    name: str


@dataclass(frozen=True)
class Swap:
    """Two named elements of one list change places in the listing."""

    first: str
    second: str


Edit = Put | Add | Remove | Swap


@dataclass(frozen=True)
class Variant:
    """The readings a theorem is claimed under, and what it should come to there.

    `readings`: options by name, those not named at their defaults; `every`: all readings are open instead."""

    readings: Mapping[str, str]
    every: bool
    expect: Verdict


@dataclass(frozen=True)
class Theorem:
    """`given` and the targets and values of `change` speak of the case as it is; `claim` of it, or, where something changes,
    of what `before(…)` and `after(…)` hold. The changes happen together: each value is that of the case as it is.

    `where_defined`: a claim that fails (a gap, a conflict, no data) is not held against it. `apart`: the authorities may
    choose otherwise after the change."""

    name: str
    says: Text
    provisions: tuple[str, ...]
    names: tuple[Name, ...]
    given: tuple[Expr, ...]
    change: tuple[Edit, ...]
    claim: Expr
    where_defined: bool
    apart: bool
    variants: tuple[Variant, ...]
    at: Place = field(default=Place(""), compare=False)

    def named(self, name: str) -> Name:
        return next(each for each in self.names if each.name == name)

    def written(self) -> tuple[Expr, ...]:
        """Every expression that bears on it, in order."""
        return (*self.given, *(edit.to for edit in self.change if isinstance(edit, Put)), self.claim)


@dataclass(frozen=True)
class Touched:
    """What a theorem's changes touch: facts, (record or element type, field), lists whose members change, the choices,
    readings (where one case is looked at under two options)."""

    facts: frozenset[str] = frozenset()
    fields: frozenset[tuple[str, str]] = frozenset()
    members: frozenset[str] = frozenset()
    choices: bool = False
    readings: frozenset[str] = frozenset()

    def meets(self, cone: Cone) -> bool:
        """Whether anything of this cone is touched."""
        return bool(
            self.facts & cone.facts
            or self.fields & cone.fields
            or self.members & cone.collections
            or (self.choices and cone.choices)
            or self.readings & cone.readings
        )


def touched(theorem: Theorem) -> Touched:
    """What the changes of a theorem touch. A swap touches nothing: no expression sees the order of a list."""
    facts: set[str] = set()
    fields: set[tuple[str, str]] = set()
    members: set[str] = set()
    for edit in theorem.change:
        match edit:
            case Put(target=Fact(name=name) | Pick(of=Fact(name=name))):
                facts.add(name)
            case Put(target=Field(of=of, name=name) | Pick(of=Field(of=of, name=name))):
                fields.add((of.type.base, name))
            case Put(target=target):
                raise TypeError(f"nothing can be put into {target}")
            case Add(name=name) | Remove(name=name):
                members.add(theorem.named(name).collection or "")
    return Touched(frozenset(facts), frozenset(fields), frozenset(members), theorem.apart)
