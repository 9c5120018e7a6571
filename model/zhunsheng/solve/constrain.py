"""The rules of a pack -> outcomes under conditions.

The same meaning as the reference's, written a second time and in another way: nothing here knows how the reference
computes. Constants fold, so where every fact that matters is known the outcome is one atom and no solver is needed.
Each module builds on the one before: numeric, logical, aggregated, expressions, and definitions here.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Assumption, Definition, Pack, Rule
from zhunsheng.solve.aggregated import CONFLICT, GAP
from zhunsheng.solve.cases import Atom, Cases, ElementRef
from zhunsheng.solve.expressions import Expressions
from zhunsheng.solve.formula import Node, Terms
from zhunsheng.solve.logical import Env
from zhunsheng.solve.numeric import NO_DATA
from zhunsheng.solve.sealed import Open
from zhunsheng.solve.symbols import Symbols, discretion_values

Clash = tuple[str, str, str]
"""A definition and two of its rules, in their order."""
Aside = tuple[str, FailureKind] | Clash
OTHERWISE = "otherwise"
"""What the `otherwise` of a definition is called among its rules."""


@dataclass(frozen=True, eq=False)
class Ruled:
    """The rules of a definition at some arguments: where each holds, where it also stands undefeated, its value (where it can
    stand), and where a condition or value fails."""

    holds: Mapping[str, Node]
    active: Mapping[str, Node]
    values: Mapping[str, Cases]
    fails: Mapping[FailureKind, Node]


class Constrainer(Expressions):
    """Gives expressions and definitions of one pack their `Cases` over one set of symbols."""

    def __init__(self, pack: Pack, terms: Terms, symbols: Symbols) -> None:
        super().__init__(pack, terms, symbols)
        self._definitions: dict[tuple[Any, ...], Cases] = {}
        self._choices: dict[tuple[str, FailureKind], Cases] = {}
        self.guards: dict[Node, tuple[str, str]] | None = None
        """Where asked for: a variable for each (definition, rule), under which `links` tie what the rule's condition comes to."""
        self.links: list[Node] = []
        self.open: Open | None = None
        """Where asked for: definitions taken as given."""
        self.side = ""
        """Which case this is, where there are two."""
        self.aside: frozenset[Aside] = frozenset()
        """Definitions whose own gaps (or conflicts) count as the weakest failure: what is asked is about those of others."""
        self._inside = ""

    # -- definitions

    def definition(self, name: str, args: tuple[Atom, ...] = ()) -> Cases:
        """The outcome of a definition at atoms."""
        key = (name, *args)
        if self.open is not None and self.open.holds(name):
            return self.open.outcome(self.side, name, args)
        if key not in self._definitions:
            definition = self.pack.definitions[name]
            env = {p: self.make.only(arg) for (p, _), arg in zip(definition.parameters, args, strict=True)}
            self._definitions[key] = self.outcome(definition, env)
        return self._definitions[key]

    def ruled(self, definition: Definition, env: Env) -> Ruled:
        """How each rule of a definition stands, its parameters bound by `env`."""
        terms, make = self.terms, self.make
        tests = {rule.name: self._guarded(definition, rule.name, self.expr(rule.when, env)) for rule in definition.rules}
        holds = {name: make.true(test) for name, test in tests.items()}
        standing = {rule.name: terms.not_(self._defeated(rule, definition, holds)) for rule in definition.rules}
        active = {name: terms.and_((holds[name], standing[name])) for name in holds}
        values = {rule.name: self.expr(rule.value, env) for rule in definition.rules if active[rule.name] is not terms.false}
        failing = [make.under(standing[name], tests[name].fails) for name in tests]
        failing += [make.under(active[name], value.fails) for name, value in values.items()]
        return Ruled(holds, active, values, make.possible(make.join_fails(failing)))

    def _guarded(self, definition: Definition, rule: str, test: Cases) -> Cases:
        """What a condition comes to, known only under the rule's guard (if guards are asked for)."""
        if self.guards is None:
            return test
        guard = self.terms.var(f"rule {definition.name} / {rule}")
        self.guards[guard] = (definition.name, rule)
        atoms = {atom: self._tied(guard, node) for atom, node in test.atoms.items()}
        return Cases(atoms, {kind: self._tied(guard, node) for kind, node in test.fails.items()})

    def _tied(self, guard: Node, node: Node) -> Node:
        """A variable that is this condition where the guard holds, and anything where it does not."""
        terms = self.terms
        if node is terms.false:
            return node
        known = terms.var(f"#{node.index} under {guard.args[0]}")
        self.links.append(terms.implies(guard, terms.and_((terms.implies(known, node), terms.implies(node, known)))))
        return known

    def outcome(self, definition: Definition, env: Env) -> Cases:
        """The outcome of a definition (one of the pack's, or another), its parameters bound by `env`."""
        outer, self._inside = self._inside, definition.name
        try:
            return self._outcome(definition, env)
        finally:
            self._inside = outer

    def own(self, kind: FailureKind) -> FailureKind:
        """What a failure that arises here counts as."""
        return NO_DATA if (self._inside, kind) in self.aside else kind

    def _clash(self, one: str, other: str) -> FailureKind:
        """What it counts as that two rules clash here."""
        return NO_DATA if (self._inside, one, other) in self.aside else self.own(CONFLICT)

    def _outcome(self, definition: Definition, env: Env) -> Cases:
        terms, make = self.terms, self.make
        ruled = self.ruled(definition, env)
        clashing: dict[FailureKind, list[Node]] = {self.own(CONFLICT): []}
        for a, b, node in self.clashes(ruled):
            clashing.setdefault(self._clash(a, b), []).append(node)
        fails = make.possible(make.join_fails([ruled.fails, {kind: terms.or_(nodes) for kind, nodes in clashing.items()}]))
        settled = terms.not_(terms.or_(fails.values()))
        parts = [(terms.and_((settled, ruled.active[name])), Cases(value.atoms)) for name, value in ruled.values.items()]
        nothing = terms.and_((settled, terms.not_(terms.or_(ruled.active.values()))))
        if definition.otherwise is None:
            return make.merge(parts, make.possible(make.join_fails([fails, {self.own(GAP): nothing}])))
        if nothing is terms.false:
            return make.merge(parts, fails)
        nothing = make.true(self._guarded(definition, OTHERWISE, Cases({True: nothing})))
        return make.merge([*parts, (nothing, self.expr(definition.otherwise, env))], fails)

    def _defeated(self, rule: Rule, definition: Definition, holds: Mapping[str, Node]) -> Node:
        return self.terms.or_(holds[other.name] for other in definition.rules if rule.name in other.overrides)

    def clashes(self, ruled: Ruled) -> list[tuple[str, str, Node]]:
        """Each pair of rules with the condition under which both stand and their values differ."""
        found = []
        for a, b in itertools.combinations(ruled.values, 2):
            both = self.terms.and_((ruled.active[a], ruled.active[b]))
            if both is not self.terms.false:
                found.append((a, b, self.terms.and_((both, self.make.different(ruled.values[a], ruled.values[b])))))
        return found

    # -- discretion

    def lawful(self, name: str) -> dict[Any, Node]:
        """Each value of a discretion with the condition under which choosing it is lawful."""
        spec = self.pack.discretions[name]
        return {
            value: self.make.true(self.expr(spec.lawful, {f"choice {name}": self.make.only(value)}))
            for value in discretion_values(self.pack, name)
        }

    def choice(self, name: str) -> Cases:
        """What is chosen; where nothing lawful can be, what the pack says of that, else a gap."""
        key = (name, self.own(GAP))
        if key not in self._choices:
            some = self.terms.or_(self.lawful(name).values())
            none = self.terms.not_(some)
            parts = [(some, self.symbols.choices[name])]
            otherwise = self.pack.discretions[name].otherwise
            if otherwise is not None and none is not self.terms.false:
                parts.append((none, self.expr(otherwise, {})))
            fails = self.make.possible({key[1]: none}) if otherwise is None else {}
            self._choices[key] = self.make.merge(parts, fails)
        return self._choices[key]

    def lawful_choice(self, name: str) -> list[Node]:
        """The conditions under which what is chosen is lawful, wherever anything is."""
        lawful = self.lawful(name)
        none = self.terms.not_(self.terms.or_(lawful.values()))
        return [
            self.terms.or_((self.terms.not_(condition), lawful.get(value, self.terms.false), none))
            for value, condition in self.symbols.choices[name].atoms.items()
        ]

    # -- assumptions

    def assumption(self, assumption: Assumption) -> list[Node]:
        """The conditions an assumption puts on a case: one for each choice of elements."""
        slots = [range(len(self.symbols.collections[name])) for _, name in assumption.each]
        conditions = []
        for chosen in itertools.product(*slots):
            if assumption.apart and len(set(chosen)) < len(chosen):
                continue
            env: dict[str, Cases] = {}
            absent = []
            for (variable, name), index in zip(assumption.each, chosen, strict=True):
                env[variable] = self.make.only(ElementRef(name, index))
                absent.append(self.terms.not_(self.symbols.collections[name][index].present))
            broken = self.make.false(self.expr(assumption.that, env))
            conditions.append(self.terms.or_((*absent, self.terms.not_(broken))))
        return conditions
