"""Complete cases met in the course of an interview, fitted to what is known by now.

A case in which an answer came out otherwise mostly shows later too that the answer is open, with what was told since put in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhunsheng.ask.deciding.unstated import EXISTS, HOW_MANY, missing
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.spots import Spot, value_at, with_value

MOST = 16
"""How many are kept, those met last."""
Facts = Mapping[str, Any]


@dataclass
class Recalled:
    pack: Pack
    plain: Facts | None = None
    """The plainest case as it was last, which is tried before others."""
    _met: list[Facts] = field(default_factory=list)

    def add(self, *found: Facts) -> None:
        self._met = [*found, *self._met][:MOST]

    def plainest(self, case: Case, plain: Facts, possible: Callable[[Facts], bool]) -> Iterator[Facts]:
        """Those that are possible, each made as plain as is still possible, what stands together in the case at once."""
        open_ = list(missing(self.pack, case))
        for facts in self.fitted(case, plain):
            if possible(facts):
                yield _plainer(case.facts, facts, plain, open_, possible)

    def fitted(self, case: Case, plain: Facts) -> Iterator[Facts]:
        """The plainest case with what is not known as it is in each of those met, the last first. They need not be possible."""
        open_ = list(missing(self.pack, case))
        for met in [*([] if self.plain is None else [self.plain]), *self._met]:
            facts = plain
            for here, kind in open_:
                facts = _taken(case.facts, facts, met, here, kind)
            yield facts


def _plainer(
    known: Facts, facts: Facts, plain: Facts, open_: Sequence[tuple[Spot, str]], possible: Callable[[Facts], bool]
) -> Facts:
    tried = facts
    for here, kind in open_:
        tried = _taken(known, tried, plain, here, kind)
    if possible(tried):
        return tried
    if len(open_) > 1:
        for half in (open_[: len(open_) // 2], open_[len(open_) // 2 :]):
            facts = _plainer(known, facts, plain, half, possible)
    return facts


def _taken(known: Facts, facts: Facts, met: Facts, here: Spot, kind: str) -> Facts:
    """The facts with one of another case, where there is one; of a list, the elements beyond those that are known."""
    there = met[here.name]
    if kind == EXISTS:
        return {**facts, here.name: there}
    if kind == HOW_MANY:
        stated = len(known[here.name].elements)
        elements = (*facts[here.name].elements[:stated], *there.elements[stated:])
        return {**facts, here.name: Listing(elements, True, True, tuple(f"{here.name}[{n}]" for n in range(len(elements))))}
    if here.index is not None and here.index >= len(there.elements):
        return facts
    if here.index is None and here.field is not None and not isinstance(there, Mapping):
        return facts
    value = value_at(met, here)
    return facts if value is UNKNOWN else with_value(facts, here, value)
