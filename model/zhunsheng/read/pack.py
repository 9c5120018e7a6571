"""A folder of files -> a `Pack`, or every problem in them at once.

bytes -> strict trees -> declarations -> scope -> typed expressions -> checks -> Pack, sealed with its digest
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.lang.pack import Definition, Duty, Pack, Provision
from zhunsheng.read import checks
from zhunsheng.read.articles import Articles
from zhunsheng.read.canonical import canonical_pack, digest_of, fingerprint
from zhunsheng.read.declared import Declared, check_names, declare, read_terms, scope_of
from zhunsheng.read.nodes import Node
from zhunsheng.read.steps import typed_step
from zhunsheng.read.timeline import read_timeline
from zhunsheng.read.trees import read_trees
from zhunsheng.read.typist import Typist
from zhunsheng.read.words import Report


def load_pack(folder: Path | str) -> Pack:
    """The pack in a folder. InputError with every problem found in its files."""
    folder = Path(folder)
    if not (folder / "pack.yaml").is_file():
        raise InputError([Problem(Place(str(folder)), "this folder holds no pack: it has no pack.yaml")])
    report = Report()
    return assemble(folder, read_trees(folder, report), report)


def assemble(folder: Path, trees: Mapping[str, Node], report: Report) -> Pack:
    """The pack that the trees of its files (path within the folder -> tree) make up.

    Everything is declared before any expression is read. If a file could not be read at all, its names are missing, so
    nothing is said about names then.
    """
    report.incomplete |= bool(report.problems)
    if "pack.yaml" not in trees:
        report.stop_if_any()
    declared = declare(folder, trees, report)
    if report.incomplete:
        report.stop_if_any()
    scope, attributes = scope_of(declared, report)
    terms = read_terms(declared, scope, report)
    shown = read_timeline(declared.timeline, scope, declared.referred, report)
    check_names(declared, scope, report)
    typist = Typist(scope, report)
    definitions = {definition.name: definition for definition in attributes}
    for name, draft in declared.articles.definitions.items():
        definitions[name] = typist.definition(draft, scope.definitions[name])
    duties = _duties(declared, typist, definitions)
    discretions = {name: typist.discretion(draft) for name, draft in declared.discretions.items()}
    assumptions = tuple(typist.assumption(draft) for draft in declared.assumptions)
    steps = {draft.name: typed_step(draft, typist, scope) for draft in declared.steps}
    checks.nothing_calls_itself(definitions, discretions, report)
    report.stop_if_any()
    identity = declared.identity
    return sealed(Pack(
        name=identity.name, version=identity.version, title=identity.title, authority=identity.authority,
        in_force=identity.in_force, horizon=identity.horizon, as_of=identity.as_of[0],
        reference_days=_bare(identity.reference_days), answers=_bare(identity.answers), cautions=identity.cautions,
        enumerations=scope.enumerations, specials=declared.specials, facts=scope.facts, collections=scope.collections,
        assumptions=assumptions, parameters=declared.parameters, readings=declared.readings, discretions=discretions,
        notes=declared.notes, definitions=definitions, duties=duties, chapters=tuple(declared.articles.chapters),
        provisions=_provisions(declared.articles), calendars=declared.calendars, terms=terms, digest="",
        timeline=shown,
        steps=steps,
    ))  # fmt: skip


def sealed(pack: Pack) -> Pack:
    """The pack with the fingerprint of each provision, its canonical form and its digest."""
    provisions = {
        ref: dataclasses.replace(provision, fingerprint=fingerprint(provision, pack))
        for ref, provision in pack.provisions.items()
    }
    pack = dataclasses.replace(pack, provisions=provisions)
    text = canonical_pack(pack)
    return dataclasses.replace(pack, canonical=text, digest=digest_of(text))


def _duties(declared: Declared, typist: Typist, definitions: dict[str, Definition]) -> dict[str, Duty]:
    """The duties; each adds its two definitions to `definitions`."""
    duties: dict[str, Duty] = {}
    for name, draft in declared.articles.duties.items():
        duties[name], owed, due = typist.duty(draft)
        definitions[owed.name], definitions[due.name] = owed, due
    return duties


def _provisions(articles: Articles) -> dict[str, Provision]:
    return {
        draft.ref: Provision(
            draft.ref, draft.chapter, draft.says, draft.qualifiers, draft.definitions, draft.duties, draft.not_computed,
            draft.reviewed, "", draft.at,
        )
        for draft in articles.provisions.values()
    }  # fmt: skip


def _bare(named: tuple[tuple[str, Place], ...]) -> tuple[str, ...]:
    return tuple(name for name, _ in named)
