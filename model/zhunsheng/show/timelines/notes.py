"""What the picture of a timeline says: the note behind each number, and all of it in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhunsheng.ask.timelines.timeline_report import Deadline, Event, Moment, Row, Span, Timeline
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate.phrases import fill
from zhunsheng.show import words
from zhunsheng.show.timelines.along import Along
from zhunsheng.show.timelines.timeline import TITLE

DESCRIPTION = Text(
    "{title}。{rows}。各项变化的日期和依据列在图下。",
    "{title}. {rows}. The days and the grounds of each change are listed below the picture.",
)


@dataclass
class Notes:
    """`told`: the notes, in the order of their numbers."""

    pack: Pack
    timeline: Timeline
    lang: str

    def __post_init__(self) -> None:
        self.say = Along(self.pack, self.lang)
        self.told = self._numbered()

    @property
    def title(self) -> str:
        return fill(TITLE, self.lang, case=self.timeline.case.title[self.lang] or words.UNTITLED[self.lang])

    def described(self) -> str:
        rows = words.SEMICOLON[self.lang].join(self._in_words(row) for row in self.timeline.rows)
        return fill(DESCRIPTION, self.lang, title=self.title, rows=rows)

    def _numbered(self) -> list[str]:
        """Everything that gets a number, by its day."""
        found: list[tuple[date, str]] = []
        for row in self.timeline.rows:
            found += [(span.first, self.span(row, span)) for span in row.spans[1:]]
        found += [(day, self.event(one)) for one in self.timeline.events for day in self.within(one.on)]
        found += [(day, self.deadline(one)) for one in self.timeline.deadlines for day in self.within(one.by)]
        first = {said: day for day, said in sorted(found, key=lambda pair: pair[0], reverse=True)}
        return sorted(first, key=lambda said: (first[said], [one for _, one in found].index(said)))

    def number(self, said: str) -> str:
        """The number of a note. Where one deadline may be on several days, they share it."""
        return str(self.told.index(said) + 1)

    def within(self, moment: Moment) -> list[date]:
        return [day for day in moment.days if self.timeline.first <= day <= self.timeline.last]

    def span(self, row: Row, span: Span) -> str:
        below = "".join(f" {item.text}" if self.lang == "en" else item.text for item in self.say.below(span))
        said = f"{self.say.row(row)}{words.COLON[self.lang]}{self.say.span(row.type, span)}"
        return f"{self._on(span.first)}{said}{words.STOP[self.lang]}{below}"

    def _on(self, day: date) -> str:
        return self.say.day(day) + ("，" if self.lang == "zh" else ": ")

    def event(self, event: Event) -> str:
        said = f"{event.title[self.lang]}{words.COLON[self.lang]}{self.say.about(event)}{words.STOP[self.lang]}"
        return f"{self.say.moment(event.on) or ''}{'，' if self.lang == 'zh' else ': '}{said}"

    def deadline(self, deadline: Deadline) -> str:
        return f"{self.say.by(deadline)}{words.COLON[self.lang]}{self.say.deadline(deadline)}{words.STOP[self.lang]}"

    def _in_words(self, row: Row) -> str:
        spans = [f"{self.say.days(span.first, span.last)} {self.say.value(row.type, span)}" for span in row.spans]
        return f"{self.say.row(row)}{words.COLON[self.lang]}{self.say.comma.join(spans)}"
