"""A made-up regulation for tests of prose and of output: the rules of a lending library, with words in both languages.

Some facts have a title, others only the question that asks for them, so that both ways of naming are tried.
"""
# ruff: noqa: E501 (titles stand beside each other in both languages)

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from building import read, scope_of, type_of
from zhunsheng.lang.case import Case, Listing
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.pack import (
    Calendar,
    CalendarYear,
    CollectionSpec,
    Definition,
    DiscretionSpec,
    Duty,
    FactSpec,
    Option,
    Pack,
    ParameterSpec,
    ReadingSpec,
    Rule,
    Term,
)  # fmt: skip
from zhunsheng.lang.scope import Signature
from zhunsheng.lang.types import DAY, NONE, NUMBER, PERIOD, TEXT, YES_NO, Enumeration, EnumValue, Period, Text, Type
from zhunsheng.lang.typing import Reader, plain_source, ruled_out

SINCE = date(2024, 1, 1)
MAYBE_DAY = type_of("day or none")
ENUMERATIONS = {
    "standing": Enumeration(
        "standing",
        (
            EnumValue("suspended", "suspended", Text("停借", "suspended")),
            EnumValue("ordinary_minus", "ordinary-", Text("普通（限借）", "ordinary, limited")),
            EnumValue("ordinary", "ordinary", Text("普通", "ordinary"), also=("普通读者",)),
            EnumValue("honoured", "honoured", Text("优秀", "honoured")),
            EnumValue(
                "level", '{"tie":["ordinary","honoured"]}', Text("普通与优秀并列", "ordinary and honoured, level"),
                answer_only=True,
            ),
        ),
        ordered=True,
        provision="3",
    ),
    "sort": Enumeration(
        "sort",
        (
            EnumValue("book", "book", Text("图书", "book")),
            EnumValue("map", "map", Text("地图", "map")),
            EnumValue("rare", "rare", Text("珍本", "rare book")),
        ),
    ),
    "actor": Enumeration(
        "actor",
        (
            EnumValue("desk", "desk", Text("借阅处", "the lending desk")),
            EnumValue("director", "director", Text("馆长", "the director")),
        ),
    ),
    "service": Enumeration(
        "service",
        (EnumValue("care", "care", Text("爱护程度", "care")), EnumValue("time", "time", Text("按时归还", "punctuality"))),
    ),
}  # fmt: skip
FACTS = {
    "as_of": FactSpec("as_of", DAY, ask=Text("要问的是哪一天的情况？", "Which day is the question about?")),
    "card": FactSpec(
        "card", None, may_be_none=True, ask=Text("读者办了借书证吗？", "Has the reader got a card?"),
        record=(
            FactSpec("issued_on", DAY, title=Text("发证日", "day of issue")),
            FactSpec("paid", YES_NO, ask=Text("押金交清了吗？", "Is the deposit paid?")),
            FactSpec("held", type_of("standing"), ask=Text("证上写的是哪一级？", "Which standing does it name?")),
        ),
    ),
    "scores": FactSpec(
        "scores", type_of("table of standing or not_applicable by service"), title=Text("考评", "assessment")
    ),
    "open_late": FactSpec("open_late", YES_NO, title=Text("当天延时开放", "the library is open late")),
}  # fmt: skip
COLLECTIONS = {
    "loans": CollectionSpec(
        "loans", "loan", key="mark", title=Text("借阅", "loans"), happens_on="due_on",
        fields=(
            FactSpec("mark", TEXT, title=Text("书号", "shelf mark")),
            FactSpec("sort", Type("sort"), title=Text("种类", "kind")),
            FactSpec("due_on", DAY, title=Text("应还日", "due day")),
            FactSpec("returned_on", MAYBE_DAY, title=Text("归还日", "day of return")),
            FactSpec("damaged", YES_NO, title=Text("有污损", "the item is damaged")),
        ),
    ),
    "fines": CollectionSpec(
        "fines", "fine", split=("branch", "branches"), ask=Text("读者受过哪些罚款？", "Which fines has the reader had?"),
        fields=(
            FactSpec("amount", NUMBER, ask=Text("罚款金额是多少？", "What was the amount?")),
            FactSpec("paid_on", MAYBE_DAY, left_out=NONE, ask=Text("罚款是哪一天缴清的？", "On which day was it paid?")),
            FactSpec("branch", type_of("text or none"), left_out=NONE, ask=Text("在哪个分馆？", "At which branch?")),
        ),
    ),
    "notice": CollectionSpec(
        "notice", "notice_item", single=True, title=Text("通知", "notice"),
        fields=(FactSpec("sent_on", DAY, title=Text("发出日", "day it was sent")),),
    ),
}  # fmt: skip


def _parameter(name: str, type_: Type, value: Any, title: Text) -> ParameterSpec:
    return ParameterSpec(name, type_, value, title, "5", SINCE, Text("借阅规则", "the lending rules"))


def _pack() -> Pack:
    return Pack(
        name="lending", version="1.0", title=Text("图书馆借阅规则", "Rules of the lending library"),
        authority=Text("市图书馆", "the city library"), in_force=(SINCE, None),
        horizon=(date(2015, 1, 1), date(2040, 12, 31)), as_of="as_of", reference_days=("as_of",),
        answers=("standing_now", "may_borrow", "blocked_until", "loan.overdue", "lowered_to"),
        cautions=(Text("本结果仅供参考，以图书馆的决定为准。", "This is no decision; the library's own prevails."),),
        enumerations=ENUMERATIONS,
        specials={
            "none": ("none", Text("无", "none")),
            "not_applicable": ("n/a", Text("不适用", "not applicable")),
            "flexible": ("flexible", Text("不设固定日期", "no fixed day")),
        },
        facts=FACTS, collections=COLLECTIONS, assumptions=(),
        parameters={
            "block": _parameter("block", PERIOD, Period(years=1), Text("停借期", "period of suspension")),
            "most_loans": _parameter("most_loans", NUMBER, 5, Text("最多可借册数", "most items on loan")),
            "check_days": _parameter("check_days", NUMBER, 2, Text("查验工作日数", "working days for checking")),
        },
        readings={
            "overdue_from": ReadingSpec(
                "overdue_from", ("6",), ("O1",), Text("逾期从哪一天起算？", "From which day is an item overdue?"), "next_day",
                (
                    Option("next_day", Text("从应还日的次日起算。", "From the day after the due day."), Text("", "")),
                    Option("due_day", Text("应还日当日即算。", "From the due day itself."), Text("", "")),
                ),
                "an-item-due-today",
            ),
        },
        discretions={}, notes={}, definitions={}, duties={}, chapters=(), provisions={},
        calendars={
            "city": Calendar("city", Text("本市工作日表", "the city's working days"), {2025: _year(2025)}),
            "branch": Calendar("branch", Text("分馆工作日表", "the branches' working days"), {2025: _year(2025)}),
        },
        terms={
            "reader-standing": Term("reader-standing", "读者等级", "standing", "3", "standing"),
            "service": Term("service", "考评项目", "item of assessment", "3", "service"),
        },
        digest="0123456789abcdef" * 4,
    )  # fmt: skip


def _year(year: int) -> CalendarYear:
    return CalendarYear(year, frozenset({date(year, 10, 1)}), frozenset(), Text("通知", "notice"))


DEFINITIONS: tuple[tuple[Any, ...], ...] = (
    # name, title, type, parameters, rules (name, when, value, provision, says, overrides), otherwise, provision
    (
        "loan.overdue", Text("逾期未还", "Overdue"), "yes/no", {"loan": "loan"},
        (
            ("not-back", "loan.due_on < as_of and (loan.returned_on == none or loan.returned_on > as_of)", "True", "6", None, ()),
        ),
        "False", "6",
    ),
    (
        "standing_on", Text("某日的读者等级", "Standing on a day"), "standing", {"day": "day"},
        (
            ("from-the-card", "card != none and card.issued_on <= day", "card.held", "3", None, ()),
            (
                "damage", "any(x.damaged for x in loans if x.due_on <= day)", "suspended", "7",
                Text("借阅有污损的，停借。", "A reader who damages an item is suspended."), ("from-the-card",),
            ),
        ),
        None, "3",
    ),
    ("standing_now", Text("现行等级", "Standing now"), "standing", {}, (("today", "True", "standing_on(as_of)", "3", None, ()),), None, "3"),
    (
        "may_borrow", Text("可以借书", "May borrow"), "yes/no", {},
        (
            (
                "in-good-standing", "standing_now > suspended and not any(x.overdue for x in loans)", "True", "4(2)",
                Text("等级高于停借、且没有逾期未还的，可以借书。", "A reader above suspension with nothing overdue may borrow."), (),
            ),
        ),
        "False", "4",
    ),
    (
        "blocked_until", Text("停借的最后一日", "Last day of the suspension"), "day or none or flexible", {},
        (("a-year-from-damage", "any(x.damaged for x in loans)", "max(x.due_on for x in loans if x.damaged) + block", "7", None, ()),),
        "none", "7",
    ),
    (
        "lowered_to", Text("降低后的等级", "Standing after lowering"), "standing", {},
        (("by-choice", "open_late", "new_standing", "8(1).2", None, ()),), "standing_now", "8",
    ),
    (
        "at_least", Text("前一等级不低于后一等级", "The first standing is no lower than the second"), "yes/no",
        {"a": "standing", "b": "standing"}, (("by-order", "a >= b", "True", "3", None, ()),), "False", "3",
    ),
)  # fmt: skip


def library() -> Pack:
    """The pack."""
    pack = _pack()
    signatures = {
        name: Signature(_parameters(parameters), type_of(kind)) for name, _, kind, parameters, *_ in DEFINITIONS
    }
    scope = replace(scope_of(pack), definitions=signatures, discretions={"new_standing": type_of("standing")})

    def text(words: str, kind: str | None, variables: dict[str, str] | None = None, known: Any = frozenset()) -> Expr:
        inner = replace(scope, variables={name: type_of(word) for name, word in (variables or {}).items()})
        return Reader(inner).read(plain_source(words), type_of(kind) if kind else None, known)

    definitions = {}
    for name, title, kind, parameters, rules, otherwise, provision in DEFINITIONS:
        made = []
        for rule, when, value, where, says, overrides in rules:
            condition = text(when, "yes/no", parameters)
            result = text(value, kind, parameters, ruled_out(condition, True))
            made.append(Rule(rule, condition, result, where, overrides, says))
        other = text(otherwise, kind, parameters) if otherwise is not None else None
        definitions[name] = Definition(
            name, _parameters(parameters), type_of(kind), tuple(made), other, provision, title
        )
    choice = DiscretionSpec(
        "new_standing", type_of("standing"), Text("降到哪一等级", "The standing to lower to"), "8(1)", "director",
        Text("条文只要求视情况决定。", "The text only says that the circumstances decide."), text("new_standing < honoured", "yes/no"),
    )  # fmt: skip
    duties = {
        "desk-checks": Duty(
            "desk-checks", "desk", Text("查验归还的图书", "check the items returned"), "5(1)", text("card != none", "yes/no"),
            text("workdays_after(card.issued_on, check_days)", "day", None, ruled_out(text("card != none", "yes/no"), True)), None,
        ),
        "desk-reports": Duty(
            "desk-reports", "desk", Text("及时报告馆长。", "Report to the director in good time."), "5(2)",
            text("any(x.overdue for x in loans)", "yes/no"), None, Text("条文只要求及时。", "The text only says in good time."),
        ),
    }  # fmt: skip
    return replace(pack, definitions=definitions, discretions={"new_standing": choice}, duties=duties)


def expression(pack: Pack, text: str, type_: str | None = None, **variables: str) -> Expr:
    """An expression of the pack, with these free variables."""
    return read(pack, text, type_, variables)


def loan(mark: str, sort: str, due_on: date, returned_on: Any = NONE, damaged: Any = False) -> dict[str, Any]:
    return {"mark": mark, "sort": sort, "due_on": due_on, "returned_on": returned_on, "damaged": damaged}


def case(pack: Pack, **facts: Any) -> Case:
    """A case in which everything is known: no card, no loans, no fines; `facts` change that."""
    nothing = Listing((), complete=True)
    plain: dict[str, Any] = {
        "as_of": date(2025, 11, 3), "card": NONE, "scores": {"care": "ordinary", "time": "honoured"}, "open_late": False,
        "loans": nothing, "fines": nothing, "notice": nothing,
    }  # fmt: skip
    return Case(
        Text("读者张某能否借书", "May reader Zhang borrow"), pack.name, {**plain, **facts}, {}, {}, None,
        digest="fedcba9876543210" * 4,
    )  # fmt: skip


def _parameters(parameters: dict[str, str]) -> tuple[tuple[str, Type], ...]:
    return tuple((name, type_of(word)) for name, word in parameters.items())
