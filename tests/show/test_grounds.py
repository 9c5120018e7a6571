"""A reason says the ground a definition has itself, and nothing that the outcome does not turn on."""
# ruff: noqa: E501 (a sentence is compared whole, on one line)

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from building import NO_TEXT, RuleText, define, listing, rule, tiny_pack
from zhunsheng.ask.deciding.decide import decide
from zhunsheng.ask.report import Answer, Because
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import NONE, Text
from zhunsheng.narrate.document import Item
from zhunsheng.show.deciding.idle import idle
from zhunsheng.show.deciding.reasons import Reasons

TODAY = date(2025, 3, 10)
TITLES = {
    "due": Text("期限", "Due"), "limit": Text("未放宽的期限", "Unrelaxed due day"), "first": Text("首日", "First day"),
    "relaxed": Text("放宽", "Relaxed"), "grade": Text("现行等级", "Grade in force"),
    "grade_on": Text("该日现行等级", "Grade on the day"), "coded": Text("该位次的等级", "Grade at a place"),
    "barred": Text("受限制", "Barred"), "barred_until": Text("限制的最后一日", "Last day of the bar"),
    "whole": Text("限制及于全部", "The bar is of the whole"), "latest": Text("最近结果", "Latest result"),
    "lowest": Text("计入降级的等级", "Grade with downgrades"),
}  # fmt: skip
SAYS = {
    "today": Text("所问之日的现行等级。", "The grade in force on the day asked about."),
    "place-of-high": Text("位次40为高。", "Place 40 is high."),
    "latest-end": Text("以最晚的为准。", "The latest counts."),
    "of-the-same": Text("同一行业受限制。", "The same industry is barred."),
    "by-a-fall": Text("申报日在限制之内。", "The day lies in a bar."),
    "of-both": Text("取结果和各次降级中最低的。", "The lowest of the result and of the downgrades."),
    "worked-out": Text("从首日起算。", "It runs from the first day."),
}

ONLY_NAMED = rule("today", "True", "grade_on(as_of)")


def law(grade: RuleText = ONLY_NAMED) -> Pack:
    """A day with a default that is worked out, a grade read off a code, and a bar by falls."""
    pack = tiny_pack(
        facts={"as_of": "day", "filed_on": "day or none", "result": "grade", "many": "yes/no", "fixed": "yes/no"},
        collections={"falls": ("fall", {"ends_on": "day", "to": "grade"})},
        enumerations={"grade": "low high"},
        definitions=[
            define("first", "day or none", rule("held", "filed_on != none and many", "as_of"), otherwise="filed_on"),
            define("limit", "day or none", rule("worked-out", "filed_on != none", "filed_on"), otherwise="none"),
            define("relaxed", "yes/no", rule("busy", "many and fixed", "False"), otherwise="many"),
            define("due", "day or none", rule("busy", "many", "as_of"), otherwise="limit"),
            define("coded", "grade", rule("place-of-high", "place == 40", "high"), otherwise="low",
                   parameters={"place": "number"}),
            define("latest", "grade", rule("result", "True", "coded(40 if result == high else 10)"), parameters={"d": "day"}),
            define("lowest", "grade", rule("of-both", "True", "low if any(f.to == low for f in falls) else high"),
                   parameters={"d": "day"}),
            define("grade_on", "grade", rule("both", "latest(d) == lowest(d)", "latest(d)"), otherwise="low",
                   parameters={"d": "day"}),
            define("grade", "grade", grade),
            define("whole", "yes/no", rule("of-all", "fixed", "True"), otherwise="False"),
            define("barred", "yes/no", rule("by-a-fall", "any(f.ends_on >= as_of for f in falls)", "True"),
                   rule("of-the-same", "not whole and any(f.to == high for f in falls for g in falls)", "True"), otherwise="False"),
            define("barred_until", "day or none",
                   rule("latest-end", "whole", "max((f.ends_on for f in falls), default=none)"), otherwise="none"),
        ],
    )  # fmt: skip
    rules = {
        name: tuple(replace(one, says=SAYS.get(one.name), provision="1") for one in each.rules)
        for name, each in pack.definitions.items()
    }
    named = {
        name: replace(each, title=TITLES[name], rules=rules[name], provision="1") for name, each in pack.definitions.items()
    }
    grade = pack.enumerations["grade"]
    words = tuple(replace(one, title=Text({"low": "低", "high": "高"}[one.name], one.name)) for one in grade.values)
    specials = {"none": ("none", Text("无", "none"))}
    return replace(pack, definitions=named, specials=specials, enumerations={"grade": replace(grade, values=words)})


def asked(pack: Pack, name: str, **facts: Any) -> Answer:
    given = {"as_of": TODAY, "filed_on": NONE, "result": "high", "many": False, "fixed": True, "falls": listing()}
    (answer,) = decide(pack, Case(NO_TEXT, "tiny", {**given, **facts}, {}, {}, None), [name]).answers
    return answer


def reasons(name: str, lang: str, pack: Pack | None = None, **facts: Any) -> tuple[Item, ...]:
    pack = pack or law()
    return Reasons(pack, lang).of(asked(pack, name, **facts))


def first(name: str, lang: str, **facts: Any) -> str:
    return reasons(name, lang, **facts)[0].text


def texts(items: tuple[Item, ...]) -> str:
    return "\n".join(f"{item.text}\n{texts(item.items)}" for item in items)


@pytest.mark.parametrize(
    ("name", "facts", "zh", "en"),
    [
        (
            "due", {"filed_on": date(2025, 3, 3)}, "“期限”为2025年3月3日，即“未放宽的期限”（第一条）。",
            "“Due” is 3 March 2025, which is “Unrelaxed due day” (article 1).",
        ),
        ("due", {}, "“期限”为无，因为没有“未放宽的期限”（第一条）。", "“Due” is none, because there is no “Unrelaxed due day” (article 1)."),
        (
            "limit", {}, "“未放宽的期限”为无，因为不属于有关规定所列的各种情形（第一条）。",
            "“Unrelaxed due day” is none, because none of the cases that the rules list is met (article 1).",
        ),
        ("relaxed", {}, "“放宽”不成立，因为“many”不属实（第一条）。", "“Relaxed” does not hold, because “many” is not true (article 1)."),
    ],
)  # fmt: skip
def test_what_holds_otherwise_has_the_ground_it_was_worked_out_from(name: str, facts: dict[str, Any], zh: str, en: str) -> None:
    assert (first(name, "zh", **facts), first(name, "en", **facts)) == (zh, en)


def test_a_rule_that_only_says_its_title_again_says_nothing() -> None:
    assert [first("grade", lang) for lang in ("zh", "en")] == ["“现行等级”为高（第一条）。", "“Grade in force” is high (article 1)."]


def test_a_rule_that_says_more_than_its_title_is_told() -> None:
    pack = law(rule("worked-out", "True", "grade_on(as_of)"))

    assert "从首日起算" in reasons("grade", "zh", pack)[0].text


def test_a_number_looked_up_in_a_list_of_codes_is_not_told_as_if_a_provision_had_it() -> None:
    assert "40" not in texts(reasons("grade", "zh"))


def test_the_lowest_of_a_result_and_of_no_falls_is_not_told() -> None:
    fall = {"ends_on": TODAY, "to": "high"}

    assert "取结果和各次降级中最低的" not in texts(reasons("grade", "zh"))
    assert "取结果和各次降级中最低的" in texts(reasons("grade", "zh", falls=listing(fall)))


def test_what_a_rule_has_for_an_empty_list_is_told_as_that_and_not_in_the_words_of_the_rule() -> None:
    fall = {"ends_on": date(2025, 5, 1), "to": "low"}

    none, some = reasons("barred_until", "zh"), reasons("barred_until", "zh", falls=listing(fall))

    assert none[0] == Item("“限制的最后一日”为无，因为没有fall（第一条）。")
    assert some[0].text == "“限制的最后一日”为2025年5月1日。以最晚的为准（第一条）。"
    assert some[0].items[0].text.startswith("“限制及于全部”成立")


def test_a_step_is_idle_only_where_lists_are_empty_and_another_has_come_to_the_same() -> None:
    pack, answer = law(), asked(law(), "grade")
    at = next(n for n, step in enumerate(answer.because) if step.definition == "lowest")

    def without(change: dict[str, Any]) -> bool:
        steps = [replace(step, **change) if n == at else step for n, step in enumerate(answer.because)]
        return at in idle(pack, steps)

    assert without({})
    assert not without({"outcome": "low"})
    assert not without({"facts": ()})
    assert not without({"arguments": ("2025-03-09",)})
    assert idle(pack, [Because("lowest", "of-both", "1", (), "high", answer.because[at].facts)]) == set()


def test_that_a_negative_condition_is_not_met_is_told_as_what_is_so() -> None:
    (limit,), (due,) = ([item for item in reasons(name, "zh") if item.label == "未适用的规定"] for name in ("limit", "due"))

    assert limit.items[0].text == "从首日起算（第一条）。不适用，因为没有filed on"
    assert due.items[0].text.endswith("不具备的条件：“many”属实")


def test_a_condition_is_told_where_the_list_beside_it_is_not_empty() -> None:
    fall = {"ends_on": date(2025, 3, 9), "to": "low"}

    answer = asked(law(), "barred", falls=listing(fall))

    assert [step.definition for step in answer.because] == ["barred", "whole"]
    assert "“限制及于全部”成立" in texts(Reasons(law(), "zh").of(answer))
