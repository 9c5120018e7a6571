"""Answers kept from one run to the next: an unchanged run asks nothing, a change what it can touch, and no case is believed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from garden_findings import GARDEN, planted, theorems
from zhunsheng.ask.checking.check import check
from zhunsheng.ask.checking.findings import Checked
from zhunsheng.ask.kept import Unreadable, packed, read, unpacked, written
from zhunsheng.ask.proving.prove import prove
from zhunsheng.ask.slices import Slices
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack
from zhunsheng.show.checking import json as check_json
from zhunsheng.show.checking.check import check_document
from zhunsheng.show.deciding import json as show_json
from zhunsheng.show.media.terminal import render

LIBRARY = Path(__file__).parents[1] / "packs" / "library"
BAR_IS_LATER = ("articles/01-water.yaml", "as_of <= barred_until", "as_of < barred_until")
SAID_OTHERWISE = ("articles/01-water.yaml", "en: No water is drawn while barred.", "en: While barred, no water is drawn.")
YEAR_ADDED = ("calendar/national.yaml", "    off: [2025-01-01]\n", "    off: [2025-01-01, 2025-10-01]\n")


class Watched(dict[str, str]):
    """A store that counts what is asked of it and not there, and what is put into it."""

    def __init__(self, *given: dict[str, str]) -> None:
        super().__init__(*given)
        self.missed: set[str] = set()
        self.put: dict[str, str] = {}

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
        if key not in self:
            self.missed.add(key)
        return super().get(key, default)

    def __setitem__(self, key: str, text: str) -> None:
        self.put[key] = text
        super().__setitem__(key, text)


def whole(pack: Pack, found: Checked) -> str:
    """Everything that people and programs are shown of a check."""
    documents = [render(check_document(pack, found, lang)) for lang in ("zh", "en")]
    return "\n".join([show_json.dumps(check_json.checked_json(pack, found)), *documents])


def garden(folder: Path, *edits: tuple[str, str, str]) -> Pack:
    return load_pack(planted(folder, *edits))


@pytest.fixture(params=[GARDEN, LIBRARY], ids=["garden", "library"])
def pack(request: pytest.FixtureRequest) -> Pack:
    return load_pack(request.param)


# -- an unchanged pack


def test_a_second_check_asks_nothing_and_says_the_same_byte_for_byte(pack: Pack) -> None:
    claims = theorems(pack) if pack.name == "garden" else ()
    store = Watched()

    fresh = check(pack, claims)
    first = check(pack, claims, kept=store)
    again = Watched(store)
    second = check(pack, claims, kept=again)

    assert whole(pack, first) == whole(pack, fresh)
    assert whole(pack, second) == whole(pack, fresh)
    assert (again.missed, again.put) == (set(), {})


def test_other_readings_and_records_use_what_is_there(pack: Pack) -> None:
    store = Watched()
    check(pack, kept=store)

    again = Watched(store)
    ignored = check(pack, ignore_records=True, kept=again)
    every = check(pack, under="all", kept=again)

    assert whole(pack, ignored) == whole(pack, check(pack, ignore_records=True))
    assert whole(pack, every) == whole(pack, check(pack, under="all"))


def test_proofs_with_and_without_their_rules_are_kept_apart() -> None:
    pack, store = load_pack(GARDEN), Watched()

    plain = prove(pack, theorems(pack), kept=store)
    with_rules = prove(pack, theorems(pack), rules=True, kept=store)

    assert [proof.rules for proof in plain if proof.rules is not None] == []
    assert any(proof.rules for proof in with_rules)
    assert prove(pack, theorems(pack), rules=True, kept=Watched(store)) == with_rules
    assert prove(pack, theorems(pack), kept=Watched(store)) == plain


# -- a changed pack


def test_a_changed_rule_asks_again_what_consults_it_and_nothing_else(tmp_path: Path) -> None:
    before, after = load_pack(GARDEN), garden(tmp_path / "after", BAR_IS_LATER)
    store = Watched()
    check(before, theorems(before), kept=store)

    again = Watched(store)
    found = check(after, theorems(after), kept=again)

    touched = {Slices(after, Cones(after)).definition("may_draw")}
    assert {key.removeprefix("check ") for key in again.put if key.startswith("check")} == touched
    assert len([key for key in again.put if key.startswith("prove")]) == 1  # the one that speaks of drawing water
    assert whole(after, found) == whole(after, check(after, theorems(after)))


def test_a_changed_sentence_asks_nothing_again(tmp_path: Path) -> None:
    before, after = load_pack(GARDEN), garden(tmp_path / "after", SAID_OTHERWISE)
    store = Watched()
    check(before, theorems(before), kept=store)

    again = Watched(store)
    found = check(after, theorems(after), kept=again)

    assert before.digest != after.digest
    assert again.put == {}
    assert whole(after, found) == whole(after, check(after, theorems(after)))


@pytest.mark.parametrize(
    ("edit", "touched"),
    [
        (BAR_IS_LATER, {"may_draw"}),
        (YEAR_ADDED, {"reply_by", "duty office-replies by"}),
        (("parameters.yaml", "value: {months: 1}", "value: {months: 2}"), {"may_draw", "barred_until"}),
        (("readings.yaml", "lawful: share <= middle", "lawful: share < middle"), {"allowance"}),
        (("parameters.yaml", "value: 2021-05-04", "value: 2021-05-05"), None),
        (("facts.yaml", "that: w.seen_on >= garden_opened", "that: w.seen_on > garden_opened"), None),
        (("readings.yaml", "default: same_day", "default: next_day"), None),
        (("pack.yaml", "to: 2030-12-31", "to: 2031-12-31"), None),
    ],
    ids=["a rule", "a day off", "a parameter", "a discretion", "what an assumption consults", "an assumption", "a default",
         "the horizon"],
)  # fmt: skip
def test_a_change_touches_the_slices_of_what_consults_it(
    edit: tuple[str, str, str], touched: set[str] | None, tmp_path: Path
) -> None:
    before, after = load_pack(GARDEN), garden(tmp_path / "after", edit)
    one, other = Slices(before, Cones(before)), Slices(after, Cones(after))

    changed = {name for name in before.definitions if one.definition(name) != other.definition(name)}

    assert changed == (set(before.definitions) if touched is None else touched)


# -- what is kept is not believed


def test_what_is_no_answer_is_asked_again(pack: Pack) -> None:
    store = Watched()
    fresh = whole(pack, check(pack, kept=store))
    kinds = ["", "{", "[]", "null", '"never"', "{}", "[" * 5000]
    spoilt = Watched({key: kinds[number % len(kinds)] for number, key in enumerate(store)})

    assert whole(pack, check(pack, kept=spoilt)) == fresh
    assert set(spoilt.put) == set(store)


def test_a_case_that_does_not_show_what_was_asked_is_asked_again() -> None:
    pack, store = load_pack(GARDEN), Watched()
    fresh = whole(pack, check(pack, theorems(pack), kept=store))
    case = next(entry for text in store.values() for entry in (read(text) or {}).values() if _is_case(entry))
    foreign = Watched({key: _exchanged(text, case) for key, text in store.items()})

    assert whole(pack, check(pack, theorems(pack), kept=foreign)) == fresh
    assert foreign.put


def _exchanged(text: str, case: object) -> str:
    """Every case of a kept text replaced by one and the same."""
    return written({asked: case if _is_case(entry) else entry for asked, entry in (read(text) or {}).items()})


def _is_case(entry: object) -> bool:
    return isinstance(entry, dict) and "args" in entry


def test_a_counterexample_that_no_longer_refutes_is_looked_for_again() -> None:
    pack, store = load_pack(GARDEN), Watched()
    fresh = prove(pack, theorems(pack), kept=store)
    spoilt = Watched()
    for key, text in store.items():
        data = read(text) or {}
        if data["counterexample"]:
            data["counterexample"]["facts"]["of"]["wasted"] = {"list": [], "labels": []}
        spoilt[key] = written(data)
    spoilt.put.clear()

    again = prove(pack, theorems(pack), kept=spoilt)

    assert again == fresh
    assert len(spoilt.put) == len([proof for proof in fresh if proof.counterexample and proof.counterexample.names])


def test_a_verdict_without_what_shows_it_is_asked_again() -> None:
    pack, store = load_pack(GARDEN), Watched()
    fresh = prove(pack, theorems(pack), kept=store)
    turned = Watched({key: text.replace('"refuted"', '"proved"') for key, text in store.items()})

    assert prove(pack, theorems(pack), kept=turned) == fresh


def test_every_value_comes_back_as_it_was() -> None:
    pack = load_pack(LIBRARY)
    cases = [finding.case for finding in check(pack).findings if finding.case is not None]

    assert cases
    for case in cases:
        assert unpacked(packed(case.facts)) == case.facts


@pytest.mark.parametrize("data", [None, 1.5, [], {"day": "2025-02-30"}, {"list": 1, "labels": []}, {"of": []}, {"other": 1}])
def test_what_is_no_value_is_refused(data: object) -> None:
    with pytest.raises(Unreadable):
        unpacked(data)


def test_replacing_a_title_is_not_a_change_of_meaning() -> None:
    pack = load_pack(GARDEN)
    retitled = replace(pack, title=replace(pack.title, en="Other"))

    assert Slices(pack, Cones(pack)).definition("may_draw") == Slices(retitled, Cones(retitled)).definition("may_draw")
