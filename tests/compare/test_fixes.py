"""Single edits that make a theorem hold, and comparing again on every save."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zhunsheng.ask.comparison import Direction
from zhunsheng.ask.fix import fixes
from zhunsheng.cli.fixing import watch
from zhunsheng.lang.theorem import Theorem, Verdict
from zhunsheng.lang.types import Period
from zhunsheng.read import load_pack
from zhunsheng.read.theorems import load_theorems

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
        file.write_text("another", encoding="utf-8")
        yield
        yield
        raise KeyboardInterrupt

    tick = ticks()

    code = watch([file], again, sleep=lambda _: next(tick))

    assert (code, runs) == (3, ["one", "another"])
