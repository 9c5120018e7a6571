"""What conditions can come to, judged from their form alone."""

from __future__ import annotations

from building import DefinitionText, define, rule, tiny_pack
from zhunsheng.lang.logic import Fixed, inlined, may_clash, may_leave_gap, simplified, simplify
from zhunsheng.lang.pack import Definition, Pack

GRADE = define("grade", "level", rule("known", "d.shown", "d.level"), otherwise="D", parameters={"d": "line"})
UPPER = define("upper", "yes/no", rule("a-or-b", "g in (A, B)", "True"), otherwise="False", parameters={"g": "level"})
NEVER = define("never", "yes/no", rule("odd", "wording == odd", "True"), otherwise="False")


def pack(*definitions: DefinitionText) -> Pack:
    return tiny_pack(
        enumerations={"level": "D C B A"},
        facts={"as_of": "day", "held": "level", "offered": "level", "open": "yes/no"},
        collections={"lines": ("line", {"name": "text", "level": "level", "shown": "yes/no"})},
        readings={"wording": "plain odd"},
        definitions=[UPPER, NEVER, *definitions],
    )


def judged(text: DefinitionText, readings: dict[str, str] | None = None) -> tuple[bool, bool]:
    """Whether two rules of a definition may clash, and whether it may leave a gap."""
    made = pack(text)
    simple: dict[str, Definition] = {}

    def of(name: str) -> Definition:
        if name not in simple:
            simple[name] = simplified(made.definitions[name], Fixed(readings or {}, definition=of))
        return simple[name]

    return may_clash(made, of(text.name), of), may_leave_gap(made, of(text.name), of)


def test_a_call_stands_for_the_conditions_of_what_is_called() -> None:
    apart = define("x", "number", rule("up", "upper(held)", "1"), rule("down", "held in (C, D)", "2"))
    together = define("x", "number", rule("up", "upper(held)", "1"), rule("down", "held in (B, C, D)", "2"))

    assert judged(apart) == (False, False)
    assert judged(together) == (True, False)


def test_two_values_of_one_enumeration_are_compared_value_by_value() -> None:
    apart = define("x", "number", rule("same", "held == offered", "1"), rule("a-and-b", "held == A and offered == B", "2"),
                   otherwise="0")  # fmt: skip

    assert judged(apart) == (False, False)


def test_rules_that_a_third_defeats_do_not_clash() -> None:
    rules = [rule("one", "held == A", "1"), rule("two", "open", "2"), rule("both", "held == A and open", "3", ["one", "two"])]

    assert judged(define("x", "number", *rules, otherwise="0")) == (False, False)
    assert judged(define("x", "number", *rules[:2], otherwise="0")) == (True, False)


def test_an_empty_list_has_no_element_of_any_kind() -> None:
    nothing, some = "not any(True for l in lines)", "any(l.shown for l in lines)"

    assert judged(define("x", "number", rule("none", nothing, "0"), rule("some", some, "1"), otherwise="2")) == (False, False)


def test_what_a_reading_rules_out_is_gone_where_it_is_called() -> None:
    text = define("x", "number", rule("odd-one", "never()", "1"), rule("usual", "open", "2"), otherwise="0")

    assert judged(text, {"wording": "plain"}) == (False, False)
    assert judged(text, {"wording": "odd"}) == (True, False)


def test_no_rule_for_one_value_leaves_a_gap() -> None:
    assert judged(define("x", "number", rule("up", "upper(held)", "1"), rule("c", "held == C", "2"))) == (False, True)


def test_a_name_that_would_be_captured_keeps_its_call() -> None:
    twin = define("twin", "yes/no", rule("as-good", "any(l.level == d.level for l in lines)", "True"), otherwise="False",
                  parameters={"d": "line"})  # fmt: skip
    asks = define("x", "yes/no", rule("some", "any(twin(l) for l in lines)", "True"), otherwise="False")
    made = pack(twin, asks)
    (aggregate,) = [made.definitions["x"].rules[0].when]

    assert inlined(aggregate.body, made.definitions.__getitem__) == aggregate.body  # type: ignore[attr-defined]
    assert simplify(aggregate, Fixed({})) == aggregate
