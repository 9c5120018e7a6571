"""The JSON Schema (2020-12) of what `decide --json` writes."""

from __future__ import annotations

from typing import Any

from zhunsheng.ask.report import Status
from zhunsheng.show.deciding.json import FORMAT

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
        **object_(
            {
                "format": {"const": FORMAT},
                "pack": object_({"id": STRING, "digest": STRING, "version": STRING}),
                "case": object_({"digest": STRING, "title": ref("text")}),
                "answers": {"type": "object", "additionalProperties": ref("answer")},
                "duties": {"type": "object", "additionalProperties": ref("duty")},
                "warnings": array(ref("text")),
            }
        ),
        "$defs": _parts(),
    }


def _parts() -> Schema:
    return {
        "text": object_({"zh": STRING, "en": STRING}),
        "answer": _answer(),
        "duty": object_(
            {
                "who": STRING,
                "what": ref("text"),
                "provision": STRING,
                "owed": ref("answer"),
                "by": maybe(ref("answer")),
            }
        ),
        "possible": _outcome({"by": _by(), "witness": maybe(ref("case"))}),
        "outcome": _outcome({}),
        "case": CASE,
        "looked": shared_parts()["looked"],
    }


def shared_parts() -> Schema:
    """The parts that schemas of other reports have too, for their `$defs`."""
    return {
        "text": object_({"zh": STRING, "en": STRING}),
        "outcome": _outcome({}),
        "looked": object_({"path": STRING, "value": STRING, "source": STRING, "supposed": {"type": "boolean"}}),
        "because": _because(),
        "rejected": _rejected(),
        "depends_on": object_({"facts": STRINGS, "readings": STRINGS, "discretion": STRINGS}),
    }


def _answer() -> Schema:
    return object_(
        {
            "definition": STRING,
            "status": {"enum": [status.value for status in Status]},
            "complete": TRUTH,
            "type": STRING,
            "outcomes": array(ref("possible")),
            "depends_on": object_({"facts": STRINGS, "readings": STRINGS, "discretion": STRINGS}),
            "depends_at_least": object_({"facts": STRINGS, "readings": STRINGS, "discretion": STRINGS}),
            "matters": array(object_({"fact": STRING, "fields": {"type": "object", "additionalProperties": _field()}})),
            "assumed": OPTIONS,
            "firm": {"enum": ["every", "single", "no", "not_shown", "not_asked"]},
            "differs_under": array(
                object_(
                    {
                        "readings": OPTIONS,
                        "status": {"enum": [status.value for status in Status]},
                        "outcomes": array(ref("outcome")),
                    }
                )
            ),
            "provided": array(ref("text")),
            "lawful": array(VALUE),
            "why_not_shown": STRING,
            "because": array(_because()),
            "rejected": array(_rejected()),
        }
    )


def _because() -> Schema:
    return object_(
        {
            **dict.fromkeys(("provision", "rule", "definition", "outcome"), STRING),
            "says": maybe(ref("text")),
            "arguments": STRINGS,
            "facts": array(ref("looked")),
            "readings": OPTIONS,
            "depth": {"type": "integer", "minimum": 0},
        }
    )


def _rejected() -> Schema:
    return object_(
        {
            **dict.fromkeys(("provision", "rule", "definition", "defeated_by"), STRING),
            "says": maybe(ref("text")),
            "lacked": {"description": "An expression of the language; empty where none is told.", "type": "string"},
            "facts": array(ref("looked")),
        }
    )


def _outcome(more: Schema) -> Schema:
    """Exactly one of a value, a span and the kinds of failure; and `more`."""
    where = {"definition": STRING, "provision": STRING, "rules": STRINGS, "aggregate": STRING}
    gap = object_(where, optional=("rules", "aggregate"))
    kinds: Schema = {
        "value": VALUE,
        "between": object_({"least": VALUE, "greatest": VALUE}),
        "gap": {"oneOf": [{"const": True}, gap]},
        "conflict": {"oneOf": [{"const": True}, gap]},
        "no_data": {"oneOf": [{"const": True}, object_({"table": STRING, "key": STRING})]},
    }
    return {"oneOf": [object_({kind: schema, **more}) for kind, schema in kinds.items()]}


def _by() -> Schema:
    return object_({"facts": OPTIONS, "readings": OPTIONS, "discretion": OPTIONS}, optional=("facts", "readings", "discretion"))


def _field() -> Schema:
    return {"oneOf": [object_({"among": array(VALUE)}), object_({"between": object_({"least": VALUE, "greatest": VALUE})})]}


def object_(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def maybe(schema: Schema) -> Schema:
    return {"oneOf": [{"type": "null"}, schema]}


CASE: Schema = {
    "description": "A case as a case file holds it; it can be decided again.",
    **object_(
        {"format": {"const": 1}, "pack": STRING, "title": {"type": ["string", "object"]}, "facts": {"type": "object"}}
    ),
    "additionalProperties": True,
}
