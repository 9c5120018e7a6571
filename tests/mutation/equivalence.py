"""Whether a fault can be told at all: the solver looks for a case, a reading and a choice in which anything public differs.

First the changed definition itself, at every argument; then what calls it, callers after what they call, as far as a
difference is passed on. First in cases with few elements, where a difference is found soonest; what does not differ there
is asked again with as many elements of each list as the two can need (the bound), and is then shown for every case.
Where the bound is not to be had, or is out of the solver's reach, what is shown is shown of cases up to `FALLBACK`, and the
reason says so. What bounds a choice counts as public: the same choices must be lawful.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import product
from typing import Any

from mutation.mutants import Mutant
from zhunsheng.errors import NotShown
from zhunsheng.lang import expr as e
from zhunsheng.lang.bound import Goal, Use, bound
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.cone import calls, expressions
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import YES_NO, Special, Text, Type
from zhunsheng.solve.cases import ElementRef
from zhunsheng.solve.formula import Node
from zhunsheng.solve.problem import Encoded, Problem
from zhunsheng.solve.smt import Prover
from zhunsheng.solve.twins import differ

FEW = 2
FALLBACK = {"ratings": 4, "downgrades": 2}
"""Lists of which more than `FEW` elements are tried where no bound is within reach. (Three results must come together for the
oldest of them to be last year's.)"""
MOST_SLOTS = 14
RLIMIT = 60_000_000
OTHER = " (faulty)"
YEARS_AROUND = 7305
"""Days that arithmetic may come to beyond the horizon: twenty years."""


@dataclass(frozen=True)
class Verdict:
    """`same`: nothing public can differ, and why. Otherwise which public definition can, or why that was not shown."""

    same: bool
    why: str


def verdict(pack: Pack, mutant: Mutant) -> Verdict:
    """Whether the fault makes a difference that anybody could ask for."""
    pair = _Pair(pack, mutant)
    try:
        return pair.verdict()
    except NotShown as reason:
        return Verdict(False, f"not shown: {reason}")


class _Pair:
    """The pack with a faulty copy of every definition that the fault may reach."""

    def __init__(self, pack: Pack, mutant: Mutant) -> None:
        self.pack, self.mutant = pack, mutant
        self.start = self._start()
        self.reached = self._reached()
        copies = {name + OTHER: self._copy(name) for name in self.reached}
        parameters = dict(pack.parameters)
        if mutant.parameter is not None:
            parameters[mutant.parameter + OTHER] = mutant.pack.parameters[mutant.parameter]
        both = replace(pack, definitions={**pack.definitions, **copies}, parameters=parameters)
        self.bounds = {
            part.name for spec in pack.discretions.values() for part in e.walk(spec.lawful) if isinstance(part, e.Call)
        }
        self.both = both
        self.limited = False
        self._worlds: dict[tuple[tuple[str, int], ...], _World] = {}

    def verdict(self) -> Verdict:
        differing: list[str] = []
        for name in self.reached:
            if name not in self.start and not any(called in differing for called in calls(self.pack.definitions[name])):
                continue
            if not self._may_differ(name):
                continue
            differing.append(name)
            if self._is_public(name):
                return Verdict(False, f"{name} differs")
        within = f", in cases of up to {self._fallback()}" if self.limited else ""
        if not differing:
            return Verdict(True, f"{', '.join(self.start)} comes to the same everywhere{within}")
        return Verdict(True, f"differs in {', '.join(differing)}, and nothing that asks for it can tell{within}")

    def _start(self) -> tuple[str, ...]:
        """The definitions that say something else: the changed one, or those that speak of the parameter."""
        if self.mutant.changed is not None:
            return (self.mutant.changed,)
        return tuple(
            name
            for name, definition in self.pack.definitions.items()
            if any(
                isinstance(part, e.Parameter) and part.name == self.mutant.parameter
                for expr in expressions(definition)
                for part in e.walk(expr)
            )
        )

    def _reached(self) -> tuple[str, ...]:
        """What calls them, directly or not, callers after what they call."""
        ordered: dict[str, bool] = {}

        def reach(name: str) -> bool:
            if name not in ordered:
                called = [reach(inner) for inner in calls(self.pack.definitions[name])]
                ordered[name] = name in self.start or any(called)
            return ordered[name]

        for name in self.pack.definitions:
            reach(name)
        return tuple(name for name, reached in ordered.items() if reached)

    def _is_public(self, name: str) -> bool:
        return name in self.pack.answers or name.startswith("duty ") or name in self.bounds

    def _copy(self, name: str) -> Definition:
        definition = self.mutant.pack.definitions[name]
        rules = tuple(replace(rule, when=self._renamed(rule.when), value=self._renamed(rule.value)) for rule in definition.rules)
        otherwise = None if definition.otherwise is None else self._renamed(definition.otherwise)
        return replace(definition, name=name + OTHER, rules=rules, otherwise=otherwise)

    def _renamed(self, expr: e.Expr) -> e.Expr:
        """The expression, speaking of the faulty copies."""
        changes: dict[str, Any] = {}
        for part in fields(expr):
            held = getattr(expr, part.name)
            if isinstance(held, e.Expr):
                changes[part.name] = self._renamed(held)
            elif isinstance(held, tuple) and held and isinstance(held[0], e.Expr):
                changes[part.name] = tuple(self._renamed(one) for one in held)
        if isinstance(expr, e.Call) and expr.name in self.reached:
            changes["name"] = expr.name + OTHER
        if isinstance(expr, e.Parameter) and expr.name == self.mutant.parameter:
            changes["name"] = expr.name + OTHER
        return replace(expr, **changes) if changes else expr

    # -- one definition

    def _may_differ(self, name: str) -> bool:
        """Whether there is a case in which a definition and its faulty copy come to different outcomes."""
        few = dict.fromkeys(self.pack.collections, FEW)
        if self._world(few).tells(name, name in self.bounds):
            return True
        needed = self._needed(name)
        if needed is None:
            self.limited = True
            return self._world({**few, **self._listed()}).tells(name, name in self.bounds)
        return any(number > FEW for number in needed.values()) and self._world(needed).tells(name, name in self.bounds)

    def _needed(self, name: str) -> dict[str, int] | None:
        """As many elements of each list as the two definitions can need together; None if that is not to be had."""
        definition = self.pack.definitions[name]
        parameters = tuple(parameter for parameter, _ in definition.parameters)
        args = tuple(e.Var(parameter, type_) for parameter, type_ in definition.parameters)
        goals = [Goal(e.Call(one, args, definition.type), constants=parameters) for one in (name, name + OTHER)]
        for assumption in self.pack.assumptions:
            variables = tuple((one, Type(self.pack.collections[c].element)) for one, c in assumption.each)
            goals.append(Goal(e.Not(e.Not(assumption.that, YES_NO), YES_NO), Use.TRUE, variables))
        elements = [self.pack.element_of(type_.base) for _, type_ in definition.parameters]
        given = {name: sum(one is not None and one.name == name for one in elements) for name in self.pack.collections}
        found = bound(self.both, goals, given, frozenset(), {})
        needed = {name: found.slots.get(name, 0) + given[name] for name in self.pack.collections}
        return None if found.outside or sum(needed.values()) > MOST_SLOTS else needed

    def _listed(self) -> dict[str, int]:
        return {name: number for name, number in FALLBACK.items() if name in self.pack.collections}

    def _fallback(self) -> str:
        return ", ".join([*(f"{number} {name}" for name, number in self._listed().items()), f"{FEW} of any other list"])

    def _world(self, slots: Mapping[str, int]) -> _World:
        key = tuple(sorted(slots.items()))
        if key not in self._worlds:
            self._worlds[key] = _World(self.both, slots)
        return self._worlds[key]


class _World:
    """Cases of which nothing is known, with so many elements of each list."""

    def __init__(self, both: Pack, slots: Mapping[str, int]) -> None:
        self.pack = both
        self.problem = Problem(both, nothing_known(both), slots)
        self.prover = Prover(RLIMIT)
        self.prover.add(self.problem.constraints())

    def tells(self, name: str, only_truth: bool) -> bool:
        """Whether a definition and its faulty copy can differ (`only_truth`: in being true)."""
        nothing = self.problem.terms.false
        for args, given in self._arguments(self.pack.definitions[name]):
            here, there = (self.problem.encode(one, args) for one in (name, name + OTHER))
            if only_truth:  # a choice is lawful where this is true, and not where it is false or fails
                here, there = (Encoded({True: one.finite.get(True, nothing)}) for one in (here, there))
            if self.prover.satisfy(differ(self.problem, here, there), given) is not None:
                return True
        return False

    def _arguments(self, definition: Definition) -> Iterator[tuple[tuple[Any, ...], Node]]:
        """Every argument there can be, with the condition that it is there."""
        each = [list(self._of_type(name, type_)) for name, type_ in definition.parameters]
        for chosen in product(*each):
            yield tuple(atom for atom, _ in chosen), self.problem.terms.and_(given for _, given in chosen)

    def _of_type(self, name: str, type_: Any) -> Iterator[tuple[Any, Node]]:
        terms = self.problem.terms
        for special in sorted(type_.special):
            yield Special(special), terms.true
        collection = self.pack.element_of(type_.base)
        if collection is not None:
            yield ElementRef(collection.name, 0), self.problem.symbols.collections[collection.name][0].present
        elif type_.base in self.pack.enumerations:
            for value in self.pack.enumerations[type_.base].names:
                yield value, terms.true
        elif type_.base == "yes/no":
            yield from ((truth, terms.true) for truth in (False, True))
        elif type_.base == "day":
            first, last = (day.toordinal() for day in self.pack.horizon)
            yield terms.ivar(f"argument {name}", first - YEARS_AROUND, last + YEARS_AROUND), terms.true
        else:
            yield terms.ivar(f"argument {name}", 0, 3000), terms.true


def nothing_known(pack: Pack) -> Case:
    """A case of which nobody has told us anything."""
    facts: dict[str, Any] = dict.fromkeys(pack.facts, UNKNOWN)
    lists: Mapping[str, Any] = dict.fromkeys(pack.collections, Listing((), complete=False, stated=False))
    return Case(Text("", ""), pack.name, {**facts, **lists}, {}, {}, None)
