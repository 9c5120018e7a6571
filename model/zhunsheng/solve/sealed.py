"""Definitions taken as given: what they come to is left open, so that what holds then holds whatever their rules say.

A sealed definition may come to anything its type allows and fail in any way its form allows, at equal arguments to the same.
What is shown so is shown of every case: the real outcome is one of those allowed. What is not may still hold.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import Type, special
from zhunsheng.solve.cases import Atom, Cases, ElementRef
from zhunsheng.solve.formula import Node, Terms


@dataclass(frozen=True)
class Sealed:
    """`kinds`: the sealed definitions, each with the ways it may fail. `apart`: those that may come to something else after a
    theorem's changes."""

    kinds: Mapping[str, frozenset[FailureKind]] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()


NOTHING = Sealed()
MOST_PAIRED = 8
"""Up to so many options exclude each other pair by pair."""
FAR = 10**9
"""How far from nought numbers (and the codes of texts) are looked at. That is not all of them: see `can_be_sealed`."""


def can_be_sealed(definition: Definition, pack: Pack) -> bool:
    """Whether everything of its type can be listed, or is a day: then nothing that the definition could come to is left out."""
    return definition.type.base in ("day", "yes/no") or definition.type.base in pack.enumerations


class Open:
    """The outcomes of sealed definitions over one set of terms. `constraints` bind them; they grow as outcomes are asked for."""

    def __init__(self, pack: Pack, terms: Terms, sealed: Sealed) -> None:
        self.pack, self.terms, self.sealed = pack, terms, sealed
        self.constraints: list[Node] = []
        self._made: dict[tuple[str, str, tuple[Atom, ...]], Cases] = {}

    def holds(self, name: str) -> bool:
        """Whether a definition is sealed."""
        return name in self.sealed.kinds

    def outcome(self, side: str, name: str, args: tuple[Atom, ...]) -> Cases:
        """What a sealed definition comes to at these arguments, on this side of a theorem's changes."""
        key = (side if name in self.sealed.apart else "", name, args)
        if key not in self._made:
            path = " ".join([f"sealed {name}", *map(_written, args), key[0]])
            self._made[key] = self.anything(path, self.pack.definitions[name].type, self.sealed.kinds[name])
        return self._made[key]

    def anything(self, path: str, type_: Type, kinds: Iterable[FailureKind] = ()) -> Cases:
        """Any value of a type, or a failure of these kinds."""
        terms = self.terms
        values = one_of(terms, path, self._values(path, type_), self.constraints)
        fails = {kind: terms.var(f"{path} fails {kind.word}") for kind in sorted(kinds)}
        fine = terms.not_(terms.or_(fails.values()))
        return Cases({value: terms.and_((fine, node)) for value, node in values.items()}, fails)

    def _values(self, path: str, type_: Type) -> list[Atom]:
        specials: list[Atom] = [special(name) for name in sorted(type_.special)]
        if type_.base == "day":
            return [self.terms.ivar(path, 1, date.max.toordinal()), *specials]
        if type_.base == "yes/no":
            return [True, False, *specials]
        if type_.base not in self.pack.enumerations:
            return [self.terms.ivar(path, -FAR, FAR), *specials]
        return [*self.pack.enumerations[type_.base].names, *specials]


def one_of(terms: Terms, path: str, options: list[Atom], constraints: list[Node]) -> dict[Atom, Node]:
    """Conditions of which exactly one holds, one for each option; what binds them joins `constraints`."""
    if len(options) == 1:
        return {options[0]: terms.true}
    if len(options) == 2:
        first = terms.var(f"{path}={options[0]}")
        return {options[0]: first, options[1]: terms.not_(first)}
    bits = [terms.var(f"{path}={option}") for option in options]
    constraints.append(terms.or_(bits))
    constraints.extend(_at_most_one(terms, bits))
    return dict(zip(options, bits, strict=True))


def _at_most_one(terms: Terms, bits: list[Node]) -> Iterator[Node]:
    """Pair by pair where there are few; else not in both halves, and at most one in each: forty options make 780 pairs."""
    if len(bits) <= MOST_PAIRED:
        yield from (terms.or_((terms.not_(a), terms.not_(b))) for a, b in itertools.combinations(bits, 2))
        return
    first, second = bits[: len(bits) // 2], bits[len(bits) // 2 :]
    yield terms.or_((terms.not_(terms.or_(first)), terms.not_(terms.or_(second))))
    yield from _at_most_one(terms, first)
    yield from _at_most_one(terms, second)


def _written(atom: Atom) -> str:
    return f"{atom.collection}[{atom.index}]" if isinstance(atom, ElementRef) else f"{type(atom).__name__}:{atom}"
