"""What tells the outcomes of an answer apart: the symbols it depends on, as a completed case has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhunsheng.ask.deciding.explain import fact_type, written
from zhunsheng.evaluate import Run
from zhunsheng.lang.case import Case, Listing
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Special
from zhunsheng.solve.problem import Completion


def told_apart(
    pack: Pack, case: Case, completion: Completion, symbols: tuple[str, ...]
) -> dict[str, dict[str, str]]:
    """What the deciding symbols are in a witness."""
    found: dict[str, dict[str, str]] = {}
    for symbol in symbols:
        kind, _, name = symbol.partition(" ")
        if kind == "readings":
            text = completion.readings[name]
        elif kind == "discretion":
            text = written(pack, pack.discretions[name].type, completion.choices[name])
        else:
            text = _fact_text(pack, case, completion, name)
        found.setdefault(kind, {})[name] = text
    return found


def _fact_text(pack: Pack, case: Case, completion: Completion, path: str) -> str:
    head = path.removesuffix(".others")
    if head in pack.collections:
        known = len(case.facts[head].elements)
        more = completion.facts[head].elements[known:]
        return "; ".join(_entry_text(pack, head, element) for element in more) or "[]"
    if head in pack.facts and pack.facts[head].type is None:
        value = completion.facts[head]
        return "none" if isinstance(value, Special) else _entry_text(pack, head, value)
    run = Run(pack, completion.facts, completion.readings, completion.choices)
    return _fact_at(pack, run, case, path)


def _entry_text(pack: Pack, name: str, entry: Mapping[str, Any]) -> str:
    specs = pack.collections[name].fields if name in pack.collections else pack.facts[name].record
    parts = [
        f"{spec.name}: {written(pack, spec.type, entry[spec.name])}"
        for spec in specs
        if spec.type and not spec.inert and not spec.type.keyed_by and entry[spec.name] != spec.left_out
    ]
    return "{" + ", ".join(parts) + "}"


def _fact_at(pack: Pack, run: Run, case: Case, path: str) -> str:
    """The written value of a fact in a completed case, by its path in the case."""
    facts: Any = run.facts.facts
    head = path.partition("[")[0].partition(".")[0]
    rest = path[len(head) :]
    value = facts[head]
    if isinstance(value, Listing):
        labels = case.facts[head].labels
        label = next(one for one in labels if path == one or path.startswith(one + "."))
        value = value.elements[labels.index(label)]
        rest = path[len(label) :]
    for part in filter(None, rest.split(".")):
        value = value[part]
    return written(pack, fact_type(pack, path), value)
