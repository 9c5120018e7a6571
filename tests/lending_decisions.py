"""Hand-made reports about the lending library: one answer of each status, and a decision that holds several."""
# ruff: noqa: E501 (one argument list a report)

from __future__ import annotations

from datetime import date
from typing import Any

from lending import case, expression, library, loan
from zhunsheng.ask.report import (
    Answer,
    Because,
    Between,
    Decision,
    DependsOn,
    Difference,
    DutyAnswer,
    Looked,
    Matters,
    Possible,
    Rejected,
    Status,
)  # fmt: skip
from zhunsheng.lang.case import Listing
from zhunsheng.lang.outcome import Failure, FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import NONE, Special, Text

TODAY = date(2025, 11, 3)
ON_THE_DAY = Looked("as_of", "2025-11-03")
CARD = (
    Looked("card.issued_on", "2024-03-01", "借书证复印件"), Looked("card.held", "ordinary"), Looked("card", "present"),
)  # fmt: skip


def answer(pack: Pack, name: str, status: Status, *outcomes: Any, definition: str = "", **more: Any) -> Answer:
    """An answer; outcomes that are not `Possible` yet are values without a witness."""
    definition = definition or name
    possible = tuple(one if isinstance(one, Possible) else Possible(one) for one in outcomes)
    return Answer(name, definition, pack.definitions[definition].type, status, possible, **more)


def standing_now(pack: Pack) -> Answer:
    """Determined, with a derivation of two steps and a rule that did not apply."""
    lacked = expression(pack, "any(x.damaged for x in loans if x.due_on <= day)", "yes/no", day="day")
    return answer(
        pack, "standing_now", Status.DETERMINED, "ordinary",
        because=(
            Because("standing_now", "today", "3", (), "ordinary", (ON_THE_DAY,)),
            Because("standing_on", "from-the-card", "3", ("2025-11-03",), "ordinary", CARD, depth=1),
        ),
        rejected=(Rejected("standing_on", "damage", "7", lacked=lacked, facts=(Looked("loans", "2 listed"),)),),
    )  # fmt: skip


def may_borrow(pack: Pack) -> Answer:
    """Open, because a list may hold more; one further loan of a kind would change it."""
    late = "{mark: 乙3, sort: book, due_on: 2025-10-01, returned_on: none, damaged: false}"
    full = case(pack, loans=Listing((loan("乙3", "book", date(2025, 10, 1)),), complete=True))
    return answer(
        pack, "may_borrow", Status.OPEN,
        Possible(True, by={"facts": {"loans.others": "[]"}}, witness=case(pack)),
        Possible(False, by={"facts": {"loans.others": late}}, witness=full),
        depends_on=DependsOn(facts=("loans.others", "card.paid")),
        matters=(
            Matters(
                "loans.others",
                {"due_on": Between(date(2015, 1, 1), date(2025, 11, 2)), "returned_on": (NONE,), "sort": ("book", "map")},
            ),
        ),
        because=(Because("may_borrow", "in-good-standing", "4(2)", (), "true"),),
        assumed={"overdue_from": "next_day"}, firm="single", provided=(Text("2025-11-03之后没有新的借阅", "no loan after 2025-11-03"),),
    )  # fmt: skip


def overdue(pack: Pack, label: str, truth: bool) -> Answer:
    """Determined, about one loan; it would differ under another reading."""
    day = Looked(f"{label}.due_on", "2025-11-03" if not truth else "2025-10-01")
    other = Difference({"overdue_from": "due_day"}, Status.DETERMINED, (not truth,))
    rule = "not-back" if truth else ""
    return answer(
        pack, f"{label}.overdue", Status.DETERMINED, truth, definition="loan.overdue",
        because=(Because("loan.overdue", rule, "6", (label,), str(truth).lower(), (day, ON_THE_DAY)),),
        assumed={"overdue_from": "next_day"}, firm="no" if not truth else "every", differs_under=() if truth else (other,),
    )  # fmt: skip


def lowered_to(pack: Pack) -> Answer:
    """Open by discretion alone."""
    return answer(
        pack, "lowered_to", Status.OPEN,
        Possible("suspended", by={"discretion": {"new_standing": "suspended"}}),
        Possible("ordinary_minus", by={"discretion": {"new_standing": "ordinary-"}}),
        depends_on=DependsOn(discretion=("new_standing",)),
        because=(Because("lowered_to", "by-choice", "8(1).2", (), "suspended", (Looked("open_late", "true"),)),),
    )  # fmt: skip


def by_reading(pack: Pack) -> Answer:
    """Open by a reading alone."""
    return answer(
        pack, "blocked_until", Status.OPEN,
        Possible(date(2026, 10, 1), by={"readings": {"overdue_from": "due_day"}}),
        Possible(NONE, by={"readings": {"overdue_from": "next_day"}}),
        depends_on=DependsOn(readings=("overdue_from",)),
    )  # fmt: skip


def mixed(pack: Pack) -> Answer:
    """Open by a fact and a choice, one of the outcomes a gap."""
    gap = Possible(
        FailureKind.GAP, (Failure(FailureKind.GAP, "standing_on"),),
        {"facts": {"card": "none"}, "discretion": {"new_standing": "suspended"}},
    )  # fmt: skip
    return answer(
        pack, "lowered_to", Status.OPEN, "suspended", gap, complete=False,
        depends_on=DependsOn(facts=("card",), discretion=("new_standing",)),
    )  # fmt: skip


def failing(pack: Pack, failure: Failure) -> Answer:
    return answer(pack, "standing_now", Status(failure.kind.word), Possible(failure.kind, (failure,)))


def span(pack: Pack) -> Answer:
    return answer(
        pack, "blocked_until", Status.OPEN, Between(date(2025, 11, 4), date(2026, 11, 3)), NONE,
        depends_on=DependsOn(facts=("loans[甲1].due_on",)),
    )  # fmt: skip


def duties(pack: Pack) -> tuple[DutyAnswer, ...]:
    """One duty owed by a day, one that may be owed."""
    checks = DutyAnswer(
        "desk-checks", _duty("desk-checks", "owed", Status.DETERMINED, True),
        _duty("desk-checks", "by", Status.DETERMINED, date(2025, 11, 5)),
    )  # fmt: skip
    reports = DutyAnswer("desk-reports", _duty("desk-reports", "owed", Status.OPEN, True, False), None)
    return checks, reports


def _duty(name: str, part: str, status: Status, *outcomes: Any) -> Answer:
    type_ = library().definitions["may_borrow" if part == "owed" else "blocked_until"].type
    possible = tuple(Possible(outcome) for outcome in outcomes)
    return Answer(f"duties[{name}].{part}", f"duty {name} {part}", type_, status, possible)


def no_fixed_day(name: str) -> DutyAnswer:
    by = _duty(name, "by", Status.DETERMINED, Special("flexible"))
    return DutyAnswer(name, _duty(name, "owed", Status.DETERMINED, True), by)


def decision(pack: Pack, *answers: Answer, owed: tuple[DutyAnswer, ...] = ()) -> Decision:
    """A decision of the case in which two loans are known."""
    loans = Listing(
        (loan("甲1", "book", date(2025, 10, 1)), loan("0", "map", TODAY)),
        complete=False,
        labels=("loans[甲1]", "loans[1]"),
    )
    return Decision(case(pack, loans=loans), pack.name, pack.digest, answers, owed)


def whole_decision(pack: Pack) -> Decision:
    """Several answers of different statuses, and duties."""
    answers = (
        standing_now(pack), may_borrow(pack), overdue(pack, "loans[甲1]", True), overdue(pack, "loans[1]", False),
        lowered_to(pack),
    )  # fmt: skip
    return decision(pack, *answers, owed=duties(pack))
