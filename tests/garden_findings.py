"""The allotment garden with planted mistakes, and findings of every kind made by hand, for tests of reports."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from zhunsheng.ask.checking.findings import Checked, Finding, Kind
from zhunsheng.ask.proving.prove import Proof, prove
from zhunsheng.lang.case import Case, ChoiceMade, Listing
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem, Verdict
from zhunsheng.lang.types import Text
from zhunsheng.read import load_pack
from zhunsheng.read.theorems import load_theorems

GARDEN = Path(__file__).parent / "packs" / "garden"
THEOREMS = Path(__file__).parent / "data" / "garden-theorems.yaml"


def planted(folder: Path, *edits: tuple[str, str, str]) -> Path:
    """A copy of the garden with edits (file, what stands there once, what shall stand there)."""
    shutil.copytree(GARDEN, folder)
    for file, old, new in edits:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


RECORDED = (
    "readings.yaml",
    "    lawful: share <= middle\n",
    "    lawful: share <= middle\n"
    "notes:\n"
    "  - note: drought-only\n"
    '    provisions: ["3"]\n'
    "    question:\n      zh: 没有租地块的，份额是多少？\n      en: What share has somebody who rents no plot?\n"
    "    settled:\n      zh: 没有份额可言。\n      en: There is none to speak of.\n"
    "    findings:\n      - gap allowance\n      - nobody allowance high\n      - unbounded share\n",
)
STALE = (
    "readings.yaml", "    default: same_day\n", "    default: same_day\n    findings: [conflict may_draw rents-a-plot barred]\n"
)  # fmt: skip


def garden(**changes: Any) -> Pack:
    return replace(load_pack(GARDEN), **changes)


def garden_case(*seen_on: date, rented: bool = True, share: str | None = None) -> Case:
    """A complete case on 2025-06-10 with waste seen on these days."""
    facts = {
        "as_of": date(2025, 6, 10),
        "plot_rented": rented,
        "wasted": Listing(tuple({"seen_on": day} for day in seen_on), complete=True),
    }
    choices = {} if share is None else {"share": ChoiceMade(share)}
    return Case(Text("", ""), "garden", facts, {"bar_from": "same_day"}, choices, None)


def theorems(pack: Pack) -> tuple[Theorem, ...]:
    return load_theorems(THEOREMS, pack)


def proofs(pack: Pack) -> tuple[Proof, ...]:
    """The theorems of the garden as they come out, and one each of the verdicts that are hard to come by."""
    found = prove(pack, theorems(pack))
    first = found[0]
    made = [
        replace(first, verdict=Verdict.VACUOUS, counterexample=None, slots={}),
        replace(first, verdict=Verdict.BOUNDED, counterexample=None, slots={"wasted": 2}, why="a circle", unneeded=(0,)),
        replace(first, verdict=Verdict.NOT_SHOWN, counterexample=None, slots={}, why="the budget ended", rules=()),
    ]
    return (*found, *made)


def every_kind(pack: Pack) -> tuple[Finding, ...]:
    """A finding of each kind about the garden."""
    hope = theorems(pack)[0]
    waste = garden_case(date(2025, 5, 9), date(2025, 5, 10))
    return (
        Finding(Kind.GAP, "gap allowance", ("3",), "allowance", answer="allowance", case=garden_case(rented=False)),
        Finding(
            Kind.CONFLICT, "conflict may_draw rents-a-plot barred", ("1", "2"), "may_draw", ("rents-a-plot", "barred"),
            answer="may_draw", outcomes=("conflict",), case=waste,
        ),
        Finding(Kind.PRIORITY, "priority may_draw barred rents-a-plot", ("2", "1"), "may_draw", ("rents-a-plot", "barred")),
        Finding(Kind.DEAD, "dead may_draw barred", ("2",), "may_draw", ("barred",)),
        Finding(
            Kind.DEAD, "dead may_draw barred as_of <= barred_until", ("2",), "may_draw", ("barred", "as_of <= barred_until")
        ),
        Finding(Kind.IDLE, "idle may_draw barred", ("2",), "may_draw", ("barred",), bounded="a circle"),
        Finding(
            Kind.IDLE, "idle may_draw barred barred_until != none", ("2",), "may_draw", ("barred", "barred_until != none")
        ),
        Finding(Kind.UNUSED, "unused parameter garden_opened", ("1",), "garden_opened", ("parameter",)),
        Finding(Kind.UNUSED, "unused fact wasted.seen_on", (), "wasted.seen_on", ("fact",)),
        Finding(Kind.NOBODY, "nobody allowance high", ("3",), "allowance", ("high",), recorded="bar_from"),
        Finding(Kind.IMPOSSIBLE, "impossible", ("2",), "assumptions", ("nothing-seen-before-the-garden",)),
        Finding(Kind.NO_CHOICE, "no_choice share", ("3",), "share", case=garden_case()),
        Finding(Kind.UNBOUNDED, "unbounded share", ("3",), "share"),
        Finding(Kind.UNOWNED, "unowned office-replies", ("1",), "office-replies", ("by",)),
        Finding(Kind.UNOWNED, "unowned office-replies", ("1",), "office-replies", ("who",)),
        Finding(
            Kind.MATTERS, "matters bar_from next_day", ("2",), "bar_from", ("same_day", "next_day"), answer="may_draw",
            outcomes=("true", "false"), readings={"bar_from": "same_day"}, case=garden_case(date(2025, 5, 9)),
        ),
        Finding(Kind.SAME, "same bar_from next_day", ("2",), "bar_from", ("same_day", "next_day")),
        Finding(Kind.HOPE, f"hope {hope.name}", hope.provisions, hope.name, case=garden_case(date(2025, 1, 1))),
    )  # fmt: skip


def checked(pack: Pack, findings: Iterable[Finding], found: tuple[Proof, ...] = ()) -> Checked:
    """These findings, with a stale record and a question that was not settled."""
    stale = (("bar_from", "conflict may_draw rents-a-plot barred"),)
    return Checked(tuple(findings), stale, (("barred_until", "the budget ended"),), {Kind.GAP: 6, Kind.DEAD: 7}, found)
