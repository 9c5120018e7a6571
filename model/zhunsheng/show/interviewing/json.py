"""Where an interview stands, as JSON, and its schema: for programs that put the questions themselves."""

from __future__ import annotations

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.unstated import EXISTS, HOW_MANY, VALUE
from zhunsheng.ask.interviewing.interview import Question, Standing
from zhunsheng.ask.settling.possibilities import May
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.spots import type_at
from zhunsheng.lang.types import Type
from zhunsheng.narrate import values
from zhunsheng.read.reply import choices
from zhunsheng.show.deciding import schema as s
from zhunsheng.show.deciding.json import FORMAT, Json, text_json
from zhunsheng.show.interviewing.interview import Interviewing


def interview_json(pack: Pack, case: Case, asked: list[Asked], may: dict[str, May], standing: Standing) -> Json:
    """The next question (null at the end), what each answer may still come to, and what is left of which nobody knows."""
    answers = {
        one.key: {
            "definition": one.definition,
            "settled": one.key in standing.settled,
            "may": _may(pack, pack.definitions[one.definition].type, may[one.key]),
        }
        for one in asked
    }
    return {
        "format": FORMAT,
        "pack": {"id": pack.name, "digest": pack.digest, "version": pack.version},
        "case": {"digest": case.digest, "title": text_json(case.title)},
        "question": None if standing.question is None else _question(pack, case, standing.question),
        "answers": answers,
        "left": list(standing.left),
    }


def _question(pack: Pack, case: Case, question: Question) -> Json:
    type_ = type_at(pack, question.spot) if question.kind == VALUE else None
    return {
        "path": question.path,
        "kind": question.kind,
        "asks": {lang: Interviewing(pack, lang).asks(case, question) for lang in ("zh", "en")},
        "type": "" if type_ is None else str(type_),
        "options": [one.written for one in choices(pack, question.spot)] if question.kind == VALUE else [],
        "sways": list(question.swayed),
    }


def _may(pack: Pack, type_: Type, found: May) -> list[Json]:
    said: list[Json] = [{"value": values.written(pack, one, type_)} for one in found.values]
    if found.least is not None and found.greatest is not None:
        ends = (values.written(pack, end, type_) for end in (found.least, found.greatest))
        said.append({"between": dict(zip(("least", "greatest"), ends, strict=True))})
    return said + [{kind.word: True} for kind in found.failures]


def interview_schema() -> s.Schema:
    """The schema of what `interview --json` writes."""
    question = {
        "path": s.STRING, "kind": {"enum": [VALUE, EXISTS, HOW_MANY]}, "asks": s.ref("text"), "type": s.STRING,
        "options": s.array(s.VALUE), "sways": s.STRINGS,
    }  # fmt: skip
    answer = {"definition": s.STRING, "settled": s.TRUTH, "may": s.array(s.ref("outcome"))}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Where an interview of zhunsheng stands",
        **s.object_(
            {
                "format": {"const": FORMAT},
                "pack": s.object_({"id": s.STRING, "digest": s.STRING, "version": s.STRING}),
                "case": s.object_({"digest": s.STRING, "title": s.ref("text")}),
                "question": s.maybe(s.object_(question)),
                "answers": {"type": "object", "additionalProperties": s.object_(answer)},
                "left": s.STRINGS,
            }
        ),
        "$defs": s.shared_parts(),
    }
