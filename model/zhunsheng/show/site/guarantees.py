"""What holds of every case, and what was found in the text: pages made of the results of proofs and of a check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhunsheng.ask.findings import Checked, Kind
from zhunsheng.ask.prove import Proof
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem, Verdict
from zhunsheng.lang.types import Text
from zhunsheng.narrate.document import Item, Section
from zhunsheng.narrate.rules import ended
from zhunsheng.show.check import not_shown_section, stale_section, summary
from zhunsheng.show.findings import TITLES, Findings
from zhunsheng.show.proofs import VERDICTS, Proofs
from zhunsheng.show.site import markup, places
from zhunsheng.show.site.pages import Page, page
from zhunsheng.show.site.places import Places

GUARANTEES = Text("命题与保证", "Theorems and guarantees")
ABOUT = Text(
    "每个命题都是对任何案件的断言，不论案件中的各种清单有多长。“成立”表示已经证明；“不成立”附有一个反例。",
    "Each theorem claims something of every case, however long the lists in it are. “Holds” means proved;"
    " “does not hold” comes with a case against it.",
)
NOT_ATTACHED = Text(
    "本站生成时没有附上对这些命题的核验结果。", "No results of checking these theorems were attached when this site was made."
)
UNCHECKED = Text("本次没有核验", "Not checked this time")
FINDINGS = Text("条文体检", "What a check of the text finds")
FINDINGS_ABOUT = Text(
    "程序在全部可能的案件中查找条文没有规定、相互冲突、没有作用的地方。每个情形都按规则重新推算核对过。",
    "The text was searched, over all possible cases, for what it does not settle, where it contradicts itself, and what in it"
    " has no effect. Each case shown was worked out again by the rules.",
)
FEW_STORIES = (Kind.PRIORITY,)
"""Kinds whose cases are not told: they are for information, and there are many."""


def guarantees(pack: Pack, theorems: Sequence[Theorem], proofs: Sequence[Proof], lang: str) -> Page:
    """Theorems by the verdict of their first variant; those without a result last."""
    at, tell = Places(pack, lang, places.GUARANTEES), Proofs(pack, lang)
    found: dict[str, list[Proof]] = {}
    for proof in proofs:
        found.setdefault(proof.theorem.name, []).append(proof)
    blocks = [markup.heading(1, GUARANTEES[lang]), ABOUT[lang], *([] if found else [NOT_ATTACHED[lang]])]
    for verdict in (*Verdict, None):
        these = [one for one in theorems if (found[one.name][0].verdict if one.name in found else None) is verdict]
        title = UNCHECKED if verdict is None else VERDICTS[verdict]
        blocks += [markup.heading(2, title[lang][:1].upper() + title[lang][1:])] if these else []
        for theorem in these:
            blocks += _theorem(theorem, found.get(theorem.name, []), at, tell)
    return page(at.here, lang, GUARANTEES[lang], blocks)


def _theorem(theorem: Theorem, proofs: Sequence[Proof], at: Places, tell: Proofs) -> list[str]:
    items = [_verdict(tell.item(proof), theorem, at.lang) for proof in proofs]
    blocks = [markup.heading(3, theorem.says[at.lang], f"t-{places.slug(theorem.name)}"), at.provisions(theorem.provisions)]
    return [*blocks, markup.items(items, at.lang)] if items else blocks


def _verdict(item: Item, theorem: Theorem, lang: str) -> Item:
    """What a variant comes to, without the sentence, which is the heading."""
    return replace(item, label="", text=item.text.removeprefix(ended(theorem.says[lang], lang)).strip())


def findings(pack: Pack, checked: Checked, lang: str) -> Page:
    """Findings by kind, those that somebody should look at first, each with the case that shows it."""
    at = Places(pack, lang, places.FINDINGS)
    say = Findings(pack, lang, {proof.theorem.name: proof.theorem for proof in checked.proofs})
    blocks = [markup.heading(1, FINDINGS[lang]), FINDINGS_ABOUT[lang], *map(markup.text, summary(checked, lang))]
    for kind in sorted(Kind, key=lambda one: not one.fault):
        these = [one for one in checked.findings if one.kind is kind]
        blocks += [markup.heading(2, TITLES[kind][lang])] if these else []
        for one in these:
            item = say.item(one, story=kind not in FEW_STORIES)
            blocks += [markup.heading(3, item.text, f"f-{places.slug(one.key)}"), at.provisions(one.provisions)]
            blocks += [markup.items(item.items, lang)] if item.items else []
    rest: list[Section] = [one for one in (stale_section(say, checked, lang), not_shown_section(say, checked, lang)) if one]
    return page(at.here, lang, FINDINGS[lang], [*blocks, *markup.sections(rest, lang)])
