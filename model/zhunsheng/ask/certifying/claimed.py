"""What a certificate claims, as data, and back from its atoms to a case."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from zhunsheng.ask.certifying.atoms import Atom
from zhunsheng.ask.deciding.answers import Argument, Asked, ElementAt
from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.lang.case import UNKNOWN, Case, ChoiceMade, Listing
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import FactSpec, Pack
from zhunsheng.lang.types import NONE, Text, Type, Value, special

Outcome = Value | FailureKind | tuple[Value, Value]
"""A value, a failure, or the two ends of a span."""


@dataclass(frozen=True)
class Claimed:
    """A decision as its certificate states it. `rules`: how rules stand, as listed; `cases`: how many it shows."""

    answer: str
    definition: str
    args: tuple[Any, ...]
    outcomes: tuple[Mapping[str, Any], ...]
    atoms: tuple[Atom, ...]
    rules: tuple[Mapping[str, Any], ...]
    split: tuple[Atom, ...]
    cases: int
    pack: str
    pack_digest: str


def claimed(certificate: bytes) -> Claimed | None:
    """What a certificate of a decision says, whether it is right or not; None for anything else."""
    try:
        data = json.loads(certificate)
        claim, evidence = data["claim"], data["evidence"]
        if data["kind"] not in ("decision", "open decision"):
            return None
        found = Claimed(
            claim["answer"], claim["definition"], tuple(claim["args"]), tuple(claim["outcomes"]), tuple(claim["atoms"]),
            tuple(evidence.get("rules", ())), tuple(evidence.get("split", ())), len(evidence.get("cases", ())),
            data["pack"]["id"], data["pack"]["digest"],
        )  # fmt: skip
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return found if all(isinstance(part, Mapping) for part in (*found.outcomes, *found.atoms)) else None


def pack_named(certificate: bytes) -> str:
    """The name of the pack a certificate is about; empty where it does not say."""
    try:
        name = json.loads(certificate)["pack"]["id"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""
    return name if isinstance(name, str) else ""


class Recalled:
    """A case as far as a certificate's atoms tell it, under a pack that may not be the one it was made under.

    Raises `InputError` where the pack has no such fact, value, reading, choice or answer.
    """

    def __init__(self, pack: Pack, claim: Claimed) -> None:
        self.pack, self.claim = pack, claim
        self.problems: list[Problem] = []
        self.facts: dict[str, Any] = dict.fromkeys(pack.facts, UNKNOWN)
        self.elements: dict[str, dict[int, dict[str, Any]]] = {name: {} for name in pack.collections}
        self.closed: dict[str, int] = {}
        self.readings: dict[str, str] = {}
        self.choices: dict[str, ChoiceMade] = {}

    def case(self) -> Case:
        for atom in self.claim.atoms:
            self._tell(atom)
        if self.problems:
            raise InputError(self.problems)
        lists = {name: self._listing(name) for name in self.pack.collections}
        return Case(Text("", ""), self.pack.name, {**self.facts, **lists}, self.readings, self.choices, None)

    def asked(self) -> Asked:
        definition = self.pack.definitions.get(self.claim.definition)
        if definition is None or len(definition.parameters) != len(self.claim.args):
            raise InputError([self._missing(f"the answer {self.claim.definition!r}")])
        args = tuple(
            self._argument(data, type_) for data, (_, type_) in zip(self.claim.args, definition.parameters, strict=True)
        )
        return Asked(self.claim.answer, self.claim.definition, args)

    def outcome(self, data: Mapping[str, Any], type_: Type) -> Outcome:
        if "failure" in data:
            return FailureKind[str(data["failure"]).upper()]
        if "from" in data:
            return self._value(data["from"], type_), self._value(data["to"], type_)
        return self._value(data.get("value"), type_)

    def _argument(self, data: Any, type_: Type) -> Argument:
        collection = self.pack.element_of(type_.base)
        if collection is None:
            return self._value(data, type_)
        listed = re.fullmatch(r"\w+\[(\d{1,4})\]", str(data))
        return ElementAt(collection.name, int(listed[1]) if listed else 0)

    def _listing(self, name: str) -> Listing:
        known = self.elements[name]
        number = self.closed.get(name, max(known, default=-1) + 1)
        elements = tuple(self._filled(name, known.get(index, {})) for index in range(number))
        labels = tuple(f"{name}[{index}]" for index in range(number))
        return Listing(elements, name in self.closed, labels=labels)

    def _filled(self, name: str, known: Mapping[str, Any]) -> dict[str, Any]:
        return {spec.name: known.get(spec.name, UNKNOWN) for spec in self.pack.collections[name].fields}

    def _missing(self, what: str) -> Problem:
        return Problem(Place(self.claim.answer), f"these rules do not know {what}, of which the certificate speaks")

    def _tell(self, atom: Atom) -> None:
        try:
            match atom:
                case {"reading": str(name), "is": str(option)}:
                    self.readings[name] = self.pack.readings[name].option(option).name
                case {"choice": str(name), "is": said}:
                    self.choices[name] = ChoiceMade(self._value(said, self.pack.discretions[name].type))
                case {"fact": str(path), "is": said}:
                    self._fact(path, said)
        except (LookupError, StopIteration, ValueError, TypeError):
            self.problems.append(self._missing(" ".join(f"{value!r}" for value in atom.values())))

    def _fact(self, path: str, said: Any) -> None:
        shape = re.fullmatch(r"(\w+)(?:\[(\d{1,4})\])?((?:\.\w+){0,2})", path)
        if shape is None:
            raise LookupError(path)
        name, index, rest = shape[1], shape[2], shape[3].split(".")[1:]
        if name in self.pack.collections:
            if index is None:
                self.closed[name] = int(said)
                return
            specs: tuple[FactSpec, ...] = self.pack.collections[name].fields
            here = self.elements[name].setdefault(int(index), {})
        else:
            spec = self.pack.facts[name]
            if spec.type is None and not rest:
                self.facts[name] = NONE if said == "none" else self._record(name)
                return
            specs = spec.record if spec.type is None else (spec,)
            here = self._record(name) if spec.type is None else self.facts
            rest = rest if spec.type is None else [name, *rest]
        if rest:
            self._field(here, next(one for one in specs if one.name == rest[0]), rest[1:], said)

    def _record(self, name: str) -> dict[str, Any]:
        if not isinstance(self.facts[name], dict):
            self.facts[name] = {spec.name: UNKNOWN for spec in self.pack.facts[name].record}
        found: dict[str, Any] = self.facts[name]
        return found

    def _field(self, here: dict[str, Any], spec: FactSpec, entry: list[str], said: Any) -> None:
        if spec.type is None:
            raise LookupError(spec.name)
        if not entry:
            here[spec.name] = self._value(said, spec.type)
            return
        keys = self.pack.enumerations[spec.type.keyed_by or ""].values
        if not isinstance(here.get(spec.name), dict):
            here[spec.name] = {value.name: UNKNOWN for value in keys}
        if entry[0] not in here[spec.name]:
            raise LookupError(entry[0])
        here[spec.name][entry[0]] = self._value(said, replace(spec.type, keyed_by=None))

    def _value(self, data: Any, type_: Type) -> Value:
        if data in type_.special:
            return special(data)
        match type_.base:
            case "yes/no":
                return {"true": True, "false": False}[data]
            case "day":
                return date.fromisoformat(data)
            case "number":
                return int(data)
            case "text":
                return str(data)
            case base:
                return self.pack.enumerations[base].by_name[data].name
