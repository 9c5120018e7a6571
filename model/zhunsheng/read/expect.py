"""What a case expects of its answers, and the keys of answers: `attained`, `lines[1号窑].level`, `may_apply_for[A]`,
`grade_on(2025-10-15)`, `duties[branch-reviews-papers]`.

`want` holds only the keys that are written. A bare value stands for `status: determined` with that one outcome.
Outcomes are values, `FailureKind`s, or pairs (least, greatest); `depends_on` maps each kind written to its symbols.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from zhunsheng.lang.case import Expectation, Listing
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import CollectionSpec, Definition, Pack
from zhunsheng.lang.scope import nearest
from zhunsheng.lang.types import DAY, YES_NO, Type
from zhunsheng.read import words
from zhunsheng.read.full_width import lines_wanted
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Mapping as MappingNode
from zhunsheng.read.nodes import Node, Scalar, Sequence, kind_of
from zhunsheng.read.typist import due
from zhunsheng.read.vocabulary import Vocabulary, read_value, spellings
from zhunsheng.read.words import Report

STATUSES = ("determined", "open", "gap", "conflict", "no_data", "unlawful_choice", "not_shown")
FIRM = ("every", "single", "no")
LONG = ("status", "outcomes", "depends_on", "firm", "differs_under")
KINDS = ("facts", "readings", "discretion")
FAILURES = {kind.word: kind for kind in FailureKind}
KEY = re.compile(r"(?P<name>[^\[\](]+)(?:\[(?P<which>.*?)\])?(?:\((?P<call>[^()]*)\))?(?:\.(?P<rest>\w+))?", re.DOTALL)


class ExpectationReader:
    """Reads the expectations of one case, whose facts give the labels of elements."""

    def __init__(self, pack: Pack, facts: Mapping[str, Any], report: Report) -> None:
        self.pack, self.facts, self.report = pack, facts, report
        self.vocabulary = Vocabulary(pack.enumerations, pack.specials)

    def all(self, node: Node | None) -> tuple[Expectation, ...]:
        if node is None:
            return ()
        if not isinstance(node, MappingNode):
            lines_wanted(node, self.report, f"`expect:` holds `answer: value` lines, not {kind_of(node)}")
            return ()
        return tuple(found for key, value in node.entries for found in self.one(key, value))

    def one(self, key: Scalar, node: Node) -> Iterator[Expectation]:
        if key.text.startswith("duties["):
            yield from self.duty(key, node)
            return
        if (found := self.answer(key)) is not None:
            label, definition = found
            yield Expectation(label, self.wanted(node, definition.type, label), key.place)

    # -- keys

    def answer(self, key: Scalar) -> tuple[str, Definition] | None:
        """The answer's key in its one written form, and its definition."""
        match = KEY.fullmatch(key.text)
        name, which, call, rest = match.groups() if match else (key.text, None, None, None)
        single = name.partition(".") if which is None and name.partition(".")[0] in self.pack.collections else None
        if single is not None and single[2]:
            name, which, rest = single[0], "", single[2]
        if name in self.pack.collections and rest:
            return self.of_element(self.pack.collections[name], which or "", rest, key)
        definition = self.pack.definitions.get(name)
        if definition is None or rest:
            self.no_answer(key)
            return None
        if not definition.parameters and which is None and call is None:
            return name, definition
        if len(definition.parameters) == 1 and (which is not None or call is not None):
            label = self.argument(definition, definition.parameters[0][1], which, call, key)
            return None if label is None else (label, definition)
        self.report.add(key.place, f"{key.text!r} does not say which answer is meant", self.shape(definition))
        return None

    def no_answer(self, key: Scalar) -> None:
        names = [name for name in self.pack.definitions if not name.startswith("duty ")]
        names += [f"{self.plural(name)}[…].{name.split('.')[1]}" for name in names if "." in name and self.plural(name)]
        hint = nearest(key.text, names) or f"answers: {', '.join(self.pack.answers)}"
        self.report.add(key.place, f"there is no answer {key.text!r}", hint)

    def plural(self, name: str) -> str:
        collection = self.pack.element_of(name.split(".")[0])
        return collection.name if collection else ""

    def shape(self, definition: Definition) -> str:
        if not definition.parameters:
            return f"write {definition.name}"
        if self.plural(definition.name) and "." in definition.name:
            return f"write {self.plural(definition.name)}[…].{definition.name.split('.')[1]}"
        type_ = definition.parameters[0][1]
        return f"write {definition.name}(2025-11-03)" if type_ == DAY else f"write {definition.name}[…]"

    def of_element(self, spec: CollectionSpec, which: str, rest: str, key: Scalar) -> tuple[str, Definition] | None:
        definition = self.pack.definitions.get(f"{spec.element}.{rest}")
        if definition is None or len(definition.parameters) != 1:
            own = [name.split(".")[1] for name in self.pack.definitions if name.startswith(f"{spec.element}.")]
            hint = nearest(rest, own) or (
                f"answers: {', '.join(own)}" if own else f"{spec.name} have no answers of their own"
            )
            self.report.add(key.place, f"{spec.name} have no answer {rest!r}", hint)
            return None
        label = self.element(spec, which, key)
        return None if label is None else (f"{label}.{rest}", definition)

    def element(self, spec: CollectionSpec, which: str, key: Scalar) -> str | None:
        """The label of an element, from its name or its number."""
        listing = self.facts[spec.name]
        labels = listing.labels if isinstance(listing, Listing) else ()
        for label in labels:
            if label in (f"{spec.name}[{which}]", spec.name if not which else None):
                return label
        if which.isdecimal() and int(which) < len(labels):
            return labels[int(which)]
        text = f"{spec.name}[{which}]"
        hint = nearest(text, labels) or (
            f"there are: {', '.join(labels)}" if labels else f"the case states no {spec.name}"
        )
        self.report.add(key.place, f"there is no {text}", hint)
        return None

    def argument(
        self, definition: Definition, type_: Type, which: str | None, call: str | None, key: Scalar
    ) -> str | None:
        name = definition.name
        if type_ == DAY and call is not None:
            found = Report()
            at = key.locate()(key.text.index(f"({call})") + 1)
            day = words.day(Scalar(call, "", at.line, at.column, False, key.lines), found)
            self.report.add_all(found.problems)
            return None if found.problems else f"{name}({day})"
        if (spec := self.pack.element_of(type_.base)) is not None and which is not None:
            label = self.element(spec, which, key)
            return None if label is None else name + label[label.find("[") if "[" in label else 0 :]
        if (enumeration := self.pack.enumerations.get(type_.base)) is not None and which is not None:
            by_spelling = {spelling: value.written for value in enumeration.values for spelling in spellings(value)}
            if which in by_spelling:
                return f"{name}[{by_spelling[which]}]"
            hint = nearest(which, by_spelling) or f"values: {', '.join(value.written for value in enumeration.values)}"
            self.report.add(key.place, f"{which!r} is no value of {enumeration.name}", hint)
            return None
        self.report.add(key.place, f"{key.text!r} does not say which answer is meant", self.shape(definition))
        return None

    # -- what is wanted

    def duty(self, key: Scalar, node: Node) -> Iterator[Expectation]:
        match = re.fullmatch(r"duties\[(.+)\](?:\.(owed|by))?", key.text)
        name, part = (match[1], match[2]) if match else (key.text, None)
        if name not in self.pack.duties:
            self.report.add(key.place, f"there is no duty {name!r}", nearest(name, self.pack.duties))
            return
        types = {"owed": YES_NO, "by": self.pack.definitions[due(name)].type}
        parts: list[tuple[str, Node]]
        if part is not None or not isinstance(node, MappingNode):
            parts = [(part or "owed", node)]
        else:
            keys = Keys(node, "what is expected of a duty", self.report)
            parts = [(word, value) for word in types if (value := keys.maybe(word)) is not None]
            keys.close()
        for word, value in parts:
            label = f"duties[{name}].{word}"
            yield Expectation(label, self.wanted(value, types[word], label), value.place)

    def wanted(self, node: Node, type_: Type, label: str) -> Mapping[str, Any]:
        if not (isinstance(node, MappingNode) and any(nearest(key.text, LONG) for key, _ in node.entries)):
            outcome = self.outcome(node, type_, label)
            if isinstance(outcome, FailureKind):
                return {"status": outcome.word}
            return {"status": "determined", "outcomes": (outcome,)}
        keys = Keys(node, "an expectation", self.report)
        want: dict[str, Any] = {}
        if keys.has("status"):
            want["status"] = keys.one_of("status", STATUSES, "status", "")
        if keys.has("outcomes"):
            want["outcomes"] = self.outcomes(keys.need("outcomes"), type_, label)
        if (depends := keys.maybe("depends_on")) is not None:
            want["depends_on"] = self.depends_on(depends)
        if keys.has("firm"):
            want["firm"] = keys.one_of("firm", FIRM, "word for how firm an answer is", "")
        if keys.has("differs_under"):
            want["differs_under"] = tuple(
                self.difference(item, type_, label) for item in keys.items("differs_under", "differences")
            )
        keys.close()
        return want

    def outcomes(self, node: Node | None, type_: Type, label: str) -> tuple[Any, ...]:
        if node is None:
            return ()
        return tuple(self.outcome(item, type_, label) for item in words.items(node, self.report, "outcomes"))

    def outcome(self, node: Node, type_: Type, label: str) -> Any:
        """A value, a failure written `{gap: true}`, or a span written `{from: …, to: …}`."""
        if isinstance(node, MappingNode):
            keys = [key.text for key, _ in node.entries]
            if len(keys) == 1 and keys[0] in FAILURES:
                return FAILURES[keys[0]]
            if keys == ["from", "to"]:
                return tuple(
                    read_value(value, type_, self.vocabulary, self.report, label, answer=True)
                    for _, value in node.entries
                )
        return read_value(node, type_, self.vocabulary, self.report, label, answer=True)

    def difference(self, node: Node, type_: Type, label: str) -> Mapping[str, Any]:
        """`{readings: {name: option}, status: …, outcomes: […]}`, or `{reading: name, option: name, outcomes: […]}`."""
        keys = Keys(node, "a difference", self.report)
        found: dict[str, Any] = {}
        if keys.has("reading"):
            found["readings"] = self.options({keys.string("reading"): (keys.string("option"), keys.node)})
        elif isinstance(given := keys.need("readings"), MappingNode):
            found["readings"] = self.options(
                {k.text: (v.text if isinstance(v, Scalar) else "", v) for k, v in given.entries}
            )
        if keys.has("status"):
            found["status"] = keys.one_of("status", STATUSES, "status", "")
        if keys.has("outcomes"):
            found["outcomes"] = self.outcomes(keys.need("outcomes"), type_, label)
        keys.close()
        return found

    def options(self, given: Mapping[str, tuple[str, Node]]) -> dict[str, str]:
        return {
            name: option
            for name, (option, node) in given.items()
            if known_option(self.pack, name, option, node, self.report)
        }

    def depends_on(self, node: Node) -> Mapping[str, tuple[str, ...]]:
        """A list is short for `{facts: […]}`."""
        if isinstance(node, Sequence):
            return {"facts": words.strings(node, self.report, "paths of facts")}
        keys = Keys(node, "`depends_on`", self.report)
        found = {kind: keys.strings(kind, "names") for kind in KINDS if keys.has(kind)}
        for kind, names in (("readings", self.pack.readings), ("discretion", self.pack.discretions)):
            for name in found.get(kind, ()):
                if name not in names:
                    self.report.add(
                        keys.place_of(kind), f"there is no {kind.removesuffix('s')} {name!r}", nearest(name, names)
                    )
        keys.close()
        return found


def known_option(pack: Pack, name: str, option: str, node: Node, report: Report) -> bool:
    """Whether a reading and an option of it exist; if not, the report is told."""
    if name not in pack.readings:
        report.add(
            node.place,
            f"there is no reading {name!r}",
            nearest(name, pack.readings) or f"readings: {', '.join(pack.readings)}",
        )
        return False
    options = [known.name for known in pack.readings[name].options]
    if option not in options:
        report.add(
            node.place,
            f"{option!r} is no option of {name!r}",
            nearest(option, options) or f"options: {', '.join(options)}",
        )
        return False
    return True
