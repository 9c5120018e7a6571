"""Plans as data: what would have to change, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhunsheng.ask.explaining.hindrance import Hindrance
from zhunsheng.ask.planning.steps import Acted, Length
from zhunsheng.ask.report import Because
from zhunsheng.lang.case import Case
from zhunsheng.lang.types import Value


@dataclass(frozen=True)
class Change:
    """A fact changed: its path, what it is and what it should be. `size`: how many places the two lie apart."""

    path: str
    before: Value
    after: Value
    cost: int
    size: int


@dataclass(frozen=True)
class Plan:
    """`changes`, then the step `acted`, if one is taken. `cost` of both; `works_from`: the first day on which the condition holds
    (None where a stage of the step has no length given), `is_first`: whether it was shown that there is none before. `facts`: the
    case as it then stands. `barred_by`: the rules that until the day before forbid the step, or where one only waits, apply
    no longer. `whatever_happens`: whether it holds then whatever may still happen; None where that was not asked, or
    not shown."""

    changes: tuple[Change, ...]
    acted: Acted | None
    cost: int
    size: int
    works_from: date | None
    facts: Mapping[str, Any] = field(repr=False, compare=False)
    barred_by: tuple[Because, ...] = ()
    whatever_happens: bool | None = None
    is_first: bool = True


@dataclass(frozen=True)
class Reach:
    """The least plans for a condition, all of one cost. `complete`: no cheaper plan and no other of this cost exists; `more`:
    there are others of this cost beyond the limit. Without plans: `could_from` is the first day from which the least plan works
    (None: no plan was found at all), `later` that plan, and `why` what keeps it from being had earlier (None: that does not come
    down to certain facts and provisions, or only to the lengths). `provided_until`: what is said of later days holds provided
    that nothing further happens; `open_future`: for each plan it was asked whether it does so in any event. `lacks`: where no
    plan was found or the search is not complete, facts that are not known and that plans were looked at for. `large`: the plans
    change many facts of one kind and are not said to be the least; `none_needless`: none was seen to work with one change less or
    smaller."""

    case: Case
    text: str
    on: date | None
    actor: str
    lengths: Mapping[str, Length]
    plans: tuple[Plan, ...]
    complete: bool
    more: bool = False
    could_from: date | None = None
    later: Plan | None = None
    why: Hindrance | None = None
    assumed: Mapping[str, str] = field(default_factory=dict)
    open_future: bool = False
    provided_until: date | None = None
    lacks: tuple[str, ...] = ()
    large: bool = False
    none_needless: bool = False
