"""That an answer becomes only laxer or only stricter, as part of a certificate: by an order that the law itself holds."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from building import define, rule, tiny_pack
from certify.test_comparisons import judged, sealed_packs
from zhunsheng.ask.comparing.compare import compare
from zhunsheng.ask.comparing.comparison import Direction
from zhunsheng.ask.comparing.comparison_certificates import Sealed, comparison_certificate
from zhunsheng.certify import claims, compared, kernel
from zhunsheng.errors import Place
from zhunsheng.lang.amendment import Act, Amended, Amendment, Edit, Kind
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text

TWO = {"a": "grade", "b": "grade"}
RANK = define(
    "rank", "number", rule("b", "g == B", "3"), rule("c", "g == C", "2"), rule("d", "g == D", "1"), otherwise="0",
    parameters={"g": "grade"},
)  # fmt: skip
KINDS = Kinds(orders={"grade": "at_least"}, best={"until": "none"})
BETTER = {"mark": "higher", "until": "earlier", "open": "true", "steps": "lower"}
WORSE = {"mark": "lower", "until": "later", "open": "false", "steps": "higher"}


def law(mark: tuple[str, str], until: str, open_: str, steps: str, better: Mapping[str, str]) -> Pack:
    """Grades without an order of their own, and definitions that might be taken for one. X is a grade that compares with none."""
    pack = tiny_pack(
        facts={"today": "day", "flag": "yes/no"}, collections={"events": ("event", {"on": "day"})},
        enumerations={"grade": "D X B C"}, unordered=("grade",), readings={"wide": "narrow broad"},
        definitions=[
            RANK,
            define("at_least", "yes/no", rule("same", "a == b", "True"), otherwise="rank(a) >= rank(b) and a != X and b != X",
                   parameters=TWO),
            define("at_most", "yes/no", rule("same", "a == b", "True"), otherwise="rank(a) <= rank(b) and a != X and b != X",
                   parameters=TWO),
            define("unlike", "yes/no", otherwise="a != b", parameters=TWO),
            define("in_a_ring", "yes/no", rule("b", "a == B", "b == C"), rule("c", "a == C", "b == D"),
                   otherwise="a == D and b == B", parameters=TWO),
            define("always", "yes/no", otherwise="True", parameters=TWO),
            define("in_this_case", "yes/no", otherwise="flag or rank(a) >= rank(b)", parameters=TWO),
            define("in_a_reading", "yes/no", otherwise="wide == broad or rank(a) >= rank(b)", parameters=TWO),
            define("of_one", "yes/no", otherwise="a == B", parameters={"a": "grade"}),
            define("of_numbers", "yes/no", otherwise="a >= b", parameters={"a": "number", "b": "number"}),
            define("mark", "grade", rule("a", "flag", mark[0]), otherwise=mark[1]),
            define("until", "day or none", rule("a", "flag", until), otherwise="none"),
            define("open", "yes/no", rule("a", open_, "True"), otherwise="False"),
            define("steps", "number", rule("a", "flag", steps), otherwise="9"),
        ],
        horizon=(date(2028, 1, 1), date(2028, 12, 31)),
    )  # fmt: skip
    known = {name: replace(one, better=better.get(name, "none")) for name, one in pack.definitions.items()}
    return replace(pack, definitions=known, answers=tuple(BETTER), as_of="today")


def two_laws(before: Mapping[str, str] = BETTER, after: Mapping[str, str] = BETTER) -> Amended:
    """Marks rise, days come earlier or fall away, more is open, fewer steps: all is laxer."""
    base = law(("C", "D"), "today + days(9)", "flag", "5", before)
    fresh = law(("B", "C"), "today + days(2) if wide == narrow else none", "True", "4", after)
    edits = tuple(Edit(Act.REPLACE, Kind.DEFINITION, name) for name in BETTER)
    nothing = Text("", "")
    made = Amendment("made-up", "tiny", nothing, nothing, date(2028, 1, 1), None, edits, {}, Place(""))
    return sealed_packs(Amended(base, fresh, (made,)))


@cache
def sealed(under: str = "all") -> tuple[Amended, Sealed]:
    laws = two_laws()
    comparison = compare(laws, KINDS, under=under)
    assert {one.answer: one.direction for one in comparison.answers} == dict.fromkeys(BETTER, Direction.LAXER)
    return laws, comparison_certificate(comparison)


def data() -> Any:
    return copy.deepcopy(json.loads(sealed()[1].text))


def verdict(changed: Any, answer: str) -> dict[str, Any]:
    return next(one["verdict"] for one in changed["claim"]["answers"] if one["definition"] == answer)


def test_each_verdict_of_the_comparison_is_claimed_with_what_orders_the_outcomes() -> None:
    laws, made = sealed()

    lines = compared.check(made.text.encode(), laws.base.canonical.encode(), laws.pack.canonical.encode())

    assert {name: verdict(data(), name) for name in BETTER} == {
        "mark": {"is": "laxer", "by": "at_least"}, "until": {"is": "laxer", "best": "none"},
        "open": {"is": "laxer"}, "steps": {"is": "laxer"},
    }  # fmt: skip
    assert made.no_verdict == {}
    assert [line.partition(" (")[0] for line in lines if "classes of change and" in line] == [
        "  mark: 2 classes of change and no other, only laxer", "  until: 2 classes of change and no other, only laxer",
        "  open: 1 classes of change and no other, only laxer", "  steps: 1 classes of change and no other, only laxer",
    ]  # fmt: skip
    assert lines[-4:] == [
        "  what is better, of mark: higher is better by at_least (B >= D, C; C >= D)",
        "  what is better, of until: earlier is better, none best",
        "  what is better, of open: true is better",
        "  what is better, of steps: lower is better",
    ]


def test_what_is_better_the_law_says_at_the_answer() -> None:
    """The same changes where the law calls the other end of each order the better."""
    laws, kinds = two_laws(WORSE, WORSE), replace(KINDS, best={}, worst={"until": "none"})

    made = comparison_certificate(compare(laws, kinds, under="all"))

    claimed = json.loads(made.text)
    assert [verdict(claimed, name) for name in WORSE] == [
        {"is": "stricter", "by": "at_least"}, {"is": "stricter", "worst": "none"}, {"is": "stricter"}, {"is": "stricter"},
    ]  # fmt: skip
    assert judged(claimed, laws).startswith("Pack tiny")
    for name in WORSE:
        wrong = copy.deepcopy(claimed)
        verdict(wrong, name)["is"] = "laxer"
        assert judged(wrong, laws) == f"REFUSED: a class of {name!r} does not become laxer"


Attack = Callable[[Any], None]


def said(answer: str, **words: str | None) -> Attack:
    """The verdict of one answer in other words; None: without that one."""

    def attack(changed: Any) -> None:
        own = verdict(changed, answer)
        own |= {key.rstrip("_"): word for key, word in words.items() if word is not None}
        for key in [key for key, word in words.items() if word is None]:
            del own[key]

    return attack


@pytest.mark.parametrize(
    ("attack", "reason"),
    [
        *((said(name, is_="stricter"), f"a class of {name!r} does not become stricter") for name in BETTER),
        (said("mark", by="at_most"), "a class of 'mark' does not become laxer"),
        (said("mark", by="always"), "a class of 'mark' does not become laxer"),
        (said("mark", by="unlike"), "a class of 'mark' does not become laxer"),
        (said("mark", by="in_a_ring"), "'in_a_ring' is no order: 'D', 'B', 'C'"),
        (said("mark", by="in_this_case"), "whether 'D' is at least 'B' turns on the case"),
        (said("mark", by="in_a_reading"), "whether 'D' is at least 'B' turns on the case"),
        (said("mark", by="of_one"), "'of_one' does not compare two such values"),
        (said("mark", by="of_numbers"), "'of_numbers' does not compare two such values"),
        (said("mark", by="rank"), "'rank' does not compare two such values"),
        (said("mark", by="no_such"), "the pack has no definition 'no_such'"),
        (said("mark", by=None), "what orders 'mark' is not said, or need not be"),
        (said("steps", by="at_least"), "what orders 'steps' is not said, or need not be"),
        (said("mark", best="none"), "'mark': its best and its worst are two special values of it"),
        (said("until", best=None), "a class of 'until' does not become laxer"),
        (said("until", best=None, worst="none"), "a class of 'until' does not become laxer"),
        (said("until", worst="none"), "'until': its best and its worst are two special values of it"),
        (said("mark", is_="both"), "there is no verdict 'both' here"),
        (said("mark", order="B"), "['order'] mean nothing here; ['best', 'by', 'is', 'worst'] do"),
    ],
)  # fmt: skip
def test_a_verdict_that_does_not_follow_is_refused(attack: Attack, reason: str) -> None:
    changed = data()

    attack(changed)

    assert judged(changed, sealed()[0]) == f"REFUSED: {reason}"


@pytest.mark.parametrize(
    ("classes", "reason"),
    [
        ([], "there is no verdict 'laxer' here"),
        ([("D", "B"), ("B", "D")], "a class of 'mark' does not become laxer"),
        ([("D", "X")], "a class of 'mark' does not become laxer"),
        ([("DB", "C")], "a class of 'mark' does not become laxer"),
        ([("DB", "DC")], "a class of 'mark' does not become laxer"),
        ([("gap", "B")], "a failure is neither better nor worse"),
        ([("D", "A")], "'A' is no single outcome"),
        ([("D", "DB"), ("DC", "B"), ("DX", "BX")], ""),
        ([("DX", "B")], "a class of 'mark' does not become laxer"),
    ],
)
def test_every_class_has_to_go_that_way(classes: list[tuple[str, str]], reason: str) -> None:
    """Of sets of grades: each before has one after that is no worse, each after one before that is no better."""
    def members(side: str) -> list[dict[str, str]]:
        return [{"failure": side}] if side == "gap" else [{"value": one} for one in side]

    listed = [{"before": members(before), "after": members(after)} for before, after in classes]
    claim = {"definition": "mark", "classes": listed, "verdict": {"is": "laxer", "by": "at_least"}}

    assert refused(sealed()[0], claim) == reason


@pytest.mark.parametrize("shift", ["earlier", "later"])
@pytest.mark.parametrize("answer", ["until", "steps"])
def test_days_and_numbers_move_one_way(answer: str, shift: str) -> None:
    some = [{"any": "day" if answer == "until" else "number"}]
    claim = {"definition": answer, "classes": [{"before": some, "after": some, "shift": shift}], "verdict": {"is": "laxer"}}

    assert refused(sealed()[0], claim) == ("" if shift == "earlier" else f"a class of {answer!r} does not become laxer")


def test_an_order_that_lacks_a_value_is_refused() -> None:
    """A grade that only the new law has stands nowhere in the order of the old."""
    laws = sealed()[0]
    more = json.loads(laws.pack.canonical)
    grades = next(one for one in more["enumerations"] if one["name"] == "grade")["values"]
    grades.append({**grades[0], "name": "A", "written": "A"})
    claim = {"definition": "mark", "classes": [{"before": [{"value": "B"}], "after": [{"value": "A"}]}]}

    reasons = [refused(laws, one, more) for one in (claim, {**claim, "verdict": {"is": "laxer", "by": "at_least"}})]

    assert reasons == ["", "a value of 'mark' has no place in the order"]


def test_laws_that_differ_in_what_is_better_have_no_verdict_and_the_rest_is_certified() -> None:
    laws = two_laws(after={**BETTER, "open": "false"})

    made = comparison_certificate(compare(laws, KINDS, under="all"))

    assert made.no_verdict == {"open": "the laws do not say alike what is better for 'open'"}
    assert made.left_out == {}
    claims_ = json.loads(made.text)["claim"]["answers"]
    assert [one["definition"] for one in claims_ if "verdict" not in one] == ["open"]
    assert judged(json.loads(made.text), laws).startswith("Pack tiny")


def refused(laws: Amended, claim: Any, amended: Any = None) -> str:
    """Why the kernel does not read a claim about one answer; empty where it does."""
    packs = kernel.Pack(laws.base.canonical.encode()), kernel.Pack(laws.pack.canonical.encode())
    if amended is not None:
        packs = packs[0], kernel.Pack(kernel_text(amended))
    first, last = (date.fromordinal(day).isoformat() for day in packs[0].horizon)
    two = compared.Laws(packs, {"horizon": {"from": first, "to": last}, "readings": {"before": {}, "after": {}}})
    try:
        answer = compared.Answer(two, claim)
    except kernel.Refused as reason:
        return str(reason)
    assert list(claims.placings(answer.listed, set()))
    return ""


def kernel_text(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
