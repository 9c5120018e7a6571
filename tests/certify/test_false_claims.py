"""False claims written by hand, each against one step of the kernel: none may be accepted, and what is true beside it is.

A theorem's maker here is a liar who has the kernel's own formula and a solver: what had a proof would be sent.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from building import calendar, define, rule, tiny_pack
from kernel_values import node_values
from zhunsheng.certify import claims, clauses, compared, kernel
from zhunsheng.certify.clauses import FALSE, TRUE, whole
from zhunsheng.certify.proofs import refutation
from zhunsheng.read import canonical_pack
from zhunsheng.read.vocabulary import canonical

Atoms = Sequence[Mapping[str, Any]]
HORIZON = (date(2020, 1, 1), date(2029, 12, 31))
NONE_AT_ALL: Atoms = (
    {"fact": "today", "is": "2025-01-01"}, {"fact": "n", "is": 1}, {"fact": "fits", "is": "true"}, {"fact": "plan", "is": "none"},
    {"fact": "events", "is": 0}, {"fact": "lines", "is": 0},
)  # fmt: skip
SOME_LINE = "any(l.grade == D for l in lines)"
NO_PROOF = "there is no proof"


def law_text(*definitions: Any, **changes: Any) -> str:
    """Events and lines, a plan or none."""
    parts: dict[str, Any] = {
        "facts": {"today": "day", "n": "number", "fits": "yes/no", "plan or none": {"kind": "kind"}},
        "collections": {
            "events": ("event", {"on": "day", "kind": "kind", "marks": "table of grade by kind"}),
            "lines": ("line", {"grade": "grade"}),
        },
        "enumerations": {"kind": "x y", "grade": "D C B"}, "unordered": ("kind",), "horizon": HORIZON,
        "definitions": definitions or (define("known", "yes/no", rule("a", "fits", "True"), otherwise="False"),),
    }  # fmt: skip
    return canonical_pack(tiny_pack(**(parts | changes)))


def law(*definitions: Any, **changes: Any) -> kernel.Pack:
    return kernel.Pack(law_text(*definitions, **changes).encode())


def yes(when: str) -> Any:
    return define("known", "yes/no", rule("a", when, "True"), otherwise="False")


def judged(loaded: kernel.Pack, kind: str, claim: Any, evidence: Any) -> str:
    data = {
        "format": 1, "kind": kind, "pack": {"id": loaded.name, "digest": loaded.digest}, "claim": claim, "evidence": evidence,
        "trusted": [], "made_by": "a liar",
    }  # fmt: skip
    try:
        return compared.check(canonical(data).encode(), loaded)[0][:4]
    except kernel.Refused as reason:
        return str(reason)


def decision(
    loaded: kernel.Pack, outcomes: list[Any], *, atoms: Atoms = (), split: Atoms = (), cases: Sequence[Atoms] = ()
) -> str:
    """The verdict on a decision about `known`."""
    claim = {"answer": "known", "definition": "known", "args": [], "atoms": list(atoms), "outcomes": outcomes}
    shown = [{"atoms": list(case)} for case in cases]
    kind = "decision" if len(outcomes) == 1 else "open decision"
    return judged(loaded, kind, claim, {"rules": [], "split": list(split), "cases": shown})


def theorem(
    loaded: kernel.Pack, claim: str, *, case: Atoms = NONE_AT_ALL, names: Mapping[str, str] | None = None, **more: Any
) -> str:
    """The verdict on a theorem, with whatever proof the kernel's formula has."""
    first, last = (day.isoformat() for day in HORIZON)
    named = [[name, f"in {stands.partition('[')[0]}"] for name, stands in (names or {}).items()]
    text = {"name": "false", "for": named, "given": [], "change": [], "claim": claim, **more}
    whole_claim = {
        "theorem": text, "readings": {}, "horizon": {"from": first, "to": last}, "says": {"zh": "", "en": ""}, "provisions": [],
    }  # fmt: skip
    loaded.steps, proofs = 0, []
    try:
        read = claims.Theorem(loaded, whole_claim)
        for places in read.patterns():
            slots = claims.bound_of(read, places, [])
            formula = claims.whole_formula(read, places, slots)
            asserted = [*formula.premises([]), formula.broken()]
            shown = refutation(formula.circuit.gates, asserted, 20_000)
            if shown is None:
                return NO_PROOF
            proofs.append({"slots": slots, "lrat": "" if FALSE in asserted else shown.lrat})
    except kernel.Refused as reason:
        return str(reason)
    evidence = {"assumed": [], "proofs": proofs, "case": {"atoms": list(case), "names": dict(names or {})}}
    return judged(loaded, "theorem", whole_claim, evidence)


# -- decisions by possibilities


def test_a_split_of_a_fact_does_not_say_that_there_is_what_it_is_a_fact_of() -> None:
    """Whatever kind the first event is of, there is one: if there is one."""
    some_event, some_plan = law(yes("any(True for e in events)")), law(yes("plan != none"))
    of_event, of_plan = [{"fact": "events[0].kind"}], [{"fact": "plan.kind"}]

    assert decision(some_event, [{"value": "true"}], split=of_event) == "'events[0].kind': it is not said to be there"
    assert decision(some_plan, [{"value": "true"}], split=of_plan) == "'plan.kind': it is not said to be there"
    assert decision(some_event, [{"value": "true"}], split=of_event, atoms=[{"fact": "events", "is": 1}]) == "Pack"
    assert decision(some_event, [{"value": "true"}], split=of_event, atoms=[{"fact": "events[0]", "is": "present"}]) == "Pack"
    assert decision(some_plan, [{"value": "true"}], split=of_plan, atoms=[{"fact": "plan", "is": "present"}]) == "Pack"


def test_an_entry_of_a_table_is_split_into_all_that_it_may_be() -> None:
    every, two = (law(yes(f"any(e.marks[x] in ({grades}) for e in events)")) for grades in ("D, C, B", "D, C"))
    split, there = [{"fact": "events[0].marks.x"}], [{"fact": "events", "is": 1}]

    assert decision(every, [{"value": "true"}], split=split, atoms=there) == "Pack"
    assert decision(two, [{"value": "true"}], split=split, atoms=there) == "possible, and not claimed: False"
    assert decision(every, [{"value": "true"}], split=split) == "'events[0].marks.x': it is not said to be there"
    assert decision(every, [{"value": "true"}], split=[{"fact": "events[0].marks"}], atoms=there) != "Pack"


def test_a_record_is_split_before_its_fields_and_a_leaf_without_it_is_a_leaf() -> None:
    """A plan of whatever kind is `known` below, if there is one; and so is that there is none, in the second law alone."""
    kinds = "plan != none and plan.kind == x or plan != none and plan.kind == y"
    with_a_plan, in_any_case = law(yes(kinds)), law(yes(f"plan == none or {kinds}"))
    split = [{"fact": "plan"}, {"fact": "plan.kind"}]

    assert decision(in_any_case, [{"value": "true"}], split=split) == "Pack"
    assert decision(with_a_plan, [{"value": "true"}], split=split) == "possible, and not claimed: False"
    assert decision(with_a_plan, [{"value": "true"}], split=split, atoms=[{"fact": "plan", "is": "present"}]) == (
        "'plan' is stated twice"
    )
    for wrong in ([*reversed(split)], split[1:], [{"fact": "fits"}, *split[1:]], [{"reading": "plan"}, *split[1:]]):
        assert decision(in_any_case, [{"value": "true"}], split=wrong) != "Pack"


def test_a_decision_of_one_outcome_is_no_span() -> None:
    loaded = law(define("known", "day", rule("a", "True", "today")))

    assert decision(loaded, [{"from": "2019-01-01", "to": "2031-01-01"}]) == "a decision comes to one value"


def test_a_case_with_more_elements_than_there_are_names_shows_nothing() -> None:
    """Three grades name at most three lines."""
    by_grade = {"lines": ("line", {"grade": "grade"})}
    loaded = law(yes("count(l for l in lines) >= 4"), collections=by_grade, keys={"lines": "grade"})
    either = [{"value": "true"}, {"value": "false"}]
    grades = [{"fact": f"lines[{n}].grade", "is": grade} for n, grade in enumerate(["D", "C", "B", "B"])]

    said = [
        decision(loaded, either, cases=[[{"fact": "lines", "is": 4}, *grades[:named]], [{"fact": "lines", "is": 0}]])
        for named in (0, 3, 4)
    ]

    left_out = "a name of 'lines' in a case is left out"
    assert said == [left_out, left_out, "two of 'lines' in a case have one name"]


def test_a_choice_that_is_only_not_seen_to_be_unlawful_shows_nothing() -> None:
    """A number is never other than itself, which possibilities do not see."""
    loaded = law(yes("level == x"), discretions={"level": ("kind", "level == x or n != n")})
    cases = [[{"choice": "level", "is": name}] for name in ("x", "y")]

    assert decision(loaded, [{"value": "true"}, {"value": "false"}], cases=cases) == "a case states an unlawful choice"


# -- what no expression sees


@pytest.mark.parametrize(
    "test",
    ["any(any(e == f for f in events) for e in events)", "any(any(e.marks == f.marks for f in events) for e in events)",
     "any(any(e.marks != f.marks for f in events) for e in events)"],
)  # fmt: skip
def test_elements_and_tables_are_not_compared(test: str) -> None:
    """With one event and one line of D the test holds; of two events that stand for any the bound saw two different ones."""
    said = theorem(law(), f"not (({SOME_LINE}) if {test} else False)")

    assert said == "elements or tables are compared"


@pytest.mark.parametrize(
    ("body", "test"),
    [("e", "{0}.on < {1}.on"), ("e", "{0}.kind != {1}.kind"), ("e", "any(g.on < {1}.on for g in events)"),
     ("e.marks", "{0}.x != {1}.x")],
)  # fmt: skip
def test_aggregates_give_no_elements_and_no_tables(body: str, test: str) -> None:
    """The element that stands for any is not the same one outside of two aggregates."""
    ways = [f"{word}(((e.on, {body}) for e in events))" for word in ("earliest", "latest")]
    written = json.loads(law_text())
    written["definitions"][0]["rules"][0]["when"] = test.format(*ways)
    edited = kernel.Pack(canonical(written).encode())

    of_every_case = theorem(law(), f"not (({SOME_LINE}) if {test.format(*ways)} else False)", where_defined="true")
    of_one = decision(edited, [{"value": "true"}, {"failure": "gap"}])

    assert of_every_case.endswith("() gives values, no elements and no tables")
    assert of_one.endswith("() gives values, no elements and no tables")


# -- changes and choices


@pytest.mark.parametrize(("target", "verdict"), [("(e if fits else f).on", NO_PROOF), ("e.on", "Pack")])
def test_a_change_of_one_of_two_elements_does_not_change_both(target: str, verdict: str) -> None:
    events = [{"fact": f"events[{n}].on", "is": "2025-02-01"} for n in (0, 1)]
    case = [*NONE_AT_ALL[:4], NONE_AT_ALL[5], {"fact": "events", "is": 2}, *events]
    names = {"e": "events[0]", "f": "events[1]"}

    assert theorem(law(), "after(e.on) == before(today)", case=case, names=names, change=[["set", target, "today"]]) == verdict


def test_choices_whose_lawfulness_turns_on_each_other_are_refused() -> None:
    """One may well be y where the other is x; supposing each in turn, neither was ever lawful."""
    loaded = law(yes("one == x"), discretions={"one": ("kind", "other == x"), "other": ("kind", "one == y")})

    assert theorem(loaded, "known", where_defined="true") == "whether choices are lawful turns on each other"


# -- the calendar


def test_a_day_without_an_entry_is_not_what_a_table_makes_of_it() -> None:
    """`late` plus six months is out of reach; that says nothing of how `late` compares with what is within."""
    loaded = law(parameters={"late": date(2049, 10, 1)})

    false = theorem(loaded, "late + months(6) == late or not (late < (today + years(19) + months(6)) + months(6))")
    true = theorem(loaded, "late + months(6) == late or not (late < (today + years(18)) + months(6))")

    assert (false, true) == (NO_PROOF, "Pack")


def test_days_beyond_reach_have_a_year_and_come_back_within() -> None:
    """As far as tables of working days, and constants, go."""
    loaded = law(
        parameters={"late": date(2060, 5, 1)}, calendars={"c": calendar("c", [], [], range(2048, 2051))},
    )  # fmt: skip

    assert theorem(loaded, "year(workdays_after(today + years(20), 5)) <= 2049", where_defined="true") == NO_PROOF
    assert theorem(loaded, "year(workdays_after(today + years(20), 5)) <= 2050", where_defined="true") == "Pack"
    assert theorem(loaded, "not is_workday(workdays_after(today + years(20), 5))", where_defined="true") == NO_PROOF
    assert theorem(loaded, "year(late) == 2061", where_defined="true") == NO_PROOF
    assert theorem(loaded, "late - years(30) != date(2030, 5, 1)", where_defined="true") == NO_PROOF
    assert theorem(loaded, "late - years(30) == date(2030, 5, 1)") == "Pack"


def test_where_a_table_lacks_a_year_in_between_days_compare_as_they_do() -> None:
    """Of 2021 nothing is known. Seven days after its last day but one are more than five working days after the last."""
    weekend = [date(2022, 1, day) for day in (1, 2)]
    loaded = law(calendars={"c": calendar("c", [], weekend, (2020, 2022))})
    problem = clauses.Problem(loaded)
    circuit, side = problem.circuit, clauses.Side(problem, {}, {})
    first, last = date(2020, 12, 24).toordinal(), date(2021, 12, 30).toordinal()
    x, z = problem.between(first, last, 0), problem.between(last + 1, last + 20, 0)

    def after(bits: clauses.Bits) -> tuple[int, clauses.Bits]:
        found = side.tabled("workdays_after", [bits, whole(5)], "c")
        return next(((c, number) for c, number in found.numbers()), (FALSE, (FALSE,)))

    after(x)
    (known, working), sum_ = after(z), circuit.plus(x, whole(7))
    less, more = circuit.less(working, sum_), circuit.less(sum_, working)
    for a in range(last, first, -4):
        for b in range(last + 1, last + 21):
            inputs = {bit: bool(n >> at & 1) for bits, n in ((x, a), (z, b)) for at, bit in enumerate(bits) if bit > TRUE}
            node = node_values(circuit, inputs)
            really = kernel.workdays_after(loaded, "c", b, 5)
            assert (node[known >> 1] != bool(known & 1)) == (really is not None)
            if really is not None:
                found = [node[one >> 1] != bool(one & 1) for one in (less, more)]
                assert found == [really < a + 7, a + 7 < really], (a, b)


# -- packs that no reader of ours would write


def edited(change: Callable[[Any], object], text: str) -> Any:
    data = json.loads(text)
    change(data)
    return data


def number_of_none(data: Any) -> None:
    next(one for one in data["facts"] if one["name"] == "n").update(least=5, greatest=3)


def kind_called_none(data: Any) -> None:
    kinds = next(one for one in data["enumerations"] if one["name"] == "kind")
    kinds["values"].append({**kinds["values"][0], "name": "none"})
    data["facts"].append({**data["facts"][0], "name": "more", "type": "kind or none"})


def two_lists_of_one_element(data: Any) -> None:
    data["collections"][1]["element"] = data["collections"][0]["element"]


def chosen_day(data: Any) -> None:
    data["discretions"][0].update(type="day", lawful="True")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (number_of_none, "a number can have no value"),
        (lambda data: data["horizon"].update(to="2019-12-31"), "the horizon ends before it begins"),
        (kind_called_none, "'kind or none': one value has the name of another"),
        (two_lists_of_one_element, "one name stands for two types"),
    ],
)  # fmt: skip
def test_a_pack_in_which_nothing_can_be_or_one_name_means_two_things_is_refused(
    change: Callable[[Any], object], reason: str
) -> None:
    data = edited(change, law_text())

    with pytest.raises(kernel.Refused) as refused:
        kernel.Pack(canonical(data).encode())

    assert str(refused.value) == reason


def test_rules_that_override_each_other_in_a_circle_are_refused() -> None:
    """Where both hold neither speaks, and what is said otherwise comes out."""
    rules = (rule("a", "fits", "True", overrides=["b"]), rule("b", "True", "True", overrides=["a"]))
    loaded = law(define("known", "yes/no", *rules, otherwise="False"))

    assert decision(loaded, [{"value": "true"}]) == "rules of 'known' override each other in a circle"


def test_of_texts_none_comes_first() -> None:
    labelled = {"events": ("event", {"on": "day", "label": "text"}), "lines": ("line", {"grade": "grade"})}
    names = {"e": "events[0]", "f": "events[0]"}
    case = [*NONE_AT_ALL[:4], NONE_AT_ALL[5], {"fact": "events", "is": 1}, {"fact": "events[0].label", "is": "x"}]

    said = theorem(law(collections=labelled), "e.label <= f.label or f.label <= e.label", names=names, case=case)

    assert said == "'<=' between what has no order"


def test_a_choice_is_of_values_that_are_written_out() -> None:
    text = law_text(discretions={"level": ("kind", "True")})
    loaded = kernel.Pack(canonical(edited(chosen_day, text)).encode())

    assert theorem(loaded, "level != today") == "of day no values are written out"
