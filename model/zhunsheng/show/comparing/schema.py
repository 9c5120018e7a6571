"""The JSON Schemas (2020-12) of what `compare --json` and `compare --fix … --json` write."""

from __future__ import annotations

from zhunsheng.ask.checking.findings import Kind as FindingKind
from zhunsheng.ask.comparing.comparison import Direction
from zhunsheng.ask.fixing.editing import Way
from zhunsheng.lang.amendment import Act, Kind
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.theorem import Verdict
from zhunsheng.show.checking.schema import DAY, NUMBERS, theorem_parts
from zhunsheng.show.deciding.json import FORMAT
from zhunsheng.show.deciding.schema import CASE, OPTIONS, STRING, STRINGS, TRUTH, VALUE, Schema, array, maybe, object_, ref
from zhunsheng.solve.paired import SOME, Beyond, Shift

COUNT: Schema = {"type": "integer", "minimum": 0}
DIRECTION: Schema = {"enum": [one.value for one in Direction]}
LAW: Schema = object_({"id": STRING, "digest": STRING, "version": STRING})
SIDES: Schema = {"enum": ["before", "after"]}


def comparison_schema() -> Schema:
    """The schema of a comparison, its parts under `$defs`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A comparison of zhunsheng",
        **object_(
            {
                "format": {"const": FORMAT}, "complete": TRUTH, "certified": TRUTH, "verdict": DIRECTION,
                "before": LAW, "after": LAW,
                "under": {"enum": ["default", "all"]}, "readings": OPTIONS, "horizon": object_({"from": DAY, "to": DAY}),
                "amendments": array(ref("amendment")), "equal": STRINGS, "answers": _named(ref("answer")),
                "guarantees": maybe(ref("guarantees")), "effect": maybe(ref("effect")), "register": maybe(ref("register")),
                "ruled_out": array(object_({"assumption": STRING, "by": SIDES, "case": ref("case")})),
            }
        ),
        "$defs": {
            "text": object_({"zh": STRING, "en": STRING}), "case": CASE, **theorem_parts(), "amendment": _amendment(),
            "answer": _answer(), "change": _change(), "members": array(_member()), "effect": _effect(),
            "guarantees": _guarantees(), "register": _register(),
        },
    }  # fmt: skip


def fixes_schema() -> Schema:
    """The schema of the edits that make a theorem hold or remove a fault."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Edits of zhunsheng that make a theorem hold or remove a fault",
        **object_(
            {
                "format": {"const": FORMAT}, "theorem": maybe(ref("theorem")), "finding": maybe(STRING), "tried": COUNT,
                "unsettled": COUNT,
                "fixes": array(
                    object_(
                        {
                            "edit": STRING, "way": {"enum": [one.value for one in Way]}, "was": STRING, "value": VALUE,
                            "vacuous": TRUTH, "complete": TRUTH,
                            "changes": maybe(array(object_({"answer": STRING, "verdict": DIRECTION}))), "opens": maybe(STRINGS),
                            "opens_more": maybe({"description": "Whether it is left open if it opens more.", "type": "boolean"}),
                        }
                    )
                ),
            }
        ),
        "$defs": {"text": object_({"zh": STRING, "en": STRING}), "case": CASE, **theorem_parts()},
    }  # fmt: skip


def _named(schema: Schema) -> Schema:
    return {"type": "object", "additionalProperties": schema}


def _amendment() -> Schema:
    edit = {
        "edit": STRING, "act": {"enum": [one.value for one in Act]}, "kind": {"enum": [one.value for one in Kind]},
        "name": STRING, "provision": STRING,
    }  # fmt: skip
    return object_(
        {
            "amendment": STRING, "says": ref("text"), "source": ref("text"), "in_force_from": DAY, "issued_on": maybe(DAY),
            "retroactive": TRUTH, "edits": array(object_(edit)),
        }
    )  # fmt: skip


def _answer() -> Schema:
    kind = object_({"kind": STRING, "part": STRING, "verdict": DIRECTION})
    return object_(
        {
            "verdict": DIRECTION, "complete": TRUTH, "why_not": STRING, "untouched": TRUTH, "slots": NUMBERS, "without": STRINGS,
            "follows": STRINGS, "kinds": array(kind), "changes": array(ref("change")),
        }
    )  # fmt: skip


def _change() -> Schema:
    both = {"before": ref("members"), "after": ref("members")}
    return object_(
        {
            **both,
            "shift": {"enum": [one.value for one in Shift]},
            "by": maybe(object_({"least": {"type": "integer"}, "greatest": {"type": "integer"}, "exact": TRUTH})),
            "direction": DIRECTION,
            "causes": STRINGS,
            "days": array(object_({"from": DAY, "to": DAY})),
            "under_way": maybe(TRUTH),
            "provisions": object_({"before": STRINGS, "after": STRINGS}),
            "asked_of": OPTIONS,
            "outcomes": object_(both),
            "case": object_({"before": ref("case"), "after": ref("case")}),
            "kinds": array(object_({"kind": STRING, "part": STRING, "case": ref("case")})),
        }
    )


def _member() -> Schema:
    """An outcome, or what is none of a law's own."""
    beyond = [*(one.word for one in FailureKind), *(one.value for one in Beyond if one is not SOME)]
    return {
        "anyOf": [
            VALUE,
            object_({"some": {"description": "A day or a number, whichever: the type's name.", "type": "string"}}),
            *(object_({word: {"const": True}}) for word in beyond),
        ]
    }


def _effect() -> Schema:
    situation = object_({"kind": STRING, "title": ref("text")})
    return object_(
        {"complete": TRUTH, "verdict": DIRECTION, "situations": array(situation), "answers": _named(ref("answer"))}
    )


def _guarantees() -> Schema:
    finding = object_({"finding": STRING, "kind": {"enum": [one.value for one in FindingKind]}, "provisions": STRINGS})
    verdict = {"enum": [one.value for one in Verdict]}
    return object_(
        {
            "asked": COUNT,
            "flips": array(object_({"before": verdict, "after": ref("theorem")})),
            "opened": maybe(array(finding)),
            "cured": maybe(array(finding)),
            "unstated": STRINGS,
            "tried": COUNT,
            "moved": array(object_({"scenario": ref("text"), "answer": STRING, "before": STRINGS, "after": STRINGS})),
        }
    )


def _register() -> Schema:
    row = {"enterprise": STRING, "place": STRING, "answer": STRING}
    both = {"before": ref("members"), "after": ref("members")}
    return object_(
        {
            **dict.fromkeys(("rows", "changing", "open"), COUNT),
            "asked": STRINGS,
            "counts": array(object_({"answer": STRING, **both, "enterprises": COUNT})),
            "by": array(object_({"fact": STRING, "enterprises": NUMBERS})),
            "affected": array(object_({**row, **both})),
            "unsettled": array(object_({**row, "first": STRINGS})),
        }
    )
