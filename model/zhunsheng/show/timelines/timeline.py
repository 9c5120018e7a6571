"""A timeline as a document: each answer with its spans, then periods, days and deadlines."""

from __future__ import annotations

from zhunsheng.ask.deciding.warned import warnings_along
from zhunsheng.ask.timelines.timeline_report import Timeline
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate import nouns, values
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.show import words
from zhunsheng.show.deciding.warned import warned
from zhunsheng.show.timelines.along import Along

TITLE = Text("{case}：时间线", "{case}: along time")
SHOWN = Text("自{first}至{last}，首尾两日都在内", "From {first} to {last}, both days in it")
KNOWN_UNTIL = Text(
    "案卷所载情况截至{day}；此后的日子，以不再发生新的情况为前提",
    "What the case states reaches to {day}; later days hold provided that nothing further happens",
)
DROPPED_BY = Text("{said}（--open-future 可解除这一前提）", "{said} (--open-future drops this)")
"""For whoever has the command before them, which a reader of a picture has not."""
FREE_AFTER = Text("{day}以后可能发生的新情况按未明处理", "What may still happen after {day} is taken as unknown")
OTHERS = Text(
    "案卷没有说明是否还有其他{noun}，因此可能还有这里没有列出的期间和日期",
    "The case does not say whether there are other {nouns}, so there may be periods and days not listed here",
)
WINDOWS = Text("期间", "Periods")
EVENTS = Text("事件", "Events")
DEADLINES = Text("办理期限（以所问之日的情况为准）", "Deadlines (as things stand on the day of the question)")


def timeline_document(pack: Pack, timeline: Timeline, lang: str) -> Document:
    """The whole timeline, for any renderer."""
    say = Along(pack, lang)
    sections = [_row(say, timeline, index) for index in range(len(timeline.rows))]
    sections += [_windows(say, timeline), _events(say, timeline), _deadlines(say, timeline)]
    case = timeline.case.title[lang] or words.UNTITLED[lang]
    shown, closing = tuple(filter(None, sections)), _closing(pack, timeline, lang)
    return Document(fill(TITLE, lang, case=case), lang, _opening(pack, timeline, say), shown, closing)


def _opening(pack: Pack, timeline: Timeline, say: Along) -> tuple[str, ...]:
    lang = say.lang
    lines = [
        fill(words.BASED_ON, lang, title=pack.title[lang]),
        fill(SHOWN, lang, first=say.day(timeline.first), last=say.day(timeline.last)),
        *warned(warnings_along(pack, timeline.first, timeline.last), lang),
        *notes(pack, timeline, lang, options=True),
    ]
    return tuple(lines)


def notes(pack: Pack, timeline: Timeline, lang: str, *, options: bool = False) -> list[str]:
    """What a reader of a timeline has to know: up to when the case is known, and which lists may hold more. `options`: also by
    which option of the command that is otherwise."""
    found = []
    known = timeline.known_until
    if known is not None and known < timeline.last:
        phrase = FREE_AFTER if timeline.open_future else KNOWN_UNTIL
        said = fill(phrase, lang, day=values.spoken_day(known, lang))
        found.append(fill(DROPPED_BY, lang, said=said) if options and not timeline.open_future else said)
    for name in timeline.others:
        spec = pack.collections[name]
        nouns_ = {"noun": nouns.element(pack, spec, lang), "nouns": nouns.elements(pack, spec, lang)}
        found.append(fill(OTHERS, lang, **nouns_))
    return found


def _row(say: Along, timeline: Timeline, index: int) -> Section:
    row = timeline.rows[index]
    items = [Item(say.span(row.type, span), say.days(span.first, span.last), say.below(span)) for span in row.spans]
    return Section(say.row(row), (), tuple(items))


def _windows(say: Along, timeline: Timeline) -> Section:
    items = [
        Item(f"{say.period(one)}{words.SEMICOLON[say.lang]}{say.about(one)}", one.title[say.lang]) for one in timeline.windows
    ]
    return Section(WINDOWS[say.lang], (), tuple(items))


def _events(say: Along, timeline: Timeline) -> Section:
    items = [
        Item(f"{say.moment(one.on) or ''}{words.SEMICOLON[say.lang]}{say.about(one)}", one.title[say.lang])
        for one in timeline.events
    ]
    return Section(EVENTS[say.lang], (), tuple(items))


def _deadlines(say: Along, timeline: Timeline) -> Section:
    items = [Item(say.deadline(one), say.by(one)) for one in timeline.deadlines]
    return Section(DEADLINES[say.lang], (), tuple(items))


def _closing(pack: Pack, timeline: Timeline, lang: str) -> tuple[str, ...]:
    return (fill(words.VERSION, lang, version=pack.version, digest=timeline.pack_digest[:16]),)
