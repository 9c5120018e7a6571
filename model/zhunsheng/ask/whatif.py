"""What if: a case and the same case changed, answer by answer; one fact tried at every value that it may have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from zhunsheng.ask import contradiction
from zhunsheng.ask.alike import Alike
from zhunsheng.ask.answers import Argument, Asked, ElementAt, all_asked, asked_by_name, duties_asked
from zhunsheng.ask.decide import Deciding
from zhunsheng.ask.difference import differing
from zhunsheng.ask.noticing import Touched, between, of_spot
from zhunsheng.ask.possibilities import Possibilities
from zhunsheng.ask.problems import Problems, Shared
from zhunsheng.ask.replay import for_reference
from zhunsheng.ask.report import Answer, Because
from zhunsheng.ask.spans import Looker, Outcomes, Range, Ranging, known_until
from zhunsheng.errors import Incomplete, InputError, NotShown, Place
from zhunsheng.errors import Problem as Wrong
from zhunsheng.lang.case import Case, Listing
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import CollectionSpec, Pack
from zhunsheng.lang.spots import Spot, path_of, spec_at, spot, type_at, with_value
from zhunsheng.lang.types import NONE, Type
from zhunsheng.read.case import set_fact
from zhunsheng.read.stated import relabelled

ADDED = "[+]"


@dataclass(frozen=True)
class Changed:
    """One answer that differs, and the rules that make the difference: those that fired on either side, of the definitions that
    come to something else on the other (callers first)."""

    before: Answer
    after: Answer
    only_before: tuple[Because, ...]
    only_after: tuple[Because, ...]

    @property
    def name(self) -> str:
        return self.after.name


@dataclass(frozen=True)
class SideBySide:
    """A case before and after changes. `assignments`: path and what was written for it.

    `changed`: the answers that differ; `appeared`, `vanished`: those of elements that only one of the cases has; `unchanged`:
    the rest of those that the changes could have touched. `not_shown`: of which no difference was seen, but not all that they may
    come to was shown either."""

    assignments: tuple[tuple[str, str], ...]
    before: Case
    after: Case
    changed: tuple[Changed, ...]
    appeared: tuple[Answer, ...]
    vanished: tuple[Answer, ...]
    unchanged: tuple[Asked, ...]
    not_shown: tuple[Asked, ...] = ()


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


# -- side by side


def side_by_side(
    pack: Pack, case: Case, assignments: Sequence[tuple[str, str]], answers: list[str] | None = None, open_future: bool = False
) -> SideBySide:
    """The case as it is and with facts, readings or choices set (`("application.filed_on", "2026-09-23")`).

    Raises `InputError` for what cannot be set, and what `decide` raises for either case."""
    other = assigned(pack, case, assignments)
    shared = Shared(Cones(pack))
    sides = Looker(pack, case, shared, open_future), Looker(pack, other, shared, open_future)
    touched = between(shared.cones, case, other)
    left, right = (_asked(one.pack, one.case, answers, touched, one.shared.cones) for one in sides)
    both = [one for one in right if one in left]
    here = _deciding(sides[0])
    deciding = here, _deciding(sides[1], beside=here.problems)
    try:
        for one in deciding:
            contradiction.refuse(one.problems)
        moved, unshown = _moved(*sides, both, touched, *deciding)
        apart = ([one for one in asked if one not in both] for asked in (left, right))
        before, after = (_decided(one, moved + extra) for one, extra in zip(deciding, apart, strict=True))
    finally:
        for one in deciding:
            one.problems.release()
    changed = tuple(_compared(*sides, one, before[one], after[one]) for one in moved if _differ(before[one], after[one]))
    unshown = [one for one in both if one in unshown or (one in moved and _unseen(before[one], after[one]))]
    named = {one.name for one in changed} | {one.key for one in unshown}
    return SideBySide(
        tuple(assignments), case, other, changed,
        tuple(after[one] for one in right if one not in both), tuple(before[one] for one in left if one not in both),
        tuple(one for one in both if one.key not in named), tuple(unshown),
    )  # fmt: skip


def assigned(pack: Pack, case: Case, assignments: Iterable[tuple[str, str]]) -> Case:
    """The case with every assignment made, in order. `InputError` with all that is wrong."""
    problems: list[Wrong] = []
    for path, text in assignments:
        try:
            case = set_fact(case, path, text, pack)
        except InputError as error:
            problems += [Wrong(Place(f"--set {path}={text}"), one.what, one.instead) for one in error.problems]
    if problems:
        raise InputError(problems)
    return case


def _asked(pack: Pack, case: Case, answers: list[str] | None, touched: Touched, cones: Cones) -> list[Asked]:
    """The answers named, or all that the changes can touch, those about duties among them."""
    if answers is not None:
        return asked_by_name(pack, case, answers)
    duties = [one for name in pack.duties for one in duties_asked(name) if one.definition in pack.definitions]
    return [one for one in (*all_asked(pack, case), *duties) if touched.seen_by(cones.definition(one.definition))]


def _seen_the_same(left: Looker, right: Looker, asked: Asked) -> bool:
    """Whether the reference meaning alone shows that an answer is the same on both sides."""
    if left.open_future:
        return False
    try:
        return left.world(left.case.facts).outcomes(asked) == right.world(right.case.facts).outcomes(asked)
    except Incomplete:
        return False


def _moved(
    left: Looker, right: Looker, asked: Sequence[Asked], touched: Touched, here: Deciding, there: Deciding
) -> tuple[list[Asked], list[Asked]]:
    """The answers that may differ: firmness and dependence, which cost most, are not asked of the others. And those of which no
    difference was seen, but not all was shown."""
    unsure = [one for one in asked if not _seen_the_same(left, right, one)]
    if unsure and not left.open_future:
        unsure = _unsettled(left, right, unsure, touched)
    for side in (here, there):
        side.problems.expect(unsure, side.defaults)
    same = Alike(here, there).among(unsure)
    unsure = [one for one in unsure if one not in same]
    before, after = ({one: side.answer(one) for one in unsure} for side in (here, there))
    equal = [one for one in unsure if not _differ(before[one], after[one])]
    unshown = [one for one in equal if _unseen(before[one], after[one])]
    known = [one for one in equal if before[one].complete and after[one].complete]
    return [one for one in unsure if one not in known and one not in unshown], unshown


def _unsettled(left: Looker, right: Looker, asked: Sequence[Asked], touched: Touched) -> list[Asked]:
    """Those of which possibilities do not show that they are one and the same thing on both sides, or that they look at nothing
    that differs."""
    possibilities = Possibilities(left.pack, left.shared.cones)
    before, after = (possibilities.look(side.case, asked) for side in (left, right))
    unsure = [one for one in asked if not (before[one][0].single and before[one][0] == after[one][0])]
    cones = left.shared.cones
    return [
        one for one in unsure if touched.looked_at_by(cones, one.definition, possibilities.looked_at(left.case, one))
    ]


def _deciding(side: Looker, beside: Problems | None = None) -> Deciding:
    """A case being decided, at first without what costs most."""
    return Deciding(
        side.pack, side.case, side.open_future,
        with_firmness=False, with_dependence=False, shared=side.shared, beside=beside,
    )  # fmt: skip


def _decided(deciding: Deciding, asked: Sequence[Asked]) -> dict[Asked, Answer]:
    """The answers with all that is said of them."""
    deciding.with_firmness = deciding.with_dependence = True
    deciding.problems.expect(asked, deciding.defaults)
    return {one: deciding.answer(one) for one in asked}


def _unseen(before: Answer, after: Answer) -> bool:
    """Whether two answers do not differ as far as they were shown, and were not shown in full."""
    return not _differ(before, after) and not (before.complete and after.complete)


def _differ(before: Answer, after: Answer) -> bool:
    return (before.status, _outcomes(before), before.depends_on) != (after.status, _outcomes(after), after.depends_on)


def _outcomes(answer: Answer) -> frozenset[Any]:
    return frozenset(one.outcome for one in answer.outcomes)


def _compared(left: Looker, right: Looker, asked: Asked, before: Answer, after: Answer) -> Changed:
    try:
        here, there = (one.world(one.case.facts).seen(asked)[0].run for one in (left, right))
        args = for_reference(asked.args)
        return Changed(
            before, after, differing(here, there, asked.definition, args), differing(there, here, asked.definition, args)
        )
    except Incomplete:  # nothing that is derived from what is stated alone: the answers' own reasons
        return Changed(before, after, _apart(before.because, after.because), _apart(after.because, before.because))


def _apart(here: Iterable[Because], there: Iterable[Because]) -> tuple[Because, ...]:
    """The steps that are not among the others'."""
    known = {(one.definition, one.rule, one.arguments, one.outcome) for one in there}
    return tuple(one for one in here if (one.definition, one.rule, one.arguments, one.outcome) not in known)


# -- one fact varied


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
    tried = trials(looker.pack, looker.case.facts, here, path)
    found: list[Varied] = []
    for one in asked:
        type_ = looker.pack.definitions[one.definition].type
        try:
            made = tuple(trial for each in tried if (trial := _tried(looker, here, one, each)) is not None)
        except NotShown as reason:
            found.append(Varied(one, type_, not_shown=str(reason)))
            continue
        found.append(Varied(one, type_, (), made, looker.assumed(looker.case.facts, one)))
    return found


def _tried(looker: Looker, here: Spot, asked: Asked, tried: Try) -> Trial | None:
    """What an answer comes to there; None for an answer about an element that is not there."""
    there = _without(asked, here.name, tried.gone)
    if there is None:
        return None
    outcomes = looker.outcomes(tried.facts, [there])
    return Trial(tried.path, tried.with_it, outcomes or (), impossible=outcomes is None)


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


@dataclass(frozen=True)
class Try:
    """A case tried: `path` as it is (`with_it`) or left out. `gone`: the places of the elements that are not in it."""

    path: str
    with_it: bool
    facts: Mapping[str, Any]
    gone: frozenset[int] = frozenset()


def trials(pack: Pack, facts: Mapping[str, Any], here: Spot, path: str) -> list[Try]:
    """As stated, without each element, without any; a record that may be none."""
    if here.name in pack.collections:
        return _of_list(pack.collections[here.name], facts, here, path)
    spec = spec_at(pack, here)
    if isinstance(spec, CollectionSpec) or spec.type is not None:
        raise InputError([Wrong(Place(f"--vary {path}"), "this is a table", f"vary one of its entries: {path}.…")])
    if not spec.may_be_none:
        raise InputError([Wrong(Place(f"--vary {path}"), "this always exists", f"vary one of its facts: {path}.…")])
    return [Try(path, facts[here.name] is not NONE, facts), Try(path, False, {**facts, here.name: NONE})]


def _of_list(spec: CollectionSpec, facts: Mapping[str, Any], here: Spot, path: str) -> list[Try]:
    listing: Listing = facts[here.name]
    found = [Try(path, True, facts)]
    every = range(len(listing.elements))
    for index in every if here.index is None else [here.index]:
        fewer = _kept(spec, listing, [n for n in every if n != index])
        label = path_of(facts, Spot(here.name, index))
        found.append(Try(label, False, {**facts, here.name: fewer}, frozenset({index})))
    if here.index is None and len(listing.elements) != 1:
        found.append(Try(path, False, {**facts, here.name: Listing((), True, True, ())}, frozenset(every)))
    return found


def _kept(spec: CollectionSpec, listing: Listing, keep: Sequence[int]) -> Listing:
    labels = tuple(listing.labels[n] for n in keep)
    return relabelled(spec, Listing(tuple(listing.elements[n] for n in keep), listing.complete, True, labels))


__all__ = ["Changed", "SideBySide", "Trial", "Variation", "Varied", "assigned", "side_by_side", "vary"]
