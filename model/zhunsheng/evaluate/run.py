"""One complete case under one reading of the text and one set of choices: what every definition comes to in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations, product
from typing import Any

from zhunsheng.errors import ChoiceMissing, ReadingMissing
from zhunsheng.evaluate.days import Reach
from zhunsheng.evaluate.derivation import Derivation, Touched
from zhunsheng.evaluate.derive import derive, touched
from zhunsheng.evaluate.facts import Argument, Element, Facts
from zhunsheng.evaluate.meaning import Env, value
from zhunsheng.evaluate.operators import fails
from zhunsheng.evaluate.rules import Settled, bound, conclusion, standing
from zhunsheng.evaluate.trace import Looked, Trace, looked
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.outcome import FailureKind, Outcome
from zhunsheng.lang.pack import Assumption, Definition, Pack
from zhunsheng.lang.types import YES_NO, Value

Key = tuple[str, tuple[Argument, ...]]


@dataclass(frozen=True)
class Violation:
    """A place where an assumption is false: the elements at fault, their paths, and what it looked at there."""

    assumption: str
    elements: tuple[Element, ...]
    paths: tuple[str, ...]
    looked: Looked


@dataclass(frozen=True)
class UnlawfulChoice:
    """A choice the case states that is not among the lawful ones (none, where no choice is)."""

    discretion: str
    chosen: Value
    lawful: tuple[Value, ...]


class Run:
    """Settles definitions of `pack`, each at most once for the same arguments.

    `facts` is that of a `lang.case.Case` in which nothing is left out: each a Value, an Entry (a record), NONE, or a
    complete Listing. What is left out after all, and a missing reading or choice, raises an `Incomplete` error where an
    answer looks at it. `listed` is that of `Facts`; `sides` are the cases before and after the changes of a theorem.
    """

    def __init__(
        self,
        pack: Pack,
        facts: Mapping[str, Any],
        readings: Mapping[str, str],
        choices: Mapping[str, Value],
        listed: Mapping[str, tuple[Element, ...]] | None = None,
    ) -> None:
        self.pack, self.readings, self.choices = pack, readings, choices
        self.facts = Facts(pack, facts, listed)
        self.sides: Mapping[str, Run] = {}
        self.reach = Reach(pack.horizon)
        self.trace = Trace()
        self.within = ""
        self.supposed: frozenset[str] = frozenset()
        self._fixed: dict[Key, Settled] = {}  # what no choice had a part in
        self._chosen: dict[Key, Settled] = {}
        self._chose = False
        self._derivations: dict[Key, Derivation] = {}
        self._lawful: dict[str, tuple[Value, ...]] = {}

    # -- what can be asked

    def definition(self, name: str, args: tuple[Argument, ...] = ()) -> Outcome:
        """What a definition comes to. `args` are Values, or Elements (first, for a definition that belongs to one)."""
        return self.settled(name, args).outcome

    def expression(self, expr: Expr, variables: Env | None = None) -> Outcome:
        """What an expression comes to, its free variables standing for `variables`."""
        return self._watched(expr, variables or {})[0]

    def looked_at(self, expr: Expr, variables: Env | None = None) -> Looked:
        """What an expression's outcome rests on."""
        return looked(self._watched(expr, variables or {})[1])

    def derivation(self, name: str, args: tuple[Argument, ...] = ()) -> Derivation:
        """How a definition comes to its outcome: each rule with how it stands and why, and so on downwards."""
        key = (name, args)
        if key not in self._derivations:
            self._derivations[key] = derive(self, name, args)
        return self._derivations[key]

    def touched(self, name: str, args: tuple[Argument, ...] = ()) -> Touched:
        """The facts, lists, readings, choices and parameters that the outcome rests on: nothing else can change it."""
        return touched(self, self.derivation(name, args))

    def assumption(self, assumption: Assumption) -> list[Violation]:
        """Where the assumption is false. One that fails is not false. Elements that clash are named once."""
        names = [name for name, _ in assumption.each]
        ranges = [self.facts.elements(collection) for _, collection in assumption.each]
        combinations = permutations(ranges[0], len(ranges)) if assumption.apart else product(*ranges)
        found: dict[frozenset[Element], Violation] = {}
        for elements in combinations:
            outcome, trace = self._watched(assumption.that, dict(zip(names, elements, strict=True)))
            if outcome is False and frozenset(elements) not in found:
                paths = tuple(self.facts.path(element) for element in elements)
                found[frozenset(elements)] = Violation(assumption.name, elements, paths, looked(trace))
        return list(found.values())

    # -- discretion

    def candidates(self, discretion: str) -> tuple[Value, ...]:
        """What may be chosen, lawful or not: the enumeration's values save those that only an answer may have."""
        type_ = self.pack.discretions[discretion].type
        if type_ == YES_NO:
            return (False, True)
        return tuple(one.name for one in self.pack.enumerations[type_.base].values if not one.answer_only)

    def lawful(self, discretion: str) -> tuple[Value, ...]:
        """The candidates, in their order, of which `lawful` is true. One whose lawfulness fails is not lawful."""
        if discretion not in self._lawful:
            spec = self.pack.discretions[discretion]
            tried = [(choice, self.supposing(discretion, choice)) for choice in self.candidates(discretion)]
            self._lawful[discretion] = tuple(choice for choice, run in tried if run.expression(spec.lawful) is True)
        return self._lawful[discretion]

    def unlawful_choices(self) -> tuple[UnlawfulChoice, ...]:
        """The choices made that are not lawful, in the pack's order."""
        made = [(name, self.choices[name]) for name in self.pack.discretions if name in self.choices]
        return tuple(UnlawfulChoice(name, one, self.lawful(name)) for name, one in made if one not in self.lawful(name))

    def reread(self, readings: Mapping[str, str]) -> Run:
        """The same case under other readings."""
        return Run(self.pack, self.facts.facts, readings, self.choices)

    def choosing(self, choices: Mapping[str, Value]) -> Run:
        """The same case under other choices. What no choice had a part in is not settled again."""
        other = Run(self.pack, self.facts.facts, self.readings, choices)
        other.facts, other._fixed = self.facts, self._fixed
        return other

    def supposing(self, discretion: str, choice: Value) -> Run:
        """The same case if this were chosen, lawful or not: where `lawful` is asked."""
        other = self.choosing({**self.choices, discretion: choice})
        other.supposed = self.supposed | {discretion}
        return other

    # -- what expressions ask for (meaning.World)

    def reading(self, name: str) -> str:
        if name not in self.readings:
            raise ReadingMissing(name)
        return self.readings[name]

    def choice(self, name: str) -> Outcome:
        """What is chosen; where nothing is lawful, what the pack says of that, else a gap. An unlawful choice stands:
        it is for `unlawful_choices` to tell."""
        self._chose = True
        if name in self.supposed:
            return self.choices[name]
        if not self.lawful(name):
            otherwise = self.pack.discretions[name].otherwise
            return fails(FailureKind.GAP, name) if otherwise is None else self.expression(otherwise)
        if name not in self.choices:
            raise ChoiceMissing(name)
        return self.choices[name]

    def side(self, side: str) -> Run:
        """The case before, or after, a theorem's changes."""
        return self.sides[side]

    # -- settling

    def settled(self, name: str, args: tuple[Argument, ...] = ()) -> Settled:
        """A definition settled, with what each of its rules looked at."""
        key = (name, args)
        if (found := self._fixed.get(key)) is not None:
            return found
        if (found := self._chosen.get(key)) is not None:
            self._chose = True
            return found
        outer_chose, outer_within = self._chose, self.within
        self._chose, self.within = False, name
        try:
            found = self._settle(self.pack.definitions[name], args)
            (self._chosen if self._chose else self._fixed)[key] = found
        finally:
            self._chose, self.within = self._chose or outer_chose, outer_within
        return found

    def _settle(self, definition: Definition, args: tuple[Argument, ...]) -> Settled:
        env = bound(definition, args)
        conditions = [self._watched(rule.when, env) for rule in definition.rules]
        stand = standing(definition.rules, [outcome for outcome, _ in conditions])
        values = [self._watched(rule.value, env) for rule in stand.fired]
        outcome = conclusion(definition.name, stand, [outcome for outcome, _ in values])
        if outcome is not None:
            return Settled(outcome, conditions, stand, values)
        if definition.otherwise is None:
            return Settled(fails(FailureKind.GAP, definition.name), conditions, stand, values)
        outcome, trace = self._watched(definition.otherwise, env)
        return Settled(outcome, conditions, stand, values, trace)

    def _watched(self, expr: Expr, env: Env) -> tuple[Outcome, Trace]:
        outer, here = self.trace, Trace()
        self.trace = here
        try:
            return value(expr, self, env), here
        finally:
            self.trace = outer
