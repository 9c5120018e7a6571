"""One answer along time: the spans of days on which it has the same outcomes, each shown and not sampled.

Where the case says enough, the kernel finds the stretches (see `stretches`) and the reference meaning says what comes out on
their first and last day. Where facts are missing, the solver decides the first day; then it is asked for the first day on which
anything else is possible, and cases are found that show each outcome on every day before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from zhunsheng.ask.certifying.atoms import Atom, as_data, spoken_of, stated
from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.deciding.explain import reasons
from zhunsheng.ask.deciding.worlds import UNLAWFUL, Worlds
from zhunsheng.ask.report import Between, Status
from zhunsheng.ask.sets import Outcomes, in_order, status_of
from zhunsheng.ask.timelines.stretches import Stretch, stretches
from zhunsheng.ask.timelines.timeline_report import Span
from zhunsheng.ask.timelines.unsettled import Unsettled
from zhunsheng.certify import kernel
from zhunsheng.errors import Disagreement, Incomplete
from zhunsheng.evaluate import Run
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.types import Value

MOST_LEAVES = 64


@dataclass
class Spans:
    """The spans of one definition that takes one day, in one case. `known`: the case as the reference meaning takes it."""

    deciding: Deciding
    loaded: kernel.Pack
    definition: str
    known: Worlds
    runs: dict[date, tuple[Run, ...]] = field(default_factory=dict)
    """For the first day of each span, runs of the reference meaning that show its outcomes."""

    def between(self, first: date, last: date) -> list[Span]:
        """The spans from one day to another, as long as they can be."""
        worlds = list(kernel.worlds_of(self.loaded, self._atoms(), self._split()))
        unsettled = Unsettled(self.deciding, self.loaded, self.definition, self.asked, self.runs)
        found: list[Span] = []
        for stretch in stretches(self.loaded, worlds, self.definition, first, last, self._likely) if worlds else ():
            exact = self._exact(stretch)
            found += [exact] if exact is not None else unsettled.between(stretch.first, stretch.last)
        return _joined(found or unsettled.between(first, last))

    def asked(self, day: date) -> Asked:
        return Asked(f"{self.definition}({day.isoformat()})", self.definition, (day,))

    # -- where the case says enough

    def _likely(self, day: date) -> frozenset[object] | None:
        """What the reference meaning says of one day; None where it needs a missing fact."""
        try:
            return self.known.outcomes(self.asked(day))
        except Incomplete:
            return None

    def _atoms(self) -> list[Atom]:
        pack = self.deciding.pack
        cone = self.deciding.problems.cones.definition(self.definition)
        grows = frozenset(pack.collections) - self.deciding.problems.closed
        known = [
            atom for atom in stated(pack, self.deciding.case) if not (atom.get("fact") in grows and isinstance(atom["is"], int))
        ]
        return [atom for atom in known if spoken_of(cone, atom)]

    def _split(self) -> list[Atom]:
        """The readings and choices that are open, as far as they can be gone through."""
        pack, case = self.deciding.pack, self.deciding.case
        cone = self.deciding.problems.cones.definition(self.definition)
        names: list[Atom] = [
            *({"reading": n} for n in pack.readings if n in cone.readings - case.readings.keys() - self.deciding.defaults.keys()),
            *({"choice": n} for n in pack.discretions if n in cone.choices - case.choices.keys()),
        ]
        split: list[Atom] = []
        leaves = 1
        for symbol in names:
            leaves *= len(kernel.ways(self.loaded, symbol))
            if leaves <= MOST_LEAVES:
                split.append(symbol)
        return split

    def _exact(self, stretch: Stretch) -> Span | None:
        """What comes out on every day of a stretch; None where the case does not say enough. Raises `Disagreement`."""
        if not stretch.exact or (not stretch.single and self._assumptions_read()):
            return None
        outcomes, runs = self._seen(stretch.first)
        there = self._seen(stretch.last)[0]
        if not outcomes or not there:
            return None
        self._agree(stretch, (outcomes, there))
        self.runs[stretch.first] = runs
        pack, case, asked = self.deciding.pack, self.deciding.case, self.asked(stretch.first)
        because = reasons(pack, case, runs[0].derivation(asked.definition, (stretch.first,)))
        status = status_of(outcomes)
        span = Span(stretch.first, stretch.last, status, outcomes, because=because)
        return replace(span, depends_on=self.deciding.answer(asked).depends_on) if status is Status.OPEN else span

    def _seen(self, day: date) -> tuple[Outcomes, tuple[Run, ...]]:
        """What the reference meaning says of one day, with the runs that say so; nothing where it needs a missing fact."""
        try:
            seen = self.known.seen(self.asked(day))
        except Incomplete:
            return (), ()
        outcomes: dict[tuple[type, Value | FailureKind], Run] = {}
        for one in seen:
            if one.outcome is UNLAWFUL:
                return (), ()
            outcomes.setdefault((type(one.outcome), one.outcome), one.run)  # type: ignore[arg-type]  # not UNLAWFUL
        return in_order(outcome for _, outcome in outcomes), tuple(outcomes.values())

    def _agree(self, stretch: Stretch, ends: Sequence[Outcomes]) -> None:
        judge = kernel.Asked(self.loaded, {"definition": self.definition, "args": [stretch.first.isoformat()]})
        whole = kernel.either(*stretch.possible)
        for day, outcomes in zip((stretch.first, stretch.last), ends, strict=True):
            if outcomes != ends[0] or not judge.covers(whole, [_data(one) for one in outcomes]):
                raise Disagreement(f"{self.definition}({day}): the kernel and the reference meaning come to different outcomes")

    def _assumptions_read(self) -> bool:
        """Whether the pack's assumptions consult a reading that the case leaves open: it may then exclude some of them."""
        problems = self.deciding.problems
        return bool(problems.assumptions.readings - self.deciding.case.readings.keys() - self.deciding.defaults.keys())


def _data(outcome: Value | FailureKind | Between) -> Atom:
    """An outcome as certificates write it."""
    match outcome:
        case FailureKind() as kind:
            return {"failure": kind.word}
        case Between(least=least, greatest=greatest):
            return {"from": as_data(least), "to": as_data(greatest)}
        case _:
            return {"value": as_data(outcome)}


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans that follow each other and do not differ in what is claimed of them, as one."""
    found: list[Span] = []
    for span in spans:
        before = found[-1] if found else None
        if before is not None and _claim(before) == _claim(span):
            found[-1] = replace(before, last=span.last)
        else:
            found.append(span)
    return found


def _claim(span: Span) -> tuple[object, ...]:
    return span.status, tuple((type(one), one) for one in span.outcomes), span.depends_on, span.why_not_shown
