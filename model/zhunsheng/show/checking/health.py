"""The health report of a pack: a document for a meeting, article by article, every finding with its case told as a story."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from zhunsheng.ask.checking.findings import Checked, Finding, Kind
from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Verdict
from zhunsheng.lang.types import Text
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provision, provisions
from zhunsheng.show import words
from zhunsheng.show.cautions import cautions
from zhunsheng.show.checking.check import counts_section, not_shown_section, stale_section, summary
from zhunsheng.show.checking.findings import TITLES, Findings
from zhunsheng.show.checking.proofs import Proofs
from zhunsheng.show.media import html, markdown

TITLE = Text("条文体检报告：{title}", "Health report: {title}")
HOW = Text(
    "本报告按条文列出发现的问题；每个情形都由程序找出并按规则推算核对过，只讲与该问题有关的事实。",
    "Findings stand article by article. Each case was found by search and worked out again by the rules; only the facts that"
    " bear on the finding are told.",
)
ELSEWHERE = Text("不属于某一条的", "Of no single article")
LABEL = Text("{kind}（{where}）", "{kind} ({where})")
READINGS = Text("各种理解", "The readings")
GIVES = Text("结果为{outcome}", "the result is {outcome}")
ARGUMENT = Text("理由：{argument}", "For it: {argument}")
HOLD = Text("成立的命题", "Theorems that hold")
REFUTED = Text("不成立的命题", "Theorems that do not hold")
OTHERS = Text("没有得到证明的命题", "Theorems neither proved nor refuted")
PROVED, REFUTATION = (Verdict.PROVED,), (Verdict.REFUTED,)
NEITHER = tuple(verdict for verdict in Verdict if verdict not in (*PROVED, *REFUTATION))


def _word(document: Document) -> bytes:
    from zhunsheng.show.media.word import render  # it takes long to load, and few want it

    return render(document)


RENDERERS: Mapping[str, Callable[[Document], bytes]] = {
    ".md": lambda document: markdown.render(document).encode(), ".html": lambda document: html.render(document).encode(),
    ".docx": _word,
}  # fmt: skip


def health_document(pack: Pack, checked: Checked, lang: str) -> Document:
    """Findings by article, then theorems by what they come to, then what is stale or unsettled, counts and cautions."""
    say = Findings(pack, lang, {proof.theorem.name: proof.theorem for proof in checked.proofs})
    tell = Proofs(pack, lang)

    def theorems(title: Text, verdicts: Sequence[Verdict]) -> Section:
        these = [proof for proof in checked.proofs if proof.verdict in verdicts]
        return Section(title[lang], (), tell.items(these))

    sections = [
        *_articles(say, checked, lang),
        theorems(HOLD, PROVED),
        theorems(REFUTED, REFUTATION),
        theorems(OTHERS, NEITHER),
        stale_section(say, checked, lang),
        not_shown_section(say, checked, lang),
        counts_section(checked, lang),
        Section(words.CAUTIONS[lang], (), tuple(map(Item, cautions(pack, lang)))),
    ]
    version = fill(words.VERSION, lang, version=pack.version, digest=pack.digest[:16])
    title = fill(TITLE, lang, title=pack.title[lang])
    return Document(title, lang, (*summary(checked, lang), HOW[lang]), tuple(filter(None, sections)), (version,))


def rendered(path: Path, document: Document | None) -> bytes:
    """The document in the form that the file's name asks for. InputError for any other name; None only tries the name."""
    render = RENDERERS.get(path.suffix.lower())
    if render is None:
        hint = "name a file that ends in .md, .html or .docx"
        raise InputError([Problem(Place("--report"), f"{path.name!r} is no report", hint)])
    return b"" if document is None else render(document)


def _articles(say: Findings, checked: Checked, lang: str) -> list[Section]:
    """One section for each article, in their order. Theorems have sections of their own."""
    by_article: dict[int, list[Finding]] = {}
    for finding in checked.findings:
        if finding.kind is not Kind.HOPE:
            by_article.setdefault(_article(finding), []).append(finding)
    sections = []
    for article in sorted(by_article, key=lambda number: number or 10**6):
        title = provision(str(article), lang) if article else ELSEWHERE[lang]
        items = tuple(_item(say, one, lang) for one in sorted(by_article[article], key=_urgency))
        sections.append(Section(title[:1].upper() + title[1:], (), items))
    return sections


def _article(finding: Finding) -> int:
    match = re.match(r"\d+", finding.provisions[0]) if finding.provisions else None
    return int(match[0]) if match else 0


def _urgency(finding: Finding) -> int:
    """What somebody should look at first, then what is recorded, then what is for information."""
    return 2 if not finding.kind.fault else 1 if finding.recorded else 0


def _item(say: Findings, finding: Finding, lang: str) -> Item:
    item = say.item(finding)
    where = provisions(finding.provisions, lang)
    kind = TITLES[finding.kind][lang]
    label = fill(LABEL, lang, kind=kind, where=where) if where else kind
    readings = _readings(say, finding, lang)
    below = (*item.items, Item("", READINGS[lang], readings)) if readings else item.items
    return Item(item.text, label, below)


def _readings(say: Findings, finding: Finding, lang: str) -> tuple[Item, ...]:
    """The options that compete, each with what it gives and what speaks for it."""
    spec = say.pack.readings.get(finding.subject)
    if finding.kind is not Kind.MATTERS or spec is None or len(finding.outcomes) != len(finding.parts):
        return ()
    items = []
    for name, outcome in zip(finding.parts, finding.outcomes, strict=True):
        option = spec.option(name)
        argument = option.argument[lang]
        below = (Item(fill(ARGUMENT, lang, argument=argument)),) if argument else ()
        items.append(Item(fill(GIVES, lang, outcome=say.outcome(finding, outcome)), say.option(finding.subject, name), below))
    return tuple(items)

