"""Steps of a reason on which its outcome does not turn, because a list in which they look holds nothing."""

from __future__ import annotations

from collections.abc import Sequence

from zhunsheng.ask.report import Because
from zhunsheng.lang.pack import Pack
from zhunsheng.show.deciding.grounds import NO_ELEMENT, emptied


def idle(pack: Pack, steps: Sequence[Because]) -> set[int]:
    """Where they stand among the steps of one answer. All that stands below an idle step is idle too."""
    found: set[int] = set()
    for at, step in enumerate(steps):
        if at in found:
            continue
        below = set(range(at + 1, end(steps, at)))
        if not step.depth and emptied(pack, step) is not None:
            found |= below
        elif _adds_nothing(pack, steps, at):
            found |= {at} | below
    return found


def end(steps: Sequence[Because], at: int) -> int:
    """Where what stands below a step ends."""
    return next((to for to in range(at + 1, len(steps)) if steps[to].depth <= steps[at].depth), len(steps))


def _adds_nothing(pack: Pack, steps: Sequence[Because], at: int) -> bool:
    """Whether a step rests on nothing but lists in which nothing stands, and comes to what the step before it, which the same
    one calls for the same arguments, has come to already: the lowest of a result and of no downgrades."""
    facts = [fact for step in steps[at : end(steps, at)] for fact in step.facts]
    if not facts or any(fact.value != NO_ELEMENT for fact in facts):
        return False
    return any(_comes_to_the_same(pack, steps[at], other) for other in _before(steps, at))


def _before(steps: Sequence[Because], at: int) -> list[Because]:
    """The steps of the same depth before this one that the same step calls."""
    found: list[Because] = []
    for other in reversed(steps[:at]):
        if other.depth < steps[at].depth:
            break
        if other.depth == steps[at].depth:
            found.append(other)
    return found


def _comes_to_the_same(pack: Pack, step: Because, other: Because) -> bool:
    one, two = pack.definitions.get(step.definition), pack.definitions.get(other.definition)
    alike = one is not None and two is not None and one.type == two.type and one.name != two.name
    return alike and (step.outcome, step.arguments) == (other.outcome, other.arguments)
