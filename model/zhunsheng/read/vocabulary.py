"""Types and values as files write them: `table of grade or n/a by indicator`, `B-`, `2025-11-03`."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhunsheng.errors import Place
from zhunsheng.lang.scope import nearest
from zhunsheng.lang.types import BUILT_IN, Enumeration, EnumValue, Period, Special, Text, Type, Value, special
from zhunsheng.read import words
from zhunsheng.read.nodes import Mapping as MappingNode
from zhunsheng.read.nodes import Node, Scalar, Sequence, kind_of
from zhunsheng.read.words import Report

TRUTHS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
NONE_TITLE = Text("无", "none")
NO_TYPE = Type("nothing")
UNITS = ("years", "months", "days")


@dataclass(frozen=True)
class Vocabulary:
    """What values are called. `specials`: identifier -> (written form, title); `elements`: the names of elements."""

    enumerations: Mapping[str, Enumeration] = field(default_factory=dict)
    specials: Mapping[str, tuple[str, Text]] = field(default_factory=lambda: {"none": ("none", NONE_TITLE)})
    horizon: tuple[date, date] = (date.min, date.max)
    elements: frozenset[str] = frozenset()

    def special(self, written: str) -> str | None:
        """The identifier of a special value, from its identifier or its written form."""
        if written in self.specials:
            return written
        return next((name for name, (form, _) in self.specials.items() if form == written), None)


def read_type(text: str, place: Place, vocabulary: Vocabulary, report: Report, elements: bool = False) -> Type:
    """A type from its words; `elements`: an element's name may stand for its type. `NO_TYPE` where refused."""
    rest, keyed_by = " ".join(text.split()), None
    if rest.startswith("table of "):
        rest, separator, keyed_by = rest.removeprefix("table of ").rpartition(" by ")
        if not separator:
            report.add(place, f"{text!r} does not say what its keys are", "write `table of … by <enumeration>`")
            return NO_TYPE
        if keyed_by not in vocabulary.enumerations:
            if report.incomplete:
                return NO_TYPE
            report.add(place, f"{keyed_by!r} is no enumeration", nearest(keyed_by, vocabulary.enumerations))
            return NO_TYPE
    base, *specials = rest.split(" or ")
    known = [*sorted(BUILT_IN), *vocabulary.enumerations, *(sorted(vocabulary.elements) if elements else [])]
    if base not in known:
        if report.incomplete:
            return NO_TYPE
        report.add(place, f"there is no type {base!r}", nearest(base, known) or f"types: {', '.join(known)}")
        return NO_TYPE
    found = set()
    for written in specials:
        special = vocabulary.special(written)
        if special is None:
            hint = nearest(written, vocabulary.specials) or "declare it under `special_values:` in facts.yaml"
            report.add(place, f"{written!r} is no special value", hint)
            return NO_TYPE
        found.add(special)
    return Type(base, frozenset(found), keyed_by)


def spellings(value: EnumValue) -> Iterator[str]:
    """Every way a case may write a value."""
    yield from dict.fromkeys((value.written, value.name, *value.also, value.title.zh))


def written(value: Value, type_: Type, vocabulary: Vocabulary) -> str:
    """A value as cases and output write it."""
    match value:
        case bool():
            return "true" if value else "false"
        case Special(name=name):
            return vocabulary.specials[name][0]
        case date():
            return value.isoformat()
        case Period():
            return " ".join(f"{unit}: {getattr(value, unit)}" for unit in UNITS if getattr(value, unit))
        case str() if type_.base in vocabulary.enumerations:
            return vocabulary.enumerations[type_.base].by_name[value].written
        case _:
            return str(value)


def read_value(
    node: Node, type_: Type, vocabulary: Vocabulary, report: Report, what: str, answer: bool = False
) -> Value | None:
    """A value of a type as a file writes it; None where refused (with a problem naming `what`).

    `answer`: values that only answers have, and mappings such as `{tie: [A, B]}`, are allowed.
    """
    if isinstance(node, Scalar) and (special := _special(node, type_, vocabulary)):
        return special
    match type_.base:
        case "yes/no":
            return _truth(node, report, what)
        case "number":
            return _checked(words.integer(node, before := Report(), f"{what}: a whole number"), before, report)
        case "day":
            return _day(node, type_, vocabulary, report, what)
        case "period":
            return read_period(node, report)
        case "text":
            return _text(node, report, what)
        case _:
            return _enumerated(node, vocabulary.enumerations[type_.base], type_, vocabulary, report, what, answer)


def _checked(value: Value, found: Report, report: Report) -> Value | None:
    report.add_all(found.problems)
    return None if found.problems else value


def _special(node: Scalar, type_: Type, vocabulary: Vocabulary) -> Special | None:
    name = vocabulary.special(node.text.strip())
    return special(name) if name in type_.special and name is not None else None


def _truth(node: Node, report: Report, what: str) -> bool | None:
    if isinstance(node, Scalar) and node.text in TRUTHS:
        return TRUTHS[node.text]
    report.add(node.place, f"{what} is yes or no, not {kind_of(node)}", "write true or false")
    return None


def _day(node: Node, type_: Type, vocabulary: Vocabulary, report: Report, what: str) -> date | None:
    found = Report()
    value = words.day(node, found, what, " or ".join(vocabulary.specials[name][0] for name in sorted(type_.special)))
    report.add_all(found.problems)
    if found.problems:
        return None
    first, last = vocabulary.horizon
    if not first <= value <= last:
        report.add(
            node.place, f"{what}: {value} lies outside the days this pack speaks of",
            f"they run from {first} to {last}",
        )  # fmt: skip
        return None
    return value


def read_period(node: Node, report: Report) -> Period | None:
    """`{years: 1}`, `{months: 6}`, `{days: 5}`, or several of them together."""
    if not isinstance(node, MappingNode) or not node.entries:
        report.add(
            node.place,
            f"a period is wanted here, not {kind_of(node)}",
            "write it as `{years: 1}`, `{months: 6}` or `{days: 10}`",
        )
        return None
    lengths: dict[str, int] = {}
    before = len(report.problems)
    for key, value in node.entries:
        if key.text not in UNITS:
            report.add(
                key.place,
                f"a period has no unit {key.text!r}",
                nearest(key.text, UNITS) or "units: years, months, days",
            )
            continue
        lengths[key.text] = words.integer(value, report)
        if not 0 <= lengths[key.text] <= 36500:
            report.add(value.place, "a period is from 0 to 36500 of its unit")
    return Period(**lengths) if len(report.problems) == before else None


def _text(node: Node, report: Report, what: str) -> str | None:
    found = Report()
    text = words.string(node, found)
    report.add_all(found.problems)
    if found.problems:
        return None
    if not text or len(text) > 1000:
        report.add(node.place, f"{what} is " + ("empty" if not text else "longer than 1000 characters"))
        return None
    if text in ("none", "unknown"):
        report.add(node.place, f"{what} cannot be {text!r}", "leave the line out if it is not known")
        return None
    return text


def _enumerated(
    node: Node, enumeration: Enumeration, type_: Type, vocabulary: Vocabulary, report: Report, what: str, answer: bool
) -> str | None:
    by_spelling = {spelling: value for value in enumeration.values for spelling in spellings(value)}
    allowed = [value.written for value in enumeration.values if answer or not value.answer_only]
    allowed += [vocabulary.specials[name][0] for name in sorted(type_.special)]
    if not isinstance(node, Scalar):
        form = canonical(plain_data(node))
        if answer and form in by_spelling:
            return by_spelling[form].name
        report.add(
            node.place,
            f"{what}: a value of {enumeration.name} is wanted, not {kind_of(node)}",
            f"values: {', '.join(allowed)}",
        )
        return None
    text = node.text.strip()
    found = by_spelling.get(text)
    if found is None:
        values = f"values: {', '.join(allowed)}"
        close = _closest(text, by_spelling)
        hint = f"{close} ({values})" if close else values
        report.add(node.place, f"{what}: {text!r} is no value of {enumeration.name}", hint)
        return None
    if taken := words.taken_for(node):
        write = f"write {words.quoted(text)}"
        report.add(node.place, f"{what}: {text!r} is {taken} to YAML, and text is wanted here", write)
        return None
    if found.answer_only and not answer:
        report.add(node.place, f"{what}: {text!r} may be an answer, not a fact", f"values: {', '.join(allowed)}")
        return None
    return found.name


def _closest(text: str, known: Mapping[str, EnumValue]) -> str:
    """The spelling that was meant, if full-width letters or capitals are all that differs, else the nearest."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    same = next((spelling for spelling in known if spelling.casefold() == folded), "")
    return f"write {same!r}" if same else nearest(text, known)


def plain_data(node: Node) -> Any:
    """The strings, lists and mappings of a node, whole numbers as integers."""
    match node:
        case Scalar(text=text):
            return int(text) if node.plain and words.WHOLE.fullmatch(text) and len(text) < 12 else text
        case Sequence(items=items):
            return [plain_data(item) for item in items]
        case MappingNode(entries=entries):
            return {key.text: plain_data(value) for key, value in entries}


def canonical(data: Any) -> str:
    """Canonical JSON: for strings, integers, lists and mappings with ASCII keys this is RFC 8785."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
