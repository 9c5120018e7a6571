"""Two laws put side by side: what is asked of both, and the formulas and bounds of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from zhunsheng.ask.comparing.asked import callees_first, names
from zhunsheng.ask.comparing.better import Better
from zhunsheng.ask.comparing.choosing import by_choice, calls
from zhunsheng.ask.comparing.cutting import Cutting, cutting
from zhunsheng.ask.comparing.twolaws import TwoLaws, argument_values
from zhunsheng.ask.deciding.assumed import assumed, demanding, every_assumption
from zhunsheng.ask.deciding.sealing import named_elements
from zhunsheng.errors import InputError, NotShown, Place, Problem, Unmatched
from zhunsheng.lang import expr as e
from zhunsheng.lang.amendment import Act, Amended, Amendment
from zhunsheng.lang.amendment import Kind as Object
from zhunsheng.lang.bound import Bound, Goal, bound
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.enough import enough
from zhunsheng.lang.forms import Forms
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.union import Terms, Union, touched_but_for, union
from zhunsheng.solve.loose import Cuts, LooseEverywhere
from zhunsheng.solve.paired import MOST_WORK, Everywhere, Laws, Paired

SMALL = (0, 1, 2)
"""How many further elements of each list are looked at first."""
SMALL_WORK = 3_000_000
"""The solver's budget for a question about cases with few elements."""
MOST_SLOTS = 90
"""Where more elements than this would have to be looked at, completeness is left open."""
FEW_SLOTS, MOST_AT_FIRST = 6, 4 * MOST_SLOTS
"""A second number of elements is worked out where the first is larger than the one, and not larger than the other: beyond, it is
seldom small enough, and takes seconds."""


def terms_of(amended: Amended) -> Terms:
    """On what terms an amendment's two laws are compared."""
    becomes: dict[str, dict[str, str]] = {}
    for edit in amended.edits:
        if edit.kind is Object.VALUE and edit.becomes:
            enumeration, _, value = edit.name.partition("/")
            becomes.setdefault(enumeration, {})[value] = edit.becomes
    fixed = {edit.name: edit.fixed for edit in amended.edits if edit.act is Act.FIX}
    return Terms(amended.renames, fixed, becomes)


def place_of(amendments: Sequence[Amendment], about: str) -> Place:
    """Where an object is edited; failing that, the amendment."""
    for amendment in amendments:
        for edit in amendment.edits:
            if edit.name == about or edit.name.partition("/")[0] == about or about.startswith(f"{edit.name}."):
                return edit.at
    return amendments[-1].at


@dataclass
class Comparing:
    """Two laws, and what is asked of both. `terms`: on which terms, where not those of the amendments. With `effect`, the new
    law is the one of its time: what is asked is also on which days the laws differ, and whether a case is under way. `turned`:
    the answers compared so far that change, or may; `settled`: definitions of both, and whether it is seen that no choice has a
    part in what they come to."""

    amended: Amended
    kinds: Kinds
    under: str = "default"
    terms: Terms | None = None
    effect: bool = False
    turned: list[str] = field(default_factory=list)
    settled: dict[str, bool] = field(default_factory=dict)
    _everywhere: dict[tuple[Any, ...], Everywhere] = field(default_factory=dict)

    def __post_init__(self) -> None:
        before, after = self.amended.base, self.amended.pack
        self.on = self.terms or terms_of(self.amended)
        self.readings = self._fixed(before, after)
        self.equal: frozenset[str] = frozenset()
        self._join()
        self.edited = self.union.touched
        self._find_equal()
        self.better = Better((before, self.union.laws[1]), self.kinds, self.readings)

    def _fixed(self, before: Pack, after: Pack) -> dict[str, str]:
        if self.under == "all":
            return {}
        specs = {**after.readings, **before.readings}
        return {name: spec.default for name, spec in specs.items() if spec.default is not None}

    def _join(self) -> None:
        try:
            self.union: Union = union(self.amended.base, self.amended.pack, self.on, self.equal)
        except Unmatched as reason:
            raise InputError([Problem(place_of(self.amended.amendments, reason.about), reason.what, reason.instead)]) from None
        self.laws = TwoLaws(self.union)
        self.cones = Cones(self.union.pack)
        self.own = (Cones(self.union.laws[0]), Cones(self.union.laws[1]))
        self.everything = every_assumption(self.union.pack)
        self.lean = self.everything - demanding(self.union.pack, self.readings)
        self.__dict__.pop("cutting", None)
        self._everywhere.clear()

    @cached_property
    def cutting(self) -> Cutting:
        """What of these laws can be cut off, made when it is first asked for."""
        return cutting(self.union, self.cones, self.readings)

    # -- what there is to ask

    def names(self) -> list[str]:
        """The answers of either law, in the old law's order, then the duties."""
        return names(self.amended.base, self.union)

    def foreign(self, name: str) -> bool:
        laws = self.laws_of(name)
        return laws.unknown[0] != laws.unknown[1] or laws.values[0] != laws.values[1]

    def rests_on(self, name: str) -> tuple[str, ...]:
        """Of the answers known to change, those through which alone this one can, seen from what it consults: without them it
        would be untouched. None where it consults something else that changes."""
        if any(self.union.foreign):
            return ()
        cone = self.cones.definition(name).definitions
        through = [each for each in self.turned if each in cone and each != name and not self.cones.definition(each).choices]
        if name in self._touched_but_for(through):
            return ()
        for each in tuple(through):
            fewer = [other for other in through if other != each]
            if name not in self._touched_but_for(fewer):
                through = fewer
        return tuple(through)

    def _touched_but_for(self, equal: Sequence[str]) -> frozenset[str]:
        return touched_but_for(self.amended.base, self.amended.pack, self.on, self.equal | frozenset(equal))

    # -- definitions that come to the same

    def _find_equal(self) -> None:
        """Definitions that are worded differently and come to the same at any arguments: what leads to them alone is untouched.
        Lowest first, so that one found equal helps those that call it."""
        for name in callees_first(self.union):
            if name in self.union.changed and name in self.union.after and name in self.amended.base.definitions:
                try:
                    if not self.foreign_words and not self._can_differ(name):
                        self.equal |= {name}
                        self._join()
                except NotShown:
                    continue

    @property
    def foreign_words(self) -> bool:
        return any(self.union.foreign)

    def _can_differ(self, name: str) -> bool:
        """Whether a definition comes to different things at any arguments, whatever is chosen. Raises `NotShown`."""
        cone = self.cones.definition(name) | self.cones.definition(self.union.named(name, 1))
        if cone.choices & set(self.union.choices) or self.union.pack.definitions[name].parameters != (
            self.union.pack.definitions[self.union.named(name, 1)].parameters
        ):
            return True
        laws = replace(self.laws_of(name), choices=((), ()))
        whole = self.bound_of(laws, self.everything)
        for slots in self.small(name, lambda: whole):
            paired = Paired(self.everywhere(name, slots, self.everything), laws, answers=True)
            if paired.satisfy(paired.differs()) is not None:
                return True
        lean = self.bound_of(laws, self.lean)
        self.refuse(lean)
        paired = Paired(self.everywhere(name, lean.slots, self.lean, MOST_WORK), laws, answers=True)
        if paired.satisfy(paired.differs()) is None:
            return False
        self.refuse(whole)
        paired = Paired(self.everywhere(name, whole.slots, self.everything, MOST_WORK), laws, answers=True)
        return paired.satisfy(paired.differs()) is not None

    # -- formulas

    def laws_of(self, name: str) -> Laws:
        there = self.union.named(name, 1)
        definitions = self.union.pack.definitions
        cones = [self.cones.definition(each) for each in (name, there)]
        return Laws(
            self.union.pack, definitions[name], definitions[there],
            (tuple(sorted(cones[0].choices)), tuple(sorted(cones[1].choices))),
            (self.union.unknown(cones[0], 0), self.union.unknown(cones[1], 1)),
            (argument_values(self.union, name, 0), argument_values(self.union, name, 1)),
        )  # fmt: skip

    def everywhere(self, name: str, slots: Mapping[str, int], names: frozenset[str], work: int = SMALL_WORK) -> Everywhere:
        named = self._named(name)
        filled = {list_: number for list_, number in sorted(slots.items()) if number}
        key = (tuple(named.items()), tuple(filled.items()), names, work)
        if key not in self._everywhere:
            if len(self._everywhere) >= 6:
                self._everywhere.clear()
            blanks = {list_: [f"+{index}" for index in range(number)] for list_, number in named.items()}
            self._everywhere[key] = Everywhere(self.union.pack, blanks, filled, names, self.readings, work)
        return self._everywhere[key]

    def loosely(
        self, name: str, laws: Laws, kinds: Sequence[e.Expr] = (),
        *, same: bool = False, late: bool = False, answers: bool = False,
    ) -> Paired | None:
        """An answer under both laws with what lies deeper cut off (with `late`, only what looks at lists itself), as many
        elements as are then enough; None where that is more than can be looked at. With `same`, the answers already compared are
        taken not to change; with `answers`, an argument may be what only an answer can be."""
        cuts = self.cutting.cuts(name, laws, late=late)
        if same:
            cuts = replace(cuts, pairs={one: (there, ()) for one, (there, _) in cuts.pairs.items()}, same=True)
        everywhere = self.cut_off(name, laws, cuts, kinds)
        try:
            return None if everywhere is None else Paired(everywhere, self.cutting.as_cut(laws), answers=answers)
        except NotShown:
            return None

    def cut_off(
        self, name: str, laws: Laws, cuts: Cuts, kinds: Sequence[e.Expr] = (), work: int = MOST_WORK, ways: int = 0,
        *, outcomes: bool = True,
    ) -> LooseEverywhere | None:
        """Every case of both laws with what is cut off, as many elements as are then enough; None where those are too many.
        With `ways`, what is enough for so many ways to choose under each law; without `outcomes`, for more than outcomes."""
        cones = self.cutting.cones
        cone = cones.definition(name) | cones.definition(laws.after.name) | cones.exprs(kinds)
        found = self.bound_of(laws, self.lean, kinds, self.cutting.pack(cuts, cone), ways, outcomes=outcomes)
        if found.outside or _size(found) > MOST_SLOTS:
            return None
        blanks = {list_: [f"+{index}" for index in range(number)] for list_, number in self._named(name).items()}
        slots = {list_: number for list_, number in sorted(found.slots.items()) if number}
        try:
            return LooseEverywhere(self.cutting.union.pack, blanks, slots, self.lean, self.readings, cuts, work)
        except NotShown:
            return None

    def _named(self, name: str) -> dict[str, int]:
        return named_elements(self.union.pack, self.union.pack.definitions[name])

    def bound_of(
        self, laws: Laws, names: frozenset[str], kinds: Sequence[e.Expr] = (), pack: Pack | None = None, ways: int = 0,
        *, outcomes: bool = True,
    ) -> Bound:
        """n(c) of the question about both laws, for every way to choose (or for so many under each law of which nothing is
        known), and of conditions that tell kinds of case apart. Where one way to choose alone calls for more than can be looked
        at, n(c) of that one. `outcomes`: without choices, nothing is asked of a case but what these come to."""
        if any(laws.choices):
            one_way = self.bound_of(replace(laws, choices=((), ())), names, kinds, pack)
            if one_way.outside or _size(one_way) > MOST_SLOTS:
                return one_way
        own = tuple(name for name, _ in laws.before.parameters)
        written: list[e.Expr] = []
        pack = pack or laws.pack
        for side, (definition, choices) in enumerate(zip((laws.before, laws.after), laws.choices, strict=True)):
            pack, copies = by_choice(pack, definition, choices, range(side * ways, (side + 1) * ways) if ways else None)
            written += calls(pack, copies, own)
        goals = [Goal(each, constants=own) for each in written]
        goals += [Goal(each) for each in laws.unknown if not isinstance(each, e.Literal)]
        goals += [Goal(each) for each in kinds]
        stated = {**dict.fromkeys(pack.collections, 0), **self._named(laws.before.name)}
        forms, wanted = Forms(pack, Cones(pack)), [*goals, *assumed(pack, names)]
        whole = bound(pack, wanted, stated, frozenset(), self.readings, forms=forms)
        if not outcomes or any(laws.choices) or not (whole.outside or FEW_SLOTS < _size(whole) <= MOST_AT_FIRST):
            return whole
        fewer = enough(pack, wanted, stated, frozenset(), self.readings, forms)
        return whole if fewer.outside or (not whole.outside and _size(whole) <= _size(fewer)) else fewer

    def small(self, name: str, whole: Callable[[], Bound], *, quick: bool = False) -> Iterator[dict[str, int]]:
        """How many elements of each list small cases have, the fewest first and no more than the whole takes: none, one, two.
        What the whole takes is worked out when it comes to that; with `quick`, not before two."""
        cone = self.cones.definition(name) | self.cones.definition(self.union.named(name, 1))
        seen: list[dict[str, int]] = [{}]
        yield {}
        if quick:
            seen.append(dict.fromkeys(sorted(cone.collections), 1))
            yield seen[-1]
        found = whole()
        most = SMALL[-1] if _size(found) <= MOST_SLOTS else 1
        for few in range(1, most + 1):
            enough = {n: few if found.outside else min(number, few) for n, number in found.slots.items() if n in cone.collections}
            slots = {n: number for n, number in enough.items() if number}
            if slots not in seen and not (quick and few == 1):
                seen.append(slots)
                yield slots

    def refuse(self, found: Bound) -> None:
        if found.outside:
            raise NotShown(found.outside)
        if _size(found) > MOST_SLOTS:
            raise NotShown(f"{_size(found)} elements would have to be looked at to exclude any other change")


def _size(found: Bound) -> int:
    return sum(found.slots.values())
