"""What a case leaves open, and which kind of question asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhunsheng.lang.case import UNKNOWN, Case
from zhunsheng.lang.pack import FactSpec, Pack
from zhunsheng.lang.spots import Spot, value_at
from zhunsheng.lang.types import NONE

VALUE, EXISTS, HOW_MANY = "value", "exists", "how many"


def missing(pack: Pack, case: Case) -> Iterator[tuple[Spot, str]]:
    """What a case leaves open, and what kind of question asks for it: lists first, then records and what they hold, in the pack's
    order. What a list or a record that nobody has spoken of would hold is not yet missing."""
    for name, collection in pack.collections.items():
        if not case.facts[name].complete:
            yield Spot(name), HOW_MANY
        for index in range(len(case.facts[name].elements)):
            yield from _missing_fields(pack, case, collection.fields, Spot(name, index))
    for name, spec in pack.facts.items():
        value = case.facts[name]
        if spec.type is None and value is UNKNOWN:
            yield Spot(name), EXISTS
        elif spec.type is None and value is not NONE:
            yield from _missing_fields(pack, case, spec.record, Spot(name))
        elif spec.type is not None:
            yield from _missing_entries(pack, case, spec, Spot(name))


def _missing_fields(pack: Pack, case: Case, specs: Sequence[FactSpec], holder: Spot) -> Iterator[tuple[Spot, str]]:
    for spec in specs:
        yield from _missing_entries(pack, case, spec, replace(holder, field=spec.name))


def _missing_entries(pack: Pack, case: Case, spec: FactSpec, here: Spot) -> Iterator[tuple[Spot, str]]:
    if spec.inert or spec.type is None:
        return
    for key in pack.enumerations[spec.type.keyed_by].names if spec.type.keyed_by else (None,):
        if value_at(case.facts, replace(here, key=key)) is UNKNOWN:
            yield replace(here, key=key), VALUE
