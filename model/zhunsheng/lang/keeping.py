"""What has to be kept of a case for something to come out as it does, from what its parts need.

The bound of `lang/bound.py` keeps the value of every part of a formula. Here only what an outcome rests on is kept: one part of
an `or` that is true, all parts of one that is false; of a definition the rule that speaks, and of the others that they do
not come to speak. So the number is that of the outcome that rests on most, not what all of them rest on together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from zhunsheng.lang.needs import NOTHING, Key, Needs, Units
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Definition, Rule
from zhunsheng.lang.types import YES_NO

Way = Literal["true", "false", "value", "not_true", "not_false"]
Fails = Mapping[FailureKind, Needs | None]


@dataclass(frozen=True)
class Kept:
    """What keeps an expression true, false, at the value it has; not true (false or failing), not false; failing, by its
    strongest failure. None: it cannot come out so. `key`: equal for equal parts. `free`: the element variables it speaks of."""

    key: Key
    free: frozenset[Key]
    true: Needs | None
    false: Needs | None
    value: Needs | None
    not_true: Needs | None
    not_false: Needs | None
    fails: Fails = field(default_factory=dict)

    def way(self, way: Way) -> Needs | None:
        return {"true": self.true, "false": self.false, "value": self.value, "not_true": self.not_true,
                "not_false": self.not_false}[way]  # fmt: skip

    @property
    def turned(self) -> Kept:
        """What keeps its negation so."""
        return replace(self, true=self.false, false=self.true, not_true=self.not_false, not_false=self.not_true)

    @property
    def always_false(self) -> bool:
        return self.true is None and self.false == NOTHING and all(needs is None for needs in self.fails.values())

    def may_fail_beyond(self, kind: FailureKind) -> bool:
        return any(needs is not None and other > kind for other, needs in self.fails.items())


def settled(key: Key, free: frozenset[Key] = frozenset()) -> Kept:
    """What no list has a part in."""
    return Kept(key, free, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)


def constant(key: Key, value: object) -> Kept:
    true, false = (None if value is other else NOTHING for other in (False, True))
    return Kept(key, frozenset(), true, false, NOTHING, false, true)


def free_in(parts: Iterable[Kept]) -> frozenset[Key]:
    return frozenset().union(*(part.free for part in parts))


@dataclass(frozen=True)
class Keeping:
    """How what the parts need makes up what the whole needs."""

    units: Units

    def whole(self, key: Key, free: frozenset[Key], value: Needs | None, fails: Fails) -> Kept:
        """Where the way it comes out makes no difference to what it needs."""
        whichever = self.units.either(value, *fails.values())
        return Kept(key, free, value, value, value, whichever, whichever, fails)

    # -- failures: one of the strongest kind there is, and that none becomes stronger

    def _one_fails(self, parts: Sequence[Kept], kinds: Iterable[FailureKind], beside: Beside) -> Fails:
        """One part fails, by kind, and `beside` keeps the others from taking that away."""
        found: dict[FailureKind, Needs | None] = {}
        for kind in kinds:
            ways = []
            for part in parts:
                if part.fails.get(kind) is not None:
                    others = (beside(other, kind) for other in parts if other is not part)
                    ways.append(self.units.both(part.fails[kind], *others))
            if ways:
                found[kind] = self.units.either(*ways)
        return found

    def no_stronger(self, part: Kept, kind: FailureKind) -> Needs | None:
        """What keeps a part from failing more strongly than so."""
        if not part.may_fail_beyond(kind):
            return NOTHING
        return self.units.either(part.value, self.at_most(part, kind))

    def at_most(self, part: Kept, kind: FailureKind) -> Needs | None:
        """What keeps a part failing as strongly as it does, where that is no more than so."""
        return self.units.either(*(needs for other, needs in part.fails.items() if other <= kind))

    def _nor_false(self, part: Kept, kind: FailureKind) -> Needs | None:
        """… nor becoming false. One that is neither true nor false nor failing (an operator met something special, beside a guard
        that fails) needs what its value needs."""
        if not part.may_fail_beyond(kind):
            return self.units.either(part.not_false, None if part.true else part.value)
        return self.units.either(part.true or part.value, self.at_most(part, kind))

    # -- expressions

    def strict(self, key: Key, parts: Sequence[Kept], own: Iterable[FailureKind] = ()) -> Kept:
        """What fails where a part fails, and perhaps (`own`) where none does."""
        value = self.units.both(*(part.value for part in parts))
        fails = dict(self._one_fails(parts, FailureKind, self.no_stronger))
        for kind in own:
            fails[kind] = self.units.either(fails.get(kind), value)
        return self.whole(key, free_in(parts), value, fails)

    def conjunction(self, key: Key, parts: Sequence[Kept], kinds: Iterable[FailureKind]) -> Kept:
        """`and`: one false part decides. `kinds`: how it may fail."""
        units, always = self.units, next((part for part in parts if part.always_false), None)
        if always is not None:
            return replace(always, key=key, free=free_in(parts))
        true, false = units.both(*(part.true for part in parts)), units.either(*(part.false for part in parts))
        not_true = units.either(*(part.not_true for part in parts))
        not_false = units.both(*(part.not_false for part in parts))
        fails = self._one_fails(parts, kinds, self._nor_false)
        return Kept(key, free_in(parts), true, false, units.either(true, false), not_true, not_false, fails)

    def if_else(self, key: Key, test: Kept, then: Kept, other: Kept) -> Kept:
        units = self.units

        def branch(a: Needs | None, b: Needs | None) -> Needs | None:
            return units.either(units.both(test.true, a), units.both(test.false, b))

        fails = {
            kind: units.either(test.fails.get(kind), branch(then.fails.get(kind), other.fails.get(kind))) for kind in FailureKind
        }
        return Kept(
            key,
            free_in([test, then, other]),
            branch(then.true, other.true),
            branch(then.false, other.false),
            branch(then.value, other.value),
            units.either(*test.fails.values(), branch(then.not_true, other.not_true)),
            units.either(*test.fails.values(), branch(then.not_false, other.not_false)),
            fails,
        )

    def whichever(self, each: Sequence[Kept]) -> Kept:
        """One part, looked at under each of several things that may be so of the case."""
        first, *others = each
        if not others:
            return first
        either = self.units.either
        return replace(
            first,
            true=either(*(kept.true for kept in each)),
            false=either(*(kept.false for kept in each)),
            value=either(*(kept.value for kept in each)),
            not_true=either(*(kept.not_true for kept in each)),
            not_false=either(*(kept.not_false for kept in each)),
            fails={kind: either(*(kept.fails.get(kind) for kept in each)) for kind in FailureKind},
        )

    def called(self, key: Key, args: Sequence[Kept], inside: Kept) -> Kept:
        """A definition at arguments, any of which may fail."""
        units, failing = self.units, self._one_fails(args, FailureKind, self.no_stronger)
        given = units.both(*(arg.value for arg in args))

        def within(needs: Needs | None) -> Needs | None:
            return units.both(given, needs)

        return Kept(
            key,
            free_in(args),
            within(inside.true),
            within(inside.false),
            within(inside.value),
            units.either(*failing.values(), within(inside.not_true)),
            units.either(*failing.values(), within(inside.not_false)),
            {kind: units.either(failing.get(kind), within(inside.fails.get(kind))) for kind in FailureKind},
        )

    def rules(
        self, definition: Definition, tests: Mapping[str, Kept], values: Mapping[str, Kept], otherwise: Kept | None,
        kinds: frozenset[FailureKind],
    ) -> Kept:  # fmt: skip
        """A definition, from the conditions and values of its rules. `kinds`: the kinds of failure it may have."""
        ruled, units = Ruled(self, definition, tests, values, otherwise, kinds), self.units
        fails = {kind: ruled.fails(kind) for kind in kinds}
        if definition.type.base != YES_NO.base:
            return self.whole("", frozenset(), ruled.says("value"), fails)
        true, false = ruled.says("true"), ruled.says("false")
        never = ruled.never("not_true"), ruled.never("not_false")
        return Kept("", frozenset(), true, false, units.either(true, false), *never, fails)


Beside = Callable[[Kept, FailureKind], Needs | None]


@dataclass(frozen=True)
class Ruled:
    """The rules of one definition: what their conditions and values need."""

    keeping: Keeping
    definition: Definition
    tests: Mapping[str, Kept]
    values: Mapping[str, Kept]
    otherwise: Kept | None
    kinds: frozenset[FailureKind]

    @property
    def units(self) -> Units:
        return self.keeping.units

    def over(self, *names: str) -> list[str]:
        """The rules that override one of these."""
        return [rule.name for rule in self.definition.rules if set(names) & set(rule.overrides)]

    def says(self, way: Way) -> Needs | None:
        """What keeps it saying what it says: that of a rule, or that no rule speaks. (Overriding makes no circle, so where some
        rule holds, one of them speaks.)"""
        found = [self._said_by(rule, way) for rule in self.definition.rules]
        if self.otherwise is not None:
            found.append(self.units.both(self._silent, self.otherwise.way(way)))
        return self.units.either(*found)

    @property
    def _silent(self) -> Needs | None:
        return self.units.both(*(test.false for test in self.tests.values()))

    def _said_by(self, rule: Rule, way: Way) -> Needs | None:
        """What keeps it saying what this rule says: the rule holding, with its value, and the others harmless."""
        others = (self._harmless(rule, other, way) for other in self.definition.rules if other is not rule)
        return self.units.both(self.tests[rule.name].true, self.values[rule.name].way(way), *others)

    def _harmless(self, rule: Rule, other: Rule, way: Way) -> Needs | None:
        """What keeps another rule from standing against what this one says: it does not hold; it says the same (it need not go
        on saying so, unless it may come to fail, or keeps others down); it is overridden, holding or not."""
        units, test = self.units, self.tests[other.name]
        down = [self.tests[name].true for name in self.over(other.name) if name not in self.over(rule.name)]
        may_fail = any(needs is not None for needs in test.fails.values())
        if rule.name in other.overrides:  # then it does not hold; failing, it must not come to hold
            return units.either(test.false, *(units.both(test.not_true, needs) for needs in down if may_fail))
        holding = test.true if other.overrides or may_fail else NOTHING
        same = units.both(holding, self.values[other.name].way(way)) if test.true is not None else None
        return units.either(test.false, same, *down)

    def never(self, way: Way) -> Needs | None:
        """What keeps it from saying yes (or no): a rule that speaks does not say so; all that speak do, but another fails; none
        speaks."""
        units, rules = self.units, self.definition.rules
        found = []
        for rule in rules:
            alone = [self.tests[name].not_true for name in self.over(rule.name)]
            found.append(units.both(self.tests[rule.name].true, self.values[rule.name].way(way), *alone))
            if any(self._may_say(other, way) for other in rules if other is not rule):
                found += [units.both(needs, *alone) for needs in self.tests[rule.name].fails.values()]
        quiet = units.both(*(test.not_true for test in self.tests.values()))
        found.append(quiet if self.otherwise is None else units.both(quiet, self.otherwise.way(way)))
        return units.either(*found)

    def _may_say(self, rule: Rule, way: Way) -> bool:
        value = self.values[rule.name]
        said = value.true if way == "not_true" else value.false
        return said is not None and self.tests[rule.name].true is not None

    def fails(self, kind: FailureKind) -> Needs | None:
        """What keeps it failing so, and no more strongly: no rule holds, rules stand with different values, a condition or a
        value fails."""
        found = [self._unsaid(kind)]
        if kind is FailureKind.CONFLICT:
            found += self._clashes()
        found += [needs for rule in self.definition.rules for needs in self._failing(rule, kind)]
        return self.units.either(*found)

    def _unsaid(self, kind: FailureKind) -> Needs | None:
        """No rule holds, and nothing is said for that, or what is said fails."""
        if self.otherwise is None:
            return self._silent if kind is FailureKind.GAP else None
        return self.units.both(self._silent, self.otherwise.fails.get(kind))

    def _failing(self, rule: Rule, kind: FailureKind) -> list[Needs | None]:
        """The condition of a rule fails that nothing overrides, or its value where it stands; and nothing stronger comes up."""
        test, value = self.tests[rule.name], self.values[rule.name]
        alone = [self.tests[name].not_true for name in self.over(rule.name)]
        found = [self.units.both(test.fails.get(kind), *alone), self.units.both(test.true, value.fails.get(kind), *alone)]
        if all(other <= kind for other in self.kinds):
            return found
        others = [self._as_it_is(one, kind) for one in self.definition.rules if one is not rule]
        return [self.units.both(needs, *others) for needs in found]

    def _clashes(self) -> list[Needs | None]:
        """Two rules stand with different values: nothing is stronger, so nothing else matters."""
        found, rules = [], self.definition.rules
        for number, a in enumerate(rules):
            for b in rules[number + 1 :]:
                if a.value != b.value and a.name not in b.overrides and b.name not in a.overrides:
                    stand = [needs for one in (a, b) for needs in (self.tests[one.name].true, self.values[one.name].value)]
                    found.append(self.units.both(*stand, *(self.tests[name].not_true for name in self.over(a.name, b.name))))
        return found

    def _as_it_is(self, rule: Rule, kind: FailureKind) -> Needs | None:
        test, value = self.tests[rule.name], self.values[rule.name]
        holding = self.units.both(test.true, self.units.either(value.value, self.keeping.at_most(value, kind)))
        overridden = (self.tests[name].true for name in self.over(rule.name))
        return self.units.either(test.false, self.keeping.at_most(test, kind), holding, *overridden)
