"""The JSON Schema (2020-12) of what `decide --json` writes."""

from __future__ import annotations

from typing import Any

from zhunsheng.ask.report import Status
from zhunsheng.show.json import FORMAT

Schema = dict[str, Any]
STRING: Schema = {"type": "string"}
STRINGS: Schema = {"type": "array", "items": STRING}
TRUTH: Schema = {"type": "boolean"}
OPTIONS: Schema = {"type": "object", "additionalProperties": STRING}
"""Names with what is taken for each."""
VALUE: Schema = {
    "description": "A value in its written form; a tie of two labels is a mapping.",
    "type": ["boolean", "integer", "string", "object"],
}


def decision_schema() -> Schema:
    """The schema of a decision, its parts under `$defs`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A decision of zhunsheng",
        **_object(
            {
                "format": {"const": FORMAT},
                "pack": _object({"id": STRING, "digest": STRING, "version": STRING}),
                "case": _object({"digest": STRING, "title": _ref("text")}),
                "answers": {"type": "object", "additionalProperties": _ref("answer")},
                "duties": {"type": "object", "additionalProperties": _ref("duty")},
                "warnings": _array(_ref("text")),
            }
        ),
        "$defs": _parts(),
    }


def _parts() -> Schema:
    return {
        "text": _object({"zh": STRING, "en": STRING}),
        "answer": _answer(),
        "duty": _object(
            {
                "who": STRING,
                "what": _ref("text"),
                "provision": STRING,
                "owed": _ref("answer"),
                "by": _maybe(_ref("answer")),
            }
        ),
        "possible": _outcome({"by": _by(), "witness": _maybe(_ref("case"))}),
        "outcome": _outcome({}),
        "case": {
            "description": "A case as a case file holds it; it can be decided again.",
            **_object(
                {
                    "format": {"const": 1},
                    "pack": STRING,
                    "title": {"type": ["string", "object"]},
                    "facts": {"type": "object"},
                }
            ),
            "additionalProperties": True,
        },
        "looked": _object({"path": STRING, "value": STRING, "source": STRING}),
    }


def _answer() -> Schema:
    return _object(
        {
            "definition": STRING,
            "status": {"enum": [status.value for status in Status]},
            "complete": TRUTH,
            "type": STRING,
            "outcomes": _array(_ref("possible")),
            "depends_on": _object({"facts": STRINGS, "readings": STRINGS, "discretion": STRINGS}),
            "matters": _array(_object({"fact": STRING, "fields": {"type": "object", "additionalProperties": _field()}})),
            "assumed": OPTIONS,
            "firm": {"enum": ["every", "single", "no", "not_shown", "not_asked"]},
            "differs_under": _array(
                _object(
                    {
                        "readings": OPTIONS,
                        "status": {"enum": [status.value for status in Status]},
                        "outcomes": _array(_ref("outcome")),
                    }
                )
            ),
            "provided": _array(_ref("text")),
            "lawful": _array(VALUE),
            "why_not_shown": STRING,
            "because": _array(_because()),
            "rejected": _array(_rejected()),
        }
    )


def _because() -> Schema:
    return _object(
        {
            **dict.fromkeys(("provision", "rule", "definition", "outcome"), STRING),
            "says": _maybe(_ref("text")),
            "arguments": STRINGS,
            "facts": _array(_ref("looked")),
            "readings": OPTIONS,
            "depth": {"type": "integer", "minimum": 0},
        }
    )


def _rejected() -> Schema:
    return _object(
        {
            **dict.fromkeys(("provision", "rule", "definition", "defeated_by"), STRING),
            "says": _maybe(_ref("text")),
            "lacked": {"description": "An expression of the language; empty where none is told.", "type": "string"},
            "facts": _array(_ref("looked")),
        }
    )


def _outcome(more: Schema) -> Schema:
    """Exactly one of a value, a span and the kinds of failure; and `more`."""
    where = {"definition": STRING, "provision": STRING, "rules": STRINGS, "aggregate": STRING}
    gap = _object(where, optional=("rules", "aggregate"))
    kinds: Schema = {
        "value": VALUE,
        "between": _object({"least": VALUE, "greatest": VALUE}),
        "gap": {"oneOf": [{"const": True}, gap]},
        "conflict": {"oneOf": [{"const": True}, gap]},
        "no_data": {"oneOf": [{"const": True}, _object({"table": STRING, "key": STRING})]},
    }
    return {"oneOf": [_object({kind: schema, **more}) for kind, schema in kinds.items()]}


def _by() -> Schema:
    return _object({"facts": OPTIONS, "readings": OPTIONS, "discretion": OPTIONS}, optional=("facts", "readings", "discretion"))


def _field() -> Schema:
    return {"oneOf": [_object({"among": _array(VALUE)}), _object({"between": _object({"least": VALUE, "greatest": VALUE})})]}


def _object(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _maybe(schema: Schema) -> Schema:
    return {"oneOf": [{"type": "null"}, schema]}
