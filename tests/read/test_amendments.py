"""Amendment files: what they make of a pack, and what is wrong with them, each with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from zhunsheng.errors import InputError
from zhunsheng.lang.types import Period
from zhunsheng.lang.unparse import unparse
from zhunsheng.read.amendment import load_amended

ROOT = Path(__file__).parents[1]
GARDEN = ROOT / "packs" / "garden"
HEAD = """\
amendment: {name}
against: garden
says: {{zh: 试, en: A trial.}}
source: {{zh: 举例, en: An example.}}
in_force_from: 2026-01-01
edits:
"""


def written(folder: Path, name: str, edits: str) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(HEAD.format(name=name) + edits, encoding="utf-8")
    return path


def problems(*paths: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_amended(GARDEN, paths)
    folder = str(paths[0].parent) + "/"
    return [str(one).replace(folder, "").replace(str(GARDEN), "garden") for one in caught.value.problems]


def test_a_parameter_takes_another_value_and_nothing_else_is_touched() -> None:
    amended = load_amended(GARDEN, [ROOT / "amendments" / "month-of-two-weeks.yaml"])

    assert amended.base.parameters["bar"].value == Period(months=1)
    assert amended.pack.parameters["bar"].value == Period(days=14)
    assert amended.pack.definitions == amended.base.definitions
    assert amended.pack.digest != amended.base.digest
    assert amended.amendments[0].in_force_from == date(2026, 1, 1)


def test_two_amendments_of_one_rule_are_refused_with_both_places(tmp_path: Path) -> None:
    edit = "  - repeal: rule\n    name: may_draw/barred\n"
    first, second = written(tmp_path, "one", edit), written(tmp_path, "two", edit)

    found = problems(first, second)

    what = "rule 'may_draw/barred' is edited here and by one"
    instead = (
        "leave one of them out; or, if this one amends what the other made, say with `was:` or `fingerprint:` what it finds"
    )
    assert found == [f"two.yaml:7:13: {what} (at one.yaml:7:13)\n    {instead}"]


def test_an_edit_that_finds_something_else_than_it_expects_names_both_places(tmp_path: Path) -> None:
    path = written(tmp_path, "late", "  - set: bar\n    was: {months: 2}\n    to: {days: 14}\n")

    found = problems(path)

    assert found == [
        "late.yaml:8:10: parameter 'bar' was not this: it is {\"months\":1} (at garden/parameters.yaml:19:12)\n"
        "    look at what changed, then write what it is now"
    ]


def test_an_error_in_a_new_rule_has_its_place_in_the_amendment(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "wrong",
        "  - add: rule\n    to: may_draw\n    with:\n      rule: new\n      when: plot_rentd\n      value: true\n",
    )

    (found,) = problems(path)

    assert found.startswith("wrong.yaml:11:13: ")
    assert "plot_rentd" in found
    assert "did you mean 'plot_rented'?" in found


def test_what_is_not_there_cannot_be_edited(tmp_path: Path) -> None:
    path = written(tmp_path, "gone", "  - repeal: rule\n    name: may_draw/bared\n")

    assert problems(path) == [
        "gone.yaml:7:13: the pack has no rule 'may_draw/bared'\n    did you mean 'may_draw/barred'?"
    ]


def test_a_governing_day_that_cannot_be_seen_is_refused_with_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, "day", "  - set: bar\n    to: {days: 14}\n    governs: seen_on\n")

    (found,) = problems(path)

    assert found.startswith("day.yaml:9:14: in 'barred_until', ")
    assert found.endswith("name a day that can be seen there: as_of")


def test_a_later_amendment_that_says_what_it_finds_may_amend_the_first(tmp_path: Path) -> None:
    first = written(tmp_path, "one", "  - set: bar\n    to: {days: 14}\n")
    second = written(tmp_path, "two", "  - set: bar\n    was: {days: 14}\n    to: {days: 7}\n")

    amended = load_amended(GARDEN, [first, second])

    assert amended.pack.parameters["bar"].value == Period(days=7)


CHOICE = """\
  - replace: discretion
    name: share
    with:
      discretion: share
      provision: "3"
      type: level
      title: {{zh: 给水份额, en: Share of water}}
      who: office
      lawful: share < middle
    governs: {day}
"""


def test_a_choice_is_governed_by_the_day_that_is_named_for_it(tmp_path: Path) -> None:
    path = written(tmp_path, "choice", CHOICE.format(day="as_of"))

    (edit,) = load_amended(GARDEN, [path]).edits

    assert {name: unparse(day) for name, day in edit.governs.items()} == {"share": "as_of"}


def test_a_day_that_a_choice_cannot_see_is_refused_at_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, "choice", CHOICE.format(day="seen_on"))

    found = problems(path)

    assert found == [
        "choice.yaml:16:14: in 'share', unknown name 'seen_on'\n    name a day that can be seen there: as_of"
    ]


def test_a_day_is_asked_for_where_only_the_new_wording_speaks_of_a_parameter(tmp_path: Path) -> None:
    path = written(
        tmp_path, "new",
        "  - set: bar\n    to: {days: 14}\n    governs: as_of\n"
        "  - add: definition\n    to: \"2\"\n    with:\n      define: just_opened\n      type: yes/no\n      rules:\n"
        "        - {rule: new, when: 'as_of <= garden_opened + bar', value: true}\n      otherwise: false\n",
    )  # fmt: skip

    edit, _ = load_amended(GARDEN, [path]).edits

    assert "just_opened" in edit.governs
