"""Two laws' definition with what lies deeper cut off: a definition that is cut comes to anything that it may come to.

What both laws share is the same symbol on both sides. What they do not share, and of which every way of differing is known, is a
pair of symbols that differ in one of these ways or not at all. So every case has its like here, and what is impossible here is
impossible of every case, however many elements it has; what is possible here need not be.

What is known of a definition is known at arguments that a fact can hold. At any other (a day that was reckoned and lies beyond
the horizon; a value that only answers have, unless it was asked of those too) it may fail in every way that its form allows, and
may differ in any way. It is cut there all the same: a bound that counts no element inside it holds only where nothing looks
inside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from zhunsheng.errors import NotShown
from zhunsheng.lang import expr as e
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Special, Type, Value
from zhunsheng.solve.cases import Atom, Cases, ElementRef
from zhunsheng.solve.constrain import Constrainer
from zhunsheng.solve.formula import Node, Terms
from zhunsheng.solve.paired import MOST_WORK, NUMERIC, Everywhere, Key, Member
from zhunsheng.solve.symbols import GREATEST, LEAST, MANY_TEXTS, SymbolMaker, Symbols


@dataclass(frozen=True)
class Cuts:
    """`shared`: definitions that both laws have alike. `pairs`: a definition in the old law, with its name in the new and every
    way in which the two differ. `failing`: the kinds of failure a definition may have at arguments that a fact can hold;
    `by_form`: those it may have at any; `values`: what it may come to where a fact can be its argument (None: anything). With
    `same`, pairs are taken not to differ, whatever they are asked about. `alike`: calls of definitions (of either law) that are
    taken to come to the same under both, each with its name in the old law. `beyond`: where a case holds what either law has no
    word for; there a pair may differ in any way, as it may at arguments that are not among `words`: of each pair's arguments, the
    values that both laws have (None: all there are). `of_any`: the pairs whose every way of differing is known at values too that
    only an answer has."""

    shared: frozenset[str]
    pairs: Mapping[str, tuple[str, Sequence[Key]]]
    failing: Callable[[str], frozenset[FailureKind]]
    by_form: Callable[[str], frozenset[FailureKind]]
    values: Callable[[str], frozenset[Value] | None]
    same: bool = False
    alike: Mapping[e.Call, str] = field(default_factory=dict)
    beyond: tuple[e.Expr, ...] = ()
    words: Mapping[str, Sequence[frozenset[str] | None]] = field(default_factory=dict)
    of_any: frozenset[str] = frozenset()


def can_be_cut(type_: Type) -> bool:
    """Whether what a definition comes to can stand as a symbol: one of a list of values."""
    return type_.base not in NUMERIC and not type_.keyed_by


class Loose(Constrainer):
    """Expressions to outcomes, the definitions of `cuts` as symbols of their own at each argument."""

    def __init__(self, pack: Pack, terms: Terms, symbols: Symbols, maker: SymbolMaker, cuts: Cuts) -> None:
        super().__init__(pack, terms, symbols)
        self.maker, self.cuts = maker, cuts
        self.ties: list[Node] = []
        self._partner = {there: here for here, (there, _) in cuts.pairs.items()}
        self._cut: dict[tuple[object, ...], Cases] = {}
        self.taken_alike: set[str] = set()
        """Those of the definitions taken to be alike that were come upon, by their names in the old law."""
        self._alike: dict[tuple[object, ...], str] = {}
        for call, old in cuts.alike.items():
            if (args := self._atoms(call)) is not None:
                self._alike[call.name, *args] = old

    def definition(self, name: str, args: tuple[Atom, ...] = ()) -> Cases:
        """The outcome of a definition at atoms: a symbol where it is cut. Raises `NotShown` where it is asked about arguments at
        which it may fail in more ways than its bound was worked out for."""
        if (alike := self._alike.get((name, *args))) is not None:
            self.taken_alike.add(alike)
            return self._symbol(alike, args, within=self._within(alike, args, answers=True))
        if name in self.cuts.shared:
            return self._symbol(name, args, within=self._within(name, args, answers=True))
        old = self._partner.get(name, name)
        if old in self.cuts.pairs:
            self._pair(old, args)
            return self._cut[(name, *args)]
        return super().definition(name, args)

    def _atoms(self, call: e.Call) -> tuple[Atom, ...] | None:
        """The arguments of a call, where each is one thing whatever the case."""
        cases = [self.expr(arg, {}) for arg in call.args]
        if any(len(each.atoms) != 1 or each.fails for each in cases):
            return None
        return tuple(atom for each in cases for atom in each.atoms)

    def _within(self, name: str, args: tuple[Atom, ...], *, answers: bool) -> bool:
        """Whether what is known of a definition is known at these arguments: those a fact can hold (with `answers`, or an answer
        come to)."""
        for arg, (_, type_) in zip(args, self.pack.definitions[name].parameters, strict=True):
            enumeration = self.pack.enumerations.get(type_.base)
            if isinstance(arg, Node) and not self._can_be_held(arg, type_):
                return False
            if enumeration is not None and isinstance(arg, str) and not answers and enumeration.by_name[arg].answer_only:
                return False
        return True

    def _can_be_held(self, arg: Node, type_: Type) -> bool:
        first, last = (day.toordinal() for day in self.pack.horizon) if type_.base == "day" else (LEAST, GREATEST)
        return type_.base == "text" or (first <= arg.least and arg.greatest <= last)

    @property
    def cut_off(self) -> tuple[str, ...]:
        """The definitions that were come upon and cut off."""
        return tuple(dict.fromkeys(str(name) for name, *_ in self._cut))

    @property
    def met(self) -> tuple[str, ...]:
        """The pairs that were come upon, by their names in the old law."""
        return tuple(dict.fromkeys(str(name) for name, *_ in self._cut if name in self.cuts.pairs))

    def _pair(self, old: str, args: tuple[Atom, ...]) -> None:
        new, keys = self.cuts.pairs[old]
        if (old, *args) in self._cut:
            return
        within = self._within(old, args, answers=True)
        before, after = (self._symbol(name, args, within=within) for name in (old, new))
        if self._beyond_words(old, args) or (
            not self.cuts.same and not self._within(old, args, answers=old in self.cuts.of_any)
        ):
            return
        here, there = _members(self.terms, before), _members(self.terms, after)
        ways = [self._both(here, there, member, member) for member in here]
        ways += [self._both(here, there, next(iter(key.before)), next(iter(key.after))) for key in keys]
        ways += [self.make.true(self.expr(each, {})) for each in self.cuts.beyond]
        self.ties.append(self.terms.or_(ways))

    def _beyond_words(self, old: str, args: Sequence[Atom]) -> bool:
        """Whether an argument is something that one of the laws has no word for."""
        words = self.cuts.words.get(old, (None,) * len(args))
        pairs = zip(args, words, strict=True)
        return any(known is not None and isinstance(arg, str) and arg not in known for arg, known in pairs)

    def _both(self, here: Mapping[Member, Node], there: Mapping[Member, Node], one: Member, other: Member) -> Node:
        return self.terms.and_((here.get(one, self.terms.false), there.get(other, self.terms.false)))

    def _symbol(self, name: str, args: tuple[Atom, ...], *, within: bool) -> Cases:
        key = (name, *args)
        if key not in self._cut:
            kinds = self.cuts.failing(name)
            if not within and not self.cuts.by_form(name) <= kinds:
                raise NotShown(f"how {name} may fail is not known of everything that it is asked about here")
            path = f"{name}({', '.join(map(_written, args))})"
            anything = self.maker.anything(path, self.pack.definitions[name].type, answers=True)
            fails = {kind: self.terms.var(f"{path} {kind.word}") for kind in sorted(kinds)}
            fine = self.terms.not_(self.terms.or_(fails.values()))
            known = (self.cuts.values(name) if within else None) or anything.atoms.keys()
            self.ties += [self.terms.not_(node) for atom, node in anything.atoms.items() if atom not in known]
            atoms = {atom: self.terms.and_((fine, node)) for atom, node in anything.atoms.items() if atom in known}
            self._cut[key] = Cases(self.make.possible(atoms), fails)
        return self._cut[key]

    def constraints(self) -> list[Node]:
        """What binds the symbols made so far."""
        return [*self.maker.symbols.constraints, *self.ties]


class LooseEverywhere(Everywhere):
    """Every case of two laws with what is cut off."""

    def __init__(
        self, pack: Pack, named: Mapping[str, Sequence[str]], slots: Mapping[str, int], assumed: frozenset[str],
        readings: Mapping[str, str], cuts: Cuts, work: int = MOST_WORK,
    ) -> None:  # fmt: skip
        self.cuts, self._known = cuts, set[Node]()
        super().__init__(pack, named, slots, assumed, readings, work)

    def _build(self) -> None:
        super()._build()
        maker = SymbolMaker(self.pack, self.problem.case, self.problem.terms, {}, texts=MANY_TEXTS)
        self.loose = Loose(self.pack, self.problem.terms, self.problem.symbols, maker, self.cuts)
        self.problem.constrainer = self.loose

    @property
    def taken_alike(self) -> frozenset[str]:
        """The definitions taken to be alike that were come upon."""
        return frozenset(self.loose.taken_alike)

    @property
    def met(self) -> tuple[str, ...]:
        """The pairs of definitions that were come upon."""
        return self.loose.met

    def bind(self) -> None:
        """What binds the symbols made since."""
        new = [node for node in self.loose.constraints() if node not in self._known]
        self._known.update(new)
        self.world.add(new)


def _members(terms: Terms, cases: Cases) -> dict[Member, Node]:
    """Each value with its condition, and each kind of failure where it is the strongest."""
    found: dict[Member, Node] = {atom: node for atom, node in cases.atoms.items() if isinstance(atom, str | bool | Special)}
    stronger = terms.false
    for kind in sorted(cases.fails, reverse=True):
        found[kind] = terms.and_((cases.fails[kind], terms.not_(stronger)))
        stronger = terms.or_((stronger, cases.fails[kind]))
    return found


def _written(arg: Atom) -> str:
    match arg:
        case Node():
            return repr(arg)
        case ElementRef(collection=collection, index=index):
            return f"{collection}[{index}]"
        case _:
            return str(arg)
