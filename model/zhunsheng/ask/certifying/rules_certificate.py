"""The certificate of the rules themselves: that the clauses which proofs are about mean what the rules mean."""

from __future__ import annotations

from zhunsheng import __version__
from zhunsheng.certify import agreed, kernel
from zhunsheng.errors import Disagreement
from zhunsheng.lang.pack import Pack
from zhunsheng.read.vocabulary import canonical

ELEMENTS = 2
"""In each list of a case, at most."""
TRUSTED = (*kernel.TRUSTED[:2], "that what agrees at these cases agrees at others: this is a trial, not a proof")


def rules_certificate(pack: Pack, points: int) -> str:
    """It only says at how many cases to try: the kernel makes them itself. Raises `Disagreement` where the two ways in which it
    works out a rule differ."""
    text = canonical({
        "format": 1, "kind": "pack", "pack": {"id": pack.name, "digest": pack.digest},
        "claim": {"points": points, "elements": ELEMENTS}, "evidence": {},
        "trusted": list(TRUSTED), "made_by": f"zhunsheng {__version__}",
    })  # fmt: skip
    try:
        kernel.check(text.encode(), pack.canonical.encode(), agreed.checked)
    except kernel.Refused as reason:
        raise Disagreement(f"the kernel does not agree with itself about these rules: {reason}") from None
    return text
