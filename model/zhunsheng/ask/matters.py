"""For an unknown list an answer depends on: which one further element would change it."""

from __future__ import annotations

from collections.abc import Mapping

from zhunsheng.ask.answers import Asked
from zhunsheng.ask.problems import Problems
from zhunsheng.ask.report import Between, Matters
from zhunsheng.lang.types import Special, Value
from zhunsheng.solve.cases import Cases
from zhunsheng.solve.formula import Node
from zhunsheng.solve.problem import Problem
from zhunsheng.solve.settle import differ


def matters(problems: Problems, asked: Asked, facts: tuple[str, ...], readings: Mapping[str, str]) -> tuple[Matters, ...]:
    """One entry for each unknown list among `facts`. Raises `NotShown`."""
    found = []
    for fact in facts:
        collection = fact.removesuffix(".others")
        if collection in problems.pack.collections:
            found.append(_one_more(problems, asked, fact, collection, readings))
    return tuple(found)


def _one_more(problems: Problems, asked: Asked, fact: str, collection: str, readings: Mapping[str, str]) -> Matters:
    """The values each field of one more element can have where it makes a difference; fields that may have any are left out."""
    slots = {collection: 1}
    problem = Problem(problems.pack, problems.case, slots)
    encoded = problems.encode(problem, asked)
    vector = problem.vector(readings)
    known = len(problems.case.facts[collection].elements)
    slot = problem.symbols.collections[collection][known]
    there = problem.restrict(encoded, {**vector, slot.present: problem.terms.true}, {})
    absent = problem.restrict(encoded, {**vector, slot.present: problem.terms.false}, {})
    condition = [differ(problem, there, absent), slot.present, *problem.literals(vector)]
    fields: dict[str, tuple[Value, ...] | Between] = {}
    if problem.satisfy(*condition) is None:
        return Matters(fact)
    for name, cases in slot.fields.items():
        if isinstance(cases, Cases):
            limits = _limits(problem, collection, name, cases, condition)
            if limits is not None:
                fields[name] = limits
    return Matters(fact, fields)


def _limits(
    problem: Problem, collection: str, name: str, cases: Cases, condition: list[Node]
) -> tuple[Value, ...] | Between | None:
    spec = problem.pack.collections[collection].field(name)
    if spec is None or spec.type is None or spec.type.base == "text":
        return None
    terms = [(atom, node) for atom, node in cases.atoms.items() if isinstance(atom, Node)]
    if not terms:
        possible = tuple(atom for atom, node in cases.atoms.items() if problem.satisfy(*condition, node) is not None)
        return None if len(possible) == len(cases.atoms) else possible  # type: ignore[return-value]  # atoms of a scalar
    term, given = terms[0]
    if problem.satisfy(*condition, given) is None:
        return tuple(atom for atom in cases.atoms if isinstance(atom, Special))
    least, _ = problem.extreme(term, [*condition, given], least=True)
    greatest, _ = problem.extreme(term, [*condition, given], least=False)
    if least == term.least and greatest == term.greatest:
        return None
    ends = (problem.decode(spec.type, problem.terms.number(number)) for number in (least, greatest))
    return Between(*ends)


