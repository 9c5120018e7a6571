"""Theorem files read: names, premises, changes, claims, and what is known where each expression stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from building import type_of
from read_library import library
from zhunsheng.errors import InputError
from zhunsheng.lang import expr as e
from zhunsheng.lang.theorem import Add, Name, Put, Ranges, Remove, Swap, Theorem, Variant, Verdict
from zhunsheng.lang.types import Text
from zhunsheng.lang.unparse import unparse
from zhunsheng.read import canonical_theorem, load_theorems

A_RETURN = """\
theorem: returning-a-loan-never-hurts
says:
  zh: 归还一件借阅，不会使读者失去借阅资格。
  en: Returning a loan never costs a reader the right to borrow.
provisions: ["1", "3(1)"]
readings: {counting: next_day}
for: {l: in loans, day: day}
given:
  - l.returned_on == none
  - day >= l.from_
change:
  - set: l.returned_on
    to: day
claim: after(可续借) if before(可续借) else True
where_defined: true
discretion: apart
expect: proved
also:
  - readings: all
    expect: bounded
    because:
      zh: 测试所需。
      en: For the test.
  - readings: default
    expect: refuted
"""


def theorems(text: str, folder: Path) -> tuple[Theorem, ...]:
    path = folder / "some.yaml"
    path.write_text(text, encoding="utf-8")
    return load_theorems(path, library())


def one(folder: Path, claim: str, rest: str = "") -> Theorem:
    """A theorem with this claim; `rest` are further keys."""
    head = 'theorem: t\nsays: {zh: 一, en: One}\nprovisions: ["1"]\nreadings: default\nexpect: proved\n'
    (found,) = theorems(f"{head}{rest}claim: >-\n  {claim}\n", folder)
    return found


def test_everything_a_theorem_holds(tmp_path: Path) -> None:
    (theorem,) = theorems(A_RETURN, tmp_path)

    assert (theorem.name, theorem.provisions) == ("returning-a-loan-never-hurts", ("1", "3(1)"))
    assert theorem.says == Text(
        "归还一件借阅，不会使读者失去借阅资格。", "Returning a loan never costs a reader the right to borrow."
    )
    assert theorem.names == (
        Name("l", Ranges.ELEMENT, type_of("loan"), "loans"),
        Name("day", Ranges.VALUE, type_of("day")),
    )
    assert [unparse(given) for given in theorem.given] == ["l.returned_on == none", "day >= l.from_"]
    (put,) = theorem.change
    assert isinstance(put, Put)
    assert (unparse(put.target), unparse(put.to)) == ("l.returned_on", "day")
    assert str(put.at) == f"{tmp_path}/some.yaml:12:10"
    assert unparse(theorem.claim) == "after(可续借) if before(可续借) else True"
    assert (theorem.where_defined, theorem.apart) == (True, True)
    assert theorem.variants == (
        Variant({"counting": "next_day"}, False, Verdict.PROVED),
        Variant({}, True, Verdict.BOUNDED),
        Variant({}, False, Verdict.REFUTED),
    )
    assert str(theorem.at) == f"{tmp_path}/some.yaml:1:10"


def test_the_canonical_form_holds_strings_only(tmp_path: Path) -> None:
    (theorem,) = theorems(A_RETURN, tmp_path)

    assert canonical_theorem(theorem) == {
        "theorem": "returning-a-loan-never-hurts",
        "says": {
            "zh": "归还一件借阅，不会使读者失去借阅资格。",
            "en": "Returning a loan never costs a reader the right to borrow.",
        },
        "provisions": ["1", "3(1)"],
        "for": [["l", "in loans"], ["day", "day"]],
        "given": ["l.returned_on == none", "day >= l.from_"],
        "change": [["set", "l.returned_on", "day"]],
        "claim": "after(可续借) if before(可续借) else True",
        "where_defined": "true",
        "discretion": "apart",
        "variants": [
            {"readings": [["counting", "next_day"]], "expect": "proved"},
            {"readings": "all", "expect": "bounded"},
            {"readings": [], "expect": "refuted"},
        ],
    }


def test_the_canonical_form_does_not_depend_on_how_a_theorem_is_written(tmp_path: Path) -> None:
    plain = one(tmp_path, "before(may_borrow)   or not   after(may_borrow)", "for:\n  w: new warnings\nchange: [{add: w}]\n")
    other = one(tmp_path, "(before(may_borrow) or (not after((may_borrow))))", "change:\n  - add: w\nfor: {w: new warnings}\n")

    assert canonical_theorem(plain) == canonical_theorem(other)


def test_every_kind_of_change(tmp_path: Path) -> None:
    changes = (
        "for: {l: in loans, m: in loans, w: new warnings, v: in warnings, s: service, g: standing}\n"
        "given:\n  - v.given_on < w.given_on\n"
        "change:\n  - {add: w}\n  - {remove: v}\n  - {swap: [l, m]}\n"
        "  - {set: 'scores[s]', to: g}\n  - set: scores.care\n    to: not_applicable\n"
        "  - set: card.held\n    to: honoured\n  - set: as_of\n    to: as_of + days(1)\n"
    )

    theorem = one(tmp_path, "before(may_borrow) == after(may_borrow)", changes)

    assert canonical_theorem(theorem)["change"] == [
        ["add", "w"], ["remove", "v"], ["swap", "l", "m"], ["set", "scores[s]", "g"],
        ["set", "scores.care", "not_applicable"], ["set", "card.held", "honoured"], ["set", "as_of", "as_of + days(1)"],
    ]  # fmt: skip
    assert theorem.change[:3] == (Add("w"), Remove("v"), Swap("l", "m"))


CLAIMS = {
    "before(suspended_until) != none and before(suspended_until) <= day":
        "before(suspended_until) != none and before(suspended_until) <= day",
    "before(suspended_until != none) and before(suspended_until <= day)":
        "before(suspended_until != none) and before(suspended_until <= day)",
    "after(suspended_until == none or suspended_until <= day)": "after(suspended_until == none or suspended_until <= day)",
    "rank(after(worst)) >= rank(before(worst))": "rank(after(worst)) >= rank(before(worst))",
    "before(l.sort).may_leave and honoured == after(standing_now)":
        "before(l.sort).may_leave and honoured == after(standing_now)",
    "before(l.returned_on) <= day": "before(l.returned_on) <= day",
    "after(card.paid) and before(card.held) == honoured": "after(card.paid) and before(card.held) == honoured",
    "before(as_of) < opened_on < day and counting == same_day":
        "(before(as_of) < opened_on and opened_on < day) and counting == same_day",
    "before(count(x for x in loans if x.overdue) >= 2)": "before(count(x for x in loans if x.overdue) >= 2)",
    "workdays_after(after(as_of), 3) > day": "workdays_after(after(as_of), 3, national) > day",
}  # fmt: skip


@pytest.mark.parametrize("text", CLAIMS)
def test_a_claim_about_two_cases_is_read_and_written_out_as_itself(text: str, tmp_path: Path) -> None:
    """The premises tell that the loan was returned, and setting the deposit takes for granted that there is a card."""
    rest = (
        "for: {l: in loans, day: day}\ngiven:\n  - l.returned_on != none\n  - l.from_ <= day\n"
        "change:\n  - set: card.paid\n    to: true\n"
    )

    first = one(tmp_path, text, rest)
    again = one(tmp_path, unparse(first.claim), rest)

    assert unparse(first.claim) == CLAIMS[text]
    assert again.claim == first.claim
    assert {part.side for part in e.walk(first.claim) if isinstance(part, e.At)} <= {"before", "after"}


def test_what_a_premise_tells_of_the_case_as_it_is_is_not_known_of_the_case_after(tmp_path: Path) -> None:
    rest = "for: {l: in loans}\ngiven:\n  - l.returned_on != none\nchange:\n  - set: l.returned_on\n    to: none\n"

    with pytest.raises(InputError) as refused:
        one(tmp_path, "before(l.returned_on <= l.due_on) and after(l.returned_on <= l.due_on)", rest)

    assert str(refused.value) == (
        f"{tmp_path}/some.yaml:13:47: 'l.returned_on' may be none here, and day is wanted\n"
        "    rule it out first: `l.returned_on != none and …`"
    )


def test_a_theorem_without_changes_speaks_of_one_case(tmp_path: Path) -> None:
    theorem = one(tmp_path, "suspended_until >= as_of", 'given: ["suspended_until != none"]\n')

    assert (theorem.change, unparse(theorem.claim)) == ((), "suspended_until >= as_of")


def test_a_folder_is_read_file_by_file_and_a_file_theorem_by_theorem(tmp_path: Path) -> None:
    text = 'theorem: {}\nsays: {{zh: 一, en: One}}\nprovisions: []\nreadings: all\nclaim: true\nexpect: proved\n'
    (tmp_path / "b.yaml").write_text(text.format("third"), encoding="utf-8")
    (tmp_path / "a.yaml").write_text(text.format("first") + "---\n" + text.format("second"), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no theorem", encoding="utf-8")

    found = load_theorems(tmp_path, library())
    listed = load_theorems([tmp_path / "b.yaml", tmp_path / "a.yaml"], library())

    assert [theorem.name for theorem in found] == ["first", "second", "third"]
    assert [theorem.name for theorem in listed] == ["third", "first", "second"]
