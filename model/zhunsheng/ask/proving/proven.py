"""What theorems came to, from one run to the next: under which key a proof is kept, in what form, and how it is taken back.

Every case in it is put to the reference meaning again: one that no longer refutes the claim, or no longer satisfies the premises,
makes the whole as if it had never been kept."""

from __future__ import annotations

from typing import Any

from zhunsheng.ask.kept import Unreadable, packed, read, unpacked, written
from zhunsheng.ask.proving.proof import Counterexample, Proof
from zhunsheng.ask.proving.proving import Proving
from zhunsheng.ask.slices import Slices, digest
from zhunsheng.errors import ZhunshengError
from zhunsheng.evaluate.theorem import Instance
from zhunsheng.lang.theorem import Verdict
from zhunsheng.read.theorems import canonical_theorem

PARTS = ("facts", "readings", "choices", "choices_after", "names", "new")
SHOWN = {Verdict.PROVED: (False, True), Verdict.REFUTED: (True, False)}
"""Which verdicts come with a counterexample, and which with an example of the premises."""


def key(proving: Proving, slices: Slices) -> str:
    """What a proof depends on: the theorem as it is written, its readings, what it consults, and what is asked of it. What the
    file expects only says which way is tried first, but with it what is reported."""
    theorem, variant = proving.theorem, proving.variant
    own = {**canonical_theorem(theorem), "says": "", "provisions": "", "variants": ""}
    taken = "all" if variant.every else sorted(proving.readings.items())
    asked = [own, taken, variant.expect.value, proving.more, proving.rules]
    return f"prove {digest([slices.of(proving.cone), asked])}"


def kept_form(proof: Proof) -> str:
    """A proof as text."""
    return written({
        "verdict": proof.verdict.value, "slots": dict(proof.slots),
        "counterexample": _instance(proof.counterexample), "example": _instance(proof.example),
        "unneeded": list(proof.unneeded), "without": list(proof.without), "trivial": proof.trivial,
        "rules": None if proof.rules is None else [list(rule) for rule in proof.rules],
        "why": proof.why, "queries": proof.queries,
    })  # fmt: skip


def taken_back(proving: Proving, text: str | None) -> Proof | None:
    """The proof that a text holds, its cases looked at again; None where there is none to be believed."""
    data = read(text)
    if data is None:
        return None
    try:
        return _proof(proving, data)
    except (Unreadable, ZhunshengError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None


def _proof(proving: Proving, data: dict[str, Any]) -> Proof | None:
    verdict = Verdict(data["verdict"])
    counterexample = _seen(proving, data["counterexample"], broken=True)
    example = _seen(proving, data["example"], broken=False)
    if (counterexample is not None, example is not None) != SHOWN.get(verdict, (False, False)):
        return None
    rules = data["rules"]
    return Proof(
        proving.theorem, proving.variant, verdict, {str(name): int(number) for name, number in data["slots"].items()},
        proving.pack.horizon, counterexample, example, tuple(map(int, data["unneeded"])), tuple(map(str, data["without"])),
        bool(data["trivial"]), None if rules is None else tuple((str(one), str(other)) for one, other in rules),
        str(data["why"]), int(data["queries"]),
    )  # fmt: skip


def _instance(shown: Counterexample | None) -> dict[str, Any] | None:
    return None if shown is None else {part: packed(getattr(shown.instance, part)) for part in PARTS}


def _seen(proving: Proving, data: dict[str, Any] | None, *, broken: bool) -> Counterexample | None:
    if data is None:
        return None
    return proving.seen(Instance(**{part: unpacked(data[part]) for part in PARTS}), broken=broken)
