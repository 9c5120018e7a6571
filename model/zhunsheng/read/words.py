"""Scalars -> words, whole numbers, days, truth values and sentences; each refusal says what to write.

All functions take the collector of problems and give a harmless stand-in where they refuse, so that one run finds all
that is wrong. Nothing is built from stand-ins: a file with problems is never returned.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.lang.scope import BUILT_IN_FUNCTIONS, nearest
from zhunsheng.lang.types import Text
from zhunsheng.lang.typing import Source
from zhunsheng.read import full_width
from zhunsheng.read.nodes import Mapping, Node, Scalar, Sequence, kind_of

NO_DAY = date(1, 1, 1)
NO_TEXT = Text("", "")
LARGEST_NUMBER = 2**31 - 1
WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
SOME_DAY = "2025-11-03"
SHEET_DAY = re.compile(r"[45]\d{4}")  # 2009 to 2064
SHEET_EPOCH = date(1899, 12, 30)
LOOSE_DAY = re.compile(r"(\d{4})[-/.年]?(\d\d|(?<=\D)\d)[-/.月]?(\d\d|(?<=\D)\d)日?")
COERCED = re.compile(
    r"(?P<truth>yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)"
    r"|(?P<nothing>~|null|Null|NULL|=)"
    r"|(?P<day>\d{4}-\d\d?-\d\d?([Tt ].*)?)"
    r"|(?P<number>[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"
    r"|(\.[0-9_]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?|\.(inf|Inf|INF))|\.(nan|NaN|NAN))"
)
"""What some YAML reader takes for something other than text, when it is not quoted (YAML 1.1 and 1.2 together)."""
TAKEN_FOR = {"truth": "a truth value", "nothing": "nothing", "day": "a day", "number": "a number"}
LABEL = re.compile(r"[\w][\w.-]*")


class Report:
    """Collects problems, and what is needed so that one mistake is not told twice.

    `broken` holds the names whose declaration is wrong: expressions that use them are not read. `incomplete` is set
    when declarations are missing altogether (a file that cannot be read): then no name is said to be unknown.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.broken: set[str] = set()
        self.incomplete = False

    def add(self, place: Place, what: str, instead: str = "") -> None:
        self.problems.append(Problem(place, what, instead))

    def add_all(self, problems: Iterable[Problem]) -> None:
        self.problems.extend(problems)

    def stop_if_any(self) -> None:
        if self.problems:
            raise InputError(self.problems)


def taken_for(scalar: Scalar) -> str | None:
    """What YAML would take an unquoted text for, in words."""
    found = COERCED.fullmatch(scalar.text) if scalar.plain else None
    return TAKEN_FOR[found.lastgroup or _group(found)] if found else None


def _group(found: re.Match[str]) -> str:
    return next(name for name, text in found.groupdict().items() if text is not None)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def string(node: Node, report: Report, wanted: str = "text") -> str:
    """A text of one scalar, as the author wrote it."""
    if not isinstance(node, Scalar):
        report.add(node.place, f"{wanted} is wanted here, not {kind_of(node)}")
        return ""
    if what := taken_for(node):
        report.add(node.place, f"{node.text!r} is {what} to YAML, and {wanted} is wanted here", f"write {quoted(node.text)}")
        return ""
    return node.text.strip()


def label(node: Node, report: Report, wanted: str) -> str:
    """A name that stands in no expression: letters, digits, `-`, `_`, `.`; Chinese allowed."""
    text = string(node, report, wanted)
    if text and not LABEL.fullmatch(text):
        report.add(node.place, f"{text!r} cannot be {wanted}", "use letters, digits, '-' and '_', without spaces")
    return _folded(node, text, report)


def identifier(node: Node, report: Report, wanted: str, field: bool = False, value: bool = False) -> str:
    """A name for expressions. A field may be a Python keyword (expressions write it with a trailing underscore);
    a value or a reading may be called like a built-in function, since it is never called."""
    text = string(node, report, wanted)
    if not text:
        return ""
    if not text.isidentifier():
        report.add(node.place, f"{text!r} cannot be {wanted}", "use letters, digits and '_', beginning with a letter")
    elif field and text.endswith("_"):
        report.add(node.place, f"{text!r} cannot be {wanted}: it ends in '_'", f"write {text.rstrip('_')!r}")
    elif not field and (keyword.iskeyword(text) or (text in BUILT_IN_FUNCTIONS and not value)):
        report.add(node.place, f"{text!r} already means something in expressions", f"write {text + '_'!r}, or another name")
    return _folded(node, text, report)


def _folded(node: Node, text: str, report: Report) -> str:
    folded = unicodedata.normalize("NFKC", text)
    if folded != text:
        report.add(node.place, f"{text!r} is not in Unicode's NFKC form", f"write {folded!r}")
    return folded


def integer(node: Node, report: Report, wanted: str = "a whole number") -> int:
    if isinstance(node, Scalar) and node.plain:
        if WHOLE.fullmatch(node.text) and abs(int(node.text[:20])) <= LARGEST_NUMBER:
            return int(node.text)
        if re.fullmatch(r"-?0+[1-9][0-9]*", node.text):
            report.add(node.place, f"{node.text!r} is read differently by different YAML readers", f"write {int(node.text)}")
            return 0
        plain = unicodedata.normalize("NFKC", node.text)
        if problem := full_width.digit(node, f"write {plain}" if WHOLE.fullmatch(plain) else ""):
            report.add_all([problem])
            return 0
    report.add(node.place, f"{wanted} is wanted here, not {kind_of(node)}", "write digits alone, such as 12")
    return 0


def day(node: Node, report: Report, what: str = "", otherwise: str = "") -> date:
    """An ISO day, quoted or not. `what` is whose day it is; `otherwise` are the words that may stand instead."""
    about = f"{what}: " if what else ""
    if isinstance(node, Scalar) and (found := ISO_DAY.fullmatch(node.text.strip())):
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            report.add(node.place, f"{about}there is no such day: {node.text}", last_day_instead(*found.groups()))
            return NO_DAY
    meant = _as_iso(node)
    if problem := full_width.digit(node, f"write it as {meant}" if meant else ""):
        report.add_all([problem])
        return NO_DAY
    if isinstance(node, Scalar) and (instead := no_such_day(node.text)):
        report.add(node.place, f"{about}there is no such day: {node.text}", instead)
        return NO_DAY
    if meant:
        shown = f"write it as {meant}" + (f", or {otherwise}" if otherwise else "")
    else:
        shown = f"write year, month and day, as in {SOME_DAY}" + (f", or {otherwise}" if otherwise else "")
    report.add(node.place, f"{about}a day is wanted here, not {kind_of(node)}", shown)
    return NO_DAY


def _as_iso(node: Node) -> str:
    return loosely_iso(node.text) if isinstance(node, Scalar) else ""


def loosely_iso(text: str) -> str:
    """`2024/1/5`, `20240105`, `2024年1月5日` as ISO, if it can be nothing else; and the number of days by which spreadsheets
    keep a day."""
    text = unicodedata.normalize("NFKC", text.strip())
    if SHEET_DAY.fullmatch(text):
        return (SHEET_EPOCH + timedelta(days=int(text))).isoformat()
    found = LOOSE_DAY.fullmatch(text)
    try:
        return date(*(int(part) for part in found.groups())).isoformat() if found else ""
    except ValueError:
        return ""


def truth(node: Node, report: Report) -> bool:
    if isinstance(node, Scalar) and node.plain and node.text in ("true", "false"):
        return node.text == "true"
    report.add(node.place, f"true or false is wanted here, not {kind_of(node)}")
    return False


def one_of(node: Node, words: Iterable[str], report: Report, wanted: str) -> str:
    """One of a few words; nothing else can be meant, so it need not be quoted."""
    known = list(words)
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if text in known:
        return text
    hint = nearest(text, known) or f"write one of: {', '.join(known)}"
    report.add(node.place, f"{kind_of(node)} is no {wanted}", hint)
    return known[0]


def sentence(node: Node, report: Report) -> Text:
    """`{zh: …, en: …}`."""
    if not isinstance(node, Mapping):
        report.add(
            node.place,
            f"a text in both languages is wanted here, not {kind_of(node)}",
            "write below it `zh: …` and `en: …`",
        )
        return NO_TEXT
    parts = {"zh": "", "en": ""}
    for key, value in node.entries:
        if key.text not in parts:
            report.add(key.place, f"a text has the keys zh and en, not {key.text!r}", nearest(key.text, parts))
            continue
        parts[key.text] = " ".join(string(value, report, "a sentence").split())
    for lang, text in parts.items():
        if node.get(lang) is None:
            report.add(node.place, f"this text lacks '{lang}:'", f"add a line `{lang}: …`")
        elif not text and isinstance(node.get(lang), Scalar) and not taken_for(node.get(lang)):  # type: ignore[arg-type]
            report.add(node.place, f"'{lang}:' is empty", "write the sentence")
    return Text(parts["zh"], parts["en"])


def sentence_or_string(node: Node, report: Report) -> Text:
    """A text in both languages, or one string that serves for both."""
    if isinstance(node, Scalar):
        text = string(node, report)
        return Text(text, text)
    return sentence(node, report)


def items(node: Node, report: Report, wanted: str) -> tuple[Node, ...]:
    if isinstance(node, Sequence):
        return node.items
    report.add(node.place, f"a list of {wanted} is wanted here, not {kind_of(node)}", "begin each item with '- '")
    return ()


def strings(node: Node, report: Report, wanted: str) -> tuple[str, ...]:
    return tuple(string(item, report) for item in items(node, report, wanted))


def expression(node: Node, report: Report) -> Source | None:
    """An expression's text with its places; `true` and `false` are taken as Python writes them."""
    if not isinstance(node, Scalar):
        report.add(
            node.place,
            f"an expression is wanted here, not {kind_of(node)}",
            "write it below its key after `>-`, or in quotes",
        )
        return None
    if node.flow and node.plain and not (WHOLE.fullmatch(node.text) or node.text.isidentifier()):
        report.add(
            node.place, "an expression stands unquoted inside […] or {…}, where a comma would split it",
            f"write it on a line of its own, or in quotes: {quoted(node.text)}",
        )  # fmt: skip
        return None
    text = {"true": "True", "false": "False"}.get(node.text.strip(), node.text)
    return Source(text, node.locate())


def no_such_day(text: str) -> str:
    """What to write instead, where a text is a day in some writing, and there is no such day; else nothing."""
    found = LOOSE_DAY.fullmatch(unicodedata.normalize("NFKC", text.strip()))
    if found is None or loosely_iso(text):
        return ""
    year, month, day = found.groups()
    return last_day_instead(year, f"{int(month):02}", day)


def last_day_instead(year: str, month: str, _: str) -> str:
    """What to write instead of a day that does not exist."""
    if not 1 <= int(month) <= 12 or int(year) < 1:
        return "months go from 01 to 12"
    return f"the last day of that month is {year}-{month}-{monthrange(int(year), int(month))[1]}"
