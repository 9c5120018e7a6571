"""How each answer is reached: a page for each answer with its decision table and those it calls, and the lives of things."""

from __future__ import annotations

from dataclasses import dataclass

from zhunsheng.ask.publishing.lives import Life, lives
from zhunsheng.lang.cone import calls
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate import nouns
from zhunsheng.show import words
from zhunsheng.show.site import flows, markup, places
from zhunsheng.show.site.pages import Page, page
from zhunsheng.show.site.pictures import Picture, life_title, picture
from zhunsheng.show.site.places import Places
from zhunsheng.show.site.tables import table_block

DEEPEST = 2
"""Definitions that an answer calls are shown with their tables down to this depth."""
ANSWERS = Text("结论怎样得出", "How answers are reached")
ABOUT = Text(
    "对一个案件可以提出下列问题。每一问的判定表由规则生成：自上而下逐行核对，条件全部具备的规则适用；表中注明优先于其他行的，优先适用。",
    "These can be asked of a case. Each decision table is made from the rules: a rule applies where all its conditions hold,"
    " and where a row says that it prevails over others, it does.",
)
LIVES = Text("各种日期的先后", "Which day follows from which")
DOUBLE = Text(
    "双线框是案卷写明的日期，单线框是由它们推出的日期，框内注明条文和所用的参数。",
    "A double frame is a day that the case states; a single frame one that follows, with its provision and the parameters used.",
)
CALLED = Text("其中用到的", "What it uses")
DEEPER = Text("再往下用到的规则见条文各页", "Rules used further down stand on the pages of their articles")
SEE = Text("规则全文：", "The rules in full: ")
OF = Text("，", ", ")


@dataclass(frozen=True)
class Drawn:
    """The pages and the pictures they show, by path."""

    pages: tuple[Page, ...]
    pictures: dict[str, Picture]


def drawn(pack: Pack, lang: str) -> Drawn:
    found = {f"answers/life-{places.slug(life.of) or 'case'}.svg": (life, picture(pack, life, lang)) for life in lives(pack)}
    procedures = [flows.flow(pack, step, places.ANSWERS, lang) for step in pack.steps.values()]
    pages = (_contents(pack, procedures, found, lang), *(_answer(pack, name, lang) for name in pack.answers))
    return Drawn(pages, {path: one for path, (_, one) in found.items()} | {one.path: one.picture for one in procedures})


def _contents(pack: Pack, procedures: list[flows.Flow], pictures: dict[str, tuple[Life, Picture]], lang: str) -> Page:
    at = Places(pack, lang, places.ANSWERS)
    lines = [f"{at.to(nouns.definition(pack, name, lang), places.answer_page(name))}" for name in pack.answers]
    blocks = [markup.heading(1, ANSWERS[lang]), ABOUT[lang], markup.bullets(lines)]
    if procedures:
        blocks += [markup.heading(2, flows.PROCEDURES[lang]), flows.ABOUT[lang]]
    blocks += [block for one in procedures for block in one.blocks]
    if pictures:
        blocks += [markup.heading(2, LIVES[lang]), DOUBLE[lang]]
    for path, (life, one) in pictures.items():
        anchor = f"life-{places.slug(life.of) or 'case'}"
        blocks += [
            markup.heading(3, life_title(pack, life, lang), anchor),
            f"![{markup.text(one.alt)}]({places.relative(at.here, path)})",
        ]
    return page(places.ANSWERS, lang, ANSWERS[lang], blocks)


def _answer(pack: Pack, name: str, lang: str) -> Page:
    at = Places(pack, lang, places.answer_page(name))
    title = nouns.definition(pack, name, lang)
    used, deeper = below(pack, name)
    blocks = [markup.heading(1, title), *_table(pack, name, at)]
    if used:
        blocks.append(markup.heading(2, CALLED[lang]))
    for one in used:
        blocks += [markup.heading(3, nouns.definition(pack, one, lang)), *_table(pack, one, at)]
    if deeper:
        links = ("；" if lang == "zh" else "; ").join(map(at.definition, deeper))
        blocks.append(DEEPER[lang] + words.COLON[lang] + links)
    return page(at.here, lang, title, blocks)


def _table(pack: Pack, name: str, at: Places) -> list[str]:
    """The table, and where its rules stand in full."""
    definition = pack.definitions[name]
    see = SEE[at.lang] + at.definition(name) + OF[at.lang] + at.provision(definition.provision)
    return [table_block(pack, definition, at), see]


def below(pack: Pack, name: str) -> tuple[list[str], list[str]]:
    """What the definition calls with a table worth showing, level by level; and what those call in turn."""
    shown: dict[str, None] = {}
    level = [name]
    for _ in range(DEEPEST):
        level = [one for caller in level for one in calls(pack.definitions[caller]) if one not in shown and one != name]
        shown |= dict.fromkeys(level)
    deeper = dict.fromkeys(one for caller in level for one in calls(pack.definitions[caller]) if one not in shown and one != name)
    return list(shown), list(deeper)
