"""A message told by its form. In a form, `{}` is a name, a value or a thing, in the order in which it stands in English;
in a
sentence, `{:list}` parts several by 、, `{:type}` is a type, `{:kind}` a kind of thing declared, `{:told}` a message again."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import cache

from zhunsheng.show.mistakes import cases, commands, expressions, laws, nouns, packs, reading, usage

FORMS = reading.FORMS | cases.FORMS | expressions.FORMS | packs.FORMS | laws.FORMS | commands.FORMS | usage.FORMS
THINGS = nouns.THINGS | nouns.FOREIGN
ARTICLE = re.compile(r"(?:an?|the) (.+)")
QUOTED = r"""'(?:[^'\\\n]|\\.)*'…?|"(?:[^"\\\n]|\\.)*"…?"""
BILINGUAL = re.compile(r"(.*[\u4e00-\u9fff].*?)(?:\n    | / )([^\u4e00-\u9fff]+)", re.DOTALL)
"""A sentence in both languages, as some problems have it."""

Patterns = tuple[tuple[re.Pattern[str], str], ...]


def told(message: str, lang: str) -> str | None:
    """The message in this language; None where there is no sentence for it."""
    if both := BILINGUAL.fullmatch(message):
        return both[2 if lang == "en" else 1]
    if lang == "en" or not message:
        return message
    return _by_form(message, _sentences())


class _Part(str):
    """What stands in a message, as it is put into the sentence."""

    def __format__(self, spec: str) -> str:
        match spec:
            case "list":
                return _several(self)
            case "words":
                return "、".join(self.split(" "))
            case "type":
                return " or ".join(nouns.TYPES.get(one, one) for one in self.split(" or ")).replace(" or ", "或")
            case "kind":
                return nouns.DECLARED.get(self.replace("_", " "), str(self))
            case "told":
                return _by_form(self, _sentences()) or str(self)
            case _:
                return _thing(self)


def _by_form(text: str, patterns: Patterns) -> str | None:
    for form, said in patterns:
        if match := form.fullmatch(text):
            return said.format(*map(_Part, match.groups()))
    return None


def _thing(text: str) -> str:
    """A thing in Chinese, a quoted word in our quotation marks, anything else as it stands."""
    if re.fullmatch(QUOTED, text):
        return _word(text)
    return _by_form(text, _things()) or _declared(text) or text


def _declared(text: str) -> str | None:
    """`a fact`, `rule 'x'`: what a pack declares. A bare word may be a name of the pack, and stays."""
    if article := ARTICLE.fullmatch(text):
        return nouns.DECLARED.get(article[1])
    kind, _, name = text.rpartition(" ")
    said = nouns.DECLARED.get(kind.replace("_", " "))
    return said + _word(name) if said and re.fullmatch(QUOTED, name) else None


def _word(text: str) -> str:
    """`'x'` as “x”; what was cut short keeps its ellipsis. What is to be written in double quotes stays in them."""
    if text.startswith('"') and "'" not in text:
        return text
    said = ast.literal_eval(text.removesuffix("…"))
    return nouns.TOKENS.get(said) or f"“{said}{'…' if text.endswith('…') else ''}”"


def _several(text: str) -> str:
    return re.sub(r"(?:, (?:and |or )?| and | or )", "、", text)


@cache
def _sentences() -> Patterns:
    return _patterns(FORMS)


@cache
def _things() -> Patterns:
    return _patterns(THINGS)


def _patterns(forms: Mapping[str, str]) -> Patterns:
    """Those that say more by themselves first."""
    order = sorted(forms, key=lambda form: (-len(form.replace("{}", "")), form))
    return tuple((_pattern(form), forms[form]) for form in order)


def _pattern(form: str) -> re.Pattern[str]:
    """A quoted part is taken whole, whatever stands in it."""
    return re.compile(rf"({QUOTED}|.*?)".join(map(re.escape, form.split("{}"))), re.DOTALL)
