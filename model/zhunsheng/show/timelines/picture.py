"""A timeline as a picture: bars for answers and periods, marks for days, every change numbered and told below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from zhunsheng.ask.report import Status
from zhunsheng.ask.timelines.timeline_report import Moment, Row, Span, Timeline, Window
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate.phrases import fill
from zhunsheng.show import words
from zhunsheng.show.media.svg import Sheet, length, lines
from zhunsheng.show.timelines.notes import Notes
from zhunsheng.show.timelines.placing import in_lanes, spread, ticks
from zhunsheng.show.timelines.timeline import DEADLINES, SHOWN, notes

WIDE, LEFT, RIGHT, MARGIN = 1080, 214, 1056, 20
BAR, THIN, TAG = 28, 18, 18
APART = 6
"""Between the numbers of two changes near each other."""
KNOWN = Text("所知情况至此", "known up to here")
EXPLAINED = Text("图中编号的说明", "The numbers in the picture")
UNDATED = Text("日期尚不能确定的办理期限", "Deadlines whose day cannot be told yet")
KINDS = {
    "hatched": Text("斜线：尚不能确定", "slanted lines: cannot be told yet"),
    "crossed": Text("网格：规定互相冲突", "grid: rules conflict"),
    "barred": Text("横线：没有条文可依，或者没有数据", "level lines: no rule speaks, or there is no data"),
    "dotted": Text("圆点：未能核算", "dots: not worked out"),
    "dashed": Text("虚线框：以不再发生新的情况为前提", "dashed frame: provided that nothing further happens"),
    "hollow": Text("空心标记：是否发生或者发生之日尚不能确定", "hollow mark: whether, or when, is not certain"),
}
PLAIN = ("#ffffff", "#dddddd", "ruled", "#bbbbbb")
"""What the values of one row are drawn with, in the order in which they come."""
FAILED = {
    Status.OPEN: "hatched", Status.CONFLICT: "crossed", Status.GAP: "barred", Status.NO_DATA: "barred",
    Status.NOT_SHOWN: "dotted", Status.UNLAWFUL_CHOICE: "crossed",
}  # fmt: skip


def timeline_svg(pack: Pack, timeline: Timeline, lang: str, *, versioned: bool = True) -> str:
    """The picture as SVG text: it can be printed as wide as a sheet of A4 across, and needs no colour. `versioned`: it says at
    its foot of which rules it is."""
    return _Picture(pack, timeline, lang, versioned).svg()


def timeline_alt(pack: Pack, timeline: Timeline, lang: str) -> str:
    """What the picture shows, in one sentence."""
    return Notes(pack, timeline, lang).described()


@dataclass
class _Picture:
    pack: Pack
    timeline: Timeline
    lang: str
    versioned: bool = True
    sheet: Sheet = field(default_factory=lambda: Sheet(WIDE))
    y: float = 30
    kinds: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.notes = Notes(self.pack, self.timeline, self.lang)
        self.say = self.notes.say
        self.days = (self.timeline.last - self.timeline.first).days + 1

    def svg(self) -> str:
        self._head(self.notes.title)
        self._axis()
        top = self.y - 10
        for row in self.timeline.rows:
            self._row(row)
        for name in dict.fromkeys(window.name for window in self.timeline.windows):
            self._windows([one for one in self.timeline.windows if one.name == name])
        for name in dict.fromkeys(event.name for event in self.timeline.events):
            events = [one for one in self.timeline.events if one.name == name]
            self._marks(events[0].title[self.lang], "event", [(one.on, one.on.settled, self.notes.event(one)) for one in events])
        dated = [one for one in self.timeline.deadlines if not one.lacks]
        deadlines = [(one.by, one.owed and one.by.settled, self.notes.deadline(one)) for one in dated]
        if deadlines:
            self._marks(DEADLINES[self.lang], "deadline", deadlines)
        self._known_until(top)
        self._legend()
        self._explain()
        return self.sheet.svg(self.y + MARGIN, self.notes.title, self.notes.described(), self.lang)

    # -- the head

    def _head(self, title: str) -> None:
        self.y = self.sheet.paragraph(MARGIN, self.y, title, WIDE - 2 * MARGIN, 17, "bold")
        first, last = self.say.day(self.timeline.first), self.say.day(self.timeline.last)
        said = [fill(words.BASED_ON, self.lang, title=self.pack.title[self.lang]), fill(SHOWN, self.lang, first=first, last=last)]
        for line in (*said, *notes(self.pack, self.timeline, self.lang)):
            self.y = self.sheet.paragraph(MARGIN, self.y, line, WIDE - 2 * MARGIN)
        self.y += 12

    # -- the axis

    def _x(self, day: date) -> float:
        """Where a day begins."""
        along = (day - self.timeline.first).days / self.days
        return LEFT + (RIGHT - LEFT) * min(max(along, 0), 1)

    def _axis(self) -> None:
        self.y += 16
        for day in ticks(self.timeline.first, self.timeline.last):
            self.sheet.line(self._x(day), self.y, self._x(day), self.y + 6)
            whole = day.month == 1 and day.day == 1
            said = str(day.year) if whole else (f"{day.month}-{day.day:02}" if day.day != 1 else f"{day.year}-{day.month:02}")
            self.sheet.text(self._x(day), self.y - 5, said, 11, "middle", "bold" if whole else "normal")
        self.y += 6
        self.sheet.line(LEFT, self.y, RIGHT, self.y)
        self.y += 10

    # -- answers

    def _row(self, row: Row) -> None:
        bar = self.y + (TAG if row.spans[1:] else 0) + 2
        self._tags([(self._x(span.first), self.notes.number(self.notes.span(row, span))) for span in row.spans[1:]], bar)
        fills: dict[str, str] = {}
        for span in row.spans:
            said = self.say.value(row.type, span)
            self._bar(span, said, self._fill(span, said, fills), bar)
        self.y = self._label(self.say.row(row), bar + 18, bar + BAR) + 10

    def _tags(self, tags: Sequence[tuple[float, str]], bar: float) -> None:
        """The numbers of changes, side by side above a bar, each with a line to its day."""
        gap = max((length(number, 10.5) for _, number in tags), default=0) + APART
        for (x, number), at in zip(tags, spread([x for x, _ in tags], gap, LEFT, RIGHT), strict=True):
            half, known = length(number, 10.5) / 2 + 3, self._known_to()
            if known is not None and abs(at - known) < half:
                at = known - half if x < known else known + half
            self.sheet.line(x, bar, at, bar - 6)
            self.sheet.text(at, bar - 8, number, 10.5, "middle", "bold", crossed=self._known_to())

    def _fill(self, span: Span, said: str, fills: dict[str, str]) -> str:
        kind = FAILED.get(span.status)
        if kind is not None:
            self.kinds.setdefault(kind)
            return kind
        if span.outcomes in ((True,), (False,)):
            return PLAIN[1] if span.outcomes[0] is True else PLAIN[0]
        return fills.setdefault(said, PLAIN[len(fills) % len(PLAIN)])

    def _bar(self, span: Span, said: str, fill_: str, y: float) -> None:
        end = self._x(span.last + timedelta(days=1))
        tip = f"{self.say.days(span.first, span.last)}{words.COLON[self.lang]}{said}"
        since = span.provided_from
        if since is None or since > span.first:
            self.sheet.rect(self._x(span.first), y, (self._x(since) if since else end) - self._x(span.first), BAR, fill_, tip)
        if since is not None:
            self.kinds.setdefault("dashed")
            self.sheet.rect(self._x(since), y, end - self._x(since), BAR, fill_, tip, dashed=True)
        for middle in self._middles(span, end, length(said, 12) + 4):
            self.sheet.text(middle, y + 18.5, said, 12, "middle", "bold", crossed=self._known_to())

    def _middles(self, span: Span, end: float, wide: float) -> list[float]:
        """Where a bar says what it is: in either of its frames in which there is room, else across both, if anywhere."""
        start, since = self._x(span.first), span.provided_from
        frames = [(start, end)] if since is None or since <= span.first else [(start, self._x(since)), (self._x(since), end)]
        found = [middle for frame in frames if (middle := self._room(*frame, wide)) is not None]
        across = self._room(start, end, wide)
        return found or ([] if across is None else [across])

    def _room(self, start: float, end: float, wide: float) -> float | None:
        """Where the middle of a text of this width is in a bar: on the longer side of the line up to which the case is known, if
        there is room; None where there is none at all."""
        known = self._known_to()
        sides = [(start, end)] if known is None or not start < known < end else [(start, known), (known, end), (start, end)]
        fitting = [side for side in sides if wide <= side[1] - side[0]]
        if not fitting:
            return None
        first, last = max(fitting[:2], key=lambda side: side[1] - side[0]) if len(fitting) > 2 else fitting[0]
        return (first + last) / 2

    # -- periods

    def _windows(self, windows: Sequence[Window]) -> None:
        placed = []
        for window in windows:
            start, end = self._edges(window)
            label = self.say.label(window) or self._days_inside(window, end - start)
            placed.append((window, start, end, label, self._room(start, end, length(label, 11) + 4)))
        beside = [0 if inside is not None else 6 + length(label, 11) for _, _, _, label, inside in placed]
        lanes = in_lanes([(one[1], one[2] + more) for one, more in zip(placed, beside, strict=True)])
        top = self.y
        for (window, start, end, label, inside), lane in zip(placed, lanes, strict=True):
            y = top + lane * (THIN + 5)
            sure = window.since.settled and window.until.settled
            if not sure:
                self.kinds.setdefault("hatched")
            tip = f"{window.title[self.lang]}{words.COLON[self.lang]}{self.say.period(window)}"
            self.sheet.rect(start, y, end - start, THIN, "#eeeeee" if sure else "hatched", tip)
            if inside is not None:
                self.sheet.text(inside, y + 13, label, 11, "middle", crossed=self._known_to())
            elif end + 4 + length(label, 11) > WIDE - 4:
                self.sheet.text(start - 4, y + 13, label, 11, "end", crossed=self._known_to())
            else:
                self.sheet.text(end + 4, y + 13, label, 11, crossed=self._known_to())
        bottom = top + (max(lanes, default=0) + 1) * (THIN + 5)
        self.y = self._label(windows[0].title[self.lang], top + 13, bottom) + 8

    def _days_inside(self, window: Window, room: float) -> str:
        """From which day to which, for a bar that says nothing else and holds it."""
        said = self.say.period(window)
        return said if length(said, 11) + 4 <= room else ""

    def _edges(self, window: Window) -> tuple[float, float]:
        since = min(window.since.days, default=self.timeline.first)
        until = max(window.until.days, default=self.timeline.last)
        return self._x(since), self._x(until + timedelta(days=1))

    # -- days

    def _marks(self, title: str, shape: str, marks: Sequence[tuple[Moment, bool, str]]) -> None:
        found = ((day, sure, said) for moment, sure, said in marks for day in self.notes.within(moment))
        placed = sorted(found, key=lambda one: (one[0], self.notes.told.index(one[2])))
        places = [self._x(day + timedelta(days=1)) if shape == "deadline" else self._x(day) for day, _, _ in placed]
        lanes = in_lanes([(x - 26, x + 8) if self._crossed(x + 6, x + 24) else (x - 8, x + 26) for x in places])
        top = self.y
        for (day, sure, said), x, lane in zip(placed, places, lanes, strict=True):
            y = top + lane * 18
            if not sure:
                self.kinds.setdefault("hollow")
            self.sheet.mark(x, y + (13 if shape == "event" else 8), shape, sure, f"{self.say.day(day)} {said}")
            at, anchor = (x - 8, "end") if self._crossed(x + 6, x + 24) else (x + 8, "start")
            self.sheet.text(at, y + 12, self.notes.number(said), 10.5, anchor, "bold", crossed=self._known_to())
        bottom = top + (max(lanes, default=0) + 1) * 18
        self.y = self._label(title, top + 12, bottom) + 8

    def _label(self, said: str, y: float, bottom: float) -> float:
        """The name at the left of a row; where the row ends."""
        for line in lines(said, LEFT - MARGIN - 12, 12):
            self.sheet.text(MARGIN, y, line, 12)
            y += 16
        end = max(bottom, y - 10)
        self.sheet.line(MARGIN, end + 4, RIGHT, end + 4, "#ccc")
        return end + 4

    # -- below the bars

    def _known_to(self) -> float | None:
        """Where the line stands up to which the case is known, if there is one."""
        known = self.timeline.known_until
        if known is None or not self.timeline.first <= known < self.timeline.last:
            return None
        return self._x(known + timedelta(days=1))

    def _crossed(self, start: float, end: float) -> bool:
        """Whether that line would go through what stands from here to there."""
        x = self._known_to()
        return x is not None and start <= x <= end

    def _known_until(self, top: float) -> None:
        x = self._known_to()
        if x is None:
            return
        self.sheet.line(x, top, x, self.y, "#222", "2 3", 1.2)
        anchor = "end" if x > (LEFT + RIGHT) / 2 else "start"
        self.sheet.text(x, self.y + 12, KNOWN[self.lang], 11, anchor)
        self.y += 18

    def _legend(self) -> None:
        if not self.kinds:
            return
        self.y += 14
        x = float(MARGIN)
        for kind in self.kinds:
            said = KINDS[kind][self.lang]
            if x + 40 + length(said, 11) > WIDE - MARGIN:
                x, self.y = float(MARGIN), self.y + 20
            if kind == "hollow":
                self.sheet.mark(x + 12, self.y - 4, "deadline", False, said)
            else:
                self.sheet.rect(x, self.y - 11, 26, 14, "#fff" if kind == "dashed" else kind, dashed=kind == "dashed")
            self.sheet.text(x + 32, self.y, said, 11)
            x += 52 + length(said, 11)
        self.y += 12

    def _explain(self) -> None:
        if self.notes.told:
            self.y += 18
            self.sheet.text(MARGIN, self.y, EXPLAINED[self.lang], 13, weight="bold")
            self.y += 20
        for number, said in enumerate(self.notes.told, 1):
            self.sheet.text(MARGIN + 16, self.y, str(number), 11, "end", "bold")
            self.y = self.sheet.paragraph(MARGIN + 26, self.y, said, WIDE - 2 * MARGIN - 26, 11) + 3
        self._undated()
        if not self.versioned:
            return
        self.y += 8
        version = fill(words.VERSION, self.lang, version=self.pack.version, digest=self.timeline.pack_digest[:16])
        self.y = self.sheet.paragraph(MARGIN, self.y, version, WIDE - 2 * MARGIN, 11)

    def _undated(self) -> None:
        """Deadlines that have no place on the axis, because their day cannot be told yet."""
        undated = [self.notes.deadline(one) for one in self.timeline.deadlines if one.lacks]
        if not undated:
            return
        self.y += 12
        self.sheet.text(MARGIN, self.y, UNDATED[self.lang], 13, weight="bold")
        self.y += 20
        for said in undated:
            self.y = self.sheet.paragraph(MARGIN + 26, self.y, said, WIDE - 2 * MARGIN - 26, 11) + 3
