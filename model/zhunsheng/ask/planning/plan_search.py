"""The search for plans: the cheapest first, and nothing tried that what failed before shows to be in vain."""

from __future__ import annotations

import copy
import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count, product
from typing import Any

from zhunsheng.ask.deciding.condition import Condition
from zhunsheng.ask.explaining.hindrance import Way, blamed, stretches
from zhunsheng.ask.planning.first_days import FirstDays
from zhunsheng.ask.planning.plan import Change, Plan
from zhunsheng.ask.planning.procedure import carried_out
from zhunsheng.ask.planning.steps import Acted, Done, Failing, Length, Options, Unreached, allowed, alterable, of_step
from zhunsheng.ask.planning.unreachable import Barrier
from zhunsheng.ask.report import Because
from zhunsheng.ask.settling.possibilities import Possibilities
from zhunsheng.ask.settling.rests import Resting
from zhunsheng.ask.settling.spans import Looker
from zhunsheng.ask.supposing.difference import differing
from zhunsheng.ask.timelines.turning import spoken
from zhunsheng.errors import NotShown, UnknownFact
from zhunsheng.lang.case import UNKNOWN, Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.spots import Spot, path_as_kernel, path_of, spec_at, type_at, value_at, with_value
from zhunsheng.lang.types import Value
from zhunsheng.lang.unparse import unparse

MOST_TRIED = 200
"""Plans tried before it is said that not all were."""
STEP_COST = 1
Changes = tuple[tuple[Spot, Value], ...]


@dataclass
class Search:
    pack: Pack
    case: Case
    goal: Condition
    on: date | None
    costs: Mapping[str, int]
    lengths: Mapping[str, Length]
    actor: str
    complete: bool = True
    gave_up: bool = False
    """Whether plans were left that were not tried."""
    since: date | None = None
    """Without a day wanted: the first day that will do, if it is not the day of the question."""
    _unchanged: dict[tuple[object, date | None], Unreached] = field(default_factory=dict)
    """How each step, with each way of making its choices, fails on the case as it is."""
    _blames: dict[str, list[frozenset[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.looker = Looker.of(self.goal.pack, self.case)
        self.possibilities = Possibilities(self.pack, self.looker.shared.cones)
        self.spots = alterable(self.pack, self.case, self.actor)
        self.days = FirstDays(self.looker, self.spots)
        self.resting = Resting(self.pack, self.case)
        self.options = [Options(None, ()), *self._steps()]

    @property
    def free(self) -> frozenset[str]:
        """The paths of what the actor can change outright, as certificates write them."""
        return frozenset(path_as_kernel(here) for here in self.spots)

    def _steps(self) -> Iterator[Options]:
        """Each step of the actor with each way of making its choices."""
        for step in self.pack.steps.values():
            if step.who == self.actor:
                chosen = [[(path, value) for value in of_step(self.pack, path)] for path in step.chooses]
                yield from (Options(step, combination) for combination in product(*chosen))

    # -- cheapest first

    def least(self, limit: int) -> list[Plan]:
        """The plans of least cost and smallest steps, at most so many. What is to blame for a failure is asked only once nothing
        cheaper is left to try: mostly it never is."""
        order = count()
        heap: list[tuple[int, int, int, int, Changes, Unreached | None]] = [
            (STEP_COST if option.step else 0, 0, next(order), number, (), None) for number, option in enumerate(self.options)
        ]
        heapq.heapify(heap)
        seen: set[tuple[int, frozenset[tuple[Spot, Value]]]] = set()
        found: list[Plan] = []
        least = min((self._cost(here) for here in self.spots), default=1)
        while heap and len(found) < limit:
            cost, size, _, number, changes, failed = heapq.heappop(heap)
            if found and (cost, size) > (found[0].cost, found[0].size):
                break
            if failed is not None:
                for further in self._further(cost - least, size, changes, failed):
                    heapq.heappush(heap, (*further[:2], next(order), number, further[2], None))
                continue
            if (number, frozenset(changes)) in seen:
                continue
            seen.add((number, frozenset(changes)))
            if len(seen) > MOST_TRIED:
                self.complete, self.gave_up = False, True
                break
            outcome = self._try(self.options[number], changes, cost, size)
            if isinstance(outcome, Unreached):
                heapq.heappush(heap, (cost + least, size, next(order), number, changes, outcome))
            elif outcome is not None and not any(outcome.changes == one.changes for one in found):
                found.append(outcome)
        return found

    def _further(self, cost: int, size: int, changes: Changes, failed: Unreached) -> Iterator[tuple[int, int, Changes]]:
        """The plans that change one fact more, of those to blame for a failure."""
        changed = {here for here, _ in changes}
        try:
            blamed = self._to_blame(failed)
        except NotShown:  # too much is not known of the case
            self.complete = False
            return
        for here in blamed:
            for value, apart in self.values(here) if here not in changed else ():
                yield cost + self._cost(here), size + apart, (*changes, (here, value))

    def _cost(self, here: Spot) -> int:
        return next((self.costs[word] for word in words_for(self.case, here) if word in self.costs), 1)

    def values(self, here: Spot) -> list[tuple[Value, int]]:
        """What a fact may be changed to, with how far that is; nobody makes a special value of one."""
        old, type_, spec = value_at(self.case.facts, here), type_at(self.pack, here), spec_at(self.pack, here)
        if type_ is None or old is UNKNOWN:
            return []
        if type_.base == "yes/no":
            return [(not old, 1)]
        values = [one.name for one in self.pack.enumerations[type_.base].values if not one.answer_only]
        among = getattr(spec, "among", ()) or values
        place = values.index(old) if old in values else 0
        return [(name, abs(values.index(name) - place) or 1) for name in values if name in among and name != old]

    # -- one plan

    def tried(self, option: Options, changes: Changes) -> Plan | Unreached | None:
        """A plan of these changes, as `_try` has it."""
        size = sum(apart for here, value in changes for other, apart in self.values(here) if other == value)
        cost = sum(self._cost(here) for here, _ in changes) + (STEP_COST if option.step else 0)
        return self._try(option, changes, cost, size)

    def _try(self, option: Options, changes: Changes, cost: int, size: int) -> Plan | Unreached | None:
        """The plan carried out; why it fails where it does; None where no case is like that."""
        facts: Mapping[str, Any] = self.case.facts
        for here, value in changes:
            facts = with_value(facts, here, value)
        try:
            if self.looker.impossible(facts):
                return None
            done = carried_out(self.looker, self.goal, facts, option, self.on, self.lengths, self.days, self.since)
        except Unreached as failed:
            if not changes:
                self._unchanged[option.key, self.on] = failed
            return failed
        except NotShown:  # what is not known of the case keeps this one from being judged
            self.complete = False
            return None
        told = tuple(sorted((self._change(here, value) for here, value in changes), key=lambda one: one.path))
        barred = self._barred_by(option, facts, done.acted) if done.acted else self._waited_for(done)
        return Plan(told, done.acted, cost, size, done.works_from, done.facts, barred, is_first=done.is_first)

    def _change(self, here: Spot, value: Value) -> Change:
        old = value_at(self.case.facts, here)
        apart = next(size for other, size in self.values(here) if other == value)
        return Change(path_of(self.case.facts, here), old, value, self._cost(here), apart)

    def _to_blame(self, failed: Unreached) -> list[Spot]:
        """Facts the actor can change, of which one has to be otherwise for this not to fail."""
        blamed: set[Spot] = set()
        for one in failed.because:
            blamed |= self._suffice_for_failure(one)
        return [here for here in self.spots if here in blamed]

    def _suffice_for_failure(self, failing: Failing) -> set[Spot]:
        """Of the facts an actor can change, some that suffice for the condition not to hold, and none to spare; on each stretch
        of days, where days are moved."""
        named = {path_as_kernel(here): here for here in self.spots}
        facts = self._as_it_fails(failing)
        rests = self.resting.of(facts, failing.condition)
        likely = set(named) if rests is None else rests.facts & set(named)
        known = self._blames.setdefault(unparse(failing.condition), [])
        ways = self._ways(replace(self.case, facts=facts), failing)
        found: set[str] = set()
        for way in ways or ():
            suffice = blamed(self.possibilities, replace(self.case, facts=facts), way, set(named), likely, known)
            if suffice is None:
                return set(named.values())
            known.append(frozenset(suffice))
            found |= set(suffice)
        return set(named.values()) if ways is None else {named[path] for path in found}

    def _ways(self, case: Case, failing: Failing) -> list[Way] | None:
        """The condition on each stretch of the days on which it fails; None where that is not seen of all of them."""
        if failing.within is None:
            return [Way(failing.condition)]
        moved = [path_as_kernel(here) for here in failing.moved]
        found = stretches(self.possibilities, self.possibilities.atoms(case), failing.condition, moved, failing.within)
        return None if found is None else [Way(failing.condition, {path: [one] for path in moved}) for one in found]

    def _as_it_fails(self, failing: Failing) -> Mapping[str, Any]:
        """The facts, where something is not known of them as in a complete case in which a condition fails: whatever is changed,
        it fails there unless something is changed that is to blame for it there."""
        facts, expr = failing.facts, failing.condition
        asked = [allowed(step) for step in self.pack.steps.values() if step.allowed == expr]
        asked += [self.goal.asked] * (self.goal.expr == expr)
        found = self.days.failing(facts, asked[0]) if asked and failing.within is None else None
        return facts if found is None else found.facts

    def _barred_by(self, option: Options, facts: Mapping[str, Any], acted: Acted | None) -> tuple[Because, ...]:
        """The rules that forbid the step on the day before the first on which it is lawful."""
        if option.step is None or acted is None or acted.barred_until is None:
            return ()
        asked = allowed(option.step)
        runs = []
        for day in (acted.barred_until, acted.day):
            told = acted.filed(self.pack, facts, option, day)
            runs.append(self.looker.world(told).seen(asked)[0].run)
        return differing(runs[0], runs[1], asked.definition, ())[1:]

    def _waited_for(self, done: Done) -> tuple[Because, ...]:
        """The rules that keep the goal from holding on the day before the first on which it does, where a plan only waits."""
        today, day = self.case.facts.get(self.pack.as_of), done.works_from
        if not isinstance(today, date) or day is None or day <= (self.since or today) or not done.is_first:
            return ()
        until, after = (self._spoken(done.facts, one) for one in (day - timedelta(days=1), day))
        return tuple(one for key, one in until.items() if key not in after and one.rule)

    def _spoken(self, facts: Mapping[str, Any], day: date) -> Mapping[tuple[Any, ...], Because]:
        """The rules that speak on a day on the way to whether the goal holds; none where something is not known."""
        try:
            run = self.looker.world({**facts, self.pack.as_of: day}).seen(self.goal.asked)[0].run
        except UnknownFact:
            return {}
        name = self.goal.asked.definition
        return spoken(self.goal.pack, replace(self.case, facts=facts), run.derivation(name, ()), day)

    # -- what is told besides

    def assumed(self, plans: Sequence[Plan]) -> dict[str, str]:
        """The readings that a plan's outcome rests on."""
        found: dict[str, str] = {}
        for plan in plans:
            found |= self.looker.assumed(plan.facts, self.goal.asked)
            if plan.acted is not None:
                found |= self.looker.assumed(plan.facts, allowed(self.pack.steps[plan.acted.step]))
        return {name: found[name] for name in self.pack.readings if name in found}

    # -- where there is no plan

    def whenever(self) -> Search:
        """The same search for a plan that works on any day from the one wanted on."""
        later = copy.copy(self)
        later.on, later.since, later.complete, later.gave_up = None, self.on, True, False
        return later

    def barrier(self, *, fewest: bool) -> Barrier:
        return Barrier(self.possibilities, self.case, self.goal, self.on, self.free, fewest)

    def failures(self) -> list[tuple[Options, Unreached]]:
        """How every step fails on the case as it is; nothing where one was not judged."""
        failed = [(one, self._unchanged.get((one.key, self.on))) for one in self.options]
        found = [(one, why) for one, why in failed if why is not None]
        return found if len(found) == len(failed) else []


def words_for(case: Case, here: Spot) -> tuple[str, ...]:
    """The names a cost may be given under."""
    return tuple(word for word in (path_of(case.facts, here), here.key, here.field, here.name) if word)
