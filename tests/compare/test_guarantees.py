"""What an amendment does to theorems and findings: the law's own, where the issue is a single theorem."""

from __future__ import annotations

from dataclasses import replace

from building import define, rule, tiny_pack
from shelf import AMENDMENTS, PACK, ROOT
from zhunsheng.ask.comparing.bothlaws import Comparing
from zhunsheng.ask.comparing.guarantees import Flip, flipped
from zhunsheng.ask.comparing.opened import opened
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.theorem import Theorem, Verdict
from zhunsheng.read.amendment import load_amended
from zhunsheng.read.theorems import load_theorems


def flips(amendment: str, file: str, theorem: str, variant: int = 0) -> tuple[Flip, ...]:
    amended = load_amended(PACK, [AMENDMENTS / f"{amendment}.yaml"])
    laws = (amended.base, amended.pack)
    both: list[tuple[Theorem, ...]] = [
        tuple(
            replace(each, variants=(each.variants[variant],))
            for each in load_theorems([ROOT / "proofs" / file], law)
            if each.name == theorem
        )
        for law in laws
    ]
    found, asked = flipped(laws, (both[0], both[1]), frozenset(Comparing(amended, Kinds()).edited))
    assert asked
    return found


def test_a_bar_of_six_months_breaks_the_theorem_that_the_wait_is_a_year_on_every_reading() -> None:
    (flip,) = flips("bar-of-six-months", "bar.yaml", "on-no-reading-is-the-wait-shorter-than-365-days")

    assert (flip.recorded, flip.after.verdict) == (Verdict.PROVED, Verdict.REFUTED)
    assert flip.after.counterexample is not None


def test_the_downgrade_named_in_article_18_makes_the_theorem_hold_that_failed_to_the_letter() -> None:
    (flip,) = flips("downgrade-named-in-article-18", "downgrade.yaml", "a-downgrade-survives-publicity", variant=1)

    assert flip.after.variant.readings == {"prev_result": "label"}
    assert (flip.recorded, flip.after.verdict) == (Verdict.REFUTED, Verdict.PROVED)


def test_a_gap_that_an_amendment_opens_is_found_and_one_that_it_cures() -> None:
    whole = define("answer", "yes/no", rule("a", "flag", "True"), rule("b", "not flag", "False"))
    gapped = define("answer", "yes/no", rule("a", "flag", "True"))
    laws = [
        replace(tiny_pack(facts={"today": "day", "flag": "yes/no"}, definitions=[each]), answers=("answer",), as_of="today")
        for each in (whole, gapped)
    ]

    worse = opened((laws[0], laws[1]), frozenset({"answer"}))
    better = opened((laws[1], laws[0]), frozenset({"answer"}))

    assert "gap answer" in [finding.key for finding in worse.new]
    assert "gap answer" in [finding.key for finding in better.cured]
    assert [finding.key for finding in worse.cured] == [finding.key for finding in better.new]
