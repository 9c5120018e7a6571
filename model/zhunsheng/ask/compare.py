"""What an amendment changes, over all cases: every answer under the old law and the new, class by class, to completeness."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from zhunsheng.ask.assumed import assumed, demanding, every_assumption
from zhunsheng.ask.better import Better
from zhunsheng.ask.causes import causes, provisions_of
from zhunsheng.ask.choosing import by_choice, calls
from zhunsheng.ask.comparison import Change, Compared, Comparison, Direction, Excluded, Shown, together
from zhunsheng.ask.twolaws import Seen, TwoLaws, argument_values, element, refuse_excluded, refuse_other
from zhunsheng.ask.workers import shared_out
from zhunsheng.errors import Disagreement, NotShown
from zhunsheng.evaluate import Element
from zhunsheng.lang import expr as e
from zhunsheng.lang.amendment import Act, Amended
from zhunsheng.lang.amendment import Kind as Object
from zhunsheng.lang.bound import Bound, Goal, bound
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.kinds import Kinds, Part
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.union import Terms, Union, union
from zhunsheng.solve.formula import Node
from zhunsheng.solve.paired import Everywhere, Key, Laws, Paired
from zhunsheng.solve.problem import Completion
from zhunsheng.solve.symbols import Assignment

SMALL = (0, 1, 2)
"""How many further elements of each list are looked at first."""
MOST_SLOTS = 90
"""Where more elements than this would have to be looked at, completeness is left open."""
MOST_CLASSES = 400
KINDS_LOOK_AT = 2
"""How many elements of each list the cases have that show which kinds of case a change occurs in."""
Progress = Callable[[str, int, int], None]


def terms_of(amended: Amended) -> Terms:
    """On what terms an amendment's two laws are compared."""
    becomes: dict[str, dict[str, str]] = {}
    for edit in amended.edits:
        if edit.kind is Object.VALUE and edit.becomes:
            enumeration, _, value = edit.name.partition("/")
            becomes.setdefault(enumeration, {})[value] = edit.becomes
    fixed = {edit.name: edit.fixed for edit in amended.edits if edit.act is Act.FIX}
    return Terms(amended.renames, fixed, becomes)


def compare(
    amended: Amended,
    kinds: Kinds | None = None,
    *,
    under: str = "default",
    answers: Sequence[str] = (),
    progress: Progress | None = None,
    workers: int = 1,
) -> Comparison:
    """Every answer of both laws. `under`: `default` takes each reading at its default (one without a default is open), `all`
    leaves all of them open. `answers` limits what is compared."""
    comparing = Comparing(amended, kinds or Kinds(), under)
    names = [name for name in comparing.names() if not answers or name in answers]
    found = []
    for number, one in enumerate(shared_out(lambda number: comparing.answer(names[number]), len(names), workers)):
        if progress:
            progress(names[number], number, len(names))
        found.append(one)
    return Comparison(
        amended, comparing.kinds, under, comparing.readings, tuple(found), tuple(sorted(comparing.equal)),
        tuple(sorted(comparing.edited)), tuple(comparing.ruled_out()), amended.base.horizon,
    )  # fmt: skip


@dataclass
class _Found:
    """A class of change as it is found: the formula it was found in, and a model."""

    paired: Paired
    model: Assignment


@dataclass
class Comparing:
    """Two laws, and what is asked of both."""

    amended: Amended
    kinds: Kinds
    under: str = "default"
    _everywhere: dict[tuple[Any, ...], Everywhere] = field(default_factory=dict)

    def __post_init__(self) -> None:
        before, after = self.amended.base, self.amended.pack
        self.terms = terms_of(self.amended)
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
        self.union: Union = union(self.amended.base, self.amended.pack, self.terms, self.equal)
        self.laws = TwoLaws(self.union)
        self.cones = Cones(self.union.pack)
        self.own = (Cones(self.union.laws[0]), Cones(self.union.laws[1]))
        self.everything = every_assumption(self.union.pack)
        self.lean = self.everything - demanding(self.union.pack, self.readings)
        self._everywhere.clear()

    # -- what there is to ask

    def names(self) -> list[str]:
        """The answers of either law, in the old law's order, then the duties."""
        return _names(self.amended.base, self.union)

    def answer(self, name: str) -> Compared:
        """One answer under both laws."""
        before, after = self.amended.base.definitions, self.union.after
        if name not in after:
            return Compared(name, Direction.REMOVED)
        if name not in before:
            return Compared(name, Direction.ADDED)
        if name not in self.union.touched and not self._foreign(name):
            return Compared(name, Direction.EQUIVALENT, untouched=True)
        return _Answer(self, name).compared()

    def _foreign(self, name: str) -> bool:
        laws = self._laws(name)
        return laws.unknown[0] != laws.unknown[1] or laws.values[0] != laws.values[1]

    # -- definitions that come to the same

    def _find_equal(self) -> None:
        """Definitions that are worded differently and come to the same at any arguments: what leads to them alone is untouched.
        Lowest first, so that one found equal helps those that call it."""
        for name in _callees_first(self.union):
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
        laws = replace(self._laws(name), choices=((), ()))
        whole = self._bound(laws, self.everything)
        for slots in self._small(name, whole):
            paired = Paired(self.everywhere(name, slots, self.everything), laws, answers=True)
            if paired.satisfy(paired.differs()) is not None:
                return True
        lean = self._bound(laws, self.lean)
        self._refuse(lean)
        paired = Paired(self.everywhere(name, lean.slots, self.lean), laws, answers=True)
        if paired.satisfy(paired.differs()) is None:
            return False
        self._refuse(whole)
        paired = Paired(self.everywhere(name, whole.slots, self.everything), laws, answers=True)
        return paired.satisfy(paired.differs()) is not None

    # -- formulas

    def _laws(self, name: str) -> Laws:
        there = self.union.named(name, 1)
        definitions = self.union.pack.definitions
        cones = [self.cones.definition(each) for each in (name, there)]
        return Laws(
            self.union.pack, definitions[name], definitions[there],
            (tuple(sorted(cones[0].choices)), tuple(sorted(cones[1].choices))),
            (self.union.unknown(cones[0], 0), self.union.unknown(cones[1], 1)),
            (argument_values(self.union, name, 0), argument_values(self.union, name, 1)),
        )  # fmt: skip

    def everywhere(self, name: str, slots: Mapping[str, int], names: frozenset[str]) -> Everywhere:
        named = self._named(name)
        filled = {list_: number for list_, number in sorted(slots.items()) if number}
        key = (tuple(named.items()), tuple(filled.items()), names)
        if key not in self._everywhere:
            if len(self._everywhere) >= 6:
                self._everywhere.clear()
            blanks = {list_: [f"+{index}" for index in range(number)] for list_, number in named.items()}
            self._everywhere[key] = Everywhere(self.union.pack, blanks, filled, names, self.readings)
        return self._everywhere[key]

    def _named(self, name: str) -> dict[str, int]:
        """How many elements of each list the definition takes as arguments."""
        found: dict[str, int] = {}
        for _, type_ in self.union.pack.definitions[name].parameters:
            collection = self.union.pack.element_of(type_.base)
            if collection is not None:
                found[collection.name] = found.get(collection.name, 0) + 1
        return found

    def _bound(self, laws: Laws, names: frozenset[str], kinds: Sequence[e.Expr] = ()) -> Bound:
        """n(c) of the question about both laws, for every way to choose, and of conditions that tell kinds of case apart."""
        own = tuple(name for name, _ in laws.before.parameters)
        pack, written = laws.pack, []
        for definition, choices in zip((laws.before, laws.after), laws.choices, strict=True):
            pack, copies = by_choice(pack, definition, choices)
            written += calls(pack, copies, own)
        goals = [Goal(each, constants=own) for each in written]
        goals += [Goal(each) for each in laws.unknown if not isinstance(each, e.Literal)]
        goals += [Goal(each) for each in kinds]
        stated = {**dict.fromkeys(pack.collections, 0), **self._named(laws.before.name)}
        return bound(pack, [*goals, *assumed(pack, names)], stated, frozenset(), self.readings)

    def _small(self, name: str, whole: Bound) -> Iterator[dict[str, int]]:
        cone = self.cones.definition(name) | self.cones.definition(self.union.named(name, 1))
        seen: list[dict[str, int]] = []
        for few in SMALL:
            slots = {n: few if whole.outside else min(number, few) for n, number in whole.slots.items() if n in cone.collections}
            if slots not in seen:
                seen.append(slots)
                yield slots

    def _refuse(self, found: Bound) -> None:
        if found.outside:
            raise NotShown(found.outside)
        if sum(found.slots.values()) > MOST_SLOTS:
            raise NotShown(f"{sum(found.slots.values())} elements would have to be looked at to exclude any other change")

    # -- what only one law takes to be a case

    def ruled_out(self) -> Iterator[Excluded]:
        """For each assumption that differs: a case that it rules out and the other law's assumptions do not."""
        mine = [a.name for a in self.amended.base.assumptions]
        theirs = [a.name for a in self.union.laws[1].assumptions]
        added = {a.name for a in self.union.pack.assumptions} - set(mine)
        for side, names, others in ((0, mine, theirs), (1, theirs, mine)):
            for name in names:
                if side == 0 and name in others and f"{name}__after" not in added:
                    continue
                if side == 1 and f"{name}__after" not in added:
                    continue
                found = self._excluded(f"{name}__after" if side else name, side)
                if found is not None:
                    yield Excluded(name, side, found)

    def _excluded(self, name: str, side: int) -> Case | None:
        """A case that satisfies the other side's assumptions and breaks this one, among small cases."""
        pack = self.union.pack
        other = [a for a in pack.assumptions if a.name.endswith("__after") != bool(side) or f"{a.name}__after" not in
                 {each.name for each in pack.assumptions}]  # fmt: skip
        kept = frozenset(a.name for a in other if a.name != name and (side == 1) != a.name.endswith("__after"))
        assumption = next(a for a in pack.assumptions if a.name == name)
        for few in SMALL:
            everywhere = Everywhere(pack, {}, dict.fromkeys(pack.collections, few), kept, self.readings)
            terms = everywhere.problem.terms
            holds = terms.and_(everywhere.problem.constrainer.assumption(assumption))
            model = everywhere.world.satisfy(terms.not_(holds))
            if model is not None:
                completion = everywhere.problem.complete(model, self.readings)
                run = self.laws.run(completion, 1 - side)
                return Case(assumption.says, run.pack.name, run.facts.facts, dict(run.readings), {}, None)
        return None


@dataclass
class _Answer:
    """One answer: its classes of change, as they are found."""

    comparing: Comparing
    name: str
    found: dict[Key, _Found] = field(default_factory=dict)
    final: Paired | None = None

    def __post_init__(self) -> None:
        self.laws = self.comparing._laws(self.name)
        self.ways = () if self.name.startswith("duty ") else self.comparing.kinds.partitions

    def compared(self) -> Compared:
        why, slots, without = "", {}, ()  # type: str, Mapping[str, int], tuple[str, ...]
        try:
            slots, without = self._all()
        except NotShown as reason:
            why = str(reason)
        changes = tuple(self._change(key, found) for key, found in sorted(self.found.items(), key=_order))
        direction = together([change.direction for change in changes])
        if why and direction is Direction.EQUIVALENT:
            direction = Direction.NOT_SHOWN
        kept = {name: number for name, number in slots.items() if number}
        return Compared(self.name, direction, changes, not why, False, why, kept, without, self._by_kind(changes, why))

    def _all(self) -> tuple[Mapping[str, int], tuple[str, ...]]:
        """Every class: first among small cases, then as many elements as can matter; without the assumptions that call for
        elements of their own, if nothing new turns up without them. Raises `NotShown`."""
        comparing = self.comparing
        whole = comparing._bound(self.laws, comparing.everything)
        for slots in comparing._small(self.name, whole):
            self._enumerate(self._paired(slots, comparing.everything))
        lean = comparing._bound(self.laws, comparing.lean)
        comparing._refuse(lean)
        paired = self._paired(lean.slots, comparing.lean)
        if paired.satisfy(paired.differs(), *self._blocked(paired)) is None:
            self.final = paired
            left = tuple(a.name for a in comparing.union.pack.assumptions if a.name not in comparing.lean)
            return lean.slots, left
        comparing._refuse(whole)
        paired = self._paired(whole.slots, comparing.everything)
        self._enumerate(paired)
        self.final = paired
        return whole.slots, ()

    def _paired(self, slots: Mapping[str, int], names: frozenset[str]) -> Paired:
        return Paired(self.comparing.everywhere(self.name, slots, names), self.laws)

    def _enumerate(self, paired: Paired) -> None:
        """Every class of change that the formula has and that was not found before."""
        differs, blocked = paired.differs(), self._blocked(paired)
        if differs is paired.terms.false:
            return
        while (model := paired.satisfy(differs, *blocked)) is not None:
            key = paired.key(model)
            if key in self.found:
                raise Disagreement(f"{self.name}: a class of change that was listed turns up again")
            self.found[key] = _Found(paired, model)
            self._seen(paired, key, model)
            blocked.append(paired.terms.not_(paired.has(key)))
            if len(self.found) > MOST_CLASSES:
                raise NotShown(f"more than {MOST_CLASSES} classes of change")

    def _blocked(self, paired: Paired) -> list[Node]:
        return [paired.terms.not_(paired.has(key)) for key in self.found]

    # -- one class

    def _seen(self, paired: Paired, key: Key, model: Assignment) -> tuple[Completion, tuple[Any, ...], Seen, Seen]:
        """A model as a case of both laws, run through the reference meaning of each."""
        completion, args = paired.shown(model)
        laws = self.comparing.laws
        refuse_excluded(laws, completion, self.name)
        there = tuple(element(arg) for arg in args.values())
        before, after = (laws.seen(completion, self.name, there, side, self.comparing.own[side]) for side in (0, 1))
        refuse_other(key, before, after, self.name)
        return completion, there, before, after

    def _change(self, key: Key, found: _Found) -> Change:
        paired = found.paired
        model = paired.simplest(found.model, paired.has(key))
        completion, args, before, after = self._seen(paired, key, model)
        names = [name for name, _ in self.laws.before.parameters]
        values = {n: (f"{v.collection}[{v.index}]" if isinstance(v, Element) else v) for n, v in zip(names, args, strict=True)}
        shown = Shown(before.case, after.case, self.name, values, (before.outcomes, after.outcomes),
                      (provisions_of(before), provisions_of(after)), self._kind(completion))  # fmt: skip
        kinds = self._kinds(paired, key)
        kinds = {**dict.fromkeys(zip((way.name for way in self.ways), shown.kind, strict=True), before.case), **kinds}
        edits = causes(self.comparing.amended, before, after)
        direction = self.comparing.better.direction(self.name, key)
        shift = self._shift(paired, key)
        return Change(self.name, key, direction, shown, kinds, edits, shift, shift is not None and self._exact(key, shift))

    def _shift(self, paired: Paired, key: Key) -> tuple[int, int] | None:
        """The least and greatest move of a day or number."""
        moved = paired.moved_by(key)
        if moved is None or paired.laws.before.type.base == "text":
            return None
        ends = [paired.extreme(moved, paired.has(key), least=least) for least in (True, False)]
        return ends[0], ends[1]

    def _exact(self, key: Key, shift: tuple[int, int]) -> bool:
        """Whether no case of whatever size moves by less or by more."""
        final = self.final
        moved = None if final is None else final.moved_by(key)
        if final is None or moved is None:
            return False
        terms = final.terms
        outside = terms.or_((terms.lt(moved, terms.number(shift[0])), terms.lt(terms.number(shift[1]), moved)))
        try:
            return final.satisfy(final.has(key), outside) is None
        except NotShown:
            return False

    # -- kinds of case

    def _kind(self, completion: Completion) -> tuple[str, ...]:
        parts = [[(part.name, part.when) for part in way.parts] for way in self.ways]
        return tuple(self.comparing.laws.part(completion, each) for each in parts)

    def _kinds(self, paired: Paired, key: Key) -> dict[tuple[str, str], Case]:
        """The kinds of case among which this change occurs, each with a case: as far as small cases show it."""
        found: dict[tuple[str, str], Case] = {}
        small = self._paired(self._for_kinds(), self.comparing.everything) if self.ways else paired
        for index, way in enumerate(self.ways):
            for part, node in zip(way.parts, small.kind([part.when for part in way.parts]), strict=True):
                try:
                    model = small.satisfy(small.has(key), node)
                except NotShown:
                    continue
                if model is not None:
                    completion, _, before, _ = self._seen(small, key, model)
                    if self._kind(completion)[index] != part.name:
                        raise Disagreement(f"{self.name}: the reference meaning takes a case of {part.name} for another kind")
                    found[way.name, part.name] = before.case
        return found

    def _for_kinds(self) -> dict[str, int]:
        cone = self.comparing.cones.exprs(part.when for way in self.ways for part in way.parts if part.when is not None)
        cone = cone | self.comparing.cones.definition(self.name) | self.comparing.cones.definition(self.laws.after.name)
        return dict.fromkeys(sorted(cone.collections), KINDS_LOOK_AT)

    def _by_kind(self, changes: Sequence[Change], why: str) -> dict[tuple[str, str], Direction]:
        """The verdict for each kind of case. That a kind is untouched is shown of cases of every size, or not said."""
        found: dict[tuple[str, str], Direction] = {}
        for way in self.ways:
            for part in way.parts:
                here = [change.direction for change in changes if (way.name, part.name) in change.kinds]
                if here:
                    found[way.name, part.name] = together(here)
                elif not changes and not why:
                    found[way.name, part.name] = Direction.EQUIVALENT
                else:
                    found[way.name, part.name] = self._untouched(way.parts, part.name)
        return found

    def _untouched(self, parts: Sequence[Part], name: str) -> Direction:
        comparing = self.comparing
        index = [part.name for part in parts].index(name)
        conditions = [part.when for part in parts[: index + 1] if part.when is not None]
        lean = comparing._bound(self.laws, comparing.lean, conditions)
        try:
            comparing._refuse(lean)
            paired = self._paired(lean.slots, comparing.lean)
            node = paired.kind([part.when for part in parts])[index]
            none = paired.satisfy(paired.differs(), node) is None
        except NotShown:
            return Direction.NOT_SHOWN
        return Direction.EQUIVALENT if none else Direction.NOT_SHOWN


def _names(before: Pack, both: Union) -> list[str]:
    after = both.laws[1]
    back = {new: old for old, new in both.terms.renames.items()}
    theirs = [back.get(name, name) for name in after.answers]
    duties = [f"duty {name} {word}" for law in (before, after) for name in law.duties for word in ("owed", "by")]
    return list(dict.fromkeys((*before.answers, *theirs, *duties)))


def _callees_first(both: Union) -> list[str]:
    """The definitions of the old law, each after those it calls."""
    order: list[str] = []
    cones = Cones(both.laws[0])
    for name in sorted(both.laws[0].definitions, key=lambda n: len(cones.definition(n).definitions)):
        order.append(name)
    return order


def _order(entry: tuple[Key, _Found]) -> tuple[str, ...]:
    key, _ = entry
    return (*sorted(map(str, key.before)), "→", *sorted(map(str, key.after)), key.shift.value)
