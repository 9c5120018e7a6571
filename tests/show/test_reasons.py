"""The ground of an answer is told, and stands below the rule that takes it: two things a reader cannot mend for himself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from building import HORIZON, NO_TEXT, define, rule, tiny_pack
from shelf import PACK
from zhunsheng.ask.deciding.decide import decide
from zhunsheng.ask.report import Answer, Because, Status
from zhunsheng.ask.timelines.timeline_report import Span
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate.document import Item
from zhunsheng.read import load_pack
from zhunsheng.show.certifying.claims import Claims
from zhunsheng.show.deciding.reasons import Reasons, depths
from zhunsheng.show.timelines.along import Along


def law() -> Pack:
    """`may` only passes on what `may_for` says; that is barred by `barred`, of the same provision as both."""
    pack = tiny_pack(
        facts={"as_of": "day", "fined": "yes/no", "old": "yes/no"},
        definitions=[
            define("may", "yes/no", rule("for-the-day", "True", "may_for(7)")),
            define("may_for", "yes/no", rule("by-the-bar", "small(wanted) and barred", "False"),
                   otherwise="True", parameters={"wanted": "number"}),
            define("small", "yes/no", rule("below-ten", "wanted < 10 and middle", "True"),
                   otherwise="False", parameters={"wanted": "number"}),
            define("middle", "yes/no", rule("as-shared", "shared", "True"), otherwise="False"),
            define("barred", "yes/no", rule("by-a-fine", "fined and shared", "True"), otherwise="False"),
            define("shared", "yes/no", rule("not-old", "not old", "True"), otherwise="False"),
        ],
    )  # fmt: skip
    named = {name: replace(each, title=Text(name, name)) for name, each in pack.definitions.items()}
    return replace(pack, definitions=named)


def told() -> tuple[Pack, Answer]:
    pack = law()
    facts = {"as_of": HORIZON[0], "fined": True, "old": False}
    (answer,) = decide(pack, Case(NO_TEXT, "tiny", facts, {}, {}, None), ["may"]).answers
    return pack, answer


def lines(items: tuple[Item, ...], depth: int = 0) -> list[tuple[int, str]]:
    found = []
    for item in items:
        if item.text:
            found += [(depth, item.text.partition("”")[0].strip("“")), *lines(item.items, depth + 1)]
    return found


def test_what_a_rule_passes_on_is_told_with_its_own_ground_though_its_provision_was_cited() -> None:
    pack, answer = told()

    said = lines(Reasons(pack, "en").of(answer))

    assert [(depth, name.partition(" (")[0]) for depth, name in said if name in ("may", "may_for (7)", "barred")] == [
        (0, "may"), (1, "may_for"), (2, "barred"),
    ]  # fmt: skip


def test_what_is_passed_on_lies_no_deeper_than_the_rule_that_passes_it_on() -> None:
    pack, answer = told()

    reckoned = dict(zip((step.definition for step in answer.because), depths(pack, answer.because), strict=True))

    assert (reckoned["may"], reckoned["may_for"], reckoned["barred"]) == (0, 0, 1)


def test_a_step_stands_after_one_that_calls_it_in_the_order_of_reasons() -> None:
    calls = {
        "may": {"may_for"}, "may_for": {"small", "barred"}, "small": {"middle"}, "middle": {"shared"}, "barred": {"shared"},
    }  # fmt: skip
    _, answer = told()

    callers: list[Because] = []
    for step in answer.because:
        callers = callers[: step.depth]
        assert not callers or step.definition in calls[callers[-1].definition]
        callers.append(step)


def test_a_step_below_one_that_is_not_told_is_not_put_below_the_step_told_before_it() -> None:
    pack = law()
    steps = (
        Because("may", "for-the-day", "1", (), "false"),
        Because("barred", "by-a-fine", "1", (), "true", depth=1),
        Because("small", "below-ten", "1", ("7",), "true", depth=1),
        Because("shared", "not-old", "2", (), "true", depth=2),
    )
    answer = Answer("may", "may", pack.definitions["may"].type, told()[1].status, (), because=steps)

    assert lines(Reasons(pack, "en").of(answer)) == [(0, "may"), (1, "barred"), (1, "shared")]


def test_several_findings_of_a_certificate_are_numbered_and_not_run_together() -> None:
    pack = load_pack(PACK)
    atoms = [
        {"fact": "finding[0].trigger", "is": "recheck_shortfall"}, {"fact": "finding[1].trigger", "is": "violation"},
    ]  # fmt: skip

    assert [each.partition("：")[0] for each in Claims(pack, "zh").facts(atoms)] == ["第1项待处理情形", "第2项待处理情形"]
    assert [each.partition("：")[0] for each in Claims(pack, "zh").facts(atoms[:1])] == ["待处理情形"]


def test_a_span_that_lies_wholly_ahead_is_not_said_to_do_so_in_part() -> None:
    day = HORIZON[0]
    span = Span(day, day + timedelta(9), Status.DETERMINED, (), provided_from=day)

    said = [Along(law(), "zh").below(each)[0].text for each in (span, replace(span, provided_from=day + timedelta(2)))]

    assert said[0] == "以不再发生新的情况为前提。"
    assert said[1].startswith("其中")
