"""pack.yaml: what the pack is, when it is in force, which questions it answers, which files it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhunsheng.errors import Place
from zhunsheng.lang.types import Text
from zhunsheng.read import words
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Node, Scalar
from zhunsheng.read.words import Report

Named = tuple[tuple[str, Place], ...]
"""Names, each with its place."""


@dataclass(frozen=True)
class Identity:
    name: str
    version: str
    title: Text
    authority: Text
    in_force: tuple[date, date | None]
    horizon: tuple[date, date]
    as_of: tuple[str, Place]
    reference_days: Named
    answers: Named
    cautions: tuple[Text, ...]
    articles: Named


def read_identity(root: Node, report: Report) -> Identity:
    keys = Keys(root, "pack.yaml", report)
    format_version(keys)
    name = keys.label("pack", "the name of a pack")
    version, title, authority = keys.string("version"), keys.sentence("title"), keys.sentence("authority")
    in_force = _span(keys, "in_force", open_end=True)
    first, last = _span(keys, "horizon", open_end=False)
    languages = keys.strings("languages", "languages")
    if languages and sorted(languages) != ["en", "zh"]:
        report.add(keys.place_of("languages"), "a pack speaks two languages", "write `languages: [zh, en]`")
    cautions = tuple(words.sentence(node, report) for node in keys.items("cautions", "texts"))
    identity = Identity(
        name, version, title, authority, in_force, (first, last or date.max),
        (keys.string("as_of"), keys.place_of("as_of")),
        tuple(_named(keys, "reference_days")), tuple(_named(keys, "answers")), cautions,
        tuple(_named(keys, "articles")),
    )  # fmt: skip
    keys.close()
    return identity


def format_version(keys: Keys) -> None:
    """`format: 1` may be left out; any other is refused."""
    node = keys.maybe("format")
    if node is not None and not (isinstance(node, Scalar) and node.text == "1"):
        keys.report.add(node.place, "this program reads format 1 only", "write `format: 1`")


def _named(keys: Keys, key: str) -> Iterator[tuple[str, Place]]:
    for node in keys.items(key, "names", required=True):
        yield words.string(node, keys.report, "a name"), node.place


def _span(keys: Keys, key: str, open_end: bool) -> tuple[date, date | None]:
    """`{from: day, to: day}`; with `open_end`, `to` may be none."""
    node = keys.need(key)
    if node is None:
        return words.NO_DAY, None
    own = Keys(node, f"`{key}`", keys.report)
    first, last = own.day("from"), own.need("to")
    own.close()
    if last is None or (open_end and isinstance(last, Scalar) and last.text == "none"):
        return first, None
    end = words.day(last, keys.report)
    if end < first and words.NO_DAY not in (first, end):
        keys.report.add(last.place, f"`{key}` ends on {end}, before it begins on {first}")
    return first, end
