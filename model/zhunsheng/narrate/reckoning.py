"""Days, periods and numbers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhunsheng.lang import expr as e
from zhunsheng.lang.types import Period
from zhunsheng.narrate import nouns, phrases, values
from zhunsheng.narrate.comparing import is_days
from zhunsheng.narrate.phrases import fill

if TYPE_CHECKING:
    from zhunsheng.narrate.prose import Prose


def arithmetic(say: Prose, expr: e.Arith) -> str:
    """A sum, a difference or a product; a day before or after another."""
    if is_days(expr):
        return fill(phrases.DAYS_BETWEEN, say.lang, a=say.value(expr.left), b=say.value(expr.right))
    if expr.left.type.base == "day":
        return _shifted(say, expr)
    phrase = {"+": phrases.SUM, "-": phrases.DIFFERENCE, "*": phrases.PRODUCT}[expr.op]
    return fill(phrase, say.lang, a=_operand(say, expr.left), b=_operand(say, expr.right))


def function(say: Prose, expr: e.Function) -> str:
    """A built-in function as a noun phrase."""
    match expr.name:
        case "year":
            return fill(phrases.YEAR, say.lang, day=say.value(expr.args[0]))
        case "date":
            return _date(say, expr)
        case "workdays_after":
            day, number = say.value(expr.args[0]), _constant(say, expr.args[1])
            said = fill(phrases.WORKDAY_AFTER, say.lang, day=day, n=number)
            return said + _table(say, expr.args[2])
        case "is_workday":
            return fill(phrases.TRUTH, say.lang, what=workday(say, expr, True))
        case _:
            items = values.both([say.value(arg) for arg in expr.args], say.lang)
            return fill(phrases.PICKED[expr.name, expr.type.base], say.lang, items=items)


def workday(say: Prose, expr: e.Function, truth: bool) -> str:
    """`is_workday`, or its opposite."""
    return fill(phrases.WORKDAY[truth], say.lang, day=say.value(expr.args[0])) + _table(say, expr.args[1])


def _table(say: Prose, table: e.Expr) -> str:
    """The table of working days, where it is not the pack's first."""
    if not isinstance(table, e.Literal) or table.value == next(iter(say.pack.calendars), None):
        return ""
    return fill(phrases.BY_TABLE, say.lang, table=nouns.calendar(say.pack, str(table.value), say.lang))


def _shifted(say: Prose, expr: e.Arith) -> str:
    """A day before or after another by a period."""
    day, later = say.value(expr.left), expr.op == "+"
    if not (isinstance(expr.right, e.Literal) and isinstance(expr.right.value, Period)):
        phrase = phrases.NAMED_PERIOD_AFTER if later else phrases.NAMED_PERIOD_BEFORE
        return fill(phrase, say.lang, day=day, period=say.value(expr.right))
    period = expr.right.value
    if period.years or period.months:
        phrase = phrases.PERIOD_AFTER if later else phrases.PERIOD_BEFORE
        return fill(phrase, say.lang, day=day, period=values.spoken_period(period, say.lang))
    if period.days == 1:
        return fill(phrases.NEXT_DAY if later else phrases.DAY_BEFORE, say.lang, day=day)
    return fill(phrases.DAYS_AFTER if later else phrases.DAYS_BEFORE, say.lang, day=day, n=period.days)


def _date(say: Prose, expr: e.Function) -> str:
    year, month, day = expr.args
    numbers = [_constant(say, part) for part in (month, day)]
    if None in numbers:
        parts = {"month": say.value(month), "day": say.value(day)}
        return fill(phrases.DATE_FROM, say.lang, year=_operand(say, year), **parts)
    names = [str(number) for number in numbers]
    if say.lang == "en":
        names[0] = values.MONTHS[int(names[0]) - 1]
    return fill(phrases.DATE_IN_YEAR, say.lang, year=_operand(say, year), month=names[0], day=names[1])


def _constant(say: Prose, expr: e.Expr) -> int | None:
    """The number itself, where a literal or a parameter gives it."""
    value = say.pack.parameters[expr.name].value if isinstance(expr, e.Parameter) else getattr(expr, "value", None)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _operand(say: Prose, expr: e.Expr) -> str:
    said = say.value(expr)
    return fill(phrases.BRACKETS, say.lang, inner=said) if isinstance(expr, e.Arith) and not is_days(expr) else said
