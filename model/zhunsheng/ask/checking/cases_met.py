"""Cases met on the way, looked at again: often a case that is there already answers whether something is ever so.

The reference meaning looks, so a yes is a yes. That none of these cases says yes means nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, product
from typing import Any

from zhunsheng.ask.checking.questions import Differs, Holds, Question, seen
from zhunsheng.errors import Incomplete
from zhunsheng.evaluate import Run
from zhunsheng.lang.case import Listing
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import Type, special

MOST = 40
"""How many cases are kept: those met last."""
MOST_TRIED = 24
"""How many arguments are tried in one case."""


@dataclass
class CasesMet:
    """The cases met last, each complete and with no assumption broken."""

    pack: Pack
    cones: Cones
    runs: list[Run] = field(default_factory=list)

    def add(self, run: Run) -> None:
        self.runs = [*self.runs[-(MOST - 1) :], run]

    def clear(self) -> None:
        self.runs = []

    def show(self, definition: Definition, question: Question) -> bool:
        """Whether one of them answers yes, with lawful choices, at some arguments that stand in it."""
        return any(self._shows(run, definition, question) for run in reversed(self.runs))

    def _shows(self, run: Run, definition: Definition, question: Question) -> bool:
        try:
            return self._lawful(run, definition) and any(
                _worth_asking(question, run, definition, args) and seen(question, run, definition, args)
                for args in self._arguments(run, definition)
            )
        except Incomplete:  # what no question before had looked at may be left open in a case
            return False

    def _lawful(self, run: Run, definition: Definition) -> bool:
        choices = self.cones.definition(definition.name).choices
        return all(run.choices.get(name) in run.lawful(name) for name in choices)

    def _arguments(self, run: Run, definition: Definition) -> Iterator[Mapping[str, Any]]:
        names = [name for name, _ in definition.parameters]
        options = [self._options(run, type_) for _, type_ in definition.parameters]
        return (dict(zip(names, values, strict=True)) for values in islice(product(*options), MOST_TRIED))

    def _options(self, run: Run, type_: Type) -> list[Any]:
        """What of this type there is in a case. Of numbers and texts, nothing: they are not looked for."""
        if type_.keyed_by is not None:
            return []
        specials = [special(name) for name in sorted(type_.special)]
        if (collection := self.pack.element_of(type_.base)) is not None:
            return list(run.facts.elements(collection.name))
        if type_.base == "yes/no":
            return [True, False, *specials]
        if type_.base == "day":
            return [*sorted(set(_days(run.facts.facts))), *specials]
        return [*self.pack.enumerations[type_.base].names, *specials] if type_.base in self.pack.enumerations else specials


def _worth_asking(question: Question, run: Run, definition: Definition, args: Mapping[str, Any]) -> bool:
    """A rule that does not hold makes no difference."""
    return not isinstance(question, Differs) or seen(Holds(question.rule), run, definition, args)


def _days(found: object) -> Iterator[date]:
    match found:
        case date():
            yield found
        case Mapping():
            for each in found.values():
                yield from _days(each)
        case Listing(elements=elements):
            for each in elements:
                yield from _days(each)
        case _:
            return
