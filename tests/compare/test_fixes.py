"""Single edits that make a theorem hold, and comparing again on every save."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from building import define, rule, tiny_pack
from zhunsheng.ask.comparison import Direction
from zhunsheng.ask.cure import cures, faults
from zhunsheng.ask.edits import candidates
from zhunsheng.ask.findings import Kind
from zhunsheng.ask.fix import Fixes, fixes
from zhunsheng.ask.prove import prove
from zhunsheng.cli.fixing import watch
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem, Variant, Verdict
from zhunsheng.lang.types import Period
from zhunsheng.lang.unparse import unparse
from zhunsheng.read import load_pack, parse_expression
from zhunsheng.read.theorems import load_theorems
from zhunsheng.show.comparison_schema import fixes_schema
from zhunsheng.show.fixes import cures_document, cures_json, fixes_document, fixes_json

ROOT = Path(__file__).parents[1]
GARDEN = load_pack(ROOT / "packs" / "garden")
TWO_MONTHS = """\
theorem: two-months
says: {zh: 停水不少于两个月。, en: The bar lasts two months at least.}
provisions: ["2"]
readings: default
for:
  w: in wasted
given:
  - w.seen_on <= as_of
claim: barred_until == none or barred_until >= w.seen_on + months(2)
expect: refuted
"""


def theorem(folder: Path, text: str) -> Theorem:
    path = folder / "theorem.yaml"
    path.write_text(text, encoding="utf-8")
    (found,) = load_theorems([path], GARDEN)
    return found


def test_the_edit_that_makes_a_theorem_hold_is_found_with_what_else_it_changes(tmp_path: Path) -> None:
    wanted = theorem(tmp_path, TWO_MONTHS)

    found = fixes(GARDEN, wanted, wanted.variants[0])

    assert found.proof.verdict is Verdict.REFUTED
    assert [(each.edit.label, each.value) for each in found.found] == [("set parameter bar", Period(months=2))]
    (fix,) = found.found
    assert not fix.vacuous
    assert fix.proof.verdict is Verdict.PROVED
    assert {each.answer: each.direction for each in fix.comparison.changed} == {
        "may_draw": Direction.STRICTER,
        "barred_until": Direction.STRICTER,
    }


NEVER_ON_THE_LAST_DAY = """\
theorem: never-on-the-last-day
says: {zh: 停水的最后一日可以取水。, en: Water may be drawn on the last day of the bar.}
provisions: ["1"]
readings: default
given:
  - plot_rented and barred_until != none and as_of == barred_until
claim: may_draw
expect: refuted
"""


def told(fixes_: Fixes) -> list[tuple[str, str, str, object]]:
    return [(each.way.value, each.edit.name, each.candidate.was, each.value) for each in fixes_.found]


def test_a_boundary_moved_by_a_day_is_found_with_the_rule_it_stands_in(tmp_path: Path) -> None:
    wanted = theorem(tmp_path, NEVER_ON_THE_LAST_DAY)

    found = fixes(GARDEN, wanted, wanted.variants[0])

    assert told(found) == [("boundary", "may_draw/barred", "as_of <= barred_until", "as_of < barred_until")]
    (fix,) = found.found
    assert {each.answer: each.direction for each in fix.comparison.changed} == {"may_draw": Direction.LAXER}
    assert fix.comparison.complete


def gate() -> Pack:
    """A gate that a flag opens between two days."""
    return replace(
        tiny_pack(
            facts={"today": "day", "flag": "yes/no", "first": "day", "last": "day"},
            definitions=[
                define("inside", "yes/no", rule("a", "flag and today >= first and today <= last", "True"), otherwise="False"),
                define("shut", "yes/no", rule("b", "not inside", "True"), otherwise="False"),
            ],
        ),
        answers=("inside", "shut"), as_of="today",
    )  # fmt: skip


def about_the_gate(folder: Path, given: str, claim: str) -> Theorem:
    path = folder / "theorem.yaml"
    path.write_text(
        f"theorem: gate\nsays:\n  zh: 甲。\n  en: A.\nprovisions: []\nreadings: default\n"
        f"given:\n  - {given}\nclaim: {claim}\nexpect: refuted\n",
        encoding="utf-8",
    )
    (found,) = load_theorems([path], gate())
    return found


def test_a_condition_whose_loss_makes_a_theorem_hold_is_found(tmp_path: Path) -> None:
    wanted = about_the_gate(tmp_path, "today >= first and today <= last", "not shut")

    found = fixes(gate(), wanted, wanted.variants[0])

    assert told(found) == [("dropped", "inside/a", "flag", "")]
    assert found.tried == 7, "two boundaries moved either way, three conditions dropped"


def visitors() -> Pack:
    """A gate that some visitors may pass."""
    return replace(
        tiny_pack(
            enumerations={"visitor": "tenant guest courier"}, unordered=("visitor",),
            facts={"who": "visitor"},
            definitions=[define("may_pass", "yes/no", rule("a", "who == tenant", "True"), otherwise="False")],
        ),
        answers=("may_pass",),
    )


def test_the_item_that_is_missing_from_what_a_rule_lists_is_found(tmp_path: Path) -> None:
    path = tmp_path / "theorem.yaml"
    path.write_text(
        "theorem: guests\nsays:\n  zh: 客人可以通行。\n  en: Guests may pass.\nprovisions: []\nreadings: default\n"
        "given:\n  - who == guest\nclaim: may_pass\nexpect: refuted\n",
        encoding="utf-8",
    )
    (wanted,) = load_theorems([path], visitors())

    found = fixes(visitors(), wanted, wanted.variants[0])

    assert told(found) == [("added", "may_pass/a", "who == tenant", "guest")]
    (fix,) = found.found
    assert [each.answer for each in fix.comparison.changed] == ["may_pass"]
    (item,) = fixes_document(visitors(), found, "en").sections[0].items
    assert "to what “who == tenant” lists, “guest” is added" in item.text


def test_an_edit_that_makes_the_premises_impossible_is_said_to_do_so(tmp_path: Path) -> None:
    wanted = about_the_gate(tmp_path, "inside and today == last", "flag and first == last and shut")

    found = fixes(gate(), wanted, wanted.variants[0])

    assert [(each.value, each.vacuous, each.comparison) for each in found.found] == [("today < last", True, None)]
    said = " ".join(part.text for item in fixes_document(gate(), found, "en").sections[0].items for part in (item, *item.items))
    assert "the boundary “today <= last” becomes “today < last”" in said
    assert "the rule then says: If “flag” is true, and the today is no earlier than the first, and the today" in said
    assert "Note: its premises have become impossible, so it holds of nothing. What else it changes was not worked out." in said
    (told_,) = fixes_json(gate(), found)["fixes"]
    assert (told_["way"], told_["complete"], told_["changes"], told_["opens"]) == ("boundary", False, None, None)


@pytest.mark.parametrize(
    ("given", "claim"),
    [
        ("today >= first and today <= last", "not shut"), ("inside", "today != last"), ("flag", "inside"),
        ("inside", "today > first and today < last"), ("today == last and flag", "shut"), ("not flag", "inside or first > last"),
    ],
)  # fmt: skip
def test_nothing_is_lost_by_trying_known_cases_first(tmp_path: Path, given: str, claim: str) -> None:
    wanted = about_the_gate(tmp_path, given, claim)
    verdicts = {}
    for each in candidates(gate(), wanted.written(), wanted.variants[0]):
        (proof,) = prove(each.law, [wanted])
        verdicts[each.edit.label, each.was, each.value] = proof.verdict

    found = fixes(gate(), wanted, wanted.variants[0])

    assert {(each.edit.label, each.candidate.was, each.value): each.proof.verdict for each in found.found} == {
        key: verdict for key, verdict in verdicts.items() if verdict in (Verdict.PROVED, Verdict.VACUOUS)
    }


SETTLED = """\
theorem: not-on-the-day-a-month-later
says: {zh: 一个月后的当日仍不得取水。, en: No water is drawn on the day a month later.}
provisions: ["2"]
readings: default
for:
  w: in wasted
given:
  - w.seen_on <= as_of and barred_until != none
claim: barred_until > w.seen_on + months(1)
expect: refuted
"""


def test_a_case_known_under_one_reading_is_tried_under_the_one_that_is_settled(tmp_path: Path) -> None:
    wanted = theorem(tmp_path, SETTLED)

    found = told(fixes(GARDEN, wanted, wanted.variants[0]))

    assert ("settled", "bar_from", "", "next_day") in found
    assert ("moved", "bar", "", Period(months=2)) in found


# -- a gap or a conflict

def coloured(colours: str) -> Pack:
    """What a thing is for is said of two colours only."""
    return replace(
        tiny_pack(
            enumerations={"colour": colours, "use": "paint dye"}, unordered=("colour", "use"),
            facts={"kind": "colour", "open": "yes/no"},
            definitions=[
                define("use_of", "use", rule("a", "kind == red", "paint"), rule("b", "kind == blue", "dye")),
                define("it", "use", rule("c", "open", "use_of"), otherwise="paint"),
            ],
        ),
        answers=("use_of", "it"),
    )  # fmt: skip


FADING = coloured("red green blue")


def test_the_edits_that_close_a_gap_are_found_with_what_they_change() -> None:
    found = cures(FADING, faults(FADING, Kind.GAP)["gap use_of"])

    assert [(each.way.value, each.edit.name, each.value) for each in found.found] == [
        ("added", "use_of/a", "green"), ("added", "use_of/b", "green"),
    ]  # fmt: skip
    assert (found.tried, found.unsettled) == (4, 0)
    assert [each.answer for each in found.found[0].comparison.changed] == ["use_of", "it"]
    assert [each.opens for each in found.found] == [(), ()], "blue in a, or red in b, would leave it"


def test_an_edit_that_closes_a_gap_in_one_case_only_is_not_among_them() -> None:
    law = coloured("red green blue white")

    assert cures(law, faults(law, Kind.GAP)["gap use_of"]).found == ()


def test_what_removes_a_gap_is_told_in_words_and_as_data() -> None:
    found = cures(FADING, faults(FADING, Kind.GAP)["gap use_of"])

    document, data = cures_document(FADING, found, "en"), cures_json(FADING, found)

    assert document.title.startswith("Edits that remove this fault: ")
    assert "2 remove the fault." in " ".join(document.opening)
    assert "to what “kind == red” lists, “green” is added" in document.sections[0].items[0].text
    assert (data["theorem"], data["finding"], data["unsettled"]) == (None, "gap use_of", 0)
    jsonschema.Draft202012Validator(fixes_schema()).validate(data)


# -- the catalogue


def conditions(when: str) -> dict[str, list[tuple[str, str]]]:
    """What the catalogue makes of a rule with this condition: what stood there, and the whole condition then."""
    law = tiny_pack(
        enumerations={"colour": "red green blue"}, unordered=("colour",),
        facts={"today": "day", "last": "day or none", "a": "yes/no", "b": "yes/no", "n": "number", "kind": "colour"},
        collections={"events": ("event", {"on": "day", "marked": "yes/no", "kind": "colour"})},
        definitions=[define("it", "yes/no", rule("r", when, "True"), otherwise="False")],
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for each in candidates(law, [parse_expression("it", law)], Variant({}, False, Verdict.PROVED)):
        found.setdefault(each.way.value, []).append((each.was, unparse(each.law.definitions["it"].rules[0].when)))
    return found


@pytest.mark.parametrize(
    ("when", "moved"),
    [
        ("n < 3", ["n <= 3", "n < 2"]), ("n <= 3", ["n < 3", "n <= 4"]), ("n > 3", ["n >= 3", "n > 4"]),
        ("n >= 3", ["n > 3", "n >= 2"]),
        ("any(e.on < today for e in events)",
         ["any(e.on <= today for e in events)", "any(e.on < today - days(1) for e in events)"]),
        ("last == none or today > last", ["last == none or today >= last", "last == none or today > last + days(1)"]),
        ("n == 3 and a", []),
    ],
)  # fmt: skip
def test_a_boundary_is_moved_by_one_either_way(when: str, moved: list[str]) -> None:
    assert [whole for _, whole in conditions(when).get("boundary", [])] == moved


@pytest.mark.parametrize(
    ("when", "longer"),
    [
        ("kind == red", ["kind == red or kind == green", "kind == red or kind == blue"]),
        ("kind in (red, blue) and a", ["(kind == red or kind == blue or kind == green) and a"]),
        ("a or kind == red", ["a or (kind == red or kind == green)", "a or (kind == red or kind == blue)"]),
        ("any(e.marked for e in events if e.kind in (red, green))",
         ["any(e.marked for e in events if e.kind == red or e.kind == green or e.kind == blue)"]),
        ("not (kind == red)", []), ("kind != red", []), ("all(e.kind == red for e in events)", []),
        ("kind in (red, green, blue)", []),
    ],
)  # fmt: skip
def test_an_item_is_added_only_where_that_lets_the_rule_apply_more_widely(when: str, longer: list[str]) -> None:
    assert [whole for _, whole in conditions(when).get("added", [])] == longer


@pytest.mark.parametrize(
    ("when", "left"),
    [
        ("a and b", ["b", "a"]), ("a", []),
        ("(a and n > 1) or (a and n > 1)",
         ["n > 1 or a and n > 1", "a or a and n > 1", "a and n > 1 or n > 1", "a and n > 1 or a"]),
        ("not (a and b)", []), ("n > 1 or (a and b)", ["n > 1 or b", "n > 1 or a"]),
        ("any(e.marked for e in events if a and b)",
         ["any(e.marked for e in events if b)", "any(e.marked for e in events if a)"]),
        ("any(e.marked for e in events if a)", ["any(e.marked for e in events)"]), ("all(e.marked and a for e in events)", []),
        ("last != none and today <= last", ["last != none"]),
    ],
)  # fmt: skip
def test_a_condition_is_dropped_only_where_that_lets_the_rule_apply_more_widely(when: str, left: list[str]) -> None:
    assert [whole for _, whole in conditions(when).get("dropped", [])] == left, "what would compare `none` is left out"


def test_a_theorem_that_holds_needs_no_edit(tmp_path: Path) -> None:
    wanted = theorem(tmp_path, TWO_MONTHS.replace("months(2)", "days(1)").replace("refuted", "proved"))

    found = fixes(GARDEN, wanted, wanted.variants[0])

    assert found.holds
    assert (found.found, found.tried) == ((), 0)


def test_what_is_watched_is_compared_again_only_when_it_was_saved(tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text("one", encoding="utf-8")
    runs: list[str] = []

    def again() -> int:
        runs.append(file.read_text(encoding="utf-8"))
        return 3

    def ticks() -> Iterator[None]:
        yield
        file.write_text("half", encoding="utf-8")
        yield
        file.write_text("another", encoding="utf-8")
        yield
        yield
        yield
        file.unlink()
        yield
        yield
        file.write_text("a third one", encoding="utf-8")
        yield
        yield
        raise KeyboardInterrupt

    tick = ticks()
    waited: list[int] = []

    code = watch([file], again, sleep=lambda _: next(tick), waiting=lambda: waited.append(len(runs)))

    assert (code, runs) == (3, ["one", "another", "a third one"]), "neither half saved nor gone for a moment"
    assert waited == [1, 2, 3]
