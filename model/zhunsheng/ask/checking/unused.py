"""What a pack declares and nothing uses, and what it leaves to nobody: seen from its form, without a search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhunsheng.ask.checking.findings import Finding, Kind
from zhunsheng.lang import expr as e
from zhunsheng.lang.cone import Cone, Cones
from zhunsheng.lang.pack import FactSpec, Pack
from zhunsheng.lang.theorem import Theorem


def static_findings(pack: Pack, theorems: Sequence[Theorem] = ()) -> tuple[Finding, ...]:
    """Everything declared that no answer, duty, assumption or theorem uses; choices without a criterion; duties without an
    actor or a deadline."""
    used = _used(pack, theorems)
    return (*_unused(pack, used), *_unbounded(pack), *_unowned(pack))


def _used(pack: Pack, theorems: Sequence[Theorem]) -> Cone:
    cones = Cones(pack)
    roots = [*pack.answers, *(name for name in pack.definitions if name.startswith("duty "))]
    used = Cone(collections=frozenset(collection for a in pack.assumptions for _, collection in a.each))
    for name in roots:
        used |= cones.definition(name)
    used |= cones.exprs(assumption.that for assumption in pack.assumptions)
    for spec in pack.discretions.values():
        used |= cones.exprs([part for part in (spec.lawful, spec.otherwise) if part is not None and not _own(part)])
    for theorem in theorems:
        used |= cones.exprs(theorem.written())
    return used


def _own(expr: e.Expr) -> bool:
    """Whether an expression speaks of the choice it bounds: the cone of a choice holds that already."""
    return any(isinstance(part, e.Choice) for part in e.walk(expr))


def _unused(pack: Pack, used: Cone) -> Iterator[Finding]:
    for name, parameter in pack.parameters.items():
        if name not in used.parameters:
            yield _finding("parameter", name, parameter.provision)
    for name, definition in pack.definitions.items():
        if name not in used.definitions:
            yield _finding("definition", name, definition.provision)
    for name, reading in pack.readings.items():
        if name not in used.readings:
            yield Finding(Kind.UNUSED, f"unused reading {name}", reading.provisions, name, ("reading",))
    for name, discretion in pack.discretions.items():
        if name not in used.choices:
            yield _finding("discretion", name, discretion.provision)
    for name, spec in pack.facts.items():
        if spec.record:
            yield from _unused_fields(name, f"record {name}", spec.record, used)
        elif name not in used.facts and not spec.inert:
            yield _finding("fact", name, spec.provision)
    for name, collection in pack.collections.items():
        if name not in used.collections:
            yield _finding("list", name, collection.provision)
        else:
            yield from _unused_fields(name, collection.element, collection.fields, used)


def _unused_fields(owner: str, base: str, fields: tuple[FactSpec, ...], used: Cone) -> Iterator[Finding]:
    for spec in fields:
        if not spec.inert and (base, spec.name) not in used.fields:
            yield _finding("fact", f"{owner}.{spec.name}", spec.provision)


def _finding(what: str, name: str, provision: str) -> Finding:
    return Finding(Kind.UNUSED, f"unused {what} {name}", (provision,) if provision else (), name, (what,))


def _unbounded(pack: Pack) -> Iterator[Finding]:
    for name, spec in pack.discretions.items():
        if spec.criterion is None:
            yield Finding(Kind.UNBOUNDED, f"unbounded {name}", (spec.provision,), name)


def _unowned(pack: Pack) -> Iterator[Finding]:
    for name, duty in pack.duties.items():
        lacks = tuple(what for what, there in (("who", duty.who), ("by", duty.by)) if not there)
        if lacks:
            said = name if duty.who and duty.no_deadline else ""  # the pack says in so many words that no day is set
            yield Finding(Kind.UNOWNED, f"unowned {name}", (duty.provision,), name, lacks, recorded=said)
