"""Which definitions a proof may take as given, so that fewer elements have to be looked at.

Most guarantees rest on a few rules and hold whatever the rest of the law comes to. So the rules near what is asked are looked
into first, and the definitions further away, if they speak of lists, are sealed: they may come to anything of their type. Where
that does not show it, the next ring of definitions is opened; or what small cases rest on tells which to open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import InitVar, dataclass, field

from zhunsheng.ask.deciding.assumed import demanding, every_assumption, growing
from zhunsheng.lang import expr as e
from zhunsheng.lang.cone import Cones, expressions
from zhunsheng.lang.forms import Forms
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.theorem import Swap, Theorem, touched
from zhunsheng.solve.sealed import Sealed, can_be_sealed

Readings = Mapping[str, str]
NONE: frozenset[str] = frozenset()


@dataclass
class Sealing:
    """What the questions about one pack share: the form of its definitions, its assumptions, what can be taken as given."""

    pack: Pack
    known: InitVar[Forms | None] = None
    forms: Forms = field(init=False)
    _lean: dict[tuple[tuple[str, str], ...], frozenset[str]] = field(default_factory=dict)
    _steady: dict[tuple[tuple[str, str], ...], frozenset[str]] = field(default_factory=dict)

    def __post_init__(self, known: Forms | None) -> None:
        self.forms = known or Forms(self.pack, Cones(self.pack))
        self.everything = every_assumption(self.pack)

    @property
    def cones(self) -> Cones:
        return self.forms.cones

    def lean(self, readings: Readings) -> frozenset[str]:
        """The assumptions that call for no elements of their own."""
        key = tuple(sorted(readings.items()))
        if key not in self._lean:
            self._lean[key] = self.everything - demanding(self.pack, readings, self.forms)
        return self._lean[key]

    def steady(self, readings: Readings) -> frozenset[str]:
        """The same, with those that call for no more elements however many there are."""
        key = tuple(sorted(readings.items()))
        if key not in self._steady:
            self._steady[key] = self.everything - growing(self.pack, readings, self.forms)
        return self._steady[key]

    def ring_by_ring(
        self, asked: Iterable[e.Expr], readings: Readings, apart: frozenset[str] = NONE, never: frozenset[str] = NONE
    ) -> Iterator[Sealed]:
        """What to take as given, the most first: all but what the expressions call; all but that and what is called there; and so
        on. Nothing at all is not among it. `apart` may come to something else on the other side of changes, `never` is not
        sealed."""
        around = rings(self.pack, [*asked, *self._assumed(readings)])
        for number in range(1, len(around)):
            names = self._able(frozenset[str]().union(*around[number:])) - never
            if names:
                yield self._sealed(names, readings, apart)

    def all_but(self, used: Iterable[str], asked: Iterable[e.Expr], readings: Readings, apart: frozenset[str]) -> Sealed:
        """Everything taken as given but these definitions."""
        around = rings(self.pack, [*asked, *self._assumed(readings)])
        return self._sealed(self._able(frozenset[str]().union(*around)) - frozenset(used), readings, apart)

    def everything_sealed(self, asked: Iterable[e.Expr], readings: Readings, apart: frozenset[str]) -> Sealed:
        """Every definition open, whatever its type: what holds then would hold under any law."""
        around = rings(self.pack, [*asked, *(each.that for each in self.pack.assumptions)])
        return self._sealed(frozenset[str]().union(*around), readings, apart)

    def _assumed(self, readings: Readings) -> list[e.Expr]:
        lean = self.lean(readings)
        return [each.that for each in self.pack.assumptions if each.name in lean]

    def _sealed(self, names: frozenset[str], readings: Readings, apart: frozenset[str]) -> Sealed:
        form = self.forms.where(readings, NONE)
        definitions = self.pack.definitions
        return Sealed({name: form.failures(e.Call(name, (), definitions[name].type)) for name in sorted(names)}, apart)

    def _able(self, names: frozenset[str]) -> frozenset[str]:
        """Those that can be sealed, and speak of lists."""
        definitions = self.pack.definitions
        return frozenset(
            name for name in names if can_be_sealed(definitions[name], self.pack) and self.cones.definition(name).collections
        )


def at_any_arguments(definition: Definition) -> e.Call:
    """A definition, called at variables that bear its parameters' names."""
    return e.Call(definition.name, tuple(e.Var(name, type_) for name, type_ in definition.parameters), definition.type)


def named_elements(pack: Pack, definition: Definition) -> dict[str, int]:
    """How many elements of each list a definition takes as arguments."""
    found: dict[str, int] = {}
    for _, type_ in definition.parameters:
        collection = pack.element_of(type_.base)
        if collection is not None:
            found[collection.name] = found.get(collection.name, 0) + 1
    return found


def choices_left(pack: Pack, asked: Iterable[e.Expr], sealed: Sealed) -> frozenset[str]:
    """The choices that are consulted where these definitions are taken as given: only those can be held to be lawful."""
    return Cones(pack, frozenset(sealed.kinds)).exprs(asked).choices


def changed_by(theorem: Theorem, cones: Cones) -> frozenset[str]:
    """The definitions that may come to something else after a theorem's changes (all, where elements change places)."""
    if not theorem.change and not theorem.apart:
        return NONE
    names = frozenset(cones.pack.definitions)
    if any(isinstance(edit, Swap) for edit in theorem.change):
        return names
    meets = touched(theorem).meets
    return frozenset(name for name in names if meets(cones.definition(name)))


def rings(pack: Pack, asked: Iterable[e.Expr]) -> list[frozenset[str]]:
    """The definitions that expressions consult: those they call, then those these call, and so on."""
    found: list[frozenset[str]] = []
    ring = _called(asked, pack)
    seen: frozenset[str] = frozenset()
    while ring:
        found.append(ring)
        seen |= ring
        ring = _called((expr for each in ring for expr in expressions(pack.definitions[each])), pack) - seen
    return found


def _called(asked: Iterable[e.Expr], pack: Pack) -> frozenset[str]:
    """The definitions that expressions call, and those that bound the choices they speak of."""
    parts = [part for expr in asked for part in e.walk(expr)]
    lawful = [pack.discretions[part.name].lawful for part in parts if isinstance(part, e.Choice)]
    parts += [part for expr in lawful for part in e.walk(expr)]
    return frozenset(part.name for part in parts if isinstance(part, e.Call))
