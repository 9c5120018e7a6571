"""Questions found without a solver: near the plainest case, or between cases of different outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, permutations
from typing import Any

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.unstated import VALUE, missing
from zhunsheng.ask.deciding.worlds import Worlds
from zhunsheng.ask.interviewing.around import FEW_TRIED
from zhunsheng.ask.interviewing.between import Between
from zhunsheng.ask.interviewing.inquiry import Inquiry, Question
from zhunsheng.ask.settling.possibilities import May
from zhunsheng.errors import Incomplete, NotShown
from zhunsheng.lang.case import Case
from zhunsheng.lang.spots import path_of, value_at, with_value

ENOUGH = 30
"""After so many neighbours of the plainest case no question is looked for that is more decisive than one found."""
ANSWERS = 4
"""Answers tried to a question that the plainest case does not show to matter."""
PAIRS = 6
"""Pairs of cases of different outcomes between which a turn is looked for."""
CHANGES = 40
"""Changes tried that might bring other facts into play."""
FEW_CHANGES = 6
"""Of these, as many as are tried before the constraints are asked."""


@dataclass(frozen=True)
class Nearby:
    """Looks for questions by trying answers to them. `skipped`: paths of facts that the person does not know."""

    inquiry: Inquiry

    def deciding_most(
        self, case: Case, asked: list[Asked], skipped: frozenset[str], world: Worlds | None, tried: int = FEW_TRIED
    ) -> Question | None:
        """Of the facts that are seen to change an answer when they alone change, the one that changes most answers."""
        if world is None or not asked:
            return None
        around = self.inquiry.around(case, world, asked)
        wanted = [one for one in around.missing() if path_of(case.facts, one[0]) not in skipped]
        best: Question | None = None
        for here, kind in wanted:
            most = len(best.swayed) if best else 0
            swayed = around.sways(here, kind, tried) if len(around.looking(here, kind)) > most else ()
            if len(swayed) > most:
                best = Question(path_of(case.facts, here), kind, here, swayed)
            if best and (len(swayed) == len(asked) or around.tried > ENOUGH):
                break
        return best

    def two_steps(self, case: Case, asked: list[Asked], skipped: frozenset[str], most: int = CHANGES) -> Question | None:
        """A fact that comes into play only once another is other than plain: a change of that one alters no outcome, but makes
        the answers look at this one, and then this one alters it."""
        plain = self.inquiry.plain(case)
        if plain is None:
            return None
        around = self.inquiry.around(case, plain, asked)
        known = set(around.missing())
        changed = (facts for here, kind in around.missing() for facts in islice(around.others(here, kind), ANSWERS))
        for facts in islice(changed, most):
            if around.looker.impossible(facts):
                continue
            further = self.inquiry.around(case, replace(plain, facts=facts), asked)
            for there, kind in further.missing():
                path = path_of(case.facts, there)
                swayed = () if path in skipped or (there, kind) in known else further.sways(there, kind)
                if swayed:
                    return Question(path, kind, there, swayed)
        return None

    def apart(self, case: Case, asked: Asked) -> list[Mapping[str, Any]]:
        """Two cases or more of different outcomes, the plainest first, where those met before show them."""
        plain = self.inquiry.plain(case)
        if plain is None:
            return []
        looker = self.inquiry.looker(case)
        found = [plain.facts]
        try:
            here = looker.outcome(plain.facts, asked)
            for facts in self.inquiry.recalled.fitted(case, plain.facts):
                if looker.world(facts).outcomes(asked) != here and not looker.impossible(facts):
                    found.append(facts)
        except (Incomplete, NotShown):
            return []
        return found if len(found) > 1 else []

    def on_the_way(
        self, case: Case, asked: Asked, found: Sequence[Mapping[str, Any]], skipped: frozenset[str]
    ) -> Question | None:
        """A fact that alone turns the outcome, somewhere between two of these cases."""
        known = list(missing(self.inquiry.pack, case))
        wanted = [one for one in known if path_of(case.facts, one[0]) not in skipped]
        order = [*wanted, *(one for one in known if one not in wanted)]
        between = Between(self.inquiry.looker(case), asked)
        for start, end in islice(permutations(found, 2), PAIRS):
            turn = between.turning(start, end, order)
            if turn is not None and turn in wanted:
                return Question(path_of(case.facts, turn[0]), turn[1], turn[0], (asked.key,))
        return None

    def narrowing(self, case: Case, asked: Asked, skipped: frozenset[str], may: May) -> Question | None:
        """A fact of which some answer surely leaves less possible than there is now."""
        plain = self.inquiry.plain(case)
        if plain is None:
            return None
        around = self.inquiry.around(case, plain, [asked])
        for here, kind in around.missing():
            path = path_of(case.facts, here)
            if path in skipped:
                continue
            for facts in (plain.facts, *islice(around.others(here, kind), ANSWERS)):
                value = value_at(facts, here) if kind == VALUE else facts[here.name]
                told = with_value(case.facts, here, value)
                if self.inquiry.possibilities.look(replace(case, facts=told), [asked])[asked][0] != may:
                    return Question(path, kind, here, (asked.key,))
        return None
