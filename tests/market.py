"""The made-up pack of the Tuesday market, and cases of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack, parse_case

MARKET = Path(__file__).parent / "packs" / "market"
KNOWN = """\
title: {zh: 两次许可一次警告, en: Two permits and a warning}
pack: market
facts:
  as_of: 2025-06-01
  inspected_on: 2025-02-28
  permits:
    - {from: 2024-03-01, to: 2025-09-30, rank: corner}
    - {from: 2025-04-01, to: none, rank: square}
  warnings:
    - {given_on: 2025-01-31}
readings: {in_winter: held}
"""
"""Everything is stated."""
PERHAPS_WARNED = KNOWN.replace(
    "  warnings:\n    - {given_on: 2025-01-31}\n", "  warnings: {known: [{given_on: 2025-01-31}], others: unknown}\n"
)
"""There may be other warnings."""
END_UNKNOWN = KNOWN.replace(
    "to: 2025-09-30, rank: corner}\n    - {from: 2025-04-01, to: none, rank: square}", "rank: corner, to: unknown}"
)
"""The last day of the only permit is not known."""
IN_WINTER = KNOWN.replace("readings: {in_winter: held}\n", "")
"""Whether there is a market in January is an open question."""


@cache
def market() -> Pack:
    return load_pack(MARKET)


def case(text: str = KNOWN) -> Case:
    return parse_case(text, "case.yaml", market())
