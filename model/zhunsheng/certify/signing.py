"""Who issued a certificate: Ed25519 over its bytes, in a DSSE envelope (docs: trust). Whether it is right is the kernel's matter.

Key files are JSON; the public one says whose key it is and from when to when it may sign.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from zhunsheng.certify.envelope import KIND, Envelope, Found, Malformed, Signature, bytes_of, covered, days_of, text_of


@dataclass(frozen=True)
class PublicKey:
    """A key signatures are checked with, whose it is, and the days on which it may sign."""

    raw: bytes
    issuer: str
    first: date
    last: date

    @property
    def name(self) -> str:
        """What envelopes call it."""
        return hashlib.sha256(self.raw).hexdigest()[:16]


@dataclass(frozen=True, repr=False)
class PrivateKey:
    """Never shown: it has no `repr`."""

    seed: bytes
    public: PublicKey


def new_key(issuer: str, first: date, last: date) -> PrivateKey:
    """A new pair of keys. ValueError where the days are the wrong way round."""
    if last < first:
        raise Malformed("the last day of a key lies before its first")
    key = Ed25519PrivateKey.generate()
    return PrivateKey(key.private_bytes_raw(), PublicKey(key.public_key().public_bytes_raw(), issuer, first, last))


def public_file(key: PublicKey) -> bytes:
    return _file({"kind": "public key", **_said(key)})


def private_file(key: PrivateKey) -> bytes:
    return _file({"kind": "private key", **_said(key.public), "private": text_of(key.seed)})


def read_public(data: bytes) -> PublicKey:
    """Raises `Malformed`."""
    return _public(_parsed(data, "public key"))


def read_private(data: bytes) -> PrivateKey:
    """Raises `Malformed`."""
    parsed = _parsed(data, "private key")
    public = _public(parsed)
    try:
        seed = bytes_of(parsed["private"])
        own = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    except (ValueError, KeyError, TypeError):
        raise Malformed("the private key in it cannot be read") from None
    if own != public.raw:
        raise Malformed("its private and its public key do not belong together")
    return PrivateKey(seed, public)


def sign(certificate: bytes, key: PrivateKey, day: date, until: date) -> bytes:
    """An envelope that holds the certificate and one signature. Raises `Malformed` on a day on which the key may not sign."""
    if not key.public.first <= day <= key.public.last:
        raise Malformed(f"this key may sign from {key.public.first} to {key.public.last} only")
    if not day <= until <= key.public.last:
        raise Malformed(f"a signature made on {day} with this key may be good until {key.public.last} at the longest")
    kind = f"{KIND}; signed={day}; until={until}"
    signature = Ed25519PrivateKey.from_private_bytes(key.seed).sign(covered(kind, certificate))
    signatures = [{"keyid": key.public.name, "sig": text_of(signature)}]
    return _file({"payload": text_of(certificate), "payloadType": kind, "signatures": signatures})


def checked(envelope: Envelope, keys: Sequence[PublicKey], today: date) -> Signature:
    """What is found of an envelope's signature, with the keys of those who may have issued it."""
    signed, until = days_of(envelope) or (None, None)
    key = next((key for key in keys if _fits(envelope, key)), None)
    if key is None:
        own = {key.name for key in keys} & {name for name, _ in envelope.signatures}
        return Signature(Found.WRONG, why="changed" if own else "other key")
    if signed is None or until is None:
        return Signature(Found.WRONG, key.issuer, why="no days")
    if not key.first <= signed <= key.last or signed > today:
        return Signature(Found.WRONG, key.issuer, signed, until, "wrong day")
    return Signature(Found.EXPIRED if today > until else Found.GOOD, key.issuer, signed, until)


def _fits(envelope: Envelope, key: PublicKey) -> bool:
    for _, signature in envelope.signatures:
        try:
            Ed25519PublicKey.from_public_bytes(key.raw).verify(signature, covered(envelope.kind, envelope.payload))
        except (InvalidSignature, ValueError):
            continue
        return True
    return False


# -- files


def _said(key: PublicKey) -> dict[str, Any]:
    return {
        "format": 1, "algorithm": "Ed25519", "issuer": key.issuer, "from": key.first.isoformat(), "to": key.last.isoformat(),
        "public": text_of(key.raw),
    }  # fmt: skip


def _parsed(data: bytes, kind: str) -> dict[str, Any]:
    try:
        parsed = json.loads(data.decode("utf-8")) if len(data) < 10_000 else None
    except (ValueError, RecursionError):
        parsed = None
    if not isinstance(parsed, dict) or parsed.get("kind") != kind or parsed.get("algorithm") != "Ed25519":
        raise Malformed(f"this is no {kind} as `zhunsheng keys new` writes it")
    return parsed


def _public(parsed: dict[str, Any]) -> PublicKey:
    try:
        raw, issuer = bytes_of(parsed["public"]), parsed["issuer"]
        Ed25519PublicKey.from_public_bytes(raw)
        return PublicKey(raw, str(issuer), date.fromisoformat(parsed["from"]), date.fromisoformat(parsed["to"]))
    except (ValueError, KeyError, TypeError):
        raise Malformed("the public key in it cannot be read") from None


def _file(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
