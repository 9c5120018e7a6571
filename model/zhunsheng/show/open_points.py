"""What an open answer depends on: facts to find out, readings to settle, choices to make, and what follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhunsheng.ask.report import Answer, Between, Matters, Possible
from zhunsheng.lang.pack import CollectionSpec, FactSpec, Pack
from zhunsheng.lang.types import Type, Value
from zhunsheng.narrate import nouns, paths, phrases, values
from zhunsheng.narrate.document import Item
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provision, provisions
from zhunsheng.narrate.rules import bare
from zhunsheng.show import words
from zhunsheng.show.outcomes import Outcomes


@dataclass(frozen=True)
class OpenPoints:
    """Tells the open points of one pack's answers."""

    pack: Pack
    lang: str
    outcomes: Outcomes

    def of(self, answers: Sequence[Answer], names: Sequence[str]) -> tuple[Item, ...]:
        """For answers that depend on the same things; `names` are what they are called."""
        on = answers[0].depends_on
        items = []
        if on.facts:
            matters = {one.fact: one for answer in answers for one in answer.matters}
            listed = ("、" if self.lang == "zh" else ", ").join(
                paths.fact_name(self.pack, path, self.lang) for path in on.facts
            )
            below = tuple(Item(said) for path in on.facts if path in matters and (said := self._matters(matters[path])))
            items.append(Item(fill(words.FACTS_OPEN, self.lang, facts=listed), "", below))
        items += [self._reading(name) for name in on.readings]
        items += [self._choice(name) for name in on.discretion]
        for answer, name in zip(answers, names, strict=True):
            label = name if len(answers) > 1 else ""
            shown = tuple(Item(self._possible(answer, one)) for one in answer.outcomes)
            items += [Item("", label, shown)] if label else shown
        refs = dict.fromkeys(
            step.provision for answer in answers for step in answer.because if step.depth <= 1 and step.provision
        )
        if refs:
            items.append(Item(fill(words.PROVISIONS, self.lang, provisions=provisions(refs, self.lang))))
        return tuple(items)

    def _reading(self, name: str) -> Item:
        spec = self.pack.readings[name]
        refs = provisions(spec.provisions, self.lang)
        said = fill(words.READING_OPEN, self.lang, question=spec.question[self.lang], provision=refs)
        return Item(said, "", tuple(Item(option.says[self.lang]) for option in spec.options))

    def _choice(self, name: str) -> Item:
        spec = self.pack.discretions[name]
        parts = {"who": nouns.actor(self.pack, spec.who, self.lang), "provision": provision(spec.provision, self.lang)}
        said = fill(words.CHOICE_OPEN, self.lang, title=spec.title[self.lang], **parts)
        below: tuple[Item, ...] = ()
        if spec.criterion is not None:
            below = (Item(fill(words.CRITERION, self.lang, criterion=spec.criterion[self.lang])),)
        return Item(said, "", below)

    # -- one outcome

    def _possible(self, answer: Answer, possible: Possible) -> str:
        outcome = self.outcomes.possible(answer, possible)
        conditions = [self._fact(path, text) for path, text in possible.by.get("facts", {}).items()]
        conditions += [self._read(name, option) for name, option in possible.by.get("readings", {}).items()]
        conditions += [self._chosen(name, text) for name, text in possible.by.get("discretion", {}).items()]
        if not conditions:
            return outcome
        phrase = words.FOR_EXAMPLE if possible.by.get("facts") else words.WHEN
        joined = ("，且" if self.lang == "zh" else ", and ").join(conditions)
        return fill(phrase, self.lang, outcome=outcome, conditions=joined)

    def _fact(self, path: str, text: str) -> str:
        """A fact's value in a witness; for lists and records, the entries it has there."""
        head = path.removesuffix(".others")
        entries = re.findall(r"\{(.*?)\}(?=; \{|$)", text)
        if head in self.pack.collections and entries:
            return self._entries(self.pack.collections[head], entries, path != head)
        if head in self.pack.facts and self.pack.facts[head].type is None and entries:
            spec = self.pack.facts[head]
            fields = self._fields(spec.record, entries[0])
            return fill(words.THERE_IS, self.lang, what=nouns.fact(spec, self.lang), fields=fields)
        return paths.fact_says(self.pack, path, text, self.lang)

    def _entries(self, spec: CollectionSpec, entries: list[str], further: bool) -> str:
        fields = words.SEMICOLON[self.lang].join(self._fields(spec.fields, entry) for entry in entries)
        noun = nouns.element(self.pack, spec, self.lang)
        many = nouns.elements(self.pack, spec, self.lang) if len(entries) != 1 or further else noun
        phrase = words.FURTHER if further else words.THERE_ARE
        return fill(phrase, self.lang, noun=noun, nouns=many, n=len(entries), fields=fields)

    def _fields(self, specs: tuple[FactSpec, ...], entry: str) -> str:
        """`kind: x, from: 2025-01-01`, each field by its name."""
        by_name = {spec.name: spec for spec in specs}
        pattern = re.compile(rf"(?:^|, )({'|'.join(map(re.escape, by_name))}): ")
        pieces = pattern.split(entry)
        said = []
        for name, text in zip(pieces[1::2], pieces[2::2], strict=True):
            field = nouns.fact(by_name[name], self.lang)
            value = values.spoken_written(self.pack, text, by_name[name].type, self.lang)
            said.append(fill(words.FIELD_IS, self.lang, field=field, value=value))
        return ("，" if self.lang == "zh" else ", ").join(said)

    def _read(self, name: str, option: str) -> str:
        spec = self.pack.readings[name]
        says = bare(spec.option(option).says[self.lang])
        return fill(phrases.READ_AS[True], self.lang, question=spec.question[self.lang], option=says)

    def _chosen(self, name: str, text: str) -> str:
        spec = self.pack.discretions[name]
        value = values.spoken_written(self.pack, text, spec.type, self.lang)
        return fill(words.CHOOSES, self.lang, title=spec.title[self.lang], value=value)

    # -- which further elements would matter

    def _matters(self, matters: Matters) -> str:
        spec = self.pack.collections[matters.fact.removesuffix(".others")]
        noun = nouns.element(self.pack, spec, self.lang)
        said = [self._field(spec, name, allowed) for name, allowed in matters.fields.items()]
        if not said:
            return ""
        return fill(words.MATTERS, self.lang, noun=noun, fields=("；" if self.lang == "zh" else "; ").join(said))

    def _field(self, spec: CollectionSpec, name: str, allowed: tuple[Value, ...] | Between) -> str:
        field = spec.field(name)
        noun = nouns.fact(field, self.lang) if field is not None else nouns.words(name)
        type_ = field.type if field is not None and field.type is not None else Type("text")
        if isinstance(allowed, Between):
            return self._span(noun, type_, allowed)
        listed = values.either([self.outcomes.value(type_, value) for value in allowed], self.lang)
        return fill(words.FIELD_AMONG, self.lang, field=noun, values=listed)

    def _span(self, noun: str, type_: Type, span: Between) -> str:
        """From one value to another; an end that is the end of all days the pack knows is no limit and not said."""
        first, last = self.pack.horizon
        ends = {"least": self.outcomes.value(type_, span.least), "greatest": self.outcomes.value(type_, span.greatest)}
        phrase = words.FIELD_BETWEEN
        if span.least == first:
            phrase = words.FIELD_UNTIL
        elif span.greatest == last:
            phrase = words.FIELD_FROM
        return fill(phrase, self.lang, field=noun, **ends)
