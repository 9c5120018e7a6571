"""Who must do what by when: the days of the year that are the same in every case, then every duty by who owes it."""

from __future__ import annotations

from zhunsheng.ask.publishing.year import yearly
from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import Duty, Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate import nouns, rules
from zhunsheng.narrate.prose import Prose
from zhunsheng.narrate.values import MONTHS
from zhunsheng.show.site import markup, places
from zhunsheng.show.site.pages import Page, page
from zhunsheng.show.site.places import Places

CALENDAR = Text("期限和义务", "Deadlines and duties")
YEAR = Text("每年固定的日期", "Days that are the same every year")
YEAR_ABOUT = Text(
    "下列日期每年相同，不随案件变化。是否须办，仍看所列条件。",
    "These days are the same every year, whatever the case. Whether the duty is owed still turns on its condition.",
)
ACTORS = Text("按责任主体列出的义务", "Duties by who owes them")
HEAD = (Text("最迟", "By"), Text("谁", "Who"), Text("办什么", "What"), Text("条件", "Condition"), Text("条文", "Provision"))
ACTOR_HEAD = (Text("办什么", "What"), Text("条件", "Condition"), Text("期限", "By when"), Text("条文", "Provision"))
NO_DAY = Text("没有规定日期", "no day is set")


def calendar(pack: Pack, lang: str) -> Page:
    at, say = Places(pack, lang, places.CALENDAR), Prose(pack, lang)
    blocks = [markup.heading(1, CALENDAR[lang])]
    fixed = yearly(pack)
    if fixed:
        rows = [_fixed_row(pack, pack.duties[one.duty], _day(one.month, one.day, lang), at, say) for one in fixed]
        blocks += [markup.heading(2, YEAR[lang]), YEAR_ABOUT[lang], markup.table([head[lang] for head in HEAD], rows)]
    blocks.append(markup.heading(2, ACTORS[lang]))
    for who in dict.fromkeys(duty.who for duty in pack.duties.values()):
        duties = [duty for duty in pack.duties.values() if duty.who == who]
        actor = nouns.actor(pack, who, lang)
        blocks.append(markup.heading(3, actor[:1].upper() + actor[1:], f"who-{places.slug(who)}"))
        blocks.append(markup.table([head[lang] for head in ACTOR_HEAD], [_row(duty, at, say) for duty in duties]))
    return page(at.here, lang, CALENDAR[lang], blocks)


def _day(month: int, day: int, lang: str) -> str:
    """On one line, however narrow the table."""
    said = f"{month}月{day}日" if lang == "zh" else f"{day} {MONTHS[month - 1]}"
    return f'<span class="zs-day">{said}</span>'


def _fixed_row(pack: Pack, duty: Duty, day: str, at: Places, say: Prose) -> list[str]:
    who = markup.text(nouns.actor(pack, duty.who, at.lang))
    return [day, who, at.duty(duty.name), markup.text(say.condition(duty.when)), at.provision(duty.provision)]


def _row(duty: Duty, at: Places, say: Prose) -> list[str]:
    when = markup.text(say.condition(duty.when))
    return [at.duty(duty.name), when, by_when(duty, at, say), at.provision(duty.provision)]


def by_when(duty: Duty, at: Places, say: Prose) -> str:
    """The day by which it is owed, with a link to where that is defined; why there is none."""
    match duty.by:
        case None:
            return markup.text(rules.bare(duty.no_deadline[at.lang]) if duty.no_deadline is not None else NO_DAY[at.lang])
        case e.Call(name=name):
            return at.definition(name)
        case by:
            return markup.text(say.value(by))
