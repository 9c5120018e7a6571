"""How the rules of one definition stand to each other, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhunsheng.evaluate.facts import Argument
from zhunsheng.evaluate.operators import fails, joined
from zhunsheng.evaluate.trace import Trace
from zhunsheng.lang.outcome import Failed, FailureKind, Outcome
from zhunsheng.lang.pack import Definition, Rule


def bound(definition: Definition, args: tuple[Argument, ...]) -> dict[str, Argument]:
    """The definition's parameters with their arguments."""
    if len(args) != len(definition.parameters):
        raise ValueError(f"{definition.name} takes {len(definition.parameters)} argument(s), not {len(args)}")
    return {name: arg for (name, _), arg in zip(definition.parameters, args, strict=True)}


@dataclass(frozen=True)
class Standing:
    """`fired`: rules that hold and that no holding rule overrides. `defeated`: rules that hold or fail, with the
    holding rules that override them. `failed`: why the conditions of rules fail that nothing defeats."""

    fired: tuple[Rule, ...]
    defeated: Mapping[str, tuple[str, ...]]
    failed: Mapping[str, Failed]


@dataclass(frozen=True)
class Settled:
    """A definition settled at its arguments. The conditions of all rules, the values of those that fired and, if no
    rule spoke and there is one, `otherwise`: each with what it looked at."""

    outcome: Outcome
    conditions: Sequence[tuple[Outcome, Trace]]
    standing: Standing
    values: Sequence[tuple[Outcome, Trace]]
    otherwise: Trace | None = None


def standing(rules: Sequence[Rule], conditions: Sequence[Outcome]) -> Standing:
    """Among the rules whose condition holds, those that another holding rule overrides are defeated; a defeated rule
    still defeats, and overriding does not carry over."""
    overriders: dict[str, tuple[str, ...]] = {}
    for rule, condition in zip(rules, conditions, strict=True):
        if condition is True:
            for name in rule.overrides:
                overriders[name] = (*overriders.get(name, ()), rule.name)
    fired, defeated, failed = [], {}, {}
    for rule, condition in zip(rules, conditions, strict=True):
        if condition is False:
            continue
        if rule.name in overriders:
            defeated[rule.name] = overriders[rule.name]
        elif isinstance(condition, Failed):
            failed[rule.name] = condition
        else:
            fired.append(rule)
    return Standing(tuple(fired), defeated, failed)


def conclusion(definition: str, standing: Standing, values: Sequence[Outcome]) -> Outcome | None:
    """What the rules come to, `values` being those of the fired rules. None: no rule holds, and none fails.

    All failures count together: those of conditions, those of values, and the conflict between values that differ.
    """
    if len(values) == 1 and not standing.failed:
        return values[0]
    failed = [*standing.failed.values(), *(found for found in values if isinstance(found, Failed))]
    fired = zip(standing.fired, values, strict=True)
    said = [(rule.name, value) for rule, value in fired if not isinstance(value, Failed)]
    if any(value != said[0][1] for _, value in said):
        rules = " | ".join(sorted(name for name, _ in said))
        failed.append(fails(FailureKind.CONFLICT, definition, rules))
    return joined(failed) or (said[0][1] if said else None)
