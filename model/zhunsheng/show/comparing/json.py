"""A comparison as JSON: stable within a format version, the same in every language. `comparison_schema` describes it."""

from __future__ import annotations

from zhunsheng.ask.checking.findings import Finding
from zhunsheng.ask.comparing.comparison import Change, Compared, Comparison
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.narrate import values
from zhunsheng.show.checking.json import proof_json
from zhunsheng.show.comparing.register import register_json
from zhunsheng.show.deciding.case_yaml import case_mapping
from zhunsheng.show.deciding.json import FORMAT, Json, text_json
from zhunsheng.solve.paired import SOME, Beyond, Member


def comparison_json(comparison: Comparison) -> Json:
    """The whole comparison, every key always there."""
    base, pack = comparison.amended.base, comparison.amended.pack
    return {
        "format": FORMAT,
        "complete": comparison.complete,
        "certified": False,
        "verdict": comparison.direction.value,
        "before": {"id": base.name, "digest": base.digest, "version": base.version},
        "after": {"id": pack.name, "digest": pack.digest, "version": pack.version},
        "under": comparison.under,
        "readings": dict(comparison.readings),
        "horizon": {"from": comparison.horizon[0].isoformat(), "to": comparison.horizon[1].isoformat()},
        "amendments": [
            {
                "amendment": each.name,
                "says": text_json(each.says),
                "source": text_json(each.source),
                "in_force_from": each.in_force_from.isoformat(),
                "issued_on": None if each.issued_on is None else each.issued_on.isoformat(),
                "retroactive": each.retroactive,
                "edits": [
                    {
                        "edit": edit.label,
                        "act": edit.act.value,
                        "kind": edit.kind.value,
                        "name": edit.name,
                        "provision": edit.provision,
                    }
                    for edit in each.edits
                ],
            }
            for each in comparison.amended.amendments
        ],
        "equal": list(comparison.equal),
        "answers": {each.answer: _compared(comparison, each) for each in comparison.answers},
        "guarantees": _guarantees(comparison),
        "effect": _effect(comparison),
        "register": register_json(comparison),
        "ruled_out": [
            {"assumption": each.assumption, "by": "after" if each.side else "before",
             "case": case_mapping(pack if each.side == 0 else base, each.case)}
            for each in comparison.ruled_out
        ],
    }  # fmt: skip


def _effect(comparison: Comparison) -> Json | None:
    """The comparison with the law as it takes effect. There, `kinds` tell where a case is on the first day of the new law."""
    found = comparison.effect
    if found is None:
        return None
    return {
        "complete": found.complete,
        "verdict": found.direction.value,
        "situations": [{"kind": way.name, "title": text_json(way.title)} for way in found.kinds.partitions],
        "answers": {each.answer: _compared(found, each) for each in found.answers},
    }


def _guarantees(comparison: Comparison) -> Json | None:
    found = comparison.guarantees
    if found is None:
        return None
    pack = comparison.amended.pack
    return {
        "asked": found.asked,
        "flips": [{"before": flip.recorded.value, "after": proof_json(pack, flip.after)} for flip in found.flips],
        "opened": None if found.opened is None else [_finding(each) for each in found.opened.new],
        "cured": None if found.opened is None else [_finding(each) for each in found.opened.cured],
        "unstated": [str(problem) for problem in found.unstated],
        "tried": found.tried,
        "moved": [
            {
                "scenario": text_json(each.scenario.title),
                "answer": each.answer,
                "before": sorted(str(outcome) for outcome in each.before),
                "after": sorted(str(outcome) for outcome in each.after),
            }
            for each in found.moved
        ],
    }


def _finding(finding: Finding) -> Json:
    return {"finding": finding.key, "kind": finding.kind.value, "provisions": list(finding.provisions)}


def _compared(comparison: Comparison, compared: Compared) -> Json:
    return {
        "verdict": compared.direction.value,
        "complete": compared.complete,
        "why_not": compared.why,
        "untouched": compared.untouched,
        "slots": dict(compared.slots),
        "without": list(compared.without),
        "follows": list(compared.follows),
        "kinds": [{"kind": way, "part": part, "verdict": each.value} for (way, part), each in compared.by_kind.items()],
        "changes": [_change(comparison, change) for change in compared.changes],
    }


def _change(comparison: Comparison, change: Change) -> Json:
    base, pack = comparison.amended.base, comparison.amended.pack
    return {
        "before": _members(base, change, 0),
        "after": _members(pack, change, 1),
        "shift": change.key.shift.value,
        "by": None if change.shift is None else {"least": change.shift[0], "greatest": change.shift[1], "exact": change.exact},
        "direction": change.direction.value,
        "causes": list(change.causes),
        "days": [{"from": first.isoformat(), "to": last.isoformat()} for first, last in change.shown.days],
        "under_way": change.shown.under_way,
        "provisions": {"before": list(change.shown.provisions[0]), "after": list(change.shown.provisions[1])},
        "asked_of": {name: str(value) for name, value in change.shown.args.items()},
        "outcomes": {"before": _outcomes(base, change, 0), "after": _outcomes(pack, change, 1)},
        "case": {"before": case_mapping(base, change.shown.before), "after": case_mapping(pack, change.shown.after)},
        "kinds": [{"kind": way, "part": part, "case": case_mapping(base, case)} for (way, part), case in change.kinds.items()],
    }


def _members(law: Pack, change: Change, side: int) -> list[object]:
    members = change.key.before if side == 0 else change.key.after
    return sorted((_member(law, change.answer, member) for member in members), key=str)


def _member(law: Pack, answer: str, member: Member) -> object:
    if member is SOME:
        return {"some": law.definitions[answer].type.base if answer in law.definitions else "value"}
    if isinstance(member, Beyond):
        return {member.value: True}
    if isinstance(member, FailureKind):
        return {member.word: True}
    return _written(law, answer, member)


def _outcomes(law: Pack, change: Change, side: int) -> list[object]:
    found = change.shown.outcomes[side]
    said = [{one.word: True} if isinstance(one, FailureKind) else _written(law, change.answer, one) for one in found]
    return sorted(said, key=str)


def _written(law: Pack, answer: str, value: object) -> object:
    definition = law.definitions.get(answer)
    return values.written(law, value, definition.type) if definition is not None else str(value)  # type: ignore[arg-type]
