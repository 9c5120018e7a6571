"""The account of the text, on the lending library: what encodes a provision, what is passed over, what is unreviewed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from read_library import library
from zhunsheng.ask.publishing.text import account, passed_over
from zhunsheng.ask.report import ProvisionAccount
from zhunsheng.lang.pack import Pack, Provision, Qualifier, Review


def with_provision(ref: str, **changes: object) -> Pack:
    """The library with one provision changed."""
    provision: Provision = replace(library().provisions[ref], **changes)  # type: ignore[arg-type]
    return replace(library(), provisions={**library().provisions, ref: provision})


def test_each_provision_is_shown_with_what_encodes_it_in_the_order_of_the_pack() -> None:
    report = account(library())

    assert [one.ref for one in report.provisions] == list(library().provisions)
    assert report.provisions[0] == ProvisionAccount(
        "1",
        ("may_borrow", "可续借"),
        ("desk-answers", "director-reports"),
        (("持证", ("rule may_borrow/with-a-card",)), ("馆内", ("not_modelled behaviour",))),
        None,
        "",
        library().provisions["1"].fingerprint,
    )


def test_the_numbering_shows_what_is_passed_over() -> None:
    assert passed_over(["1", "2", "2.2", "3"]) == ()
    assert passed_over(["3(2)"]) == ("1", "2", "3", "3(1)")
    assert passed_over(["1", "1(1)2(3)"]) == ("1(1)", "1(1)1", "1(1)2", "1(1)2(1)", "1(1)2(2)")
    assert passed_over(["1", "1(1)", "1(1).3"]) == ("1(1).2",)
    assert passed_over(["2.2(1)"]) == ("1", "2", "2.2")
    assert passed_over(["12"]) == tuple(str(number) for number in range(1, 12))


def test_what_the_library_passes_over_is_unaccounted() -> None:
    assert account(library()).unaccounted == ("3(2)", "3(2)1", "3(2)1(1)", "3(2)1(2)")


def test_a_provision_that_nothing_encodes_or_explains_is_unaccounted() -> None:
    pack = with_provision("1", definitions=(), duties=(), not_computed=None)
    assert account(pack).unaccounted[-1] == "1"


def test_a_provision_with_a_word_that_nothing_covers_is_unaccounted() -> None:
    pack = with_provision("1", qualifiers=(Qualifier("持证", ()),))
    assert account(pack).unaccounted[-1] == "1"


def test_a_review_counts_as_long_as_the_provision_is_what_was_read() -> None:
    now = library().provisions["1"].fingerprint
    read = account(with_provision("1", reviewed=Review("王馆员", date(2024, 3, 2), now)))
    assert "1" not in read.unreviewed
    assert read.provisions[0].reviewed == "王馆员"

    changed_since = account(library())
    assert library().provisions["1"].reviewed is not None
    assert "1" in changed_since.unreviewed
    assert changed_since.provisions[0].reviewed == ""
