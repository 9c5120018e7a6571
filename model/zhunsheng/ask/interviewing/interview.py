"""Which fact to ask a person for next, so that few need be asked.

A question is put only if an answer to it is seen to matter: two cases that differ in nothing else, both in keeping with what is
known, come to different outcomes. They are looked for around the plainest case that is in keeping with it (`nearby.py`); where
none is found there, the constraints say what the answers still depend on, or that no missing fact can change them
(`constrained.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from zhunsheng.ask.collecting import without_collecting
from zhunsheng.ask.deciding import contradiction
from zhunsheng.ask.deciding.answers import Asked, asked_by_name
from zhunsheng.ask.deciding.problems import Problems
from zhunsheng.ask.deciding.unstated import EXISTS, HOW_MANY, VALUE
from zhunsheng.ask.interviewing.around import MOST_TRIED
from zhunsheng.ask.interviewing.constrained import Constrained
from zhunsheng.ask.interviewing.inquiry import Inquiry, Question
from zhunsheng.ask.interviewing.nearby import FEW_CHANGES, Nearby
from zhunsheng.ask.settling.possibilities import May
from zhunsheng.ask.settling.spans import Outcomes
from zhunsheng.errors import NotShown
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.spots import Spot


@dataclass(frozen=True)
class Standing:
    """How far an interview has come. `settled`: answers that no missing fact can change any more. `question` is None at the end:
    then each answer is settled, or depends on `left`, of which the person does not know, or what it depends on was not shown."""

    question: Question | None
    settled: frozenset[str]
    left: tuple[str, ...] = ()


@dataclass
class Interviewer:
    """Asks for some answers of one pack. `names` are answers as `--answer` takes them."""

    pack: Pack
    names: Sequence[str]
    inquiry: Inquiry = field(init=False)
    nearby: Nearby = field(init=False)
    constrained: Constrained = field(init=False)

    def __post_init__(self) -> None:
        self.inquiry = Inquiry(self.pack)
        self.nearby, self.constrained = Nearby(self.inquiry), Constrained(self.inquiry)

    def asked(self, case: Case) -> list[Asked]:
        """The answers wanted of this case. One for each element of a list, once the list is known."""
        asked: list[Asked] = []
        for name in self.names:
            if name in self.pack.definitions and self._awaited(name, case) is not None:
                continue
            asked += asked_by_name(self.pack, case, [name])
        return list(dict.fromkeys(asked))

    def _awaited(self, name: str, case: Case) -> str | None:
        """The list that a definition is about, while nobody has said what it holds."""
        definition = self.pack.definitions.get(name)
        collection = self.pack.element_of(definition.parameters[0][1].base) if definition and definition.parameters else None
        if collection is None or case.facts[collection.name].stated:
            return None
        return collection.name

    @without_collecting()
    def standing(self, case: Case, skipped: frozenset[str] = frozenset(), settled: frozenset[str] = frozenset()) -> Standing:
        """What to ask next, never anything in `skipped` (paths, of which the person does not know).

        `settled`: answers found settled before. They stay so where the case has only gained facts since."""
        asked = self.asked(case)
        open_ = [one for one in asked if one.key not in settled]
        question = self._awaiting(case, skipped) or self.nearby.deciding_most(case, open_, skipped, self.inquiry.plain(case))
        if question is not None:
            return self._standing(asked, open_, question)
        return self._last(case, asked, open_, skipped)

    def may(self, case: Case) -> dict[str, May]:
        """What each answer may still come to, by its key: nothing else, and perhaps not all of it."""
        return {one.key: found for one, (found, _) in self.inquiry.possibilities.look(case, self.asked(case)).items()}

    def refuse_contradiction(self, case: Case) -> None:
        """Raises `InputError` or `ContradictoryFacts` where the facts of a case cannot all be true."""
        problems = Problems(self.pack, case, shared=self.inquiry.shared)
        try:
            contradiction.refuse(problems)
        finally:
            problems.release()

    def concluded(self, case: Case, standing: Standing) -> tuple[dict[Asked, Outcomes], dict[str, str]]:
        """What the answers come to at the end of an interview, and the readings taken. Raises `NotShown`."""
        outcomes: dict[Asked, Outcomes] = {}
        assumed: dict[str, str] = {}
        world = self.inquiry.plain(case)
        for one in self.asked(case):
            if one.key in standing.settled and world is not None:
                outcomes[one] = world.outcomes(one)
                assumed |= self.inquiry.looker(case).assumed(world.facts, one)
            else:
                answer = self.inquiry.decided(case, one, thorough=False)
                if not answer.complete:
                    raise NotShown(f"{one.key}: {answer.why_not_shown}")
                outcomes[one] = frozenset(possible.outcome for possible in answer.outcomes)
                assumed |= answer.assumed
        return outcomes, assumed

    def _standing(self, asked: list[Asked], open_: list[Asked], question: Question | None, left: Iterable[str] = ()) -> Standing:
        return Standing(question, frozenset(one.key for one in asked if one not in open_), tuple(left))

    def _awaiting(self, case: Case, skipped: frozenset[str]) -> Question | None:
        """A list that must be known before it can be said which answers there are."""
        awaited = [found for name in self.names if (found := self._awaited(name, case)) is not None]
        return next((Question(name, HOW_MANY, Spot(name)) for name in awaited if name not in skipped), None)

    # -- where no change of one fact alone shows anything near the plainest case

    def _last(self, case: Case, asked: list[Asked], open_: list[Asked], skipped: frozenset[str]) -> Standing:
        """One answer after another: a question seen to matter; last what the constraints say that it depends on, which takes
        long."""
        left: dict[str, None] = {}
        still = list(open_)
        for one in open_:
            if self._settled(case, one):
                still.remove(one)
                continue
            question, only = self._between(case, one, skipped)
            if only:
                still.remove(one)
                continue
            question = question or self._further(case, one, skipped)
            if question is None:
                depends = self.constrained.depends_on(case, one)
                if depends == ():
                    still.remove(one)
                left |= dict.fromkeys(depends or ())
                question = self.constrained.first_of(case, one, depends or (), skipped)
            if question is not None:
                return self._standing(asked, still, question)
        return self._standing(asked, still, None, left)

    def _settled(self, case: Case, asked: Asked) -> bool:
        _, settled = self.inquiry.possibilities.look(case, [asked])[asked]
        return settled or self.inquiry.looks_at_nothing(case, asked)

    def _between(self, case: Case, asked: Asked, skipped: frozenset[str]) -> tuple[Question | None, bool]:
        """A fact that turns the outcome between two cases that were met before, or that the constraints find; and whether these
        say that there is only one outcome."""
        apart = self.nearby.apart(case, asked)
        question = self.nearby.on_the_way(case, asked, apart, skipped)
        question = question or self.nearby.two_steps(case, [asked], skipped, FEW_CHANGES)
        if question is not None or apart:
            return question, False
        found = self.constrained.ends(case, asked)
        if found.only is not None:
            return None, True
        return self.nearby.on_the_way(case, asked, found.cases, skipped), False

    def _further(self, case: Case, asked: Asked, skipped: frozenset[str]) -> Question | None:
        """A fact that matters at a value not tried yet or together with another; one on which two cases differ that agree on all
        the person does not know; one of which some answer leaves less possible."""
        nearby, plain = self.nearby, self.inquiry.plain(case)
        question = nearby.deciding_most(case, [asked], skipped, plain, MOST_TRIED) or nearby.two_steps(case, [asked], skipped)
        if question is not None:
            return question
        apart = self.constrained.telling(case, asked, skipped)
        if apart is not None:
            return self.constrained.first_of(case, asked, apart, skipped)
        may, _ = self.inquiry.possibilities.look(case, [asked])[asked]
        return nearby.narrowing(case, asked, skipped, may)


__all__ = ["EXISTS", "HOW_MANY", "VALUE", "Interviewer", "Question", "Standing"]
