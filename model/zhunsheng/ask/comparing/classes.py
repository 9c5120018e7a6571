"""One answer under two laws: its classes of change, found one by one until there is no other."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from zhunsheng.ask.comparing.bothlaws import MOST_SLOTS, SMALL, SMALL_WORK, Comparing
from zhunsheng.ask.comparing.casekinds import CaseKinds
from zhunsheng.ask.comparing.causes import causes, provisions_of
from zhunsheng.ask.comparing.comparison import Change, Compared, Direction, Shown, together
from zhunsheng.ask.comparing.differing import differing_days, is_under_way
from zhunsheng.ask.comparing.oneway import only_through, same_every_way
from zhunsheng.ask.comparing.settled import without_choices
from zhunsheng.ask.comparing.twolaws import Seen, element, refuse_excluded, refuse_other
from zhunsheng.errors import Disagreement, NotShown
from zhunsheng.evaluate import Element
from zhunsheng.lang.bound import Bound
from zhunsheng.solve.formula import Node
from zhunsheng.solve.paired import MOST_WORK, Key, Paired
from zhunsheng.solve.problem import Completion
from zhunsheng.solve.symbols import Assignment

MOST_CLASSES = 400


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
    finals: list[Paired] = field(default_factory=list)
    """What completeness was shown of."""
    _last: tuple[tuple[Paired, int], Assignment | NotShown | None] | None = None

    def __post_init__(self) -> None:
        self.laws = without_choices(self.comparing, self.comparing.laws_of(self.name))
        self.ways = () if self.name.startswith("duty ") else self.comparing.kinds.partitions

    def compared(self) -> Compared:
        why, slots, without = "", {}, ()  # type: str, Mapping[str, int], tuple[str, ...]
        try:
            slots, without = self._all()
        except NotShown as reason:
            why = str(reason)
        listed = sorted(self.found.items(), key=_order)
        directions = {key: self.comparing.better.direction(self.name, key) for key in self.found}
        kinds = CaseKinds(self.comparing, self.name, self.laws, self.ways, directions, self.seen, not why)
        changes = tuple(self._change(key, found, kinds) for key, found in listed)
        direction = together([change.direction for change in changes])
        if why and direction is Direction.EQUIVALENT:
            direction = Direction.NOT_SHOWN
        kept = {name: number for name, number in slots.items() if number}
        follows = self._follows(not_all=bool(why)) if self.found or why else ()
        verdicts, of_any = kinds.verdicts(), not why and self._of_any()
        return Compared(self.name, direction, changes, not why, False, why, kept, without, verdicts, follows, of_any)

    def _follows(self, *, not_all: bool) -> tuple[str, ...]:
        """The answers already compared from whose changes alone this one's follow: were they not to change, nor would it."""
        if not_all:
            whole = self.comparing.laws_of(self.name)  # one way to choose, the same under both laws
            return self.comparing.rests_on(self.name) or only_through(self.comparing, self.name, whole)
        return self._seen_to_follow()

    def _seen_to_follow(self) -> tuple[str, ...]:
        """The same, with what lies deeper cut off, every way to choose looked at."""
        if not self.comparing.cutting.known:
            return ()
        loose = self.comparing.loosely(self.name, self.laws, same=True)
        try:
            if loose is None or loose.satisfy(loose.differs()) is not None:
                return ()
        except NotShown:
            return ()
        return loose.everywhere.met

    def _of_any(self) -> bool:
        """Whether there is no other class either where the answer is asked about a value that only an answer has: what asks about
        every value there is asks about those too."""
        enumerations = self.comparing.union.pack.enumerations
        of = [enumerations[type_.base] for _, type_ in self.laws.before.parameters if type_.base in enumerations]
        if not any(value.answer_only for each in of for value in each.values):
            return False
        with suppress(NotShown):
            return any(self._left(Paired(each.everywhere, each.laws, answers=True)) is None for each in self.finals)
        return False

    def _all(self) -> tuple[Mapping[str, int], tuple[str, ...]]:
        """Every class: among small cases, until it is shown with what lies deeper cut off that there is no other; failing that,
        among cases with as many elements as can matter. Raises `NotShown`."""
        comparing = self.comparing
        loose = comparing.loosely(self.name, self.laws)
        left = tuple(a.name for a in comparing.union.pack.assumptions if a.name not in comparing.lean)
        if self._all_small(loose) and loose is not None:
            self.finals.append(loose)
            return loose.everywhere.slots, left
        whole = self._whole
        if any(self.laws.choices) and not self.found and (few := same_every_way(comparing, self.name, self.laws)) is not None:
            return few, left
        large = sum(whole.slots.values()) > MOST_SLOTS and not any(self.laws.choices)
        if large and (few := self._none_in_rounds(loose)) is not None:
            return few, left
        lean = comparing.bound_of(self.laws, comparing.lean)
        comparing.refuse(lean)
        paired = self._paired(lean.slots, comparing.lean, MOST_WORK)
        model = self._left(paired)
        while model is not None and self._more(self._as_large(paired, model)):
            model = self._left(paired)
        if model is None:
            self.finals.append(paired)
            return lean.slots, left
        comparing.refuse(whole)
        paired = self._paired(whole.slots, comparing.everything, MOST_WORK)
        self._enumerate(paired)
        self.finals.append(paired)
        return whole.slots, ()

    @cached_property
    def _whole(self) -> Bound:
        """n(c) of the question with everything written out."""
        return self.comparing.bound_of(self.laws, self.comparing.everything)

    def _all_small(self, loose: Paired | None) -> bool:
        """Whether small cases show every class: they are looked at until it is shown with what lies deeper cut off that there is
        no other. Where that takes no element, it is asked after each class."""
        work = SMALL_WORK * (2 if any(self.laws.choices) and loose is None else 1)  # there small cases are all that is seen
        if loose is not None and self._no_other(loose):
            return True
        quick = loose is not None and not any(loose.everywhere.slots.values())
        for slots in self.comparing.small(self.name, lambda: self._whole, quick=quick):
            if self._more(slots, work, loose if quick else None) and loose is not None and self._no_other(loose):
                return True
        return False

    def _none_in_rounds(self, loose: Paired | None) -> Mapping[str, int] | None:
        """Every class, as far as it shows with what lies deeper cut off, each class that turns up on the way added, that there is
        no other: how many elements were enough. None where that is not seen."""
        for late in (False, True):
            cut = self.comparing.loosely(self.name, self.laws, late=True) if late else loose
            with suppress(NotShown):
                while cut is not None and (model := self._left(cut)) is not None:
                    if not self._more(self._as_large(cut, model), loose=cut):
                        break
                if cut is not None and self._no_other(cut):
                    self.finals.append(cut)
                    return cut.everywhere.slots
        return None

    def _as_large(self, paired: Paired, model: Assignment) -> dict[str, int]:
        """As many elements of each list as a model has: what it shows is likely to be seen among cases of that size."""
        lists = paired.problem.symbols.collections
        present = {name: sum(bool(paired.problem.valuation(slot.present, model)) for slot in lists[name]) for name in lists}
        named = {name: sum(slot.known for slot in lists[name]) for name in lists}
        cone = self.comparing.cones.definition(self.name) | self.comparing.cones.definition(self.laws.after.name)
        return {name: max(present[name] - named[name], SMALL[-1]) for name in sorted(cone.collections)}

    def _more(self, slots: Mapping[str, int], work: int = SMALL_WORK, loose: Paired | None = None) -> bool:
        """Whether there are further classes among cases with so many elements, as far as can be seen. With `loose`, until that
        shows that there is no other."""
        before = len(self.found)
        with suppress(NotShown):
            self._enumerate(self._paired(slots, self.comparing.everything, work), loose)
        return len(self.found) > before

    def _no_other(self, loose: Paired) -> bool:
        """Whether it is shown with what lies deeper cut off that no class is left."""
        try:
            return self._left(loose) is None
        except NotShown:
            return False

    def _left(self, paired: Paired) -> Assignment | None:
        """A model of a class that is not listed yet. Raises `NotShown`. Not asked twice of the same classes."""
        asked = paired, len(self.found)
        if self._last is None or self._last[0] != asked:
            self._last = asked, self._asked(paired)
        _, answered = self._last
        if isinstance(answered, NotShown):
            raise answered.kept()
        return answered

    def _asked(self, paired: Paired) -> Assignment | NotShown | None:
        try:
            return paired.satisfy(paired.differs(), *self._blocked(paired))
        except NotShown as reason:
            return reason.kept()

    def _paired(self, slots: Mapping[str, int], names: frozenset[str], work: int = SMALL_WORK) -> Paired:
        return Paired(self.comparing.everywhere(self.name, slots, names, work), self.laws)

    def _enumerate(self, paired: Paired, loose: Paired | None = None) -> None:
        """Every class of change that the formula has and that was not found before. With `loose`, until that shows that there is
        no other. Raises `NotShown`."""
        differs, blocked = paired.differs(), self._blocked(paired)
        if differs is paired.terms.false:
            return
        while (model := paired.satisfy(differs, *blocked)) is not None:
            key = paired.key(model)
            if key in self.found:
                raise Disagreement(f"{self.name}: a class of change that was listed turns up again")
            self.found[key] = _Found(paired, model)
            self.seen(paired, key, model)
            blocked.append(paired.terms.not_(paired.has(key)))
            if loose is not None and self._no_other(loose):
                return
            if len(self.found) > MOST_CLASSES:
                raise NotShown(f"more than {MOST_CLASSES} classes of change")

    def _blocked(self, paired: Paired) -> list[Node]:
        return [paired.terms.not_(paired.has(key)) for key in self.found]

    # -- one class

    def seen(self, paired: Paired, key: Key, model: Assignment) -> tuple[Completion, tuple[Any, ...], Seen, Seen]:
        """A model as a case of both laws, run through the reference meaning of each."""
        completion, args = paired.shown(model)
        laws = self.comparing.laws
        refuse_excluded(laws, completion, self.name)
        there = tuple(element(arg) for arg in args.values())
        before, after = (laws.seen(completion, self.name, there, side, self.comparing.own[side]) for side in (0, 1))
        refuse_other(key, before, after, self.name)
        return completion, there, before, after

    def _change(self, key: Key, found: _Found, kinds: CaseKinds) -> Change:
        paired = found.paired
        model = paired.simplest(found.model, paired.has(key))
        completion, args, before, after = self.seen(paired, key, model)
        names = [name for name, _ in self.laws.before.parameters]
        values = {n: (f"{v.collection}[{v.index}]" if isinstance(v, Element) else v) for n, v in zip(names, args, strict=True)}
        shown = Shown(before.case, after.case, self.name, values, (before.outcomes, after.outcomes),
                      (provisions_of(before), provisions_of(after)), kinds.of(completion))  # fmt: skip
        shown_in = dict.fromkeys(zip((way.name for way in self.ways), shown.kind, strict=True), before.case)
        edits = causes(self.comparing.amended, before, after)
        direction = self.comparing.better.direction(self.name, key)
        shift = self._shift(paired, key)
        if self.comparing.effect:
            days = differing_days(self.comparing, self.name, args, completion)
            shown = replace(shown, days=days, under_way=is_under_way(self.comparing, after))
        where = {**shown_in, **kinds.cases(key)}
        return Change(self.name, key, direction, shown, where, edits, shift, shift is not None and self._exact(key, shift))

    def _shift(self, paired: Paired, key: Key) -> tuple[int, int] | None:
        """The least and greatest move of a day or number."""
        moved = paired.moved_by(key)
        if moved is None or paired.laws.before.type.base == "text":
            return None
        ends = [paired.extreme(moved, paired.has(key), least=least) for least in (True, False)]
        return ends[0], ends[1]

    def _exact(self, key: Key, shift: tuple[int, int]) -> bool:
        """Whether no case of whatever size moves by less or by more."""
        return any(self._within(final, key, shift) for final in self.finals)

    def _within(self, final: Paired, key: Key, shift: tuple[int, int]) -> bool:
        moved, terms = final.moved_by(key), final.terms
        if moved is None:
            return False
        outside = terms.or_((terms.lt(moved, terms.number(shift[0])), terms.lt(terms.number(shift[1]), moved)))
        try:
            return final.satisfy(final.has(key), outside) is None
        except NotShown:
            return False


def _order(entry: tuple[Key, _Found]) -> tuple[str, ...]:
    key, _ = entry
    return (*sorted(map(str, key.before)), "→", *sorted(map(str, key.after)), key.shift.value)
