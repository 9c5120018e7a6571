"""Facts that cannot all be true: refused, with an irreducible set of facts and assumptions that clash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from zhunsheng.ask.deciding.problems import Problems
from zhunsheng.errors import ContradictoryFacts, InputError, Problem
from zhunsheng.evaluate import Run, Violation
from zhunsheng.lang import expr as e
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.pack import Assumption
from zhunsheng.solve.problem import Problem as Solving


def refuse(problems: Problems) -> None:
    """Raises `InputError` (each false assumption, at the place of the facts) or `ContradictoryFacts`."""
    if _plainly_possible(problems):
        return
    problem = problems.possible()
    _refuse_false(problems, problem)
    if not problem.possible():
        raise _clash(problems)


def possible(problems: Problems) -> bool:
    """Whether the facts can all be true. Raises `NotShown`."""
    return _plainly_possible(problems) or problems.possible().possible()


def _plainly_possible(problems: Problems) -> bool:
    """Whether the case with plain values for all it leaves out is already one, as the reference meaning sees it."""
    pack = problems.pack
    completion = problems.with_slots({}).complete(None, {})
    run = Run(pack, completion.facts, completion.readings, completion.choices)
    return not any(run.assumption(assumption) for assumption in pack.assumptions)


def _refuse_false(problems: Problems, problem: Solving) -> None:
    """Assumptions that the stated facts alone make false: each is said with the facts it looked at."""
    case, pack = problems.case, problems.pack
    found = []
    for assumption in pack.assumptions:
        if not any(node is problem.terms.false for node in problem.assumptions()[assumption.name]):
            continue
        completion = problem.complete(None, {})
        run = Run(pack, completion.facts, completion.readings, completion.choices)
        for violation in run.assumption(assumption):
            paths = [_in_case(case, path, pack.collections) for path, _ in violation.looked.facts]
            place = next((case.places[path] for path in paths if path in case.places), None)
            facts = [f"{path} = {value}" for path, value in violation.looked.facts]
            told = "; ".join([*facts, *_attributes(run, assumption, violation)])
            if place is not None:
                found.append(Problem(place, f"{assumption.says.zh}\n    {assumption.says.en}", told))
    if found:
        raise InputError(found)


def _attributes(run: Run, assumption: Assumption, violation: Violation) -> list[str]:
    """What the pack's own catalogue says of the values stated, where the assumption asks it."""
    elements = {name: element for (name, _), element in zip(assumption.each, violation.elements, strict=True)}
    found = []
    for call in e.walk(assumption.that):
        if isinstance(call, e.Call) and call.name.partition(".")[0] in run.pack.enumerations and len(call.args) == 1:
            asked = call.args[0]
            if isinstance(asked, e.Field) and isinstance(asked.of, e.Var) and asked.of.name in elements:
                found.append(f"{call.name}({run.expression(asked, elements)}) = {run.expression(call, elements)}")
    return list(dict.fromkeys(found))


def _in_case(case: Case, path: str, collections: Mapping[str, Any]) -> str:
    """The path as the case writes it: the reference counts elements, the case may label them otherwise."""
    head = path.partition("[")[0].partition(".")[0]
    if head not in collections or path in case.places:
        return path
    for label in case.facts[head].labels:
        if path.startswith(label):
            return path
    return path


def _clash(problems: Problems) -> ContradictoryFacts:
    """Drops facts and assumptions one by one while the rest still clashes."""
    pack, case = problems.pack, problems.case
    assumptions: list[Assumption] = list(pack.assumptions)
    for assumption in list(assumptions):
        fewer = [a for a in assumptions if a is not assumption]
        if _impossible(problems, case, fewer):
            assumptions = fewer
    facts = []
    for name in (*pack.facts, *pack.collections):
        without = replace(case, facts={**case.facts, name: _forgotten(case.facts[name])})
        if _impossible(problems, without, assumptions):
            case = without
        elif not _empty(case.facts[name]):
            facts.append(name)
    says = {
        "zh": "；".join(a.says.zh for a in assumptions),
        "en": "; ".join(a.says.en for a in assumptions),
    }
    return ContradictoryFacts(tuple(facts), tuple(a.name for a in assumptions), says)


def _impossible(problems: Problems, case: Case, assumptions: list[Assumption]) -> bool:
    return not Problems(replace(problems.pack, assumptions=tuple(assumptions)), case).possible().possible()


def _forgotten(value: Any) -> Any:
    return Listing((), complete=False, stated=False) if isinstance(value, Listing) else UNKNOWN


def _empty(value: Any) -> bool:
    return value is UNKNOWN or (isinstance(value, Listing) and not value.stated)
