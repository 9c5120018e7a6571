"""Problems of one case are not held for ever: what is forgotten changes no answer, and what failed holds nothing."""

from __future__ import annotations

import os
import weakref

import pytest

from building import HORIZON, NO_TEXT, tiny_pack
from open_laws import law, some_case
from zhunsheng.ask.deciding import problems
from zhunsheng.ask.deciding.decide import decide
from zhunsheng.ask.deciding.problems import Problems
from zhunsheng.ask.report import Answer, Decision
from zhunsheng.errors import NotShown
from zhunsheng.lang.case import Case

ALL = bool(os.environ.get("ALL"))


class Heavy:
    """Stands for a solver."""


def said(decision: Decision) -> list[object]:
    def of(answer: Answer) -> tuple[object, ...]:
        return (
            answer.name, answer.status, [one.outcome for one in answer.outcomes], answer.depends_on, answer.firm,
            answer.differs_under, answer.assumed, answer.complete,
        )  # fmt: skip

    return [*map(of, decision.answers), *(of(duty.owed) for duty in decision.duties)]


@pytest.mark.parametrize("seed", range(120 if ALL else 8))
def test_forgetting_every_problem_after_each_answer_changes_none(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = law(seed)
    case = some_case(seed, pack, unknown=0.3)
    kept = decide(pack, case)

    monkeypatch.setattr(problems, "MOST_NODES", 0)
    forgotten = decide(pack, case)

    assert said(forgotten) == said(kept)
    assert bool(forgotten.solver["queries"]) == bool(kept.solver["queries"])  # those of a forgotten problem count


def test_what_could_not_be_shown_holds_nothing_that_it_came_through() -> None:
    pack = tiny_pack(facts={"as_of": "day"})
    held = Problems(pack, Case(NO_TEXT, "tiny", {"as_of": HORIZON[0]}, {}, {}, None))
    problem = held.with_slots({})
    seen: list[weakref.ref[Heavy]] = []

    def find() -> None:
        solver = Heavy()
        seen.append(weakref.ref(solver))
        raise NotShown("the budget ended")

    for _ in range(2):
        with pytest.raises(NotShown, match="the budget ended"):
            held.once(problem, "question", find)

    (solver,) = seen  # it was not looked for again
    assert solver() is None
