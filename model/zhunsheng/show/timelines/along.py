"""The parts of a timeline in words: what a span says, what made it begin, periods, days, deadlines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from zhunsheng.ask.report import Because, Between, DependsOn, Status
from zhunsheng.ask.timelines.timeline_report import Change, Deadline, Event, Moment, Row, Span, Window
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import NONE, Text, Type
from zhunsheng.narrate import nouns, paths, rules, values
from zhunsheng.narrate.document import Item
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provision
from zhunsheng.narrate.rules import bare, cited, ended
from zhunsheng.show import words
from zhunsheng.show.deciding.outcomes import Outcomes

TO = Text("{first}至{last}", "{first} to {last}")
UNTIL_FURTHER = Text("{first}起", "from {first}")
OPEN = Text("尚不能确定，可能为{outcomes}", "cannot be told yet; it may be {outcomes}")
NOT_SHOWN = Text(
    "未能在规定的计算量内核算，对这段时间不作结论",
    "not worked out within the set amount of computing; nothing is said of these days",
)
DEPENDS = Text("取决于：{symbols}", "It depends on: {symbols}")
BEGUN = Text("自此适用：{rules}", "From here on: {rules}")
ENDED = Text("自此不再适用：{rules}", "No longer from here on: {rules}")
TURNS_ON = Text("这一变化取决于：{facts}", "The change turns on: {facts}")
CALENDAR = Text(
    "这一变化不取决于案卷中的哪一个日期，而是由规定本身引起（如年度更替）",
    "The change turns on no single day of the case but lies in the rules themselves (as when a year ends)",
)
ALL_PROVIDED = Text("以不再发生新的情况为前提", "Provided that nothing further happens")
PROVIDED = Text("其中{day}以后，以不再发生新的情况为前提", "After {day} provided that nothing further happens")
UNKNOWN_DAY = Text("日期未明", "day not known")
BY = Text("最迟{day}", "by {day}")
PERHAPS_BY = Text("最迟{day}（尚不能确定）", "last day {day} (not certain)")
PERHAPS_OR = Text("最迟{day}，也可能是“{other}”（尚不能确定）", "last day {day}, or else “{other}” (not certain)")
PERHAPS_NONE = Text("最迟{day}，也可能没有期限（尚不能确定）", "last day {day}, or no such day at all (not certain)")
NO_DAY_YET = Text("何日到期尚不能确定（尚缺：{fact}）", "no day can be told yet (missing: {fact})")
NO_DAY_PERHAPS = Text(
    "是否须办、何日到期均尚不能确定（尚缺：{fact}）",
    "whether and by which day cannot be told yet (missing: {fact})",
)
ALL_RULES = 3


@dataclass(frozen=True)
class Along:
    """Says the parts of timelines of one pack in one language."""

    pack: Pack
    lang: str
    outcomes: Outcomes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "outcomes", Outcomes(self.pack, self.lang))

    @property
    def comma(self) -> str:
        return "、" if self.lang == "zh" else ", "

    # -- rows

    def row(self, row: Row) -> str:
        return row.title[self.lang] if row.title is not None else nouns.definition(self.pack, row.definition, self.lang)

    def days(self, first: date, last: date) -> str:
        if first == last:
            return self.day(first)
        return fill(TO, self.lang, first=self.day(first), last=self.day(last))

    def day(self, day: date) -> str:
        return values.spoken_day(day, self.lang)

    def value(self, type_: Type, span: Span) -> str:
        """What a span says, in a few words: for a picture's bar."""
        match span.status:
            case Status.NOT_SHOWN:
                return "？" if self.lang == "zh" else "?"
            case Status.OPEN:
                return self.outcomes.listed(type_, span.outcomes) + ("？" if self.lang == "zh" else "?")
            case _:
                return self.outcomes.listed(type_, span.outcomes) or values.status(span.status.value, self.lang)

    def span(self, type_: Type, span: Span) -> str:
        """What a span says, as a clause."""
        match span.status:
            case Status.NOT_SHOWN:
                return NOT_SHOWN[self.lang]
            case Status.OPEN:
                return fill(OPEN, self.lang, outcomes=self.outcomes.listed(type_, span.outcomes))
            case _:
                return self.value(type_, span)

    def below(self, span: Span) -> tuple[Item, ...]:
        """What stands below a span: what it depends on, what made it begin, what it takes for granted."""
        said = [self.depends(span.depends_on)] if span.depends_on else []
        said += self.change(span.change) if span.change is not None else []
        if span.provided_from is not None and span.status is not Status.NOT_SHOWN:
            before = date.fromordinal(span.provided_from.toordinal() - 1)
            whole = span.provided_from <= span.first
            said.append(fill(ALL_PROVIDED, self.lang) if whole else fill(PROVIDED, self.lang, day=self.day(before)))
        return tuple(Item(ended(one, self.lang)) for one in said)

    def depends(self, on: DependsOn) -> str:
        symbols = paths.fact_names(self.pack, on.facts, self.lang)
        symbols += [bare_question(self.pack.readings[name].question[self.lang]) for name in on.readings]
        symbols += [self.pack.discretions[name].title[self.lang] for name in on.discretion]
        return fill(DEPENDS, self.lang, symbols=self.comma.join(symbols))

    # -- what made a span begin

    def change(self, change: Change) -> list[str]:
        said: list[str] = []
        for phrase, steps in ((BEGUN, change.begun), (ENDED, change.ended)):
            told = self._telling(steps)
            if told and not (phrase is ENDED and said):
                said.append(fill(phrase, self.lang, rules=self._sentences(told)))
        if change.days:
            facts = (paths.fact_says(self.pack, one.path, one.value, self.lang) for one in change.days)
            said.append(fill(TURNS_ON, self.lang, facts=self._semicolon(facts)))
        else:
            said.append(CALENDAR[self.lang])
        return said

    def _telling(self, steps: Iterable[Because]) -> list[Because]:
        """The rules that tell a reader something: the answer's own, then those nearest to the facts."""
        known = [step for step in steps if self._tells(step)]
        own = [step for step in known if step.depth == 0]
        deeper = sorted((step for step in known if step.depth), key=lambda step: -step.depth)
        told: list[Because] = own[:1]
        for step in deeper:
            if len(told) < ALL_RULES and step.provision not in {one.provision for one in told[1:]}:
                told.append(step)
        return told

    def _tells(self, step: Because) -> bool:
        definition = self.pack.definitions.get(step.definition)
        if definition is None or definition.title is None:
            return False
        about = [type_.base == "day" or self.pack.element_of(type_.base) is not None for _, type_ in definition.parameters]
        return step.depth == 0 or all(about)

    def _sentences(self, steps: list[Because]) -> str:
        said = []
        for step in steps:
            definition = self.pack.definitions[step.definition]
            sentence = rules.rule_sentence(self.pack, definition, definition.rule(step.rule), self.lang)
            title = nouns.definition(self.pack, step.definition, self.lang)
            about = paths.fact_names(self.pack, (one for one in step.arguments if "[" in one), self.lang)
            what = f"“{title}”" if not about else f"{self.comma.join(about)}{words.COLON[self.lang]}“{title}”"
            clause = bare(sentence) if not step.depth else f"{what}{words.COLON[self.lang]}{bare(sentence)}"
            said.append(bare(cited(clause, step.provision, self.lang)))
        return self._semicolon(said)

    def _semicolon(self, parts: Iterable[str]) -> str:
        return words.SEMICOLON[self.lang].join(dict.fromkeys(parts))

    # -- periods, days, deadlines

    def period(self, window: Window) -> str:
        since, until = self.moment(window.since), self.moment(window.until)
        if until is None:
            return fill(UNTIL_FURTHER, self.lang, first=since)
        return fill(TO, self.lang, first=since, last=until)

    def moment(self, moment: Moment) -> str | None:
        """A day an element brings; None where there is none."""
        if moment.settled:
            return None if moment.outcomes == (NONE,) else self.outcomes.listed(moment.type, moment.outcomes)
        if not moment.outcomes:
            return UNKNOWN_DAY[self.lang]
        return fill(OPEN, self.lang, outcomes=self.outcomes.listed(moment.type, moment.outcomes))

    def about(self, shown: Window | Event) -> str:
        """The element a period or a day comes from, and what is written on it."""
        label = self.label(shown)
        what = paths.fact_name(self.pack, shown.element, self.lang)
        said = f"{what}{words.COLON[self.lang]}{label}" if label else what
        return cited_plainly(said, shown.provision, self.lang)

    def label(self, shown: Window | Event) -> str:
        return self.moment(shown.label) or "" if shown.label is not None else ""

    def deadline(self, deadline: Deadline) -> str:
        """Who must do what by when."""
        duty = self.pack.duties[deadline.duty]
        who, what = nouns.actor(self.pack, duty.who, self.lang), nouns.inside(bare(duty.what[self.lang]), self.lang)
        said = f"{who}{what}" if self.lang == "zh" else f"{who}: {what}"
        return cited_plainly(said, duty.provision, self.lang)

    def by(self, deadline: Deadline) -> str:
        type_, outcomes = deadline.by.type, deadline.by.outcomes
        if deadline.lacks:
            phrase = NO_DAY_YET if deadline.owed else NO_DAY_PERHAPS
            return fill(phrase, self.lang, fact=paths.fact_name(self.pack, deadline.lacks, self.lang))
        if deadline.owed and deadline.by.settled:
            return fill(BY, self.lang, day=self.outcomes.listed(type_, outcomes))
        dated = tuple(one for one in outcomes if isinstance(one, date | Between))
        rest = tuple(one for one in outcomes if not isinstance(one, date | Between))
        day = self.outcomes.listed(type_, dated)
        if not rest:
            return fill(PERHAPS_BY, self.lang, day=day)
        if rest == (NONE,):
            return fill(PERHAPS_NONE, self.lang, day=day)
        return fill(PERHAPS_OR, self.lang, day=day, other=self.outcomes.listed(type_, rest))


def cited_plainly(said: str, ref: str, lang: str) -> str:
    """A phrase with its provision in brackets."""
    if not ref:
        return said
    return f"{said}（{provision(ref, lang)}）" if lang == "zh" else f"{said} ({provision(ref, lang)})"


def bare_question(question: str) -> str:
    return question.rstrip("？?")
