"""The JSON Schema (2020-12) of a pack's canonical form, as `export pack` writes it.

A key whose value would say nothing is left out; a truth value is the key with "yes", or no key.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
STRING: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
STRINGS: Schema = {"type": "array", "items": STRING}
PAIRS: Schema = {"type": "array", "items": {"type": "array", "items": STRING, "minItems": 2, "maxItems": 2}}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
YES: Schema = {"const": "yes"}
EXPRESSION: Schema = {"type": "string", "description": "An expression of the language."}
VALUE: Schema = {
    "description": 'A number, a day, "true" or "false", an identifier, or a period by its units.',
    "oneOf": [STRING, INTEGER, {"type": "object", "additionalProperties": INTEGER}],
}
TEXT: Schema = {"$ref": "#/$defs/text"}
TITLED: Schema = {"title": TEXT, "provision": STRING}
CITED: Schema = {"provisions": STRINGS, "entries": STRINGS}


def pack_schema() -> Schema:
    """The schema, its parts under `$defs`."""
    lists = {name: {"type": "array", "items": {"$ref": f"#/$defs/{part}"}} for name, part in LISTS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A pack of zhunsheng in its canonical form",
        **_object(
            {
                "format": {"const": 1}, "pack": STRING, "version": STRING, "title": TEXT, "authority": TEXT,
                "in_force": {"$ref": "#/$defs/span"}, "horizon": {"$ref": "#/$defs/span"}, "as_of": STRING,
                "reference_days": STRINGS, "answers": STRINGS, "timeline": {"$ref": "#/$defs/timeline"}, **lists,
            },
            ("format", "pack", "version", "title", "authority", "in_force", "horizon", "as_of", "definitions"),
        ),
        "$defs": {**PARTS, "text": _object({"zh": STRING, "en": STRING}, ("zh", "en"))},
    }  # fmt: skip


LISTS = {
    "cautions": "text", "specials": "special", "enumerations": "enumeration", "facts": "fact",
    "collections": "collection", "assumptions": "assumption", "parameters": "parameter", "readings": "reading",
    "discretions": "discretion", "notes": "note", "definitions": "definition", "duties": "duty",
    "chapters": "chapter", "provisions": "provision", "calendars": "calendar", "terms": "term",
    "steps": "step",
}  # fmt: skip


def _object(properties: Schema, required: tuple[str, ...] = ("name",)) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_VALUE_OF_ENUMERATION = _object(
    {"name": STRING, "written": STRING, "title": TEXT, "also": STRINGS, "answer_only": YES, "source": TEXT}
)
_RULE = _object(
    {
        **dict.fromkeys(("name", "provision"), STRING), **dict.fromkeys(("when", "value"), EXPRESSION),
        "overrides": STRINGS, "says": TEXT,
    },
    ("name", "when", "value"),
)  # fmt: skip
_QUALIFIER = _object({"word": STRING, "covered_by": PAIRS}, ("word",))
_YEAR = _object({"year": INTEGER, "off": _array(DAY), "work": _array(DAY), "source": TEXT}, ("year",))
_REVIEW = _object({"by": STRING, "on": DAY, "fingerprint": STRING}, ("by", "on", "fingerprint"))

_WINDOW = _object(
    {**dict.fromkeys(("name", "of", "from", "to", "label"), STRING), **TITLED}, ("name", "of", "from", "to", "title")
)
_EVENT = _object({**dict.fromkeys(("name", "of", "on", "label"), STRING), **TITLED}, ("name", "of", "on", "title"))

PARTS: Schema = {
    "span": _object({"from": DAY, "to": {"oneOf": [DAY, {"const": "none"}]}}, ("from", "to")),
    "special": _object({"name": STRING, "written": STRING, "title": TEXT}),
    "enumeration": _object(
        {"name": STRING, "ordered": YES, "provision": STRING, "values": _array(_VALUE_OF_ENUMERATION)}
    ),
    "fact": _object(
        {
            "name": STRING, "type": STRING, "record": _array({"$ref": "#/$defs/fact"}), "may_be_none": YES, "ask": TEXT,
            "changed_by": STRING, "left_out": VALUE, "record_form": _array(STRINGS), "among": STRINGS, "least": INTEGER,
            "greatest": INTEGER, "plain": VALUE, "inert": YES, **TITLED,
        }
    ),
    "collection": _object(
        {
            "name": STRING, "element": STRING, "fields": _array({"$ref": "#/$defs/fact"}), "key": STRING, "single": YES,
            "happens_on": STRING, "ask": TEXT, "split": _object({"field": STRING, "from": STRING}, ("field", "from")),
            "changed_by": STRING, **TITLED,
        }
    ),
    "assumption": _object(
        {"name": STRING, "says": TEXT, "provision": STRING, "apart": YES, "each": PAIRS, "that": EXPRESSION}
    ),
    "parameter": _object({"name": STRING, "type": STRING, "value": VALUE, "since": DAY, "source": TEXT, **TITLED}),
    "reading": _object(
        {
            "name": STRING, "question": TEXT, "default": STRING, "case": STRING, "findings": STRINGS,
            "options": _array(_object({"name": STRING, "says": TEXT, "argument": TEXT})), **CITED,
        }
    ),
    "discretion": _object(
        {
            "name": STRING, "type": STRING, "who": STRING, "criterion": TEXT, "lawful": EXPRESSION,
            "otherwise": EXPRESSION, **TITLED,
        }
    ),
    "note": _object({"name": STRING, "kind": STRING, "question": TEXT, "settled": TEXT, "findings": STRINGS, **CITED}),
    "definition": _object(
        {
            "name": STRING, "parameters": PAIRS, "type": STRING, "rules": _array(_RULE), "otherwise": EXPRESSION,
            "better": STRING, **TITLED,
        },
        ("name", "type"),
    ),
    "duty": _object(
        {
            "name": STRING, "who": STRING, "what": TEXT, "provision": STRING, "when": EXPRESSION, "by": EXPRESSION,
            "no_deadline": TEXT,
        },
        ("name", "who", "what", "when"),
    ),
    "chapter": _object({"number": INTEGER, "title": TEXT}, ("number", "title")),
    "provision": _object(
        {
            "ref": STRING, "chapter": INTEGER, "says": TEXT, "qualifiers": _array(_QUALIFIER), "definitions": STRINGS,
            "duties": STRINGS, "not_computed": TEXT, "fingerprint": STRING, "reviewed": _REVIEW,
        },
        ("ref", "chapter", "says"),
    ),
    "calendar": _object({"name": STRING, "title": TEXT, "years": _array(_YEAR)}),
    "step": _object(
        {
            "name": STRING, "who": STRING, "acted": STRING, "chooses": STRINGS, "sets": PAIRS, "allowed": EXPRESSION,
            "only_if": EXPRESSION, "stages": _array(_object({"name": STRING, "who": STRING, **TITLED})), "adds": STRING,
            "element": PAIRS, **TITLED,
        },
        ("name", "who", "acted", "allowed", "adds"),
    ),
    "term": _object({"name": STRING, "zh": STRING, "en": STRING, "provision": STRING, "identifier": STRING}),
    "timeline": _object(
        {
            "rows": _array(_object({"name": STRING, "title": TEXT})), "windows": _array(_WINDOW),
            "events": _array(_EVENT),
        },
        (),
    ),
}  # fmt: skip
