"""The ranges of one fact on which answers stay the same: for a number or a day exact to one, else value by value.

The constraints say where anything can change at all (`solve.breaks`); what the answers come to is the reference meaning's word,
at the first and the last value of every range, and one before and after each place where something changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from zhunsheng.ask.deciding import contradiction
from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.deciding.problems import Problems, Shared, shared_of
from zhunsheng.ask.deciding.replay import for_reference
from zhunsheng.ask.deciding.worlds import Found, Worlds
from zhunsheng.ask.report import Between, Status
from zhunsheng.errors import Disagreement, NotShown, UnknownFact
from zhunsheng.evaluate import Memory, Remembered
from zhunsheng.lang.case import UNKNOWN, Case
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import FactSpec, Pack
from zhunsheng.lang.spots import Spot, path_of, spec_at, type_at, with_value
from zhunsheng.lang.types import Value, special
from zhunsheng.solve.breaks import breaks
from zhunsheng.solve.formula import Node, support

Outcomes = frozenset[Any]
"""What an answer may come to: values, failure kinds, spans (`Between`); `UNLAWFUL` of `ask.worlds`."""


@dataclass(frozen=True)
class Range:
    """Values from `least` to `greatest` (equal for a single value that is not on a scale) with what each answer comes to there,
    in the order asked. `impossible`: no such case can be (an assumption of the pack is false), and `outcomes` is empty."""

    least: Value
    greatest: Value
    outcomes: tuple[Outcomes, ...]
    impossible: bool = False


@dataclass
class Looker:
    """What answers come to in variations of one case.

    Complete cases go through the reference meaning alone; where an answer looks at something unknown, it is decided."""

    pack: Pack
    case: Case
    shared: Shared
    open_future: bool = False
    decided: int = 0
    clashes: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, pack: Pack, case: Case, open_future: bool = False) -> Looker:
        return cls(pack, case, shared_of(pack), open_future)

    @property
    def after(self) -> date | None:
        """The day after which lists may still grow; None where nothing further is taken to happen."""
        return known_until(self.pack, self.case) if self.open_future else None

    @cached_property
    def defaults(self) -> dict[str, str]:
        return {name: spec.default for name, spec in self.pack.readings.items() if spec.default is not None}

    @cached_property
    def choices(self) -> dict[str, Value]:
        return {name: made.value for name, made in self.case.choices.items()}

    def outcomes(self, facts: Mapping[str, Any], asked: Iterable[Asked]) -> tuple[Outcomes, ...] | None:
        """What each answer may come to with these facts; None where no case has them. Raises `NotShown`."""
        if self.impossible(facts):
            return None
        return tuple(self.outcome(facts, one) for one in asked)

    def each_outcome(self, facts: Mapping[str, Any], asked: Sequence[Asked]) -> dict[Asked, Outcomes | NotShown] | None:
        """The same of many answers with the same facts, of which they share what is made to decide them; where one is not shown,
        why."""
        if self.impossible(facts):
            return None
        found: dict[Asked, Outcomes | NotShown] = {}
        deciding = self._deciding(facts)
        for one in asked:
            try:
                found[one] = self.outcome(facts, one, deciding)
            except NotShown as reason:
                found[one] = reason.kept()
        deciding.problems.release()
        return found

    def outcome(self, facts: Mapping[str, Any], asked: Asked, deciding: Deciding | None = None) -> Outcomes:
        """What an answer may come to; `deciding`: the case with these facts, where it is there already."""
        if not self.open_future:
            try:
                return self.world(facts).outcomes(asked)
            except UnknownFact:
                pass
        if deciding is not None:
            return self._decided(deciding, asked)
        deciding = self._deciding(facts)
        try:
            return self._decided(deciding, asked)
        finally:
            deciding.problems.release()

    def assumed(self, facts: Mapping[str, Any], asked: Asked) -> dict[str, str]:
        """The readings that the answer consults with these facts, each with the option taken (those with no default aside)."""
        taken = {**self.defaults, **self.case.readings}
        try:
            seen = self.world(facts).seen(asked)
            touched = {name for one in seen for name in one.run.touched(asked.definition, for_reference(asked.args)).readings}
        except UnknownFact:
            touched = set(self.shared.cones.definition(asked.definition).readings)
        return {name: taken[name] for name in self.pack.readings if name in touched and name in taken}

    def world(self, facts: Mapping[str, Any]) -> Worlds:
        readings = {**self.defaults, **self.case.readings}
        return Worlds(self.pack, self.case, facts, readings, self.choices, self.shared.cones, self._memory)

    @property
    def _memory(self) -> Memory | None:
        return self.shared.memory if self.shared.memory.pack is self.pack else None

    def impossible(self, facts: Mapping[str, Any]) -> bool:
        """Whether no case has these facts: two elements bear one name, or the assumptions cannot all hold, whatever is not known.
        Raises `NotShown`."""
        if same_names(self.pack, facts):
            return True
        readings = {name: spec.stand_in for name, spec in self.pack.readings.items()}
        run = Remembered(self._memory or Memory(self.pack), facts, {**readings, **self.case.readings}, {})
        unsure = False
        for assumption in self.pack.assumptions:
            try:
                if run.broken(assumption):
                    return True
            except UnknownFact:
                unsure = True
        return unsure and self._clash(facts)

    def _clash(self, facts: Mapping[str, Any]) -> bool:
        """Whether no completion of these facts satisfies the assumptions."""
        cone = self.problems(facts).assumptions
        key = repr([facts[name] for name in sorted(cone.facts | cone.collections)])
        if key not in self.clashes:
            self.clashes[key] = not contradiction.possible(self.problems(facts))
        return self.clashes[key]

    def problems(self, facts: Mapping[str, Any]) -> Problems:
        return Problems(self.pack, replace(self.case, facts=facts), self.after, self.shared)

    def _deciding(self, facts: Mapping[str, Any]) -> Deciding:
        return Deciding(
            self.pack, replace(self.case, facts=facts), self.open_future,
            with_firmness=False, with_dependence=False, shared=self.shared,
        )  # fmt: skip

    def _decided(self, deciding: Deciding, asked: Asked) -> Outcomes:
        self.decided += 1
        answer = deciding.answer(asked)
        deciding.problems.drop()
        if answer.status is Status.NOT_SHOWN or not answer.complete:
            raise NotShown(answer.why_not_shown or asked.key)
        return frozenset(one.outcome for one in answer.outcomes)


@dataclass
class Ranging:
    """One fact of a case moved (or several days moved together, `spots`), the rest as it is."""

    looker: Looker
    spots: tuple[Spot, ...]
    asked: Sequence[Asked]
    within: tuple[date, date] | None = None
    facts: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.facts = self.looker.case.facts

    def ranges(self) -> list[Range]:
        """All of them, least first; special values such as `none` before. Raises `NotShown`."""
        spec = spec_at(self.looker.pack, self.spots[0])
        type_ = type_at(self.looker.pack, self.spots[0])
        if type_ is None or not isinstance(spec, FactSpec):
            raise TypeError(f"{self.spots[0]} holds no single value")
        specials: list[Value] = [special(name) for name in sorted(type_.special)]
        if type_.base in ("day", "number"):
            apart = [] if len(self.spots) > 1 else [self._single(one) for one in specials]
            return apart + self._on_a_scale(type_.base == "day")
        return [self._single(one) for one in [*listed(self.looker.pack, self.facts, spec, self.spots[0]), *specials]]

    def at(self, value: Value) -> tuple[Outcomes, ...] | None:
        facts = self.facts
        for one in self.spots:
            facts = with_value(facts, one, value)
        return self.looker.outcomes(facts, self.asked)

    def _single(self, value: Value) -> Range:
        return _range(value, value, self.at(value))

    def _on_a_scale(self, days: bool) -> list[Range]:
        least, starts, greatest = self.places()

        def value(number: int) -> Value:
            return date.fromordinal(number) if days else number

        found: list[tuple[int, int, tuple[Outcomes, ...] | None]] = []
        for first, after in zip([least, *starts], [*starts, greatest + 1], strict=True):
            here = self.at(value(first))
            if found and found[-1][2] == here:
                found[-1] = (found[-1][0], after - 1, here)
            else:
                found.append((first, after - 1, here))
        for _, last, here in found:  # the day before, and the day: both ends of every range are seen
            if self.at(value(last)) != here:
                raise Disagreement(f"{path_of(self.facts, self.spots[0])}: what is said of {value(last)} is not so")
        return [_range(value(first), value(last), here) for first, last, here in found]

    def places(self) -> tuple[int, list[int], int]:
        """The least value, the places above it where anything can change, the greatest value."""
        facts = self.facts
        for one in self.spots:
            facts = with_value(facts, one, UNKNOWN)
        case = replace(self.looker.case, facts=facts)
        problems = Problems(self.looker.pack, case, self.looker.after, self.looker.shared)
        defaults = {n: o for n, o in self.looker.defaults.items() if n not in self.looker.case.readings}
        found: set[int] = set()
        variable: Node | None = None
        for asked in self.asked:
            problem, _ = problems.problem(asked, defaults)
            variables = [
                atom for one in self.spots for atom in problem.symbols.free[path_of(facts, one)].options if isinstance(atom, Node)
            ]
            variable = variables[0]
            together = dict.fromkeys(variables[1:], variable)
            memo: dict[Node, Node] = {}
            vector = {**problem.vector(defaults), **together}
            encoded = problem.restrict(problems.encode(problem, asked), vector, memo)
            if encoded.term is not None and variable in support([encoded.term[0]]):
                raise NotShown("the answer is a day or a number that moves along with it")
            lawful = problem.lawful(problems.cone(asked).choices)
            nodes = [*encoded.nodes(), *(problem.terms.restrict(n, vector, memo) for n in (lawful, *problem.constraints()))]
            found.update(breaks(nodes, variable))
        if variable is None:
            raise ValueError("nothing is asked")
        least, greatest = variable.least, variable.greatest
        if self.within is not None:
            least, greatest = max(least, self.within[0].toordinal()), min(greatest, self.within[1].toordinal())
        return least, [place for place in sorted(found) if least < place <= greatest], greatest


def known_until(pack: Pack, case: Case) -> date | None:
    """The day up to which the lists of a case are complete: what it says, else the day of the question."""
    if case.known_until is not None:
        return case.known_until
    today = case.facts.get(pack.as_of)
    return today if isinstance(today, date) else None


def listed(pack: Pack, facts: Mapping[str, Any], spec: FactSpec, here: Spot) -> list[Value]:
    """The values a fact that is on no scale may have: an enumeration's, yes and no, the names the case states."""
    type_ = type_at(pack, here)
    if type_ is None:
        return []
    if type_.base == "yes/no":
        return [True, False]
    if type_.base == "text":
        return list(names(pack, facts))
    return list(spec.among or [one.name for one in pack.enumerations[type_.base].values if not one.answer_only])


def same_names(pack: Pack, facts: Mapping[str, Any]) -> bool:
    """Whether two elements of a list, in which each has a name of its own, bear the same one."""
    for name, spec in pack.collections.items():
        borne = [one for element in facts[name].elements if spec.key and isinstance(one := element.get(spec.key), str)]
        if len(set(borne)) < len(borne):
            return True
    return False


def names(pack: Pack, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the elements a case states, of lists whose elements have one."""
    keyed = [(spec.key, facts[name].elements) for name, spec in pack.collections.items() if spec.key]
    found = [element.get(key) for key, elements in keyed for element in elements]
    return tuple(dict.fromkeys(one for one in found if isinstance(one, str)))


def _range(least: Value, greatest: Value, outcomes: tuple[Outcomes, ...] | None) -> Range:
    return Range(least, greatest, outcomes or (), impossible=outcomes is None)


def in_order(outcomes: Outcomes) -> tuple[Any, ...]:
    """Outcomes in one order, failures last."""
    return tuple(sorted(outcomes, key=_place))


def _place(outcome: Any) -> tuple[bool, bool, str, str]:
    return isinstance(outcome, FailureKind), isinstance(outcome, Between), type(outcome).__name__, str(outcome)


__all__ = ["Found", "Looker", "Outcomes", "Range", "Ranging", "in_order", "listed", "names"]
