"""Which enterprises of a register an amendment affects: each row decided under both laws where it says enough.

A row that says enough is run through the reference meaning of both laws. One that does not may still be settled, whatever is
missing (`possibilities`); else it is counted as needing facts, with those that are to be found out first. Rows that agree in all
that an answer looks at are decided once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from zhunsheng.ask.comparing.bothlaws import terms_of
from zhunsheng.ask.comparing.register import Affected, Outcomes, Register, Unsettled
from zhunsheng.ask.deciding.answers import Asked, ElementAt, asked_of_each
from zhunsheng.ask.deciding.worlds import UNLAWFUL, Worlds
from zhunsheng.ask.settling.possibilities import May, Possibilities
from zhunsheng.ask.workers import shared_out
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
Both = tuple[Outcomes, Outcomes] | tuple[str, ...]
"""What comes out under each law; or facts to be found out first."""
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
    possible: dict[int, Possibilities] = field(default_factory=dict)
    _known: dict[Hashable, Both] = field(default_factory=dict)
    _cones: dict[str, Cone] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.laws = (self.amended.base, self.amended.pack)
        self.becomes = terms_of(self.amended).becomes
        self.cones = (Cones(self.laws[0]), Cones(self.laws[1]))
        self.defaults = tuple(
            {name: spec.default for name, spec in law.readings.items() if spec.default is not None} for law in self.laws
        )
        self.stand_ins = {n: spec.stand_in for n, spec in self.laws[0].readings.items()}

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
            for asked, found in self._decided(case):
                match found:
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
            found += asked_of_each(self.laws[0], case, name)
        return found

    # -- one row

    def _decided(self, case: Case) -> Iterator[tuple[Asked, Both]]:
        """What each answer comes to under each law; or the facts to be found out first."""
        every = [(asked, *self._keys(case, asked)) for asked in self._asked(case)]
        new = [one for one in every if self._found(*one[1:]) is None]
        for (_, alike, named), both in zip(new, self._both(case, [asked for asked, *_ in new]) if new else (), strict=True):
            self._known[alike if _is_settled(both) else named] = both
        for asked, alike, named in every:
            found = self._found(alike, named)
            assert found is not None  # noqa: S101 (it was just found)
            yield asked, found

    def _found(self, alike: Hashable, named: Hashable) -> Both | None:
        found = self._known.get(alike)
        return self._known.get(named) if found is None else found

    def _keys(self, case: Case, asked: Asked) -> tuple[Hashable, Hashable]:
        """Equal for rows and answers that agree in all that an answer looks at, an element by its place, whatever its name; and
        equal where their elements also bear the same names, by which the facts that are missing are called."""
        if asked.definition not in self._cones:
            own = _own(self.amended, asked.definition)
            self._cones[asked.definition] = self.cones[0].definition(asked.definition) | self.cones[1].definition(own)
        about = frozenset(arg.collection for arg in asked.args if isinstance(arg, ElementAt))
        cone = self._cones[asked.definition] | Cone(collections=about)
        alike = asked.definition, asked.args, _looked_at(case, cone)
        labels = tuple(found.labels for name in sorted(cone.collections) if isinstance(found := case.facts.get(name), Listing))
        return alike, (alike, labels)

    def _both(self, case: Case, every: Sequence[Asked]) -> list[Both]:
        sides = [[replace(each, definition=_own(self.amended, each.definition)) if side else each for each in every]
                 for side in (0, 1)]  # fmt: skip
        found = [self._on_one_side(case, asked, side) for side, asked in enumerate(sides)]
        return [
            (before, after) if isinstance(before, frozenset) and isinstance(after, frozenset)
            else tuple(dict.fromkeys(one for one in (before, after) if isinstance(one, str)))
            for before, after in zip(*found, strict=True)
        ]  # fmt: skip

    def _on_one_side(self, case: Case, every: Sequence[Asked], side: int) -> list[Outcomes | str]:
        """What the reference meaning says of each answer, or else what is possible at all, if that is one thing; or the first
        fact that was looked for in vain."""
        law = self.laws[side]
        there = replace(case, facts=self._facts(case, side))
        choices: dict[str, Value] = {name: made.value for name, made in case.choices.items()}
        readings = {**self.defaults[side], **{n: o for n, o in case.readings.items() if n in law.readings}}
        world = Worlds(law, there, there.facts, readings, choices, self.cones[side])
        found = [_plainly(world, asked) for asked in every]
        left = [asked for asked, one in zip(every, found, strict=True) if isinstance(one, str)]
        if not left:
            return found
        settled = self._possible(side).look(there, left)
        return [
            _one(settled[asked][0]) if isinstance(one, str) and settled[asked][0].single else one
            for asked, one in zip(every, found, strict=True)
        ]

    def _possible(self, side: int) -> Possibilities:
        if side not in self.possible:
            self.possible[side] = Possibilities(self.laws[side], self.cones[side])
        return self.possible[side]

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


def _is_settled(both: Both) -> bool:
    return bool(both) and isinstance(both[0], frozenset)


def _plainly(world: Worlds, asked: Asked) -> Outcomes | str:
    try:
        seen = world.outcomes(asked)
    except UnknownFact as missing:
        return str(missing.path)
    return frozenset((type(each).__name__, each) for each in seen if each is not UNLAWFUL)


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
    return repr((parts, sorted(case.readings.items()), sorted((name, made.value) for name, made in case.choices.items())))


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
