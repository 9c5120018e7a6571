"""What `whatif` comes back with, as JSON."""

from __future__ import annotations

from typing import Any

from zhunsheng.ask.deciding.warned import warnings
from zhunsheng.ask.deciding.worlds import UNLAWFUL
from zhunsheng.ask.report import Answer, Because, Between
from zhunsheng.ask.settling.spans import Outcomes, Range, in_order
from zhunsheng.ask.supposing.varying import Trial, Variation, Varied
from zhunsheng.ask.supposing.whatif import Changed, SideBySide
from zhunsheng.lang.case import Case
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Type, Value
from zhunsheng.narrate import values
from zhunsheng.show.deciding.json import FORMAT, Json, answer_json, text_json


def head(pack: Pack, case: Case, way: str, *further: Case) -> Json:
    """What every one of them begins with. `further`: other cases that it speaks of."""
    return {
        "format": FORMAT,
        "way": way,
        "pack": {"id": pack.name, "digest": pack.digest, "version": pack.version},
        "case": {"digest": case.digest, "title": text_json(case.title)},
        "warnings": [text_json(warning) for warning in warnings(pack, case, *further)],
    }


def side_by_side_json(pack: Pack, report: SideBySide) -> Json:
    return {
        **head(pack, report.before, "set", report.after),
        "set": [{"path": path, "value": text} for path, text in report.assignments],
        "changed": {one.name: _changed(pack, one) for one in report.changed},
        "appeared": _answers(pack, report.appeared),
        "vanished": _answers(pack, report.vanished),
        "unchanged": [one.key for one in report.unchanged], "not_shown": [one.key for one in report.not_shown],
    }


def variation_json(pack: Pack, report: Variation) -> Json:
    return {
        **head(pack, report.case, "vary"),
        "fact": report.path,
        "answers": {one.asked.key: _varied(pack, report.type, one) for one in report.answers},
    }


def _answers(pack: Pack, answers: tuple[Answer, ...]) -> Json:
    return {one.name: answer_json(pack, one) for one in answers}


def _changed(pack: Pack, one: Changed) -> Json:
    return {
        "before": answer_json(pack, one.before),
        "after": answer_json(pack, one.after),
        "rules_before": [step(one) for one in one.only_before],
        "rules_after": [step(one) for one in one.only_after],
    }


def step(one: Because) -> Json:
    """A rule that fired, and what it came to."""
    return {
        "definition": one.definition, "rule": one.rule, "provision": one.provision,
        "arguments": list(one.arguments), "outcome": one.outcome,
    }  # fmt: skip


def _varied(pack: Pack, type_: Type | None, one: Varied) -> Json:
    return {
        "definition": one.asked.definition,
        "constant": one.constant,
        "ranges": [_range(pack, type_ or Type("text"), one.type, part) for part in one.ranges],
        "trials": [_trial(pack, one.type, part) for part in one.trials],
        "assumed": dict(one.assumed or {}),
        "provided_until": one.provided_until.isoformat() if one.provided_until else None,
        "not_shown": one.not_shown,
    }


def _range(pack: Pack, type_: Type, answers: Type, part: Range) -> Json:
    return {
        "least": values.written(pack, part.least, type_),
        "greatest": values.written(pack, part.greatest, type_),
        "outcomes": [] if part.impossible else outcomes_json(pack, answers, part.outcomes[0]),
        "impossible": part.impossible,
    }


def _trial(pack: Pack, answers: Type, part: Trial) -> Json:
    return {
        "path": part.path,
        "with": part.with_it,
        "outcomes": [] if part.impossible else outcomes_json(pack, answers, part.outcomes[0]),
        "impossible": part.impossible,
    }


def outcomes_json(pack: Pack, type_: Type, found: Outcomes) -> list[Json]:
    """Outcomes in the form of a decision's, without what fails."""
    return [_outcome(pack, type_, one) for one in in_order(found)]


def _outcome(pack: Pack, type_: Type, outcome: Any) -> Json:
    if outcome is UNLAWFUL:
        return {"unlawful_choice": True}
    match outcome:
        case FailureKind():
            return {outcome.word: True}
        case Between(least=least, greatest=greatest):
            return {"between": {"least": written(pack, least, type_), "greatest": written(pack, greatest, type_)}}
        case _:
            return {"value": written(pack, outcome, type_)}


def written(pack: Pack, value: Value, type_: Type) -> Any:
    return values.written(pack, value, type_)
