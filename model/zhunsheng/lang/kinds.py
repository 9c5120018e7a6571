"""What a pack declares for comparisons: kinds of case, and which outcomes are better than which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhunsheng.lang.expr import Expr
from zhunsheng.lang.types import Text


@dataclass(frozen=True)
class Part:
    """One kind of case: those in which `when` is true and no earlier part's is. None: all that are left."""

    name: str
    title: Text
    when: Expr | None


@dataclass(frozen=True)
class Partition:
    """A way to divide all cases into kinds; the last part takes what no other does."""

    name: str
    title: Text
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)


@dataclass(frozen=True)
class Kinds:
    """`orders`: for an enumeration without an order of its own, the definition that says whether its first argument is at least
    as good as its second. `best`, `worst`: for an answer, the special value better (worse) than every other outcome."""

    partitions: tuple[Partition, ...] = ()
    orders: Mapping[str, str] = field(default_factory=dict)
    best: Mapping[str, str] = field(default_factory=dict)
    worst: Mapping[str, str] = field(default_factory=dict)
