"""Which enterprises of a register an amendment affects: each row decided under both laws where it says enough.

A row that says enough is run through the reference meaning of both laws. One that does not may still be settled, whatever is
missing (`possibilities`); else it is counted as needing facts, with those that are to be found out first. Rows that agree in all
that an answer looks at are decided once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from zhunsheng.ask.answers import Asked, asked_by_name
from zhunsheng.ask.bothlaws import terms_of
from zhunsheng.ask.possibilities import May, Possibilities
from zhunsheng.ask.register import Affected, Outcomes, Register, Unsettled
from zhunsheng.ask.workers import shared_out
from zhunsheng.ask.worlds import UNLAWFUL, Worlds
from zhunsheng.errors import InputError, Place, Problem, UnknownFact
from zhunsheng.evaluate import Run
from zhunsheng.lang.amendment import Amended
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.cone import Cone, Cones
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.pack import FactSpec
from zhunsheng.lang.types import Value

CHUNK = 250
Progress = Callable[[str, int, int], None]
def register(
    amended: Amended,
    kinds: Kinds,
    cases: Sequence[Case],
    places: Sequence[Place],
    answers: Sequence[str],
    progress: Progress | None = None,
    workers: int = 1,
) -> Register:
    """Every row under both laws. `answers`: those that can change. Raises `InputError` for rows that contradict themselves."""
    mine, theirs = amended.base.definitions, amended.pack.definitions
    shared = tuple(name for name in answers if name in mine and _own(amended, name) in theirs)
    rows = Rows(amended, cases, places, shared)
    total = -(-len(cases) // CHUNK)
    affected: list[Affected] = []
    unsettled: list[Unsettled] = []
    problems: list[Problem] = []
    for number, (changed, left, wrong) in enumerate(shared_out(rows.chunk, total, workers)):
        if progress:
            progress("", min(number * CHUNK, len(cases)), len(cases))
        affected += changed
        unsettled += left
        problems += wrong
    if problems:
        raise InputError(problems)
    by = kinds.grouped_by
    names = tuple(_called(case, kinds.registered_as, place) for case, place in zip(cases, places, strict=True))
    groups = tuple(tuple(_values(case, path) for path in by) for case in cases)
    return Register(shared, names, tuple(places), by, groups, tuple(affected), tuple(unsettled))


def _own(amended: Amended, name: str) -> str:
    return amended.renames.get(name, name)


@dataclass
class Rows:
    """Rows to be decided under two laws."""

    amended: Amended
    cases: Sequence[Case]
    places: Sequence[Place]
    answers: Sequence[str]
    _known: dict[tuple[str, str], tuple[Outcomes, Outcomes] | tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.laws = (self.amended.base, self.amended.pack)
        self.becomes = terms_of(self.amended).becomes
        self.cones = (Cones(self.laws[0]), Cones(self.laws[1]))
        self.defaults = tuple(
            {name: spec.default for name, spec in law.readings.items() if spec.default is not None} for law in self.laws
        )
        self.possible: tuple[Possibilities, ...] = ()
        self.stand_ins = {n: spec.default or spec.options[0].name for n, spec in self.laws[0].readings.items()}

    def chunk(self, number: int) -> tuple[list[Affected], list[Unsettled], list[Problem]]:
        """A few hundred rows."""
        affected: list[Affected] = []
        unsettled: list[Unsettled] = []
        problems: list[Problem] = []
        for row in range(number * CHUNK, min((number + 1) * CHUNK, len(self.cases))):
            case = self.cases[row]
            wrong = self._contradicts(case)
            if wrong:
                problems.append(Problem(self.places[row], wrong, "look at the facts of this row again"))
                continue
            for asked in self._asked(case):
                match self._outcomes(case, asked):
                    case (frozenset() as before, frozenset() as after):
                        if before != after:
                            affected.append(Affected(row, asked.key, before, after))
                    case first:
                        unsettled.append(Unsettled(row, asked.key, tuple(str(each) for each in first)))
        return affected, unsettled, problems

    def _contradicts(self, case: Case) -> str:
        """What is impossible about the facts of a row, as far as they are stated."""
        run = Run(self.laws[0], case.facts, {**self.stand_ins, **case.readings}, {})
        for assumption in self.laws[0].assumptions:
            try:
                if run.assumption(assumption):
                    return f"{assumption.says.zh} / {assumption.says.en}"
            except UnknownFact:
                continue
        return ""

    def _asked(self, case: Case) -> list[Asked]:
        plain = [name for name in self.answers if not self.laws[0].definitions[name].parameters]
        shown = [name for name in self.answers if self.laws[0].definitions[name].parameters]
        found = [Asked(name, name) for name in plain]
        for name in shown:
            found += asked_by_name(self.laws[0], case, [name])
        return found

    # -- one answer of one row

    def _outcomes(self, case: Case, asked: Asked) -> tuple[Outcomes, Outcomes] | tuple[str, ...]:
        """What comes out under each law; or the facts to be found out first."""
        own = _own(self.amended, asked.definition)
        cone = self.cones[0].definition(asked.definition) | self.cones[1].definition(own)
        key = (asked.key, _looked_at(case, cone))
        if key not in self._known:
            self._known[key] = self._decided(case, asked, own)
        return self._known[key]

    def _decided(self, case: Case, asked: Asked, own: str) -> tuple[Outcomes, Outcomes] | tuple[str, ...]:
        there = Asked(asked.key, own, asked.args)
        before, after = self._plainly(case, asked, 0), self._plainly(case, there, 1)
        if isinstance(before, frozenset) and isinstance(after, frozenset):
            return before, after
        settled = [self._settled(case, asked, 0), self._settled(case, there, 1)]
        found = [one if isinstance(one, frozenset) else other for one, other in zip((before, after), settled, strict=True)]
        if isinstance(found[0], frozenset) and isinstance(found[1], frozenset):
            return found[0], found[1]
        return tuple(dict.fromkeys(one for one in (before, after) if isinstance(one, str)))

    def _plainly(self, case: Case, asked: Asked, side: int) -> Outcomes | str:
        """What the reference meaning says; or the first fact that it looked for in vain."""
        law = self.laws[side]
        choices: dict[str, Value] = {name: made.value for name, made in case.choices.items()}
        known = self._facts(case, side)
        readings = {**self.defaults[side], **{n: o for n, o in case.readings.items() if n in law.readings}}
        world = Worlds(law, case, known, readings, choices, self.cones[side])
        try:
            seen = world.outcomes(asked)
        except UnknownFact as missing:
            return str(missing.path)
        return frozenset(one for one in ((type(each).__name__, each) for each in seen) if one[1] is not UNLAWFUL)

    def _facts(self, case: Case, side: int) -> Mapping[str, Any]:
        """The facts a law knows. Those that only it has are not known of any row; an abolished value is what it counts as."""
        law = self.laws[side]
        if law is self.laws[0]:
            return case.facts
        found: dict[str, Any] = {}
        for name, spec in law.facts.items():
            found[name] = self._read(spec, case.facts.get(name, UNKNOWN))
        for name, collection in law.collections.items():
            listing = case.facts.get(name)
            if isinstance(listing, Listing):
                elements = tuple(self._entry(collection.fields, each) for each in listing.elements)
                found[name] = replace(listing, elements=elements)
            else:
                found[name] = Listing((), complete=False, stated=False)
        return found

    def _read(self, spec: FactSpec, value: Any) -> Any:
        if isinstance(value, Mapping) and spec.type is None:
            return self._entry(spec.record, value)
        becomes = self.becomes.get(spec.type.base, {}) if spec.type is not None else {}
        if isinstance(value, Mapping):
            return {key: becomes.get(each, each) for key, each in value.items()}
        return becomes.get(value, value) if isinstance(value, str) else value

    def _entry(self, specs: Sequence[FactSpec], entry: Mapping[str, Any]) -> dict[str, Any]:
        return {spec.name: self._read(spec, entry.get(spec.name, UNKNOWN)) for spec in specs}

    def _settled(self, case: Case, asked: Asked, side: int) -> Outcomes | None:
        """What comes out whatever is missing, if that is one thing."""
        if not self.possible:
            self.possible = tuple(Possibilities(law, cones) for law, cones in zip(self.laws, self.cones, strict=True))
        may, _ = self.possible[side].look(replace(case, facts=self._facts(case, side)), [asked])[asked]
        return _one(may) if may.single else None


def _one(may: May) -> Outcomes:
    values = [*may.values, *may.failures, *([may.least] if may.least is not None else [])]
    return frozenset((type(each).__name__, each) for each in values)


# -- details


def _looked_at(case: Case, cone: Cone) -> str:
    """All that a cone looks at in a case, as a text."""
    parts: list[object] = []
    for name in sorted(cone.facts):
        value = case.facts.get(name)
        parts.append(_told(value, {field for _, field in cone.fields}) if isinstance(value, Mapping) else repr(value))
    for name in sorted(cone.collections):
        listing = case.facts.get(name)
        if isinstance(listing, Listing):
            fields = {field for _, field in cone.fields}
            parts.append((listing.complete, listing.stated, [_told(each, fields) for each in listing.elements]))
    return repr((parts, sorted(case.readings.items())))


def _told(entry: Mapping[str, Any], fields: set[str]) -> list[tuple[str, str]]:
    return [(name, repr(value)) for name, value in entry.items() if name in fields]


def _called(case: Case, path: str, place: Place) -> str:
    found = _values(case, path) if path else ()
    return found[0] if found else f"{place.line}"


def _values(case: Case, path: str) -> tuple[str, ...]:
    """What a case has at `fact.field` or `list.field`; nothing where that is not stated."""
    first, _, rest = path.partition(".")
    value = case.facts.get(first)
    entries = value.elements if isinstance(value, Listing) else [value]
    found = [each.get(rest) if rest and isinstance(each, Mapping) else each for each in entries]
    return tuple(dict.fromkeys(str(one) for one in found if isinstance(one, str | int)))
