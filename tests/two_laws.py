"""Pairs of small laws made up at random, and every case of both.

Two lists, failures, a reading, a discretion whose lawful choices the amendment changes, a fact that only the new law has, and a
value that it abolishes: counted as another one, or left without a word."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from building import define, listing, rule, tiny_pack
from zhunsheng.errors import Place
from zhunsheng.evaluate import Run
from zhunsheng.lang.amendment import Act, Amended, Amendment, Edit, Kind
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.outcome import strongest
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.solve.paired import NOT_EXPRESSIBLE, SOME

FIRST = date(2028, 2, 28)
DAYS = [FIRST, FIRST + timedelta(days=1)]
KINDS, GRADES = ["x", "y"], ["D", "C", "B"]
MOST = {"events": 2, "lines": 1}
ANSWERS = ("truth", "mark", "until", "chosen")


def some_condition(rng: random.Random, *, flag: bool) -> str:
    simple = [
        "any(e.kind == x for e in events)", "all(e.kind == x for e in events)", "any(e.on == today for e in events)",
        "any(l.grade == D for l in lines)", "any(e.on < today and e.kind == x for e in events)", "wide == broad",
        "count(e for e in events) >= 2", "any(e.on == today and l.grade != B for e in events for l in lines)",
        "today == date(2028, 2, 28)",
    ]  # fmt: skip
    if flag:
        simple += ["flag", "any(l.marked for l in lines)"]
    one, other = rng.choice(simple), rng.choice(simple)
    return rng.choice([one, f"({one}) and ({other})", f"({one}) or not ({other})"])


def law(rng: random.Random, *, new: bool, kinds: list[str]) -> Pack:
    """A law of four answers. The new one has two facts more and, if `kinds` lacks it, a value less."""
    flag = new

    def test() -> str:
        return some_condition(rng, flag=flag)

    day = rng.choice(["today", "max((e.on for e in events), default=none)", "today + days(1)"])
    return replace(
        tiny_pack(
            facts={"today": "day", **({"flag": "yes/no"} if new else {})},
            collections={
                "events": ("event", {"on": "day", "kind": "kind"}),
                "lines": ("line", {"grade": "grade", **({"marked": "yes/no"} if new else {})}),
            },
            enumerations={"kind": " ".join(kinds), "grade": "D C B"},
            unordered=("kind",),
            readings={"wide": "narrow broad"},
            discretions={"level": ("grade", f"level == C or ({test()})")},
            definitions=[
                define("truth", "yes/no", rule("a", test(), "True"), rule("b", test(), rng.choice(["True", "False"]))),
                define("mark", "grade", rule("a", test(), "B"), rule("b", test(), "C", ["a"]), otherwise="D"),
                define("until", "day or none", rule("a", test(), day), otherwise="none"),
                define("chosen", "grade", rule("a", test(), "level"), otherwise=rng.choice(["B", "D"])),
            ],
            horizon=(DAYS[0], DAYS[-1]),
        ),
        answers=ANSWERS, as_of="today",
    )  # fmt: skip


def amended(seed: int) -> Amended:
    """Two laws that share some definitions, and how the second came about."""
    rng = random.Random(seed)
    way = rng.choice(["keep", "becomes", "abolish"])
    base = law(rng, new=False, kinds=KINDS)
    fresh = law(rng, new=True, kinds=KINDS if way == "keep" else ["x"])
    kept = {name: base.definitions[name] for name in rng.sample(ANSWERS, 2)}
    if way != "keep":
        kept = {}
    pack = replace(fresh, definitions={**fresh.definitions, **kept})
    edits = [Edit(Act.REPLACE, Kind.DEFINITION, name) for name in ANSWERS if name not in kept]
    if way != "keep":
        edits.append(Edit(Act.REPEAL, Kind.VALUE, "kind/y", becomes="x" if way == "becomes" else ""))
    nothing = Text("", "")
    amendment = Amendment("made-up", "tiny", nothing, nothing, FIRST, None, tuple(edits), {}, Place(""))
    return Amended(base, pack, (amendment,))


def every_case() -> Iterator[dict[str, Any]]:
    """Every case of both laws with at most two events and one line."""
    events = [{"on": on, "kind": kind} for on in DAYS for kind in KINDS]
    lines = [{"grade": grade, "marked": marked} for grade in GRADES for marked in (False, True)]
    lists = [
        [listing(*chosen) for size in range(MOST[name] + 1) for chosen in itertools.combinations_with_replacement(every, size)]
        for name, every in (("events", events), ("lines", lines))
    ]
    for today, flag, first, second in itertools.product(DAYS, (False, True), *lists):
        yield {"today": today, "flag": flag, "events": first, "lines": second}


def as_the_law_sees_it(pack: Pack, facts: dict[str, Any], becomes: str) -> dict[str, Any]:
    known = pack.enumerations["kind"].names
    kinds = {kind: kind if kind in known else becomes or kind for kind in KINDS}
    events = [{"on": each["on"], "kind": kinds[each["kind"]]} for each in facts["events"].elements]
    fields = [spec.name for spec in pack.collections["lines"].fields]
    lines = [{name: each[name] for name in fields} for each in facts["lines"].elements]
    plain = {name: facts[name] for name in pack.facts}
    return {**plain, "events": listing(*events), "lines": listing(*lines)}


def outcomes(pack: Pack, facts: dict[str, Any], name: str, wide: str, becomes: str) -> tuple[frozenset[Any], Any]:
    """The set of outcomes over all lawful choices; and the day, if that is what comes out."""
    reads_kinds = ("event", "kind") in Cones(pack).definition(name).fields
    strange = any(e["kind"] not in pack.enumerations["kind"].names for e in facts["events"].elements)
    if reads_kinds and strange and not becomes:
        return frozenset({NOT_EXPRESSIBLE}), None
    run = Run(pack, as_the_law_sees_it(pack, facts, becomes), {"wide": wide}, {})
    found = {strongest(run.choosing({"level": one}).definition(name)) for one in run.lawful("level") or GRADES}
    days = {one for one in found if isinstance(one, date)}
    return frozenset(SOME if one in days else one for one in found), next(iter(days), None)


LAYERED = ("low", "high", "grade_of", "top", "over")


def layered(seed: int, kinds: tuple[str, str] = ("x y", "x y")) -> Amended:
    """Two laws whose answers rest on each other, some of them failing; some definitions are shared, some differ. `kinds`: those
    that each law has a word for."""
    rng = random.Random(seed)

    def law(known: str) -> Pack:
        def test() -> str:
            return some_condition(rng, flag=False)

        below = ["low", "high", "grade_of == B", "grade_of != D"]

        def upper() -> str:
            return rng.choice([f"{rng.choice(below)} and {rng.choice(below)}", f"{rng.choice(below)} or not {rng.choice(below)}",
                               f"{rng.choice(below)} and ({test()})"])  # fmt: skip

        gapped = rng.choice([None, "False"])
        return replace(
            tiny_pack(
                facts={"today": "day"},
                collections={"events": ("event", {"on": "day", "kind": "kind"}), "lines": ("line", {"grade": "grade"})},
                enumerations={"kind": known, "grade": "D C B"}, unordered=("kind",), readings={"wide": "narrow broad"},
                discretions={"level": ("grade", "level == C")},
                definitions=[
                    define("low", "yes/no", rule("a", test(), "True"), otherwise="False"),
                    define("high", "yes/no", rule("a", test(), "True"), rule("b", f"not ({test()})", "False"), otherwise=gapped),
                    define("grade_of", "grade", rule("a", test(), "B"), rule("b", test(), "C", ["a"]), otherwise="D"),
                    define("top", "yes/no", rule("a", upper(), "True"), otherwise="False"),
                    define("over", "grade", rule("a", "top", rng.choice(["grade_of", "B"])),
                           rule("b", f"not top and ({upper()})", "C"), otherwise="D"),
                ],
                horizon=(DAYS[0], DAYS[-1]),
            ),
            answers=LAYERED, as_of="today",
        )  # fmt: skip

    base, fresh = map(law, kinds)
    kept = {name: base.definitions[name] for name in rng.sample(LAYERED, 3)}
    pack = replace(fresh, definitions={**fresh.definitions, **kept})
    edits = tuple(Edit(Act.REPLACE, Kind.DEFINITION, name) for name in LAYERED if name not in kept)
    nothing = Text("", "")
    return Amended(base, pack, (Amendment("made-up", "tiny", nothing, nothing, FIRST, None, edits, {}, Place("")),))
