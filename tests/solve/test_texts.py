"""A name that a definition is asked about may be any: one that the case has, or another."""

from __future__ import annotations

from building import define, rule, tiny_pack
from zhunsheng.ask.questions import Comes
from zhunsheng.ask.search import Search
from zhunsheng.lang.outcome import FailureKind


def test_a_definition_fails_for_a_name_that_only_the_second_element_has() -> None:
    pack = tiny_pack(
        facts={"as_of": "day"}, collections={"things": ("thing", {"label": "text"})},
        definitions=[
            define(
                "named", "yes/no", rule("a", "count(t for t in things if t.label != wanted) == 0", "True"),
                parameters={"wanted": "text"},
            )
        ],
    )  # fmt: skip

    met = Search(pack).some(pack.definitions["named"], Comes(FailureKind.GAP), {})

    assert met is not None
    assert [each["label"] for each in met.completion.facts["things"].elements] != [met.args["wanted"]]
