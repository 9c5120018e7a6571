"""Questions that only the constraints show to matter: between cases that they find, or of what an answer depends on by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.condition import Condition, of_expression
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.deciding.lawfulness import each_lawful
from zhunsheng.ask.deciding.problems import Problems, Shared
from zhunsheng.ask.deciding.worlds import UNLAWFUL
from zhunsheng.ask.interviewing.between import Ends, ends
from zhunsheng.ask.interviewing.inquiry import Inquiry, Question
from zhunsheng.ask.report import Answer, Status
from zhunsheng.errors import Disagreement, NotShown
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.spots import path_of


@dataclass
class Constrained:
    """Looks for questions by asking the solver. `skipped`: paths of facts that the person does not know."""

    inquiry: Inquiry
    _conditions: dict[Expr, tuple[Condition, Shared]] = field(default_factory=dict)

    def ends(self, case: Case, asked: Asked) -> Ends:
        """Cases of different outcomes, or the only one, as far as that is shown."""
        readings = {**self.inquiry.possibilities.defaults, **case.readings}
        problems = Problems(self.inquiry.pack, replace(case, readings=readings), shared=self.inquiry.shared)
        looker = self.inquiry.looker(case)
        try:
            found = ends(problems, asked, lambda facts: looker.world(facts).outcomes(asked))
        except NotShown:
            return Ends()
        finally:
            problems.release()
        self.inquiry.recalled.add(*found.cases)
        self._agree(case, asked, found)
        return found

    def _agree(self, case: Case, asked: Asked, found: Ends) -> None:
        """The reference meaning is to say in the plainest case what the constraints say of every one."""
        plain = self.inquiry.plain(case)
        if found.only is None or plain is None:
            return
        seen = plain.outcomes(asked)
        if UNLAWFUL not in seen and seen != {found.only}:
            raise Disagreement(f"{asked.key}: the constraints allow {found.only} alone, and the plainest case comes to {seen}")

    def telling(self, case: Case, asked: Asked, skipped: frozenset[str]) -> tuple[str, ...] | None:
        """Facts on which the constraints find two cases of different outcomes to differ that agree on all the person does not
        know; None where that is not shown."""
        deciding = Deciding(self.inquiry.pack, case, with_firmness=False, with_dependence=False, shared=self.inquiry.shared)
        try:
            return deciding.telling(asked, {*skipped, *(f"{path}.others" for path in skipped)})
        except NotShown:
            return None
        finally:
            deciding.problems.release()

    def first_of(self, case: Case, asked: Asked, paths: Sequence[str], skipped: frozenset[str]) -> Question | None:
        questions = (self.inquiry.of_path(case, path) for path in paths)
        return next((replace(one, swayed=(asked.key,)) for one in questions if one is not None and one.path not in skipped), None)

    def depends_on(self, case: Case, asked: Asked) -> tuple[str, ...] | None:
        """The facts an answer of several outcomes depends on; those it looks at in the plainest case where more is not shown;
        None where not even these are known."""
        answer = self.inquiry.decided(case, asked, thorough=True)
        if _one(answer):
            return ()
        if answer.why_not_shown or not answer.complete:
            return tuple(path_of(case.facts, here) for here, _ in self.inquiry.looked_at(case, asked)) or None
        return answer.depends_on.facts or self._lawfulness(case, asked)

    def _lawfulness(self, case: Case, asked: Asked) -> tuple[str, ...]:
        """Where an answer depends on nothing but what an authority chooses: the facts on which it depends what may be chosen."""
        for name in self.inquiry.pack.discretions:
            if name in case.choices or name not in self.inquiry.cones.definition(asked.definition).choices:
                continue
            for lawful in each_lawful(self.inquiry.pack, name):
                if self.inquiry.possibilities.truth(case, lawful) is not None:
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
            wanted = of_expression(self.inquiry.pack, expr)
            self._conditions[expr] = wanted, Shared(Cones(wanted.pack))
        return self._conditions[expr]


def _one(answer: Answer) -> bool:
    """Whether one outcome is possible, and that is shown: days from one to another are not one."""
    return answer.complete and len(answer.outcomes) == 1 and answer.status not in (Status.OPEN, Status.NOT_SHOWN)
