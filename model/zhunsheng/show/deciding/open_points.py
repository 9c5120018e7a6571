"""What an open answer depends on: facts to find out, readings to settle, choices to make, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhunsheng.ask.report import Answer, Between, Matters
from zhunsheng.lang.pack import CollectionSpec, FactSpec, Pack
from zhunsheng.lang.types import Type, Value, special
from zhunsheng.narrate import nouns, paths, values
from zhunsheng.narrate.document import Item
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provision, provisions
from zhunsheng.show import words
from zhunsheng.show.deciding.outcomes import Outcomes
from zhunsheng.show.deciding.witnesses import Witnesses, reading_number

MOST_SYMBOLS = 2
"""Where more facts, readings and choices decide together, an example of each outcome tells a reader little."""
MOST_NAMED = 5
"""Of an enumeration of which a field may have more values than this, the values it may not have are told, if they are few."""


def open_symbols(answer: Answer) -> tuple[str, ...]:
    """Everything an open answer depends on."""
    return answer.depends_on.facts + answer.depends_on.readings + answer.depends_on.discretion


@dataclass(frozen=True)
class OpenPoints:
    """Tells the open points of one pack's answers."""

    pack: Pack
    lang: str
    outcomes: Outcomes

    def of(self, answers: Sequence[Answer], names: Sequence[str]) -> tuple[Item, ...]:
        """For answers that depend on the same things; `names` are what they are called."""
        on = answers[0].depends_on or answers[0].depends_at_least
        items = [Item(words.AT_LEAST[self.lang])] if answers[0].depends_at_least else []
        matters: dict[str, tuple[Matters, ...]] = {}
        for one in (one for answer in answers for one in answer.matters):
            if one not in (known := matters.get(one.fact, ())):
                matters[one.fact] = (*known, one)
        witnesses = Witnesses(self.pack, self.lang, self.outcomes, matters)
        if on.facts:
            listed = ("、" if self.lang == "zh" else ", ").join(paths.fact_names(self.pack, on.facts, self.lang))
            below = tuple(item for path in on.facts if path in matters and (item := self._matters(matters[path])))
            items.append(Item(fill(words.FACTS_OPEN, self.lang, facts=listed), "", below))
        items += [self._reading(name) for name in on.readings]
        items += [self._choice(name) for name in on.discretion]
        for answer, name in zip(answers, names, strict=True):
            if len(open_symbols(answer)) > MOST_SYMBOLS:
                continue
            label = name if len(answers) > 1 else ""
            shown = tuple(Item(line) for line in witnesses.lines(answer))
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
        options = enumerate(spec.options, 1)
        return Item(said, "", tuple(Item(one.says[self.lang], reading_number(n, self.lang)) for n, one in options))

    def _choice(self, name: str) -> Item:
        spec = self.pack.discretions[name]
        parts = {"who": nouns.actor(self.pack, spec.who, self.lang), "provision": provision(spec.provision, self.lang)}
        said = fill(words.CHOICE_OPEN, self.lang, title=spec.title[self.lang], **parts)
        below: tuple[Item, ...] = ()
        if spec.criterion is not None:
            below = (Item(fill(words.CRITERION, self.lang, criterion=spec.criterion[self.lang])),)
        return Item(said, "", below)

    # -- which further elements would matter

    def _matters(self, matters: tuple[Matters, ...]) -> Item | None:
        """One further element of each kind that matters in its own way; nothing where any element may."""
        spec = self.pack.collections[matters[0].fact.removesuffix(".others")]
        noun = nouns.element(self.pack, spec, self.lang)
        ranges = []
        for one in matters:
            said = [self._field(spec, name, allowed) for name, allowed in one.fields.items()]
            if not said:
                return None
            ranges.append(("；" if self.lang == "zh" else "; ").join(said))
        if len(ranges) == 1:
            return Item(fill(words.MATTERS, self.lang, noun=noun, fields=ranges[0]))
        return Item(fill(words.MATTERS_ONE_OF, self.lang, noun=noun), "", tuple(Item(each) for each in ranges))

    def _field(self, spec: CollectionSpec, name: str, allowed: tuple[Value, ...] | Between) -> str:
        field = spec.field(name)
        noun = nouns.fact(field, self.lang) if field is not None else nouns.words(name)
        type_ = field.type if field is not None and field.type is not None else Type("text")
        if isinstance(allowed, Between):
            return self._span(noun, type_, allowed)
        left = self._left_out(field, allowed)
        phrase, told = (words.FIELD_AMONG, allowed) if left is None else (words.FIELD_BUT, left)
        listed = values.either([self.outcomes.value(type_, value) for value in told], self.lang)
        return fill(phrase, self.lang, field=noun, values=listed)

    def _left_out(self, field: FactSpec | None, allowed: tuple[Value, ...]) -> tuple[Value, ...] | None:
        """Where a field may have most of many values, those that it may not have: they are told instead. None elsewhere."""
        type_ = field.type if field is not None else None
        enumeration = self.pack.enumerations.get(type_.base) if type_ is not None else None
        if field is None or type_ is None or enumeration is None or len(allowed) <= MOST_NAMED:
            return None
        names = field.among or tuple(one.name for one in enumeration.values if not one.answer_only)
        held: tuple[Value, ...] = (*names, *map(special, sorted(type_.special)))
        left = tuple(value for value in held if value not in allowed)
        return left if left and 2 * len(left) < len(allowed) else None

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
