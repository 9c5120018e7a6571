"""The certificates of theorems that may be attached to a site: those of the theorems and the rules as they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from zhunsheng.ask.certifying.theorem_certificates import claim_data
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem, Variant, Verdict
from zhunsheng.show.certifying.files import variant_file
from zhunsheng.show.site.guarantees import Attached

SHOWN = {"theorem": Verdict.PROVED, "refuted": Verdict.REFUTED}


def attached(pack: Pack, theorems: Sequence[Theorem], folder: Path) -> dict[tuple[str, int], Attached]:
    """Those in a folder, by theorem and number of the variant. One of other rules, or that claims anything else, is left out."""
    found = {}
    for theorem in theorems:
        for number, variant in enumerate(theorem.variants):
            path = folder / variant_file(theorem, number)
            data = path.read_bytes() if path.is_file() else b""
            verdict = shown(pack, theorem, variant, data)
            if verdict is not None:
                found[theorem.name, number] = Attached(path.name, verdict, data)
    return found


def shown(pack: Pack, theorem: Theorem, variant: Variant, data: bytes) -> Verdict | None:
    """What a certificate claims to show of this variant; None where it is of something else. The kernel is not asked."""
    try:
        certificate = json.loads(data)
        ours = certificate["pack"]["digest"] == pack.digest and certificate["claim"] == claim_data(pack, theorem, variant)
        return SHOWN.get(certificate["kind"]) if ours else None
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
