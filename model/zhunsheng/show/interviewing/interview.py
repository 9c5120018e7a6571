"""An interview on a screen: questions in the pack's own words, what is settled, what is still possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.interviewing.interview import EXISTS, HOW_MANY, Question
from zhunsheng.ask.settling.possibilities import May
from zhunsheng.ask.settling.spans import Outcomes as Set
from zhunsheng.errors import InputError, Problem
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import CollectionSpec
from zhunsheng.lang.spots import Spot, spec_at, type_at
from zhunsheng.lang.types import Type
from zhunsheng.narrate import nouns, paths, values
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.read.reply import choices
from zhunsheng.show import words
from zhunsheng.show.interviewing import words as w
from zhunsheng.show.mistakes.problems import message
from zhunsheng.show.supposing.whatif import Teller


@dataclass(frozen=True)
class Interviewing(Teller):
    """Says everything about an interview of one pack in one language."""

    def question(self, case: Case, question: Question, number: int) -> str:
        """The question with what may be answered."""
        head = fill(w.NUMBER, self.lang, n=number)
        lines = ["", f"{head}{words.COLON[self.lang]}{self.asks(case, question)}"]
        lines += [f"  {n} {text}" for n, text in enumerate(self._options(question), 1)]
        lines.append(f"  {self._hint(question)}{w.SKIP_HINT[self.lang]}")
        return "\n".join(lines) + "\n"

    def asks(self, case: Case, question: Question) -> str:
        """The question, in the pack's words."""
        spec = spec_at(self.pack, question.spot)
        asked = spec.ask[self.lang] if spec.ask is not None else fill(w.WHAT, self.lang, what=self._noun(question.spot))
        about = [part for part in (self._owner(case, question.spot), self._key(question.spot)) if part]
        return asked + (fill(w.ABOUT, self.lang, about=self.comma.join(about)) if about else "")

    def _noun(self, here: Spot) -> str:
        spec = spec_at(self.pack, here)
        if isinstance(spec, CollectionSpec):
            return nouns.elements(self.pack, spec, self.lang)
        return nouns.fact(spec, self.lang)

    def _owner(self, case: Case, here: Spot) -> str:
        if here.index is None:
            return ""
        return paths.fact_name(self.pack, case.facts[here.name].labels[here.index], self.lang)

    def _key(self, here: Spot) -> str:
        spec = spec_at(self.pack, here)
        if here.key is None or isinstance(spec, CollectionSpec) or spec.type is None:
            return ""
        return values.spoken(self.pack, here.key, Type(spec.type.keyed_by or ""), self.lang)

    def _options(self, question: Question) -> list[str]:
        type_ = type_at(self.pack, question.spot)
        if question.kind in (EXISTS, HOW_MANY) or type_ is None or type_.base not in self.pack.enumerations:
            return []
        return [values.spoken_written(self.pack, one.written, type_, self.lang) for one in choices(self.pack, question.spot)]

    def _hint(self, question: Question) -> str:
        type_ = type_at(self.pack, question.spot)
        if question.kind == HOW_MANY:
            return w.HOW_MANY_HINT[self.lang]
        if question.kind == EXISTS or type_ is None or type_.base == "yes/no":
            return w.EXISTS_HINT[self.lang]
        special = [values.special_title(self.pack, name)[self.lang] for name in sorted(type_.special)]
        also = fill(w.OR_SPECIAL, self.lang, words=("、" if self.lang == "zh" else ", ").join(special)) if special else ""
        match type_.base:
            case "day":
                return fill(w.DAY_HINT, self.lang, special=also).strip()
            case "number":
                return w.NUMBER_HINT[self.lang]
            case "text":
                return fill(w.TEXT_HINT, self.lang, special=also).strip()
            case _:
                return w.CHOOSE_HINT[self.lang]

    def wrong(self, error: InputError) -> str:
        said = [self._mended(one) for one in error.problems]
        return fill(w.WRONG, self.lang, what=("；" if self.lang == "zh" else "; ").join(said)) + "\n"

    def _mended(self, one: Problem) -> str:
        what, instead = message(one.what, self.lang), message(one.instead, self.lang)
        return fill(w.MENDED, self.lang, what=what, instead=instead) if instead else what

    def contradicts(self, what: str) -> str:
        return fill(w.CONTRADICTS, self.lang, what=what) + "\n"

    def progress(self, asked: list[Asked], may: Mapping[str, May], settled: frozenset[str], before: frozenset[str]) -> str:
        """What has just been settled, and what the other answers may still be."""
        lines = []
        for one in asked:
            said = self.may(self.pack.definitions[one.definition].type, may[one.key])
            name = self.answer_name(one.key, one.definition)
            if one.key not in settled:
                lines.append(fill(w.STILL, self.lang, name=name, values=said))
            elif one.key not in before:
                lines.append(fill(w.SETTLED, self.lang, name=name, value=said))
        return "".join(f"{line}\n" for line in lines)

    def may(self, type_: Type, found: May) -> str:
        said = [self.outcomes.value(type_, one) for one in found.values]
        if found.least is not None and found.greatest is not None:
            least, greatest = (self.outcomes.value(type_, end) for end in (found.least, found.greatest))
            said.append(least if least == greatest else fill(w.BETWEEN, self.lang, least=least, greatest=greatest))
        said += [values.failure(kind, self.lang) for kind in found.failures]
        return self.comma.join(said)

    def halted(self, file: str) -> str:
        return fill(w.STOPPED, self.lang, file=file) + "\n"

    def ending(
        self, case: Case, outcomes: Mapping[Asked, Set], assumed: Mapping[str, str], left: tuple[str, ...], number: int, file: str
    ) -> Document:
        """The answers, what they still depend on, the readings taken."""
        items = [
            Item(self.set_of(self.pack.definitions[one.definition].type, found), self.answer_name(one.key, one.definition))
            for one, found in outcomes.items()
        ]
        open_ = [Item(name) for name in paths.fact_names(self.pack, left, self.lang)]
        sections = (
            Section(w.ANSWERS[self.lang], (), tuple(items)),
            Section(w.LEFT[self.lang], (), tuple(open_)),
            Section(words.ASSUMES[self.lang], (), tuple(Item(text) for text in self.readings(assumed))),
            self.cautions(),
        )
        opening = (*self.opening(case), fill(w.ASKED, self.lang, n=number), fill(w.SAVED, self.lang, file=file))
        title = fill(w.TITLE, self.lang, title=case.title[self.lang])
        return Document(title, self.lang, opening, tuple(filter(None, sections)), self.closing(case))
