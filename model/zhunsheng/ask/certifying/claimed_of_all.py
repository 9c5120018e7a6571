"""What a certificate claims that is not about one case: of every case (theorems), of two laws, of the rules themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zhunsheng.lang.types import Text

Slots = Mapping[str, int]
Data = Mapping[str, Any]


@dataclass(frozen=True)
class OfTheorem:
    """A theorem, or (`refuted`) that it does not hold. `readings`: what is claimed of the text, {} for every reading; `slots`:
    how many elements of each list are enough, at most; `assumed`: the assumptions its proof needs; `open`: the definitions whose
    rules it does not look into."""

    pack_digest: str
    name: str
    says: Text
    provisions: tuple[str, ...]
    readings: Mapping[str, str]
    refuted: bool
    slots: Slots
    assumed: tuple[str, ...]
    open: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClassOfChange:
    """What may come out before and after, as certificates write it, and of days and numbers which way they move."""

    before: tuple[Data, ...]
    after: tuple[Data, ...]
    shift: str


@dataclass(frozen=True)
class Verdict:
    """That all classes go one way, `laxer` or `stricter`. `by`: the definition that orders the values, where they have no order
    of their own; `best`, `worst`: the special value that is better (worse) than all. Else empty."""

    is_: str
    by: str = ""
    best: str = ""
    worst: str = ""


@dataclass(frozen=True)
class OfComparison:
    """How an amendment changes answers: the classes of change of each, and no other. `untouched`: answers that consult nothing
    in which the laws differ; `readings`: under each law; `verdicts`: of those that become only laxer or only stricter which."""

    pack_digest: str
    amended_digest: str
    amendments: tuple[str, ...]
    answers: Mapping[str, tuple[ClassOfChange, ...]]
    untouched: tuple[str, ...]
    readings: tuple[Mapping[str, str], Mapping[str, str]]
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)


@dataclass(frozen=True)
class OfPack:
    """That the rules as clauses mean what they mean, at so many cases of so many elements."""

    pack_digest: str
    points: int
    elements: int


OfAll = OfTheorem | OfComparison | OfPack


def claimed_of_all(certificate: bytes) -> OfAll | None:
    """What a certificate says, whether it is right or not; None where it is about one case, or no certificate."""
    try:
        data = json.loads(certificate)
        digest = str(data["pack"]["digest"])
        match data["kind"]:
            case "theorem" | "refuted":
                return _theorem(digest, data)
            case "comparison":
                return _comparison(digest, data["claim"])
            case "pack":
                return OfPack(digest, int(data["claim"]["points"]), int(data["claim"]["elements"]))
            case _:
                return None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _theorem(digest: str, data: Data) -> OfTheorem:
    claim, evidence = data["claim"], data["evidence"]
    slots: dict[str, int] = {}
    for proof in evidence.get("proofs", ()):
        for name, number in proof["slots"].items():
            slots[name] = max(slots.get(name, 0), int(number))
    says = Text(str(claim["says"]["zh"]), str(claim["says"]["en"]))
    return OfTheorem(
        digest, str(claim["theorem"]["name"]), says, tuple(map(str, claim["provisions"])), dict(claim["readings"]),
        data["kind"] == "refuted", slots, tuple(map(str, evidence.get("assumed", ()))),
        tuple(map(str, evidence.get("open", ()))),
    )  # fmt: skip


def _comparison(digest: str, claim: Data) -> OfComparison:
    answers = {
        str(one["definition"]): tuple(
            ClassOfChange(tuple(each["before"]), tuple(each["after"]), str(each.get("shift", "same"))) for each in one["classes"]
        )
        for one in claim["answers"]
    }
    readings = dict(claim["readings"]["before"]), dict(claim["readings"]["after"])
    verdicts = {str(one["definition"]): _verdict(one["verdict"]) for one in claim["answers"] if one.get("verdict")}
    return OfComparison(
        digest, str(claim["amended"]["digest"]), tuple(map(str, claim["amendments"])), answers,
        tuple(map(str, claim["untouched"])), readings, verdicts,
    )  # fmt: skip


def _verdict(claim: Data) -> Verdict:
    return Verdict(str(claim["is"]), *(str(claim.get(key, "")) for key in ("by", "best", "worst")))
