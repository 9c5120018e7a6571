"""What one variant of a theorem comes to, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhunsheng.evaluate.theorem import Instance, Judged
from zhunsheng.lang.case import Case
from zhunsheng.lang.theorem import Theorem, Variant, Verdict
from zhunsheng.lang.types import Value


@dataclass(frozen=True)
class Counterexample:
    """A complete case that a claim is not true of; `after`, where the theorem changes something, the case after the changes.

    `names`: what the theorem's names stand for (a value, or the path of an element)."""

    before: Case
    after: Case | None
    names: Mapping[str, Value]
    instance: Instance = field(repr=False, compare=False)
    judged: Judged = field(repr=False, compare=False)

    def __reduce__(self) -> tuple[type[Counterexample], tuple[Any, ...]]:
        """What was judged stays where it was judged: whoever gets the case judges it anew."""
        return Counterexample, (self.before, self.after, dict(self.names), self.instance, None)


@dataclass(frozen=True)
class Proof:
    """What one variant of a theorem comes to.

    `slots`: the elements of each list that were enough to look at (beyond those the theorem names). `without`: the
    assumptions it was proved without. `horizon`: the days spoken of. `example`: a case in which the premises hold, where it is
    proved. `unneeded`: premises that it holds without, by number from 0. `trivial`: whether it holds under any law.
    `rules`: the rules (definition, rule) that the proof rests on; None where that was not asked."""

    theorem: Theorem
    variant: Variant
    verdict: Verdict
    slots: Mapping[str, int]
    horizon: tuple[date, date]
    counterexample: Counterexample | None = None
    example: Counterexample | None = None
    unneeded: tuple[int, ...] = ()
    without: tuple[str, ...] = ()
    trivial: bool = False
    rules: tuple[tuple[str, str], ...] | None = None
    why: str = ""
    queries: int = 0

    @property
    def as_expected(self) -> bool:
        return self.verdict is self.variant.expect
