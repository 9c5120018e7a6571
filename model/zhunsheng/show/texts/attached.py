"""An official text beside the pack, as a document: what matches, what differs, what to read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from zhunsheng.ask.publishing.attach import Beside, Change, ChapterDiffers, Differs
from zhunsheng.ask.publishing.reread import Reread
from zhunsheng.ask.publishing.worddiff import Piece
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem
from zhunsheng.lang.wording import Passed, Worded
from zhunsheng.narrate import nouns, rules
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provision, provisions
from zhunsheng.show.texts import words

AROUND = 14
"""So many characters that stayed are shown on either side of those that did not."""
FIRST_WORDS = 24


def attached_document(
    pack: Pack, found: Beside, differs: Sequence[Differs] | None, kept: words.Kept, lang: str,
    cases: Mapping[str, Case], theorems: Sequence[Theorem],
) -> Document:  # fmt: skip
    """`differs` is None where no text had been attached before; `kept` says what became of the file."""
    tell = _Telling(pack, lang, cases, {one.name: one for one in theorems})
    count = fill(
        words.MATCHED, lang, file=Path(found.text.file).name, total=len(found.text.provisions), matched=len(found.matched),
        pack=len(pack.provisions),
    )  # fmt: skip
    opening = [count, *([words.FITS[lang]] if found.fits else []), fill(words.KEPT[kept.how], lang, file=kept.file)]
    if differs is not None and not differs:
        opening.append(words.UNCHANGED[lang])
    sections = [
        Section(words.DIFFERENT[lang], (), tuple(tell.differs(one) for one in differs or ())),
        Section(words.UNKNOWN[lang], (), tuple(tell.worded(one) for one in found.unknown)),
        Section(words.LACKING[lang], (), tuple(tell.lacking(ref) for ref in found.lacking)),
        Section(words.ASTRAY[lang], (), tuple(tell.worded(one) for one in found.astray)),
        Section(words.CHAPTERS[lang], (), tuple(tell.chapter(one) for one in found.chapters)),
        Section(words.LOST_WORDS[lang], (), tuple(tell.lost(found))),
        Section(words.PASSED[lang], (), tuple(tell.passed(one) for one in found.text.passed)),
    ]
    return Document(words.TITLE[lang], lang, tuple(opening), tuple(one for one in sections if one), (words.NOT_CARRIED[lang],))


class _Telling:
    def __init__(self, pack: Pack, lang: str, cases: Mapping[str, Case], theorems: Mapping[str, Theorem]) -> None:
        self.pack, self.lang, self.cases, self.theorems = pack, lang, cases, theorems

    # -- the text and the pack

    def worded(self, one: Worded) -> Item:
        return Item(_beginning(one.text), fill(words.AT, self.lang, provision=provision(one.ref, self.lang), line=one.line))

    def lacking(self, ref: str) -> Item:
        return Item(self.pack.provisions[ref].says[self.lang], provision(ref, self.lang))

    def chapter(self, one: ChapterDiffers) -> Item:
        phrase = words.IN_CHAPTER if one.ref else words.CHAPTER_TITLED
        none = words.NONE[self.lang]
        return Item(
            fill(phrase, self.lang, provision=provision(one.ref, self.lang) if one.ref else "", n=one.number,
                 text=one.text or none, pack=one.pack or none, line=one.line or none)
        )  # fmt: skip

    def lost(self, found: Beside) -> Iterator[Item]:
        for ref in dict.fromkeys(ref for ref, _ in found.words):
            said = self._listed(word for other, word in found.words if other == ref)
            line = found.text.provisions[ref].line
            yield Item(said, fill(words.AT, self.lang, provision=provision(ref, self.lang), line=line))

    def passed(self, one: Passed) -> Item:
        lines = words.LINE if one.first == one.last else words.LINES
        label = fill(lines, self.lang, first=one.first, last=one.last)
        return Item(_beginning(one.text), f"{label}{fill(words.BRACKETS, self.lang, inner=words.WHY_PASSED[one.why][self.lang])}")

    # -- an earlier text and a later one

    def differs(self, one: Differs) -> Item:
        before, after = one.before, one.after
        label = fill(
            words.CHANGED[one.change], self.lang, before=provision(before.ref, self.lang) if before else "",
            after=provision(after.ref, self.lang) if after else "", line=after.line if after else before.line if before else 0,
        )  # fmt: skip
        below = list(self._lost_here(one))
        if one.change is not Change.RENUMBERED:
            below += self._reread(one.reread)
            if not one.reread.provisions:
                below.append(Item(words.NOTHING_ENCODES[self.lang]))
        return Item(marked(one.pieces, self.lang) if one.pieces else words.SAME_WORDS[self.lang], label, tuple(below))

    def _lost_here(self, one: Differs) -> Iterator[Item]:
        if one.lost and one.after is not None:
            yield Item(self._listed(one.lost), words.LOST[self.lang])

    def _reread(self, found: Reread) -> Iterator[Item]:
        """Everything to read again, one kind after another, those of a kind each on its own line."""
        pack, lang = self.pack, self.lang
        sentences = (rules.rule_sentence(pack, pack.definitions[name], pack.definitions[name].rule(rule), lang)
                     for name, rule in found.rules)  # fmt: skip
        kinds: tuple[tuple[str, Iterable[str]], ...] = (
            ("provisions", [provisions(found.provisions, lang)] if found.provisions else []),
            ("definitions", (nouns.definition(pack, name, lang) for name in found.definitions)),
            ("rules", sentences),
            ("duties", (nouns.duty(pack, name, lang) for name in found.duties)),
            ("readings", (pack.readings[name].question[lang] for name in found.readings)),
            ("discretions", (pack.discretions[name].title[lang] for name in found.discretions)),
            ("parameters", (pack.parameters[name].title[lang] for name in found.parameters)),
            ("notes", (pack.notes[name].question[lang] for name in found.notes)),
            ("assumptions", (one.says[lang] for one in pack.assumptions if one.name in found.assumptions)),
            ("theorems", (f"{self.theorems[name].says[lang]} [{name}]" for name in found.theorems)),
            ("cases", (f"{self.cases[name].title[lang]} [{name}]" for name in found.cases)),
            ("answers", (nouns.definition(pack, name, lang) for name in found.answers)),
        )
        for kind, names in kinds:
            said = list(dict.fromkeys(names))
            if said:
                yield Item("", words.REREAD[kind][lang], tuple(map(Item, said)))

    def _listed(self, parts: Iterable[str]) -> str:
        return ("、" if self.lang == "zh" else ", ").join(f"“{one}”" for one in parts)


def marked(pieces: Sequence[Piece], lang: str) -> str:
    """Both wordings in one: what stayed is left out but for a little on either side of each change."""
    said = []
    for at, one in enumerate(pieces):
        if one.same:
            said.append(_stayed(one.now, at == 0, at == len(pieces) - 1))
        else:
            phrase = words.PUT_FOR if one.was and one.now else words.LEFT_OUT if one.was else words.PUT_IN
            said.append(fill(phrase, lang, was=one.was, now=one.now))
    return "".join(said)


def _stayed(text: str, first: bool, last: bool) -> str:
    if first:
        return text if len(text) <= AROUND else "……" + text[-AROUND:]
    if last:
        return text if len(text) <= AROUND else text[:AROUND] + "……"
    return text if len(text) <= 2 * AROUND else text[:AROUND] + "……" + text[-AROUND:]


def _beginning(text: str) -> str:
    return text if len(text) <= FIRST_WORDS else text[:FIRST_WORDS] + "……"
