"""Pack -> canonical JSON: what the pack means and what it restates, in one text whose SHA-256 names it.

Only strings, integers, lists and mappings with ASCII keys occur, so that sorted `json.dumps` is RFC 8785. Expressions
stand as text of the language. What order matters for (facts, values of an ordered enumeration, answers) is a list.
A truth value is the key with "yes", or no key. A key whose value is empty is left out. Values: a number is an integer,
a day is ISO, a period `{"years": 1}`, yes/no "true" or "false", a special value or an enumeration's its identifier.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from zhunsheng.lang.expr import Expr
from zhunsheng.lang.pack import (
    Assumption,
    Calendar,
    CollectionSpec,
    Definition,
    DiscretionSpec,
    Duty,
    FactSpec,
    Note,
    Pack,
    ParameterSpec,
    Provision,
    ReadingSpec,
    Review,
    Rule,
    Step,
)
from zhunsheng.lang.timeline import TimelineSpec
from zhunsheng.lang.types import Enumeration, EnumValue, Period, Special, Text, Value
from zhunsheng.lang.unparse import unparse
from zhunsheng.read.vocabulary import canonical

Data = dict[str, Any]


def canonical_pack(pack: Pack) -> str:
    """The canonical form. It says everything about the pack but the places of its files."""
    return canonical(pack_data(pack))


def digest_of(text: str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def fingerprint(provision: Provision, pack: Pack) -> str:
    """What a reviewer signs: the restatement with its definitions, rules and duties, as 16 hexadecimal digits."""
    data = {
        "says": _text(provision.says),
        "definitions": [_definition(pack.definitions[name]) for name in provision.definitions],
        "duties": [_duty(pack.duties[name]) for name in provision.duties],
    }
    return digest_of(canonical(data))[:16]


def pack_data(pack: Pack) -> Data:
    """The canonical form before it is text."""
    return _kept({
        "format": 1,
        "pack": pack.name, "version": pack.version, "title": _text(pack.title), "authority": _text(pack.authority),
        "in_force": _span(*pack.in_force), "horizon": _span(*pack.horizon),
        "as_of": pack.as_of, "reference_days": list(pack.reference_days), "answers": list(pack.answers),
        "cautions": [_text(text) for text in pack.cautions],
        "specials": [{"name": name, "written": form, "title": _text(t)} for name, (form, t) in pack.specials.items()],
        "enumerations": [_enumeration(e) for e in pack.enumerations.values() if not e.name.startswith("reading ")],
        "facts": [_fact(spec) for spec in pack.facts.values()],
        "collections": [_collection(spec) for spec in pack.collections.values()],
        "assumptions": [_assumption(assumption) for assumption in pack.assumptions],
        "parameters": [_parameter(parameter) for parameter in pack.parameters.values()],
        "readings": [_reading(reading) for reading in pack.readings.values()],
        "discretions": [_discretion(choice) for choice in pack.discretions.values()],
        "notes": [_note(note) for note in pack.notes.values()],
        "definitions": [_definition(definition) for definition in pack.definitions.values()],
        "duties": [_duty(duty) for duty in pack.duties.values()],
        "chapters": [{"number": chapter.number, "title": _text(chapter.title)} for chapter in pack.chapters],
        "provisions": [_provision(provision) for provision in pack.provisions.values()],
        "calendars": [_calendar(table) for table in pack.calendars.values()],
        "terms": [
            _kept({"name": t.name, "zh": t.zh, "en": t.en, "provision": t.provision, "identifier": t.identifier})
            for t in pack.terms.values()
        ],
        "timeline": _timeline(pack.timeline),
        "steps": [_step(step) for step in pack.steps.values()],
    })  # fmt: skip


def _kept(data: Data) -> Data:
    """Without the keys that say nothing; `True` becomes "yes"."""
    kept = {key: "yes" if value is True else value for key, value in data.items()}
    return {
        key: value
        for key, value in kept.items()
        if value is not None and value is not False and value not in ("", [], {})
    }


def _span(first: date, last: date | None) -> Data:
    return {"from": first.isoformat(), "to": last.isoformat() if last else "none"}


def _text(text: Text | None) -> Data | None:
    return None if text is None else {"zh": text.zh, "en": text.en}


def _expr(expr: Expr | None) -> str | None:
    return None if expr is None else unparse(expr)


def value_data(value: Value | None) -> Any:
    """A value in the form the canonical texts share."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case int() | str():
            return value
        case Special(name=name):
            return name
        case date():
            return value.isoformat()
        case Period(years=years, months=months, days=days):
            return {key: n for key, n in (("years", years), ("months", months), ("days", days)) if n} or {"days": 0}


def _enumeration(enumeration: Enumeration) -> Data:
    values = [_enum_value(value) for value in enumeration.values]
    return _kept(
        {"name": enumeration.name, "ordered": enumeration.ordered, "provision": enumeration.provision, "values": values}
    )


def _enum_value(value: EnumValue) -> Data:
    return _kept({
        "name": value.name, "written": value.written, "title": _text(value.title), "also": list(value.also),
        "answer_only": value.answer_only, "source": _text(value.source),
    })  # fmt: skip


def _fact(spec: FactSpec) -> Data:
    return _kept({
        "name": spec.name, "type": str(spec.type) if spec.type else None,
        "record": [_fact(field) for field in spec.record],
        "may_be_none": spec.may_be_none, "ask": _text(spec.ask), "title": _text(spec.title),
        "changed_by": spec.changed_by,
        "left_out": value_data(spec.left_out), "among": list(spec.among), "least": spec.least,
        "greatest": spec.greatest,
        "plain": value_data(spec.plain), "inert": spec.inert, "provision": spec.provision,
        "record_form": [list(pair) for pair in spec.record_form],
    })  # fmt: skip


def _collection(spec: CollectionSpec) -> Data:
    return _kept({
        "name": spec.name, "element": spec.element, "fields": [_fact(field) for field in spec.fields], "key": spec.key,
        "single": spec.single, "happens_on": spec.happens_on, "ask": _text(spec.ask), "title": _text(spec.title),
        "split": {"field": spec.split[0], "from": spec.split[1]} if spec.split else None, "changed_by": spec.changed_by,
        "provision": spec.provision,
    })  # fmt: skip


def _assumption(assumption: Assumption) -> Data:
    return _kept({
        "name": assumption.name, "says": _text(assumption.says), "provision": assumption.provision,
        "apart": assumption.apart,
        "each": [list(pair) for pair in assumption.each], "that": unparse(assumption.that),
    })  # fmt: skip


def _parameter(spec: ParameterSpec) -> Data:
    return _kept({
        "name": spec.name, "type": str(spec.type), "value": value_data(spec.value), "title": _text(spec.title),
        "provision": spec.provision, "since": spec.since.isoformat(), "source": _text(spec.source),
    })  # fmt: skip


def _reading(spec: ReadingSpec) -> Data:
    options = [
        _kept({"name": option.name, "says": _text(option.says), "argument": _text(option.argument)})
        for option in spec.options
    ]
    return _kept({
        "name": spec.name, "provisions": list(spec.provisions), "entries": list(spec.entries),
        "question": _text(spec.question),
        "default": spec.default, "options": options, "case": spec.case, "findings": list(spec.findings),
    })  # fmt: skip


def _note(note: Note) -> Data:
    said = {
        "name": note.name, "kind": note.kind, "entries": list(note.entries), "provisions": list(note.provisions),
        "question": _text(note.question), "settled": _text(note.settled),
    }  # fmt: skip
    return {**said, **_kept({"findings": list(note.findings)})}


def _discretion(spec: DiscretionSpec) -> Data:
    return _kept({
        "name": spec.name, "type": str(spec.type), "title": _text(spec.title), "provision": spec.provision,
        "who": spec.who,
        "criterion": _text(spec.criterion), "lawful": unparse(spec.lawful), "otherwise": _expr(spec.otherwise),
    })  # fmt: skip


def _definition(definition: Definition) -> Data:
    return _kept({
        "name": definition.name, "parameters": [[name, str(type_)] for name, type_ in definition.parameters],
        "type": str(definition.type), "rules": [_rule(rule) for rule in definition.rules],
        "otherwise": _expr(definition.otherwise), "provision": definition.provision, "title": _text(definition.title),
        "better": "" if definition.better == "none" else definition.better,
    })  # fmt: skip


def _rule(rule: Rule) -> Data:
    return _kept({
        "name": rule.name, "when": unparse(rule.when), "value": unparse(rule.value), "overrides": list(rule.overrides),
        "provision": rule.provision, "says": _text(rule.says),
    })  # fmt: skip


def _duty(duty: Duty) -> Data:
    return _kept({
        "name": duty.name, "who": duty.who, "what": _text(duty.what), "provision": duty.provision,
        "when": unparse(duty.when),
        "by": _expr(duty.by), "no_deadline": _text(duty.no_deadline),
    })  # fmt: skip


def _step(step: Step) -> Data:
    return _kept({
        "name": step.name, "title": _text(step.title), "who": step.who, "provision": step.provision, "acted": step.acted,
        "chooses": list(step.chooses), "sets": [[path, unparse(expr)] for path, expr in step.sets.items()],
        "allowed": unparse(step.allowed), "only_if": _expr(step.only_if),
        "stages": [
            _kept({"name": stage.name, "title": _text(stage.title), "who": stage.who, "provision": stage.provision})
            for stage in step.stages
        ],
        "adds": step.adds, "element": [[name, unparse(expr)] for name, expr in step.element.items()],
    })  # fmt: skip


def _provision(provision: Provision) -> Data:
    qualifiers = [
        _kept({"word": qualifier.word, "covered_by": [list(pair) for pair in qualifier.covered_by]})
        for qualifier in provision.qualifiers
    ]
    return _kept({
        "ref": provision.ref, "chapter": provision.chapter, "says": _text(provision.says), "qualifiers": qualifiers,
        "definitions": list(provision.definitions), "duties": list(provision.duties),
        "not_computed": _text(provision.not_computed), "fingerprint": provision.fingerprint,
        "reviewed": _review(provision.reviewed),
    })  # fmt: skip


def _review(review: Review | None) -> Data | None:
    return None if review is None else {"by": review.by, "on": review.on.isoformat(), "fingerprint": review.fingerprint}


def _calendar(table: Calendar) -> Data:
    years = [
        {"year": year.year, "off": sorted(day.isoformat() for day in year.off),
         "work": sorted(day.isoformat() for day in year.work), "source": _text(year.source)}
        for year in table.years.values()
    ]  # fmt: skip
    return {"name": table.name, "title": _text(table.title), "years": years}


def _timeline(spec: TimelineSpec) -> Data:
    rows = [_kept({"name": row.definition, "title": _text(row.title)}) for row in spec.rows]
    windows = [
        _kept({
            "name": window.name, "of": window.collection, "from": window.since, "to": window.until,
            "title": _text(window.title), "label": window.label, "provision": window.provision,
        })
        for window in spec.windows
    ]  # fmt: skip
    events = [
        _kept({
            "name": event.name, "of": event.collection, "on": event.on, "title": _text(event.title),
            "label": event.label, "provision": event.provision,
        })
        for event in spec.events
    ]  # fmt: skip
    return _kept({"rows": rows, "windows": windows, "events": events})
