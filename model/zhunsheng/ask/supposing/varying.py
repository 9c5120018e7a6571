"""What if one fact were otherwise: each answer at every value the fact may have, with and without each element of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from zhunsheng.ask.collecting import without_collecting
from zhunsheng.ask.deciding.answers import Argument, Asked, ElementAt, all_asked, asked_by_name
from zhunsheng.ask.deciding.noticing import of_spot
from zhunsheng.ask.settling.spans import Looker, Outcomes, Range, Ranging, known_until
from zhunsheng.ask.supposing.trials import Try, trials
from zhunsheng.errors import InputError, NotShown, Place
from zhunsheng.errors import Problem as Wrong
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import CollectionSpec, Pack
from zhunsheng.lang.spots import Spot, path_of, spec_at, spot, type_at, with_value
from zhunsheng.lang.types import NONE, Type
from zhunsheng.read.case import set_fact


@dataclass(frozen=True)
class Trial:
    """A list, record or element tried: `path` left out (`with_it` false) or as the case has it. `outcomes` in the order asked;
    empty where no such case can be. An answer about an element has no trial without that element."""

    path: str
    with_it: bool
    outcomes: tuple[Outcomes, ...]
    impossible: bool = False


@dataclass(frozen=True)
class Varied:
    """One answer as one fact varies: `ranges` of a scalar, `trials` of a list. `not_shown`: why neither could be worked out.
    `assumed`: the readings taken that had a part in it. `provided_until`: from there on, provided nothing further happens."""

    asked: Asked
    type: Type
    ranges: tuple[Range, ...] = ()
    trials: tuple[Trial, ...] = ()
    assumed: Mapping[str, str] | None = None
    not_shown: str = ""
    provided_until: date | None = None

    @property
    def constant(self) -> bool:
        """Whether the answer is the same wherever there is one."""
        parts: Sequence[Range | Trial] = self.ranges or self.trials
        return not self.not_shown and len({one.outcomes for one in parts if not one.impossible}) <= 1


@dataclass(frozen=True)
class Variation:
    """A fact tried at every value, for every answer that it can touch."""

    case: Case
    path: str
    type: Type | None
    answers: tuple[Varied, ...]


@without_collecting()
def vary(pack: Pack, case: Case, path: str, answers: list[str] | None = None, open_future: bool = False) -> Variation:
    """The case with one fact at every value: `("application.filed_on")` over the horizon, `("violations")` with and without each.

    Raises `InputError` where the path leads to nothing that varies."""
    here = spot(pack, case.facts, path)
    if here is None or (here.field is not None and case.facts[here.name] is NONE):
        raise InputError(_no_fact(pack, case, path))
    looker = Looker.of(pack, case, open_future)
    if answers is not None:
        asked = asked_by_name(pack, case, answers)
    else:
        cones, touched = looker.shared.cones, of_spot(pack, here)
        asked = [one for one in all_asked(pack, case) if touched.seen_by(cones.definition(one.definition))]
    type_ = type_at(pack, here)
    if type_ is None:
        return Variation(case, path, None, tuple(_with_and_without(looker, here, asked, path)))
    if type_.base == "text" and not type_.special and not _named(pack, here):
        raise InputError([Wrong(Place(f"--vary {path}"), "a text is not varied", "write --set with the text wanted")])
    named = path_of(case.facts, here)
    return Variation(case, named, type_, tuple(_varied(looker, here, one) for one in asked))


def _no_fact(pack: Pack, case: Case, path: str) -> list[Wrong]:
    """Why a path leads to nothing that varies, and what to write instead."""
    place, name = Place(f"--vary {path}"), path.partition(".")[2]
    if path.startswith("readings.") and name in pack.readings:
        options = "|".join(one.name for one in pack.readings[name].options)
        return [Wrong(place, "an open reading is set, not varied", f"write --set {path}={options}")]
    if path.startswith("discretion.") and name in pack.discretions:
        return [Wrong(place, "what an authority chooses is set, not varied", f"write --set {path}=…")]
    if path in pack.definitions:
        instead = f"vary a fact and ask for this answer: --vary FACT --answer {path}"
        return [Wrong(place, "this is an answer and no fact", instead)]
    try:
        set_fact(case, path, "unknown", pack)
    except InputError as error:
        return [Wrong(place, one.what, one.instead) for one in error.problems]
    instead = "set it first: a fact of something that does not exist cannot vary"
    return [Wrong(place, "there is no such fact in this case", instead)]


def _named(pack: Pack, here: Spot) -> bool:
    spec = spec_at(pack, here)
    return isinstance(spec, CollectionSpec) or not spec.inert


def _varied(looker: Looker, here: Spot, asked: Asked) -> Varied:
    type_ = looker.pack.definitions[asked.definition].type
    try:
        ranges = tuple(Ranging(looker, (here,), [asked]).ranges())
    except NotShown as reason:
        return Varied(asked, type_, not_shown=str(reason))
    assumed: dict[str, str] = {}
    for one in ranges:
        if not one.impossible:
            assumed |= looker.assumed(with_value(looker.case.facts, here, one.least), asked)
    return Varied(asked, type_, ranges, (), assumed, provided_until=provided_until(looker, asked, here))


def provided_until(looker: Looker, asked: Asked, here: Spot) -> date | None:
    """The day after which an answer, as this day moves, holds only if nothing further happens."""
    pack, case = looker.pack, looker.case
    if looker.open_future or path_of(case.facts, here) not in pack.reference_days:
        return None
    lists = looker.shared.cones.definition(asked.definition).collections
    growing = any(pack.collections[name].happens_on and case.facts[name].complete for name in lists)
    return known_until(pack, case) if growing else None


def _with_and_without(looker: Looker, here: Spot, asked: Sequence[Asked], path: str) -> list[Varied]:
    """Trial by trial: answers that are decided share what is made of its case."""
    made: dict[Asked, list[Trial]] = {one: [] for one in asked}
    unshown: dict[Asked, str] = {}
    for tried in trials(looker.pack, looker.case.facts, here, path):
        left = [one for one in asked if one not in unshown]
        for one, found in zip(left, _tried(looker, here, left, tried), strict=True):
            if isinstance(found, NotShown):
                unshown[one] = str(found)
            elif found is not None:
                made[one].append(found)
    return [_as_varied(looker, one, made[one], unshown.get(one, "")) for one in asked]


def _as_varied(looker: Looker, asked: Asked, made: Sequence[Trial], not_shown: str) -> Varied:
    type_ = looker.pack.definitions[asked.definition].type
    if not_shown:
        return Varied(asked, type_, not_shown=not_shown)
    return Varied(asked, type_, (), tuple(made), looker.assumed(looker.case.facts, asked))


def _tried(looker: Looker, here: Spot, asked: Sequence[Asked], tried: Try) -> list[Trial | NotShown | None]:
    """What each answer comes to there; None for an answer about an element that is not there, and why where it is not shown."""
    there = [_without(one, here.name, tried.gone) for one in asked]
    try:
        outcomes = looker.each_outcome(tried.facts, [one for one in there if one is not None])
    except NotShown as reason:
        return [None if one is None else reason.kept() for one in there]
    return [None if one is None else _trial(tried, None if outcomes is None else outcomes[one]) for one in there]


def _trial(tried: Try, found: Outcomes | NotShown | None) -> Trial | NotShown:
    if isinstance(found, NotShown):
        return found
    return Trial(tried.path, tried.with_it, () if found is None else (found,), impossible=found is None)


def _without(asked: Asked, collection: str, gone: frozenset[int]) -> Asked | None:
    """The same answer where these elements of a list are gone and those after them moved up; None if it is about one of them."""
    args: list[Argument] = []
    for arg in asked.args:
        if isinstance(arg, ElementAt) and arg.collection == collection:
            if arg.index in gone:
                return None
            arg = replace(arg, index=arg.index - sum(one < arg.index for one in gone))
        args.append(arg)
    return replace(asked, args=tuple(args))
