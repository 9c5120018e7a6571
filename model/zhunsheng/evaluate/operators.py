"""What the operators and functions of the language do to values. Nothing here looks at a case.

A special value such as `none` has no order and no arithmetic. The typing lets one come there only beside a guard that
fails (`v.on == first_day(v) and v.on <= day`, `first_day` failing): then the guard's failures are the whole story, and
the operator adds none (`UNDECIDED`).
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from zhunsheng.evaluate.days import Reach, day_of, is_workday, moved, workdays_after
from zhunsheng.lang.outcome import Failed, Failure, FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Period, Special, Type

UNDECIDED = Failed(frozenset())
OUT_OF_REACH = Failed(frozenset({Failure(FailureKind.NO_DATA, "horizon")}))
ORDER = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def fails(kind: FailureKind, name: str, detail: str = "") -> Failed:
    return Failed(frozenset({Failure(kind, name, detail)}))


def joined(outcomes: Iterable[Any]) -> Failed | None:
    """All failures among these outcomes. None if every one is a value."""
    failed = [outcome.failures for outcome in outcomes if isinstance(outcome, Failed)]
    return Failed(frozenset().union(*failed)) if failed else None


def failing(*outcomes: Any) -> Failed:
    """All failures among outcomes of which some fail."""
    return joined(outcomes) or UNDECIDED


def compared(op: str, left: Any, right: Any, type_: Type, pack: Pack) -> bool | Failed:
    """Equality of any two values; order of numbers, of days, and of enumeration values by their position in `type_`."""
    if isinstance(left, Failed) or isinstance(right, Failed):
        return failing(left, right)
    if op == "==":
        return bool(left == right)
    if op == "!=":
        return bool(left != right)
    if isinstance(left, Special) or isinstance(right, Special):
        return UNDECIDED
    if isinstance(left, str):
        positions = pack.enumerations[type_.base].names
        left, right = positions.index(left), positions.index(right)
    return bool(ORDER[op](left, right))


def calculated(op: str, left: Any, right: Any, reach: Reach) -> int | date | Failed:
    """Numbers, a day and a period, two days. A day out of reach is missing data of the `horizon`."""
    if isinstance(left, Failed) or isinstance(right, Failed):
        return failing(left, right)
    if isinstance(left, Special) or isinstance(right, Special):
        return UNDECIDED
    match op, right:
        case "+" | "-", Period():
            return reach.within(moved(left, right, 1 if op == "+" else -1)) or OUT_OF_REACH
        case "-", date():
            days: int = (left - right).days
            return days
    numbers: dict[str, int] = {"+": left + right, "-": left - right, "*": left * right}
    return numbers[op]


def applied(name: str, args: Sequence[Any], pack: Pack, reach: Reach) -> int | date | Failed:
    """The built-in functions. A year that a table of working days lacks is missing data of that table."""
    if failed := joined(args):
        return failed
    if any(isinstance(arg, Special) for arg in args):
        return UNDECIDED
    match name, args:
        case "min" | "max", _:
            least_or_greatest: int | date = min(args) if name == "min" else max(args)
            return least_or_greatest
        case "year", [date() as day]:
            return day.year
        case "date", [year, month, number]:
            return reach.within(day_of(year, month, number)) or OUT_OF_REACH
        case "is_workday", [day, table]:
            worked = is_workday(pack.calendars[table], day)
            return fails(FailureKind.NO_DATA, table, str(day.year)) if worked is None else worked
        case "workdays_after", [day, number, table]:
            after = workdays_after(pack.calendars[table], day, number)
            return fails(FailureKind.NO_DATA, table, str(after)) if isinstance(after, int) else after
    raise ValueError(f"the language has no function {name} of {len(args)} values")
