"""Rules: who is defeated, what is left, and what a failing rule does."""

from __future__ import annotations

from itertools import permutations

import pytest

from building import RuleText, define, read, rule, tiny_pack
from zhunsheng.evaluate import Run
from zhunsheng.lang.outcome import Failed, Failure, FailureKind, Outcome
from zhunsheng.lang.pack import Pack

GAP = Failure(FailureKind.GAP, "answer")
BROKEN = Failure(FailureKind.GAP, "broken")
CLASHING = Failure(FailureKind.CONFLICT, "clashing", "x | y")


def pack_of(*rules: RuleText, otherwise: str | None = None) -> Pack:
    return tiny_pack(
        facts={"p": "yes/no", "q": "yes/no", "r": "yes/no"},
        definitions=[
            define("broken", "yes/no"),
            define("clashing", "yes/no", rule("x", "True", "True"), rule("y", "True", "False")),
            define("broken_number", "number"),
            define("answer", "number", *rules, otherwise=otherwise),
        ],
    )


def answer(*rules: RuleText, p: bool = True, q: bool = True, r: bool = True, otherwise: str | None = None) -> Outcome:
    return Run(pack_of(*rules, otherwise=otherwise), {"p": p, "q": q, "r": r}, {}, {}).definition("answer")


def failed(*failures: Failure) -> Failed:
    return Failed(frozenset(failures))


def conflict(*rules: str) -> Failure:
    return Failure(FailureKind.CONFLICT, "answer", " | ".join(rules))


def test_the_one_rule_that_holds_gives_the_value() -> None:
    assert answer(rule("a", "p", "1"), rule("b", "q", "2"), p=False) == 2


def test_rules_that_agree_give_their_value() -> None:
    assert answer(rule("a", "p", "2"), rule("b", "q", "1 + 1")) == 2


def test_rules_that_differ_are_a_conflict_of_all_that_hold_in_the_order_of_their_names() -> None:
    rules = rule("c", "p", "1"), rule("a", "q", "1"), rule("b", "r", "2")

    assert answer(*rules) == failed(conflict("a", "b", "c"))
    assert answer(*rules, p=False) == failed(conflict("a", "b"))
    assert answer(*rules, r=False) == 1


def test_without_a_rule_that_holds_otherwise_speaks_and_without_it_there_is_a_gap() -> None:
    assert answer(rule("a", "p", "1"), otherwise="7", p=False) == 7
    assert answer(rule("a", "p", "1"), p=False) == failed(GAP)
    assert answer() == failed(GAP)
    assert answer(otherwise="7") == 7


def test_otherwise_may_fail() -> None:
    assert answer(otherwise="broken_number") == failed(Failure(FailureKind.GAP, "broken_number"))


def test_a_rule_that_holds_defeats_those_it_overrides() -> None:
    rules = rule("general", "p", "1"), rule("special", "q", "2", overrides=["general"])

    assert answer(*rules) == 2
    assert answer(*rules, q=False) == 1
    assert answer(*rules, p=False) == 2


def test_overriding_is_not_transitive() -> None:
    rules = (
        rule("general", "p", "1"),
        rule("special", "q", "2", overrides=["general"]),
        rule("exception", "r", "3", overrides=["special"]),
    )

    assert answer(*rules) == 3
    assert answer(*rules, q=False) == failed(conflict("exception", "general"))


def test_a_defeated_rule_still_defeats() -> None:
    rules = (
        rule("general", "p", "1"),
        rule("special", "q", "2", overrides=["general"]),
        rule("exception", "r", "2", overrides=["special"]),
    )

    assert answer(*rules) == 2


def test_a_rule_may_be_defeated_by_several_and_may_defeat_several() -> None:
    rules = (
        rule("a", "p", "1"),
        rule("b", "q", "2"),
        rule("c", "r", "3", overrides=["a", "b"]),
    )

    assert answer(*rules) == 3
    assert answer(*rules, r=False) == failed(conflict("a", "b"))


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_in_which_rules_are_written_does_not_matter(order: tuple[int, ...]) -> None:
    rules = (
        rule("general", "p", "1"),
        rule("special", "q", "2", overrides=["general"]),
        rule("other", "r", "4"),
    )

    assert answer(*(rules[place] for place in order)) == failed(conflict("other", "special"))


def test_a_condition_that_fails_makes_the_definition_fail_also_if_another_rule_holds() -> None:
    assert answer(rule("a", "broken", "1"), rule("b", "q", "1")) == failed(BROKEN)
    assert answer(rule("a", "broken", "1"), otherwise="1") == failed(BROKEN)


def test_a_failing_rule_that_a_holding_rule_overrides_does_no_harm() -> None:
    rules = rule("a", "broken", "1"), rule("b", "q", "2", overrides=["a"])

    assert answer(*rules) == 2
    assert answer(*rules, q=False) == failed(BROKEN)


def test_a_failing_rule_defeats_nothing() -> None:
    assert answer(rule("a", "p", "1"), rule("b", "broken", "2", overrides=["a"])) == failed(BROKEN)
    assert answer(
        rule("a", "p", "1"),
        rule("b", "broken", "2", overrides=["a"]),
        rule("c", "q", "3", overrides=["b"]),
    ) == failed(conflict("a", "c"))


def test_the_value_of_a_rule_that_is_not_left_is_not_looked_at() -> None:
    assert answer(rule("a", "p", "broken_number"), rule("b", "q", "2", overrides=["a"])) == 2
    assert answer(rule("a", "p", "broken_number"), rule("b", "q", "2"), p=False) == 2


def test_all_failures_count_together() -> None:
    rules = (
        rule("a", "clashing", "1"),
        rule("b", "p", "broken_number"),
        rule("c", "q", "1"),
        rule("d", "r", "2"),
    )
    value_gap = Failure(FailureKind.GAP, "broken_number")

    assert answer(*rules) == failed(CLASHING, value_gap, conflict("c", "d"))
    assert answer(*rules, r=False) == failed(CLASHING, value_gap)
    assert answer(*rules, p=False, q=False) == failed(CLASHING)


def test_the_strongest_failure_names_the_outcome() -> None:
    found = answer(rule("a", "broken and clashing", "1"))

    assert isinstance(found, Failed)
    assert found.failures == {BROKEN, CLASHING}
    assert found.kind is FailureKind.CONFLICT


def test_a_definition_is_settled_once_for_the_same_arguments() -> None:
    chain = [define("level0", "number", otherwise="x", parameters={"x": "number"})]
    chain += [
        define(f"level{n}", "number", otherwise=f"level{n - 1}(x) + level{n - 1}(x + 1)", parameters={"x": "number"})
        for n in range(1, 26)
    ]
    pack = tiny_pack(facts={"p": "yes/no"}, definitions=chain)
    run = Run(pack, {"p": True}, {}, {})

    # Unless each is settled once, this calls level0 thirty million times.
    assert run.definition("level25", (0,)) == 2**25 * 25 // 2


def test_definitions_call_each_other_at_their_own_arguments() -> None:
    pack = tiny_pack(
        facts={"p": "yes/no"},
        definitions=[
            define("half", "number", rule("big", "n > 10", "1"), otherwise="0", parameters={"n": "number"}),
            define("both", "number", otherwise="half(n) + half(20)", parameters={"n": "number"}),
        ],
    )
    run = Run(pack, {"p": True}, {}, {})

    assert [run.definition("both", (number,)) for number in (5, 15)] == [1, 2]
    assert run.expression(read(pack, "both(11)")) == 2


def test_a_definition_called_with_too_few_arguments_is_our_own_mistake() -> None:
    double = define("f", "number", otherwise="n", parameters={"n": "number"})
    pack = tiny_pack(facts={"p": "yes/no"}, definitions=[double])

    with pytest.raises(ValueError, match=r"^f takes 1 argument\(s\), not 0$"):
        Run(pack, {"p": True}, {}, {}).definition("f")
