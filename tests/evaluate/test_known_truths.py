"""Every operator and every rule about failures, one line each: an expression and what it comes to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from building import calendar, define, listing, read, rule, tiny_pack
from zhunsheng.evaluate import Element, Run
from zhunsheng.lang.outcome import Failed, Failure, FailureKind
from zhunsheng.lang.types import NONE, Period, Special

PACK = tiny_pack(
    enumerations={"grade": "D C B A ungraded!", "colour": "red green"},
    unordered=["colour"],
    specials=("none", "flexible"),
    facts={
        "today": "day", "n": "number", "yes": "yes/no", "hue": "colour", "never": "day or none",
        "filing or none": {"on": "day or none", "goal": "grade"}, "form": {"on": "day or none", "goal": "grade"},
        "absent or none": {"on": "day"},
        "scores": "table of grade by colour", "due": "day or none or flexible",
    },
    collections={
        "items": ("item", {
            "size": "number", "on": "day", "back": "day or none", "level": "grade",
            "marks": "table of grade or none by colour",
        }),
        "visits": ("visit", {"size": "number", "on": "day"}),
        "nothings": ("nothing", {"size": "number", "on": "day", "level": "grade"}),
    },
    parameters={"limit": 2, "term": Period(years=1), "start": date(2024, 1, 1)},
    readings={"manner": "strict loose"},
    calendars={"national": calendar("national", [date(2025, 5, 1)], [date(2025, 4, 27)], [2025])},
    definitions=[
        define("gap_yes", "yes/no"),
        define("gap_no", "number"),
        define("clash", "yes/no", rule("one", "True", "True"), rule("two", "yes", "False")),
        define("clash_day", "day", rule("a", "True", "today"), rule("b", "True", "today + days(1)")),
        define("no_day", "day", otherwise="workdays_after(date(2030, 1, 1), 1)"),
        define("item.gap_if_small", "yes/no", rule("large", "item.size > 1", "True")),
        define("item.clash_if_small", "yes/no", rule("p", "True", "True"), rule("q", "item.size <= 1", "False")),
        define("twice", "number", rule("always", "True", "x + x"), parameters={"x": "number"}),
        define("no_whatever", "yes/no", otherwise="False", parameters={"d": "day"}),
        define("yes_whatever", "yes/no", otherwise="True", parameters={"d": "day"}),
        define("maybe", "day or none", otherwise="none"),
    ],
)  # fmt: skip

FACTS: dict[str, Any] = {
    "today": date(2025, 4, 30), "n": 5, "yes": True, "hue": "green", "never": NONE, "due": Special("flexible"),
    "filing": {"on": NONE, "goal": "B"}, "form": {"on": NONE, "goal": "B"}, "absent": NONE,
    "scores": {"red": "A", "green": "C"},
    "items": listing(
        {"size": 1, "on": date(2025, 1, 1), "back": NONE, "level": "B", "marks": {"red": NONE, "green": "A"}},
        {
            "size": 3, "on": date(2025, 2, 1), "back": date(2025, 3, 1), "level": "C",
            "marks": {"red": "D", "green": "B"},
        },
        {"size": 3, "on": date(2025, 3, 1), "back": NONE, "level": "D", "marks": {"red": NONE, "green": NONE}},
    ),
    "visits": listing({"size": 1, "on": date(2025, 1, 1)}, {"size": 2, "on": date(2025, 6, 1)}),
    "nothings": listing(),
}  # fmt: skip

GAP_YES = Failure(FailureKind.GAP, "gap_yes")
GAP_NO = Failure(FailureKind.GAP, "gap_no")
CLASH = Failure(FailureKind.CONFLICT, "clash", "one | two")
CLASH_DAY = Failure(FailureKind.CONFLICT, "clash_day", "a | b")
NO_2030 = Failure(FailureKind.NO_DATA, "national", "2030")
SMALL_GAP = Failure(FailureKind.GAP, "item.gap_if_small")
SMALL_CLASH = Failure(FailureKind.CONFLICT, "item.clash_if_small", "p | q")


def gap(name: str) -> Failure:
    return Failure(FailureKind.GAP, name)


VALUES: list[tuple[str, str, Any]] = [
    # literals, names, fields
    ("True", "yes/no", True),
    ("-3", "number", -3),
    ("date(2024, 2, 29)", "day", date(2024, 2, 29)),
    ("B", "grade", "B"),
    ("none", "day or none", NONE),
    ("flexible", "day or none or flexible", Special("flexible")),
    ("limit", "number", 2),
    ("start", "day", date(2024, 1, 1)),
    ("form.goal", "grade", "B"),
    ("scores.red", "grade", "A"),
    ("twice(n)", "number", 10),
    # truth
    ("not yes", "yes/no", False),
    ("yes and False", "yes/no", False),
    ("yes and True and n == 5", "yes/no", True),
    ("False or not yes", "yes/no", False),
    ("False or yes", "yes/no", True),
    # comparison
    ("1 < n < 6", "yes/no", True),
    ("1 < n < 5", "yes/no", False),
    ("6 > n >= 5", "yes/no", True),
    ("n != 5", "yes/no", False),
    ("n in (1, 5)", "yes/no", True),
    ("n not in (1, 5)", "yes/no", False),
    ("hue == green", "yes/no", True),
    ("hue in (red, red)", "yes/no", False),
    ("manner == strict", "yes/no", True),
    ("form.goal < A", "yes/no", True),
    ("form.goal > C", "yes/no", True),
    ("form.goal <= B", "yes/no", True),
    ("form.goal >= A", "yes/no", False),
    ("form.goal < ungraded", "yes/no", True),
    ("start <= today", "yes/no", True),
    ("yes == (n == 5)", "yes/no", True),
    # special values equal themselves and nothing else
    ("never == none", "yes/no", True),
    ("never != none", "yes/no", False),
    ("never == today", "yes/no", False),
    ("never != today", "yes/no", True),
    ("never == form.on", "yes/no", True),
    ("due == none", "yes/no", False),
    ("due == flexible", "yes/no", True),
    ("due == never", "yes/no", False),
    ("maybe == none", "yes/no", True),
    ("filing != none", "yes/no", True),
    ("absent == none", "yes/no", True),
    ("absent != none and absent.on <= today", "yes/no", False),
    ("absent == none or absent.on <= today", "yes/no", True),
    ("absent.on if absent != none else start", "day", date(2024, 1, 1)),
    ("never != none and never <= today", "yes/no", False),
    # arithmetic
    ("n + 2", "number", 7),
    ("n - 7", "number", -2),
    ("3 * n", "number", 15),
    ("n * limit", "number", 10),
    ("today - start", "number", 485),
    ("start - today", "number", -485),
    ("today + days(1)", "day", date(2025, 5, 1)),
    ("today - months(2)", "day", date(2025, 2, 28)),
    ("today + term", "day", date(2026, 4, 30)),
    ("year(today)", "number", 2025),
    ("date(year(today) - 1, 2, 29)", "day", date(2024, 2, 29)),
    ("date(year(today), 2, 29)", "day", date(2025, 2, 28)),
    ("min(n, 3, 4)", "number", 3),
    ("max(today, start)", "day", date(2025, 4, 30)),
    # choice of a branch
    ("1 if yes else 2", "number", 1),
    ("1 if not yes else 2", "number", 2),
    # aggregates
    ("any(x.size == 3 for x in items)", "yes/no", True),
    ("any(x.size == 3 for x in items if x.level == A)", "yes/no", False),
    ("all(x.size >= 1 for x in items)", "yes/no", True),
    ("all(x.size == 3 for x in items)", "yes/no", False),
    ("all(x.size == 3 for x in items if x.level != B)", "yes/no", True),
    ("any(True for x in nothings)", "yes/no", False),
    ("all(False for x in nothings)", "yes/no", True),
    ("any(x.on == v.on for x in items for v in visits)", "yes/no", True),
    ("any(x.on == v.on for x in items if x.size > 1 for v in visits)", "yes/no", False),
    ("all(any(x.on <= v.on for x in items) for v in visits)", "yes/no", True),
    ("any(x.size != y.size for x in visits for y in visits)", "yes/no", True),
    ("count(x for x in items) == 3", "yes/no", True),
    ("count(x for x in items if x.size == 3) >= 2", "yes/no", True),
    ("count(x for x in items if x.size == 3) >= limit", "yes/no", True),
    ("count(x for x in items if x.size == 3) > 2", "yes/no", False),
    ("count(x for x in items for v in visits if x.on <= v.on) == 4", "yes/no", True),
    ("min(x.size for x in items)", "number", 1),
    ("max(x.on for x in items)", "day", date(2025, 3, 1)),
    ("min((x.size for x in nothings), default=n)", "number", 5),
    ("max((x.on for x in items if x.size > 9), default=none)", "day or none", NONE),
    ("latest((x.on, x.level) for x in items)", "grade", "D"),
    ("earliest((x.on, x.level) for x in items)", "grade", "B"),
    ("latest(((x.on, x.level) for x in nothings), default=C)", "grade", "C"),
    ("lowest((x.size, x.level) for x in items)", "grade", "B"),
    ("highest((x.size, n) for x in items)", "number", 5),
    ("latest((x.on, x.back) for x in items if x.size == 3)", "day or none", NONE),
    ("max(x.back for x in items if x.back != none)", "day", date(2025, 3, 1)),
    # aggregates over an enumeration: every value, those only an answer may have too
    ("count(g for g in grade) == 5", "yes/no", True),
    ("any(g == ungraded for g in grade)", "yes/no", True),
    ("all(scores[c] >= C for c in colour)", "yes/no", True),
    ("any(scores[c] == C and c == red for c in colour)", "yes/no", False),
    ("count(c for x in items for c in colour if x.marks[c] == none) == 3", "yes/no", True),
    ("any(x.marks.red == D for x in items)", "yes/no", True),
    # working days
    ("is_workday(today)", "yes/no", True),
    ("is_workday(date(2025, 5, 1))", "yes/no", False),
    ("is_workday(date(2025, 4, 27))", "yes/no", True),
    ("workdays_after(today, 1)", "day", date(2025, 5, 2)),
    ("workdays_after(today, limit)", "day", date(2025, 5, 5)),
    ("workdays_after(date(2024, 12, 31), 1, national)", "day", date(2025, 1, 1)),
    # a side that decides, decides, though the other fails
    ("gap_yes and not yes", "yes/no", False),
    ("not yes and gap_yes", "yes/no", False),
    ("clash or yes", "yes/no", True),
    ("yes or clash", "yes/no", True),
    ("gap_yes and clash and not yes", "yes/no", False),
    ("any(x.gap_if_small for x in items)", "yes/no", True),
    ("any(x.gap_if_small and x.size > 1 for x in items)", "yes/no", True),
    ("all(not x.gap_if_small for x in items)", "yes/no", False),
    ("any(x.size == 3 for x in items if x.gap_if_small)", "yes/no", True),
    ("any(x.size == 4 for x in items if x.gap_if_small)", "yes/no", False),
    ("any(x.gap_if_small and x.size > 3 for x in items)", "yes/no", False),
    ("all(x.size > 0 for x in items if x.gap_if_small)", "yes/no", True),
    ("all(x.size > 3 for x in items if x.gap_if_small)", "yes/no", False),
    ("any(gap_yes for x in nothings)", "yes/no", False),
    ("1 if yes else gap_no", "number", 1),
    ("n < 5 < gap_no", "yes/no", False),
    ("n in (gap_no, 5)", "yes/no", True),
    # default is looked at only where there is nothing
    ("min((x.size for x in items), default=gap_no)", "number", 1),
    ("latest(((x.on, x.size) for x in items), default=gap_no)", "number", 3),
    # a filter that is false keeps failures out
    ("count(x for x in items if x.size > 1 and x.gap_if_small) == 2", "yes/no", True),
    ("min(twice(x.size) for x in items if x.size > 1)", "number", 6),
]

FAILURES: list[tuple[str, str, set[Failure]]] = [
    ("gap_yes", "yes/no", {GAP_YES}),
    ("clash", "yes/no", {CLASH}),
    ("no_day", "day", {NO_2030}),
    # and, or, not
    ("yes and gap_yes", "yes/no", {GAP_YES}),
    ("gap_yes and yes and clash", "yes/no", {GAP_YES, CLASH}),
    ("clash or not yes or gap_yes", "yes/no", {GAP_YES, CLASH}),
    ("not gap_yes", "yes/no", {GAP_YES}),
    ("1 < gap_no < 4 < n", "yes/no", {GAP_NO}),
    ("n in (1, gap_no)", "yes/no", {GAP_NO}),
    # if looks at its condition and the branch taken
    ("1 if gap_yes else 1", "number", {GAP_YES}),
    ("gap_no if yes else 1", "number", {GAP_NO}),
    ("gap_no if clash else 1", "number", {CLASH}),
    # everything else fails when a part fails, and keeps every failure
    ("gap_no + n", "number", {GAP_NO}),
    ("2 * gap_no", "number", {GAP_NO}),
    ("gap_no == gap_no", "yes/no", {GAP_NO}),
    ("gap_no != n", "yes/no", {GAP_NO}),
    ("(today if gap_yes else start) <= clash_day", "yes/no", {GAP_YES, CLASH_DAY}),
    ("clash_day + years(1)", "day", {CLASH_DAY}),
    ("min(n, gap_no, year(clash_day))", "number", {GAP_NO, CLASH_DAY}),
    ("year(no_day)", "number", {NO_2030}),
    ("is_workday(clash_day)", "yes/no", {CLASH_DAY}),
    ("workdays_after(no_day, 3)", "day", {NO_2030}),
    ("date(gap_no, 1, 1)", "day", {GAP_NO}),
    ("twice(gap_no)", "number", {GAP_NO}),
    ("yes_whatever(clash_day)", "yes/no", {CLASH_DAY}),
    # any and all fail only if no element decides
    ("any(x.gap_if_small for x in items if x.size < 3)", "yes/no", {SMALL_GAP}),
    ("all(x.gap_if_small for x in items)", "yes/no", {SMALL_GAP}),
    ("any(x.level == B for x in items if x.gap_if_small)", "yes/no", {SMALL_GAP}),
    ("all(x.level != B for x in items if x.gap_if_small)", "yes/no", {SMALL_GAP}),
    ("any(x.clash_if_small and x.size < 3 for x in items if x.gap_if_small)", "yes/no", {SMALL_GAP, SMALL_CLASH}),
    ("all(x.clash_if_small for x in items if x.gap_if_small)", "yes/no", {SMALL_GAP, SMALL_CLASH}),
    # the other aggregates fail when a filter, or a kept body or key, fails
    ("count(x for x in items if x.gap_if_small) >= 1", "yes/no", {SMALL_GAP}),
    ("min(1 if x.gap_if_small else 2 for x in items)", "number", {SMALL_GAP}),
    ("max(1 if x.clash_if_small else 2 for x in items if x.gap_if_small)", "number", {SMALL_GAP}),
    ("latest((x.on, 1 if x.gap_if_small else 2) for x in items)", "number", {SMALL_GAP}),
    ("latest((1 if x.gap_if_small else 2, clash) for x in items)", "yes/no", {SMALL_GAP, CLASH}),
    # of nothing
    ("min(x.size for x in nothings)", "number", {gap("min")}),
    ("max(x.on for x in items if not yes)", "day", {gap("max")}),
    ("latest((x.on, x.level) for x in nothings)", "grade", {gap("latest")}),
    ("lowest((x.size, x.level) for x in nothings)", "grade", {gap("earliest")}),
    ("min((x.size for x in nothings), default=gap_no)", "number", {GAP_NO}),
    # two with one key and different values
    ("highest((x.size, x.level) for x in items)", "grade", {Failure(FailureKind.CONFLICT, "latest", "")}),
    ("earliest((1, x.level) for x in items)", "grade", {Failure(FailureKind.CONFLICT, "earliest", "")}),
    ("latest((x.size, x.back) for x in items)", "day or none", {Failure(FailureKind.CONFLICT, "latest", "")}),
    # a table that does not reach
    ("is_workday(date(2024, 12, 31))", "yes/no", {Failure(FailureKind.NO_DATA, "national", "2024")}),
    ("workdays_after(date(2025, 12, 30), 2)", "day", {Failure(FailureKind.NO_DATA, "national", "2026")}),
    # a guard that fails says nothing of its own beside what it guards
    ("never == clash_day and never <= today", "yes/no", {CLASH_DAY}),
    ("never != clash_day or never + days(1) <= today", "yes/no", {CLASH_DAY}),
    ("never == clash_day and yes_whatever(never)", "yes/no", {CLASH_DAY}),
    ("never == clash_day and no_whatever(never)", "yes/no", {CLASH_DAY}),
    ("never == clash_day and min(never, today) <= today", "yes/no", {CLASH_DAY}),
    ("never == clash_day and max(never for x in items) <= today", "yes/no", {CLASH_DAY}),
    ("never == clash_day and latest((never, x.size) for x in items) <= n", "yes/no", {CLASH_DAY}),
]  # fmt: skip


def outcome(text: str, type_: str) -> Any:
    return Run(PACK, FACTS, {"manner": "strict"}, {}).expression(read(PACK, text, type_))


@pytest.mark.parametrize(("text", "type_", "expected"), VALUES, ids=[text for text, _, _ in VALUES])
def test_an_expression_has_its_known_value(text: str, type_: str, expected: Any) -> None:
    found = outcome(text, type_)

    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(("text", "type_", "failures"), FAILURES, ids=[text for text, _, _ in FAILURES])
def test_an_expression_fails_with_its_known_failures(text: str, type_: str, failures: set[Failure]) -> None:
    assert outcome(text, type_) == Failed(frozenset(failures))


def test_a_tie_names_the_definition_in_which_it_stands() -> None:
    pack = tiny_pack(
        collections={"items": ("item", {"on": "day", "size": "number"})},
        definitions=[
            define("last", "number", otherwise="latest((x.on, x.size) for x in items)"),
            define("first", "number", otherwise="min(x.size for x in items if x.size > 9)"),
        ],
    )
    items = listing({"on": date(2025, 1, 1), "size": 1}, {"on": date(2025, 1, 1), "size": 2})
    run = Run(pack, {"items": items}, {}, {})

    assert run.definition("last") == Failed(frozenset({Failure(FailureKind.CONFLICT, "latest", "last")}))
    assert run.definition("first") == Failed(frozenset({Failure(FailureKind.GAP, "min", "first")}))


def test_an_expression_may_have_free_variables() -> None:
    expr = read(PACK, "x.size + k", "number", {"x": "item", "k": "number"})

    assert Run(PACK, FACTS, {}, {}).expression(expr, {"x": Element("items", 1), "k": 4}) == 7
