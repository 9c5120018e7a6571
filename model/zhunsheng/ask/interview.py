"""Which fact to ask a person for next, so that few need be asked.

A question is put only if an answer to it is seen to matter: two cases that differ in nothing else, both in keeping with what is
known, come to different outcomes. They are looked for around the plainest case that is in keeping with it; where none is found
there, the constraints say what the answers still depend on, or that no missing fact can change them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice, permutations
from typing import Any

from zhunsheng.ask import contradiction
from zhunsheng.ask.answers import Asked, asked_by_name
from zhunsheng.ask.around import FEW_TRIED, MOST_TRIED, Around
from zhunsheng.ask.between import Between, Ends, ends
from zhunsheng.ask.condition import Condition, of_expression
from zhunsheng.ask.decide import Deciding
from zhunsheng.ask.lawfulness import each_lawful
from zhunsheng.ask.possibilities import May, Possibilities
from zhunsheng.ask.problems import Problems, Shared
from zhunsheng.ask.recalled import Recalled
from zhunsheng.ask.report import Answer, Status
from zhunsheng.ask.spans import Looker, Outcomes
from zhunsheng.ask.unstated import EXISTS, HOW_MANY, VALUE, missing
from zhunsheng.ask.worlds import UNLAWFUL, Worlds, worlds
from zhunsheng.errors import Disagreement, Incomplete, NotShown
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.spots import Spot, path_of, spot, value_at, with_value

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
class Question:
    """A fact to ask for. `kind`: `value` (of the fact at `path`), `exists` (whether there is such a record), `how many` (elements
    a list has). `swayed`: the answers seen to turn on it (none where only the constraints say that it may matter)."""

    path: str
    kind: str
    spot: Spot
    swayed: tuple[str, ...] = ()


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
    cones: Cones = field(init=False)
    possibilities: Possibilities = field(init=False)
    shared: Shared = field(init=False)
    recalled: Recalled = field(init=False)
    _conditions: dict[Expr, tuple[Condition, Shared]] = field(default_factory=dict)
    _world: tuple[Case, Worlds | None] | None = None

    def __post_init__(self) -> None:
        self.cones = Cones(self.pack)
        self.shared = Shared(self.cones)
        self.possibilities = Possibilities(self.pack, self.cones)
        self.recalled = Recalled(self.pack)

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

    def standing(self, case: Case, skipped: frozenset[str] = frozenset(), settled: frozenset[str] = frozenset()) -> Standing:
        """What to ask next, never anything in `skipped` (paths, of which the person does not know).

        `settled`: answers found settled before. They stay so where the case has only gained facts since."""
        asked = self.asked(case)
        open_ = [one for one in asked if one.key not in settled]
        question = self._awaiting(case, skipped) or self._nearby(case, open_, skipped, self._plain(case))
        if question is not None:
            return self._standing(asked, open_, question)
        return self._last(case, asked, open_, skipped)

    def may(self, case: Case) -> dict[str, May]:
        """What each answer may still come to, by its key: nothing else, and perhaps not all of it."""
        return {one.key: found for one, (found, _) in self.possibilities.look(case, self.asked(case)).items()}

    def refuse_contradiction(self, case: Case) -> None:
        """Raises `InputError` or `ContradictoryFacts` where the facts of a case cannot all be true."""
        problems = Problems(self.pack, case, shared=self.shared)
        try:
            contradiction.refuse(problems)
        finally:
            problems.release()

    def concluded(self, case: Case, standing: Standing) -> tuple[dict[Asked, Outcomes], dict[str, str]]:
        """What the answers come to at the end of an interview, and the readings taken. Raises `NotShown`."""
        outcomes: dict[Asked, Outcomes] = {}
        assumed: dict[str, str] = {}
        world = self._plain(case)
        for one in self.asked(case):
            if one.key in standing.settled and world is not None:
                outcomes[one] = world.outcomes(one)
                assumed |= Looker(self.pack, case, self.shared).assumed(world.facts, one)
            else:
                answer = self._decided(case, one, thorough=False)
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

    # -- around one complete case

    def _plain(self, case: Case) -> Worlds | None:
        if self._world is None or self._world[0] is not case:
            looker = Looker(self.pack, case, self.shared)
            recalled = partial(self.recalled.plainest, case, possible=lambda facts: not looker.impossible(facts))
            self._world = case, worlds(self.pack, case, self.cones, recalled)
            if self._world[1] is not None:
                self.recalled.plain = self._world[1].facts
        return self._world[1]

    def _nearby(
        self, case: Case, asked: list[Asked], skipped: frozenset[str], world: Worlds | None, tried: int = FEW_TRIED
    ) -> Question | None:
        """Of the facts that are seen to change an answer when they alone change, the one that changes most answers."""
        if world is None or not asked:
            return None
        around = Around(self.pack, case, world, asked, self.shared)
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

    def _two_steps(self, case: Case, asked: list[Asked], skipped: frozenset[str], most: int = CHANGES) -> Question | None:
        """A fact that comes into play only once another is other than plain: a change of that one alters no outcome, but makes
        the answers look at this one, and then this one alters it."""
        plain = self._plain(case)
        if plain is None:
            return None
        around = Around(self.pack, case, plain, asked, self.shared)
        known = set(around.missing())
        changed = (facts for here, kind in around.missing() for facts in islice(around.others(here, kind), ANSWERS))
        for facts in islice(changed, most):
            if around.looker.impossible(facts):
                continue
            further = Around(self.pack, case, replace(plain, facts=facts), asked, self.shared)
            for there, kind in further.missing():
                path = path_of(case.facts, there)
                swayed = () if path in skipped or (there, kind) in known else further.sways(there, kind)
                if swayed:
                    return Question(path, kind, there, swayed)
        return None

    # -- where that shows nothing

    def _last(self, case: Case, asked: list[Asked], open_: list[Asked], skipped: frozenset[str]) -> Standing:
        """Where no change of one fact alone shows anything near the plainest case: between two cases that were met before or that
        the constraints find; then facts that matter together with another, or of which some answer leaves less possible; and last
        what the constraints say that the answer depends on, which takes long."""
        left: dict[str, None] = {}
        still = list(open_)
        for one in open_:
            may, settled = self.possibilities.look(case, [one])[one]
            if settled or self._looks_at_nothing(case, one):
                still.remove(one)
                continue
            apart = self._apart(case, one)
            question = self._on_the_way(case, one, apart, skipped) or self._two_steps(case, [one], skipped, FEW_CHANGES)
            if question is None and not apart:
                found = self._ends(case, one)
                if found.only is not None:
                    still.remove(one)
                    continue
                question = self._on_the_way(case, one, found.cases, skipped)
            question = (
                question
                or self._nearby(case, [one], skipped, self._plain(case), MOST_TRIED)
                or self._two_steps(case, [one], skipped)
            )
            if question is None:
                found_apart = self._telling(case, one, skipped)
                if found_apart is None:
                    question = self._narrowing(case, one, skipped, may)
                else:
                    question = self._first_of(case, one, found_apart, skipped)
            if question is not None:
                return self._standing(asked, still, question)
            depends = self._depends_on(case, one)
            if depends == ():
                still.remove(one)
            left |= dict.fromkeys(depends or ())
            question = self._first_of(case, one, depends or (), skipped)
            if question is not None:
                return self._standing(asked, still, question)
        return self._standing(asked, still, None, left)

    def _apart(self, case: Case, asked: Asked) -> list[Mapping[str, Any]]:
        """Two cases or more of different outcomes, the plainest first, where those met before show them."""
        plain = self._plain(case)
        if plain is None:
            return []
        looker = Looker(self.pack, case, self.shared)
        found = [plain.facts]
        try:
            here = looker.outcome(plain.facts, asked)
            for facts in self.recalled.fitted(case, plain.facts):
                if looker.world(facts).outcomes(asked) != here and not looker.impossible(facts):
                    found.append(facts)
        except (Incomplete, NotShown):
            return []
        return found if len(found) > 1 else []

    def _ends(self, case: Case, asked: Asked) -> Ends:
        """Cases of different outcomes, or the only one, as far as that is shown."""
        readings = {**self.possibilities.defaults, **case.readings}
        problems = Problems(self.pack, replace(case, readings=readings), shared=self.shared)
        looker = Looker(self.pack, case, self.shared)
        try:
            found = ends(problems, asked, lambda facts: looker.world(facts).outcomes(asked))
        except NotShown:
            return Ends()
        finally:
            problems.release()
        self.recalled.add(*found.cases)
        self._agree(case, asked, found)
        return found

    def _agree(self, case: Case, asked: Asked, found: Ends) -> None:
        """The reference meaning is to say in the plainest case what the constraints say of every one."""
        plain = self._plain(case)
        if found.only is None or plain is None:
            return
        seen = plain.outcomes(asked)
        if UNLAWFUL not in seen and seen != {found.only}:
            raise Disagreement(f"{asked.key}: the constraints allow {found.only} alone, and the plainest case comes to {seen}")

    def _on_the_way(
        self, case: Case, asked: Asked, found: Sequence[Mapping[str, Any]], skipped: frozenset[str]
    ) -> Question | None:
        """A fact that alone turns the outcome, somewhere between two of these cases."""
        known = list(missing(self.pack, case))
        wanted = [one for one in known if self._path(case, one) not in skipped]
        order = [*wanted, *(one for one in known if one not in wanted)]
        between = Between(Looker(self.pack, case, self.shared), asked)
        for start, end in islice(permutations(found, 2), PAIRS):
            turn = between.turning(start, end, order)
            if turn is not None and turn in wanted:
                return Question(self._path(case, turn), turn[1], turn[0], (asked.key,))
        return None

    def _path(self, case: Case, one: tuple[Spot, str]) -> str:
        return path_of(case.facts, one[0])

    def _decided(self, case: Case, asked: Asked, *, thorough: bool) -> Answer:
        deciding = Deciding(
            self.pack, case, with_firmness=False, with_dependence=thorough, with_assumed=not thorough, shared=self.shared
        )
        try:
            return deciding.answer(asked)
        finally:
            deciding.problems.release()

    def _narrowing(self, case: Case, asked: Asked, skipped: frozenset[str], may: May) -> Question | None:
        """A fact of which some answer surely leaves less possible than there is now."""
        plain = self._plain(case)
        if plain is None:
            return None
        around = Around(self.pack, case, plain, [asked], self.shared)
        for here, kind in around.missing():
            path = path_of(case.facts, here)
            if path in skipped:
                continue
            for facts in (plain.facts, *islice(around.others(here, kind), ANSWERS)):
                value = value_at(facts, here) if kind == VALUE else facts[here.name]
                told = with_value(case.facts, here, value)
                if self.possibilities.look(replace(case, facts=told), [asked])[asked][0] != may:
                    return Question(path, kind, here, (asked.key,))
        return None

    def _telling(self, case: Case, asked: Asked, skipped: frozenset[str]) -> tuple[str, ...] | None:
        """Facts on which the constraints find two cases of different outcomes to differ that agree on all the person does not
        know; None where that is not shown."""
        deciding = Deciding(self.pack, case, with_firmness=False, with_dependence=False, shared=self.shared)
        try:
            return deciding.telling(asked, {*skipped, *(f"{path}.others" for path in skipped)})
        except NotShown:
            return None
        finally:
            deciding.problems.release()

    def _first_of(self, case: Case, asked: Asked, paths: Sequence[str], skipped: frozenset[str]) -> Question | None:
        questions = (self._of_path(case, path) for path in paths)
        return next((replace(one, swayed=(asked.key,)) for one in questions if one is not None and one.path not in skipped), None)

    def _depends_on(self, case: Case, asked: Asked) -> tuple[str, ...] | None:
        """The facts an answer of several outcomes depends on; those it looks at in the plainest case where more is not shown;
        None where not even these are known."""
        answer = self._decided(case, asked, thorough=True)
        if _one(answer):
            return ()
        if answer.why_not_shown or not answer.complete:
            return tuple(path_of(case.facts, here) for here, _ in self._looked_at(case, asked)) or None
        return answer.depends_on.facts or self._lawfulness(case, asked)

    def _lawfulness(self, case: Case, asked: Asked) -> tuple[str, ...]:
        """Where an answer depends on nothing but what an authority chooses: the facts on which it depends what may be chosen."""
        for name in self.pack.discretions:
            if name in case.choices or name not in self.cones.definition(asked.definition).choices:
                continue
            for lawful in each_lawful(self.pack, name):
                if self.possibilities.truth(case, lawful) is not None:
                    continue
                wanted, shared = self._condition(lawful)
                deciding = Deciding(wanted.pack, case, with_firmness=False, shared=shared)
                facts = deciding.answer(wanted.asked).depends_on.facts
                deciding.problems.release()
                if facts:
                    return facts
        return ()

    def _condition(self, expr: Expr) -> tuple[Condition, Shared]:
        """A condition with what its pack shares, made once."""
        if expr not in self._conditions:
            wanted = of_expression(self.pack, expr)
            self._conditions[expr] = wanted, Shared(Cones(wanted.pack))
        return self._conditions[expr]

    def _looked_at(self, case: Case, asked: Asked) -> Iterator[tuple[Spot, str]]:
        """Where even the constraints do not tell: what the answer looks at in the plainest case."""
        world = self._plain(case)
        if world is not None:
            yield from Around(self.pack, case, world, [asked], self.shared).missing()

    def _looks_at_nothing(self, case: Case, asked: Asked) -> bool:
        """Whether all that an answer rests on in the plainest case is known: then it comes to the same in every other."""
        return self._plain(case) is not None and next(self._looked_at(case, asked), None) is None

    def _of_path(self, case: Case, path: str) -> Question | None:
        """The question that a symbol of `depends_on` comes to."""
        name = path.removesuffix(".others")
        if name in self.pack.collections:
            return Question(name, HOW_MANY, Spot(name))
        here = spot(self.pack, case.facts, path)
        if here is None:
            return None
        kind = EXISTS if here == Spot(here.name) and self.pack.facts[here.name].type is None else VALUE
        return Question(path_of(case.facts, here), kind, here)


def _one(answer: Answer) -> bool:
    """Whether one outcome is possible, and that is shown: days from one to another are not one."""
    return answer.complete and len(answer.outcomes) == 1 and answer.status not in (Status.OPEN, Status.NOT_SHOWN)


__all__ = ["EXISTS", "HOW_MANY", "VALUE", "Interviewer", "Question", "Standing"]
