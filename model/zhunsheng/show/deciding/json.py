"""Reports as JSON: stable within a format version, the same in every language. `schema` describes decisions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from zhunsheng.ask.report import (
    Answer,
    Because,
    Between,
    CoverageReport,
    Decision,
    DependsOn,
    Difference,
    Looked,
    Matters,
    Possible,
    Rejected,
    TestReport,
    TextReport,
)  # fmt: skip
from zhunsheng.lang.outcome import Failure, FailureKind
from zhunsheng.lang.pack import Pack, Rule
from zhunsheng.lang.types import Text, Type, Value
from zhunsheng.lang.unparse import unparse
from zhunsheng.narrate import rules, values
from zhunsheng.show.deciding.case_yaml import case_mapping
from zhunsheng.show.deciding.outcomes import AGGREGATES

FORMAT = 1
Json = dict[str, Any]


def dumps(data: Json) -> str:
    """JSON text, two spaces deep, in the order given, ended by a line feed."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def decision_json(pack: Pack, decision: Decision) -> Json:
    """A decision. Answers and duties are keyed by their names, in the pack's order."""
    return {
        "format": FORMAT,
        "pack": {"id": decision.pack_name, "digest": decision.pack_digest, "version": pack.version},
        "case": {"digest": decision.case.digest, "title": text_json(decision.case.title)},
        "answers": {answer.name: answer_json(pack, answer) for answer in decision.answers},
        "duties": {
            duty.name: {
                "who": pack.duties[duty.name].who,
                "what": text_json(pack.duties[duty.name].what),
                "provision": pack.duties[duty.name].provision,
                "owed": answer_json(pack, duty.owed),
                "by": answer_json(pack, duty.by) if duty.by is not None else None,
            }
            for duty in decision.duties
        },
        "warnings": [text_json(warning) for warning in decision.warnings],
    }


def answer_json(pack: Pack, answer: Answer) -> Json:
    """One answer, every key always there."""
    return {
        "definition": answer.definition,
        "status": answer.status.value,
        "complete": answer.complete,
        "type": str(answer.type),
        "outcomes": [_possible(pack, answer.type, possible) for possible in answer.outcomes],
        "depends_on": _depends_on(answer.depends_on),
        "depends_at_least": _depends_on(answer.depends_at_least),
        "matters": [_matters(pack, one) for one in answer.matters],
        "assumed": dict(answer.assumed),
        "firm": answer.firm,
        "differs_under": [_difference(pack, answer.type, one) for one in answer.differs_under],
        "provided": [text_json(text) for text in answer.provided],
        "lawful": [values.written(pack, value, answer.type) for value in answer.lawful],
        "why_not_shown": answer.why_not_shown,
        "because": [because_json(pack, step) for step in answer.because],
        "rejected": [rejected_json(pack, one) for one in answer.rejected],
    }


def scenarios_json(report: TestReport, coverage: CoverageReport | None = None) -> Json:
    """Scenarios run, each with what it missed. No times: the same scenarios give the same bytes."""
    data: Json = {
        "format": FORMAT,
        "passed": sum(1 for result in report.results if not result.missed),
        "failed": sum(1 for result in report.results if result.missed),
        "results": [
            {
                "file": result.case.file,
                "variation": result.variation,
                "title": text_json(result.case.title),
                "missed": [
                    {"answer": one.answer, "key": one.key, "expected": one.expected, "got": one.got} for one in result.missed
                ],
            }
            for result in report.results
        ],
    }
    if coverage is not None:
        data["coverage"] = coverage_json(coverage)
    return data


def coverage_json(report: CoverageReport) -> list[Json]:
    return [
        {
            "what": text_json(count.what),
            "covered": count.covered,
            "total": count.total,
            "missing": [{"what": what, "why": why} for what, why in count.missing],
        }
        for count in report.counts
    ]


def text_report_json(report: TextReport, wording: Mapping[str, str] | None = None) -> Json:
    """What encodes each provision; `wording`: the official words, where a text is attached."""
    return {
        "format": FORMAT,
        "provisions": [
            {
                "provision": one.ref,
                "definitions": list(one.definitions),
                "duties": list(one.duties),
                "qualifiers": [{"word": word, "covered_by": list(covered)} for word, covered in one.qualifiers],
                "not_computed": text_json(one.not_computed) if one.not_computed is not None else None,
                "reviewed": one.reviewed,
                "fingerprint": one.fingerprint,
                "wording": (wording or {}).get(one.ref),
            }
            for one in report.provisions
        ],
        "unaccounted": list(report.unaccounted),
        "unreviewed": list(report.unreviewed),
    }


def text_json(text: Text) -> Json:
    return {"zh": text.zh, "en": text.en}


# -- outcomes


def _possible(pack: Pack, type_: Type, possible: Possible) -> Json:
    outcome = outcome_json(pack, type_, possible.outcome, possible.failures)
    outcome["by"] = {kind: dict(values_) for kind, values_ in possible.by.items()}
    outcome["witness"] = case_mapping(pack, possible.witness) if possible.witness is not None else None
    return outcome


def outcome_json(
    pack: Pack, type_: Type, outcome: Value | FailureKind | Between, failures: tuple[Failure, ...] = ()
) -> Json:
    """`{value: …}`, `{between: …}`, or a failure by its kind: what fails, or `true` where that is not told."""
    match outcome:
        case FailureKind():
            told = [_failure(pack, failure) for failure in failures if failure.kind is outcome]
            return {outcome.word: told[0] if told else True}
        case Between(least=least, greatest=greatest):
            ends = {"least": values.written(pack, least, type_), "greatest": values.written(pack, greatest, type_)}
            return {"between": ends}
        case _:
            return {"value": values.written(pack, outcome, type_)}


def _failure(pack: Pack, failure: Failure) -> Json:
    match failure.kind:
        case FailureKind.NO_DATA:
            return {"table": failure.name, "key": failure.detail}
        case FailureKind.CONFLICT | FailureKind.GAP:
            if failure.name in AGGREGATES:
                where = {"definition": failure.detail, "provision": _provision(pack, failure.detail)}
                return {**where, "aggregate": failure.name}
            told = {"definition": failure.name, "provision": _provision(pack, failure.name)}
            return {**told, "rules": failure.detail.split(" | ")} if failure.detail else told


def _provision(pack: Pack, name: str) -> str:
    """The provision of a definition or a discretion."""
    spec = pack.definitions.get(name) or pack.discretions.get(name)
    return spec.provision if spec is not None else ""


# -- what it depends on


def _depends_on(depends_on: DependsOn) -> Json:
    return {
        "facts": list(depends_on.facts),
        "readings": list(depends_on.readings),
        "discretion": list(depends_on.discretion),
    }


def _matters(pack: Pack, matters: Matters) -> Json:
    spec = pack.collections.get(matters.fact.removesuffix(".others"))
    fields: Json = {}
    for name, allowed in matters.fields.items():
        field = spec.field(name) if spec is not None else None
        type_ = field.type if field is not None and field.type is not None else Type("text")
        if isinstance(allowed, Between):
            fields[name] = outcome_json(pack, type_, allowed)
        else:
            fields[name] = {"among": [values.written(pack, value, type_) for value in allowed]}
    return {"fact": matters.fact, "fields": fields}


def _difference(pack: Pack, type_: Type, difference: Difference) -> Json:
    return {
        "readings": dict(difference.readings),
        "status": difference.status.value,
        "outcomes": [outcome_json(pack, type_, outcome) for outcome in difference.outcomes],
    }


# -- reasons


def because_json(pack: Pack, step: Because) -> Json:
    return {
        "provision": step.provision,
        "rule": step.rule,
        "says": rule_says(pack, step.definition, step.rule),
        "definition": step.definition,
        "arguments": list(step.arguments),
        "outcome": step.outcome,
        "facts": looked_json(step.facts),
        "readings": dict(step.readings),
        "depth": step.depth,
    }


def rejected_json(pack: Pack, one: Rejected) -> Json:
    return {
        "provision": one.provision,
        "rule": one.rule,
        "says": rule_says(pack, one.definition, one.rule),
        "definition": one.definition,
        "defeated_by": one.defeated_by,
        "lacked": unparse(one.lacked) if one.lacked is not None else "",
        "facts": looked_json(one.facts),
    }


def looked_json(facts: tuple[Looked, ...]) -> list[Json]:
    return [{"path": fact.path, "value": fact.value, "source": fact.source, "supposed": fact.supposed} for fact in facts]


def rule_says(pack: Pack, name: str, rule_name: str) -> Json | None:
    """The rule's sentence in both languages; what holds otherwise, where no rule is named; None where there is none."""
    definition = pack.definitions.get(name)
    if definition is None:
        return None
    if not rule_name:
        zh, en = (rules.otherwise_sentence(pack, definition, lang) for lang in ("zh", "en"))
        return {"zh": zh, "en": en} if zh is not None else None
    rule: Rule | None = next((one for one in definition.rules if one.name == rule_name), None)
    if rule is None:
        return None
    return {lang: rules.rule_sentence(pack, definition, rule, lang) for lang in ("zh", "en")}
