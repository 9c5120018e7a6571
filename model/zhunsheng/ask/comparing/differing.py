"""One case of two laws along time: the days on which asking about it gives another answer, and whether it is under way.

The constraints say on which days anything can change at all; what comes out is the reference meaning's word, on the first and the
last day of every stretch between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from zhunsheng.ask.comparing.bothlaws import Comparing
from zhunsheng.ask.comparing.twolaws import Seen
from zhunsheng.errors import Disagreement, NotShown
from zhunsheng.evaluate import Element
from zhunsheng.lang.case import UNKNOWN, Case
from zhunsheng.lang.transition import governing
from zhunsheng.lang.types import Text
from zhunsheng.solve.breaks import breaks
from zhunsheng.solve.cases import Atom, ElementRef
from zhunsheng.solve.formula import Node
from zhunsheng.solve.problem import Completion, Problem

Days = tuple[tuple[date, date], ...]


def differing_days(comparing: Comparing, name: str, args: Sequence[Any], completion: Completion) -> Days:
    """The days on which the laws give another answer to the same question about a case; none where that cannot be said."""
    pack = comparing.union.pack
    try:
        places = _places(comparing, name, args, completion)
    except NotShown:
        return ()
    first, last = (day.toordinal() for day in pack.horizon)
    starts = [first, *places]
    found: list[tuple[date, date]] = []
    for start, after in zip(starts, [*places, last + 1], strict=True):
        ends = [date.fromordinal(number) for number in (start, after - 1)]
        differ = [_differs_on(comparing, name, args, completion, day) for day in ends]
        if differ[0] != differ[1]:
            raise Disagreement(f"{name}: from {ends[0]} to {ends[1]} the laws differ on one day and not on another")
        if differ[0]:
            found.append((ends[0], ends[1]))
    return tuple(_joined(found))


def is_under_way(comparing: Comparing, after: Seen) -> bool:
    """Whether days that govern what an answer rests on lie on both sides of the first day of a new law."""
    return any(
        len({day >= amendment.in_force_from for day in _governing_days(after, amendment)}) == 2
        for amendment in comparing.amended.amendments
    )


def _governing_days(seen: Seen, amendment: Any) -> Iterator[date]:
    for step in seen.run.derivation(seen.name, seen.args).steps():
        definition = seen.run.pack.definitions[step.definition]
        env = dict(zip((name for name, _ in definition.parameters), step.args, strict=True))
        for day in governing(amendment, step.definition, seen.run.pack):
            found = seen.run.expression(day, env)
            if isinstance(found, date):
                yield found


def _places(comparing: Comparing, name: str, args: Sequence[Any], completion: Completion) -> list[int]:
    """Every day on which anything may change, as ordinals."""
    union = comparing.union
    facts = {**completion.facts, union.pack.as_of: UNKNOWN}
    case = Case(Text("", ""), union.pack.name, facts, dict(completion.readings), {}, None)
    problem = Problem(union.pack, case, {})
    atoms = tuple(_atom(problem, arg) for arg in args)
    sides = [problem.constrainer.definition(union.named(name, side), atoms) for side in (0, 1)]
    nodes: list[Node] = [problem.constrainer.make.different(*sides)]
    for cases in sides:
        nodes += [*cases.atoms.values(), *cases.fails.values(), *(atom for atom in cases.atoms if isinstance(atom, Node))]
    nodes += [node for each in problem.assumptions().values() for node in each]
    choices = frozenset().union(*(comparing.cones.definition(union.named(name, side)).choices for side in (0, 1)))
    nodes += [node for choice in sorted(choices) for node in problem.constrainer.lawful(choice).values()]
    day = problem.symbols.scalars[union.pack.as_of]
    (variable,) = (atom for atom in day.atoms if isinstance(atom, Node))
    return breaks(nodes, variable)


def _atom(problem: Problem, arg: Any) -> Atom:
    match arg:
        case Element(collection=collection, index=index):
            return ElementRef(collection, index)
        case date():
            return problem.terms.number(arg.toordinal())
        case _:
            return arg  # type: ignore[no-any-return]  # a value of an enumeration, or yes or no


def _differs_on(comparing: Comparing, name: str, args: Sequence[Any], completion: Completion, day: date) -> bool:
    there = replace(completion, facts={**completion.facts, comparing.union.pack.as_of: day})
    runs = [comparing.laws.run(there, side) for side in (0, 1)]
    if any(run.assumption(each) for run in runs for each in run.pack.assumptions):
        return False
    seen = [comparing.laws.seen(there, name, tuple(args), side, comparing.own[side]) for side in (0, 1)]
    return (seen[0].members, seen[0].number) != (seen[1].members, seen[1].number)


def _joined(found: Sequence[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    held: tuple[date, date] | None = None
    for first, last in found:
        if held is not None and (first - held[1]).days == 1:
            held = held[0], last
        else:
            if held is not None:
                yield held
            held = first, last
    if held is not None:
        yield held
