"""What a certificate lists, as sentences: facts, readings, choices, outcomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zhunsheng.ask.atoms import Atom
from zhunsheng.ask.claimed import Claimed, Outcome, Recalled
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Type
from zhunsheng.narrate import nouns, paths, values
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.rules import bare
from zhunsheng.show import certificate_words as cw
from zhunsheng.show import words


def as_it_stands(atom: Atom) -> str:
    """The path of a fact in a certificate: elements by their places."""
    return str(atom["fact"])


@dataclass(frozen=True)
class Claims:
    """Tells certificates of one pack. `path` gives the path by which a fact is called."""

    pack: Pack
    lang: str
    path: Callable[[Atom], str] = as_it_stands

    @property
    def comma(self) -> str:
        return "、" if self.lang == "zh" else ", "

    def answer(self, claim: Claimed) -> str:
        """What the answer is called."""
        if re.search(r"[\[(]", claim.answer) and not claim.answer.startswith("duties["):
            return paths.answer_name(self.pack, claim.answer, claim.definition, self.lang)
        args = tuple(str(arg) for arg in claim.args)
        return paths.called(self.pack, claim.definition, args, self.lang)

    def outcomes(self, claim: Claimed) -> list[str]:
        definition = self.pack.definitions[claim.definition]
        recalled = Recalled(self.pack, claim)
        return [self.outcome(recalled.outcome(data, definition.type), definition.type) for data in claim.outcomes]

    def outcome(self, outcome: Outcome, type_: Type) -> str:
        match outcome:
            case FailureKind():
                return values.failure(outcome, self.lang)
            case tuple():
                least, greatest = (values.spoken(self.pack, end, type_, self.lang) for end in outcome)
                return fill(words.BETWEEN, self.lang, least=least, greatest=greatest)
            case value:
                return values.spoken(self.pack, value, type_, self.lang)

    def facts(self, atoms: Iterable[Atom]) -> list[str]:
        """A clause for each fact; the entries of a table together, a record or an element only where nothing is said of it."""
        stated = [atom for atom in atoms if "fact" in atom]
        named = [str(atom["fact"]) for atom in stated]
        tables: dict[str, list[str]] = {}
        said: list[str] = []
        for atom in stated:
            path = str(atom["fact"])
            if atom["is"] == "present" and any(other.startswith(f"{path}.") for other in named):
                continue
            entry = paths.table_entry(self.pack, self.path(atom), self.lang)
            if entry is None:
                said.append(self.fact(atom))
                continue
            value = values.spoken_written(self.pack, str(atom["is"]), paths.type_at(self.pack, self.path(atom)), self.lang)
            tables.setdefault(entry[0], []).append(fill(words.ENTRY_IS, self.lang, entry=entry[1], value=value))
        return said + [name + words.COLON[self.lang] + self.comma.join(each) for name, each in tables.items()]

    def fact(self, atom: Atom) -> str:
        path, said = self.path(atom), str(atom["is"])
        if str(atom["fact"]) in self.pack.collections:
            return paths.fact_says(self.pack, path, f"{said} listed", self.lang)
        if said == "present" and str(atom["fact"]).endswith("]"):
            return fill(cw.THERE, self.lang, what=paths.fact_name(self.pack, path, self.lang))
        return paths.fact_says(self.pack, path, said, self.lang)

    def readings(self, atoms: Iterable[Atom]) -> list[str]:
        found = [(self.pack.readings[str(atom["reading"])], str(atom["is"])) for atom in atoms if "reading" in atom]
        return [
            fill(cw.READ_AS, self.lang, question=spec.question[self.lang], option=bare(spec.option(option).says[self.lang]))
            for spec, option in found
        ]

    def choices(self, atoms: Iterable[Atom]) -> list[str]:
        found = [(self.pack.discretions[str(atom["choice"])], str(atom["is"])) for atom in atoms if "choice" in atom]
        return [
            fill(cw.CHOSEN, self.lang, title=spec.title[self.lang],
                 value=values.spoken_written(self.pack, said, spec.type, self.lang))
            for spec, said in found
        ]  # fmt: skip

    def symbol(self, symbol: Atom) -> str:
        """What may go either way, by name."""
        if "reading" in symbol:
            return self.pack.readings[str(symbol["reading"])].question[self.lang]
        if "choice" in symbol:
            return self.pack.discretions[str(symbol["choice"])].title[self.lang]
        return paths.fact_name(self.pack, self.path(symbol), self.lang)

    def definition(self, name: str) -> str:
        return nouns.definition(self.pack, name, self.lang)
