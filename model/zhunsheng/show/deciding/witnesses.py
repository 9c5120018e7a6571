"""What tells the outcomes of an open answer apart: the facts, readings and choices in a witness of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from zhunsheng.ask.report import Answer, Between, Matters, Possible
from zhunsheng.lang.pack import CollectionSpec, FactSpec, Pack
from zhunsheng.lang.types import Special, Text
from zhunsheng.narrate import nouns, paths, phrases, values
from zhunsheng.narrate.numerals import chinese_number
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.rules import bare
from zhunsheng.show import words
from zhunsheng.show.deciding.outcomes import Outcomes

MOST_ENTRIES = 2
"""Elements of a list in a witness that are told."""
Entry = Mapping[str, str]
"""An element or a record in a witness: its fields in their written form."""


@dataclass(frozen=True)
class Witnesses:
    """Tells the witnesses of one pack's answers. `matters`: by list, which further elements could change an answer."""

    pack: Pack
    lang: str
    outcomes: Outcomes
    matters: Mapping[str, tuple[Matters, ...]] = field(default_factory=dict)

    def lines(self, answer: Answer) -> tuple[str, ...]:
        """One line for each outcome, with what it comes about under."""
        bounded = frozenset(path for path in self.matters if self._tells_apart(answer, path))
        return tuple(self._line(answer, possible, bounded) for possible in self.outcomes.in_order(answer))

    def _line(self, answer: Answer, possible: Possible, bounded: frozenset[str]) -> str:
        outcome = self.outcomes.possible(answer, possible)
        several = len(answer.depends_on.readings) > 1
        conditions = [self._fact(path, text, path in bounded) for path, text in possible.by.get("facts", {}).items()]
        conditions += [self._read(name, option, several) for name, option in possible.by.get("readings", {}).items()]
        conditions += [self._chosen(name, text) for name, text in possible.by.get("discretion", {}).items()]
        if not conditions:
            return outcome
        said = phrases.AND[self.lang].join(conditions)
        return fill(self._phrase(answer, possible), self.lang, outcome=outcome, conditions=said)

    def _phrase(self, answer: Answer, possible: Possible) -> Text:
        """A witness is one way among others to come to an outcome, and is called an example unless it is known to be the only
        one: as many outcomes as the one open reading has options, or the outcome is what is chosen."""
        if possible.by.get("facts"):
            return words.FOR_EXAMPLE
        on = answer.depends_on
        if on.facts or len(on.readings) + len(on.discretion) != 1:
            return words.FOR_EXAMPLE_IF
        if on.readings:
            only = len(answer.outcomes) == len(self.pack.readings[on.readings[0]].options)
        else:
            only = self._is_chosen(possible, on.discretion[0])
        return words.WHEN if only else words.FOR_EXAMPLE_IF

    def _is_chosen(self, possible: Possible, name: str) -> bool:
        chosen = possible.by.get("discretion", {}).get(name)
        return chosen is not None and values.value_of(self.pack, chosen, self.pack.discretions[name].type) == possible.outcome

    # -- readings and choices

    def _read(self, name: str, option: str, several: bool) -> str:
        """By its number in the list above, where only one question is open."""
        spec = self.pack.readings[name]
        if not several:
            number = [one.name for one in spec.options].index(option) + 1
            return fill(words.UNDER_READING, self.lang, n=reading_number(number, self.lang))
        says = bare(spec.option(option).says[self.lang])
        return fill(phrases.READ_AS[True], self.lang, question=spec.question[self.lang], option=says)

    def _chosen(self, name: str, text: str) -> str:
        spec = self.pack.discretions[name]
        value = values.spoken_written(self.pack, text, spec.type, self.lang)
        return fill(words.CHOOSES, self.lang, title=spec.title[self.lang], value=value)

    # -- facts

    def _fact(self, path: str, text: str, bounded: bool) -> str:
        """A fact's value; of lists and records, the entries they have. `bounded`: only those that could matter."""
        head = path.removesuffix(".others")
        collection, record = self.pack.collections.get(head), self.pack.facts.get(head)
        if collection is not None and text.startswith("{"):
            entries = _entries(text, collection.fields)
            if bounded:
                return self._bounded(path, collection, entries)
            return self._listed(collection, entries, words.FURTHER if path != head else words.THERE_ARE)
        if record is not None and record.type is None and text.startswith("{"):
            fields = self._fields(record.record, _entries(text, record.record)[0])
            return fill(words.THERE_IS, self.lang, what=nouns.fact(record, self.lang), fields=fields)
        return paths.fact_says(self.pack, path, text, self.lang)

    def _bounded(self, path: str, spec: CollectionSpec, entries: list[Entry]) -> str:
        noun = nouns.element(self.pack, spec, self.lang)
        counting = [entry for entry in entries if self._could_matter(path, spec, entry)]
        if not counting:
            return fill(words.NONE_WITHIN, self.lang, noun=noun)
        told = {name for one in self.matters[path] for name in one.fields}
        shown = tuple(one for one in spec.fields if one.name in told)
        phrase = words.FURTHER if len(counting) == len(entries) else words.AMONG_FURTHER
        return self._listed(spec, counting, phrase, shown)

    def _listed(self, spec: CollectionSpec, entries: list[Entry], phrase: Text, shown: tuple[FactSpec, ...] = ()) -> str:
        told = [self._fields(shown or spec.fields, entry) for entry in entries[:MOST_ENTRIES]]
        fields = words.SEMICOLON[self.lang].join(told + [words.AND_SO_ON[self.lang]] * (len(entries) > MOST_ENTRIES))
        noun, many = nouns.element(self.pack, spec, self.lang), nouns.elements(self.pack, spec, self.lang)
        one = phrase is words.THERE_ARE and len(entries) == 1
        return fill(phrase, self.lang, noun=noun, nouns=noun if one else many, n=len(entries), fields=fields)

    def _fields(self, specs: tuple[FactSpec, ...], entry: Entry) -> str:
        said = []
        for spec in specs:
            if spec.name in entry:
                value = values.spoken_written(self.pack, entry[spec.name], spec.type, self.lang)
                said.append(fill(words.FIELD_IS, self.lang, field=nouns.fact(spec, self.lang), value=value))
        return ("，" if self.lang == "zh" else ", ").join(said)

    # -- which entries could matter

    def _tells_apart(self, answer: Answer, path: str) -> bool:
        """Whether at most one outcome has no further element that could matter, so that saying so tells it apart."""
        spec = self.pack.collections.get(path.removesuffix(".others"))
        if spec is None or not all(one.fields for one in self.matters[path]):
            return False
        without = 0
        for possible in answer.outcomes:
            entries = _entries(possible.by.get("facts", {}).get(path, ""), spec.fields)
            without += not any(self._could_matter(path, spec, entry) for entry in entries)
        return without <= 1

    def _could_matter(self, path: str, spec: CollectionSpec, entry: Entry) -> bool:
        """Whether the entry is of a kind of which a single further element can make a difference."""
        return any(self._within(one, spec, entry) for one in self.matters[path])

    def _within(self, matters: Matters, spec: CollectionSpec, entry: Entry) -> bool:
        for name, allowed in matters.fields.items():
            one = spec.field(name)
            if one is None or one.type is None:
                continue
            value = values.value_of(self.pack, entry[name], one.type) if name in entry else one.left_out
            if isinstance(allowed, Between):
                if value is None or isinstance(value, Special) or not allowed.least <= value <= allowed.greatest:  # type: ignore[operator]  # of one type
                    return False
            elif value not in allowed:
                return False
        return True


def reading_number(number: int, lang: str) -> str:
    """What the options of an open question are called: 理解一, reading 1."""
    return f"理解{chinese_number(number)}" if lang == "zh" else f"reading {number}"


def _entries(text: str, specs: tuple[FactSpec, ...]) -> list[Entry]:
    """`{kind: x, from: 2025-01-01}; {…}`, each entry by its fields' names."""
    names = "|".join(re.escape(spec.name) for spec in specs)
    pattern = re.compile(rf"(?:^|, )({names}): ")
    found: list[Entry] = []
    for entry in re.findall(r"\{(.*?)\}(?=; \{|$)", text):
        pieces = pattern.split(entry)
        found.append(dict(zip(pieces[1::2], pieces[2::2], strict=True)))
    return found
