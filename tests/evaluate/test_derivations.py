"""Derivations: which rules fired, were defeated, did not hold or failed, on which facts, and what that rests on."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from building import define, listing, read, rule, tiny_pack
from random_expressions import PACK, cases, expressions, facts_of
from zhunsheng.evaluate import PRESENT, Derivation, Element, Looked, RuleStep, Run, Status, Touched
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.outcome import Failed, Failure, FailureKind
from zhunsheng.lang.pack import Definition
from zhunsheng.lang.types import NONE, Period, Type
from zhunsheng.lang.unparse import unparse

KILNS = tiny_pack(
    enumerations={"grade": "D C B A", "indicator": "transport records"},
    facts={
        "as_of": "day",
        "application or none": {"filed_on": "day", "target": "grade"},
    },
    collections={
        "lines": ("line", {"name": "text", "indicators": "table of grade by indicator"}),
        "bars": ("bar", {"from": "day", "to": "day", "lifted_on": "day or none"}),
    },
    keys={"lines": "name"},
    parameters={"one_year": Period(years=1)},
    readings={"worst": "least only_records"},
    discretions={"penalty": ("grade", "worst == least and penalty <= C")},
    definitions=[
        define(
            "line.level", "grade",
            rule("least", "worst == least", "D if line.indicators.transport == D else line.indicators.records"),
            rule("records", "worst == only_records", "line.indicators.records"),
        ),
        define(
            "line.poor", "yes/no", rule("low", "line.level == D", "True"), otherwise="False",
        ),
        define("bar.over", "yes/no", rule("lifted", "bar.lifted_on != none", "True"), otherwise="bar.to < as_of"),
        define("broken", "yes/no"),
        define(
            "may_apply", "yes/no",
            rule("usually", "application != none", "True"),
            rule("barred", "any(b.from_ <= application.filed_on <= b.to and not b.over for b in bars)"
                 " if application != none else False", "False", overrides=["usually"]),
            rule("poor", "application != none and any(x.poor for x in lines)", "False", overrides=["usually"]),
            otherwise="False",
        ),
        define("fee", "number", rule("odd", "broken and as_of > date(2024, 1, 1)", "1"),
               rule("old", "as_of < date(2024, 1, 1) and broken", "2")),
        define("fine", "grade", rule("chosen", "True", "penalty")),
        define("waited", "day", otherwise="as_of + one_year"),
    ],
)  # fmt: skip

FACTS: dict[str, Any] = {
    "as_of": date(2025, 6, 1),
    "application": {"filed_on": date(2025, 5, 1), "target": "A"},
    "lines": listing(
        {"name": "1号窑", "indicators": {"transport": "B", "records": "C"}},
        {"name": "2号窑", "indicators": {"transport": "D", "records": "A"}},
    ),
    "bars": listing(
        {"from": date(2024, 1, 1), "to": date(2024, 6, 1), "lifted_on": NONE},
        {"from": date(2025, 1, 1), "to": date(2025, 12, 31), "lifted_on": NONE},
    ),
}
LINE_1, LINE_2 = Element("lines", 0), Element("lines", 1)


def run(worst: str = "least", choices: dict[str, Any] | None = None, **facts: Any) -> Run:
    return Run(KILNS, {**FACTS, **facts}, {"worst": worst}, choices or {})


def lacked(step: RuleStep) -> str:
    return unparse(step.lacked) if step.lacked is not None else ""


def test_a_rule_that_fired_says_what_its_condition_and_its_value_looked_at() -> None:
    step = run().derivation("line.level", (LINE_2,)).rule("least")

    assert step == RuleStep(
        "least", Status.FIRED,
        Looked(facts=(("lines[2号窑].indicators.transport", "D"),), readings=(("worst", "least"),)),
        outcome="D",
    )  # fmt: skip


def test_a_rule_that_did_not_hold_says_which_conjunct_was_false_first_and_on_which_values() -> None:
    step = run(lines=listing(FACTS["lines"].elements[0])).derivation("may_apply").rule("poor")

    assert step.status is Status.NOT_HELD
    assert lacked(step) == "any(x.poor for x in lines)"
    assert step.looked == Looked(lists=(("lines", 1),), calls=(("line.poor", (LINE_1,)),))


def test_a_false_comparison_within_a_chain_is_named_alone() -> None:
    pack = tiny_pack(
        facts={"a": "number", "b": "number", "p": "yes/no"},
        definitions=[define("d", "number", rule("r", "p and 1 < a < b < 9", "1"), otherwise="0")],
    )
    step = Run(pack, {"a": 5, "b": 4, "p": True}, {}, {}).derivation("d").rule("r")

    assert lacked(step) == "a < b"
    assert step.looked == Looked(facts=(("a", 5), ("b", 4)))


def test_any_over_a_list_is_false_for_every_element() -> None:
    step = run(as_of=date(2027, 1, 1)).derivation("may_apply").rule("barred")

    assert step.status is Status.NOT_HELD
    assert step.looked == Looked(
        facts=(
            ("application.filed_on", date(2025, 5, 1)),
            ("bars[0].to", date(2024, 6, 1)),
        ),
        lists=(("bars", 2),),
        calls=(("bar.over", (Element("bars", 1),)),),
    )  # fmt: skip


def test_any_that_is_true_says_only_the_element_that_decided() -> None:
    step = run().derivation("may_apply").rule("barred")

    assert step.status is Status.FIRED
    assert step.looked == Looked(
        facts=(
            ("bars[1].from", date(2025, 1, 1)),
            ("application.filed_on", date(2025, 5, 1)),
            ("bars[1].to", date(2025, 12, 31)),
        ),
        calls=(("bar.over", (Element("bars", 1),)),),
    )  # fmt: skip


def test_a_defeated_rule_says_which_rules_defeat_it() -> None:
    derivation = run().derivation("may_apply")

    assert derivation.outcome is False
    assert derivation.rule("usually") == RuleStep(
        "usually", Status.DEFEATED, Looked(facts=(("application", PRESENT),)), by=("barred", "poor")
    )


def test_a_rule_that_failed_says_why() -> None:
    derivation = run().derivation("fee")
    gap = Failed(frozenset({Failure(FailureKind.GAP, "broken")}))

    assert derivation.outcome == gap
    assert derivation.rule("odd") == RuleStep(
        "odd", Status.FAILED, Looked(facts=(("as_of", date(2025, 6, 1)),), calls=(("broken", ()),)), outcome=gap
    )
    assert derivation.rule("old").status is Status.NOT_HELD
    assert lacked(derivation.rule("old")) == "as_of < date(2024, 1, 1)"


def test_a_failing_rule_that_is_defeated_says_both() -> None:
    pack = tiny_pack(
        facts={"p": "yes/no"},
        definitions=[
            define("broken", "yes/no"),
            define("d", "number", rule("a", "broken", "1"), rule("b", "p", "2", overrides=["a"])),
        ],
    )
    step = Run(pack, {"p": True}, {}, {}).derivation("d").rule("a")

    assert (step.status, step.by) == (Status.DEFEATED, ("b",))
    assert step.outcome == Failed(frozenset({Failure(FailureKind.GAP, "broken")}))


def test_a_fired_rule_whose_value_fails_has_that_failure_as_its_outcome() -> None:
    pack = tiny_pack(
        facts={"p": "yes/no"},
        definitions=[define("broken", "number"), define("d", "number", rule("a", "p", "broken"))],
    )
    step = Run(pack, {"p": True}, {}, {}).derivation("d").rule("a")

    assert (step.status, step.outcome) == (Status.FIRED, Failed(frozenset({Failure(FailureKind.GAP, "broken")})))


def test_otherwise_says_what_it_looked_at_and_only_if_it_was_taken() -> None:
    first, second = (run().derivation("bar.over", (Element("bars", index),)) for index in (0, 1))

    assert first.outcome is True
    assert first.rule("lifted").looked == Looked(facts=(("bars[0].lifted_on", NONE),))
    assert first.otherwise == Looked(facts=(("bars[0].to", date(2024, 6, 1)), ("as_of", date(2025, 6, 1))))
    assert second.outcome is False
    assert run().derivation("may_apply").otherwise is None
    assert run().derivation("fee").otherwise is None


def test_parameters_are_named_with_their_values() -> None:
    assert run().derivation("waited").otherwise == Looked(
        facts=(("as_of", date(2025, 6, 1)),), parameters=(("one_year", Period(years=1)),)
    )


def test_a_record_that_does_not_exist_is_named_as_such() -> None:
    derivation = run(application=NONE).derivation("may_apply")

    assert derivation.outcome is False
    assert derivation.rule("usually").looked == Looked(facts=(("application", NONE),))
    assert lacked(derivation.rule("usually")) == "application != none"


def test_a_derivation_holds_those_of_the_definitions_it_called() -> None:
    derivation = run().derivation("may_apply")

    assert [(part.definition, part.at) for part in derivation.called] == [
        ("bar.over", ("bars[1]",)),
        ("line.poor", ("lines[2号窑]",)),
    ]
    assert derivation.sub("line.poor", (LINE_2,)).sub("line.level", (LINE_2,)).outcome == "D"
    assert [part.definition for part in derivation.steps()] == ["may_apply", "bar.over", "line.poor", "line.level"]


def test_a_path_is_the_label_of_the_case_file_where_it_has_one() -> None:
    labelled = listing(FACTS["bars"].elements[1], labels=["bar"])
    found = run(bars=labelled).derivation("bar.over", (Element("bars", 0),))

    assert found.at == ("bar",)
    assert found.rule("lifted").looked == Looked(facts=(("bar.lifted_on", NONE),))


def test_arguments_that_are_values_are_written_plainly() -> None:
    pack = tiny_pack(
        enumerations={"grade": "B A"},
        facts={"p": "yes/no"},
        definitions=[
            define(
                "d", "grade", otherwise="g",
                parameters={"g": "grade", "on": "day or none", "n": "number", "t": "yes/no"},
            ),
        ],
    )  # fmt: skip
    run = Run(pack, {"p": True}, {}, {})

    assert run.derivation("d", ("A", date(2025, 1, 2), 3, True)).at == ("A", "2025-01-02", "3", "True")
    assert run.derivation("d", ("A", NONE, 3, True)).at == ("A", "none", "3", "True")


def test_a_choice_is_named_with_what_is_chosen_or_with_its_gap() -> None:
    chosen = run(choices={"penalty": "C"}).derivation("fine").rule("chosen")
    nothing_lawful = run("only_records").derivation("fine").rule("chosen")
    gap = Failed(frozenset({Failure(FailureKind.GAP, "penalty")}))

    assert chosen == RuleStep("chosen", Status.FIRED, Looked(choices=(("penalty", "C"),)), outcome="C")
    assert nothing_lawful == RuleStep("chosen", Status.FIRED, Looked(choices=(("penalty", gap),)), outcome=gap)


def test_what_an_answer_rests_on_goes_all_the_way_down() -> None:
    assert run().touched("line.poor", (LINE_2,)) == Touched(
        facts=frozenset({"lines[2号窑].indicators.transport"}),
        lists=frozenset(),
        parameters=frozenset(),
        readings=frozenset({"worst"}),
        choices=frozenset(),
    )


def test_what_a_choice_rests_on_is_what_bounds_it() -> None:
    found = run(choices={"penalty": "C"}).touched("fine")

    assert (found.readings, found.choices) == (frozenset({"worst"}), frozenset({"penalty"}))


def test_what_takes_the_place_of_a_choice_is_among_what_the_answer_rests_on() -> None:
    pack = tiny_pack(
        facts={"n": "number", "m": "number"},
        enumerations={"grade": "B A"},
        discretions={"pick": ("grade", "n > 3 and pick == A", "B if m > 2 else A")},
        definitions=[define("d", "grade", otherwise="pick")],
    )

    assert Run(pack, {"n": 4, "m": 0}, {}, {"pick": "A"}).touched("d").facts == {"n"}
    assert Run(pack, {"n": 1, "m": 0}, {}, {}).touched("d").facts == {"n", "m"}


def test_a_derivation_can_be_printed_and_compared_however_often_its_parts_are_shared() -> None:
    chain = [define("level0", "number", otherwise="n")]
    chain += [define(f"level{k}", "number", otherwise=f"level{k - 1} + level{k - 1}") for k in range(1, 40)]
    pack = tiny_pack(facts={"n": "number"}, definitions=chain)
    first, second = (Run(pack, {"n": 1}, {}, {}).derivation("level39") for _ in range(2))

    assert first == second
    assert len(repr(first)) < 2000
    assert len(first.steps()) == 40


# -- nothing but what an answer rests on can change it


def probe(expr: Expr, type_: str) -> Definition:
    return Definition("probe", (), Type(type_), (), expr, "")


def with_others(case: SimpleNamespace, others: SimpleNamespace, rests_on: Touched) -> SimpleNamespace:
    """`case`, with everything the answer does not rest on taken from `others`."""
    kept = rests_on.facts

    def merged(prefix: str, mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
        return {
            name: merged(f"{prefix}.{name}", value, theirs[name]) if isinstance(value, dict)
            else value if f"{prefix}.{name}" in kept else theirs[name]
            for name, value in mine.items()
        }  # fmt: skip

    def elements(name: str, mine: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        together = [
            merged(f"{name}[{index}]", element, theirs[index] if index < len(theirs) else element)
            for index, element in enumerate(mine)
        ]
        return together if name in rests_on.lists else together + theirs[len(mine) :]

    filing = others.filing
    if any(path == "filing" or path.startswith("filing.") for path in kept):
        filing = case.filing
        if filing is not NONE and others.filing is not NONE:
            filing = merged("filing", case.filing, others.filing)
    plain = {name: getattr(case if name in kept else others, name) for name in ("today", "n", "flag", "mood")}
    return SimpleNamespace(
        **plain, filing=filing, manner=(case if "manner" in rests_on.readings else others).manner,
        items=elements("items", case.items, others.items), visits=elements("visits", case.visits, others.visits),
    )  # fmt: skip


@settings(max_examples=2_000 if os.environ.get("ALL") else 300, derandomize=True, database=None, deadline=None)
@given(expressions(), cases(), cases(), st.booleans())
def test_what_an_answer_does_not_rest_on_cannot_change_it(
    expression: tuple[str, str], case: SimpleNamespace, others: SimpleNamespace, as_rule: bool
) -> None:
    text, type_ = expression
    definition = probe(read(PACK, text, type_), type_)
    if as_rule and type_ == "yes/no" and definition.otherwise is not None:
        when, true, false = definition.otherwise, read(PACK, "True"), read(PACK, "False")
        spare = next(iter(PACK.definitions["item.heavy"].rules))
        definition = replace(definition, rules=(replace(spare, when=when, value=true),), otherwise=false)
    pack = replace(PACK, definitions={**PACK.definitions, "probe": definition})
    first = Run(pack, facts_of(case), {"manner": case.manner}, {})
    changed = with_others(case, others, first.touched("probe"))
    event(f"something changed: {changed != case}")

    second = Run(pack, facts_of(changed), {"manner": changed.manner}, {})

    assert second.definition("probe") == first.definition("probe")


def test_a_derivation_is_data_that_cannot_be_changed() -> None:
    derivation = run().derivation("may_apply")

    assert isinstance(derivation, Derivation)
    assert derivation is not run().derivation("may_apply")
    assert hash(derivation.rules[0].looked) == hash(run().derivation("may_apply").rules[0].looked)
