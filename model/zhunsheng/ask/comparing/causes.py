"""Which edits take part in a change: those whose object comes to something else on the two sides, at some arguments met there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zhunsheng.ask.comparing.twolaws import Seen
from zhunsheng.errors import Incomplete
from zhunsheng.lang.amendment import Act, Amended, Edit, Kind

Step = tuple[str, tuple[Any, ...]]


def causes(amended: Amended, before: Seen, after: Seen) -> tuple[str, ...]:
    """The labels of the edits that take part, in their order. Where none differs by itself, all that the answer rests on."""
    steps = list(dict.fromkeys((*_steps(before), *_steps(after))))
    rests = (before.run.touched(before.name, before.args), after.run.touched(after.name, after.args))
    found = [edit.label for edit in amended.edits if _takes_part(edit, before, after, steps, rests)]
    if found:
        return tuple(found)
    wanted = {name.partition("__")[0] for name, _ in steps}
    return tuple(edit.label for edit in amended.edits if edit.name.partition("/")[0] in wanted)


def provisions_of(seen: Seen) -> tuple[str, ...]:
    """The provisions of the rules that an outcome rests on, those nearest to it first."""
    derivation = seen.run.derivation(seen.name, seen.args)
    found: dict[str, None] = {}
    for step in derivation.steps():
        definition = seen.run.pack.definitions[step.definition]
        for rule in step.rules:
            if rule.status.value == "fired":
                found[definition.rule(rule.rule).provision] = None
    return tuple(provision for provision in found if provision)


def _steps(seen: Seen) -> list[Step]:
    return [(step.definition, step.args) for step in seen.run.derivation(seen.name, seen.args).steps()]


def _takes_part(edit: Edit, before: Seen, after: Seen, steps: Iterable[Step], rests: tuple[Any, Any]) -> bool:
    match edit.kind:
        case Kind.PARAMETER:
            return any(edit.name in each.parameters for each in rests)
        case Kind.READING:
            return any(edit.name in each.readings for each in rests)
        case Kind.DISCRETION:
            return any(edit.name in each.choices for each in rests)
        case Kind.RULE:
            owner, _, rule = edit.name.partition("/")
            return any(_rule(before, step, rule) != _rule(after, step, rule) for step in steps if step[0] == owner)
        case Kind.DEFINITION | Kind.OTHERWISE:
            return any(_outcome(before, step) != _outcome(after, step) for step in steps if step[0] == edit.name)
        case Kind.DUTY:
            return any(step[0] in (f"duty {edit.name} owed", f"duty {edit.name} by") for step in steps)
        case Kind.VALUE | Kind.ENUMERATION:
            return edit.act in (Act.REPEAL, Act.ADD, Act.REPLACE) and _met(edit, before, after)
        case Kind.FACT:
            name = edit.name.rpartition(".")[2]
            return any(name in {path.rpartition(".")[2] for path in each.facts} for each in rests)
        case _:
            return False


def _rule(seen: Seen, step: Step, rule: str) -> object:
    """How a rule stands, and what it gives where it stands."""
    name, args = step
    definition = seen.run.pack.definitions.get(name)
    if definition is None or rule not in {each.name for each in definition.rules}:
        return None
    try:
        settled = seen.run.settled(name, args)
    except (Incomplete, KeyError, ValueError, IndexError):
        return None  # this side never comes here
    fired = {each.name: value for each, (value, _) in zip(settled.standing.fired, settled.values, strict=True)}
    condition = next(c for each, (c, _) in zip(definition.rules, settled.conditions, strict=True) if each.name == rule)
    return condition, rule in fired, fired.get(rule)


def _outcome(seen: Seen, step: Step) -> object:
    name, args = step
    if name not in seen.run.pack.definitions:
        return None
    try:
        return seen.run.definition(name, args)
    except (Incomplete, KeyError, ValueError, IndexError):
        return None  # this side never comes here


def _met(edit: Edit, before: Seen, after: Seen) -> bool:
    """Whether the value stands anywhere in the case, or comes out."""
    value = edit.name.partition("/")[2]
    comes_out = any(value == outcome for outcome in (*before.outcomes, *after.outcomes))
    return value in str(before.case.facts) or comes_out or edit.kind is Kind.ENUMERATION
