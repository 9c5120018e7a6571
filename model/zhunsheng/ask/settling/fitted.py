"""What is not known of some facts taken from a complete case that is known, the days that nobody stated moved along in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.pack import Pack


@dataclass(frozen=True)
class Against:
    """A complete case in which something failed, on the day of its question; `stated`: how many elements of each list were."""

    case: Case
    today: date | None
    stated: Mapping[str, int]


def fitted(pack: Pack, one: Against, facts: Mapping[str, Any], shift: timedelta) -> Case:
    """A complete case with these facts; what they leave open is as in the other, its days moved within the horizon."""
    return replace(one.case, facts=_Fitting(pack.horizon, one, shift).facts(facts))


def with_few(
    facts: Mapping[str, Any], stated: Mapping[str, int], still: Callable[[Mapping[str, Any]], bool]
) -> Mapping[str, Any]:
    """The facts without those further elements (of each list so many are `stated`) that are not needed for `still` to hold."""
    for name, number in stated.items():
        for place in range(len(facts[name].elements) - 1, number - 1, -1):
            elements = facts[name].elements
            fewer = replace(facts[name], elements=(*elements[:place], *elements[place + 1 :]), labels=())
            without = {**facts, name: fewer}
            facts = without if still(without) else facts
    return facts


@dataclass(frozen=True)
class _Fitting:
    horizon: tuple[date, date]
    one: Against
    shift: timedelta

    def facts(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        filled = {}
        for name, value in facts.items():
            other = self.one.case.facts[name]
            if isinstance(value, Listing):
                filled[name] = self._listing(value, other, self.one.stated[name])
            else:
                filled[name] = self._fact(value, other)
        return filled

    def _listing(self, value: Listing, other: Listing, stated: int) -> Listing:
        """What is not known of the elements stated, and further ones."""
        there = (*other.elements[:stated], *({} for _ in value.elements))
        known = tuple(self._fact(element, entry) for element, entry in zip(value.elements, there, strict=False))
        more = () if value.complete else tuple(self._moved(element) for element in other.elements[stated:])
        return Listing((*known, *more), True, True, ())

    def _fact(self, value: Any, other: Any) -> Any:
        if value is UNKNOWN:
            return self._moved(other)
        if isinstance(value, Mapping):
            entries = other if isinstance(other, Mapping) else {}
            return {name: self._fact(part, entries.get(name, UNKNOWN)) for name, part in value.items()}
        return value

    def _moved(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {name: self._moved(part) for name, part in value.items()}
        if isinstance(value, date):
            least, greatest = self.horizon
            return min(max(value + self.shift, least), greatest)
        return value
