"""The front page: what the site is about, and the way to each part of it; and the page of the search."""

from __future__ import annotations

from collections.abc import Iterable

from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate import nouns, values
from zhunsheng.narrate.phrases import fill
from zhunsheng.show.site import (
    amendments,
    answers,
    articles,
    calendar,
    cases,
    engine,
    guarantees,
    lists,
    markup,
    places,
    readings,
)
from zhunsheng.show.site.pages import Page, page
from zhunsheng.show.site.places import Places

ABOUT = Text(
    "本站由规则数据生成：条文怎样落实为规则，每个问题怎样得出结论，条文在哪里有疑义，都与推算所用的规则一致。",
    "This site is made from the rules themselves: what is said here of the text, of how answers are reached and of where the"
    " text is open is what the answers are worked out from.",
)
IN_FORCE = Text("自{day}起视为有效。", "Taken as in force from {day}.")
IN_FORCE_UNTIL = Text("自{day}至{last}视为有效。", "Taken as in force from {day} to {last}.")
HOME = Text("首页", "Home")
ASK = Text("可以提出的问题", "What can be asked")
PARTS = Text("本站内容", "What is here")
PART = {
    places.ARTICLES: (
        articles.ARTICLES,
        Text("逐章逐条的转述，以及落实每一条的规则和义务", "article by article, with the rules and duties that encode each"),
    ),
    places.ANSWERS: (
        answers.ANSWERS,
        Text("每个问题的判定表，各种日期的先后", "decision tables for each question, and which day follows from which"),
    ),
    places.READINGS: (
        readings.QUESTIONS,
        Text(
            "不止一种理解的地方，各种理解的理由和后果",
            "where the text bears more than one meaning, what speaks for each, and what follows",
        ),
    ),
    places.CALENDAR: (calendar.CALENDAR, Text("谁应当在何时之前办什么", "who must do what by when")),
    places.CASES: (
        cases.CASES,
        Text("每个界限两侧的案例，结论和理由", "cases on both sides of each boundary, with answers and reasons"),
    ),
    places.GUARANTEES: (
        guarantees.GUARANTEES,
        Text("任何案件都不例外的保证，以及有反例的设想", "guarantees without exception, and hopes that a case refutes"),
    ),
    places.FINDINGS: (
        guarantees.FINDINGS,
        Text("没有规定、相互冲突、没有作用的地方", "gaps, contradictions, and what has no effect"),
    ),
    places.AMENDMENTS: (
        amendments.AMENDMENTS,
        Text(
            "设想的修改会改变哪些结论，对谁，变宽还是变严",
            "which answers an edit of the rules would change, for whom, and which way",
        ),
    ),
    places.PARAMETERS: (lists.PARAMETERS, Text("每个数字的适用日期和出处", "every number, with its date and source")),
    places.GLOSSARY: (lists.GLOSSARY, Text("中英文对照", "in Chinese and English")),
    places.ENGINE: (
        engine.ENGINE,
        Text("怎样使用，怎样核对，凭什么相信", "how to use it, how to check it, and why to trust it"),
    ),
    places.SEARCH: (Text("检索", "Search"), Text("在全站中查找任何词语", "find any word on this site")),
}
LABEL = Text("查找的词语", "Words to look for")
GO = Text("检索", "Search")
SCRIPT = Text("检索需要启用脚本。", "The search needs scripts to be enabled.")


def front(pack: Pack, there: Iterable[str], lang: str) -> Page:
    """`there`: the paths of the pages there are; a part without a page is not spoken of."""
    at, known = Places(pack, lang, places.FRONT), set(there)
    colon = "：" if lang == "zh" else ": "
    parts = [at.to(title[lang], path) + colon + markup.text(says[lang]) for path, (title, says) in PART.items() if path in known]
    asked = [at.to(nouns.definition(pack, name, lang), places.answer_page(name)) for name in pack.answers]
    blocks = [
        markup.heading(1, pack.title[lang]), markup.text(f"{ABOUT[lang]}{'' if lang == 'zh' else ' '}{_in_force(pack, lang)}"),
        markup.heading(2, ASK[lang]), markup.bullets(asked), markup.heading(2, PARTS[lang]), markup.bullets(parts),
    ]  # fmt: skip
    return page(at.here, lang, pack.title[lang], blocks)


def _in_force(pack: Pack, lang: str) -> str:
    first, last = pack.in_force
    said = values.spoken_day(first, lang)
    return (
        fill(IN_FORCE, lang, day=said)
        if last is None
        else fill(IN_FORCE_UNTIL, lang, day=said, last=values.spoken_day(last, lang))
    )


def search_page(lang: str) -> Page:
    """The form stands in the page; a script of the site's own answers it."""
    title = PART[places.SEARCH][0][lang]
    form = (
        f'<form class="zs-search" role="search" action="search.html" method="get">\n<label for="zs-words">{LABEL[lang]}</label>\n'
        f'<input id="zs-words" name="q" type="search" autocomplete="off"> <button type="submit">{GO[lang]}</button>\n</form>\n'
        f'<div id="zs-found" role="status" aria-live="polite"></div>\n<noscript>{SCRIPT[lang]}</noscript>'
    )
    return page(places.SEARCH, lang, title, [markup.heading(1, title), form])
