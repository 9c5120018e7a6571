"""How a matter goes: what somebody can set going, the stages that follow, what it ends in, and the duties of each stage."""

from __future__ import annotations

from dataclasses import dataclass

from zhunsheng.ask.publishing.gathered import holding
from zhunsheng.ask.publishing.lives import lives
from zhunsheng.lang.pack import Duty, Pack, Step
from zhunsheng.lang.types import Text
from zhunsheng.narrate import nouns, rules
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.prose import Prose
from zhunsheng.narrate.provisions import provision
from zhunsheng.show import words
from zhunsheng.show.site import calendar, markup, places
from zhunsheng.show.site.pictures import Picture, chain
from zhunsheng.show.site.places import Places

PROCEDURES = Text("办理流程", "How a matter goes")
ABOUT = Text(
    "自上而下：双线框由当事人自行决定是否开始，其后各环节依次进行，最后产生结果。图下列出各环节有关的义务和期限。",
    "From above: the double frame is what somebody may choose to begin; the stages follow one another and end in a result. Below"
    " the picture stand the duties of each stage, with their days.",
)
MAY = Text("可以进行的条件：{condition}", "Open where {condition}")
ENDS_IN = Text("产生{noun}", "The result: {noun}")
FROM = Text("{what}（{where}）", "{what} ({where})")
STAGE = Text("{title}（{who}，{where}）", "{title} ({who}, {where})")
NO_DUTIES = Text("这一环节没有另列义务。", "No duty is listed for this stage.")


@dataclass(frozen=True)
class Flow:
    """The picture of a step at its path, and the blocks of a page that show it."""

    path: str
    picture: Picture
    blocks: tuple[str, ...]


def flow(pack: Pack, step: Step, here: str, lang: str) -> Flow:
    """One step with its stages, for the page `here`."""
    at = Places(pack, lang, here)
    path = f"answers/flow-{places.slug(step.name)}.svg"
    title = _capital(step.title[lang])
    stages = _stages(pack, step, lang)
    alt = title + words.COLON[lang] + (" → ".join(words.SEMICOLON[lang].join(one) for one in stages)) + words.STOP[lang]
    drawn = chain(title, alt, stages, lang)
    blocks = [markup.heading(3, title, f"flow-{places.slug(step.name)}")]
    blocks.append(f"![{markup.text(alt)}]({places.relative(here, path)})")
    for said, who, ref in ((step.title, step.who, step.provision), *((one.title, one.who, one.provision) for one in step.stages)):
        where, actor = at.provision(ref), markup.text(nouns.actor(pack, who, lang))
        blocks.append(STAGE[lang].format(title=markup.strong(_capital(said[lang])), who=actor, where=where))
        duties = [duty for duty in pack.duties.values() if places.article(duty.provision) == places.article(ref)]
        blocks.append(_duties(duties, at) if duties else NO_DUTIES[lang])
    return Flow(path, drawn, tuple(blocks))


def _stages(pack: Pack, step: Step, lang: str) -> list[list[str]]:
    """The lines of each box."""
    may = fill(MAY, lang, condition=Prose(pack, lang).condition(step.allowed))
    found = [[*_box(pack, step.title, step.who, step.provision, lang), may]]
    found += [_box(pack, one.title, one.who, one.provision, lang) for one in step.stages]
    noun = nouns.element(pack, pack.collections[step.adds], lang)
    found.append([fill(ENDS_IN, lang, noun=noun)])
    life = next((one for one in lives(pack) if one.of == step.adds), None)
    for moment in life.moments if life is not None else ():
        if moment.definition:
            said = rules.bare(nouns.definition(pack, moment.definition, lang))
            where = provision(pack.definitions[moment.definition].provision, lang)
            found.append([fill(FROM, lang, what=said, where=where)])
    return found


def _box(pack: Pack, title: Text, who: str, ref: str, lang: str) -> list[str]:
    return [_capital(title[lang]), nouns.actor(pack, who, lang), provision(ref, lang)]


def _duties(duties: list[Duty], at: Places) -> str:
    """Who, what, by when: a row for each."""
    say = Prose(at.pack, at.lang)
    head = [calendar.HEAD[1], calendar.HEAD[2], calendar.ACTOR_HEAD[2], calendar.HEAD[4]]
    rows = [
        [markup.text(nouns.actor(at.pack, duty.who, at.lang)), at.duty(duty.name), calendar.by_when(duty, at, say),
         at.provision(holding(at.pack, duty.provision) or duty.provision)]
        for duty in duties
    ]  # fmt: skip
    return markup.table([one[at.lang] for one in head], rows)


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
