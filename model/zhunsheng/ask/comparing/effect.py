"""An amendment as it takes effect: the days on which it makes a difference, and what becomes of cases under way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhunsheng.ask.comparing.bothlaws import Comparing, place_of, terms_of
from zhunsheng.ask.comparing.compare import Progress, compared
from zhunsheng.ask.comparing.comparison import Comparison
from zhunsheng.errors import InputError, Problem, Unmatched
from zhunsheng.lang.amendment import Amended
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.transition import in_transition
from zhunsheng.lang.union import Terms

AS_IT_STANDS = Terms({}, {}, {})


def taking_effect(
    steps: Sequence[Amended],
    kinds: Kinds,
    *,
    under: str = "default",
    answers: Sequence[str] = (),
    progress: Progress | None = None,
    workers: int = 1,
) -> Comparison:
    """The law before, and the law as amendments take effect, each upon the one before it. Cases are divided by where they are on
    the day the last one takes effect."""
    amended = in_effect(steps)
    day = max(amendment.in_force_from for amendment in amended.amendments)
    divided = replace(kinds, partitions=kinds.on_the_day(day))
    return compared(Comparing(amended, divided, under, AS_IT_STANDS, effect=True), answers, progress, workers)


def in_effect(steps: Sequence[Amended]) -> Amended:
    """The law before, and the law as amendments take effect. Raises `InputError` where no day tells the two apart."""
    law = steps[0].base
    amendments = tuple(amendment for step in steps for amendment in step.amendments)
    for step in steps:
        try:
            if len(steps) > 1 and step.renames:
                raise Unmatched(next(iter(step.renames)), "of several amendments, one renames something", "look at it alone")
            law = in_transition(law, step, terms_of(step))
        except Unmatched as reason:
            problem = Problem(place_of(step.amendments, reason.about), reason.what, reason.instead)
            raise InputError([problem]) from None
    return Amended(steps[0].base, law, amendments)
