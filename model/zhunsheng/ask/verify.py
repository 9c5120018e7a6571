"""Certificates verified: the kernel is the judge, and what it accepted is told as data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import Enum

from zhunsheng.ask.claimed import Claimed, claimed
from zhunsheng.ask.drift import Drift
from zhunsheng.certify import claims, kernel
from zhunsheng.certify.envelope import Signature
from zhunsheng.lang.pack import Pack


class Verdict(Enum):
    """`OTHER_RULES`: made under an edition of the rules that is not at hand, so it could not be checked."""

    HOLDS = "holds"
    REFUSED = "refused"
    OTHER_RULES = "other rules"


@dataclass(frozen=True)
class Verified:
    """One certificate. `reason` is the kernel's, where it refuses; `digest` the SHA-256 of the certificate; `said` the
    kernel's own words; `pack` the rules it was checked under, if we can read them."""

    file: str
    digest: str
    verdict: Verdict
    reason: str = ""
    claim: Claimed | None = None
    said: tuple[str, ...] = ()
    pack: Pack | None = None
    signature: Signature | None = None
    drift: Drift | None = None


def verify(file: str, certificate: bytes, pack: bytes, rules: Pack | None) -> Verified:
    """A certificate put before the kernel, with the pack's canonical form. `rules` is that pack as we read it, for names."""
    found = Verified(file, hashlib.sha256(certificate).hexdigest(), Verdict.REFUSED, claim=claimed(certificate), pack=rules)
    if found.claim is not None and found.claim.pack_digest != hashlib.sha256(pack).hexdigest():
        return replace(found, verdict=Verdict.OTHER_RULES)
    try:
        said = claims.check(certificate, pack)
    except kernel.Refused as reason:
        return replace(found, reason=str(reason))
    return replace(found, verdict=Verdict.HOLDS, said=tuple(said))
