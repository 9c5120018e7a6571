"""What made an answer turn from one day to the next: the rules that came and went, and the days of the case it turned on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from zhunsheng.ask.deciding.explain import facts_of, reasons
from zhunsheng.ask.report import Because, Looked
from zhunsheng.ask.timelines.timeline_report import Change
from zhunsheng.errors import ChoiceMissing, Incomplete, ReadingMissing
from zhunsheng.evaluate import Derivation, Memory, Remembered, Run
from zhunsheng.lang.case import Case, Listing
from zhunsheng.lang.outcome import FailureKind, strongest
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Value

ONE_DAY = timedelta(days=1)


def turned(pack: Pack, case: Case, runs: Iterable[Run], definition: str, day: date, memory: Memory) -> Change | None:
    """What changed from the day before to this one, in one of these runs in which the outcomes differ: the one that rests most on
    what the case states. Days and elements that the case does not state are left out: they are one example of many. `memory`: of
    what definitions came to in other cases of the pack."""
    found = [change for run in runs if (change := _turn(pack, case, run, definition, day, memory)) is not None]
    stated = [(len(change.days) - len(_stated(case, change).days), change) for change in found]
    return _stated(case, min(stated, key=lambda pair: pair[0])[1]) if stated else None


def _stated(case: Case, change: Change) -> Change:
    """A change without what the case does not state."""
    begun, ended = (
        tuple(one for one in steps if all(_known(case, a) for a in one.arguments)) for steps in (change.begun, change.ended)
    )
    return Change(begun, ended, tuple(one for one in change.days if _known(case, one.path)))


def _known(case: Case, path: str) -> bool:
    """Whether a path leads to an element the case states (or to none)."""
    name, bracket, _ = path.partition("[")
    listing = case.facts.get(name)
    return not bracket or not isinstance(listing, Listing) or any(path.startswith(label) for label in listing.labels)


def _turn(pack: Pack, case: Case, run: Run, definition: str, day: date, memory: Memory) -> Change | None:
    """The change in one run; None where the outcomes do not differ, or where the run lacks what one of the days looks at."""
    before = day - ONE_DAY
    try:
        run = _settled(run, definition, (before, day))
    except Incomplete:
        return None
    if strongest(run.definition(definition, (before,))) == strongest(run.definition(definition, (day,))):
        return None
    old, new = run.derivation(definition, (before,)), run.derivation(definition, (day,))
    was, now = spoken(pack, case, old, before), spoken(pack, case, new, day)
    begun = tuple(one for key, one in now.items() if key not in was)
    ended = tuple(one for key, one in was.items() if key not in now)
    return Change(begun, ended, tuple(_days(pack, case, run, (old, new), day, memory)))


def _settled(run: Run, definition: str, days: tuple[date, ...]) -> Run:
    """The run with the first option taken of each reading, and the first lawful choice made, that it leaves open and that one of
    these days looks at: an example. Raises `Incomplete` where a fact is missing."""
    while True:
        try:
            for day in days:
                run.definition(definition, (day,))
            return run
        except ReadingMissing as missing:
            first = run.pack.readings[missing.name].options[0].name
            run = run.reread({**run.readings, missing.name: first})
        except ChoiceMissing as missing:
            run = run.choosing({**run.choices, missing.name: run.lawful(missing.name)[0]})


def spoken(pack: Pack, case: Case, derivation: Derivation, day: date) -> dict[tuple[Any, ...], Because]:
    """The rules that spoke, each by its name and its arguments, the day asked about standing for itself."""
    found = {}
    for one in reasons(pack, case, derivation):
        if one.rule:
            arguments = tuple("" if argument == day.isoformat() else argument for argument in one.arguments)
            found[one.definition, one.rule, arguments] = one
    return found


def _days(
    pack: Pack, case: Case, run: Run, derivations: tuple[Derivation, ...], day: date, memory: Memory
) -> Iterator[Looked]:
    """The days of the case on which the turn rests: moved one day later, it has not happened yet on the day; or moved one day
    earlier, it has happened on the day before."""
    name, before = derivations[0].definition, day - ONE_DAY
    old, new = (strongest(one.outcome) for one in derivations)
    looked: dict[str, date] = {}

    def comes_to(path: str, moved: date, there: date) -> Value | FailureKind:
        """What the definition comes to on a day if the day at a path were another."""
        other = Remembered(memory, _with(run, path, moved), run.readings, run.choices)
        return strongest(_settled(other, name, (there,)).definition(name, (there,)))

    for step in (step for one in derivations for step in one.steps()):
        for part in step.looked():
            looked |= {path: value for path, value in part.facts if isinstance(value, date)}
    for path, value in looked.items():
        if path == pack.as_of:
            continue
        if comes_to(path, value + ONE_DAY, day) != new or comes_to(path, value - ONE_DAY, before) != old:
            yield from facts_of(pack, case, ((path, value),))


def _with(run: Run, path: str, value: date) -> Mapping[str, Any]:
    facts = run.facts.facts
    for collection in run.pack.collections:
        for element in run.facts.elements(collection) if path.startswith(collection) else ():
            label = f"{run.facts.path(element)}."
            if path.startswith(label):
                listing = facts[collection]
                changed = {**listing.elements[element.index], path.removeprefix(label): value}
                elements = (*listing.elements[: element.index], changed, *listing.elements[element.index + 1 :])
                return {**facts, collection: replace(listing, elements=elements)}
    record, _, field = path.partition(".")
    return {**facts, record: {**facts[record], field: value} if field else value}
