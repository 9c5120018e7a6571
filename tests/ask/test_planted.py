"""What is planted in a small pack is found, and named as what it is; each kind of finding and of verdict once at least."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Never

import pytest

from building import define, rule, tiny_pack
from garden_findings import GARDEN, planted, theorems
from zhunsheng.ask.checking.check import check
from zhunsheng.ask.checking.checking import Checking
from zhunsheng.ask.checking.findings import Checked, Finding, Kind
from zhunsheng.ask.checking.questions import Holds, OneHolds, Question
from zhunsheng.ask.checking.search import Met, Search
from zhunsheng.ask.proving.prove import Proof, Proving, prove
from zhunsheng.errors import NotShown
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.theorem import Theorem, Variant, Verdict
from zhunsheng.lang.types import YES_NO, Text
from zhunsheng.read import load_pack
from zhunsheng.read.questions import parse_expression
from zhunsheng.read.theorems import load_theorems

WATER, READINGS, FACTS = "articles/01-water.yaml", "readings.yaml", "facts.yaml"
NO_WATER = "            value: false\n            overrides: [rents-a-plot]\n"
NOT_RENTED = """          - rule: not-rented
            when: not plot_rented
            value: false
            says:
              zh: 没有租的，不得取水。
              en: Who rents none draws none.
          - rule: barred
"""
NEW_PARAMETER = """parameters:
  - parameter: fee
    type: number
    title:
      zh: 费用
      en: fee
    provision: "1"
    since: 2024-01-01
    source: 规则
    value: 3
"""
NO_DAY = """        no_deadline:
          zh: 未定期限。
          en: No time is set.
"""
CRITERION = """    lawful: share <= middle
    criterion:
      zh: 按旱情。
      en: By the drought.
"""
PLANTED = {
    "a contradiction": ((WATER, NO_WATER, "            value: false\n"), "conflict may_draw barred rents-a-plot"),
    "a gap": ((WATER, "        otherwise: false\n    duties:", "    duties:"), "gap may_draw"),
    "a dead rule": (
        (WATER, "as_of <= barred_until\n", "as_of <= barred_until and as_of > barred_until\n"),
        "dead may_draw barred",
    ),
    "a dead alternative": (
        (WATER, "when: plot_rented\n            value: true\n",
         "when: plot_rented or plot_rented and as_of < garden_opened and as_of > garden_opened\n            value: true\n"),
        "dead may_draw rents-a-plot plot_rented and as_of < garden_opened and as_of > garden_opened",
    ),
    "an idle rule": ((WATER, "          - rule: barred\n", NOT_RENTED), "idle may_draw not-rented"),
    "a parameter nobody uses": (("parameters.yaml", "parameters:\n", NEW_PARAMETER), "unused parameter fee"),
    "an outcome nobody gets": ((READINGS, "share <= middle", "share == low"), "nobody allowance middle"),
    "impossible facts": (
        (FACTS, "    each: {w: wasted}\n    that: w.seen_on >= garden_opened", "    that: as_of < date(2019, 1, 1)"),
        "impossible",
    ),
    "an authority without a lawful choice": (
        (READINGS, "share <= middle", "share <= middle and not plot_rented"),
        "no_choice share as-the-office-says",
    ),
    "a duty without a day": ((WATER, "        by: reply_by\n", NO_DAY), "unowned office-replies"),
    "options that no case tells apart": ((WATER, " + bar + days(1)", " + bar"), "same bar_from next_day"),
}  # fmt: skip
AS_IT_IS = {
    "unbounded share", "gap allowance", "nobody allowance high", "priority may_draw barred rents-a-plot",
    "matters bar_from next_day",
}  # fmt: skip


@cache
def as_it_is() -> Checked:
    return check(load_pack(GARDEN))


def keys(found: Checked) -> set[str]:
    return {finding.key for finding in found.findings}


def test_the_garden_as_it_is_shows_what_was_left_in_it() -> None:
    assert keys(as_it_is()) == AS_IT_IS


@pytest.mark.parametrize(("edit", "key"), PLANTED.values(), ids=PLANTED.keys())
def test_what_is_planted_is_found(edit: tuple[str, str, str], key: str, tmp_path: Path) -> None:
    found = check(load_pack(planted(tmp_path / "garden", edit)))

    assert key not in AS_IT_IS
    assert key in keys(found)
    assert found.not_shown == ()


def test_every_kind_of_finding_is_planted_or_there() -> None:
    said = {key.split(" ")[0] for key in (*AS_IT_IS, *(key for _, key in PLANTED.values()))}
    assert said == {kind.value for kind in Kind} - {Kind.HOPE.value}


@pytest.mark.parametrize(
    ("edit", "key"),
    [
        ((READINGS, "    lawful: share <= middle\n", CRITERION), "unbounded share"),
        ((WATER, NO_WATER, "            value: false\n"), "priority may_draw barred rents-a-plot"),
        ((WATER, " + bar + days(1)", " + bar"), "matters bar_from next_day"),
        ((WATER, "            when: plot_rented\n            value: share\n",
          "            when: plot_rented or not plot_rented\n            value: share\n"), "gap allowance"),
        ((READINGS, "share <= middle", "share <= high"), "nobody allowance high"),
    ],
)  # fmt: skip
def test_what_is_mended_is_found_no_more(edit: tuple[str, str, str], key: str, tmp_path: Path) -> None:
    assert key in AS_IT_IS
    assert key not in keys(check(load_pack(planted(tmp_path / "garden", edit))))


# -- an authority without a lawful choice


def no_choice(lawful: str, *otherwise: str) -> list[Finding]:
    pack = tiny_pack(
        enumerations={"level": "low middle high"},
        facts={"as_of": "day", "dry": "yes/no"},
        discretions={"share": ("level", lawful, *otherwise)},
        definitions=[
            define("needed", "yes/no", otherwise="dry"),
            define("given", "level", rule("in-a-drought", "needed", "share"), otherwise="high"),
        ],
    )
    named = Pack(**{**vars(pack), "answers": ("given",)})
    return [finding for finding in check(named).findings if finding.kind is Kind.NO_CHOICE]


def test_a_choice_that_is_always_there_is_no_finding() -> None:
    assert no_choice("share == low") == []


def test_an_empty_choice_is_found_only_where_the_rule_that_leaves_it_applies() -> None:
    assert no_choice("share == low and dry") == []
    assert [finding.key for finding in no_choice("share == low and not dry")] == ["no_choice share in-a-drought"]


def test_an_empty_choice_comes_with_a_case_in_which_the_rule_applies() -> None:
    (finding,) = no_choice("share == low and not dry")

    assert finding.subject == "share"
    assert finding.parts == ("in-a-drought",)
    assert finding.case is not None
    assert finding.case.facts["dry"] is True


def test_a_discretion_that_says_what_holds_without_a_lawful_choice_is_no_finding() -> None:
    assert no_choice("share == low and not dry", "high") == []


# -- theorems


def claimed(claim: str, *given: str, expect: str = "proved", folder: Path) -> Proof:
    lines = ["theorem: planted", "says:", "  zh: 一句话。", "  en: A sentence.", 'provisions: ["1"]', "readings: all"]
    lines += ["given:", *(f"  - {premise}" for premise in given)] if given else []
    lines += [f"claim: {claim}", f"expect: {expect}", ""]
    (folder / "planted.yaml").write_text("\n".join(lines), encoding="utf-8")
    pack = load_pack(GARDEN)
    (proof,) = prove(pack, load_theorems([folder / "planted.yaml"], pack))
    return proof


BARRED = "barred_until != none and as_of <= barred_until"


def test_a_true_theorem_is_proved(tmp_path: Path) -> None:
    proof = claimed("not may_draw", BARRED, folder=tmp_path)

    assert (proof.verdict, proof.trivial, proof.unneeded) == (Verdict.PROVED, False, ())


def test_a_false_theorem_is_refuted_by_a_case(tmp_path: Path) -> None:
    proof = claimed("may_draw", "plot_rented", folder=tmp_path)

    assert (proof.verdict, proof.as_expected) == (Verdict.REFUTED, False)
    assert proof.counterexample is not None
    assert proof.counterexample.judged.claim is False


def test_a_theorem_with_impossible_premises_is_vacuous(tmp_path: Path) -> None:
    proof = claimed("may_draw", BARRED, "may_draw", folder=tmp_path)

    assert (proof.verdict, proof.as_expected) == (Verdict.VACUOUS, False)


def test_a_theorem_true_of_any_law_is_trivial(tmp_path: Path) -> None:
    assert claimed("plot_rented or not plot_rented", folder=tmp_path).trivial


def test_a_premise_that_nothing_needs_is_reported(tmp_path: Path) -> None:
    assert claimed("not may_draw", "plot_rented", BARRED, folder=tmp_path).unneeded == (0,)


def test_a_theorem_without_a_bound_is_bounded_and_says_why() -> None:
    pack = tiny_pack(
        facts={"as_of": "day"},
        collections={"lines": ("line", {"until": "day"})},
        definitions=[define("line.last", "yes/no", otherwise="not any(other.until > line.until for other in lines)")],
    )
    claim = parse_expression("all(any(l.until >= k.until and l.last for l in lines) for k in lines)", pack, YES_NO)
    theorem = Theorem("one-is-last", Text("", ""), (), (), (), (), claim, False, False, (Variant({}, False, Verdict.PROVED),))

    (proof,) = prove(pack, [theorem])

    assert proof.verdict is Verdict.BOUNDED
    assert "lines" in proof.why


# -- where the budget ends


class SpentProving(Proving):
    """A prover whose budget is spent."""

    def claim(self, *_: object) -> Never:
        raise NotShown("the budget ended")


class SpentSearch(Search):
    """A search whose budget is spent."""

    def some(self, *_: object, **__: object) -> Never:
        raise NotShown("the budget ended")


class SpentOnOneRule(Search):
    """A search whose budget is spent wherever it is asked whether one rule ever holds."""

    def some(self, definition: Definition, question: Question, *given: Any, **named: Any) -> Met | None:
        if question == Holds("rents-a-plot") or isinstance(question, OneHolds):
            raise NotShown("the budget ended")
        return super().some(definition, question, *given, **named)


def test_a_theorem_that_the_budget_does_not_suffice_for_is_not_shown() -> None:
    pack = load_pack(GARDEN)
    theorem = theorems(pack)[1]

    proof = SpentProving(pack, theorem, theorem.variants[0]).proof()

    assert (proof.verdict, proof.why, proof.as_expected) == (Verdict.NOT_SHOWN, "the budget ended", False)


def test_a_question_that_the_budget_does_not_suffice_for_is_listed_and_keeps_no_other_from_being_asked() -> None:
    checking = Checking(load_pack(GARDEN), "default")
    checking.search = SpentSearch(checking.pack)

    part = checking.part("may_draw")

    assert part.findings == ()
    assert part.not_shown == (("may_draw", "the budget ended"),)
    assert part.asked[Kind.DEAD] == 2


def test_a_rule_that_is_not_settled_keeps_no_other_from_being_found_idle(tmp_path: Path) -> None:
    edit, key = PLANTED["an idle rule"]
    checking = Checking(load_pack(planted(tmp_path / "garden", edit)), "default")
    checking.search = SpentOnOneRule(checking.pack)

    part = checking.part("may_draw")

    assert key in {finding.key for finding in part.findings}
    assert ("may_draw", "the budget ended") in part.not_shown
