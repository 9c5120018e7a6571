"""Single edits that make a theorem hold, and comparing again on every save."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from building import define, rule, tiny_pack
from small_laws import arguments, every_case
from small_laws import law as small_law
from zhunsheng.ask.checking.findings import Finding, Kind
from zhunsheng.ask.comparing.comparison import Direction
from zhunsheng.ask.fixing.cure import AS_USUAL, Cures, Faults, cures, faults, shows
from zhunsheng.ask.fixing.editing import Candidate, Way
from zhunsheng.ask.fixing.edits import candidates
from zhunsheng.ask.fixing.fix import MOST_ALIKE, Fix, Fixes, fixes
from zhunsheng.ask.proving.prove import prove
from zhunsheng.cli.fixing import watch
from zhunsheng.evaluate import Run
from zhunsheng.lang import expr as e
from zhunsheng.lang.outcome import Failed
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem, Variant, Verdict
from zhunsheng.lang.types import Period, Text
from zhunsheng.lang.unparse import unparse
from zhunsheng.read import load_pack, parse_expression
from zhunsheng.read.theorems import load_theorems
from zhunsheng.show.comparing.fixes import cures_document, cures_json, fixes_document, fixes_json
from zhunsheng.show.comparing.schema import fixes_schema

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
        ("otherwise", "use_of", "paint"), ("otherwise", "use_of", "dye"),
    ]  # fmt: skip
    assert (found.tried, found.unsettled) == (8, 0), "four items, two values for where no rule applies, two rules to prevail"
    assert [each.answer for each in found.found[0].comparison.changed] == ["use_of", "it"]
    assert [[one.key for one in each.opens] for each in found.found] == [[], [], ["idle use_of a"], ["idle use_of b"]], (
        "blue in a, or red in b, would leave it; where paint is what holds otherwise, nothing turns on a"
    )


def test_an_edit_that_closes_a_gap_in_one_case_only_is_not_among_them() -> None:
    law = coloured("red green blue white")

    found = cures(law, faults(law, Kind.GAP)["gap use_of"]).found

    assert [(each.way.value, each.value) for each in found] == [("otherwise", "paint"), ("otherwise", "dye")]


def test_a_gap_is_looked_for_where_it_arises_also_if_that_is_no_answer() -> None:
    law = replace(coloured("red green blue white"), answers=("it",))

    found = cures(law, faults(law, Kind.GAP)["gap use_of"]).found

    assert [(each.way.value, each.value) for each in found] == [("otherwise", "paint"), ("otherwise", "dye")], (
        "one more colour in a rule leaves the other"
    )


def test_what_removes_a_gap_is_told_in_words_and_as_data() -> None:
    found = cures(FADING, faults(FADING, Kind.GAP)["gap use_of"])

    document, data = cures_document(FADING, found, "en"), cures_json(FADING, found)

    assert document.title.startswith("Edits that remove this fault: ")
    assert "edits among them that remove the fault: 4." in " ".join(document.opening)
    assert "to what “kind == red” lists, “green” is added" in document.sections[0].items[0].text
    assert "what holds where no rule applies is added, “paint”" in document.sections[0].items[2].text
    assert document.sections[0].items[2].items[0].text.startswith("Where no other rule applies, ")
    assert (data["theorem"], data["finding"], data["unsettled"]) == (None, "gap use_of", 0)
    jsonschema.Draft202012Validator(fixes_schema()).validate(data)


def shades() -> Pack:
    """Two rules that speak against each other of what is red and open, and a third that is over one of them."""
    return replace(
        tiny_pack(
            enumerations={"colour": "red green", "use": "paint dye"}, unordered=("colour", "use"),
            facts={"kind": "colour", "open": "yes/no", "new": "yes/no"},
            definitions=[
                define("use_of", "use", rule("a", "kind == red", "paint"), rule("b", "open", "dye"),
                       rule("c", "new", "dye", ["a"]), otherwise="paint"),
            ],
        ),
        answers=("use_of",),
    )  # fmt: skip


def test_the_rule_that_has_to_prevail_is_found_either_way() -> None:
    law = shades()

    found = cures(law, faults(law, Kind.CONFLICT)["conflict use_of a b"]).found

    prevailing = [(each.edit.name, each.value) for each in found if each.way is Way.PREVAILING]
    assert prevailing == [("use_of/a", "b"), ("use_of/b", "a")]
    items = cures_document(law, cures_of(law, found), "en").sections[0].items
    item = next(each for each in items if "prevails over" in each.text)
    assert "it prevails over this rule: If “open” is true" in item.text
    assert item.items[0].text.startswith("the rule that prevails: If the kind is ")


def cures_of(law: Pack, found: tuple[Fix, ...]) -> Cures:
    return Cures(faults(law, Kind.CONFLICT)["conflict use_of a b"], found, len(found), 0)


def test_no_rule_is_made_to_prevail_in_a_circle() -> None:
    law = shades()

    tried = {(each.edit.name, each.value) for each in candidates(law, [parse_expression("use_of", law)], AS_USUAL)
             if each.way is Way.PREVAILING}  # fmt: skip

    assert tried == {("use_of/a", "b"), ("use_of/b", "a")}, "b and c come to the same; c is over a already, a not over c"


def heap() -> Pack:
    """The grade of the youngest of the lines there are, which may be none."""
    return replace(
        tiny_pack(
            enumerations={"grade": "D C"}, facts={"flag": "yes/no"},
            collections={"lines": ("line", {"grade": "grade", "age": "number"})},
            definitions=[
                define("youngest", "grade", rule("a", "True", "earliest((l.age, l.grade) for l in lines)")),
                define("poor", "yes/no", rule("a", "flag", "youngest == D"), otherwise="False"),
            ],
        ),
        answers=("youngest", "poor"),
    )  # fmt: skip


def test_what_the_least_of_nothing_comes_to_is_found_for_a_gap() -> None:
    law = heap()

    found = cures(law, faults(law, Kind.GAP)["gap youngest"])

    assert [(each.way.value, each.candidate.was, each.value, each.opens) for each in found.found] == [
        ("default", "earliest((l.age, l.grade) for l in lines)", "D", ()),
        ("default", "earliest((l.age, l.grade) for l in lines)", "C", ()),
    ]  # fmt: skip
    items = cures_document(law, found, "en").sections[0].items
    assert "where “earliest((l.age, l.grade) for l in lines)” has nothing to choose from, it comes to “D”" in items[0].text
    jsonschema.Draft202012Validator(fixes_schema()).validate(cures_json(law, found))


def test_the_least_of_nothing_may_be_whatever_number_is_compared() -> None:
    law = replace(
        tiny_pack(
            enumerations={"grade": "D C"}, collections={"lines": ("line", {"grade": "grade"})},
            definitions=[
                define("place", "number", rule("a", "g == D", "10"), otherwise="20", parameters={"g": "grade"}),
                define("lowest", "number", rule("a", "True", "min(place(l.grade) for l in lines)")),
            ],
        ),
        answers=("lowest",),
    )  # fmt: skip

    found = cures(law, faults(law, Kind.GAP)["gap lowest"]).found

    assert [(each.way.value, each.value) for each in found] == [("default", "10"), ("default", "20")]


def test_of_many_values_that_do_in_one_place_the_first_alone_is_told_with_what_it_changes() -> None:
    colours = ["red", "green", "blue", "white", "black"]
    law = replace(
        tiny_pack(
            enumerations={"colour": " ".join(colours)}, unordered=("colour",), facts={"kind": "colour", "flag": "yes/no"},
            definitions=[define("it", "colour", rule("a", "flag", "kind"))],
        ),
        answers=("it",),
    )  # fmt: skip

    found = cures(law, faults(law, Kind.GAP)["gap it"])

    places = [(each.way, each.value, each.comparison is not None) for each in found.found]
    kind, *rest = places
    assert len(places) > MOST_ALIKE
    assert kind == (Way.OTHERWISE, "red", True)
    assert rest == [(Way.OTHERWISE, value, False) for value in (*colours[1:], "kind")]
    assert not any(each.vacuous for each in found.found)
    section = cures_document(law, found, "en").sections[0]
    assert [each.partition(":")[0] for each in section.paragraphs] == [
        "Where nothing is said of what else an edit changes, it was not worked out"
    ]
    changes = [any("readings it also changes" in one.text for one in each.items) for each in section.items]
    assert changes == [True, *[False] * 5]
    assert "worked out" not in " ".join(one.text for each in section.items for one in (each, *each.items))
    data = cures_json(law, found)
    for key in ("changes", "opens", "opens_more"):
        assert [each[key] is None for each in data["fixes"]] == [False, True, True, True, True, True]
    jsonschema.Draft202012Validator(fixes_schema()).validate(data)


def test_what_is_not_shown_to_change_is_not_said_to_change() -> None:
    law = heap()
    found = cures(law, faults(law, Kind.GAP)["gap youngest"])
    (first, *others) = found.found
    assert first.comparison is not None
    answers = tuple(
        replace(each, direction=Direction.NOT_SHOWN, complete=False) if each.answer == "poor" else each
        for each in first.comparison.answers
    )
    unsure = replace(first, comparison=replace(first.comparison, answers=answers))

    item = cures_document(law, replace(found, found=(unsure, *others)), "en").sections[0].items[0]

    said = [each.text for each in item.items]
    assert said[-2].startswith("under the default readings it also changes: youngest (another change)")
    assert said[-1] == "it is not shown whether it changes: poor"


@pytest.mark.parametrize("more", [True, False])
def test_that_faults_may_be_opened_of_which_it_is_not_known_is_said_in_text_and_as_data(more: bool) -> None:
    law = heap()
    found = cures(law, faults(law, Kind.GAP)["gap youngest"])
    told = replace(found, found=(replace(found.found[0], opens_more=more),))

    section = cures_document(law, told, "en").sections[0]
    data = cures_json(law, told)

    said = "It is not settled of every fault whether it is opened"
    assert (section.items[0].items[-1].text == said) is more
    assert section.paragraphs == ()
    assert data["fixes"][0]["opens_more"] is more
    jsonschema.Draft202012Validator(fixes_schema()).validate(data)


def lowest_of_some() -> Pack:
    """The lowest of those lines that are open, where there may be none, asked for by another definition."""
    return replace(
        tiny_pack(
            enumerations={"grade": "D C"}, facts={"flag": "yes/no"},
            collections={"lines": ("line", {"grade": "grade", "open": "yes/no"})},
            definitions=[
                define("line.place", "number", rule("a", "line.open and line.grade == D", "10"), otherwise="20"),
                define("lowest", "number", rule("a", "True", "min(l.place for l in lines if l.open)")),
                define("low", "yes/no", rule("a", "flag", "lowest < 15"), otherwise="False"),
                define("few", "yes/no", otherwise="count(l for l in lines) < 2"),
            ],
        ),
        answers=("low", "few"),
    )  # fmt: skip


def test_a_known_case_shows_a_gap_that_arises_in_an_aggregate() -> None:
    law = lowest_of_some()
    finding = faults(law, Kind.GAP)["gap lowest"]

    assert shows(law, finding)
    assert not shows(law, replace(finding, subject="low")), "it comes through there, and arises in `lowest`"
    kept = {each.way for each in candidates(law, [parse_called(law, "lowest")], AS_USUAL) if shows(each.law, finding)}
    assert kept == {Way.ADDED, Way.DROPPED}, "only a default says what the least of nothing is"


def test_nothing_is_asked_of_an_edit_under_which_a_known_case_comes_to_the_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    law = lowest_of_some()
    finding = faults(law, Kind.GAP)["gap lowest"]
    asked, again = [], Faults.again

    def noted(self: Faults, one: Finding) -> Finding | None:
        asked.append(self.pack)
        return again(self, one)

    monkeypatch.setattr(Faults, "again", noted)

    found = cures(law, finding)

    assert [(each.way, each.value) for each in found.found] == [(Way.DEFAULT, "10"), (Way.DEFAULT, "20")]
    assert asked == [each.candidate.law for each in found.found]
    assert found.tried > len(asked)


def torn() -> Pack:
    """Rules a and b speak against each other; c and d too, of other things."""
    return replace(
        tiny_pack(
            enumerations={"use": "paint dye"}, unordered=("use",),
            facts={"p": "yes/no", "q": "yes/no", "r": "yes/no", "n": "number"},
            definitions=[
                define("use_of", "use", rule("a", "p and n == 1", "paint"), rule("b", "q and n == 1", "dye"),
                       rule("c", "r and n == 2", "paint"), rule("d", "q and n == 2", "dye"), otherwise="paint"),
                define("it", "use", rule("x", "p", "use_of"), rule("y", "not p", "use_of")),
            ],
        ),
        answers=("it",),
    )  # fmt: skip


def test_another_conflict_of_the_same_definition_neither_hides_nor_stands_for_one() -> None:
    law = torn()
    found_ = faults(law, Kind.CONFLICT)
    assert found_.keys() == {"conflict use_of a b", "conflict use_of c d"}
    finding = found_["conflict use_of c d"]

    cured = cures(law, finding)

    over = [(each.edit.name, each.value) for each in cured.found if each.way is Way.PREVAILING]
    assert over == [("use_of/c", "d"), ("use_of/d", "c")], "though a and b still speak against each other"
    assert cured.unsettled == 0
    found = {_which(each.candidate) for each in cured.found}
    for each in candidates(law, [parse_called(law, "use_of")], AS_USUAL):
        assert (_which(each) in found) == (not clash(each.law, {"c", "d"}))


def test_a_conflict_beside_another_of_the_same_definition_is_found_again_until_it_is_gone() -> None:
    law = torn()
    finding = replace(faults(law, Kind.CONFLICT)["conflict use_of a b"], case=None)
    use_of = law.definitions["use_of"]
    ordered = tuple(replace(one, overrides=("b",)) if one.name == "a" else one for one in use_of.rules)
    settled = replace(law, definitions={**law.definitions, "use_of": replace(use_of, rules=ordered)})

    looked = {name: Faults(each, Kind.CONFLICT) for name, each in (("as it is", law), ("a over b", settled))}

    again = {name: each.again(finding) for name, each in looked.items()}
    assert {name: one and one.key for name, one in again.items()} == {"as it is": "conflict use_of a b", "a over b": None}
    assert [each.unsettled for each in looked.values()] == [False, False]


def test_a_conflict_that_may_be_told_with_another_is_not_said_to_be_gone() -> None:
    """That a and b say the same where both speak is not looked into: c clashes with both."""
    law = replace(
        tiny_pack(
            enumerations={"use": "paint dye"}, unordered=("use",), facts={"p": "yes/no"},
            definitions=[define("use_of", "use", rule("a", "p", "paint"), rule("b", "p", "paint"), rule("c", "p", "dye"),
                                otherwise="paint")],
        ),
        answers=("use_of",),
    )  # fmt: skip
    ((_, finding),) = faults(law, Kind.CONFLICT).items()
    looked = Faults(law, Kind.CONFLICT)

    assert looked.again(replace(finding, key="conflict use_of a b", parts=("a", "b"), case=None)) is None
    assert looked.unsettled


def test_a_number_for_the_least_of_nothing_is_told_with_the_rule_it_comes_from() -> None:
    law = lowest_of_some()
    place = law.definitions["line.place"]
    said = replace(place, rules=(replace(place.rules[0], says=Text("丁级为十。", "D counts ten.")),))
    law = replace(law, definitions={**law.definitions, "line.place": said})

    items = cures_document(law, cures(law, faults(law, Kind.GAP)["gap lowest"]), "en").sections[0].items

    told_ = [[each.text for each in item.items if each.text.startswith("where “")] for item in items]
    assert told_[0] == ["where “10” comes from: D counts ten."]
    assert [text.partition(": ")[0] for text in told_[1]] == ["where “20” comes from"]


def clash(law: Pack, rules: set[str]) -> bool:
    """Whether the answer of `torn` comes, in some case, to a conflict in which these rules take part."""
    for p, q, r, n in itertools.product((False, True), (False, True), (False, True), (0, 1, 2, 3)):
        outcome = Run(law, {"p": p, "q": q, "r": r, "n": n}, {}, {}).definition("it")
        if isinstance(outcome, Failed) and any(rules <= set(one.detail.split(" | ")) for one in outcome.failures):
            return True
    return False


def test_a_third_rule_that_joins_a_conflict_does_not_end_it() -> None:
    law = shades()
    finding = faults(law, Kind.CONFLICT)["conflict use_of a b"]
    use_of = law.definitions["use_of"]
    louder = replace(use_of, rules=tuple(replace(one, when=use_of.rules[1].when, overrides=()) if one.name == "c" else one
                                         for one in use_of.rules))  # fmt: skip
    joined = replace(law, definitions={"use_of": louder})

    assert list(faults(joined, Kind.CONFLICT)) == ["conflict use_of a b c"]
    assert shows(joined, finding)
    assert Faults(joined, Kind.CONFLICT).again(finding) is not None


def failing(law: Pack, key: str) -> bool:
    """Whether some case of a few elements comes to a fault, in some answer, by the reference meaning alone."""
    kind, name, *rules = key.split(" ")
    for run in every_case(law):
        for answer in law.answers:
            for args in arguments(run, law.definitions[answer]):
                outcome = run.definition(answer, tuple(args.values()))
                if isinstance(outcome, Failed) and any(
                    one.kind.word == kind and one.name == name and one.detail == " | ".join(rules) for one in outcome.failures
                ):
                    return True
    return False


@pytest.mark.parametrize(("seed", "ways"), [(0, {Way.BOUNDARY, Way.OTHERWISE, Way.PREVAILING}), (1, {Way.OTHERWISE}), (2, set())])
def test_what_is_found_for_a_fault_of_a_small_law_removes_it_from_every_case_of_a_few_elements(seed: int, ways: set[Way]) -> None:
    law, met = small_law(seed), set()
    for kind in (Kind.GAP, Kind.CONFLICT):
        for key, finding in faults(law, kind).items():
            cured, not_shown = cures(law, finding), 0
            found = {_which(each.candidate) for each in cured.found}
            for each in candidates(law, [parse_called(law, finding.subject)], AS_USUAL):
                if failing(each.law, key):
                    assert _which(each) not in found
                elif _which(each) in found:
                    met.add(each.way)
                else:
                    not_shown += key not in faults(each.law, kind)
            assert not_shown == cured.unsettled, "the others fail among cases of more elements"
    assert met >= ways


def _which(candidate: Candidate) -> tuple[str, str, object]:
    return candidate.edit.label, candidate.was, candidate.value


def parse_called(law: Pack, name: str) -> e.Expr:
    return e.Call(name, (), law.definitions[name].type)


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
    ("when", "narrower"),
    [
        ("kind != red", ["kind != red and kind != green", "kind != red and kind != blue"]),
        ("kind not in (red, blue) and a", ["(kind != red and kind != blue and kind != green) and a"]),
        ("any(e.marked for e in events if e.kind != red)",
         ["any(e.marked for e in events if e.kind != red and e.kind != green)",
          "any(e.marked for e in events if e.kind != red and e.kind != blue)"]),
        ("kind == red", []), ("not (kind != red)", []), ("last != none", []), ("all(e.kind != red for e in events)", []),
    ],
)  # fmt: skip
def test_an_item_is_excepted_only_where_that_lets_the_rule_apply_less_widely(when: str, narrower: list[str]) -> None:
    assert [whole for _, whole in conditions(when).get("excepted", [])] == narrower


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


def test_nothing_is_added_for_where_no_rule_applies_if_that_is_said_or_some_rule_always_does() -> None:
    assert "otherwise" not in conditions("a"), "the definition has one"
    law = heap()

    tried = candidates(law, [parse_called(law, "youngest")], AS_USUAL)

    assert {each.way for each in tried} == {Way.DEFAULT}


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


def test_of_what_else_an_edit_changes_answers_are_compared_and_duties_are_not() -> None:
    """The library has duties that follow from its answers; of a law of some size they are most of what there is to compare."""
    folder = Path(__file__).parents[1] / "packs" / "library"
    law = load_pack(folder)
    known = [fault for kind in (Kind.GAP, Kind.CONFLICT) for fault in faults(law, kind).values()]
    found = [each for fault in known for each in cures(law, fault).found]

    told = [each.comparison for each in found if each.comparison is not None]

    assert law.duties
    assert told
    assert all({one.answer for one in each.answers} == set(law.answers) for each in told)
