"""What a message calls the types, values and facts of a pack: in Chinese by their titles, where messages are made of identifiers.

A message is made where no language is known, so it holds identifiers; they are replaced before it is told.
"""

from __future__ import annotations

import re
from dataclasses import replace

from zhunsheng.errors import Problem
from zhunsheng.lang.pack import FactSpec, Pack
from zhunsheng.lang.types import Enumeration
from zhunsheng.narrate import nouns, paths

TYPE = re.compile(
    r"(?<= no value of )\w+(?=$| \(column)|(?<=: a value of )\w+(?= is wanted, not )|(?<= of type )\w+"
    r"|(?<=, but )\w+(?= is wanted here)|(?<=: it is )\w+$|(?<=\btypes )\w+(?= and )|(?<= and )\w+(?= cannot be compared)"
)
ANSWERS = re.compile(r"(?<=^answers: ).+$")
IN_EXPRESSION = "(column "
VALUES = re.compile(r"(?:(?<=values: )|(?<=it may be: ))[^()]+?(?=\)?$)")
FACT = re.compile(r"(\S+) = (\S+)")
CALLED = re.compile(r"([\w.]+)\((\S+)\)")


def named(one: Problem, pack: Pack, lang: str) -> Problem:
    """The problem in the words of the pack."""
    if lang == "en":
        return replace(one, instead=_facts(one.instead, pack, lang))
    found = TYPE.search(one.what)
    enumeration = pack.enumerations.get(found[0]) if found else None
    what = TYPE.sub(lambda match: _type(match[0], pack), one.what)
    instead = ANSWERS.sub(lambda match: _answers(match[0], pack), one.instead)
    if enumeration is not None:
        instead = VALUES.sub(lambda match: _values(match[0], enumeration, IN_EXPRESSION in one.what), instead)
    return replace(one, what=what, instead=_facts(instead, pack, lang))


def _type(name: str, pack: Pack) -> str:
    """An enumeration by its term, else by the first fact of its type; any other type stays as it is."""
    if name not in pack.enumerations:
        return name
    if (term := nouns.term_for(pack, name)) is not None:
        return term.zh
    spec = next((one for one in _specs(pack) if one.type is not None and one.type.base == name), None)
    return nouns.fact(spec, "zh") if spec is not None else name


def _specs(pack: Pack) -> list[FactSpec]:
    """Every fact and field."""
    tops = [*pack.facts.values()]
    fields = [part for one in pack.collections.values() for part in one.fields]
    return [*tops, *(part for one in tops for part in one.record), *fields]


def _answers(listed: str, pack: Pack) -> str:
    """Answers by what is to be written, each with its title."""
    names = listed.split(", ")
    return ", ".join(f"{name}（{nouns.definition(pack, name, 'zh')}）" if name in pack.definitions else name for name in names)


def _values(listed: str, enumeration: Enumeration, in_expression: bool) -> str:
    """The values as a case may write them in Chinese, special ones as they are. In an expression their identifiers stand, and
    here beside their titles, as does the written form beside a title that is itself a list."""
    said = {}
    for value in enumeration.values:
        form, title = value.name if in_expression else value.written, value.title.zh
        said[form] = f"{form}（{title}）" if (in_expression and form != title) or "、" in title else title
    return ", ".join(said.get(one, one) for one in listed.split(", "))


def _facts(text: str, pack: Pack, lang: str) -> str:
    """`lines[1].ladder = abc; …` as clauses; anything else stays."""
    pieces = [FACT.fullmatch(piece) for piece in text.split("; ")]
    if not text or not all(pieces):
        return text
    return ("；" if lang == "zh" else "; ").join(_fact(found[1], found[2], pack, lang) for found in pieces if found)


def _fact(path: str, value: str, pack: Pack, lang: str) -> str:
    of = CALLED.fullmatch(path)
    if of is None or of[1] not in pack.definitions:
        return paths.fact_says(pack, path, value, lang)
    said = paths.argument(pack, value, pack.definitions[of[1]].type, lang)
    return f"{paths.called(pack, of[1], (of[2],), lang)}{'为' if lang == 'zh' else ': '}{said}"
