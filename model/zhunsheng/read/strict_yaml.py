"""Text -> the tree of a strict YAML file, or every reason why it is not one.

Built on PyYAML's events rather than its composed nodes: nodes have already forgotten anchors, and the events of the C
parser and of the Python parser carry the same marks. The C parser is used when it is there; what is not YAML at all
is read again by the Python parser, so that messages are the same either way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import yaml

from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.read import full_width
from zhunsheng.read.nodes import Lines, Mapping, Node, Scalar, Sequence, kind_of
from zhunsheng.read.text import LARGEST

DEEPEST = 30
FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Control characters, blanks that are no spaces, other line breaks, and what changes the direction of writing."""
REASONS = (
    (r"mapping values are not allowed here", "a colon followed by a space stands inside a value",
     "put the value in quotes, or below its key after `>-`"),
    (r"could not find expected ':'", "a key stands here without its colon", "write `key: value`"),
    (r"expected <block end>, but found .*", "this line is not indented like the lines it belongs to",
     "check the indentation"),
    (r"expected ',' or '.', but got '([\[{])'", "{} stands inside a value of a list or mapping in brackets",
     "put the value in quotes"),
    (r"found character '(.)' that cannot start any token", "{} cannot begin a value", "put the value in quotes"),
)  # fmt: skip
"""What the parser says, what we say, and what to write."""


def read_tree(text: str, file: str, if_empty: str = "") -> Node:
    """The one document of a text. InputError with everything that is not strict YAML; `if_empty`: what to write instead of
    nothing."""
    first, *more = read_documents(text, file, if_empty)
    if more:
        raise InputError(
            [Problem(more[0].place, "a second document begins here", "write each document as a file of its own")]
        )
    return first


def read_documents(text: str, file: str, if_empty: str = "") -> list[Node]:
    """The documents of a text, at least one, parted by `---`. InputError with everything that is not strict YAML."""
    if len(text) > LARGEST:
        raise InputError(
            [Problem(Place(file), f"this text has {len(text):,} characters; at most {LARGEST:,} are read")]
        )
    lines = Lines.of(text, file)
    if problems := _unseen(lines):
        raise InputError(problems)
    composer = _Composer(lines)
    try:
        documents = composer.documents(iter(yaml.parse(text, Loader=FAST)))
    except yaml.YAMLError as error:
        raise InputError([*composer.problems, _not_yaml(text, lines, error)]) from None
    if composer.problems:
        raise InputError(composer.problems)
    if not documents:
        raise InputError([Problem(Place(file), "this file is empty", if_empty)])
    return documents


def _unseen(lines: Lines) -> list[Problem]:
    problems = []
    for number, line in enumerate(lines.lines, 1):
        if found := UNSEEN.search(line):
            name = unicodedata.name(found[0], f"U+{ord(found[0]):04X}")
            place = Place(lines.file, number, found.start() + 1)
            what = f"a character that cannot be seen stands here: {name}"
            problems.append(Problem(place, what, "delete it, or write an ordinary space"))
        indent = line[: len(line) - len(line.lstrip())]
        for blank, name in (("\t", "a tab"), ("\u3000", "a full-width space")):
            if blank in indent and line.strip():
                place = Place(lines.file, number, indent.index(blank) + 1)
                problems.append(Problem(place, f"{name} stands in the indentation", "indent with ordinary spaces"))
    return problems


def _not_yaml(text: str, lines: Lines, error: yaml.YAMLError) -> Problem:
    try:
        for _ in yaml.parse(text, Loader=yaml.SafeLoader):
            pass
    except yaml.YAMLError as slower:
        error = slower
    mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or str(error)
    if problem := _full_width(lines, said, mark, begun):
        return problem
    file = lines.file
    for pattern, what, instead in REASONS:
        if found := re.fullmatch(pattern, said):
            at = begun if "without its colon" in what else mark
            return Problem(_place(file, at), what.format(*map(repr, found.groups())), instead)
    instead = ""
    if begun is not None and mark is not None and (begun.line, begun.column) != (mark.line, mark.column):
        instead = f"what was begun at line {begun.line + 1}, column {begun.column + 1} is not finished"
    return Problem(_place(file, mark), f"this is not YAML: {said}", instead)


def _full_width(lines: Lines, said: str, mark: Any, begun: Any) -> Problem | None:
    """The full-width character behind an error, if it is of the kinds they cause."""
    if re.fullmatch(r"expected ',' or '.', but got .*", said):
        return full_width.before(lines, mark, begun, in_brackets=True)
    if "mapping values are not allowed here" in said:
        return full_width.before(lines, mark, begun, in_brackets=False)
    return full_width.before(lines, begun, begun, in_brackets=False) if "could not find expected ':'" in said else None


def _place(file: str, mark: Any) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)


class _Composer:
    """Events -> nodes; collects what strict YAML does not have."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.problems: list[Problem] = []

    def refuse(self, event: Any, what: str, instead: str) -> None:
        place = Place(self.lines.file, event.start_mark.line + 1, event.start_mark.column + 1)
        self.problems.append(Problem(place, what, instead))

    def documents(self, events: Iterator[Any]) -> list[Node]:
        found: list[Node] = []
        for event in events:
            match event:
                case yaml.DocumentStartEvent() if event.tags or event.version:
                    self.refuse(event, "a YAML directive ('%') stands here", "delete the line")
                case yaml.NodeEvent():
                    found.append(self.node(event, events, False, 0))
                    if isinstance(found[-1], Scalar) and found[-1].plain and not found[-1].text:
                        self.refuse(event, "this document is empty", "delete the `---`")
        return found

    def node(self, event: Any, events: Iterator[Any], flow: bool, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, f"an alias ('*{event.anchor}') stands here", "write the value out")
            return self.scalar(event, "", flow)
        if event.anchor:
            self.refuse(event, f"an anchor ('&{event.anchor}') stands here", "write each value out where it is used")
        if event.tag:
            self.refuse(
                event, f"a tag ('{event.tag}') stands here", "write the value alone, or in quotes if it begins with '!'"
            )
        if depth > DEEPEST:
            place = Place(self.lines.file, event.start_mark.line + 1, event.start_mark.column + 1)
            raise InputError([*self.problems, Problem(place, f"this is nested more than {DEEPEST} deep")])
        match event:
            case yaml.ScalarEvent():
                return self.scalar(event, event.value, flow)
            case yaml.SequenceStartEvent():
                return self.sequence(event, events, flow, depth)
            case _:
                return self.mapping(event, events, flow, depth)

    def scalar(self, event: Any, value: str, flow: bool) -> Scalar:
        mark = event.start_mark
        style = getattr(event, "style", None) or ""
        return Scalar(value, style, mark.line + 1, mark.column + 1, flow, self.lines)

    def sequence(self, event: Any, events: Iterator[Any], flow: bool, depth: int) -> Sequence:
        inside = flow or bool(event.flow_style)
        items = []
        for item in events:
            if isinstance(item, yaml.SequenceEndEvent):
                break
            node = self.node(item, events, inside, depth + 1)
            if isinstance(node, Scalar) and node.plain and not node.text and not isinstance(item, yaml.AliasEvent):
                self.refuse(item, "an item of this list is empty", "write it, or delete the dash")
            items.append(node)
        mark = event.start_mark
        return Sequence(tuple(items), mark.line + 1, mark.column + 1, inside, self.lines)

    def mapping(self, event: Any, events: Iterator[Any], flow: bool, depth: int) -> Mapping:
        inside = flow or bool(event.flow_style)
        entries: dict[str, tuple[Scalar, Node]] = {}
        for item in events:
            if isinstance(item, yaml.MappingEndEvent):
                break
            key = self.node(item, events, inside, depth + 1)
            item = next(events)
            value = self.node(item, events, inside, depth + 1)
            self.entry(entries, key, value, isinstance(item, yaml.AliasEvent))
        mark = event.start_mark
        return Mapping(tuple(entries.values()), mark.line + 1, mark.column + 1, inside, self.lines)

    def entry(self, entries: dict[str, tuple[Scalar, Node]], key: Node, value: Node, alias: bool) -> None:
        if not isinstance(key, Scalar):
            self.problems.append(Problem(key.place, f"a key is a word, not {kind_of(key)}", "write `key: value`"))
            return
        if key.text == "<<":
            self.problems.append(Problem(key.place, "a merge key ('<<') stands here", "write the entries out"))
        if key.text in entries:
            first = entries[key.text][0]
            self.problems.append(
                Problem(
                    key.place,
                    f"the key {key.text!r} stands here twice (first at line {first.line})",
                    "delete one of them",
                )
            )
            return
        if isinstance(value, Scalar) and value.plain and not value.text and not alias:
            self.problems.append(_no_value(key))
        entries[key.text] = (key, value)


def _no_value(key: Scalar) -> Problem:
    """A comma in an unquoted sentence, or in a call, splits it inside `{…}` without a word from YAML."""
    if key.flow:
        return full_width.for_key(key) or Problem(
            key.place,
            f"{key.text!r} is a key without a value: a comma has split what stands in {{…}}",
            f'write each entry on a line of its own, `key: value`, or put the sentence in quotes: "…, {key.text}"',
        )
    return Problem(key.place, f"nothing is written after '{key.text}:'", "write its value, or delete the line")
