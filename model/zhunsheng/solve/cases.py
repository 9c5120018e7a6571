"""Outcomes under conditions: what an expression may come to, each atom with the condition under which it does.

The conditions of the atoms and of the failures of one `Cases` exclude each other wherever the expression is looked at.
An atom is a `bool`, an enumeration value's name, a `Special`, a `Period`, a term (numbers, days, texts), or a reference.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhunsheng.lang.outcome import FailureKind
from zhunsheng.solve.formula import Node, Terms

MOST_TERMS = 12
Atom = Hashable


@dataclass(frozen=True, eq=False)
class Cases:
    """`atoms` and `fails`: each with its condition. A kind of failure may coincide with another kind, never with an atom."""

    atoms: Mapping[Atom, Node]
    fails: Mapping[FailureKind, Node] = field(default_factory=dict)


@dataclass(frozen=True)
class ElementRef:
    """An element: the collection's name and the slot's index."""

    collection: str
    index: int


@dataclass(frozen=True)
class RecordRef:
    """A record fact that exists."""

    name: str


@dataclass(frozen=True, eq=False)
class TableRef:
    """A table: each key's entry."""

    entries: Mapping[str, Cases]


class Maker:
    """Builds and joins `Cases` over one `Terms`."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms

    def only(self, atom: Atom) -> Cases:
        return Cases({atom: self.terms.true})

    def truth(self, holds: Node, fails: Mapping[FailureKind, Node] | None = None) -> Cases:
        """A yes/no: true under `holds`, failing under `fails`, false otherwise."""
        fails = self.possible(fails) if fails else {}
        false = self.terms.not_(self.terms.or_((holds, *fails.values())) if fails else holds)
        return Cases(self.possible({True: holds, False: false}), fails)

    def possible(self, guarded: Mapping[Any, Node]) -> dict[Any, Node]:
        false = self.terms.false
        return {key: node for key, node in guarded.items() if node is not false}

    def true(self, cases: Cases) -> Node:
        return cases.atoms.get(True, self.terms.false)

    def false(self, cases: Cases) -> Node:
        return cases.atoms.get(False, self.terms.false)

    def failing(self, *many: Cases) -> dict[FailureKind, Node]:
        """Each kind of failure, where any of these fails so."""
        failing = [cases.fails for cases in many if cases.fails]
        if len(failing) < 2:
            return dict(sorted(failing[0].items())) if failing else {}
        return self.join_fails(failing)

    def under(self, condition: Node, fails: Mapping[FailureKind, Node]) -> dict[FailureKind, Node]:
        return self.possible({kind: self.terms.and_((condition, node)) for kind, node in fails.items()}) if fails else {}

    def join_fails(self, many: Iterable[Mapping[FailureKind, Node]]) -> dict[FailureKind, Node]:
        together: dict[FailureKind, list[Node]] = {}
        for fails in many:
            for kind, node in fails.items():
                together.setdefault(kind, []).append(node)
        return {kind: self.terms.or_(nodes) for kind, nodes in sorted(together.items())}

    def merge(self, parts: Iterable[tuple[Node, Cases]], fails: Mapping[FailureKind, Node] | None = None) -> Cases:
        """One `Cases` out of several, each under its condition; the conditions exclude each other (or the parts agree)."""
        atoms: dict[Atom, list[Node]] = {}
        failures = [fails or {}]
        for condition, cases in parts:
            if condition is self.terms.false:
                continue
            for atom, node in cases.atoms.items():
                atoms.setdefault(atom, []).append(self.terms.and_((condition, node)))
            failures.append(self.under(condition, cases.fails))
        joined = self.possible({atom: self.terms.or_(nodes) for atom, nodes in atoms.items()})
        return Cases(self.few(joined), self.possible(self.join_fails(failures)))

    def few(self, atoms: dict[Atom, Node]) -> dict[Atom, Node]:
        """The same atoms, the terms among them folded into one if they are not constants or are many."""
        terms = [(atom, node) for atom, node in atoms.items() if isinstance(atom, Node)]
        if len(terms) < 2 or (len(terms) <= MOST_TERMS and all(atom.op == "int" for atom, _ in terms)):
            return atoms
        folded, condition = terms[-1]
        for atom, node in reversed(terms[:-1]):
            folded = self.terms.ite(node, atom, folded)
            condition = self.terms.or_((node, condition))
        rest = {atom: node for atom, node in atoms.items() if not isinstance(atom, Node)}
        return {**rest, folded: condition}

    def pairs(self, left: Cases, right: Cases) -> list[tuple[Atom, Atom, Node]]:
        """Every pair of atoms with the condition under which both are meant."""
        both = []
        for a, under_a in left.atoms.items():
            for b, under_b in right.atoms.items():
                node = self.terms.and_((under_a, under_b))
                if node is not self.terms.false:
                    both.append((a, b, node))
        return both

    def same(self, left: Cases, right: Cases) -> Node:
        """The condition under which both have a value and the values are equal."""
        terms = self.terms
        alike = [terms.and_((node, right.atoms[atom])) for atom, node in left.atoms.items() if atom in right.atoms]
        computed = [(b, node) for b, node in right.atoms.items() if isinstance(b, Node)]
        alike += [
            terms.and_((here, there, terms.eq(a, b)))
            for a, here in left.atoms.items() if isinstance(a, Node)
            for b, there in computed if b is not a
        ]  # fmt: skip
        return terms.or_(alike)

    def different(self, left: Cases, right: Cases) -> Node:
        """The condition under which both have a value and the values differ."""
        terms = self.terms
        return terms.and_((self.some(left), self.some(right), terms.not_(self.same(left, right))))

    def some(self, cases: Cases) -> Node:
        """The condition under which there is a value."""
        return self.terms.or_(cases.atoms.values())
