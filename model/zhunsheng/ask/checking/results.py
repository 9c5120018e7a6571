"""What `check --json` and `prove --json` wrote, read back: refused where it is of another pack, or where a case in it does not
show what it is said to show."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from zhunsheng.ask.checking.findings import Checked, Finding, Kind
from zhunsheng.ask.proving.prove import Counterexample, Proof
from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.evaluate import Element
from zhunsheng.evaluate.theorem import Instance, judge
from zhunsheng.lang.case import Case, Listing
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Ranges, Theorem, Variant, Verdict
from zhunsheng.lang.types import Type, Value
from zhunsheng.lang.unparse import unparse
from zhunsheng.narrate import values
from zhunsheng.read import parse_case
from zhunsheng.read.text import decode, read_bytes

Json = Mapping[str, Any]
WORDS = ("none", "unknown")
"""What a case file writes without quotes where there is no value. A text that is one of these is not told apart from them."""
LARGEST = 64 * 2**20
"""Bytes of a file of results: those of a large pack hold a case for each finding."""


@dataclass(frozen=True)
class Results:
    """`checked`: None where no check was read; `proofs`: of whatever was read."""

    checked: Checked | None = None
    proofs: tuple[Proof, ...] = ()


def results_from(pack: Pack, theorems: Sequence[Theorem], text: str, file: str) -> Results:
    """The results in the text of a file. InputError where it is none, or of another pack, or of theorems that are not these."""
    try:
        data = json.loads(text)
        if data["pack"]["digest"] != pack.digest:
            other = f"{data['pack']['version']}, {data['pack']['digest'][:16]}"
            what = f"these are results of another version of the rules ({other})"
            raise _refused(file, what, "run `zhunsheng check --json` again and name what it writes")
        reader = _Reader(pack, {theorem.name: theorem for theorem in theorems}, file)
        proofs = tuple(reader.proof(one) for one in data["theorems"])
        return Results(reader.checked(data, proofs) if "findings" in data else None, proofs)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, StopIteration) as wrong:
        hint = "name a file that `zhunsheng check --json` or `zhunsheng prove --json` wrote"
        raise _refused(file, "these are no results of a check or of proofs", hint) from wrong


def results_in(pack: Pack, theorems: Sequence[Theorem], file: str) -> Results:
    """The results in a file, at most `LARGEST` bytes."""
    return results_from(pack, theorems, decode(read_bytes(Path(file), LARGEST), file), file)


def _refused(file: str, what: str, instead: str) -> InputError:
    return InputError([Problem(Place(file), what, instead)])


@dataclass(frozen=True)
class _Reader:
    pack: Pack
    theorems: Mapping[str, Theorem]
    file: str

    def checked(self, data: Json, proofs: tuple[Proof, ...]) -> Checked:
        findings = tuple(self._finding(one) for one in data["findings"])
        stale = tuple((one["owner"], one["key"]) for one in data["stale"])
        not_shown = tuple((one["what"], one["why"]) for one in data["not_shown"])
        asked = {Kind(kind): number for kind, number in data["asked"].items()}
        return Checked(findings, stale, not_shown, asked, proofs)

    def _finding(self, data: Json) -> Finding:
        definition = self.pack.definitions.get(data["subject"])
        types = dict(definition.parameters) if definition is not None else {}
        arguments = {name: self._value(value, types.get(name)) for name, value in data["arguments"].items()}
        return Finding(
            Kind(data["kind"]), data["key"], tuple(data["provisions"]), data["subject"], tuple(data["parts"]), arguments,
            data["answer"], tuple(data["outcomes"]), data["readings"], self._case(data["case"]), data["recorded"],
            data["bounded"],
        )  # fmt: skip

    def proof(self, data: Json) -> Proof:
        """One variant, its counterexample judged anew."""
        theorem = self.theorems.get(data["theorem"])
        if theorem is None:
            what = f"these are results of a theorem that is not there, {data['theorem']!r}"
            raise _refused(self.file, what, "run `zhunsheng check --json` again and name what it writes")
        variant = next(one for one in theorem.variants if _written(one) == data["readings"])
        premises = [unparse(one) for one in theorem.given]
        horizon = tuple(date.fromisoformat(data["horizon"][end]) for end in ("from", "to"))
        verdict = Verdict(data["verdict"])
        found = self._example(theorem, data["counterexample"])
        if found is not None and not found.judged.counterexample(theorem):
            raise _refused(self.file, f"the case against {theorem.name!r} does not refute it", "run the check again")
        rules = data["rules"]
        return Proof(
            theorem, variant, verdict, data["slots"], (horizon[0], horizon[1]), found, self._example(theorem, data["example"]),
            tuple(premises.index(one) for one in data["unneeded"]),
            rules=None if rules is None else tuple((one["definition"], one["rule"]) for one in rules), why=data["why"],
        )  # fmt: skip

    def _example(self, theorem: Theorem, data: Json | None) -> Counterexample | None:
        if data is None:
            return None
        before, after = self._case(data["before"]), self._case(data["after"])
        if before is None:
            raise ValueError("a case is wanted")
        types = {name.name: name.type for name in theorem.names}
        names = {name: self._value(value, types.get(name)) for name, value in data["names"].items()}
        instance = _instance(theorem, before, after, names)
        return Counterexample(before, after, names, instance, judge(self.pack, theorem, instance))

    def _case(self, data: Json | None) -> Case | None:
        return None if data is None else parse_case(as_case_file(data), self.file, self.pack)

    def _value(self, written: Any, type_: Type | None) -> Value:
        """A value from its written form; an element stays its path."""
        if not isinstance(written, str) or type_ is None or self.pack.element_of(type_.base) is not None:
            return written if isinstance(written, bool | int | str) else json.dumps(written)
        value = values.value_of(self.pack, written, type_)
        return written if value is None else value


def as_case_file(data: Any) -> str:
    """The text of a case file that says what the JSON of a case says: words for no value stand there without quotes."""
    match data:
        case dict():
            entries = (f"{json.dumps(key, ensure_ascii=False)}: {as_case_file(value)}" for key, value in data.items())
            return "{" + ", ".join(entries) + "}"
        case list():
            return "[" + ", ".join(map(as_case_file, data)) + "]"
        case str() if data in WORDS:
            return data
        case _:
            return json.dumps(data, ensure_ascii=False)


def _written(variant: Variant) -> Any:
    return "all" if variant.every else dict(variant.readings)


def _instance(theorem: Theorem, before: Case, after: Case | None, names: Mapping[str, Value]) -> Instance:
    """What the theorem speaks of in these cases: new elements stand at the end of the lists of the case after."""
    env: dict[str, Value | Element] = {}
    new: dict[str, Mapping[str, Any]] = {}
    for name in theorem.names:
        if name.ranges is Ranges.NEW and name.collection is not None and after is not None:
            new[name.name] = _joined(theorem, name.name, name.collection, after)
        elif name.collection is not None:
            index = int(str(names[name.name]).rpartition("[")[2].rstrip("]"))
            env[name.name] = Element(name.collection, index)
        else:
            env[name.name] = names[name.name]
    choices = {name: made.value for name, made in before.choices.items()}
    later = choices if after is None else {name: made.value for name, made in after.choices.items()}
    return Instance(before.facts, before.readings, choices, later, env, new)


def _joined(theorem: Theorem, name: str, collection: str, after: Case) -> Mapping[str, Any]:
    """The new element's fields, as the last ones of the list after the change have them."""
    new = [one.name for one in theorem.names if one.ranges is Ranges.NEW and one.collection == collection]
    listing: Listing = after.facts[collection]
    entry: Mapping[str, Any] = listing.elements[len(listing.elements) - len(new) + new.index(name)]
    return entry
