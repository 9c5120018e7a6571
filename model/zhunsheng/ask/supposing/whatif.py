"""What if: a case and the same case changed, answer by answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from zhunsheng.ask.collecting import without_collecting
from zhunsheng.ask.deciding import contradiction
from zhunsheng.ask.deciding.alike import Alike
from zhunsheng.ask.deciding.answers import Asked, all_asked, asked_by_name, duties_asked
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.deciding.noticing import Touched, between
from zhunsheng.ask.deciding.problems import Problems, shared_of
from zhunsheng.ask.deciding.replay import for_reference
from zhunsheng.ask.report import Answer, Because
from zhunsheng.ask.settling.possibilities import Possibilities
from zhunsheng.ask.settling.spans import Looker
from zhunsheng.ask.supposing.difference import differing
from zhunsheng.ask.supposing.varying import vary
from zhunsheng.errors import Incomplete, InputError, Place
from zhunsheng.errors import Problem as Wrong
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Pack
from zhunsheng.read.case import set_fact


@dataclass(frozen=True)
class Changed:
    """One answer that differs, and the rules that make the difference: those that fired on either side, of the definitions that
    come to something else on the other (callers first)."""

    before: Answer
    after: Answer
    only_before: tuple[Because, ...]
    only_after: tuple[Because, ...]

    @property
    def name(self) -> str:
        return self.after.name


@dataclass(frozen=True)
class SideBySide:
    """A case before and after changes. `assignments`: path and what was written for it.

    `changed`: the answers that differ; `appeared`, `vanished`: those of elements that only one of the cases has; `unchanged`:
    the rest of those that the changes could have touched. `not_shown`: of which no difference was seen, but not all that they may
    come to was shown either."""

    assignments: tuple[tuple[str, str], ...]
    before: Case
    after: Case
    changed: tuple[Changed, ...]
    appeared: tuple[Answer, ...]
    vanished: tuple[Answer, ...]
    unchanged: tuple[Asked, ...]
    not_shown: tuple[Asked, ...] = ()


@without_collecting()
def side_by_side(
    pack: Pack, case: Case, assignments: Sequence[tuple[str, str]], answers: list[str] | None = None, open_future: bool = False
) -> SideBySide:
    """The case as it is and with facts, readings or choices set (`("application.filed_on", "2026-09-23")`).

    Raises `InputError` for what cannot be set, and what `decide` raises for either case."""
    other = assigned(pack, case, assignments)
    shared = shared_of(pack)
    sides = Looker(pack, case, shared, open_future), Looker(pack, other, shared, open_future)
    touched = between(shared.cones, case, other)
    left, right = (_asked(one.pack, one.case, answers, touched, one.shared.cones) for one in sides)
    both = [one for one in right if one in left]
    here = _deciding(sides[0])
    deciding = here, _deciding(sides[1], beside=here.problems)
    try:
        for one in deciding:
            contradiction.refuse(one.problems)
        moved, unshown = _moved(*sides, both, touched, *deciding)
        apart = ([one for one in asked if one not in both] for asked in (left, right))
        before, after = (_decided(one, moved + extra) for one, extra in zip(deciding, apart, strict=True))
    finally:
        for one in deciding:
            one.problems.release()
    changed = tuple(_compared(*sides, one, before[one], after[one]) for one in moved if _differ(before[one], after[one]))
    unshown = [one for one in both if one in unshown or (one in moved and _unseen(before[one], after[one]))]
    named = {one.name for one in changed} | {one.key for one in unshown}
    return SideBySide(
        tuple(assignments), case, other, changed,
        tuple(after[one] for one in right if one not in both), tuple(before[one] for one in left if one not in both),
        tuple(one for one in both if one.key not in named), tuple(unshown),
    )  # fmt: skip


def assigned(pack: Pack, case: Case, assignments: Iterable[tuple[str, str]]) -> Case:
    """The case with every assignment made, in order. `InputError` with all that is wrong."""
    problems: list[Wrong] = []
    for path, text in assignments:
        try:
            case = set_fact(case, path, text, pack)
        except InputError as error:
            problems += [Wrong(Place(f"--set {path}={text}"), one.what, one.instead) for one in error.problems]
    if problems:
        raise InputError(problems)
    return case


def _asked(pack: Pack, case: Case, answers: list[str] | None, touched: Touched, cones: Cones) -> list[Asked]:
    """The answers named, or all that the changes can touch, those about duties among them."""
    if answers is not None:
        return asked_by_name(pack, case, answers)
    duties = [one for name in pack.duties for one in duties_asked(name) if one.definition in pack.definitions]
    return [one for one in (*all_asked(pack, case), *duties) if touched.seen_by(cones.definition(one.definition))]


def _seen_the_same(left: Looker, right: Looker, asked: Asked) -> bool:
    """Whether the reference meaning alone shows that an answer is the same on both sides."""
    if left.open_future:
        return False
    try:
        return left.world(left.case.facts).outcomes(asked) == right.world(right.case.facts).outcomes(asked)
    except Incomplete:
        return False


def _moved(
    left: Looker, right: Looker, asked: Sequence[Asked], touched: Touched, here: Deciding, there: Deciding
) -> tuple[list[Asked], list[Asked]]:
    """The answers that may differ: firmness and dependence, which cost most, are not asked of the others. And those of which no
    difference was seen, but not all was shown."""
    unsure = [one for one in asked if not _seen_the_same(left, right, one)]
    if unsure and not left.open_future:
        unsure = _unsettled(left, right, unsure, touched)
    for side in (here, there):
        side.problems.expect(unsure, side.defaults)
    same = Alike(here, there).among(unsure)
    unsure = [one for one in unsure if one not in same]
    before, after = ({one: side.answer(one) for one in unsure} for side in (here, there))
    equal = [one for one in unsure if not _differ(before[one], after[one])]
    unshown = [one for one in equal if _unseen(before[one], after[one])]
    known = [one for one in equal if before[one].complete and after[one].complete]
    return [one for one in unsure if one not in known and one not in unshown], unshown


def _unsettled(left: Looker, right: Looker, asked: Sequence[Asked], touched: Touched) -> list[Asked]:
    """Those of which possibilities do not show that they are one and the same thing on both sides, or that they look at nothing
    that differs."""
    possibilities = Possibilities(left.pack, left.shared.cones)
    before, after = (possibilities.look(side.case, asked) for side in (left, right))
    unsure = [one for one in asked if not (before[one][0].single and before[one][0] == after[one][0])]
    cones = left.shared.cones
    return [
        one for one in unsure if touched.looked_at_by(cones, one.definition, possibilities.looked_at(left.case, one))
    ]


def _deciding(side: Looker, beside: Problems | None = None) -> Deciding:
    """A case being decided, at first without what costs most."""
    return Deciding(
        side.pack, side.case, side.open_future,
        with_firmness=False, with_dependence=False, shared=side.shared, beside=beside,
    )  # fmt: skip


def _decided(deciding: Deciding, asked: Sequence[Asked]) -> dict[Asked, Answer]:
    """The answers with all that is said of them."""
    deciding.with_firmness = deciding.with_dependence = True
    deciding.problems.expect(asked, deciding.defaults)
    return {one: deciding.answer(one) for one in asked}


def _unseen(before: Answer, after: Answer) -> bool:
    """Whether two answers do not differ as far as they were shown, and were not shown in full."""
    return not _differ(before, after) and not (before.complete and after.complete)


def _differ(before: Answer, after: Answer) -> bool:
    return (before.status, _outcomes(before), before.depends_on) != (after.status, _outcomes(after), after.depends_on)


def _outcomes(answer: Answer) -> frozenset[Any]:
    return frozenset(one.outcome for one in answer.outcomes)


def _compared(left: Looker, right: Looker, asked: Asked, before: Answer, after: Answer) -> Changed:
    try:
        here, there = (one.world(one.case.facts).seen(asked)[0].run for one in (left, right))
        args = for_reference(asked.args)
        return Changed(
            before, after, differing(here, there, asked.definition, args), differing(there, here, asked.definition, args)
        )
    except Incomplete:  # nothing that is derived from what is stated alone: the answers' own reasons
        return Changed(before, after, _apart(before.because, after.because), _apart(after.because, before.because))


def _apart(here: Iterable[Because], there: Iterable[Because]) -> tuple[Because, ...]:
    """The steps that are not among the others'."""
    known = {(one.definition, one.rule, one.arguments, one.outcome) for one in there}
    return tuple(one for one in here if (one.definition, one.rule, one.arguments, one.outcome) not in known)


__all__ = ["Changed", "SideBySide", "assigned", "side_by_side", "vary"]
