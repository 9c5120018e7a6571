"""Which scenarios tell a faulty pack from the pack: those with an expected answer that comes out otherwise.

An answer is run again only under faults in something it rests on (its derivation, and what bounds its choices): with
that as it is, nothing else can change it. A run that breaks off proves nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from mutation.mutants import Mutant
from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.replay import for_reference
from zhunsheng.ask.deciding.worlds import Found, Seen, Worlds, expected, worlds
from zhunsheng.errors import UnknownFact
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack


@dataclass(frozen=True)
class Check:
    """One expected answer of one scenario. `allowed`: the outcomes it may have. `exact`: all of them must occur here, since
    the answer does not hang on what the scenario leaves unknown (or there is but one)."""

    known: Worlds
    asked: Asked
    allowed: frozenset[Found]
    exact: bool
    rests_on: frozenset[str]

    def tells(self, mutant: Mutant) -> bool:
        try:
            outcomes = self.known.by(mutant.pack, self.known.cones).outcomes(self.asked)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            return False
        return outcomes != self.allowed if self.exact else not outcomes <= self.allowed


class Checks:
    """Every expected answer of the scenarios that comes out as expected, found by what it rests on."""

    def __init__(self, pack: Pack, cases: Iterable[Case]) -> None:
        self.cones = Cones(pack)
        self.by_name: dict[str, list[Check]] = defaultdict(list)
        self.number = 0
        for case in cases:
            known = worlds(pack, case, self.cones)
            if known is not None:
                self._add(known)
        for found in self.by_name.values():
            found.sort(key=lambda check: len(check.rests_on))

    def _add(self, known: Worlds) -> None:
        for expectation, asked in zip(known.case.expect, expected(known.pack, known.case), strict=True):
            seen = known.seen(asked)
            here = frozenset(one.outcome for one in seen)
            allowed = _allowed(expectation.want, here)
            if not here <= allowed:
                continue  # the scenario itself is missed, which is for the scenarios' own test to say
            exact = here == allowed and (len(allowed) == 1 or _all_stated(known, asked))
            check = Check(known, asked, allowed, exact, self._rests_on(asked, seen))
            self.number += 1
            for name in check.rests_on:
                self.by_name[name].append(check)

    def _rests_on(self, asked: Asked, seen: list[Seen]) -> frozenset[str]:
        """Definitions, and parameters as `parameter <name>`."""
        names: set[str] = set()
        for one in seen:
            args = for_reference(asked.args)
            touched = one.run.touched(asked.definition, args)
            names |= {step.definition for step in one.run.derivation(asked.definition, args).steps()}
            names |= {f"parameter {name}" for name in touched.parameters}
            for choice in touched.choices:
                names |= self.cones.exprs([one.run.pack.discretions[choice].lawful]).definitions
        if not seen or self.cones.definition(asked.definition).choices & _choices_made(one.run.choices for one in seen):
            names |= self.cones.definition(asked.definition).definitions
        return frozenset(names)

    def catching(self, mutant: Mutant) -> Check | None:
        """A check that tells the fault, or None."""
        name = mutant.changed or f"parameter {mutant.parameter}"
        return next((check for check in self.by_name[name] if check.tells(mutant)), None)


def _all_stated(known: Worlds, asked: Asked) -> bool:
    """Whether the scenario states every fact that the answer looks at."""
    try:
        replace(known, facts=known.case.facts).seen(asked)
    except UnknownFact:
        return False
    return True


def _choices_made(choices: Iterable[Any]) -> frozenset[str]:
    return frozenset(name for one in choices for name in one)


def _allowed(want: Any, here: frozenset[Found]) -> frozenset[Found]:
    """The outcomes that the expectation names; what it does not name is as found."""
    if "outcomes" in want:
        listed = want["outcomes"]
        return here if any(isinstance(one, tuple) for one in listed) else frozenset(listed)
    kinds = {kind.word: kind for kind in FailureKind}
    return frozenset({kinds[want["status"]]}) if want.get("status") in kinds else here
