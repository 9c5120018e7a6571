"""steps.yaml: what an actor can set going, what follows from it, and what the case holds once it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhunsheng.errors import Place
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.pack import CollectionSpec, FactSpec, Stage, Step
from zhunsheng.lang.scope import Scope, nearest
from zhunsheng.lang.types import DAY, YES_NO, Text, Type
from zhunsheng.lang.typing import Source
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Mapping as MappingNode
from zhunsheng.read.nodes import Node
from zhunsheng.read.openings import Provisions
from zhunsheng.read.typist import Typist
from zhunsheng.read.words import Report, expression

ACTED = "acted"
"""In a step's expressions: the day on which the actor acts. A stage `s` has `s_from` and `s_to`, its first and last day."""


@dataclass(frozen=True)
class StepDraft:
    """A step whose expressions are not yet typed. `sets` and `element`: name -> (expression, place)."""

    name: str
    title: Text
    who: str
    provision: str
    acted: str
    chooses: tuple[str, ...]
    sets: Mapping[str, tuple[Source | None, Place]]
    allowed: Source | None
    only_if: Source | None
    stages: tuple[Stage, ...]
    adds: str
    element: Mapping[str, tuple[Source | None, Place]]
    at: Place


def read_steps(nodes: Iterable[Node], referred: Provisions, report: Report) -> list[StepDraft]:
    """The steps, their names standing once."""
    found: list[StepDraft] = []
    for node in nodes:
        draft = _step(Keys(node, "a step", report), referred, report)
        if draft.name in [one.name for one in found]:
            report.add(draft.at, f"the step {draft.name!r} stands here twice")
        found.append(draft)
    return found


def _step(keys: Keys, referred: Provisions, report: Report) -> StepDraft:
    stages = tuple(_stage(Keys(node, "a stage", report), referred) for node in keys.items("stages", "stages"))
    draft = StepDraft(
        keys.label("step", "the name of a step"), keys.sentence("title"), keys.string("who"), _provision(keys, referred),
        keys.string("acted", wanted="the day on which the actor acts"), keys.strings("chooses", "facts"),
        _expressions(keys, "sets", report), keys.expression("allowed"), keys.maybe_expression("only_if"), stages,
        keys.string("adds", wanted="a list"), _expressions(keys, "element", report), keys.place,
    )  # fmt: skip
    keys.close()
    return draft


def _stage(keys: Keys, referred: Provisions) -> Stage:
    stage = Stage(
        keys.identifier("stage", "the name of a stage"), keys.sentence("title"), keys.string("who"), _provision(keys, referred)
    )
    keys.close()
    return stage


def _provision(keys: Keys, referred: Provisions) -> str:
    provision = keys.string("provision", "", "the provision in quotes")
    if provision:
        referred.append((provision, keys.place_of("provision")))
    return provision


def _expressions(keys: Keys, key: str, report: Report) -> dict[str, tuple[Source | None, Place]]:
    node = keys.maybe(key)
    entries = node.entries if isinstance(node, MappingNode) else ()
    return {name.text: (expression(value, report), name.place) for name, value in entries}


def typed_step(draft: StepDraft, typist: Typist, scope: Scope) -> Step:
    """The step with its names resolved and its expressions typed; problems are collected."""
    report = typist.report
    for path in (draft.acted, *draft.chooses):
        if _field(scope, path) is None:
            report.add(draft.at, f"there is no fact {path!r}", "a step sets facts, or fields of records")
    collection = scope.collections.get(draft.adds)
    if collection is None:
        report.add(draft.at, f"there is no list {draft.adds!r}", nearest(draft.adds, scope.collections))
    inner = step_scope(scope, draft.stages)
    only_if = typist.read(draft.only_if, YES_NO, scope) if draft.only_if is not None else None
    return Step(
        draft.name, draft.title, draft.who, draft.provision, draft.acted, draft.chooses, _sets(draft, typist, scope),
        typist.read(draft.allowed, YES_NO, scope), only_if, draft.stages, draft.adds,
        _element(draft, collection, typist, inner) if collection is not None else {}, draft.at,
    )  # fmt: skip


def step_scope(scope: Scope, stages: Iterable[Stage]) -> Scope:
    """What the expressions of an added element may speak of."""
    inner = scope.bind(ACTED, DAY)
    for stage in stages:
        inner = inner.bind(f"{stage.name}_from", DAY).bind(f"{stage.name}_to", DAY)
    return inner


def set_type(scope: Scope, path: str) -> Type:
    """The type of a fact that a step sets."""
    spec = _field(scope, path)
    return spec.type if spec is not None and spec.type is not None else YES_NO


def element_type(scope: Scope, collection: str, field: str) -> Type:
    spec = scope.collections[collection].field(field)
    return spec.type if spec is not None and spec.type is not None else YES_NO


def _field(scope: Scope, path: str) -> FactSpec | None:
    name, _, field = path.partition(".")
    spec = scope.facts.get(name)
    if spec is None:
        return None
    return spec.field(field) if field else spec


def _sets(draft: StepDraft, typist: Typist, scope: Scope) -> dict[str, Expr]:
    found: dict[str, Expr] = {}
    for path, (source, at) in draft.sets.items():
        spec = _field(scope, path)
        if spec is None or spec.type is None:
            typist.report.add(at, f"there is no fact {path!r}", "a step sets facts, or fields of records")
        else:
            found[path] = typist.read(source, spec.type, scope)
    return found


def _element(draft: StepDraft, collection: CollectionSpec, typist: Typist, scope: Scope) -> dict[str, Expr]:
    found: dict[str, Expr] = {}
    for name, (source, at) in draft.element.items():
        spec = collection.field(name)
        if spec is None or spec.type is None:
            known = [one.name for one in collection.fields]
            typist.report.add(at, f"{collection.name} have no fact {name!r}", nearest(name, known) or ", ".join(known))
        else:
            found[name] = typist.read(source, spec.type, scope)
    for one in collection.fields:
        if one.name not in draft.element and one.left_out is None and not one.inert:
            typist.report.add(draft.at, f"the step says nothing of {one.name!r} of what it adds", f"add a line `{one.name}: …`")
    return found
