"""Theorem files: what is claimed of every case, or of every case before and after named changes.

text -> strict trees, one for each theorem -> names -> premises, changes, claim, typed -> Theorem
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Several
from pathlib import Path
from typing import Any

from zhunsheng.errors import InputError, Place
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.scope import nearest
from zhunsheng.lang.theorem import Name, Ranges, Theorem, Variant, Verdict
from zhunsheng.lang.types import Type
from zhunsheng.lang.unparse import unparse
from zhunsheng.read import words
from zhunsheng.read.changes import edit_words, read_change
from zhunsheng.read.identity import format_version
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Mapping, Node, Scalar, Sequence, kind_of
from zhunsheng.read.premises import Book, Expressions
from zhunsheng.read.strict_yaml import read_documents
from zhunsheng.read.text import decode, read_bytes
from zhunsheng.read.vocabulary import NO_TYPE, read_type
from zhunsheng.read.words import Report

EXPECTED = (Verdict.PROVED, Verdict.REFUTED, Verdict.BOUNDED, Verdict.NOT_SHOWN)
"""What a file may expect. A theorem whose premises are impossible is a mistake of its file."""
NEVER_NAMED = ("period", "text")


def load_theorems(paths: Path | str | Several[Path | str], pack: Pack) -> tuple[Theorem, ...]:
    """The theorems of a folder (its *.yaml, sorted) or of files, in their order. InputError with every problem found."""
    report = Report()
    book = Book.of(pack)
    found = [theorem for path in _files(paths, report) for theorem in _in_file(path, book, report)]
    _names_stand_once(found, report)
    report.stop_if_any()
    return tuple(found)


def canonical_theorem(theorem: Theorem) -> dict[str, Any]:
    """What a theorem says, as strings, lists and mappings with ASCII keys: the same for the same theorem, however written."""
    return {
        "theorem": theorem.name,
        "says": {"zh": theorem.says.zh, "en": theorem.says.en},
        "provisions": list(theorem.provisions),
        "for": [[name.name, _ranges(name)] for name in theorem.names],
        "given": [unparse(expr) for expr in theorem.given],
        "change": [edit_words(edit) for edit in theorem.change],
        "claim": unparse(theorem.claim),
        "where_defined": "true" if theorem.where_defined else "false",
        "discretion": "apart" if theorem.apart else "same",
        "variants": [
            {
                "readings": "all" if variant.every else [[name, option] for name, option in sorted(variant.readings.items())],
                "expect": variant.expect.value,
            }
            for variant in theorem.variants
        ],
    }


# -- files


def _files(paths: Path | str | Several[Path | str], report: Report) -> list[Path]:
    each = [Path(path) for path in ([paths] if isinstance(paths, Path | str) else paths)]
    found: list[Path] = []
    for path in each:
        inside = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        if not inside:
            report.add(Place(str(path)), "this folder holds no theorems", "write them into files that end in .yaml")
        found.extend(inside)
    return found


def _in_file(path: Path, book: Book, report: Report) -> list[Theorem]:
    try:
        documents = read_documents(decode(read_bytes(path), str(path)), str(path))
    except InputError as error:
        report.add_all(error.problems)
        return []
    found = []
    for document in documents:
        own = Report()
        found.append(_theorem(document, book, own))
        report.add_all(own.problems)
    return found


def _names_stand_once(theorems: Iterable[Theorem], report: Report) -> None:
    first: dict[str, Theorem] = {}
    for theorem in theorems:
        if theorem.name and theorem.name in first:
            other = first[theorem.name].at
            report.add(theorem.at, f"the theorem {theorem.name!r} stands here twice (first at {other})", "rename one of them")
        first.setdefault(theorem.name, theorem)


# -- one theorem


def _theorem(node: Node, book: Book, report: Report) -> Theorem:
    keys = Keys(node, "a theorem", report)
    format_version(keys)
    name, says = keys.label("theorem", "the name of a theorem"), keys.sentence("says")
    provisions = _provisions(keys, book)
    variants = [_variant(keys, book)]
    names = _names(keys, book)
    text = Expressions(book, report, {each.name: each for each in names})
    given, known = text.premises(keys)
    change, there = read_change(keys, text, known)
    claim = text.claim(keys.expression("claim"), keys.has("change"), known, there)
    where_defined = keys.truth("where_defined", False)
    apart = keys.one_of("discretion", ("apart",), "word for `discretion:`", "") == "apart"
    if apart and not keys.has("change"):
        report.add(keys.place_of("discretion"), "nothing changes in this theorem, so nobody can choose otherwise afterwards",
                   "delete the line, or add `change:`")  # fmt: skip
    variants += _further(keys, book, variants)
    keys.close()
    _every_name_is_used(keys, names, report)
    return Theorem(
        name, says, provisions, names, given, change, claim, where_defined, apart, tuple(variants), keys.place_of("theorem")
    )


def _provisions(keys: Keys, book: Book) -> tuple[str, ...]:
    found = []
    for node in keys.items("provisions", "provisions in quotes", required=True):
        ref = words.string(node, keys.report, "the provision in quotes")
        if ref and ref not in book.provisions:
            hint = nearest(ref, sorted(book.provisions)) or 'write it as "19(5)"'
            keys.report.add(node.place, f"the pack has no provision {ref!r}", hint)
        found.append(ref)
    return tuple(found)


# -- readings and what is expected under them


def _variant(keys: Keys, book: Book) -> Variant:
    readings, every = _readings(keys, book)
    node = keys.need("expect")
    known = [verdict.value for verdict in EXPECTED]
    expect = Verdict(words.one_of(node, known, keys.report, "verdict to expect")) if node is not None else Verdict.PROVED
    because = keys.maybe_sentence("because")
    if node is not None and expect is Verdict.BOUNDED and because is None:
        keys.report.add(node.place, "a bounded verdict is no proof, so it is not expected without saying why",
                        "add `because:` with `zh: …` and `en: …`")  # fmt: skip
    return Variant(readings, every, expect)


def _readings(keys: Keys, book: Book) -> tuple[dict[str, str], bool]:
    """The options fixed, and whether all readings are open."""
    node, report = keys.need("readings"), keys.report
    if node is None:
        return {}, False
    if isinstance(node, Scalar) and node.text in ("default", "all"):
        return {}, node.text == "all"
    if not isinstance(node, Mapping):
        report.add(node.place, f"{kind_of(node)} does not say how the text is read",
                   "write `default`, `all`, or below it `reading: option` lines")  # fmt: skip
        return {}, False
    found = {}
    for key, value in node.entries:
        reading = book.pack.readings.get(key.text)
        if reading is None:
            report.add(key.place, f"the pack has no reading {key.text!r}", nearest(key.text, book.pack.readings))
            continue
        options = [option.name for option in reading.options]
        found[key.text] = words.one_of(value, options, report, f"option of {key.text}")
    return found, False


def _further(keys: Keys, book: Book, variants: list[Variant]) -> list[Variant]:
    found: list[Variant] = []
    for node in keys.items("also", "mappings of `readings:` and `expect:`"):
        own, before = Keys(node, "a further claim under `also:`", keys.report), len(keys.report.problems)
        variant = _variant(own, book)
        own.close()
        sound = len(keys.report.problems) == before
        if sound and any((variant.readings, variant.every) == (other.readings, other.every) for other in (*variants, *found)):
            keys.report.add(own.place_of("readings"), "these readings stand in the theorem twice", "delete one of them")
        found.append(variant)
    return found


# -- names


def _names(keys: Keys, book: Book) -> tuple[Name, ...]:
    node, report = keys.maybe("for"), keys.report
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        report.add(node.place, f"`for:` holds names, not {kind_of(node)}", "write below it `name: in a_list`, `name: day`, …")
        return ()
    found = []
    for key, value in node.entries:
        before = len(report.problems)
        name = words.identifier(key, report, "a name")
        made = _name(name, value, book, report)
        if name in book.scope.names() or name in book.scope.enumerations or name in book.scope.specials:
            report.add(key.place, f"{name!r} already means something in the pack", "choose another name")
        elif (values := book.scope.enumerated(made.type)) is not None and name in values.by_name:
            report.add(key.place, f"{name!r} is a value of {values.name} already", "choose another name")
        if len(report.problems) > before:
            report.broken.add(key.text)
        found.append(made)
    return tuple(found)


def _name(name: str, node: Node, book: Book, report: Report) -> Name:
    text = " ".join(words.string(node, report, "what a name stands for").split())
    first, _, rest = text.partition(" ")
    lists = book.pack.collections
    if first in (Ranges.ELEMENT.value, Ranges.NEW.value):
        if rest in lists:
            return Name(name, Ranges(first), Type(lists[rest].element), rest)
        report.add(node.place, f"{rest!r} is no list of the pack", nearest(rest, lists) or f"lists: {', '.join(lists)}")
        return Name(name, Ranges(first), NO_TYPE)
    owner = next((spec.name for spec in lists.values() if text in (spec.name, spec.element)), None)
    if owner is not None:
        report.add(node.place, f"{text!r} does not say which elements are meant", f"write `in {owner}` or `new {owner}`")
        return Name(name, Ranges.VALUE, NO_TYPE)
    type_ = read_type(text, node.place, book.vocabulary, report) if text else NO_TYPE
    if type_.keyed_by or type_.base in NEVER_NAMED:
        report.add(node.place, f"a name cannot stand for a {text}", "it stands for a day, a number, a truth value, a value of an "
                   "enumeration, or an element")  # fmt: skip
        type_ = NO_TYPE
    return Name(name, Ranges.VALUE, type_)


def _every_name_is_used(keys: Keys, names: Iterable[Name], report: Report) -> None:
    """A name that nothing speaks of was meant for something: a misspelt one, perhaps."""
    parts = [keys.maybe(key) for key in ("given", "change", "claim")]
    said = " ".join(text for part in parts if part is not None for text in _texts(part))
    listed = keys.maybe("for")
    places = {key.text: key.place for key, _ in listed.entries} if isinstance(listed, Mapping) else {}
    for name in names:
        if name.name not in report.broken and not re.search(rf"(?<![\w.]){re.escape(name.name)}(?!\w)", said):
            report.add(places[name.name], f"nothing in this theorem speaks of {name.name!r}", "delete the name")


def _texts(node: Node) -> Iterator[str]:
    match node:
        case Scalar(text=text):
            yield text
        case Sequence(items=items):
            for item in items:
                yield from _texts(item)
        case Mapping(entries=entries):
            for _, value in entries:
                yield from _texts(value)


# -- the canonical form


def _ranges(name: Name) -> str:
    return str(name.type) if name.ranges is Ranges.VALUE else f"{name.ranges.value} {name.collection}"
