"""Firmness where no problem within reach speaks of all combinations of readings: not read off what the defaults look at."""

from __future__ import annotations

from building import HORIZON, NO_TEXT, define, rule, tiny_pack
from zhunsheng.ask.deciding.decide import decide
from zhunsheng.ask.report import Answer
from zhunsheng.lang.case import Case, Listing
from zhunsheng.lang.pack import Pack

MANY = 45
"""More elements than are looked at for all readings together."""


def law(when: str) -> Pack:
    """`busy` by default never looks at the list of visits."""
    return tiny_pack(
        facts={"as_of": "day"},
        collections={"visits": ("visit", {"on": "day"})},
        readings={"wide": "narrow broad", "long": "no yes"},
        definitions=[define("busy", "yes/no", rule("many", when, "True"), otherwise="False")],
    )


def answered(when: str) -> Answer:
    pack = law(when)
    facts = {"as_of": HORIZON[0], "visits": Listing((), complete=False)}
    (found,) = decide(pack, Case(NO_TEXT, "tiny", facts, {}, {}, None), ["busy"]).answers
    return found


def test_a_reading_that_looks_at_a_list_the_default_does_not_look_at_is_told() -> None:
    found = answered(f"wide == broad and count(v for v in visits) >= {MANY}")

    assert [one.outcome for one in found.outcomes] == [False]
    assert [dict(one.readings) for one in found.differs_under] == [{"wide": "broad"}]
    assert found.firm == "no"


def test_what_two_readings_together_may_look_at_is_not_called_firm_under_every_one() -> None:
    found = answered(f"wide == broad and long == yes and count(v for v in visits) >= {MANY}")

    assert [one.outcome for one in found.outcomes] == [False]
    assert found.firm == "single"
