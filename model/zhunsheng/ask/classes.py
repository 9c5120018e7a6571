"""One answer under two laws: its classes of change, found one by one until there is no other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhunsheng.ask.bothlaws import Comparing
from zhunsheng.ask.causes import causes, provisions_of
from zhunsheng.ask.comparison import Change, Compared, Direction, Shown, together
from zhunsheng.ask.twolaws import Seen, element, refuse_excluded, refuse_other
from zhunsheng.errors import Disagreement, NotShown
from zhunsheng.evaluate import Element
from zhunsheng.lang.case import Case
from zhunsheng.lang.kinds import Part
from zhunsheng.solve.formula import Node
from zhunsheng.solve.paired import Key, Paired
from zhunsheng.solve.problem import Completion
from zhunsheng.solve.symbols import Assignment

MOST_CLASSES = 400
KINDS_LOOK_AT = 2
"""How many elements of each list the cases have that show which kinds of case a change occurs in."""


@dataclass
class _Found:
    """A class of change as it is found: the formula it was found in, and a model."""

    paired: Paired
    model: Assignment


@dataclass
class Answer:
    """One answer: its classes of change, as they are found."""

    comparing: Comparing
    name: str
    found: dict[Key, _Found] = field(default_factory=dict)
    final: Paired | None = None

    def __post_init__(self) -> None:
        self.laws = self.comparing.laws_of(self.name)
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
        whole = comparing.bound_of(self.laws, comparing.everything)
        for slots in comparing.small(self.name, whole):
            self._enumerate(self._paired(slots, comparing.everything))
        lean = comparing.bound_of(self.laws, comparing.lean)
        comparing.refuse(lean)
        paired = self._paired(lean.slots, comparing.lean)
        if paired.satisfy(paired.differs(), *self._blocked(paired)) is None:
            self.final = paired
            left = tuple(a.name for a in comparing.union.pack.assumptions if a.name not in comparing.lean)
            return lean.slots, left
        comparing.refuse(whole)
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
        lean = comparing.bound_of(self.laws, comparing.lean, conditions)
        try:
            comparing.refuse(lean)
            paired = self._paired(lean.slots, comparing.lean)
            node = paired.kind([part.when for part in parts])[index]
            none = paired.satisfy(paired.differs(), node) is None
        except NotShown:
            return Direction.NOT_SHOWN
        return Direction.EQUIVALENT if none else Direction.NOT_SHOWN


def _order(entry: tuple[Key, _Found]) -> tuple[str, ...]:
    key, _ = entry
    return (*sorted(map(str, key.before)), "→", *sorted(map(str, key.after)), key.shift.value)
