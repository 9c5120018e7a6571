"""A timeline as JSON, and its schema: stable within a format version, the same in every language."""

from __future__ import annotations

from zhunsheng.ask.deciding.warned import warnings_along
from zhunsheng.ask.report import DependsOn, Status
from zhunsheng.ask.timelines.timeline_report import Change, Deadline, Event, Moment, Row, Span, Timeline, Window
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text, Type
from zhunsheng.show.deciding import schema as s
from zhunsheng.show.deciding.json import FORMAT, Json, because_json, looked_json, outcome_json, text_json


def timeline_json(pack: Pack, timeline: Timeline) -> Json:
    """A timeline, every key always there."""
    return {
        "format": FORMAT,
        "pack": {"id": timeline.pack_name, "digest": timeline.pack_digest, "version": pack.version},
        "case": {"digest": timeline.case.digest, "title": text_json(timeline.case.title)},
        "from": timeline.first.isoformat(),
        "to": timeline.last.isoformat(),
        "known_until": timeline.known_until.isoformat() if timeline.known_until is not None else None,
        "open_future": timeline.open_future,
        "rows": [_row(pack, row) for row in timeline.rows],
        "windows": [_window(pack, window) for window in timeline.windows],
        "events": [_event(pack, event) for event in timeline.events],
        "deadlines": [_deadline(pack, deadline) for deadline in timeline.deadlines],
        "others": list(timeline.others),
        "warnings": [text_json(warning) for warning in warnings_along(pack, timeline.first, timeline.last)],
    }


def _row(pack: Pack, row: Row) -> Json:
    return {
        "definition": row.definition,
        "title": _text(row.title),
        "type": str(row.type),
        "spans": [_span(pack, row.type, span) for span in row.spans],
    }


def _span(pack: Pack, type_: Type, span: Span) -> Json:
    return {
        "from": span.first.isoformat(),
        "to": span.last.isoformat(),
        "status": span.status.value,
        "outcomes": [outcome_json(pack, type_, outcome) for outcome in span.outcomes],
        "depends_on": _depends_on(span.depends_on),
        "provided_from": span.provided_from.isoformat() if span.provided_from is not None else None,
        "because": [because_json(pack, step) for step in span.because],
        "change": _change(pack, span.change) if span.change is not None else None,
        "why_not_shown": span.why_not_shown,
    }


def _change(pack: Pack, change: Change) -> Json:
    return {
        "begun": [because_json(pack, step) for step in change.begun],
        "ended": [because_json(pack, step) for step in change.ended],
        "days": looked_json(change.days),
    }


def _window(pack: Pack, window: Window) -> Json:
    return {
        "window": window.name,
        "title": text_json(window.title),
        "provision": window.provision,
        "element": window.element,
        "from": _moment(pack, window.since),
        "to": _moment(pack, window.until),
        "label": _moment(pack, window.label) if window.label is not None else None,
    }


def _event(pack: Pack, event: Event) -> Json:
    return {
        "event": event.name,
        "title": text_json(event.title),
        "provision": event.provision,
        "element": event.element,
        "on": _moment(pack, event.on),
        "label": _moment(pack, event.label) if event.label is not None else None,
    }


def _deadline(pack: Pack, deadline: Deadline) -> Json:
    duty = pack.duties[deadline.duty]
    return {
        "duty": deadline.duty,
        "who": duty.who,
        "what": text_json(duty.what),
        "provision": duty.provision,
        "owed": deadline.owed,
        "by": _moment(pack, deadline.by),
        "lacks": deadline.lacks or None,
    }


def _moment(pack: Pack, moment: Moment) -> Json:
    return {
        "status": moment.status.value,
        "outcomes": [outcome_json(pack, moment.type, outcome) for outcome in moment.outcomes],
    }


def _depends_on(on: DependsOn) -> Json:
    return {"facts": list(on.facts), "readings": list(on.readings), "discretion": list(on.discretion)}


def _text(text: Text | None) -> Json | None:
    return text_json(text) if text is not None else None


def timeline_schema() -> s.Schema:
    """The schema of what `timeline --json` writes, its parts under `$defs`."""
    moment, text = s.ref("moment"), s.ref("text")
    of = {"title": text, "provision": s.STRING, "element": s.STRING, "label": s.maybe(moment)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A timeline of zhunsheng",
        **s.object_(
            {
                "format": {"const": FORMAT},
                "pack": s.object_({"id": s.STRING, "digest": s.STRING, "version": s.STRING}),
                "case": s.object_({"digest": s.STRING, "title": text}),
                "from": DAY, "to": DAY, "known_until": s.maybe(DAY), "open_future": s.TRUTH,
                "rows": s.array(s.ref("row")),
                "windows": s.array(s.object_({"window": s.STRING, "from": moment, "to": moment, **of})),
                "events": s.array(s.object_({"event": s.STRING, "on": moment, **of})),
                "deadlines": s.array(
                    s.object_(
                        {
                            "duty": s.STRING, "who": s.STRING, "what": text, "provision": s.STRING, "owed": s.TRUTH,
                            "by": moment, "lacks": s.maybe(s.STRING),
                        }
                    )
                ),
                "others": s.STRINGS,
                "warnings": s.array(text),
            }
        ),
        "$defs": {**s.shared_parts(), **_parts()},
    }  # fmt: skip


DAY: s.Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def _parts() -> s.Schema:
    status: s.Schema = {"enum": [one.value for one in Status]}
    outcomes = s.array(s.ref("outcome"))
    change = s.object_({"begun": s.array(s.ref("because")), "ended": s.array(s.ref("because")), "days": s.array(s.ref("looked"))})
    span = {
        "from": DAY, "to": DAY, "status": status, "outcomes": outcomes, "depends_on": s.ref("depends_on"),
        "provided_from": s.maybe(DAY), "because": s.array(s.ref("because")), "change": s.maybe(change), "why_not_shown": s.STRING,
    }  # fmt: skip
    return {
        "moment": s.object_({"status": status, "outcomes": outcomes}),
        "row": s.object_(
            {"definition": s.STRING, "title": s.maybe(s.ref("text")), "type": s.STRING, "spans": s.array(s.object_(span))}
        ),
    }
