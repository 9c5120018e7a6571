"""The provisions as Akoma Ntoso (OASIS LegalDocML 3.0), with references to the rules that encode each.

What is written is our restatement, and says so; the rules stand in `proprietary` metadata, in a namespace of our own, each with
the identifier of the provision it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as ET

from zhunsheng.ask.publishing.gathered import holding
from zhunsheng.lang.pack import Chapter, Pack, Provision
from zhunsheng.lang.types import Text
from zhunsheng.lang.wording import levels
from zhunsheng.narrate.numerals import chinese_number
from zhunsheng.narrate.provisions import provision
from zhunsheng.show.cautions import cautions
from zhunsheng.show.media.width import clean

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS = "urn:zhunsheng:akn"
LANGUAGES = {"zh": "zho", "en": "eng"}
SOURCE = "#zhunsheng"
LEVELS = (
    (re.compile(r"(\d+)"), "article", "art"),
    (re.compile(r".*\)\d+\((\d+)\)"), "level", "lvl"),
    (re.compile(r".*\)(\d+)"), "indent", "indent"),
    (re.compile(r".*\((\d+)\)"), "point", "point"),
    (re.compile(r".*\.(\d+)"), "paragraph", "para"),
)
"""How the last part of a reference is written, the element it is, and how its identifier begins."""
RESTATED = Text("对条文的转述，不是官方文本", "a restatement, not the official wording")
CHAPTER = Text("第{n}章", "Chapter {n}")


def akoma_ntoso(pack: Pack, lang: str, country: str) -> bytes:
    """The document, the same bytes for the same pack. `country`: two letters."""
    ET.register_namespace("", AKN)
    ET.register_namespace("zs", OURS)
    root = ET.Element(_name("akomaNtoso"))
    act = _below(root, "act", name=pack.name)
    _meta(_below(act, "meta"), pack, lang, country.lower())
    preface = _below(act, "preface")
    _paragraph(_below(preface, "longTitle"), pack.title[lang])
    body = _below(act, "body")
    for chapter in pack.chapters:
        _chapter(body, pack, chapter, lang)
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()


# -- what the document is


def _meta(meta: ET.Element, pack: Pack, lang: str, country: str) -> None:
    day = pack.in_force[0]
    work = f"/akn/{country}/act/{day.isoformat()}/{pack.name}"
    expression = f"{work}/{LANGUAGES[lang]}@{day.isoformat()}"
    identification = _below(meta, "identification", source=SOURCE)
    one = _identified(identification, "FRBRWork", work, day)
    _below(one, "FRBRcountry", value=country)
    one = _identified(identification, "FRBRExpression", expression, day)
    _below(one, "FRBRlanguage", language=LANGUAGES[lang])
    _identified(identification, "FRBRManifestation", f"{expression}.xml", day)
    references = _below(meta, "references", source=SOURCE)
    _below(references, "TLCOrganization", eId="authority", href="/ontology/organization/authority", showAs=pack.authority[lang])
    _below(references, "TLCOrganization", eId="zhunsheng", href="/ontology/organization/zhunsheng", showAs="Zhunsheng 准绳")
    _rules(_below(meta, "proprietary", source=SOURCE), pack, lang)


def _identified(parent: ET.Element, kind: str, uri: str, day: date) -> ET.Element:
    one = _below(parent, kind)
    this = uri.removesuffix(".xml")
    _below(one, "FRBRthis", value=f"{this}/!main{'.xml' if uri.endswith('.xml') else ''}")
    _below(one, "FRBRuri", value=uri)
    _below(one, "FRBRdate", date=day.isoformat(), name="in force from")
    _below(one, "FRBRauthor", href="#authority")
    return one


def _rules(parent: ET.Element, pack: Pack, lang: str) -> None:
    """The version of the rules, the cautions, and for each provision the rules and duties that encode it."""
    version = ET.SubElement(parent, f"{{{OURS}}}pack", id=pack.name, version=pack.version, digest=pack.digest)
    version.set("text", RESTATED[lang])
    for said in cautions(pack, lang):
        ET.SubElement(parent, f"{{{OURS}}}caution").text = clean(said)
    for one in pack.provisions.values():
        for name in one.definitions:
            for rule in pack.definitions[name].rules:
                ET.SubElement(parent, f"{{{OURS}}}rule", provision=f"#{identifier(one.ref)}", definition=name, rule=rule.name)
        for duty in one.duties:
            ET.SubElement(parent, f"{{{OURS}}}duty", provision=f"#{identifier(one.ref)}", duty=duty)


# -- what it says


def _chapter(body: ET.Element, pack: Pack, chapter: Chapter, lang: str) -> None:
    element = _below(body, "chapter", eId=f"chp_{chapter.number}")
    number = chinese_number(chapter.number) if lang == "zh" else str(chapter.number)
    _below(element, "num").text = CHAPTER[lang].format(n=number)
    _below(element, "heading").text = clean(chapter.title[lang])
    parts = _Parts(pack, lang)
    for one in pack.provisions.values():
        if one.chapter == chapter.number and not _whole(pack, one.ref):
            parts.write(element, one)


@dataclass(frozen=True)
class _Parts:
    pack: Pack
    lang: str

    def write(self, parent: ET.Element, one: Provision) -> None:
        """A provision, and within it those that are parts of it."""
        kind, _ = _kind(one.ref)
        element = _below(parent, kind, eId=identifier(one.ref))
        _below(element, "num").text = provision(one.ref, self.lang)
        inner = [other for other in self.pack.provisions.values() if _whole(self.pack, other.ref) == one.ref]
        _paragraph(_below(element, "intro" if inner else "content"), one.says[self.lang])
        for other in inner:
            self.write(element, other)


def identifier(ref: str) -> str:
    """`art_19__point_5` for 19(5), in the manner of the naming convention of Akoma Ntoso."""
    parts, at = [], 0
    for end in range(1, len(ref) + 1):
        if end == len(ref) or (ref[end] in "(." and ref[end - 1] != "(") or (ref[end - 1] == ")" and ref[end].isdigit()):
            kind = _kind(ref[:end])
            parts.append(f"{kind[1]}_{re.sub(r'[^0-9]', '', ref[at:end])}")
            at = end
    return "__".join(parts)


def _kind(ref: str) -> tuple[str, str]:
    """The element that the last part of a reference is, and how its identifier begins."""
    return next((element, begins) for pattern, element, begins in LEVELS if pattern.fullmatch(ref))


def _whole(pack: Pack, ref: str) -> str:
    """The provision of the pack that this one is part of; empty for an article."""
    return holding(pack, "".join(levels(ref)[:-1]))


def _name(tag: str) -> str:
    return f"{{{AKN}}}{tag}"


def _below(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, _name(tag), attributes)


def _paragraph(parent: ET.Element, said: str) -> None:
    _below(parent, "p").text = clean(said)
