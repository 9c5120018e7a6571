"""Which definitions of two laws can be cut off: what each may fail with, and how many elements are enough once they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from zhunsheng.ask.comparing.twolaws import argument_values
from zhunsheng.ask.deciding.sealing import at_any_arguments, named_elements
from zhunsheng.errors import NotShown
from zhunsheng.lang import expr as e
from zhunsheng.lang.apart import TOLD, looks_at_lists, set_apart
from zhunsheng.lang.bound import Goal, bound
from zhunsheng.lang.cone import Cone, Cones, calls, expressions
from zhunsheng.lang.forms import Forms
from zhunsheng.lang.logic import Fixed, simplified
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Definition, Pack, Rule
from zhunsheng.lang.types import YES_NO, Value
from zhunsheng.lang.union import AFTER, Union
from zhunsheng.solve.loose import Cuts, LooseEverywhere, can_be_cut
from zhunsheng.solve.paired import Beyond, Everywhere, Key, Laws, Paired

MOST_SLOTS = 40
"""Where more elements than this would have to be looked at, a definition is taken to fail in any way."""
SMALL_WORK = 300_000
"""The solver's budget for whether a small case shows a failure."""


@dataclass
class Cutting:
    """Two laws as one pack under some readings. `known`: every way in which a definition is known to differ; `of_any`: those of
    which that is known at values too that only an answer has."""

    union: Union
    cones: Cones
    readings: Mapping[str, str]
    known: dict[str, tuple[Key, ...]] = field(default_factory=dict)
    of_any: set[str] = field(default_factory=set)
    _failing: dict[str, frozenset[FailureKind]] = field(default_factory=dict)
    _small: dict[tuple[tuple[str, int], ...], Everywhere] = field(default_factory=dict)
    _values: dict[str, frozenset[Value] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        definitions = self.union.pack.definitions
        self._forms = Forms(self.union.pack, self.cones).where(self.readings, frozenset())
        self._plain = Cones(_under(self.union.pack, self.readings))
        self.shared = frozenset(
            name for name, spec in definitions.items()
            if name not in self.union.touched and not name.endswith(AFTER) and can_be_cut(spec.type) and self._is_deep(name)
        )  # fmt: skip
        self.lookers = frozenset(name for name in self.shared if looks_at_lists(self._plain.pack.definitions[name]))
        """Of the definitions that both laws share and that can be cut off, those that look at lists themselves."""

    def learn(self, name: str, keys: tuple[Key, ...], *, settled: bool = False, of_any: bool = False) -> None:
        """Every way in which a definition differs is known, if it is one that can be cut. `settled`: no choice has a part in what
        it comes to, though it speaks of some. `of_any`: known too of values that only an answer has."""
        both = [self.union.named(name, side) for side in (0, 1)]
        if any(self.cones.definition(each).choices for each in both) and not settled:
            return
        types = [self.union.pack.definitions[each].type for each in both]
        if name != both[1] and self._looks_at_lists(name) and all(can_be_cut(type_) for type_ in types):
            self.known[name] = keys
            if of_any:
                self.of_any.add(name)

    def cuts(self, name: str, laws: Laws, *, late: bool = False) -> Cuts:
        """All that can be cut in a definition, but for itself; with `late`, of what both laws share only what looks at lists
        itself, so that what is reckoned from that is looked into, which takes no element more. What is known of a pair is known
        where it meets nothing that one of the laws has no word for: so a pair is cut only where that is to be seen from what is
        asked of both laws."""
        seen = [frozenset((each, *(each.parts if isinstance(each, e.Or) else ()))) for each in laws.unknown]
        pairs = {
            each: (self.union.named(each, 1), keys) for each, keys in self.known.items()
            if each != name and all(self._strange(each, side) <= seen[side] for side in (0, 1))
        }  # fmt: skip
        words = {each: tuple(self._words(each)) for each in pairs}
        without = (self.lookers if late else self.shared) - {name, f"{name}{TOLD}"}
        return Cuts(without, pairs, self.failing, self._by_form, self.values, beyond=laws.unknown, words=words,
                    of_any=frozenset(self.of_any))  # fmt: skip

    def _strange(self, name: str, side: int) -> frozenset[e.Expr]:
        return frozenset(self.union.strange(self.cones.definition(self.union.named(name, side)), side))

    def _words(self, name: str) -> Iterator[frozenset[str] | None]:
        """Of each argument, the values that both laws have; None where these are all there are."""
        sides = [argument_values(self.union, name, side) for side in (0, 1)]
        for parameter, _ in self.union.pack.definitions[name].parameters:
            known = [side[parameter] for side in sides if parameter in side]
            yield frozenset.intersection(*known) if known else None

    def as_cut(self, laws: Laws) -> Laws:
        """What is asked of two laws, of their definitions as they stand where things are cut off: a bound is of these."""
        definitions = self.union.pack.definitions
        return replace(laws, before=definitions[laws.before.name], after=definitions[laws.after.name])

    def pack(self, cuts: Cuts, cone: Cone) -> Pack:
        """The pack with what is cut in a cone as something that looks at no list: for a bound."""
        cut = {*cuts.shared, *cuts.pairs, *(there for there, _ in cuts.pairs.values())}
        definitions = dict(self.union.pack.definitions)
        definitions |= {name: _opaque(definitions[name], self.failing(name)) for name in sorted(cut & cone.definitions)}
        return replace(self.union.pack, definitions=definitions)

    def can_stand_for_itself(self, name: str) -> bool:
        """Whether what a definition comes to can be a symbol."""
        return can_be_cut(self.union.pack.definitions[name].type) and not self.cones.definition(name).choices

    # -- failures

    def failing(self, name: str) -> frozenset[FailureKind]:
        """The kinds of failure a definition may have at any arguments: too many rather than too few."""
        if name not in self._failing:
            self._failing[name] = self._may_fail(name)
        return self._failing[name]

    def _may_fail(self, name: str) -> frozenset[FailureKind]:
        """What a small case shows; of the rest, what is left with all cut off that can be, then with what it calls itself written
        out, then with nothing cut off."""
        shown = self._shown_by_a_small_case(name)
        left = self._by_form(name) - shown
        if not left:
            return shown
        below = frozenset(calls(self._plain.pack.definitions[name]))
        for shared in dict.fromkeys((self.shared - {name}, self.shared - {name} - below, frozenset[str]())):
            paired = self._alone(name, Cuts(shared, {}, self.failing, self._by_form, self.values))
            left = left if paired is None else frozenset(kind for kind in left if self._possible(paired, kind))
            if not left:
                break
        return left | shown

    def _shown_by_a_small_case(self, name: str) -> frozenset[FailureKind]:
        """The kinds of failure that a definition has in some case with one element of each list. That a day leaves the calendar's
        reach is seldom possible, and not looked for."""
        sought = self._by_form(name) - {FailureKind.NO_DATA}
        if not sought:
            return sought
        definition = self.union.pack.definitions[name]
        named = tuple(sorted(named_elements(self.union.pack, definition).items()))
        if named not in self._small:
            blanks = {each: [f"+{index}" for index in range(number)] for each, number in named}
            slots = dict.fromkeys(self.union.pack.collections, 1)
            self._small[named] = Everywhere(self.union.pack, blanks, slots, frozenset(), self.readings, SMALL_WORK)
        try:
            paired = Paired(self._small[named], self._only(definition), answers=True)
            return frozenset(kind for kind in sought if (node := paired.before.members.get(kind)) and paired.satisfy(node))
        except NotShown:
            return frozenset()

    def _by_form(self, name: str) -> frozenset[FailureKind]:
        """What may fail as far as the words show; a day that is reckoned may leave the calendar's reach."""
        found = self._forms.failures(e.Call(name, (), self.union.pack.definitions[name].type))
        definitions = self._plain.pack.definitions
        inside = (part for each in self._plain.definition(name).definitions for expr in expressions(definitions[each])
                  for part in e.walk(expr))  # fmt: skip
        reckons = any(isinstance(part, e.Arith) and part.type.base == "day" for part in inside)
        return found | {FailureKind.NO_DATA} if reckons else found

    def values(self, name: str) -> frozenset[Value] | None:
        """The values that a definition may come to at any arguments, of those that its type has: too many rather than too few.
        None where nothing is known."""
        if name not in self._values:
            listed = self.union.pack.definitions[name].type.base in self.union.pack.enumerations
            cuts = Cuts(self.lookers - {name}, {}, self.failing, self._by_form, self.values)
            paired = self._alone(name, cuts) if listed else None
            members = [] if paired is None else paired.before.members
            self._values[name] = frozenset(each for each in members if not isinstance(each, FailureKind | Beyond)) or None
        return self._values[name]

    def _alone(self, name: str, cuts: Cuts) -> Paired | None:
        """A definition by itself at any arguments, with what is cut off, as many elements as are then enough; None where that is
        more than is looked at."""
        definition = self.union.pack.definitions[name]
        named = named_elements(self.union.pack, definition)
        own = tuple(parameter for parameter, _ in definition.parameters)
        call = at_any_arguments(definition)
        pack = self.pack(cuts, self.cones.definition(name))
        stated = {**dict.fromkeys(pack.collections, 0), **named}
        enough = bound(pack, [Goal(call, constants=own)], stated, frozenset(), self.readings)
        if enough.outside or sum(enough.slots.values()) > MOST_SLOTS:
            return None
        blanks = {each: [f"+{index}" for index in range(number)] for each, number in named.items()}
        slots = {each: number for each, number in enough.slots.items() if number}
        everywhere = LooseEverywhere(self.union.pack, blanks, slots, frozenset(), self.readings, cuts)
        try:
            return Paired(everywhere, self._only(definition), answers=True)
        except NotShown:
            return None

    def _only(self, definition: Definition) -> Laws:
        nothing = e.Literal(False, YES_NO)
        return Laws(self.union.pack, definition, definition, ((), ()), (nothing, nothing), ({}, {}))

    def _possible(self, paired: Paired, kind: FailureKind) -> bool:
        node = paired.before.members.get(kind)
        try:
            return node is not None and paired.satisfy(node) is not None
        except NotShown:
            return True

    def _is_deep(self, name: str) -> bool:
        """Whether a definition looks at lists, and turns on no choice."""
        return self._looks_at_lists(name) and not self.cones.definition(name).choices

    def _looks_at_lists(self, name: str) -> bool:
        return bool(self._plain.definition(name).collections)


def cutting(union: Union, cones: Cones, readings: Mapping[str, str]) -> Cutting:
    """What of two laws can be cut off, what differs told to what both word alike."""
    whole = Cutting(union, cones, readings)
    if any(union.foreign):
        return whole

    def can_be_told(name: str) -> bool:
        both = {name, union.after.get(name, name)}
        specs = [union.pack.definitions[each] for each in both if each in union.pack.definitions]
        told = all(can_be_cut(spec.type) for spec in specs) and not any(cones.definition(each.name).choices for each in specs)
        return told and not any(whole.failing(each.name) for each in specs)

    def looks(name: str) -> bool:
        definition = union.pack.definitions[name]
        return can_be_cut(definition.type) and not cones.definition(name).choices and looks_at_lists(definition)

    apart = set_apart(union, can_be_told, looks)
    return whole if apart is union.pack else Cutting(replace(union, pack=apart), Cones(apart), readings)


def _under(pack: Pack, readings: Mapping[str, str]) -> Pack:
    """The pack without what these readings leave no room for."""
    found: dict[str, Definition] = {}

    def definition(name: str) -> Definition:
        if name not in found:
            found[name] = simplified(pack.definitions[name], fixed)
        return found[name]

    fixed = Fixed(readings, definition=definition)
    return replace(pack, definitions={name: definition(name) for name in pack.definitions})


def _opaque(definition: Definition, failing: frozenset[FailureKind]) -> Definition:
    """A definition of which nothing can be seen but what it may fail with."""

    def unseen(number: int, *, condition: bool = False) -> e.Expr:
        return e.Function(f"cut {definition.name} {number}", (), YES_NO if condition else definition.type)

    if not failing:
        return replace(definition, rules=(), otherwise=unseen(0))
    rules = [Rule("first", unseen(1, condition=True), unseen(1), "")]
    if FailureKind.CONFLICT in failing:
        rules.append(Rule("second", unseen(2, condition=True), unseen(2), ""))
    if FailureKind.NO_DATA in failing:
        rules.append(Rule("third", e.Function("is_workday", (), YES_NO), unseen(1), ""))
    return replace(definition, rules=tuple(rules), otherwise=None if FailureKind.GAP in failing else unseen(0))
