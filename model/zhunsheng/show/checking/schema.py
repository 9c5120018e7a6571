"""The JSON Schemas (2020-12) of what `check --json` and `prove --json` write."""

from __future__ import annotations

from zhunsheng.ask.checking.findings import Kind
from zhunsheng.lang.theorem import Verdict
from zhunsheng.show.deciding.json import FORMAT
from zhunsheng.show.deciding.schema import CASE, OPTIONS, STRING, STRINGS, TRUTH, VALUE, Schema, array, maybe, object_, ref

NUMBERS: Schema = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}
VALUES: Schema = {"type": "object", "additionalProperties": VALUE}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def check_schema() -> Schema:
    """The schema of a check, its parts under `$defs`."""
    asked = {"type": "object", "propertyNames": {"enum": [kind.value for kind in Kind]}, **NUMBERS}
    return _whole(
        "A check of zhunsheng",
        {
            "findings": array(ref("finding")),
            "stale": array(object_({"owner": STRING, "key": STRING})),
            "not_shown": array(object_({"what": STRING, "why": STRING})),
            "asked": asked,
            "theorems": array(ref("theorem")),
        },
        {"finding": _finding()},
    )


def proofs_schema() -> Schema:
    """The schema of what theorems come to."""
    return _whole("Proofs of zhunsheng", {"theorems": array(ref("theorem"))}, {})


def _whole(title: str, properties: Schema, parts: Schema) -> Schema:
    pack = object_({"id": STRING, "digest": STRING, "version": STRING})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **object_({"format": {"const": FORMAT}, "pack": pack, **properties}),
        "$defs": {
            "text": object_({"zh": STRING, "en": STRING}),
            "case": CASE,
            **parts,
            **theorem_parts(),
        },
    }


def theorem_parts() -> Schema:
    """What a theorem comes to, for the `$defs` of whatever tells it."""
    return {
        "theorem": _theorem(),
        "example": object_({"before": ref("case"), "after": maybe(ref("case")), "names": VALUES}),
    }


def _finding() -> Schema:
    return object_(
        {
            "kind": {"enum": [kind.value for kind in Kind]},
            "key": STRING,
            "fault": TRUTH,
            "recorded": STRING,
            "says": ref("text"),
            "provisions": STRINGS,
            "subject": STRING,
            "parts": STRINGS,
            "arguments": VALUES,
            "answer": STRING,
            "outcomes": STRINGS,
            "readings": OPTIONS,
            "case": maybe(ref("case")),
            "bounded": STRING,
        }
    )


def _theorem() -> Schema:
    verdict = {"enum": [verdict.value for verdict in Verdict]}
    return object_(
        {
            "theorem": STRING,
            "says": ref("text"),
            "provisions": STRINGS,
            "readings": {"oneOf": [{"const": "all"}, OPTIONS]},
            "verdict": verdict,
            "expected": verdict,
            "as_expected": TRUTH,
            "slots": NUMBERS,
            "horizon": object_({"from": DAY, "to": DAY}),
            "counterexample": maybe(ref("example")),
            "example": maybe(ref("example")),
            "unneeded": STRINGS,
            "trivial": TRUTH,
            "rules": maybe(array(object_({"definition": STRING, "rule": STRING}))),
            "why": STRING,
        }
    )
