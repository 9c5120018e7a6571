"""The reasons of an open answer are those of an example: what the case does not state is told apart."""

from __future__ import annotations

from building import HORIZON, NO_TEXT, define, rule, tiny_pack
from zhunsheng.ask.deciding.decide import decide
from zhunsheng.lang.case import UNKNOWN, Case, Listing


def test_facts_of_the_example_that_the_case_does_not_state_are_supposed() -> None:
    pack = tiny_pack(
        facts={"as_of": "day", "known": "yes/no", "missing": "yes/no", "permit": {"start": "day", "end": "day or none"}},
        collections={"visits": ("visit", {"on": "day"}), "fines": ("fine", {"paid": "yes/no"})},
        definitions=[
            define("busy", "yes/no", rule("all", (
                "known and missing and permit.start <= as_of and permit.end == none and not any(True for v in visits)"
                " and not any(True for f in fines)"
            ), "True"), otherwise="False"),
        ],
    )  # fmt: skip
    facts = {
        "as_of": HORIZON[0], "known": True, "missing": UNKNOWN, "permit": {"start": HORIZON[0], "end": UNKNOWN},
        "visits": Listing((), complete=True), "fines": Listing((), complete=False),
    }  # fmt: skip

    (answer,) = decide(pack, Case(NO_TEXT, "tiny", facts, {}, {}, None), ["busy"]).answers

    looked = {fact.path: fact.supposed for step in answer.because for fact in step.facts}
    assert looked == {
        "known": False, "missing": True, "permit.start": False, "permit.end": True, "as_of": False,
        "visits": False, "fines": True,
    }  # fmt: skip
