"""A message told by its form. In a form, `{}` is a name, a value or a thing, in the order in which it stands in English. In a
sentence, `{:list}` parts several by 、, `{:type}` is a type, `{:kind}` a kind of thing declared, `{:told}` a message again,
`{:why}` a reason again, `{:raw}` as it stands."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import cache

from zhunsheng.show.mistakes import cases, commands, expressions, laws, nouns, packs, reading, texts, unshown, usage

FORMS = reading.FORMS | cases.FORMS | expressions.FORMS | packs.FORMS | laws.FORMS | texts.FORMS | commands.FORMS | usage.FORMS
THINGS = nouns.THINGS | nouns.FOREIGN
ARTICLE = re.compile(r"(?:an?|the) (.+)")
QUOTED = r"""'(?:[^'\\\n]|\\.)*'…?|"(?:[^"\\\n]|\\.)*"…?"""
BILINGUAL = re.compile(r"(argument [^:]+: )?(.*[\u4e00-\u9fff].*?)(?:\n    | / )([^\u4e00-\u9fff]+)", re.DOTALL)
"""A sentence in both languages, as some problems have it."""

Patterns = tuple[tuple[re.Pattern[str], str], ...]


def told(message: str, lang: str) -> str | None:
    """The message in this language; None where there is no sentence for it."""
    both = BILINGUAL.fullmatch(message)
    said = (both[1] or "") + both[3 if lang == "en" else 2] if both else message
    if lang == "en" or not said:
        return said
    return _by_form(said, _sentences()) or (said if both else None)


def reason(why: str, lang: str) -> str:
    """Why something was not shown, in this language: several reasons by a semicolon each. What has no sentence stays as it is."""
    if lang == "en":
        return why
    return "；".join(_by_form(one, _reasons()) or one for one in why.split("; "))


def thing(text: str) -> str:
    """A thing in Chinese, a quoted word in our quotation marks, anything else as it stands."""
    if re.fullmatch(QUOTED, text):
        return _word(text)
    if of := re.fullmatch(r"([a-z]\w*) of ([a-z]\w*)", text):
        return f"{of[2]}的{of[1]}"
    return _declared(text) or _by_form(text, _things()) or text


def form_of(message: str) -> str | None:
    """The form of a message, if it has one."""
    known = zip(_order(FORMS), _sentences(), strict=True)
    return next((form for form, (pattern, _) in known if pattern.fullmatch(message)), None)


class _Part(str):
    """What stands in a message, as it is put into the sentence."""

    def __format__(self, spec: str) -> str:
        match spec:
            case "list":
                return _by_form(self, _things()) or _several(self)
            case "words_of_use":
                return "、".join(f"{usage.WORDS[one]}（{one}）" if one in usage.WORDS else one for one in self.split(", "))
            case "words":
                return "、".join(self.split(" "))
            case "type":
                return "或".join(_type(one) for one in self.split(" or "))
            case "kind":
                return _kind(self)
            case "raw":
                return str(self)
            case "why":
                return reason(self, "zh")
            case "told":
                return _by_form(self, _sentences()) or str(self)
            case _:
                return thing(self)


def _by_form(text: str, patterns: Patterns) -> str | None:
    for form, said in patterns:
        if match := form.fullmatch(text):
            return said.format(*map(_Part, match.groups()))
    return None


def _declared(text: str) -> str | None:
    """`a fact`, `rule 'x'`: what a pack declares. A bare word may be a name of the pack, and stays."""
    if article := ARTICLE.fullmatch(text):
        return nouns.DECLARED.get(article[1])
    kind, _, name = text.rpartition(" ")
    said = nouns.DECLARED.get(kind.replace("_", " "))
    return said + _word(name) if said and re.fullmatch(QUOTED, name) else None


def _kind(text: str) -> str:
    """A kind of thing, one or many (`fact`, `facts`)."""
    plain = text.replace("_", " ")
    singular = {"duties": "duty", "qualifiers": "qualifier"}.get(plain, plain.removesuffix("s"))
    return nouns.DECLARED.get(plain) or nouns.DECLARED.get(singular) or thing(text)


def _type(text: str) -> str:
    """A type: a word of the language, a table, or a name of the pack."""
    if text.startswith("table of "):
        return nouns.THINGS["a table"]
    return nouns.TYPES.get(text) or thing(text.removeprefix("record "))


def _word(text: str) -> str:
    """`'x'` as “x”; what was cut short keeps its ellipsis. What is to be written in double quotes stays in them."""
    if text.startswith('"') and "'" not in text:
        return text
    said = ast.literal_eval(text.removesuffix("…"))
    return nouns.TOKENS.get(said) or f"“{said}{'…' if text.endswith('…') else ''}”"


def _several(text: str) -> str:
    """`'a', 'b' and c` as a、b、c."""
    return re.sub(r"(?:, (?:and |or )?| and | or )", "、", re.sub(r"'([^']*)'", r"\1", text))


@cache
def _sentences() -> Patterns:
    return _patterns(FORMS)


@cache
def _reasons() -> Patterns:
    return _patterns(unshown.FORMS)


@cache
def _things() -> Patterns:
    return _patterns(THINGS)


def _patterns(forms: Mapping[str, str]) -> Patterns:
    """Those that hold another message first, then those that say more by themselves."""
    return tuple((_pattern(form), forms[form]) for form in _order(forms))


def _order(forms: Mapping[str, str]) -> list[str]:
    return sorted(forms, key=lambda form: (":told" not in forms[form], -len(form.replace("{}", "")), form))


def _pattern(form: str) -> re.Pattern[str]:
    """A quoted part is taken whole, whatever stands in it; `'{}'` is always one."""
    parts = re.split(r"('\{\}'|\{\})", form)
    wanted = {"{}": rf"({QUOTED}|.*?)", "'{}'": f"({QUOTED})"}
    return re.compile("".join(wanted.get(part) or re.escape(part) for part in parts), re.DOTALL)
