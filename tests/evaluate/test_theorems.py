"""Theorems in one case: premises, every kind of change, claims about both sides, what counts as a counterexample."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import define, listing, read, rule, tiny_pack
from generate import random_case, random_pack
from zhunsheng.errors import UnknownFact
from zhunsheng.evaluate import Element, Run
from zhunsheng.evaluate.theorem import Instance, Judged, changed, judge
from zhunsheng.lang.case import UNKNOWN, Listing
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.expr import At
from zhunsheng.lang.outcome import Failed, Failure, FailureKind
from zhunsheng.lang.pack import FactSpec, Pack
from zhunsheng.lang.theorem import Name, Ranges, Swap, Theorem, Variant, Verdict
from zhunsheng.lang.types import NONE, Text, Type, Value
from zhunsheng.read import load_theorems

PACK = tiny_pack(
    enumerations={"grade": "D C B A ungraded!", "part": "roof wall"},
    facts={
        "today": "day", "height": "number",
        "app or none": {"filed": "day", "goal": "grade", "marks": "table of grade by part"},
    },
    collections={
        "lines": ("line", {"grade": "grade", "marks": "table of grade or none by part", "until": "day or none"}),
        "faults": ("fault", {"on": "day", "size": "number"}),
    },
    keys={},
    readings={"manner": "strict loose"},
    discretions={"penalty": ("grade", "below(penalty)")},
    definitions=[
        define("rank", "number", rule("d", "g == D", "0"), rule("c", "g == C", "1"), rule("b", "g == B", "2"), otherwise="3",
               parameters={"g": "grade"}),
        define("worst", "grade", otherwise="lowest(((rank(x.grade), x.grade) for x in lines), default=A)"),
        define("below", "yes/no", otherwise="rank(g) < rank(worst)", parameters={"g": "grade"}),
        define("result", "grade", rule("fault", "any(True for f in faults)", "penalty"), otherwise="worst"),
        define("faulty", "yes/no", rule("one", "any(f.on <= today for f in faults)", "True"), otherwise="False"),
        define("silent", "yes/no", rule("tall", "height > 5", "True")),
        define("line.marked", "yes/no", otherwise="any(line.marks[p] != none and line.marks[p] == A for p in part)"),
    ],
    assumptions={"faults-are-small": ("f.size <= 9", {"f": "faults"})},
)  # fmt: skip
PACK = replace(
    PACK,
    facts={**PACK.facts, "height": FactSpec("height", Type("number"), least=0, greatest=10)},
    collections={
        **PACK.collections,
        "lines": replace(
            PACK.collections["lines"],
            fields=(
                FactSpec("grade", Type("grade"), among=("D", "C", "B")),
                *(spec for spec in PACK.collections["lines"].fields if spec.name != "grade"),
            ),
        ),
    },
)
A_LINE = {"grade": "B", "marks": {"roof": "A", "wall": NONE}, "until": NONE}
LOW_LINE = {"grade": "C", "marks": {"roof": "B", "wall": "C"}, "until": date(2025, 5, 1)}
FACTS: dict[str, Any] = {
    "today": date(2025, 3, 1), "height": 6,
    "app": {"filed": date(2025, 2, 1), "goal": "A", "marks": {"roof": "B", "wall": "B"}},
    "lines": listing(A_LINE, LOW_LINE), "faults": listing(),
}  # fmt: skip
FAULT = {"on": date(2025, 1, 1), "size": 3}


def theorem(folder: Path, claim: str, rest: str = "") -> Theorem:
    text = f"theorem: t\nsays: {{zh: 一, en: One}}\nprovisions: []\nreadings: all\nexpect: proved\n{rest}claim: >-\n  {claim}\n"
    path = folder / "t.yaml"
    path.write_text(text, encoding="utf-8")
    (found,) = load_theorems(path, PACK)
    return found


def instance(
    names: Mapping[str, Value | Element] | None = None,
    new: Mapping[str, Mapping[str, Any]] | None = None,
    choices: Mapping[str, Value] | None = None,
    after: Mapping[str, Value] | None = None,
    **facts: Any,
) -> Instance:
    chosen = dict(choices or {"penalty": "D"})
    return Instance({**FACTS, **facts}, {"manner": "strict"}, chosen, dict(after or chosen), dict(names or {}), dict(new or {}))


def judged(made: Theorem, case: Instance) -> tuple[Judged, bool]:
    found = judge(PACK, made, case)
    return found, found.counterexample(made)


# -- without changes


@pytest.mark.parametrize(("claim", "refuted"), [("not faulty", False), ("worst == B", True), ("worst == C", False)])
def test_a_theorem_without_changes_is_about_one_case(claim: str, refuted: bool, tmp_path: Path) -> None:
    found, counterexample = judged(theorem(tmp_path, claim), instance())

    assert found.before is found.after
    assert (found.claim, counterexample) == (not refuted, refuted)


def test_a_name_stands_for_a_value_or_an_element(tmp_path: Path) -> None:
    made = theorem(tmp_path, "l.grade == g", "for: {l: in lines, g: grade}\n")

    outcomes = [judge(PACK, made, instance({"l": Element("lines", i), "g": "C"})).claim for i in (0, 1)]

    assert outcomes == [False, True]


def test_where_a_premise_is_not_true_nothing_is_refuted(tmp_path: Path) -> None:
    made = theorem(tmp_path, "worst == A", "given:\n  - height > 3\n  - silent\n  - faulty\n")

    found, counterexample = judged(made, instance())
    failed, counterexample_of_failed = judged(made, instance(height=4, faults=listing(FAULT)))

    assert (found.given, counterexample) == ((True, True, False), False)
    assert failed.given == (True, Failed(frozenset({Failure(FailureKind.GAP, "silent")})), True)
    assert not counterexample_of_failed


@pytest.mark.parametrize(("where_defined", "refuted"), [("", True), ("where_defined: true\n", False)])
def test_a_claim_that_fails_is_held_against_the_theorem_unless_it_says_otherwise(
    where_defined: str, refuted: bool, tmp_path: Path
) -> None:
    made = theorem(tmp_path, "silent", where_defined)

    found, counterexample = judged(made, instance(height=4))

    assert found.claim == Failed(frozenset({Failure(FailureKind.GAP, "silent")}))
    assert counterexample is refuted


def test_a_claim_that_is_false_is_refuted_even_where_only_defined_claims_count(tmp_path: Path) -> None:
    made = theorem(tmp_path, "not silent", "where_defined: true\n")

    assert judged(made, instance(height=9))[1]


def test_a_case_that_breaks_an_assumption_is_no_counterexample(tmp_path: Path) -> None:
    made = theorem(tmp_path, "not faulty")

    assert judged(made, instance(faults=listing(FAULT)))[1]
    assert not judged(made, instance(faults=listing({**FAULT, "size": 10})))[1]


def test_an_unlawful_choice_makes_no_counterexample(tmp_path: Path) -> None:
    made = theorem(tmp_path, "result == A")
    faulty = {"faults": listing(FAULT)}

    assert judged(made, instance(choices={"penalty": "D"}, **faulty))[1]
    assert not judged(made, instance(choices={"penalty": "B"}, **faulty))[1]


def test_a_choice_that_has_no_bearing_on_the_theorem_need_not_be_lawful(tmp_path: Path) -> None:
    assert judged(theorem(tmp_path, "faulty"), instance(choices={"penalty": "A"}))[1]


# -- the kinds of change


def test_set_a_fact(tmp_path: Path) -> None:
    made = theorem(tmp_path, "before(height) == 6 and after(height) == 8", "change:\n  - set: height\n    to: height + 2\n")

    found, counterexample = judged(made, instance())

    assert (found.claim, counterexample) == (True, False)
    assert changed(PACK, made, instance()) == {**FACTS, "height": 8}


def test_set_a_field_of_a_record_and_an_entry_of_its_table(tmp_path: Path) -> None:
    made = theorem(
        tmp_path, "after(app != none and app.goal == C)",
        "for: {p: part}\nchange:\n  - set: app.goal\n    to: C\n  - set: app.marks[p]\n    to: app.goal\n",
    )  # fmt: skip

    found, _ = judged(made, instance({"p": "wall"}))

    assert found.claim is True
    assert changed(PACK, made, instance({"p": "wall"}))["app"] == {
        "filed": date(2025, 2, 1), "goal": "C", "marks": {"roof": "B", "wall": "A"},
    }  # fmt: skip


def test_the_record_that_is_none_has_no_field_to_set(tmp_path: Path) -> None:
    made = theorem(tmp_path, "after(worst) == A", "change:\n  - set: app.goal\n    to: C\n")

    found, counterexample = judged(made, instance(app=NONE))

    assert (found.claim, found.impossible, counterexample) == (False, made.change, False)
    assert judged(made, instance())[1]


def test_set_a_field_of_an_element_and_an_entry_of_its_table(tmp_path: Path) -> None:
    made = theorem(
        tmp_path, "after(l.marked) and not before(l.marked) and before(worst) == after(worst)",
        "for: {l: in lines, p: part}\nchange:\n  - set: l.marks[p]\n    to: A\n  - set: l.until\n    to: none\n",
    )  # fmt: skip
    case = instance({"l": Element("lines", 1), "p": "wall"})

    found, counterexample = judged(made, case)

    assert (found.claim, counterexample) == (True, False)
    marked = {"grade": "C", "marks": {"roof": "B", "wall": "A"}, "until": NONE}
    assert changed(PACK, made, case)["lines"] == listing(A_LINE, marked)
    assert FACTS["lines"] == listing(A_LINE, LOW_LINE)


def test_all_values_are_those_of_the_case_as_it_is(tmp_path: Path) -> None:
    made = theorem(
        tmp_path, "True", "for: {l: in lines, m: in lines}\n"
        "change:\n  - set: l.grade\n    to: m.grade\n  - set: m.grade\n    to: l.grade\n",
    )  # fmt: skip

    after = changed(PACK, made, instance({"l": Element("lines", 0), "m": Element("lines", 1)}))

    assert [line["grade"] for line in after["lines"].elements] == ["C", "B"]


def test_where_two_names_are_one_element_the_later_line_stands(tmp_path: Path) -> None:
    made = theorem(
        tmp_path, "True", "for: {l: in lines, m: in lines}\n"
        "change:\n  - set: l.grade\n    to: D\n  - set: m.grade\n    to: B\n",
    )  # fmt: skip

    after = changed(PACK, made, instance({"l": Element("lines", 1), "m": Element("lines", 1)}))

    assert [line["grade"] for line in after["lines"].elements] == ["B", "B"]


@pytest.mark.parametrize(
    ("change", "possible"),
    [
        ("set: height\n    to: height + 4", True),
        ("set: height\n    to: height + 5", False),
        ("set: height\n    to: height - 7", False),
        ("set: today\n    to: date(2040, 12, 31)", True),
        ("set: today\n    to: date(2041, 1, 1)", False),
        ("set: today\n    to: today + years(30)", False),
        ("set: l.grade\n    to: g", True),
        ("set: l.grade\n    to: A", False),
        ("set: l.grade\n    to: ungraded", False),
        ("set: app.goal\n    to: A", True),
        ("set: app.goal\n    to: ungraded", False),
        ("set: l.until\n    to: none", True),
        ("set: height\n    to: 3 if silent else 4", True),
        ("set: height\n    to: 3 if not silent else 4", True),
    ],
)
def test_a_change_needs_a_value_that_the_fact_may_have(change: str, possible: bool, tmp_path: Path) -> None:
    rest = f"for: {{l: in lines, g: grade}}\ngiven:\n  - l.grade != g\nchange:\n  - {change}\n"
    made = theorem(tmp_path, "after(worst) == before(worst)", rest)

    found = judge(PACK, made, instance({"l": Element("lines", 0), "g": "D"}))

    assert (found.impossible == ()) is possible
    assert found.possible(made) is possible


def test_a_value_that_fails_is_no_value(tmp_path: Path) -> None:
    made = theorem(tmp_path, "after(worst) == A", "change:\n  - set: height\n    to: 3 if silent else 4\n")

    assert judged(made, instance(height=6))[1]
    assert not judged(made, instance(height=4))[1]


def test_add_an_element_of_which_the_premises_speak(tmp_path: Path) -> None:
    made = theorem(
        tmp_path, "not before(faulty) and after(faulty) and before(f.on) == after(f.on)",
        "for: {f: new faults}\ngiven:\n  - f.on <= today\n  - not any(x.on == f.on for x in faults)\nchange:\n  - add: f\n",
    )  # fmt: skip

    found, counterexample = judged(made, instance(new={"f": FAULT}))

    assert (found.given, found.claim, counterexample) == ((True, True), True, False)
    assert changed(PACK, made, instance(new={"f": FAULT}))["faults"] == listing(FAULT)
    assert (found.before.facts.elements("faults"), found.after.facts.elements("faults")) == ((), (Element("faults", 0),))


def test_a_new_element_must_satisfy_the_assumptions_only_once_it_is_there(tmp_path: Path) -> None:
    rest = "for: {f: new faults, e: new faults}\ngiven:\n  - f.size != e.size\nchange:\n  - add: f\n  - add: e\n"
    made = theorem(tmp_path, "not after(faulty)", rest)
    large = {**FAULT, "size": 10}

    assert not judged(made, instance(new={"f": FAULT, "e": large}))[1]
    assert judged(made, instance(new={"f": FAULT, "e": {**FAULT, "size": 9}}))[1]


def test_remove_an_element_of_which_the_claim_still_speaks(tmp_path: Path) -> None:
    made = theorem(
        tmp_path, "before(worst) == C and after(worst) == B and after(l.grade) == C",
        "for: {l: in lines}\nchange:\n  - remove: l\n",
    )  # fmt: skip
    case = instance({"l": Element("lines", 1)})

    found, counterexample = judged(made, case)

    assert (found.claim, counterexample) == (True, False)
    assert changed(PACK, made, case)["lines"] == listing(A_LINE)


def test_swap_changes_the_order_of_the_listing_and_a_name_follows_its_element(tmp_path: Path) -> None:
    made = theorem(
        tmp_path, "after(l.grade) == B and after(m.grade) == C", "for: {l: in lines, m: in lines}\nchange:\n  - swap: [l, m]\n"
    )
    case = instance({"l": Element("lines", 0), "m": Element("lines", 1)})

    found, _ = judged(made, case)

    assert found.claim is True
    assert changed(PACK, made, case)["lines"] == listing(LOW_LINE, A_LINE)
    assert found.after.facts.elements("lines") == (Element("lines", 1), Element("lines", 0))


def test_changes_of_every_kind_at_once(tmp_path: Path) -> None:
    made = theorem(
        tmp_path, "after(faulty)",
        "for: {l: in lines, m: in lines, f: in faults, e: new faults, n: new faults}\ngiven:\n  - e.size < n.size\nchange:\n"
        "  - remove: f\n  - add: e\n  - swap: [l, m]\n  - set: f.size\n    to: 1\n  - add: n\n  - set: l.grade\n    to: D\n",
    )  # fmt: skip
    first, second, third = FAULT, {**FAULT, "size": 4}, {**FAULT, "size": 5}
    labelled = Listing((first,), True, labels=("faults[0]",))
    names = {"l": Element("lines", 0), "m": Element("lines", 1), "f": Element("faults", 0)}
    case = instance(names, {"e": second, "n": third}, faults=labelled)

    found, counterexample = judged(made, case)
    after = changed(PACK, made, case)

    assert (found.claim, counterexample) == (True, False)
    assert after["lines"] == listing(LOW_LINE, {**A_LINE, "grade": "D"})
    assert after["faults"] == Listing((second, third), True, labels=("e", "n"))


# -- discretion


@pytest.mark.parametrize(("apart", "claim"), [("", True), ("discretion: apart\n", False)])
def test_the_authority_chooses_the_same_after_the_change_unless_it_may_choose_apart(
    apart: str, claim: bool, tmp_path: Path
) -> None:
    made = theorem(tmp_path, "before(result) == after(result)", f"{apart}change:\n  - set: height\n    to: 1\n")
    case = instance(
        choices={"penalty": "D"}, after={"penalty": "C"}, faults=listing(FAULT), lines=listing({**A_LINE, "grade": "B"})
    )

    found, counterexample = judged(made, case)

    assert (found.claim, counterexample) == (claim, not claim)


def test_a_choice_must_be_lawful_on_both_sides(tmp_path: Path) -> None:
    made = theorem(tmp_path, "after(result) == D", "for: {l: in lines}\nchange:\n  - set: l.grade\n    to: C\n")
    case = {"faults": listing(FAULT), "lines": listing(A_LINE)}

    found, counterexample = judged(made, instance({"l": Element("lines", 0)}, choices={"penalty": "C"}, **case))

    assert (found.claim, counterexample) == (False, False)


def test_a_case_that_leaves_out_what_is_looked_at_is_not_judged(tmp_path: Path) -> None:
    made = theorem(tmp_path, "after(silent)", "change:\n  - set: today\n    to: today + days(1)\n")

    with pytest.raises(UnknownFact):
        judge(PACK, made, instance(height=UNKNOWN))


# -- the two sides on random packs


def parted(pack: Pack, seed: int) -> Instance:
    """A complete case of a random pack with two lines and two events at least, and a name for two of each."""
    rng = random.Random(seed)
    cases = (random_case(rng.randrange(10**9), pack, unknown=0, most=3) for _ in itertools.count())
    case = next(case for case in cases if all(len(case.facts[name].elements) > 1 for name in pack.collections))
    names: dict[str, Value | Element] = {}
    for name in pack.collections:
        first, second = rng.sample(range(len(case.facts[name].elements)), 2)
        names |= {f"{name}1": Element(name, first), f"{name}2": Element(name, second)}
    readings = {name: rng.choice(spec.options).name for name, spec in pack.readings.items()}
    return Instance(case.facts, readings, {"level": "C"}, {"level": "C"}, names, {})


def swapping(pack: Pack, claim: Any) -> Theorem:
    names = tuple(
        Name(f"{name}{n}", Ranges.ELEMENT, Type(spec.element), name) for name, spec in pack.collections.items() for n in (1, 2)
    )
    change = tuple(Swap(f"{name}1", f"{name}2") for name in pack.collections)
    variant = Variant({}, True, Verdict.PROVED)
    return Theorem("t", Text("", ""), (), names, (), change, claim, False, False, (variant,))


@given(st.integers(0, 400), st.integers(0, 10**6))
def test_the_order_of_listing_changes_no_answer(pack_seed: int, seed: int) -> None:
    pack = random_pack(pack_seed)
    case = parted(pack, seed)
    for name, definition in pack.definitions.items():
        if definition.parameters:
            continue
        call = read(pack, name, str(definition.type))
        made = swapping(pack, At("after", call, definition.type))
        found = judge(pack, made, case)
        alone = Run(pack, changed(pack, made, case), case.readings, case.choices)

        assert found.after.facts.elements("events") != found.before.facts.elements("events")
        assert found.claim == found.before.definition(name) == alone.definition(name)
        assert found.possible(made) == (not any(map(alone.assumption, pack.assumptions)) and _lawful(alone, name))


def _lawful(run: Run, name: str) -> bool:
    """The choice is lawful, or nothing in the definition turns on it."""
    chosen = "level" in Cones(run.pack).definition(name).choices
    return not chosen or not run.lawful("level") or not run.unlawful_choices()
