"""What stood in the way of a value, as data: rules, their conditions, and the parts of these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from zhunsheng.ask.report import Looked
from zhunsheng.lang import expr as e
from zhunsheng.lang.types import Special, Type


class Standing(Enum):
    """How a rule that would have given a value stands. `OTHER_VALUE`: it applies, and its value comes to something else."""

    LACKS = "lacks"
    DEFEATED = "defeated"
    OTHER_VALUE = "other value"
    FAILED = "failed"
    OVERRULED = "overruled"  # what holds otherwise, where a rule speaks


@dataclass(frozen=True)
class Condition:
    """A condition that is not as it would have to be: `wanted` is the truth value it would need. `facts` are what it rests on;
    `below` says why the definition that it asks for does not come to what is wanted, where it asks for one.

    A condition is taken apart where its form allows: one about the elements of a list into those it `tried` (`untold`: how many
    more there are), one that says `if … else` into its `branches`, a comparison into the `sides` that are reckoned.
    """

    condition: e.Expr
    wanted: bool
    facts: tuple[Looked, ...]
    below: Missing | None = None
    tried: tuple[Tried, ...] = ()
    untold: int = 0
    branches: tuple[Branch, ...] = ()
    sides: tuple[Side, ...] = ()


@dataclass(frozen=True)
class Tried:
    """An element that a condition about a list looked at (several, where it looks at several lists), each as a variable, its type
    and its path or written value; and its `conditions`: what it lacks, or what it has, where that is what stands in the way."""

    at: tuple[tuple[str, Type, str], ...]
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Branch:
    """Which way an `if … else` goes: its test and whether it holds, on which facts; and what is not as wanted on that way."""

    test: e.Expr
    holds: bool
    facts: tuple[Looked, ...]
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Side:
    """One side of a comparison, and what it comes to (written form)."""

    of: e.Expr
    value: str


@dataclass(frozen=True)
class Blocker:
    """A rule that applies and stands in the way of another, with its conditions: it would not apply without any one of them."""

    rule: str
    holds: tuple[Condition, ...]


@dataclass(frozen=True)
class Candidate:
    """A rule that would have given the value (empty: what holds otherwise). `by`: the rules that stand in its way, where it is
    defeated or overruled. `comes_to`: what its value is instead, if it is not the one wanted, and `facts` what that rests on, or
    `branches` which way it goes, or (of a value that holds or not) `lacks` what it would need."""

    rule: str
    provision: str
    standing: Standing
    lacks: tuple[Condition, ...] = ()
    by: tuple[Blocker, ...] = ()
    comes_to: str = ""
    facts: tuple[Looked, ...] = ()
    below: Missing | None = None
    branches: tuple[Branch, ...] = ()


@dataclass(frozen=True)
class Missing:
    """Why a definition at its arguments does not come to a value. No candidates: no rule can ever give that value."""

    definition: str
    at: tuple[str, ...]
    wanted: str
    outcome: str
    candidates: tuple[Candidate, ...] = ()


def taken_by(branches: tuple[Branch, ...], expr: e.Expr) -> e.Expr:
    """What an expression comes to, the tests before it told."""
    for branch in branches:
        if isinstance(expr, e.IfElse):
            expr = expr.then if branch.holds else expr.other
    return expr


def guards(part: e.Expr, whole: list[e.Expr]) -> bool:
    """Whether a part says only that there is something of which another part says more."""
    match part:
        case e.Compare(op="!=", left=left, right=e.Literal(value=Special())):
            return any(left in e.walk(other) for other in whole if other is not part)
        case _:
            return False
