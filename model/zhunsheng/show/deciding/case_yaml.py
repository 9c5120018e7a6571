"""A case back in the form of a case file: as a mapping of plain data, and as YAML text.

What is unknown is left out, except where leaving a fact out means something else; then it is written `unknown`. Reading
the text again gives a case with the same facts, readings and choices. Expectations are left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import yaml

from zhunsheng.lang.case import UNKNOWN, Case, ChoiceMade, Entry, Listing, Source
from zhunsheng.lang.pack import CollectionSpec, FactSpec, Pack
from zhunsheng.lang.types import NONE, Text, Type
from zhunsheng.narrate import values

FORMAT = 1
LEFT_OUT: Any = object()


def case_mapping(pack: Pack, case: Case) -> dict[str, Any]:
    """The case as plain data: mappings, lists, texts, whole numbers, truth values; days in ISO form."""
    plain: dict[str, Any] = json.loads(json.dumps(_case(pack, case), default=date.isoformat))
    return plain


def case_text(pack: Pack, case: Case) -> str:
    """The case as a case file."""
    return yaml.dump(
        _case(pack, case), Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=10_000
    )


class _Dumper(yaml.SafeDumper):
    """Block style throughout, no aliases, lists indented below their keys."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (PyYAML calls it so)
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 (the same)
        super().increase_indent(flow, False)


class _Quoted(str):
    """A text that would mean something else if it stood without quotes."""


def _quoted(dumper: yaml.SafeDumper, text: _Quoted) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="'")


_Dumper.add_representer(_Quoted, _quoted)


def _case(pack: Pack, case: Case) -> dict[str, Any]:
    facts = _Facts(pack, case.sources)
    written: dict[str, Any] = {
        "format": FORMAT,
        "pack": case.pack,
        "title": _title(case.title),
        "facts": facts.all(case.facts),
    }
    if case.known_until is not None and case.known_until != case.facts.get(pack.as_of):
        written["known_until"] = case.known_until
    if case.readings:
        written["readings"] = dict(case.readings)
    if case.choices:
        written["discretion"] = {name: _choice(pack, name, made) for name, made in case.choices.items()}
    return written


def _title(title: Text) -> Any:
    return title.zh if title.zh == title.en else {"zh": title.zh, "en": title.en}


def _choice(pack: Pack, name: str, made: ChoiceMade) -> Any:
    value = _value(pack, made.value, pack.discretions[name].type)
    said = {"by": made.by, "reason": made.reason}
    return {"choose": value, **{key: text for key, text in said.items() if text}} if any(said.values()) else value


class _Facts:
    """Writes facts, each with its source if the case gives one."""

    def __init__(self, pack: Pack, sources: Mapping[str, Source]) -> None:
        self.pack, self.sources = pack, sources

    def all(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        written = {name: self.fact(spec, facts.get(name, UNKNOWN), name) for name, spec in self.pack.facts.items()}
        for name, spec in self.pack.collections.items():
            written[name] = self.sourced(name, self.listing(spec, facts.get(name)))
        return {name: value for name, value in written.items() if value is not LEFT_OUT}

    def fact(self, spec: FactSpec, value: Any, path: str) -> Any:
        """A fact's written form, LEFT_OUT where it is unknown."""
        if value is UNKNOWN:
            return LEFT_OUT if spec.left_out is None else "unknown"
        if isinstance(value, Mapping):
            inner = self.record(spec.record, value, path) if spec.type is None else self.table(spec.type, value, path)
            return LEFT_OUT if spec.type is not None and not inner else self.sourced(path, inner)
        return self.sourced(path, _value(self.pack, value, spec.type))

    def record(self, specs: Sequence[FactSpec], entry: Entry, path: str) -> dict[str, Any]:
        written = {spec.name: self.fact(spec, entry.get(spec.name, UNKNOWN), f"{path}.{spec.name}") for spec in specs}
        return {name: value for name, value in written.items() if value is not LEFT_OUT}

    def table(self, type_: Type, entry: Entry, path: str) -> dict[str, Any]:
        keys = Type(type_.keyed_by or "")
        return {
            values.written_text(self.pack, name, keys): self.sourced(f"{path}.{name}", _value(self.pack, value, type_))
            for name, value in entry.items()
            if value is not UNKNOWN
        }

    def listing(self, spec: CollectionSpec, listing: Listing | None) -> Any:
        if listing is None or not listing.stated:
            return LEFT_OUT
        elements = self.elements(spec, listing)
        if not listing.complete:
            return {"known": elements, "others": "unknown"}
        return elements[0] if spec.single and len(elements) == 1 else elements

    def elements(self, spec: CollectionSpec, listing: Listing) -> list[dict[str, Any]]:
        labels = listing.labels or tuple(f"{spec.name}[{index}]" for index in range(len(listing.elements)))
        return [self.element(spec, entry, label) for entry, label in zip(listing.elements, labels, strict=True)]

    def element(self, spec: CollectionSpec, entry: Entry, label: str) -> dict[str, Any]:
        """One element. The field that a list in a case file is split into is written as that list, of one name."""
        into, key = spec.split or ("", "")
        written = self.record(tuple(one for one in spec.fields if one.name != into), entry, label)
        name = entry.get(into, NONE)
        if name is UNKNOWN:
            written[key] = "unknown"
        elif name is not NONE:
            written[key] = [_value(self.pack, name, Type("text"))]
        return written

    def sourced(self, path: str, written: Any) -> Any:
        source = self.sources.get(path)
        if source is None or written is LEFT_OUT:
            return written
        said = {"source": source.source, "stated_by": source.stated_by}
        return {"value": written, **{key: text for key, text in said.items() if text}}


def _value(pack: Pack, value: Any, type_: Type | None) -> Any:
    """A value for YAML: days as days, a text in quotes where it could be taken for something else."""
    if isinstance(value, date):
        return value
    written = values.written(pack, value, type_ or Type("text"))
    known = {"none", "unknown", *(form for form, _ in pack.specials.values())}
    is_text = type_ is None or type_.base == "text"
    return _Quoted(written) if is_text and value is not NONE and isinstance(value, str) and written in known else written
