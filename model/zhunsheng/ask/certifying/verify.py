"""Certificates verified: the kernel is the judge, and what it accepted is told as data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import Enum

from zhunsheng.ask.certifying.claimed import Claimed, claimed
from zhunsheng.ask.certifying.claimed_of_all import OfAll, OfComparison, claimed_of_all
from zhunsheng.ask.certifying.drift import Drift
from zhunsheng.certify import compared, kernel
from zhunsheng.certify.envelope import Signature
from zhunsheng.lang.pack import Pack

HOSTILE = (
    kernel.Refused, RecursionError, MemoryError, ArithmeticError, AttributeError, LookupError, SyntaxError, TypeError, ValueError,
)  # fmt: skip
MOST_READ = 2
_READ: dict[str, kernel.Pack] = {}
"""Rules read last, by their digest: those of many certificates are the same."""


class Verdict(Enum):
    """`OTHER_RULES`: made under an edition of the rules that is not at hand, so it could not be checked. `NO_AMENDED_LAW`: it
    compares two laws, and the amended one is not at hand."""

    HOLDS = "holds"
    REFUSED = "refused"
    OTHER_RULES = "other rules"
    NO_AMENDED_LAW = "no amended law"


@dataclass(frozen=True)
class Verified:
    """One certificate. `reason` is the kernel's, where it refuses; `digest` the SHA-256 of the certificate; `said` the
    kernel's own words; `pack` the rules it was checked under, if we can read them. `claim` is of one case, `of_all` is not."""

    file: str
    digest: str
    verdict: Verdict
    reason: str = ""
    claim: Claimed | None = None
    said: tuple[str, ...] = ()
    pack: Pack | None = None
    signature: Signature | None = None
    drift: Drift | None = None
    of_all: OfAll | None = None

    @property
    def rules(self) -> str:
        """The digest of the rules it is about; empty where it does not say."""
        about = self.claim or self.of_all
        return about.pack_digest if about is not None else ""


def verify(file: str, certificate: bytes, pack: bytes, rules: Pack | None, amended: bytes | None = None) -> Verified:
    """A certificate put before the kernel, with the pack's canonical form. `rules` is that pack as we read it, for names;
    `amended` the canonical form of the amended law, for a comparison."""
    digest = hashlib.sha256(certificate).hexdigest()
    of_one, of_all = claimed(certificate), claimed_of_all(certificate)
    found = Verified(file, digest, Verdict.REFUSED, claim=of_one, pack=rules, of_all=of_all)
    if found.rules and found.rules != hashlib.sha256(pack).hexdigest():
        return replace(found, verdict=Verdict.OTHER_RULES)
    comparison = isinstance(of_all, OfComparison)
    if isinstance(of_all, OfComparison) and (amended is None or hashlib.sha256(amended).hexdigest() != of_all.amended_digest):
        return replace(found, verdict=Verdict.NO_AMENDED_LAW)
    try:
        said = compared.check(certificate, as_read(pack), amended if comparison else None)
    except kernel.Refused as reason:
        return replace(found, reason=str(reason))
    return replace(found, verdict=Verdict.HOLDS, said=tuple(said))


def as_read(raw: bytes) -> kernel.Pack | bytes:
    """Rules as the kernel reads them, with nothing worked out yet; the bytes themselves where it refuses them: it says why."""
    digest = hashlib.sha256(raw).hexdigest()
    if digest not in _READ:
        try:
            found = kernel.Pack(raw)
        except HOSTILE:  # the kernel turns all of these into a refusal
            return raw
        if len(_READ) >= MOST_READ:
            _READ.clear()
        _READ[digest] = found
    _READ[digest].forget()
    return _READ[digest]
