"""The file in which a user keeps an official text, provision by provision, and reading it again.

It holds the official wording, so it belongs to its user and not to a pack. Each provision has a fingerprint, the first 16 digits
of the SHA-256 of its normal form: a file that somebody has changed by hand is noticed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.wording import Heading, Official, Worded, normal
from zhunsheng.read.canonical import digest_of
from zhunsheng.read.text import decode, read_bytes

FORMAT = 1
KEYS = {"format", "pack", "file", "digest", "chapters", "provisions"}
AGAIN = "attach the text again with `zhunsheng text attach`"


def fingerprint_of(text: str) -> str:
    """Of the words alone: layout makes no difference."""
    return digest_of(normal(text))[:16]


def wording_data(pack: Pack, text: Official) -> dict[str, Any]:
    """What the file holds."""
    return {
        "format": FORMAT,
        "pack": pack.name,
        "file": Path(text.file).name,
        "digest": text.digest,
        "chapters": [{"chapter": one.number, "title": one.title, "line": one.line} for one in text.chapters],
        "provisions": [
            {
                "provision": one.ref, "chapter": one.chapter, "wording": one.text, "fingerprint": fingerprint_of(one.text),
                "line": one.line, "column": one.column,
            }
            for one in text.provisions.values()
        ],
    }  # fmt: skip


def load_wording(path: Path | str, pack: Pack) -> Official:
    """The text as it was attached. InputError where the file is none, is of another pack, or was changed by hand."""
    place = Place(str(path))
    try:
        data = json.loads(decode(read_bytes(Path(path)), str(path)))
    except json.JSONDecodeError as error:
        at = Place(str(path), error.lineno, error.colno)
        raise InputError([Problem(at, "this file is no JSON, so no text is attached in it", AGAIN)]) from None
    if not (isinstance(data, dict) and data.keys() == KEYS and data["format"] == FORMAT):
        raise InputError([Problem(place, "no text is attached in this file", AGAIN)])
    if data["pack"] != pack.name:
        what = f"the text in this file is attached to the pack {data['pack']!r}, not to {pack.name!r}"
        raise InputError([Problem(place, what, "name the other file, or the other pack with --pack")])
    try:
        text = _official(data)
    except (KeyError, TypeError, ValueError):
        raise InputError([Problem(place, "this file is not as it was written", AGAIN)]) from None
    _as_written(data["provisions"], text, place)
    return text


def _official(data: Mapping[str, Any]) -> Official:
    chapters = tuple(Heading(int(one["chapter"]), str(one["title"]), int(one["line"])) for one in data["chapters"])
    provisions = [
        Worded(str(one["provision"]), str(one["wording"]), int(one["chapter"]), int(one["line"]), int(one["column"]))
        for one in data["provisions"]
    ]
    return Official(str(data["file"]), str(data["digest"]), chapters, {one.ref: one for one in provisions})


def _as_written(rows: list[Mapping[str, Any]], text: Official, place: Place) -> None:
    changed = [str(row["provision"]) for row in rows if row.get("fingerprint") != fingerprint_of(str(row["wording"]))]
    problems = [Problem(place, f"the wording of {ref} is not the one that was attached", AGAIN) for ref in changed]
    if len(rows) != len(text.provisions):
        problems.append(Problem(place, "a provision stands in this file twice", AGAIN))
    if problems:
        raise InputError(problems)
