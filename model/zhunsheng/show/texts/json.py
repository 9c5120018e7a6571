"""`text attach --json` and its schema; the schema of the file that keeps a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from zhunsheng.ask.publishing.attach import Beside, Change, Differs
from zhunsheng.ask.publishing.reread import Reread
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.wording import Worded
from zhunsheng.read.wording import FORMAT as WORDING_FORMAT
from zhunsheng.read.wording import fingerprint_of
from zhunsheng.show.deciding import schema as s
from zhunsheng.show.deciding.json import FORMAT, Json
from zhunsheng.show.texts.words import KEPT, WHY_PASSED, Kept

LINE: s.Schema = {"type": "integer", "minimum": 0}
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def attached_json(pack: Pack, found: Beside, differs: Sequence[Differs] | None, kept: Kept) -> Json:
    """The report, every key always there. `differences` is null where no text had been attached before."""
    text = found.text
    return {
        "format": FORMAT,
        "pack": {"id": pack.name, "digest": pack.digest, "version": pack.version},
        "text": {"file": Path(text.file).name, "digest": text.digest},
        "kept": {"file": kept.file, "how": kept.how},
        "fits": found.fits,
        "chapters": [{"chapter": one.number, "title": one.title, "line": one.line} for one in text.chapters],
        "provisions": [{**_worded(one), "matched": one.ref in pack.provisions} for one in text.provisions.values()],
        "unknown": [one.ref for one in found.unknown],
        "lacking": list(found.lacking),
        "out_of_order": [one.ref for one in found.astray],
        "chapters_differ": [
            {"provision": one.ref, "chapter": one.number, "text": one.text, "pack": one.pack, "line": one.line}
            for one in found.chapters
        ],
        "words_lacking": [{"provision": ref, "word": word} for ref, word in found.words],
        "passed_over": [
            {"first": one.first, "last": one.last, "why": one.why, "text": one.text} for one in text.passed
        ],
        "differences": None if differs is None else [_differs(one) for one in differs],
    }  # fmt: skip


def _worded(one: Worded) -> Json:
    return {
        "provision": one.ref, "chapter": one.chapter, "line": one.line, "column": one.column,
        "fingerprint": fingerprint_of(one.text),
    }  # fmt: skip


def _differs(one: Differs) -> Json:
    return {
        "change": one.change.value,
        "before": _side(one.before),
        "after": _side(one.after),
        "pieces": [{"same": piece.same, "was": piece.was, "now": piece.now} for piece in one.pieces],
        "words_lost": list(one.lost),
        "reread": {
            each.name: ["/".join(name) if isinstance(name, tuple) else name for name in getattr(one.reread, each.name)]
            for each in fields(Reread)
        },
    }


def _side(one: Worded | None) -> Json | None:
    return None if one is None else {**_worded(one), "wording": one.text}


def attached_schema() -> s.Schema:
    """The schema of what `text attach --json` writes, its parts under `$defs`."""
    return {
        "$schema": DRAFT,
        "title": "An official text beside a pack of zhunsheng",
        **s.object_(
            {
                "format": {"const": FORMAT},
                "pack": s.object_({"id": s.STRING, "digest": s.STRING, "version": s.STRING}),
                "text": s.object_({"file": s.STRING, "digest": s.STRING}),
                "kept": s.object_({"file": s.STRING, "how": {"enum": list(KEPT)}}),
                "fits": s.TRUTH,
                "chapters": s.array(_chapter()),
                "provisions": s.array(s.object_({**_place(), "matched": s.TRUTH})),
                "unknown": s.STRINGS,
                "lacking": s.STRINGS,
                "out_of_order": s.STRINGS,
                "chapters_differ": s.array(
                    s.object_({"provision": s.STRING, "chapter": LINE, "text": s.STRING, "pack": s.STRING, "line": LINE})
                ),
                "words_lacking": s.array(s.object_({"provision": s.STRING, "word": s.STRING})),
                "passed_over": s.array(
                    s.object_({"first": LINE, "last": LINE, "why": {"enum": list(WHY_PASSED)}, "text": s.STRING})
                ),
                "differences": s.maybe(s.array(s.ref("difference"))),
            }
        ),
        "$defs": {
            "worded": s.object_({**_place(), "wording": s.STRING}),
            "difference": s.object_(
                {
                    "change": {"enum": [one.value for one in Change]},
                    "before": s.maybe(s.ref("worded")),
                    "after": s.maybe(s.ref("worded")),
                    "pieces": s.array(s.object_({"same": s.TRUTH, "was": s.STRING, "now": s.STRING})),
                    "words_lost": s.STRINGS,
                    "reread": s.object_({one.name: s.STRINGS for one in fields(Reread)}),
                }
            ),
        },
    }


def wording_schema() -> s.Schema:
    """The schema of the file in which `text attach` keeps a text."""
    return {
        "$schema": DRAFT,
        "title": "An official text kept by zhunsheng",
        **s.object_(
            {
                "format": {"const": WORDING_FORMAT},
                **dict.fromkeys(("pack", "file", "digest"), s.STRING),
                "chapters": s.array(_chapter()),
                "provisions": s.array(s.object_({**_place(), "wording": s.STRING})),
            }
        ),
    }


def _chapter() -> s.Schema:
    return s.object_({"chapter": LINE, "title": s.STRING, "line": LINE})


def _place() -> s.Schema:
    return {"provision": s.STRING, "chapter": LINE, "line": LINE, "column": LINE, "fingerprint": s.STRING}
