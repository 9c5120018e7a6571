"""What holds on each day: the answers, periods, days and deadlines that a pack shows along time, in one case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from zhunsheng.ask.collecting import without_collecting
from zhunsheng.ask.deciding import contradiction
from zhunsheng.ask.deciding.answers import Asked, ElementAt, duties_asked
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.deciding.problems import Shared, shared_of
from zhunsheng.ask.deciding.worlds import UNLAWFUL, Worlds
from zhunsheng.ask.report import Status
from zhunsheng.ask.sets import in_order, status_of
from zhunsheng.ask.settling.possibilities import Possibilities
from zhunsheng.ask.timelines.row_spans import Spans
from zhunsheng.ask.timelines.timeline_report import Change, Deadline, Event, Moment, Row, Span, Timeline, Window
from zhunsheng.ask.timelines.turning import turned
from zhunsheng.certify import kernel
from zhunsheng.errors import Incomplete, InputError, Place, Problem, UnknownFact
from zhunsheng.lang.case import UNKNOWN, Case
from zhunsheng.lang.pack import CollectionSpec, Pack
from zhunsheng.lang.timeline import RowSpec
from zhunsheng.lang.types import YES_NO, Type

ONE_DAY = timedelta(days=1)
FAR_APART = timedelta(days=62)
"""Where a deadline might be on days further apart than this, for want of a fact, no day is told."""
NO_TYPE = Type("text")


@without_collecting()
def timeline(
    pack: Pack,
    case: Case,
    first: date,
    last: date,
    *,
    open_future: bool = False,
    shared: Shared | None = None,
    loaded: kernel.Pack | None = None,
) -> Timeline:
    """What the pack's timeline shows of a case, from the first day to the last, both in it.

    Spans are exact: on every day of one, not only on those looked at, the outcomes are those it names. `shared` and `loaded` (the
    pack as the kernel reads it) may be given where many timelines of one pack are made. Raises `InputError` for days outside the
    pack's horizon and for a pack that shows nothing along time, `ContradictoryFacts` where the facts cannot all be true.
    """
    _refuse(pack, first, last)
    deciding = Deciding(pack, case, open_future, with_firmness=False, shared=shared)
    contradiction.refuse(deciding.problems)
    try:
        loaded = loaded or kernel.Pack(pack.canonical.encode())
        return _Writer(deciding, loaded, first, last).timeline()
    finally:
        deciding.problems.release()


def days_brought(pack: Pack, case: Case, shared: Shared | None = None, loaded: kernel.Pack | None = None) -> tuple[date, ...]:
    """The days, within the pack's horizon, of the periods and events that the elements of a case bring."""
    least, greatest = pack.horizon
    deciding = Deciding(pack, case, with_firmness=False, shared=shared)
    try:
        found = _Writer(deciding, loaded or kernel.Pack(pack.canonical.encode()), least, greatest)
        moments = [moment for one in found._windows() for moment in (one.since, one.until)] + [one.on for one in found._events()]
        return tuple(sorted({day for moment in moments for day in moment.days if least <= day <= greatest}))
    finally:
        deciding.problems.release()


def days_due(
    pack: Pack, case: Case, duties: Iterable[str], shared: Shared | None = None, loaded: kernel.Pack | None = None
) -> tuple[date, ...]:
    """The days, within the pack's horizon, by which any of these duties is owed in a case, or may be."""
    least, greatest = pack.horizon
    deciding = Deciding(pack, case, with_firmness=False, shared=shared)
    try:
        found = _Writer(deciding, loaded or kernel.Pack(pack.canonical.encode()), least, greatest)._deadlines(duties)
        return tuple(sorted({day for one in found for day in one.by.days if least <= day <= greatest}))
    finally:
        deciding.problems.release()


def _refuse(pack: Pack, first: date, last: date) -> None:
    least, greatest = pack.horizon
    problems = []
    if not pack.timeline:
        problems.append(Problem(Place(pack.name), "this pack does not say what a timeline shows", "write its timeline.yaml"))
    for word, day in (("--from", first), ("--to", last)):
        if not least <= day <= greatest:
            problems.append(Problem(Place(word), f"{day} lies outside the days that the rules cover", f"{least} to {greatest}"))
    if last < first:
        problems.append(Problem(Place("--to"), f"{last} lies before {first}, the first day asked for"))
    if problems:
        raise InputError(problems)


@dataclass
class _Writer:
    deciding: Deciding
    loaded: kernel.Pack
    first: date
    last: date

    def __post_init__(self) -> None:
        self.pack, self.case = self.deciding.pack, self.deciding.case
        self.quick = Deciding(
            self.pack, self.case, self.deciding.open_future, with_firmness=False, with_dependence=False,
            shared=self.deciding.shared,
        )  # fmt: skip
        self.quick.problems = self.deciding.problems
        choices = {name: made.value for name, made in self.case.choices.items()}
        readings = {**self.deciding.defaults, **self.case.readings}
        self.shared = self.deciding.shared or shared_of(self.pack)
        self.known = Worlds(self.pack, self.case, self._stated(), readings, choices, self.shared.cones, self.shared.memory)

    def _stated(self) -> dict[str, Any]:
        """The facts as stated; a list that may grow holds others."""
        closed = self.deciding.problems.closed
        lists = {name: replace(self.case.facts[name], complete=name in closed) for name in self.pack.collections}
        return {**self.case.facts, **lists}

    def timeline(self) -> Timeline:
        shows, pack = self.pack.timeline, self.pack
        named = {one.collection for one in shows.windows} | {one.collection for one in shows.events}
        return Timeline(
            self.case, pack.name, pack.digest, self.first, self.last, self.deciding.known_until, self.deciding.open_future,
            tuple(self._row(spec) for spec in shows.rows), self._windows(), self._events(),
            self._deadlines(pack.duties),
            tuple(name for name in pack.collections if name in named and name not in self.deciding.problems.closed),
        )  # fmt: skip

    # -- answers

    def _row(self, spec: RowSpec) -> Row:
        spans = Spans(self.deciding, self.loaded, spec.definition, self.known)
        found = spans.between(self.first, self.last)
        provided = self._provided(spec.definition)
        told: list[Span] = []
        for number, span in enumerate(found):
            since = max(span.first, provided) if provided is not None and provided <= span.last else None
            change = self._change(spans, found[number - 1], span) if number else None
            told.append(replace(span, provided_from=since, change=change))
        definition = self.pack.definitions[spec.definition]
        return Row(spec.definition, spec.title or definition.title, definition.type, tuple(told))

    def _change(self, spans: Spans, before: Span, span: Span) -> Change | None:
        if Status.NOT_SHOWN in (before.status, span.status):
            return None
        runs = (*spans.runs.get(span.first, ()), *spans.runs.get(before.first, ()))
        return turned(self.pack, self.case, runs, spans.definition, span.first, self.shared.memory)

    def _provided(self, definition: str) -> date | None:
        """The day from which an answer holds provided nothing further happens."""
        limit = self.deciding.known_until
        lists = self.deciding.problems.cones.definition(definition).collections
        growing = any(self.pack.collections[name].happens_on and self.case.facts[name].complete for name in lists)
        return limit + ONE_DAY if limit is not None and growing and not self.deciding.open_future else None

    @cached_property
    def possible(self) -> Possibilities:
        return Possibilities(self.pack, self.deciding.problems.cones, self.loaded)

    @cached_property
    def told(self) -> Case:
        """The case as far as it is known for certain."""
        return replace(self.case, facts=self._stated())

    # -- what elements bring

    def _windows(self) -> tuple[Window, ...]:
        found = []
        for spec in self.pack.timeline.windows:
            for index, label in enumerate(self.case.facts[spec.collection].labels):
                at = (self.pack.collections[spec.collection], index)
                since, until = self._moment(*at, spec.since), self._moment(*at, spec.until)
                if self._meets(since, until):
                    said = self._moment(*at, spec.label) if spec.label else None
                    found.append(Window(spec.name, spec.title, spec.provision, label, since, until, said))
        return tuple(found)

    def _events(self) -> tuple[Event, ...]:
        found = []
        for spec in self.pack.timeline.events:
            for index, label in enumerate(self.case.facts[spec.collection].labels):
                at = (self.pack.collections[spec.collection], index)
                on = self._moment(*at, spec.on)
                if self._meets(on, on):
                    said = self._moment(*at, spec.label) if spec.label else None
                    found.append(Event(spec.name, spec.title, spec.provision, label, on, said))
        return tuple(found)

    def _deadlines(self, duties: Iterable[str]) -> tuple[Deadline, ...]:
        found = []
        for name in duties:
            if self.pack.duties[name].by is None:
                continue
            owed, by = duties_asked(name)
            deadline = self._deadline(name, owed, self._by(by), by)
            if deadline is not None:
                found.append(deadline)
        return tuple(sorted(found, key=lambda one: one.by.days[0] if one.by.days else date.max))

    def _deadline(self, duty: str, owed: Asked, by: Moment | None, asked: Asked) -> Deadline | None:
        """The deadline of a duty; None where it has no day among those asked for, or is not owed."""
        if by is not None and not any(self.first <= day <= self.last for day in by.days):
            return None
        first = self.possible.look(self.told, [owed])[owed][0]
        if True not in first.values or (by is None and not self._may_be_due(asked)):
            return None
        if by is None:
            return Deadline(
                duty, first.single, Moment(self.pack.definitions[asked.definition].type, Status.OPEN, ()), self._lacks(asked)
            )
        told = self._asked(owed)
        return Deadline(duty, told.outcomes == (True,), by) if told.outcomes != (False,) else None

    def _by(self, asked: Asked) -> Moment | None:
        """The days by which a duty may be owed; None where facts are missing without which it may be any of many days: which of
        them can occur takes long to find out, and would tell nobody anything."""
        found = self.possible.look(self.told, [asked])[asked][0]
        dated = isinstance(found.least, date) and isinstance(found.greatest, date)
        far = dated and found.greatest - found.least > FAR_APART  # type: ignore[operator]  # both are days
        return None if far and self._lacks(asked) else self._asked(asked)

    def _lacks(self, asked: Asked) -> str:
        """The first fact that the reference meaning looks at and the case does not state; nothing where there is none."""
        try:
            self.known.seen(asked)
        except UnknownFact as missing:
            return missing.path
        return ""

    def _may_be_due(self, asked: Asked) -> bool:
        """Whether a day that is not known may be one of those asked for."""
        found = self.possible.look(self.told, [asked])[asked][0]
        least, greatest = found.least, found.greatest
        within = isinstance(least, date) and isinstance(greatest, date) and least <= self.last and greatest >= self.first
        return within or any(isinstance(one, date) and self.first <= one <= self.last for one in found.values)

    def _meets(self, since: Moment, until: Moment) -> bool:
        """Whether a period may have a day among those asked for. One without a last day goes on."""
        begins = (not since.days and not since.settled) or any(day <= self.last for day in since.days)
        ends = not until.days or any(day >= self.first for day in until.days)
        return begins and ends

    def _moment(self, spec: CollectionSpec, index: int, name: str) -> Moment:
        """A field of an element, or a definition that belongs to it."""
        field = spec.field(name)
        if field is None:
            asked = Asked(f"{self.case.facts[spec.name].labels[index]}.{name}", f"{spec.element}.{name}")
            return self._asked(replace(asked, args=(ElementAt(spec.name, index),)))
        value = self.case.facts[spec.name].elements[index].get(name, UNKNOWN)
        type_ = field.type or NO_TYPE
        if value is UNKNOWN:
            return Moment(type_, Status.OPEN, ())
        return Moment(type_, Status.DETERMINED, (value,))

    def _asked(self, asked: Asked) -> Moment:
        type_ = self.pack.definitions[asked.definition].type
        try:
            seen = {one.outcome for one in self.known.seen(asked)}
        except Incomplete:
            seen = {UNLAWFUL}
        if UNLAWFUL not in seen and (len(seen) == 1 or type_ == YES_NO):
            outcomes = in_order(one for one in seen if one is not UNLAWFUL)  # type: ignore[misc]  # nothing is
            return Moment(type_, status_of(outcomes), outcomes)
        answer = self.quick.answer(asked)
        return Moment(type_, answer.status, tuple(one.outcome for one in answer.outcomes), answer.depends_on)
