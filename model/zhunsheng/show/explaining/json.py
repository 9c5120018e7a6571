"""Why an answer is so, or is not, as JSON, and its schema: stable within a format version, the same in every language."""

from __future__ import annotations

from zhunsheng.ask.deciding.warned import warnings
from zhunsheng.ask.explaining.lacking import Branch, Candidate, Condition, Missing, Standing, Tried
from zhunsheng.ask.explaining.why import Sufficient, Why
from zhunsheng.ask.report import Status
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.unparse import unparse
from zhunsheng.narrate import values
from zhunsheng.show.deciding import schema as s
from zhunsheng.show.deciding.json import (
    FORMAT,
    Json,
    because_json,
    looked_json,
    outcome_json,
    rejected_json,
    rule_says,
    text_json,
)


def why_json(pack: Pack, why: Why) -> Json:
    """An explanation, every key always there."""
    answer = why.answer
    return {
        "format": FORMAT,
        "pack": {"id": why.pack_name, "digest": why.pack_digest, "version": pack.version},
        "case": {"digest": why.case.digest, "title": text_json(why.case.title)},
        "answer": answer.name,
        "definition": answer.definition,
        "type": str(answer.type),
        "status": answer.status.value,
        "outcomes": [outcome_json(pack, answer.type, one.outcome, one.failures) for one in answer.outcomes],
        "depends_on": {
            "facts": list(answer.depends_on.facts),
            "readings": list(answer.depends_on.readings),
            "discretion": list(answer.depends_on.discretion),
        },
        "example": why.example,
        "sufficient": _sufficient(why.sufficient),
        "because": [because_json(pack, step) for step in answer.because],
        "rejected": [rejected_json(pack, one) for one in why.rejected],
        "wanted": values.written(pack, why.wanted, answer.type) if why.wanted is not None else None,
        "is_outcome": why.is_outcome if why.wanted is not None else None,
        "missing": _missing(pack, why.missing),
        "warnings": [text_json(warning) for warning in warnings(pack, why.case)],
    }


def _sufficient(enough: Sufficient) -> Json:
    return {
        "smallest": enough.smallest,
        "facts": looked_json(enough.facts),
        "readings": dict(enough.readings),
        "choices": dict(enough.choices),
        "whatever": list(enough.whatever),
        "why_not": enough.why_not,
    }


def _missing(pack: Pack, missing: Missing | None) -> Json | None:
    if missing is None:
        return None
    return {
        "definition": missing.definition,
        "arguments": list(missing.at),
        "wanted": missing.wanted,
        "outcome": missing.outcome,
        "candidates": [_candidate(pack, missing.definition, one) for one in missing.candidates],
    }


def _candidate(pack: Pack, definition: str, one: Candidate) -> Json:
    return {
        "rule": one.rule,
        "provision": one.provision,
        "says": rule_says(pack, definition, one.rule),
        "standing": one.standing.value,
        "lacks": [_condition(pack, condition) for condition in one.lacks],
        "by": [{"rule": by.rule, "holds": [_condition(pack, condition) for condition in by.holds]} for by in one.by],
        "comes_to": one.comes_to,
        "facts": looked_json(one.facts),
        "below": _missing(pack, one.below),
        "branches": [_branch(pack, each) for each in one.branches],
    }


def _branch(pack: Pack, one: Branch) -> Json:
    conditions = [_condition(pack, each) for each in one.conditions]
    return {"test": unparse(one.test), "holds": one.holds, "facts": looked_json(one.facts), "conditions": conditions}


def _condition(pack: Pack, one: Condition) -> Json:
    return {
        "condition": unparse(one.condition),
        "wanted": one.wanted,
        "facts": looked_json(one.facts),
        "below": _missing(pack, one.below),
        "tried": [_tried(pack, each) for each in one.tried],
        "untold": one.untold,
        "branches": [_branch(pack, each) for each in one.branches],
        "sides": [{"of": unparse(side.of), "value": side.value} for side in one.sides],
    }


def _tried(pack: Pack, one: Tried) -> Json:
    return {"at": {name: said for name, _, said in one.at}, "conditions": [_condition(pack, each) for each in one.conditions]}


def why_schema() -> s.Schema:
    """The schema of what `why --json` writes, its parts under `$defs`."""
    missing = s.maybe(s.ref("missing"))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An explanation of zhunsheng",
        **s.object_(
            {
                "format": {"const": FORMAT},
                "pack": s.object_({"id": s.STRING, "digest": s.STRING, "version": s.STRING}),
                "case": s.object_({"digest": s.STRING, "title": s.ref("text")}),
                **dict.fromkeys(("answer", "definition", "type"), s.STRING),
                "status": {"enum": [one.value for one in Status]},
                "outcomes": s.array(s.ref("outcome")),
                "depends_on": s.ref("depends_on"),
                "example": s.TRUTH,
                "sufficient": s.object_(
                    {
                        "smallest": s.TRUTH, "facts": s.array(s.ref("looked")), "readings": s.OPTIONS, "choices": s.OPTIONS,
                        "whatever": s.STRINGS, "why_not": s.STRING,
                    }
                ),
                "because": s.array(s.ref("because")),
                "rejected": s.array(s.ref("rejected")),
                "wanted": s.maybe(s.VALUE),
                "is_outcome": s.maybe(s.TRUTH),
                "missing": missing,
                "warnings": s.array(s.ref("text")),
            }
        ),
        "$defs": {**s.shared_parts(), **_parts(missing)},
    }  # fmt: skip


def _parts(missing: s.Schema) -> s.Schema:
    facts = s.array(s.ref("looked"))
    condition, branches = s.ref("condition"), s.array(s.ref("branch"))
    tried = s.object_({"at": s.OPTIONS, "conditions": s.array(condition)})
    return {
        "condition": s.object_(
            {
                "condition": s.STRING, "wanted": s.TRUTH, "facts": facts, "below": missing, "tried": s.array(tried),
                "untold": {"type": "integer", "minimum": 0}, "branches": branches,
                "sides": s.array(s.object_({"of": s.STRING, "value": s.STRING})),
            }
        ),
        "branch": s.object_({"test": s.STRING, "holds": s.TRUTH, "facts": facts, "conditions": s.array(condition)}),
        "missing": s.object_(
            {
                **dict.fromkeys(("definition", "wanted", "outcome"), s.STRING),
                "arguments": s.STRINGS, "candidates": s.array(s.ref("candidate")),
            }
        ),
        "candidate": s.object_(
            {
                **dict.fromkeys(("rule", "provision", "comes_to"), s.STRING), "says": s.maybe(s.ref("text")),
                "standing": {"enum": [one.value for one in Standing]}, "lacks": s.array(condition),
                "by": s.array(s.object_({"rule": s.STRING, "holds": s.array(condition)})), "facts": facts,
                "below": missing, "branches": branches,
            }
        ),
    }  # fmt: skip
