"""Envelopes that carry a certificate with its signatures, as DSSE has them, read without asking what a signature is worth.

The day of signing and the last day the signature is good for stand in the payload type, which the signature covers.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

KIND = "text/vnd.zhunsheng.certificate+json"
TYPE = re.compile(re.escape(KIND) + r"; signed=(\d{4}-\d\d-\d\d); until=(\d{4}-\d\d-\d\d)")
LARGEST = 8_000_000
"""Bytes of an envelope: twice a certificate's, for base64."""


class Malformed(ValueError):
    """A key or an envelope that cannot be read. The message says why."""


class Found(Enum):
    """What is found of a signature. `UNCHECKED`: nobody said whose it should be."""

    UNSIGNED = "unsigned"
    UNCHECKED = "unchecked"
    WRONG = "wrong"
    EXPIRED = "expired"
    GOOD = "good"


@dataclass(frozen=True)
class Signature:
    """`signed` and `until` are days, as far as they are known; `why` tells one kind of wrong signature from another."""

    found: Found
    issuer: str = ""
    signed: date | None = None
    until: date | None = None
    why: str = ""


def covered(kind: str, payload: bytes) -> bytes:
    """What a signature covers: DSSE's pre-authentication encoding."""
    return b" ".join((b"DSSEv1", str(len(kind.encode())).encode(), kind.encode(), str(len(payload)).encode(), payload))


@dataclass(frozen=True)
class Envelope:
    """A payload with its signatures, (name of the key, signature) each. Nothing in it is checked yet."""

    kind: str
    payload: bytes
    signatures: tuple[tuple[str, bytes], ...]


def opened(data: bytes) -> Envelope | None:
    """An envelope; None where it is none at all (a bare certificate, say). Raises `Malformed` where it is a broken one."""
    try:
        parsed = json.loads(data) if len(data) <= LARGEST else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(parsed, dict) or "payloadType" not in parsed:
        return None
    try:
        pairs = tuple((str(one.get("keyid", "")), bytes_of(one["sig"])) for one in parsed["signatures"])
        return Envelope(str(parsed["payloadType"]), bytes_of(parsed["payload"]), pairs)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Malformed("this is no envelope as DSSE has it") from None


def days_of(envelope: Envelope) -> tuple[date, date] | None:
    """The day of signing, and the last day the signature is good for; None where the envelope does not say."""
    days = TYPE.fullmatch(envelope.kind)
    try:
        return (date.fromisoformat(days[1]), date.fromisoformat(days[2])) if days else None
    except ValueError:
        return None


def at_sight(envelope: Envelope | None) -> Signature:
    """What can be said of a signature without a key."""
    if envelope is None:
        return Signature(Found.UNSIGNED)
    signed, until = days_of(envelope) or (None, None)
    return Signature(Found.UNCHECKED, "", signed, until)


def text_of(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def bytes_of(text: Any) -> bytes:
    """What a text in base64 stands for. Raises `Malformed`."""
    if not isinstance(text, str):
        raise Malformed("not a text")
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise Malformed("not base64") from None
