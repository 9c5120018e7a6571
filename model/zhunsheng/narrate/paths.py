"""Facts and answers by their paths (`lines[1号窑].indicators.organized`, `downgrades.others`), as people say them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from zhunsheng.lang.pack import CollectionSpec, FactSpec, Pack
from zhunsheng.lang.types import Text, Type
from zhunsheng.narrate import nouns, phrases, values
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.questions import bare

LISTED = re.compile(r"([0-9]+) (listed|in all)")
PART = "/"
"""Stands between an element's label and the part of it that was split off."""
KEYED = Text("{noun}“{key}”", "{noun} “{key}”")
NUMBERED = Text("第{n}项{noun}", "{noun} {n}")
OTHERS = Text("是否还有其他{noun}", "whether there are other {nouns}")
ALL_OF = Text("有哪些{noun}", "which {nouns} there are")
NO_OTHERS = Text("没有其他{noun}", "there are no other {nouns}")
SOME_OTHERS = Text("还有其他{noun}", "there are other {nouns}")
NONE_LISTED = Text("没有{noun}", "there are no {nouns}")
COUNTED = Text("案卷所列{noun}共{n}项，别无其他", "the case lists {n} {nouns} and there are no others")
IN_ALL = Text("{noun}共{n}项", "there are {n} {nouns} in all")
UNKNOWN = Text("{what}不明", "{what} is not known")
DEADLINE = Text("期限", "by when")
CALLED = Text("{title}（{of}）", "{title} ({of})")


@dataclass(frozen=True)
class Step:
    """A name, and what stands behind it in brackets, if anything."""

    name: str
    key: str | None = None


@dataclass(frozen=True)
class Found:
    """What a path leads to: the collection or record it starts in, and the fact; `entry` is a table's key."""

    collection: CollectionSpec | None
    label: str | None
    spec: FactSpec | None
    entry: str | None = None
    last: str = ""


def steps(path: str) -> tuple[Step, ...]:
    """The parts of a path. What stands inside brackets belongs to a name, dots and further brackets with it."""
    found, name, key, depth = [], "", "", 0
    keyed = False
    for char in f"{path}.":
        if depth == 0 and char == ".":
            found.append(Step(name, key if keyed else None))
            name, key, keyed = "", "", False
            continue
        depth -= char in "])"
        if depth:
            key += char
        elif char not in "[]()":
            name += char
        keyed = keyed or char in "[("
        depth += char in "[("
    return tuple(step for step in found if step.name)


def type_at(pack: Pack, path: str) -> Type | None:
    """The type of the fact at a path; None for a record, a list or a path that leads nowhere."""
    found = _find(pack, path)
    type_ = found.spec.type if found is not None and found.spec is not None else None
    return Type(type_.base, type_.special) if type_ is not None and found is not None and found.entry else type_


def fact_name(pack: Pack, path: str, lang: str) -> str:
    """What a person calls the fact at a path; the path itself, in quotes, if it leads nowhere."""
    found = _find(pack, path)
    if found is None:
        return f"“{path}”"
    if found.collection is not None:
        return _of_collection(pack, found.collection, found, lang)
    if found.spec is None:
        return f"“{path}”"
    noun = nouns.fact(found.spec, lang)
    return _entry(pack, found, noun if lang == "zh" else nouns.articled(noun), lang)


def table_entry(pack: Pack, path: str, lang: str) -> tuple[str, str] | None:
    """Of an entry of a table: what the table is called, and what the entry is. None for any other fact."""
    found = _find(pack, path)
    if found is None or found.entry is None or found.spec is None or found.spec.type is None:
        return None
    whole = (
        f"{path.rpartition('.')[0] or path.partition('[')[0]}" if path.endswith(f".{found.entry}") else path.rpartition("[")[0]
    )
    key = values.spoken_written(pack, found.entry, Type(found.spec.type.keyed_by or ""), lang)
    return fact_name(pack, whole, lang), key


def _table_type(pack: Pack, path: str) -> Type | None:
    found = _find(pack, path)
    return found.spec.type if found is not None and found.spec is not None else None


def fact_names(pack: Pack, paths: Iterable[str], lang: str) -> list[str]:
    """What several facts are called, the entries of one table together; a table of which all is meant by its own name."""
    names: dict[str, list[str]] = {}
    sizes: dict[str, int] = {}
    for path in paths:
        entry, type_ = table_entry(pack, path, lang), _table_type(pack, path)
        if entry is None or type_ is None:
            names.setdefault(fact_name(pack, path, lang), [])
        else:
            names.setdefault(entry[0], []).append(entry[1])
            sizes[entry[0]] = len(pack.enumerations[type_.keyed_by or ""].values)
    return [
        name if not entries or len(entries) == sizes[name] else fill(CALLED, lang, title=name, of=values.both(entries, lang))
        for name, entries in names.items()
    ]


def fact_says(pack: Pack, path: str, written: str, lang: str) -> str:
    """A clause: the fact at a path has this value (in its written form)."""
    found = _find(pack, path)
    if found is not None and found.collection is not None and found.label is None:
        return _list_says(pack, found, written, lang)
    spec = found.spec if found is not None else None
    if spec is not None and found is not None:
        type_ = type_at(pack, path)
        owner = _owner(pack, found, lang)
        if written in ("true", "false") and type_ is not None and type_.base == "yes/no":
            return _stated(spec, written == "true", owner, lang)
        if type_ is None and written in ("none", "present"):
            return _stated(spec, written == "present", owner, lang)
    name = fact_name(pack, path, lang)
    if written == "unknown":
        return fill(UNKNOWN, lang, what=name)
    return fill(phrases.RESULT, lang, what=name, value=values.spoken_written(pack, written, type_at(pack, path), lang))


def answer_name(pack: Pack, name: str, definition: str, lang: str, whole: bool = False) -> str:
    """What an answer is called: the definition's title, and for which element, value or day.

    What the title remarks in brackets at its end is left out, unless the `whole` title is wanted.
    """
    title = nouns.definition(pack, definition, lang)
    title = title if whole else bare(title)
    if name.startswith("duties["):
        return title
    if (deadline := _deadline(definition, lang)) is not None:
        return fill(CALLED, lang, title=title, of=deadline)
    about = [said for step in steps(name) if step.key is not None and (said := _about(pack, step, definition, lang))]
    return fill(CALLED, lang, title=title, of=values.both(about, lang)) if about else title


def argument(pack: Pack, written: str, type_: Type, lang: str) -> str:
    """An argument of a definition, in its written form or as an element's path."""
    if (collection := pack.element_of(type_.base)) is not None:
        found = _find(pack, written)
        return _label(pack, collection, (found.label if found is not None else None) or "", lang)
    return values.spoken_written(pack, written, type_, lang)


def called(pack: Pack, definition: str, arguments: tuple[str, ...], lang: str) -> str:
    """A definition's title with its arguments; the one element of a list that holds only one needs no mention."""
    title = bare(nouns.definition(pack, definition, lang))
    spec = pack.definitions.get(definition)
    types = [type_ for _, type_ in spec.parameters] if spec is not None else []
    pairs = [(text, type_) for text, type_ in zip(arguments, types, strict=False) if text not in pack.collections]
    said = [argument(pack, text, type_, lang) for text, type_ in pairs]
    if (deadline := _deadline(definition, lang)) is not None:
        said.append(deadline)
    return fill(CALLED, lang, title=title, of=values.both(said, lang)) if said else title


def _deadline(definition: str, lang: str) -> str | None:
    """What tells the day of a duty from whether it is owed: both have the duty's title."""
    duty = nouns.DUTY_DEFINITION.fullmatch(definition) is not None and definition.endswith(" by")
    return DEADLINE[lang] if duty else None


# -- finding


def _find(pack: Pack, path: str) -> Found | None:
    parts = steps(path)
    if not parts:
        return None
    head, rest = parts[0], parts[1:]
    if head.name in pack.collections:
        collection = pack.collections[head.name]
        only = collection.single and rest and rest[0].name != "others"
        label = head.key if head.key is not None else "" if only else None
        if rest and collection.split and rest[0].name == collection.split[1] and rest[0].key is not None:
            label, rest = f"{label}{PART}{rest[0].key}", rest[1:]
        if not rest:
            return Found(collection, label, None)
        spec = collection.field(rest[0].name)
        return Found(collection, label, spec, _key(rest), rest[0].name)
    if head.name not in pack.facts:
        return None
    spec = pack.facts[head.name]
    if spec.type is None and rest:
        inner = spec.field(rest[0].name)
        return Found(None, None, inner, _key(rest), rest[0].name) if inner is not None else None
    return Found(None, None, spec, _key((head, *rest)))


def _key(parts: tuple[Step, ...]) -> str | None:
    """The key of a table's entry, after the field: `indicators.organized`, or `indicators[organized]`."""
    return parts[0].key if parts[0].key is not None else parts[1].name if len(parts) > 1 else None


# -- saying


def _of_collection(pack: Pack, spec: CollectionSpec, found: Found, lang: str) -> str:
    if found.label is None:
        return _plural(pack, spec, OTHERS if found.last == "others" else ALL_OF, lang)
    label = _label(pack, spec, found.label, lang)
    if found.spec is None:
        return label
    owned = nouns.owned(nouns.fact(found.spec, lang), label, nouns.element(pack, spec, lang), lang)
    return _entry(pack, found, owned, lang)


def _entry(pack: Pack, found: Found, said: str, lang: str) -> str:
    if found.entry is None or found.spec is None or found.spec.type is None or found.spec.type.keyed_by is None:
        return said
    key = values.spoken_written(pack, found.entry, Type(found.spec.type.keyed_by), lang)
    return fill(phrases.ENTRY, lang, table=said, key=key)


def _label(pack: Pack, spec: CollectionSpec, label: str, lang: str) -> str:
    noun = nouns.element(pack, spec, lang)
    if not label:
        return noun if lang == "zh" else nouns.articled(noun)
    if PART in label:
        whole, _, part = label.partition(PART)
        return fill(CALLED, lang, title=_label(pack, spec, whole, lang), of=part)
    if label.isdecimal():
        return fill(NUMBERED, lang, noun=noun, n=int(label) + 1)
    return fill(KEYED, lang, noun=noun, key=values.spoken_name(label, lang))


def _plural(pack: Pack, spec: CollectionSpec, phrase: Text, lang: str) -> str:
    return fill(phrase, lang, noun=nouns.element(pack, spec, lang), nouns=nouns.elements(pack, spec, lang))


def _list_says(pack: Pack, found: Found, written: str, lang: str) -> str:
    spec = found.collection
    if spec is None:
        return written
    others = found.last == "others"
    if written in ("none", "[]", "0", "0 listed", "false"):
        return _plural(pack, spec, NO_OTHERS if others else NONE_LISTED, lang)
    if (match := LISTED.fullmatch(written)) is not None:
        noun = nouns.element(pack, spec, lang)
        many = noun if match[1] == "1" else nouns.elements(pack, spec, lang)
        return fill(IN_ALL if match[2] == "in all" else COUNTED, lang, noun=noun, nouns=many, n=match[1])
    if written == "unknown":
        return fill(UNKNOWN, lang, what=_plural(pack, spec, OTHERS if others else ALL_OF, lang))
    if others:
        return _plural(pack, spec, SOME_OTHERS, lang)
    return fill(phrases.RESULT, lang, what=_plural(pack, spec, ALL_OF, lang), value=written)


def _owner(pack: Pack, found: Found, lang: str) -> str:
    if found.collection is None or found.label is None:
        return ""
    label = _label(pack, found.collection, found.label, lang)
    return f"{label}的" if lang == "zh" else f"for {label}, "


def _stated(spec: FactSpec, truth: bool, owner: str, lang: str) -> str:
    what = nouns.statement(spec, lang)
    if spec.type is None and spec.title is not None:
        title = spec.title[lang]
        return fill(phrases.EXISTS[truth], lang, what=nouns.inside(title, lang), a_what=nouns.articled(title, "a"))
    if what is not None:
        return fill(phrases.IS_TRUE[truth], lang, of=owner, what=what)
    return fill(phrases.ANSWERED[truth], lang, of=owner, question=nouns.fact(spec, lang))


def _about(pack: Pack, step: Step, definition: str, lang: str) -> str | None:
    """What stands in brackets in an answer's name: an element's label, or a parameter's value."""
    if step.name in pack.collections:
        return _label(pack, pack.collections[step.name], step.key or "", lang)
    spec = pack.definitions.get(definition)
    if spec is None or not spec.parameters or step.key is None:
        return step.key
    type_ = spec.parameters[-1][1]
    if (collection := pack.element_of(type_.base)) is not None:
        return _label(pack, collection, step.key, lang)
    return values.spoken_written(pack, step.key, type_, lang)
