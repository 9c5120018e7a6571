"""The JSON Schema (2020-12) of what `whatif --json` writes: one form for each way of asking, told apart by `way`."""

from __future__ import annotations

from zhunsheng.show.deciding import schema as s
from zhunsheng.show.deciding.json import FORMAT

DAY: s.Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
WAYS = ("set", "vary", "when", "reach")


def whatif_schema() -> s.Schema:
    """One of four objects; their parts under `$defs`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What if, of zhunsheng",
        "oneOf": [s.ref(way) for way in WAYS],
        "$defs": {**s.decision_schema()["$defs"], **s.shared_parts(), **_ways(), **_parts()},
    }


def _ways() -> s.Schema:
    answers: s.Schema = {"type": "object", "additionalProperties": s.ref("answer")}
    return {
        "set": _way(
            "set",
            set=s.array(s.object_({"path": s.STRING, "value": s.STRING})),
            changed={"type": "object", "additionalProperties": s.ref("changed")},
            appeared=answers, vanished=answers, unchanged=s.STRINGS, not_shown=s.STRINGS,
        ),
        "vary": _way("vary", fact=s.STRING, answers={"type": "object", "additionalProperties": s.ref("varied")}),
        "when": _way(
            "when", condition=s.STRING, moved=s.STRING,
            first=s.maybe(s.ref("edge")), last=s.maybe(s.ref("edge")),
            first_perhaps=s.maybe(s.ref("edge")), last_perhaps=s.maybe(s.ref("edge")),
            ranges=s.array(s.ref("range")), assumed=s.OPTIONS, provided_until=s.maybe(DAY), why_never=s.maybe(s.ref("hindrance")),
        ),
        "reach": _way(
            "reach", condition=s.STRING, on=s.maybe(DAY), actor=s.STRING, lengths=s.OPTIONS,
            plans=s.array(s.ref("plan")), complete=s.TRUTH, more=s.TRUTH, large=s.TRUTH,
            none_needless=s.TRUTH, open_future=s.TRUTH,
            lacks=s.STRINGS, could_from=s.maybe(DAY), later=s.maybe(s.ref("plan")), why=s.maybe(s.ref("hindrance")),
            assumed=s.OPTIONS, provided_until=s.maybe(DAY),
        ),
    }  # fmt: skip


def _way(name: str, **properties: s.Schema) -> s.Schema:
    head = {
        "format": {"const": FORMAT},
        "way": {"const": name},
        "pack": s.object_({"id": s.STRING, "digest": s.STRING, "version": s.STRING}),
        "case": s.object_({"digest": s.STRING, "title": s.ref("text")}),
        "warnings": s.array(s.ref("text")),
    }
    return s.object_({**head, **properties})


def _parts() -> s.Schema:
    steps, outcomes = s.array(s.ref("step")), s.array(s.ref("found"))
    found = {"outcomes": outcomes, "impossible": s.TRUTH}
    return {
        "found": {"oneOf": [s.ref("outcome"), s.object_({"unlawful_choice": {"const": True}})]},
        "step": s.object_(
            {
                "definition": s.STRING, "rule": s.STRING, "provision": s.STRING, "arguments": s.STRINGS,
                "outcome": {"type": ["string", "boolean", "integer", "object", "null"]},
            }
        ),
        "changed": s.object_(
            {"before": s.ref("answer"), "after": s.ref("answer"), "rules_before": steps, "rules_after": steps}
        ),
        "varied": s.object_(
            {
                "definition": s.STRING, "constant": s.TRUTH, "ranges": s.array(s.ref("range")), "trials": s.array(s.ref("trial")),
                "assumed": s.OPTIONS, "provided_until": s.maybe(DAY), "not_shown": s.STRING,
            }
        ),
        "range": s.object_({"least": s.VALUE, "greatest": s.VALUE, **found}),
        "trial": s.object_({"path": s.STRING, "with": s.TRUTH, **found}),
        "edge": s.object_({"day": DAY, "beyond": s.maybe(DAY), "there": outcomes}),
        "hindrance": s.object_(
            {
                "facts": s.array(s.object_({"path": s.STRING, "value": s.STRING})), "readings": s.OPTIONS,
                "provisions": s.STRINGS, "smallest": s.TRUTH,
            }
        ),
        "plan": _plan(),
    }  # fmt: skip


def _plan() -> s.Schema:
    change = {"path": s.STRING, "before": s.VALUE, "after": s.VALUE, "cost": {"type": "integer"}}
    stage = {
        "name": s.STRING, "who": s.STRING, "provision": s.STRING, "from": s.maybe(DAY), "to": s.maybe(DAY),
    }  # fmt: skip
    step = {
        "name": s.STRING, "day": DAY, "barred_until": s.maybe(DAY),
        "chosen": {"type": "object", "additionalProperties": s.VALUE}, "stages": s.array(s.object_(stage)),
    }  # fmt: skip
    return s.object_(
        {
            "changes": s.array(s.object_(change)), "step": s.maybe(s.object_(step)), "barred_by": s.array(s.ref("step")),
            "cost": {"type": "integer"}, "works_from": s.maybe(DAY), "is_first": s.TRUTH, "whatever_happens": s.maybe(s.TRUTH),
        }
    )  # fmt: skip
