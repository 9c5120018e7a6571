"""The account of the text: what encodes each provision, word by word, and what nothing accounts for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhunsheng.ask.report import ProvisionAccount, TextReport
from zhunsheng.lang.pack import Pack, Provision

LEVEL = re.compile(r"^\d+|\(\d+\)|\.\d+|\d+")


def account(pack: Pack) -> TextReport:
    """Every provision with what encodes it, in the pack's order.

    `unaccounted`: provisions with neither a definition, a duty nor a reason; those with a word that nothing covers; and those
    that the pack passes over, which the numbering shows: an article between two others, an item before a later one, the whole
    that a part belongs to. `unreviewed`: provisions nobody has reviewed, or whose restatement or rules have changed since.
    """
    provisions = tuple(pack.provisions.values())
    missing = passed_over(pack.provisions)
    return TextReport(
        tuple(_account(provision) for provision in provisions),
        (*missing, *(one.ref for one in provisions if not _accounted(one))),
        tuple(one.ref for one in provisions if not _reviewed(one)),
    )


def passed_over(refs: Iterable[str]) -> tuple[str, ...]:
    """What these references show to be missing: `3(2)` alone shows `1`, `2`, `3` and `3(1)`. In the order of the text."""
    given = list(refs)
    seen = set(given)
    found: list[str] = []
    for ref in given:
        for needed in _before(ref):
            if needed not in seen:
                seen.add(needed)
                found.append(needed)
    return tuple(found)


def _before(ref: str) -> Iterator[str]:
    """Each larger provision that this one is part of, and at each level those numbered lower."""
    whole = ""
    for part in LEVEL.findall(ref):
        number = int(part.strip("(.)"))
        first = 2 if part.startswith(".") else 1  # the first paragraph is the provision itself
        for lower in range(first, number):
            yield whole + part.replace(str(number), str(lower))
        whole += part
        if whole != ref:
            yield whole


def _account(provision: Provision) -> ProvisionAccount:
    return ProvisionAccount(
        provision.ref,
        provision.definitions,
        provision.duties,
        tuple((one.word, tuple(f"{kind} {name}" for kind, name in one.covered_by)) for one in provision.qualifiers),
        provision.not_computed,
        provision.reviewed.by if provision.reviewed is not None and _reviewed(provision) else "",
        provision.fingerprint,
    )


def _accounted(provision: Provision) -> bool:
    encoded = bool(provision.definitions or provision.duties or provision.not_computed)
    return encoded and all(one.covered_by for one in provision.qualifiers)


def _reviewed(provision: Provision) -> bool:
    """A review is of the provision as it was then: once the fingerprint differs, it has to be read again."""
    return provision.reviewed is not None and provision.reviewed.fingerprint == provision.fingerprint
