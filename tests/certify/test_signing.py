"""Keys and signatures: what is said of a signature is one thing, whether the claim holds another."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from zhunsheng.certify import signing
from zhunsheng.certify.envelope import Envelope, Found, Malformed, Signature, at_sight, covered, opened

FIRST, LAST, TODAY = date(2026, 1, 1), date(2028, 12, 31), date(2026, 3, 10)
UNTIL = date(2027, 3, 10)
KEY, OTHER = (signing.new_key(name, FIRST, LAST) for name in ("市局", "别处"))
CERTIFICATE = '{"format":1,"note":"准绳"}'.encode()


def envelope(**changes: Any) -> Envelope:
    found = opened(signing.sign(CERTIFICATE, KEY, TODAY, UNTIL))
    assert found is not None
    return replace(found, **changes)


def test_a_signature_is_good_until_the_day_it_says() -> None:
    assert signing.checked(envelope(), [KEY.public], UNTIL) == Signature(Found.GOOD, "市局", TODAY, UNTIL)
    assert signing.checked(envelope(), [KEY.public], date(2027, 3, 11)) == Signature(Found.EXPIRED, "市局", TODAY, UNTIL)


def test_it_is_what_dsse_says_it_is() -> None:
    """The encoding that is signed, written out by hand, checked with the library alone."""
    data = json.loads(signing.sign(CERTIFICATE, KEY, TODAY, UNTIL))
    kind, payload = data["payloadType"].encode(), base64.b64decode(data["payload"])

    signed = b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)

    assert payload == CERTIFICATE
    assert covered(data["payloadType"], payload) == signed
    Ed25519PublicKey.from_public_bytes(KEY.public.raw).verify(base64.b64decode(data["signatures"][0]["sig"]), signed)


@pytest.mark.parametrize(
    ("found", "keys", "why"),
    [
        (envelope(), [OTHER.public], "other key"),
        (envelope(payload=CERTIFICATE + b" "), [KEY.public], "changed"),
        (envelope(kind=envelope().kind.replace("until=2027", "until=2028")), [KEY.public], "changed"),
        (envelope(kind="text/plain"), [KEY.public], "changed"),
        (envelope(signatures=()), [KEY.public], "other key"),
        (envelope(signatures=((KEY.public.name, b"x"),)), [KEY.public], "changed"),
        (envelope(), [replace(KEY.public, first=date(2026, 3, 11))], "wrong day"),
        (envelope(), [replace(KEY.public, last=date(2026, 3, 9))], "wrong day"),
    ],
    ids=["another's key", "contents", "days", "type", "no signature", "half a signature", "too early", "too late"],
)
def test_a_wrong_signature_says_how_it_is_wrong(found: Envelope, keys: list[signing.PublicKey], why: str) -> None:
    told = signing.checked(found, keys, TODAY)

    assert (told.found, told.why) == (Found.WRONG, why)


def test_a_signature_from_the_future_is_wrong() -> None:
    assert signing.checked(envelope(), [KEY.public], date(2026, 3, 9)).why == "wrong day"


def test_a_signature_without_days_is_wrong_though_the_key_made_it() -> None:
    kind = "text/vnd.zhunsheng.certificate+json"
    private = signing.Ed25519PrivateKey.from_private_bytes(KEY.seed)
    made = Envelope(kind, CERTIFICATE, ((KEY.public.name, private.sign(covered(kind, CERTIFICATE))),))

    assert signing.checked(made, [KEY.public], TODAY) == Signature(Found.WRONG, "市局", why="no days")


def test_without_a_key_nothing_is_said_of_a_signature() -> None:
    assert at_sight(None) == Signature(Found.UNSIGNED)
    assert at_sight(envelope()) == Signature(Found.UNCHECKED, "", TODAY, UNTIL)


def test_one_of_several_keys_is_enough() -> None:
    assert signing.checked(envelope(), [OTHER.public, KEY.public], TODAY).found is Found.GOOD


@pytest.mark.parametrize(
    ("day", "until", "said"),
    [
        (date(2025, 12, 31), UNTIL, "this key may sign from 2026-01-01 to 2028-12-31 only"),
        (TODAY, date(2029, 1, 1), "a signature made on 2026-03-10 with this key may be good until 2028-12-31 at the longest"),
        (TODAY, date(2026, 3, 9), "a signature made on 2026-03-10 with this key may be good until 2028-12-31 at the longest"),
    ],
)
def test_a_key_signs_within_its_time_only(day: date, until: date, said: str) -> None:
    with pytest.raises(Malformed) as raised:
        signing.sign(CERTIFICATE, KEY, day, until)

    assert str(raised.value) == said


def test_keys_are_read_back_as_they_were_written() -> None:
    public, private = signing.public_file(KEY.public), signing.private_file(KEY)

    assert signing.read_public(public) == KEY.public
    assert signing.read_private(private).public == KEY.public
    assert signing.read_private(private).seed == KEY.seed
    assert base64.b64encode(KEY.seed) not in public


def test_a_private_key_does_not_show_itself() -> None:
    assert repr(KEY.seed) not in repr(KEY)
    assert base64.b64encode(KEY.seed).decode() not in repr(KEY)


SPOILT = {
    "nothing": b"",
    "no mapping": b"[]",
    "another kind": signing.private_file(KEY),
    "no base64": signing.public_file(KEY.public).replace(b'"public": "', b'"public": "*'),
    "too short": signing.public_file(replace(KEY.public, raw=b"\0" * 3)),
    "no day": signing.public_file(KEY.public).replace(b"2026-01-01", b"2026-13-01"),
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_key_is_refused(name: str) -> None:
    with pytest.raises(Malformed):
        signing.read_public(SPOILT[name])


def test_two_halves_of_different_pairs_are_refused() -> None:
    mixed = json.loads(signing.private_file(KEY)) | {"public": json.loads(signing.public_file(OTHER.public))["public"]}

    with pytest.raises(Malformed, match="do not belong together"):
        signing.read_private(json.dumps(mixed).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b'{"format":1}', b"\xff", b"[" * 100_000, b'{"a":' * 100_000])
def test_what_is_no_envelope_is_none(data: bytes) -> None:
    assert opened(data) is None


@pytest.mark.parametrize(
    "data",
    [
        b'{"payloadType":"x"}',
        b'{"payloadType":"x","payload":1,"signatures":[]}',
        b'{"payloadType":"x","payload":"*","signatures":[]}',
        b'{"payloadType":"x","payload":"","signatures":[1]}',
        b'{"payloadType":"x","payload":"","signatures":[{"sig":1}]}',
    ],
)
def test_a_broken_envelope_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        opened(data)
