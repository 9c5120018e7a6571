"""The constraints and the reference meaning agree on generated packs and cases."""

from __future__ import annotations

import itertools
import os

import pytest

from generate import random_case, random_pack
from zhunsheng.evaluate import Element, Run
from zhunsheng.lang.outcome import strongest
from zhunsheng.lang.pack import Pack
from zhunsheng.solve.cases import ElementRef
from zhunsheng.solve.problem import Problem

PACKS = 4000 if os.environ.get("ALL") else 250
DAYS_ASKED = ("d",)


def vectors(pack: Pack) -> list[dict[str, str]]:
    names = list(pack.readings)
    options = [[option.name for option in pack.readings[name].options] for name in names]
    return [dict(zip(names, vector, strict=True)) for vector in itertools.product(*options)]


def questions(pack: Pack, sizes: dict[str, int]) -> list[tuple[str, tuple[object, ...]]]:
    """Every definition at every argument that a complete case offers (days aside)."""
    asked: list[tuple[str, tuple[object, ...]]] = []
    for name, definition in pack.definitions.items():
        match [type_.base for _, type_ in definition.parameters]:
            case []:
                asked.append((name, ()))
            case ["grade"]:
                asked.extend((name, (grade,)) for grade in pack.enumerations["grade"].names)
            case ["event" | "line" as element]:
                asked.extend((name, (ElementRef(f"{element}s", i),)) for i in range(sizes[f"{element}s"]))
    return asked


@pytest.mark.parametrize("block", range(10))
def test_a_complete_case_folds_to_what_the_reference_says(block: int) -> None:
    compared = 0
    for seed in range(block, PACKS, 10):
        pack = random_pack(seed)
        case = random_case(seed, pack, unknown=0.0)
        problem = Problem(pack, case)
        sizes = {name: len(case.facts[name].elements) for name in pack.collections}
        for name, args in questions(pack, sizes):
            encoded = problem.encode(name, args)
            for readings in vectors(pack):
                narrowed = problem.restrict(encoded, problem.vector(readings), {})
                reference = Run(pack, case.facts, readings, {})
                for choice in reference.lawful("level") or (None,):
                    run = Run(pack, case.facts, readings, {} if choice is None else {"level": choice})
                    exact = tuple(Element(a.collection, a.index) if isinstance(a, ElementRef) else a for a in args)
                    expected = strongest(run.definition(name, exact))
                    chosen = {} if choice is None else _fixing(problem, choice)
                    outcome = problem.single(
                        problem.restrict(narrowed, chosen, {}), pack.definitions[name].type
                    )
                    assert outcome == expected, (seed, name, args, readings, choice)
                    compared += 1
    assert compared > 100


def _fixing(problem: Problem, choice: object) -> dict[object, object]:
    fixed = {}
    for value, condition in problem.symbols.choices["level"].atoms.items():
        truth = problem.terms.const(value == choice)
        if condition.op == "not":
            fixed[condition.args[0]] = problem.terms.not_(truth)
        elif condition.op == "var":
            fixed[condition] = truth
    return fixed
