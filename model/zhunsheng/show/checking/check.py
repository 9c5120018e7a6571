"""A check of a whole pack, as a document: what to look at first, then what is recorded, then what is good to know."""

from __future__ import annotations

from collections.abc import Iterable

from zhunsheng.ask.checking.findings import Checked, Finding, Kind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.rules import ended
from zhunsheng.show import words
from zhunsheng.show.checking.findings import TITLES, Findings
from zhunsheng.show.checking.proofs import counts
from zhunsheng.show.mistakes import reason

CHECKED = Text("条文体检", "Check of the text")
SUMMARY = Text(
    "须处理{faults}项，已记录{recorded}项，供参考{listed}项。",
    "Findings to look at: {faults}; recorded: {recorded}; for information: {listed}.",
)
STALE_TOO = Text("另有{n}项记录已经失效。", "Records that no longer hold: {n}.")
NOT_SHOWN_TOO = Text("另有{n}处未能查明。", "Questions not settled: {n}.")
RECORDED = Text("已经记录的", "Recorded")
FOR_INFORMATION = Text("供参考：{title}", "For information: {title}")
STALE = Text("已经失效的记录", "Records that no longer hold")
STALE_SAYS = Text(
    "{key}：这一项已经不再出现，请从“{owner}”的记录中删去。",
    "{key}: this is no longer found. Delete it from what “{owner}” records.",
)
NOT_SHOWN = Text("未能查明的", "Not settled")
NOT_SHOWN_SAYS = Text("在规定的计算量内未能查明：{why}", "Not settled within the set amount of computing: {why}")
COUNTS = Text("合计", "Counts")
COUNT = Text("发现{n}项", "{n} found")
COUNT_ASKED = Text("发现{n}项，共问{asked}次", "{n} found, {asked} questions asked")
THEOREMS = Text("命题", "Theorems")


def check_document(pack: Pack, checked: Checked, lang: str) -> Document:
    """Findings by kind. Cases are told for those that somebody should look at."""
    say = Findings(pack, lang, {proof.theorem.name: proof.theorem for proof in checked.proofs})
    sections = [
        *_by_kind(say, checked.unrecorded, lang),
        _recorded(say, checked, lang),
        *_by_kind(say, (one for one in checked.findings if not one.kind.fault), lang),
        stale_section(say, checked, lang),
        not_shown_section(say, checked, lang),
        counts_section(checked, lang),
    ]
    opening = (fill(words.BASED_ON, lang, title=pack.title[lang]), *summary(checked, lang))
    closing = fill(words.VERSION, lang, version=pack.version, digest=pack.digest[:16])
    return Document(CHECKED[lang], lang, opening, tuple(filter(None, sections)), (closing,))


def summary(checked: Checked, lang: str) -> tuple[str, ...]:
    """How much was found, in one paragraph."""
    faults = [one for one in checked.findings if one.kind.fault]
    unrecorded = len(checked.unrecorded)
    said = [
        fill(SUMMARY, lang, faults=unrecorded, recorded=len(faults) - unrecorded, listed=len(checked.findings) - len(faults))
    ]
    said += [fill(STALE_TOO, lang, n=len(checked.stale))] if checked.stale else []
    said += [fill(NOT_SHOWN_TOO, lang, n=len(checked.not_shown))] if checked.not_shown else []
    return ("".join(said) if lang == "zh" else " ".join(said),)


def stale_section(say: Findings, checked: Checked, lang: str) -> Section:
    items = [Item(fill(STALE_SAYS, lang, key=say.of_key(key), owner=say.owner(owner))) for owner, key in checked.stale]
    return Section(STALE[lang], (), tuple(items))


def not_shown_section(say: Findings, checked: Checked, lang: str) -> Section:
    items = [
        Item(ended(fill(NOT_SHOWN_SAYS, lang, why=reason(why, lang)), lang), say.of_key(what)) for what, why in checked.not_shown
    ]
    return Section(NOT_SHOWN[lang], (), tuple(items))


def counts_section(checked: Checked, lang: str) -> Section:
    """How many of each kind, and how many questions were put for it; of theorems, how many came to each verdict."""
    items = []
    for kind in Kind:
        found, asked = sum(1 for one in checked.findings if one.kind is kind), checked.asked.get(kind, 0)
        if found or asked:
            items.append(Item(fill(COUNT_ASKED if asked else COUNT, lang, n=found, asked=asked), TITLES[kind][lang]))
    if checked.proofs:
        items.append(Item("", THEOREMS[lang], tuple(counts(checked.proofs, lang))))
    return Section(COUNTS[lang], (), tuple(items))


def _by_kind(say: Findings, findings: Iterable[Finding], lang: str) -> list[Section]:
    these = tuple(findings)
    sections = []
    for kind in Kind:
        items = tuple(say.item(one, story=kind.fault) for one in these if one.kind is kind)
        title = TITLES[kind][lang] if kind.fault else fill(FOR_INFORMATION, lang, title=TITLES[kind][lang])
        sections.append(Section(title, (), items))
    return sections


def _recorded(say: Findings, checked: Checked, lang: str) -> Section:
    these = [one for one in checked.findings if one.kind.fault and one.recorded]
    items = []
    for kind in Kind:
        found = tuple(say.item(one, story=False) for one in these if one.kind is kind)
        if found:
            items.append(Item("", TITLES[kind][lang], found))
    return Section(RECORDED[lang], (), tuple(items))
