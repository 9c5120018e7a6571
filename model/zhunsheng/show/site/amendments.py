"""Amendments of the shelf: what each edits, and what the comparison with the law as it stands found, where one was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from zhunsheng.ask.publishing.gathered import holding
from zhunsheng.ask.publishing.touched import touched
from zhunsheng.errors import Problem
from zhunsheng.lang.amendment import Amended, Amendment
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate import values
from zhunsheng.narrate.document import Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.rules import bare
from zhunsheng.show import words
from zhunsheng.show.comparing.words import EDITS, FROM_DAY, SOURCE, VERDICTS
from zhunsheng.show.mistakes.problems import problem
from zhunsheng.show.site import markup, places
from zhunsheng.show.site.edits import Edits
from zhunsheng.show.site.pages import Page, page
from zhunsheng.show.site.places import Places
from zhunsheng.show.site.prepared import PreparedComparison

AMENDMENTS = Text("修改方案", "Amendments")
ABOUT = Text(
    "这里的方案都不是现行规定，只用来说明：如果这样修改，哪些结论会变，对谁变，变宽还是变严，以及除此之外什么都不变。",
    "None of these is law. Each shows what would come of such an edit: which answers change, for whom, and whether they become"
    " laxer or stricter; and that nothing else changes.",
)
NOT_COMPARED = Text("尚未比较", "not compared yet")
NOT_COMPARED_ABOUT = Text(
    "本站生成时尚未将这一方案与现行规则比较，这里只列出改动。没有列出变化，不等于没有变化。",
    "This amendment had not been compared with the law as it stands when this site was made, so only its edits are told here."
    " That no change is listed does not mean that nothing changes.",
)
COMPARED = Text("比较结果", "What the comparison found")
UNFIT = Text("已不能用于现行规则的方案", "Amendments that no longer fit the rules")
UNFIT_ABOUT = Text(
    "下列方案与现行规则对不上，须改写后才能比较。",
    "These cannot be put on the rules as they are; they have to be rewritten first.",
)
TOUCHES = Text("涉及的条文：{provisions}。", "Provisions it touches: {provisions}.")
UNSURE = Text("（未能证明没有遗漏）", " (not shown to be complete)")


@dataclass(frozen=True)
class Shelved:
    """An amendment of the shelf by its file's stem, put on the pack; its comparison, where one was prepared."""

    name: str
    amended: Amended
    compared: PreparedComparison | None


def pages(pack: Pack, shelf: Sequence[Shelved], unfit: Mapping[str, Sequence[Problem]], lang: str) -> list[Page]:
    """The contents, and a page for each amendment. `unfit`: those that do not fit the rules as they are, with what is wrong."""
    return [_contents(pack, shelf, unfit, lang), *(_amendment(one, lang) for one in shelf)]


def _contents(pack: Pack, shelf: Sequence[Shelved], unfit: Mapping[str, Sequence[Problem]], lang: str) -> Page:
    at, colon = Places(pack, lang, places.AMENDMENTS), words.COLON[lang]
    lines = [
        at.to(_title(one, lang), places.amendment_page(one.name)) + colon + markup.strong(_verdict(one.compared, lang))
        for one in shelf
    ]
    blocks = [markup.heading(1, AMENDMENTS[lang]), ABOUT[lang], markup.bullets(lines)]
    if unfit:
        items = [Item("", name, tuple(Item(_wrong(one, lang)) for one in problems)) for name, problems in unfit.items()]
        blocks += markup.sections([Section(UNFIT[lang], (UNFIT_ABOUT[lang],), tuple(items))], lang)
    return page(at.here, lang, AMENDMENTS[lang], blocks)


def _wrong(one: Problem, lang: str) -> str:
    """What is wrong, without the folder that the file happens to stand in."""
    return problem(replace(one, place=replace(one.place, file=PurePath(one.place.file).name)), lang)


def _amendment(one: Shelved, lang: str) -> Page:
    """Its report without the cautions and the digests, which stand at the foot of the page."""
    title = _title(one, lang)
    at = Places(one.amended.base, lang, places.amendment_page(one.name))
    blocks = [markup.heading(1, title), *_edits(one, at), markup.heading(2, COMPARED[lang])]
    if one.compared is None:
        blocks += [markup.strong(NOT_COMPARED[lang]) + words.STOP[lang], NOT_COMPARED_ABOUT[lang]]
    else:
        told = one.compared.told[lang]
        left = (EDITS[lang], words.CAUTIONS[lang])
        blocks += [*map(markup.text, told.opening)]
        blocks += markup.sections([section for section in told.sections if section.title not in left], lang, 3)
        blocks += [*map(markup.text, told.closing[:-1])]
    return page(at.here, lang, title, blocks)


def _edits(one: Shelved, at: Places) -> list[str]:
    lang = at.lang
    told = [*map(markup.text, _told_of(one.amended.amendments[-1], lang)), *_touched(one, at)]
    return [*told, *markup.sections([Section(EDITS[lang], (), Edits(one.amended, lang).items())], lang)]


def _touched(one: Shelved, at: Places) -> list[str]:
    """The provisions whose pages name this amendment, in the order of the text; a new one under the number it is to have."""
    order = list(at.pack.provisions)
    refs = sorted(touched(one.amended), key=lambda ref: order.index(whole) if (whole := holding(at.pack, ref)) else len(order))
    return [fill(TOUCHES, at.lang, provisions=at.provisions(tuple(refs)))] if refs else []


def _told_of(amendment: Amendment, lang: str) -> list[str]:
    """Since when, and where it comes from."""
    said = [
        fill(FROM_DAY, lang, day=values.spoken_day(amendment.in_force_from, lang)),
        fill(SOURCE, lang, source=amendment.source[lang]),
    ]
    return [f"{bare(one)}{words.STOP[lang]}" for one in said]


def _title(one: Shelved, lang: str) -> str:
    return bare(one.amended.amendments[-1].says[lang])


def _verdict(found: PreparedComparison | None, lang: str) -> str:
    if found is None:
        return NOT_COMPARED[lang]
    said = VERDICTS[found.direction][lang]
    return said if found.complete else said + UNSURE[lang]
