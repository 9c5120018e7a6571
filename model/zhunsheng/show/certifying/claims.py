"""What a certificate lists, as sentences: facts, readings, choices, outcomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from zhunsheng.ask.certifying.atoms import Atom
from zhunsheng.ask.certifying.claimed import Claimed, Outcome, Recalled
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Type
from zhunsheng.narrate import nouns, paths, values
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.rules import bare
from zhunsheng.show import words
from zhunsheng.show.certifying import words as cw


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

    def facts(self, atoms: Iterable[Atom], sources: Mapping[str, str] | None = None) -> list[str]:
        """What is listed of the case: a clause for each fact, the fields of an element or the entries of a table in one."""
        said: list[str] = []
        together: dict[str, list[str]] = {}
        stated = [atom for atom in atoms if "fact" in atom]
        named = [str(atom["fact"]) for atom in stated]
        elements = {(one[1], one[2]) for name in named if (one := re.match(r"(\w+)\[(\d+)\]", name))}
        several = {kind for kind, number in elements if any(other == kind and more != number for other, more in elements)}
        for atom in stated:
            if atom["is"] == "present" and any(other.startswith(f"{atom['fact']}.") for other in named):
                continue
            whole, part = self._parts(atom, several)
            clause = self._sourced(part, self.path(atom), sources)
            if not whole:
                said.append(clause)
            elif whole in together:
                together[whole].append(clause)
            else:
                together[whole] = [clause]
        mark = "，" if self.lang == "zh" else ", "
        return said + [name + words.COLON[self.lang] + mark.join(each) for name, each in together.items()]

    def _parts(self, atom: Atom, several: set[str]) -> tuple[str, str]:
        """What a fact is part of (a table, an element; nothing for others), and what is said of it there."""
        path, said = self.path(atom), str(atom["is"])
        value = values.spoken_written(self.pack, said, paths.type_at(self.pack, path), self.lang)
        entry = paths.table_entry(self.pack, path, self.lang)
        if entry is not None:
            return entry[0], fill(words.ENTRY_IS, self.lang, entry=entry[1], value=value)
        element = re.fullmatch(r"(\w+)\[\d+\]\.(\w+)", str(atom["fact"]))
        spec = self.pack.collections[element[1]].field(element[2]) if element else None
        if spec is None:
            return "", self.fact(atom)
        owner = self._owner(element[1] if element else "", path[: -len(spec.name) - 1], several)
        return owner, fill(words.ENTRY_IS, self.lang, entry=nouns.fact(spec, self.lang), value=value)

    def _owner(self, collection: str, path: str, several: set[str]) -> str:
        """What an element is called; one of a kind that is mostly alone needs no number, unless there are several after all."""
        spec = self.pack.collections[collection]
        if spec.single and collection not in several:
            return nouns.element(self.pack, spec, self.lang)
        return paths.fact_name(self.pack, path, self.lang)

    def _sourced(self, said: str, path: str, sources: Mapping[str, str] | None) -> str:
        source = (sources or {}).get(path)
        return fill(words.SOURCE, self.lang, fact=said, source=source) if source else said

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
