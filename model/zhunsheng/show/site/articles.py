"""The text: its contents, a page for each chapter, a page for each article with everything that concerns its provisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhunsheng.ask.checking.findings import Finding
from zhunsheng.ask.publishing.gathered import Concerning
from zhunsheng.ask.publishing.reread import lost_words
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack, Provision
from zhunsheng.lang.theorem import Theorem
from zhunsheng.lang.types import Text
from zhunsheng.narrate.numerals import chinese_number
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provision
from zhunsheng.narrate.rules import bare
from zhunsheng.show import words
from zhunsheng.show.checking.findings import Findings
from zhunsheng.show.site import markup, places, told
from zhunsheng.show.site.pages import TAGS, Page, page
from zhunsheng.show.site.places import Places

ARTICLES = Text("条文", "The text")
ABOUT = Text(
    "这里是对条文的转述，不是官方文本。每一条之下列出据以推算的规则、义务，以及与之有关的疑义、参数、案例和命题。",
    "This restates the text; it is not the official wording. Below each provision stand the rules and duties that encode it,"
    " and the questions, parameters, cases and theorems that concern it.",
)
BESIDE = Text(
    "转述之下附有官方文本，由发布者附上，以正式公布的文本为准。",
    "Below each restatement stands the official wording, as attached by whoever published this site.",
)
CHAPTER = Text("第{n}章 {title}", "Chapter {n}: {title}")
WORDING = Text("官方文本（由发布者附上，以正式公布的文本为准）", "Official wording (as attached by whoever published this site)")
NOT_THERE = Text(
    "注意：规则所列的限定词{words}不在这一文本中，转述可能未跟上文本的变动。",
    "Note: the qualifying words {words} of the rules do not stand in this text; the restatement may be of another edition.",
)
QUALIFIERS = Text("限定词各由什么落实", "What takes account of each qualifying word")
RULES = Text("规则", "Rules")
DUTIES = Text("义务", "Duties")
NOT_COMPUTED = Text("为什么不作推算", "Why nothing is computed")
REVIEWED = Text("审阅：{by}，{on}", "Reviewed by {by} on {on}")
OPEN = {
    "readings": Text("条文疑义", "Open questions of the text"),
    "discretions": Text("裁量", "Choices of an authority"),
    "parameters": Text("参数", "Parameters"),
    "theorems": Text("命题", "Theorems"),
    "findings": Text("体检发现", "Findings"),
}
SHOWN = {
    "notes": Text("已作说明的问题", "Questions settled in writing"),
    "cases": Text("案例", "Worked cases"),
    "amendments": Text("涉及这一规定的修改方案（均非现行规定）", "Amendments that would change it (none of them is law)"),
}


@dataclass(frozen=True)
class Told:
    """What the pages about provisions need beside the pack."""

    pack: Pack
    concerning: Mapping[str, Concerning]
    cases: Mapping[str, Case]
    theorems: Mapping[str, Theorem]
    findings: Mapping[str, Finding]
    wording: Mapping[str, str]
    shelf: Mapping[str, Text]
    """What each amendment of the shelf is called."""

    def pages(self, lang: str) -> list[Page]:
        articles = list(dict.fromkeys(map(places.article, self.pack.provisions)))
        return [self._contents(lang), *(self._chapter(chapter.number, lang) for chapter in self.pack.chapters),
                *(_Article(self, number, lang).page() for number in articles)]  # fmt: skip

    def chapter_title(self, number: int, lang: str) -> str:
        title = next(chapter.title for chapter in self.pack.chapters if chapter.number == number)
        return fill(CHAPTER, lang, n=chinese_number(number) if lang == "zh" else number, title=title[lang])

    def _of_chapter(self, number: int) -> list[Provision]:
        return [one for one in self.pack.provisions.values() if one.chapter == number]

    def _contents(self, lang: str) -> Page:
        at = Places(self.pack, lang, places.ARTICLES)
        lines = []
        for chapter in self.pack.chapters:
            lines.append(f"- {at.to(self.chapter_title(chapter.number, lang), places.chapter_page(chapter.number))}")
            articles = dict.fromkeys(places.article(one.ref) for one in self._of_chapter(chapter.number))
            lines += [f"{markup.INDENT}- {at.to(self._article_title(ref, lang), places.article_page(ref))}" for ref in articles]
        title = ARTICLES[lang]
        about = ABOUT[lang] + (("" if lang == "zh" else " ") + BESIDE[lang] if self.wording else "")
        return page(places.ARTICLES, lang, title, [markup.heading(1, title), about, "\n".join(lines)])

    def _article_title(self, ref: str, lang: str) -> str:
        """The article and how its restatement begins."""
        said = self.pack.provisions[ref].says[lang]
        stop = min(
            (place for mark in ("，", "。", "；", "：", ". ", ", ", "; ") if (place := said.find(mark)) > 0), default=len(said)
        )
        return named(ref, lang) + ("　" if lang == "zh" else ": ") + said[:stop].rstrip(".") + ("……" if lang == "zh" else " …")

    def _chapter(self, number: int, lang: str) -> Page:
        path, title = places.chapter_page(number), self.chapter_title(number, lang)
        at = Places(self.pack, lang, path)
        blocks = [markup.heading(1, title)]
        for one in self._of_chapter(number):
            level = 2 if one.ref == places.article(one.ref) else 3
            blocks += [markup.heading(level, named(one.ref, lang), places.provision_anchor(one.ref)), markup.text(one.says[lang])]
            if level == 2:
                blocks.append(at.to(MORE[lang], places.article_page(one.ref)))
        return page(path, lang, title, blocks)


MORE = Text("本条的规则、疑义和案例", "Rules, questions and cases of this article")


def named(ref: str, lang: str) -> str:
    said = provision(ref, lang)
    return said[:1].upper() + said[1:]


class _Article:
    def __init__(self, told_: Told, number: str, lang: str) -> None:
        self.told, self.pack, self.number, self.lang = told_, told_.pack, number, lang
        self.at = Places(self.pack, lang, places.article_page(number))
        self.say = Findings(self.pack, lang, dict(told_.theorems))

    def page(self) -> Page:
        own = [one for one in self.pack.provisions.values() if places.article(one.ref) == self.number]
        title = named(own[0].ref, self.lang)
        chapter = self.at.to(self.told.chapter_title(own[0].chapter, self.lang), places.chapter_page(own[0].chapter))
        blocks = [block for one in own for block in self._provision(one, 1 if one is own[0] else 2, chapter)]
        return page(self.at.here, self.lang, title, blocks)

    def _provision(self, one: Provision, level: int, chapter: str) -> list[str]:
        """What it says; then what is open in it; then how it is encoded; then the cases."""
        blocks = [markup.heading(level, named(one.ref, self.lang), places.provision_anchor(one.ref))]
        blocks += [chapter] if level == 1 else []
        blocks += [f"> {markup.text(one.says[self.lang])}", *self._wording(one), *self._related(one.ref, OPEN)]
        if one.not_computed is not None:
            blocks += [self._label(NOT_COMPUTED), markup.text(one.not_computed[self.lang])]
        if one.definitions:
            blocks.append(self._label(RULES))
            for name in one.definitions:
                blocks += told.definition_blocks(self.pack, name, self.at, level + 1)
        if one.duties:
            blocks.append(self._label(DUTIES))
            for name in one.duties:
                blocks += told.duty_blocks(self.pack, self.pack.duties[name], self.at, level + 1)
        return [*blocks, *self._qualifiers(one), *self._related(one.ref, SHOWN)]

    def _wording(self, one: Provision) -> list[str]:
        """The official wording beside the restatement, where it is attached, and which words the rules look for there in vain."""
        wording = self.told.wording.get(one.ref)
        if not wording:
            return []
        lost = self.at.comma.join(f"“{word}”" for word in lost_words(one, wording))
        note = [markup.text(fill(NOT_THERE, self.lang, words=lost))] if lost else []
        language = "" if self.lang == "zh" else f"\n> {{: lang={TAGS['zh']}}}"  # whatever the page, the text is Chinese
        return [self._label(WORDING), f"> {markup.text(wording)}{language}", *note]

    def _label(self, label: Text) -> str:
        return markup.strong(label[self.lang])

    def _qualifiers(self, one: Provision) -> list[str]:
        """Each word that narrows or widens, with links to what takes account of it."""
        lines = []
        for qualifier in one.qualifiers:
            covers = self.at.comma.join(self._covers(kind, name) for kind, name in qualifier.covered_by)
            lines.append(f"{markup.text(qualifier.word)}{words.COLON[self.lang]}{covers}")
        return [self._label(QUALIFIERS), markup.bullets(lines)] if lines else []

    def _covers(self, kind: str, name: str) -> str:
        pack, at = self.pack, self.at
        match kind:
            case "rule":
                return at.definition(name.partition("/")[0])
            case "definition":
                return at.definition(name)
            case "reading":
                return at.reading(name)
            case "discretion":
                return at.discretion(name)
            case "parameter":
                return at.parameter(name)
            case "duty":
                return at.duty(name)
            case "note" | "not_modelled":
                return at.note(name)
            case _:
                says = next((one.says[self.lang] for one in pack.assumptions if one.name == name), "")
                return markup.text(says or self.say.titled(name))

    # -- what concerns it

    def _related(self, ref: str, kinds: Mapping[str, Text]) -> list[str]:
        found, blocks = self.told.concerning[ref], list[str]()
        for kind, label in kinds.items():
            names = getattr(found, kind)
            lines = [self._line(kind, name) for name in (self._told_apart(names) if kind == "findings" else names)]
            if lines:
                blocks += [self._label(label), markup.bullets(lines)]
        return blocks

    def _told_apart(self, findings: Sequence[str]) -> list[str]:
        """The first of those that are told in the same sentence: a theorem that fails under several readings is named once."""
        first = {self.say.sentence(self.told.findings[name]): name for name in reversed(findings)}
        return [name for name in findings if name in first.values()]

    def _line(self, kind: str, name: str) -> str:
        at = self.at
        match kind:
            case "readings":
                return at.reading(name)
            case "discretions":
                return at.discretion(name)
            case "notes":
                return at.note(name)
            case "parameters":
                return at.parameter(name)
            case "theorems":
                return at.to(self.told.theorems[name].says[self.lang], f"{places.GUARANTEES}#t-{places.slug(name)}")
            case "findings":
                sentence = self.say.sentence(self.told.findings[name])
                return at.to(sentence, f"{places.FINDINGS}#f-{places.slug(name)}")
            case "amendments":
                return at.to(bare(self.told.shelf[name][self.lang]), places.amendment_page(name))
            case _:
                return at.to(self.told.cases[name].title[self.lang], places.case_page(name))
