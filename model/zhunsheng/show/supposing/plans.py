"""When a condition holds, and what would have to change for it, as documents and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from zhunsheng.ask.explaining.hindrance import Hindrance
from zhunsheng.ask.planning.plans import Plan, Reach
from zhunsheng.ask.planning.steps import Acted
from zhunsheng.ask.supposing.when import Edge, When
from zhunsheng.lang.pack import Pack, Stage
from zhunsheng.lang.spots import spot, type_at, value_at
from zhunsheng.lang.types import YES_NO, Text, Type, Value
from zhunsheng.narrate import nouns, paths, values
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provision
from zhunsheng.show import words
from zhunsheng.show.deciding.json import Json
from zhunsheng.show.supposing import plan_words as p
from zhunsheng.show.supposing import words as w
from zhunsheng.show.supposing.json import head, outcomes_json, step
from zhunsheng.show.supposing.whatif import Teller


def when_document(pack: Pack, report: When, lang: str, *, latest: bool = False) -> Document:
    """The day asked for, with the days beside it; then every stretch of days."""
    return _When(pack, lang).document(report, latest=latest)


def reach_document(pack: Pack, report: Reach, lang: str) -> Document:
    """Each plan with its path; or what stands in the way."""
    return _Reach(pack, lang).document(report)


@dataclass(frozen=True)
class _When(Teller):
    def document(self, report: When, *, latest: bool) -> Document:
        which = w.LATEST[self.lang] if latest else w.EARLIEST[self.lang]
        surely, perhaps = (report.last, report.last_perhaps) if latest else (report.first, report.first_perhaps)
        items = [Item(self._edge(report, surely), which)]
        if perhaps is not None and perhaps != surely:
            items.append(Item(self._edge(report, perhaps), fill(w.PERHAPS, self.lang, which=which)))
        items += [] if latest else self._from_now(report)
        stretches = [
            Item(self._state(part.outcomes, impossible=part.impossible), self._between(part.least, part.greatest))
            for part in report.ranges
        ]
        opening = (
            *self.opening(report.case),
            fill(w.WHEN, self.lang, what=report.text), *self.meaning(report.text),
            fill(w.MOVING, self.lang, what=paths.fact_name(self.pack, report.moved, self.lang)),
        )
        sections = (
            Section(words.CONCLUSION[self.lang], (), tuple(items)),
            Section(w.SPANS[self.lang], (w.EXACT[self.lang],), tuple(stretches)),
            self.hindrance(w.WHY_NEVER[self.lang], report.why_never),
            self.premises(dict(report.assumed), report.provided_until),
            self.cautions(),
        )
        return Document(self.title(report.case), self.lang, opening, tuple(filter(None, sections)), self.closing(report.case))

    def _from_now(self, report: When) -> list[Item]:
        """The first day after the one that the case states, where it does not hold on that one and did before: what is asked
        mostly is from when on it holds again."""
        here = spot(self.pack, report.case.facts, report.moved)
        stated = None if here is None else value_at(report.case.facts, here)
        if not isinstance(stated, date) or report.first is None or report.first.day > stated:
            return []
        for before, one in zip(report.ranges, report.ranges[1:], strict=False):
            if isinstance(one.least, date) and one.least > stated and one.outcomes == (frozenset({True}),):
                if isinstance(before.least, date) and before.least <= stated:
                    edge = Edge(one.least, one.least - timedelta(days=1), before.outcomes[0] if before.outcomes else frozenset())
                    day = values.spoken_day(stated, self.lang)
                    return [Item(self._edge(report, edge), fill(w.FROM_NOW, self.lang, day=day))]
                return []
        return []

    def _edge(self, report: When, edge: Edge | None) -> str:
        if edge is None:
            ends = report.ranges[0].least, report.ranges[-1].greatest
            least, greatest = (values.spoken(self.pack, end, Type("day"), self.lang) for end in ends)
            return fill(w.NEVER, self.lang, least=least, greatest=greatest)
        said = values.spoken_day(edge.day, self.lang)
        if edge.beyond is None:
            return said + w.BOUND[self.lang]
        phrase = w.DAY_BEFORE if edge.beyond < edge.day else w.DAY_AFTER
        beside = fill(phrase, self.lang, day=values.spoken_day(edge.beyond, self.lang), state=self._state((edge.there,)))
        return f"{said}{words.SEMICOLON[self.lang]}{beside}"

    def _state(self, outcomes: tuple[frozenset[object], ...], *, impossible: bool = False) -> str:
        if impossible or not outcomes or not outcomes[0]:
            return w.CANNOT[self.lang]
        if outcomes[0] == {True}:
            return w.HOLDS[self.lang]
        return (w.MAY_HOLD if True in outcomes[0] else w.FAILS)[self.lang]

    def _between(self, least: Value, greatest: Value) -> str:
        ends = [values.spoken(self.pack, end, Type("day"), self.lang) for end in (least, greatest)]
        return fill(w.FROM_TO, self.lang, least=ends[0], greatest=ends[1]) if least != greatest else ends[0]


@dataclass(frozen=True)
class _Reach(Teller):
    def document(self, report: Reach) -> Document:
        goal = fill(p.GOAL, self.lang, what=report.text)
        on = () if report.on is None else (fill(p.ON, self.lang, day=values.spoken_day(report.on, self.lang)),)
        items = tuple(self._plan(report, plan, n) for n, plan in enumerate(report.plans, 1))
        said: tuple[str, ...] = (self._head(report)[self.lang],) if report.plans else (self._none(report),)
        cheaper = bool(report.plans) and not report.complete and not report.large
        said += (p.MORE[self.lang],) * report.more + (p.NOT_ALL[self.lang],) * cheaper
        said += (self._lacking(report),) * bool(report.lacks)
        sections = [Section(p.PLANS[self.lang], said, items)]
        if report.later is not None:
            sections.append(Section(p.LATER[self.lang], (), (self._plan(report, report.later, 1),)))
        sections += [
            self._why(report),
            self._lengths(report),
            self.premises(dict(report.assumed), report.provided_until),
            self.cautions(),
        ]
        opening = (*self.opening(report.case), goal, *self.meaning(report.text), *on)
        return Document(self.title(report.case), self.lang, opening, tuple(filter(None, sections)), self.closing(report.case))

    def _head(self, report: Reach) -> Text:
        if not report.large:
            return p.LEAST
        return p.LARGE if report.none_needless else p.LARGE_CUT_SHORT

    def _lacking(self, report: Reach) -> str:
        return fill(p.LACKS, self.lang, facts=values.both(paths.fact_names(self.pack, report.lacks, self.lang), self.lang))

    def _why(self, report: Reach) -> Section:
        title = (p.WHY if report.later is not None else p.WHY_NONE)[self.lang]
        if report.plans or report.why is not None:
            return self.hindrance(title, report.why)
        said = p.ONLY_LENGTHS if report.later is not None else p.NOT_KNOWN if report.lacks else p.NOT_NARROWED
        return Section(title, (said[self.lang],))

    def _none(self, report: Reach) -> str:
        if report.could_from is None:
            return (p.NO_PLAN if report.complete else p.NONE_TRIED)[self.lang]
        return fill(p.COULD if report.complete else p.COULD_TRIED, self.lang, day=values.spoken_day(report.could_from, self.lang))

    def _plan(self, report: Reach, plan: Plan, number: int) -> Item:
        items = [self._change(report, one.path, one.before, one.after) for one in plan.changes]
        if plan.acted is not None:
            items += self._acted(plan.acted)
        kept = p.BARRED_BY if plan.acted is not None else p.KEPT_BY
        items += [Item(text, kept[self.lang]) for text in self.rules(plan.barred_by)]
        items += self._from(report, plan)
        if report.open_future:
            said = {True: p.WHATEVER, False: p.UNLESS, None: p.NOT_TOLD}[plan.whatever_happens]
            items.append(Item(said[self.lang]))
        return Item("", fill(p.PLAN, self.lang, n=number), tuple(items) or (Item(p.ALREADY[self.lang]),))

    def _from(self, report: Reach, plan: Plan) -> list[Item]:
        """From which day a plan works; where nothing is changed, that this is so."""
        if plan.works_from is None:
            return [Item(p.NO_LENGTHS[self.lang])] if plan.acted is not None else []
        day = values.spoken_day(plan.works_from, self.lang)
        apart = [] if plan.is_first else [Item(p.NOT_FIRST[self.lang])]
        if plan.changes or plan.acted is not None:
            return [Item(day, (p.WORKS if plan.is_first else p.WORKS_ON)[self.lang]), *apart]
        if plan.works_from == report.case.facts.get(self.pack.as_of):
            return [Item(p.ALREADY[self.lang])]
        return [Item(fill(p.WAITING if plan.is_first else p.ON_THE_DAY, self.lang, day=day)), *apart]

    def _change(self, report: Reach, path: str, before: Value, after: Value) -> Item:
        here = spot(self.pack, report.case.facts, path)
        type_ = (type_at(self.pack, here) if here is not None else None) or YES_NO
        ends = {
            "before": values.spoken(self.pack, before, type_, self.lang),
            "after": values.spoken(self.pack, after, type_, self.lang),
        }
        return Item(fill(w.MOVED, self.lang, **ends), paths.fact_name(self.pack, path, self.lang))

    def _acted(self, acted: Acted) -> list[Item]:
        """The step day by day: until when it is barred, its first lawful day, then each stage."""
        taken = self.pack.steps[acted.step]
        chosen = [paths.fact_says(self.pack, path, str(value), self.lang) for path, value in acted.chosen]
        title = taken.title[self.lang]
        items = []
        if acted.barred_until is not None:
            items.append(Item(values.spoken_day(acted.barred_until, self.lang), fill(p.BARRED, self.lang, what=title)))
        first = fill(p.FIRST_LAWFUL, self.lang, what=self._cited(title, taken.provision))
        items.append(Item(values.spoken_day(acted.day, self.lang), first, tuple(Item(one) for one in chosen)))
        return items + [self._stage(stage, *ends) for stage, *ends in acted.stages]

    def _stage(self, stage: Stage, first: date | None, last: date | None) -> Item:
        who = nouns.actor(self.pack, stage.who, self.lang)
        title = self._cited(fill(p.BY_WHOM, self.lang, who=who, what=stage.title[self.lang]), stage.provision)
        if first is None or last is None:
            return Item(fill(p.NO_LENGTH, self.lang, stage=stage.name), title)
        ends = {"least": values.spoken_day(first, self.lang), "greatest": values.spoken_day(last, self.lang)}
        return Item(fill(w.FROM_TO, self.lang, **ends), title)

    def _cited(self, said: str, ref: str) -> str:
        if not ref:
            return said
        cited = provision(ref, self.lang)
        return f"{said}（{cited}）" if self.lang == "zh" else f"{said} ({cited})"

    def _lengths(self, report: Reach) -> Section:
        stages = {stage.name: stage for one in self.pack.steps.values() for stage in one.stages}
        items = []
        for name, length in report.lengths.items():
            phrase = p.WORKING_DAYS if length.working else p.DAYS
            items.append(Item(fill(phrase, self.lang, n=length.number), stages[name].title[self.lang]))
        return Section(p.LENGTHS[self.lang], (p.LENGTHS_SAID[self.lang],) if items else (), tuple(items))


# -- JSON


def when_json(pack: Pack, report: When) -> Json:
    return {
        **head(pack, report.case, "when"),
        "condition": report.text, "moved": report.moved,
        "first": _edge(pack, report.first), "last": _edge(pack, report.last),
        "first_perhaps": _edge(pack, report.first_perhaps), "last_perhaps": _edge(pack, report.last_perhaps),
        "ranges": [
            {
                "least": str(one.least), "greatest": str(one.greatest), "impossible": one.impossible,
                "outcomes": outcomes_json(pack, YES_NO, one.outcomes[0]) if one.outcomes else [],
            }
            for one in report.ranges
        ],
        "assumed": dict(report.assumed),
        "provided_until": report.provided_until.isoformat() if report.provided_until else None,
        "why_never": hindrance_json(report.why_never),
    }  # fmt: skip


def _edge(pack: Pack, edge: Edge | None) -> Json | None:
    if edge is None:
        return None
    beyond = edge.beyond.isoformat() if edge.beyond else None
    return {"day": edge.day.isoformat(), "beyond": beyond, "there": outcomes_json(pack, YES_NO, edge.there)}


def hindrance_json(found: Hindrance | None) -> Json | None:
    if found is None:
        return None
    return {
        "facts": [{"path": path, "value": value} for path, value in found.facts], "readings": dict(found.readings),
        "provisions": list(found.provisions), "smallest": found.smallest,
    }  # fmt: skip


def reach_json(pack: Pack, report: Reach) -> Json:
    return {
        **head(pack, report.case, "reach"),
        "condition": report.text, "on": report.on.isoformat() if report.on else None, "actor": report.actor,
        "lengths": {name: str(length) for name, length in report.lengths.items()},
        "plans": [_plan(pack, one) for one in report.plans],
        "complete": report.complete, "large": report.large, "none_needless": report.none_needless,
        "more": report.more, "lacks": list(report.lacks), "open_future": report.open_future,
        "could_from": report.could_from.isoformat() if report.could_from else None,
        "later": _plan(pack, report.later) if report.later else None,
        "why": hindrance_json(report.why), "assumed": dict(report.assumed),
        "provided_until": report.provided_until.isoformat() if report.provided_until else None,
    }  # fmt: skip


def _plan(pack: Pack, plan: Plan) -> Json:
    def written(path: str, value: Value) -> object:
        here = spot(pack, plan.facts, path)
        type_ = type_at(pack, here) if here is not None else None
        return values.written(pack, value, type_ or YES_NO)

    acted = plan.acted
    return {
        "changes": [
            {"path": one.path, "before": written(one.path, one.before), "after": written(one.path, one.after), "cost": one.cost}
            for one in plan.changes
        ],
        "step": None if acted is None else {
            "name": acted.step, "day": acted.day.isoformat(),
            "barred_until": acted.barred_until.isoformat() if acted.barred_until else None,
            "chosen": {path: written(path, value) for path, value in acted.chosen},
            "stages": [_stage(*stage) for stage in acted.stages],
        },
        "barred_by": [step(one) for one in plan.barred_by],
        "cost": plan.cost, "works_from": plan.works_from.isoformat() if plan.works_from else None,
        "is_first": plan.is_first, "whatever_happens": plan.whatever_happens,
    }  # fmt: skip


def _stage(stage: Stage, first: date | None, last: date | None) -> Json:
    ends = {"from": first.isoformat() if first else None, "to": last.isoformat() if last else None}
    return {"name": stage.name, "who": stage.who, "provision": stage.provision, **ends}
