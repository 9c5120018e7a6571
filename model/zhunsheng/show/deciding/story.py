"""A complete case told as a short story: what is known about it, then what happened, day by day; and what a change changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhunsheng.lang.case import UNKNOWN, Case, Entry, Listing
from zhunsheng.lang.cone import Cone
from zhunsheng.lang.pack import CollectionSpec, FactSpec, Pack
from zhunsheng.lang.spots import label_by_key
from zhunsheng.lang.types import NONE, Text, Type, Value
from zhunsheng.narrate import nouns, paths, phrases, values
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.rules import bare, ended

ON_DAY = Text("{day}（{what}），{event}", "{day} ({what}): {event}")
DAY_OF_QUESTION = Text("{day}：{what}", "{day}: {what}")
WITH_FIELDS = Text("{noun}：{fields}", "{noun}: {fields}")
FIELD_IS = Text("{field}为{value}", "{field}: {value}")
THERE_IS_NO = Text("没有{nouns}", "There is no {nouns}")
PERHAPS_MORE = Text("是否还有其他{nouns}，没有写明", "Whether there are other {nouns} is not stated")
ALL_ARE = Text("各项均为{value}", "all {value}")
SOME_ARE = Text("{keys}为{value}", "{keys} {value}")
REST_ARE = Text("其余为{value}", "the rest {value}")
CHOOSES = Text("{who}对“{title}”选择“{value}”", "{who} chooses “{value}” on “{title}”")
CHOSEN = Text("对“{title}”选择“{value}”", "“{value}” is chosen on “{title}”")
BECOMES = Text("{what}由{old}改为{new}", "{what} changes from {old} to {new}")
JOINS = Text("增加一项{event}", "One more: {event}")
LEAVES = Text("去掉一项{event}", "No longer there: {event}")
APPEARS = Text("增加{event}", "Now there is: {event}")
NOT_TOLD = Text("不明", "not known")
NO_CHANGE = Text("内容没有改变", "Nothing in it changes")


@dataclass(frozen=True)
class Stories:
    """Tells cases of one pack in one language. `cone`: only what it can consult is told; without one, what is not plain."""

    pack: Pack
    lang: str
    cone: Cone | None = None

    # -- a whole case

    def told(self, case: Case, days: Mapping[str, date] | None = None) -> tuple[str, ...]:
        """Sentences: what has no day, then what happened in order of days, what is not there, and what is chosen.

        `days`: further days that have their place among the events, by what they are."""
        lasting: list[str] = []
        dated: list[tuple[date, int, str]] = []
        for day, said in self._happenings(case.facts):
            if day is None:
                lasting.append(said)
            else:
                dated.append((day, len(dated), said))
        today = case.facts.get(self.pack.as_of)
        asked = {nouns.fact(self.pack.facts[self.pack.as_of], self.lang): today} if isinstance(today, date) else {}
        for what, day in {**(days or {}), **asked}.items():
            said = fill(DAY_OF_QUESTION, self.lang, day=values.spoken_day(day, self.lang), what=what)
            dated.append((day, len(dated), said))
        events = [event for _, _, event in sorted(dated)]
        sentences = (*lasting, *events, *self._absences(case.facts), *self._choices(case))
        return tuple(ended(sentence, self.lang) for sentence in sentences)

    def _happenings(self, facts: Mapping[str, Any]) -> Iterator[tuple[date | None, str]]:
        """Each fact, record and element that is told, with the day it happened on if it has one."""
        for name, spec in self.pack.facts.items():
            value = facts.get(name, UNKNOWN)
            if name == self.pack.as_of or value is UNKNOWN or (self.cone is not None and name not in self.cone.facts):
                continue
            if spec.type is None:
                if isinstance(value, Mapping):
                    noun = nouns.fact(spec, self.lang)
                    yield self._event(noun, spec.record, value, f"record {name}", None)
            elif self._worth_telling(spec, value):
                yield None, self._fact_said(spec, value)
        for name, collection in self.pack.collections.items():
            listing = facts.get(name)
            if not isinstance(listing, Listing) or (self.cone is not None and name not in self.cone.collections):
                continue
            for index, entry in enumerate(listing.elements):
                noun = self.called(collection, listing, index)
                keyed = _label(collection, listing, index) == label_by_key(collection, entry, index)
                told_by = collection.key if keyed else None
                fields = [spec for spec in collection.fields if spec.name != told_by]
                yield self._event(noun, fields, entry, collection.element, collection.happens_on)

    def called(self, collection: CollectionSpec, listing: Listing, index: int) -> str:
        """What a person calls an element of a list."""
        label = _label(collection, listing, index)
        if len(listing.elements) == 1 and label == f"{collection.name}[{index}]":
            return nouns.element(self.pack, collection, self.lang)
        return paths.fact_name(self.pack, label, self.lang)

    def _event(
        self, noun: str, specs: Iterable[FactSpec], entry: Entry, owner: str, happens_on: str | None
    ) -> tuple[date | None, str]:
        """What happened: on the day of the field named, else of the first field that is a day."""
        specs = tuple(specs)
        days = [spec for spec in specs if isinstance(entry.get(spec.name), date)]
        first = next((spec for spec in days if spec.name == happens_on), days[0] if days and happens_on is None else None)
        fields = self._fields((spec for spec in specs if spec is not first), entry, owner)
        event = fill(WITH_FIELDS, self.lang, noun=noun, fields=fields) if fields else noun
        if first is None:
            return None, event
        day: date = entry[first.name]
        what = nouns.fact(first, self.lang)
        return day, fill(ON_DAY, self.lang, day=values.spoken_day(day, self.lang), what=what, event=event)

    def _fields(self, specs: Iterable[FactSpec], entry: Entry, owner: str) -> str:
        said = []
        for spec in specs:
            value = entry.get(spec.name, UNKNOWN)
            inside = self.cone is None or (owner, spec.name) in self.cone.fields
            if inside and value is not UNKNOWN and self._worth_telling(spec, value):
                said.append(fill(FIELD_IS, self.lang, field=nouns.fact(spec, self.lang), value=self._value(spec, value)))
        return self._comma.join(said)

    @property
    def _comma(self) -> str:
        return "，" if self.lang == "zh" else ", "

    def _worth_telling(self, spec: FactSpec, value: Any) -> bool:
        """Not what leaving the fact out would mean, nor that there is nothing; without a cone, not what is plain."""
        if spec.inert or value == spec.left_out or value == NONE:
            return False
        if isinstance(value, Mapping):
            return any(entry is not UNKNOWN for entry in value.values())
        return value != spec.plain or (self.cone is not None and not isinstance(value, bool))

    def _fact_said(self, spec: FactSpec, value: Any) -> str:
        if isinstance(value, bool):
            return paths.fact_says(self.pack, spec.name, "true" if value else "false", self.lang)
        return fill(phrases.RESULT, self.lang, what=nouns.fact(spec, self.lang), value=self._value(spec, value))

    def _value(self, spec: FactSpec, value: Any) -> str:
        if value is UNKNOWN:
            return NOT_TOLD[self.lang]
        if isinstance(value, Mapping):
            return self._table(spec.type or Type("text"), value)
        return values.spoken(self.pack, value, spec.type or Type("text"), self.lang)

    def _table(self, type_: Type, table: Entry) -> str:
        """The entries by their values; the value that most have stands last, for the rest."""
        keys: dict[Value, list[str]] = {}
        for key, value in table.items():
            if value is not UNKNOWN:
                keys.setdefault(value, []).append(values.spoken(self.pack, key, Type(type_.keyed_by or ""), self.lang))
        ordered = sorted(keys.items(), key=lambda pair: len(pair[1]))
        entry = Type(type_.base, type_.special)
        said = []
        for value, names in ordered:
            phrase = SOME_ARE if value != ordered[-1][0] else ALL_ARE if len(ordered) == 1 else REST_ARE
            spoken = values.spoken(self.pack, value, entry, self.lang)
            said.append(fill(phrase, self.lang, keys=values.both(names, self.lang), value=spoken))
        return ("、" if self.lang == "zh" else "; ").join(said)

    # -- what is not there, and what is chosen

    def _absences(self, facts: Mapping[str, Any]) -> Iterator[str]:
        if self.cone is None:
            return
        empty = [
            nouns.fact(spec, self.lang) for name, spec in self.pack.facts.items() if name in self.cone.facts and spec.type is None
            and facts.get(name) == NONE
        ]  # fmt: skip
        for name, spec in self.pack.collections.items():
            listing = facts.get(name)
            if name not in self.cone.collections or not isinstance(listing, Listing):
                continue
            if not listing.elements and listing.complete:
                empty.append(nouns.element(self.pack, spec, self.lang))
            elif not listing.complete:
                yield fill(PERHAPS_MORE, self.lang, nouns=nouns.elements(self.pack, spec, self.lang))
        if empty:
            said = [noun if self.lang == "zh" else nouns.inside(noun, "en") for noun in empty]
            yield fill(THERE_IS_NO, self.lang, nouns=values.either(said, self.lang))

    def _choices(self, case: Case) -> Iterator[str]:
        for name, made in case.choices.items():
            if self.cone is not None and name not in self.cone.choices:
                continue
            spec = self.pack.discretions[name]
            title, value = bare(spec.title[self.lang]), values.spoken(self.pack, made.value, spec.type, self.lang)
            who = nouns.actor(self.pack, spec.who, self.lang)
            yield fill(CHOOSES if who else CHOSEN, self.lang, who=who, title=title, value=value)

    # -- what a change changes

    def changes(self, before: Case, after: Case) -> tuple[str, ...]:
        """What is different in the case after."""
        said: list[str] = []
        for name, spec in self.pack.facts.items():
            old, new = before.facts.get(name, UNKNOWN), after.facts.get(name, UNKNOWN)
            if old == new:
                continue
            if spec.type is None and isinstance(old, Mapping) and isinstance(new, Mapping):
                said += self._differences(nouns.fact(spec, self.lang), spec.record, old, new)
            elif spec.type is None:
                appears, noun = isinstance(new, Mapping), nouns.fact(spec, self.lang)
                said.append(fill(APPEARS if appears else LEAVES, self.lang, event=noun))
            else:
                said += self._differences("", (spec,), {name: old}, {name: new})
        for name, collection in self.pack.collections.items():
            said += self._listed(collection, before.facts.get(name), after.facts.get(name))
        said += [one for one in self._choices(after) if one not in set(self._choices(before))]
        return tuple(ended(sentence, self.lang) for sentence in said) or (ended(NO_CHANGE[self.lang], self.lang),)

    def _listed(self, spec: CollectionSpec, before: Any, after: Any) -> Iterator[str]:
        """Elements that are the same on both sides aside, the others are paired in order; what is left over comes or goes."""
        if not isinstance(before, Listing) or not isinstance(after, Listing):
            return
        old, new = list(enumerate(before.elements)), list(enumerate(after.elements))
        for pair in list(old):
            same = next((other for other in new if other[1] == pair[1]), None)
            if same is not None:
                old.remove(pair)
                new.remove(same)
        for (index, one), (_, other) in zip(old, new, strict=False):
            yield from self._differences(self.called(spec, before, index), spec.fields, one, other)
        for pairs, phrase, owner in ((old[len(new) :], LEAVES, before), (new[len(old) :], JOINS, after)):
            for index, entry in pairs:
                noun = nouns.element(self.pack, spec, self.lang) if phrase is JOINS else self.called(spec, owner, index)
                every = Stories(self.pack, self.lang)._fields_told(spec.fields, entry)
                event = fill(WITH_FIELDS, self.lang, noun=noun, fields=every) if every else noun
                yield fill(phrase, self.lang, event=event)

    def _fields_told(self, specs: Iterable[FactSpec], entry: Entry) -> str:
        """Every field that is neither unknown nor nothing."""
        said = []
        for spec in specs:
            value = entry.get(spec.name, UNKNOWN)
            if value not in (UNKNOWN, NONE, spec.left_out):
                said.append(fill(FIELD_IS, self.lang, field=nouns.fact(spec, self.lang), value=self._value(spec, value)))
        return self._comma.join(said)

    def _differences(self, owner: str, specs: Iterable[FactSpec], old: Entry, new: Entry) -> Iterator[str]:
        for spec in specs:
            one, other = old.get(spec.name, UNKNOWN), new.get(spec.name, UNKNOWN)
            if one == other:
                continue
            noun = nouns.fact(spec, self.lang)
            what = noun if not owner else fill(phrases.OF, self.lang, of=owner, what=noun)
            if isinstance(one, Mapping) and isinstance(other, Mapping) and spec.type is not None:
                yield from self._entries(what, spec.type, one, other)
            else:
                yield fill(BECOMES, self.lang, what=what, old=self._value(spec, one), new=self._value(spec, other))

    def _entries(self, what: str, type_: Type, old: Entry, new: Entry) -> Iterator[str]:
        entry = FactSpec("", Type(type_.base, type_.special))
        for key in [*old, *(key for key in new if key not in old)]:
            one, other = old.get(key, UNKNOWN), new.get(key, UNKNOWN)
            if one != other:
                named = values.spoken(self.pack, key, Type(type_.keyed_by or ""), self.lang)
                whole = fill(phrases.ENTRY, self.lang, table=what, key=named)
                yield fill(BECOMES, self.lang, what=whole, old=self._value(entry, one), new=self._value(entry, other))


def _label(collection: CollectionSpec, listing: Listing, index: int) -> str:
    return listing.labels[index] if listing.labels else f"{collection.name}[{index}]"


def named(pack: Pack, type_: Type, value: Value, lang: str) -> str:
    """What a theorem's name stands for in a case: a value, or the path of an element."""
    if pack.element_of(type_.base) is not None and isinstance(value, str):
        return paths.fact_name(pack, value, lang)
    return values.spoken(pack, value, type_, lang)
