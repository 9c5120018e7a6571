"""CPython as the referee: expressions of which no part fails mean what Python says they mean.

Random typed expressions are read and evaluated by us, and as they stand by CPython's own `eval`, over plain objects,
`datetime.date`, and a period written apart from ours.
"""

from __future__ import annotations

import os
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import event, given, settings

from building import read
from random_expressions import COLOURS, LEVELS, LIMIT, PACK, START, TERM, cases, expressions, facts_of
from zhunsheng.evaluate import Run
from zhunsheng.lang.types import NONE

EXAMPLES = 10_000 if os.environ.get("ALL") else 1_000


# -- the language in plain Python


@dataclass(frozen=True, order=True)
class Level:
    place: int


class Marks(dict[str, Level]):
    __getattr__ = dict.__getitem__


class Day(date):
    """A day of `datetime`, save that two days differ by a number of days."""

    def __sub__(self, other: Any) -> Any:
        return (date.toordinal(self) - date.toordinal(other)) if isinstance(other, date) else NotImplemented


@dataclass(frozen=True)
class Span:
    """A period: months one at a time, then days."""

    months: int
    days: int

    def __radd__(self, day: date) -> date:
        return self._walk(day, 1)

    def __rsub__(self, day: date) -> date:
        return self._walk(day, -1)

    def _walk(self, day: date, step: int) -> date:
        year, month = day.year, day.month
        for _ in range(self.months):
            month += step
            if month in (0, 13):
                year, month = year + step, 12 if month == 0 else 1
        walked = at_most_last(year, month, day.day)
        return as_day(date(walked.year, walked.month, walked.day) + timedelta(days=step * self.days))


class TiedError(Exception):
    pass


def at_most_last(year: int, month: int, number: int) -> Day:
    return Day(year, month, number if number <= monthrange(year, month)[1] else monthrange(year, month)[1])


def as_day(day: date) -> Day:
    return Day(day.year, day.month, day.day)


def winner(better: Callable[[Any, Any], bool]) -> Callable[..., Any]:
    def pick(pairs: Any, default: Any) -> Any:
        best: list[Any] = []
        for key, value in pairs:
            if not best or better(key, best[0]):
                best = [key, {value}]
            elif key == best[0]:
                best[1].add(value)
        if best and len(best[1]) > 1:
            raise TiedError
        return next(iter(best[1])) if best else default

    return pick


def plain_python(case: SimpleNamespace) -> dict[str, Any]:
    none = object()
    levels = {name: Level(place) for place, name in enumerate(LEVELS)}

    def item(entry: dict[str, Any]) -> SimpleNamespace:
        special = {
            "on": as_day(entry["on"]),
            "back": none if entry["back"] is NONE else as_day(entry["back"]),
            "level": levels[entry["level"]],
            "marks": Marks({colour: levels[level] for colour, level in entry["marks"].items()}),
            "heavy": entry["size"] > LIMIT,
        }
        return SimpleNamespace(**{**entry, **special})

    filing = none
    if case.filing is not NONE:
        filing = SimpleNamespace(
            **{**case.filing, "goal": levels[case.filing["goal"]], "on": as_day(case.filing["on"])}
        )
    return {
        **levels, **{colour: colour for colour in COLOURS}, "level": list(levels.values()), "colour": COLOURS,
        "none": none, "today": as_day(case.today), "n": case.n, "flag": case.flag, "mood": case.mood, "filing": filing,
        "items": [item(entry) for entry in case.items],
        "visits": [SimpleNamespace(size=v["size"], on=as_day(v["on"]), from_=as_day(v["from"])) for v in case.visits],
        "limit": LIMIT, "start": as_day(START), "term": Span(12 * TERM[0] + TERM[1], TERM[2]),
        "manner": case.manner, "strict": "strict", "loose": "loose",
        "later": lambda day: Span(12 * TERM[0] + TERM[1], TERM[2]).__radd__(day),
        "rank": lambda level: level.place,
        "date": at_most_last, "year": lambda day: day.year,
        "years": lambda n: Span(12 * n, 0), "months": lambda n: Span(n, 0), "days": lambda n: Span(0, n),
        "count": lambda found: sum(1 for _ in found),
        "latest": winner(lambda a, b: a > b), "highest": winner(lambda a, b: a > b),
        "earliest": winner(lambda a, b: a < b), "lowest": winner(lambda a, b: a < b),
    }  # fmt: skip


def ours(text: str, type_: str, case: SimpleNamespace) -> Any:
    return Run(PACK, facts_of(case), {"manner": case.manner}, {}).expression(read(PACK, text, type_))


@settings(max_examples=EXAMPLES, derandomize=True, database=None, deadline=None)
@given(expressions(), cases())
def test_an_expression_of_which_no_part_fails_means_what_cpython_says(
    expression: tuple[str, str], case: SimpleNamespace
) -> None:
    text, type_ = expression
    try:
        theirs = eval(text, plain_python(case))  # noqa: S307 - the referee is Python itself, and the text is ours
    except TiedError:
        event("a part fails: two with the same key")
        return
    event(f"compared: {type_}")

    found = ours(text, type_, case)

    assert found == (LEVELS[theirs.place] if isinstance(theirs, Level) else theirs)
    assert type(found) is (str if isinstance(theirs, Level) else date if isinstance(theirs, Day) else type(theirs))


@pytest.mark.parametrize(
    ("text", "spoiled"),
    [
        ("today + years(1)", "today + days(365)"),
        ("any(x.flag for x in items)", "all(x.flag for x in items)"),
        ("min((x.size for x in items), default=0)", "max((x.size for x in items), default=0)"),
        (
            "latest(((x.on, x.level) for x in items), default=low)",
            "earliest(((x.on, x.level) for x in items), default=low)",
        ),
    ],
)
def test_the_comparison_notices_a_spoiled_meaning(text: str, spoiled: str) -> None:
    marks = dict.fromkeys(COLOURS, "low")
    items = [
        {"size": size, "on": day, "back": NONE, "level": level, "colour": "red", "flag": size > 1, "marks": marks}
        for size, day, level in ((1, date(2020, 1, 1), "mid"), (2, date(2021, 1, 1), "top"))
    ]
    case = SimpleNamespace(
        today=date(2023, 6, 1), n=0, flag=True, mood="red", filing=NONE, manner="strict", items=items, visits=[]
    )
    type_ = {"today": "day", "any": "yes/no", "min": "number", "latest": "level"}[text.split()[0].split("(")[0]]
    theirs = eval(text, plain_python(case))  # noqa: S307 - as above

    assert ours(text, type_, case) == (LEVELS[theirs.place] if isinstance(theirs, Level) else theirs)
    assert ours(spoiled, type_, case) != ours(text, type_, case)
