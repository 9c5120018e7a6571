"""Whether a few elements show every outcome of an answer, though many more may matter to it.

What a few further elements of each list come to can occur. That nothing else can is shown with the definitions further away from
the answer taken as given (`sealing`): they may come to anything then, and far fewer elements are to be looked at than where they
are looked into. If even so nothing else can come out, nothing else does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.failing import Taken
from zhunsheng.ask.deciding.problems import Problems
from zhunsheng.lang import expr as e
from zhunsheng.lang.cone import expressions
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.types import Value
from zhunsheng.solve.problem import Problem

Outcomes = Collection[Value | FailureKind]


def shown_by_few(problems: Problems, asked: Asked, readings: Mapping[str, str], few: Problem, found: Outcomes) -> bool:
    """Whether an answer can come to nothing but what is `found` among completions of `few`, however many elements there are."""
    if few.constrainer.leaves_reach or _counts(problems, asked):
        return False
    failing = problems.failing(readings)
    goals = problems.goals(asked)
    exprs, other = [goal.expr for goal in goals], frozenset(FailureKind).difference(found)
    for sealed in failing.sealing.ring_by_ring(exprs, failing.readings, never=frozenset({asked.definition})):
        names = frozenset(sealed.kinds)
        slots = failing.slots(goals, names, {})
        if slots is None:
            return False
        taken = Taken(failing, failing.sealed(names, other), slots)
        if _nothing_else(problems, asked, taken, exprs, found):
            return True
    return False


def _nothing_else(problems: Problems, asked: Asked, taken: Taken, exprs: Sequence[e.Expr], found: Outcomes) -> bool:
    """Whether nothing but what is found comes out with some definitions taken as given."""
    problem, terms = taken.problem, taken.problem.terms
    encoded, lawful = problems.encode(problem, asked), taken.lawful(exprs)
    other = terms.or_([node for outcome, node in encoded.finite.items() if outcome not in found])
    return encoded.term is None and taken.excludes(other, lawful)


def _counts(problems: Problems, asked: Asked) -> bool:
    """Whether anything the answer or an assumption rests on counts elements: only then may a day that a few elements keep within
    the calendar's reach leave it with more, for what a day can be is the same for every further element of a list."""
    names = (problems.cone(asked) | problems.assumptions).definitions | {asked.definition}
    written = [expr for name in sorted(names) for expr in expressions(problems.pack.definitions[name])]
    written += [assumption.that for assumption in problems.pack.assumptions]
    return any(isinstance(part, e.Aggregate) and part.kind is e.Kind.COUNT for expr in written for part in e.walk(expr))
