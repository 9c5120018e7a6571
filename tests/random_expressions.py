"""Random typed expressions and cases over one small vocabulary, for comparing meanings with each other.

No part of an expression fails, save that two elements with one key may clash in a `latest`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from building import define, listing, rule, tiny_pack
from zhunsheng.lang.types import NONE, Period

LEVELS = ("low", "mid", "high", "top")
COLOURS = ("red", "green", "blue")
LIMIT, START, TERM = 3, date(2019, 2, 28), (0, 7, 3)

PACK = tiny_pack(
    horizon=(date(1950, 1, 1), date(2100, 12, 31)),
    enumerations={"level": " ".join(LEVELS), "colour": " ".join(COLOURS)},
    unordered=["colour"],
    facts={
        "today": "day", "n": "number", "flag": "yes/no", "mood": "colour",
        "filing or none": {"on": "day", "goal": "level", "size": "number", "urgent": "yes/no"},
    },
    collections={
        "items": ("item", {
            "size": "number", "on": "day", "back": "day or none", "level": "level", "colour": "colour",
            "flag": "yes/no", "marks": "table of level by colour",
        }),
        "visits": ("visit", {"size": "number", "on": "day", "from": "day"}),
    },
    parameters={"limit": LIMIT, "start": START, "term": Period(*TERM)},
    readings={"manner": "strict loose"},
    definitions=[
        define("item.heavy", "yes/no", rule("big", "item.size > limit", "True"), otherwise="False"),
        define("later", "day", rule("always", "True", "d + term"), parameters={"d": "day"}),
        define(
            "rank", "number", *[rule(f"is-{level}", f"l == {level}", str(place)) for place, level in enumerate(LEVELS)],
            parameters={"l": "level"},
        ),
    ],
)  # fmt: skip


class Writer:
    """Writes a random well-typed expression. `seen` are the variables in scope: name -> collection or enumeration."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.fresh = 0

    def one_of(self, *options: Callable[[], str]) -> str:
        return options[self.draw(st.integers(0, len(options) - 1))]()

    def words(self, options: tuple[str, ...]) -> str:
        return self.draw(st.sampled_from(options))

    def yes_no(self, depth: int, seen: dict[str, str]) -> str:
        leaves = [
            lambda: self.words(("True", "False", "flag", "manner == strict", "manner != loose")),
            lambda: self.words(("mood != red", "filing == none")),
            lambda: f"mood {self.words(('in', 'not in'))} (red, {self.words(COLOURS)})",
            *self._item_truths(seen),
        ]
        if depth == 0:
            return self.one_of(*leaves)
        yes_no, number, day, level = self._smaller(depth, seen)
        order = partial(self.words, ("<", "<=", ">", ">=", "==", "!="))
        items = self._of(seen, "items")
        return self.one_of(
            *leaves,
            lambda: f"not ({yes_no()})",
            lambda: f"({yes_no()}) and ({yes_no()}) and ({yes_no()})",
            lambda: f"({yes_no()}) or ({yes_no()})",
            lambda: f"({yes_no()}) == ({yes_no()})",
            lambda: f"({yes_no()}) if ({yes_no()}) else ({yes_no()})",
            lambda: f"({number()}) {order()} ({number()})",
            lambda: f"({number()}) {order()} ({number()}) {order()} ({number()})",
            lambda: f"({day()}) {order()} ({day()})",
            lambda: f"({day()}) <= ({day()}) < ({day()})",
            lambda: f"({level()}) {order()} ({level()})",
            lambda: f"({level()}) {order()} {self.words(LEVELS)}",
            lambda: f"{self.words(LEVELS)} {order()} ({level()})",
            lambda: f"({level()}) in (low, {self.words(LEVELS)})",
            lambda: f"filing != none and filing.on {order()} ({day()})",
            lambda: f"filing == none or filing.urgent or ({number()}) > filing.size",
            lambda: self.quantified(depth, seen),
            lambda: self.counted(depth, seen),
            *[lambda name=name: f"{name}.back != none and {name}.back {order()} ({day()})" for name in items],
            *[lambda name=name: f"{name}.back == none or {name}.back > ({day()})" for name in items],
            *[lambda name=name: f"{name}.back == ({day()})" for name in items],
        )

    def number(self, depth: int, seen: dict[str, str]) -> str:
        fields = [f"{name}.size" for name in (*self._of(seen, "items"), *self._of(seen, "visits"))]
        leaves = [lambda: self.words(("n", "limit", "2", "-1", "0", "7", *fields))]
        if depth == 0:
            return self.one_of(*leaves)
        yes_no, number, day, level = self._smaller(depth, seen)
        return self.one_of(
            *leaves,
            lambda: f"({number()}) {self.words(('+', '-'))} ({number()})",
            lambda: f"3 * ({number()})",
            lambda: f"({number()}) * limit",
            lambda: f"({day()}) - ({day()})",
            lambda: f"year({day()})",
            lambda: f"{self.words(('min', 'max'))}(({number()}), ({number()}), ({number()}))",
            lambda: f"({number()}) if ({yes_no()}) else ({number()})",
            lambda: f"filing.size if filing != none else ({number()})",
            lambda: f"rank({level()})",
            lambda: self.extreme(self.number, depth, seen),
            lambda: self.keyed(self.number, depth, seen),
        )

    def day(self, depth: int, seen: dict[str, str]) -> str:
        fields = [f"{name}.on" for name in (*self._of(seen, "items"), *self._of(seen, "visits"))]
        fields += [f"{name}.from_" for name in self._of(seen, "visits")]
        leaves = [lambda: self.words(("today", "start", "date(2024, 2, 29)", "date(2023, 12, 31)", *fields))]
        if depth == 0:
            return self.one_of(*leaves)
        yes_no, _, day, _ = self._smaller(depth, seen)
        return self.one_of(
            *leaves,
            lambda: f"({day()}) {self.words(('+', '-'))} {self.period()}",
            lambda: f"({day()}) {self.words(('+', '-'))} {self.period()}",
            lambda: f"{self.words(('min', 'max'))}(({day()}), ({day()}))",
            lambda: f"({day()}) if ({yes_no()}) else ({day()})",
            lambda: f"date(year({day()}), {self.words(('2', '4', '12'))}, {self.words(('1', '29', '31'))})",
            lambda: f"later({day()})",
            lambda: self.extreme(self.day, depth, seen),
            lambda: self.keyed(self.day, depth, seen),
            *[
                lambda name=name: f"{name}.back if {name}.back != none else ({day()})"
                for name in self._of(seen, "items")
            ],
        )

    def period(self) -> str:
        spans = ("years(1)", "years(3)", "months(1)", "months(11)", "months(18)", "days(30)", "days(1)", "term")
        return self.words(spans)

    def level(self, depth: int, seen: dict[str, str]) -> str:
        items, colours = self._of(seen, "items"), self._of(seen, "colour")
        found = [f"{name}.level" for name in items] + [f"{name}.marks.{colour}" for name in items for colour in COLOURS]
        found += [f"{name}.marks[{colour}]" for name in items for colour in colours] + self._of(seen, "level")
        if found and (depth == 0 or self.draw(st.booleans())):
            return self.words(tuple(found))
        if depth == 0:
            return f"highest(((x.size, x.level) for x in items if x.size > 99), default={self.words(LEVELS)})"
        yes_no, _, _, level = self._smaller(depth, seen)
        return self.one_of(
            lambda: f"({level()}) if ({yes_no()}) else ({level()})",
            lambda: self.keyed(self.level, depth, seen, default=self.words(LEVELS)),
        )

    # -- aggregates

    def quantified(self, depth: int, seen: dict[str, str]) -> str:
        loops, inner = self.loops(depth, seen)
        return f"{self.words(('any', 'all'))}(({self.yes_no(depth - 1, inner)}) {loops})"

    def counted(self, depth: int, seen: dict[str, str]) -> str:
        loops, inner = self.loops(depth, seen)
        bound = self.words(("0", "1", "2", "limit"))
        return f"count({list(inner)[-1]} {loops}) {self.words(('>=', '<', '=='))} {bound}"

    def extreme(self, write: Callable[[int, dict[str, str]], str], depth: int, seen: dict[str, str]) -> str:
        loops, inner = self.loops(depth, seen)
        body, default = write(depth - 1, inner), write(depth - 1, seen)
        return f"{self.words(('min', 'max'))}((({body}) {loops}), default=({default}))"

    def keyed(
        self, write: Callable[[int, dict[str, str]], str], depth: int, seen: dict[str, str], default: str = ""
    ) -> str:
        """Over one list, its days being different: two with one key and different values would be a conflict."""
        loops, inner = self.loops(depth, seen, only_lists=True)
        name = list(inner)[-1]
        key = self.words((f"{name}.on", f"{name}.on - today", f"{name}.on + days(30)"))
        pick = self.words(("latest", "earliest", "highest", "lowest"))
        default = default or f"({write(depth - 1, seen)})"
        return f"{pick}((({key}, ({write(depth - 1, inner)})) {loops}), default={default})"

    def loops(self, depth: int, seen: dict[str, str], only_lists: bool = False) -> tuple[str, dict[str, str]]:
        """`for x in items if …`, once or twice, and the variables it binds."""
        inner, text = dict(seen), []
        for _ in range(1 if only_lists else self.draw(st.integers(1, 2))):
            over = self.words(("items", "visits") if only_lists else ("items", "items", "visits", "colour", "level"))
            self.fresh += 1
            inner[f"v{self.fresh}"] = over
            text.append(f"for v{self.fresh} in {over}")
            if self.draw(st.booleans()):
                text.append(f"if ({self.yes_no(depth - 1, inner)})")
        return " ".join(text), inner

    def _smaller(self, depth: int, seen: dict[str, str]) -> tuple[Callable[[], str], ...]:
        """Writers of a yes/no, a number, a day and a level, one step less deep."""
        return tuple(partial(write, depth - 1, seen) for write in (self.yes_no, self.number, self.day, self.level))

    def _of(self, seen: dict[str, str], kind: str) -> list[str]:
        return [name for name, over in seen.items() if over == kind]

    def _item_truths(self, seen: dict[str, str]) -> list[Callable[[], str]]:
        items, colours = self._of(seen, "items"), self._of(seen, "colour")
        found = [f"{name}.{part}" for name in items for part in ("flag", "heavy", "back == none", "colour == mood")]
        found += [f"{name}.colour == {colour}" for name in items for colour in colours]
        found += [f"{name} == mood" for name in colours]
        return [lambda: self.words(tuple(found))] if found else []


DAYS = st.one_of(
    st.dates(date(2000, 1, 1), date(2040, 12, 31)),
    st.sampled_from([date(2024, 2, 29), date(2023, 2, 28), date(2024, 1, 31), date(2023, 12, 31), date(2028, 2, 29)]),
)
SIZES = st.integers(-5, 9)


@st.composite
def cases(draw: st.DrawFn) -> SimpleNamespace:
    level, colour = st.sampled_from(LEVELS), st.sampled_from(COLOURS)
    item = st.fixed_dictionaries({
        "size": SIZES, "on": DAYS, "back": st.one_of(st.just(NONE), DAYS), "level": level, "colour": colour,
        "flag": st.booleans(), "marks": st.fixed_dictionaries(dict.fromkeys(COLOURS, level)),
    })  # fmt: skip
    visit = st.fixed_dictionaries({"size": SIZES, "on": DAYS, "from": DAYS})
    filing = st.fixed_dictionaries({"on": DAYS, "goal": level, "size": SIZES, "urgent": st.booleans()})
    return SimpleNamespace(
        today=draw(DAYS), n=draw(SIZES), flag=draw(st.booleans()), mood=draw(colour),
        filing=draw(st.one_of(st.just(NONE), filing)), manner=draw(st.sampled_from(["strict", "loose"])),
        items=draw(st.lists(item, max_size=3, unique_by=lambda entry: entry["on"])),
        visits=draw(st.lists(visit, max_size=2, unique_by=lambda entry: entry["on"])),
    )  # fmt: skip


@st.composite
def expressions(draw: st.DrawFn) -> tuple[str, str]:
    type_ = draw(st.sampled_from(["yes/no", "yes/no", "number", "day", "level"]))
    writer = Writer(draw)
    write = {"yes/no": writer.yes_no, "number": writer.number, "day": writer.day, "level": writer.level}[type_]
    text = write(draw(st.integers(1, 3)), {})
    assume(len(text) < 4000)
    return text, type_


def facts_of(case: SimpleNamespace) -> dict[str, Any]:
    """The case as `Run` takes it."""
    return {
        "today": case.today, "n": case.n, "flag": case.flag, "mood": case.mood, "filing": case.filing,
        "items": listing(*case.items), "visits": listing(*case.visits),
    }  # fmt: skip
