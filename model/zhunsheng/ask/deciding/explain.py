"""Derivations of the reference meaning -> the reasons of a report."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from zhunsheng.ask.report import Because, Looked, Rejected
from zhunsheng.evaluate import Argument, Derivation, Status
from zhunsheng.evaluate import Looked as Seen
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.outcome import Failed, Outcome
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.spots import spot, value_at
from zhunsheng.lang.types import Special, Type, Value


def written(pack: Pack, type_: Type | None, value: Value | Outcome) -> str:
    """A value as cases write it."""
    if isinstance(value, Failed):
        return value.kind.word
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Special):
        return pack.specials[value.name][0] if value.name in pack.specials else value.name
    if isinstance(value, str) and type_ is not None and type_.base in pack.enumerations:
        found = pack.enumerations[type_.base].by_name.get(value)
        return found.written if found else value
    return str(value)


def reasons(pack: Pack, case: Case, derivation: Derivation) -> tuple[Because, ...]:
    """Every rule that fired in the answer and in what it calls, each step below the shallowest that calls it."""
    found: list[Because] = []
    for step, depth in _by_caller(derivation):
        definition = pack.definitions[step.definition]
        fired = [rule for rule in step.rules if rule.status is Status.FIRED]
        for rule in fired:
            found.append(
                Because(
                    step.definition,
                    rule.rule,
                    definition.rule(rule.rule).provision,
                    step.at,
                    written(pack, definition.type, rule.outcome if rule.outcome is not None else step.outcome),
                    _facts(pack, case, rule.looked),
                    dict(rule.looked.readings),
                    depth,
                )
            )
        if step.otherwise is not None:
            outcome = written(pack, definition.type, step.outcome)
            facts = _facts(pack, case, step.otherwise)
            found.append(Because(step.definition, "", definition.provision, step.at, outcome, facts, {}, depth))
    return tuple(found)


def rejections(pack: Pack, case: Case, derivation: Derivation) -> tuple[Rejected, ...]:
    """Every rule of the answer itself that did not decide it, and of the definitions it took over whole."""
    definition = pack.definitions[derivation.definition]
    found = []
    for step in derivation.rules:
        if step.status is Status.FIRED:
            continue
        found.append(
            Rejected(
                derivation.definition,
                step.rule,
                definition.rule(step.rule).provision,
                ", ".join(step.by),
                step.lacked,
                _facts(pack, case, step.looked),
            )
        )
    return tuple(found)


def _by_caller(derivation: Derivation) -> list[tuple[Derivation, int]]:
    """Each step once with its depth, callers first; what a step calls follows it before anything of the same depth does, so
    that a reader of the order and the depths together never takes one step for the ground of another that does not call it."""
    below: dict[tuple[str, tuple[Argument, ...]], list[Derivation]] = {}
    queue = deque([derivation])
    known = {(derivation.definition, derivation.args)}
    while queue:
        here = queue.popleft()
        own = below.setdefault((here.definition, here.args), [])
        for called in here.called:
            if (called.definition, called.args) not in known:
                known.add((called.definition, called.args))
                own.append(called)
                queue.append(called)
    found: list[tuple[Derivation, int]] = []
    todo = [(derivation, 0)]
    while todo:
        here, depth = todo.pop()
        found.append((here, depth))
        todo.extend((called, depth + 1) for called in reversed(below[here.definition, here.args]))
    return found


def _facts(pack: Pack, case: Case, looked: Seen) -> tuple[Looked, ...]:
    lists = [Looked(name, f"{number} listed", supposed=not _stated(pack, case, name)) for name, number in looked.lists]
    return (*facts_of(pack, case, looked.facts), *lists)


def facts_of(pack: Pack, case: Case, facts: Iterable[tuple[str, Value]]) -> tuple[Looked, ...]:
    """Facts by their paths, as cases write them, each with where the case says it comes from, if it states it."""
    return tuple(
        Looked(path, _fact_written(pack, path, value), _source(case, path), supposed=not _stated(pack, case, path))
        for path, value in facts
    )


def _stated(pack: Pack, case: Case, path: str) -> bool:
    """Whether the case states what stands at a path; of a list, that it is complete."""
    here = spot(pack, case.facts, path)
    if here is None:
        return False
    value = value_at(case.facts, here)
    return value.complete if isinstance(value, Listing) else value is not UNKNOWN


def _fact_written(pack: Pack, path: str, value: Value) -> str:
    return written(pack, fact_type(pack, path), value)


def fact_type(pack: Pack, path: str) -> Type | None:
    """The type of the fact at a path; None for a record or a list."""
    head, *rest = path.split(".") if "[" not in path else [path.partition("[")[0], *path.rpartition("]")[2].split(".")[1:]]
    if head in pack.collections:
        specs = pack.collections[head].fields
    elif head in pack.facts:
        spec = pack.facts[head]
        if spec.type is not None:
            return spec.type
        specs = spec.record
    else:
        return None
    if not rest:
        return None
    field = next((spec for spec in specs if spec.name == rest[0]), None)
    if field is None or field.type is None:
        return None
    return Type(field.type.base, field.type.special) if field.type.keyed_by else field.type


def _source(case: Case, path: str) -> str:
    source = case.sources.get(path)
    return source.source if source else ""
