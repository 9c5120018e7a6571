"""What becomes of cases under way, and from when: the part of a comparison about the law as it takes effect."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from zhunsheng.ask.comparing.comparison import Change, Compared, Comparison, Direction
from zhunsheng.lang.types import Text
from zhunsheng.narrate import values
from zhunsheng.narrate.document import Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.show.comparing import words

TITLE = Text("施行之时：过渡中的情形", "As it takes effect: cases under way")
NOTHING = Text("按过渡规定施行，没有任何变化（已证明）。", "As it takes effect, nothing changes (proved).")
INCOMPLETE = Text(
    "注意：按过渡规定的比较，未能证明没有遗漏。", "Note: of the law as it takes effect, the list is not shown to be complete."
)
BY_DAY_ASKED = Text(
    "过渡规定未写明以何日为准的改动，以所问之日为准：自施行之日起问及的，一律按新规定，包括正在办理的情形。",
    "Edits that name no governing day go by the day asked about: whatever is asked from the first day on is under the new law,"
    " cases under way among them.",
)
BY_OWN_DAY = Text(
    "写明以何日为准的改动，该日在施行之日及以后的按新规定，以前的按原规定。",
    "Edits that name a governing day hold where that day is the first day of the new law or later; before it the old law holds.",
)
RETROACTIVE = Text(
    "注意：施行之日早于公布之日，公布以前的日子也会适用新规定（溯及既往）。",
    "Note: it is in force before it is published, so days before its publication meet the new law (retroactive).",
)
ON_DAYS = Text("所示情形中，两法结果不同的日子：{spans}", "Days on which the laws differ in the case shown: {spans}")
NO_DAY = Text("所示情形只在所示之日有所不同", "the case shown differs on the day shown only")
SPAN = Text("{first}至{last}", "{first} to {last}")
UNTIL = Text("至{last}", "until {last}")
SINCE = Text("自{first}起", "from {first} on")
ALWAYS = Text("任何一日", "any day")
UNDER_WAY = Text("所示情形跨越施行之日", "the case shown lies on both sides of that day")
Name = Callable[[str], str]


@dataclass(frozen=True)
class Effect:
    """Tells a comparison with the law as it takes effect. `name` gives an answer's noun; `said` a class's sentence."""

    found: Comparison
    lang: str
    name: Name
    said: Callable[[Change], Item]

    def section(self) -> Section:
        lines = [*self._rules()]
        if not self.found.complete:
            lines.insert(0, INCOMPLETE[self.lang])
        if not self.found.changed:
            lines.append(NOTHING[self.lang])
        return Section(TITLE[self.lang], tuple(lines), tuple(self._answer(one) for one in self.found.changed))

    def _rules(self) -> Iterable[str]:
        edits = self.found.amended.edits
        if any(amendment.retroactive for amendment in self.found.amended.amendments):
            yield RETROACTIVE[self.lang]
        if any(edit.governs for edit in edits):
            yield BY_OWN_DAY[self.lang]
        if any(not edit.governs for edit in edits):
            yield BY_DAY_ASKED[self.lang]

    def _answer(self, compared: Compared) -> Item:
        items = [self._change(change) for change in compared.changes]
        items += self._situations(compared)
        return Item(words.VERDICTS[compared.direction][self.lang], self.name(compared.answer), tuple(items))

    def _situations(self, compared: Compared) -> Iterable[Item]:
        for way in self.found.kinds.partitions:
            direction = compared.by_kind.get((way.name, way.parts[0].name), Direction.NOT_SHOWN)
            yield Item(words.VERDICTS[direction][self.lang], way.title[self.lang])

    def _change(self, change: Change) -> Item:
        whole = self.said(change)
        below = [Item(fill(ON_DAYS, self.lang, spans=self._spans(change.shown.days)))]
        if change.shown.under_way:
            below.append(Item(UNDER_WAY[self.lang]))
        return Item(whole.text, whole.label, (*whole.items, *below))

    def _spans(self, days: tuple[tuple[date, date], ...]) -> str:
        if not days:
            return NO_DAY[self.lang]
        return ("；" if self.lang == "zh" else "; ").join(self._span(first, last) for first, last in days)

    def _span(self, first: date, last: date) -> str:
        begin, end = self.found.horizon
        spoken = [values.spoken_day(day, self.lang) for day in (first, last)]
        match first == begin, last == end:
            case True, True:
                return ALWAYS[self.lang]
            case True, False:
                return fill(UNTIL, self.lang, last=spoken[1])
            case False, True:
                return fill(SINCE, self.lang, first=spoken[0])
            case _ if first == last:
                return spoken[0]
            case _:
                return fill(SPAN, self.lang, first=spoken[0], last=spoken[1])
