"""Types and values of the language.

A value is a `bool` (yes/no), an `int` (number), a `datetime.date` (day), a `Period`, a `str` (text, or the identifier
of an enumeration value: the type tells which), or a `Special` such as `none`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, order=True)
class Special:
    """A special value beside those of a base type: `none`, `flexible`, …"""

    name: str

    def __repr__(self) -> str:
        return self.name

    def __reduce__(self) -> tuple[Callable[[str], Special], tuple[str]]:
        """`none` is compared by identity, so it must be the same object in every process."""
        return special, (self.name,)


NONE = Special("none")


def special(name: str) -> Special:
    """The special value of this name; there is one `none`."""
    return NONE if name == NONE.name else Special(name)


@dataclass(frozen=True)
class Period:
    """A length of time in the calendar. Years and months are counted by the calendar, days one by one."""

    years: int = 0
    months: int = 0
    days: int = 0


Value = bool | int | date | Period | str | Special


@dataclass(frozen=True)
class Type:
    """`base` is one of the words below, an enumeration's name, or a collection's element name.

    `special` are the special values a value of this type may also be. A `table` has `base` as the type of its entries
    and `keyed_by`, the enumeration of its keys.
    """

    base: str
    special: frozenset[str] = frozenset()
    keyed_by: str | None = None

    def plain(self) -> Type:
        """The same type once its special values have been ruled out."""
        return Type(self.base, frozenset(), self.keyed_by)

    def __str__(self) -> str:
        words = " or ".join([self.base, *sorted(self.special)])
        return f"table of {words} by {self.keyed_by}" if self.keyed_by else words


YES_NO, NUMBER, DAY, PERIOD, TEXT = (Type(b) for b in ("yes/no", "number", "day", "period", "text"))
BUILT_IN = frozenset({"yes/no", "number", "day", "period", "text"})


@dataclass(frozen=True)
class Text:
    """A sentence in both languages."""

    zh: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class EnumValue:
    """A value of an enumeration. `written` is its form in cases and output (a string, or canonical JSON of a mapping)."""

    name: str
    written: str
    title: Text
    also: tuple[str, ...] = ()
    answer_only: bool = False
    source: Text | None = None


@dataclass(frozen=True)
class Enumeration:
    """A finite type. `ordered`: values are listed from least to greatest and may be compared."""

    name: str
    values: tuple[EnumValue, ...]
    ordered: bool = False
    provision: str = ""
    by_name: Mapping[str, EnumValue] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {value.name: value for value in self.values})

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(value.name for value in self.values)

    def index(self, name: str) -> int:
        return self.names.index(name)
