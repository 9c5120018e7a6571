"""The kernel's possibilities and clauses beside the reference meaning's outcomes."""

from __future__ import annotations

from datetime import date
from typing import Any

from zhunsheng.certify import kernel
from zhunsheng.certify.clauses import Circuit
from zhunsheng.evaluate import Element, Run
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Special


def possible(outcome: Any) -> kernel.Possible:
    """A value or a kind of failure as the one possibility."""
    match outcome:
        case FailureKind():
            return kernel.failure(outcome.value)
        case bool() | str():
            return kernel.of(outcome)
        case date():
            return kernel.span(outcome.toordinal(), outcome.toordinal())
        case int():
            return kernel.span(outcome, outcome)
        case Special(name=name):
            return kernel.of((name,))
    raise TypeError(outcome)


def strongest(found: kernel.Possible) -> kernel.Possible:
    """Of something that can only fail, the strongest failure: what names the outcome."""
    return found if found.valued() or not found.fails else kernel.failure(max(found.fails))


def contains(found: kernel.Possible, one: kernel.Possible) -> bool:
    inside = one.span is None or (found.span is not None and found.span[0] <= one.span[0] and one.span[1] <= found.span[1])
    return one.atoms <= found.atoms and one.fails <= found.fails and inside


def lawful_run(pack: Pack, facts: Any, readings: Any, preferred: Any) -> Run:
    """A run in which each choice is lawful where one is: the preferred one if it is."""
    run = Run(pack, facts, readings, {})
    choices = {}
    for name in pack.discretions:
        lawful = run.lawful(name)
        if lawful:
            choices[name] = preferred[name] if preferred.get(name) in lawful else lawful[-1]
    return Run(pack, facts, readings, choices)


def questions(pack: Pack, case: Any) -> list[tuple[str, tuple[Any, ...], list[kernel.Possible]]]:
    found: list[tuple[str, tuple[Any, ...], list[kernel.Possible]]] = []
    for name, definition in pack.definitions.items():
        match [type_.base for _, type_ in definition.parameters]:
            case []:
                found.append((name, (), []))
            case ["grade"]:
                found += [(name, (grade,), [kernel.of(grade)]) for grade in ("D", "B")]
            case ["event" | "line" as element] if case.facts[f"{element}s"].elements:
                found.append((name, (Element(f"{element}s", 0),), [kernel.of(("@", f"{element}s", 0))]))
    return found


def node_values(circuit: Circuit, inputs: dict[int, bool]) -> list[bool]:
    """Every node's value, inputs being given by their literals."""
    found: list[bool] = []
    for node, gate in enumerate(circuit.gates):
        if gate is None:
            found.append(node > 0 and inputs.get(2 * node, False))
        else:
            a, b = (found[literal >> 1] != bool(literal & 1) for literal in gate)
            found.append(a and b)
    return found
