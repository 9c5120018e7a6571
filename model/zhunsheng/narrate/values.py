"""Values: as files write them, and as people say them."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Enumeration, EnumValue, Period, Special, Text, Type, Value
from zhunsheng.narrate.numerals import chinese_amount

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NONE_TITLE = Text("无", "none")
YES, NO = Text("是", "yes"), Text("否", "no")
STEMS = "甲乙丙丁戊己庚辛壬癸"
"""How Chinese texts number people and things of which no name is known."""
MADE_UP = re.compile(r"\?([0-9]+)")
FAILURES = {
    FailureKind.GAP: Text("条文未作规定", "the text does not say"),
    FailureKind.CONFLICT: Text("条文相互冲突", "the text contradicts itself"),
    FailureKind.NO_DATA: Text("数据不足", "data are lacking"),
}
STATUSES = {
    "determined": Text("已确定", "determined"),
    "open": Text("尚不能确定", "open"),
    "gap": FAILURES[FailureKind.GAP],
    "conflict": FAILURES[FailureKind.CONFLICT],
    "no_data": FAILURES[FailureKind.NO_DATA],
    "unlawful_choice": Text("所作选择超出法定范围", "the choice made is not a lawful one"),
    "not_shown": Text("未能算出", "not shown"),
}


# -- as files write them


def written(pack: Pack, value: Value, type_: Type) -> Any:
    """What JSON and case files hold: a truth value, a number, a text (days in ISO form), or a mapping."""
    match value:
        case bool() | int():
            return value
        case date():
            return value.isoformat()
        case Period():
            return period_mapping(value)
        case Special():
            return special_written(pack, value)
        case str():
            entry = _entry(pack, value, type_)
            return _unfolded(entry.written) if entry else value


def written_text(pack: Pack, value: Value, type_: Type) -> str:
    """The written form on one line."""
    form = written(pack, value, type_)
    return form if isinstance(form, str) else json.dumps(form, ensure_ascii=False)


def special_written(pack: Pack, value: Special) -> str:
    return pack.specials[value.name][0] if value.name in pack.specials else value.name


def period_mapping(period: Period) -> dict[str, int]:
    """A period as parameters write it: the units that are not nought."""
    units = {"years": period.years, "months": period.months, "days": period.days}
    return {unit: number for unit, number in units.items() if number} or {"days": 0}


def value_of(pack: Pack, text: str, type_: Type) -> Value | None:
    """The value of this type that is written so, or else has this identifier; None if there is none."""
    for special in sorted(type_.special):
        if text in (special, special_written(pack, Special(special))):
            return Special(special)
    if (enumeration := pack.enumerations.get(type_.base)) is not None:
        written_so = next((value.name for value in enumeration.values if _is_written(value, text)), None)
        return written_so or (text if text in enumeration.by_name else None)
    match type_.base:
        case "yes/no":
            return {"true": True, "false": False}.get(text.lower())
        case "number":
            return int(text) if text.removeprefix("-").isdecimal() else None
        case "day":
            return _day(text)
        case "text":
            return text
        case _:
            return None


# -- as people say them


def spoken(pack: Pack, value: Value, type_: Type, lang: str) -> str:
    """A value as people say it. Texts are names."""
    match value:
        case bool():
            return (YES if value else NO)[lang]
        case int():
            return str(value)
        case date():
            return spoken_day(value, lang)
        case Period():
            return spoken_period(value, lang)
        case Special():
            return special_title(pack, value.name)[lang]
        case str() if type_.base.startswith("reading "):
            return _option(pack, value, type_)[lang]
        case str():
            entry = _entry(pack, value, type_)
            return entry.title[lang] if entry else spoken_name(value, lang)


def spoken_name(name: str, lang: str) -> str:
    """A name as it stands; one that a search made up (`?0`, `?1`, …) as one that nobody knows: 某甲, 某乙; no. 1, no. 2."""
    made_up = MADE_UP.fullmatch(name)
    if made_up is None:
        return name
    number = int(made_up[1])
    if lang == "zh":
        return f"某{STEMS[number]}" if number < len(STEMS) else f"某{number + 1}"
    return f"no. {number + 1}"


def spoken_written(pack: Pack, text: str, type_: Type | None, lang: str) -> str:
    """A value given in its written form, as people say it; a form that is not known stands as it is."""
    value = value_of(pack, text, type_) if type_ is not None else None
    if value is None or type_ is None:
        return (YES if text == "true" else NO)[lang] if text in ("true", "false") else text
    return spoken(pack, value, type_, lang)


def spoken_day(day: date, lang: str) -> str:
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def spoken_period(period: Period, lang: str) -> str:
    """一年, 六个月, 30日; one year, 6 months, 30 days."""
    amounts = [(period.years, "年", "year"), (period.months, "个月", "month"), (period.days, "日", "day")]
    given = [amount for amount in amounts if amount[0]] or [amounts[2]]
    if lang == "zh":
        return "零".join(f"{chinese_amount(n) if n <= 10 else n}{unit}" for n, unit, _ in given)
    return " and ".join(f"{'one' if n == 1 else n} {unit}{'' if n == 1 else 's'}" for n, _, unit in given)


def spoken_days(number: int, lang: str) -> str:
    """A number of days."""
    if lang == "zh":
        return f"{number}天"
    return f"{number} day{'' if abs(number) == 1 else 's'}"


def failure(kind: FailureKind, lang: str) -> str:
    """A failure in words."""
    return FAILURES[kind][lang]


def status(word: str, lang: str) -> str:
    """A status (its word in JSON) in words."""
    return STATUSES[word][lang]


def special_title(pack: Pack, name: str) -> Text:
    if name in pack.specials:
        return pack.specials[name][1]
    return NONE_TITLE if name == "none" else Text(name, name)


def either(items: list[str], lang: str) -> str:
    """甲、乙或丙; a, b or c."""
    return _joined(items, "、" if lang == "zh" else ", ", "或" if lang == "zh" else " or ")


def both(items: list[str], lang: str) -> str:
    """甲、乙和丙; a, b and c."""
    return _joined(items, "、" if lang == "zh" else ", ", "和" if lang == "zh" else " and ")


def _joined(items: list[str], comma: str, last: str) -> str:
    return items[0] if len(items) == 1 else comma.join(items[:-1]) + last + items[-1] if items else ""


def _entry(pack: Pack, name: str, type_: Type) -> EnumValue | None:
    enumeration: Enumeration | None = pack.enumerations.get(type_.base)
    return enumeration.by_name.get(name) if enumeration else None


def _option(pack: Pack, name: str, type_: Type) -> Text:
    return pack.readings[type_.base.removeprefix("reading ")].option(name).says


def _is_written(value: EnumValue, text: str) -> bool:
    return text == value.written or (text.startswith("{") and _unfolded(text) == _unfolded(value.written))


def _unfolded(form: str) -> Any:
    """A written form that is a mapping is kept as JSON."""
    if not form.startswith("{"):
        return form
    try:
        return json.loads(form)
    except ValueError:
        return form


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
