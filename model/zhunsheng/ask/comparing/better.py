"""Which of two outcomes is better, and how two sets of outcomes stand to each other (Egli and Milner's order)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field

from zhunsheng.ask.comparing.comparison import Direction
from zhunsheng.evaluate import Run
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Special, Value
from zhunsheng.solve.paired import SOME, Beyond, Key, Member, Shift


@dataclass
class Better:
    """The order of one answer's outcomes: that of `better:`, in the law that knows both. `readings` are those fixed: what is open
    counts only where every option agrees."""

    laws: tuple[Pack, Pack]
    kinds: Kinds
    readings: Mapping[str, str]
    _known: dict[tuple[str, Value, Value], bool | None] = field(default_factory=dict)

    def direction(self, answer: str, key: Key) -> Direction:
        """Whether a class of change is laxer, stricter, both or neither."""
        if any(isinstance(member, FailureKind) or member is Beyond.NOT_EXPRESSIBLE for member in key.before | key.after):
            return Direction.OTHER
        up = self._at_least(answer, key, key.before, key.after, upward=True)
        down = self._at_least(answer, key, key.before, key.after, upward=False)
        if up is None or down is None:
            return Direction.OTHER
        if up and down:
            return Direction.OTHER if key.before != key.after else Direction.EQUIVALENT
        if up:
            return Direction.LAXER
        return Direction.STRICTER if down else Direction.BOTH

    def _at_least(
        self, answer: str, key: Key, before: frozenset[Member], after: frozenset[Member], *, upward: bool
    ) -> bool | None:
        """Whether every outcome before has one at least as good after, and every one after one at most as good before
        (`upward`; else the mirror image). None where outcomes have no order."""
        table = {(b, a): self._not_worse(answer, key, b, a, upward=upward) for b in before for a in after}
        forth = [[table[b, a] for a in after] for b in before]
        back = [[table[b, a] for b in before] for a in after]
        verdicts = [True if True in row else (None if None in row else False) for row in (*forth, *back)]
        if False in verdicts:
            return False
        return None if None in verdicts else True

    def _not_worse(self, answer: str, key: Key, before: Member, after: Member, *, upward: bool) -> bool | None:
        """Whether the new outcome is no worse than the old (with `upward` false: no better). None: they do not compare."""
        if before is SOME and after is SOME:
            return self._moved(answer, key.shift, upward=upward)
        if before == after and type(before) is type(after):
            return True
        if isinstance(before, Special) or isinstance(after, Special) or before is SOME or after is SOME:
            return self._special(answer, before, after, upward=upward)
        if isinstance(before, Beyond | FailureKind) or isinstance(after, Beyond | FailureKind):
            return None
        better, worse = self._values(answer, after, before), self._values(answer, before, after)
        if better is None or worse is None or not (better or worse):
            return None
        return better if upward else worse

    def _moved(self, answer: str, shift: Shift, *, upward: bool) -> bool | None:
        good = self._order(answer)
        if shift is Shift.SAME:
            return True
        if shift is Shift.OTHER or good not in ("earlier", "later", "lower", "higher"):
            return None
        improved = (shift is Shift.EARLIER) == (good in ("earlier", "lower"))
        return improved == upward

    def _special(self, answer: str, before: Member, after: Member, *, upward: bool) -> bool | None:
        for special, good in ((self.kinds.best.get(answer), True), (self.kinds.worst.get(answer), False)):
            for member, is_after in ((after, True), (before, False)):
                if special is not None and isinstance(member, Special) and member.name == special:
                    return (good == is_after) == upward
        return None

    def _values(self, answer: str, one: Value, other: Value) -> bool | None:
        """Whether one value is at least as good as another."""
        good = self._order(answer)
        if isinstance(one, bool) and isinstance(other, bool):
            return None if good not in ("true", "false") else (one == other or one == (good == "true"))
        if good not in ("higher", "lower") or not isinstance(one, str) or not isinstance(other, str):
            return None
        if (answer, one, other) not in self._known:
            a, b = (one, other) if good == "higher" else (other, one)
            self._known[answer, one, other] = self._at_least_as_high(answer, a, b)
        return self._known[answer, one, other]

    def _at_least_as_high(self, answer: str, one: str, other: str) -> bool | None:
        for law in self.laws:
            definition = law.definitions.get(answer)
            enumeration = law.enumerations.get(definition.type.base) if definition else None
            if enumeration is None or one not in enumeration.by_name or other not in enumeration.by_name:
                continue
            if enumeration.ordered:
                return enumeration.index(one) >= enumeration.index(other)
            order = self.kinds.orders.get(enumeration.name)
            return None if order is None or order not in law.definitions else self._by_definition(law, order, one, other)
        return None

    def _by_definition(self, law: Pack, order: str, one: str, other: str) -> bool | None:
        """What the pack's own order says, where every reading that is open agrees. An order that says no both ways leaves the two
        without one."""
        consulted = sorted(Cones(law).definition(order).readings)
        options = [
            [self.readings[name]] if name in self.readings else [option.name for option in law.readings[name].options]
            for name in consulted
        ]
        verdicts = set()
        for vector in itertools.product(*options):
            run = Run(law, {}, dict(zip(consulted, vector, strict=True)), {})
            verdicts.add((run.definition(order, (one, other)), run.definition(order, (other, one))))
        if len(verdicts) != 1:
            return None
        forth, back = verdicts.pop()
        return forth if isinstance(forth, bool) and isinstance(back, bool) and (forth or back) else None

    def _order(self, answer: str) -> str:
        definition = self.laws[0].definitions.get(answer) or self.laws[1].definitions.get(answer)
        return definition.better if definition else "none"
