"""Case files and scenarios -> `Case`."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from zhunsheng.errors import Place
from zhunsheng.lang.case import UNKNOWN, Case, ChoiceMade, Listing
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.scope import nearest
from zhunsheng.lang.types import DAY, Text
from zhunsheng.read import words
from zhunsheng.read.articles import citable
from zhunsheng.read.assign import Assignment
from zhunsheng.read.canonical import digest_of, value_data
from zhunsheng.read.expect import ExpectationReader, known_option
from zhunsheng.read.full_width import lines_wanted
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Mapping as MappingNode
from zhunsheng.read.nodes import Node, Scalar, kind_of
from zhunsheng.read.nodes import Sequence as SequenceNode
from zhunsheng.read.stated import FactReader, says
from zhunsheng.read.strict_yaml import read_tree
from zhunsheng.read.text import decode, read_bytes
from zhunsheng.read.vocabulary import Vocabulary, canonical, read_value
from zhunsheng.read.words import Report

AT_LEAST = "write at least `pack: <name>`, and `facts:` with an indented line for each fact that is known; or copy a scenario"
"""What an empty case file lacks."""


def load_case(path: Path | str, pack: Pack) -> Case:
    """The case in a file (of a scenario, the case without its variations). InputError with all that is wrong."""
    return parse_case(decode(read_bytes(Path(path)), str(path)), str(path), pack)


def parse_case(text: str, file: str, pack: Pack) -> Case:
    """The case in a text; `file` names it in messages."""
    report = Report()
    case, _ = _CaseReader(pack, file, report).case(read_tree(text, file, AT_LEAST))
    report.stop_if_any()
    return case


def load_scenario(path: Path | str, pack: Pack) -> list[Case]:
    """The case in a file and each of its variations, a case of its own with its own expectations."""
    report = Report()
    reader = _CaseReader(pack, str(path), report)
    base, variations = reader.case(read_tree(decode(read_bytes(Path(path)), str(path)), str(path), AT_LEAST))
    cases = [base, *(reader.variation(base, node, number) for number, node in enumerate(variations, 1))]
    report.stop_if_any()
    return cases


def set_fact(case: Case, path: str, text: str, pack: Pack) -> Case:
    """The case with one fact changed as if its file said so: `set_fact(case, "card.issued_on", "2026-03-11", pack)`.

    `text` is what a case file would hold: a value, `none`, `unknown`, `[]`, `{filed_on: 2026-03-11, …}`. The path
    `violations[+]` adds an element; `readings.<name>` and `discretion.<name>` fix a reading or a choice. InputError
    where that cannot be.
    """
    file = f"--set {path}"
    report = Report()
    changed = _CaseReader(pack, file, report).changed(case, path, read_tree(text, file), Place(file))
    report.stop_if_any()
    return changed


def rows_reader(pack: Pack, file: str, report: Report) -> Callable[[MappingNode], Case]:
    """Reads the facts of one case after another; what is wrong with any goes to the report. A list said to be `none` is empty."""
    reader = _CaseReader(pack, file, report)

    def read(facts: MappingNode) -> Case:
        entries = tuple((key, _emptied(pack, key, value)) for key, value in facts.entries)
        return reader.of_facts(dataclasses.replace(facts, entries=entries))

    return read


def _emptied(pack: Pack, key: Scalar, value: Node) -> Node:
    if key.text in pack.collections and isinstance(value, Scalar) and value.text in ("none", "[]"):
        return SequenceNode((), value.line, value.column, False, value.lines)
    return value


class _CaseReader:
    def __init__(self, pack: Pack, file: str, report: Report) -> None:
        self.pack, self.file, self.report = pack, file, report
        self.vocabulary = Vocabulary(pack.enumerations, pack.specials, pack.horizon)

    def case(self, root: Node) -> tuple[Case, tuple[Node, ...]]:
        """The case, and the nodes of its variations."""
        keys = Keys(root, "a case", self.report)
        version = keys.maybe("format")
        if version is not None and not says(version, "1"):
            self.report.add(version.place, "this program reads format 1 only", "write `format: 1`")
        self._same_pack(keys)
        title = keys.maybe("title")
        reader = FactReader(self.pack, self.report)
        facts = reader.all(keys.need("facts"))
        case = Case(
            title=self._title(title, Text(self._stem(), self._stem())),
            pack=self.pack.name, facts=facts, readings=self.readings(keys.maybe("readings"), reader.places),
            choices=self.choices(keys.maybe("discretion"), reader.places),
            known_until=self._known_until(keys, reader, facts), expect=(), sources=reader.sources, places=reader.places,
            file=self.file, provisions=self._provisions(keys), entries=keys.strings("entries", "labels"),
        )  # fmt: skip
        expect = ExpectationReader(self.pack, facts, self.report).all(keys.maybe("expect"))
        variations = keys.items("also", "variations")
        keys.close()
        return sealed_case(dataclasses.replace(case, expect=expect), self.pack), variations

    def of_facts(self, node: Node) -> Case:
        """A case of which only facts are stated."""
        reader = FactReader(self.pack, self.report)
        facts = reader.all(node)
        title = Text(self._stem(), self._stem())
        return Case(
            title=title, pack=self.pack.name, facts=facts, readings={}, choices={}, known_until=_day(facts, self.pack.as_of),
            expect=(), places=reader.places, file=self.file,
        )  # fmt: skip

    def variation(self, base: Case, node: Node, number: int) -> Case:
        """The base case with the changes of one variation; its expectations stand alone."""
        keys = Keys(node, "a variation", self.report)
        title = keys.maybe("title")
        case = base
        changes = keys.maybe("set")
        if changes is not None and not isinstance(changes, MappingNode):
            lines_wanted(changes, self.report, f"`set:` holds `path: value` lines, not {kind_of(changes)}")
        for path, value in changes.entries if isinstance(changes, MappingNode) else ():
            case = self.changed(case, path.text, value, path.place)
        places = dict(case.places)
        readings = {**case.readings, **self.readings(keys.maybe("readings"), places)}
        choices = {**case.choices, **self.choices(keys.maybe("discretion"), places)}
        until = keys.maybe("known_until")
        expect = ExpectationReader(self.pack, case.facts, self.report).all(keys.need("expect"))
        case = dataclasses.replace(
            case, readings=readings, choices=choices, expect=expect, places=places,
            title=self._title(title, _numbered(base.title, number)),
            known_until=case.known_until if until is None else self._day(until),
            entries=keys.strings("entries", "labels") or base.entries,
            provisions=self._provisions(keys) or base.provisions,
        )  # fmt: skip
        keys.close()
        return sealed_case(case, self.pack)

    def changed(self, case: Case, path: str, node: Node, at: Place) -> Case:
        """The case with what stands at `path` read from `node`."""
        kind, _, name = path.partition(".")
        if kind in ("readings", "discretion") and name and kind not in (*self.pack.facts, *self.pack.collections):
            places = dict(case.places)
            given = MappingNode(((_key(name, node), node),), at.line, at.column, False, node.lines)
            if kind == "readings":
                case = dataclasses.replace(case, readings={**case.readings, **self.readings(given, places)})
            else:
                case = dataclasses.replace(case, choices={**case.choices, **self.choices(given, places)})
            return sealed_case(dataclasses.replace(case, places=places), self.pack)
        reader = FactReader(self.pack, self.report)
        facts = Assignment(reader).apply(case.facts, path, node, at)
        until = case.known_until
        if path == self.pack.as_of and "known_until" not in case.places:
            until = _day(facts, self.pack.as_of)
        case = dataclasses.replace(
            case,
            facts=facts,
            known_until=until,
            places={**case.places, **reader.places},
            sources={**case.sources, **reader.sources},
        )
        return sealed_case(case, self.pack)

    def readings(self, node: Node | None, places: dict[str, Place]) -> dict[str, str]:
        found: dict[str, str] = {}
        if node is not None and not isinstance(node, MappingNode):
            lines_wanted(node, self.report, f"`readings:` holds `reading: option` lines, not {kind_of(node)}")
        for key, value in node.entries if isinstance(node, MappingNode) else ():
            if key.text not in self.pack.readings:
                hint = nearest(key.text, self.pack.readings) or f"readings: {', '.join(self.pack.readings)}"
                self.report.add(key.place, f"there is no reading {key.text!r}", hint)
                continue
            option = value.text if isinstance(value, Scalar) else kind_of(value)
            if known_option(self.pack, key.text, option, value, self.report):
                found[key.text] = option
                places[f"readings.{key.text}"] = value.place
        return found

    def choices(self, node: Node | None, places: dict[str, Place]) -> dict[str, ChoiceMade]:
        found: dict[str, ChoiceMade] = {}
        if node is not None and not isinstance(node, MappingNode):
            lines_wanted(node, self.report, f"`discretion:` holds `choice: value` lines, not {kind_of(node)}")
        for key, value in node.entries if isinstance(node, MappingNode) else ():
            spec = self.pack.discretions.get(key.text)
            if spec is None:
                hint = nearest(key.text, self.pack.discretions) or f"choices: {', '.join(self.pack.discretions)}"
                self.report.add(key.place, f"the law leaves no choice called {key.text!r}", hint)
                continue
            by = reason = ""
            if isinstance(value, MappingNode):
                keys = Keys(value, "a choice", self.report)
                chosen, by, reason = keys.need("choose"), keys.string("by", ""), keys.string("reason", "")
                keys.close()
                if chosen is None:
                    continue
                value = chosen
            made = read_value(value, spec.type, self.vocabulary, self.report, key.text)
            if made is not None:
                found[key.text] = ChoiceMade(made, by, reason)
                places[f"discretion.{key.text}"] = value.place
        return found

    def _same_pack(self, keys: Keys) -> None:
        name = keys.string("pack")
        if name and name != self.pack.name:
            self.report.add(
                keys.place_of("pack"), f"this case is about the pack {name!r}, and it is read with {self.pack.name!r}",
                f"write `pack: {self.pack.name}`, or choose the other pack with --pack",
            )  # fmt: skip

    def _known_until(self, keys: Keys, reader: FactReader, facts: Mapping[str, Any]) -> date | None:
        node = keys.maybe("known_until")
        if node is None:
            return _day(facts, self.pack.as_of)
        reader.places["known_until"] = node.place
        return self._day(node)

    def _day(self, node: Node) -> date | None:
        day = read_value(node, DAY, self.vocabulary, self.report, "known_until")
        return day if isinstance(day, date) else None

    def _provisions(self, keys: Keys) -> tuple[str, ...]:
        known = citable(self.pack.provisions)
        found = []
        for node in keys.items("provisions", "provisions in quotes"):
            found.append(words.string(node, self.report, "the provision in quotes"))
            if found[-1] and found[-1] not in known:
                self.report.add(
                    node.place, f"the pack has no provision {found[-1]!r}", nearest(found[-1], sorted(known))
                )
        return tuple(found)

    def _title(self, node: Node | None, otherwise: Text) -> Text:
        return otherwise if node is None else words.sentence_or_string(node, self.report)

    def _stem(self) -> str:
        return Path(self.file).stem


def _numbered(title: Text, number: int) -> Text:
    return Text(f"{title.zh}（变化{number}）", f"{title.en} (variation {number})")


def _key(name: str, node: Node) -> Scalar:
    return Scalar(name, "", node.line, node.column, False, node.lines)


def _day(facts: Mapping[str, Any], name: str) -> date | None:
    found = facts.get(name)
    return found if isinstance(found, date) else None


def sealed_case(case: Case, pack: Pack) -> Case:
    """The case with its digest: SHA-256 of what it says, without titles, sources, places and expectations."""
    data = {
        "pack": pack.name,
        "facts": [[name, _data(case.facts[name])] for name in (*pack.facts, *pack.collections)],
        "readings": [[name, case.readings[name]] for name in sorted(case.readings)],
        "discretion": [[name, value_data(case.choices[name].value)] for name in sorted(case.choices)],
        "known_until": case.known_until.isoformat() if case.known_until else "unknown",
    }
    return dataclasses.replace(case, digest=digest_of(canonical(data)))


def _data(value: Any) -> Any:
    """A fact in a form that tells unknown from none, and either from a text."""
    if value is UNKNOWN:
        return {"unknown": "yes"}
    if isinstance(value, Listing):
        elements = [_data(element) for element in value.elements]
        return {
            "elements": elements,
            "others": "none" if value.complete else "unknown",
            "stated": "yes" if value.stated else "no",
        }
    if isinstance(value, Mapping):
        return [[name, _data(part)] for name, part in value.items()]
    return value_data(value)
