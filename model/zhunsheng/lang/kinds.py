"""What a pack declares for comparisons: kinds of case, and which outcomes are better than which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from zhunsheng.lang import expr as e
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.logic import substituted
from zhunsheng.lang.types import DAY, Text

DAY_OF_CHANGE = "day_of_change"


@dataclass(frozen=True)
class Part:
    """One kind of case: those in which `when` is true and no earlier part's is. None: all that are left."""

    name: str
    title: Text
    when: Expr | None


IN = "in"
REST = Part("rest", Text("其他情形", "any other case"), None)


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
    as good as its second. `best`, `worst`: for an answer, the special value better (worse) than every other outcome.

    `situations`: where a case can be on the day an amendment takes effect, told of the variable `DAY_OF_CHANGE`.
    Of a register: the path of the fact that names an enterprise, and those of the facts by which its changes are counted."""

    partitions: tuple[Partition, ...] = ()
    orders: Mapping[str, str] = field(default_factory=dict)
    best: Mapping[str, str] = field(default_factory=dict)
    worst: Mapping[str, str] = field(default_factory=dict)
    situations: tuple[Part, ...] = ()
    registered_as: str = ""
    grouped_by: tuple[str, ...] = ()

    def on_the_day(self, day: date) -> tuple[Partition, ...]:
        """Each situation as a way to divide cases: those that are in it on a day, and the rest."""
        names = {DAY_OF_CHANGE: e.Literal(day, DAY)}
        parts = [
            replace(each, when=substituted(each.when, names)) for each in self.situations if each.when is not None
        ]  # fmt: skip
        return tuple(Partition(part.name, part.title, (replace(part, name=IN), REST)) for part in parts)
