"""Certificates that speak of every case, of two laws or of the rules themselves, as items of a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from zhunsheng.ask.certifying.claimed_of_all import ClassOfChange, OfAll, OfComparison, OfPack, OfTheorem
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Type, Value, special
from zhunsheng.narrate import nouns, values
from zhunsheng.narrate.document import Item
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provisions
from zhunsheng.show.certifying import of_all_words as words
from zhunsheng.show.certifying import words as cw
from zhunsheng.show.certifying.claims import Claims


@dataclass(frozen=True)
class OfAllTold:
    """Tells what was claimed and checked, under the rules it was checked with."""

    pack: Pack
    lang: str

    @property
    def comma(self) -> str:
        return "、" if self.lang == "zh" else ", "

    def items(self, claim: OfAll) -> Iterator[Item]:
        """What is claimed, how the text is read, what was checked, what is still trusted."""
        match claim:
            case OfTheorem():
                yield from self._theorem(claim)
            case OfComparison():
                yield from self._comparison(claim)
            case OfPack():
                yield from self._rules(claim)
            case _:
                assert_never(claim)

    def _theorem(self, claim: OfTheorem) -> Iterator[Item]:
        phrase = words.REFUTED if claim.refuted else words.THEOREM
        yield Item(fill(phrase, self.lang, says=claim.says[self.lang].rstrip("。") if self.lang == "zh" else claim.says.en),
                   cw.CLAIMED[self.lang])  # fmt: skip
        yield Item(claim.name, words.NAME[self.lang])
        if claim.provisions:
            yield Item(provisions(claim.provisions, self.lang), words.PROVISIONS[self.lang])
        yield self._read(claim.readings)
        yield self._listed(cw.CHECKED[self.lang], self._checked(claim))
        yield self._trusted(words.KERNEL[self.lang], words.PACK[self.lang], self._horizon(),
                            *([] if claim.refuted else [words.BOUND[self.lang]]))  # fmt: skip

    def _checked(self, claim: OfTheorem) -> list[str]:
        if claim.refuted:
            return [words.CASE_AGAINST[self.lang]]
        counted = [
            fill(words.SLOTS, self.lang, list=nouns.elements(self.pack, self.pack.collections[name], self.lang), n=number)
            for name, number in claim.slots.items() if name in self.pack.collections
        ]  # fmt: skip
        slots = self.comma.join(counted) or words.NO_ELEMENTS[self.lang]
        said = [fill(words.EVERY_CASE, self.lang, slots=slots), words.NOT_EMPTY[self.lang]]
        every = len(self.pack.assumptions)
        unused = sum(one.name not in claim.assumed for one in self.pack.assumptions)
        if claim.open:
            said.append(fill(words.LEFT_OPEN, self.lang, names=self.comma.join(map(self._name, claim.open))))
        return [*said, *([fill(words.WITHOUT, self.lang, n=unused, all=every)] if unused else [])]

    def _comparison(self, claim: OfComparison) -> Iterator[Item]:
        yield Item(fill(words.COMPARED, self.lang, names=self.comma.join(claim.amendments)), cw.CLAIMED[self.lang])
        yield Item(fill(words.CHECKSUM, self.lang, digest=claim.amended_digest), words.AMENDED[self.lang])
        yield Item("", words.ANSWERS[self.lang], tuple(self._answers(claim)))
        yield self._read(claim.readings[0])
        checked = [words.EACH_CLASS[self.lang]] if any(claim.answers.values()) else []
        one_way = [words.ONE_WAY[self.lang]] if claim.verdicts else []
        yield self._listed(cw.CHECKED[self.lang], [*checked, *one_way, words.NO_OTHER[self.lang]])
        yield self._trusted(
            words.KERNEL[self.lang], words.PACK[self.lang], self._horizon(), words.BOUND[self.lang], *self._better(claim)
        )

    def _better(self, claim: OfComparison) -> Iterator[str]:
        """What is taken for better where an answer is said to become only laxer or only stricter."""
        if not claim.verdicts:
            return
        said = []
        for name, each in claim.verdicts.items():
            if each.by:
                said.append(fill(words.BY, self.lang, name=self._name(name), by=self._name(each.by)))
            type_ = self.pack.definitions[name].type if name in self.pack.definitions else None
            for phrase, value in ((words.BEST, each.best), (words.WORST, each.worst)):
                if value:
                    spoken = value if type_ is None else self._value(value, type_)
                    said.append(fill(phrase, self.lang, name=self._name(name), value=spoken))
        orders = ("；" if self.lang == "zh" else "; ").join(said)
        yield fill(words.BETTER, self.lang, orders=orders) if said else words.PLAIN_BETTER[self.lang]

    def _answers(self, claim: OfComparison) -> Iterator[Item]:
        for name, classes in claim.answers.items():
            said = tuple(Item(self._class(name, each)) for each in classes)
            label, verdict = self._name(name), claim.verdicts.get(name)
            label = fill(words.ONLY[verdict.is_], self.lang, name=label) if verdict is not None else label
            yield Item("" if said else words.UNCHANGED[self.lang], label, said)
        if claim.untouched:
            yield Item(fill(words.UNTOUCHED, self.lang, n=len(claim.untouched)))

    def _name(self, definition: str) -> str:
        if definition not in self.pack.definitions:
            return definition
        noun = nouns.definition(self.pack, definition, self.lang)
        if not definition.startswith("duty "):
            return noun
        return fill(words.DUTY_OWED if definition.endswith(" owed") else words.DUTY_BY, self.lang, what=noun)

    def _class(self, definition: str, change: ClassOfChange) -> str:
        type_ = self.pack.definitions[definition].type if definition in self.pack.definitions else None
        before, after = (self._set(side, type_) for side in (change.before, change.after))
        said = fill(words.CLASS, self.lang, before=before, after=after)
        moves = f"{change.shift} {type_.base}" if type_ is not None else ""
        return fill(words.MOVES[moves], self.lang, said=said) if moves in words.MOVES else said

    def _set(self, outcomes: tuple[Mapping[str, Any], ...], type_: Type | None) -> str:
        found = [self._outcome(one, type_) for one in outcomes]
        return values.both(found, self.lang) if found else words.NOTHING[self.lang]

    def _outcome(self, data: Mapping[str, Any], type_: Type | None) -> str:
        if "failure" in data:
            return values.failure(FailureKind[str(data["failure"]).upper()], self.lang)
        if "any" in data:
            return words.ANY[str(data["any"])][self.lang]
        return str(data["value"]) if type_ is None else self._value(str(data["value"]), type_)

    def _value(self, said: str, type_: Type) -> str:
        value: Value = {"true": True, "false": False}.get(said, said)
        return values.spoken(self.pack, special(said) if said in type_.special else value, type_, self.lang)

    def _rules(self, claim: OfPack) -> Iterator[Item]:
        yield Item(words.RULES[self.lang], cw.CLAIMED[self.lang])
        tried = fill(words.EVERY_RULE, self.lang, points=claim.points, elements=claim.elements)
        yield self._listed(cw.CHECKED[self.lang], [words.EVERY_GATE[self.lang], tried])
        yield self._trusted(words.KERNEL[self.lang], words.PACK[self.lang], words.TRIAL[self.lang])

    # -- details

    def _read(self, readings: Mapping[str, str]) -> Item:
        """Readings that are not at their defaults, by name."""
        if not readings:
            return Item(words.ANY_READING[self.lang], words.READ[self.lang])
        specs = self.pack.readings
        others = [{"reading": n, "is": o} for n, o in readings.items() if n in specs and specs[n].default != o]
        if not others:
            return Item(words.BY_DEFAULT[self.lang], words.READ[self.lang])
        said = [*Claims(self.pack, self.lang).readings(others), words.REST_BY_DEFAULT[self.lang]]
        return self._listed(words.READ[self.lang], said)

    def _horizon(self) -> str:
        least, greatest = (values.spoken_day(day, self.lang) for day in self.pack.horizon)
        return fill(words.HORIZON, self.lang, least=least, greatest=greatest)

    def _trusted(self, *said: str) -> Item:
        return self._listed(cw.TRUSTED[self.lang], list(said))

    def _listed(self, heading: str, said: list[str]) -> Item:
        return Item("", heading, tuple(Item(text) for text in said))
