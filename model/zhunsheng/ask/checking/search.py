"""A case in which something holds of a definition, whatever else the case may be; or that there is none of whatever size."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from zhunsheng.ask.checking.cases_met import CasesMet
from zhunsheng.ask.checking.memory import UNASKED, Memory, Remembered
from zhunsheng.ask.checking.questions import Clashes, Comes, Question, ToldApart, arising, condition, seen, words
from zhunsheng.ask.deciding.assumed import assumed
from zhunsheng.ask.deciding.replay import refuse_broken
from zhunsheng.ask.deciding.sealing import Sealing, at_any_arguments, choices_left, named_elements
from zhunsheng.ask.slices import Slices
from zhunsheng.errors import Disagreement, Incomplete, NotShown
from zhunsheng.evaluate import Element, Run
from zhunsheng.lang import expr as e
from zhunsheng.lang.bound import Bound, Goal, bound
from zhunsheng.lang.cone import expressions
from zhunsheng.lang.forms import FormsWhere
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.theorem import Touched
from zhunsheng.solve.cases import ElementRef
from zhunsheng.solve.constrain import Aside
from zhunsheng.solve.formula import Node
from zhunsheng.solve.local import Anywhere, Local
from zhunsheng.solve.problem import Completion
from zhunsheng.solve.sealed import NOTHING, Sealed

MOST_SLOTS = 60
"""Where more elements than this would have to be looked at, a question is left open."""
FEW_RINGS = 3
"""How often it is tried with definitions taken as given where looking into all of them is possible too."""
MOST_KEPT = 4
"""How many problems are kept for further questions."""
SMALL = (0, 1, 2)
"""How many further elements of each list are looked at first, before as many as can matter."""
Readings = Mapping[str, str]


@dataclass(frozen=True)
class Met:
    """A case in which a question about a definition is answered yes, by the reference meaning too, and the arguments there."""

    completion: Completion
    run: Run
    args: Mapping[str, Any]


@dataclass
class Search:
    """Questions about the definitions of one pack."""

    pack: Pack
    memory: Memory = field(default_factory=Memory)
    _anywhere: dict[tuple[Any, ...], Anywhere] = field(default_factory=dict)
    _bounds: dict[tuple[Any, ...], Bound] = field(default_factory=dict)
    _locals: dict[tuple[Any, ...], Local] = field(default_factory=dict)
    _forms: dict[tuple[Any, ...], FormsWhere] = field(default_factory=dict)
    _arises: dict[tuple[Any, ...], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sealing = Sealing(self.pack)
        self.cones, self.everything = self.sealing.cones, self.sealing.everything
        self.slices = Slices(self.pack, self.cones)
        self.cases_met = CasesMet(self.pack, self.cones)
        self.always_read = self.cones.exprs(assumption.that for assumption in self.pack.assumptions).readings

    def some(
        self,
        definition: Definition,
        question: Question,
        readings: Readings,
        *,
        touched: Touched | None = None,
        plain: bool = True,
        few: bool = False,
    ) -> Met | None:
        """A case (with `plain`, the simplest) in which a question about a definition is answered yes; None where there is no such
        case of whatever size (with `few`: of few elements). `touched` says in what two formulas differ, where the question
        compares two.

        What was found in an earlier run is taken from memory: a case, if the reference meaning sees in it what was asked; that
        there is none; why it was not shown. Raises `NotShown`."""
        met = self._some(definition, question, readings, touched, plain=plain, few=few)
        if met is not None:
            self.cases_met.add(met.run)
        return met

    def ever(self, definition: Definition, question: Question, readings: Readings) -> bool:
        """Whether a question is answered yes in any case at all, under any readings. A case met before may show it; then small
        ones under `readings` are looked at. Raises `NotShown`."""
        if self.seen_among_few(definition, question, readings):
            return True
        return self.some(definition, question, {}, plain=False) is not None

    def seen_among_few(self, definition: Definition, question: Question, readings: Readings) -> bool:
        """Whether a case met before shows it, or a small one under these readings."""
        if self.cases_met.show(definition, question):
            return True
        return self.some(definition, question, readings, plain=False, few=True) is not None

    def _some(
        self,
        definition: Definition,
        question: Question,
        readings: Readings,
        touched: Touched | None,
        *,
        plain: bool,
        few: bool,
    ) -> Met | None:
        if self._excluded(definition, question, readings):
            return None
        fixed = self._consulted(definition, readings)
        place = self.slices.definition(definition.name)
        taken = [f"{name}={option}" for name, option in sorted(fixed.items())]
        asked = " | ".join([words(question), *taken, str(plain), *(["few"] if few else [])])
        kept = self.memory.recall(place, asked)
        if isinstance(kept, Remembered):
            met = self._seen_again(definition, question, kept)
            if met is not None:
                return met
        elif isinstance(kept, NotShown):
            raise kept
        elif kept is not UNASKED:
            return None
        try:
            look = self._among_small if few else self._found
            met = look(definition, question, readings, touched, plain=plain)
        except NotShown as reason:
            self.memory.note(place, asked, reason)
            raise
        self.memory.note(place, asked, None if met is None else Remembered(met.completion, tuple(met.args.values())))
        return met

    def arises_by_form(self, name: str, kind: FailureKind, readings: Readings) -> bool:
        """Whether a gap or conflict may arise in a definition itself, seen from its form."""
        return kind in self._form(readings).arising_in(name)

    def comes_through(self, source: Definition, definition: Definition, kind: FailureKind, readings: Readings) -> bool:
        """Whether a failure that arises in one definition may be what another comes to, seen from their form."""
        form = self._form(readings)
        return self.arises_by_form(source.name, kind, readings) and source.name in form.arising(definition.name, kind)

    def arises(self, definition: Definition, kind: FailureKind, readings: Readings, told: Clashes = frozenset()) -> bool:
        """Whether a gap or conflict (by no clash that is told) arises in a definition itself at any arguments, and not only in
        one that it consults; yes where that is not shown."""
        fixed = self._consulted(definition, readings)
        key = (definition.name, kind, tuple(sorted(fixed.items())), told)
        if key not in self._arises:
            self._arises[key] = self._may_arise(definition, kind, fixed, told)
        return self._arises[key]

    def _may_arise(self, definition: Definition, kind: FailureKind, readings: Readings, told: Clashes) -> bool:
        others: frozenset[str] = frozenset()
        try:
            while (met := self.some(definition, Comes(kind, others, told), readings, plain=False)) is not None:
                there = arising(met.run, definition, tuple(met.args.values()), kind, told)
                if definition.name in there:
                    return True
                others |= there
        except NotShown:
            return True
        return False

    def _excluded(self, definition: Definition, question: Question, readings: Readings) -> bool:
        """Whether the form of a definition shows already that it never fails so. (Whether a day is outside the tables, only its
        formula shows.)"""
        if not isinstance(question, Comes) or question.to not in (FailureKind.GAP, FailureKind.CONFLICT):
            return False
        form = self._form(readings)
        return question.to not in form.failures(e.Call(definition.name, (), definition.type))

    def _form(self, readings: Readings) -> FormsWhere:
        key = tuple(readings.items())
        if key not in self._forms:
            self._forms[key] = self.sealing.forms.where(readings, frozenset())
        return self._forms[key]

    def _consulted(self, definition: Definition, readings: Readings) -> dict[str, str]:
        """Of these readings, those that can have a part in it."""
        consulted = self.cones.definition(definition.name).readings | self.always_read
        return {name: option for name, option in readings.items() if name in consulted}

    def _found(
        self, definition: Definition, question: Question, readings: Readings, touched: Touched | None, *, plain: bool
    ) -> Met | None:
        """Small cases first (where the simplest is not asked for, of one size); then cases as large as can matter, without the
        assumptions that call for ever more elements; and with them only where some case is left."""
        met = self._among_few(definition, question, readings, touched, SMALL if plain else SMALL[1:2], plain=plain)
        if met is not None:
            return met
        whole = self._bound(definition, readings, self.everything, touched)
        names = self.sealing.steady({})
        bounded = self._bound(definition, readings, names, touched)
        if _elements(bounded) > MOST_SLOTS:
            names = self.sealing.lean({})
            bounded = self._bound(definition, readings, names, touched)
        if self._never(definition, question, readings, touched, _elements(bounded)):
            return None
        self._refuse(whole.outside or bounded.outside, _elements(bounded))
        local = self._local(definition, bounded.slots, names, readings, question=question)
        if local.satisfy(*self._conditions(local, question)) is None:
            return None
        if not plain and (met := self._among_few(definition, question, readings, touched, SMALL[2:], plain=plain)) is not None:
            return met
        self._refuse("", _elements(whole))
        return self._met(
            self._local(definition, whole.slots, self.everything, readings, question=question), question, plain=plain
        )

    def _among_small(
        self, definition: Definition, question: Question, readings: Readings, touched: Touched | None, *, plain: bool
    ) -> Met | None:
        return self._among_few(definition, question, readings, touched, SMALL if plain else SMALL[1:], plain=plain)

    def _among_few(
        self,
        definition: Definition,
        question: Question,
        readings: Readings,
        touched: Touched | None,
        sizes: tuple[int, ...],
        *,
        plain: bool,
    ) -> Met | None:
        """Where the simplest case is wanted, without what cannot matter; where any will do, the same lists for every definition,
        so that they share what is made of them."""
        if plain:
            small = self._small(definition, self._bound(definition, readings, self.everything, touched), sizes)
        else:
            small = (dict.fromkeys(self.pack.collections, few) for few in sizes)
        for slots in small:
            met = self._met(self._local(definition, slots, self.everything, readings, question=question), question, plain=plain)
            if met is not None:
                return met
        return None

    def _never(self, definition: Definition, question: Question, readings: Readings, touched: Touched | None, whole: int) -> bool:
        """Whether it is seen already with some definitions taken as given, and with fewer elements, that there is no case;
        where `whole` is more than can be looked at, with as many as can. What a reading bears on is not taken as given where its
        options are told apart."""
        most, rings = (MOST_SLOTS, None) if whole > MOST_SLOTS else (whole * 3 // 4, FEW_RINGS)
        lean = self.sealing.lean({})
        never = self._reading(question.reading) if isinstance(question, ToldApart) else frozenset()
        asked = expressions(definition)
        ring_by_ring = self.sealing.ring_by_ring(asked, readings, never=never | {definition.name})
        for sealed in itertools.islice(ring_by_ring, rings):
            bounded = self._bound(definition, readings, lean, touched, frozenset(sealed.kinds))
            if bounded.outside or _elements(bounded) > most:
                return False
            local = self._local(definition, bounded.slots, lean, readings, sealed, question)
            if local.satisfy(*self._conditions(local, question, choices_left(self.pack, asked, sealed))) is None:
                return True
        return False

    def _reading(self, name: str) -> frozenset[str]:
        """The definitions that a reading bears on."""
        return frozenset(each for each in self.pack.definitions if name in self.cones.definition(each).readings)

    def _seen_again(self, definition: Definition, question: Question, kept: Remembered) -> Met | None:
        """What was remembered, if the reference meaning still sees it; None for anything else."""
        if len(kept.args) != len(definition.parameters):
            return None
        args = dict(zip((name for name, _ in definition.parameters), kept.args, strict=True))
        try:
            return self._replayed(definition, question, kept.completion, args)
        except (Disagreement, Incomplete, KeyError, TypeError, ValueError, AttributeError, IndexError):
            return None

    def possible(self) -> bool:
        """Whether there is any case at all. Raises `NotShown`."""
        found = bound(self.pack, assumed(self.pack), dict.fromkeys(self.pack.collections, 0), frozenset())
        if any(self._any(dict.fromkeys(self.pack.collections, few)) for few in SMALL):
            return True
        self._refuse(found.outside, sum(found.slots.values()))
        return self._any(found.slots)

    def _any(self, slots: Mapping[str, int]) -> bool:
        return Anywhere(self.pack, {}, slots, self.everything, {}).world.satisfy() is not None

    def _refuse(self, outside: str, elements: int) -> None:
        seen = f"no case with up to {SMALL[-1]} further elements of each list"
        if outside:
            raise NotShown(f"{seen}; {outside}")
        if elements > MOST_SLOTS:
            raise NotShown(f"{seen}; {elements} elements would have to be looked at to exclude it")

    def _small(self, definition: Definition, whole: Bound, sizes: tuple[int, ...]) -> Iterator[dict[str, int]]:
        """Few elements of the lists the definition may consult, never more than can matter."""
        lists = self.cones.definition(definition.name).collections
        seen: list[dict[str, int]] = []
        for few in sizes:
            slots = {name: few if whole.outside else min(number, few) for name, number in whole.slots.items() if name in lists}
            if slots not in seen:
                seen.append(slots)
                yield slots

    # -- one problem

    def _met(self, local: Local, question: Question, *, plain: bool) -> Met | None:
        conditions = self._conditions(local, question)
        model = local.satisfy(*conditions)
        if model is None:
            return None
        if plain:
            model = local.simplest(model, *conditions)
        completion, args = local.shown(model)
        values = tuple(Element(v.collection, v.index) if isinstance(v, ElementRef) else v for v in args.values())
        return self._replayed(local.definition, question, completion, dict(zip(args, values, strict=True)))

    def _replayed(self, definition: Definition, question: Question, completion: Completion, args: Mapping[str, Any]) -> Met:
        """The case in the reference meaning. Raises `Disagreement` where that sees no such case."""
        run = Run(self.pack, completion.facts, completion.readings, completion.choices)
        refuse_broken(self.pack, run, definition.name)
        if not seen(question, run, definition, args):
            raise Disagreement(f"{definition.name}: the solver shows a case ({words(question)}), and the reference meaning none")
        return Met(completion, run, args)

    def _conditions(self, local: Local, question: Question, choices: frozenset[str] | None = None) -> tuple[Node, Node]:
        """Where a question is answered yes, these choices (by default all that the definition may consult) being lawful."""
        if choices is None:
            choices = self.cones.definition(local.definition.name).choices
        if isinstance(question, ToldApart):
            question = replace(question, choices=question.choices & choices)
        return condition(question, local), local.problem.lawful(choices)

    def _local(
        self,
        definition: Definition,
        slots: Mapping[str, int],
        names: frozenset[str],
        readings: Readings,
        sealed: Sealed = NOTHING,
        question: Question | None = None,
    ) -> Local:
        aside = question.set_aside if isinstance(question, Comes) else frozenset[Aside]()
        named = named_elements(self.pack, definition)
        filled = tuple((name, number) for name, number in slots.items() if number)
        key = (tuple(named.items()), filled, names, tuple(sorted(readings.items())), frozenset(sealed.kinds.items()), aside)
        if key not in self._anywhere:
            if len(self._anywhere) >= MOST_KEPT:
                gone = next(iter(self._anywhere))
                del self._anywhere[gone]
                self._locals = {(kept, name): local for (kept, name), local in self._locals.items() if kept != gone}
            blanks = {name: [f"+{index}" for index in range(number)] for name, number in named.items()}
            self._anywhere[key] = Anywhere(self.pack, blanks, dict(slots), names, readings, sealed, aside)
        self._anywhere[key] = self._anywhere.pop(key)  # the one used last goes last
        if (key, definition.name) not in self._locals:
            self._locals[key, definition.name] = Local(self._anywhere[key], definition)
        return self._locals[key, definition.name]

    def _bound(
        self,
        definition: Definition,
        readings: Readings,
        names: frozenset[str],
        touched: Touched | None,
        sealed: frozenset[str] = frozenset(),
    ) -> Bound:
        """n(c) for a definition at any arguments; twice for what is touched, where two of its formulas are compared."""
        key = (definition.name, tuple(readings.items()), names, touched, sealed)
        if key not in self._bounds:
            parameters = tuple(name for name, _ in definition.parameters)
            call = at_any_arguments(definition)
            calls: list[e.Expr] = [e.At(side, call, call.type) for side in ("before", "after")] if touched else [call]
            goals = [Goal(each, constants=parameters) for each in calls]
            stated = {**dict.fromkeys(self.pack.collections, 0), **named_elements(self.pack, definition)}
            self._bounds[key] = bound(
                self.pack, [*goals, *assumed(self.pack, names)], stated, frozenset(), readings, touched,
                self.sealing.forms, sealed,
            )  # fmt: skip
        return self._bounds[key]


def _elements(found: Bound) -> int:
    return sum(found.slots.values())
