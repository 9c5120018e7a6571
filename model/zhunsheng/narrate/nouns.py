"""What things are called: facts, collections, enumerations, definitions.

The pack's title where there is one, a derived name otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from zhunsheng.lang.pack import CollectionSpec, Definition, Duty, FactSpec, Pack
from zhunsheng.lang.types import Text, Type
from zhunsheng.narrate.questions import noun_of, plural_of, statement_of

ACTORS = "actor"
"""The enumeration that `who` of duties and discretions names (a convention of the pack format)."""
DETERMINED = frozenset(("the", "a", "an", "this", "that", "its", "every", "no", "which", "whether"))
DUTY_DEFINITION = re.compile(r"duty (.+) (?:owed|by)")
PLURALS = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("ss", "ss"), ("s", ""))
BUILT_IN = {
    "day": Text("日", "day"), "number": Text("数", "number"), "yes/no": Text("情形", "condition"),
    "period": Text("期间", "period"), "text": Text("名称", "name"),
}  # fmt: skip


def fact(spec: FactSpec, lang: str) -> str:
    """A fact, or a field, as a noun phrase without article."""
    if spec.title is not None:
        return spec.title[lang]
    return noun_of(spec.ask[lang], lang) if spec.ask is not None else words(spec.name)


def statement(spec: FactSpec, lang: str) -> str | None:
    """A yes/no fact, or that a record exists, as a statement that is true or not; None if only a question is known."""
    if spec.title is not None:
        return spec.title[lang]
    return statement_of(spec.ask[lang], lang) if spec.ask is not None else words(spec.name)


def element(pack: Pack, spec: CollectionSpec, lang: str) -> str:
    """One element of a collection, by the collection's title, its term, or the question that asks for it."""
    if spec.title is not None:
        return spec.title[lang] if lang == "zh" else singular(spec.title[lang])
    for name in (spec.element, spec.name):
        if (term := term_for(pack, name)) is not None:
            return term.zh if lang == "zh" else singular(term.en)
    plural = _elements(spec, lang)
    return plural if lang == "zh" else singular(plural)


def elements(pack: Pack, spec: CollectionSpec, lang: str) -> str:
    """Several elements of a collection."""
    return element(pack, spec, lang) if lang == "zh" else plural(element(pack, spec, lang))


def _elements(spec: CollectionSpec, lang: str) -> str:
    found = plural_of(spec.ask[lang], lang) if spec.ask is not None else None
    return found or words(spec.element)


def enumeration(pack: Pack, name: str, lang: str) -> str:
    """A type that lists its values, by its term in the glossary."""
    if name.startswith("reading "):
        return "理解" if lang == "zh" else "reading"
    term = term_for(pack, name)
    if term is not None:
        return term[lang]
    return "取值" if lang == "zh" else words(name)


def of_type(pack: Pack, type_: Type, lang: str) -> str:
    """What a value of this type is called: 日, 绩效分级等级, 违法行为."""
    if (collection := pack.element_of(type_.base)) is not None:
        return element(pack, collection, lang)
    if type_.base in BUILT_IN:
        return BUILT_IN[type_.base][lang]
    return enumeration(pack, type_.base, lang)


def definition(pack: Pack, name: str, lang: str) -> str:
    """A definition's title; else its term in the glossary; else its name in words. Of a duty's, what the duty is."""
    if (owed := DUTY_DEFINITION.fullmatch(name)) is not None:
        return duty(pack, owed[1], lang)
    found: Definition | None = pack.definitions.get(name)
    if found is not None and found.title is not None:
        return found.title[lang]
    term = term_for(pack, name) or term_for(pack, name.split(".")[-1])
    return term[lang] if term is not None else words(name.split(".")[-1])


def duty(pack: Pack, name: str, lang: str) -> str:
    found: Duty | None = pack.duties.get(name)
    return found.what[lang] if found is not None else words(name)


def actor(pack: Pack, name: str, lang: str) -> str:
    """Who must do something, or chooses."""
    actors = pack.enumerations.get(ACTORS)
    return actors.by_name[name].title[lang] if actors and name in actors.by_name else words(name)


def owned(noun: str, owner: str, kind: str, lang: str) -> str:
    """A field of an element, the element's name (`owner`, a `kind`) put where the noun has room for it."""
    if lang == "zh":
        return owner + noun.removeprefix(kind) if noun.startswith(kind) and owner.endswith(kind) else f"{owner}的{noun}"
    if " it " in noun and not noun.startswith("“"):
        return articled(noun.replace(" it ", f" {owner} ", 1))
    return f"{articled(noun)} of {owner}"


def calendar(pack: Pack, name: str, lang: str) -> str:
    return pack.calendars[name].title[lang] if name in pack.calendars else words(name)


def term_for(pack: Pack, identifier: str) -> Text | None:
    """The glossary's words for an identifier of the pack."""
    term = next((term for term in pack.terms.values() if term.identifier == identifier), None)
    return Text(term.zh, term.en) if term is not None else None


def words(identifier: str) -> str:
    """The last resort: an identifier, its joints opened."""
    return identifier.replace("_", " ").replace("-", " ").strip()


AFTER_HEAD = re.compile(r"( of | [a-z]+ed (?:by|for|from|in|on|to|under) )")
"""What parts the nouns that carry the number from what is said of them."""


def singular(noun: str) -> str:
    """An English plural as the singular, on both sides of an `or`; a noun that is none stays."""
    return _each_head(noun, _one)


def plural(noun: str) -> str:
    """An English singular as the plural."""
    return _each_head(noun, _many)


def _each_head(noun: str, change: Callable[[str], str]) -> str:
    """Changes the nouns that carry the number: those before ` of ` or ` refused under `, on both sides of ` or ` and ` and `."""
    head, of, tail = (*AFTER_HEAD.split(noun, maxsplit=1), "", "")[:3]
    parts = re.split("( or | and )", head)
    return "".join(change(part) if index % 2 == 0 else part for index, part in enumerate(parts)) + of + tail


def _one(noun: str) -> str:
    for ending, replaced in PLURALS:
        if noun.endswith(ending) and len(noun) > len(ending) + 1:
            return noun.removesuffix(ending) + replaced
    return noun


def _many(noun: str) -> str:
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return noun.removesuffix("y") + "ies"
    return noun + "s"


def articled(noun: str, article: str = "the") -> str:
    """An English noun phrase with its article, unless it has one or stands in quotes."""
    first = noun.split(" ")[0].lower()
    if noun.startswith(("“", "(")) or first in DETERMINED:
        return noun
    if article == "a" and noun[:1].lower() in "aeiou":
        article = "an"
    return f"{article} {inside(noun, 'en')}"


def inside(noun: str, lang: str) -> str:
    """A title inside a sentence: in English its first letter small, unless the first word is a letter or capitals."""
    first = noun.split(" ")[0]
    return noun if lang == "zh" or len(first) < 2 or not first[1:].islower() else noun[0].lower() + noun[1:]
