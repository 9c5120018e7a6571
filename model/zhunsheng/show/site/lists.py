"""Lists: the glossary, the parameters with their dates and sources, the lists of values, the calendars."""

from __future__ import annotations

from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate import values
from zhunsheng.show.site import markup, places
from zhunsheng.show.site.pages import Page, page
from zhunsheng.show.site.places import Places

GLOSSARY = Text("术语", "Glossary")
GLOSSARY_HEAD = (Text("中文", "Chinese"), Text("英文", "English"), Text("条文", "Provision"))
PARAMETERS = Text("参数", "Parameters")
PARAMETERS_ABOUT = Text(
    "修订可能触及的每一个数字，自何日起适用，出自何处。",
    "Every number that an amendment might touch: from which day it holds, and where it comes from.",
)
VALUE, SINCE, WHERE, SOURCE = Text("数值", "Value"), Text("适用自", "Since"), Text("条文", "Provision"), Text("出处", "Source")
CALENDARS = Text("工作日表", "Tables of working days")
YEARS = Text("已收年份", "Years held")
YEAR = Text("{year}年", "{year}")


def glossary(pack: Pack, lang: str) -> Page:
    at = Places(pack, lang, places.GLOSSARY)
    rows = [
        [markup.text(term.zh), markup.text(term.en), at.provision(term.provision) if term.provision else ""]
        for term in pack.terms.values()
    ]
    return page(
        at.here,
        lang,
        GLOSSARY[lang],
        [markup.heading(1, GLOSSARY[lang]), markup.table([head[lang] for head in GLOSSARY_HEAD], rows)],
    )


def parameters(pack: Pack, lang: str) -> Page:
    at = Places(pack, lang, places.PARAMETERS)
    blocks = [markup.heading(1, PARAMETERS[lang]), PARAMETERS_ABOUT[lang]]
    for one in pack.parameters.values():
        colon = "：" if lang == "zh" else ": "
        lines = [
            f"{VALUE[lang]}{colon}{markup.strong(values.spoken(pack, one.value, one.type, lang))}",
            f"{SINCE[lang]}{colon}{values.spoken_day(one.since, lang)}",
            f"{WHERE[lang]}{colon}{at.provision(one.provision)}",
            f"{SOURCE[lang]}{colon}{markup.text(one.source[lang])}",
        ]
        blocks += [markup.heading(2, one.title[lang], f"parameter-{places.slug(one.name)}"), markup.bullets(lines)]
    return page(at.here, lang, PARAMETERS[lang], [*blocks, *_calendars(pack, lang)])


def _calendars(pack: Pack, lang: str) -> list[str]:
    if not pack.calendars:
        return []
    blocks = [markup.heading(2, CALENDARS[lang])]
    for table in pack.calendars.values():
        rows = [[str(year), markup.text(table.years[year].source[lang])] for year in sorted(table.years)]
        blocks += [markup.heading(3, table.title[lang]), markup.table([YEARS[lang], SOURCE[lang]], rows)]
    return blocks
